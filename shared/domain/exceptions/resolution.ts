// The four ways out of a case, and which of them are possible. A case is closed only by somebody other than the maker (I9); that is checked
// where the caller is known. Impossible choices stay on the screen with the reason.

import type { Resolution } from '../records.ts';
import type { CommandKindName } from '../commands/command.ts';

export interface CaseFacts {
  readonly commandKind: CommandKindName;
  readonly exceptionKind: 'refused' | 'vanished' | 'notPermitted' | 'unknownAnswer';
  /** A transaction at head office of equal amount and date that is not ours yet. */
  readonly candidates: number;
  /** The branch knows which accounts at head office carry suspense and cash. */
  readonly suspenseReady: boolean;
  /** The drawer that would give or take the money back is open. */
  readonly drawerOpen: boolean;
  readonly cash: boolean;
  /** Paper belongs to an open business day: a closed one has printed its last number (field-rules 1.6). */
  readonly dayOpen: boolean;
}

export type WhyNot = 'resolution.noCandidate' | 'resolution.noSuspenseAccount' | 'resolution.drawerNotOpen' | 'resolution.notForThisKind';

export interface Choice {
  readonly resolution: Resolution;
  readonly possible: boolean;
  readonly whyNot: WhyNot | null;
}

export function choicesOf(facts: CaseFacts): readonly Choice[] {
  return [
    choice('resubmit', null),
    choice('reverse', whyNotReverse(facts)),
    choice('suspend', whyNotSuspend(facts)),
    choice('recognise', facts.candidates > 0 ? null : 'resolution.noCandidate'),
  ];
}

function whyNotReverse(facts: CaseFacts): WhyNot | null {
  if (facts.commandKind === 'suspensePosting') return 'resolution.notForThisKind';
  return !facts.dayOpen || (facts.cash && !facts.drawerOpen) ? 'resolution.drawerNotOpen' : null;
}

function whyNotSuspend(facts: CaseFacts): WhyNot | null {
  if (facts.commandKind === 'suspensePosting') return 'resolution.notForThisKind';
  return facts.suspenseReady ? null : 'resolution.noSuspenseAccount';
}

function choice(resolution: Resolution, whyNot: WhyNot | null): Choice {
  return { resolution, possible: whyNot === null, whyNot };
}
