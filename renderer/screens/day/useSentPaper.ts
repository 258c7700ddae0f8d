// A report or a slip on its way to paper: one at a time, and afterwards in words whether paper came out, as which copy, or why not.

import { ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Refusal } from '../../../shared/contract/define.ts';
import type { SentNow } from '../../stores/printing.ts';

/** `send` answers null while there is nothing to print yet. */
export function useSentPaper(send: () => Promise<SentNow> | null) {
  const { t } = useI18n();
  const busy = ref(false);
  const refusal = shallowRef<Refusal | null>(null);
  const said = ref<string | null>(null);
  /** Nobody told whether paper came out: whoever stands there looks. */
  const isUnsure = ref(false);

  async function print(): Promise<void> {
    const sent = busy.value ? null : send();
    if (sent === null) return;
    busy.value = true;
    said.value = null;
    const { copy, came, refusal: why } = await sent;
    busy.value = false;
    refusal.value = why;
    if (copy === null) return;
    isUnsure.value = came !== 'out';
    if (came === 'unsure') said.value = t('desks.report.unsure');
    else if (came === 'toWindow') said.value = copy === 0 ? t('desks.report.toWindow') : t('desks.report.toWindowCopy', { number: copy });
    else said.value = copy === 0 ? t('desks.report.printed') : t('desks.report.printedCopy', { number: copy });
  }

  return { busy, refusal, said, isUnsure, print };
}
