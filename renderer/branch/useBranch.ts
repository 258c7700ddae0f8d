// What a screen or a store calls to reach the branch. Queries are read again when the branch says that something changed; no figure is
// ever taken from an event.

import type { InjectionKey } from 'vue';
import { inject, onScopeDispose } from 'vue';
import type { BranchApi, BranchEvent } from '../../shared/contract/branchContract.ts';
import type { BranchConnection } from './connection.ts';

export const branchKey: InjectionKey<BranchConnection> = Symbol('branch');

function connection(): BranchConnection {
  const found = inject(branchKey);
  if (found === undefined) throw new Error('The page was mounted without a branch.');
  return found;
}

export function useBranch(): BranchApi {
  return connection().api;
}

export type BranchEventName = BranchEvent['what'];

/** Calls `listener` for the named events until the component or store that asked is gone. */
export function useBranchEvents(names: readonly BranchEventName[], listener: (event: BranchEvent) => void): void {
  const stop = connection().subscribe((event) => {
    if (names.includes(event.what)) listener(event);
  });
  onScopeDispose(stop);
}
