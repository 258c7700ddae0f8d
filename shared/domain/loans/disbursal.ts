// May this loan be paid out now? First what the loan itself says, then what the branch may risk while head office cannot be asked, and whether a
// second person has to agree (field-rules 1.2, 1.3). Sums are whole minor units of the loan.

import type { ClosedDay } from '../calendar/workCalendar.ts';
import type { BusinessDate } from '../../kernel/businessDate.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { LoanStatus } from '../records.ts';
import type { OfflinePolicy } from '../savings/offlinePolicy.ts';

/** The kind of paper that was seen, and its number. */
export const IDENTITY_SEEN_LEAST = 3;
export const IDENTITY_SEEN_MAX = 80;

/** What head office says of a loan that it has not paid out. */
export interface BeforePayout {
  readonly approvedOn: BusinessDate | null;
  /** The day from which its schedule there is reckoned. */
  readonly expectedOn: BusinessDate | null;
  /** Taken off the sum when it is paid out. */
  readonly chargesMinor: number;
  /** Why only head office can pay it out; null where the branch can. */
  readonly onlyThere: 'tranches' | 'replacesAnother' | null;
}

export interface DisbursalFacts {
  readonly status: LoanStatus;
  /** Null until it was read. */
  readonly before: BeforePayout | null;
  /** Approved here for another sum than head office's row says: what would be taken off is not known. */
  readonly sumDiffers: boolean;
  readonly isClientActive: boolean;
  /** Head office refused what was applied for, and nobody has decided about that yet. */
  readonly applicationRefused: boolean;
  /** Another payout of this loan waits for a decision. */
  readonly disputed: boolean;
  /** What would be handed over. */
  readonly amountMinor: number;
  readonly businessDate: BusinessDate;
  /** Why head office pays nothing out on that day; null where it does. */
  readonly closed: ClosedDay | null;
  readonly lineUp: boolean;
  readonly dataAgeMs: number;
  /** Paid out by the branch and not told yet. */
  readonly branchUnsentMinor: number;
  readonly agreed: boolean;
}

export type DisbursalRefused =
  | { readonly code: 'loan.notInThatState'; readonly facts: { readonly status: LoanStatus } }
  | { readonly code: 'loan.notReadYet' }
  | { readonly code: 'loan.onlyHeadOfficePays'; readonly facts: { readonly why: string } }
  | { readonly code: 'loan.chargesUnknown' }
  | { readonly code: 'loan.approvedLater'; readonly facts: { readonly approvedOn: BusinessDate } }
  | { readonly code: 'loan.onHoliday'; readonly facts: { readonly holiday: string } }
  | { readonly code: 'loan.onDayOff' }
  | { readonly code: 'loan.ownerNotActive' }
  | { readonly code: 'loan.applicationRefused' }
  | { readonly code: 'loan.disputed' }
  | { readonly code: 'disbursal.nothingLeft' }
  | { readonly code: 'disbursal.dataTooOld'; readonly facts: { readonly hours: number } }
  | { readonly code: 'disbursal.exceedsOfflineLimit'; readonly facts: { readonly mostMinor: number } }
  | { readonly code: 'disbursal.needsManager'; readonly facts: { readonly aloneMinor: number; readonly aloneRule: 'anyLoan' | 'oneLoan' } };

/** What one cashier pays out without asking anybody; without a line, or on old data, nothing. */
function aloneMinor(policy: OfflinePolicy, isOffline: boolean): number {
  return isOffline ? 0 : policy.typicalInstalmentMinor * policy.perCashierSum;
}

export function decideDisbursal(facts: DisbursalFacts, policy: OfflinePolicy): Result<{ readonly aloneMinor: number }, DisbursalRefused> {
  const { status, before, amountMinor, dataAgeMs } = facts;
  if (facts.applicationRefused) return refuse({ code: 'loan.applicationRefused' });
  if (facts.disputed) return refuse({ code: 'loan.disputed' });
  if (status !== 'approved') return refuse({ code: 'loan.notInThatState', facts: { status } });
  if (before === null) return refuse({ code: 'loan.notReadYet' });
  if (before.onlyThere !== null) return refuse({ code: 'loan.onlyHeadOfficePays', facts: { why: before.onlyThere } });
  if (facts.sumDiffers && before.chargesMinor > 0) return refuse({ code: 'loan.chargesUnknown' });
  if (before.approvedOn !== null && facts.businessDate < before.approvedOn)
    return refuse({ code: 'loan.approvedLater', facts: { approvedOn: before.approvedOn } });
  // Where head office may be set to allow it, it is asked.
  if (facts.closed?.certain === true)
    return refuse(
      facts.closed.why === 'holiday' ? { code: 'loan.onHoliday', facts: { holiday: facts.closed.name } } : { code: 'loan.onDayOff' },
    );
  if (!facts.isClientActive) return refuse({ code: 'loan.ownerNotActive' });
  if (amountMinor <= 0) return refuse({ code: 'disbursal.nothingLeft' });
  const isOffline = !facts.lineUp || dataAgeMs > policy.freshMs;
  if (isOffline) {
    if (dataAgeMs > policy.oldestAgeMs)
      return refuse({ code: 'disbursal.dataTooOld', facts: { hours: Math.floor(dataAgeMs / 3_600_000) } });
    const unitMinor = dataAgeMs > policy.normalAgeMs ? Math.floor(policy.typicalInstalmentMinor / 2) : policy.typicalInstalmentMinor;
    const mostMinor = Math.max(unitMinor * policy.perBranchSum - facts.branchUnsentMinor, 0);
    if (amountMinor > mostMinor) return refuse({ code: 'disbursal.exceedsOfflineLimit', facts: { mostMinor } });
  }
  const alone = aloneMinor(policy, isOffline);
  if (amountMinor > alone && !facts.agreed)
    return refuse({ code: 'disbursal.needsManager', facts: { aloneMinor: alone, aloneRule: isOffline ? 'anyLoan' : 'oneLoan' } });
  return ok({ aloneMinor: alone });
}
