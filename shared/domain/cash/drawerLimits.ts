// How much may lie in a drawer, and how little: set for a currency by whoever keeps the vault. What is asked is where the drawer stands by what
// was recorded, never where a sum that somebody only types would bring it: an answer to that would tell, sum by sum, what must lie in it, and
// its holder counts it blind (ADR 0035). For the same reason what is proposed is the house's own sum, and never what lies above. Whole minor units.

/** stop: cash of the house's own (slips) is not moved any further that way. stopClients: nor is a client's. */
export const LIMIT_DEEDS = ['warn', 'stop', 'stopClients'] as const;
export type LimitDeed = (typeof LIMIT_DEEDS)[number];

export interface LimitSide {
  readonly minor: number;
  readonly does: LimitDeed;
  /** What is sent to the vault, or fetched from it, at a time. */
  readonly moveMinor: number;
}

export interface DrawerLimit {
  /** Null: none on that side. */
  readonly least: LimitSide | null;
  readonly most: LimitSide | null;
}

export const NO_LIMIT: DrawerLimit = { least: null, most: null };

export interface PassedLimit extends Omit<LimitSide, 'minor'> {
  readonly side: 'least' | 'most';
}

/** Where a drawer stands; null between the two. */
export function passedBy({ least, most }: DrawerLimit, expectedMinor: number): PassedLimit | null {
  if (most !== null && expectedMinor > most.minor) return { side: 'most', does: most.does, moveMinor: most.moveMinor };
  if (least !== null && expectedMinor < least.minor) return { side: 'least', does: least.does, moveMinor: least.moveMinor };
  return null;
}

/** Why the house has cash moved no further that way; null where it may. What brings a drawer back is never stopped. */
export function stoppedBy(limit: DrawerLimit, expectedMinor: number, way: 'in' | 'out', whose: 'client' | 'house'): PassedLimit | null {
  const passed = passedBy(limit, expectedMinor);
  if (passed === null || passed.side !== (way === 'in' ? 'most' : 'least')) return null;
  return passed.does === 'stopClients' || (passed.does === 'stop' && whose === 'house') ? passed : null;
}

/** A sum of the house's own that may lie in no drawer at all: it is said of any, also of an empty one, and so tells nothing of this one. */
export function isTooMuchForOne({ most }: DrawerLimit, amountMinor: number): boolean {
  return most !== null && most.does !== 'warn' && amountMinor > most.minor;
}

/** Whether both sides can be kept, and what is sent or fetched at a time is there to be sent, and brings the drawer between them. */
export function isLimitSound({ least, most }: DrawerLimit): boolean {
  if ([least, most].some((side) => side !== null && (side.minor <= 0 || side.moveMinor <= 0))) return false;
  if (most !== null && most.minor - most.moveMinor < (least?.minor ?? 0)) return false;
  return least === null || most === null || least.minor + least.moveMinor <= most.minor;
}
