// A charge as head office defines it: in its list, on a product, and among the choices of a template.
import type { Book } from '../book.ts';
import { currencyAlone, jsonAmount } from '../amounts.ts';
import { chargeAppliesTo, chargeCalculationType, chargeTimeType } from '../enumerations.ts';
import { notFound } from '../errors.ts';

export interface ChargeRow {
  id: number;
  name: string;
  amount: number;
  penalty: number;
  applies_to: number;
  time_type: number;
  calculation: number;
  /** So many withdrawals are free of it, until the count begins anew; 0 where none is. */
  free_withdrawals: number;
  restart_every: number;
  restart_unit: number;
  /** The only way of paying with which it is taken. */
  payment_type_id: number | null;
  payment_type_name: string | null;
}

const CHARGES = 'SELECT c.*, t.name AS payment_type_name FROM charge c LEFT JOIN payment_type t ON t.id = c.payment_type_id';

export function allCharges(book: Book): ChargeRow[] {
  return book.all(`${CHARGES} ORDER BY c.name COLLATE NOCASE`) as ChargeRow[];
}

export function findCharge(book: Book, id: number): ChargeRow {
  const row = book.get(`${CHARGES} WHERE c.id = ?`, id) as ChargeRow | undefined;
  if (row === undefined) throw notFound('error.msg.charge.id.invalid', `Charge with identifier ${String(id)} does not exist`, [id]);
  return row;
}

export function chargeReply(row: ChargeRow): object {
  return {
    id: row.id,
    name: row.name,
    active: true,
    penalty: row.penalty === 1,
    freeWithdrawal: row.free_withdrawals > 0,
    freeWithdrawalChargeFrequency: row.free_withdrawals,
    restartFrequency: row.restart_every,
    restartFrequencyEnum: row.restart_unit,
    isPaymentType: row.payment_type_id !== null,
    ...(row.payment_type_id === null
      ? {}
      : { paymentTypeOptions: { id: row.payment_type_id, name: row.payment_type_name ?? '', isSystemDefined: false } }),
    currency: currencyAlone,
    amount: jsonAmount(row.amount),
    chargeTimeType: chargeTimeType(row.time_type),
    chargeAppliesTo: chargeAppliesTo(row.applies_to),
    chargeCalculationType: chargeCalculationType(row.calculation),
    chargePaymentMode: { id: 0, code: 'chargepaymentmode.regular', value: 'Regular' },
  };
}
