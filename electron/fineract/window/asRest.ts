// A row of a report, said again in the members of the API's answers, so that one decoder reads both and the two ways can be compared field by
// field. What is not told in a column is left out; the differences that stay are head office's own and stand beside the member.

import type { Members } from '../members.ts';

type Json = Readonly<Record<string, unknown>>;

function flag(row: Members, column: string): boolean {
  return row.integer(column) === 1;
}

export function clientAsRest(row: Members): Json {
  const { raw } = row;
  return {
    id: raw['id'],
    accountNo: raw['account'],
    externalId: raw['external'],
    status: { id: raw['status'] },
    displayName: raw['display'],
    firstname: raw['first'],
    middlename: raw['middle'],
    lastname: raw['last'],
    fullname: raw['full'],
    mobileNo: raw['mobile'],
    dateOfBirth: raw['born'],
    gender: raw['gender'] === null ? undefined : { name: raw['gender'] },
    activationDate: raw['activated'],
    officeId: raw['office'],
    staffId: raw['staffid'],
    staffName: raw['staff'],
  };
}

/** One group, of its rows: one for each member, role and savings account. */
export function groupAsRest(rows: readonly Members[]): Json {
  const raw = rows[0]?.raw ?? {};
  return {
    id: raw['id'],
    accountNo: raw['account'],
    externalId: raw['external'],
    name: raw['name'],
    status: { id: raw['status'] },
    staffName: raw['staff'],
    centerId: raw['parent'],
    officeId: raw['office'],
    clientMembers: rows.filter((row) => row.id('member') !== null).map((row) => ({ id: row.raw['member'] })),
    groupRoles: rows
      .filter((row) => row.text('role') !== null)
      .map((row) => ({ clientId: row.raw['member'], role: { name: row.raw['role'] } })),
  };
}

/** From this status up the sums of a loan mean something; before it was disbursed the row holds what it will come to. */
const DISBURSED = 300;

export function loanAsRest(row: Members, periods: readonly Members[], transactions: readonly Members[]): Json {
  const { raw } = row;
  return {
    id: raw['id'],
    accountNo: raw['account'],
    externalId: raw['external'],
    clientId: raw['client'],
    group: raw['groupid'] === null ? undefined : { id: raw['groupid'] },
    loanProductName: raw['product'],
    loanProductId: raw['productid'],
    currency: { code: raw['currency'], decimalPlaces: raw['decimals'], inMultiplesOf: raw['multiples'] },
    status: { id: raw['status'] },
    principal: raw['principal'],
    approvedPrincipal: raw['approvedprincipal'],
    totalOverpaid: raw['overpaid'],
    feeChargesAtDisbursementCharged: raw['atpayout'],
    isTopup: flag(row, 'topup'),
    timeline: { approvedOnDate: raw['approved'], expectedDisbursementDate: raw['expected'] },
    transactionProcessingStrategyCode: raw['strategy'],
    isInterestRecalculationEnabled: flag(row, 'recalculates'),
    multiDisburseLoan: flag(row, 'tranches'),
    isFloatingInterestRate: flag(row, 'floating'),
    isVariableInstallmentsAllowed: flag(row, 'variable'),
    enableDownPayment: flag(row, 'downpayment'),
    chargedOff: flag(row, 'chargedoff'),
    fraud: flag(row, 'fraud'),
    summary:
      (row.integer('status') ?? 0) < DISBURSED
        ? undefined
        : { totalOutstanding: raw['outstanding'], totalRepayment: raw['repaid'], principalDisbursed: raw['disbursedamount'] },
    // A schedule that is made anew gets its ids in any order.
    repaymentSchedule: {
      periods: periods.toSorted((one, other) => (one.integer('period') ?? 0) - (other.integer('period') ?? 0)).map(periodAsRest),
    },
    transactions: transactions.map(loanTransactionAsRest),
  };
}

function periodAsRest({ raw }: Members): Json {
  return {
    period: raw['period'],
    dueDate: raw['due'],
    principalDue: raw['principal'],
    principalOutstanding: raw['principalleft'],
    interestDue: raw['interest'],
    interestOutstanding: raw['interestleft'],
    feeChargesDue: raw['fees'],
    feeChargesOutstanding: raw['feesleft'],
    penaltyChargesDue: raw['penalties'],
    penaltyChargesOutstanding: raw['penaltiesleft'],
    totalPaidForPeriod: raw['paid'],
  };
}

function loanTransactionAsRest(row: Members): Json {
  const { raw } = row;
  return {
    id: raw['id'],
    type: { id: raw['type'] },
    date: raw['day'],
    amount: raw['amount'],
    // Accruals and some others leave nothing in the table; the API makes 0 of it.
    outstandingLoanBalance: raw['balance'] ?? 0,
    externalId: raw['external'],
    manuallyReversed: flag(row, 'reversed'),
    paymentDetailData: paymentOf(raw),
  };
}

export function savingsAsRest(row: Members, charges: readonly Members[], transactions: readonly Members[]): Json {
  const { raw } = row;
  return {
    id: raw['id'],
    accountNo: raw['account'],
    externalId: raw['external'],
    clientId: raw['client'],
    groupId: raw['groupid'],
    savingsProductName: raw['product'],
    savingsProductId: raw['productid'],
    currency: { code: raw['currency'], decimalPlaces: raw['decimals'], inMultiplesOf: raw['multiples'] },
    status: { id: raw['status'] },
    subStatus: { id: raw['substatus'] },
    summary: { accountBalance: raw['balance'] },
    savingsAmountOnHold: raw['held'],
    onHoldFunds: raw['guaranteeheld'],
    enforceMinRequiredBalance: flag(row, 'enforced'),
    minRequiredBalance: raw['minimum'],
    allowOverdraft: flag(row, 'overdraft'),
    overdraftLimit: raw['overdraftlimit'],
    lockedInUntilDate: raw['lockeduntil'],
    lockinPeriodFrequency: raw['lockcount'],
    lockinPeriodFrequencyType: raw['lockunit'] === null ? undefined : { id: raw['lockunit'] },
    timeline: { activatedOnDate: raw['activated'] },
    charges: charges.map(savingsChargeAsRest),
    transactions: transactions.map(savingsTransactionAsRest),
  };
}

function savingsChargeAsRest(row: Members): Json {
  const { raw } = row;
  return {
    id: raw['id'],
    chargeId: raw['charge'],
    chargeTimeType: { id: raw['time'] },
    chargeCalculationType: { id: raw['calculation'] },
    isActive: flag(row, 'active'),
    amount: raw['amount'],
    percentage: raw['percent'],
    isFreeWithdrawal: flag(row, 'free'),
  };
}

/** Which way it went follows from the type; for the others the API says nothing either. */
const CREDIT: ReadonlySet<number> = new Set([1, 3, 8, 21]);
const DEBIT: ReadonlySet<number> = new Set([2, 4, 5, 7, 17, 18, 19, 20]);

function savingsTransactionAsRest(row: Members): Json {
  const { raw } = row;
  const type = row.integer('type') ?? 0;
  return {
    id: raw['id'],
    transactionType: { id: type },
    entryType: CREDIT.has(type) ? 'CREDIT' : DEBIT.has(type) ? 'DEBIT' : undefined,
    date: raw['day'],
    amount: raw['amount'],
    // Nothing stands in the table for undone deposits and for what a job posted; the API makes 0 of it.
    runningBalance: raw['balance'] ?? 0,
    reversed: flag(row, 'reversed'),
    paymentDetailData: paymentOf(raw),
    transfer: raw['transfer'] === null ? undefined : { transferDescription: raw['transfer'] },
    releaseTransactionId: raw['releasedby'],
    reasonForBlock: raw['heldfor'],
  };
}

function paymentOf(raw: Json): Json | undefined {
  return raw['receipt'] === null && raw['paytype'] === null
    ? undefined
    : { receiptNumber: raw['receipt'], paymentType: { id: raw['paytype'] } };
}
