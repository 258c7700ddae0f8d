// How much may lie in a drawer: where it stands, what is stopped.
import { describe, expect, test } from 'vitest';
import {
  NO_LIMIT,
  isLimitSound,
  isTooMuchForOne,
  passedBy,
  stoppedBy,
  type DrawerLimit,
  type LimitDeed,
} from '../../shared/domain/cash/drawerLimits.ts';

const MOST = { minor: 1_000, does: 'stopClients', moveMinor: 600 } as const;
const LEAST = { minor: 100, does: 'stop', moveMinor: 300 } as const;
const HOUSE: DrawerLimit = { least: LEAST, most: MOST };

describe('where a drawer stands', () => {
  test('beyond a side, never on it', () => {
    expect(passedBy(HOUSE, 1_000)).toBeNull();
    expect(passedBy(HOUSE, 1_001)).toEqual({ side: 'most', does: 'stopClients', moveMinor: 600 });
    expect(passedBy(HOUSE, 100)).toBeNull();
    expect(passedBy(HOUSE, 99)).toEqual({ side: 'least', does: 'stop', moveMinor: 300 });
    expect(passedBy(NO_LIMIT, 0)).toBeNull();
  });
});

describe('what is stopped', () => {
  test('what goes on beyond the side, by the house’s word for whose money it is', () => {
    const most = (does: LimitDeed): DrawerLimit => ({ least: null, most: { ...MOST, does } });
    expect(stoppedBy(most('stopClients'), 1_001, 'in', 'client')).toMatchObject({ side: 'most', moveMinor: 600 });
    expect(stoppedBy(most('stopClients'), 1_001, 'in', 'house')).toMatchObject({ side: 'most' });
    expect(stoppedBy(most('stop'), 1_001, 'in', 'client')).toBeNull();
    expect(stoppedBy(most('stop'), 1_001, 'in', 'house')).toMatchObject({ side: 'most' });
    expect(stoppedBy(most('warn'), 1_001, 'in', 'house')).toBeNull();
    expect(stoppedBy(HOUSE, 1_000, 'in', 'client')).toBeNull();
    expect(stoppedBy(HOUSE, 99, 'out', 'client')).toBeNull();
    expect(stoppedBy(HOUSE, 99, 'out', 'house')).toMatchObject({ side: 'least' });
  });

  test('never what brings the drawer back', () => {
    expect(stoppedBy(HOUSE, 5_000, 'out', 'house')).toBeNull();
    expect(stoppedBy(HOUSE, 0, 'in', 'house')).toBeNull();
  });

  test('a sum that no drawer may hold, whatever lies in this one', () => {
    expect(isTooMuchForOne(HOUSE, 1_000)).toBe(false);
    expect(isTooMuchForOne(HOUSE, 1_001)).toBe(true);
    expect(isTooMuchForOne({ least: null, most: { ...MOST, does: 'warn' } }, 1_001)).toBe(false);
    expect(isTooMuchForOne(NO_LIMIT, 1_001)).toBe(false);
  });
});

describe('what may be set', () => {
  test('what is sent is there, and brings the drawer between both sides', () => {
    expect(isLimitSound(HOUSE)).toBe(true);
    expect(isLimitSound(NO_LIMIT)).toBe(true);
    expect(isLimitSound({ least: null, most: { ...MOST, moveMinor: 1_000 } })).toBe(true);
    expect(isLimitSound({ least: null, most: { ...MOST, moveMinor: 1_001 } })).toBe(false);
    expect(isLimitSound({ ...HOUSE, most: { ...MOST, moveMinor: 901 } })).toBe(false);
    expect(isLimitSound({ ...HOUSE, least: { ...LEAST, moveMinor: 901 } })).toBe(false);
    expect(isLimitSound({ least: { ...LEAST, minor: 1_000 }, most: MOST })).toBe(false);
    expect(isLimitSound({ least: { ...LEAST, moveMinor: 0 }, most: null })).toBe(false);
  });
});
