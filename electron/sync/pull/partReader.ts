// Reads records of a shelf, as many at once as head office can give: what is too large or too slow together is halved down to one, and one
// that cannot be had by itself is said to be unreadable, so that it holds back no other. Where head office answers nobody, or wants a
// sign-in, that is trouble, and the walk ends. Whether it brings whole records together is found out for each head office and kept.

import { readSetting, saveSetting, type ReadingWays } from '../../journal/settings.ts';
import type { Credential, ReadingWay, ReadRows, ShelfName, ShelfRows, Trouble } from '../../ports/headOffice.ts';
import type { SyncParts } from '../parts.ts';
import { detailOf, PullStopped, valueOf } from './pullStopped.ts';
import type { Shelf } from '../shelves/shelf.ts';

/** So many requests of a smaller size go well before a larger one is tried again. */
const BEFORE_LARGER = 8;
/** Records by which it is found out whether head office brings them together as it brings each alone. */
const SAMPLES = 3;
/** Read one by one for it, in one piece; one with transactions is mostly among them. */
const BEFORE_KNOWN = 5;

type Row = ShelfRows[ShelfName];

export interface ReadPart extends ReadRows<Row> {
  readonly askedAt: number;
}

export interface PartReader {
  read(shelf: Shelf, serverIds: readonly number[], credential: Credential): AsyncGenerator<ReadPart>;
  /** The trouble is this request's own: head office itself answers. */
  isOfRequest(trouble: Trouble): Promise<boolean>;
  /** Forgets how head office can be read where it is another version than before, or anyway. */
  findOutAnew(anyway: boolean): Promise<void>;
}

export function createPartReader({ headOffice, clock, store }: SyncParts): PartReader {
  const sizes = new Map<ShelfName, { size: number; wentWell: number }>();

  async function isOfRequest(trouble: Trouble): Promise<boolean> {
    if (trouble.kind === 'signInNeeded') return false;
    if (trouble.kind === 'refused' && trouble.code === 'error.msg.not.authorized') return false;
    return (await headOffice.reach()).ok;
  }

  async function findOutAnew(anyway: boolean): Promise<void> {
    const version = valueOf(await headOffice.readVersion());
    const known = store.read((read) => readSetting(read, 'readingWays'));
    if (!anyway && known !== null && known.version === version) return;
    saveWays({ version, ways: {} });
  }

  function saveWays(ways: ReadingWays): void {
    store.write((write) => {
      saveSetting(write, 'readingWays', ways);
    });
  }

  function wayOf(shelf: Shelf): ReadingWay | null {
    if (!shelf.hasWays) return 'together';
    return store.read((read) => readSetting(read, 'readingWays'))?.ways[shelf.name] ?? null;
  }

  /** Some of what was just read one by one, read once more together: only where both are the same does it count as a way. */
  async function findOut(shelf: Shelf, rows: readonly Row[], credential: Credential): Promise<void> {
    const samples = rows
      .flatMap((row) => ('transactions' in row && row.transactions.length > 0 ? [row] : []))
      .sort((one, other) => chargesOf(other) - chargesOf(one))
      .slice(0, SAMPLES);
    if (samples.length === 0) return;
    const ids = samples.map((row) => row.serverId);
    const together = await headOffice.readShelf(shelf.name, ids, credential, 'together');
    const kept = store.read((read) => readSetting(read, 'readingWays')) ?? { version: null, ways: {} };
    const decide = (way: ReadingWay): void => saveWays({ ...kept, ways: { ...kept.ways, [shelf.name]: way } });
    if (together.ok && together.value.alone === undefined && isSame(together.value.rows, samples)) {
      decide('together');
      return;
    }
    if (!together.ok && !(await isOfRequest(together.trouble))) return;
    // An account may have moved in between.
    const again = await headOffice.readShelf(shelf.name, ids, credential, 'oneByOne');
    if (again.ok && isSame(again.value.rows, samples)) decide('oneByOne');
  }

  async function* read(shelf: Shelf, serverIds: readonly number[], credential: Credential): AsyncGenerator<ReadPart> {
    for (let at = 0; at < serverIds.length;) {
      const pace = sizes.get(shelf.name) ?? { size: shelf.atOnce, wentWell: 0 };
      const known = wayOf(shelf);
      const part = serverIds.slice(at, at + (known === null ? Math.min(pace.size, BEFORE_KNOWN) : pace.size));
      const way = known ?? 'oneByOne';
      const [first] = part;
      let askedAt = clock.now();
      let answer = await headOffice.readShelf(shelf.name, part, credential, way);
      if (!answer.ok && part.length === 1 && (await isOfRequest(answer.trouble))) {
        askedAt = clock.now();
        answer = await headOffice.readShelf(shelf.name, part, credential, way);
      }
      if (answer.ok) {
        if (known === null) await findOut(shelf, answer.value.rows, credential);
        const wentWell = pace.wentWell + 1;
        const size = wentWell < BEFORE_LARGER ? pace.size : Math.min(pace.size * 2, shelf.atOnce);
        sizes.set(shelf.name, { size, wentWell: size === pace.size ? wentWell : 0 });
        yield { ...answer.value, askedAt };
      } else {
        if (first === undefined || !(await isOfRequest(answer.trouble))) throw new PullStopped(answer.trouble);
        if (part.length > 1) {
          sizes.set(shelf.name, { size: Math.ceil(part.length / 2), wentWell: 0 });
          continue;
        }
        yield { rows: [], gone: [], unreadable: [{ serverId: first, why: detailOf(answer.trouble) }], askedAt };
      }
      at += part.length;
    }
  }

  return { read, isOfRequest, findOutAnew };
}

function chargesOf(row: Row): number {
  return 'withdrawalCharges' in row ? row.withdrawalCharges.length : 0;
}

function isSame(some: readonly Row[], others: readonly Row[]): boolean {
  const byId = new Map(some.map((row) => [row.serverId, JSON.stringify(row)]));
  return some.length === others.length && others.every((row) => byId.get(row.serverId) === JSON.stringify(row));
}
