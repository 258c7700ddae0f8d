// A sum beside each of several accounts of one client; what they add up to is the form's sum.

import { computed, watch, type ComputedRef } from 'vue';
import type { MoneyForm } from './useMoneyForm.ts';

export interface Sums<Account> {
  /** Those with a sum. */
  readonly filled: ComputedRef<readonly { readonly account: Account; readonly amountMinor: number }[]>;
  readonly figures: ComputedRef<readonly { readonly word: string; readonly accountNo: string; readonly minor: number }[]>;
}

export function useSums<Account extends { readonly productName: string; readonly accountNo: string }>(
  form: MoneyForm,
  accounts: () => readonly Account[],
  idOf: (account: Account) => string,
): Sums<Account> {
  const filled = computed(() =>
    accounts().flatMap((account) => {
      const amountMinor = form.lineMinors.value[idOf(account)] ?? 0;
      return amountMinor > 0 ? [{ account, amountMinor }] : [];
    }),
  );
  const totalMinor = computed(() => filled.value.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
  watch(totalMinor, (minor) => (form.amountMinor.value = minor === 0 ? null : minor), { immediate: true });
  const figures = computed(() =>
    filled.value.map(({ account, amountMinor }) => ({ word: account.productName, accountNo: account.accountNo, minor: amountMinor })),
  );
  return { filled, figures };
}
