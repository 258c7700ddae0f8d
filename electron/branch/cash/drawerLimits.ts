// What the house lets lie in a drawer, asked of drawers: where one stands, and whether cash is moved any further that way. Nobody is answered with
// what must lie in it, nor with a sum that is reckoned from it (ADR 0007, ADR 0035).

import type { Refusal } from '../../../shared/contract/define.ts';
import { NO_LIMIT, passedBy, stoppedBy, type DrawerLimit, type PassedLimit } from '../../../shared/domain/cash/drawerLimits.ts';
import { readSetting } from '../../journal/settings.ts';
import type { DrawerRecord, ReadStore } from '../../ports/store.ts';
import { expectedInDrawer } from '../counter/operationDay.ts';
import { currencyNamed, inMoneyOf } from './currencies.ts';

export function limitOf(read: ReadStore, currency: string): DrawerLimit {
  return readSetting(read, 'drawerLimits')?.limits[currency] ?? NO_LIMIT;
}

/** Null between the two, and of a drawer that takes no more money. */
export function passedLimitOf(read: ReadStore, drawer: DrawerRecord): PassedLimit | null {
  if (drawer.closedAt !== null || read.drawerCounts(drawer.drawerId).length > 0) return null;
  return passedBy(limitOf(read, drawer.currency), expectedOf(read, drawer));
}

/** Why the drawer takes no more: the house wants no more in it than lies there. */
export function whyNotInto(read: ReadStore, drawer: DrawerRecord, whose: 'client' | 'house'): Refusal<'drawer.aboveMost'> | null {
  const stopped = stoppedAt(read, drawer, 'in', whose);
  return stopped === null ? null : { code: 'drawer.aboveMost', facts: inMoney(read, drawer, { toVaultMinor: stopped.moveMinor }) };
}

/** Why the drawer gives no more. To the vault and to a colleague it always gives: so it is emptied in the evening. */
export function whyNotOutOf(read: ReadStore, drawer: DrawerRecord, whose: 'client' | 'house'): Refusal<'drawer.belowLeast'> | null {
  const stopped = stoppedAt(read, drawer, 'out', whose);
  return stopped === null ? null : { code: 'drawer.belowLeast', facts: inMoney(read, drawer, { fromVaultMinor: stopped.moveMinor }) };
}

/** What lies in it is added up only where the house set a limit: each receipt asks. */
function stoppedAt(read: ReadStore, drawer: DrawerRecord, way: 'in' | 'out', whose: 'client' | 'house'): PassedLimit | null {
  const limit = limitOf(read, drawer.currency);
  return limit.least === null && limit.most === null ? null : stoppedBy(limit, expectedOf(read, drawer), way, whose);
}

function expectedOf(read: ReadStore, drawer: DrawerRecord): number {
  return expectedInDrawer(drawer, read.drawerTotals(drawer.drawerId));
}

function inMoney(read: ReadStore, { currency }: DrawerRecord, facts: Readonly<Record<string, number>>) {
  return inMoneyOf(currencyNamed(read, currency), facts);
}
