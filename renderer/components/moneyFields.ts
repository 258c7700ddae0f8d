// What stands in a money field and is no sum. A form counts the fields in which something stands that could not be read, and neither goes on
// nor falls back to another sum while there is one: an unread Given would otherwise count as the exact amount.

import type { ComputedRef, InjectionKey, Ref } from 'vue';
import { computed, inject, onScopeDispose, provide, shallowReactive, watch } from 'vue';

export interface MoneyFields {
  readonly hasUnread: ComputedRef<boolean>;
}

const key: InjectionKey<Set<symbol>> = Symbol('money fields');

/** Called by the form, before its fields are mounted. */
export function provideMoneyFields(): MoneyFields {
  const unread = shallowReactive(new Set<symbol>());
  provide(key, unread);
  return { hasUnread: computed(() => unread.size > 0) };
}

/** Called by each field: says to the form around it, if there is one, that what stands in it is no sum. */
export function tellForm(isUnread: Ref<boolean>): void {
  const unread = inject(key, null);
  if (unread === null) return;
  const me = Symbol('field');
  watch(
    isUnread,
    (now) => {
      if (now) unread.add(me);
      else unread.delete(me);
    },
    { immediate: true, flush: 'sync' },
  );
  onScopeDispose(() => unread.delete(me));
}
