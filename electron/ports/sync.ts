// What the counter may ask of the sync loop, and what it may know of it. The loop decides when; nobody sends from a screen.

import type { InvariantNumber } from '../../shared/kernel/assert.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import type { Answer, Credential, ShelfName } from './headOffice.ts';

export interface SyncState {
  /** 'up' only while head office's own answer was the last that was heard. */
  readonly line: 'up' | 'down' | 'unknown';
  /** The line is down, and something answers all the same: a Wi-Fi portal, or a gateway in front of a head office that is not there. */
  readonly strangerAnswers: boolean;
  /** It carries, and so slowly that files wait for a better one. */
  readonly lineSlow?: boolean;
  readonly lineSince: number | null;
  readonly headOffice: 'answering' | 'trouble' | 'unknown';
  /** Why it could not be read, until it could; a piece that comes in ends it. */
  readonly trouble: { readonly kind: 'refused' | 'nonsense'; readonly detail: string } | null;
  /** Staff whose kept sign-in head office refused while their commands wait, or '' when nobody's sign-in is there to pull with. */
  readonly signInNeededFor: readonly string[];
  readonly progress: {
    readonly phase: 'sending' | 'pulling' | 'proving';
    readonly done: number;
    readonly total: number | null;
    readonly startedAt: number;
    readonly shelf: string | null;
  } | null;
  /**
   * By the monotonic clock: the last piece that came in, or, where a round of reading ended before its end and began again, the first round's
   * beginning; null while nothing is read.
   */
  readonly readingSinceMs: number | null;
  /** What is not sent because a promise would break by it; tried again at the next start. Everything else goes on. */
  readonly stopped?: readonly StoppedCommand[];
  readonly lastFinishedAt: number | null;
  readonly firstPullDone: boolean;
}

export interface StoppedCommand {
  readonly commandId: LocalId;
  /** Of docs/invariants.md. */
  readonly invariant: InvariantNumber;
  /** What a technician looks up. */
  readonly incidentId: string;
  readonly at: number;
}

/** Records of head office by shelf and server id. */
export type ShelfTargets = { readonly [Name in ShelfName]?: readonly number[] };

export interface SyncControl {
  start(): void;
  stop(): Promise<void>;
  /**
   * Rouses the loop; pressing it twice does nothing twice (field-rules 3.3, 29). `lists`: what head office offers is read again with the next
   * round, whenever that was last done.
   */
  wake(lists?: boolean): void;
  state(): SyncState;
  /** Asks head office whether it has posted after all a command whose case is open; then the case closes by itself. */
  lookAgain(commandId: LocalId, credential: Credential): Promise<void>;
  /** Reloads these accounts now, beside the loop. */
  refresh(targets: ShelfTargets, credential: Credential): Promise<Answer<{ readonly at: number }>>;
}

/** Where the branch's head office is; fixed when the branch is founded. */
export type HeadOfficeAddress =
  { readonly kind: 'practice' } | { readonly kind: 'fineract'; readonly address: string; readonly tenant: string };

/** Training controls, present only in a practice branch. */
export interface PracticeControlPort {
  readonly password: string;
  lineCut(): boolean;
  setLine(cut: boolean): void;
  /** Another branch's staff pays out of an account; the code of head office's refusal, or null when it went through. */
  otherBranchPays(savingsServerId: number, amountMinor: number): Promise<string | null>;
}
