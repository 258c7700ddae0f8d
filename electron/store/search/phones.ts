// Phone numbers, whichever way they are written: with the code of the country, behind 00, behind the zero of a national call, in groups.
// What is kept is the number as it is called from abroad, by the rules of its country; what is no number is kept as its digits.

import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/min';
import { fold } from './words.ts';

const ENDING_MIN = 3;
/** Fewer digits are the beginning of a number, or the end of one. */
const WHOLE_MIN = 7;
/** Whoever wants to be reached writes more than one number, and an extension behind one. */
const BETWEEN_NUMBERS = /[/,;|&\r\n]| (?:or|and|o|y|ou|et|na|au) |\bext\b|x/;
const BETWEEN_GROUPS = /(?<=\d)[\s.-]+(?=[+(\d])/;

function digitsOf(text: string): string {
  return text.replace(/\D+/g, '');
}

function parse(text: string, country: string | null): PhoneNumber | null {
  const found =
    country === null ? parsePhoneNumberFromString(text) : parsePhoneNumberFromString(text, { defaultCountry: country as CountryCode });
  return found?.isValid() === true ? found : null;
}

/** `folded` is one number; null where it is none of any country that it can be of. */
function numberOf(folded: string, country: string | null): PhoneNumber | null {
  const digits = digitsOf(folded);
  if (digits.length < WHOLE_MIN) return null;
  if (folded.trim().startsWith('+') || digits.startsWith('00')) return parse(`+${digits.replace(/^0+/, '')}`, country);
  // Without a plus the country's own reading comes first; then the code of another.
  return parse(digits, country) ?? parse(`+${digits}`, null);
}

/** The numbers of a field as people fill it in, each as it stands there; two that nothing but a blank parts are told by what is a number. */
function partsOf(mobileNo: string, country: string | null): readonly string[] {
  return fold(mobileNo)
    .split(BETWEEN_NUMBERS)
    .flatMap((part) => {
      const groups = numberOf(part, country) === null ? part.split(BETWEEN_GROUPS) : [part];
      const numbers: string[] = [];
      for (let from = 0; from < groups.length;) {
        let to = groups.length;
        while (to > from && numberOf(groups.slice(from, to).join(' '), country) === null) to -= 1;
        // Where no number begins, none is parted: what is no number is kept as all of its digits.
        if (to === from) return numbers.length === 0 ? [part] : [...numbers, groups.slice(from).join(' ')];
        numbers.push(groups.slice(from, to).join(' '));
        from = to;
      }
      return numbers;
    });
}

/** As they are called from abroad, in digits; what is no number as its digits. */
export function phonesIn(mobileNo: string | null, country: string | null): readonly string[] {
  const phones = partsOf(mobileNo ?? '', country).map((one) => digitsOf(numberOf(one, country)?.number ?? one));
  return [...new Set(phones)].filter((digits) => digits.length >= WHOLE_MIN);
}

/** Every ending as a search token, so that any run of the digits is the beginning of one. */
function endingsOf(digits: string): string[] {
  const endings: string[] = [];
  for (let at = 0; at + ENDING_MIN <= digits.length; at += 1) endings.push(digits.slice(at));
  return endings;
}

/** `country`: two letters of ISO 3166, null where it is not known. */
export function phoneTokens(mobileNo: string | null, country: string | null): string {
  const tokens = new Set<string>();
  for (const one of partsOf(mobileNo ?? '', country)) {
    const number = numberOf(one, country);
    for (const ending of endingsOf(number === null ? digitsOf(one) : digitsOf(number.number))) tokens.add(ending);
    // In some countries another digit than the zero leads a national call.
    if (number !== null) tokens.add(digitsOf(number.formatNational()).replace(/^0+/, ''));
  }
  return [...tokens].join(' ');
}

/** What typed digits can be the beginning of, the surest first. A leading zero or two say how one calls, not whom. */
export function phoneKeys(typed: string, country: string | null): readonly string[] {
  const folded = fold(typed);
  const number = numberOf(folded, country);
  const asTyped = digitsOf(folded).replace(/^0+/, '');
  const keys = number === null ? [asTyped] : [digitsOf(number.number), asTyped];
  // Whoever does not know the own country's code has kept the number without it.
  if (number !== null && country === null) keys.push(number.nationalNumber.replace(/^0+/, ''));
  return [...new Set(keys)].filter((key) => key.length >= ENDING_MIN);
}
