// What every noun's handlers are made with: the parts of the branch, and what the nouns share. A noun hands over its handlers in
// <noun>/handlers.ts; createBranch.ts joins them and knows none of their use cases.

import type { Caller } from './branch.ts';
import type { BranchParts } from './parts.ts';
import type { ClockWatch } from './session/clockWatch.ts';
import type { Session, Sessions } from './session/sessions.ts';
import type { StartMemory } from './session/startReport.ts';

export interface NounParts {
  readonly parts: BranchParts;
  readonly sessions: Sessions;
  readonly clockWatch: ClockWatch;
  readonly start: StartMemory;
  /** The session of a caller that the dispatcher admitted. */
  readonly admitted: (caller: Caller) => Session;
  /** After money moved: the open screens read again, and the loop may send. Hands the answer on. */
  readonly posted: <A extends PostedAnswer>(answer: A) => A;
  /** Tells the screens that a drawer changed, unless it was refused. Hands the answer on. */
  readonly drawerMoved: <A extends { readonly ok: boolean }>(answer: A) => A;
}

type PostedAnswer =
  { readonly ok: true; readonly value: { readonly receipt: { readonly clientId: string | null } } } | { readonly ok: false };
