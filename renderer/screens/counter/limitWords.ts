// Which limit, by which rule, without and with a manager: one sentence for each, wherever money that is to go out is refused or asked about.

import { useI18n } from 'vue-i18n';
import { isSameLimit, type PayoutLimit, type PayoutLimits } from '../../../shared/domain/savings/withdrawal.ts';
import type { Currency } from '../../../shared/kernel/money.ts';
import { useFormat } from '../../app/format.ts';

interface Weighed extends PayoutLimits {
  readonly verdict: 'may' | 'needsManager' | 'refused';
  readonly code: string | null;
}

export function useLimitWords() {
  const { t } = useI18n();
  const format = useFormat();

  function say(way: 'alone' | 'agreed', { minor, wholeMinor, rule }: PayoutLimit, currency: Currency): string {
    const why = t(`counter.rule.${rule}`);
    const sum = wholeMinor ?? minor;
    if (way === 'alone' && sum === 0) return t('counter.verdict.aloneNothing', { why });
    const key = `counter.verdict.${way}${wholeMinor === undefined ? '' : 'Whole'}`;
    return t(key, { amount: format.money(sum, currency), why });
  }

  return {
    /** `account`: named where a limit is of one account among several. */
    say: ({ alone, agreed, verdict, code }: Weighed, currency: Currency, account?: string): readonly string[] => {
      const ofAccount = (said: string, limit?: PayoutLimit): string =>
        account === undefined || limit?.wholeMinor !== undefined ? said : t('counter.verdict.ofAccount', { account, said });
      // What is said of the account itself is said once.
      if ((agreed.wholeMinor ?? agreed.minor) === 0)
        return code?.startsWith('savings.') === true ? [] : [ofAccount(t(`counter.rule.${agreed.rule}`))];
      if (agreed.rule === 'balance' && verdict === 'refused')
        return [ofAccount(t('refusalFact.availableMinor', { value: format.money(agreed.minor, currency) }))];
      return [
        ...(isSameLimit(alone, agreed) ? [] : [ofAccount(say('alone', alone, currency), alone)]),
        ofAccount(say('agreed', agreed, currency), agreed),
      ];
    },
  };
}
