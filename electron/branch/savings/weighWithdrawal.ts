// Gathers what the withdrawal rules ask for and lets them decide; the preview and the payment weigh the same facts.

import { CLOCK_TOLERANCE_MS } from '../../../shared/domain/clock/clockDoubt.ts';
import { decideWithdrawal, type WithdrawalRefused } from '../../../shared/domain/savings/withdrawal.ts';
import { withdrawalFee, type WithdrawalCharge, type WithdrawalFee } from '../../../shared/domain/savings/withdrawalFee.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import type { SavingsView } from '../../../shared/contract/shapes.ts';
import { policyOf, readSetting, syncStateOf } from '../../journal/settings.ts';
import type { ReadStore, SavingsRecord } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';
import { savingsView } from './savingsView.ts';
import { withdrawalChargesOf } from './withdrawalCharges.ts';

export interface Weighed {
  readonly view: SavingsView;
  /** What head office takes with that way of paying. */
  readonly charges: readonly WithdrawalCharge[];
  readonly balanceAgeMs: number;
  /** Null where head office takes nothing. */
  readonly fee: WithdrawalFee | null;
  readonly decision: Result<{ readonly limitMinor: number | null }, WithdrawalRefused>;
}

/** Between two rounds of the loop lies half a minute; a wait for one slow answer is no longer than this. */
const CONTACT_FRESH_MS = 2 * 60_000;

/** Limits are lifted by head office's own answer, heard a moment ago, and by nothing else that answers. */
function isInContact({ sync, headOffice, clock }: Pick<BranchParts, 'sync' | 'headOffice' | 'clock'>): boolean {
  const contact = headOffice.lastContact();
  return sync.state().line === 'up' && contact !== null && clock.monotonicMs() - contact.atMonotonicMs <= CONTACT_FRESH_MS;
}

export function weighWithdrawal(
  read: ReadStore,
  parts: BranchParts,
  savings: SavingsRecord,
  request: {
    readonly amountMinor: number;
    readonly paymentTypeId: number | null;
    readonly username: string;
    readonly managerAgrees: boolean;
  },
): Weighed {
  const view = savingsView(read, savings, request.paymentTypeId);
  const charges = withdrawalChargesOf(read, savings, request.paymentTypeId);
  const now = parts.clock.now();
  // An instant ahead of now was told by a clock that has been set right since; such a balance is old, not fresh for ever.
  const confirmed = [savings.pulledAt, syncStateOf(read).auditedAt ?? 0].filter((at) => at <= now + CLOCK_TOLERANCE_MS);
  const balanceAgeMs = Math.max(now - Math.max(0, ...confirmed), 0);
  const subject = `savings:${savings.savingsId}`;
  const unsent = read.unfinishedPayouts();
  const ofAccount = unsent.filter((payout) => payout.subject === subject);
  const sum = (payouts: typeof unsent): number => payouts.reduce((total, payout) => total + payout.amountMinor, 0);
  const decision = decideWithdrawal(
    {
      status: savings.status,
      lockedInUntil: savings.lockedInUntil !== null && savings.lockedInUntil > parts.clock.localDate(now) ? savings.lockedInUntil : null,
      amountMinor: request.amountMinor,
      availableMinor: view.availableMinor,
      disputed: view.disputed,
      lineUp: isInContact(parts) && readSetting(read, 'offlineDeclared') === null,
      balanceAgeMs,
      accountUnsentMinor: sum(ofAccount),
      accountUnsentCount: ofAccount.length,
      cashierUnsentMinor: sum(unsent.filter((payout) => payout.recordedBy === request.username)),
      branchUnsentMinor: sum(unsent),
      managerAgrees: request.managerAgrees,
    },
    policyOf(read),
  );
  const fee = withdrawalFee(charges, request.amountMinor);
  return { view, charges, balanceAgeMs, fee: fee.minor === 0 ? null : fee, decision };
}
