// What the branch itself decided of a loan, or paid out of it, and head office's own row does not show yet: laid over its confirmed state, oldest first (I6).

import { isFinished, type CommandRecord } from '../../shared/domain/commands/command.ts';
import { kindOf, stateItMakes } from '../../shared/domain/commands/kinds/allKinds.ts';
import { leadsTo } from '../../shared/domain/loans/decision.ts';
import type { LoanStatus } from '../../shared/domain/records.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import type { LoanRecord, ReadStore } from '../ports/store.ts';

/** More than anybody decides on one loan before it is paid out. */
const DECISIONS_MOST = 50;

/** Everything that moved its state here, the latest first; what was said anew stands there in its new words alone. */
export function decisionsOn(read: ReadStore, loan: LoanRecord): readonly CommandRecord[] {
  const all = read.factsOf({ kind: 'loan', localId: loan.loanId }, DECISIONS_MOST);
  const replaced = new Set(all.map(({ replaces }) => replaces));
  return all.filter(({ commandId }) => !replaced.has(commandId));
}

/** What made a loan known here that head office does not have; null where nothing did. What was given up and not said anew is none. */
export function applicationOf(read: ReadStore, loanId: LocalId): CommandRecord | null {
  const facts = read.factsOf({ kind: 'loan', localId: loanId }, DECISIONS_MOST);
  return facts.find(({ kind, payload, state }) => state !== 'withdrawn' && kindOf(kind).teaches(payload)?.localId === loanId) ?? null;
}

/** Each leads on from the state that it was done in; where head office's row says another one meanwhile, the row is right. */
export function provisionalStatus(read: ReadStore, loan: LoanRecord): LoanStatus {
  return decisionsOn(read, loan).reduceRight<LoanStatus>((status, command) => {
    const state = stateItMakes(command.payload);
    return countsStill(read, command, loan.pulledAt) && leadsTo(status, state) ? state : status;
  }, loan.status);
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
  const latest = decisionsOn(read, loan).find(({ payload }) => 'approvedMinor' in payload && payload.approvedMinor !== null);
  if (latest === undefined || !countsStill(read, latest, loan.pulledAt)) return loan.principalMinor;
  return 'approvedMinor' in latest.payload ? (latest.payload.approvedMinor ?? loan.principalMinor) : loan.principalMinor;
}

/** A refused one is a case and changes nothing; an accepted one stands in the row as soon as that was read again. */
function countsStill(read: ReadStore, command: CommandRecord, pulledAt: number): boolean {
  if (command.state === 'accepted') return (read.commandEvents(command.commandId).at(-1)?.at ?? 0) > pulledAt;
  return !isFinished(command.state) && command.state !== 'rejected';
}
