// An account's statement of a period: what head office confirmed and, marked, what it has not yet.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { statementOf } from '../../../shared/domain/accounts/statement.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { confirmedAtOf, identityOf } from '../../journal/settings.ts';
import { payerOf } from '../../journal/payerOf.ts';
import type { AccountKind, LoanRecord, ReadStore, SavingsRecord } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';
import { payoutMoment } from '../savings/payoutMoment.ts';
import { savingsView } from '../savings/savingsView.ts';
import { accountHistory, newestFirst } from './history.ts';

/** Some forty pages; who wants more asks for a shorter period. */
const LINES_MOST = 1_500;

type OfLoan = BranchContract['loans']['showStatement'];
type OfSavings = BranchContract['savings']['showStatement'];
type Made = AnswerOf<OfLoan> & AnswerOf<OfSavings>;

export function showLoanStatement(parts: BranchParts, { loanId, ...period }: ParsedInputOf<OfLoan>): AnswerOf<OfLoan> {
  return parts.store.read((read) => {
    const loan = read.loan(loanId);
    return loan === null ? refuse({ code: 'loan.unknown' }) : statement(parts, read, loan, period);
  });
}

export function showSavingsStatement(parts: BranchParts, { savingsId, ...period }: ParsedInputOf<OfSavings>): AnswerOf<OfSavings> {
  return parts.store.read((read) => {
    const savings = read.savings(savingsId);
    return savings === null ? refuse({ code: 'savings.unknown' }) : statement(parts, read, savings, period);
  });
}

function statement(
  parts: BranchParts,
  read: ReadStore,
  account: LoanRecord | SavingsRecord,
  { from, to }: { readonly from: BusinessDate; readonly to: BusinessDate },
): Made {
  if (from > to) return refuse({ code: 'statement.datesTurned' });
  const savings = 'savingsId' in account ? account : null;
  const accountKind: AccountKind = savings === null ? 'loan' : 'savings';
  const accountId = 'savingsId' in account ? account.savingsId : account.loanId;
  const history = accountHistory(read, accountKind, accountId, Number.MAX_SAFE_INTEGER).lines.toSorted(newestFirst);
  const nowMinor = savings === null ? 0 : savingsView(read, savings, payoutMoment(read, parts), null).ledgerMinor;
  const { lines, unconfirmedMinor, ...balance } = statementOf(history, nowMinor, from, to);
  if (lines.length > LINES_MOST) return refuse({ code: 'statement.tooLong' });
  const { institution, officeName, practice, zone } = identityOf(read);
  const owner = payerOf(read, account);
  return ok({
    institution,
    officeName,
    practice,
    zone,
    accountKind,
    ownerName: owner.name,
    ownerNo: owner.accountNo,
    productName: account.productName,
    accountNo: account.accountNo,
    currency: account.currency,
    from,
    to,
    lines: [...lines],
    balance: savings === null ? null : balance,
    unconfirmedMinor,
    confirmedAt: confirmedAtOf(read, savings === null ? 'loans' : 'savings', account),
    madeAt: parts.clock.now(),
  });
}
