// What a command is: a fact that the branch will tell head office, exactly once. All words here are persisted and therefore append-only:
// a state, kind or payload version may be added, never renamed (house: The outbox).

import type { BusinessDate } from '../../kernel/businessDate.ts';
import type { LocalId } from '../../kernel/ids.ts';
import type { Permission } from '../access/permissions.ts';
import type { Anew } from './anew.ts';
import type { CommandKindName, CommandPayload } from './kinds/allKinds.ts';

export type CommandState = 'held' | 'queued' | 'sending' | 'inDoubt' | 'accepted' | 'rejected' | 'withdrawn' | 'resolved';

export const FINISHED_STATES: readonly CommandState[] = ['accepted', 'withdrawn', 'resolved'];

export function isFinished(state: CommandState): boolean {
  return FINISHED_STATES.includes(state);
}

export type { CommandKindName, CommandPayload } from './kinds/allKinds.ts';
export type { MarkerMode, PaymentDetail } from './kinds/counterMoney.ts';

export interface CommandRecord {
  readonly commandId: LocalId;
  /** Branch counter, never a clock: the order in which promises were made. */
  readonly sequence: number;
  readonly kind: CommandKindName;
  readonly payloadVersion: number;
  readonly payload: CommandPayload;
  /** What order is kept for, such as `loan:<local id>` or `savings:<local id>`. */
  readonly subject: string;
  readonly recordedBy: string;
  readonly businessDate: BusinessDate;
  readonly recordedAt: number;
  readonly clockDoubt: boolean;
  readonly receiptId: LocalId | null;
  /** Born with the form, so that a double press is the same command. */
  readonly formId: LocalId | null;
  /** The page on which the form was pressed, alive in its memory alone: only there is the first answer still waited for. */
  readonly pageId: LocalId | null;

  /** The command in whose place it stands: corrected after a refusal, or amended before it was sent. */
  readonly replaces: LocalId | null;
  /** The entry of the chain that recorded it (I13). */
  readonly entry?: number | null;
  /** Why a second person has to agree before it may go; null where nobody has to. */
  readonly hold: Hold | null;

  readonly state: CommandState;
  readonly submission: number;
  /** One per submission, at most 50 characters, kept before the first send (contract 3.1). */
  readonly idempotencyKey: string;
  readonly attempts: number;
  readonly nextAttemptAt: number | null;
  readonly sentAt: number | null;
  /** Whose sign-in sends it: the maker's, or after a release a manager's. */
  readonly sentAs: string;
  /** Maker-checked commands must not ride in an enclosing batch (contract 1.7). */
  readonly postSingly: boolean;
  readonly lastOutcome: Outcome | null;
  readonly serverResourceId: number | null;
  /** What its newest submission says otherwise than it was recorded; null while it says the same. */
  readonly anew: Anew | null;
}

/** What is held for a second person: why, by a word of ours, and the right that this person must have. */
export interface Hold {
  readonly why: string;
  readonly mayDecide: Permission;
}

/** The columns that may change, and only through applyOutcome (I3). */
export type CommandProgress = Pick<
  CommandRecord,
  | 'state'
  | 'submission'
  | 'idempotencyKey'
  | 'attempts'
  | 'nextAttemptAt'
  | 'sentAt'
  | 'sentAs'
  | 'postSingly'
  | 'lastOutcome'
  | 'serverResourceId'
  | 'anew'
>;

/**
 * What became of a sent command. The adapter decides from status, body code and transport phase, never from message text.
 * `mayWait`: an entry under its key may lie at head office for a checker all the same; only applyOutcome says so.
 */
export type Outcome =
  | {
      readonly kind: 'accepted';
      readonly serverTransactionId: number;
      readonly how: 'posted' | 'replayed' | 'found' | 'recognised';
      readonly mayWait?: true;
    }
  | { readonly kind: 'rejected'; readonly code: string; readonly message: string | null; readonly status: number; readonly mayWait?: true }
  /** It certainly did not happen, and may later. `keyBurnt`: head office would replay its refusal, so the next try needs a new key (contract 3.2, 7.4). */
  | { readonly kind: 'retryLater'; readonly why: RetryReason; readonly keyBurnt: boolean }
  /**
   * `stored`: head office keeps that answer with the key and repeats it, so nothing waits there under this key. `rejectedBefore`: a checker had
   * said no, and a manager lets it go once more. `recordGone`: head office says that it has no such record as this is about.
   */
  | {
      readonly kind: 'inDoubt';
      readonly why: DoubtReason;
      readonly stored?: true;
      readonly rejectedBefore?: true;
      readonly recordGone?: true;
    }
  /** `unseen`: this branch's people may not see whether anybody has decided. */
  | { readonly kind: 'waitingForChecker'; readonly serverCommandId: number | null; readonly unseen?: true }
  | { readonly kind: 'signInNeeded'; readonly why: 'refused' | 'passwordExpired' | 'tenant' | 'missing' }
  | { readonly kind: 'incompatible'; readonly why: string };

export type RetryReason =
  | 'neverSent'
  | 'loanLocked'
  | 'conflict'
  | 'headOfficeDayBehind'
  | 'booksClosed'
  | 'mustPostSingly'
  | 'readOnlyInstance'
  | 'absent'
  | 'busy';
export type DoubtReason = 'noReply' | 'serverError' | 'stillProcessing' | 'duplicateMarker' | 'unknownShape' | 'restarted' | 'lookUpFailed';
