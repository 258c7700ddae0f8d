// A decision on a savings account on which no money lies: approved, activated, rejected, withdrawn by the client, an approval taken back, or closed. Each
// is wanted as a state, so a second telling is harmless, and what stands there already was told.

import type { BusinessDate } from '../../../kernel/businessDate.ts';
import type { LocalId } from '../../../kernel/ids.ts';
import { savingsAfter, type SavingsDeed } from '../../savings/opening.ts';
import { accountDecision } from './accountDecision.ts';

export interface SavingsDecisionPayload {
  readonly kind: 'savingsDecision';
  readonly savingsId: LocalId;
  readonly deed: SavingsDeed;
  readonly onDate: BusinessDate;
  readonly note: string;
}

export const savingsDecision = accountDecision<SavingsDecisionPayload>(
  ({ savingsId }) => ({ kind: 'savings', localId: savingsId }),
  ({ deed }) => savingsAfter(deed),
);

export function isSavingsDecision(payload: { readonly kind: string }): payload is SavingsDecisionPayload {
  return payload.kind === 'savingsDecision';
}
