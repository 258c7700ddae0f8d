// What head office tells about a savings account: list line, detail with summary, transactions and holds.
import type { Call } from '../call.ts';
import { currencyReply, jsonAmount } from '../amounts.ts';
import { dateArray } from '../dates.ts';
import {
  APPLIES_TO_SAVINGS,
  chargeTimeType,
  savingsStatus,
  savingsSubStatus,
  savingsTransactionType,
  WITHDRAWAL_FEE,
} from '../enumerations.ts';
import { paymentDetailReply } from '../paymentDetail.ts';
import {
  availableOf,
  effectOf,
  guarantorHoldsOf,
  SAVE_HOLD,
  SAVINGS_ACTIVE,
  type SavingsRow,
  savingsTermsOf,
  savingsTransactionsOf,
  type SavingsTransactionRow,
} from './savingsAccount.ts';

export const SAVINGS_COLUMNS = `a.*, c.display_name AS client_name, g.name AS group_name, p.name AS product_name, o.name AS office_name, s.lastname || ', ' || s.firstname AS officer_name`;
export const SAVINGS_FROM = `FROM savings_account a JOIN office o ON o.id = a.office_id LEFT JOIN client c ON c.id = a.client_id LEFT JOIN client_group g ON g.id = a.group_id
  JOIN savings_product p ON p.id = a.product_id LEFT JOIN staff s ON s.id = a.officer_id`;

export interface SavingsLine extends SavingsRow {
  client_name: string | null;
  group_name: string | null;
  product_name: string;
  office_name: string;
  officer_name: string | null;
}

export function savingsListReply(account: SavingsLine): object {
  const terms = savingsTermsOf(account);
  return {
    id: account.id,
    accountNo: account.account_no,
    depositType: { id: 100, code: 'depositAccountType.savingsDeposit', value: 'Savings' },
    externalId: account.external_id ?? undefined,
    clientId: account.client_id ?? undefined,
    clientName: account.client_name ?? undefined,
    groupId: account.group_id ?? undefined,
    groupName: account.group_name ?? undefined,
    officeId: account.office_id,
    savingsProductId: account.product_id,
    savingsProductName: account.product_name,
    fieldOfficerId: account.officer_id ?? 0,
    fieldOfficerName: account.officer_name ?? undefined,
    status: savingsStatus(account.status),
    subStatus: savingsSubStatus(account.sub_status),
    reasonForBlock: account.reason_for_block ?? undefined,
    timeline: {
      submittedOnDate: dateArray(account.submitted_on),
      approvedOnDate: dateArray(account.approved_on),
      activatedOnDate: dateArray(account.activated_on),
      closedOnDate: dateArray(account.closed_on),
    },
    currency: currencyReply,
    nominalAnnualInterestRate: Number(terms.annualRate),
    interestCompoundingPeriodType: { id: 1, code: 'savings.interest.period.savingsCompoundingInterestPeriodType.daily', value: 'Daily' },
    interestPostingPeriodType: {
      id: 4,
      code: 'savings.interest.posting.period.savingsPostingInterestPeriodType.monthly',
      value: 'Monthly',
    },
    interestCalculationType: { id: 1, code: 'savingsInterestCalculationType.dailybalance', value: 'Daily Balance' },
    interestCalculationDaysInYearType: { id: 365, code: 'savingsInterestCalculationDaysInYearType.days365', value: '365 Days' },
    lockedInUntilDate: dateArray(terms.lockedUntil),
    withdrawalFeeForTransfers: false,
    allowOverdraft: terms.allowOverdraft,
    overdraftLimit: terms.allowOverdraft ? jsonAmount(terms.overdraftLimit) : undefined,
    minRequiredBalance: jsonAmount(terms.minRequiredBalance),
    enforceMinRequiredBalance: terms.enforceMinRequiredBalance,
    lienAllowed: terms.lienAllowed,
    maxAllowedLienLimit: terms.lienAllowed ? jsonAmount(terms.maxAllowedLienLimit) : undefined,
    onHoldFunds: jsonAmount(account.guarantor_hold),
    savingsAmountOnHold: jsonAmount(account.amount_on_hold),
    lastActiveTransactionDate: dateArray(account.last_transaction_on),
    summary: {
      currency: currencyReply,
      totalDeposits: jsonAmount(account.total_deposits),
      totalWithdrawals: jsonAmount(account.total_withdrawals),
      totalWithdrawalFees: jsonAmount(account.fees_charged),
      totalInterestEarned: jsonAmount(account.interest_posted),
      totalInterestPosted: jsonAmount(account.interest_posted),
      accountBalance: jsonAmount(account.balance),
      availableBalance: account.status === SAVINGS_ACTIVE ? jsonAmount(availableOf(account)) : jsonAmount(account.balance),
    },
  };
}

export function savingsDetailReply(call: Call, account: SavingsLine): object {
  const asked = new Set((call.query.get('associations') ?? '').split(','));
  const wants = (name: string): boolean => asked.has('all') || asked.has(name);
  return {
    ...savingsListReply(account),
    officeName: account.office_name,
    // Head office lists newest first.
    transactions: wants('transactions')
      ? savingsTransactionsOf(call.office.book, account.id)
          .reverse()
          .map((row) => savingsTransactionReply(call, account.account_no, row))
      : undefined,
    charges: wants('charges') ? chargesOf(call, account) : undefined,
  };
}

/** The withdrawal fee of the product, as head office tells a charge of an account. */
function chargesOf(call: Call, account: SavingsRow): object[] {
  const fee = savingsTermsOf(account).withdrawalFee;
  if (fee === 0) return [];
  const charge = call.office.book.get('SELECT id, name FROM charge WHERE applies_to = ?', APPLIES_TO_SAVINGS) as
    { id: number; name: string } | undefined;
  return [
    {
      id: account.id,
      chargeId: charge?.id,
      accountId: account.id,
      name: charge?.name,
      chargeTimeType: chargeTimeType(WITHDRAWAL_FEE),
      chargeCalculationType: { id: 1, code: 'chargeCalculationType.flat', value: 'Flat' },
      percentage: 0,
      amountPercentageAppliedTo: 0,
      currency: currencyReply,
      amount: jsonAmount(fee),
      amountPaid: jsonAmount(account.fees_charged),
      amountWaived: 0,
      amountWrittenOff: 0,
      amountOutstanding: 0,
      amountOrPercentage: jsonAmount(fee),
      penalty: false,
      isActive: true,
      isFreeWithdrawal: false,
    },
  ];
}

export function savingsTransactionReply(call: Call, accountNo: string, row: SavingsTransactionRow): object {
  const author = call.office.book.get('SELECT username FROM user_account WHERE id = ?', row.created_by) as { username: string } | undefined;
  return {
    id: row.id,
    transactionType: savingsTransactionType(row.type),
    entryType: effectOf(row) < 0 || row.type === SAVE_HOLD ? 'DEBIT' : 'CREDIT',
    accountId: row.account_id,
    accountNo,
    date: dateArray(row.date),
    currency: currencyReply,
    amount: jsonAmount(row.amount),
    outstandingChargeAmount: 0,
    runningBalance: jsonAmount(row.running_balance),
    reversed: row.reversed === 1,
    submittedOnDate: dateArray(row.submitted_on),
    interestedPostedAsOn: false,
    submittedByUsername: author?.username,
    note: row.note ?? undefined,
    isManualTransaction: false,
    isReversal: false,
    originalTransactionId: 0,
    lienTransaction: row.lien === 1,
    releaseTransactionId: row.release_id ?? 0,
    reasonForBlock: row.reason_for_block ?? undefined,
    paymentDetailData: paymentDetailReply(call.office.book, row.payment_detail_id),
    chargesPaidByData: [],
  };
}

export function guarantorHoldReplies(call: Call, accountId: number): object[] {
  return guarantorHoldsOf(call.office.book, accountId).map((hold) => ({
    id: hold.id,
    savingsId: hold.account_id,
    loanId: hold.loan_id ?? undefined,
    amount: jsonAmount(hold.amount),
    transactionType: { id: 1, code: 'depositAccountOnHoldTransactionType.hold', value: 'hold' },
    transactionDate: dateArray(hold.date),
    reversed: hold.released_on !== null,
  }));
}
