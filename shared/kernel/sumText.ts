// A sum as a person writes it, read by one rule for every money field: what stands exactly as the screen would show it is taken, in the number
// format of the reader; what can only mean one thing is taken; everything else is refused with the sums that it could mean. Nothing that was
// typed is dropped on the way, because a sum that silently became another one is the error nobody sees.

import { AMOUNT_MINOR_MAX, minorToDecimal, type Currency } from './money.ts';

/** How the screen writes numbers. */
export interface NumberSigns {
  readonly group: string;
  readonly decimal: string;
  /** Digits in the last group, and in those before it: 3 and 3 (1,234,567), or 3 and 2 (12,34,567). */
  readonly lastGroup: number;
  readonly otherGroups: number;
}

export interface SumRules {
  readonly signs: NumberSigns;
  readonly currency: Currency;
  /** A counted drawer may be empty; an amount that somebody hands over may not. */
  readonly zeroAllowed?: boolean;
}

export type WhyNoSum = 'negative' | 'decimals' | 'unsure' | 'letters' | 'otherCurrency' | 'tooLarge' | 'zero' | 'product';

export type SumReading =
  | { readonly kind: 'empty' }
  | { readonly kind: 'sum'; readonly minor: number }
  | {
      readonly kind: 'refused';
      readonly why: WhyNoSum;
      /** Whole minor units that it could mean, the smallest first. */
      readonly couldBe: readonly number[];
      /** More keys may make a sum of it: somebody is on the way from 5 to 5,000. */
      readonly mayGrow: boolean;
    };

const SPACES = /[\s\u00a0\u202f\u2009]/gu;
const TIMES = /[*×xX]/u;
/** Signs that only ever group. */
const GROUPS_ONLY = new Set([' ', '\u2019', "'"]);

export function readSum(text: string, rules: SumRules): SumReading {
  const trimmed = text.replace(SPACES, ' ').trim();
  if (trimmed === '') return { kind: 'empty' };
  const ofCode = withoutCode(trimmed, rules.currency.code);
  if (ofCode === null) return refused('otherCurrency');
  if (/[-\u2212\u2013\u2014(]/u.test(ofCode)) return refused('negative');
  const factors = ofCode.split(TIMES).map((factor) => factor.trim());
  return factors.length === 1 ? judged(readFactor(ofCode, rules), rules) : readProduct(factors, rules);
}

/** What may be said of one factor: its minor units, or why not. */
type Factor = { readonly minor: number } | Extract<SumReading, { kind: 'refused' }>;

function refused(why: WhyNoSum, couldBe: readonly number[] = [], mayGrow = false): Extract<SumReading, { kind: 'refused' }> {
  return { kind: 'refused', why, couldBe, mayGrow };
}

function judged(factor: Factor, rules: SumRules): SumReading {
  if ('kind' in factor) return factor;
  if (factor.minor > AMOUNT_MINOR_MAX) return refused('tooLarge');
  if (factor.minor === 0 && rules.zeroAllowed !== true) return refused('zero', [], true);
  return { kind: 'sum', minor: factor.minor };
}

/** Twelve notes of 500: one factor is a count, so the result stays exact. */
function readProduct(factors: readonly string[], rules: SumRules): SumReading {
  const [first = '', second = ''] = factors;
  if (factors.length > 2 || first === '') return refused('product');
  const counts = { ...rules, currency: { code: rules.currency.code, decimals: 0 } };
  const one = readFactor(first, rules);
  if ('kind' in one) return { ...one, mayGrow: false };
  if (second === '') return refused('product', [], true);
  const other = readFactor(second, rules);
  if ('kind' in other) return other;
  const firstCount = readFactor(first, counts);
  const secondCount = readFactor(second, counts);
  const product = !('kind' in firstCount)
    ? firstCount.minor * other.minor
    : !('kind' in secondCount)
      ? secondCount.minor * one.minor
      : null;
  if (product === null) return refused('product');
  if (product === 0) return refused('zero', [], true);
  return judged({ minor: Number.isSafeInteger(product) ? product : AMOUNT_MINOR_MAX + 1 }, rules);
}

/** 'KES 1,500.00' is what the screen shows; another money's code is another sum. */
function withoutCode(text: string, code: string): string | null {
  const match = /^([A-Za-z]{3})(?=[\s\d])\s*(.*)$|^(.*?\d)\s*([A-Za-z]{3})$/u.exec(text);
  if (match === null) return text;
  const said = match[1] ?? match[4] ?? '';
  return said.toUpperCase() === code ? (match[2] ?? match[3] ?? '') : null;
}

interface Runs {
  /** Digits between the signs; the first and the last may be empty. */
  readonly digits: readonly string[];
  readonly signs: readonly string[];
}

function runsOf(text: string): Runs | null {
  if (!/^[\d., '\u2019]*\d[\d., '\u2019]*$/u.test(text)) return null;
  return { digits: text.split(/[., '\u2019]/u), signs: text.replace(/\d/gu, '').split('') };
}

function readFactor(text: string, rules: SumRules): Factor {
  if (/^[.,]$/u.test(text)) return refused('unsure', [], true);
  const runs = runsOf(text);
  if (runs === null) return refused('letters');
  const { decimals } = rules.currency;
  const { signs } = rules;
  const ownGroup = plainSign(signs.group);
  const mayGroup = (sign: string): boolean => sign === ownGroup || GROUPS_ONLY.has(sign) || sign !== signs.decimal;
  const mayBeDecimal = (sign: string): boolean => sign === signs.decimal || (!GROUPS_ONLY.has(sign) && sign !== ownGroup);

  // As the reader's format has it. Where a sign could be either, both are looked at, and only one of them may come out.
  const found = new Set<number>();
  let tooFine = false;
  if (runs.signs.every(mayGroup) && isGrouped(runs.digits, runs.signs, signs)) found.add(minorOf(runs.digits.join(''), '', decimals));
  const last = runs.signs.at(-1);
  if (last !== undefined && mayBeDecimal(last)) {
    const [before, groups, fraction] = [runs.digits.slice(0, -1), runs.signs.slice(0, -1), runs.digits.at(-1) ?? ''];
    if (
      groups.every((sign) => mayGroup(sign) && sign !== last) &&
      (isGrouped(before, groups, signs) || (groups.length === 0 && fraction !== ''))
    ) {
      // A money without minor units has no decimals that a foreign sign could mean: 12.500 groups there.
      if (decimals === 0) tooFine = last === signs.decimal || found.size === 0;
      else if (fraction.length > decimals) tooFine = true;
      else found.add(minorOf(before.join(''), fraction, decimals));
    }
  }
  const [only] = found;
  if (only !== undefined && found.size === 1 && !(tooFine && last !== signs.decimal))
    return only > Number.MAX_SAFE_INTEGER ? refused('tooLarge') : { minor: only };
  const couldBe = everyReading(runs, decimals);
  return refused(tooFine && last === signs.decimal ? 'decimals' : 'unsure', couldBe, couldGrow(runs, signs));
}

function plainSign(sign: string): string {
  return sign.replace(SPACES, ' ');
}

/** 1,234,567: one sign throughout, and groups of the right size. Digits without a sign are well grouped. */
function isGrouped(digits: readonly string[], signs: readonly string[], { lastGroup, otherGroups }: NumberSigns): boolean {
  if (signs.length === 0) return digits[0] !== '';
  if (new Set(signs).size > 1) return false;
  return sizesFit(digits, 3, 3) || sizesFit(digits, lastGroup, otherGroups);
}

function sizesFit(digits: readonly string[], lastGroup: number, otherGroups: number): boolean {
  const [first = '', ...rest] = digits;
  if (!/^[1-9]/u.test(first) || first.length > Math.max(otherGroups, 1)) return false;
  return rest.every((run, at) => run.length === (at === rest.length - 1 ? lastGroup : otherGroups));
}

/** Whether somebody may be in the middle of a grouped number: 5.0 on the way to 5.000. */
function couldGrow({ digits, signs }: Runs, { group, lastGroup }: NumberSigns): boolean {
  const last = digits.at(-1) ?? '';
  const grows = signs.every((sign) => sign === plainSign(group)) && last.length < lastGroup;
  return grows && /^[1-9]\d{0,2}$/u.test(digits[0] ?? '') && digits.slice(1, -1).every((run) => run.length === lastGroup);
}

/** Every sum that somebody could mean by it, whatever their country's signs. */
function everyReading({ digits, signs }: Runs, decimals: number): readonly number[] {
  const found = new Set<number>([minorOf(digits.join(''), '', decimals)]);
  const last = signs.at(-1);
  const fraction = (digits.at(-1) ?? '').replace(/0+$/u, '');
  if (last !== undefined && !GROUPS_ONLY.has(last) && fraction.length <= decimals && signs.slice(0, -1).every((sign) => sign !== last))
    found.add(minorOf(digits.slice(0, -1).join(''), fraction, decimals));
  return [...found].filter((minor) => minor > 0 && minor <= AMOUNT_MINOR_MAX).sort((one, other) => one - other);
}

/** Larger than any sum where it would not be exact. */
function minorOf(whole: string, fraction: string, decimals: number): number {
  const minor = Number(whole + fraction.padEnd(decimals, '0'));
  return Number.isSafeInteger(minor) ? minor : Number.POSITIVE_INFINITY;
}

/** One character of a shown sum. `at` is the place of the typed character that it stands for; null where the screen put it in. */
export interface ShownCharacter {
  readonly character: string;
  readonly at: number | null;
}

/** What was typed, as it stands in the field: grouped in the screen's signs where it is a sum, otherwise exactly as it was typed. */
export function showTyped(typed: string, rules: SumRules): readonly ShownCharacter[] {
  const asTyped = Array.from({ length: typed.length }, (_, at) => ({ character: typed.charAt(at), at }));
  const reading = readSum(typed, rules);
  const isProduct = TIMES.test(typed);
  if (reading.kind === 'refused' && !(reading.mayGrow && (reading.why === 'product' || reading.why === 'zero'))) return asTyped;
  if (/[A-Za-wyzÀ-ÿ]/u.test(typed)) return asTyped;
  if (!isProduct) return grouped(asTyped, rules.signs);
  const times = typed.search(TIMES);
  return [
    ...grouped(asTyped.slice(0, times), rules.signs),
    { character: ' ', at: null },
    { character: '×', at: times },
    { character: ' ', at: null },
    ...grouped(asTyped.slice(times + 1), rules.signs),
  ];
}

/** A factor that reads as a number: its decimal sign is the last that is no group. */
function grouped(typed: readonly { readonly character: string; readonly at: number }[], signs: NumberSigns): readonly ShownCharacter[] {
  const places = typed.filter(({ character }) => character.replace(SPACES, '') !== '');
  const text = places.map(({ character }) => character).join('');
  const lastSign = text.search(/[.,](?=\d*$)/u);
  const decimalAt = lastSign >= 0 && isDecimal(text, lastSign, signs) ? lastSign : -1;
  const wholePart = decimalAt < 0 ? places : places.slice(0, decimalAt);
  const digits = wholePart.filter(({ character }) => /\d/u.test(character));
  const significant = digits.slice(Math.min(leadingZeros(digits), Math.max(digits.length - 1, 0)));
  const out: ShownCharacter[] = [];
  significant.forEach((digit, index) => {
    const left = significant.length - index;
    if (index > 0 && startsGroup(left, signs)) {
      const own = typed.find(({ at }) => at > (significant[index - 1]?.at ?? 0) && at < digit.at);
      out.push({ character: signs.group, at: own?.at ?? null });
    }
    out.push(digit);
  });
  if (decimalAt >= 0) out.push({ character: signs.decimal, at: places[decimalAt]?.at ?? null }, ...places.slice(decimalAt + 1));
  return out;
}

function isDecimal(text: string, at: number, signs: NumberSigns): boolean {
  const sign = text[at] ?? '';
  if (sign === signs.decimal) return true;
  // A sign of another country's keyboard: it groups where it could group, and was taken as the decimal sign where it could not.
  return sign !== plainSign(signs.group) && !(text.length - at - 1 === 3);
}

function leadingZeros(digits: readonly { readonly character: string }[]): number {
  const first = digits.findIndex(({ character }) => character !== '0');
  return first < 0 ? digits.length : first;
}

function startsGroup(left: number, { lastGroup, otherGroups }: NumberSigns): boolean {
  return left === lastGroup || (left > lastGroup && (left - lastGroup) % otherGroups === 0);
}

/** Minor units as somebody would type them, without minor digits when there are none to say. */
export function minorToTyped(minor: number | null, { signs, currency }: SumRules): string {
  if (minor === null) return '';
  const [whole = '', fraction = ''] = minorToDecimal(minor, currency.decimals).split('.');
  return /[1-9]/u.test(fraction) ? `${whole}${signs.decimal}${fraction}` : whole;
}

/** The same, grouped as the screen writes it. */
export function minorToShown(minor: number, rules: SumRules): string {
  return showTyped(minorToTyped(minor, rules), { ...rules, zeroAllowed: true })
    .map(({ character }) => character)
    .join('');
}
