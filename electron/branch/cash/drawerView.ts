// A drawer with its sums. What must lie in it follows from our own receipts alone, never from head office's cashier totals (I7). Whoever
// holds it is not told that sum while a count is left to them; a manager may look into the drawers of others at any time.

import type { DrawerView } from '../../../shared/contract/shapes.ts';
import { isPermitted } from '../../../shared/domain/access/permissions.ts';
import { isCountedOut, judgeCount, toleranceMinor } from '../../../shared/domain/cash/drawerCount.ts';
import { currencyNamed } from './currencies.ts';
import { passedLimitOf } from './drawerLimits.ts';
import { areNotesTold } from '../../journal/settings.ts';
import type { DrawerRecord, ReadStore } from '../../ports/store.ts';
import { expectedInDrawer } from '../counter/operationDay.ts';
import { whoMay } from '../session/whoMay.ts';
import { isSamePerson } from '../session/samePerson.ts';

/** No count can be this; so it asks whether another count is left. */
const ANOTHER_SUM = -1;

export function drawerView(store: ReadStore, drawer: DrawerRecord, viewer: string): DrawerView {
  const totals = store.drawerTotals(drawer.drawerId);
  const counts = store.drawerCounts(drawer.drawerId);
  const last = counts.at(-1);
  const isTold = isDrawerTold(store, drawer, viewer);
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
    allocatedMinor: totals.allocatedMinor,
    settledMinor: totals.settledMinor,
    expectedMinor: isTold ? expectedInDrawer(drawer, totals) : null,
    openingPieces: drawer.openingPieces?.slice() ?? null,
    counts: counts.map(({ countedMinor, expectedMinor, at, pieces }) => ({
      countedMinor,
      differenceMinor: isTold ? countedMinor - expectedMinor : null,
      at,
      pieces: pieces?.slice() ?? null,
    })),
    mayRecount: drawer.closedAt === null && judgeCount(counts, ANOTHER_SUM) === 'counts',
    shortage: last === undefined || !isTold ? null : shortageOf(store, drawer, last.countedMinor - last.expectedMinor),
    countedMinor: drawer.countedMinor,
    differenceMinor: drawer.differenceMinor,
    receipts: store.receiptsOfDrawer(drawer.drawerId).length,
    passed: isTold || isSamePerson(store, drawer.username, viewer) ? passedLimitOf(store, drawer) : null,
    notesTold: areNotesTold(store),
    report: store.reportOfDrawer(drawer.drawerId)?.number ?? null,
  };
}

/**
 * What a second person has to agree to: more is missing than the tolerance, and there is somebody on this PC who may. In a branch with one
 * manager their own shortage is declared with its reason alone, or nothing could ever be closed.
 */
export function shortageOf(store: ReadStore, drawer: DrawerRecord, differenceMinor: number): DrawerView['shortage'] {
  if (drawer.closedAt !== null) return null;
  const { takenMinor, paidMinor } = store.drawerTotals(drawer.drawerId);
  const tolerance = toleranceMinor(takenMinor + paidMinor, currencyNamed(store, drawer.currency));
  const approvers = -differenceMinor > tolerance ? whoMay(store, 'day.close', drawer.username) : [];
  if (approvers.length === 0) return null;
  return {
    toleranceMinor: tolerance,
    approvers: approvers.map(({ username, displayName, role }) => ({ username, displayName, role })),
  };
}

/** Whether that person is told what must lie in it. */
export function isDrawerTold(store: ReadStore, drawer: DrawerRecord, viewer: string): boolean {
  return drawer.closedAt !== null || isCountedOut(store.drawerCounts(drawer.drawerId)) || mayLookInto(store, drawer, viewer);
}

function mayLookInto(store: ReadStore, drawer: DrawerRecord, viewer: string): boolean {
  return !isSamePerson(store, drawer.username, viewer) && isPermitted('day.close', new Set(store.staff(viewer)?.permissions ?? []));
}
