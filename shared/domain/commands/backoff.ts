// How long a command waits before its next attempt. Money never expires: the pause grows to a ceiling and stays there.

const FIRST_PAUSE_MS = 2_000;
export const LONGEST_PAUSE_MS = 5 * 60_000;

/** Milliseconds; doubles per attempt, with half of it drawn by `fraction` in [0, 1), so that a hundred branches do not knock together. */
export function backoffMs(attempts: number, fraction: number): number {
  const full = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(Math.max(attempts - 1, 0), 20));
  return Math.round(full / 2 + (full / 2) * fraction);
}
