// How often a drawer may be counted (field-rules 1.7): blind, and once more if the first count differed. What a count was measured against is
// told with it and never before; whoever could count until it fits would not be counting.

export interface DrawerCount {
  readonly countedMinor: number;
  readonly expectedMinor: number;
  readonly at: number;
  readonly by: string;
}

const COUNTS_MOST = 2;

/** 'stands': this very sum is the last count, so nothing new is recorded. */
export function judgeCount(counts: readonly DrawerCount[], countedMinor: number): 'counts' | 'stands' | 'recountUsed' {
  const last = counts.at(-1);
  if (last === undefined) return 'counts';
  if (last.countedMinor === countedMinor) return 'stands';
  return counts.length >= COUNTS_MOST || last.countedMinor === last.expectedMinor ? 'recountUsed' : 'counts';
}
