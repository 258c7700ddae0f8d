// Somebody who sits at the counter and asks for what is not theirs, and somebody who has left and asks all the same. Nothing of it happens.

import { isPermitted } from '../../../shared/domain/access/permissions.ts';
import type { BranchWorld } from '../../world/branchWorld.ts';
import type { BranchPc } from '../../world/branchPc.ts';
import { ask, atTheDesk } from '../../world/people.ts';
import { BrokenPromise } from './brokenPromise.ts';
import { count, rows } from './rows.ts';

/** What a cashier has no right to, with what it would take. */
const NOT_THEIRS: readonly (readonly [method: string, input: object])[] = [
  ['cash.closeDay', {}],
  ['sync.declareOffline', { reason: 'so that nothing is sent' }],
  ['sync.endOffline', {}],
  ['sync.releaseCommands', { username: 'grace', reason: 'so that it goes in another name' }],
  ['session.unlockStaff', { username: 'daniel' }],
  ['headOffice.prepare', {}],
  ['headOffice.changeZone', { zone: 'Asia/Tokyo' }],
  ['printers.set', { printers: null }],
  ['vault.setLimit', { currency: 'KES', least: null, most: null }],
];

/** False where the process died under it: nobody heard anything. */
async function refuses(world: BranchWorld, pc: BranchPc, username: string, code: string): Promise<boolean> {
  for (const [method, input] of NOT_THEIRS) {
    const answer = await ask(world, { pc, username }, method, input);
    if (answer.kind === 'noAnswer') return false;
    const was = answer.kind === 'refused' ? answer.code : answer.kind;
    if (was !== code) throw new BrokenPromise('nobody does what they have no right to', `${pc.name}: ${method} of ${username}: ${was}`);
  }
  return true;
}

/** At head office: some managers serve at a counter too. */
function isManager(pc: BranchPc, username: string): boolean {
  const granted = rows<{ code: string }>(
    pc.database(),
    `SELECT granted.value AS code FROM local_staff, json_each(permissions) AS granted WHERE username = '${username}'`,
  );
  return isPermitted('day.close', new Set(granted.map(({ code }) => code)));
}

/** `cashier` is somebody of that PC who has not left head office. Answers whether they tried it all. */
export async function checkCheat(world: BranchWorld, pc: BranchPc, cashier: string): Promise<boolean> {
  if (!pc.isOn() || isManager(pc, cashier) || !(await atTheDesk(world, { pc, username: cashier }))) return false;
  const written = (): number => count(pc.database(), `SELECT count(*) FROM journal_entries WHERE by = '${cashier}'`);
  const before = written();
  if (!(await refuses(world, pc, cashier, 'session.notPermitted'))) return false;
  if ((await ask(world, { pc, username: cashier }, 'session.signOut', {})).kind !== 'ok') return false;
  if (!(await refuses(world, pc, cashier, 'session.signedOut'))) return false;
  if (written() !== before)
    throw new BrokenPromise('nobody does what they have no right to', `${pc.name}: something is in ${cashier}'s name`);
  return true;
}
