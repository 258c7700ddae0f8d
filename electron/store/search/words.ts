// How names and numbers become the keys that lists are ordered by and searches look up. The same folding is used when a row is kept
// and when somebody types, so that a key can always be found by what it was made from. It writes every script in plain Latin letters:
// people type what their keyboard has.

import anyAscii from 'any-ascii';

const BEYOND_ASCII = /[^\0-\x7F]/u;
const EACH_BEYOND_ASCII = /[^\0-\x7F]/gu;
const MARKS = /\p{M}+/gu;
/** Scripts that write a name without a space between its parts. */
const STANDS_ALONE = /[\p{Script=Han}\p{Script=Hangul}]/u;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
/** Lengthens or joins the letters beside it, and says nothing itself. */
const NO_LETTER = /[\p{Lm}\p{Default_Ignorable_Code_Point}]/u;
/** What the library leaves without a sound, or writes as a sign, though a word begins with it. */
const ALEF = /[\u0622\u0623\u0625\u0627\u0671-\u0673\u0675]/;
/** Letters of one script that people write for each other. */
const WRITTEN_ALIKE: readonly (readonly [RegExp, string])[] = [
  [/[\u0671-\u0673\u0675]/g, '\u0627'],
  [/[\u0649\u06CC]/g, '\u064A'],
  [/\u0629/g, '\u0647'],
  [/\u06A9/g, '\u0643'],
  [/\u0640/g, ''],
];
const APOSTROPHES = /['\u2018\u2019\u02BC\u02BB`\u00B4]/g;
const NOT_A_WORD = /[^\p{L}\p{N}]+/u;
const DIGITS_OR_LETTERS = /\p{N}+|[^\p{N}]+/gu;

/** Raised with every change of what is made of a name or a number: books of an older program make their keys anew when they are opened. */
export const SEARCH_RULES = 4;

function plain(letter: string): string {
  if (ALEF.test(letter)) return 'a';
  const written = anyAscii(letter);
  if (STANDS_ALONE.test(letter)) return ` ${written} `;
  // A script that nobody has written down stays as it is.
  return written === '' && LETTER_OR_DIGIT.test(letter) && !NO_LETTER.test(letter) ? letter : written;
}

/** Lower case in plain letters: 'Ñandú' and 'nandu' are one, 'Ɓala' and 'bala', 'Фатима' and 'fatima', '٠١٢' and '012'. */
export function fold(text: string): string {
  return text.normalize('NFKC').replace(EACH_BEYOND_ASCII, plain).toLowerCase();
}

/** The words of a text, folded, in their order. An apostrophe is inside a word: Ng'ang'a is typed nganga as often as not. */
export function wordsOf(text: string): string[] {
  return split(fold(text).replace(APOSTROPHES, ''));
}

function split(folded: string): string[] {
  return folded.split(NOT_A_WORD).filter((word) => word !== '');
}

/** The same words in the letters in which they were written, where those are not plain ones: whoever types them means them first. */
export function ownWordsOf(text: string): string[] {
  let letters = text.normalize('NFKD').replace(MARKS, '').replace(APOSTROPHES, '').toLowerCase();
  for (const [alike, one] of WRITTEN_ALIKE) letters = letters.replace(alike, one);
  return split(letters).filter((word) => BEYOND_ASCII.test(word));
}

/** Where a name stands in a list: by its letters, whatever stands between them. */
export function nameKey(text: string): string {
  return wordsOf(text).join(' ') || fold(text);
}

/** The letters and the digits of a word, each for itself: 'accept002' is also typed 'accept 002'. */
export function partsOf(word: string): readonly string[] {
  return word.match(DIGITS_OR_LETTERS) ?? [];
}

/** What the search index keeps of a name: its words, what stands between its apostrophes, its letters apart from its digits, and its own letters. */
export function searchText(name: string): string {
  const words = [...wordsOf(name), ...split(fold(name)), ...ownWordsOf(name)];
  return [...new Set(words.flatMap((word) => [word, ...partsOf(word)]))].join(' ');
}

/** Letters and digits only, without leading zeros: '000000012' and '12' are one account. */
export function numberKey(text: string): string {
  const key = fold(text).replace(/[^\p{L}\p{N}]+/gu, '');
  return key.replace(/^0+(?=.)/, '');
}

export function hasDigit(word: string): boolean {
  return /\p{N}/u.test(word);
}
