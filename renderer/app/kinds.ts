// How each kind of command is shown: the one table of the page. A kind that is missing here does not compile. Its words stand under
// desks.kind, desks.kindMany, desks.kindTitle and desks.exception.title.refused in the locales.

import type { RouteLocationRaw } from 'vue-router';
import type { SyncItem } from '../../shared/contract/shapes.ts';
import { ownerPage } from './ownerPage.ts';

export interface KindShown {
  /** Moves money: a case of it asks about the drawer, the account and suspense. */
  readonly isMoney: boolean;
  /** Where the words for the state of what it concerns stand. */
  readonly statusWords: 'loans.status' | 'savingsStatus' | 'clients.status';
  /** Its money crossed the counter, so it counts in what lies here in money. */
  readonly isHandedOver: boolean;
  /** What to suspend it means, under desks.resolution.means. */
  readonly meansSuspend: 'suspend' | 'suspendAgain';
  /** The page of what it concerns; null where there is none. */
  readonly link: (item: SyncItem) => RouteLocationRaw | null;
}

const clientLink: KindShown['link'] = ownerPage;
const counterMoney = { isMoney: true, isHandedOver: true, meansSuspend: 'suspend', link: clientLink } as const;

export const kindsShown: Readonly<Record<SyncItem['kind'], KindShown>> = {
  loanRepayment: { ...counterMoney, statusWords: 'loans.status' },
  savingsDeposit: { ...counterMoney, statusWords: 'savingsStatus' },
  savingsWithdrawal: { ...counterMoney, statusWords: 'savingsStatus' },
  loanDisbursal: { ...counterMoney, statusWords: 'loans.status' },
  disbursalUndo: { ...counterMoney, statusWords: 'loans.status' },
  suspensePosting: { isMoney: true, statusWords: 'savingsStatus', isHandedOver: false, meansSuspend: 'suspendAgain', link: clientLink },
  savingsTransfer: { isMoney: true, statusWords: 'savingsStatus', isHandedOver: false, meansSuspend: 'suspend', link: clientLink },
  loanDecision: { isMoney: false, statusWords: 'loans.status', isHandedOver: false, meansSuspend: 'suspend', link: clientLink },
  loanApplication: { isMoney: false, statusWords: 'loans.status', isHandedOver: false, meansSuspend: 'suspend', link: clientLink },
  savingsApplication: { isMoney: false, statusWords: 'savingsStatus', isHandedOver: false, meansSuspend: 'suspend', link: clientLink },
  savingsDecision: { isMoney: false, statusWords: 'savingsStatus', isHandedOver: false, meansSuspend: 'suspend', link: clientLink },
  savingsHold: { isMoney: false, statusWords: 'savingsStatus', isHandedOver: false, meansSuspend: 'suspend', link: clientLink },
  savingsRelease: { isMoney: false, statusWords: 'savingsStatus', isHandedOver: false, meansSuspend: 'suspend', link: clientLink },
  clientRegistration: { isMoney: false, statusWords: 'clients.status', isHandedOver: false, meansSuspend: 'suspend', link: clientLink },
  clientPicture: { isMoney: false, statusWords: 'clients.status', isHandedOver: false, meansSuspend: 'suspend', link: clientLink },
  clientIdentifier: { isMoney: false, statusWords: 'clients.status', isHandedOver: false, meansSuspend: 'suspend', link: clientLink },
  clientDocument: { isMoney: false, statusWords: 'clients.status', isHandedOver: false, meansSuspend: 'suspend', link: clientLink },
  groupChange: { isMoney: false, statusWords: 'clients.status', isHandedOver: false, meansSuspend: 'suspend', link: clientLink },
  groupEdit: { isMoney: false, statusWords: 'clients.status', isHandedOver: false, meansSuspend: 'suspend', link: clientLink },
  groupRegistration: { isMoney: false, statusWords: 'clients.status', isHandedOver: false, meansSuspend: 'suspend', link: clientLink },
  centerRegistration: {
    isMoney: false,
    statusWords: 'clients.status',
    isHandedOver: false,
    meansSuspend: 'suspend',
    link: () => ({ name: 'centers' }),
  },
  clientTurn: { isMoney: false, statusWords: 'clients.status', isHandedOver: false, meansSuspend: 'suspend', link: clientLink },
  clientEdit: { isMoney: false, statusWords: 'clients.status', isHandedOver: false, meansSuspend: 'suspend', link: clientLink },
  clientNote: { isMoney: false, statusWords: 'clients.status', isHandedOver: false, meansSuspend: 'suspend', link: clientLink },
};
