// Gathers what the withdrawal rules ask for and lets them decide; the preview and the payment weigh the same facts.

import { decideWithdrawal, payoutLimits, type PayoutLimits, type WithdrawalRefused } from '../../../shared/domain/savings/withdrawal.ts';
import { withdrawalFee, type WithdrawalCharge, type WithdrawalFee } from '../../../shared/domain/savings/withdrawalFee.ts';
import { refuse, type Result } from '../../../shared/kernel/result.ts';
import type { SavingsView } from '../../../shared/contract/shapes.ts';
import type { ReadStore, SavingsRecord } from '../../ports/store.ts';
import { inMoneyOf } from '../cash/currencies.ts';
import type { BranchParts } from '../parts.ts';
import { payoutFacts, payoutMoment } from './payoutMoment.ts';
import { savingsView } from './savingsView.ts';
import { withdrawalChargesOf } from './withdrawalCharges.ts';

export interface Weighed {
  readonly view: SavingsView;
  /** What head office takes with that way of paying. */
  readonly charges: readonly WithdrawalCharge[];
  readonly balanceAgeMs: number;
  /** What was paid out of the account and is not yet told to head office. */
  readonly unsent: { readonly count: number; readonly minor: number };
  /** Null where head office takes nothing. */
  readonly fee: WithdrawalFee | null;
  readonly limits: PayoutLimits;
  readonly decision: Result<PayoutLimits, WithdrawalRefused>;
}

export interface WithdrawalAsked {
  readonly amountMinor: number;
  /** What is handed over with it out of other accounts. */
  readonly besideMinor?: number | undefined;
  readonly paymentTypeId: number | null;
  readonly username: string;
  readonly managerAgrees: boolean;
}

export function weighWithdrawal(read: ReadStore, parts: BranchParts, savings: SavingsRecord, request: WithdrawalAsked): Weighed {
  const moment = payoutMoment(read, parts);
  const view = savingsView(read, savings, moment, request.paymentTypeId);
  const charges = withdrawalChargesOf(read, savings, request.paymentTypeId);
  const facts = { ...payoutFacts(savings, view, moment, request.username), besideMinor: request.besideMinor };
  const fee = withdrawalFee(charges, request.amountMinor);
  const decision = decideWithdrawal(
    { ...facts, amountMinor: request.amountMinor, managerAgrees: request.managerAgrees },
    moment.policyIn(savings.currency.code),
  );
  return {
    view,
    charges,
    balanceAgeMs: facts.balanceAgeMs,
    unsent: { count: facts.accountUnsentCount, minor: facts.accountUnsentMinor },
    fee: fee.minor === 0 ? null : fee,
    limits: payoutLimits(facts, moment.policyIn(savings.currency.code)),
    decision: decision.ok ? decision : refuse({ ...decision.refusal, facts: inMoneyOf(savings.currency, decision.refusal.facts) }),
  };
}
