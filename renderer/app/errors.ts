// How a refusal is said. Each code has one sentence in every language; the facts that came with it become short sentences of their own,
// so that a sentence is whole whatever facts the branch could give. No human sentence ever comes from the branch itself.

import { useI18n } from 'vue-i18n';
import type { Refusal, RefusalFacts } from '../../shared/contract/define.ts';
import type { Currency } from '../../shared/kernel/money.ts';
import { useFormat } from './format.ts';
import { useHeadOfficeWords } from './headOfficeCode.ts';

export interface SaidRefusal {
  readonly sentence: string;
  readonly facts: readonly string[];
  /** Faults carry a number that a technician can look up. */
  readonly incidentId: string | null;
}

export function useRefusalWords() {
  const { t, te } = useI18n();
  const format = useFormat();
  const headOffice = useHeadOfficeWords();

  function sayFact(name: string, value: string | number | boolean | null, of: Currency): string | null {
    if (value === null || value === false) return null;
    // Head office's own reason in the reader's words; its bare code only where nobody knows it.
    if (name === 'serverCode' && typeof value === 'string' && headOffice.say(value) !== value) return headOffice.say(value);
    const key = `refusalFact.${name}`;
    if (!te(key, 'en')) return null;
    // A limit is said by the rule that makes it, in the words of the form.
    if (name.endsWith('Rule')) return t(key, { value: t(`counter.rule.${value}`) });
    if (name === 'aloneMinor' && value === 0) return t('refusalFact.aloneNothing');
    if (typeof value === 'number' && name.endsWith('Minor')) return t(key, { value: format.money(value, of, true) });
    if (typeof value === 'number' && (name.endsWith('At') || name.endsWith('Until'))) return t(key, { value: format.moment(value) });
    if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return t(key, { value: format.date(value) });
    return t(key, { value });
  }

  function sayFacts(facts: RefusalFacts | undefined): string[] {
    if (facts === undefined) return [];
    // Sums of a refusal are in the currency that it names, otherwise in the house's own.
    const { currency, decimals } = facts;
    const of = typeof currency === 'string' && typeof decimals === 'number' ? { code: currency, decimals } : format.currency.value;
    // Its sums carry the code already.
    const hasSum = typeof currency === 'string' && typeof decimals === 'number';
    return Object.entries(facts)
      .filter(([name]) => !(hasSum && name === 'currency'))
      .map(([name, value]) => sayFact(name, value, of))
      .filter((said) => said !== null);
  }

  function sayCode(code: string): string {
    return te(`refusal.${code}`, 'en') ? t(`refusal.${code}`) : t('refusalUnknown', { code });
  }

  return {
    sayCode,
    say: (refusal: Refusal): SaidRefusal => ({
      sentence: sayCode(refusal.code),
      facts: sayFacts(refusal.facts),
      incidentId: refusal.incidentId ?? null,
    }),
  };
}
