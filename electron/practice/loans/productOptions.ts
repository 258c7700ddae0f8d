// The choices that head office offers with a loan product: the same for every product of 1.10.1, so they stand here as data.

type Choice = readonly [id: number, code: string, value: string];

function choices(list: readonly Choice[]): object[] {
  return list.map(([id, code, value]) => ({ id, code, value }));
}

const FLAGS = {
  includeInBorrowerCycle: false,
  useBorrowerCycle: false,
  isLinkedToFloatingInterestRates: false,
  isFloatingInterestRateCalculationAllowed: false,
  allowVariableInstallments: false,
  isInterestRecalculationEnabled: false,
  canDefineInstallmentAmount: false,
  principalVariationsForBorrowerCycle: [],
  interestRateVariationsForBorrowerCycle: [],
  numberOfRepaymentVariationsForBorrowerCycle: [],
  canUseForTopup: false,
  isRatesEnabled: false,
  advancedPaymentAllocationTransactionTypes: choices([
    [1, 'DEFAULT', 'Default'],
    [2, 'REPAYMENT', 'Repayment'],
    [3, 'DOWN_PAYMENT', 'Down payment'],
    [4, 'MERCHANT_ISSUED_REFUND', 'Merchant issued refund'],
    [5, 'PAYOUT_REFUND', 'Payout refund'],
    [6, 'GOODWILL_CREDIT', 'Goodwill credit'],
    [7, 'CHARGE_REFUND', 'Charge refund'],
    [8, 'CHARGE_ADJUSTMENT', 'Charge adjustment'],
    [9, 'WAIVE_INTEREST', 'Waive interest'],
    [10, 'CHARGE_PAYMENT', 'Charge payment'],
    [11, 'REFUND_FOR_ACTIVE_LOAN', 'Refund for active loan'],
  ]),
  advancedPaymentAllocationFutureInstallmentAllocationRules: choices([
    [1, 'NEXT_INSTALLMENT', 'Next installment'],
    [2, 'LAST_INSTALLMENT', 'Last installment'],
    [3, 'REAMORTIZATION', 'Reamortization'],
  ]),
  advancedPaymentAllocationTypes: choices([
    [1, 'PAST_DUE_PENALTY', 'Past due penalty'],
    [2, 'PAST_DUE_FEE', 'Past due fee'],
    [3, 'PAST_DUE_PRINCIPAL', 'Past due principal'],
    [4, 'PAST_DUE_INTEREST', 'Past due interest'],
    [5, 'DUE_PENALTY', 'Due penalty'],
    [6, 'DUE_FEE', 'Due fee'],
    [7, 'DUE_PRINCIPAL', 'Due principal'],
    [8, 'DUE_INTEREST', 'Due interest'],
    [9, 'IN_ADVANCE_PENALTY', 'In advance penalty'],
    [10, 'IN_ADVANCE_FEE', 'In advance fee'],
    [11, 'IN_ADVANCE_PRINCIPAL', 'In advance principal'],
    [12, 'IN_ADVANCE_INTEREST', 'In advanced interest'],
  ]),
  creditAllocationTransactionTypes: choices([[1, 'CHARGEBACK', 'Chargeback']]),
  creditAllocationAllocationTypes: choices([
    [1, 'PENALTY', 'Penalty'],
    [2, 'FEE', 'Fee'],
    [3, 'PRINCIPAL', 'Principal'],
    [4, 'INTEREST', 'Interest'],
  ]),
  multiDisburseLoan: false,
  disallowExpectedDisbursements: false,
  allowApprovedDisbursedAmountsOverApplied: false,
  holdGuaranteeFunds: false,
  accountMovesOutOfNPAOnlyOnArrearsCompletion: false,
  syncExpectedWithDisbursementDate: false,
  isEqualAmortization: false,
  enableDownPayment: false,
  enableAutoRepaymentForDownPayment: false,
  enableInstallmentLevelDelinquency: false,
};

export function loanProductOption(product: { id: number; name: string }): Record<string, unknown> {
  return { id: product.id, name: product.name, ...FLAGS };
}

export const PRODUCT_CHOICES = {
  termFrequencyTypeOptions: choices([
    [0, 'loanTermFrequency.periodFrequencyType.days', 'Days'],
    [1, 'loanTermFrequency.periodFrequencyType.weeks', 'Weeks'],
    [2, 'loanTermFrequency.periodFrequencyType.months', 'Months'],
    [3, 'loanTermFrequency.periodFrequencyType.years', 'Years'],
  ]),
  repaymentFrequencyTypeOptions: choices([
    [0, 'repaymentFrequency.periodFrequencyType.days', 'Days'],
    [1, 'repaymentFrequency.periodFrequencyType.weeks', 'Weeks'],
    [2, 'repaymentFrequency.periodFrequencyType.months', 'Months'],
  ]),
  repaymentFrequencyNthDayTypeOptions: choices([
    [1, 'repaymentFrequency.nthDayType.one', 'first'],
    [2, 'repaymentFrequency.nthDayType.two', 'second'],
    [3, 'repaymentFrequency.nthDayType.three', 'third'],
    [4, 'repaymentFrequency.nthDayType.four', 'fourth'],
    [-1, 'repaymentFrequency.nthDayType.last', 'last'],
  ]),
  repaymentFrequencyDaysOfWeekTypeOptions: choices([
    [7, 'repaymentFrequency.weekDayType.sunday', 'SUNDAY'],
    [1, 'repaymentFrequency.weekDayType.monday', 'MONDAY'],
    [2, 'repaymentFrequency.weekDayType.tuesday', 'TUESDAY'],
    [3, 'repaymentFrequency.weekDayType.wednesday', 'WEDNESDAY'],
    [4, 'repaymentFrequency.weekDayType.thursday', 'THURSDAY'],
    [5, 'repaymentFrequency.weekDayType.friday', 'FRIDAY'],
    [6, 'repaymentFrequency.weekDayType.saturday', 'SATURDAY'],
  ]),
  interestRateFrequencyTypeOptions: choices([
    [2, 'interestRateFrequency.periodFrequencyType.months', 'Per month'],
    [3, 'interestRateFrequency.periodFrequencyType.years', 'Per year'],
    [4, 'interestRateFrequency.periodFrequencyType.whole_term', 'Whole term'],
  ]),
  amortizationTypeOptions: choices([
    [1, 'amortizationType.equal.installments', 'Equal installments'],
    [0, 'amortizationType.equal.principal', 'Equal principal payments'],
  ]),
  interestTypeOptions: choices([
    [1, 'interestType.flat', 'Flat'],
    [0, 'interestType.declining.balance', 'Declining Balance'],
  ]),
  interestCalculationPeriodTypeOptions: choices([
    [0, 'interestCalculationPeriodType.daily', 'Daily'],
    [1, 'interestCalculationPeriodType.same.as.repayment.period', 'Same as repayment period'],
  ]),
  transactionProcessingStrategyOptions: [
    { code: 'creocore-strategy', name: 'Creocore Unique' },
    { code: 'early-repayment-strategy', name: 'Early Repayment Strategy' },
    { code: 'mifos-standard-strategy', name: 'Penalties, Fees, Interest, Principal order' },
    { code: 'heavensfamily-strategy', name: 'HeavensFamily Unique' },
    { code: 'interest-principal-penalties-fees-order-strategy', name: 'Interest, Principal, Penalties, Fees Order' },
    { code: 'principal-interest-penalties-fees-order-strategy', name: 'Principal, Interest, Penalties, Fees Order' },
    { code: 'rbi-india-strategy', name: 'Overdue/Due Fee/Int,Principal' },
    {
      code: 'due-penalty-fee-interest-principal-in-advance-principal-penalty-fee-interest-strategy',
      name: 'Due penalty, fee, interest, principal, in advance principal, penalty, fee, interest',
    },
    {
      code: 'due-penalty-interest-principal-fee-in-advance-penalty-interest-principal-fee-strategy',
      name: 'Due penalty, interest, principal, fee, in advance penalty, interest, principal, fee',
    },
    { code: 'advanced-payment-allocation-strategy', name: 'Advanced payment allocation strategy' },
  ],
};
