// The date the books carry now: the open business day, or the calendar day while none is open.

import type { BusinessDate } from '../../shared/kernel/businessDate.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStore } from '../ports/store.ts';

export function currentBusinessDate(store: ReadStore, clock: Clock): BusinessDate {
  return store.openDay()?.businessDate ?? clock.localDate(clock.now());
}

/** The newest day that head office can have open: nobody closes books of a day that has not ended. Our own day may have been left open. */
export function openDayThere(store: ReadStore, clock: Clock): BusinessDate {
  const ours = currentBusinessDate(store, clock);
  const today = clock.localDate(clock.now());
  return ours > today ? ours : today;
}
