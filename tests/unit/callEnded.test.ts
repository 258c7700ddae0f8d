// A call goes on after it waited: each way by which it could still do something asks by itself whether its person is there, and the person asked
// about is the one who made the call. No check may lean on another one that comes a little later.
import { describe, expect, test } from 'vitest';
import { guardedParts } from '../../electron/branch/guardedParts.ts';
import type { BranchParts } from '../../electron/branch/parts.ts';
import { createSessions } from '../../electron/branch/session/sessions.ts';
import { nodeCalls } from '../../electron/host/ports/nodeCalls.ts';
import { CallEnded } from '../../electron/ports/calls.ts';
import type { StaffRecord } from '../../electron/ports/store.ts';
import type { Refusal } from '../../shared/contract/define.ts';

type Act = (parts: BranchParts) => unknown;

/** Everything that leaves a trace: a row, a file, a word to head office, an account that is read anew. */
const WAYS: readonly (readonly [string, Act])[] = [
  ['a row', ({ store }) => store.write(() => 'written')],
  ['a file', ({ vault }) => vault.keep(new Uint8Array(1))],
  ['a look for what was sent', ({ sync }) => sync.lookAgain('command', {} as never)],
  ['an account that is read anew', ({ sync }) => sync.refresh({}, {} as never)],
  ['a sign-in', ({ headOffice }) => headOffice.signIn({} as never)],
  ['a preparation', ({ headOffice }) => headOffice.prepare({} as never, {})],
  ['a pay-off', ({ headOffice }) => headOffice.readPayOff(1, '2026-11-20', {} as never)],
];

/** Parts that note what reached them. */
function world() {
  const reached: string[] = [];
  const part = (name: string): object =>
    new Proxy(
      {},
      {
        get: (_of, member) => () => {
          reached.push(`${name}.${String(member)}`);
          return 'done';
        },
      },
    );
  const calls = nodeCalls();
  const names = ['store', 'vault', 'sync', 'headOffice'];
  const parts = guardedParts(Object.fromEntries(names.map((name) => [name, part(name)])) as unknown as BranchParts, calls);
  return { reached, calls, parts };
}

describe('a call whose person left while it waited', () => {
  test.each(WAYS)('leaves no %s', async (_what, act) => {
    const { reached, calls, parts } = world();
    let why: Refusal<never> | null = null;
    const going = calls.during({ ended: () => why }, async () => {
      await Promise.resolve();
      why = { code: 'session.signedOut' };
      return act(parts);
    });
    await expect(going).rejects.toThrow(CallEnded);
    expect(reached).toEqual([]);
  });

  test.each(WAYS)('is no reason against %s of somebody who is there, nor of the loop that nobody called', async (_what, act) => {
    const { reached, calls, parts } = world();
    await calls.during({ ended: () => null }, async () => {
      await Promise.resolve();
      return act(parts);
    });
    act(parts);
    expect(reached).toHaveLength(2);
  });
});

describe('whether the call’s own session is still there', () => {
  const staff = new Map<string, StaffRecord>();
  const person = (username: string, permissions: readonly string[] = ['ALL_FUNCTIONS']): StaffRecord => {
    const record = { username, displayName: username, role: '', permissions, lockedOut: false, signIn: 'good' } as unknown as StaffRecord;
    staff.set(username, record);
    return record;
  };
  const desk = { channel: 'window:1' };

  function begun(username: string) {
    const sessions = createSessions(
      () => 0,
      (name) => staff.get(name) ?? null,
    );
    sessions.begin(desk, person(username), true, 0);
    return { sessions, call: sessions.callOf(desk, 'day.close') };
  }

  test('it is, until somebody gets up', () => {
    const { sessions, call } = begun('grace');
    expect(call.ended()).toBeNull();
    sessions.end(desk);
    expect(call.ended()).toEqual({ code: 'session.signedOut' });
  });

  test('whoever sits down at the same desk, with every right, is not the one who called', () => {
    const { sessions, call } = begun('grace');
    sessions.begin(desk, person('amina'), true, 0);
    expect(call.ended()).toEqual({ code: 'session.signedOut' });
    // Nor is the same person, who signed in once more: what she left she left.
    const again = sessions.callOf(desk, 'day.close');
    sessions.begin(desk, person('amina'), true, 0);
    expect(again.ended()).toEqual({ code: 'session.signedOut' });
  });

  test('a locked desk goes on with nothing, and goes on once it is unlocked', () => {
    const { sessions, call } = begun('grace');
    sessions.lock(desk);
    expect(call.ended()).toEqual({ code: 'session.locked' });
    sessions.unlock(desk);
    expect(call.ended()).toBeNull();
  });

  test.each([
    ['whose right was withdrawn', ['READ_CLIENT'], 'good', 'session.notPermitted'],
    ['whose password head office no longer takes', ['ALL_FUNCTIONS'], 'refused', 'session.moneyInOnly'],
  ] as const)('somebody %s meanwhile goes no further', (_what, permissions, signIn, code) => {
    const { call } = begun('grace');
    staff.set('grace', { ...person('grace', permissions), signIn } as StaffRecord);
    expect(call.ended()).toMatchObject({ code });
  });
});
