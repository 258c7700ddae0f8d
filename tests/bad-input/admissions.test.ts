// Every method of the contract, asked without a session, with one that ended, with one that is locked, by each role, and by somebody whose
// password head office no longer takes: it refuses, or the table says that it may.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSessions } from '../../electron/branch/session/sessions.ts';
import type { Tawi } from '../../electron/composition/openTawi.ts';
import type { Reply } from '../../electron/host/doorway.ts';
import { inProcess } from '../../electron/host/inProcess.ts';
import { branchContract } from '../../shared/contract/branchContract.ts';
import type { Admission, Method } from '../../shared/contract/define.ts';
import type { Permission } from '../../shared/domain/access/permissions.ts';
import { ADMISSIONS, RIGHTS, type MethodName } from './admissions.ts';
import { within } from './caseCount.ts';
import { HONEST_INPUTS, type Known } from './honestInputs.ts';
import { good, newFolder, openedOffice, PASSWORD, readBooks, removeFolder } from './openedOffice.ts';

/** Asks for the right of each line itself: the honest one takes a repayment and a deposit. */
const OF_ITS_LINES: Partial<Readonly<Record<MethodName, Permission>>> = { 'counter.takeBasket': 'savings.deposit.take' };

const METHODS = Object.entries(ADMISSIONS) as [MethodName, Admission][];
const ASKED_OF_SOMEBODY = METHODS.flatMap(([name, admission]) => (admission === 'anyone' ? [] : [[name, admission] as const]));

let root: string;
let tawi: Tawi;

/** Ids of nothing: who may ask is told that there is no such thing. */
const nothing: Known = {
  clientId: randomUUID(),
  groupId: randomUUID(),
  loanId: randomUUID(),
  savingsId: randomUUID(),
  receiptId: randomUUID(),
  commandId: randomUUID(),
  exceptionId: randomUUID(),
  freshId: () => randomUUID(),
};

beforeAll(async () => {
  root = newFolder();
  tawi = await openedOffice(root, 4);
}, within(60_000));
afterAll(async () => {
  await tawi.close();
  removeFolder(root);
});

async function ask(channel: string, name: MethodName): Promise<Reply> {
  const [noun = '', verb = ''] = name.split('.');
  const inputs = HONEST_INPUTS as unknown as Readonly<Record<string, Readonly<Record<string, (known: Known) => unknown>>>>;
  return await inProcess(tawi.doorway, channel).call(name, inputs[noun]?.[verb]?.(nothing));
}

async function signIn(channel: string, username: string): Promise<void> {
  good(await inProcess(tawi.doorway, channel).call('session.signIn', { username, password: PASSWORD }));
}

const codeOf = (reply: Reply): string => (reply.ok ? 'ok' : reply.refusal.code);

/** What the manager who sits there has written. */
const writtenSoFar = (): Promise<unknown> =>
  readBooks(root, (database) =>
    database
      .prepare(
        `SELECT (SELECT count(*) FROM journal_entries WHERE by = 'grace') AS entries, (SELECT count(*) FROM journal_commands) AS commands`,
      )
      .get(),
  );

test('the contract asks of everybody what the table says, and of nobody less', () => {
  const asked = Object.entries(branchContract as Readonly<Record<string, Readonly<Record<string, Method>>>>).flatMap(([noun, verbs]) =>
    Object.entries(verbs).map(([verb, { permission }]) => [`${noun}.${verb}`, permission]),
  );
  expect(Object.fromEntries(asked)).toEqual(ADMISSIONS);
});

test('without a session, with one that ended or with a locked one nothing is done', async () => {
  await signIn('ended', 'grace');
  good(await inProcess(tawi.doorway, 'ended').call('session.signOut', {}));
  await signIn('locked', 'grace');
  good(await inProcess(tawi.doorway, 'locked').call('session.lock', {}));
  const before = await writtenSoFar();
  const answered: string[] = [];
  for (const [name] of ASKED_OF_SOMEBODY)
    for (const [channel, code] of [
      ['nobody', 'session.signedOut'],
      ['ended', 'session.signedOut'],
      ['locked', 'session.locked'],
    ] as const) {
      const reply = await ask(channel, name);
      if (codeOf(reply) !== code) answered.push(`${name} ${channel}: ${codeOf(reply)}`);
    }
  expect(answered).toEqual([]);
  expect(await writtenSoFar()).toEqual(before);
});

test('what anyone may ask needs no session', async () => {
  const refused: string[] = [];
  for (const [name] of METHODS.filter(([, admission]) => admission === 'anyone')) {
    const code = codeOf(await ask(`stranger of ${name}`, name));
    // Who is not there cannot unlock.
    if (code.startsWith('session.') && name !== 'session.unlock') refused.push(`${name}: ${code}`);
  }
  expect(refused).toEqual([]);
});

test.each(Object.entries(RIGHTS))(
  '%s is answered where the table gives the right, and refused everywhere else',
  async (username, rights: readonly Permission[]) => {
    await signIn(username, username);
    const told = good<{ permissions: string[] }>(await inProcess(tawi.doorway, username).call('session.showMine', {})).permissions;
    expect([...told].sort()).toEqual([...rights].sort());
    const wrong: string[] = [];
    for (const [name, admission] of ASKED_OF_SOMEBODY) {
      const code = codeOf(await ask(username, name));
      const may = admission === 'signedIn' ? rights.includes(OF_ITS_LINES[name] ?? rights[0]!) : rights.includes(admission);
      if (may ? code.startsWith('session.') || code === 'fault' : code !== 'session.notPermitted') wrong.push(`${name}: ${code}`);
    }
    expect(wrong).toEqual([]);
  },
  within(60_000),
);

function someStaff(username: string, signIn: 'good' | 'needed') {
  return {
    username,
    displayName: username,
    role: '',
    staffServerId: null,
    userServerId: 1,
    officeServerId: 1,
    permissions: ['ALL_FUNCTIONS'],
    passwordHash: null,
    sealedPassword: null,
    lastOnlineAt: 0,
    failures: 0,
    waitUntil: null,
    lockedOut: false,
    signIn,
  };
}

test('whoever signs in without end ends sessions of their own, and nobody else is signed out', () => {
  let now = 0;
  const sessions = createSessions(
    () => now,
    (username) => someStaff(username, 'good'),
  );
  sessions.begin({ channel: 'of the manager' }, someStaff('grace', 'good'), true, 0);
  for (now = 1; now < 300; now += 1) sessions.begin({ channel: `of a program ${String(now)}` }, someStaff('achieng', 'good'), true, 0);
  expect(sessions.of({ channel: 'of the manager' })?.username).toBe('grace');
  expect(sessions.of({ channel: 'of a program 299' })?.username).toBe('achieng');
  expect(sessions.of({ channel: 'of a program 1' })).toBeNull();
});

test('with a password that head office no longer takes, money in and the end of an offline day are all that is left, whatever was granted', () => {
  const staff = someStaff('grace', 'needed');
  const sessions = createSessions(
    () => 0,
    () => staff,
  );
  sessions.begin({ channel: 'hers' }, staff, false, 0);
  const left = ASKED_OF_SOMEBODY.filter(
    ([, admission]) => admission !== 'signedIn' && sessions.admit({ channel: 'hers' }, admission) === null,
  );
  expect([...new Set(left.map(([, admission]) => admission))].sort()).toEqual([
    'client.read',
    'drawer.open',
    'loan.read',
    'loan.repayment.take',
    'offline.end',
    'savings.deposit.take',
    'savings.read',
  ]);
  const refused = ASKED_OF_SOMEBODY.flatMap(([, admission]) => sessions.admit({ channel: 'hers' }, admission)?.code ?? []);
  expect(new Set(refused)).toEqual(new Set(['session.moneyInOnly']));
});
