// The drawer that gives or takes the cash of a reversed case: the maker's own while it is open and not counted yet, else the manager's.

import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import type { DrawerRecord, ReadStore } from '../../ports/store.ts';

export function drawerForCase(read: ReadStore, command: CommandRecord, manager: string): DrawerRecord | null {
  const day = read.openDay();
  if (day === null) return null;
  const drawers = [read.openDrawerOf(command.recordedBy), read.openDrawerOf(manager)];
  return (
    drawers.find(
      (drawer) => drawer !== null && drawer.businessDate === day.businessDate && read.drawerCounts(drawer.drawerId).length === 0,
    ) ?? null
  );
}
