// What head office tells about a savings account: list line, detail with summary, transactions and holds. A figure that
// is nothing is left out in most places, and a zero in the others, exactly as the real one does.
import { businessDate, type Call } from '../call.ts';
import { currencyReplyNow, inCurrency, jsonAmount } from '../amounts.ts';
import { addDays, dateArray, daysBetween } from '../dates.ts';
import { savingsPeriodType, savingsStatus, savingsSubStatus, savingsTransactionType, WITHDRAWAL_FEE } from '../enumerations.ts';
import { paymentDetailReply } from '../paymentDetail.ts';
import { transferOfTransaction } from '../transfers/transferReplies.ts';
import { didBy } from '../timeline.ts';
import {
  askedNumber,
  availableOf,
  effectOf,
  guarantorHoldsOf,
  SAVE_HOLD,
  SAVE_INTEREST,
  SAVE_TRANSFER_APPROVED,
  SAVE_TRANSFER_STARTED,
  SAVINGS_ACTIVE,
  type SavingsRow,
  type SavingsTerms,
  savingsTermsOf,
  savingsTransactionsOf,
  type SavingsTransactionRow,
} from './savingsAccount.ts';
import { savingsChargeReply, savingsChargesOf } from './savingsCharges.ts';

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

function unlessZero(minor: number): number | undefined {
  return minor === 0 ? undefined : jsonAmount(minor);
}

export function interestTerms(terms: SavingsTerms): Record<string, unknown> {
  return {
    nominalAnnualInterestRate: Number(terms.annualRate),
    interestCompoundingPeriodType: { id: 1, code: 'savings.interest.period.savingsCompoundingInterestPeriodType.daily', value: 'Daily' },
    interestPostingPeriodType: {
      id: 4,
      code: 'savings.interest.posting.period.savingsPostingInterestPeriodType.monthly',
      value: 'Monthly',
    },
    interestCalculationType: { id: 1, code: 'savingsInterestCalculationType.dailybalance', value: 'Daily Balance' },
    interestCalculationDaysInYearType: { id: 365, code: 'savingsInterestCalculationDaysInYearType.days365', value: '365 Days' },
  };
}

export function savingsTimeline(call: Call, account: SavingsRow): object {
  const { book } = call.office;
  const end = { 400: 'withdrawn', 500: 'rejected' }[account.status];
  return {
    ...didBy(book, 'submitted', account.submitted_on, account.submitted_by),
    ...(end === undefined ? {} : didBy(book, end, account.closed_on, account.closed_by)),
    ...didBy(book, 'approved', account.approved_on, account.approved_by),
    ...didBy(book, 'activated', account.activated_on, account.activated_by),
    ...didBy(book, 'closed', account.closed_on, account.closed_by),
  };
}

/** Days until the account counts as inactive, dormant, forgotten; negative when that day has passed. */
function dormancy(call: Call, account: SavingsRow, terms: SavingsTerms): object {
  const isTracked = terms.asked?.['isDormancyTrackingActive'] === true;
  if (!isTracked) return { isDormancyTrackingActive: false };
  const last = account.last_transaction_on ?? account.activated_on;
  const left = (name: string): number | undefined => {
    const days = askedNumber(terms, name);
    return days === null || last === null ? undefined : daysBetween(businessDate(call.office), addDays(last, days));
  };
  return {
    isDormancyTrackingActive: true,
    daysToInactive: left('daysToInactive'),
    daysToDormancy: left('daysToDormancy'),
    daysToEscheat: left('daysToEscheat'),
  };
}

function lockin(terms: SavingsTerms): object {
  const length = askedNumber(terms, 'lockinPeriodFrequency');
  if (length === null) return {};
  return {
    lockinPeriodFrequency: length,
    lockinPeriodFrequencyType: savingsPeriodType(askedNumber(terms, 'lockinPeriodFrequencyType') ?? 2),
  };
}

function summaryOf(call: Call, account: SavingsRow): object {
  const earned = account.interest_earned;
  const posted =
    account.interest_posted === 0
      ? undefined
      : (call.office.book.get(
          'SELECT MAX(date) AS last FROM savings_transaction WHERE account_id = ? AND type = ? AND reversed = 0',
          account.id,
          SAVE_INTEREST,
        ) as {
          last: string | null;
        });
  return {
    currency: currencyReplyNow(),
    totalDeposits: unlessZero(account.total_deposits),
    totalWithdrawals: unlessZero(account.total_withdrawals),
    totalWithdrawalFees: unlessZero(account.fees_charged),
    totalFeeCharge: unlessZero(account.charges_paid),
    totalInterestEarned: unlessZero(earned ?? 0),
    totalInterestPosted: jsonAmount(account.interest_posted),
    accountBalance: jsonAmount(account.balance),
    totalOverdraftInterestDerived: 0,
    interestNotPosted: jsonAmount(Math.max(0, (earned ?? 0) - account.interest_posted)),
    lastInterestCalculationDate: (earned ?? 0) === 0 ? undefined : dateArray(account.interest_reckoned_on),
    availableBalance: jsonAmount(account.status === SAVINGS_ACTIVE ? availableOf(account) : account.balance),
    interestPostedTillDate: dateArray(posted?.last ?? null),
  };
}

/** Once anything was held the figure stays, though it be nothing. */
function wasHeld(call: Call, accountId: number): boolean {
  return call.office.book.get('SELECT id FROM savings_transaction WHERE account_id = ? AND type = ?', accountId, SAVE_HOLD) !== undefined;
}

export function savingsListReply(call: Call, account: SavingsLine): object {
  return inCurrency(savingsTermsOf(account).currency, () => inItsCurrency(call, account));
}

function inItsCurrency(call: Call, account: SavingsLine): object {
  const terms = savingsTermsOf(account);
  const opening = askedNumber(terms, 'minRequiredOpeningBalance');
  return {
    id: account.id,
    accountNo: account.account_no,
    depositType: { id: 100, code: 'depositAccountType.savingsDeposit', value: 'Savings' },
    externalId: account.external_id ?? undefined,
    groupId: account.group_id ?? undefined,
    groupName: account.group_name ?? undefined,
    clientId: account.client_id ?? undefined,
    clientName: account.client_name ?? undefined,
    savingsProductId: account.product_id,
    savingsProductName: account.product_name,
    fieldOfficerId: account.officer_id ?? 0,
    fieldOfficerName: account.officer_name ?? undefined,
    status: savingsStatus(account.status),
    subStatus: savingsSubStatus(account.sub_status),
    reasonForBlock: account.reason_for_block ?? undefined,
    timeline: savingsTimeline(call, account),
    currency: currencyReplyNow(),
    ...interestTerms(terms),
    minRequiredOpeningBalance: opening ?? undefined,
    ...lockin(terms),
    lockedInUntilDate: terms.asked === undefined ? dateArray(terms.lockedUntil) : undefined,
    withdrawalFeeForTransfers: false,
    allowOverdraft: terms.allowOverdraft,
    overdraftLimit: terms.allowOverdraft ? jsonAmount(terms.overdraftLimit) : undefined,
    minRequiredBalance: unlessZero(terms.minRequiredBalance),
    enforceMinRequiredBalance: terms.enforceMinRequiredBalance,
    maxAllowedLienLimit: terms.lienAllowed ? jsonAmount(terms.maxAllowedLienLimit) : undefined,
    lienAllowed: terms.lienAllowed,
    withHoldTax: false,
    lastActiveTransactionDate: dateArray(account.last_transaction_on ?? account.activated_on),
    ...dormancy(call, account, terms),
    onHoldFunds: unlessZero(account.guarantor_hold),
    savingsAmountOnHold: wasHeld(call, account.id) ? jsonAmount(account.amount_on_hold) : unlessZero(account.amount_on_hold),
    summary: summaryOf(call, account),
  };
}

export function savingsDetailReply(call: Call, account: SavingsLine): object {
  const asked = new Set((call.query.get('associations') ?? '').split(','));
  const wants = (name: string): boolean => asked.has('all') || asked.has(name);
  const charges = wants('charges') ? savingsChargesOf(call, account.id) : [];
  const fee = charges.find((charge) => charge.time_type === WITHDRAWAL_FEE);
  const rows = wants('transactions') ? savingsTransactionsOf(call.office.book, account.id) : [];
  return inCurrency(savingsTermsOf(account).currency, () => ({
    ...savingsListReply(call, account),
    // Head office lists newest first, and leaves out lists that are empty.
    transactions: rows.length === 0 ? undefined : rows.reverse().map((row) => savingsTransactionReply(call, account.account_no, row)),
    charges: charges.length === 0 ? undefined : charges.map(savingsChargeReply),
    withdrawalFee: fee === undefined ? undefined : savingsChargeReply(fee),
  }));
}

export function savingsTransactionReply(call: Call, accountNo: string, row: SavingsTransactionRow): object {
  const author = call.office.book.get('SELECT username FROM user_account WHERE id = ?', row.created_by) as { username: string } | undefined;
  const isDebit = effectOf(row) < 0 || row.type === SAVE_HOLD;
  const isTransfer = row.type === SAVE_TRANSFER_STARTED || row.type === SAVE_TRANSFER_APPROVED;
  return {
    id: row.id,
    transactionType: savingsTransactionType(row.type),
    entryType: isTransfer ? undefined : isDebit ? 'DEBIT' : 'CREDIT',
    accountId: row.account_id,
    accountNo,
    date: dateArray(row.date),
    currency: currencyReplyNow(),
    paymentDetailData: paymentDetailReply(call.office.book, row.payment_detail_id, row.id),
    amount: jsonAmount(row.amount),
    runningBalance: jsonAmount(row.running_balance),
    reversed: row.reversed === 1,
    submittedOnDate: dateArray(row.submitted_on),
    interestedPostedAsOn: false,
    submittedByUsername: author?.username,
    transfer: transferOfTransaction(call, row.transfer_id),
    note: row.note ?? undefined,
    isManualTransaction: false,
    isReversal: false,
    originalTransactionId: 0,
    lienTransaction: row.lien === 1,
    releaseTransactionId: row.release_id ?? 0,
    reasonForBlock: row.reason_for_block ?? undefined,
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
