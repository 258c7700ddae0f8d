// A payout and the command that undid it at head office: the books there hold a transaction of neither.

import type { CommandRecord, CommandState } from '../../shared/domain/commands/command.ts';
import { isDisbursalUndo } from '../../shared/domain/commands/kinds/disbursalUndo.ts';
import { isLoanDisbursal } from '../../shared/domain/commands/kinds/loanDisbursal.ts';
import type { ReadStore } from '../ports/store.ts';

/** More than anybody pays out and takes back of one loan. */
const FACTS_MOST = 50;

type Fact = Pick<CommandRecord, 'commandId' | 'payload'>;

/** Of what undoes it: head office may have done so. */
export const MAY_BE_TOLD: ReadonlySet<CommandState> = new Set(['sending', 'inDoubt', 'accepted']);
const TAKEN: ReadonlySet<CommandState> = new Set(['accepted']);

/** Both as head office took them. */
export function isUndone(read: ReadStore, command: Fact): boolean {
  return isDisbursalUndo(command.payload) || isUndoneBy(read, command, TAKEN);
}

/** A payout that head office need not hold any more, for it was asked to undo it. */
export function mayBeUndone(read: ReadStore, command: Fact): boolean {
  return isUndoneBy(read, command, MAY_BE_TOLD);
}

function isUndoneBy(read: ReadStore, { commandId, payload }: Fact, states: ReadonlySet<CommandState>): boolean {
  if (!isLoanDisbursal(payload)) return false;
  return read
    .factsOf({ kind: 'loan', localId: payload.loanId }, FACTS_MOST)
    .some((fact) => isDisbursalUndo(fact.payload) && fact.payload.disbursalId === commandId && states.has(fact.state));
}
