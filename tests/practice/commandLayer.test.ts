// Idempotency keys, the crash window, maker-checker and the audit trail, state by state as the contract has them. A key must
// never post twice, and a remembered refusal must never be tried again.
import { expect, test } from 'vitest';
import { at, json, listAt, money, practiceWorld, refusalOf } from './practiceWorld.ts';

const DEPOSIT = '/savingsaccounts/2/transactions?command=deposit';
const WITHDRAWAL = '/savingsaccounts/2/transactions?command=withdrawal';

const balanceOf = (world: ReturnType<typeof practiceWorld>): unknown => at(world.read('/savingsaccounts/2'), 'summary.accountBalance');

test('a key answers the first success for ever, whatever body or account comes later', () => {
  const world = practiceWorld();
  const first = world.post(DEPOSIT, money(100), { key: 'k' });
  expect(first.headers['x-served-from-cache']).toBeUndefined();
  const balance = balanceOf(world);
  const again = world.post('/savingsaccounts/1/transactions?command=deposit', money(999), { key: 'k', as: 'daniel' });
  expect(again).toMatchObject({ status: 200, body: first.body });
  expect(again.headers['x-served-from-cache']).toBe('true');
  expect(balanceOf(world)).toBe(balance);
});

test('the scope of a key is action and entity', () => {
  const world = practiceWorld();
  world.post(DEPOSIT, money(500), { key: 'k' });
  expect(world.post(WITHDRAWAL, money(10), { key: 'k' }).headers['x-served-from-cache']).toBeUndefined();
});

test('a refusal is remembered: the same key replays it even when the cause is gone', () => {
  const world = practiceWorld();
  const refused = world.post(WITHDRAWAL, money(9_000_000), { key: 'w' });
  expect(refusalOf(refused)).toBe('403 error.msg.savingsaccount.transaction.insufficient.account.balance');
  const again = world.post(WITHDRAWAL, money(1), { key: 'w' });
  expect(again).toMatchObject({ status: 403, body: refused.body });
  expect(again.headers['x-served-from-cache']).toBe('true');
  expect(world.post(WITHDRAWAL, money(1), { key: 'w2' }).status).toBe(200);
});

test('without a key a repeat is a new command', () => {
  const world = practiceWorld();
  const one = json(world.post(DEPOSIT, money(5)));
  const two = json(world.post(DEPOSIT, money(5)));
  expect(at(one, 'resourceId')).not.toBe(at(two, 'resourceId'));
});

test('a key of 51 characters is refused by the database and leaves nothing, one of 50 is taken', () => {
  const world = practiceWorld();
  const before = balanceOf(world);
  expect(refusalOf(world.post(DEPOSIT, money(5), { key: 'x'.repeat(51) }))).toBe('403 error.msg.data.integrity.issue');
  expect(balanceOf(world)).toBe(before);
  expect(world.post(DEPOSIT, money(5), { key: 'x'.repeat(50) }).status).toBe(200);
});

test.each([
  ['beforeBusiness', 0],
  ['afterBusiness', 70],
] as const)('crash %s: no reply, 425 for ever with the request as body, and %i posted', (when, posted) => {
  const world = practiceWorld();
  const before = Number(balanceOf(world));
  world.office.control.crashNextCommand(when);
  expect(world.post(DEPOSIT, money(70), { key: 'c' }).status).toBe(0);
  const again = world.post(DEPOSIT, money(70), { key: 'c' });
  expect(again.status).toBe(425);
  expect(json(again)).toEqual(money(70));
  expect(Number(balanceOf(world)) - before).toBe(posted);
  expect(at(world.read('/audits'), '0.processingResult')).toBe('underProcessing');
  expect(world.office.ledger().balanced).toBe(true);
});

test('a planned refusal hits that many writes and is remembered for a lone command', () => {
  const world = practiceWorld();
  world.office.control.refuseNextWrites(1, 403, 'error.msg.practice');
  expect(refusalOf(world.post(DEPOSIT, money(5), { key: 'p' }))).toBe('403 error.msg.practice');
  expect(refusalOf(world.post(DEPOSIT, money(5), { key: 'p' }))).toBe('403 error.msg.practice');
  expect(world.post(DEPOSIT, money(5), { key: 'p2' }).status).toBe(200);
});

test('a key may be made to answer 425 or 409', () => {
  const world = practiceWorld();
  world.office.control.answerKey('a', 425);
  expect(world.post(DEPOSIT, money(5), { key: 'a' }).status).toBe(425);
  world.office.control.answerKey('a', null);
  expect(world.post(DEPOSIT, money(5), { key: 'a' }).status).toBe(200);
  // A conflict of a lone command is its answer and stays with its key; nothing of it stays in a batch that holds together.
  world.office.control.answerKey('b', 409);
  expect(refusalOf(world.post(DEPOSIT, money(5), { key: 'b' }))).toBe('409 error.msg.platform.service.query.conflict');
  world.office.control.answerKey('b', null);
  expect(world.post(DEPOSIT, money(5), { key: 'b' }).status).toBe(409);
  const batch = [
    {
      requestId: 1,
      relativeUrl: DEPOSIT.slice(1),
      method: 'POST',
      headers: [{ name: 'Idempotency-Key', value: 'c' }],
      body: JSON.stringify(money(5)),
    },
  ];
  world.office.control.answerKey('c', 409);
  expect(at(json(world.post('/batches?enclosingTransaction=true', batch)), '0.statusCode')).toBe(409);
  world.office.control.answerKey('c', null);
  expect(at(json(world.post('/batches?enclosingTransaction=true', batch)), '0.statusCode')).toBe(200);
});

test('after the purge of processed rows a key is fresh again, and posts again', () => {
  const world = practiceWorld();
  world.post(DEPOSIT, money(5), { key: 'k' });
  expect(world.office.control.purgeProcessedCommands()).toBe(1);
  expect(world.post(DEPOSIT, money(5), { key: 'k' }).headers['x-served-from-cache']).toBeUndefined();
});

test('a locked loan answers 409 before anything is stored', () => {
  const world = practiceWorld();
  world.office.control.lockLoan(1);
  const url = '/loans/1/transactions?command=repayment';
  expect(refusalOf(world.post(url, money(5), { key: 'l' }))).toBe('409 error.msg.loan.locked');
  world.office.control.lockLoan(1, false);
  expect(world.post(url, money(5), { key: 'l' }).status).toBe(200);
});

test('maker-checker answers 200 without a transaction, and moves money at approval by another person', () => {
  const world = practiceWorld();
  world.office.control.setMakerChecker('DEPOSIT_SAVINGSACCOUNT', true);
  const before = Number(balanceOf(world));
  const waiting = world.post(DEPOSIT, money(40), { key: 'm' });
  expect(waiting.status).toBe(200);
  expect(json(waiting)).toMatchObject({ rollbackTransaction: true });
  const commandId = String(at(json(waiting), 'commandId'));
  expect(balanceOf(world)).toBe(before);
  // The database holds the key of what waits: without case, and never by the answer of before.
  expect(refusalOf(world.post(DEPOSIT, money(40), { key: 'M' }))).toBe('403 error.msg.data.integrity.issue');
  expect(at(world.read(`/audits/${commandId}`), 'processingResult')).toBe('awaiting.approval');
  expect(refusalOf(world.post(`/makercheckers/${commandId}?command=approve`, {}))).toBe('403 error.msg.not.authorized');
  expect(world.post(`/makercheckers/${commandId}?command=approve`, {}, { as: 'grace' }).status).toBe(200);
  expect(Number(balanceOf(world)) - before).toBe(40);
  expect(world.read(`/audits/${commandId}`)).toMatchObject({ processingResult: 'Processed', checker: 'grace', maker: 'achieng' });
  expect(world.office.ledger().balanced).toBe(true);
});

test('maker-checker: balance faults reach the maker at once, rejection ends it, one cannot approve oneself', () => {
  const world = practiceWorld();
  world.office.control.setMakerChecker('WITHDRAWAL_SAVINGSACCOUNT', true);
  expect(refusalOf(world.post(WITHDRAWAL, money(9_000_000)))).toBe('403 error.msg.savingsaccount.transaction.insufficient.account.balance');
  const own = at(json(world.post(WITHDRAWAL, money(1), { as: 'grace' })), 'commandId');
  expect(refusalOf(world.post(`/makercheckers/${String(own)}?command=approve`, {}, { as: 'grace' }))).toBe(
    '403 error.msg.maker.checker.same.user',
  );
  expect(world.post(`/makercheckers/${String(own)}?command=reject`, {}, { as: 'admin' }).status).toBe(200);
  expect(at(world.read(`/audits/${String(own)}`), 'processingResult')).toBe('rejected');
  expect(listAt(world.read('/makercheckers', 'grace'))).toEqual([]);
  expect(world.post(WITHDRAWAL, money(1), { as: 'admin' }).body).not.toContain('rollbackTransaction');
});

test('bodies are read strictly', () => {
  const { post } = practiceWorld();
  const refuse = (body: unknown): string => refusalOf(post(DEPOSIT, body));
  expect(refuse({ ...money(5), externalId: 'x' })).toBe('400 error.msg.parameter.unsupported');
  expect(refuse({ transactionDate: '2026-11-20', transactionAmount: 5, locale: 'en', paymentTypeId: 1 })).toBe(
    '400 validation.msg.missing.dateFormat.parameter',
  );
  expect(refuse({ transactionDate: '2026-11-20', transactionAmount: 5, dateFormat: 'yyyy-MM-dd', paymentTypeId: 1 })).toBe(
    '400 validation.msg.missing.locale.parameter',
  );
  expect(refuse(money(5, { transactionDate: '2026-02-31' }))).toBe('400 validation.msg.invalid.dateFormat.format');
  expect(refuse(money(5, { transactionDate: [2026, 11, 20] }))).toBe(
    '400 validation.msg.savingsaccount.transaction.transactionDate.cannot.be.blank',
  );
  expect(refuse(money(0))).toBe('400 validation.msg.savingsaccount.transaction.transactionAmount.not.greater.than.zero');
  expect(refuse(money(5, { receiptNumber: 'x'.repeat(51) }))).toBe(
    '400 validation.msg.savingsaccount.transaction.receiptNumber.exceeds.max.length',
  );
  expect(refuse(money(5, { paymentTypeId: undefined }))).toBe(
    '400 validation.msg.savingsaccount.transaction.paymentTypeId.cannot.be.blank',
  );
  expect(refuse('{not json')).toBe('400 error.msg.invalid.request.body');
  expect(post(DEPOSIT, money(5, { transactionDate: '20 November 2026', dateFormat: 'dd MMMM yyyy' })).status).toBe(200);
});

test('the audit trail is walked by id, newest first, with filters', () => {
  const world = practiceWorld();
  for (let round = 0; round < 5; round += 1) world.post(DEPOSIT, money(5));
  world.post('/loans/1/transactions?command=repayment', money(5), { as: 'daniel' });
  const page = world.read('/audits?paged=true&orderBy=id&sortOrder=DESC&offset=1&limit=2');
  expect(at(page, 'totalFilteredRecords')).toBe(6);
  expect(listAt(page, 'pageItems').map((row) => at(row, 'id'))).toEqual([5, 4]);
  expect(listAt(world.read('/audits?entityName=LOAN')).map((row) => at(row, 'maker'))).toEqual(['daniel']);
  expect(world.read('/audits/6')).toMatchObject({
    actionName: 'REPAYMENT',
    entityName: 'LOAN',
    loanId: 1,
    clientId: 1,
    processingResult: 'Processed',
  });
  expect(listAt(world.read('/audits?makerDateTimeFrom=2020-01-01'))).toEqual([]);
});

test('a bare audit trail tells neither what became of a command nor of what is not there', () => {
  const world = practiceWorld({ manners: { audits: 'bare' } });
  world.office.control.setMakerChecker('DEPOSIT_SAVINGSACCOUNT', true);
  const id = String(at(json(world.post(DEPOSIT, money(40))), 'commandId'));
  expect(world.read(`/audits/${id}`, 'admin')).not.toHaveProperty('processingResult');
  expect(world.read(`/audits/${id}`, 'admin')).not.toHaveProperty('checker');
  expect(world.send('GET', `/audits/${id}`).status).toBe(500);
  expect(listAt(world.read('/audits?processingResult=2'))).toEqual([]);
  expect(listAt(world.read('/audits?processingResult=2', 'admin')).length).toBe(1);
  expect(world.post(`/makercheckers/${id}?command=reject`, {}, { as: 'admin' }).status).toBe(200);
  expect(world.read(`/audits/${id}`, 'admin')).toMatchObject({ checker: 'admin' });
  expect(world.read(`/audits/${id}`, 'admin')).not.toHaveProperty('resourceId');
  expect(world.send('GET', '/audits/999', undefined, { as: 'admin' }).status).toBe(500);
});
