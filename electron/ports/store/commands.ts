// The outbox (I3, I4, I5), and what happened to each command in it.

import type { CommandProgress, CommandRecord, CommandState } from '../../../shared/domain/commands/command.ts';
import type { RecordRef } from '../../../shared/domain/commands/kinds/kind.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import type { Json } from '../../../shared/kernel/canonicalJson.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';

export interface CommandEvent {
  readonly commandId: LocalId;
  readonly at: number;
  readonly from: CommandState | null;
  readonly to: CommandState;
  readonly why: string;
  readonly by: string;
  readonly facts: Json;
}

export interface KindCount {
  readonly kind: CommandRecord['kind'];
  readonly state: CommandState;
  /** How it was resolved, in the journal's word; null where nobody had to. */
  readonly resolvedWhy: string | null;
  readonly count: number;
}

/** What the same commands are about in money, as it is on their accounts: whole minor units of that currency. */
export interface KindMoney {
  readonly kind: CommandRecord['kind'];
  /** Null where nothing tells whose money it is. */
  readonly currency: string | null;
  readonly amountMinor: number;
}

/** What a command hangs together with beside its first subject. */
export interface CommandLinks {
  readonly otherSubjects: readonly string[];
  readonly needs: readonly LocalId[];
  /** Records that it says something of which is not money. */
  readonly concerns: readonly RecordRef[];
}

export interface CommandReads {
  command(commandId: LocalId): CommandRecord | null;
  /** Its payload as it was written, in the shape of its time. */
  writtenPayload(commandId: LocalId): Json | null;
  commandOfForm(formId: LocalId): CommandRecord | null;
  lastSequence(): number;
  /**
   * Whether what decides a send beside its entry is what this program wrote: states, keys and marks of what is under way, its order, the numbers of
   * head office, people and settings. Where another hand changed it, money would go twice, to another account, or in another name.
   */
  sendingAddsUp(): boolean;
  /**
   * Commands that are queued or in doubt and due at `now`, with nothing unfinished before them in any of their subjects and everything
   * finished that they need; lowest sequence first (I4).
   * Commands that would be sent under one of `waitingFor` are left out: those people must sign in first. What is in doubt is only read,
   * which somebody else may do: with `othersRead` it is not left out.
   */
  commandsToSend(now: number, most: number, waitingFor: readonly string[], othersRead?: boolean): readonly CommandRecord[];
  /** How many unfinished commands would be sent under that person's sign-in. */
  countUnfinishedSentAs(username: string): number;
  /** The earliest `nextAttemptAt` later than that instant among commands that wait for a moment, or null. */
  nextAttemptAt(after: number): number | null;
  commandsIn(state: CommandState, most: number): readonly CommandRecord[];
  unfinishedCommands(most: number): readonly CommandRecord[];
  countUnfinished(): number;
  /** Receipts, and what has none, of a day that head office has said it has not begun, and of later ones. */
  countWaitingForDay(): number;
  unfinishedOf(subject: string): readonly CommandRecord[];
  /** What has to be finished first because it came earlier under one of the same subjects. */
  earlierOf(command: CommandRecord): readonly CommandRecord[];
  /** The commands that it needs, finished or not, the earliest first. */
  needsOf(commandId: LocalId): readonly CommandRecord[];
  /** The unfinished commands that need it, the earliest first. */
  neededBy(commandId: LocalId): readonly CommandRecord[];
  /** Facts that concern a record, or one that was merged into it, and are not about money, in whatever state, the latest first. */
  factsOf(record: RecordRef, most: number): readonly CommandRecord[];
  /** Counts per kind and state: all unfinished, and those finished on that business date. */
  countsByKind(businessDate: BusinessDate | null): readonly KindCount[];
  moneyByKind(businessDate: BusinessDate | null): readonly KindMoney[];
  acceptedSince(recordedAt: number, most: number): readonly CommandRecord[];
  /** Unsent payouts since that instant (unfinished withdrawals), for the offline limits of field-rules 1.2. */
  unfinishedPayouts(): readonly {
    readonly subject: string;
    readonly recordedBy: string;
    readonly amountMinor: number;
    /** Of its receipt, or of the account that it comes out of. */
    readonly currency?: string;
    readonly recordedAt: number;
  }[];
}

export interface CommandWrites {
  insertCommand(command: CommandRecord, links?: CommandLinks): void;
  /** One more command that it needs: what it needed before was put in another one's place. */
  insertPrerequisite(commandId: LocalId, needs: LocalId): void;
  /** Only applyOutcome's verdict may be written here (I3). */
  saveProgress(commandId: LocalId, progress: CommandProgress): void;
}

export interface CommandEventReads {
  commandEvents(commandId: LocalId): readonly CommandEvent[];
}

export interface CommandEventWrites {
  insertCommandEvent(event: CommandEvent): void;
}
