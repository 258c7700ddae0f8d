// Provisional = confirmed + unfinished effects that the confirmed row does not contain yet (I6). A pull never hides an unfinished effect and
// never counts one twice, because an effect says itself whether it is included. Pure; reads nothing, writes nothing.

import { sumMinor } from '../../kernel/money.ts';

export interface EffectOnAccount {
  /** Savings: ledger up or down. Loan: what is still owed goes down (negative). */
  readonly deltaMinor: number;
  /** What head office takes on top of it, never negative; 0 for a loan. */
  readonly feeMinor: number;
  readonly standing: 'counts' | 'disputed' | 'dropped' | 'retired';
  readonly included: boolean;
}

/** The effects that a view has to add to the confirmed row. */
export function openEffects<E extends EffectOnAccount>(effects: readonly E[]): readonly E[] {
  return effects.filter((effect) => !effect.included && (effect.standing === 'counts' || effect.standing === 'disputed'));
}

/** Also where the confirmed row holds what a manager had settled otherwise: the sum is head office's, and nobody draws on it yet. */
function isDisputed(effects: readonly EffectOnAccount[]): boolean {
  return effects.some((effect) => effect.standing === 'disputed');
}

export interface ConfirmedSavings {
  readonly ledgerMinor: number;
  readonly onHoldMinor: number;
  readonly guaranteeHeldMinor: number;
  readonly minimumMinor: number;
  readonly overdraftMinor: number;
}

export interface ProvisionalSavings {
  readonly ledgerMinor: number;
  readonly heldMinor: number;
  readonly availableMinor: number;
  readonly confirmedAvailableMinor: number;
  /** Signed sum and count of what is not confirmed yet. */
  readonly unfinishedMinor: number;
  readonly unfinishedCount: number;
  readonly disputed: boolean;
}

/**
 * Withdrawable = ledger - enforced minimum - guarantor holds - held amounts + overdraft (contract 6.9). A disputed deposit is not money to pay out.
 * `heldHereMinor`: what was held here beyond what the confirmed row says, negative where more was let go.
 */
export function reconcileSavings(confirmed: ConfirmedSavings, effects: readonly EffectOnAccount[], heldHereMinor = 0): ProvisionalSavings {
  const open = openEffects(effects);
  const unfinishedMinor = sumMinor(open.map((effect) => effect.deltaMinor - effect.feeMinor));
  const spendableMinor = sumMinor(
    open.filter((effect) => effect.deltaMinor < 0 || effect.standing === 'counts').map((effect) => effect.deltaMinor - effect.feeMinor),
  );
  const confirmedHeldMinor = confirmed.onHoldMinor + confirmed.guaranteeHeldMinor + confirmed.minimumMinor;
  const confirmedAvailableMinor = confirmed.ledgerMinor - confirmedHeldMinor + confirmed.overdraftMinor;
  return {
    ledgerMinor: confirmed.ledgerMinor + unfinishedMinor,
    heldMinor: confirmedHeldMinor + heldHereMinor,
    availableMinor: confirmedAvailableMinor + spendableMinor - heldHereMinor,
    confirmedAvailableMinor,
    unfinishedMinor,
    unfinishedCount: open.length,
    disputed: isDisputed(effects),
  };
}

export interface ProvisionalLoan {
  readonly outstandingMinor: number;
  readonly overpaidMinor: number;
  readonly unfinishedMinor: number;
  readonly unfinishedCount: number;
  readonly disputed: boolean;
}

export function reconcileLoan(
  confirmed: { readonly outstandingMinor: number; readonly overpaidMinor: number },
  effects: readonly EffectOnAccount[],
): ProvisionalLoan {
  const open = openEffects(effects);
  const unfinishedMinor = sumMinor(open.map((effect) => -effect.deltaMinor));
  const owed = confirmed.outstandingMinor - confirmed.overpaidMinor - unfinishedMinor;
  return {
    outstandingMinor: Math.max(owed, 0),
    overpaidMinor: Math.max(-owed, 0),
    unfinishedMinor,
    unfinishedCount: open.length,
    disputed: isDisputed(effects),
  };
}
