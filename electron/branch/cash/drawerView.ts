// A drawer with its sums. What must lie in it follows from our own receipts alone, never from head office's cashier totals (I7). Whoever
// holds it is not told that sum before they have counted; a manager may look into the drawers of others at any time.

import type { DrawerView } from '../../../shared/contract/shapes.ts';
import { isPermitted } from '../../../shared/domain/access/permissions.ts';
import { judgeCount } from '../../../shared/domain/cash/drawerCount.ts';
import { currencyNamed } from './currencies.ts';
import type { DrawerRecord, ReadStore } from '../../ports/store.ts';
import { expectedInDrawer } from '../counter/operationDay.ts';
import { isSamePerson } from '../session/samePerson.ts';

/** No count can be this; so it asks whether another count is left. */
const ANOTHER_SUM = -1;

export function drawerView(store: ReadStore, drawer: DrawerRecord, viewer: string): DrawerView {
  const totals = store.drawerTotals(drawer.drawerId);
  const counts = store.drawerCounts(drawer.drawerId);
  const isTold = drawer.closedAt !== null || counts.length > 0 || mayLookInto(store, drawer, viewer);
  return {
    drawerId: drawer.drawerId,
    name: drawer.name,
    businessDate: drawer.businessDate,
    openedBy: store.staff(drawer.username)?.displayName ?? drawer.username,
    openedAt: drawer.openedAt,
    closedAt: drawer.closedAt,
    currency: currencyNamed(store, drawer.currency),
    openingMinor: drawer.openingMinor,
    takenMinor: isTold ? totals.takenMinor : null,
    paidMinor: isTold ? totals.paidMinor : null,
    expectedMinor: isTold ? expectedInDrawer(drawer, totals) : null,
    counts: counts.map(({ countedMinor, expectedMinor, at }) => ({ countedMinor, differenceMinor: countedMinor - expectedMinor, at })),
    mayRecount: drawer.closedAt === null && judgeCount(counts, ANOTHER_SUM) === 'counts',
    countedMinor: drawer.countedMinor,
    differenceMinor: drawer.differenceMinor,
    receipts: totals.receipts,
  };
}

function mayLookInto(store: ReadStore, drawer: DrawerRecord, viewer: string): boolean {
  return !isSamePerson(store, drawer.username, viewer) && isPermitted('day.close', new Set(store.staff(viewer)?.permissions ?? []));
}
