// Who entered head office's own transactions of a case, how and when: asked of it once the case shows any.

import { computed, reactive, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ExceptionView } from '../../../shared/contract/sync.ts';
import { useFormat } from '../../app/format.ts';
import { useStandardWords } from '../../app/standardWords.ts';
import { useAsk } from '../../branch/useAsk.ts';
import { useBranch } from '../../branch/useBranch.ts';

export interface ToldThere {
  readonly standing: 'asking' | 'told' | 'unknown';
  /** By whom, how and entered when, in words; empty where nothing is told. */
  of(serverTransactionId: number): string;
}

export function useToldThere(view: ComputedRef<ExceptionView | null>): ToldThere {
  const { t } = useI18n();
  const format = useFormat();
  const { wayName } = useStandardWords();
  const branch = useBranch();
  const ids = computed(() =>
    [...(view.value?.candidates ?? []), ...(view.value?.unseenThere ?? [])].map((each) => each.serverTransactionId).join(' '),
  );
  const exceptionId = computed(() => (ids.value === '' ? null : (view.value?.exceptionId ?? null)));
  const asked = useAsk(
    () => (exceptionId.value === null ? null : branch.exceptions.askTransactions({ exceptionId: exceptionId.value })),
    [],
  );

  function of(serverTransactionId: number): string {
    const found = asked.value.value?.find((each) => each.serverTransactionId === serverTransactionId);
    if (found === undefined) return '';
    return [
      found.by === null ? null : t('desks.exception.unseenBy', { name: found.by }),
      found.how === null ? null : wayName({ name: found.how, cash: false }),
      found.enteredOn === null ? null : format.date(found.enteredOn, 'medium'),
    ]
      .filter((each) => each !== null)
      .join(', ');
  }
  return reactive({
    standing: computed(() => (asked.value.value !== null ? 'told' : asked.refusal.value !== null ? 'unknown' : 'asking')),
    of,
  });
}
