// How the quicker way of reading stands, for the sync desk: used, being compared, or given up and why, in one of a few words.

import type { AnswerOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { readSetting } from '../../journal/settings.ts';
import type { ReadStore } from '../../ports/store.ts';

type Desk = Extract<AnswerOf<BranchContract['sync']['showDesk']>, { readonly ok: true }>['value'];

export function windowOnDesk(read: ReadStore): Desk['window'] {
  const kept = readSetting(read, 'window');
  if (kept === null) return null;
  const why = kept.difference === null ? null : whyOf(kept.difference);
  switch (kept.proof) {
    case 'equal':
      return { state: 'used', why: null, difference: null, at: kept.provedAt };
    case 'wanted':
      return { state: 'comparing', why, difference: kept.difference, at: kept.changedAt };
    case 'different':
      return { state: 'givenUp', why: why ?? 'differs', difference: kept.difference, at: kept.closedAt ?? null };
  }
}

/** By what was found: the sign-in, columns of another Tawi's reports, a report or a right that is gone; the rest is a difference in the books. */
function whyOf(difference: string): NonNullable<Desk['window']>['why'] {
  if (difference.startsWith('sign-in ')) return 'signIn';
  if (/: column |: data$|: a row without its columns/.test(difference)) return 'otherReports';
  return /^error\.|^status \d/.test(difference) ? 'refused' : 'differs';
}
