// What every money form of one account shares: the account, whose it is, the payer's other accounts it may be changed for, what is read aloud,
// and the slip that writes itself. A form brings its question, its figures and its deed.

import type { ComputedRef } from 'vue';
import { computed, ref, watch } from 'vue';
import { useRouter } from 'vue-router';
import type { Refusal } from '../../../shared/contract/define.ts';
import type { HistoryLine, LoanView, SavingsView } from '../../../shared/contract/shapes.ts';
import type { Currency } from '../../../shared/kernel/money.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import { useFormat } from '../../app/format.ts';
import { useStandardWords } from '../../app/standardWords.ts';
import { useAsk, type Asked } from '../../branch/useAsk.ts';
import { useBranch } from '../../branch/useBranch.ts';
import type { FormKind } from './openForm.ts';
import { askPayer, type Member, type Payer, type PayerPage } from './payer.ts';
import { useRecordedOn, type RecordedToday } from './recordedToday.ts';
import { useSlipBase, type SlipBase } from './slipBase.ts';
import { useMoneyForm, type MoneyForm } from './useMoneyForm.ts';

/** The review's sentence: a message of the language, and what stands in it. */
export interface ReadAloud {
  readonly keypath: string;
  readonly sums: Readonly<Record<string, string>>;
  readonly ids: Readonly<Record<string, string>>;
  readonly words: Readonly<Record<string, string>>;
}

/** Null before a sum is typed. `needsManager` is asked of money that goes out. */
export function useReadAloud(
  form: MoneyForm,
  of: {
    readonly client: () => Payer | null;
    readonly currency: () => Currency;
    readonly ids: () => Readonly<Record<string, string>>;
    readonly words: () => Readonly<Record<string, string>>;
    readonly needsManager?: () => boolean;
  },
): ComputedRef<ReadAloud | null> {
  const { wayName } = useStandardWords();
  const format = useFormat();
  return computed(() => {
    if (form.amountMinor.value === null) return null;
    const change = form.changeMinor.value ?? 0;
    const way = form.paidWith.value?.cash === true ? 'cash' : 'other';
    const more = of.needsManager?.() === true ? 'Manager' : change > 0 ? 'Change' : '';
    return {
      keypath: `counter.sentence.${form.kind}.${way}${more}`,
      sums: {
        amount: format.money(form.amountMinor.value, of.currency(), true),
        client: of.client()?.displayName ?? '',
        change: format.money(change, of.currency(), true),
      },
      ids: of.ids(),
      words: { ...of.words(), way: form.paidWith.value === null ? '' : wayName(form.paidWith.value).toLocaleLowerCase() },
    };
  });
}

interface AccountForm<Page, Account> {
  readonly asked: Asked<Page>;
  readonly account: ComputedRef<Account | null>;
  readonly client: ComputedRef<Payer | null>;
  readonly form: MoneyForm;
  readonly currency: ComputedRef<Currency>;
  /** The slip as far as the account tells it; a form adds what only its deed knows. */
  readonly slip: ComputedRef<SlipBase & { readonly accountNo: string; readonly balancesAsOf: number | null }>;
  /** What the frame shows of the account, bound as it stands. */
  readonly shown: ComputedRef<{
    readonly client: Payer | null;
    readonly members: readonly Member[];
    readonly accountWord: string;
    readonly accountNo: string;
    readonly others: readonly { readonly id: string; readonly word: string }[];
    readonly currency: Currency;
    readonly sentence: ReadAloud | null;
    readonly recorded: readonly RecordedToday[];
  }>;
  readonly chooseAccount: (id: string) => void;
}

export function useAccountForm<Page extends { readonly history: readonly HistoryLine[] }, Account extends LoanView | SavingsView>(of: {
  readonly kind: Exclude<FormKind, 'basket' | 'basketPaid'>;
  readonly id: () => string;
  readonly ask: () => Promise<Result<Page, Refusal>>;
  readonly accountOf: (page: Page) => Account;
  /** The payer's accounts that this form could be for. */
  readonly othersOf: (page: PayerPage) => readonly Account[];
  readonly idOf: (account: Account) => string;
  /** The route's parameter, by which another account is chosen. */
  readonly param: 'loanId' | 'savingsId';
  readonly needsManager?: () => boolean;
  readonly isWrong?: () => boolean | 'unknown';
}): AccountForm<Page, Account> {
  const branch = useBranch();
  const router = useRouter();
  const format = useFormat();

  // With the line, what may be paid comes and goes.
  const asked = useAsk(of.ask, ['account.changed', 'sync.changed']);
  const account = computed(() => (asked.value.value === null ? null : of.accountOf(asked.value.value)));
  const askedPayer = useAsk(() => (account.value === null ? null : askPayer(branch, account.value)), ['account.changed']);
  const page = computed(() => askedPayer.value.value);
  const client = computed(() => page.value?.payer ?? null);
  const members = computed(() => page.value?.members ?? []);
  const currency = computed(() => account.value?.currency ?? format.currency.value);
  const form = useMoneyForm(
    of.kind,
    of.id,
    () => ({ clientId: client.value?.clientId ?? null, groupId: client.value?.groupId ?? null, name: client.value?.displayName ?? '' }),
    of.isWrong,
    () => asked.refusal.value !== null || client.value !== null || askedPayer.refusal.value !== null,
  );
  const recorded = useRecordedOn(of.kind, () => asked.value.value?.history ?? []);
  const sentence = useReadAloud(form, {
    client: () => client.value,
    currency: () => currency.value,
    ids: () => ({ account: account.value?.accountNo ?? '' }),
    words: () => ({ product: account.value?.productName ?? '' }),
    ...(of.needsManager === undefined ? {} : { needsManager: of.needsManager }),
  });
  const slipBase = useSlipBase(
    form,
    () => client.value,
    () => currency.value,
    () => members.value,
  );

  return {
    asked,
    account,
    client,
    form,
    currency,
    slip: computed(() => ({
      ...slipBase.value,
      accountNo: account.value?.accountNo ?? '',
      balancesAsOf: account.value?.confirmedAt ?? null,
    })),
    shown: computed(() => ({
      client: client.value,
      members: members.value,
      accountWord: account.value?.productName ?? '',
      accountNo: account.value?.accountNo ?? '',
      others: (page.value === null ? [] : of.othersOf(page.value)).map((each) => ({
        id: of.idOf(each),
        word: `${each.productName} ${each.accountNo}`,
      })),
      currency: currency.value,
      sentence: sentence.value,
      recorded: recorded.value,
    })),
    chooseAccount: (id) => void router.replace({ name: of.kind, params: { [of.param]: id } }),
  };
}

/** The two forms of a savings account. */
export function useSavingsForm(
  kind: 'deposit' | 'withdrawal',
  savingsId: () => string,
  needsManager?: () => boolean,
  isWrong?: () => boolean | 'unknown',
): AccountForm<{ readonly savings: SavingsView; readonly history: readonly HistoryLine[] }, SavingsView> {
  const branch = useBranch();
  /** A fee may be limited to one way of paying, so what is available is asked for the one that is chosen. */
  const way = ref<number | null>(null);
  const made = useAccountForm({
    kind,
    id: savingsId,
    ask: () => branch.savings.show({ savingsId: savingsId(), ...(way.value === null ? {} : { paymentTypeId: way.value }) }),
    accountOf: (page) => page.savings,
    othersOf: (page) => page.savings.filter((each) => (kind === 'deposit' ? each.mayDeposit : each.mayWithdraw)),
    idOf: (account) => account.savingsId,
    param: 'savingsId',
    ...(needsManager === undefined ? {} : { needsManager }),
    ...(isWrong === undefined ? {} : { isWrong }),
  });
  watch(made.form.paymentTypeId, (chosen) => (way.value = chosen));
  return made;
}
