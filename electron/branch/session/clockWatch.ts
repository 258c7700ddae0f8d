// Notices a clock that jumped, that differs from head office's, or that leapt over days since the last fact; keeps the doubt until a named
// person answers, and says whether facts carry `clockDoubt` (field-rules 1.4). That a clock which was set back is right is a manager's word:
// anybody else's lets the work go on, and the doubt stays on the paper.

import {
  CLOCK_TOLERANCE_MS,
  doubtAfterAway,
  doubtAgainstHeadOffice,
  doubtClock,
  isSetBack,
  type ClockDoubt,
  type ClockReading,
} from '../../../shared/domain/clock/clockDoubt.ts';
import { appendEntry } from '../../journal/appendEntry.ts';
import { readSetting, saveSetting } from '../../journal/settings.ts';
import type { ReadStore, WriteStore } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';

/** By the steady counter: longer ago, a PC that slept in between could have missed any time at all. */
const HEARD_MOST_MS = 3_600_000;
/** Head office's day is read at each contact, so so long ago it was the one that was read. */
const DAY_KNOWN_MS = 10 * 60_000;

export interface ClockWatch {
  /** The doubt that nobody has answered yet. */
  unanswered(store: ReadStore): ClockDoubt | null;
  /** Whether facts recorded now are stamped with doubt. */
  doubtful(store: ReadStore): boolean;
  /** True where the doubt stays on the paper all the same. */
  answer(answer: 'clockIsRight' | 'clockIsWrong', by: { readonly username: string; readonly isManager: boolean }): boolean;
}

export function createClockWatch(parts: Pick<BranchParts, 'store' | 'clock' | 'digest' | 'events' | 'headOffice'>): ClockWatch {
  const { clock, store } = parts;
  let last: ClockReading | null = null;
  let jumped: ClockDoubt | null = null;
  let away: ClockDoubt | null | undefined;

  /** What head office's clock says now, from its last answer and the steady counter; null where too long nothing was heard. */
  function headOfficeNow(): number | null {
    const heard = parts.headOffice.lastContact()?.clock ?? null;
    if (heard === null) return null;
    const sinceMs = clock.monotonicMs() - heard.atMonotonicMs;
    return sinceMs > HEARD_MOST_MS ? null : heard.told + sinceMs;
  }

  function look(read: ReadStore): ClockDoubt | null {
    const reading = { now: clock.now(), monotonicMs: clock.monotonicMs() };
    const kept = readSetting(read, 'clockDoubt');
    const newest = read.lastEntry();
    // Only what was there when the program began tells how long it was away.
    if (away === undefined) away = doubtAfterAway(reading.now, newest?.at ?? null);
    const lastRecordedAt = newest !== null && newest.entry > (kept?.settledThroughEntry ?? 0) ? newest.at : null;
    const doubt = doubtClock(reading, last, lastRecordedAt);
    last = reading;
    jumped ??= doubt;
    if (jumped !== null) return jumped;
    const itsNow = headOfficeNow();
    return itsNow === null ? away : doubtAgainstHeadOffice(reading.now, itsNow, kept?.settledByMs ?? null);
  }

  return {
    unanswered: look,
    doubtful(read) {
      const kept = readSetting(read, 'clockDoubt');
      const itsNow = headOfficeNow();
      if (itsNow !== null && Math.abs(clock.now() - itsNow) <= CLOCK_TOLERANCE_MS) return false;
      return kept?.answer === 'clockIsWrong' || kept?.doubtStays === true;
    },
    answer(answer, by) {
      const doubt = store.read(look);
      if (doubt === null) return store.read((read) => readSetting(read, 'clockDoubt')?.doubtStays === true);
      const itsNow = headOfficeNow();
      const byMs = itsNow === null ? null : clock.now() - itsNow;
      // Head office's own clock vouches as well as a manager does.
      const isVouched = by.isManager || (byMs !== null && Math.abs(byMs) <= CLOCK_TOLERANCE_MS);
      const doubtStays = answer === 'clockIsRight' && isSetBack(doubt) && !isVouched;
      store.write((write) => {
        settle(write, doubt, answer, by.username, doubtStays, byMs);
      });
      jumped = null;
      away = null;
      last = { now: clock.now(), monotonicMs: clock.monotonicMs() };
      parts.events.tell({ what: 'start.changed' });
      return doubtStays;
    },
  };

  function settle(
    write: WriteStore,
    doubt: ClockDoubt,
    answer: 'clockIsRight' | 'clockIsWrong',
    by: string,
    doubtStays: boolean,
    settledByMs: number | null,
  ): void {
    const now = clock.now();
    const entry = appendEntry(write, parts.digest, {
      what: 'clock.answered',
      by,
      businessDate: write.openDay()?.businessDate ?? clock.localDate(now),
      at: now,
      body: { answer, kind: doubt.kind, byMs: doubt.byMs, doubtStays },
    });
    saveSetting(write, 'clockDoubt', { doubt, answer, doubtStays, settledByMs, settledThroughEntry: entry.entry });
    // Head office's day was compared with another reading of this clock: what it was a moment ago is compared with this one.
    const kept = readSetting(write, 'headOfficeDay');
    const heardMs = clock.monotonicMs() - (parts.headOffice.lastContact()?.atMonotonicMs ?? Number.NEGATIVE_INFINITY);
    const isKnown = kept !== null && heardMs < DAY_KNOWN_MS;
    saveSetting(write, 'headOfficeDay', isKnown ? { ...kept, calendarDate: clock.localDate(now), readAt: now } : null);
  }
}
