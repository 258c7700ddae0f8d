// One call from the moment it was admitted to its last write: whoever asked must still be there, unlocked and permitted, whenever the call goes on
// after having waited. Which call is under way is known by the runtime, so that no use case can forget to ask.

import type { Refusal } from '../../shared/contract/define.ts';

export interface Call {
  /** Why it may not go on; null while it may. */
  ended(): Refusal<never> | null;
}

export interface Calls {
  during<T>(call: Call, work: () => T): T;
  /** The call in whose course this runs; null outside of any, as in the sync loop. */
  current(): Call | null;
}

/** Thrown where a call would go on without the person who made it. Nothing was written. */
export class CallEnded extends Error {
  readonly refusal: Refusal<never>;

  constructor(refusal: Refusal<never>) {
    super('a call went on after its session ended');
    this.name = 'CallEnded';
    this.refusal = refusal;
  }
}
