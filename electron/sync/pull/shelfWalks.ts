// The walks over a shelf, each written once over the table: the first time, everything again, and these records.

import { assertInvariant } from '../../../shared/kernel/assert.ts';
import type { Credential } from '../../ports/headOffice.ts';
import type { ShelfTargets } from '../../ports/sync.ts';
import type { WriteStore } from '../../ports/store.ts';
import type { Shelf } from '../shelves/shelf.ts';
import { SHELVES } from '../shelves/shelfTable.ts';
import type { Keep, RowKeeper } from './keepRows.ts';
import { forgetPlaces } from './leftOut.ts';
import { START, walkList, type Resume } from './listWalk.ts';
import { chunksOf, nameOnly, type PullParts } from './pullParts.ts';

/** Rows of a page that is asked for the ids alone. */
const IDS_PAGE = 200;

/** How a proof goes through a shelf: on from the last record that it compared, keeping its own count. */
export interface Comparing {
  readonly through: number;
  readonly keep: Keep;
}

export interface ShelfWalks {
  readonly fill: (shelf: Shelf, credential: Credential) => Promise<void>;
  readonly readAll: (shelf: Shelf, credential: Credential, proof?: Comparing) => Promise<void>;
  /** `andSave` commits once all of them are kept. */
  readonly pullTargets: (targets: ShelfTargets, credential: Credential, andSave?: (write: WriteStore) => void) => Promise<void>;
}

export function createShelfWalks(parts: PullParts, { keep, keepPart, outsideOf }: RowKeeper): ShelfWalks {
  const { store, clock, isReadingUser, pieceDone } = parts;

  /** The first time: page by page with a cursor, and in the end a comparison of ids, because a list that shrinks meanwhile skips records. */
  async function fill(shelf: Shelf, credential: Credential): Promise<void> {
    const resume = resumeAt(shelf.name);
    if (resume === null) return;
    let { offset, first, after } = resume;
    const reached = (write: WriteStore, total: number | null): void => {
      write.saveShelf({
        shelf: shelf.name,
        cursor: { offset, first, after, done: false },
        rows: shelf.here(write).length,
        headOfficeCount: total,
        pulledAt: null,
      });
    };
    await walkList(parts, shelf, resume, shelf.pageRows, credential, async ({ listed, passedOver, askedAt, total }) => {
      if (passedOver !== null) {
        offset += 1;
        keepPart(shelf, { rows: [], gone: [], unreadable: [passedOver], askedAt }, credential, (write) => reached(write, total));
      }
      for (const chunk of chunksOf(listed, shelf.atOnce)) {
        assertInvariant(chunk.length > 0, 'I10', 'a cursor moves only with the rows it covers');
        offset += chunk.length;
        first ??= chunk[0]?.serverId ?? null;
        after = Math.max(after, ...chunk.map((each) => each.serverId));
        await keep(shelf, chunk, askedAt, credential, (write) => reached(write, total));
        await pieceDone({ shelf: shelf.name, done: offset, total });
      }
    });
    // The window goes on by id, so that a list which shrinks meanwhile skips nothing.
    if (isReadingUser(credential)) store.write((write) => shelfIsHere(write, shelf, offset, new Set()));
    else await compareIds(shelf, credential);
  }

  /** What head office lists and is not here is fetched; what is here and not listed is asked for by itself. Then the shelf is here. */
  async function compareIds(shelf: Shelf, credential: Credential): Promise<void> {
    const listed = new Set<number>();
    const passedOver = new Set<number>();
    await walkList(parts, shelf, START, IDS_PAGE, credential, async (page) => {
      for (const each of page.listed) listed.add(each.serverId);
      if (page.passedOver !== null) passedOver.add(page.passedOver.serverId);
      if (!page.isLast) await pieceDone({ shelf: shelf.name, done: listed.size, total: page.total });
    });
    for (const serverId of store.read((read) => shelf.alsoListed?.(read) ?? [])) listed.add(serverId);
    const { here, leftOut } = store.read((read) => ({
      here: new Set(shelf.here(read)),
      leftOut: new Set(read.leftOut().flatMap((each) => (each.shelf === shelf.name ? [each.serverId] : []))),
    }));
    const missing = listed.difference(here).difference(leftOut).difference(outsideOf(shelf));
    await readEach(shelf, [...missing, ...here.difference(listed)], credential);
    store.write((write) => shelfIsHere(write, shelf, listed.difference(outsideOf(shelf)).size + passedOver.size, passedOver));
  }

  async function readEach(shelf: Shelf, serverIds: readonly number[], credential: Credential): Promise<void> {
    let done = 0;
    for (const chunk of chunksOf(serverIds, shelf.atOnce)) {
      await keep(shelf, chunk.map(nameOnly), clock.now(), credential);
      done += chunk.length;
      await pieceDone({ shelf: shelf.name, done, total: serverIds.length });
    }
  }

  /**
   * Every record of a shelf again. Those that no page named are asked for by themselves, because a list that shrinks while it is read skips
   * records, and only an answer about the record itself says that it is gone.
   */
  async function readAll(shelf: Shelf, credential: Credential, proof?: Comparing): Promise<void> {
    const keepCarried = isReadingUser(credential) && proof !== undefined ? proof.keep : keep;
    const listed = new Set<number>();
    const carried = new Set<number>();
    const passedOver = new Set<number>();
    await walkList(parts, shelf, START, shelf.pageRows, credential, async (page) => {
      for (const each of page.listed) listed.add(each.serverId);
      if (page.passedOver !== null) {
        passedOver.add(page.passedOver.serverId);
        keepPart(shelf, { rows: [], gone: [], unreadable: [page.passedOver], askedAt: page.askedAt }, credential);
      }
      const complete = page.listed.filter((each) => each.row !== null);
      for (const chunk of chunksOf(complete, shelf.atOnce)) {
        await keepCarried(shelf, chunk, page.askedAt, credential);
        for (const each of chunk) carried.add(each.serverId);
      }
      if (!page.isLast) await pieceDone({ shelf: shelf.name, done: listed.size, total: page.total });
    });
    for (const serverId of store.read((read) => shelf.alsoListed?.(read) ?? [])) listed.add(serverId);
    const ids = [...new Set([...listed, ...store.read((read) => shelf.here(read))])]
      .filter((id) => !carried.has(id) && id > (proof?.through ?? 0))
      .sort((one, other) => one - other);
    let done = 0;
    for (const chunk of chunksOf(ids, shelf.atOnce)) {
      await (proof?.keep ?? keep)(shelf, chunk.map(nameOnly), clock.now(), credential);
      done += chunk.length;
      await pieceDone({ shelf: shelf.name, done, total: ids.length });
    }
    store.write((write) => shelfIsHere(write, shelf, listed.difference(outsideOf(shelf)).size + passedOver.size, passedOver));
  }

  async function pullTargets(targets: ShelfTargets, credential: Credential, andSave?: (write: WriteStore) => void): Promise<void> {
    const wanted = SHELVES.map((shelf) => ({ shelf, ids: [...new Set(targets[shelf.name] ?? [])] }));
    const total = wanted.reduce((sum, { ids }) => sum + ids.length, 0);
    let done = 0;
    for (const { shelf, ids } of wanted) {
      for (const chunk of chunksOf(ids, shelf.atOnce)) {
        await keep(shelf, chunk.map(nameOnly), clock.now(), credential);
        done += chunk.length;
        await pieceDone({ shelf: 'changes', done, total });
      }
    }
    if (andSave !== undefined) store.write(andSave);
  }

  /** `rows` are ours, whatever the list counts. */
  function shelfIsHere(write: WriteStore, shelf: Shelf, headOfficeCount: number, passedOver: ReadonlySet<number>): void {
    const rows = shelf.here(write).length;
    forgetPlaces(write, shelf.name, passedOver);
    write.saveShelf({ shelf: shelf.name, cursor: { offset: rows, done: true }, rows, headOfficeCount, pulledAt: clock.now() });
  }

  function resumeAt(shelf: string): Resume | null {
    const cursor = (store.read((read) => read.shelf(shelf))?.cursor ?? {}) as Partial<Resume> & { readonly done?: boolean };
    return cursor.done === true ? null : { ...START, ...cursor };
  }

  return { fill, readAll, pullTargets };
}
