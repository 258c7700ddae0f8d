// What the branch itself decided of a loan or a savings account, or paid out of a loan, and head office's own row does not show yet: laid over its
// confirmed state, oldest first (I6).

import type { CommandRecord } from '../../shared/domain/commands/command.ts';
import { isLoanDecision } from '../../shared/domain/commands/kinds/loanDecision.ts';
import { kindOf, stateItMakes } from '../../shared/domain/commands/kinds/allKinds.ts';
import type { AccountKind, RecordRef } from '../../shared/domain/commands/kinds/kind.ts';
import { leadsTo } from '../../shared/domain/loans/decision.ts';
import type { LoanStatus, SavingsStatus } from '../../shared/domain/records.ts';
import { leadsOn } from '../../shared/domain/savings/opening.ts';
import type { BusinessDate } from '../../shared/kernel/businessDate.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import type { LoanRecord, ReadStore, SavingsRecord } from '../ports/store.ts';
import { countsStill } from './countsStill.ts';

/** More than anybody decides on one record, holds on it and lets go. */
const DECISIONS_MOST = 1_000;

type AccountRef = RecordRef & { readonly kind: AccountKind };

/** Everything that moved its state here, the latest first; what was said anew stands there in its new words alone. */
export function decisionsOn(read: ReadStore, account: AccountRef): readonly CommandRecord[] {
  const all = read.factsOf(account, DECISIONS_MOST);
  const replaced = new Set(all.map(({ replaces }) => replaces));
  return all.filter(({ commandId }) => !replaced.has(commandId));
}

/** What made a record known here that head office does not have; null where nothing did. What was given up and not said anew is none. */
export function applicationOf(read: ReadStore, account: AccountRef): CommandRecord | null {
  const facts = read.factsOf(account, DECISIONS_MOST);
  return (
    facts.find(({ kind, payload, state }) => state !== 'withdrawn' && kindOf(kind).teaches(payload)?.localId === account.localId) ?? null
  );
}

export function provisionalStatus(read: ReadStore, loan: LoanRecord): LoanStatus {
  return statusBy(read, { kind: 'loan', localId: loan.loanId }, loan, leadsTo);
}

export function provisionalSavingsStatus(read: ReadStore, savings: SavingsRecord): SavingsStatus {
  // Nothing leads on from the others.
  if (savings.status !== 'submitted' && savings.status !== 'approved' && savings.status !== 'active') return savings.status;
  return statusBy(read, { kind: 'savings', localId: savings.savingsId }, savings, leadsOn);
}

/** Each leads on from the state that it was done in; where head office's row says another one meanwhile, the row is right. */
function statusBy<Status extends string>(
  read: ReadStore,
  account: AccountRef,
  row: { readonly status: Status; readonly pulledAt: number },
  leads: (from: Status, to: string | null) => to is Status,
): Status {
  return decisionsOn(read, account).reduceRight<Status>((status, command) => {
    const state = stateItMakes(command.payload);
    return countsStill(read, command, row.pulledAt) && leads(status, state) ? state : status;
  }, row.status);
}

/** Which loans are in a list of that state by what was decided here alone, and which are in head office's and no longer in it. */
export function movedBetween(read: ReadStore, status: LoanStatus): { readonly out: readonly LocalId[]; readonly in: readonly LocalId[] } {
  const decided = read.waitingLoansDecidedOn().map((loan) => ({ loan, now: provisionalStatus(read, loan) }));
  const ids = (of: typeof decided): LocalId[] => of.map(({ loan }) => loan.loanId);
  return {
    out: ids(decided.filter(({ loan, now }) => loan.status === status && now !== status)),
    in: ids(decided.filter(({ loan, now }) => loan.status !== status && now === status)),
  };
}

/** What is to be paid out of it: as approved here, or else as head office's row says. Whole minor units. */
export function approvedMinorOf(read: ReadStore, loan: LoanRecord): number {
  const latest = decisionsOn(read, { kind: 'loan', localId: loan.loanId }).find(
    ({ payload }) => 'approvedMinor' in payload && payload.approvedMinor !== null,
  );
  if (latest === undefined || !countsStill(read, latest, loan.pulledAt)) return loan.principalMinor;
  return 'approvedMinor' in latest.payload ? (latest.payload.approvedMinor ?? loan.principalMinor) : loan.principalMinor;
}

/** For which day it is to be paid out: as approved here, or else as head office's row says. */
export function expectedOnOf(read: ReadStore, loan: LoanRecord): BusinessDate | null {
  const latest = decisionsOn(read, { kind: 'loan', localId: loan.loanId }).find(
    ({ payload }) => 'expectedOn' in payload && isLoanDecision(payload),
  );
  const there = loan.beforePayout?.expectedOn ?? null;
  if (latest === undefined || !countsStill(read, latest, loan.pulledAt)) return there;
  return isLoanDecision(latest.payload) ? (latest.payload.expectedOn ?? there) : there;
}
