// A transaction of a loan, as head office lists it and as it answers one.
import type { Call } from '../call.ts';
import { currencyReply, jsonAmount } from '../amounts.ts';
import { dateArray } from '../dates.ts';
import { loanTransactionType } from '../enumerations.ts';
import { paymentDetailReply } from '../paymentDetail.ts';
import { transferOfTransaction } from '../transfers/transferReplies.ts';
import { chargesOf, type LoanChargeRow, type LoanRow, type LoanTransactionRow } from './loanAccount.ts';

/** A row that took the place of another says so. */
function relationsOf(call: Call, row: LoanTransactionRow): object[] {
  if (row.replaces === null) return [];
  const paidWith = call.office.book.get(
    'SELECT t.name FROM payment_detail d JOIN payment_type t ON t.id = d.payment_type_id WHERE d.id = ?',
    row.payment_detail_id ?? 0,
  ) as { name: string } | undefined;
  return [
    {
      fromLoanTransaction: row.id,
      toLoanTransaction: row.replaces,
      relationType: 'REPLAYED',
      amount: jsonAmount(row.amount),
      paymentType: paidWith?.name,
    },
  ];
}

/** Which charges a transaction is of: the one that it accrues or waives, or those whose fees it paid, oldest first. */
function chargesPaidBy(call: Call, row: LoanTransactionRow): object[] {
  if (row.fee + row.penalty === 0 || row.reversed === 1) return [];
  const charges = chargesOf(call.office.book, row.loan_id);
  const named = (charge: LoanChargeRow, amount: number): object => ({
    id: row.id,
    amount: jsonAmount(amount),
    installmentNumber: 0,
    chargeId: charge.id,
    transactionId: row.id,
    name: charge.name,
  });
  const own = charges.find((each) => each.id === row.charge_id);
  if (own !== undefined) return [named(own, row.amount)];
  let left = row.fee + row.penalty;
  const paid: object[] = [];
  for (const charge of charges) {
    const share = Math.min(left, charge.amount - charge.waived);
    if (share > 0) paid.push(named(charge, share));
    left -= share;
  }
  return paid;
}

export function loanTransactionReply(call: Call, row: LoanTransactionRow, loan: LoanRow & { office_name: string }): object {
  return {
    id: row.id,
    loanId: row.loan_id,
    externalLoanId: loan.external_id ?? undefined,
    officeId: row.office_id,
    officeName: loan.office_name,
    type: loanTransactionType(row.type),
    date: dateArray(row.date),
    currency: currencyReply,
    paymentDetailData: paymentDetailReply(call.office.book, row.payment_detail_id, row.id),
    amount: jsonAmount(row.amount),
    netDisbursalAmount: jsonAmount(loan.principal),
    principalPortion: jsonAmount(row.principal),
    interestPortion: jsonAmount(row.interest),
    feeChargesPortion: jsonAmount(row.fee),
    penaltyChargesPortion: jsonAmount(row.penalty),
    overpaymentPortion: jsonAmount(row.overpayment),
    unrecognizedIncomePortion: 0,
    externalId: row.external_id ?? undefined,
    transfer: transferOfTransaction(call, row.transfer_id),
    outstandingLoanBalance: jsonAmount(row.balance),
    submittedOnDate: dateArray(row.submitted_on),
    manuallyReversed: row.manually_reversed === 1,
    reversalExternalId: row.reversal_external_id ?? undefined,
    loanChargePaidByList: chargesPaidBy(call, row),
    numberOfRepayments: 0,
    reversedOnDate: dateArray(row.reversed_on),
    transactionRelations: relationsOf(call, row),
  };
}
