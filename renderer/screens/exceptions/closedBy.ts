// Who closed a case, in a sentence: a person, or head office's own books.

import { useI18n } from 'vue-i18n';
import type { ExceptionView } from '../../../shared/contract/sync.ts';
import { useFormat } from '../../app/format.ts';

export function useClosedBy() {
  const { t } = useI18n();
  const format = useFormat();
  return (closed: NonNullable<ExceptionView['closed']>): string => {
    const when = format.moment(closed.at);
    return closed.by === null
      ? t('desks.exception.closedByHeadOffice', { when })
      : t('desks.exception.closedBy', { name: closed.by, when });
  };
}
