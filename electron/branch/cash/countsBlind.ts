// Whether that person holds a drawer that they have not counted out, under whichever of their logins: with the sums of the day they would know
// what must lie in it.

import { isCountedOut } from '../../../shared/domain/cash/drawerCount.ts';
import type { ReadStore } from '../../ports/store.ts';
import { isSamePerson } from '../session/samePerson.ts';

export function countsBlind(read: ReadStore, username: string): boolean {
  const logins = [...new Set([username, ...read.allStaff().map((staff) => staff.username)])];
  return logins
    .filter((login) => isSamePerson(read, login, username))
    .flatMap((login) => read.openDrawersOf(login))
    .some(({ drawerId }) => !isCountedOut(read.drawerCounts(drawerId)));
}
