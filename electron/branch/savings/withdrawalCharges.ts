// What head office takes besides a withdrawal that is paid one way: a charge may be limited to a single way of paying by its definition. Head
// office compares names, so two ways of one name are the same to it.

import { chargesWith, type WithdrawalCharge } from '../../../shared/domain/savings/withdrawalFee.ts';
import type { ReadStore, SavingsRecord } from '../../ports/store.ts';
import { usualWay } from '../counter/paidWith.ts';

/** `paymentTypeId`: null is the way in which money usually goes over this counter. */
export function withdrawalChargesOf(
  read: ReadStore,
  { withdrawalCharges }: Pick<SavingsRecord, 'withdrawalCharges'>,
  paymentTypeId: number | null,
): readonly WithdrawalCharge[] {
  if (withdrawalCharges.length === 0) return withdrawalCharges;
  const definitions = read.reference('charges');
  const ways = read.reference('paymentTypes');
  const paidBy = paymentTypeId ?? usualWay(read)?.serverId ?? null;
  const nameOf = (serverId: number): string | undefined => ways.find((way) => way.serverId === serverId)?.name;
  return chargesWith(withdrawalCharges, (definition) => {
    const known = definitions.find((each) => each.serverId === definition);
    if (known === undefined) return null;
    if (known.body['isPaymentType'] !== true) return true;
    const only = known.body['paymentTypeId'];
    if (typeof only !== 'number' || paidBy === null) return null;
    return only === paidBy || (nameOf(only) !== undefined && nameOf(only) === nameOf(paidBy));
  });
}
