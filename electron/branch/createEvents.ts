// Tells open screens that something changed. A listener that throws is its own problem: the others still hear.

import type { BranchEvent } from '../../shared/contract/branchContract.ts';
import type { Events } from './parts.ts';

export function createEvents(onFailure: (error: unknown) => void): Events {
  const listeners = new Set<(event: BranchEvent) => void>();
  return {
    tell(event) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          onFailure(error);
        }
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
