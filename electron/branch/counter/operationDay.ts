// Before money moves at a counter: the business day is open, the cashier's drawer is open on that day, the clock is not in doubt, and the day
// is head office's too, or somebody said that it may be another.

import { expectedMinorOf } from '../../../shared/domain/cash/drawerIdentity.ts';
import type { Refusal } from '../../../shared/contract/define.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { identityOf } from '../../journal/settings.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DrawerRecord, DrawerTotals, ReadStore } from '../../ports/store.ts';
import { dateDoubt } from '../cash/dateDoubt.ts';
import type { ClockWatch } from '../session/clockWatch.ts';

export type CounterRefusal =
  | 'drawer.notOpen'
  | 'drawer.counted'
  | 'businessDay.closed'
  | 'businessDay.otherThanHeadOffice'
  | 'device.newCodeNeeded'
  | 'clock.answerFirst';

export function openCounter(
  store: ReadStore,
  clockWatch: ClockWatch,
  username: string,
  clock: Clock,
): Result<DrawerRecord, Refusal<CounterRefusal>> {
  if (clockWatch.unanswered(store) !== null) return refuse({ code: 'clock.answerFirst' });
  const day = store.openDay();
  if (day === null) return refuse({ code: 'businessDay.closed' });
  const drawer = store.openDrawerOf(username);
  if (drawer === null || drawer.businessDate !== day.businessDate) return refuse({ code: 'drawer.notOpen' });
  if (identityOf(store).newCodeSince !== undefined) return refuse({ code: 'device.newCodeNeeded' });
  const doubt = dateDoubt(store, clock, day.businessDate);
  if (doubt !== null) return refuse({ code: 'businessDay.otherThanHeadOffice', facts: { ...doubt } });
  // What was counted stays as it was counted: the next client is served from a drawer that is opened anew.
  if (store.drawerCounts(drawer.drawerId).length > 0) return refuse({ code: 'drawer.counted' });
  return ok(drawer);
}

export function expectedInDrawer(drawer: DrawerRecord, totals: DrawerTotals): number {
  return expectedMinorOf({ openingMinor: drawer.openingMinor, ...totals });
}
