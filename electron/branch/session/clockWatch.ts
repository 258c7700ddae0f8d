// Notices a clock that jumped, keeps the doubt until somebody answers, and says whether facts carry `clockDoubt` (field-rules 1.4).

import { doubtClock, type ClockDoubt, type ClockReading } from '../../../shared/domain/clock/clockDoubt.ts';
import { appendEntry } from '../../journal/appendEntry.ts';
import { readSetting, saveSetting } from '../../journal/settings.ts';
import type { ReadStore, WriteStore } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';

export interface ClockWatch {
  /** The doubt that nobody has answered yet. */
  unanswered(store: ReadStore): ClockDoubt | null;
  /** Whether facts recorded now are stamped with doubt. */
  doubtful(store: ReadStore): boolean;
  answer(answer: 'clockIsRight' | 'clockIsWrong', by: string): void;
}

export function createClockWatch(parts: Pick<BranchParts, 'store' | 'clock' | 'digest' | 'events'>): ClockWatch {
  const { clock, store } = parts;
  let last: ClockReading | null = null;
  let jumped: ClockDoubt | null = null;

  function look(read: ReadStore): ClockDoubt | null {
    const reading = { now: clock.now(), monotonicMs: clock.monotonicMs() };
    const kept = readSetting(read, 'clockDoubt');
    const newest = read.lastEntry();
    const lastRecordedAt = newest !== null && newest.entry > (kept?.settledThroughEntry ?? 0) ? newest.at : null;
    const doubt = doubtClock(reading, last, lastRecordedAt);
    last = reading;
    jumped ??= doubt;
    return jumped;
  }

  return {
    unanswered: look,
    doubtful(read) {
      return readSetting(read, 'clockDoubt')?.answer === 'clockIsWrong';
    },
    answer(answer, by) {
      const doubt = store.read(look);
      if (doubt === null) return;
      store.write((write) => {
        settle(write, doubt, answer, by);
      });
      jumped = null;
      last = { now: clock.now(), monotonicMs: clock.monotonicMs() };
      parts.events.tell({ what: 'start.changed' });
    },
  };

  function settle(write: WriteStore, doubt: ClockDoubt, answer: 'clockIsRight' | 'clockIsWrong', by: string): void {
    const now = clock.now();
    const entry = appendEntry(write, parts.digest, {
      what: 'clock.answered',
      by,
      businessDate: write.openDay()?.businessDate ?? clock.localDate(now),
      at: now,
      body: { answer, kind: doubt.kind, byMs: doubt.byMs },
    });
    saveSetting(write, 'clockDoubt', { doubt, answer, settledThroughEntry: entry.entry });
  }
}
