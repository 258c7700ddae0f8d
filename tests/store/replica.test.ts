// The replica: what head office told, under local ids that never change, and lists that leave out what is gone.

import { expect, test } from 'vitest';
import { AT, aClient, aCommand, aGroup, aLoan, aSavings, anEffect, faultKind, newId, openInMemory } from './storeWorld.ts';

test('clients, groups, loans and savings come back as they were pulled, under local ids', () => {
  const store = openInMemory();
  const client = aClient(5, 'Mary Nekesa Wafula', {
    externalId: 'old-5',
    mobileNo: '+254 712 345 678',
    gender: 'Female',
    staffName: 'Otieno',
  });
  const { clientServerId: _c, groupServerId: _g, transactions, ...loan } = aLoan(7, 5, { groupServerId: 9 });
  const { clientServerId: _c2, groupServerId: _g2, transactions: _t, ...savings } = aSavings(8, 5, { lockedInUntil: '2027-01-01' });
  const { memberServerIds: _members, roles: _roles, ...group } = aGroup(9, 'Umoja', [5, 6]);
  store.write((write) => {
    write.saveClients([client], AT, newId);
    write.saveGroups([aGroup(9, 'Umoja', [5, 6])], AT, newId);
    write.saveLoans([aLoan(7, 5, { groupServerId: 9 })], AT + 1, newId);
    write.saveSavings([aSavings(8, 5, { lockedInUntil: '2027-01-01' })], AT + 2, newId);
  });
  store.read((read) => {
    const [clientId, loanId, savingsId, groupId] = [
      read.localIdOf('client', 5)!,
      read.localIdOf('loan', 7)!,
      read.localIdOf('savings', 8)!,
      read.localIdOf('group', 9)!,
    ];
    expect(read.client(clientId)).toEqual({ ...client, clientId, gone: false, pulledAt: AT });
    expect(read.loan(loanId)).toEqual({ ...loan, loanId, clientId, groupId, gone: false, pulledAt: AT + 1 });
    expect(read.loanTransactions(loanId)).toEqual(transactions);
    expect(read.savings(savingsId)).toEqual({ ...savings, savingsId, clientId, groupId: null, gone: false, pulledAt: AT + 2 });
    expect(read.group(groupId)).toEqual({ ...group, groupId, members: 2, pulledAt: AT, gone: false });
    expect(read.groupsOf(clientId).map((one) => one.groupId)).toEqual([groupId]);
    expect(read.membersOf(groupId).map((one) => one.serverId)).toEqual([5]);
    expect([read.loansOf(clientId).length, read.savingsOf(clientId).length]).toEqual([1, 1]);
    expect(read.serverIdOf('client', clientId)).toBe(5);
  });
});

test('an account is replaced whole: a transaction or instalment that head office no longer tells is gone', () => {
  const store = openInMemory();
  const before = aLoan(7, 5);
  store.write((write) => write.saveLoans([before], AT, newId));
  const loanId = store.read((read) => read.localIdOf('loan', 7)!);
  store.write((write) =>
    write.saveLoans([{ ...before, periods: before.periods.slice(1), transactions: [], outstandingMinor: 3 }], AT + 1, newId),
  );
  expect(
    store.read((read) => [read.loan(loanId)?.periods.length, read.loan(loanId)?.outstandingMinor, read.loanTransactions(loanId)]),
  ).toEqual([1, 3, []]);
});

test('a loan whose client was not pulled yet already knows the client by a local id, and the client comes under it', () => {
  const store = openInMemory();
  store.write((write) => write.saveLoans([aLoan(7, 5)], AT, newId));
  const clientId = store.read((read) => read.loan(read.localIdOf('loan', 7)!)?.clientId);
  expect(clientId).toBe(store.read((read) => read.localIdOf('client', 5)));
  store.write((write) => write.saveClients([aClient(5, 'Mary')], AT, newId));
  expect(
    store.read((read) => [
      read.client(clientId!)?.serverId,
      read.clients({ show: 'behind', businessDate: '2026-11-18', offset: 0, most: 9 }).total,
    ]),
  ).toEqual([5, 1]);
});

test('a server id is learned once, and outlives the replica', () => {
  const store = openInMemory();
  const first = store.write((write) => write.learnServerId('client', 5, newId));
  expect(store.write((write) => write.learnServerId('client', 5, () => expect.fail('it is known')))).toBe(first);
  expect(store.write((write) => write.learnServerId('loan', 5, newId))).not.toBe(first);
  store.write((write) => write.saveClients([aClient(5, 'Mary')], AT, newId));
  store.write((write) => write.dropReplica());
  expect(store.read((read) => [read.client(first), read.localIdOf('client', 5)])).toEqual([null, first]);
  store.write((write) => write.saveClients([aClient(5, 'Mary')], AT, newId));
  expect(store.read((read) => read.client(first)?.displayName)).toBe('Mary');
});

test('a record that is told of under another number has left the one before: whoever comes under that is another', () => {
  const store = openInMemory();
  const first = store.write((write) => write.learnServerId('savings', 11, newId));
  store.write((write) => write.learnCreated('savings', 13, first, () => false));
  expect(store.read((read) => [read.serverIdOf('savings', first), read.localIdOf('savings', 11)])).toEqual([13, null]);
  const other = store.write((write) => write.learnServerId('savings', 11, newId));
  expect(other).not.toBe(first);
  expect(store.read((read) => [read.serverIdOf('savings', first), read.serverIdOf('savings', other)])).toEqual([13, 11]);
});

test('what was made one with a record that has no number any more goes along when it is made one with another, once', () => {
  const store = openInMemory();
  const ours = newId();
  const first = store.write((write) => write.learnServerId('client', 5, newId));
  store.write((write) => write.insertMerge('client', ours, first));
  // Head office was put back: it has the first one under no number, and the other under this.
  const other = store.write((write) => {
    write.saveClients([aClient(5, 'Mary', { externalId: 'M-1' })], AT, newId);
    write.saveClients([aClient(5, 'Yusuf', { externalId: 'Y-1', dateOfBirth: '1971-02-03' })], AT, newId);
    return write.localIdOf('client', 5)!;
  });
  expect(store.read((read) => [read.serverIdOf('client', ours), read.serverIdOf('client', first)])).toEqual([null, null]);
  for (let again = 0; again < 2; again += 1) store.write((write) => write.insertMerge('client', ours, other));
  expect(store.read((read) => [ours, first].map((id) => read.serverIdOf('client', id)))).toEqual([5, 5]);
});

test('a record that carries a local id of ours as its external id keeps it under a new server id; a stranger gets its own', () => {
  const store = openInMemory();
  const ours = store.write((write) => write.learnServerId('client', 5, newId));
  const foreign = newId();
  store.write((write) =>
    write.saveClients([aClient(50, 'Mary', { externalId: ours }), aClient(51, 'Jane', { externalId: foreign })], AT, newId),
  );
  expect(store.read((read) => [read.localIdOf('client', 50), read.serverIdOf('client', ours)])).toEqual([ours, 50]);
  expect(store.read((read) => read.localIdOf('client', 51))).not.toBe(foreign);
});

test('what is gone leaves lists and search, can still be shown, and may come back', () => {
  const store = openInMemory();
  store.write((write) => {
    write.saveClients([aClient(1, 'Mary Wafula', { mobileNo: '0712345678' }), aClient(2, 'Jane Otieno')], AT, newId);
    write.saveGroups([aGroup(3, 'Umoja', [1, 2])], AT, newId);
    write.saveLoans([aLoan(4, 1)], AT, newId);
    write.saveSavings([aSavings(5, 1)], AT, newId);
    write.markGone('client', [1, 99]);
    write.markGone('group', [3]);
    write.markGone('loan', [4]);
    write.markGone('savings', [5]);
  });
  const mary = store.read((read) => read.localIdOf('client', 1)!);
  store.read((read) => {
    expect(read.client(mary)?.gone).toBe(true);
    expect(read.loan(read.localIdOf('loan', 4)!)?.gone).toBe(true);
    expect(read.savings(read.localIdOf('savings', 5)!)?.gone).toBe(true);
    expect(read.group(read.localIdOf('group', 3)!)?.gone).toBe(true);
    const clients = read.clients({ show: 'all', businessDate: '2026-11-18', offset: 0, most: 9 });
    expect([clients.total, clients.rows.map((row) => row.serverId)]).toEqual([1, [2]]);
    expect([read.findClients('mary', 9), read.findClients('712345', 9), read.findClients('4', 9), read.findGroups('umoja', 9)]).toEqual([
      [],
      [],
      [],
      [],
    ]);
    expect([read.loansOf(mary), read.savingsOf(mary), read.groups(0, 9)]).toEqual([[], [], { rows: [], total: 0 }]);
    expect((['client', 'group', 'loan', 'savings'] as const).map((kind) => read.accountServerIds(kind))).toEqual([[2], [], [], []]);
    expect([read.accountsPulledBefore('loan', AT + 9, 9), read.accountsPulledBefore('savings', AT + 9, 9)]).toEqual([[], []]);
  });
  store.write((write) => write.saveClients([aClient(1, 'Mary Wafula', { mobileNo: '0712345678' })], AT + 1, newId));
  expect(store.read((read) => [read.findClients('mary', 9).length, read.findClients('712345', 9).length, read.client(mary)?.gone])).toEqual(
    [1, 1, false],
  );
});

test('behind: an active loan whose first unpaid instalment was due before the business date', () => {
  const store = openInMemory();
  const loan = aLoan(10, 1);
  store.write((write) => {
    write.saveClients([aClient(1, 'Zawadi'), aClient(2, 'Amina'), aClient(3, 'Juma'), aClient(4, 'Paid up')], AT, newId);
    write.saveLoans(
      [
        loan,
        aLoan(11, 2, { outstandingMinor: 500 }),
        aLoan(12, 3, { status: 'closed' }),
        aLoan(13, 4, { periods: [loan.periods[0]!], outstandingMinor: 0 }),
        aLoan(14, 3, { status: 'approved', outstandingMinor: 0 }),
      ],
      AT,
      newId,
    );
  });
  const behindOn = (businessDate: string) =>
    store.read((read) => ({
      clients: read.clients({ show: 'behind', businessDate, offset: 0, most: 9 }).rows.map((row) => row.displayName),
      loans: read.loans({ show: 'behind', businessDate, offset: 0, most: 9 }),
    }));
  expect(behindOn('2026-11-05').clients).toEqual([]);
  expect(behindOn('2026-11-05').loans).toEqual({ rows: [], total: 0, outstanding: [] });
  const late = behindOn('2026-11-06');
  expect(late.clients).toEqual(['Amina', 'Zawadi']);
  expect([late.loans.rows.map((row) => row.serverId), late.loans.total, late.loans.outstanding[0]?.minor]).toEqual([[10, 11], 2, 1_600]);
  const list = (show: 'all' | 'active' | 'approved') =>
    store.read((read) => read.loans({ show, businessDate: '2026-11-06', offset: 1, most: 1 }));
  expect([list('all').rows[0]?.serverId, list('all').total, list('active').total, list('approved').total]).toEqual([11, 5, 3, 1]);
  store.write((write) => {
    write.saveLoans([{ ...loan, status: 'closed' }], AT, newId);
    write.markGone('loan', [11]);
  });
  expect(behindOn('2026-11-06').clients).toEqual([]);
});

test('unfinished: clients with an effect that counts and that no pull has included', () => {
  const store = openInMemory();
  const commands = [1, 2, 3].map((sequence) => aCommand(sequence));
  store.write((write) => {
    write.saveClients([aClient(1, 'Mary'), aClient(2, 'Jane'), aClient(3, 'Juma')], AT, newId);
    write.saveLoans([aLoan(4, 1)], AT, newId);
    write.saveSavings([aSavings(5, 2), aSavings(6, 3)], AT, newId);
    for (const command of commands) write.insertCommand(command);
    write.insertEffect(anEffect(commands[0]!, write.localIdOf('loan', 4)!));
    write.insertEffect(anEffect(commands[1]!, write.localIdOf('savings', 5)!, { accountKind: 'savings' }));
    write.insertEffect(anEffect(commands[2]!, write.localIdOf('savings', 6)!, { accountKind: 'savings', included: true }));
  });
  const names = () => store.read((read) => read.clients({ show: 'unfinished', businessDate: '2026-11-18', offset: 0, most: 9 }));
  expect([names().rows.map((row) => row.displayName), names().total]).toEqual([['Jane', 'Mary'], 2]);
  store.write((write) => write.saveEffects(commands[1]!.commandId, { included: true }));
  expect(names().rows.map((row) => row.displayName)).toEqual(['Mary']);
});

test('lists are ordered by name, whatever its letters wear, and come in pages with the whole count', () => {
  const store = openInMemory();
  store.write((write) =>
    write.saveClients([aClient(1, 'Zoe'), aClient(2, 'Élise'), aClient(3, 'eba'), aClient(4, 'Adam', { status: 'closed' })], AT, newId),
  );
  const page = (show: 'all' | 'active', offset: number) =>
    store.read((read) => read.clients({ show, businessDate: '2026-11-18', offset, most: 2 }));
  expect([
    page('all', 0).rows.map((row) => row.displayName),
    page('all', 2).rows.map((row) => row.displayName),
    page('all', 0).total,
  ]).toEqual([['Adam', 'eba'], ['Élise', 'Zoe'], 4]);
  expect([page('active', 0).rows.map((row) => row.displayName), page('active', 0).total]).toEqual([['eba', 'Élise'], 3]);
});

test('I10: a cursor commits with the rows it covers, or not at all', () => {
  const store = openInMemory();
  const shelf = { shelf: 'clients', cursor: { offset: 200 }, rows: 1, headOfficeCount: 9, pulledAt: AT };
  expect(() =>
    store.write((write) => {
      write.saveClients([aClient(1, 'Mary')], AT, newId);
      write.saveShelf(shelf);
      throw new Error('line cut');
    }),
  ).toThrow('line cut');
  expect(store.read((read) => [read.shelf('clients'), read.shelves(), read.findClients('mary', 9)])).toEqual([null, [], []]);
  store.write((write) => {
    write.saveClients([aClient(1, 'Mary')], AT, newId);
    write.saveShelf(shelf);
    write.saveShelf({ ...shelf, cursor: null, pulledAt: null });
  });
  expect(store.read((read) => read.shelves())).toEqual([{ ...shelf, cursor: null, pulledAt: null }]);
});

test('a reference shelf is replaced whole and keeps head office order', () => {
  const store = openInMemory();
  const row = (serverId: number, name: string) => ({ serverId, name, body: { isCash: serverId === 1, position: serverId, note: null } });
  store.write((write) => {
    write.saveReference('paymentTypes', [row(2, 'M-Pesa'), row(1, 'Cash'), row(3, 'Cheque')]);
    write.saveReference('offices', [row(1, 'Kisumu')]);
    write.saveReference('paymentTypes', [row(2, 'M-Pesa'), row(1, 'Cash')]);
  });
  expect(store.read((read) => [read.reference('paymentTypes'), read.reference('offices').length, read.reference('staff')])).toEqual([
    [row(2, 'M-Pesa'), row(1, 'Cash')],
    1,
    [],
  ]);
});

test('accounts pulled before an instant come oldest first', () => {
  const store = openInMemory();
  store.write((write) => {
    write.saveLoans([aLoan(1, null)], AT + 5, newId);
    write.saveLoans([aLoan(2, null)], AT + 1, newId);
    write.saveLoans([aLoan(3, null)], AT + 3, newId);
  });
  expect(store.read((read) => [read.accountsPulledBefore('loan', AT + 5, 9), read.accountsPulledBefore('loan', AT + 9, 1)])).toEqual([
    [2, 3],
    [2],
  ]);
});

test('dropping the replica leaves the journal and the id map, and nothing to find', () => {
  const store = openInMemory();
  const command = aCommand(1);
  store.write((write) => {
    write.insertCommand(command);
    write.saveClients([aClient(1, 'Mary', { mobileNo: '0712345678' })], AT, newId);
    write.saveGroups([aGroup(3, 'Umoja', [1])], AT, newId);
    write.saveLoans([aLoan(4, 1)], AT, newId);
    write.saveSavings([aSavings(5, 1)], AT, newId);
    write.saveReference('offices', [{ serverId: 1, name: 'Kisumu', body: {} }]);
    write.saveShelf({ shelf: 'clients', cursor: null, rows: 1, headOfficeCount: 1, pulledAt: AT });
    write.dropReplica();
  });
  const tables = store.database
    .prepare(`SELECT name FROM pragma_table_list WHERE type = 'table' AND name LIKE 'replica\\_%' ESCAPE '\\'`)
    .pluck()
    .all() as string[];
  expect(tables.length).toBeGreaterThanOrEqual(10);
  for (const table of tables) expect(store.database.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).toBe(0);
  expect(
    store.read((read) => [
      read.command(command.commandId),
      read.findClients('mary', 9),
      read.findClients('mery', 9),
      read.findClients('0712', 9),
    ]),
  ).toEqual([command, [], [], []]);
  expect(store.read((read) => read.localIdOf('client', 1))).not.toBeNull();
});

test.each(['[[1]]', '{}', '[[1,"2026-11-05","x",0,0,0,0,0,0,0,0]]', '[[1,5,0,0,0,0,0,0,0,0,0]]'])(
  'instalments that read %s are a corrupt store',
  (text) => {
    const store = openInMemory();
    store.write((write) => write.saveLoans([aLoan(7, 5)], AT, newId));
    store.database.prepare('UPDATE replica_loans SET periods = ?').run(text);
    expect(faultKind(() => store.read((read) => read.loan(read.localIdOf('loan', 7)!)))).toBe('corrupt');
  },
);
