// Why an item waits, as one sentence. "Why is it waiting" is the only question asked at the sync desk, so each reason names what it waits for.

import { useI18n } from 'vue-i18n';
import type { SyncItem } from '../../../shared/contract/shapes.ts';
import { useFormat } from '../../app/format.ts';
import { useHeadOfficeWords } from '../../app/headOfficeCode.ts';

/** 'KTL-02-261120-0046-D' is spoken of as 0046. Anything else is left whole. */
export function shortNumber(text: string): string {
  const parts = text.split('-');
  return parts.length >= 5 ? (parts[parts.length - 2] ?? text) : text;
}

export function useReasonWords() {
  const { t } = useI18n();
  const format = useFormat();
  const headOffice = useHeadOfficeWords();

  function say(item: SyncItem): string {
    const detail = item.reasonDetail;
    switch (item.reason) {
      case 'refused':
        return detail === null ? t('desks.reason.refused') : t('desks.reason.refusedBecause', { why: headOffice.sayInside(detail) });
      case 'sameAccountEarlier':
      case 'sameAccountNeedsYou':
        return detail === null ? t(`desks.reason.${item.reason}`) : t(`desks.reason.${item.reason}Of`, { number: shortNumber(detail) });
      case 'dependencyFirst':
      case 'dependencyNeedsYou': {
        const [nearest] = item.waitsFor.filter(({ needsYou }) => needsYou || item.reason === 'dependencyFirst');
        return nearest === undefined
          ? t(`desks.reason.${item.reason}`)
          : t(`desks.reason.${item.reason}Of`, { what: `${t(`desks.kind.${nearest.kind}`)} ${nearest.about}` });
      }
      case 'stopped':
        return t('desks.reason.stopped', { incident: detail ?? '' });
      case 'makerMustSignIn':
        return t('desks.reason.makerMustSignIn', { name: detail ?? item.recordedBy });
      case 'waitingForChecker':
        return detail === null ? t('desks.reason.waitingForChecker') : t('desks.reason.checkerUnseen');
      case 'backingOff':
        return item.nextAttemptAt === null
          ? t('desks.reason.backingOff')
          : t('desks.reason.backingOffUntil', { time: format.time(item.nextAttemptAt) });
      default:
        return t(`desks.reason.${item.reason}`);
    }
  }

  return { say };
}
