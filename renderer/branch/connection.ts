// A way to ask the branch and to hear from it. Two kinds exist (the window's bridge and the branch's network); a test brings a third.

import type { BranchApi, BranchEvent } from '../../shared/contract/branchContract.ts';

export interface BranchConnection {
  readonly api: BranchApi;
  /** Answers the function that ends the listening. */
  readonly subscribe: (listener: (event: BranchEvent) => void) => () => void;
}

/** How one call travels: the method as 'noun.verb', the plain input, and whatever came back. It may throw; callBranch turns that into a refusal. */
export interface Transport {
  readonly call: (method: string, input: unknown) => Promise<unknown>;
  readonly subscribe: (listener: (event: BranchEvent) => void) => () => void;
}
