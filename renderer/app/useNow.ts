// The time that a page shows, going on while it is open.
import { onUnmounted, ref, type Ref } from 'vue';
import { nowMs } from './wallClock.ts';

const TICK_MS = 5_000;

/** Epoch milliseconds. */
export function useNow(): Readonly<Ref<number>> {
  const now = ref(nowMs());
  const tick = setInterval(() => (now.value = nowMs()), TICK_MS);
  onUnmounted(() => clearInterval(tick));
  return now;
}
