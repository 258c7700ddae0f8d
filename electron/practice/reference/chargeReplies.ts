// A charge as head office defines it, in its list and on a product.
import { currencyAlone, jsonAmount } from '../amounts.ts';
import { chargeAppliesTo, chargeCalculation, chargeTimeType } from '../enumerations.ts';

export interface ChargeRow {
  id: number;
  name: string;
  amount: number;
  penalty: number;
  applies_to: number;
  time_type: number;
  calculation: number;
}

export function chargeReply(row: ChargeRow): object {
  return {
    id: row.id,
    name: row.name,
    active: true,
    penalty: row.penalty === 1,
    freeWithdrawal: false,
    freeWithdrawalChargeFrequency: 0,
    restartFrequency: 0,
    restartFrequencyEnum: 0,
    isPaymentType: false,
    currency: currencyAlone,
    amount: jsonAmount(row.amount),
    chargeTimeType: chargeTimeType(row.time_type),
    chargeAppliesTo: chargeAppliesTo(row.applies_to),
    chargeCalculationType: chargeCalculation(row.calculation),
    chargePaymentMode: { id: 0, code: 'chargepaymentmode.regular', value: 'Regular' },
  };
}
