// The drawer that gives or takes the cash of a reversed case: the maker's own while it is open and not counted yet, else the manager's;
// in the currency of the receipt.

import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import type { DrawerRecord, ReadStore } from '../../ports/store.ts';

export function drawerForCase(read: ReadStore, command: CommandRecord, manager: string): DrawerRecord | null {
  const day = read.openDay();
  if (day === null) return null;
  const receipt = command.receiptId === null ? null : read.receipt(command.receiptId);
  const drawers = [command.recordedBy, manager].map((username) => read.openDrawerOf(username, receipt?.currency.code));
  return (
    drawers.find(
      (drawer) => drawer !== null && drawer.businessDate === day.businessDate && read.drawerCounts(drawer.drawerId).length === 0,
    ) ?? null
  );
}
