// Whether that person holds a drawer that they have not counted out: with the sums of the day they would know what must lie in it.

import { isCountedOut } from '../../../shared/domain/cash/drawerCount.ts';
import type { ReadStore } from '../../ports/store.ts';

export function countsBlind(read: ReadStore, username: string): boolean {
  return read.openDrawersOf(username).some(({ drawerId }) => !isCountedOut(read.drawerCounts(drawerId)));
}
