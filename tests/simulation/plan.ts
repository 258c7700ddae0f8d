// A seed becomes a plan: who works where, and one event after the other, each with its own chance already drawn. Nothing about an event
// depends on the events before it, so that a plan stays playable when some of them are taken out.

import { NETWORK_FAULTS, WEATHERS } from '../world/faultyNetwork.ts';
import { seeded, type Seeded } from '../world/seed.ts';

export const WORK = [
  'takeRepayment',
  'takeDeposit',
  'payWithdrawal',
  'pressAgain',
  'pressTwice',
  'printReceipt',
  'resolveCase',
  'makerTriesToClose',
  'releaseCommands',
  'declareOffline',
  'endOffline',
  'refreshClient',
  'look',
  'keepDraft',
  'changeDrawer',
  'signOut',
  'wait',
  'nextDay',
] as const;

export const PC_FAULTS = [
  'deathNow',
  'deathAtStatement',
  'deathAtCommit',
  'deathAfterCommit',
  'deathAtAwait',
  'powerCut',
  'diskFull',
  'diskFullAtStatement',
  'diskBusy',
  'clockSkew',
  'clockJumpsAhead',
  'clockJumpsBack',
  'tornBackup',
  'upgrade',
  'secondProcess',
] as const;

export const HEAD_OFFICE_FAULTS = [
  'headOfficeCrashBefore',
  'headOfficeCrashAfter',
  'headOfficeDown',
  'headOfficeBackup',
  'headOfficeRestored',
  'keysPurged',
  'makerChecker',
  'checkerDecides',
  'otherOffice',
  'interestJob',
  'penaltyJob',
  'accountBlocked',
  'accountClosed',
  'loanLocked',
  'passwordChanged',
  'passwordOutdated',
  'staffGone',
  'rightTaken',
  'dayBehind',
  'writeRefused',
] as const;

export const FAULTS = [...NETWORK_FAULTS, ...WEATHERS, ...PC_FAULTS, ...HEAD_OFFICE_FAULTS] as const;
export type Fault = (typeof FAULTS)[number];
export type What = (typeof WORK)[number] | Fault;

export interface PlannedEvent {
  readonly what: What;
  /** Milliseconds after the event before it. */
  readonly afterMs: number;
  readonly pc: number;
  /** In [0, 1): which account, which amount, which way; each event reads them as it needs. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export interface Plan {
  readonly seed: number;
  readonly branches: number;
  readonly clients: number;
  readonly markers: 'strong' | 'weak';
  readonly events: readonly PlannedEvent[];
}

export interface PlanOptions {
  readonly days: number;
  /** 0: one to three, as the seed has it. */
  readonly branches: number;
  readonly faults: readonly Fault[];
  /** The longest pause between two deeds of people. */
  readonly paceMs: number;
}

export const USUAL: PlanOptions = { days: 2, branches: 0, faults: FAULTS, paceMs: 60_000 };

const WORK_PER_DAY = 26;
const FAULTS_PER_DAY = 11;

const WEIGHTS: Readonly<Record<Exclude<(typeof WORK)[number], 'nextDay'>, number>> = {
  takeRepayment: 9,
  takeDeposit: 9,
  payWithdrawal: 9,
  pressAgain: 2,
  pressTwice: 2,
  printReceipt: 2,
  resolveCase: 5,
  makerTriesToClose: 2,
  releaseCommands: 1,
  declareOffline: 0.6,
  endOffline: 1.2,
  refreshClient: 2,
  look: 2,
  keepDraft: 0.5,
  changeDrawer: 1,
  signOut: 1,
  wait: 5,
};

/** Some happen on their own account often enough; what has to fit a rare moment is drawn more often. */
const FAULT_WEIGHTS: Partial<Readonly<Record<Fault, number>>> = {
  accountBlocked: 3,
  deathAtAwait: 4,
  deathAtStatement: 3,
  replyLost: 2,
  headOfficeBackup: 1,
  headOfficeRestored: 1.5,
  headOfficeCrashBefore: 2,
  headOfficeCrashAfter: 2,
  makerChecker: 1.5,
  checkerDecides: 2,
};

function weighted<T extends string>(chance: Seeded, entries: readonly (readonly [T, number])[]): T | null {
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  let left = chance.fraction() * total;
  for (const [name, weight] of entries) {
    left -= weight;
    if (left < 0) return name;
  }
  return entries.at(-1)?.[0] ?? null;
}

export function planOf(seed: number, options: PlanOptions = USUAL): Plan {
  const chance = seeded(`plan ${seed}`);
  const branches = options.branches > 0 ? Math.min(options.branches, 3) : chance.pick([1, 1, 2, 2, 3]);
  const markers = chance.chance(0.7) ? 'strong' : 'weak';
  const work = Object.entries(WEIGHTS) as [Exclude<(typeof WORK)[number], 'nextDay'>, number][];
  const faults = options.faults.map((fault): readonly [Fault, number] => [fault, FAULT_WEIGHTS[fault] ?? 1]);
  const events: PlannedEvent[] = [];
  const push = (what: What, mostMs: number): void => {
    events.push({
      what,
      afterMs: chance.below(mostMs),
      pc: chance.below(branches),
      x: chance.fraction(),
      y: chance.fraction(),
      z: chance.fraction(),
    });
  };
  for (let day = 0; day < options.days; day += 1) {
    if (day > 0) push('nextDay', 1);
    const perDay = WORK_PER_DAY + 6 * branches;
    const faultsAmong = faults.length === 0 ? 0 : FAULTS_PER_DAY / (FAULTS_PER_DAY + perDay);
    for (let at = 0; at < perDay + FAULTS_PER_DAY; at += 1) {
      const fault = chance.chance(faultsAmong) ? weighted(chance, faults) : null;
      if (fault === null) push(weighted(chance, work) ?? 'wait', options.paceMs);
      else push(fault, 5_000);
    }
  }
  return { seed, branches, clients: 8, markers, events };
}

export function lineOf(event: PlannedEvent): string {
  return `${event.what} pc${event.pc + 1} after ${(event.afterMs / 1000).toFixed(0)} s (${event.x.toFixed(3)} ${event.y.toFixed(3)} ${event.z.toFixed(3)})`;
}
