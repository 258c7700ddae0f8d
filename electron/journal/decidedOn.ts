// What the branch itself decided of a loan and head office's own row does not show yet: laid over its confirmed state, oldest first (I6).

import { isFinished, type CommandRecord } from '../../shared/domain/commands/command.ts';
import { deedsOn, stateAfter } from '../../shared/domain/loans/decision.ts';
import type { LoanStatus } from '../../shared/domain/records.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import type { LoanRecord, ReadStore } from '../ports/store.ts';

/** More decisions than anybody takes on one loan before it is paid out. */
const DECISIONS_MOST = 50;

/** Everything decided here, the latest first; what was said anew stands there in its new words alone. */
export function decisionsOn(read: ReadStore, loan: LoanRecord): readonly CommandRecord[] {
  const all = read.factsOf({ kind: 'loan', localId: loan.loanId }, DECISIONS_MOST);
  const replaced = new Set(all.map(({ replaces }) => replaces));
  return all.filter(({ commandId }) => !replaced.has(commandId));
}

/** Each decision leads on from the state that it was taken in; where head office's row says another one meanwhile, the row is right. */
export function provisionalStatus(read: ReadStore, loan: LoanRecord): LoanStatus {
  return decisionsOn(read, loan).reduceRight<LoanStatus>((status, command) => {
    const { payload } = command;
    if (!('deed' in payload) || !countsStill(read, command, loan.pulledAt)) return status;
    return deedsOn(status).includes(payload.deed) ? stateAfter(payload.deed) : status;
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

/** A refused one is a case and changes nothing; an accepted one stands in the row as soon as that was read again. */
function countsStill(read: ReadStore, command: CommandRecord, pulledAt: number): boolean {
  if (command.state === 'accepted') return (read.commandEvents(command.commandId).at(-1)?.at ?? 0) > pulledAt;
  return !isFinished(command.state) && command.state !== 'rejected';
}
