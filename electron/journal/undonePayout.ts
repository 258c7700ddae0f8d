// A payout and the command that undid it at head office: the books there hold a transaction of neither.

import type { CommandRecord, CommandState } from '../../shared/domain/commands/command.ts';
import { isDisbursalUndo } from '../../shared/domain/commands/kinds/disbursalUndo.ts';
import { isLoanDisbursal } from '../../shared/domain/commands/kinds/loanDisbursal.ts';
import type { ReadStore, WriteStore } from '../ports/store.ts';
import { isTransactionOf } from './isTransactionOf.ts';

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

/** Head office holds no undoing any more, or was asked for it in vain: whether it holds the payout is what the loan's row says of that alone. */
export function undoingIsGone(write: WriteStore, { commandId, payload }: Fact): void {
  if (!isDisbursalUndo(payload)) return;
  write.saveEffects(commandId, { included: false });
  if (write.command(payload.disbursalId)?.state !== 'accepted') return;
  const there = write.loanTransactions(payload.loanId);
  for (const effect of write.effectsOfCommand(payload.disbursalId))
    write.saveEffect(effect, { included: there.some((transaction) => isTransactionOf(effect, transaction)) });
}
