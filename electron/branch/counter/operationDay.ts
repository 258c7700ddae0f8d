// Before money moves at a counter: the business day is open, the cashier's drawer is open on that day, and the clock is not in doubt.

import { expectedMinorOf } from '../../../shared/domain/cash/drawerIdentity.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import type { DrawerRecord, DrawerTotals, ReadStore } from '../../ports/store.ts';
import type { ClockWatch } from '../session/clockWatch.ts';

export type CounterRefusal = 'drawer.notOpen' | 'drawer.counted' | 'businessDay.closed' | 'clock.answerFirst';

export function openCounter(
  store: ReadStore,
  clockWatch: ClockWatch,
  username: string,
): Result<DrawerRecord, { readonly code: CounterRefusal }> {
  if (clockWatch.unanswered(store) !== null) return refuse({ code: 'clock.answerFirst' });
  const day = store.openDay();
  if (day === null) return refuse({ code: 'businessDay.closed' });
  const drawer = store.openDrawerOf(username);
  if (drawer === null || drawer.businessDate !== day.businessDate) return refuse({ code: 'drawer.notOpen' });
  // What was counted stays as it was counted: the next client is served from a drawer that is opened anew.
  if (store.drawerCounts(drawer.drawerId).length > 0) return refuse({ code: 'drawer.counted' });
  return ok(drawer);
}

export function expectedInDrawer(drawer: DrawerRecord, totals: DrawerTotals): number {
  return expectedMinorOf({ openingMinor: drawer.openingMinor, ...totals });
}
