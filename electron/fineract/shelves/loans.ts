// Loans, whole (contract 6.8). Head office's summary is what counts; instalments are shown as they come and need not add up to it.

import type { Listed, LoanPeriod, PulledLoan } from '../../ports/headOffice.ts';
import type { BeforePayout } from '../../../shared/domain/loans/disbursal.ts';
import type { LoanStatus } from '../../../shared/domain/records.ts';
import { needed, transactionsOf, Unreadable } from '../members.ts';
import type { Members } from '../members.ts';
import { readAccounts } from './accounts.ts';
import type { AccountSource } from './accounts.ts';
import { decodeCurrency } from './currency.ts';
import { readLoanInPieces } from './inPieces.ts';
import { listPage } from './page.ts';
import type { ShelfSource } from './shelf.ts';
import { decodeLoanTransaction, inOrder } from './transactions.ts';

const STATUS: Readonly<Record<number, LoanStatus>> = {
  100: 'submitted',
  200: 'approved',
  300: 'active',
  400: 'withdrawn',
  500: 'rejected',
  600: 'closed',
  601: 'writtenOff',
  602: 'rescheduled',
  700: 'overpaid',
};

const ACTIVE = 300;
/** Submitted and approved. */
const NOT_PAID_OUT: ReadonlySet<number> = new Set([100, 200]);
/** Submitted, approved, active, in transfer, overpaid: what may still change at a counter. */
const OPEN: ReadonlySet<number> = new Set([100, 200, 300, 303, 304, 700]);

/** Terms under which a schedule cannot be reckoned here (contract 8.5). */
const SERVER_RECKONED = [
  'isInterestRecalculationEnabled',
  'multiDisburseLoan',
  'isFloatingInterestRate',
  'isVariableInstallmentsAllowed',
  'enableDownPayment',
  'chargedOff',
  'fraud',
] as const;

export const loans: ShelfSource<PulledLoan> = {
  list: (line, page, credential) => listPage(line, '/loans', {}, page, decodeListing, credential),
  read: (line, serverIds, way, credential, breathing) => readAccounts(line, source, serverIds, way, credential, breathing),
};

const source: AccountSource<PulledLoan> = {
  path: 'loans',
  inBatch: 'associations=all',
  decode: decodeLoan,
  mayBeCutShort: false,
  inPieces: readLoanInPieces,
};

function decodeListing(row: Members): Listed<PulledLoan> {
  const serverId = needed(row.id('id'), row, 'id');
  return { serverId, row: null, open: OPEN.has(needed(row.enumeration('status'), row.named(`loan ${serverId}`), 'status')) };
}

export function decodeLoan(row: Members, expectedId: number): PulledLoan {
  const loan = row.named(`loan ${expectedId}`);
  const serverId = needed(loan.id('id'), loan, 'id');
  if (serverId !== expectedId) throw new Unreadable(`loan ${expectedId}: id`);
  const currency = decodeCurrency(loan);
  const { decimals } = currency;
  const summary = loan.child('summary');
  // Without its sums a loan in use would look paid.
  if (summary === null && loan.enumeration('status') === ACTIVE) throw new Unreadable(`${loan.where}: summary`);
  return {
    serverId,
    externalId: loan.text('externalId'),
    accountNo: needed(loan.text('accountNo'), loan, 'accountNo'),
    clientServerId: loan.id('clientId'),
    groupServerId: loan.child('group')?.id('id') ?? loan.id('groupId'),
    productName: loan.text('loanProductName') ?? '',
    currency,
    status: STATUS[needed(loan.enumeration('status'), loan, 'status')] ?? 'other',
    principalMinor: loan.optionalAmount('approvedPrincipal', decimals) ?? loan.amount('principal', decimals),
    outstandingMinor: summary?.amount('totalOutstanding', decimals) ?? 0,
    overpaidMinor: loan.amount('totalOverpaid', decimals),
    strategy: loan.text('transactionProcessingStrategyCode') ?? '',
    needsServerReckoning: SERVER_RECKONED.some((term) => loan.flag(term)),
    periods: (loan.child('repaymentSchedule')?.children('periods') ?? []).flatMap((period) => decodePeriod(period, decimals) ?? []),
    beforePayout: NOT_PAID_OUT.has(loan.enumeration('status') ?? 0) ? decodeBeforePayout(loan, decimals) : null,
    transactions: inOrder(transactionsOf(loan).map((each) => decodeLoanTransaction(each, decimals))),
  };
}

function decodeBeforePayout(loan: Members, decimals: number): BeforePayout {
  const timeline = loan.child('timeline');
  return {
    approvedOn: timeline?.date('approvedOnDate') ?? null,
    expectedOn: timeline?.date('expectedDisbursementDate') ?? null,
    chargesMinor: loan.amount('feeChargesAtDisbursementCharged', decimals),
    onlyThere: loan.flag('multiDisburseLoan') ? 'tranches' : loan.flag('isTopup') ? 'replacesAnother' : null,
  };
}

/** The disbursement stands in the schedule as a period without a number. */
function decodePeriod(row: Members, decimals: number): LoanPeriod | null {
  const period = row.id('period');
  if (period === null) return null;
  const due = (part: string): number => row.amount(`${part}Due`, decimals);
  const outstanding = (part: string): number =>
    row.optionalAmount(`${part}Outstanding`, decimals) ??
    Math.max(
      0,
      due(part) - row.amount(`${part}Paid`, decimals) - row.amount(`${part}Waived`, decimals) - row.amount(`${part}WrittenOff`, decimals),
    );
  return {
    period,
    dueDate: needed(row.date('dueDate'), row, `period ${period} dueDate`),
    principalDueMinor: due('principal'),
    principalOutstandingMinor: outstanding('principal'),
    interestDueMinor: due('interest'),
    interestOutstandingMinor: outstanding('interest'),
    feeDueMinor: due('feeCharges'),
    feeOutstandingMinor: outstanding('feeCharges'),
    penaltyDueMinor: due('penaltyCharges'),
    penaltyOutstandingMinor: outstanding('penaltyCharges'),
    paidMinor: row.amount('totalPaidForPeriod', decimals),
  };
}
