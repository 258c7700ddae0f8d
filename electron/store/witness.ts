// A second memory of how far the journal had come, outside SQLite's log: a lost or damaged log would otherwise take commits away in silence,
// and the numbers of their receipts would be given a second time. It is told after each commit and written without a flush, which outlives the
// death of the process; flushes come at quiet moments and off this thread, so that the counter never waits for it. It is never the truth about
// money: a place that is torn, missing or foreign counts for nothing. Nothing personal stands in it.

import { createHash } from 'node:crypto';
import { closeSync, existsSync, fdatasync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { flushFolder } from './flushToDisk.ts';
import type { Seal } from './seal.ts';

export interface GivenReceipts {
  readonly deviceCode: string;
  readonly businessDate: string;
  /** The highest sequence that was given. */
  readonly sequence: number;
}

export interface Witnessed {
  /** The newest entry of the journal, and its hash. */
  readonly entry: number;
  readonly hash: string;
  /** The latest business dates, newest first. */
  readonly given: readonly GivenReceipts[];
}

/** Whether a memory is this PC's own word: 'none' was written before there was a seal. */
export type SealStanding = 'ours' | 'none' | 'foreign';

export interface Witness {
  /** What it remembers; null when it remembers nothing. */
  remembered(): Witnessed | null;
  /** The journal's head now, and receipts given since it was told last. Forgets no number that it has heard of. */
  tell(head: { readonly entry: number; readonly hash: string }, given: readonly GivenReceipts[]): void;
  /** On the disk when it returns; otherwise that comes by itself within seconds, off this thread. */
  settle(): void;
  close(): void;
}

const FLUSHED_AFTER_MS = 2_000;
/**
 * How many receipts the memory may lag behind what was given when the power went before its flush: more than any counter gives in that time,
 * also on a disk that takes many seconds. Whoever goes on from what it remembers leaves so many numbers out.
 */
export const RECEIPTS_FORGOTTEN_MOST = 100;

/** Two places that were flushed, in turns, and two for what came since: whatever is torn, one flushed place is whole. */
const PLACE_BYTES = 4_096;
const PLACES = 4;
const DATES_KEPT = 24;
const DIGEST_CHARACTERS = 64;

interface Note extends Witnessed {
  readonly turn: number;
}

interface ReadNote extends Note {
  readonly sealed: SealStanding;
}

export function witnessFileOf(store: string): string {
  return `${store}-witness`;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function isGiven(value: unknown): value is GivenReceipts {
  const { deviceCode, businessDate, sequence } = (value ?? {}) as Partial<Record<keyof GivenReceipts, unknown>>;
  return typeof deviceCode === 'string' && typeof businessDate === 'string' && Number.isSafeInteger(sequence);
}

function noteIn(place: Buffer, seal: Seal | null): ReadNote | null {
  const text = place.toString('utf8').trimEnd();
  const words = text.slice(DIGEST_CHARACTERS);
  if (words === '' || digestOf(words) !== text.slice(0, DIGEST_CHARACTERS)) return null;
  const { seal: given, ...said } = JSON.parse(words) as Partial<Record<keyof Note | 'seal', unknown>>;
  const { turn, entry, hash } = said;
  if (!Number.isSafeInteger(turn) || !Number.isSafeInteger(entry) || typeof hash !== 'string' || !Array.isArray(said.given)) return null;
  const sealed = typeof given !== 'string' ? 'none' : seal?.fits(JSON.stringify(said), given) === false ? 'foreign' : 'ours';
  return { turn: turn as number, entry: entry as number, hash, given: said.given.filter(isGiven), sealed };
}

function placeOf({ turn, entry, hash, given }: Note, seal: Seal | null): Buffer {
  const said = { turn, entry, hash, given };
  const words = JSON.stringify(seal === null ? said : { ...said, seal: seal.of(JSON.stringify(said)) });
  const place = Buffer.alloc(PLACE_BYTES, ' ');
  place.write(`${digestOf(words)}${words}`);
  return place;
}

/** Both lists, each device and date once with its highest number, the latest dates only. */
function together(one: readonly GivenReceipts[], other: readonly GivenReceipts[]): readonly GivenReceipts[] {
  const highest = new Map<string, GivenReceipts>();
  for (const given of [...one, ...other]) {
    const name = `${given.businessDate} ${given.deviceCode}`;
    const known = highest.get(name);
    if (known === undefined || known.sequence < given.sequence) highest.set(name, given);
  }
  return [...highest]
    .sort(([one], [other]) => (one < other ? 1 : -1))
    .slice(0, DATES_KEPT)
    .map(([, given]) => given);
}

function newestNote(file: string, seal: Seal | null): ReadNote | null {
  if (!existsSync(file)) return null;
  const handle = openSync(file, 'r');
  try {
    let newest: ReadNote | null = null;
    for (let place = 0; place < PLACES; place += 1) {
      const bytes = Buffer.alloc(PLACE_BYTES);
      const read = readSync(handle, bytes, 0, PLACE_BYTES, place * PLACE_BYTES);
      const note = noteIn(bytes.subarray(0, read), seal);
      if (note !== null && note.turn > (newest?.turn ?? 0)) newest = note;
    }
    return newest;
  } finally {
    closeSync(handle);
  }
}

/** What was remembered beside a store, without touching it. */
export function readWitness(store: string, seal: Seal | null = null): (Witnessed & { readonly sealed: SealStanding }) | null {
  try {
    return newestNote(witnessFileOf(store), seal);
  } catch {
    // A memory that cannot be read is none; the store itself says what is wrong with the disk.
    return null;
  }
}

export function openWitness(store: string, seal: Seal | null = null): Witness {
  const file = witnessFileOf(store);
  const found = newestNote(file, seal);
  // What somebody else wrote there is no memory of ours; only its turn counts on, so that ours is the newest.
  let note: Note | null = found?.sealed === 'foreign' ? null : found;
  let lastTurn = found?.turn ?? 0;
  const isNew = !existsSync(file);
  const handle = openSync(file, isNew ? 'w+' : 'r+', 0o600);
  if (isNew) {
    // All the room it will ever need, so that a disk that fills up later takes nothing from it.
    writeSync(handle, Buffer.alloc(PLACE_BYTES * PLACES, ' '), 0, PLACE_BYTES * PLACES, 0);
    fsyncSync(handle);
    flushFolder(dirname(file));
  }
  let settledTurns = 0;
  let flushedTurn = 0;
  let waiting: NodeJS.Timeout | null = null;
  let isFlushing = false;
  let isClosed = false;

  function write(place: number): void {
    if (note === null) return;
    try {
      writeSync(handle, placeOf(note, seal), 0, PLACE_BYTES, place * PLACE_BYTES);
    } catch {
      // The fact itself is committed: nobody at the counter may be told otherwise because of its second memory.
    }
  }

  function writeSettled(): void {
    write(settledTurns % 2);
    settledTurns += 1;
    flushedTurn = note?.turn ?? 0;
  }

  function flush(): void {
    waiting = null;
    isFlushing = true;
    writeSettled();
    fdatasync(handle, () => {
      isFlushing = false;
      if (isClosed) closeSync(handle);
      else if (note?.turn !== flushedTurn) flushSoon();
    });
  }

  function flushSoon(): void {
    // Nobody's program stays open for it: an end settles what is left.
    if (waiting === null && !isFlushing) waiting = setTimeout(flush, FLUSHED_AFTER_MS).unref();
  }

  return {
    remembered: () => note,
    tell({ entry, hash }, given) {
      lastTurn += 1;
      note = { turn: lastTurn, entry, hash, given: together(note?.given ?? [], given) };
      write(2 + (note.turn % 2));
      flushSoon();
    },
    settle() {
      if (isClosed) return;
      writeSettled();
      try {
        fsyncSync(handle);
      } catch {
        // As with a write: the books themselves are flushed by their own commits.
      }
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      if (waiting !== null) clearTimeout(waiting);
      // A flush under way still needs the file, and closes it.
      if (!isFlushing) closeSync(handle);
    },
  };
}
