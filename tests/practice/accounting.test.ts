// Journal entries and closed periods at the practice head office: nothing posts unbalanced, nothing posts into a closed period.
// Amounts are shillings, as they stand on the wire.
import { expect, test } from 'vitest';
import { at, DATED, json, listAt, money, practiceWorld, refusalOf, TODAY } from './practiceWorld.ts';

const entry = (debit: number, credit: number, more: object = {}): object => ({
  ...DATED,
  officeId: 2,
  currencyCode: 'KES',
  transactionDate: TODAY,
  referenceNumber: 'TAWI-1',
  debits: [{ glAccountId: 5, amount: debit }],
  credits: [{ glAccountId: 1, amount: credit }],
  ...more,
});

test('a manual entry must balance, keeps its reference, and is found by it', () => {
  const world = practiceWorld();
  expect(refusalOf(world.post('/journalentries', entry(5, 6), { as: 'grace' }))).toBe(
    '403 error.msg.glJournalEntry.invalid.mismatch.debits.credits',
  );
  const posted = json(world.post('/journalentries', entry(3000, 3000), { as: 'grace' }));
  const lines = listAt(
    world.read(`/journalentries?manualEntriesOnly=true&transactionId=${String(at(posted, 'transactionId'))}`),
    'pageItems',
  );
  expect(
    lines.map((line) => [at(line, 'entryType.value'), at(line, 'amount'), at(line, 'glAccountId'), at(line, 'referenceNumber')]),
  ).toEqual([
    ['DEBIT', 3000, 5, 'TAWI-1'],
    ['CREDIT', 3000, 1, 'TAWI-1'],
  ]);
  expect(world.office.ledger().balanced).toBe(true);
});

test('every money movement leaves lines under its own reference', () => {
  const world = practiceWorld();
  const id = String(at(json(world.post('/savingsaccounts/2/transactions?command=deposit', money(75))), 'resourceId'));
  const lines = listAt(world.read(`/journalentries?transactionId=S${id}`), 'pageItems');
  expect(lines.map((line) => [at(line, 'entryType.value'), at(line, 'amount'), at(line, 'glAccountName')]).sort()).toEqual([
    ['CREDIT', 75, 'Savings control'],
    ['DEBIT', 75, 'Cash in hand'],
  ]);
  expect(
    listAt(world.read(`/journalentries?savingsId=2&submittedOnDateFrom=${TODAY}&locale=en&dateFormat=yyyy-MM-dd`), 'pageItems').length,
  ).toBe(2);
});

test('nothing posts into a closed period: savings, loans, manual entries', () => {
  const world = practiceWorld();
  expect(world.office.control.closePeriod(2, '2026-11-10').status).toBe(200);
  expect(at(world.read('/glclosures?officeId=2'), '0.closingDate')).toEqual([2026, 11, 10]);
  const closed = '403 error.msg.glJournalEntry.invalid.accounting.closed';
  const early = { transactionDate: '2026-11-10' };
  expect(refusalOf(world.post('/savingsaccounts/1/transactions?command=deposit', money(5, early)))).toBe(closed);
  expect(refusalOf(world.post('/loans/1/transactions?command=repayment', money(5, early)))).toBe(closed);
  expect(refusalOf(world.post('/journalentries', entry(5, 5, early), { as: 'grace' }))).toBe(closed);
  expect(world.post('/savingsaccounts/1/transactions?command=deposit', money(5, { transactionDate: '2026-11-11' })).status).toBe(200);
});
