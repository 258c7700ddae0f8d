// A seed becomes a plan: who works where, and one event after the other, each with its own chance already drawn. Nothing about an event
// depends on the events before it, so that a plan stays playable when some of them are taken out.

import { NETWORK_FAULTS, WEATHERS } from '../world/faultyNetwork.ts';
import type { Program } from '../world/branchPc.ts';
import { seeded, type Seeded } from '../world/seed.ts';

export const WORK = [
  'takeRepayment',
  'takeDeposit',
  'payWithdrawal',
  'takeBasket',
  'transfer',
  'pressAgain',
  'pressTwice',
  'printReceipt',
  'addNote',
  'registerClient',
  'changeNote',
  'takePicture',
  'addPaper',
  'editClient',
  'changeGroup',
  'renameGroup',
  'changeRole',
  'foundGroup',
  'foundCenter',
  'turnClient',
  'openSavings',
  'decideSavings',
  'holdMoney',
  'decideHeld',
  'decideLoan',
  'disburseLoan',
  'undoPayout',
  'applyForLoan',
  'resolveCase',
  'compareBooks',
  'makerTriesToClose',
  'releaseCommands',
  'declareOffline',
  'endOffline',
  'refreshClient',
  'look',
  'keepDraft',
  'changeDrawer',
  'moveCash',
  'dayInError',
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
  'printerTrouble',
  'folderCopied',
  'zoneChanged',
  'bookEdited',
  'cheatTries',
] as const;

export const HEAD_OFFICE_FAULTS = [
  'headOfficeCrashBefore',
  'headOfficeCrashAfter',
  'headOfficeDown',
  'headOfficeBackup',
  'headOfficeRestored',
  'auditsPassCursorAgain',
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
  'undoneThere',
  'booksClosed',
  'windowOpened',
  'windowBreaks',
] as const;

/** Drawn beside the others and by a chance of their own, so that a world without one of them is what it was before they were known. */
const DRAWN_APART: readonly string[] = [
  'undoneThere',
  'booksClosed',
  'windowOpened',
  'windowBreaks',
  'printerTrouble',
  'folderCopied',
  'zoneChanged',
  'bookEdited',
  'cheatTries',
];

export const FAULTS = [...NETWORK_FAULTS, ...WEATHERS, ...PC_FAULTS, ...HEAD_OFFICE_FAULTS] as const;
export type Fault = (typeof FAULTS)[number];
export type What = (typeof WORK)[number] | Fault;

export const ALL_EVENTS: readonly What[] = [...WORK, ...FAULTS];

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
  /** The program on every PC until it is upgraded. */
  readonly installed: Program;
  /** Accounts in several currencies, and a drawer in each. */
  readonly currencies?: boolean;
  /** Receipts go to printers by themselves. */
  readonly printers?: boolean;
  readonly events: readonly PlannedEvent[];
}

export interface PlanOptions {
  readonly days: number;
  /** PCs; 0: one to four, as the seed has it. */
  readonly branches: number;
  readonly faults: readonly Fault[];
}

export const USUAL: PlanOptions = { days: 2, branches: 0, faults: FAULTS };

/** The longest pause between two deeds of people. */
const PACE_MS = 60_000;

const WORK_PER_DAY = 26;
const FAULTS_PER_DAY = 11;

/** Files are drawn beside the other work, as some faults are. */
const PAPERS = ['takePicture', 'addPaper'] as const;

const WEIGHTS: Readonly<
  Record<
    Exclude<
      (typeof WORK)[number],
      | 'nextDay'
      | 'editClient'
      | 'changeGroup'
      | 'renameGroup'
      | 'changeRole'
      | 'foundGroup'
      | 'foundCenter'
      | 'turnClient'
      | 'openSavings'
      | 'decideSavings'
      | 'holdMoney'
      | WorkApart
      | (typeof PAPERS)[number]
    >,
    number
  >
> = {
  takeRepayment: 9,
  takeDeposit: 9,
  payWithdrawal: 9,
  takeBasket: 4,
  transfer: 4,
  pressAgain: 2,
  pressTwice: 2,
  printReceipt: 2,
  addNote: 5,
  registerClient: 3,
  changeNote: 1.5,
  decideHeld: 1.5,
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

/** As with faults drawn apart. */
type WorkApart = 'decideLoan' | 'disburseLoan' | 'undoPayout' | 'moveCash' | 'applyForLoan' | 'dayInError' | 'compareBooks';

/** Some happen on their own account often enough; what has to fit a rare moment is drawn more often. */
const FAULT_WEIGHTS: Partial<Readonly<Record<Fault, number>>> = {
  accountBlocked: 3,
  deathAtAwait: 4,
  deathAtStatement: 3,
  replyLost: 2,
  headOfficeBackup: 1,
  headOfficeRestored: 1.5,
  auditsPassCursorAgain: 1.5,
  upgrade: 2.5,
  passwordChanged: 1.5,
  staffGone: 1.5,
  reordered: 2,
  accountClosed: 1.5,
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
  const asDrawn = chance.pick([1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4]);
  const branches = options.branches > 0 ? options.branches : asDrawn;
  const markers = chance.chance(0.7) ? 'strong' : 'weak';
  const installed = chance.chance(0.6) ? 'lastYears' : 'todays';
  const work = Object.entries(WEIGHTS) as [keyof typeof WEIGHTS, number][];
  const faults = options.faults
    .filter((fault) => !DRAWN_APART.includes(fault))
    .map((fault): readonly [Fault, number] => [fault, FAULT_WEIGHTS[fault] ?? 1]);
  const events: PlannedEvent[] = [];
  // As they are printed, so that a printed plan is the plan.
  const drawn = (): number => chance.below(1000) / 1000;
  const push = (what: What, mostMs: number): void => {
    events.push({
      what,
      afterMs: 100 * chance.below(Math.ceil(mostMs / 100)),
      pc: chance.below(branches),
      x: drawn(),
      y: drawn(),
      z: drawn(),
    });
  };
  for (let day = 0; day < options.days; day += 1) {
    if (day > 0) push('nextDay', 1);
    const perDay = WORK_PER_DAY + 6 * branches;
    const faultsAmong = faults.length === 0 ? 0 : FAULTS_PER_DAY / (FAULTS_PER_DAY + perDay);
    for (let at = 0; at < perDay + FAULTS_PER_DAY; at += 1) {
      const fault = chance.chance(faultsAmong) ? weighted(chance, faults) : null;
      if (fault === null) push(weighted(chance, work) ?? 'wait', PACE_MS);
      else push(fault, 5_000);
    }
  }
  putAmong(events, apartOf(seed, options.faults, markers), `places apart ${String(seed)}`, branches);
  const printers = seeded(`printers ${String(seed)}`).chance(0.3);
  if (printers && options.faults.includes('printerTrouble'))
    putAmong(events, troubleOf(seed, options.days), `printers apart ${String(seed)}`, branches);
  putAmong(events, workApartOf(seed, options.days), `work apart ${String(seed)}`, branches);
  putAmong(events, payoutsApartOf(seed, options.days), `payouts apart ${String(seed)}`, branches);
  putAmong(events, papersOf(seed), `places of papers ${String(seed)}`, branches);
  putAmong(events, editsOf(seed), `places of edits ${String(seed)}`, branches);
  putAmong(events, cashOf(seed, options.days), `places of cash ${String(seed)}`, branches);
  putAmong(events, groupChangesOf(seed), `places of group changes ${String(seed)}`, branches);
  // Last, so that what was drawn before stays where it was.
  putAmong(events, applicationsApartOf(seed, options.days), `applications apart ${String(seed)}`, branches);
  putAmong(events, foundingsOf(seed), `foundings apart ${String(seed)}`, branches);
  putAmong(events, turnsOf(seed), `turns apart ${String(seed)}`, branches);
  putAmong(events, undoesApartOf(seed, options.days), `payouts taken back apart ${String(seed)}`, branches);
  putAmong(events, zonesOf(seed, options.faults), `zones apart ${String(seed)}`, branches);
  putAmong(events, comparisonsOf(seed), `comparisons apart ${String(seed)}`, branches);
  putAmong(events, handsOf(seed, options.faults), `places of hands ${String(seed)}`, branches);
  putAmong(events, openingsOf(seed), `openings apart ${String(seed)}`, branches);
  putAmong(events, groupNamesOf(seed), `names of groups apart ${String(seed)}`, branches);
  putAmong(events, groupRolesOf(seed), `roles in groups apart ${String(seed)}`, branches);
  putAmong(events, holdsOf(seed, options.days), `holds apart ${String(seed)}`, branches);
  putAmong(events, centersOf(seed), `centers apart ${String(seed)}`, branches);
  const currencies = seeded(`currencies ${String(seed)}`).chance(0.25);
  return {
    seed,
    branches,
    clients: 8,
    markers,
    installed,
    ...(currencies ? { currencies } : {}),
    ...(printers ? { printers } : {}),
    events,
  };
}

/** In their order; the window is opened before it breaks, and only where head office is prepared. */
function apartOf(seed: number, wanted: readonly Fault[], markers: Plan['markers']): readonly Fault[] {
  const chance = seeded(`faults apart ${String(seed)}`);
  const drawn: readonly (readonly [Fault, number])[] = [
    ['windowOpened', markers === 'strong' ? 0.35 : 0],
    ['undoneThere', 0.25],
    ['undoneThere', 0.15],
    ['booksClosed', 0.12],
    ['windowBreaks', markers === 'strong' ? 0.2 : 0],
    ['folderCopied', 0.2],
  ];
  return drawn.flatMap(([fault, share]) => (chance.chance(share) && wanted.includes(fault) ? [fault] : []));
}

function troubleOf(seed: number, days: number): readonly Fault[] {
  const chance = seeded(`how much printer trouble ${String(seed)}`);
  return Array.from({ length: days * (2 + chance.below(5)) }, () => 'printerTrouble' as const);
}

/** Loans are decided in half of the worlds, some of them twice on one loan and more. */
function workApartOf(seed: number, days: number): readonly WorkApart[] {
  const chance = seeded(`how much work apart ${String(seed)}`);
  return chance.chance(0.5) ? Array.from({ length: days * (1 + chance.below(3)) }, () => 'decideLoan' as const) : [];
}

/** Loans are paid out in half of the worlds too, whether they are decided on there or were approved before. */
function payoutsApartOf(seed: number, days: number): readonly WorkApart[] {
  const chance = seeded(`how many payouts apart ${String(seed)}`);
  return chance.chance(0.5) ? Array.from({ length: days * (1 + chance.below(3)) }, () => 'disburseLoan' as const) : [];
}

/** Payouts are taken back in half of the worlds, on their day or too late. */
function undoesApartOf(seed: number, days: number): readonly WorkApart[] {
  const chance = seeded(`how many payouts taken back ${String(seed)}`);
  return chance.chance(0.5) ? Array.from({ length: days * (1 + chance.below(3)) }, () => 'undoPayout' as const) : [];
}

/** Loans are applied for in half of the worlds, and decided on and paid out there where those worlds do that. */
function applicationsApartOf(seed: number, days: number): readonly WorkApart[] {
  const chance = seeded(`how many applications apart ${String(seed)}`);
  return chance.chance(0.5) ? Array.from({ length: days * (1 + chance.below(3)) }, () => 'applyForLoan' as const) : [];
}

function papersOf(seed: number): readonly What[] {
  const chance = seeded(`papers ${String(seed)}`);
  return Array.from({ length: chance.below(7) }, () => chance.pick(PAPERS));
}

/** As files are. */
function editsOf(seed: number): readonly What[] {
  return Array.from({ length: seeded(`edits ${String(seed)}`).below(6) }, () => 'editClient' as const);
}

/** Between vault and drawers, in most worlds, and often enough to come upon a process that dies. */
function cashOf(seed: number, days: number): readonly What[] {
  const chance = seeded(`cash ${String(seed)}`);
  return chance.chance(0.7) ? Array.from({ length: days * (2 + chance.below(5)) }, () => 'moveCash' as const) : [];
}

function groupNamesOf(seed: number): readonly What[] {
  return Array.from({ length: seeded(`names of groups ${String(seed)}`).below(4) }, () => 'renameGroup' as const);
}

/** Often enough that a role which was given is taken again, and its holder let go. */
function groupRolesOf(seed: number): readonly What[] {
  return Array.from({ length: seeded(`roles in groups ${String(seed)}`).below(8) }, () => 'changeRole' as const);
}

function groupChangesOf(seed: number): readonly What[] {
  return Array.from({ length: seeded(`group changes ${String(seed)}`).below(5) }, () => 'changeGroup' as const);
}

/** Groups are founded in every second world. */
function foundingsOf(seed: number): readonly What[] {
  const chance = seeded(`foundings ${String(seed)}`);
  return chance.chance(0.5) ? Array.from({ length: 1 + chance.below(4) }, () => 'foundGroup' as const) : [];
}

/** Centers are founded in every second world. */
function centersOf(seed: number): readonly What[] {
  const chance = seeded(`centers ${String(seed)}`);
  return chance.chance(0.5) ? Array.from({ length: 1 + chance.below(3) }, () => 'foundCenter' as const) : [];
}

/** Clients are activated, rejected, taken back in every second world. */
function turnsOf(seed: number): readonly What[] {
  const chance = seeded(`turns ${String(seed)}`);
  return chance.chance(0.5) ? Array.from({ length: 1 + chance.below(6) }, () => 'turnClient' as const) : [];
}

/**
 * In every third world an administrator sets a PC to another zone, and mostly sets it right again; a day that this or a clock opened is closed
 * in error wherever somebody looks.
 */
function zonesOf(seed: number, wanted: readonly Fault[]): readonly What[] {
  const chance = seeded(`zones ${String(seed)}`);
  const changes = wanted.includes('zoneChanged') && chance.chance(0.35) ? 1 + chance.below(3) : 0;
  const looks = chance.chance(0.7) ? 2 + chance.below(3) : 0;
  return [...Array.from({ length: changes }, () => 'zoneChanged' as const), ...Array.from({ length: looks }, () => 'dayInError' as const)];
}

/** The three books are compared when a manager wants it, in every second world, whatever goes on meanwhile. */
function comparisonsOf(seed: number): readonly WorkApart[] {
  const chance = seeded(`comparisons ${String(seed)}`);
  return chance.chance(0.5) ? Array.from({ length: 1 + chance.below(3) }, () => 'compareBooks' as const) : [];
}

/** A few of the worlds, whose plans are no other ones for it: adding up every row costs. */
export function isSealed(seed: number): boolean {
  return seed % 25 === 0;
}

export type ListThatShrinks = 'clients' | 'loans' | 'savings';

/** As sealed worlds are: in every fourth one head office gives small pages, and one list grows shorter while a PC reads it for the first time. */
export function listThatShrinks(seed: number): ListThatShrinks | null {
  const chance = seeded(`a list that shrinks ${String(seed)}`);
  return chance.chance(0.25) ? chance.pick(['clients', 'loans', 'savings'] as const) : null;
}

/** Whoever has the key of the books, and whoever sits at the counter without the right: always where rows are added up, and in some other worlds. */
function handsOf(seed: number, wanted: readonly Fault[]): readonly Fault[] {
  const chance = seeded(`hands ${String(seed)}`);
  const drawn: readonly Fault[] = [
    ...(isSealed(seed) ? (['bookEdited', 'bookEdited', 'bookEdited'] as const) : []),
    ...(chance.chance(0.08) ? (['bookEdited'] as const) : []),
    ...(isSealed(seed) || chance.chance(0.1) ? (['cheatTries'] as const) : []),
  ];
  return drawn.filter((fault) => wanted.includes(fault));
}

/** Savings accounts are opened in every second world, decided on there, and paid into. */
function openingsOf(seed: number): readonly What[] {
  const chance = seeded(`openings ${String(seed)}`);
  if (!chance.chance(0.5)) return [];
  return Array.from(
    { length: 1 + chance.below(3) },
    () => ['openSavings', 'decideSavings', 'decideSavings', 'decideSavings'] as const,
  ).flat();
}

/** Money on savings is held and let go in half of the worlds. */
function holdsOf(seed: number, days: number): readonly What[] {
  const chance = seeded(`holds ${String(seed)}`);
  return chance.chance(0.5) ? Array.from({ length: days * (2 + chance.below(4)) }, () => 'holdMoney' as const) : [];
}

function putAmong(events: PlannedEvent[], apart: readonly What[], of: string, branches: number): void {
  const chance = seeded(of);
  const places = apart.map(() => chance.below(events.length + 1)).sort((one, other) => one - other);
  for (const [index, what] of apart.entries()) {
    const drawn = (): number => chance.below(1000) / 1000;
    const event = { what, afterMs: 100 * chance.below(50), pc: chance.below(branches), x: drawn(), y: drawn(), z: drawn() };
    events.splice((places[index] ?? 0) + index, 0, event);
  }
}
