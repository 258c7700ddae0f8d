// The terms of a loan as they were agreed at this branch, line by line, as its paper and whoever decides on it read them.

import { useI18n } from 'vue-i18n';
import type { LoanPaper } from '../../shared/contract/shapes.ts';
import { useFormat } from '../app/format.ts';

export function useAgreedTerms(): (terms: LoanPaper['terms']) => readonly { readonly what: string; readonly is: string }[] {
  const { t, n } = useI18n();
  const format = useFormat();
  return (said) => {
    if (said === null) return [];
    const rate = t('loans.paper.rate', {
      rate: n(Number(said.ratePercent)),
      per: said.ratePer === null ? '' : t(`loans.calculator.per.${said.ratePer}`),
    }).trim();
    return [
      {
        what: t('loans.calculator.installments'),
        is: `${n(said.installments)}, ${t(`loans.calculator.every.${said.unit}`, { count: said.every }, said.every)}`,
      },
      { what: t('loans.calculator.interest'), is: rate },
      { what: t('loans.apply.submittedOn'), is: format.date(said.submittedOn, 'medium') },
      { what: t('loans.apply.expectedOn'), is: format.date(said.expectedOn, 'medium') },
      ...(said.purpose === null ? [] : [{ what: t('loans.apply.purpose'), is: said.purpose }]),
      ...(said.officer === null ? [] : [{ what: t('loans.apply.officer'), is: said.officer }]),
      ...(said.charges.length === 0 ? [] : [{ what: t('loans.paper.charges'), is: said.charges.join(', ') }]),
    ];
  };
}
