// Money, dates and times as a language writes them, in whichever country. Amounts come in whole minor units with their currency and never pass
// through a fraction; business dates are calendar days without a zone; instants are read in the zone that is handed in. A screen and a paper
// write with these same hands, so that both say the same.

import type { Currency } from '../../kernel/money.ts';
import type { NumberSigns } from '../../kernel/sumText.ts';

/** A language and, where it is known, the institution's country: a language is written with other signs in other countries. */
export interface Writing {
  readonly language: string;
  /** Two letters. */
  readonly country: string | null;
}

export interface MoneyParts {
  /** A true minus sign, or nothing. */
  readonly sign: string;
  readonly whole: string;
  /** The minor units with their separator, '.00'; empty where the currency has none. */
  readonly minor: string;
  readonly codeFirst: boolean;
}

const MINUS = '\u2212';
/** Where a country writes a space between thousands, it is narrow and no line ends there. */
const THOUSANDS = '\u202f';
const ANY_SPACE = /\s/gu;
const wholeFormats = new Map<string, Intl.NumberFormat>();
const signsByLocale = new Map<string, NumberSigns>();

/** The reader's language as it writes numbers in the institution's country. */
function numberLocale({ language, country }: Writing): string {
  return country === null ? language : `${language}-${country}`;
}

function wholeFormat(writing: Writing): Intl.NumberFormat {
  const locale = numberLocale(writing);
  let format = wholeFormats.get(locale);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, useGrouping: 'always' });
    wholeFormats.set(locale, format);
  }
  return format;
}

/** How numbers are written for this reader, as the platform's own tables have it. */
export function signsOf(writing: Writing): NumberSigns {
  const locale = numberLocale(writing);
  let signs = signsByLocale.get(locale);
  if (signs === undefined) {
    const parts = new Intl.NumberFormat(locale, { useGrouping: 'always', minimumFractionDigits: 1 }).formatToParts(1_234_567_890.5);
    const groups = parts.filter((part) => part.type === 'integer').map((part) => part.value.length);
    signs = {
      group: (parts.find((part) => part.type === 'group')?.value ?? ' ').replace(ANY_SPACE, THOUSANDS),
      decimal: parts.find((part) => part.type === 'decimal')?.value ?? '.',
      lastGroup: groups.at(-1) ?? 3,
      otherGroups: groups.at(-2) ?? 3,
    };
    signsByLocale.set(locale, signs);
  }
  return signs;
}

function isCodeFirst(writing: Writing, code: string): boolean {
  const locale = numberLocale(writing);
  try {
    return (
      new Intl.NumberFormat(locale, { style: 'currency', currency: code, currencyDisplay: 'code' }).formatToParts(1)[0]?.type === 'currency'
    );
  } catch {
    return true;
  }
}

export function moneyParts(minor: number, currency: Currency, writing: Writing): MoneyParts {
  const scale = 10 ** currency.decimals;
  const size = Math.abs(minor);
  const fraction = size % scale;
  return {
    sign: minor < 0 ? MINUS : '',
    whole: wholeFormat(writing)
      .format((size - fraction) / scale)
      .replace(ANY_SPACE, THOUSANDS),
    minor: currency.decimals === 0 ? '' : signsOf(writing).decimal + String(fraction).padStart(currency.decimals, '0'),
    codeFirst: isCodeFirst(writing, currency.code),
  };
}

/** '8,450.00', or with the code where the language puts it: 'KES 8,450.00', '8 450,00 KES'. */
export function moneyText(minor: number, currency: Currency, writing: Writing, withCode = false): string {
  const parts = moneyParts(minor, currency, writing);
  const figure = parts.sign + parts.whole + parts.minor;
  if (!withCode) return figure;
  return parts.codeFirst ? `${currency.code}\u00a0${figure}` : `${figure}\u00a0${currency.code}`;
}

export type DateStyle = 'day' | 'short' | 'medium' | 'weekday' | 'full' | 'month' | 'initial';

const DATE_STYLES: Readonly<Record<DateStyle, Intl.DateTimeFormatOptions>> = {
  /** 22 November */
  day: { day: 'numeric', month: 'long' },
  /** 22 Nov */
  short: { day: 'numeric', month: 'short' },
  /** 22 Nov 2026 */
  medium: { day: 'numeric', month: 'short', year: 'numeric' },
  /** Fri 20 Nov 2026 */
  weekday: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  month: { month: 'long' },
  initial: { month: 'narrow' },
};

/** English as it is written in branches: the day before the month. */
function dateLocale(locale: string): string {
  return locale === 'en' ? 'en-GB' : locale;
}

export function dateText(date: string, locale: string, style: DateStyle = 'medium'): string {
  const day = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)));
  const text = new Intl.DateTimeFormat(dateLocale(locale), { ...DATE_STYLES[style], timeZone: 'UTC' }).format(new Date(day));
  // Spanish of the countries we serve writes every month in three letters; the runtime's own says "sept".
  return (locale.startsWith('es') ? text.replace(/\bsept\b/g, 'sep') : text).replace(/,/g, '');
}

/** '11:42' in the branch's zone. */
export function timeText(instant: number, locale: string, zone: string): string {
  return new Intl.DateTimeFormat(dateLocale(locale), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(
    new Date(instant),
  );
}

/** The calendar day of an instant in the branch's zone, as YYYY-MM-DD. */
export function dayOfInstant(instant: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zone }).formatToParts(
    new Date(instant),
  );
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}
