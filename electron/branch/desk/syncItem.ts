// One command on the sync desk: where it stands and why it waits. "Why is it waiting" is the only question the desk is asked (look 11).

import type { SyncItem, WaitingReason } from '../../../shared/contract/shapes.ts';
import { isUnsent } from '../../../shared/domain/commands/applyOutcome.ts';
import { isFinished, type CommandRecord } from '../../../shared/domain/commands/command.ts';
import {
  amountOf,
  fileOf,
  heldBy,
  kindOf,
  mayBeGivenUp,
  signedMinor,
  stateItMakes,
} from '../../../shared/domain/commands/kinds/allKinds.ts';
import type { RecordRef } from '../../../shared/domain/commands/kinds/kind.ts';
import { numberInMark, postingOfCommand, postingOfMark, type PlacedPosting } from '../../../shared/domain/receipts/lines.ts';
import type { Receipt } from '../../../shared/domain/records.ts';
import { exhaustive } from '../../../shared/kernel/exhaustive.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { payerOf } from '../../journal/payerOf.ts';
import { recordFacts } from '../../journal/recordFacts.ts';
import { readSetting } from '../../journal/settings.ts';
import type { ReadStore } from '../../ports/store.ts';
import type { SyncState } from '../../ports/sync.ts';
import { currencyOfCommand } from '../cash/currencies.ts';
import { feeOfCommand } from '../counter/feeOfCommand.ts';
import { standingOf } from '../counter/receiptLine.ts';
import { isSamePerson } from '../session/samePerson.ts';

const CHAIN_MOST = 20;

export function syncItem(store: ReadStore, sync: SyncState, command: CommandRecord, now: number, viewer: string): SyncItem {
  const { receipt, placed } = paperOf(store, command);
  const about = aboutOf(store, command);
  const reason = reasonOf(store, sync, command, now);
  return {
    commandId: command.commandId,
    sequence: command.sequence,
    kind: command.kind,
    clientName: about.name,
    accountNo: placed?.posting.accountNo ?? about.accountNo,
    receiptNumber: receipt?.number ?? null,
    line: placed?.line ?? null,
    amountMinor: sumOf(command),
    feeMinor: feeOfCommand(store, command.commandId),
    currency: receipt?.currency ?? currencyOfCommand(store, command),
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
    clientId: about.clientId,
    groupId: about.groupId,
    waitsFor: command.state === 'queued' || command.state === 'held' ? chainOf(store, command) : [],
    becomes: stateItMakes(command.payload),
    editable: { ...kindOf(command.kind).editable(command.payload) },
    mayChange: mayChange(store, command, viewer),
    heldFor: command.state === 'held' ? (command.hold?.mayDecide ?? null) : null,
  };
}

/** What it moves, or, of what holds money and lets it go, by how much less or more may be drawn. */
function sumOf({ kind, payload }: CommandRecord): number {
  const held = heldBy(payload);
  return held !== null ? -held.heldMinor : signedMinor(kind, amountOf(payload)?.amountMinor ?? 0);
}

interface ReceiptOfCommand {
  readonly receipt: Receipt | null;
  readonly placed: PlacedPosting | null;
}

/** The receipt that a command stands on, and its place there. A posting to suspense names the mark of the posting whose money it carries. */
export function paperOf(store: ReadStore, { commandId, receiptId, kind, payload }: CommandRecord): ReceiptOfCommand {
  const mark = kindOf(kind).money?.receiptOf(payload) ?? null;
  const by = mark !== null ? { number: numberInMark(mark) } : receiptId === null ? null : { receiptId };
  const receipt = by === null ? null : store.soundReceipt(by);
  if (receipt === null) return { receipt, placed: null };
  return { receipt, placed: mark === null ? postingOfCommand(receipt, commandId) : postingOfMark(receipt, mark) };
}

/** Nothing of it is on paper or has left the branch, and it is that person's own. */
export function mayChange(read: ReadStore, command: CommandRecord, username: string): boolean {
  const onPaper = command.receiptId !== null || !mayBeGivenUp(command.kind);
  return !onPaper && isUnsent(command) && isSamePerson(read, command.recordedBy, username);
}

interface About {
  readonly clientId: LocalId | null;
  readonly groupId: LocalId | null;
  readonly name: string;
  readonly accountNo: string;
}

/** Whom or what it is about, in words: its paper says it, or the record that it concerns. */
function aboutOf(store: ReadStore, command: CommandRecord): About {
  const { receipt } = paperOf(store, command);
  if (receipt !== null) return { clientId: receipt.clientId, groupId: receipt.groupId ?? null, name: receipt.clientName, accountNo: '' };
  const record = kindOf(command.kind).concerns(command.payload);
  const facts = recordFacts(store, record);
  const { clientId, groupId } = record === null ? NOBODY : ownerOfRecord(store, record);
  return {
    clientId,
    groupId,
    name: facts['name'] ?? '',
    accountNo: facts['accountNo'] ?? '',
  };
}

const NOBODY = { clientId: null, groupId: null };

function ownerOfRecord(store: ReadStore, { kind, localId }: RecordRef): Pick<About, 'clientId' | 'groupId'> {
  if (kind === 'client') return { clientId: localId, groupId: null };
  if (kind === 'group') return { clientId: null, groupId: localId };
  if (kind === 'identifier' || kind === 'center' || kind === 'hold') return NOBODY;
  const account = kind === 'loan' ? store.loan(localId) : store.savings(localId);
  return account === null ? NOBODY : payerOf(store, account);
}

/** What it waits for because it refers to what that creates, and what that waits for in turn. */
function chainOf(store: ReadStore, command: CommandRecord): SyncItem['waitsFor'] {
  const found = new Map<LocalId, CommandRecord>();
  let next = [command];
  while (next.length > 0 && found.size < CHAIN_MOST) {
    next = next
      .flatMap(({ commandId }) => store.needsOf(commandId))
      .filter(({ commandId, state }) => !isFinished(state) && !found.has(commandId));
    for (const each of next) found.set(each.commandId, each);
  }
  return [...found.values()].map((each) => ({
    commandId: each.commandId,
    kind: each.kind,
    about: aboutOf(store, each).name,
    needsYou: each.state === 'rejected',
  }));
}

interface Reason {
  readonly reason: WaitingReason;
  readonly detail: string | null;
}

function reasonOf(store: ReadStore, sync: SyncState, command: CommandRecord, now: number): Reason {
  const stopped = isFinished(command.state) ? undefined : sync.stopped?.find(({ commandId }) => commandId === command.commandId);
  if (stopped !== undefined) return { reason: 'stopped', detail: stopped.incidentId };
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
      if (command.lastOutcome?.kind === 'waitingForChecker')
        return { reason: 'waitingForChecker', detail: command.lastOutcome.unseen === true ? 'unseen' : null };
      return { reason: 'lookingItUp', detail: command.lastOutcome?.kind === 'inDoubt' ? command.lastOutcome.why : null };
    case 'held':
      return { reason: 'heldForSomebody', detail: null };
    case 'queued':
      return queuedReason(store, sync, command, now);
    default:
      return exhaustive(command.state);
  }
}

function queuedReason(store: ReadStore, sync: SyncState, command: CommandRecord, now: number): Reason {
  const [earlier] = store.earlierOf(command);
  if (earlier !== undefined) {
    const receipt = earlier.receiptId === null ? null : store.receiptHead(earlier.receiptId);
    return { reason: earlier.state === 'rejected' ? 'sameAccountNeedsYou' : 'sameAccountEarlier', detail: receipt?.number ?? null };
  }
  const chain = chainOf(store, command);
  if (chain.length > 0) return { reason: chain.some(({ needsYou }) => needsYou) ? 'dependencyNeedsYou' : 'dependencyFirst', detail: null };
  if (readSetting(store, 'offlineDeclared') !== null) return { reason: 'offlineDeclared', detail: null };
  if (sync.line === 'down') return { reason: 'lineDown', detail: null };
  if (store.staff(command.sentAs)?.signIn !== 'good')
    return { reason: 'makerMustSignIn', detail: store.staff(command.sentAs)?.displayName ?? command.sentAs };
  if (sync.lineSlow === true && fileOf(command.payload) !== null) return { reason: 'lineSlow', detail: null };
  const outcome = command.lastOutcome;
  if (outcome?.kind === 'retryLater' && (outcome.why === 'headOfficeDayBehind' || outcome.why === 'booksClosed'))
    return { reason: outcome.why, detail: null };
  if (command.nextAttemptAt !== null && command.nextAttemptAt > now)
    return { reason: 'backingOff', detail: outcome?.kind === 'retryLater' ? outcome.why : null };
  return { reason: 'nextToGo', detail: null };
}
