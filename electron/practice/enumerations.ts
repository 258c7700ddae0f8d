// The coded values of the wire ({id, code, value}) in one place, so that every reply names a state the same way.

export interface Coded {
  id: number;
  code: string;
  value: string;
}

function coded(prefix: string, values: Readonly<Record<number, readonly [string, string]>>): (id: number) => Coded {
  return (id) => {
    const [code, value] = values[id] ?? ['invalid', 'Invalid'];
    return { id, code: `${prefix}.${code}`, value };
  };
}

export const clientStatus = coded('clientStatusType', {
  100: ['pending', 'Pending'],
  300: ['active', 'Active'],
  303: ['transfer.in.progress', 'Transfer in progress'],
  304: ['transfer.on.hold', 'Transfer on hold'],
  600: ['closed', 'Closed'],
  700: ['rejected', 'Rejected'],
  800: ['withdrawn', 'Withdrawn'],
});

export const groupStatus = coded('groupingStatusType', {
  100: ['pending', 'Pending'],
  300: ['active', 'Active'],
  600: ['closed', 'Closed'],
});

const loanStatusCode = coded('loanStatusType', {
  100: ['submitted.and.pending.approval', 'Submitted and pending approval'],
  200: ['approved', 'Approved'],
  300: ['active', 'Active'],
  400: ['withdrawn.by.client', 'Withdrawn by applicant'],
  500: ['rejected', 'Rejected'],
  600: ['closed.obligations.met', 'Closed (obligations met)'],
  601: ['closed.written.off', 'Closed (written off)'],
  602: ['closed.reschedule.outstanding.amount', 'Closed (rescheduled)'],
  700: ['overpaid', 'Overpaid'],
});

export function loanStatus(id: number): object {
  return {
    ...loanStatusCode(id),
    pendingApproval: id === 100,
    waitingForDisbursal: id === 200,
    active: id === 300,
    closedObligationsMet: id === 600,
    closedWrittenOff: id === 601,
    closedRescheduled: id === 602,
    closed: id === 600 || id === 601 || id === 602,
    overpaid: id === 700,
  };
}

const loanTransactionCode = coded('loanTransactionType', {
  1: ['disbursement', 'Disbursement'],
  2: ['repayment', 'Repayment'],
  4: ['waiver', 'Waive interest'],
  6: ['writeOff', 'Close (as written-off)'],
  8: ['recoveryRepayment', 'Repayment (after write-off)'],
  9: ['waiveCharges', 'Waive loan charges'],
  10: ['accrual', 'Accrual'],
  20: ['creditBalanceRefund', 'Credit Balance Refund'],
});

export function loanTransactionType(id: number): object {
  return {
    ...loanTransactionCode(id),
    disbursement: id === 1,
    repaymentAtDisbursement: false,
    repayment: id === 2,
    merchantIssuedRefund: false,
    payoutRefund: false,
    goodwillCredit: false,
    chargeRefund: false,
    contra: false,
    waiveInterest: id === 4,
    waiveCharges: id === 9,
    accrual: id === 10,
    writeOff: id === 6,
    recoveryRepayment: id === 8,
    initiateTransfer: false,
    approveTransfer: false,
    withdrawTransfer: false,
    rejectTransfer: false,
    chargePayment: false,
    refund: false,
    refundForActiveLoans: false,
    creditBalanceRefund: id === 20,
    chargeAdjustment: false,
    chargeback: false,
    chargeoff: false,
    downPayment: false,
    reAge: false,
    reAmortize: false,
  };
}

const savingsStatusCode = coded('savingsAccountStatusType', {
  100: ['submitted.and.pending.approval', 'Submitted and pending approval'],
  200: ['approved', 'Approved'],
  300: ['active', 'Active'],
  303: ['transfer.in.progress', 'Transfer in progress'],
  304: ['transfer.on.hold', 'Transfer on hold'],
  400: ['withdrawn.by.applicant', 'Withdrawn by applicant'],
  500: ['rejected', 'Rejected'],
  600: ['closed', 'Closed'],
});

export function savingsStatus(id: number): object {
  return {
    ...savingsStatusCode(id),
    submittedAndPendingApproval: id === 100,
    approved: id === 200,
    rejected: id === 500,
    withdrawnByApplicant: id === 400,
    active: id === 300,
    closed: id === 400 || id === 500 || id === 600,
    prematureClosed: false,
    transferInProgress: id === 303,
    transferOnHold: id === 304,
    matured: false,
  };
}

const savingsSubStatusCode = coded('SavingsAccountSubStatusEnum', {
  0: ['none', 'None'],
  100: ['inactive', 'Inactive'],
  200: ['dormant', 'Dormant'],
  300: ['escheat', 'Escheat'],
  400: ['block', 'Block'],
  500: ['blockCredit', 'BlockCredit'],
  600: ['blockDebit', 'BlockDebit'],
});

export function savingsSubStatus(id: number): object {
  return {
    ...savingsSubStatusCode(id),
    none: id === 0,
    inactive: id === 100,
    dormant: id === 200,
    escheat: id === 300,
    block: id === 400,
    blockCredit: id === 500,
    blockDebit: id === 600,
  };
}

const savingsTransactionCode = coded('savingsAccountTransactionType', {
  1: ['deposit', 'Deposit'],
  2: ['withdrawal', 'Withdrawal'],
  3: ['interestPosting', 'Interest posting'],
  4: ['withdrawalFee', 'Withdrawal fee'],
  6: ['waiveCharge', 'Waive Charge'],
  7: ['payCharge', 'Pay Charge'],
  12: ['initiateTransfer', 'Transfer initiated'],
  13: ['approveTransfer', 'Transfer approved'],
  20: ['onHold', 'Amount on hold'],
  21: ['release', 'Release Amount'],
});

export function savingsTransactionType(id: number): object {
  return {
    ...savingsTransactionCode(id),
    deposit: id === 1,
    dividendPayout: false,
    withdrawal: id === 2,
    interestPosting: id === 3,
    feeDeduction: id === 4 || id === 7,
    initiateTransfer: id === 12,
    approveTransfer: id === 13,
    withdrawTransfer: false,
    rejectTransfer: false,
    overdraftInterest: false,
    writtenoff: false,
    overdraftFee: false,
    withholdTax: false,
    escheat: false,
    amountHold: id === 20,
    amountRelease: id === 21,
    accrual: false,
  };
}

/** A charge that a withdrawal sets off, and the kind of account that charges of savings belong to. */
export const WITHDRAWAL_FEE = 5;
export const APPLIES_TO_SAVINGS = 2;
export const chargeAppliesTo = coded('chargeAppliesTo', {
  1: ['loan', 'Loan'],
  [APPLIES_TO_SAVINGS]: ['savings', 'Savings'],
  3: ['client', 'Client'],
});

export const chargeTimeType = coded('chargeTimeType', {
  1: ['disbursement', 'Disbursement'],
  2: ['specifiedDueDate', 'Specified due date'],
  [WITHDRAWAL_FEE]: ['withdrawalFee', 'Withdrawal Fee'],
  9: ['overdueInstallment', 'Overdue Fees'],
});

export const chargeCalculationType = coded('chargeCalculationType', {
  1: ['flat', 'Flat'],
  2: ['percent.of.amount', '% Amount'],
  3: ['percent.of.amount.and.interest', '% Loan Amount + Interest'],
  4: ['percent.of.interest', '% Interest'],
});

export const savingsPeriodType = coded('savings.lockin.savingsPeriodFrequencyType', {
  0: ['days', 'Days'],
  1: ['weeks', 'Weeks'],
  2: ['months', 'Months'],
  3: ['years', 'Years'],
});

export const frequencyType = coded('periodFrequencyType', {
  0: ['days', 'Days'],
  1: ['weeks', 'Weeks'],
  2: ['months', 'Months'],
  3: ['years', 'Years'],
});
export const loanType = coded('accountType', { 1: ['individual', 'Individual'], 2: ['group', 'Group'], 3: ['jlg', 'JLG'] });
export const interestRateFrequency = coded('interestRateFrequency.periodFrequencyType', {
  2: ['months', 'Per month'],
  3: ['years', 'Per year'],
});
export const interestType = coded('interestType', { 0: ['declining.balance', 'Declining Balance'], 1: ['flat', 'Flat'] });
export const interestCalculation = coded('interestCalculationPeriodType', {
  0: ['daily', 'Daily'],
  1: ['same.as.repayment.period', 'Same as repayment period'],
});
export const amortization = coded('amortizationType', {
  0: ['equal.principal', 'Equal principal payments'],
  1: ['equal.installments', 'Equal installments'],
});
export const glAccountType = coded('accountType', {
  1: ['asset', 'ASSET'],
  2: ['liability', 'LIABILITY'],
  3: ['equity', 'EQUITY'],
  4: ['income', 'INCOME'],
  5: ['expense', 'EXPENSE'],
});
export const commandStatus: Readonly<Record<number, string>> = {
  1: 'Processed',
  2: 'awaiting.approval',
  3: 'rejected',
  4: 'underProcessing',
  5: 'error',
};
