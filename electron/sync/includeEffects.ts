// After an account was pulled whole: what of ours does it contain? An effect that is contained must not be counted again; one that was
// contained and no longer is may have vanished at head office, which a look-up has to confirm (I6, field-rules 1.10); and one that a refusal
// or a manager had ended, and that stands there all the same, is never left as it is. Runs in the transaction of the rows it judges.

import type { CommandRecord } from '../../shared/domain/commands/command.ts';
import type { Transition } from '../../shared/domain/commands/applyOutcome.ts';
import { assert } from '../../shared/kernel/assert.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import type { JournalParts } from '../journal/parts.ts';
import { moveCommand } from '../journal/moveCommand.ts';
import type { PulledTransaction } from '../ports/headOffice.ts';
import type { AccountKind, EffectRecord, WriteStore } from '../ports/store.ts';

/** A confirmed effect older than this is no longer compared at every pull; the weekly proof opens it again. */
const RETIRE_AFTER_MS = 14 * 24 * 3_600_000;

/** Answers the commands whose transaction head office seems to have lost. `askedAt`: when the request that brought the rows was made. */
export function includeEffects(
  write: WriteStore,
  parts: JournalParts,
  accountKind: AccountKind,
  accountId: LocalId,
  askedAt: number,
  by: string,
): readonly LocalId[] {
  const effects = [...write.effectsOf(accountKind, accountId), ...write.settledEffectsOf(accountKind, accountId)];
  if (effects.length === 0) return [];
  const transactions = accountKind === 'loan' ? write.loanTransactions(accountId) : write.savingsTransactions(accountId);
  const suspects: LocalId[] = [];
  for (const effect of effects) {
    const command = write.command(effect.commandId);
    assert(command !== null, 'an effect has its command');
    const standing = transactions.find((transaction) => isTransactionOf(effect, transaction)) ?? null;
    const included = standing !== null;
    switch (command.state) {
      case 'accepted':
        if (included !== effect.included) write.saveEffect(effect.commandId, { included });
        if (included && command.recordedAt < askedAt - RETIRE_AFTER_MS) write.saveEffect(effect.commandId, { standing: 'retired' });
        if (!included && (command.sentAt ?? askedAt) < askedAt) suspects.push(effect.commandId);
        break;
      case 'rejected':
      case 'resolved': {
        const transition = contradictionOf(write, command, effect, standing, askedAt);
        if (transition !== null) moveCommand(write, parts, command.commandId, transition, by);
        else if (command.state === 'resolved' && effect.standing === 'counts' && !isStillRecognised(command, transactions))
          suspects.push(effect.commandId);
        break;
      }
      default:
        if (included !== effect.included) write.saveEffect(effect.commandId, { included });
    }
  }
  return suspects;
}

/** What follows when the books of head office say otherwise than the end that the command has here; null when both agree. */
function contradictionOf(
  write: WriteStore,
  command: CommandRecord,
  effect: EffectRecord,
  standing: PulledTransaction | null,
  askedAt: number,
): Transition | null {
  const open = command.state === 'rejected' ? write.openExceptionOf(command.commandId) : null;
  const isContradicted = open?.kind === 'postedAfterAll';
  if (standing === null) {
    if (!isContradicted || !isNewsTo(write, command, askedAt)) return null;
    const earlier = write.exceptionsOf(command.commandId).at(-2)?.resolution;
    assert(earlier !== undefined && earlier !== null, 'what appeared after all had been settled before');
    return { kind: 'undone', earlier };
  }
  const isOtherwiseHere = effect.standing === 'dropped' || (command.state === 'rejected' && !isContradicted);
  // Another sum under our receipt number is somebody else's posting: the case shows it, and a person decides.
  if (!isOtherwiseHere || Math.abs(standing.amountMinor) !== Math.abs(effect.deltaMinor) || !isNewsTo(write, command, askedAt)) return null;
  return { kind: command.state === 'resolved' ? 'appear' : 'found', serverTransactionId: standing.serverTransactionId };
}

/** An answer that was asked for before the last step of the command tells of an earlier day. */
function isNewsTo(write: WriteStore, command: CommandRecord, askedAt: number): boolean {
  return (write.commandEvents(command.commandId).at(-1)?.at ?? 0) < askedAt;
}

export function isTransactionOf(effect: EffectRecord, transaction: PulledTransaction): boolean {
  if (transaction.reversed) return false;
  const { externalId, receiptNumber } = effect.marker;
  if (externalId !== null && transaction.externalId === externalId) return true;
  return transaction.receiptNumber === receiptNumber && Math.abs(transaction.amountMinor) === Math.abs(effect.deltaMinor);
}

/**
 * A recognised transaction carries none of our marks; a manager said which one it is. A replay of the loan may give it another number, so
 * an equal one of the same date will do.
 */
export function isStillRecognised(command: CommandRecord, transactions: readonly PulledTransaction[]): boolean {
  const { payload } = command;
  return transactions.some(
    (transaction) =>
      !transaction.reversed &&
      Math.abs(transaction.amountMinor) === payload.amountMinor &&
      (transaction.serverTransactionId === command.serverResourceId || transaction.businessDate === payload.transactionDate),
  );
}
