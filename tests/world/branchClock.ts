// A PC's own clock: true time plus an error that can grow by a jump, read in the zone that the PC was set to. The world's zones have no summer
// time, so that a day's length never surprises; the world itself lives in the first of them.

import type { Clock } from '../../electron/ports/clock.ts';
import type { VirtualTime } from './virtualTime.ts';

/** Hours ahead of UTC. */
const HOURS_AHEAD: Readonly<Record<string, number>> = {
  'Africa/Nairobi': 3,
  'America/Los_Angeles': -8,
  'Pacific/Auckland': 13,
  'Pacific/Kiritimati': 14,
  'Asia/Kolkata': 5.5,
  UTC: 0,
};
export const ZONES: readonly string[] = Object.keys(HOURS_AHEAD);
export const WORLD_ZONE = 'Africa/Nairobi';
const HOUR_MS = 3_600_000;

function offsetMs(zone: string): number {
  return (HOURS_AHEAD[zone] ?? 0) * HOUR_MS;
}

/** The calendar day in that zone, usually the world's. */
export function dateAt(instant: number, zone = WORLD_ZONE): string {
  return new Date(instant + offsetMs(zone)).toISOString().slice(0, 10);
}

/** 'HH:MM:SS' in that zone. */
export function timeOfDayAt(instant: number, zone = WORLD_ZONE): string {
  return new Date(instant + offsetMs(zone)).toISOString().slice(11, 19);
}

/** The instant of that time of day on that calendar day, in the world's zone. */
export function instantOf(date: string, hour: number): number {
  return new Date(`${date}T00:00:00Z`).getTime() - offsetMs(WORLD_ZONE) + hour * HOUR_MS;
}

function offsetText(zone: string): string {
  const hours = HOURS_AHEAD[zone] ?? 0;
  const whole = Math.floor(Math.abs(hours));
  return `${hours < 0 ? '-' : '+'}${String(whole).padStart(2, '0')}:${Math.abs(hours) === whole ? '00' : '30'}`;
}

export function branchClock(time: VirtualTime, errorMs: () => number, startedAt: number, startZone = WORLD_ZONE): Clock {
  let zone = startZone;
  return {
    now: () => time.now() + errorMs(),
    monotonicMs: () => time.now() - startedAt,
    zone: () => zone,
    changeZone(other) {
      if (!(other in HOURS_AHEAD)) return false;
      zone = other;
      return true;
    },
    localDate: (at) => dateAt(at, zone),
    localText: (at, other = zone) => `${dateAt(at, other)}T${timeOfDayAt(at, other)}${offsetText(other)}`,
  };
}
