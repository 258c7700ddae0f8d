// How names and numbers become the keys that lists are ordered by and searches look up. The same folding is used when a row is kept
// and when somebody types, so that a key can always be found by what it was made from.

const MARKS = /\p{M}+/gu;
const APOSTROPHES = /['\u2018\u2019\u02BC\u02BB`\u00B4]/g;
const NOT_A_WORD = /[^\p{L}\p{N}]+/u;

/** Lower case without diacritics: 'Ñandú' and 'nandu' are one. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(MARKS, '').toLowerCase();
}

/** The words of a text, folded, in their order. An apostrophe is inside a word: Ng'ang'a is typed nganga as often as not. */
export function wordsOf(text: string): string[] {
  return pieces(text.replace(APOSTROPHES, ''));
}

function pieces(text: string): string[] {
  return fold(text)
    .split(NOT_A_WORD)
    .filter((word) => word !== '');
}

/** What the search index keeps of a name: its words, and what stands between its apostrophes. */
export function searchText(name: string): string {
  return [...new Set([...wordsOf(name), ...pieces(name)])].join(' ');
}

/** Letters and digits only, without leading zeros: '000000012' and '12' are one account. */
export function numberKey(text: string): string {
  const key = fold(text).replace(/[^\p{L}\p{N}]+/gu, '');
  return key.replace(/^0+(?=.)/, '');
}

export function hasDigit(word: string): boolean {
  return /\p{N}/u.test(word);
}

const SUFFIX_LENGTH_MIN = 3;

/** Every ending of a phone number as a search token, so that any run of its digits is the beginning of one. */
export function phoneTokens(mobileNo: string | null): string {
  const digits = (mobileNo ?? '').replace(/\D+/g, '');
  const endings: string[] = [];
  for (let at = 0; at + SUFFIX_LENGTH_MIN <= digits.length; at += 1) endings.push(digits.slice(at));
  return endings.join(' ');
}
