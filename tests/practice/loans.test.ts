// Loans at the practice head office: allocation, overpayment, reverse-replay, undo and the way from application to disbursal.
// Loan 1 is Mary's, 29 days behind; figures are shillings.
import { expect, test } from 'vitest';
import { at, DATED, json, listAt, money, numberAt, practiceWorld, refusalOf, TODAY } from './practiceWorld.ts';

type World = ReturnType<typeof practiceWorld>;
const repay = (world: World, loan: number, body: object, key?: string): ReturnType<World['post']> =>
  world.post(`/loans/${String(loan)}/transactions?command=repayment`, body, key === undefined ? {} : { key });
const statusOf = (world: World, loan: number): unknown => at(world.read(`/loans/${String(loan)}`), 'status.id');
const loanIn = (world: World, status: number): number => numberAt(world.read(`/loans?status=${String(status)}`), 'pageItems.0.id');
const transactions = (world: World, loan: number): unknown[] =>
  listAt(world.read(`/loans/${String(loan)}?associations=all`), 'transactions');

test('Mary is 29 days behind with 2,550 due of 43,850', () => {
  const loan = practiceWorld().read('/loans/1?associations=all');
  expect(loan).toMatchObject({
    clientName: 'Mary Nekesa Wafula',
    inArrears: true,
    summary: { totalOutstanding: 43850, totalOverdue: 2550 },
    delinquent: { pastDueDays: 29 },
  });
  expect(listAt(loan, 'repaymentSchedule.periods').length).toBe(13);
  expect(at(loan, 'repaymentSchedule.periods.6.dueDate')).toEqual([2026, 11, 22]);
  expect(at(loan, 'repaymentSchedule.periods.6.totalDueForPeriod')).toBe(5900);
});

test('every state is there in a small book', () => {
  const world = practiceWorld({ manners: { loanTotals: 'right' } });
  for (const status of [100, 200, 300, 600, 700])
    expect(at(world.read(`/loans?status=${String(status)}`), 'totalFilteredRecords')).not.toBe(0);
});

test('a repayment is shared by the rule of the product and keeps its external id and receipt number', () => {
  const world = practiceWorld();
  const reply = repay(world, 1, money(8450, { externalId: 'x-1', receiptNumber: 'KTL-1', note: 'at the counter' }));
  expect(json(reply)).toMatchObject({ officeId: 2, clientId: 1, loanId: 1, resourceExternalId: 'x-1' });
  expect(world.read('/loans/1/transactions/external-id/x-1')).toMatchObject({
    amount: 8450,
    principalPortion: 7550,
    interestPortion: 900,
    penaltyChargesPortion: 0,
    date: [2026, 11, 20],
    paymentDetailData: { receiptNumber: 'KTL-1', paymentType: { id: 1 } },
  });
  expect(world.read('/loans/1')).toMatchObject({ summary: { totalOutstanding: 35400, totalOverdue: 0 }, inArrears: false });
  expect(refusalOf(world.send('GET', '/loans/1/transactions/external-id/none'))).toBe('404 error.msg.loan.transaction.external.id.invalid');
});

test('refusals of a repayment carry head office codes', () => {
  const world = practiceWorld();
  expect(refusalOf(repay(world, 1, money(5, { transactionDate: '2026-11-21' })))).toBe(
    '403 error.msg.loan.transaction.cannot.be.a.future.date',
  );
  expect(refusalOf(repay(world, 1, money(5, { transactionDate: '2026-01-01' })))).toBe(
    '403 error.msg.loan.transaction.cannot.be.before.disbursement.date',
  );
  expect(refusalOf(repay(world, loanIn(world, 100), money(5)))).toBe('400 error.msg.loan.must.be.active.fully.paid.or.overpaid');
  expect(refusalOf(repay(world, 999, money(5)))).toBe('404 error.msg.loan.id.invalid');
  repay(world, 1, money(5, { externalId: 'dup' }));
  expect(refusalOf(repay(world, 1, money(5, { externalId: 'dup' })))).toBe('403 error.msg.loan.repayment.duplicate.externalId');
  expect(refusalOf(world.post('/loans/external-id/nobody/transactions?command=repayment', money(5)))).toBe(
    '404 error.msg.loan.external.id.invalid',
  );
  expect(refusalOf(world.post('/loans/1/transactions?command=dance', {}))).toBe('400 error.msg.query.parameter.value.unsupported');
});

test('paying more than is owed turns a loan overpaid, and so does paying a closed one', () => {
  const world = practiceWorld();
  repay(world, 1, money(43860));
  expect(statusOf(world, 1)).toBe(700);
  expect(at(world.read('/loans/1'), 'totalOverpaid')).toBe(10);
  const closed = loanIn(world, 600);
  expect(repay(world, closed, money(7)).status).toBe(200);
  expect(statusOf(world, closed)).toBe(700);
  expect(world.post(`/loans/${String(closed)}/transactions?command=creditBalanceRefund`, money(7), { as: 'grace' }).status).toBe(200);
  expect(statusOf(world, closed)).toBe(600);
  expect(world.office.ledger().balanced).toBe(true);
});

test('a backdated repayment makes later ones again under new ids, and the external id moves along', () => {
  const world = practiceWorld();
  const late = numberAt(json(repay(world, 1, money(3000, { externalId: 'late' }))), 'resourceId');
  repay(world, 1, money(500, { transactionDate: '2026-10-22', externalId: 'early' }));
  const moved = world.read('/loans/1/transactions/external-id/late');
  expect(numberAt(moved, 'id')).toBeGreaterThan(late);
  expect(at(moved, 'transactionRelations.0')).toMatchObject({ toLoanTransaction: late, relationType: 'REPLAYED' });
  // Nobody reversed it by hand.
  expect(world.read(`/loans/1/transactions/${String(late)}`)).toMatchObject({ manuallyReversed: false, reversedOnDate: [2026, 11, 20] });
  expect(at(world.read(`/loans/1/transactions/${String(late)}`), 'externalId')).toBeUndefined();
  expect(at(world.read('/loans/1'), 'summary.totalOutstanding')).toBe(43850 - 3500);
  expect(world.office.ledger().balanced).toBe(true);
});

test('undo takes a repayment back with its reversal id; a second undo is refused', () => {
  const world = practiceWorld();
  const id = String(at(json(repay(world, 1, money(2550, { externalId: 'u' }))), 'resourceId'));
  const undo = { ...DATED, transactionDate: TODAY, transactionAmount: 0, reversalExternalId: 'r' };
  expect(refusalOf(world.post(`/loans/1/transactions/${id}?command=undo`, undo))).toBe('403 error.msg.not.authorized');
  expect(world.post(`/loans/1/transactions/${id}?command=undo`, undo, { as: 'grace' }).status).toBe(200);
  expect(world.read(`/loans/1/transactions/${id}`)).toMatchObject({
    manuallyReversed: true,
    reversalExternalId: 'r',
    reversedOnDate: [2026, 11, 20],
  });
  expect(at(world.read('/loans/1'), 'summary.totalOutstanding')).toBe(43850);
  expect(world.post(`/loans/1/transactions/${id}?command=undo`, { ...undo, reversalExternalId: 'r2' }, { as: 'grace' }).status).toBe(403);
  expect(world.office.ledger().balanced).toBe(true);
});

test('from application to disbursal, with the schedule that was previewed', () => {
  const world = practiceWorld();
  const application = {
    ...DATED,
    loanType: 'individual',
    clientId: 2,
    productId: 2,
    externalId: 'l-1',
    principal: 12000,
    loanTermFrequency: 4,
    loanTermFrequencyType: 2,
    numberOfRepayments: 4,
    repaymentEvery: 1,
    repaymentFrequencyType: 2,
    interestRatePerPeriod: 2,
    amortizationType: 1,
    interestType: 0,
    interestCalculationPeriodType: 1,
    transactionProcessingStrategyCode: 'mifos-standard-strategy',
    submittedOnDate: TODAY,
    expectedDisbursementDate: TODAY,
  };
  const preview = json(world.post('/loans?command=calculateLoanSchedule', application, { as: 'peter' }));
  expect(at(preview, 'periods.1.totalDueForPeriod')).toBe(3151.49);
  expect(world.post('/loans', application, { as: 'peter' }).status).toBe(200);
  expect(refusalOf(world.post('/loans', application, { as: 'peter' }))).toBe('403 error.msg.loan.with.externalId.already.used');
  const url = '/loans/external-id/l-1?command=';
  expect(refusalOf(world.post(`${url}approve`, { ...DATED, approvedOnDate: TODAY }, { as: 'peter' }))).toBe('403 error.msg.not.authorized');
  expect(refusalOf(world.post(`${url}disburse`, { ...DATED, actualDisbursementDate: TODAY }, { as: 'grace' }))).toBe(
    '400 error.msg.loan.disbursal.account.is.not.approve.not.disbursed.state',
  );
  expect(world.post(`${url}approve`, { ...DATED, approvedOnDate: TODAY }, { as: 'grace' }).status).toBe(200);
  expect(world.post(`${url}disburse`, { ...DATED, actualDisbursementDate: TODAY, paymentTypeId: 1 }, { as: 'grace' }).status).toBe(200);
  const loan = world.read('/loans/external-id/l-1?associations=repaymentSchedule');
  expect(at(loan, 'repaymentSchedule.periods.4.totalDueForPeriod')).toBe(3151.47);
  expect(at(loan, 'status.active')).toBe(true);
  expect(world.office.ledger().balanced).toBe(true);
});

test('an undone payout takes every repayment along: no list shows them, and asked for by external id they only say the day', () => {
  const world = practiceWorld();
  const body = { ...DATED, transactionDate: TODAY, transactionAmount: 100, paymentTypeId: 1, externalId: 'rep-1' };
  expect(world.post('/loans/1/transactions?command=repayment', body, { as: 'grace' }).status).toBe(200);
  const undone = world.post('/loans/1?command=undodisbursal', { note: 'mark-2' }, { as: 'admin' });
  expect(json(undone)).toMatchObject({ resourceId: 1, loanId: 1, changes: { status: { id: 200 }, actualDisbursementDate: '' } });
  const loan = world.read('/loans/1?associations=transactions,notes');
  expect(loan).not.toHaveProperty('transactions.0');
  expect(at(loan, 'status.waitingForDisbursal')).toBe(true);
  const repayment = world.read('/loans/1/transactions/external-id/rep-1');
  expect(repayment).toMatchObject({ externalId: 'rep-1', manuallyReversed: false, reversedOnDate: [2026, 11, 20] });
  expect(refusalOf(world.post('/loans/1?command=undodisbursal', {}, { as: 'admin' }))).toBe(
    '400 error.msg.loan.undo.disbursal.account.is.not.active',
  );
  const again = { ...DATED, actualDisbursementDate: TODAY, paymentTypeId: 1, externalId: 'rep-1' };
  expect(refusalOf(world.post('/loans/1?command=disburse', again, { as: 'grace' }))).toBe(
    '403 error.msg.loan.disbursement.duplicate.externalId',
  );
});

test('the penalty job charges overdue installments once, without an audit row', () => {
  const world = practiceWorld();
  world.office.control.setBusinessDate('2026-12-01');
  const before = numberAt(world.read('/loans/1'), 'summary.penaltyChargesCharged');
  expect(world.office.control.applyPenalties()).toBeGreaterThan(0);
  expect(world.office.control.applyPenalties()).toBe(0);
  expect(numberAt(world.read('/loans/1'), 'summary.penaltyChargesCharged') - before).toBe(150);
  expect(listAt(world.read('/audits', 'admin'))).toEqual([]);
});

test('a write-off closes the loan; a deleted account is gone and audited', () => {
  const world = practiceWorld();
  expect(world.post('/loans/1/transactions?command=writeoff', { ...DATED, transactionDate: TODAY }, { as: 'grace' }).status).toBe(200);
  // 60,000 lent, 4 × 5,000 and 2,450 of it paid back.
  expect(world.read('/loans/1')).toMatchObject({ status: { id: 601 }, summary: { totalOutstanding: 0, principalWrittenOff: 37550 } });
  expect(world.office.control.deleteAccount('loan', 2).status).toBe(200);
  expect(refusalOf(world.send('GET', '/loans/2'))).toBe('404 error.msg.loan.id.invalid');
  expect(at(world.read('/audits', 'admin'), '0')).toMatchObject({ actionName: 'DELETE', entityName: 'LOAN', resourceId: 2 });
  expect(transactions(world, 1).length).toBeGreaterThan(0);
  expect(world.office.ledger().balanced).toBe(true);
});

test('by the manner of its database head office counts no loans beside a full page, and all of them beside an empty one', () => {
  const total = (loanTotals: 'right' | 'zero', offset: number): unknown =>
    at(practiceWorld({ manners: { loanTotals } }).read(`/loans?limit=2&offset=${String(offset)}`), 'totalFilteredRecords');
  const all = total('right', 0);
  expect(all).toBeGreaterThan(2);
  expect(total('zero', 0)).toBe(0);
  expect(total('zero', 1000)).toBe(all);
});
