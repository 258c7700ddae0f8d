// A payout that head office was told of is taken back at the counter, on its own day: the cash lies in the drawer again under a paper that names the
// voucher, and head office is asked to undo what it holds. `approver` is a second person whose password was checked before.

import type { AnswerOf, ParsedInputOf, RefusalOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { openEffects } from '../../../shared/domain/accounts/reconcile.ts';
import { isUnsent } from '../../../shared/domain/commands/applyOutcome.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import { isLoanDisbursal } from '../../../shared/domain/commands/kinds/loanDisbursal.ts';
import { isBesidePayout, mayUndoDisbursal } from '../../../shared/domain/loans/undoDisbursal.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { decisionsOn, provisionalStatus } from '../../journal/decidedOn.ts';
import { payerOnPaper } from '../../journal/payerOf.ts';
import { confirmedAtOf } from '../../journal/settings.ts';
import type { LoanRecord, ReadStore } from '../../ports/store.ts';
import { inMoneyOf } from '../cash/currencies.ts';
import { counterOperation } from '../counter/counterOperation.ts';
import type { BranchParts } from '../parts.ts';
import { nameOf } from '../savings/payWithdrawal.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';

type Method = BranchContract['loans']['undoDisbursal'];

export function undoDisbursal(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: ParsedInputOf<Method>,
  approver: string,
): AnswerOf<Method> {
  const wanted = [{ kind: 'disbursalUndo', accountId: input.loanId, amountMinor: input.amountMinor }];
  const form = { ...input, note: input.reason };
  return counterOperation<RefusalOf<Method>>(parts, clockWatch, session, form, wanted, (write, { businessDate }) => {
    const loan = write.loan(input.loanId);
    if (loan === null || loan.gone) return refuse({ code: 'loan.unknown' });
    const payout = payoutOf(write, loan);
    const may = judge(write, loan, payout, businessDate);
    if (!may.ok) return refuse(may.refusal);
    const receipt = payout?.receiptId == null ? null : write.receipt(payout.receiptId);
    if (payout === null || receipt === null || !isLoanDisbursal(payout.payload)) return refuse({ code: 'disbursal.notFromHere' });
    // The whole of it comes back, as it was counted out.
    if (receipt.amountMinor !== input.amountMinor)
      return refuse({ code: 'disbursal.sumChanged', facts: inMoneyOf(loan.currency, { amountMinor: receipt.amountMinor }) });
    const { payment, principalMinor } = payout.payload;
    const undone = { loanId: loan.loanId, disbursalId: payout.commandId, undoesReceipt: receipt.number, principalMinor };
    return ok({
      payer: payerOnPaper(write, receipt),
      handedBy: null,
      paid: { payment, paymentTypeName: receipt.paymentTypeName, cash: true, givenMinor: null, notes: null },
      agreedBy: nameOf(write, approver),
      undoes: receipt.number,
      lines: [
        {
          kind: 'disbursalUndo',
          account: { kind: 'loan', id: loan.loanId, accountNo: loan.accountNo, productName: loan.productName, currency: loan.currency },
          amountMinor: receipt.amountMinor,
          allocation: null,
          parts: null,
          fee: null,
          balanceAfterMinor: null,
          nextDueDate: null,
          nextDueMinor: null,
          balancesAsOf: confirmedAtOf(write, 'loans', loan),
          payloadOf: (money) => ({ kind: 'disbursalUndo', ...undone, ...money }),
          facts: { undoes: receipt.number, disbursal: payout.commandId, agreedBy: approver },
        },
      ],
    });
  });
}

/** What would come back over the counter; null where nothing may. */
export function undoPayoutMinor(read: ReadStore, loan: LoanRecord, businessDate: BusinessDate): number | null {
  const payout = payoutOf(read, loan);
  if (payout?.receiptId == null || !judge(read, loan, payout, businessDate).ok) return null;
  return read.receipt(payout.receiptId)?.amountMinor ?? null;
}

/** What paid it out here, if that was the last that was decided of it. */
function payoutOf(read: ReadStore, { loanId }: LoanRecord): CommandRecord | null {
  const [latest] = decisionsOn(read, { kind: 'loan', localId: loanId });
  return latest !== undefined && isLoanDisbursal(latest.payload) ? latest : null;
}

function judge(read: ReadStore, loan: LoanRecord, payout: CommandRecord | null, businessDate: BusinessDate) {
  const effects = openEffects(read.effectsOf('loan', loan.loanId));
  const receipt = payout?.receiptId == null ? null : read.receipt(payout.receiptId);
  const mark = payout === null || receipt === null ? null : { externalId: payout.commandId, receiptNumber: receipt.number };
  return mayUndoDisbursal({
    status: provisionalStatus(read, loan),
    disputed: effects.some(({ standing }) => standing === 'disputed'),
    payout:
      payout === null || receipt === null
        ? null
        : { state: payout.state, cash: receipt.cash, businessDate: receipt.businessDate, unsent: isUnsent(payout) },
    postedSince:
      effects.some(({ commandId }) => commandId !== payout?.commandId) ||
      read.loanTransactions(loan.loanId).some((transaction) => isBesidePayout(transaction, mark)),
    businessDate,
  });
}
