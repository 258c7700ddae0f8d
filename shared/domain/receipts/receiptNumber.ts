// Receipt numbers `OFFICE-DD-YYMMDD-NNNN-C`: read aloud in under ten seconds, unique without any network, gap-free per device and business
// date (I8). The check character is ISO 7064 mod 37,36 over all characters but the hyphens: it catches any single error and adjacent swap.

import { assert } from '../../kernel/assert.ts';
import type { BusinessDate } from '../../kernel/businessDate.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** `text` holds digits and capital letters only. */
export function checkCharacterOf(text: string): string {
  let carry = 36;
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    assert(value >= 0, 'a receipt number has digits and capital letters only');
    carry = (carry + value) % 36 || 36;
    carry = (carry * 2) % 37;
  }
  return ALPHABET.charAt((37 - carry) % 36);
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
  const match = /^([A-Z0-9]{2,5})-(\d{2})-(\d{6})-(\d{4,})-([0-9A-Z])$/.exec(text);
  return match !== null && checkCharacterOf(match.slice(1, 5).join('')) === match[5];
}
