// A PC that comes back with a dead battery has a wrong date. A clock that went back, or that moved against the monotonic counter by more
// than 15 minutes, is noticed and asked about; until somebody answers, nothing is recorded (field-rules 1.4). So is one that differs from
// head office's clock by as much, and one that leapt over days since the last fact while head office cannot be asked. Milliseconds.

export const CLOCK_TOLERANCE_MS = 15 * 60_000;
/** Clocks are set back by a few seconds when they are synchronised; that is no doubt. */
const BACK_TOLERANCE_MS = 2 * 60_000;
/** A night is no doubt and a day too many is one; over a weekend without a line people are asked once. */
const LONG_AWAY_MS = 36 * 3_600_000;

export interface ClockReading {
  readonly now: number;
  readonly monotonicMs: number;
}

export interface ClockDoubt {
  readonly kind: 'wentBack' | 'jumpedAhead' | 'behindHeadOffice' | 'aheadOfHeadOffice' | 'longAway';
  readonly byMs: number;
  /** The last moment that was known, or what head office's clock says now. */
  readonly lastInstant: number;
}

/** An earlier moment than the true one lets money be dated back: that such a clock is right is a manager's word. */
export function isSetBack({ kind }: ClockDoubt): boolean {
  return kind === 'wentBack' || kind === 'behindHeadOffice';
}

/** `settledByMs`: a difference that somebody has answered for already; positive where this PC is ahead. */
export function doubtAgainstHeadOffice(now: number, headOfficeNow: number, settledByMs: number | null): ClockDoubt | null {
  const byMs = now - headOfficeNow;
  if (Math.abs(byMs) <= CLOCK_TOLERANCE_MS) return null;
  if (settledByMs !== null && Math.abs(byMs - settledByMs) <= CLOCK_TOLERANCE_MS) return null;
  return { kind: byMs > 0 ? 'aheadOfHeadOffice' : 'behindHeadOffice', byMs: Math.abs(byMs), lastInstant: headOfficeNow };
}

/** For the start of a program, which remembers no earlier reading: how long it was away is known by this clock alone. */
export function doubtAfterAway(now: number, lastRecordedAt: number | null): ClockDoubt | null {
  if (lastRecordedAt === null || now - lastRecordedAt <= LONG_AWAY_MS) return null;
  return { kind: 'longAway', byMs: now - lastRecordedAt, lastInstant: lastRecordedAt };
}

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
