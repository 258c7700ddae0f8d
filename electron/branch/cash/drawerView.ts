// A drawer with its sums. What must lie in it follows from our own receipts alone, never from head office's cashier totals (I7).

import type { DrawerView } from '../../../shared/contract/shapes.ts';
import { identityOf } from '../../journal/settings.ts';
import type { DrawerRecord, ReadStore } from '../../ports/store.ts';
import { expectedInDrawer } from '../counter/operationDay.ts';

export function drawerView(store: ReadStore, drawer: DrawerRecord): DrawerView {
  const totals = store.drawerTotals(drawer.drawerId);
  return {
    drawerId: drawer.drawerId,
    name: drawer.name,
    businessDate: drawer.businessDate,
    openedBy: store.staff(drawer.username)?.displayName ?? drawer.username,
    openedAt: drawer.openedAt,
    closedAt: drawer.closedAt,
    currency: { code: drawer.currency, decimals: identityOf(store).currency.decimals },
    openingMinor: drawer.openingMinor,
    takenMinor: totals.takenMinor,
    paidMinor: totals.paidMinor,
    expectedMinor: expectedInDrawer(drawer, totals),
    countedMinor: drawer.countedMinor,
    differenceMinor: drawer.differenceMinor,
    receipts: totals.receipts,
  };
}
