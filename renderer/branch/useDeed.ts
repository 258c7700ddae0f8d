// One press that asks the branch to do something: busy while it is asked, refused or done. A second press meanwhile does nothing.

import type { Ref, ShallowRef } from 'vue';
import { ref, shallowRef } from 'vue';
import type { Refusal } from '../../shared/contract/define.ts';
import type { Ok, Result } from '../../shared/kernel/result.ts';

export interface Deed {
  readonly busy: Ref<boolean>;
  readonly refusal: ShallowRef<Refusal | null>;
  /** The answer, or null where it was refused or another is on its way. */
  readonly act: <T>(call: () => Promise<Result<T, Refusal>>) => Promise<Ok<T> | null>;
}

export function useDeed(): Deed {
  const busy = ref(false);
  const refusal = shallowRef<Refusal | null>(null);

  async function act<T>(call: () => Promise<Result<T, Refusal>>): Promise<Ok<T> | null> {
    if (busy.value) return null;
    busy.value = true;
    refusal.value = null;
    const answer = await call();
    busy.value = false;
    if (answer.ok) return answer;
    refusal.value = answer.refusal;
    return null;
  }

  return { busy, refusal, act };
}
