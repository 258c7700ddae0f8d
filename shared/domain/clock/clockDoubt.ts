// A PC that comes back with a dead battery has a wrong date. A clock that went back, or that moved against the monotonic counter by more
// than 15 minutes, is noticed and asked about; until somebody answers, nothing is recorded (field-rules 1.4). Milliseconds.

export const CLOCK_TOLERANCE_MS = 15 * 60_000;
/** Clocks are set back by a few seconds when they are synchronised; that is no doubt. */
const BACK_TOLERANCE_MS = 2 * 60_000;

export interface ClockReading {
  readonly now: number;
  readonly monotonicMs: number;
}

export type ClockDoubt = { readonly kind: 'wentBack' | 'jumpedAhead'; readonly byMs: number; readonly lastInstant: number };

/** `last` is an earlier reading of this process; `lastRecordedAt` the instant of the newest fact on disk. */
export function doubtClock(reading: ClockReading, last: ClockReading | null, lastRecordedAt: number | null): ClockDoubt | null {
  if (last !== null) {
    const drift = reading.now - last.now - (reading.monotonicMs - last.monotonicMs);
    if (drift > CLOCK_TOLERANCE_MS) return { kind: 'jumpedAhead', byMs: drift, lastInstant: last.now };
    if (drift < -CLOCK_TOLERANCE_MS) return { kind: 'wentBack', byMs: -drift, lastInstant: last.now };
  }
  if (lastRecordedAt !== null && reading.now < lastRecordedAt - BACK_TOLERANCE_MS) {
    return { kind: 'wentBack', byMs: lastRecordedAt - reading.now, lastInstant: lastRecordedAt };
  }
  return null;
}
