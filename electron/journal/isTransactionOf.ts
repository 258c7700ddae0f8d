// Whether a transaction that head office shows is the one of an effect: under our mark, or under our receipt's number with its sum.

import { firstMark } from '../../shared/domain/commands/anew.ts';
import type { PulledTransaction } from '../ports/headOffice.ts';
import type { EffectRecord } from '../ports/store.ts';

export function isTransactionOf(effect: EffectRecord, transaction: PulledTransaction): boolean {
  if (transaction.reversed) return false;
  const { externalId, receiptNumber } = effect.marker;
  // Of a loan head office keeps it unique. On savings it comes out of words that anybody may write, so the sum and its way have to agree.
  if (externalId !== null && transaction.externalId !== null && firstMark(transaction.externalId) === externalId)
    return effect.accountKind === 'loan' || transaction.amountMinor === effect.deltaMinor;
  if (transaction.receiptNumber === null || firstMark(transaction.receiptNumber) !== receiptNumber) return false;
  return Math.abs(transaction.amountMinor) === Math.abs(effect.deltaMinor);
}
