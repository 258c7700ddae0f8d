// Every method of the contract, asked by somebody who leaves the desk while it may still be under way, with somebody else sitting down at once:
// in one process, over IPC and over the network. Nothing is written in the name of who left, and what they asked is told to nobody.

import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tawi } from '../../electron/composition/openTawi.ts';
import type { Reply } from '../../electron/host/doorway.ts';
import { wires, type Visitor } from '../contract/transports/wires.ts';
import { ADMISSIONS, type MethodName } from './admissions.ts';
import { within } from './caseCount.ts';
import { HONEST_INPUTS, type Known } from './honestInputs.ts';
import { good, newFolder, openedOffice, PASSWORD, readBooks, removeFolder } from './openedOffice.ts';

const LEAVES = 'admin';
const SITS_DOWN = 'peter';
/** They change what the next one is asked under, or are what this test itself does. */
const NOT_ASKED = /^(?:practice\.|cash\.closeDay$|session\.(?:signOut|lock)|sync\.(?:declareOffline|endOffline)|headOffice\.stop)/;
const METHODS = (Object.keys(ADMISSIONS) as MethodName[]).filter((name) => ADMISSIONS[name] !== 'anyone' && !NOT_ASKED.test(name));
/** Waits for head office whatever it is asked about. */
const SURELY_WAIT: readonly MethodName[] = ['headOffice.prepare', 'headOffice.showPreparation', 'clients.refresh'];

let root: string;
let tawi: Tawi;
let known: Known;
/** From a sign-out to the next sign-in nobody of that name is there. */
const absences: { readonly name: string; readonly from: number; readonly to: number }[] = [];
/** Under way when their person left: asked again through the other ways. */
const waited = new Set<MethodName>();

beforeAll(async () => {
  root = newFolder();
  tawi = await openedOffice(root, 6);
  const id = (table: string, column: string): Promise<string> =>
    readBooks(root, (database) => database.prepare<[], string>(`SELECT ${column} FROM ${table} LIMIT 1`).pluck().get() ?? '');
  let made = 0;
  known = {
    clientId: await id('replica_clients', 'client_id'),
    groupId: await id('replica_groups', 'group_id'),
    loanId: await id('replica_loans', 'loan_id'),
    savingsId: await id('replica_savings', 'savings_id'),
    receiptId: '01980000-0000-7000-8000-000000000001',
    commandId: '01980000-0000-7000-8000-000000000002',
    exceptionId: '01980000-0000-7000-8000-000000000003',
    freshId: () => `01980000-0000-7000-8000-${String((made += 1)).padStart(12, '0')}`,
  };
}, within(60_000));
afterAll(async () => {
  await tawi.close();
  removeFolder(root);
});

function inputOf(name: MethodName): unknown {
  const [noun = '', verb = ''] = name.split('.');
  return (HONEST_INPUTS as unknown as Readonly<Record<string, Readonly<Record<string, (of: Known) => unknown>>>>)[noun]?.[verb]?.(known);
}

/** What was answered, and whether it came when its person was gone for certain. */
async function swapped(desk: Visitor, name: MethodName): Promise<{ readonly reply: Reply; readonly late: boolean }> {
  good(await desk.call('session.signIn', { username: LEAVES, password: PASSWORD }));
  const at = { gone: false, answered: false };
  const asked = desk.call(name, inputOf(name)).then((reply) => {
    at.answered = true;
    return { reply: reply as Reply, late: at.gone };
  });
  good(await desk.call('session.signOut', {}));
  const from = Date.now();
  await turn();
  at.gone = true;
  // Where it is over already nobody need sit down.
  if (!at.answered) {
    good(await desk.call('session.signIn', { username: SITS_DOWN, password: PASSWORD }));
    await asked;
    // A write that nobody waits for would come a little later.
    await sleep(20);
    good(await desk.call('session.signOut', {}));
  }
  const answer = await asked;
  absences.push({ name, from, to: Date.now() });
  return answer;
}

async function writtenMeanwhile(): Promise<string[]> {
  const written = await readBooks(
    root,
    (database) =>
      database
        .prepare(
          `SELECT what, at FROM journal_entries WHERE by = @by UNION ALL SELECT kind, recorded_at FROM journal_commands WHERE recorded_by = @by`,
        )
        .all({ by: LEAVES }) as { what: string; at: number }[],
  );
  return written.flatMap(({ what, at }) => {
    const absence = absences.find(({ from, to }) => at > from && at < to);
    return absence === undefined ? [] : [`${absence.name}: ${what}`];
  });
}

describe.each(wires)('through $name', (wire) => {
  test(
    'nobody finishes the call of whoever left',
    async () => {
      const opened = await wire.open(tawi.doorway);
      try {
        const desk = await opened.visitor();
        await desk.call('session.showStart', {});
        const told: string[] = [];
        for (const name of waited.size === 0 ? METHODS : [...waited].slice(0, 8)) {
          const { reply, late } = await swapped(desk, name);
          if (late) waited.add(name);
          // Over the network an answer that left in time may come late.
          if (late && wire.name !== 'LAN' && (reply.ok || reply.refusal.code !== 'session.signedOut'))
            told.push(`${name}: ${reply.ok ? 'answered' : reply.refusal.code}`);
        }
        expect(told).toEqual([]);
        expect(await writtenMeanwhile()).toEqual([]);
        expect([...waited]).toEqual(expect.arrayContaining([...SURELY_WAIT]));
      } finally {
        await opened.close();
      }
    },
    within(240_000),
  );
});
