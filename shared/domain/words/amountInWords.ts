// An amount in words, as under a cheque's figure: it is what catches a wrong zero before the money moves. The numbers are spelled here, the
// currency's name comes from the platform's own language tables, and minor units are written as a fraction because not every coin has a name.

import type { Currency } from '../../kernel/money.ts';

type Speller = (whole: number, feminine: boolean) => string;

const EN_SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const EN_TENS = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const EN_SCALES = ['', ' thousand', ' million', ' billion', ' trillion', ' quadrillion'];

function groupsOf(whole: number): number[] {
  const groups: number[] = [];
  for (let rest = whole; rest > 0; rest = Math.floor(rest / 1000)) groups.push(rest % 1000);
  return groups;
}

function enBelow1000(value: number): string {
  const hundreds = Math.floor(value / 100);
  const rest = value % 100;
  const tens =
    rest < 20
      ? rest === 0
        ? ''
        : EN_SMALL[rest]
      : `${EN_TENS[Math.floor(rest / 10)] ?? ''}${rest % 10 === 0 ? '' : `-${EN_SMALL[rest % 10] ?? ''}`}`;
  if (hundreds === 0) return tens ?? '';
  return `${EN_SMALL[hundreds] ?? ''} hundred${tens === '' ? '' : ` and ${tens ?? ''}`}`;
}

const spellEn: Speller = (whole) => {
  if (whole === 0) return 'zero';
  const groups = groupsOf(whole);
  const said: string[] = [];
  for (let at = groups.length - 1; at >= 0; at -= 1) {
    const group = groups[at] ?? 0;
    if (group === 0) continue;
    const words = enBelow1000(group) + (EN_SCALES[at] ?? '');
    said.push(at === 0 && group < 100 && said.length > 0 ? `and ${words}` : words);
  }
  return said.join(' ');
};

const ES_SMALL =
  'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve'.split(
    ' ',
  );
const ES_TENS = '- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa'.split(' ');
const ES_HUNDREDS = '- ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos'.split(' ');

/** `before`: what the number stands before. A noun shortens "uno" to "un", a feminine one makes it "una". */
function esBelow1000(value: number, feminine: boolean): string {
  if (value === 100) return 'cien';
  const rest = value % 100;
  const hundreds = Math.floor(value / 100);
  let tens =
    rest < 30
      ? rest === 0
        ? ''
        : (ES_SMALL[rest] ?? '')
      : `${ES_TENS[Math.floor(rest / 10)] ?? ''}${rest % 10 === 0 ? '' : ` y ${ES_SMALL[rest % 10] ?? ''}`}`;
  if (feminine) tens = tens.replace(/uno$/, 'una');
  else tens = tens.replace(/veintiuno$/, 'veintiún').replace(/uno$/, 'un');
  let front = hundreds === 0 ? '' : (ES_HUNDREDS[hundreds] ?? '');
  if (feminine) front = front.replace(/os$/, 'as');
  return [front, tens].filter((part) => part !== '').join(' ');
}

function esBelowMillion(value: number, feminine: boolean): string {
  const thousands = Math.floor(value / 1000);
  const rest = value % 1000;
  const front = thousands === 0 ? '' : thousands === 1 ? 'mil' : `${esBelow1000(thousands, feminine)} mil`;
  return [front, rest === 0 ? '' : esBelow1000(rest, feminine)].filter((part) => part !== '').join(' ');
}

const ES_SCALES = [
  ['', ''],
  ['millón', 'millones'],
  ['billón', 'billones'],
] as const;

const spellEs: Speller = (whole, feminine) => {
  if (whole === 0) return 'cero';
  const said: string[] = [];
  for (let at = 2; at >= 0; at -= 1) {
    const group = Math.floor(whole / 1_000_000 ** at) % 1_000_000;
    if (group === 0) continue;
    const scale = ES_SCALES[at]?.[group === 1 ? 0 : 1] ?? '';
    said.push(at === 0 ? esBelowMillion(group, feminine) : `${esBelowMillion(group, false)} ${scale}`);
  }
  return said.join(' ');
};

const FR_SMALL =
  'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf'.split(' ');
const FR_TENS = '- - vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt'.split(' ');

/** `last`: nothing follows, so "quatre-vingts" and "cents" take their s. */
function frBelow100(value: number, last: boolean): string {
  if (value < 20) return FR_SMALL[value] ?? '';
  const ten = Math.floor(value / 10);
  const isVigesimal = ten === 7 || ten === 9;
  const unit = isVigesimal ? (value % 10) + 10 : value % 10;
  const front = FR_TENS[ten] ?? '';
  if (unit === 0) return ten === 8 && last ? 'quatre-vingts' : front;
  if ((unit === 1 || unit === 11) && ten < 8) return `${front} et ${FR_SMALL[unit] ?? ''}`;
  return `${front}-${FR_SMALL[unit] ?? ''}`;
}

function frBelow1000(value: number, last: boolean): string {
  const hundreds = Math.floor(value / 100);
  const rest = value % 100;
  const tens = rest === 0 ? '' : frBelow100(rest, last);
  if (hundreds === 0) return tens;
  const front = hundreds === 1 ? 'cent' : `${FR_SMALL[hundreds] ?? ''} ${rest === 0 && last ? 'cents' : 'cent'}`;
  return tens === '' ? front : `${front} ${tens}`;
}

const FR_SCALES = ['', 'mille', 'million', 'milliard', 'billion', 'billiard'];

const spellFr: Speller = (whole, feminine) => {
  if (whole === 0) return 'zéro';
  const groups = groupsOf(whole);
  const said: string[] = [];
  for (let at = groups.length - 1; at >= 0; at -= 1) {
    const group = groups[at] ?? 0;
    if (group === 0) continue;
    const scale = FR_SCALES[at] ?? '';
    if (at === 0) said.push(frBelow1000(group, true));
    else if (at === 1) said.push(group === 1 ? 'mille' : `${frBelow1000(group, false)} mille`);
    else said.push(`${frBelow1000(group, true)} ${scale}${group > 1 ? 's' : ''}`);
  }
  const words = said.join(' ');
  return feminine ? words.replace(/\bun$/, 'une') : words;
};

const SPELLERS: Readonly<Record<string, Speller>> = { en: spellEn, es: spellEs, fr: spellFr };

/** The platform's name of the currency in the right number: "Kenyan shillings", "francs CFA". Null for a code it does not know. */
function currencyName(code: string, locale: string, whole: number): string | null {
  try {
    const parts = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: code,
      currencyDisplay: 'name',
      maximumFractionDigits: 0,
    }).formatToParts(whole);
    return parts.find((part) => part.type === 'currency')?.value ?? null;
  } catch {
    return null;
  }
}

/** Of the currencies' head nouns, those that are feminine. */
const FEMININE: Readonly<Record<string, RegExp>> = {
  es: /^(?:libra|rupia|lira|corona|grivna|naira|dobra|ouguiya)s?\b/i,
  fr: /^(?:livre|roupie|lire|couronne|hryvnia|naira|rufiyaa|ouguiya)s?\b/i,
};

/** "Eight thousand four hundred and fifty Kenyan shillings and 25/100". `minor` is whole minor units, not negative. */
export function amountInWords(minor: number, currency: Currency, locale: string): string {
  if (!Number.isSafeInteger(minor) || minor < 0) return '';
  const scale = 10 ** currency.decimals;
  const fraction = minor % scale;
  const whole = (minor - fraction) / scale;
  const spell = SPELLERS[locale] ?? spellEn;
  const name = currencyName(currency.code, locale, whole) ?? currency.code;
  const number = spell(whole, FEMININE[locale]?.test(name) === true);
  // After a bare million, French and Spanish put the "de" that turns it into a noun.
  const isBareMillion = /(?:million|milliard|billion|billiard|millón|millones|billón|billones)s?$/.test(number);
  const link = locale === 'en' || !isBareMillion ? ' ' : locale === 'fr' && /^[aeéiouhy]/i.test(name) ? ' d’' : ' de ';
  const and = { en: 'and', es: 'con', fr: 'et' }[locale] ?? 'and';
  const words = number + link + name + (fraction === 0 ? '' : ` ${and} ${String(fraction).padStart(currency.decimals, '0')}/${scale}`);
  return words.charAt(0).toLocaleUpperCase(locale) + words.slice(1);
}
