// What every payout of the branch is weighed against at one moment: the line, the clock, the policy, and what is paid out and not yet told. Read
// once for a whole list, so that a row, a page and a form say the same sum.

import type { SavingsView } from '../../../shared/contract/shapes.ts';
import { CLOCK_TOLERANCE_MS } from '../../../shared/domain/clock/clockDoubt.ts';
import { policyIn, type OfflinePolicy } from '../../../shared/domain/savings/offlinePolicy.ts';
import { statePaysOut, type WithdrawalFacts } from '../../../shared/domain/savings/withdrawal.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import { identityOf, policyOf, readSetting, syncStateOf } from '../../journal/settings.ts';
import type { ReadStore, SavingsRecord } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';

export interface PayoutMoment {
  readonly now: number;
  readonly today: BusinessDate;
  /** False while offline is declared or head office has not been heard for a moment. */
  readonly lineUp: boolean;
  readonly auditedAt: number;
  readonly policyIn: (currencyCode: string) => OfflinePolicy;
  readonly unsent: ReturnType<ReadStore['unfinishedPayouts']>;
}

/** Between two rounds of the loop lies half a minute; a wait for one slow answer is no longer than this. */
const CONTACT_FRESH_MS = 2 * 60_000;

/** Limits are lifted by head office's own answer, heard a moment ago, and by nothing else that answers. */
function isInContact({ sync, headOffice, clock }: Pick<BranchParts, 'sync' | 'headOffice' | 'clock'>): boolean {
  const contact = headOffice.lastContact();
  return sync.state().line === 'up' && contact !== null && clock.monotonicMs() - contact.atMonotonicMs <= CONTACT_FRESH_MS;
}

export function payoutMoment(read: ReadStore, parts: BranchParts): PayoutMoment {
  const now = parts.clock.now();
  const policy = policyOf(read);
  const own = identityOf(read).currency.code;
  return {
    now,
    today: parts.clock.localDate(now),
    lineUp: isInContact(parts) && readSetting(read, 'offlineDeclared') === null,
    auditedAt: syncStateOf(read).auditedAt ?? 0,
    policyIn: (code) => policyIn(policy, code, own),
    unsent: read.unfinishedPayouts(),
  };
}

/** What the rules ask of one account at that moment, but for the sum and for who agrees. `username` is whoever pays. */
export function payoutFacts(
  savings: SavingsRecord,
  view: Pick<SavingsView, 'availableMinor' | 'disputed' | 'mayWithdraw'>,
  moment: PayoutMoment,
  username: string,
): Omit<WithdrawalFacts, 'amountMinor' | 'managerAgrees'> {
  // An instant ahead of now was told by a clock that has been set right since; such a balance is old, not fresh for ever.
  const confirmed = [savings.pulledAt, moment.auditedAt].filter((at) => at <= moment.now + CLOCK_TOLERANCE_MS);
  const subject = `savings:${savings.savingsId}`;
  const ofAccount = moment.unsent.filter((payout) => payout.subject === subject);
  // What was paid out in other money is another exposure.
  const unsent = moment.unsent.filter(({ currency }) => currency === undefined || currency === savings.currency.code);
  const sum = (payouts: typeof moment.unsent): number => payouts.reduce((total, payout) => total + payout.amountMinor, 0);
  // An account in a state that pays out and pays nothing belongs to somebody who is not active.
  const isOwnerEnded = statePaysOut(savings.status) && !view.mayWithdraw && !savings.gone;
  return {
    status: isOwnerEnded ? 'closed' : savings.status,
    lockedInUntil: savings.lockedInUntil !== null && savings.lockedInUntil > moment.today ? savings.lockedInUntil : null,
    availableMinor: view.availableMinor,
    disputed: view.disputed,
    lineUp: moment.lineUp,
    balanceAgeMs: Math.max(moment.now - Math.max(0, ...confirmed), 0),
    accountUnsentMinor: sum(ofAccount),
    accountUnsentCount: ofAccount.length,
    cashierUnsentMinor: sum(unsent.filter((payout) => payout.recordedBy === username)),
    branchUnsentMinor: sum(unsent),
  };
}
