// The number that a client, a group, a center, or a loan or savings account that is applied for, has from the moment at which it was recorded, without any
// line: `P-OFFICE-DD-NNNN-C` of a person, `G-OFFICE-DD-NNNN-C` of a group, `C-…` of a center, `L-…` of a loan, `S-…` of savings. Unique over all PCs, because office and
// device are in it and each PC counts for itself, all letters together and never from one again. Printed on the slip, and an alias for ever.

import { assert } from '../../kernel/assert.ts';
import { checkCharacterOf } from '../receipts/receiptNumber.ts';

/** Append-only: it stands on paper. */
export type LocalNumberLetter = 'P' | 'L' | 'G' | 'S' | 'C';

/** `sequence` counts from 1 within one device, over all days. Beyond 9999 the field grows; it never wraps. */
export function localNumberOf(letter: LocalNumberLetter, officeCode: string, deviceCode: string, sequence: number): string {
  assert(/^[A-Z0-9]{2,5}$/.test(officeCode) && /^\d{2}$/.test(deviceCode), 'office and device codes fit the number of a client');
  assert(Number.isInteger(sequence) && sequence >= 1, 'numbers of clients count from 1');
  const counted = String(sequence).padStart(4, '0');
  return `${letter}-${officeCode}-${deviceCode}-${counted}-${checkCharacterOf(`${letter}${officeCode}${deviceCode}${counted}`)}`;
}

export function isLocalNumber(text: string): boolean {
  return readLocalNumber(text) !== null;
}

/** Null when it is no such number, its check character included. */
export function readLocalNumber(
  text: string,
): { readonly officeCode: string; readonly deviceCode: string; readonly sequence: number } | null {
  const [, letter = '', officeCode = '', deviceCode = '', counted = '', check] =
    /^([PLGSC])-([A-Z0-9]{2,5})-(\d{2})-(\d{4,9})-([0-9A-Z])$/.exec(text) ?? [];
  if (check === undefined || checkCharacterOf(`${letter}${officeCode}${deviceCode}${counted}`) !== check) return null;
  return { officeCode, deviceCode, sequence: Number(counted) };
}
