// What could not be read is left out aloud: named on the sync desk and in the diagnostics, and tried again by itself, less and less often.

import { WHOLE_LIST } from '../../journal/keepReference.ts';
import type { ReferenceShelf, ShelfName } from '../../ports/headOffice.ts';
import type { LeftOutRecord, ReadStore, WriteStore } from '../../ports/store.ts';

const AGAIN_FIRST_MS = 60_000;
const AGAIN_LATEST_MS = 3_600_000;
/** Tried again in one round; the others take their turn in later ones. */
const AGAIN_AT_ONCE = 20;

/** Lists that are read whole or not at all. */
export type ListName = ReferenceShelf | 'audits';

export interface Unreadable {
  readonly serverId: number;
  readonly why: string;
}

/** In the transaction of what was read beside it; answers those that were not left out before. */
export function leaveOut(
  write: WriteStore,
  shelf: ShelfName | ListName,
  unreadable: readonly Unreadable[],
  now: number,
): readonly Unreadable[] {
  return unreadable.filter(({ serverId, why }) => {
    const known = write.leftOutOf(shelf, serverId);
    const tries = (known?.tries ?? 0) + 1;
    const pauseMs = Math.min(AGAIN_FIRST_MS * 2 ** Math.min(tries - 1, 10), AGAIN_LATEST_MS);
    write.saveLeftOut({ shelf, serverId, why, since: known?.since ?? now, tries, nextTryAt: now + pauseMs });
    return known === null;
  });
}

/** A clock that was set back makes nobody wait for longer than the longest pause. */
export function isDueAgain({ nextTryAt }: LeftOutRecord, now: number): boolean {
  return nextTryAt <= now || nextTryAt > now + AGAIN_LATEST_MS;
}

/** Records and places in a list; a whole list has its own turn. */
export function dueLeftOut(read: ReadStore, now: number): readonly LeftOutRecord[] {
  return read
    .leftOut()
    .filter((record) => record.serverId !== WHOLE_LIST && isDueAgain(record, now))
    .slice(0, AGAIN_AT_ONCE);
}

/** Where the list had to be passed over a record without even its id: these places are known anew after every walk over the whole list. */
export function placeOf(offset: number): number {
  return -(offset + 1);
}

export function forgetPlaces(write: WriteStore, shelf: ShelfName, stillUnreadable: ReadonlySet<number>): void {
  for (const each of write.leftOut())
    if (each.shelf === shelf && each.serverId < 0 && !stillUnreadable.has(each.serverId)) write.deleteLeftOut(shelf, each.serverId);
}
