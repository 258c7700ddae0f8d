// Which letters of a name the searched words matched, so that the eye sees why a row is there. Ranges are [start, end) in characters of
// `name`, in order and without overlap. Diacritics and case are forgiven, as the search forgives them.

export function matchRanges(name: string, text: string): [number, number][] {
  const plain = Array.from(name, plainLetter).join('');
  if (plain.length !== name.length) return [];
  const ranges: [number, number][] = [];
  for (const word of Array.from(text, plainLetter).join('').split(/\s+/).filter(Boolean)) {
    const at = wordStart(plain, word);
    if (at >= 0) ranges.push([at, at + word.length]);
  }
  ranges.sort(([one], [other]) => one - other);
  return ranges.filter(([start], index) => index === 0 || start >= (ranges[index - 1]?.[1] ?? 0));
}

function wordStart(plain: string, word: string): number {
  for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + 1)) {
    if (at === 0 || /[\s'-]/.test(plain.charAt(at - 1))) return at;
  }
  return -1;
}

function plainLetter(letter: string): string {
  return letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
