// After an account was pulled whole: which of our unfinished effects does it contain now? An effect that is contained must not be counted
// again; one that was contained and no longer is may have vanished at head office, which a look-up has to confirm (I6, field-rules 1.10).
// Runs in the same transaction as the rows it judges.

import type { PulledTransaction } from '../ports/headOffice.ts';
import type { AccountKind, EffectRecord, WriteStore } from '../ports/store.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';

/** A confirmed effect older than this is no longer compared at every pull; the weekly proof covers it. */
const RETIRE_AFTER_MS = 14 * 24 * 3_600_000;

/** Answers the commands whose transaction head office seems to have lost. `askedAt`: when the request that brought the rows was made. */
export function includeEffects(write: WriteStore, accountKind: AccountKind, accountId: LocalId, askedAt: number): readonly LocalId[] {
  const effects = write.effectsOf(accountKind, accountId);
  if (effects.length === 0) return [];
  const transactions = accountKind === 'loan' ? write.loanTransactions(accountId) : write.savingsTransactions(accountId);
  const suspects: LocalId[] = [];
  for (const effect of effects) {
    const command = write.command(effect.commandId);
    // A recognised transaction carries none of our marks; a manager said which one it is, and that stands.
    if (command?.state === 'resolved') continue;
    const included = transactions.some((transaction) => isTransactionOf(effect, transaction));
    if (included !== effect.included) write.saveEffect(effect.commandId, { included });
    if (command === null || command.state !== 'accepted') continue;
    if (included && command.recordedAt < askedAt - RETIRE_AFTER_MS) write.saveEffect(effect.commandId, { standing: 'retired' });
    if (!included && (command.sentAt ?? askedAt) < askedAt) suspects.push(effect.commandId);
  }
  return suspects;
}

function isTransactionOf(effect: EffectRecord, transaction: PulledTransaction): boolean {
  if (transaction.reversed) return false;
  const { externalId, receiptNumber } = effect.marker;
  if (externalId !== null && transaction.externalId === externalId) return true;
  return transaction.receiptNumber === receiptNumber && Math.abs(transaction.amountMinor) === Math.abs(effect.deltaMinor);
}
