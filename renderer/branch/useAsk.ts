// A query that stays true: asked when the screen opens, asked again when its question or the branch changes. The last answer stays on the
// screen while a newer one is fetched, so nothing flickers or moves under the finger; a late answer to an old question is dropped. What the branch
// could not be asked just now is asked again by itself: a form never waits for a list that nobody reads any more.

import type { Ref, ShallowRef } from 'vue';
import { onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { Refusal } from '../../shared/contract/define.ts';
import type { Result } from '../../shared/kernel/result.ts';
import { ASK_AGAIN_MS, isPassing } from './untilAnswered.ts';
import type { BranchEventName } from './useBranch.ts';
import { useBranchEvents } from './useBranch.ts';

/** Progress is shown only after this long: local answers come sooner, and a flash says nothing (look.md 9). */
const SLOW_AFTER_MS = 300;

export interface Asked<T> {
  readonly value: ShallowRef<T | null>;
  readonly refusal: ShallowRef<Refusal | null>;
  /** True once an answer has taken longer than a person notices. */
  readonly slow: Ref<boolean>;
  readonly again: () => Promise<void>;
}

/** `question` may read reactive values; it is asked again when they change. Answer null from it to ask nothing. */
export function useAsk<T>(question: () => Promise<Result<T, Refusal>> | null, changedBy: readonly BranchEventName[] = []): Asked<T> {
  const value = shallowRef<T | null>(null);
  const refusal = shallowRef<Refusal | null>(null);
  const slow = ref(false);
  let asked = 0;
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function take(promise: Promise<Result<T, Refusal>> | null): Promise<void> {
    asked += 1;
    const mine = asked;
    clearTimeout(timer);
    if (promise === null) {
      value.value = null;
      refusal.value = null;
      slow.value = false;
      return;
    }
    timer = setTimeout(() => {
      slow.value = true;
    }, SLOW_AFTER_MS);
    const answer = await promise;
    if (mine !== asked) return;
    clearTimeout(timer);
    slow.value = false;
    if (answer.ok) {
      value.value = answer.value;
      refusal.value = null;
    } else {
      refusal.value = answer.refusal;
      if (!isOver && isPassing(answer.refusal)) timer = setTimeout(() => void take(question()), ASK_AGAIN_MS);
    }
  }

  watch(question, (promise) => void take(promise), { immediate: true });
  if (changedBy.length > 0) useBranchEvents(changedBy, () => void take(question()));
  onScopeDispose(() => {
    isOver = true;
    clearTimeout(timer);
  });

  return { value, refusal, slow, again: () => take(question()) };
}
