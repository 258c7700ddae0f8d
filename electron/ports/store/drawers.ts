// Drawers, their counts and the cash that moved through them (I1, I7).

import type { DrawerCount } from '../../../shared/domain/cash/drawerCount.ts';
import type { Pieces } from '../../../shared/domain/cash/pieces.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';

export interface DrawerRecord {
  readonly drawerId: LocalId;
  readonly name: string;
  readonly username: string;
  readonly businessDate: BusinessDate;
  readonly openedAt: number;
  readonly openingMinor: number;
  readonly currency: string;
  readonly closedAt: number | null;
  readonly countedMinor: number | null;
  readonly differenceMinor: number | null;
  readonly reason: string | null;
  /** Its notes and coins when it was opened; nothing where it was counted as a sum alone. */
  readonly openingPieces?: Pieces | null;
}

export interface DrawerMovement {
  readonly movementId: LocalId;
  readonly drawerId: LocalId;
  /** taken, paid: of a client's paper. allocated, settled: into it and out of it by a slip. Amounts are positive minor units. */
  readonly kind: 'taken' | 'paid' | 'allocated' | 'settled';
  readonly amountMinor: number;
  /** Of its drawer, and that where it is left out. */
  readonly currency?: string;
  readonly commandId: LocalId | null;
  readonly receiptId: LocalId | null;
  readonly at: number;
  /** The number of the slip that moved it. */
  readonly slip?: string | null;
}

export interface DrawerTotals {
  readonly takenMinor: number;
  readonly paidMinor: number;
  readonly allocatedMinor: number;
  readonly settledMinor: number;
}

export interface DrawerReads {
  /** In that currency; without one, the one that was opened first. */
  openDrawerOf(username: string, currency?: string): DrawerRecord | null;
  openDrawersOf(username: string): readonly DrawerRecord[];
  drawer(drawerId: LocalId): DrawerRecord | null;
  drawersOf(businessDate: BusinessDate): readonly DrawerRecord[];
  /** Closed ones, the newest first. */
  drawersClosed(most: number): readonly DrawerRecord[];
  drawerTotals(drawerId: LocalId): DrawerTotals;
  /** In the order in which they were made. */
  drawerCounts(drawerId: LocalId): readonly DrawerCount[];
  /** Where the last one stands among all of them; 0 where there is none. */
  lastMovement(): number;
  /** In the order in which they were recorded, with where each stands among all movements of the books. */
  movementsOfDrawer(drawerId: LocalId): readonly (DrawerMovement & { readonly position: number })[];
  movementOf(commandId: LocalId): DrawerMovement | null;
  /** The receipts whose cash went through it. */
  receiptsOfDrawer(drawerId: LocalId): readonly LocalId[];
}

export interface DrawerWrites {
  insertDrawer(drawer: DrawerRecord): void;
  insertDrawerCount(count: DrawerCount & { readonly drawerId: LocalId }): void;
  closeDrawer(
    drawerId: LocalId,
    close: { readonly closedAt: number; readonly countedMinor: number; readonly differenceMinor: number; readonly reason: string },
  ): void;
  insertMovement(movement: DrawerMovement): void;
}
