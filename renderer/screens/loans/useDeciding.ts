// What the pages of a loan and of a savings account share of deciding: which decisions this person sees, which of them she leaves to another and
// why, which one stands open, and where the next key goes when it is closed.

import { computed, nextTick, ref, watch, type ComputedRef, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Permission } from '../../../shared/domain/access/permissions.ts';
import { useSessionStore } from '../../stores/session.ts';

export interface DeedKey<Deed extends string> {
  readonly deed: Deed;
  /** Set where her rights are not what keeps her from it. */
  readonly whyNot: string | undefined;
}

interface Decidable<Deed extends string> {
  readonly deeds: readonly Deed[];
  readonly barred: readonly { readonly deed: Deed; readonly code: string }[];
}

/** `row`: what holds the keys on the page. */
export function useDeciding<Deed extends string>(
  rights: Readonly<Record<Deed, Permission>>,
  row: Readonly<Ref<HTMLElement | null>>,
  asked: () => Decidable<Deed> | null,
) {
  const { t } = useI18n();
  const session = useSessionStore();
  const keys: ComputedRef<readonly DeedKey<Deed>[]> = computed(() => {
    const { deeds, barred } = asked() ?? { deeds: [], barred: [] };
    return deeds.flatMap((deed) => {
      if (!session.may(rights[deed])) return [];
      const bar = barred.find((each) => each.deed === deed);
      return [{ deed, whyNot: bar === undefined ? undefined : t(`refusal.${bar.code}`) }];
    });
  });
  const deciding = ref(null) as Ref<Deed | null>;
  /** Of an answer that was given before: nothing was recorded now. */
  const decidedBefore = ref('');

  /** The next key belongs to whatever may be decided now; what that is may change a moment after the dialog is gone. */
  function focusDeeds(): void {
    void nextTick(() => {
      const isNowhere = document.activeElement === null || document.activeElement === document.body;
      if (deciding.value === null && isNowhere) row.value?.querySelector<HTMLElement>('button')?.focus();
    });
  }
  function closeDecision(before = ''): void {
    decidedBefore.value = before;
    deciding.value = null;
    focusDeeds();
    watch(keys, focusDeeds, { once: true });
  }
  return { keys, deciding, decidedBefore, focusDeeds, closeDecision };
}
