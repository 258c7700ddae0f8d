// What is asked for of a loan product, field by field, and its schedule, which is reckoned again with every key: the calculator's page and the
// application's have it in common.

import { computed, ref, watch, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { OutputOf, Refusal } from '../../../shared/contract/define.ts';
import { INSTALLMENTS_MOST } from '../../../shared/domain/commands/kinds/loanApplication.ts';
import { minorToDecimal } from '../../../shared/kernel/money.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import { readSum, type SumRules } from '../../../shared/kernel/sumText.ts';
import { signsOf, useFormat } from '../../app/format.ts';
import { useAsk } from '../../branch/useAsk.ts';
import { useBranch } from '../../branch/useBranch.ts';

type Product = OutputOf<BranchContract['loans']['listProducts']>['products'][number];
type Calculated = OutputOf<BranchContract['loans']['calculate']>;

/** As fine as head office keeps a rate; beyond four digits before the sign it takes none. */
const RATE_DECIMALS = 6;
const RATE_BELOW = 10_000 * 10 ** RATE_DECIMALS;

export type LoanTerms = ReturnType<typeof useLoanTerms>;

/** `on`: the day on which it is paid out, and the day on which it is applied for; null until they are known. */
export function useLoanTerms(
  products: Ref<readonly Product[]>,
  on: Ref<{ readonly disbursedOn: string; readonly submittedOn: string } | null>,
) {
  const { t, n, locale } = useI18n();
  const format = useFormat();
  const branch = useBranch();

  const chosen = ref('');
  const product = computed(() => products.value.find(({ productId }) => String(productId) === chosen.value) ?? products.value[0] ?? null);
  const productChosen = computed({ get: () => String(product.value?.productId ?? ''), set: (value) => (chosen.value = value) });
  const choices = computed(() => products.value.map(({ productId, name }) => ({ value: String(productId), words: name })));

  const principalMinor = ref<number | null>(null);
  const installments = ref('');
  const rate = ref('');
  const firstOn = ref('');
  /** What was typed before belongs to the product that it was typed for. */
  let typedFor: number | null = null;
  watch(
    () => product.value?.productId,
    (productId) => {
      const at = product.value;
      if (at === null || productId === typedFor) return;
      typedFor = at.productId;
      // From here on it is this one that is asked for, whatever another round brings before it in the list.
      chosen.value = String(at.productId);
      principalMinor.value = at.principal.usual;
      installments.value = String(at.installments.usual);
      // With the reader's own sign between whole and part, as everything else on the page.
      rate.value = String(Number(at.rate.usual)).replace('.', signsOf(locale.value).decimal);
    },
    { immediate: true },
  );

  /** Numbers are read by the rule of every sum: what could be two of them, or none, is refused under its field and is nobody's term. */
  function rulesOf(decimals: number): SumRules {
    return { signs: signsOf(locale.value), currency: { code: '', decimals }, zeroAllowed: decimals > 0 };
  }
  const readings = computed(() => ({
    installments: readSum(installments.value, rulesOf(0)),
    rate: readSum(rate.value, rulesOf(RATE_DECIMALS)),
  }));

  /** Null until the terms are whole. */
  const whole = computed(() => {
    const at = product.value;
    const { installments: count, rate: percent } = readings.value;
    if (at === null || principalMinor.value === null || count.kind !== 'sum' || count.minor > INSTALLMENTS_MOST) return null;
    if (percent.kind !== 'sum' || percent.minor >= RATE_BELOW) return null;
    return {
      productId: at.productId,
      principalMinor: principalMinor.value,
      installments: count.minor,
      ratePercent: minorToDecimal(percent.minor, RATE_DECIMALS).replace(/\.?0+$/, ''),
      ...(firstOn.value === '' ? {} : { firstRepaymentOn: firstOn.value }),
    };
  });

  const asksSchedule = useAsk((): Promise<Result<Calculated, Refusal>> | null =>
    whole.value === null || on.value === null ? null : branch.loans.calculate({ ...whole.value, ...on.value }),
  );
  const answer = computed(() => (whole.value === null ? null : asksSchedule.value.value));

  /** Why what stands in a field is no number, with those that it could mean. */
  function unreadWords(field: 'installments' | 'rate'): string | undefined {
    const reading = readings.value[field];
    const typed = (field === 'rate' ? rate : installments).value.trim();
    const scale = field === 'rate' ? 10 ** RATE_DECIMALS : 1;
    const most = field === 'rate' ? RATE_BELOW - 1 : INSTALLMENTS_MOST;
    if (reading.kind === 'empty' || (reading.kind === 'sum' && reading.minor <= most)) return undefined;
    if (reading.kind === 'sum') return t('loans.calculator.tooMuch', { bound: n(Math.floor(most / scale)) });
    const couldBe = reading.why === 'unsure' ? reading.couldBe.filter((minor) => minor <= most) : [];
    const [one, other] = couldBe.map((minor) => n(minor / scale, { maximumFractionDigits: RATE_DECIMALS }));
    if (one === undefined) return t(`loans.calculator.unread.${field}`, { typed });
    return other === undefined ? t('app.amountIsIt', { typed, one }) : t('app.amountIsItOr', { typed, one, other });
  }

  function outWords(field: 'principal' | 'installments' | 'rate'): string | undefined {
    const unread = field === 'principal' ? undefined : unreadWords(field);
    if (unread !== undefined) return unread;
    const out = answer.value?.out.find((each) => each.field === field);
    const at = product.value;
    if (out === undefined || at === null) return undefined;
    const bound = field === 'principal' ? format.money(Number(out.bound), at.currency, true) : n(Number(out.bound));
    return t(`loans.calculator.${out.why}`, { bound });
  }

  /** What lay in a draft. */
  function put(kept: { productId: string; principalMinor: number | null; installments: string; rate: string; firstOn: string }): void {
    chosen.value = kept.productId;
    typedFor = Number(kept.productId);
    principalMinor.value = kept.principalMinor;
    installments.value = kept.installments;
    rate.value = kept.rate;
    firstOn.value = kept.firstOn;
  }

  return {
    product,
    productChosen,
    choices,
    principalMinor,
    installments,
    rate,
    firstOn,
    whole,
    answer,
    schedule: computed(() => answer.value?.schedule ?? null),
    refusal: asksSchedule.refusal,
    outWords,
    put,
  };
}
