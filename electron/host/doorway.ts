// What every transport opens on: one way in (a call) and one way out (events). A doorway stands before a branch exists and stays when one
// is founded behind it, so a window or a browser never has to reconnect.

import type { Caller } from '../branch/branch.ts';
import type { BranchEvent } from '../../shared/contract/branchContract.ts';
import type { Refusal } from '../../shared/contract/define.ts';
import type { Result } from '../../shared/kernel/result.ts';

export type Reply = Result<unknown, Refusal>;

export interface Doorway {
  /** `method` is 'noun.verb'. Never throws and never rejects: whatever goes wrong is a reply. */
  call(method: string, input: unknown, caller: Caller): Promise<Reply>;
  /** Whether somebody is signed in on that channel: who is nobody hears no events and has no share of the reserve. */
  isSignedIn(channel: string): boolean;
  listen(listener: (event: BranchEvent) => void): () => void;
}
