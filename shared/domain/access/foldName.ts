// A user name as the most forgiving database compares it: without case, marks, invisible signs, and spaces at its ends, a letter with a stroke as
// the letter, a digit of any script as the digit. Two spellings that fold alike may be one person at head office, so no bar, count or "somebody
// else" is ever asked of a spelling.

/** What falls apart into nothing plainer, though databases that forgive take one for the other. */
const ALIKE: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', ı: 'i', æ: 'ae', œ: 'oe', ð: 'd', đ: 'd', ħ: 'h', ł: 'l', ø: 'o', ς: 'σ', ґ: 'г' },
  ...{ ך: 'כ', ם: 'מ', ן: 'נ', ף: 'פ', ץ: 'צ' },
  ...{ ぁ: 'あ', ぃ: 'い', ぅ: 'う', ぇ: 'え', ぉ: 'お', ゕ: 'か', ゖ: 'け', っ: 'つ', ゃ: 'や', ゅ: 'ゆ', ょ: 'よ', ゎ: 'わ' },
};
const FIRST_KATAKANA = 0x30a1;
const TO_HIRAGANA = 0x60;

function plain(letter: string): string {
  if (/\p{Nd}/u.test(letter)) return digitOf(letter);
  const code = letter.codePointAt(0) ?? 0;
  const written = code >= FIRST_KATAKANA && code <= 0x30f6 ? String.fromCodePoint(code - TO_HIRAGANA) : letter;
  return ALIKE[written] ?? written;
}

/** The ten digits of a script stand side by side, from nought on. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}

export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\p{M}\p{C}]/gu, '')
    .toLowerCase()
    .replace(/[^\0-\x7F]/gu, plain)
    .trim();
}
