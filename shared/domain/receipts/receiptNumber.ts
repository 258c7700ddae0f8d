// Receipt numbers `OFFICE-DD-YYMMDD-NNNN-C`: read aloud in under ten seconds, unique without any network, gap-free per device and business
// date (I8). The check character catches any single wrong character and any swap of neighbours, itself included (ADR 0006).

import { assert } from '../../kernel/assert.ts';
import type { BusinessDate } from '../../kernel/businessDate.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * A linear check over the 36 characters as pairs of GF(4) x GF(9): each step multiplies what was gathered by a constant u and adds the next
 * character. u and u - 1 are both invertible, so a single error and a swap of neighbours always change the result.
 * `text` holds digits and capital letters only.
 */
export function checkCharacterOf(text: string): string {
  let gathered = 0;
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    assert(value >= 0, 'a receipt number has digits and capital letters only');
    gathered = add(timesU(gathered), value);
  }
  return ALPHABET.charAt(negative(timesU(gathered)));
}

// A character's value is 9 * quarter + ninth: `quarter` is an element of GF(4) as two bits, `ninth` one of GF(9) as two digits of base 3.

/** u = (w, 1 + i) with w * w = w + 1 and i * i = -1. */
function timesU(value: number): number {
  const quarter = Math.floor(value / 9);
  const high = quarter >> 1;
  const low = quarter & 1;
  const real = value % 3;
  const imaginary = Math.floor((value % 9) / 3);
  return 9 * (((high ^ low) << 1) | high) + 3 * ((real + imaginary) % 3) + ((real - imaginary + 3) % 3);
}

function add(one: number, other: number): number {
  const quarter = Math.floor(one / 9) ^ Math.floor(other / 9);
  const imaginary = (Math.floor((one % 9) / 3) + Math.floor((other % 9) / 3)) % 3;
  return 9 * quarter + 3 * imaginary + (((one % 3) + (other % 3)) % 3);
}

function negative(value: number): number {
  const imaginary = (3 - Math.floor((value % 9) / 3)) % 3;
  return 9 * Math.floor(value / 9) + 3 * imaginary + ((3 - (value % 3)) % 3);
}

/** `sequence` counts from 1 within one device and business date. Beyond 9999 the field grows; it never wraps. */
export function receiptNumberOf(officeCode: string, deviceCode: string, businessDate: BusinessDate, sequence: number): string {
  assert(/^[A-Z0-9]{2,5}$/.test(officeCode) && /^\d{2}$/.test(deviceCode), 'office and device codes fit the receipt number');
  assert(Number.isInteger(sequence) && sequence >= 1, 'receipt sequences count from 1');
  const day = businessDate.slice(2).replaceAll('-', '');
  const counted = String(sequence).padStart(4, '0');
  return `${officeCode}-${deviceCode}-${day}-${counted}-${checkCharacterOf(officeCode + deviceCode + day + counted)}`;
}

export function isReceiptNumber(text: string): boolean {
  return readReceiptNumber(text) !== null;
}

/** What a number says, alone or in the mark of a line; null when it is none of ours, its check character included. */
export function readReceiptNumber(
  text: string,
): { readonly officeCode: string; readonly deviceCode: string; readonly businessDate: BusinessDate; readonly sequence: number } | null {
  const match = /^([A-Z0-9]{2,5})-(\d{2})-(\d{6})-(\d{4,9})-([0-9A-Z])(?:\/\d{1,3})?$/.exec(text);
  const [, officeCode = '', deviceCode = '', day = '', counted = '', check] = match ?? [];
  if (match === null || checkCharacterOf(officeCode + deviceCode + day + counted) !== check) return null;
  const businessDate = `20${day.slice(0, 2)}-${day.slice(2, 4)}-${day.slice(4)}`;
  return { officeCode, deviceCode, businessDate, sequence: Number(counted) };
}
