// Savings at the practice head office: the dated balance test, holds, blocks, undo, and what others do to the same account.
// Account 1 is Mary's, with 6,000 held as a guarantee; figures are shillings.
import { describe, expect, test } from 'vitest';
import { at, DATED, json, listAt, money, numberAt, practiceWorld, refusalOf, TODAY } from './practiceWorld.ts';

type World = ReturnType<typeof practiceWorld>;
const move = (
  world: World,
  account: number,
  command: 'deposit' | 'withdrawal',
  amount: number,
  more: object = {},
): ReturnType<World['post']> => world.post(`/savingsaccounts/${String(account)}/transactions?command=${command}`, money(amount, more));
const summary = (world: World, account: number): { accountBalance: number; availableBalance: number } =>
  at(world.read(`/savingsaccounts/${String(account)}`), 'summary') as { accountBalance: number; availableBalance: number };
const accountIn = (world: World, subStatus: number): number => {
  const found = listAt(world.read('/savingsaccounts'), 'pageItems').find((account) => at(account, 'subStatus.id') === subStatus);
  return numberAt(found, 'id');
};
const INSUFFICIENT = '403 error.msg.savingsaccount.transaction.insufficient.account.balance';

test('a guarantee holds what is available down, and the refusal does not say so', () => {
  const world = practiceWorld();
  expect(world.read('/savingsaccounts/1')).toMatchObject({ onHoldFunds: 6000, summary: { accountBalance: 11980, availableBalance: 5980 } });
  expect(refusalOf(move(world, 1, 'withdrawal', 5980.01))).toBe(INSUFFICIENT);
  expect(move(world, 1, 'withdrawal', 5980).status).toBe(200);
  expect(at(world.read('/savingsaccounts/1/onholdtransactions'), 'pageItems.0.amount')).toBe(6000);
});

test('a deposit answers the transaction id and shows in search with receipt number and author', () => {
  const world = practiceWorld();
  const id = at(json(move(world, 2, 'deposit', 250.5, { receiptNumber: 'KTL-9', note: 'taken at 09:12' })), 'resourceId');
  const found = listAt(
    world.read(`/savingsaccounts/2/transactions/search?fromSubmittedDate=${TODAY}&dateFormat=yyyy-MM-dd&locale=en&types=1`),
    'content',
  );
  expect(found).toMatchObject([
    {
      id,
      amount: 250.5,
      entryType: 'CREDIT',
      submittedByUsername: 'achieng',
      note: 'taken at 09:12',
      paymentDetailData: { receiptNumber: 'KTL-9' },
    },
  ]);
});

test('a backdated withdrawal is tested against the whole history, though today would bear it', () => {
  const world = practiceWorld();
  const opened = listAt(world.read('/savingsaccounts/2?associations=all'), 'transactions').at(-1);
  const [year, month, day] = listAt(opened, 'date') as [number, number, number];
  const date = `${String(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const first = numberAt(opened, 'runningBalance');
  move(world, 2, 'deposit', first * 3);
  expect(refusalOf(move(world, 2, 'withdrawal', first + 1, { transactionDate: date }))).toBe(INSUFFICIENT);
  expect(move(world, 2, 'withdrawal', first + 1).status).toBe(200);
});

test('an early deposit lifts the running balances of later rows', () => {
  const world = practiceWorld();
  const before = listAt(world.read('/savingsaccounts/1?associations=all'), 'transactions').map((row) => numberAt(row, 'runningBalance'));
  move(world, 1, 'deposit', 100, { transactionDate: '2026-10-20' });
  const after = listAt(world.read('/savingsaccounts/1?associations=all'), 'transactions').map((row) => numberAt(row, 'runningBalance'));
  expect(after.slice(0, 3)).toEqual(before.slice(0, 3).map((balance) => balance + 100));
});

test('state refusals: blocks, future, before activation, unknown, enforced minimum', () => {
  const world = practiceWorld();
  const blocked = accountIn(world, 400);
  expect(refusalOf(move(world, blocked, 'deposit', 5))).toBe('403 error.msg.saving.account.blocked.transaction.not.allowed');
  const debits = accountIn(world, 600);
  expect(refusalOf(move(world, debits, 'withdrawal', 5))).toBe('403 error.msg.savings.account.debit.transaction.not.allowed');
  expect(move(world, debits, 'deposit', 5).status).toBe(200);
  expect(refusalOf(move(world, 2, 'deposit', 5, { transactionDate: '2026-11-21' }))).toBe(
    '400 error.msg.savingsaccount.transaction.in.the.future',
  );
  expect(refusalOf(move(world, 2, 'deposit', 5, { transactionDate: '2015-01-01' }))).toBe(
    '400 error.msg.savingsaccount.transaction.before.activation.date',
  );
  expect(refusalOf(move(world, 999, 'deposit', 5))).toBe('404 error.msg.saving.account.id.invalid');
  const minimum = numberAt(
    listAt(world.read('/savingsaccounts'), 'pageItems').find((account) => at(account, 'enforceMinRequiredBalance') === true),
    'id',
  );
  const held = summary(world, minimum);
  // Head office does not take the minimum off what it calls available; it refuses all the same.
  expect(held.availableBalance).toBe(held.accountBalance);
  expect(refusalOf(move(world, minimum, 'withdrawal', held.accountBalance - 500 + 1))).toBe(INSUFFICIENT);
  expect(move(world, minimum, 'withdrawal', held.accountBalance - 500).status).toBe(200);
});

test('credits blocked, lifted again, and a block without a reason swaps code and message', () => {
  const world = practiceWorld();
  const block = (command: string, body: object = { reasonForBlock: 'papers' }): ReturnType<World['post']> =>
    world.post(`/savingsaccounts/2?command=${command}`, body, { as: 'grace' });
  expect(refusalOf(block('blockCredit', {}))).toBe('403 Reason For Block is Mandatory');
  block('blockCredit');
  expect(refusalOf(move(world, 2, 'deposit', 5))).toBe('403 error.msg.savings.account.credit.transaction.not.allowed');
  block('unblockCredit', {});
  expect(move(world, 2, 'deposit', 5).status).toBe(200);
});

test('a dormant account wakes with its first transaction', () => {
  const world = practiceWorld();
  const dormant = accountIn(world, 200);
  move(world, dormant, 'deposit', 5);
  expect(at(world.read(`/savingsaccounts/${String(dormant)}`), 'subStatus.none')).toBe(true);
});

test('holds: more than is there, before the last transaction, release, release twice', () => {
  const world = practiceWorld();
  const hold = (amount: number, date = TODAY): ReturnType<World['post']> =>
    world.post('/savingsaccounts/1/transactions?command=holdAmount', {
      ...DATED,
      transactionDate: date,
      transactionAmount: amount,
      reasonForBlock: 'envelope',
    });
  expect(refusalOf(hold(5981))).toBe('400 validation.msg.savingsaccount.insufficient.balance');
  expect(hold(10, '2026-11-01').status).toBe(400);
  const id = String(at(json(hold(5980)), 'resourceId'));
  expect(world.read('/savingsaccounts/1')).toMatchObject({ savingsAmountOnHold: 5980, summary: { availableBalance: 0 } });
  expect(refusalOf(move(world, 1, 'withdrawal', 1))).toBe(INSUFFICIENT);
  const release = `/savingsaccounts/1/transactions/${id}?command=releaseAmount`;
  expect(world.post(release, {}, { as: 'grace' }).status).toBe(200);
  expect(refusalOf(world.post(release, {}, { as: 'grace' }))).toContain('validation.msg.amount.is.not.on.hold');
  expect(summary(world, 1).availableBalance).toBe(5980);
});

describe('a fee at withdrawals', () => {
  /** A savings account with one charge of its own making; answers the fee that each withdrawal sets off. */
  function charged(amount: number, calculation: 1 | 2, more: object = {}): (withdrawn: number, paymentTypeId?: number) => number {
    const world = practiceWorld();
    const definition = {
      name: 'A fee',
      currencyCode: 'KES',
      chargeAppliesTo: 2,
      chargeTimeType: 5,
      chargeCalculationType: calculation,
      chargePaymentMode: 0,
      active: true,
      penalty: false,
      amount,
      locale: 'en',
      ...more,
    };
    const chargeId = numberAt(json(world.post('/charges', definition, { as: 'admin' })), 'resourceId');
    expect(world.post('/savingsaccounts/2/charges', { chargeId, amount, ...DATED }, { as: 'admin' }).status).toBe(200);
    return (withdrawn, paymentTypeId = 1) => {
      const before = summary(world, 2).accountBalance;
      expect(move(world, 2, 'withdrawal', withdrawn, { paymentTypeId }).status).toBe(200);
      return Math.round((before - withdrawn - summary(world, 2).accountBalance) * 100) / 100;
    };
  }

  test('that is a share is rounded, half a cent to the even one', () => {
    const fee = charged(0.75, 2);
    // As recorded of a real head office: 0.75 % of 603.43, of 2,087.96 and of 1,386.81.
    expect([603.43, 2087.96, 1386.81].map((withdrawn) => fee(withdrawn))).toEqual([4.53, 15.66, 10.4]);
    expect([2, 6].map((withdrawn) => fee(withdrawn))).toEqual([0.02, 0.04]);
  });

  test('for one way of paying is left out with another', () => {
    const fee = charged(35, 1, { enablePaymentType: true, paymentTypeId: 2 });
    expect([fee(100, 1), fee(100, 2), fee(100, 3)]).toEqual([0, 35, 0]);
  });

  test('leaves out so many withdrawals as are free, by days for ever after', () => {
    const fee = charged(20, 1, {
      enableFreeWithdrawalCharge: true,
      freeWithdrawalFrequency: 2,
      restartCountFrequency: 30,
      countFrequencyType: 0,
    });
    expect([fee(100), fee(100), fee(100), fee(100)]).toEqual([0, 0, 20, 20]);
  });
});

test('undo answers the account, takes the fee along, and is refused when a later balance would go negative', () => {
  const world = practiceWorld();
  const feeing = numberAt(
    listAt(world.read('/savingsaccounts'), 'pageItems').find((account) => at(account, 'savingsProductId') === 3),
    'id',
  );
  const before = summary(world, feeing).accountBalance;
  const id = String(at(json(move(world, feeing, 'withdrawal', 10)), 'resourceId'));
  expect(summary(world, feeing).accountBalance).toBe(before - 30);
  const undone = world.post(`/savingsaccounts/${String(feeing)}/transactions/${id}?command=undo`, {}, { as: 'grace' });
  expect(at(json(undone), 'resourceId')).toBe(feeing);
  expect(summary(world, feeing).accountBalance).toBe(before);
  const deposit = String(at(json(move(world, 2, 'deposit', 1000)), 'resourceId'));
  move(world, 2, 'withdrawal', summary(world, 2).accountBalance);
  expect(refusalOf(world.post(`/savingsaccounts/2/transactions/${deposit}?command=undo`, {}, { as: 'grace' }))).toContain(
    'results.in.balance.going.negative',
  );
  expect(world.office.ledger().balanced).toBe(true);
});

test('an account is opened, used and closed', () => {
  const world = practiceWorld();
  const id = String(
    at(
      json(
        world.post('/savingsaccounts', { ...DATED, clientId: 2, productId: 1, submittedOnDate: TODAY, externalId: 's-1' }, { as: 'peter' }),
      ),
      'resourceId',
    ),
  );
  expect(refusalOf(move(world, Number(id), 'deposit', 5))).toBe('400 error.msg.savingsaccount.transaction.account.is.not.active');
  expect(world.post(`/savingsaccounts/${id}?command=approve`, { ...DATED, approvedOnDate: TODAY }, { as: 'grace' }).status).toBe(200);
  expect(
    world.post('/savingsaccounts/external-id/s-1?command=activate', { ...DATED, activatedOnDate: TODAY }, { as: 'grace' }).status,
  ).toBe(200);
  expect(move(world, Number(id), 'deposit', 5).status).toBe(200);
  const close = (withdrawBalance: boolean): ReturnType<World['post']> =>
    world.post(`/savingsaccounts/${id}?command=close`, { ...DATED, closedOnDate: TODAY, withdrawBalance }, { as: 'grace' });
  expect(refusalOf(close(false))).toContain('results.in.balance.not.zero');
  expect(close(true).status).toBe(200);
  expect(
    refusalOf(world.post(`/savingsaccounts/1?command=close`, { ...DATED, closedOnDate: TODAY, withdrawBalance: true }, { as: 'grace' })),
  ).toContain('amount.is.on.hold');
  expect(world.office.ledger().balanced).toBe(true);
});

test('staff of another office act through the same door and stand in the audit trail; jobs do not', () => {
  const world = practiceWorld();
  expect(world.office.control.actAs({ username: 'bungoma', kind: 'withdrawal', accountId: 1, amountMinor: 350_000 }).status).toBe(200);
  expect(summary(world, 1).accountBalance).toBe(8480);
  expect(at(world.read('/audits'), '0')).toMatchObject({ maker: 'bungoma', actionName: 'WITHDRAWAL', savingsAccountNo: '000000001' });
  expect(world.send('GET', '/offices', undefined, { as: 'bungoma' }).status).toBe(200);
  expect(world.office.control.postInterest()).toBeGreaterThan(0);
  expect(summary(world, 1).accountBalance).toBeGreaterThan(8480);
  expect(listAt(world.read('/audits')).length).toBe(1);
  expect(world.office.ledger().balanced).toBe(true);
});
