// Lists of loans and one loan whole.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { isLoanDecision } from '../../../shared/domain/commands/kinds/loanDecision.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import type { Currency } from '../../../shared/kernel/money.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { decisionsOn, movedBetween } from '../../journal/decidedOn.ts';
import { identityOf } from '../../journal/settings.ts';
import { sumsByCurrency } from '../cash/sumsByCurrency.ts';
import { shownHistory } from '../clients/history.ts';
import { payerOf } from '../../journal/payerOf.ts';
import { barredFrom } from '../decide/makerRule.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';
import { loanDecision } from './decideLoan.ts';
import { closedDayOf, loanView } from './loanView.ts';

type Loans = BranchContract['loans'];

export function listLoans(parts: BranchParts, input: ParsedInputOf<Loans['list']>): AnswerOf<Loans['list']> {
  return parts.store.read((read) => {
    const businessDate = currentBusinessDate(read, parts.clock);
    const { show } = input;
    // Rows say the provisional state, so a list is of those whose provisional state it names.
    const moved = show === 'all' || show === 'behind' ? undefined : movedBetween(read, show);
    const { rows, total, outstanding } = read.loans({ ...input, businessDate, ...(moved === undefined ? {} : { moved }) });
    const own = identityOf(read).currency;
    const views = rows.map((loan) => loanView(read, loan, businessDate));
    const owed = sumsByCurrency(own, outstanding);
    const late = sumsByCurrency(
      own,
      views.map(({ currency, overdueMinor }) => ({ currency, minor: overdueMinor })),
    );
    const lateIn = ({ code, decimals }: Currency): number =>
      late.others?.find(({ currency }) => currency.code === code && currency.decimals === decimals)?.minor ?? 0;
    return ok({
      rows: views.map((loan) => ({
        loanId: loan.loanId,
        clientId: loan.clientId,
        groupId: loan.groupId,
        clientName: payerOf(read, loan).name,
        accountNo: loan.accountNo,
        productName: loan.productName,
        currency: loan.currency,
        status: loan.status,
        principalMinor: loan.principalMinor,
        outstandingMinor: loan.outstandingMinor,
        overdueMinor: loan.overdueMinor,
        daysBehind: loan.daysBehind,
        nextDueDate: loan.nextDueDate,
        nextDueMinor: loan.nextDueMinor,
        unfinishedCount: loan.unfinishedCount,
        ...(loan.application === undefined ? {} : { application: loan.application.standing }),
      })),
      total,
      overdueMinor: late.ownMinor,
      outstandingMinor: owed.ownMinor,
      ...(owed.others === undefined
        ? {}
        : {
            others: owed.others.map(({ currency, minor }) => ({
              currency,
              outstandingMinor: minor,
              overdueMinor: lateIn(currency),
            })),
          }),
    });
  });
}

export function showLoan(parts: BranchParts, session: Session, input: ParsedInputOf<Loans['show']>): AnswerOf<Loans['show']> {
  return parts.store.read((read) => {
    const loan = read.loan(input.loanId);
    if (loan === null) return refuse({ code: 'loan.unknown' });
    const businessDate = currentBusinessDate(read, parts.clock);
    const view = loanView(read, loan, businessDate);
    return ok({
      loan: { ...view, ...closedDayOf(read, businessDate) },
      barred: barredFrom(read, { kind: 'loan', localId: loan.loanId }, view.deeds, session.username, 'loan.makerCannotApprove'),
      history: shownHistory(read, 'loan', loan.loanId),
      decisions: decisionsOn(read, { kind: 'loan', localId: loan.loanId }).flatMap((command) =>
        isLoanDecision(command.payload) ? [loanDecision(read, command)] : [],
      ),
    });
  });
}
