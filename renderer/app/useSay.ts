// The words of this page for whoever writes lines that stand on paper too; a count chooses among the words for one and for many.

import { useI18n } from 'vue-i18n';
import type { SlipWords } from '../../shared/domain/receipts/slipLines.ts';

export function useSay(): SlipWords['say'] {
  const { t } = useI18n();
  return (key, facts) => {
    if (facts === undefined) return t(key);
    const count = facts['count'];
    return typeof count === 'number' ? t(key, facts, count) : t(key, facts);
  };
}
