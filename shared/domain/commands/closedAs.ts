// How a command ended that head office holds no transaction of: its receipt is not confirmed, and no sum of confirmed money may contain it.

import type { CommandState } from './command.ts';

/** How the command itself ended here. */
export type EndedAs = 'reversed' | 'suspended' | 'withdrawn';
/** 'undone': head office took it, and took it back; so ends a payout that was taken back, and what took it back. */
export type ClosedAs = EndedAs | 'undone';

const AS_BY_WHY: Readonly<Record<string, EndedAs>> = {
  reversed: 'reversed',
  reversalStands: 'reversed',
  voided: 'reversed',
  suspended: 'suspended',
  suspenseStands: 'suspended',
};

/** `lastWhy`: why the command came into its present state, in the journal's own words. Null for whatever head office holds, or still may. */
export function closedAs(state: CommandState, lastWhy: string | null): EndedAs | null {
  if (state !== 'resolved' && state !== 'withdrawn') return null;
  const known = lastWhy === null ? undefined : AS_BY_WHY[lastWhy];
  return known ?? (state === 'withdrawn' ? 'withdrawn' : null);
}
