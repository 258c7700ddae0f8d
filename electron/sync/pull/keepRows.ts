// What a walk keeps of a shelf: rows, what is gone, what cannot be read, and the count of both sides, in one transaction with the cursor (I10).

import { changeSuspects } from '../../journal/settings.ts';
import type { Credential, Listed, ShelfName, ShelfRows } from '../../ports/headOffice.ts';
import type { ReadStore, WriteStore } from '../../ports/store.ts';
import { seesMore } from '../officeScope.ts';
import type { Shelf } from '../shelves/shelf.ts';
import { SHELVES } from '../shelves/shelfTable.ts';
import { leaveOut } from './leftOut.ts';
import type { ReadPart } from './partReader.ts';
import type { PullParts } from './pullParts.ts';
import { valueOf } from './pullStopped.ts';

type Row = ShelfRows[ShelfName];

export type Keep = (
  shelf: Shelf,
  listed: readonly Listed<Row>[],
  listedAt: number,
  credential: Credential,
  andSave?: (write: WriteStore) => void,
) => Promise<void>;

export interface RowKeeper {
  readonly keep: Keep;
  readonly keepPart: (shelf: Shelf, part: ReadPart, credential: Credential, andSave?: (write: WriteStore) => void) => void;
  /** What a reader of other offices was shown of them: neither read again by a comparison nor counted. */
  readonly outsideOf: (shelf: Shelf) => ReadonlySet<number>;
}

export function createRowKeeper(parts: PullParts): RowKeeper {
  const { store, clock, headOffice, reader, isReadingUser } = parts;
  const outside = new Map<ShelfName, Set<number>>(SHELVES.map((shelf) => [shelf.name, new Set()]));

  /** Reads what the list did not carry, and keeps everything; what must commit with it commits with the last of it. */
  async function keep(
    shelf: Shelf,
    listed: readonly Listed<Row>[],
    listedAt: number,
    credential: Credential,
    andSave?: (write: WriteStore) => void,
  ): Promise<void> {
    const carried = listed.flatMap(({ row }) => row ?? []);
    const toRead = listed.flatMap(({ serverId, row }) => (row === null ? [serverId] : []));
    let last: ReadPart = { rows: carried, gone: [], unreadable: [], askedAt: listedAt };
    for await (const part of isReadingUser(credential)
      ? readThroughWindow(shelf, toRead, credential)
      : reader.read(shelf, toRead, credential)) {
      if (last.rows.length + last.gone.length + last.unreadable.length > 0) keepPart(shelf, last, credential);
      last = part;
    }
    keepPart(shelf, last, credential, andSave);
  }

  /** The window has one way of reading, which tells nothing about the API's. */
  async function* readThroughWindow(shelf: Shelf, serverIds: readonly number[], credential: Credential): AsyncGenerator<ReadPart> {
    if (serverIds.length === 0) return;
    const askedAt = clock.now();
    const read = valueOf(await headOffice.readShelf(shelf.name, serverIds, credential));
    yield { ...read, askedAt };
  }

  function keepPart(shelf: Shelf, part: ReadPart, credential: Credential, andSave?: (write: WriteStore) => void): void {
    const { unreadable, askedAt } = part;
    const { rows, foreign } = store.read((read) => ofBranch(read, shelf, part.rows, credential));
    const gone = [...part.gone, ...foreign];
    for (const serverId of foreign) outside.get(shelf.name)?.add(serverId);
    for (const { serverId } of rows) outside.get(shelf.name)?.delete(serverId);
    const touched = [...rows.map((row) => row.serverId), ...gone, ...unreadable.map(({ serverId }) => serverId)];
    const news = store.write((write) => {
      const before = countOf(write, shelf, touched);
      const suspects = [...shelf.keep(write, rows, { parts, askedAt, by: credential.username }), ...shelf.remove(write, gone)];
      if (suspects.length > 0) changeSuspects(write, (known) => [...known, ...suspects]);
      for (const serverId of [...rows.map((row) => row.serverId), ...gone]) write.deleteLeftOut(shelf.name, serverId);
      const found = leaveOut(write, shelf.name, unreadable, clock.now());
      recount(write, shelf, before, countOf(write, shelf, touched));
      andSave?.(write);
      return found;
    });
    for (const { serverId, why } of news) parts.diagnostics.record('warning', 'pull.leftOut', { shelf: shelf.name, serverId, why });
  }

  function outsideOf(shelf: Shelf): ReadonlySet<number> {
    return outside.get(shelf.name) ?? new Set();
  }

  return { keep, keepPart, outsideOf };
}

/** Of these records: how many are here, and how many head office is known to have. */
function countOf(read: ReadStore, shelf: Shelf, serverIds: readonly number[]): { readonly here: number; readonly there: number } {
  const here = serverIds.filter((serverId) => shelf.holds(read, serverId));
  const leftOut = serverIds.filter((serverId) => !here.includes(serverId) && read.leftOutOf(shelf.name, serverId) !== null);
  return { here: here.length, there: here.length + leftOut.length };
}

/** Once a shelf is here, what comes and goes afterwards is counted on both sides. */
function recount(write: WriteStore, shelf: Shelf, before: ReturnType<typeof countOf>, after: ReturnType<typeof countOf>): void {
  const kept = write.shelf(shelf.name);
  if (kept?.pulledAt == null || (before.here === after.here && before.there === after.there)) return;
  const headOfficeCount = kept.headOfficeCount === null ? null : kept.headOfficeCount + after.there - before.there;
  write.saveShelf({ ...kept, rows: kept.rows + after.here - before.here, headOfficeCount });
}

/** Who is shown other offices as well brings nothing of them in; what moved there is no longer of this branch. */
function ofBranch(
  read: ReadStore,
  shelf: Shelf,
  rows: readonly Row[],
  credential: Credential,
): { readonly rows: readonly Row[]; readonly foreign: readonly number[] } {
  const isForeign = seesMore(read, credential)
    ? (row: Row) => !shelf.belongs(read, row)
    : (row: Row) => shelf.hasLeft?.(read, row) === true;
  const foreign = new Set(rows.flatMap((row) => (isForeign(row) ? [row.serverId] : [])));
  return { rows: rows.filter((row) => !foreign.has(row.serverId)), foreign: [...foreign] };
}
