// Which letters of a name the searched words matched, so that the eye sees why a row is there. Ranges are [start, end) in characters of
// `name`, in order and without overlap. `plain` writes a letter as the search compares it, in one character, several, or none.

export function matchRanges(name: string, text: string, plain: (letter: string) => string): [number, number][] {
  let folded = '';
  /** For each character of `folded`, and for its end: which character of `name` it came from. */
  const from: number[] = [];
  let at = 0;
  for (const letter of name) {
    const written = plain(letter);
    for (let each = 0; each < written.length; each += 1) from.push(at);
    folded += written;
    at += letter.length;
  }
  from.push(at);
  const ranges: [number, number][] = [];
  for (const word of plain(text).split(/\s+/).filter(Boolean)) {
    const start = wordStart(folded, word);
    if (start >= 0) ranges.push([from[start] ?? 0, endOf(from, start + word.length)]);
  }
  ranges.sort(([one], [other]) => one - other);
  return ranges.filter(([start], index) => index === 0 || start >= (ranges[index - 1]?.[1] ?? 0));
}

/** A letter that is written in two characters is matched whole by its first. */
function endOf(from: readonly number[], end: number): number {
  const last = from[end - 1] ?? 0;
  return from.slice(end).find((place) => place > last) ?? from[end] ?? last;
}

function wordStart(plain: string, word: string): number {
  for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + 1)) {
    if (at === 0 || /[\s'-]/.test(plain.charAt(at - 1))) return at;
  }
  return -1;
}
