// From a client to the right money form in one press: the loan that is furthest behind, the savings account that can take or give money.
// Where a client has several, the form itself lets the cashier choose another; nothing is guessed beyond the first proposal.

import type { Router } from 'vue-router';
import type { BranchApi } from '../../../shared/contract/branchContract.ts';
import type { ClientPage } from '../../../shared/contract/clients.ts';
import type { Refusal } from '../../../shared/contract/define.ts';
import type { LoanView, SavingsView } from '../../../shared/contract/shapes.ts';

export type FormKind = 'repayment' | 'deposit' | 'withdrawal';

function byNeed(a: LoanView, b: LoanView): number {
  return b.daysBehind - a.daysBehind || b.dueNowMinor - a.dueNowMinor || (a.nextDueDate ?? '9').localeCompare(b.nextDueDate ?? '9');
}

export function loanToRepay(page: ClientPage): LoanView | null {
  return page.loans.filter((loan) => loan.mayRepay).sort(byNeed)[0] ?? null;
}

export function savingsFor(page: ClientPage, kind: 'deposit' | 'withdrawal'): SavingsView | null {
  const able = page.savings.filter((account) => (kind === 'deposit' ? account.mayDeposit : account.mayWithdraw));
  return able.sort((a, b) => b.availableMinor - a.availableMinor)[0] ?? null;
}

/** Answers null when the form was opened, otherwise why not. */
export async function openForm(branch: BranchApi, router: Router, kind: FormKind, clientId: string): Promise<Refusal | null> {
  const page = await branch.clients.show({ clientId });
  if (!page.ok) return page.refusal;
  if (kind === 'repayment') {
    const loan = loanToRepay(page.value);
    if (loan === null) return { code: 'form.noLoan' };
    await router.push({ name: 'repayment', params: { loanId: loan.loanId }, query: { client: clientId } });
    return null;
  }
  const account = savingsFor(page.value, kind);
  if (account === null) return { code: kind === 'deposit' ? 'form.noDepositAccount' : 'form.noWithdrawalAccount' };
  await router.push({ name: kind, params: { savingsId: account.savingsId }, query: { client: clientId } });
  return null;
}
