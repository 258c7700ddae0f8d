// I4: which commands may be sent now. One per subject, the lowest unfinished, and only when it is free to go.

import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import type { OpenedStore } from '../../electron/store/openStore.ts';
import type { CommandRecord, CommandState } from '../../shared/domain/commands/command.ts';
import { AT, aCommand, newId, openInMemory, progressOf } from './storeWorld.ts';

function storeWith(...commands: readonly CommandRecord[]): OpenedStore {
  const store = openInMemory();
  store.write((write) => commands.forEach((command) => write.insertCommand(command)));
  return store;
}

function toSend(store: OpenedStore, now = AT, most = 50, waitingFor: readonly string[] = []): number[] {
  return store.read((read) => read.commandsToSend(now, most, waitingFor)).map((command) => command.sequence);
}

test('I4: the lowest unfinished of each subject, lowest sequence first', () => {
  const store = storeWith(
    aCommand(1, { subject: 'loan:a' }),
    aCommand(2, { subject: 'loan:b' }),
    aCommand(3, { subject: 'loan:a' }),
    aCommand(4, { subject: 'loan:c', state: 'inDoubt' }),
  );
  expect(toSend(store)).toEqual([1, 2, 4]);
  expect(toSend(store, AT, 2)).toEqual([1, 2]);
  expect(store.read((read) => read.unfinishedOf('loan:a')).map((one) => one.sequence)).toEqual([1, 3]);
  expect(store.read((read) => read.unfinishedCommands(3)).map((one) => one.sequence)).toEqual([1, 2, 3]);
  expect(store.read((read) => read.commandsIn('inDoubt', 9)).map((one) => one.sequence)).toEqual([4]);
});

test.each<[CommandState, number[]]>([
  ['held', []],
  ['sending', []],
  ['rejected', []],
  ['queued', [1]],
  ['inDoubt', [1]],
  ['accepted', [2]],
  ['withdrawn', [2]],
  ['resolved', [2]],
])('I4: an earlier command that is %s lets go %j', (state, sequences) => {
  expect(toSend(storeWith(aCommand(1, { subject: 'loan:a', state }), aCommand(2, { subject: 'loan:a' })))).toEqual(sequences);
});

test('a command that waits for its moment also holds those behind it', () => {
  const store = storeWith(
    aCommand(1, { subject: 'loan:a', nextAttemptAt: AT + 100 }),
    aCommand(2, { subject: 'loan:a' }),
    aCommand(3, { nextAttemptAt: AT }),
  );
  expect(toSend(store, AT)).toEqual([3]);
  expect(toSend(store, AT + 100)).toEqual([1, 3]);
  expect(store.read((read) => read.nextAttemptAt(AT - 1))).toBe(AT);
  expect(store.read((read) => read.nextAttemptAt(AT))).toBe(AT + 100);
});

test('I4: a command waits until what it depends on is finished, under whatever subject', () => {
  const before = aCommand(1, { state: 'rejected' });
  const store = storeWith(before);
  store.write((write) => write.insertCommand(aCommand(2), { otherSubjects: [], needs: [before.commandId], concerns: [] }));
  expect(toSend(store)).toEqual([]);
  store.write((write) => write.saveProgress(before.commandId, progressOf(before, { state: 'accepted' })));
  expect(toSend(store)).toEqual([2]);
});

test('I4: a command of several subjects waits in each of them, and holds each of them', () => {
  const beside = (subject: string) => ({ otherSubjects: [subject], needs: [], concerns: [] });
  const store = openInMemory();
  const [first, transfer, later, another] = [
    aCommand(1, { subject: 'savings:b' }),
    aCommand(2, { subject: 'savings:a' }),
    aCommand(3, { subject: 'savings:b' }),
    aCommand(4, { subject: 'savings:c' }),
  ];
  store.write((write) => {
    write.insertCommand(first);
    write.insertCommand(transfer, beside('savings:b'));
    write.insertCommand(later);
    write.insertCommand(another, beside('savings:b'));
  });
  expect(toSend(store)).toEqual([1]);
  expect(store.read((read) => read.earlierOf(another)).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  expect(store.read((read) => read.unfinishedOf('savings:b')).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  store.write((write) => write.saveProgress(first.commandId, progressOf(first, { state: 'accepted' })));
  expect(toSend(store)).toEqual([2]);
  store.write((write) => write.saveProgress(transfer.commandId, progressOf(transfer, { state: 'accepted' })));
  expect(toSend(store)).toEqual([3]);
  store.write((write) => write.saveProgress(later.commandId, progressOf(later, { state: 'accepted' })));
  expect(toSend(store)).toEqual([4]);
});

test('I4: records that turn out to be one at head office keep one order, whatever was recorded before and after that was known', () => {
  const [ours, known] = [newId(), newId()];
  const store = openInMemory();
  const about = (sequence: number, localId: string) => aCommand(sequence, { subject: `client:${localId}` });
  const [ofKnown, ofOurs, transfer, later] = [about(1, known), about(2, ours), aCommand(3, { subject: 'savings:a' }), about(4, ours)];
  store.write((write) => {
    write.insertCommand(ofKnown);
    write.insertCommand(ofOurs);
    write.insertCommand(transfer, { otherSubjects: [`client:${ours}`], needs: [], concerns: [] });
  });
  expect(toSend(store), 'as long as they are two').toEqual([1, 2]);
  store.write((write) => write.saveProgress(ofOurs.commandId, progressOf(ofOurs, { state: 'accepted' })));
  store.write((write) => write.insertMerge('client', ours, known));
  store.write((write) => write.insertCommand(later));
  // Finished then, and lost at head office since.
  for (const state of ['rejected', 'queued'] as const)
    store.write((write) => write.saveProgress(ofOurs.commandId, progressOf(ofOurs, { state })));
  expect(toSend(store)).toEqual([1]);
  expect(store.read((read) => read.unfinishedOf(`client:${known}`)).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  for (const [done, next] of [
    [ofKnown, 2],
    [ofOurs, 3],
    [transfer, 4],
  ] as const) {
    store.write((write) => write.saveProgress(done.commandId, progressOf(done, { state: 'accepted' })));
    expect(toSend(store)).toEqual([next]);
  }
});

test('I4: what was made one with a second, and that with a third, keeps order with the third', () => {
  const [first, second, third] = [newId(), newId(), newId()];
  const store = storeWith(aCommand(1, { subject: `group:${third}` }), aCommand(2, { subject: `group:${first}` }));
  store.write((write) => {
    write.insertMerge('group', first, second);
    write.insertMerge('group', second, third);
  });
  expect(toSend(store)).toEqual([1]);
  store.write((write) => write.insertCommand(aCommand(3, { subject: `group:${first}` })));
  expect(store.read((read) => read.unfinishedOf(`group:${third}`)).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
});

test('commands of people who must sign in first are left out, and still hold their subject', () => {
  const store = storeWith(aCommand(1, { subject: 'loan:a', sentAs: 'juma' }), aCommand(2, { subject: 'loan:a' }), aCommand(3));
  expect(toSend(store, AT, 9, ['juma', 'nobody'])).toEqual([3]);
  expect(toSend(store, AT, 9, [])).toEqual([1, 3]);
});

test('is quick with ten thousand unfinished commands on three thousand subjects', () => {
  const store = openInMemory();
  const subjects = Array.from({ length: 3_000 }, () => `loan:${newId()}`);
  store.write((write) => {
    for (let sequence = 1; sequence <= 20_000; sequence += 1) {
      write.insertCommand(aCommand(sequence, { subject: subjects[sequence % 3_000]!, state: sequence <= 10_000 ? 'accepted' : 'queued' }));
    }
  });
  expect(toSend(store)).toEqual(Array.from({ length: 50 }, (_, at) => 10_001 + at));
  // The bare limit is a read of the same index from end to end; both run on the same machine at the same moment.
  const scan = store.database.prepare(
    `SELECT count(subject || sequence) FROM journal_commands WHERE state NOT IN ('accepted', 'withdrawn', 'resolved')`,
  );
  const best = (work: () => unknown) => {
    let least = Infinity;
    for (let round = 0; round < 15; round += 1) {
      const from = performance.now();
      work();
      least = Math.min(least, performance.now() - from);
    }
    return least;
  };
  const bare = best(() => scan.get());
  const asked = best(() => toSend(store));
  expect(asked, `${asked.toFixed(2)} ms against ${bare.toFixed(2)} ms for the bare scan`).toBeLessThan(bare * 6 + 2);
  const plan = store.database
    .prepare(`EXPLAIN QUERY PLAN SELECT count(*) FROM journal_commands WHERE state NOT IN ('accepted', 'withdrawn', 'resolved')`)
    .all();
  expect(JSON.stringify(plan)).toContain('journal_commands_unfinished');
});

test('what is in doubt is read by somebody else while its maker must sign in; what is queued waits for the maker', () => {
  const store = storeWith(aCommand(1, { state: 'inDoubt', sentAs: 'achieng' }), aCommand(2, { sentAs: 'achieng' }));
  expect(store.read((read) => read.commandsToSend(AT, 10, ['achieng'])).map((command) => command.sequence)).toEqual([]);
  expect(store.read((read) => read.commandsToSend(AT, 10, ['achieng'], true)).map((command) => command.sequence)).toEqual([1]);
});
