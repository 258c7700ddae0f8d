// Time does not tell on a small file: a question that reads a whole table is quick today and stops the counter in a year. So the plans
// are looked at, for every statement that the store prepares, and each scan that is meant stands here with its reason.

import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { ReadStore, WriteStore } from '../../electron/ports/store.ts';
import { openStoreOn } from '../../electron/store/openStore.ts';
import { AT, DATE, aClient, aCommand, aGroup, aLoan, aSavings, newId } from './storeWorld.ts';

/** Scans that are meant: what is scanned, and why it stays small or is read whole on purpose. */
const meant: readonly (readonly [plan: RegExp, why: string])[] = [
  [/^SCAN local_/, 'a handful of rows'],
  [/^SCAN replica_shelves/, 'a handful of rows'],
  [/^SCAN replica_left_out/, 'what could not be read: a handful of rows, shown whole'],
  [/^SCAN journal_days$/, 'one row a day, newest first or the one that is open'],
  [/^SCAN \w+ VIRTUAL TABLE/, 'the full-text index answers its own question'],
  [/^SCAN (?:json_each|value) ?/, 'a list that we hand in'],
  [/^SCAN \w+ USING (?:COVERING )?INDEX /, 'an index made for that list, read in its order'],
  [/^SCAN head$/, 'what the unfinished index has just given'],
  [
    /^SCAN journal_(?:entries|commands|receipts|reports|cash_slips|drawers)$/,
    'the newest row, or rows in the order of the key with a limit, or a count',
  ],
];

const id = '01980000-0000-7000-8000-000000000001';

const questions: { readonly [Name in keyof ReadStore]: (read: ReadStore) => unknown } = {
  lastEntry: (read) => read.lastEntry(),
  lastReceiptHash: (read) => read.lastReceiptHash(),
  entries: (read) => read.entries(1, 9),
  countEntries: (read) => read.countEntries(),
  isSealed: (read) => read.isSealed(1),
  entryWithHash: (read) => read.entryWithHash('abcdef012345', null),
  inPlainLetters: (read) => read.inPlainLetters('Москва'),
  institutionCountry: (read) => read.institutionCountry(),
  knownCountries: (read) => read.knownCountries(),
  command: (read) => read.command(id),
  writtenPayload: (read) => read.writtenPayload(id),
  commandOfForm: (read) => read.commandOfForm(id),
  lastSequence: (read) => read.lastSequence(),
  sendingAddsUp: (read) => read.sendingAddsUp(),
  commandsToSend: (read) => read.commandsToSend(AT, 9, ['juma']),
  countUnfinishedSentAs: (read) => read.countUnfinishedSentAs('amina'),
  nextAttemptAt: (read) => read.nextAttemptAt(0),
  commandsIn: (read) => [read.commandsIn('sending', 9), read.commandsIn('accepted', 9)],
  unfinishedCommands: (read) => read.unfinishedCommands(9),
  countUnfinished: (read) => read.countUnfinished(),
  countWaitingForDay: (read) => read.countWaitingForDay(),
  unfinishedOf: (read) => read.unfinishedOf('loan:a'),
  earlierOf: (read) => read.earlierOf(aCommand(7)),
  needsOf: (read) => read.needsOf(id),
  neededBy: (read) => read.neededBy(id),
  factsOf: (read) => read.factsOf({ kind: 'client', localId: id }, 9),
  countsByKind: (read) => read.countsByKind(DATE),
  moneyByKind: (read) => read.moneyByKind(DATE),
  commandEvents: (read) => read.commandEvents(id),
  acceptedSince: (read) => read.acceptedSince(AT, 9),
  unfinishedPayouts: (read) => read.unfinishedPayouts(),
  receipt: (read) => read.receipt(id),
  receiptMaker: (read) => read.receiptMaker(id),
  soundReceipt: (read) => [read.soundReceipt({ receiptId: id }), read.soundReceipt({ number: 'KIS-01-261118-0001-U' })],
  receiptHead: (read) => read.receiptHead(id),
  receiptHeads: (read) => read.receiptHeads({ offset: 0, most: 9 }),
  receiptByNumber: (read) => read.receiptByNumber('KIS-01-261118-0001-U'),
  lastReceipt: (read) => read.lastReceipt(),
  lastReceiptSequence: (read) => read.lastReceiptSequence('01', DATE),
  receipts: (read) =>
    [{}, { businessDate: DATE }, { businessDate: DATE, username: 'amina' }, { username: 'amina' }, { clientId: id }].map((filter) =>
      read.receipts({ ...filter, offset: 0, most: 9 }),
    ),
  prints: (read) => read.prints(id),
  lastPrintSaid: (read) => read.lastPrintSaid(id),
  printJob: (read) => read.printJob(id),
  printJobs: (read) => read.printJobs(9),
  countPrintJobs: (read) => read.countPrintJobs(),
  countUnprinted: (read) => read.countUnprinted(DATE),
  effectsOfCommand: (read) => read.effectsOfCommand(id),
  effectsOf: (read) => read.effectsOf('loan', id),
  settledEffectsOf: (read) => read.settledEffectsOf('loan', id),
  openDrawerOf: (read) => read.openDrawerOf('amina'),
  openDrawersOf: (read) => read.openDrawersOf('amina'),
  currenciesInUse: (read) => read.currenciesInUse(),
  drawer: (read) => read.drawer(id),
  drawersClosed: (read) => read.drawersClosed(10),
  drawersOf: (read) => read.drawersOf(DATE),
  drawerCounts: (read) => read.drawerCounts(id),
  drawerTotals: (read) => read.drawerTotals(id),
  receiptsOfDrawer: (read) => read.receiptsOfDrawer(id),
  lastReport: (read) => read.lastReport(),
  report: (read) => read.report('KIS-01-Z0001'),
  reportOfDrawer: (read) => read.reportOfDrawer(id),
  reportsOf: (read) => read.reportsOf(DATE),
  reportPrints: (read) => read.reportPrints('KIS-01-Z0001'),
  lastSlip: (read) => read.lastSlip(),
  slip: (read) => read.slip('KIS-01-V0001'),
  slipOfForm: (read) => read.slipOfForm(id),
  slipsOf: (read) => read.slipsOf(DATE),
  lastSlipOf: (read) => read.lastSlipOf('vaultCount', 'KES'),
  vaultSums: (read) => read.vaultSums(),
  slipPrints: (read) => read.slipPrints('KIS-01-V0001'),
  lastMovement: (read) => read.lastMovement(),
  bagsOnTheRoad: (read) => read.bagsOnTheRoad(),
  movementsOfDrawer: (read) => read.movementsOfDrawer(id),
  movementOf: (read) => read.movementOf(id),
  filesOfFacts: (read) => read.filesOfFacts(),
  filesPulled: (read) => read.filesPulled(),
  newestPictureOf: (read) => [read.newestPictureOf(id)],
  pulledPicture: (read) => [read.pulledPicture(id)],
  pulledIdentifiers: (read) => [read.pulledIdentifiers(id)],
  clientsWithoutPicture: (read) => read.clientsWithoutPicture(AT, 9),
  day: (read) => read.day(DATE),
  openDay: (read) => read.openDay(),
  lastDay: (read) => read.lastDay(),
  dayInError: (read) => read.dayInError('2026-11-20'),
  dayReopenings: (read) => read.dayReopenings(DATE),
  exception: (read) => read.exception(id),
  openExceptionOf: (read) => read.openExceptionOf(id),
  exceptionsOf: (read) => read.exceptionsOf(id),
  exceptionsWhere: (read) => [read.exceptionsWhere(true, 9), read.exceptionsWhere(false, 9)],
  countOpenExceptions: (read) => read.countOpenExceptions(),
  suspendedExceptions: (read) => read.suspendedExceptions(),
  staff: (read) => read.staff('amina'),
  allStaff: (read) => read.allStaff(),
  draft: (read) => read.draft('amina', 'repayment'),
  drafts: (read) => [read.drafts(null), read.drafts('amina')],
  setting: (read) => read.setting('policy'),
  serverIdOf: (read) => read.serverIdOf('client', id),
  localIdOf: (read) => read.localIdOf('client', 1),
  client: (read) => read.client(id),
  clients: (read) =>
    (['all', 'active', 'behind', 'unfinished'] as const).flatMap((show) =>
      [
        {},
        { staffName: 'Amina' },
        { groupId: id },
        { status: 'active' as const },
        { staffName: 'Amina', groupId: id, status: 'active' as const },
      ].map((narrowed) => read.clients({ show, ...narrowed, businessDate: DATE, offset: 0, most: 9 })),
    ),
  staffOfClients: (read) => read.staffOfClients(),
  statusesOfClients: (read) => read.statusesOfClients(),
  findClients: (read) =>
    ['mary', 'ma', 'wafulla', '12', '0712 345', 'mary 712', 'mary 12', 'KE-4471', 'P-KTL-02-0008', 'amani002', '+254712345678'].map(
      (text) => read.findClients(text, 9),
    ),
  numbered: (read) => read.numbered('000000012'),
  numberedHere: (read) => read.numberedHere('center'),
  localNumberOf: (read) => read.localNumberOf('client', id),
  lastLocalNumber: (read) => read.lastLocalNumber('02'),
  matchesIn: (read) => read.matchesIn('Mary', 'ma'),
  nameKey: (read) => read.nameKey('Mary'),
  phonesIn: (read) => read.phonesIn('0704640529'),
  findGroups: (read) => ['umoja', '31', '9902'].map((text) => read.findGroups(text, 9)),
  findReceipts: (read) => read.findReceipts('0012-U', 9),
  group: (read) => read.group(id),
  groups: (read) => read.groups(0, 9),
  membersOf: (read) => read.membersOf(id),
  rolesIn: (read) => read.rolesIn(id),
  groupsOf: (read) => read.groupsOf(id),
  loan: (read) => read.loan(id),
  loansOf: (read) => read.loansOf(id),
  loans: (read) =>
    (['active', 'behind', 'approved', 'all'] as const).map((show) => read.loans({ show, businessDate: DATE, offset: 0, most: 9 })),
  payOffQuote: (read) => read.payOffQuote(id),
  loanTransactions: (read) => read.loanTransactions(id),
  savings: (read) => read.savings(id),
  savingsOf: (read) => read.savingsOf(id),
  savingsTransactions: (read) => read.savingsTransactions(id),
  reference: (read) => read.reference('offices'),
  shelf: (read) => read.shelf('clients'),
  shelves: (read) => read.shelves(),
  waitingLoansDecidedOn: (read) => read.waitingLoansDecidedOn(),
  newestLoanTransactions: (read) => read.newestLoanTransactions(id, 9),
  newestSavingsTransactions: (read) => read.newestSavingsTransactions(id, 9),
  savingsWaiting: (read) => read.savingsWaiting(200),
  savingsNumbered: (read) => read.savingsNumbered('000000017'),
  groupsKnownAs: (read) => read.groupsKnownAs('VSLA-77'),
  groupsOfCenter: (read) => read.groupsOfCenter(5),
  groupSavingsServerIds: (read) => read.groupSavingsServerIds(),
  loansOfGroup: (read) => read.loansOfGroup(id),
  savingsOfGroup: (read) => read.savingsOfGroup(id),
  leftOut: (read) => read.leftOut(),
  leftOutOf: (read) => read.leftOutOf('loans', 5),
  accountServerIds: (read) => (['loan', 'savings', 'client', 'group'] as const).map((kind) => read.accountServerIds(kind)),
  accountsPulledBefore: (read) => (['loan', 'savings'] as const).map((kind) => read.accountsPulledBefore(kind, AT, 9)),
};

function pull(write: WriteStore): void {
  write.saveClients([aClient(1, 'Mary Wafula', { mobileNo: '0712345678' })], AT, newId);
  write.saveClients([aClient(1, 'Mary Nekesa', { mobileNo: '0712345679' })], AT, newId);
  write.saveGroups([aGroup(2, 'Umoja', [1])], AT, newId);
  write.saveLoans([aLoan(3, 1)], AT, newId);
  write.saveSavings([aSavings(4, 1)], AT, newId);
  for (const kind of ['client', 'group', 'loan', 'savings'] as const) write.markGone(kind, [9]);
}

test('no question reads a whole table, unless it is meant to', () => {
  const database = new Database(':memory:');
  const prepared = new Set<string>();
  const prepare = database.prepare.bind(database);
  database.prepare = (sql: string) => {
    prepared.add(sql);
    return prepare(sql);
  };
  const store = openStoreOn(database, { now: () => AT, ownerName: 'test' });
  prepared.clear();
  store.write(pull);
  store.read((read) => {
    for (const [name, ask] of Object.entries(questions)) expect(ask(read), name).toBeDefined();
  });
  expect(prepared.size).toBeGreaterThan(100);

  const unmeant: string[] = [];
  for (const sql of prepared) {
    if (!/^\s*(?:SELECT|UPDATE|DELETE)/i.test(sql)) continue;
    const marks = sql.split('?').length - 1;
    const plan = prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...Array.from({ length: marks }, () => '1')) as { detail: string }[];
    for (const { detail } of plan) {
      if (detail.startsWith('SCAN') && !meant.some(([known]) => known.test(detail)))
        unmeant.push(`${detail}: ${sql.replace(/\s+/g, ' ').slice(0, 160)}`);
    }
  }
  expect(unmeant).toEqual([]);
  store.close();
});

test('what is unfinished is never looked for among the finished: at a start, in each round of the loop, at each look at the state', () => {
  const database = new Database(':memory:');
  const prepared = new Set<string>();
  const prepare = database.prepare.bind(database);
  database.prepare = (sql: string) => {
    prepared.add(sql);
    return prepare(sql);
  };
  const store = openStoreOn(database, { now: () => AT, ownerName: 'test' });
  prepared.clear();
  store.read((read) => [read.commandsIn('sending', 9), read.unfinishedCommands(9), read.countUnfinished(), read.countsByKind(null)]);
  expect(prepared.size).toBeGreaterThanOrEqual(4);
  for (const sql of prepared) {
    const marks = sql.split('?').length - 1;
    const plan = prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...Array.from({ length: marks }, () => '1')) as { detail: string }[];
    expect(plan.map(({ detail }) => detail)).not.toContain('SCAN journal_commands');
  }
  store.close();
});

test('the lists of years of receipts and commands are read through the index that was made for them', () => {
  const database = new Database(':memory:');
  const store = openStoreOn(database, { now: () => AT, ownerName: 'test' });
  const plan = (sql: string, ...values: string[]) =>
    (database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[]).map(({ detail }) => detail).join('; ');
  expect(
    plan(`SELECT position FROM journal_receipts WHERE instr(replace(number, '-', ''), ?) > 0 ORDER BY +position DESC LIMIT 9`, 'X'),
  ).toContain('COVERING INDEX');
  expect(
    plan(`SELECT * FROM journal_receipts WHERE business_date = ? AND +username = ? ORDER BY position DESC LIMIT 9`, DATE, 'a'),
  ).toContain('(business_date=?)');
  expect(
    plan(`SELECT min(next_attempt_at) FROM journal_commands WHERE next_attempt_at IS NOT NULL AND state IN ('queued', 'inDoubt')`),
  ).toContain('journal_commands_waiting');
  store.close();
});
