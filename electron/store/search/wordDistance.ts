// How many slips of the finger turn one word into another: a letter missing, extra, changed, or two neighbours swapped.

/** Answers more than `most` as soon as it is certain that the words are further apart than that. */
export function wordDistance(from: string, to: string, most: number): number {
  if (Math.abs(from.length - to.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    let best = row;
    for (let at = 1; at <= to.length; at += 1) {
      const same = from.charCodeAt(row - 1) === to.charCodeAt(at - 1) ? 0 : 1;
      let slips = Math.min((last[at] ?? 0) + 1, (current[at - 1] ?? 0) + 1, (last[at - 1] ?? 0) + same);
      const swapped =
        row > 1 && at > 1 && from.charCodeAt(row - 1) === to.charCodeAt(at - 2) && from.charCodeAt(row - 2) === to.charCodeAt(at - 1);
      if (swapped) slips = Math.min(slips, (beforeLast[at - 2] ?? 0) + 1);
      current.push(slips);
      if (slips < best) best = slips;
    }
    if (best > most) return most + 1;
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? most + 1;
}
