// Seeds that once broke a promise, each with the reason in one line. They are played in every test run.

import { USUAL, type PlanOptions } from './plan.ts';

/** As they were drawn when they broke. */
export const REGRESSION_OPTIONS: PlanOptions = { ...USUAL, paceMs: 120_000 };

export const REGRESSIONS: readonly (readonly [seed: number, why: string])[] = [
  [2, 'I10: the audit row of a deposit names its transaction, and the account was not read again'],
  [4, 'I5: the store refused to let a transaction that head office lost become a case, and the sync loop broke at it'],
  [6, 'I6: a recognised transaction was counted in the confirmed row and once more as an effect'],
  [25, 'I3: a lost withdrawal was never noticed by a loan officer, who may not read the marker table'],
  [60, 'liveness: a command waited for ever for a checker whose row head office had given again after a restore'],
  [61, 'liveness: after a clock that ran ahead was set right, a command waited as long as it had been ahead'],
  [117, 'I2: a waiting journal entry that the branch may not see was taken for removed and posted twice'],
];
