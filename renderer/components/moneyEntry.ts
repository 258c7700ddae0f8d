// The rules of typing a sum, apart from any field so that they can be proved: only digits, one decimal sign and * pass; a zero cannot begin a
// sum, a minus cannot be typed at all, and no more minor digits than the currency has. Text here is plain: '8450.5', '12*500', '.' for decimals.

import { AMOUNT_MINOR_MAX } from '../../shared/kernel/money.ts';

export interface EntryRules {
  readonly decimals: number;
  readonly decimalSign: string;
  readonly groupSign: string;
  /** A counted drawer may be empty; an amount that somebody hands over may not. */
  readonly zeroAllowed?: boolean;
}

const WHOLE_DIGITS_MOST = 13;
const FACTOR = /^\d*(?:\.\d*)?$/;

/** Whether the plain text may stand in the field while typing. */
export function mayStand(plain: string, rules: EntryRules): boolean {
  const factors = plain.split('*');
  if (factors.length > 2) return false;
  for (const [at, factor] of factors.entries()) {
    if (!FACTOR.test(factor)) return false;
    const [whole = '', fraction] = factor.split('.');
    // Beyond this the number would no longer be exact, and no such sum is meant.
    if (whole.length > WHOLE_DIGITS_MOST || (whole.length > 1 && whole.startsWith('0'))) return false;
    if (whole === '0' && fraction === undefined && rules.zeroAllowed !== true && (at > 0 || rules.decimals === 0)) return false;
    if (fraction !== undefined && (rules.decimals === 0 || fraction.length > rules.decimals)) return false;
    if (at > 0 && factors[0] === '') return false;
  }
  const minor = entryToMinor(plain, rules);
  if (minor === null) return plain.split('*').every((factor) => factorToMinor(factor, rules.decimals) !== null || !/[1-9]/.test(factor));
  return minor <= AMOUNT_MINOR_MAX;
}

/** Why the text can be no sum, where a person may well have meant one: it then stays as it was typed, and is refused in words. */
export function whyNoSum(text: string, rules: EntryRules): 'negative' | 'decimals' | null {
  if (/[-\u2212]/.test(text)) return 'negative';
  const tooFine = toPlain(text, rules)
    .split('*')
    .some((factor) => {
      const [whole = '', fraction] = factor.split('.');
      // A currency without minor units has no use for the sign itself: 5.5 would become 55.
      return /^\d*$/.test(whole) && fraction !== undefined && (rules.decimals === 0 || fraction.length > rules.decimals);
    });
  return tooFine ? 'decimals' : null;
}

/** Typed or pasted text to plain text: grouping and spaces go, the language's decimal sign becomes a point, × and x multiply. */
export function toPlain(shown: string, rules: EntryRules): string {
  let text = shown.replace(/[\s\u00a0\u202f\u2009']/g, '').replace(/[×xX]/g, '*');
  if (rules.groupSign.trim() !== '') text = text.split(rules.groupSign).join('');
  if (rules.decimalSign !== '.') text = text.split(rules.decimalSign).join('.');
  // A zero typed before the sum gives way to it.
  return text.replace(/(^|\*)0+(?=\d)/g, '$1');
}

function factorToMinor(factor: string, decimals: number): number | null {
  const [whole = '', fraction = ''] = factor.split('.');
  if (whole === '' && fraction === '') return null;
  const minor = Number((whole === '' ? '0' : whole) + fraction.padEnd(decimals, '0'));
  return Number.isSafeInteger(minor) ? minor : null;
}

/** Whole minor units, or null while the entry is unfinished. In a product one factor is a count, so the result stays exact. */
export function entryToMinor(plain: string, rules: EntryRules): number | null {
  const factors = plain.split('*');
  const first = factors[0] ?? '';
  const second = factors[1];
  if (second === undefined) {
    const minor = factorToMinor(first, rules.decimals);
    return minor === 0 && rules.zeroAllowed !== true ? null : minor;
  }
  const isCount = (factor: string): boolean => /^\d+$/.test(factor);
  const count = isCount(first) ? first : isCount(second) ? second : null;
  const other = count === first ? second : first;
  if (count === null) return null;
  const each = factorToMinor(other, rules.decimals);
  if (each === null) return null;
  const product = Number(count) * each;
  return Number.isSafeInteger(product) && product > 0 ? product : null;
}

/** Minor units to plain text, without minor digits when there are none to say. */
export function minorToEntry(minor: number | null, rules: EntryRules): string {
  if (minor === null) return '';
  const scale = 10 ** rules.decimals;
  const fraction = minor % scale;
  const whole = String((minor - fraction) / scale);
  return fraction === 0 ? whole : `${whole}.${String(fraction).padStart(rules.decimals, '0')}`;
}

/** Plain text as it stands in the field: grouped, with the language's signs. */
export function showEntry(plain: string, rules: EntryRules): string {
  return plain
    .split('*')
    .map((factor) => {
      const [whole = '', fraction] = factor.split('.');
      const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, rules.groupSign);
      return fraction === undefined ? grouped : `${grouped}${rules.decimalSign}${fraction}`;
    })
    .join(' × ');
}
