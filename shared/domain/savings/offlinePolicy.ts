// What a branch may pay out on its own word (field-rules 1.2). Amounts are multiples of M, a typical instalment of the branch, so the same
// policy travels between currencies. Money in has no limit: paper would be the alternative.

export interface OfflinePolicy {
  /** M: whole minor units of the branch's currency. */
  readonly typicalInstalmentMinor: number;
  /** M of each other currency, by its code; where there is none nothing of it is paid out without head office. */
  readonly otherInstalments?: Readonly<Record<string, number>>;
  readonly perTransaction: number;
  readonly perAccountSum: number;
  readonly perAccountCount: number;
  readonly perCashierSum: number;
  readonly perBranchSum: number;
  /** A confirmed balance this young needs no limit at all while the line is up. */
  readonly freshMs: number;
  readonly normalAgeMs: number;
  readonly oldestAgeMs: number;
}

const HOUR_MS = 3_600_000;

/** The policy as it is in the money of an account. `own`: the house's own currency. */
export function policyIn(policy: OfflinePolicy, code: string, own: string): OfflinePolicy {
  return code === own ? policy : { ...policy, typicalInstalmentMinor: policy.otherInstalments?.[code] ?? 0 };
}

export function defaultOfflinePolicy(typicalInstalmentMinor: number): OfflinePolicy {
  return {
    typicalInstalmentMinor,
    perTransaction: 1,
    perAccountSum: 2,
    perAccountCount: 2,
    perCashierSum: 10,
    perBranchSum: 50,
    freshMs: HOUR_MS / 4,
    normalAgeMs: 24 * HOUR_MS,
    oldestAgeMs: 72 * HOUR_MS,
  };
}
