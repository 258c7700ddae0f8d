// The two digits that keep the receipt numbers of an office's PCs apart (field rules 1.6). Head office gives out 01 to 50; what a PC gives
// itself, where head office has no table to keep codes apart yet, lies above, so that it is never one that is given out.

import { assert } from '../../kernel/assert.ts';

export const PROVISIONAL_FROM = 51;
const HIGHEST = 99;

/** `spread` is any whole number, not negative, that differs from PC to PC. */
export function provisionalCode(spread: number): string {
  assert(Number.isSafeInteger(spread) && spread >= 0, 'codes are spread by a whole number');
  return String(PROVISIONAL_FROM + (spread % (HIGHEST - PROVISIONAL_FROM + 1)));
}

/** What head office's row calls a PC. Installed from one image, PCs share their name, and may be founded in one second: the mark tells them apart. */
export function deviceRowName(deviceName: string, machineMark: string | null): string {
  return machineMark === null ? deviceName : `${deviceName.slice(0, 80)} ${machineMark.slice(0, 8)}`;
}

/** One above the highest given; above the given ones only when these are used up. Null when no code is left. */
export function nextDeviceCode(held: readonly number[]): string | null {
  const given = held.filter((number) => Number.isInteger(number) && number > 0);
  const next = Math.max(0, ...given.filter((number) => number < PROVISIONAL_FROM)) + 1;
  const free = next < PROVISIONAL_FROM ? next : Math.max(next - 1, ...given) + 1;
  return free > HIGHEST ? null : String(free).padStart(2, '0');
}
