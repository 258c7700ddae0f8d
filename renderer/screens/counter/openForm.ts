// From a client to the right money form in one press: the loan that is furthest behind, the savings account that can take or give money.
// Where a client has several, the form itself lets the cashier choose another; nothing is guessed beyond the first proposal.

import { nextTick } from 'vue';
import type { Router } from 'vue-router';
import type { BranchApi } from '../../../shared/contract/branchContract.ts';
import type { Refusal } from '../../../shared/contract/define.ts';
import type { LoanView, SavingsView } from '../../../shared/contract/shapes.ts';
import { refusalOfRule } from '../../../shared/domain/savings/withdrawal.ts';
import type { Currency } from '../../../shared/kernel/money.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import { holdKeys } from '../../app/heldKeys.ts';
import { askPayer, type Owner, type PayerPage } from './payer.ts';

type PayerAccounts = Pick<PayerPage, 'loans' | 'savings'>;

export type FormKind = 'repayment' | 'deposit' | 'withdrawal' | 'basket' | 'basketPaid';

/** Whether money goes out to the client. */
export function paysOutIn(kind: FormKind): boolean {
  return kind === 'withdrawal' || kind === 'basketPaid';
}

function byNeed(a: LoanView, b: LoanView): number {
  return b.daysBehind - a.daysBehind || b.dueNowMinor - a.dueNowMinor || (a.nextDueDate ?? '9').localeCompare(b.nextDueDate ?? '9');
}

export function loanToRepay(page: PayerAccounts): LoanView | null {
  return page.loans.filter((loan) => loan.mayRepay).sort(byNeed)[0] ?? null;
}

export function savingsFor(page: PayerAccounts, kind: 'deposit' | 'withdrawal'): SavingsView | null {
  if (kind === 'withdrawal') return payingAccounts(page)[0] ?? null;
  const able = page.savings.filter((account) => account.mayDeposit);
  return able.sort((a, b) => b.payable.minor - a.payable.minor || b.availableMinor - a.availableMinor)[0] ?? null;
}

/** One total is of one money: the one that most of these accounts are kept in. */
function ofOneMoney<T extends { readonly currency: Currency }>(accounts: readonly T[]): readonly T[] {
  const moneys = [...Map.groupBy(accounts, ({ currency }) => currency.code).values()];
  return moneys.sort((one, other) => other.length - one.length)[0] ?? [];
}

/** What a client may be paid out of in one go. */
export function payBasketAccounts(page: PayerAccounts): readonly SavingsView[] {
  return ofOneMoney(payingAccounts(page));
}

/** The accounts that a client may take money out of, the one that can give most first. */
function payingAccounts(page: PayerAccounts): readonly SavingsView[] {
  const able = page.savings.filter((account) => account.mayWithdraw && account.payable.minor > 0);
  return able.sort((a, b) => b.payable.minor - a.payable.minor || b.availableMinor - a.availableMinor);
}

/** One account of a basket: what it is paid with, and what limits and follows it. Whole minor units. */
export interface BasketAccount {
  readonly kind: 'loanRepayment' | 'savingsDeposit';
  readonly accountKind: 'loan' | 'savings';
  readonly id: string;
  readonly accountNo: string;
  readonly productName: string;
  readonly currency: Currency;
  readonly dueMinor: number | null;
  /** What should have been paid before today; what stays of it is said on the slip. */
  readonly overdueMinor: number;
  /** What is owed; null where money in has no limit. */
  readonly mostMinor: number | null;
  readonly confirmedAt: number;
  readonly afterMinor: (amountMinor: number) => number | null;
}

/** What a client may pay into at once, loans first, the one that is furthest behind before all. */
export function basketAccounts(
  page: PayerAccounts,
  may: { readonly repayment: boolean; readonly deposit: boolean },
): readonly BasketAccount[] {
  const loans = page.loans.filter((loan) => may.repayment && loan.mayRepay).sort(byNeed);
  const savings = page.savings.filter((account) => may.deposit && account.mayDeposit);
  return ofOneMoney([
    ...loans.map(
      ({ loanId, accountNo, productName, currency, dueNowMinor, overdueMinor, outstandingMinor, payOff, confirmedAt }): BasketAccount => ({
        kind: 'loanRepayment',
        accountKind: 'loan',
        id: loanId,
        accountNo,
        productName,
        currency,
        dueMinor: dueNowMinor,
        overdueMinor,
        mostMinor: payOff.minor,
        confirmedAt,
        // A balance that only head office can reckon is not said.
        afterMinor: (amountMinor) => (payOff.known === 'here' ? Math.max(outstandingMinor - amountMinor, 0) : null),
      }),
    ),
    ...savings.map(({ savingsId, accountNo, productName, currency, ledgerMinor, confirmedAt }): BasketAccount => ({
      kind: 'savingsDeposit',
      accountKind: 'savings',
      id: savingsId,
      accountNo,
      productName,
      currency,
      dueMinor: null,
      overdueMinor: 0,
      mostMinor: null,
      confirmedAt,
      afterMinor: (amountMinor) => ledgerMinor + amountMinor,
    })),
  ]);
}

/** Answers null when the form was opened, otherwise why not. What is pressed meanwhile is kept for the form. */
export async function openForm(branch: BranchApi, router: Router, kind: FormKind, owner: Owner): Promise<Refusal | null> {
  const release = holdKeys();
  try {
    return await findAndOpen(branch, router, kind, owner);
  } finally {
    // The form keeps them from here on.
    await nextTick();
    release();
  }
}

async function findAndOpen(branch: BranchApi, router: Router, kind: FormKind, owner: Owner): Promise<Refusal | null> {
  const asked = await askPayer(branch, owner);
  if (!asked.ok) return asked.refusal;
  const page = asked.value;
  if (page === null) return { code: 'client.unknown' };
  if (kind === 'repayment') {
    const loan = loanToRepay(page);
    if (loan === null) return { code: 'form.noLoan' };
    await router.push({ name: 'repayment', params: { loanId: loan.loanId } });
    return null;
  }
  if (kind === 'basket') {
    // A group pays into one account at a time: a basket is one client's.
    if (owner.clientId === null || basketAccounts(page, { repayment: true, deposit: true }).length === 0)
      return { code: 'form.noBasketAccount' };
    await router.push({ name: 'basket', params: { clientId: owner.clientId } });
    return null;
  }
  if (kind === 'basketPaid' && owner.clientId !== null && payBasketAccounts(page).length > 1) {
    await router.push({ name: 'basketPaid', params: { clientId: owner.clientId } });
    return null;
  }
  // One account that can give is a withdrawal like any other, and a group pays out of one at a time.
  const way = kind === 'basketPaid' ? 'withdrawal' : kind;
  const account = savingsFor(page, way);
  if (account === null && way === 'withdrawal' && page.rule !== 'balance') return { code: refusalOfRule(page.rule) };
  if (account === null) return { code: way === 'deposit' ? 'form.noDepositAccount' : 'form.noWithdrawalAccount' };
  await router.push({ name: way, params: { savingsId: account.savingsId } });
  return null;
}

/** Whose the account of a form is, where only the form is known. */
export async function askPayerOfForm(
  branch: BranchApi,
  { kind, accountId }: { readonly kind: FormKind; readonly accountId: string },
): Promise<Result<PayerPage | null, Refusal>> {
  if (kind === 'basket' || kind === 'basketPaid') return askPayer(branch, { clientId: accountId, groupId: null });
  if (kind === 'repayment') {
    const page = await branch.loans.show({ loanId: accountId });
    return page.ok ? askPayer(branch, page.value.loan) : page;
  }
  const page = await branch.savings.show({ savingsId: accountId });
  return page.ok ? askPayer(branch, page.value.savings) : page;
}
