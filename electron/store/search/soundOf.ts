// The sound of a name word: letters that ears confuse become one, vowels after the first letter and doubled letters fall away.
// Made for names as branches meet them (Bantu, Arabic, English, French, Spanish spellings), not for a single language. Only a way to
// find neighbours: whether two words are close enough is decided by their distance.

const confusable: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/[td]h/g, 't'],
  [/[sc]h/g, 'x'],
  [/[gk]h/g, 'g'],
  [/ck|[ckq]/g, 'k'],
  [/[sz]/g, 's'],
  [/[jy]/g, 'j'],
  [/[bvp]/g, 'b'],
  [/[lr]/g, 'l'],
  [/[mn]/g, 'n'],
  [/[td]/g, 't'],
];

/** `word` is folded (see words.ts). The answer is never empty for a word that is not. */
export function soundOf(word: string): string {
  let sound = word;
  for (const [letters, one] of confusable) sound = sound.replace(letters, one);
  const first = sound.slice(0, 1).replace(/[aeiou]/, 'a');
  const rest = sound.slice(1).replace(/[aeiouhw]/g, '');
  return (first + rest).replace(/(.)\1+/g, '$1');
}
