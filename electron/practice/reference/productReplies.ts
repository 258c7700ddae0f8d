// Products as head office tells of them. In a list a product comes without what hangs on it (ledger accounts, payment
// channels, charges); read alone it comes whole. What practice does not play is told as its product has it: off.
import { dateArray } from '../dates.ts';
import { currencyReply, currencyReplyNow, inCurrency, jsonAmount } from '../amounts.ts';
import type { Book } from '../book.ts';
import type { JsonObject } from '../commandBody.ts';
import { amortization, frequencyType, interestCalculation, interestRateFrequency, interestType } from '../enumerations.ts';
import { GL } from '../accounting/ledger.ts';
import { chargeReply, findCharge } from './chargeReplies.ts';
import type { LoanTerms } from '../loans/schedule.ts';
import type { SavingsTerms } from '../savings/savingsAccount.ts';

export interface ProductRow {
  id: number;
  name: string;
  short_name: string;
  terms: string;
}

/** What a product was made with, where it was made through the API. */
type Asked = { asked?: JsonObject };

const FREQUENCY_ID = { days: 0, weeks: 1, months: 2 } as const;

const coded = (pairs: readonly (readonly [string, string])[]): object[] =>
  pairs.map(([code, value], index) => ({ id: index + 1, code, value }));

const ALLOCATION = {
  advancedPaymentAllocationTransactionTypes: coded([
    ['DEFAULT', 'Default'],
    ['REPAYMENT', 'Repayment'],
    ['DOWN_PAYMENT', 'Down payment'],
    ['MERCHANT_ISSUED_REFUND', 'Merchant issued refund'],
    ['PAYOUT_REFUND', 'Payout refund'],
    ['GOODWILL_CREDIT', 'Goodwill credit'],
    ['CHARGE_REFUND', 'Charge refund'],
    ['CHARGE_ADJUSTMENT', 'Charge adjustment'],
    ['WAIVE_INTEREST', 'Waive interest'],
    ['CHARGE_PAYMENT', 'Charge payment'],
    ['REFUND_FOR_ACTIVE_LOAN', 'Refund for active loan'],
  ]),
  advancedPaymentAllocationFutureInstallmentAllocationRules: coded([
    ['NEXT_INSTALLMENT', 'Next installment'],
    ['LAST_INSTALLMENT', 'Last installment'],
    ['REAMORTIZATION', 'Reamortization'],
  ]),
  advancedPaymentAllocationTypes: coded([
    ['PAST_DUE_PENALTY', 'Past due penalty'],
    ['PAST_DUE_FEE', 'Past due fee'],
    ['PAST_DUE_PRINCIPAL', 'Past due principal'],
    ['PAST_DUE_INTEREST', 'Past due interest'],
    ['DUE_PENALTY', 'Due penalty'],
    ['DUE_FEE', 'Due fee'],
    ['DUE_PRINCIPAL', 'Due principal'],
    ['DUE_INTEREST', 'Due interest'],
    ['IN_ADVANCE_PENALTY', 'In advance penalty'],
    ['IN_ADVANCE_FEE', 'In advance fee'],
    ['IN_ADVANCE_PRINCIPAL', 'In advance principal'],
    ['IN_ADVANCE_INTEREST', 'In advanced interest'],
  ]),
  creditAllocationTransactionTypes: coded([['CHARGEBACK', 'Chargeback']]),
  creditAllocationAllocationTypes: coded([
    ['PENALTY', 'Penalty'],
    ['FEE', 'Fee'],
    ['PRINCIPAL', 'Principal'],
    ['INTEREST', 'Interest'],
  ]),
};

const LOAN_FEATURES = {
  multiDisburseLoan: false,
  maxTrancheCount: 0,
  disallowExpectedDisbursements: false,
  allowApprovedDisbursedAmountsOverApplied: false,
  overAppliedNumber: 0,
  principalThresholdForLastInstallment: 0,
  holdGuaranteeFunds: false,
  accountMovesOutOfNPAOnlyOnArrearsCompletion: false,
  allowAttributeOverrides: {
    amortizationType: true,
    interestType: true,
    transactionProcessingStrategyCode: true,
    interestCalculationPeriodType: true,
    inArrearsTolerance: true,
    repaymentEvery: true,
    graceOnPrincipalAndInterestPayment: true,
    graceOnArrearsAgeing: true,
    isNew: true,
  },
  syncExpectedWithDisbursementDate: false,
  isEqualAmortization: false,
  delinquencyBucket: { ranges: [] },
  enableDownPayment: false,
  enableAutoRepaymentForDownPayment: false,
  enableInstallmentLevelDelinquency: false,
  loanScheduleType: { id: 0, code: 'CUMULATIVE', value: 'Cumulative' },
  loanScheduleProcessingType: { id: 0, code: 'HORIZONTAL', value: 'Horizontal' },
};

function recalculation(row: ProductRow): object {
  return {
    id: 1,
    productId: row.id,
    interestRecalculationCompoundingType: { id: 0, code: 'interestRecalculationCompoundingMethod.none', value: 'None' },
    rescheduleStrategyType: {
      id: 1,
      code: 'loanRescheduleStrategyMethod.reschedule.next.repayments',
      value: 'Reschedule next repayments',
    },
    recalculationRestFrequencyType: { id: 2, code: 'interestRecalculationFrequencyType.daily', value: 'Daily' },
    recalculationRestFrequencyInterval: 1,
    isArrearsBasedOnOriginalSchedule: false,
    isCompoundingToBePostedAsTransaction: false,
    preClosureInterestCalculationStrategy: {
      id: 1,
      code: 'loanPreClosureInterestCalculationStrategy.tillPreClosureDate',
      value: 'Till Pre-Close Date',
    },
    allowCompoundingOnEod: false,
  };
}

function ledgerAccount(book: Book, id: unknown): object | undefined {
  if (typeof id !== 'number') return undefined;
  const row = book.get('SELECT id, name, gl_code FROM gl_account WHERE id = ?', id) as
    { id: number; name: string; gl_code: string } | undefined;
  return row === undefined ? undefined : { id: row.id, name: row.name, glCode: row.gl_code };
}

function channels(book: Book, asked: JsonObject | undefined): object[] {
  const given = asked?.['paymentChannelToFundSourceMappings'];
  const pairs = Array.isArray(given)
    ? (given as { paymentTypeId: number; fundSourceAccountId: number }[])
    : (book.all(
        'SELECT id AS paymentTypeId, gl_account_id AS fundSourceAccountId FROM payment_type WHERE is_cash = 0 AND is_system = 0',
      ) as {
        paymentTypeId: number;
        fundSourceAccountId: number;
      }[]);
  return pairs.map((pair) => {
    const type = book.get('SELECT id, name FROM payment_type WHERE id = ?', pair.paymentTypeId) as { id: number; name: string };
    return { paymentType: { ...type, isSystemDefined: false }, fundSourceAccount: ledgerAccount(book, pair.fundSourceAccountId) };
  });
}

const CASH_BASED = { id: 2, code: 'accountingRuleType.cash', value: 'CASH BASED' };

export function loanProductReply(book: Book, row: ProductRow, isWhole: boolean): object {
  const terms = JSON.parse(row.terms) as LoanTerms & Asked & { principalLeast: number; principalMost: number; principal: number };
  const { asked } = terms;
  const isRecalculated = asked?.['isInterestRecalculationEnabled'] === true;
  const frequency = frequencyType(FREQUENCY_ID[terms.repaymentFrequency]);
  const account = (name: string, usual: number): object | undefined => ledgerAccount(book, asked === undefined ? usual : asked[name]);
  return {
    id: row.id,
    name: row.name,
    shortName: row.short_name,
    includeInBorrowerCycle: false,
    useBorrowerCycle: false,
    startDate: dayOf(asked, 'startDate'),
    closeDate: dayOf(asked, 'closeDate'),
    status: 'loanProduct.active',
    currency: currencyReply,
    principal: jsonAmount(terms.principal),
    minPrincipal: terms.principalLeast === 0 ? undefined : jsonAmount(terms.principalLeast),
    maxPrincipal: terms.principalMost === Number.MAX_SAFE_INTEGER ? undefined : jsonAmount(terms.principalMost),
    numberOfRepayments: terms.numberOfRepayments,
    repaymentEvery: terms.repaymentEvery,
    repaymentFrequencyType: { ...frequency, code: `repaymentFrequency.${frequency.code}` },
    interestRatePerPeriod: Number(terms.ratePerPeriod),
    interestRateFrequencyType: interestRateFrequency(terms.interestRateFrequency),
    annualInterestRate: Number(terms.annualRate),
    isLinkedToFloatingInterestRates: false,
    isFloatingInterestRateCalculationAllowed: false,
    allowVariableInstallments: false,
    minimumGap: 0,
    maximumGap: 0,
    amortizationType: amortization(terms.amortization === 'equalInstallments' ? 1 : 0),
    interestType: interestType(terms.interestType === 'flat' ? 1 : 0),
    interestCalculationPeriodType: interestCalculation(terms.interestCalculation === 'daily' ? 0 : 1),
    allowPartialPeriodInterestCalculation: false,
    transactionProcessingStrategyCode: 'mifos-standard-strategy',
    transactionProcessingStrategyName: 'Penalties, Fees, Interest, Principal order',
    ...(isWhole ? { paymentAllocation: [], creditAllocation: [] } : {}),
    daysInMonthType: { id: 1, code: 'DaysInMonthType.actual', value: 'Actual' },
    daysInYearType: { id: 365, code: 'DaysInYearType.days365', value: '365 Days' },
    isInterestRecalculationEnabled: isRecalculated,
    interestRecalculationData: isRecalculated ? recalculation(row) : undefined,
    canDefineInstallmentAmount: false,
    installmentAmountInMultiplesOf: terms.installmentMultiple === 0 ? undefined : jsonAmount(terms.installmentMultiple),
    repaymentStartDateType: { id: 1, code: 'repaymentStartDateType.disbursementDate', value: 'Disbursement Date' },
    ...(isWhole ? { charges: chargesOf(book, asked) } : {}),
    principalVariationsForBorrowerCycle: [],
    interestRateVariationsForBorrowerCycle: [],
    numberOfRepaymentVariationsForBorrowerCycle: [],
    accountingRule: CASH_BASED,
    canUseForTopup: false,
    ...(isWhole
      ? {
          accountingMappings: {
            fundSourceAccount: account('fundSourceAccountId', GL.cash),
            loanPortfolioAccount: account('loanPortfolioAccountId', GL.loanPortfolio),
            transfersInSuspenseAccount: account('transfersInSuspenseAccountId', GL.suspense),
            interestOnLoanAccount: account('interestOnLoanAccountId', GL.interestIncome),
            incomeFromFeeAccount: account('incomeFromFeeAccountId', GL.feeIncome),
            incomeFromPenaltyAccount: account('incomeFromPenaltyAccountId', GL.penaltyIncome),
            incomeFromRecoveryAccount: account('incomeFromRecoveryAccountId', GL.interestIncome),
            writeOffAccount: account('writeOffAccountId', GL.writeOffs),
            overpaymentLiabilityAccount: account('overpaymentLiabilityAccountId', GL.overpayments),
          },
          paymentChannelToFundSourceMappings: channels(book, asked),
        }
      : {}),
    isRatesEnabled: false,
    ...(isWhole ? { rates: [] } : {}),
    ...ALLOCATION,
    ...LOAN_FEATURES,
    ...(isWhole ? { delinquencyBucketOptions: [] } : {}),
  };
}

function dayOf(asked: JsonObject | undefined, name: string): readonly number[] | undefined {
  const day = asked?.[name];
  return typeof day === 'string' ? dateArray(day) : undefined;
}

function chargesOf(book: Book, asked: JsonObject | undefined): object[] {
  const named = asked?.['charges'];
  if (!Array.isArray(named)) return [];
  return (named as { id: number }[]).map(({ id }) => chargeReply(findCharge(book, id)));
}

const LOCK_IN: Readonly<Record<number, readonly [string, string]>> = {
  0: ['days', 'Days'],
  1: ['weeks', 'Weeks'],
  2: ['months', 'Months'],
  3: ['years', 'Years'],
};

function optionalNumber(asked: JsonObject | undefined, name: string): number | undefined {
  const value = asked?.[name];
  return typeof value === 'number' ? value : undefined;
}

export function savingsProductReply(book: Book, row: ProductRow, isWhole: boolean): object {
  const terms = JSON.parse(row.terms) as SavingsTerms & Asked;
  const { asked } = terms;
  const account = (name: string, usual: number): object | undefined => ledgerAccount(book, asked === undefined ? usual : asked[name]);
  const lockIn = optionalNumber(asked, 'lockinPeriodFrequency');
  const lockInType = LOCK_IN[optionalNumber(asked, 'lockinPeriodFrequencyType') ?? 0] ?? ['days', 'Days'];
  const isDormant = asked?.['isDormancyTrackingActive'] === true;
  return {
    id: row.id,
    name: row.name,
    shortName: row.short_name,
    currency: inCurrency(terms.currency, currencyReplyNow),
    nominalAnnualInterestRate: Number(terms.annualRate),
    interestCompoundingPeriodType: { id: 1, code: 'savings.interest.period.savingsCompoundingInterestPeriodType.daily', value: 'Daily' },
    interestPostingPeriodType: {
      id: 4,
      code: 'savings.interest.posting.period.savingsPostingInterestPeriodType.monthly',
      value: 'Monthly',
    },
    interestCalculationType: { id: 1, code: 'savingsInterestCalculationType.dailybalance', value: 'Daily Balance' },
    interestCalculationDaysInYearType: { id: 365, code: 'savingsInterestCalculationDaysInYearType.days365', value: '365 Days' },
    minRequiredOpeningBalance: optionalNumber(asked, 'minRequiredOpeningBalance'),
    ...(lockIn === undefined
      ? {}
      : {
          lockinPeriodFrequency: lockIn,
          lockinPeriodFrequencyType: {
            id: optionalNumber(asked, 'lockinPeriodFrequencyType') ?? 0,
            code: `savings.lockin.savingsPeriodFrequencyType.${lockInType[0]}`,
            value: lockInType[1],
          },
        }),
    withdrawalFeeForTransfers: false,
    allowOverdraft: terms.allowOverdraft,
    overdraftLimit: jsonAmount(terms.overdraftLimit),
    minRequiredBalance: jsonAmount(terms.minRequiredBalance),
    enforceMinRequiredBalance: terms.enforceMinRequiredBalance,
    maxAllowedLienLimit: jsonAmount(terms.maxAllowedLienLimit),
    lienAllowed: terms.lienAllowed,
    nominalAnnualInterestRateOverdraft: 0,
    minOverdraftForInterestCalculation: 0,
    withHoldTax: false,
    accountingRule: CASH_BASED,
    ...(isWhole
      ? {
          accountingMappings: {
            savingsReferenceAccount: account('savingsReferenceAccountId', GL.cash),
            overdraftPortfolioControl: account('overdraftPortfolioControlId', GL.loanPortfolio),
            incomeFromFeeAccount: account('incomeFromFeeAccountId', GL.feeIncome),
            incomeFromPenaltyAccount: account('incomeFromPenaltyAccountId', GL.penaltyIncome),
            incomeFromInterest: account('incomeFromInterestId', GL.interestIncome),
            interestOnSavingsAccount: account('interestOnSavingsAccountId', GL.savingsInterest),
            writeOffAccount: account('writeOffAccountId', GL.writeOffs),
            savingsControlAccount: account('savingsControlAccountId', GL.savingsControl),
            transfersInSuspenseAccount: account('transfersInSuspenseAccountId', GL.suspense),
            escheatLiabilityAccount: isDormant ? account('escheatLiabilityId', GL.suspense) : undefined,
          },
          paymentChannelToFundSourceMappings: channels(book, asked),
          charges: chargesOf(book, asked),
        }
      : {}),
    isDormancyTrackingActive: isDormant,
    daysToInactive: isDormant ? optionalNumber(asked, 'daysToInactive') : undefined,
    daysToDormancy: isDormant ? optionalNumber(asked, 'daysToDormancy') : undefined,
    daysToEscheat: isDormant ? optionalNumber(asked, 'daysToEscheat') : undefined,
  };
}
