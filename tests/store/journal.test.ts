// The journal's tables keep what they were given and refuse what must never happen: by constraint and trigger, not by good manners.

import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openStoreOn, type OpenedStore } from '../../electron/store/openStore.ts';
import type { CommandState } from '../../shared/domain/commands/command.ts';
import type { LoanRepaymentPayload } from '../../shared/domain/commands/kinds/loanRepayment.ts';
import type { PayloadLift } from '../../shared/domain/commands/liftPayload.ts';
import {
  aClient,
  AT,
  DATE,
  aCommand,
  aDrawer,
  aReceipt,
  aReport,
  aSlip,
  aStaffMember,
  anEffect,
  anEntry,
  anException,
  faultKind,
  newId,
  openInMemory,
  progressOf,
} from './storeWorld.ts';
import { forge } from '../world/forged.ts';

/** Every journal table holding at least one row. */
function filledStore(): OpenedStore {
  const store = openInMemory();
  store.write((write) => {
    const receipt = aReceipt(1);
    const command = aCommand(1, { receiptId: receipt.receiptId });
    const drawer = aDrawer();
    write.insertEntry(anEntry(1));
    write.insertDay({ businessDate: DATE, openedAt: AT, openedBy: 'otieno', closedAt: null, closedBy: null });
    write.insertDayInError({
      businessDate: '2027-01-05',
      saidAt: AT,
      saidBy: 'otieno',
      reason: 'a flat battery',
      openedAgainAt: null,
      openedAgainBy: null,
    });
    write.insertDrawer(drawer);
    write.insertReceipt({ ...receipt, commandId: command.commandId }, 1, 'amina');
    write.insertCommand(command);
    write.insertCommandEvent({ commandId: command.commandId, at: AT, from: null, to: 'queued', why: 'recorded', by: 'amina', facts: null });
    write.insertPrint({ receiptId: receipt.receiptId, at: AT, by: 'amina', copy: 1 });
    write.insertPrintSaid({ receiptId: receipt.receiptId, at: AT, by: 'amina', what: 'asked' });
    write.insertEffect(anEffect(command, newId()));
    write.insertMovement({
      movementId: newId(),
      drawerId: drawer.drawerId,
      kind: 'taken',
      amountMinor: 240_000,
      commandId: command.commandId,
      receiptId: receipt.receiptId,
      at: AT,
    });
    write.insertDrawerCount({ drawerId: drawer.drawerId, countedMinor: 5, expectedMinor: 5, at: AT, by: 'amina' });
    write.insertReport({ sequence: 1, number: 'KTL-02-Z0001', drawerId: drawer.drawerId, businessDate: DATE, body: aReport(), hash: 'h' });
    write.insertReport({ sequence: 2, number: 'KTL-02-Z0002', drawerId: null, businessDate: DATE, body: aReport(), hash: 'i' });
    write.closeDay(DATE, AT, 'otieno');
    write.reopenDay({ report: 'KTL-02-Z0002', businessDate: DATE, reopenedAt: AT, reopenedBy: 'otieno', reason: 'a client came late' });
    write.insertReportPrint({ number: 'KTL-02-Z0001', at: AT, by: 'amina', copy: 0 });
    write.insertSlip(aSlip(1, 500));
    write.insertSlipPrint({ number: aSlip(1, 500).number, at: AT, by: 'amina', copy: 0 });
    write.insertException(anException(command));
    // The number of the one is the other's since.
    for (const client of [aClient(5, 'Mary'), aClient(5, 'Yusuf', { dateOfBirth: '1971-02-03' })]) write.saveClients([client], AT, newId);
    write.insertCommand(aCommand(9), {
      otherSubjects: ['savings:a'],
      needs: [command.commandId],
      concerns: [{ kind: 'client', localId: newId() }],
    });
    write.insertMerge('client', newId(), newId());
    write.insertLocalNumber({ number: 'P-KTL-02-0001-X', recordKind: 'client', recordId: newId(), deviceCode: '02', sequence: 1 });
  });
  return store;
}

function journalTables(store: OpenedStore): string[] {
  return store.database
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'journal\\_%' ESCAPE '\\' ORDER BY name`)
    .pluck()
    .all() as string[];
}

/** The columns that may change after a row was written; everything else of the journal is fixed for ever. */
const changeable: Record<string, readonly string[]> = {
  journal_commands: [
    'state',
    'submission',
    'idempotency_key',
    'attempts',
    'next_attempt_at',
    'sent_at',
    'sent_as',
    'post_singly',
    'last_outcome',
    'server_resource_id',
    'anew',
  ],
  journal_effects: ['standing', 'included', 'marker_server_transaction_id'],
  journal_days: ['closed_at', 'closed_by'],
  journal_days_in_error: ['opened_again_at', 'opened_again_by'],
  journal_drawers: ['closed_at', 'counted_minor', 'difference_minor', 'reason'],
  journal_exceptions: ['closed_at', 'closed_by', 'resolution', 'reason', 'resolution_receipt_id', 'suspense_command_id'],
};

describe('I3: the journal is append-only', () => {
  test('no row of any journal table can be deleted', () => {
    const store = filledStore();
    const tables = journalTables(store);
    expect(tables.length).toBeGreaterThanOrEqual(11);
    for (const table of tables) {
      expect(store.database.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), `${table} holds a row to try on`).toBeGreaterThan(0);
      expect(() => store.database.exec(`DELETE FROM ${table}`), table).toThrow(/^I\d+: /);
    }
  });

  test('no fact of any journal table can be changed, not even to itself', () => {
    const store = filledStore();
    for (const table of journalTables(store)) {
      const columns = store.database.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[];
      for (const column of columns) {
        const attempt = () => store.database.exec(`UPDATE ${table} SET ${column} = ${column}`);
        if (changeable[table]?.includes(column) === true) expect(attempt, `${table}.${column}`).not.toThrow();
        else expect(attempt, `${table}.${column}`).toThrow(/^I\d+: /);
      }
    }
  });

  test('an entry continues the chain: number and hash of the one before', () => {
    const store = filledStore();
    expect(() => store.write((write) => write.insertEntry(anEntry(3, { previousHash: 'hash-1' })))).toThrow(/I3: an entry continues/);
    expect(() => store.write((write) => write.insertEntry(anEntry(2, { previousHash: 'other' })))).toThrow(/I3: an entry continues/);
    store.write((write) => write.insertEntry(anEntry(2)));
    expect(store.read((read) => [read.lastEntry()?.hash, read.countEntries(), read.entries(2, 10)])).toEqual([
      anEntry(2).hash,
      2,
      [anEntry(2)],
    ]);
  });
});

describe('commands', () => {
  test('come back as they were recorded', () => {
    const store = openInMemory();
    const command = aCommand(1, {
      clockDoubt: true,
      postSingly: true,
      lastOutcome: { kind: 'inDoubt', why: 'noReply' },
      nextAttemptAt: AT,
    });
    store.write((write) => write.insertCommand(command));
    expect(store.read((read) => read.command(command.commandId))).toEqual(command);
    expect(store.read((read) => read.commandOfForm(command.formId!))).toEqual(command);
    expect(store.read((read) => read.lastSequence())).toBe(1);
  });

  test.each([
    ['a state outside the table', { state: 'lost' as never }, /CHECK/],
    ['a form used twice', { formId: 'same-form' }, /UNIQUE.*form_id/],
    ['an idempotency key used twice', { idempotencyKey: 'same-key' }, /UNIQUE.*idempotency_key/],
    ['a key longer than 50 characters', { idempotencyKey: 'k'.repeat(51) }, /CHECK/],
    ['a submission before the first', { submission: 0 }, /CHECK/],
    ['a command in whose place it stands that is not there', { replaces: newId() }, /FOREIGN KEY/],
    ['a receipt that is not there', { receiptId: newId() }, /FOREIGN KEY/],
  ])('refused: %s', (_what, change, message) => {
    const store = openInMemory();
    store.write((write) => write.insertCommand(aCommand(1, { formId: 'same-form', idempotencyKey: 'same-key' })));
    expect(() => store.write((write) => write.insertCommand(aCommand(2, change)))).toThrow(message);
    expect(store.read((read) => read.lastSequence())).toBe(1);
  });

  test('I3: what an older program recorded is read in today\u2019s shape, and stands as it was written', () => {
    const database = new Database(':memory:');
    const options = { now: () => AT, ownerName: 'test' };
    const command = aCommand(1, { payloadVersion: 0 });
    openStoreOn(database, options).write((write) => write.insertCommand(command));
    const written = database.prepare('SELECT payload FROM journal_commands').pluck().get();
    const noted: PayloadLift = { from: 0, lift: (stored) => ({ ...stored, note: 'lifted' }) };
    const later = openStoreOn(database, { ...options, payloadLifts: [noted] });
    expect(later.read((read) => read.command(command.commandId))).toEqual({ ...command, payload: { ...command.payload, note: 'lifted' } });
    expect(later.read((read) => read.unfinishedCommands(9))[0]?.payload).toMatchObject({ note: 'lifted' });
    expect(database.prepare('SELECT payload FROM journal_commands').pluck().get()).toBe(written);
    const unknowing = openStoreOn(database, options);
    expect(faultKind(() => unknowing.read((read) => read.command(command.commandId)))).toBe('newer');
    database.close();
  });

  test('an amount that is not more than nothing is refused', () => {
    const store = openInMemory();
    const command = aCommand(1);
    const nothing = { ...command, payload: { ...(command.payload as LoanRepaymentPayload), amountMinor: 0 } };
    expect(() => store.write((write) => write.insertCommand(nothing))).toThrow(/CHECK/);
    expect(() => store.write((write) => write.insertCommand({ ...nothing, payload: { ...nothing.payload, amountMinor: 0.5 } }))).toThrow();
  });

  test('I5: a finished command stays finished; only what head office lost becomes a case again', () => {
    const store = openInMemory();
    const moves = (from: CommandState, to: CommandState) => {
      const command = aCommand(store.read((read) => read.lastSequence()) + 1, { state: from });
      store.write((write) => write.insertCommand(command));
      try {
        store.write((write) => write.saveProgress(command.commandId, progressOf(command, { state: to })));
      } catch (error) {
        expect(String(error)).toContain('I5');
      }
      return store.read((read) => read.command(command.commandId)?.state) === to;
    };
    const others: CommandState[] = ['held', 'queued', 'sending', 'inDoubt', 'rejected'];
    for (const to of [...others, 'accepted', 'resolved'] as const) expect(moves('withdrawn', to), `withdrawn to ${to}`).toBe(false);
    for (const [from, end] of [
      ['accepted', 'resolved'],
      ['resolved', 'accepted'],
    ] as const)
      for (const to of [...others, end, 'withdrawn'] as const) expect(moves(from, to), `${from} to ${to}`).toBe(to === 'rejected');
  });

  test('progress of a command that was never recorded is refused', () => {
    const store = openInMemory();
    const command = aCommand(1);
    expect(() => store.write((write) => write.saveProgress(command.commandId, progressOf(command, {})))).toThrow(/I3/);
  });

  test('are counted by kind and state, with their sums', () => {
    const store = openInMemory();
    store.write((write) => {
      for (const sequence of [1, 2]) write.insertCommand(aCommand(sequence));
      write.insertCommand(aCommand(3, { state: 'accepted' }));
      write.insertCommand(aCommand(4, { state: 'accepted', businessDate: '2026-11-17' }));
    });
    const queued = { kind: 'loanRepayment', state: 'queued', resolvedWhy: null, count: 2 };
    expect(store.read((read) => read.countsByKind(null))).toEqual([queued]);
    expect(store.read((read) => read.countsByKind(DATE))).toEqual([
      queued,
      { kind: 'loanRepayment', state: 'accepted', resolvedWhy: null, count: 1 },
    ]);
    const money = { kind: 'loanRepayment', currency: null };
    expect(store.read((read) => read.moneyByKind(null))).toEqual([{ ...money, amountMinor: 480_000 }]);
    expect(store.read((read) => read.moneyByKind(DATE))).toEqual([
      { ...money, amountMinor: 480_000 },
      { ...money, amountMinor: 240_000 },
    ]);
    expect(store.read((read) => read.acceptedSince(AT + 4, 9)).map((one) => one.sequence)).toEqual([4]);
    expect(store.read((read) => read.countUnfinishedSentAs('amina'))).toBe(2);
    expect(store.read((read) => read.countUnfinished())).toBe(2);
  });

  test('unfinished payouts are the withdrawals that head office does not know yet', () => {
    const store = openInMemory();
    const savingsId = newId();
    const withdrawal = (sequence: number, state: 'queued' | 'accepted' | 'held') => {
      const command = aCommand(sequence, { kind: 'savingsWithdrawal', subject: `savings:${savingsId}`, state });
      const { payment, receiptNumber } = command.payload as { payment: { paymentTypeId: number }; receiptNumber: string };
      const payload = {
        kind: 'savingsWithdrawal',
        savingsId,
        transactionDate: DATE,
        amountMinor: sequence * 100,
        decimals: 2,
        payment,
        receiptNumber,
        note: '',
        markers: 'strong',
      } as const;
      return { ...command, payload };
    };
    store.write((write) => {
      write.insertCommand(aCommand(1));
      write.insertCommand(withdrawal(2, 'queued'));
      write.insertCommand(withdrawal(3, 'accepted'));
      write.insertCommand(withdrawal(4, 'held'));
    });
    expect(store.read((read) => read.unfinishedPayouts())).toEqual([
      { subject: `savings:${savingsId}`, recordedBy: 'amina', amountMinor: 200, recordedAt: AT + 2 },
      { subject: `savings:${savingsId}`, recordedBy: 'amina', amountMinor: 400, recordedAt: AT + 4 },
    ]);
  });
});

describe('receipts', () => {
  test('I8: number, and sequence of a device and day, are given once', () => {
    const store = openInMemory();
    const receipt = aReceipt(1);
    store.write((write) => write.insertReceipt(receipt, 1, 'amina'));
    expect(() => store.write((write) => write.insertReceipt(aReceipt(1), 2, 'amina'))).toThrow(/UNIQUE.*number/);
    expect(() => store.write((write) => write.insertReceipt(aReceipt(2), 1, 'amina'))).toThrow(/UNIQUE.*sequence/);
    expect(() => store.write((write) => write.insertReceipt(aReceipt(3, { amountMinor: -5 }), 3, 'amina'))).toThrow(/CHECK/);
    store.write((write) => write.insertReceipt(aReceipt(4, { businessDate: '2026-11-19' }), 1, 'amina'));
    expect(store.read((read) => [read.lastReceiptSequence('01', DATE), read.lastReceiptSequence('02', DATE)])).toEqual([1, 0]);
    expect(store.read((read) => [read.receipt(receipt.receiptId), read.receiptByNumber(receipt.number)])).toEqual([receipt, receipt]);
    expect(store.read((read) => read.lastReceipt()?.hash)).toBe('hash-4');
  });

  test('are listed newest first, by any of day, person and client', () => {
    const store = openInMemory();
    const clientId = newId();
    store.write((write) => {
      for (let sequence = 1; sequence <= 5; sequence += 1) {
        write.insertReceipt(aReceipt(sequence, sequence === 3 ? { clientId } : {}), sequence, sequence % 2 === 0 ? 'amina' : 'juma');
      }
    });
    const numbers = (filter: object) => {
      const { rows, total } = store.read((read) => read.receipts({ offset: 0, most: 2, ...filter }));
      return [rows.map((row) => row.hash), total];
    };
    expect(numbers({})).toEqual([['hash-5', 'hash-4'], 5]);
    expect(numbers({ businessDate: DATE, username: 'juma', offset: 1 })).toEqual([['hash-3', 'hash-1'], 3]);
    expect(numbers({ clientId })).toEqual([['hash-3'], 1]);
    expect(numbers({ businessDate: '2020-01-01' })).toEqual([[], 0]);
  });

  test('a copy is printed once under its number, and unprinted ones are counted', () => {
    const store = openInMemory();
    const receipts = [aReceipt(1), aReceipt(2)] as const;
    store.write((write) => receipts.forEach((receipt, at) => write.insertReceipt(receipt, at + 1, 'amina')));
    expect(store.read((read) => read.countUnprinted(DATE))).toBe(2);
    const print = { receiptId: receipts[0].receiptId, at: AT, by: 'amina', copy: 1 };
    store.write((write) => write.insertPrint(print));
    expect(() => store.write((write) => write.insertPrint(print))).toThrow(/UNIQUE/);
    expect(store.read((read) => [read.countUnprinted(DATE), read.prints(print.receiptId)])).toEqual([1, [print]]);
  });

  test('a receipt whose text does not say what its row says is a corrupt store', () => {
    const store = openInMemory();
    const receipt = aReceipt(1);
    store.write((write) => write.insertReceipt(receipt, 1, 'amina'));
    forge(store.database, `UPDATE journal_receipts SET body = json_set(body, '$.amountMinor', 1)`);
    expect(faultKind(() => store.read((read) => read.receipt(receipt.receiptId)))).toBe('corrupt');
  });

  test.each([
    ['0012-U', ['hash-12', 'hash-112']],
    ['0012u', ['hash-12', 'hash-112']],
    ['261118-0012', ['hash-12']],
    ['KIS-01-261118-0012-U', ['hash-12']],
    ['kis01261118', ['hash-112', 'hash-13', 'hash-12']],
    ['12', []],
    ['9999', []],
  ])('found by fragment %s', (text, hashes) => {
    const store = openInMemory();
    store.write((write) => {
      for (const sequence of [12, 13]) write.insertReceipt(aReceipt(sequence), sequence, 'amina');
      write.insertReceipt(aReceipt(112, { number: 'KIS-01-261118-0112-U' }), 112, 'amina');
      write.insertReceipt(aReceipt(7, { number: 'KIS-01-261119-0012-U', hash: 'hash-112', businessDate: '2026-11-19' }), 12, 'amina');
    });
    // 0112-U does not hold 0012U; the receipt of the next day does.
    const found = store.read((read) => read.findReceipts(text, 3)).map((receipt) => receipt.hash);
    expect(new Set(found)).toEqual(new Set(hashes));
  });
});

describe('effects', () => {
  test('I2: a command has one effect on an account, and one on each account that it touches', () => {
    const store = openInMemory();
    const command = aCommand(1);
    const [from, to] = [newId(), newId()];
    store.write((write) => {
      write.insertCommand(command);
      write.insertEffect(anEffect(command, from, { accountKind: 'savings', deltaMinor: -500 }));
      write.insertEffect(anEffect(command, to, { accountKind: 'savings', deltaMinor: 500 }));
    });
    expect(() => store.write((write) => write.insertEffect(anEffect(command, from)))).toThrow(/UNIQUE/);
    expect(store.read((read) => read.effectsOfCommand(command.commandId)).map((each) => [each.accountId, each.deltaMinor])).toEqual([
      [from, -500],
      [to, 500],
    ]);
  });

  test('I6: of several effects one is changed alone, or all together', () => {
    const store = openInMemory();
    const command = aCommand(1);
    const [from, to] = [newId(), newId()];
    store.write((write) => {
      write.insertCommand(command);
      for (const account of [from, to]) write.insertEffect(anEffect(command, account, { accountKind: 'savings' }));
      write.saveEffects(command.commandId, { standing: 'disputed' });
      write.saveEffect({ commandId: command.commandId, accountKind: 'savings', accountId: to }, { included: true, serverTransactionId: 9 });
    });
    const effects = store.read((read) => read.effectsOfCommand(command.commandId));
    expect(effects.map(({ standing, included, marker }) => [standing, included, marker.serverTransactionId])).toEqual([
      ['disputed', false, null],
      ['disputed', true, 9],
    ]);
    const elsewhere = { commandId: command.commandId, accountKind: 'savings', accountId: newId() } as const;
    expect(() => store.write((write) => write.saveEffect(elsewhere, { included: true }))).toThrow(/I6/);
  });

  test('I6: those that count or are disputed are told in order, included or not; dropped and retired ones are not', () => {
    const store = openInMemory();
    const account = newId();
    const commands = [1, 2, 3, 4].map((sequence) => aCommand(sequence));
    store.write((write) => {
      for (const command of commands) write.insertCommand(command);
      for (const command of commands) write.insertEffect(anEffect(command, account));
      write.saveEffects(commands[0]!.commandId, { included: true, serverTransactionId: 77 });
      write.saveEffects(commands[1]!.commandId, { standing: 'disputed' });
      write.saveEffects(commands[2]!.commandId, { standing: 'dropped' });
      write.saveEffects(commands[3]!.commandId, { standing: 'retired' });
    });
    const effects = store.read((read) => read.effectsOf('loan', account));
    expect(effects.map((effect) => [effect.commandId, effect.standing, effect.included, effect.marker.serverTransactionId])).toEqual([
      [commands[0]!.commandId, 'counts', true, 77],
      [commands[1]!.commandId, 'disputed', false, null],
    ]);
    expect(store.read((read) => read.effectsOf('savings', account))).toEqual([]);
    expect(() => store.write((write) => write.saveEffects(newId(), { included: true }))).toThrow(/I6/);
  });
});

describe('drawers and days', () => {
  test('I7: totals follow from movements; a closed drawer takes none and closes once', () => {
    const store = openInMemory();
    const drawer = aDrawer();
    const receipt = aReceipt(1);
    const move = (kind: 'taken' | 'paid' | 'allocated' | 'settled', amountMinor: number, slip: string | null = null) =>
      store.write((write) =>
        write.insertMovement({
          movementId: newId(),
          drawerId: drawer.drawerId,
          kind,
          amountMinor,
          commandId: null,
          receiptId: kind === 'taken' ? receipt.receiptId : null,
          at: AT,
          slip,
        }),
      );
    store.write((write) => {
      write.insertReceipt(receipt, 1, 'amina');
      write.insertDrawer(drawer);
      write.insertDay({ businessDate: DATE, openedAt: AT, openedBy: 'amina', closedAt: null, closedBy: null });
      write.insertSlip(aSlip(1, 40));
      write.insertSlip(aSlip(2, -30));
    });
    // The vault never gives what it does not hold, and cash of no paper moves with a slip.
    expect(() => store.write((write) => write.insertSlip(aSlip(3, -11)))).toThrow(/does not hold/);
    expect(() => store.write((write) => write.insertSlip(aSlip(4, 1)))).toThrow(/no gap/);
    expect(() => move('allocated', 40)).toThrow(/I1: cash moves/);
    move('taken', 500);
    move('taken', 250);
    move('paid', 100);
    move('allocated', 40, aSlip(1, 40).number);
    move('settled', 30, aSlip(2, -30).number);
    expect(store.read((read) => read.drawerTotals(drawer.drawerId))).toEqual({
      takenMinor: 750,
      paidMinor: 100,
      allocatedMinor: 40,
      settledMinor: 30,
    });
    expect(() => move('paid', 0)).toThrow(/CHECK/);
    expect(store.read((read) => [read.openDrawerOf('amina'), read.drawersOf(DATE)])).toEqual([drawer, [drawer]]);
    // A count is a fact, and ends what moves.
    const count = { countedMinor: 5, expectedMinor: 660, at: AT, by: 'amina' };
    store.write((write) => write.insertDrawerCount({ drawerId: drawer.drawerId, ...count }));
    expect(store.read((read) => read.drawerCounts(drawer.drawerId))).toEqual([count]);
    expect(() => move('paid', 10)).toThrow(/I7: a counted/);
    const close = { closedAt: AT + 1, countedMinor: 5, differenceMinor: 0, reason: '' };
    store.write((write) => write.closeDrawer(drawer.drawerId, close));
    expect(store.read((read) => [read.openDrawerOf('amina'), read.drawer(drawer.drawerId)])).toEqual([null, { ...drawer, ...close }]);
    expect(() => move('paid', 10)).toThrow(/I7/);
    expect(() => store.write((write) => write.closeDrawer(drawer.drawerId, close))).toThrow(/I3/);
    expect(() => store.write((write) => write.closeDrawer(newId(), close))).toThrow(/I7/);
  });

  test('a person has one open drawer', () => {
    const store = openInMemory();
    store.write((write) => write.insertDrawer(aDrawer()));
    expect(() => store.write((write) => write.insertDrawer(aDrawer()))).toThrow(/UNIQUE/);
    store.write((write) => write.insertDrawer(aDrawer({ username: 'juma' })));
  });

  test('the branch has one open day, and a closed day stays closed', () => {
    const store = openInMemory();
    const day = { businessDate: DATE, openedAt: AT, openedBy: 'otieno', closedAt: null, closedBy: null };
    store.write((write) => write.insertDay(day));
    expect(() => store.write((write) => write.insertDay({ ...day, businessDate: '2026-11-19' }))).toThrow(/UNIQUE/);
    store.write((write) => write.closeDay(DATE, AT + 1, 'otieno'));
    expect(() => store.write((write) => write.closeDay(DATE, AT + 2, 'amina'))).toThrow(/I3/);
    store.write((write) => write.insertDay({ ...day, businessDate: '2026-11-19' }));
    expect(store.read((read) => [read.openDay()?.businessDate, read.lastDay()?.businessDate, read.day(DATE)?.closedBy])).toEqual([
      '2026-11-19',
      '2026-11-19',
      'otieno',
    ]);
  });
});

describe('I9: exceptions', () => {
  const decision = {
    closedAt: AT + 5,
    closedBy: 'otieno',
    resolution: 'suspend',
    reason: 'client left',
    resolutionReceiptId: null,
    suspenseCommandId: null,
  } as const;

  test('a command has one open exception; closed ones stay closed and may be followed by another', () => {
    const store = openInMemory();
    const command = aCommand(1, { state: 'rejected' });
    const exception = anException(command);
    store.write((write) => {
      write.insertCommand(command);
      write.insertException(exception);
    });
    expect(() => store.write((write) => write.insertException(anException(command)))).toThrow(/UNIQUE/);
    expect(
      store.read((read) => [read.openExceptionOf(command.commandId), read.countOpenExceptions(), read.exceptionsWhere(true, 9)]),
    ).toEqual([exception, 1, [exception]]);
    store.write((write) => write.closeException(exception.exceptionId, decision));
    expect(() => store.write((write) => write.closeException(exception.exceptionId, decision))).toThrow(/I9/);
    store.write((write) => write.insertException(anException(command)));
    expect(store.read((read) => read.suspendedExceptions())).toEqual([{ ...exception, ...decision }]);
    expect(store.read((read) => read.exceptionsWhere(false, 9))).toEqual([{ ...exception, ...decision }]);
  });

  test('is never half closed', () => {
    const store = openInMemory();
    const command = aCommand(1, { state: 'rejected' });
    store.write((write) => write.insertCommand(command));
    for (const half of [{ closedAt: AT }, { closedAt: AT, closedBy: 'otieno', reason: 'x' }, { resolution: 'reverse' as const }]) {
      expect(() => store.write((write) => write.insertException(anException(command, half)))).toThrow(/CHECK/);
    }
  });
});

describe('what this PC keeps for itself', () => {
  test('staff, drafts and settings are replaced, drafts go when done', () => {
    const store = openInMemory();
    store.write((write) => {
      write.saveStaff(aStaffMember());
      write.saveStaff(
        aStaffMember({ failures: 3, waitUntil: AT, lockedOut: true, passwordHash: null, sealedPassword: null, signIn: 'needed' }),
      );
      write.saveDraft({ username: 'amina', draftKey: 'repayment', body: '{', formId: null, keptAt: AT });
      write.saveDraft({ username: 'amina', draftKey: 'repayment', body: '{}', formId: null, keptAt: AT + 1 });
      write.saveDraft({ username: 'juma', draftKey: 'deposit', body: '{}', formId: null, keptAt: AT });
      write.saveSetting('policy', { most: 1 });
      write.saveSetting('policy', { most: 2, names: ['a'] });
      write.saveSetting('lastEnd', null);
    });
    expect(store.read((read) => read.staff('amina'))).toEqual(
      aStaffMember({ failures: 3, waitUntil: AT, lockedOut: true, passwordHash: null, sealedPassword: null, signIn: 'needed' }),
    );
    expect(store.read((read) => read.allStaff())).toHaveLength(1);
    expect(store.read((read) => read.draft('amina', 'repayment')?.body)).toBe('{}');
    expect(store.read((read) => read.drafts(null))).toHaveLength(2);
    store.write((write) => write.deleteDraft('amina', 'repayment'));
    expect(store.read((read) => [read.drafts('amina'), read.drafts('juma').length])).toEqual([[], 1]);
    expect(store.read((read) => [read.setting('policy'), read.setting('lastEnd'), read.setting('identity')])).toEqual([
      { most: 2, names: ['a'] },
      null,
      null,
    ]);
  });
});
