// A loan as a screen sees it: the confirmed schedule with every unfinished repayment already laid over it by the product's rule, and the
// confirmed part with its age beside it (I6).

import type { LoanView } from '../../../shared/contract/shapes.ts';
import { closedOn } from '../../../shared/domain/calendar/workCalendar.ts';
import { openEffects, reconcileLoan, type ProvisionalLoan } from '../../../shared/domain/accounts/reconcile.ts';
import { allocateRepayment, openMinorOf } from '../../../shared/domain/loans/allocateRepayment.ts';
import { isUnsent } from '../../../shared/domain/commands/applyOutcome.ts';
import { isDisbursalUndo } from '../../../shared/domain/commands/kinds/disbursalUndo.ts';
import { isLoanApplication } from '../../../shared/domain/commands/kinds/loanApplication.ts';
import { deedsOn } from '../../../shared/domain/loans/decision.ts';
import { payOffOf, type PayOff } from '../../../shared/domain/loans/payOff.ts';
import { daysBetween, type BusinessDate } from '../../../shared/kernel/businessDate.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { sumMinor } from '../../../shared/kernel/money.ts';
import { applicationOf, decisionsOn, expectedOnOf, provisionalStatus } from '../../journal/decidedOn.ts';
import { isOwnerEnded } from '../../journal/ownerState.ts';
import { confirmedAtOf } from '../../journal/settings.ts';
import { workCalendarOf } from '../../journal/workCalendar.ts';
import type { LoanPeriod } from '../../ports/headOffice.ts';
import type { EffectRecord, LoanRecord, ReadStore } from '../../ports/store.ts';
import { standingOf as standingOfCommand } from '../counter/receiptLine.ts';
import { productStill } from './applyForLoan.ts';
import { undoPayoutMinor } from './undoDisbursal.ts';

/** Instalments with every unfinished repayment laid over them, oldest first; that it was paid out changes none, nor that this was taken back. */
export function provisionalPeriods(store: ReadStore, loan: LoanRecord, effects: readonly EffectRecord[]): readonly LoanPeriod[] {
  let periods = loan.periods.filter((period) => period.period > 0);
  for (const effect of openEffects(effects)) {
    const payload = store.command(effect.commandId)?.payload;
    if (effect.deltaMinor > 0 || (payload !== undefined && isDisbursalUndo(payload))) continue;
    periods = allocateRepayment(periods, -effect.deltaMinor, loan.strategy).left.slice();
  }
  return periods;
}

export function payOffOfLoan(
  store: ReadStore,
  loan: LoanRecord,
  view: Pick<ProvisionalLoan, 'outstandingMinor' | 'unfinishedCount'>,
  businessDate: BusinessDate,
): PayOff {
  return payOffOf({
    needsServerReckoning: loan.needsServerReckoning,
    confirmedOutstandingMinor: loan.outstandingMinor,
    outstandingMinor: view.outstandingMinor,
    unfinishedCount: view.unfinishedCount,
    quote: loan.needsServerReckoning ? store.payOffQuote(loan.loanId) : null,
    businessDate,
  });
}

/** What a page says beside its loans on a day on which head office takes nothing for them. */
export function closedDayOf(store: ReadStore, businessDate: BusinessDate): Pick<LoanView, 'closedDay'> {
  const closedDay = closedOn(workCalendarOf(store), businessDate);
  return closedDay === null ? {} : { closedDay };
}

export function loanView(store: ReadStore, loan: LoanRecord, businessDate: BusinessDate): LoanView {
  const effects = store.effectsOf('loan', loan.loanId);
  const status = provisionalStatus(store, loan);
  const summed = reconcileLoan(loan, effects);
  // Its payout was taken back here: what head office reckons of it until it undoes that, interest and all, is owed by nobody.
  const isTakenBack = loan.status === 'active' && status === 'approved';
  const view = isTakenBack ? { ...summed, outstandingMinor: 0, overpaidMinor: 0 } : summed;
  const periods = provisionalPeriods(store, loan, effects);
  const open = periods.filter((period) => openMinorOf(period) > 0);
  // Before it is paid out nobody owes an instalment, whatever day the plan was made for.
  const isOwed = loan.status !== 'submitted' && loan.status !== 'approved' && !isTakenBack;
  const due = isOwed ? open.filter((period) => period.dueDate <= businessDate) : [];
  const overdue = due.filter((period) => period.dueDate < businessDate);
  const next = open.find((period) => period.dueDate > businessDate);
  const firstOverdue = overdue[0];
  return {
    loanId: loan.loanId,
    clientId: loan.clientId,
    groupId: loan.clientId === null ? loan.groupId : null,
    accountNo: loan.accountNo,
    productName: loan.productName,
    currency: loan.currency,
    status,
    confirmedStatus: loan.status,
    principalMinor: loan.principalMinor,
    expectedOn: expectedOnOf(store, loan),
    payoutReceiptId: unsentPayout(store, loan),
    undoPayoutMinor: undoPayoutMinor(store, loan, businessDate),
    outstandingMinor: view.outstandingMinor,
    confirmedOutstandingMinor: loan.outstandingMinor,
    overpaidMinor: view.overpaidMinor,
    dueNowMinor: sumMinor(due.map(openMinorOf)),
    overdueMinor: sumMinor(overdue.map(openMinorOf)),
    daysBehind: firstOverdue === undefined ? 0 : daysBetween(firstOverdue.dueDate, businessDate),
    nextDueDate: next?.dueDate ?? null,
    nextDueMinor: next === undefined ? 0 : openMinorOf(next),
    payOff: payOffOfLoan(store, loan, view, businessDate),
    unfinishedMinor: view.unfinishedMinor,
    unfinishedCount: view.unfinishedCount,
    disputed: view.disputed,
    confirmedAt: confirmedAtOf(store, 'loans', loan),
    instalments: periods.map((period) => {
      const outstandingMinor = openMinorOf(period);
      const totalDueMinor = period.principalDueMinor + period.interestDueMinor + period.feeDueMinor + period.penaltyDueMinor;
      return {
        period: period.period,
        dueDate: period.dueDate,
        principalDueMinor: period.principalDueMinor,
        interestDueMinor: period.interestDueMinor,
        feeDueMinor: period.feeDueMinor,
        penaltyDueMinor: period.penaltyDueMinor,
        totalDueMinor,
        totalPaidMinor: totalDueMinor - outstandingMinor,
        outstandingMinor,
        standing: standingOf(
          period.dueDate,
          outstandingMinor,
          totalDueMinor,
          businessDate,
          period === open.find((candidate) => candidate.dueDate >= businessDate),
        ),
      };
    }),
    mayRepay: loan.status === 'active' && status === 'active' && !loan.gone && !isOwnerEnded(store, loan),
    deeds: loan.gone ? [] : [...deedsOn(status)],
    ...(loan.serverId === null ? applicationShown(store, loan) : {}),
  };
}

function unsentPayout(read: ReadStore, { loanId }: LoanRecord): LocalId | null {
  const [latest] = decisionsOn(read, { kind: 'loan', localId: loanId });
  return latest !== undefined && isUnsent(latest) ? latest.receiptId : null;
}

/** What made it known here; the last word of it, where it was said anew. */
function applicationShown(read: ReadStore, { loanId }: LoanRecord): Pick<LoanView, 'application'> {
  const command = applicationOf(read, { kind: 'loan', localId: loanId });
  if (command === null || !isLoanApplication(command.payload)) return {};
  const { commandId, state, payload } = command;
  const exceptionId = state === 'rejected' ? (read.openExceptionOf(commandId)?.exceptionId ?? null) : null;
  return { application: { commandId, standing: standingOfCommand(state), exceptionId, product: productStill(read, payload) } };
}

function standingOf(
  dueDate: BusinessDate,
  outstandingMinor: number,
  totalDueMinor: number,
  businessDate: BusinessDate,
  isNext: boolean,
): LoanView['instalments'][number]['standing'] {
  if (outstandingMinor === 0) return 'paid';
  if (dueDate < businessDate) return outstandingMinor < totalDueMinor ? 'partPaid' : 'overdue';
  return isNext ? 'next' : 'later';
}
