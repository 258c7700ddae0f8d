// The only way a command's state changes: applyOutcome decides, and its verdict, the event and every consequence are written together (I3).
// The counter and the sync loop both come through here; neither assigns a state.

import { applyOutcome, type Consequence, type Transition } from '../../shared/domain/commands/applyOutcome.ts';
import { isFinished, type CommandRecord } from '../../shared/domain/commands/command.ts';
import { accountOf, amountOf, effectsOf, kindOf, leavesTransaction, payloadThere } from '../../shared/domain/commands/kinds/allKinds.ts';
import { carriesMark, isEqualPosting } from '../../shared/domain/accounts/posting.ts';
import { reconcileLoan, reconcileSavings } from '../../shared/domain/accounts/reconcile.ts';
import { postingsOf } from '../../shared/domain/receipts/lines.ts';
import type { RecordRef } from '../../shared/domain/commands/kinds/kind.ts';
import type { ExceptionKind, ReceiptPosting } from '../../shared/domain/records.ts';
import { HEAD_OFFICE_ITSELF } from '../../shared/domain/exceptions/headOfficeItself.ts';
import { assert, assertInvariant } from '../../shared/kernel/assert.ts';
import type { Json } from '../../shared/kernel/canonicalJson.ts';
import { exhaustive } from '../../shared/kernel/exhaustive.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import type { PulledTransaction } from '../ports/headOffice.ts';
import type { EffectChange, EffectRecord, WriteStore } from '../ports/store.ts';
import { closeException } from './closeException.ts';
import { forgetRecord } from './keepRecord.ts';
import { heldHereMinor } from './heldHere.ts';
import { misfitHere } from './misfitHere.ts';
import type { JournalParts } from './parts.ts';
import { noteParted } from './noteParted.ts';
import { needsOf } from './recordCommand.ts';
import { recordFacts } from './recordFacts.ts';
import { openDayThere } from './currentBusinessDate.ts';
import { confirmedAtOf } from './settings.ts';
import { MAY_BE_TOLD, undoingIsGone } from './undonePayout.ts';

export function moveCommand(store: WriteStore, parts: JournalParts, commandId: LocalId, transition: Transition, by: string): CommandRecord {
  const before = store.command(commandId);
  assert(before !== null, 'a command that moves is in the journal');
  if (transition.kind === 'send') assertMayBeSent(store, parts, before);
  const now = parts.clock.now();
  const verdict = applyOutcome(before, transition, {
    now,
    fraction: parts.chance.fraction(),
    newKey: parts.ids.newId(),
    openDay: openDayThere(store, parts.clock),
  });
  store.saveProgress(commandId, verdict.progress);
  store.insertCommandEvent({
    commandId,
    at: now,
    from: before.state,
    to: verdict.progress.state,
    why: verdict.why,
    by,
    facts: { ...factsOf(transition), ...movedTo(before, verdict.progress) },
  });
  const after: CommandRecord = { ...before, ...verdict.progress };
  if (after.serverResourceId !== null && before.serverResourceId === null) learn(store, parts, after, after.serverResourceId);
  if (after.state === 'withdrawn') forgetRecord(store, after);
  if (transition.kind === 'resubmit') waitForCreation(store, after);
  if (transition.kind === 'vanish' && kindOf(after.kind).teaches(after.payload) !== null)
    for (const command of store.unfinishedCommands(Number.MAX_SAFE_INTEGER)) waitForCreation(store, command);
  for (const consequence of verdict.consequences) applyConsequence(store, parts, after, consequence, now);
  if (MAY_BE_TOLD.has(before.state) && !MAY_BE_TOLD.has(after.state)) undoingIsGone(store, after);
  return after;
}

/** What was created has a number at head office now, so what waits for it may be sent. */
function learn(store: WriteStore, parts: JournalParts, command: CommandRecord, serverId: number): void {
  const { kind, payload } = command;
  const record = kindOf(kind).teaches(payload);
  if (record === null) return;
  const known = isToldTheSame(command)
    ? store.learnServerId(record.kind, serverId, () => record.localId)
    : learnCreated(store, parts, command, record, serverId);
  // A pull saw it first, or somebody recognised it in a record that was there.
  if (known !== record.localId && store.serverIdOf(record.kind, record.localId) === null) {
    store.insertMerge(record.kind, record.localId, known);
    // Its place in the lists is the other one's.
    forgetRecord(store, command);
  }
}

/** A person said that it is the record which head office has under that number. */
function isToldTheSame({ lastOutcome }: CommandRecord): boolean {
  return lastOutcome?.kind === 'accepted' && lastOutcome.how === 'recognised';
}

function learnCreated(store: WriteStore, parts: JournalParts, { payload }: CommandRecord, record: RecordRef, serverId: number): LocalId {
  const { kind, localId } = record;
  const { known, parted } = store.learnCreated(kind, serverId, localId, (holder) => {
    const made = store.factsOf({ kind, localId: holder }, 1).map((fact) => fact.payload);
    return made.some((other) => other.kind === payload.kind && kindOf(payload.kind).isOneWith?.(payload, other) === true);
  });
  noteParted(store, parts, parted);
  return known;
}

/**
 * What creates a record was through when this was recorded, and head office has lost the record since: its number there may be another one's now,
 * so nothing goes under it before the record was created once more (I4).
 */
function waitForCreation(store: WriteStore, command: CommandRecord): void {
  const known = store.needsOf(command.commandId).map(({ commandId }) => commandId);
  for (const needed of needsOf(store, command.payload))
    if (needed !== command.commandId && !known.includes(needed)) store.insertPrerequisite(command.commandId, needed);
}

/** The last look before a promise leaves the house: nothing earlier of its subject is open (I4), its cash stands in a drawer (I1), and it says what was recorded (I13). */
function assertMayBeSent(store: WriteStore, parts: JournalParts, command: CommandRecord): void {
  assertInvariant(store.earlierOf(command).length === 0, 'I4', 'the earliest unfinished command of a subject is sent first');
  assertInvariant(
    store.needsOf(command.commandId).every(({ state }) => isFinished(state)),
    'I4',
    'what a command needs is finished before it is sent',
  );
  // One that is not sound is found below, and stops this command alone.
  const receipt = command.receiptId === null ? null : store.soundReceipt({ receiptId: command.receiptId });
  assertInvariant(
    receipt === null || !receipt.cash || store.movementOf(command.commandId)?.amountMinor === amountOf(command.payload)?.amountMinor,
    'I1',
    'a command whose cash moved has its drawer movement',
  );
  const pointed = command.entry ?? null;
  const misfit = misfitHere(store, parts.digest, command);
  assertInvariant(misfit === null, 'I13', `a command is sent as its entry recorded it: ${misfit ?? ''}`);
  // Whoever has the key of the books alone can write an entry that fits, but no seal.
  assertInvariant(pointed === null || store.isSealed(pointed), 'I13', 'a command is sent on an entry that this PC sealed');
  // Its entry says what is meant, and not how it goes: under which number and key, after what, in whose name.
  assertInvariant(store.sendingAddsUp(), 'I13', 'a command is sent as this program left it');
}

function applyConsequence(store: WriteStore, parts: JournalParts, command: CommandRecord, consequence: Consequence, now: number): void {
  const { commandId } = command;
  const effects = store.effectsOfCommand(commandId);
  // A posting to the books touches no client's account and so has no effect to move.
  if (consequence.kind !== 'openException' && consequence.kind !== 'closeException' && effects.length === 0) return;
  switch (consequence.kind) {
    case 'effectConfirmed':
      // On several accounts it is a transaction of its own on each, and the number that head office answered is none of theirs; nor is it one
      // where none was made.
      if (effects.length === 1 && leavesTransaction(command.payload))
        store.saveEffects(commandId, { serverTransactionId: consequence.serverTransactionId });
      return;
    case 'effectRecognised':
      for (const effect of effects) store.saveEffect(effect, { standing: 'counts', ...heldBy(store, command, effect, consequence) });
      return;
    case 'effectDisputed':
      // One of several accounts may not have been read since head office lost it: its row holds its part until then.
      for (const effect of effects)
        store.saveEffect(effect, { standing: 'disputed', included: effects.length > 1 && ownOn(store, command, effect) !== undefined });
      return;
    case 'effectCounts':
      store.saveEffects(commandId, { standing: 'counts' });
      return;
    case 'effectDropped':
      store.saveEffects(commandId, { standing: 'dropped', included: false });
      return;
    case 'effectContradicted':
      for (const effect of effects) store.saveEffect(effect, { standing: 'disputed', ...heldBy(store, command, effect, consequence) });
      return;
    case 'openException':
      assertInvariant(store.openExceptionOf(command.commandId) === null, 'I9', 'a rejection has one open exception');
      store.insertException({
        exceptionId: parts.ids.newId(),
        commandId: command.commandId,
        kind: consequence.exception,
        openedAt: now,
        serverCode: consequence.code,
        serverMessage: consequence.message,
        snapshot: beliefOf(store, command, consequence.exception, now),
        closedAt: null,
        closedBy: null,
        resolution: null,
        reason: null,
        resolutionReceiptId: null,
        suspenseCommandId: null,
      });
      return;
    case 'closeException': {
      const open = store.openExceptionOf(command.commandId);
      assertInvariant(open !== null, 'I9', 'a case that head office closes is open');
      closeException(store, parts, open, {
        closedAt: now,
        closedBy: HEAD_OFFICE_ITSELF,
        resolution: consequence.resolution,
        reason: consequence.reason,
        resolutionReceiptId: null,
        suspenseCommandId: null,
      });
      return;
    }
    default:
      exhaustive(consequence);
  }
}

/**
 * That the confirmed row of that account holds it. Where there are several accounts, only one of them has told so: of each is believed what its
 * own row shows.
 */
function heldBy(
  store: WriteStore,
  command: CommandRecord,
  effect: EffectRecord,
  { serverTransactionId }: { readonly serverTransactionId: number },
): EffectChange {
  const touched = effectsOf(payloadThere(command));
  if (touched.length === 1) return { included: true, serverTransactionId };
  const own = ownOn(store, command, effect);
  return own === undefined ? { included: false } : { included: true, serverTransactionId: own.serverTransactionId };
}

/** What stands in that account's row under our mark. */
function ownOn(store: WriteStore, command: CommandRecord, { accountKind, accountId, marker }: EffectRecord): PulledTransaction | undefined {
  const expected = effectsOf(payloadThere(command)).find((each) => each.accountId === accountId)?.posting;
  if (expected === undefined) return undefined;
  const transactions = accountKind === 'loan' ? store.loanTransactions(accountId) : store.savingsTransactions(accountId);
  return transactions.find((each) => carriesMark(marker, each) && isEqualPosting(expected, each));
}

/**
 * What the branch believed of the account when the promise was made: the other truth stands beside it on the manager's desk (walk 2). What was
 * promised later is not in it. `newestThere` is the last transaction of head office's that was known here before it said no.
 */
function beliefOf(store: WriteStore, command: CommandRecord, kind: ExceptionKind, now: number): Json {
  const account = accountOf(command.payload);
  if (account === null) return { at: now, facts: { ...recordFacts(store, kindOf(command.kind).concerns(command.payload)) } };
  const isBefore = ({ commandId }: EffectRecord): boolean => (store.command(commandId)?.sequence ?? 0) < command.sequence;
  const earlier = store.effectsOf(account.accountKind, account.accountId).filter(isBefore);
  // What head office lost, or posted after all, is long past what its paper said.
  const posting = kind === 'vanished' || kind === 'postedAfterAll' || kind === 'recovered' ? null : promisedOn(store, command);
  if (account.accountKind === 'loan') {
    const loan = store.loan(account.accountId);
    if (loan === null) return { at: now };
    return {
      at: posting?.balancesAsOf ?? confirmedAtOf(store, 'loans', loan),
      newestThere: newestOf(store.loanTransactions(account.accountId)),
      outstandingMinor: reconcileLoan(loan, earlier).outstandingMinor,
      status: loan.status,
    };
  }
  const savings = store.savings(account.accountId);
  if (savings === null) return { at: now };
  const view = reconcileSavings(savings, earlier, heldHereMinor(store, savings));
  // Read again since: the paper still says from which balance the client was told.
  const toldMinor = posting?.balanceAfterMinor == null ? null : posting.balanceAfterMinor - account.deltaMinor + (posting.fee?.minor ?? 0);
  const sinceMinor = toldMinor === null ? 0 : toldMinor - view.ledgerMinor;
  return {
    at: posting?.balancesAsOf ?? confirmedAtOf(store, 'savings', savings),
    newestThere: newestOf(store.savingsTransactions(account.accountId)),
    ledgerMinor: view.ledgerMinor + sinceMinor,
    heldMinor: view.heldMinor,
    availableMinor: view.availableMinor + sinceMinor,
    status: savings.status,
  };
}

/** What its paper says of it, where it stands alone on one: beside other lines a balance may be of all of them. */
function promisedOn(store: WriteStore, { receiptId }: CommandRecord): ReceiptPosting | null {
  const receipt = receiptId === null ? null : store.soundReceipt({ receiptId });
  if (receipt === null) return null;
  const [only, ...more] = postingsOf(receipt);
  return more.length === 0 ? (only ?? null) : null;
}

function newestOf(transactions: readonly PulledTransaction[]): number | null {
  return transactions.length === 0 ? null : Math.max(...transactions.map(({ serverTransactionId }) => serverTransactionId));
}

/** The day on which it goes by itself from now on, as the event of a resubmission keeps the day that a person chose. */
function movedTo(before: CommandRecord, { anew }: Pick<CommandRecord, 'anew'>): { readonly postedOn?: string } {
  return anew?.postedOn == null || anew.postedOn === before.anew?.postedOn ? {} : { postedOn: anew.postedOn };
}

function factsOf(transition: Transition): Readonly<Record<string, Json>> {
  switch (transition.kind) {
    case 'answer': {
      const outcome = transition.outcome;
      switch (outcome.kind) {
        case 'accepted':
          return { outcome: outcome.kind, serverTransactionId: outcome.serverTransactionId };
        case 'rejected':
          return { outcome: outcome.kind, code: outcome.code, status: outcome.status };
        case 'waitingForChecker':
          return { outcome: outcome.kind, serverCommandId: outcome.serverCommandId };
        default:
          return { outcome: outcome.kind, why: outcome.why };
      }
    }
    case 'release':
      return { sentAs: transition.sentAs };
    case 'resubmit':
      return transition.anew === null ? {} : { marks: transition.anew.marks, postedOn: transition.anew.postedOn };
    case 'merge':
      return { serverTransactionId: transition.serverResourceId };
    case 'recognise':
      return { serverTransactionId: transition.serverTransactionId };
    case 'vanish':
    case 'takeUp':
      return { code: transition.code };
    case 'stands':
      return { serverTransactionId: transition.serverTransactionId, marks: transition.anew.marks, postedOn: transition.anew.postedOn };
    case 'found':
    case 'appear':
      return { serverTransactionId: transition.serverTransactionId };
    default:
      return {};
  }
}
