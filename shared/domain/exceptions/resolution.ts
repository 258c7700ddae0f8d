// The ways out of a case, by its kind, and which of them are possible. A case is closed only by somebody other than the maker (I9); that is checked
// where the caller is known. Impossible choices stay on the screen with the reason.

import type { ExceptionKind, Resolution } from '../records.ts';
import { kindOf, type CommandKindName } from '../commands/kinds/allKinds.ts';

export interface CaseFacts {
  readonly commandKind: CommandKindName;
  readonly exceptionKind: ExceptionKind;
  /** A transaction at head office of equal amount and date that is not ours yet. */
  readonly candidates: number;
  /** How it had been settled before head office posted it after all. */
  readonly earlier: Resolution | null;
  /** The branch knows which accounts at head office carry suspense and cash. */
  readonly suspenseReady: boolean;
  /** The drawer that would give or take the money back is open. */
  readonly drawerOpen: boolean;
  readonly cash: boolean;
  /** Records that head office has already and that may be what this command would have created. */
  readonly existing: number;
  /** Something that needs what this command would have created stands on paper or is on its way now: it cannot be given up with it. */
  readonly childrenStay: boolean;
  /** What it belongs to was given up: it cannot go any more. */
  readonly orphan: boolean;
  /** Paper belongs to an open business day: a closed one has printed its last number (field-rules 1.6). */
  readonly dayOpen: boolean;
}

export type WhyNot =
  | 'resolution.alreadyPosted'
  | 'resolution.postedTwice'
  | 'resolution.noCandidate'
  | 'resolution.noSuspenseAccount'
  | 'resolution.drawerNotOpen'
  | 'resolution.childrenStay'
  | 'resolution.parentGivenUp'
  | 'resolution.noExisting'
  | 'resolution.notForThisKind';

export interface Choice {
  readonly resolution: Resolution;
  readonly possible: boolean;
  readonly whyNot: WhyNot | null;
}

export function choicesOf(facts: CaseFacts): readonly Choice[] {
  const { ways, never } = kindOf(facts.commandKind);
  // Head office holds it: it cannot go once more, and giving the money back again would not undo it there.
  if (facts.exceptionKind === 'postedAfterAll')
    return ways.map((way) => choice(way, way === 'recognise' ? whyNotTakeBack(facts) : 'resolution.alreadyPosted'));
  return ways.map((way) => choice(way, never.includes(way) ? 'resolution.notForThisKind' : WHY_NOT[way](facts)));
}

/**
 * The ways out of suspense: the money goes back the way it came over the counter, or head office has posted it by now. What else could be done of
 * a refused command was given up when the money went in.
 */
export function recoveriesOf(facts: Pick<CaseFacts, 'candidates' | 'drawerOpen' | 'cash' | 'dayOpen'>): readonly Choice[] {
  return [choice('reverse', whyNotCash(facts)), choice('recognise', whyNotRecognise(facts))];
}

const WHY_NOT: Readonly<Record<Resolution, (facts: CaseFacts) => WhyNot | null>> = {
  resubmit: whyNotOnceMore,
  reverse: whyNotCash,
  suspend: whyNotSuspend,
  recognise: whyNotRecognise,
  correct: whyNotOnceMore,
  merge: (facts) => (facts.existing > 0 ? null : 'resolution.noExisting'),
  withdraw: (facts) => (facts.childrenStay ? 'resolution.childrenStay' : null),
};

function whyNotOnceMore({ orphan }: CaseFacts): WhyNot | null {
  return orphan ? 'resolution.parentGivenUp' : null;
}

/** To let head office's posting stand, the earlier way out is gone back: the money changes hands again, or leaves suspense again. */
function whyNotTakeBack(facts: CaseFacts): WhyNot | null {
  if (facts.candidates === 0) return facts.earlier === 'recognise' ? 'resolution.postedTwice' : 'resolution.noCandidate';
  return facts.earlier === 'reverse' ? whyNotCash(facts) : null;
}

function whyNotRecognise({ candidates }: Pick<CaseFacts, 'candidates'>): WhyNot | null {
  return candidates > 0 ? null : 'resolution.noCandidate';
}

function whyNotCash(facts: Pick<CaseFacts, 'dayOpen' | 'cash' | 'drawerOpen'>): WhyNot | null {
  return !facts.dayOpen || (facts.cash && !facts.drawerOpen) ? 'resolution.drawerNotOpen' : null;
}

/** A posting to suspense that head office refuses may go once more under today's date and the accounts that are set now (contract 2.3). */
function whyNotSuspend(facts: CaseFacts): WhyNot | null {
  return facts.suspenseReady ? null : 'resolution.noSuspenseAccount';
}

function choice(resolution: Resolution, whyNot: WhyNot | null): Choice {
  return { resolution, possible: whyNot === null, whyNot };
}
