// A PC's own clock: true time plus an error that can grow by a jump. The zone has no summer time, so that a day's length never surprises.

import type { Clock } from '../../electron/ports/clock.ts';
import type { VirtualTime } from './virtualTime.ts';

const ZONE = 'Africa/Nairobi';
const OFFSET_MS = 3 * 3_600_000;

/** The calendar day in the world's zone. */
export function dateAt(instant: number): string {
  return new Date(instant + OFFSET_MS).toISOString().slice(0, 10);
}

/** 'HH:MM:SS' in the world's zone. */
export function timeOfDayAt(instant: number): string {
  return new Date(instant + OFFSET_MS).toISOString().slice(11, 19);
}

/** The instant of that time of day on that calendar day, in the world's zone. */
export function instantOf(date: string, hour: number): number {
  return new Date(`${date}T00:00:00Z`).getTime() - OFFSET_MS + hour * 3_600_000;
}

export function branchClock(time: VirtualTime, errorMs: () => number, startedAt: number): Clock {
  return {
    now: () => time.now() + errorMs(),
    monotonicMs: () => time.now() - startedAt,
    zone: () => ZONE,
    localDate: dateAt,
    localText: (at) => `${dateAt(at)}T${timeOfDayAt(at)}+03:00`,
  };
}
