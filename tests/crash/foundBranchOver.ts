// The first run over the contract, as somebody at the first screen does it: connect to head office, then wait until the branch has pulled
// itself whole. A branch that is already founded is only waited for.

import { agreeToOffice } from '../world/agreeToOffice.ts';
import type { Life } from './branchProcess.ts';
import { MANAGER, pause } from './counterPeople.ts';
import { PASSWORD } from './headOfficeSide.ts';

const READY_WITHIN_MS = 60_000;

/** What went wrong; empty when the branch is ready and holds what head office holds. `connected` is told when head office was accepted. */
export async function foundBranchOver(life: Life, address: string, connected: () => void = () => {}): Promise<string[]> {
  const screen = life.screen();
  const before = await screen.call('session', 'showStart', {});
  if (before?.ok !== true) return ['no answer'];
  if (before.value.state === 'firstRun') {
    const input = { address, tenant: 'default', username: MANAGER, password: PASSWORD, zone: 'Africa/Nairobi' };
    const answer = await agreeToOffice(
      (agreed) => screen.call('session', 'connectHeadOffice', { ...input, ...agreed }),
      (told) => (told === null || told.ok ? null : told.refusal),
    );
    if (answer === null) return ['no answer'];
    if (!answer.ok) return [`connecting was refused: ${answer.refusal.code}`];
    connected();
  }
  const began = performance.now();
  for (;;) {
    const now = await screen.call('session', 'showStart', {});
    if (now?.ok !== true) return ['no answer'];
    if (now.value.state === 'blocked') return [`blocked by ${now.value.blockedBy ?? ''}`];
    if (now.value.state === 'ready') break;
    if (performance.now() - began > READY_WITHIN_MS) return [`still ${now.value.state}`];
    await pause(100);
  }
  await screen.call('session', 'signIn', { username: MANAGER, password: PASSWORD });
  const desk = await screen.call('sync', 'showDesk', {});
  if (desk?.ok !== true) return ['no answer'];
  return desk.value.pulls
    .filter((pull) => pull.headOfficeCount !== null && pull.rows !== pull.headOfficeCount)
    .map((pull) => `${pull.shelf}: ${pull.rows} of ${String(pull.headOfficeCount)}`);
}
