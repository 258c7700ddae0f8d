// How each kind of command is shown: the one table of the page. A kind that is missing here does not compile. Its words stand under
// desks.kind, desks.kindMany and desks.kindTitle in the locales.

import type { SyncItem } from '../../shared/contract/shapes.ts';

export interface KindShown {
  /** Where the words for the state of what it concerns stand. */
  readonly statusWords: 'loans.status' | 'savingsStatus';
  /** Its money crossed the counter, so it counts in what lies here in money. */
  readonly isHandedOver: boolean;
  /** What to suspend it means, under desks.resolution.means. */
  readonly meansSuspend: 'suspend' | 'suspendAgain';
}

export const kindsShown: Readonly<Record<SyncItem['kind'], KindShown>> = {
  loanRepayment: { statusWords: 'loans.status', isHandedOver: true, meansSuspend: 'suspend' },
  savingsDeposit: { statusWords: 'savingsStatus', isHandedOver: true, meansSuspend: 'suspend' },
  savingsWithdrawal: { statusWords: 'savingsStatus', isHandedOver: true, meansSuspend: 'suspend' },
  suspensePosting: { statusWords: 'savingsStatus', isHandedOver: false, meansSuspend: 'suspendAgain' },
};
