// Waiting, by Node's timers. A sleep never keeps a process alive that has nothing else to do.

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Timers } from '../../ports/clock.ts';

/** setTimeout takes no longer wait than this; a longer one ends early, and whoever waits looks at the clock again. */
const LONGEST_MS = 2_147_483_647;

export const nodeTimers: Timers = {
  sleep(ms) {
    let wake = (): void => undefined;
    const done = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(Math.max(0, ms), LONGEST_MS));
      timer.unref();
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    return { done, wake: () => wake() };
  },
  breathe: () => nextTurn(),
};
