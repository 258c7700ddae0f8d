// Head office writes amounts as JSON decimals with more places than the currency has; the branch counts whole minor units. Digits are moved
// as text and nothing is reckoned in binary fractions.

import { decimalToMinor, minorToDecimal } from '../../shared/kernel/money.ts';
import { ExactNumber, plainDecimal } from './exactNumber.ts';

function decimalText(value: unknown): string | null {
  if (typeof value === 'number') return plainDecimal(String(value));
  if (value instanceof ExactNumber) return plainDecimal(value.text);
  return typeof value === 'string' ? plainDecimal(value.trim()) : null;
}

/** Minor units only where the amount is exactly that many: for telling whether a transaction is ours. */
export function exactMinor(value: unknown, decimals: number): number | null {
  const text = decimalText(value);
  return text === null ? null : decimalToMinor(text, decimals);
}

/** Minor units for a balance to show; digits beyond the currency's places are rounded half to even, as head office rounds (contract 8.1). */
export function amountMinor(value: unknown, decimals: number): number | null {
  const text = decimalText(value);
  if (text === null) return null;
  const exact = decimalToMinor(text, decimals);
  if (exact !== null) return exact;
  const [whole = '', fraction = ''] = text.split('.');
  if (fraction.length <= decimals) return null;
  const kept = decimalToMinor(`${whole}.${fraction.slice(0, decimals)}`, decimals);
  if (kept === null) return null;
  const rest = fraction.slice(decimals);
  const half = '5'.padEnd(rest.length, '0');
  const up = rest > half || (rest === half && kept % 2 !== 0);
  const rounded = up ? kept + (whole.startsWith('-') ? -1 : 1) : kept;
  return Number.isSafeInteger(rounded) ? rounded : null;
}

export function amountToHeadOffice(minor: number, decimals: number): ExactNumber {
  return new ExactNumber(minorToDecimal(minor, decimals));
}
