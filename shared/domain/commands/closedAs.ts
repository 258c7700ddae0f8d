// How a command ended that head office holds no transaction of: its receipt is not confirmed, and no sum of confirmed money may contain it.

import type { CommandState } from './command.ts';

export type ClosedAs = 'reversed' | 'suspended' | 'withdrawn';

/** `lastWhy`: why the command came into its present state, in the journal's own words. Null for whatever head office holds, or still may. */
export function closedAs(state: CommandState, lastWhy: string | null): ClosedAs | null {
  if (state === 'withdrawn') return 'withdrawn';
  if (state !== 'resolved') return null;
  return lastWhy === 'reversed' || lastWhy === 'suspended' ? lastWhy : null;
}
