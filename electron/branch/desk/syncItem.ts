// One command on the sync desk: where it stands and why it waits. "Why is it waiting" is the only question the desk is asked (look 11).

import type { SyncItem, WaitingReason } from '../../../shared/contract/shapes.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import { amountOf, kindOf, signedMinor } from '../../../shared/domain/commands/kinds/allKinds.ts';
import { numberInMark, postingOfCommand, postingOfMark, type PlacedPosting } from '../../../shared/domain/receipts/lines.ts';
import type { Receipt } from '../../../shared/domain/records.ts';
import { exhaustive } from '../../../shared/kernel/exhaustive.ts';
import { identityOf, readSetting } from '../../journal/settings.ts';
import type { ReadStore } from '../../ports/store.ts';
import type { SyncState } from '../../ports/sync.ts';
import { standingOf } from '../counter/receiptLine.ts';

export function syncItem(store: ReadStore, sync: SyncState, command: CommandRecord, now: number): SyncItem {
  const { receipt, placed } = paperOf(store, command);
  const reason = reasonOf(store, sync, command, now);
  return {
    commandId: command.commandId,
    sequence: command.sequence,
    kind: command.kind,
    clientName: receipt?.clientName ?? '',
    accountNo: placed?.posting.accountNo ?? '',
    receiptNumber: receipt?.number ?? null,
    line: placed?.line ?? null,
    amountMinor: signedMinor(command.kind, amountOf(command.payload)?.amountMinor ?? 0),
    feeMinor: store.effect(command.commandId)?.feeMinor ?? 0,
    currency: receipt?.currency ?? identityOf(store).currency,
    recordedBy: command.recordedBy,
    businessDate: command.businessDate,
    recordedAt: command.recordedAt,
    standing: standingOf(command.state),
    reason: reason.reason,
    reasonDetail: reason.detail,
    attempts: command.attempts,
    submission: command.submission,
    nextAttemptAt: command.nextAttemptAt,
    serverTransactionId: command.serverResourceId,
    exceptionId: command.state === 'rejected' ? (store.openExceptionOf(command.commandId)?.exceptionId ?? null) : null,
  };
}

interface ReceiptOfCommand {
  readonly receipt: Receipt | null;
  readonly placed: PlacedPosting | null;
}

/** The receipt that a command stands on, and its place there. A posting to suspense names the mark of the posting whose money it carries. */
export function paperOf(store: ReadStore, { commandId, receiptId, kind, payload }: CommandRecord): ReceiptOfCommand {
  const mark = kindOf(kind).money?.receiptOf(payload) ?? null;
  const receipt = mark !== null ? store.receiptByNumber(numberInMark(mark)) : receiptId === null ? null : store.receipt(receiptId);
  if (receipt === null) return { receipt, placed: null };
  return { receipt, placed: mark === null ? postingOfCommand(receipt, commandId) : postingOfMark(receipt, mark) };
}

interface Reason {
  readonly reason: WaitingReason;
  readonly detail: string | null;
}

function reasonOf(store: ReadStore, sync: SyncState, command: CommandRecord, now: number): Reason {
  switch (command.state) {
    case 'accepted':
    case 'withdrawn':
    case 'resolved':
      return { reason: 'finished', detail: null };
    case 'sending':
      return { reason: 'sentWaitingForAnswer', detail: null };
    case 'rejected': {
      const outcome = command.lastOutcome;
      const kind = store.openExceptionOf(command.commandId)?.kind;
      return {
        reason: kind === 'vanished' || kind === 'postedAfterAll' ? kind : 'refused',
        detail: outcome?.kind === 'rejected' ? outcome.code : outcome?.kind === 'incompatible' ? outcome.why : null,
      };
    }
    case 'inDoubt':
      if (command.lastOutcome?.kind === 'waitingForChecker') return { reason: 'waitingForChecker', detail: null };
      return { reason: 'lookingItUp', detail: command.lastOutcome?.kind === 'inDoubt' ? command.lastOutcome.why : null };
    case 'held':
    case 'queued':
      return queuedReason(store, sync, command, now);
    default:
      return exhaustive(command.state);
  }
}

function queuedReason(store: ReadStore, sync: SyncState, command: CommandRecord, now: number): Reason {
  const earlier = store.unfinishedOf(command.subject).find((other) => other.sequence < command.sequence);
  if (earlier !== undefined) {
    const receipt = earlier.receiptId === null ? null : store.receipt(earlier.receiptId);
    return { reason: earlier.state === 'rejected' ? 'sameAccountNeedsYou' : 'sameAccountEarlier', detail: receipt?.number ?? null };
  }
  if (command.dependsOn !== null && store.command(command.dependsOn)?.state !== 'accepted')
    return { reason: 'dependencyFirst', detail: null };
  if (readSetting(store, 'offlineDeclared') !== null) return { reason: 'offlineDeclared', detail: null };
  if (sync.line === 'down') return { reason: 'lineDown', detail: null };
  if (store.staff(command.sentAs)?.signIn !== 'good')
    return { reason: 'makerMustSignIn', detail: store.staff(command.sentAs)?.displayName ?? command.sentAs };
  const outcome = command.lastOutcome;
  if (outcome?.kind === 'retryLater' && outcome.why === 'headOfficeDayBehind') return { reason: 'headOfficeDayBehind', detail: null };
  if (command.nextAttemptAt !== null && command.nextAttemptAt > now)
    return { reason: 'backingOff', detail: outcome?.kind === 'retryLater' ? outcome.why : null };
  return { reason: 'nextToGo', detail: null };
}
