// A clock that stands still in the morning of the first day: the secrets' tests need an hour, not the passing of time.

import type { Clock } from '../../electron/ports/clock.ts';
import { branchClock, instantOf } from '../world/branchClock.ts';
import { createVirtualTime } from '../world/virtualTime.ts';

export const FIRST = instantOf('2026-11-20', 9);

export function standingClock(): Clock {
  return branchClock(createVirtualTime(FIRST), () => 0, FIRST);
}
