// How many recorded cases Tawi reckons, and how many of those are equal.

import { compareLife, type RecordedLife } from './compareLives.ts';
import { compareSchedule, type Compared } from './compareSchedules.ts';
import { compareSavings, type RecordedSavings } from './compareSavings.ts';
import { shapeOf, type Case } from './readCases.ts';
import type { RecordedSchedule } from './termsOfRecording.ts';

export interface Tally {
  /** Those that head office answered; what it refused is beside them. */
  readonly cases: number;
  readonly refusedThere: number;
  readonly reckoned: number;
  readonly equal: number;
  /** Why not, and how often. */
  readonly left: ReadonlyMap<string, number>;
  readonly differences: readonly { readonly name: string; readonly where: string }[];
}

function compare(one: Case): Compared {
  const shape = shapeOf(one);
  if (shape === 'schedule') return compareSchedule(one as unknown as RecordedSchedule);
  if (shape === 'allocation') return compareLife(one as unknown as RecordedLife);
  if (shape === 'savings') return compareSavings(one as unknown as RecordedSavings);
  return { kind: 'refused', why: `${shape}: not reckoned yet` };
}

export function tallyOf(cases: readonly Case[]): Tally {
  const left = new Map<string, number>();
  const differences: { name: string; where: string }[] = [];
  let equal = 0;
  const answered = cases.filter((one) => !('refused' in one));
  for (const one of answered) {
    const compared = compare(one);
    if (compared.kind === 'equal') equal += 1;
    else if (compared.kind === 'refused') left.set(compared.why, (left.get(compared.why) ?? 0) + 1);
    else differences.push({ name: String(one['name']), where: compared.where });
  }
  return {
    cases: answered.length,
    refusedThere: cases.length - answered.length,
    reckoned: equal + differences.length,
    equal,
    left,
    differences,
  };
}
