// Whether somebody's counts say more than chance: each drawer's difference beside the person's own usual spread, as Shewhart's chart of single
// values draws it (mean, and 2.66 mean moving ranges to either side). A shortage each evening is a habit and moves the middle; one that leaves
// the limits is an event.

/** Counted drawers before limits say anything. */
export const LIMITS_FROM = 8;
const SPREAD_HUNDREDTHS = 266;

export interface ControlLimits {
  readonly middleMinor: number;
  readonly lowMinor: number;
  readonly highMinor: number;
}

/** Of differences in the order of their days, in minor units; null while there are too few. */
export function controlLimits(differences: readonly number[]): ControlLimits | null {
  if (differences.length < LIMITS_FROM) return null;
  const middleMinor = Math.round(differences.reduce((sum, each) => sum + each, 0) / differences.length);
  const moved = differences.slice(1).reduce((sum, each, at) => sum + Math.abs(each - (differences[at] ?? 0)), 0);
  const reach = Math.round((moved * SPREAD_HUNDREDTHS) / (100 * (differences.length - 1)));
  return { middleMinor, lowMinor: middleMinor - reach, highMinor: middleMinor + reach };
}

/** A drawer that was right is never strange, however far its owner's middle lies from nothing. */
export function isOutside(differenceMinor: number, limits: ControlLimits | null): boolean {
  return limits !== null && differenceMinor !== 0 && (differenceMinor < limits.lowMinor || differenceMinor > limits.highMinor);
}
