// A copy of the books every quarter of an hour in which something was recorded, and at once when the business day closes (field-rules 1.9).
// The copy is made beside the running branch and never holds it up; a copy that fails is recorded and tried again at the next look. Each minute
// with work also ends with that work in the books' file, not in their log alone.

import type { Diagnostics, Timers } from '../ports/clock.ts';
import type { ReadStore } from '../ports/store.ts';

const LOOK_EVERY_MS = 60_000;
/** The start itself is not held up by it. */
const CHECK_AFTER_MS = 2_000;
const COPY_EVERY_MS = 15 * 60_000;

export interface BackupKeeping {
  readonly timers: Pick<Timers, 'sleep'>;
  readonly diagnostics: Diagnostics;
  monotonicMs(): number;
  read<T>(work: (store: ReadStore) => T): T;
  /** Brings what stands in the log alone into the books' file. */
  settle(): void;
  /** Makes and checks one copy. */
  copy(): Promise<unknown>;
  /** Holds the books as they are against their chain, once and soon after the start: what waits there is sent only as it was recorded. */
  check?(): Promise<unknown>;
}

export interface KeptBackups {
  /** Ends the looking; a copy that is being made is waited for. */
  stop(): Promise<void>;
}

export function keepBackups(parts: BackupKeeping): KeptBackups {
  let running = true;
  const isRunning = (): boolean => running;
  let nap: { wake(): void } | null = null;
  let checking: { wake(): void } | null = null;
  let copiedEntry = newestEntry();
  let copiedAtMs = parts.monotonicMs();
  let dayWasOpen = isDayOpen();

  function newestEntry(): number {
    return parts.read((store) => store.lastEntry()?.entry ?? 0);
  }

  function isDayOpen(): boolean {
    return parts.read((store) => store.openDay() !== null);
  }

  async function look(): Promise<void> {
    const entry = newestEntry();
    parts.settle();
    const dayOpen = isDayOpen();
    const dayClosed = dayWasOpen && !dayOpen;
    const due = dayClosed || parts.monotonicMs() - copiedAtMs >= COPY_EVERY_MS;
    if (!due || entry === copiedEntry) {
      dayWasOpen = dayOpen;
      return;
    }
    await parts.copy();
    dayWasOpen = dayOpen;
    copiedEntry = entry;
    copiedAtMs = parts.monotonicMs();
    parts.diagnostics.record('info', 'backup.made', { entry });
  }

  async function checkOnce(): Promise<void> {
    if (parts.check === undefined) return;
    const sleeping = parts.timers.sleep(CHECK_AFTER_MS);
    checking = sleeping;
    await sleeping.done;
    if (!isRunning()) return;
    try {
      await parts.check();
    } catch (error) {
      parts.diagnostics.incident(error, 'books.check');
    }
  }

  async function loop(): Promise<void> {
    while (isRunning()) {
      const sleeping = parts.timers.sleep(LOOK_EVERY_MS);
      nap = sleeping;
      await sleeping.done;
      if (!isRunning()) return;
      try {
        await look();
      } catch (error) {
        parts.diagnostics.incident(error, 'backup');
      }
    }
  }

  const ended = Promise.all([loop(), checkOnce()]);
  return {
    async stop() {
      running = false;
      nap?.wake();
      checking?.wake();
      await ended;
    },
  };
}
