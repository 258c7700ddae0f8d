// Head office may have been put back to an earlier day: what it may have lost of us is asked for again.

import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import { effectsOf, kindOf } from '../../../shared/domain/commands/kinds/allKinds.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { changeSuspects } from '../../journal/settings.ts';
import type { WriteStore } from '../../ports/store.ts';
import { patchState, type PullParts } from './pullParts.ts';
import { PullStopped } from './pullStopped.ts';

/** Effects opened again in one transaction, before everything is compared. */
const EFFECTS_AT_ONCE = 500;
/** So long after it was recorded a fact without money is asked for again at each proof, as a sum on an account is compared. */
const FACTS_LOOKED_AFTER_MS = 14 * 24 * 3_600_000;
const FACTS_MOST = 20_000;

/** Head office was put back to an earlier day, as far as anybody can know, and everything is read once more after this. */
export async function putBack(parts: PullParts): Promise<void> {
  patchState(parts, { putBackAt: parts.clock.now() });
  await reopenEffects(parts);
}

/** Before everything is compared, what was confirmed long ago is compared as well: a backup may be older than our patience. */
export async function reopenEffects({ store, turns }: PullParts): Promise<void> {
  let position: number | null = 0;
  while (position !== null) {
    const after: number = position;
    position = store.write((write) => write.reopenRetiredEffects(after, EFFECTS_AT_ONCE));
    if (position !== null && !(await turns.between())) throw new PullStopped({ kind: 'unreachable', detail: 'stopped' });
  }
}

/**
 * Postings to the books of suspense, and facts that are not about money, stand in no account that is pulled, and what stands in one that is gone
 * here (another office's since, with its owner) in none that is pulled any more: what head office lost of them is found only by asking for each.
 */
export function suspectUnshown(write: WriteStore, now: number): void {
  const closed = write.exceptionsWhere(false, Number.MAX_SAFE_INTEGER);
  const postings = closed.flatMap(({ suspenseCommandId }) => (suspenseCommandId === null ? [] : [suspenseCommandId]));
  const since = now - FACTS_LOOKED_AFTER_MS;
  const known = new Map<LocalId, boolean>();
  const isUnread = ({ payload }: CommandRecord): boolean =>
    effectsOf(payload).some(({ accountKind, accountId }) => {
      const isGone = known.get(accountId) ?? write[accountKind](accountId)?.gone === true;
      known.set(accountId, isGone);
      return isGone;
    });
  const facts = write
    .acceptedSince(since, FACTS_MOST)
    .flatMap((command) => (kindOf(command.kind).money === null || isUnread(command) ? [command.commandId] : []));
  const recognised = closed.flatMap(({ commandId, resolution }) => {
    const command = resolution === 'recognise' ? write.command(commandId) : null;
    return command !== null && command.recordedAt >= since && isUnread(command) ? [commandId] : [];
  });
  changeSuspects(write, (suspects) => [...suspects, ...postings, ...facts, ...recognised]);
}
