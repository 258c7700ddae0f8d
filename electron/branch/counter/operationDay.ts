// Before money moves at a counter: the business day is open, the cashier's drawer is open on that day, the clock is not in doubt, and the day
// is head office's too, or somebody said that it may be another.

import { expectedMinorOf } from '../../../shared/domain/cash/drawerIdentity.ts';
import type { Refusal } from '../../../shared/contract/define.ts';
import type { Currency } from '../../../shared/kernel/money.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { identityOf } from '../../journal/settings.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DrawerRecord, DrawerTotals, ReadStore } from '../../ports/store.ts';
import { currencyNamed } from '../cash/currencies.ts';
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
  const drawers = store.openDrawersOf(username).filter((drawer) => drawer.businessDate === day.businessDate);
  if (drawers.length === 0) return refuse({ code: 'drawer.notOpen' });
  if (identityOf(store).newCodeSince !== undefined) return refuse({ code: 'device.newCodeNeeded' });
  const doubt = dateDoubt(store, clock, day.businessDate);
  if (doubt !== null) return refuse({ code: 'businessDay.otherThanHeadOffice', facts: { ...doubt } });
  // What was counted stays as it was counted: the next client is served from a drawer that is opened anew.
  const drawer = drawers.find((each) => store.drawerCounts(each.drawerId).length === 0);
  return drawer === undefined ? refuse({ code: 'drawer.counted' }) : ok(drawer);
}

/**
 * The drawer that this money goes into or comes out of: cash of a currency only where one was opened with it, anything else where they sit. An
 * account that head office keeps in the same money with other places than the branch's others is not served: its minor units would be added
 * to units of another size.
 */
export function drawerTaking(
  store: ReadStore,
  counter: DrawerRecord,
  currency: Currency,
  cash: boolean,
): Result<DrawerRecord, { readonly code: DrawerTakingRefusal; readonly facts?: { readonly currency: string } }> {
  if (currencyNamed(store, currency.code).decimals !== currency.decimals)
    return refuse({ code: 'currency.otherPlaces', facts: { currency: currency.code } });
  if (!cash || counter.currency === currency.code) return ok(counter);
  const drawer = store.openDrawerOf(counter.username, currency.code);
  if (drawer === null || drawer.businessDate !== counter.businessDate)
    return refuse({ code: 'drawer.otherCurrency', facts: { currency: currency.code } });
  return store.drawerCounts(drawer.drawerId).length > 0 ? refuse({ code: 'drawer.counted' }) : ok(drawer);
}

export type DrawerTakingRefusal = 'drawer.otherCurrency' | 'drawer.counted' | 'currency.otherPlaces';

export function expectedInDrawer(drawer: DrawerRecord, totals: DrawerTotals): number {
  return expectedMinorOf({ openingMinor: drawer.openingMinor, ...totals });
}

/** How much lies in it is not told: its holder counts it blind. */
export function hasCash(read: ReadStore, drawer: DrawerRecord, amountMinor: number): boolean {
  return expectedInDrawer(drawer, read.drawerTotals(drawer.drawerId)) >= amountMinor;
}
