// A simulated institution: one head office, PCs of its branches, people at them, and time that passes only when asked. Scenario tests and the
// simulator use the same world; the simulator adds a plan of faults and the checkers.

import type { HttpReply, HttpRequest } from '../../electron/fineract/http.ts';
import { createFineractGateway } from '../../electron/fineract/fineractGateway.ts';
import type { ReceiptLine } from '../../shared/contract/shapes.ts';
import { Redacted } from '../../shared/kernel/redacted.ts';
import { dateAt, instantOf, timeOfDayAt } from './branchClock.ts';
import { createBranchPc, type BranchPc, type Mutation, type Program } from './branchPc.ts';
import type { Delivery } from './faultyNetwork.ts';
import type { Manners } from '../../electron/practice/manners.ts';
import { mannersOf } from './manners.ts';
import { cashierOfOffice, createHeadOfficeSide, managerOfOffice, OFFICES_MOST, type HeadOfficeSide } from './headOfficeSide.ts';
import { seeded, type Seeded } from './seed.ts';
import { createVirtualTime, type VirtualTime } from './virtualTime.ts';

export interface WorldOptions {
  /** Beside what the seed draws. */
  readonly manners?: Partial<Manners>;
  readonly seed: string;
  /** 1 or 2 PCs at Kitale, a third one at Bungoma, and each further one at a branch of its own. */
  readonly branches: number;
  readonly clients: number;
  /** 'strong': head office keeps our marker table. 'weak': it does not. */
  readonly markers: 'strong' | 'weak';
  /** Some clients hold two savings accounts. */
  readonly secondAccounts?: boolean;
  /** Some savings are kept in dollars, in a currency without minor units, and in one with three decimals. */
  readonly currencies?: boolean;
  /** Head office gives so many rows of a list at once and no more. */
  readonly pageMost?: number;
  readonly mutation?: Mutation | null;
  /** How many pictures of clients a round brings down; none unless told. */
  readonly picturesPerRound?: number;
  /** On every PC, until it is upgraded. */
  readonly installed?: Program;
  /** Of every PC: its entries carry seals, and its rows are added up. */
  readonly sealed?: boolean;
  /** What the first PC was set to when its branch was founded; the world's own zone unless told otherwise. */
  readonly zone?: string;
  /** What every PC gives itself when it is founded; 01, 02 unless told otherwise. */
  readonly deviceCode?: string;
}

/** A receipt as somebody holds it in the hand: what the screen was told, whatever became of the PC. */
export interface Paper {
  readonly pc: BranchPc;
  readonly formId: string;
  /** The page that asked; empty where the caller did not say. */
  readonly page: string;
  /** Handed out as new, rather than shown once more as what was recorded before. */
  readonly isNew: boolean;
  readonly line: ReceiptLine;
}

export interface Posting {
  readonly cashiers: readonly [string, ...string[]];
  /** May approve, resolve and release here. */
  readonly chief: string;
  /** Resolves what the chief recorded. */
  readonly otherChief: string;
}

/** Nobody of Bungoma's own could close the cases of Lydia, so head office's Amina does. */
const FIRST_POSTINGS: readonly [Posting, Posting, Posting] = [
  { cashiers: ['achieng', 'grace'], chief: 'grace', otherChief: 'admin' },
  { cashiers: ['daniel', 'peter'], chief: 'grace', otherChief: 'admin' },
  { cashiers: ['bungoma'], chief: 'admin', otherChief: 'bungoma' },
];

export const BRANCHES_MOST = FIRST_POSTINGS.length + OFFICES_MOST;

/** Who works at which PC. */
function postingAt(index: number): Posting {
  const place = index - FIRST_POSTINGS.length;
  const chief = managerOfOffice(place);
  return FIRST_POSTINGS[index] ?? { cashiers: [cashierOfOffice(place), chief], chief, otherChief: 'admin' };
}

export interface WorldWatch {
  hit(group: 'fault' | 'crash' | 'sync' | 'statement', kind: string): void;
  note(line: string): void;
  leaves(pc: BranchPc, request: HttpRequest): void;
  returns(pc: BranchPc, request: HttpRequest, reply: HttpReply): void;
  committed(pc: BranchPc, generation: number): void;
  incident(pc: BranchPc, error: unknown, where: string): void;
  replied(delivery: Delivery): void;
}

export interface BranchWorld {
  /** Of the options: people hold a drawer in each. */
  readonly currencies: boolean;
  readonly time: VirtualTime;
  readonly chance: Seeded;
  readonly headOffice: HeadOfficeSide;
  readonly pcs: readonly BranchPc[];
  readonly paper: Paper[];
  /** What somebody last got in with at a PC: without a line it is still the right one there. */
  readonly lastPassword: Map<string, string>;
  postingOf(pc: BranchPc): Posting;
  /** The whole data folder of a PC is copied to another computer, which has a line of its own; the first goes on. */
  copyFolder(pc: BranchPc, sameMachine?: boolean): BranchPc;
  /** Those that a folder was copied to. */
  copies(): readonly BranchPc[];
  /** 'YYYY-MM-DD HH:MM:SS' of true time in the world's zone. */
  stamp(): string;
  close(): void;
}

export const FIRST_DAY = '2026-11-20';
export const OPENS_AT_HOUR = 8;

const SILENT: WorldWatch = {
  hit: () => undefined,
  note: () => undefined,
  leaves: () => undefined,
  returns: () => undefined,
  committed: () => undefined,
  incident(_pc, error) {
    throw error;
  },
  replied: () => undefined,
};

/** Founds every branch over a good line, as an administrator would before the first day. */
export async function openWorld(options: WorldOptions, watch: WorldWatch = SILENT): Promise<BranchWorld> {
  const time = createVirtualTime(instantOf(FIRST_DAY, OPENS_AT_HOUR - 1));
  const chance = seeded(options.seed);
  const headOffice = createHeadOfficeSide({
    now: () => time.now(),
    clients: options.clients,
    businessDate: FIRST_DAY,
    moreOffices: Math.max(options.branches - FIRST_POSTINGS.length, 0),
    manners: { ...mannersOf(options.seed), ...options.manners },
    secondAccounts: options.secondAccounts ?? false,
    currencies: options.currencies ?? false,
    ...(options.pageMost === undefined ? {} : { pageMost: options.pageMost }),
    replied: (delivery) => watch.replied(delivery),
  });
  if (options.markers === 'strong') await prepare(headOffice);
  const pcs = Array.from({ length: options.branches }, (_, index) =>
    createBranchPc({
      name: `pc${String(index + 1)}`,
      time,
      seeded: chance.fork(`pc${String(index)}`),
      headOffice,
      watch,
      mutation: options.mutation ?? null,
      installed: options.installed ?? 'todays',
      ...(options.picturesPerRound === undefined ? {} : { picturesPerRound: options.picturesPerRound }),
      sealed: options.sealed,
      ...(index === 0 && options.zone !== undefined ? { zone: options.zone } : {}),
    }),
  );
  for (const [index, pc] of pcs.entries()) {
    const { cashiers, chief } = postingAt(index);
    await pc.found(chief === 'admin' ? cashiers[0] : chief, options.deviceCode ?? (index === 1 ? '02' : '01'));
  }
  const copies = new Map<BranchPc, number>();
  return {
    currencies: options.currencies ?? false,
    time,
    chance,
    headOffice,
    pcs,
    paper: [],
    lastPassword: new Map(),
    postingOf: (pc) => postingAt(copies.get(pc) ?? pcs.indexOf(pc)),
    copies: () => [...copies.keys()],
    copyFolder(pc, sameMachine = false) {
      const name = `${pc.name}-copy${String(copies.size + 1)}`;
      const copy = createBranchPc({
        name,
        time,
        seeded: chance.fork(name),
        headOffice,
        watch,
        mutation: options.mutation ?? null,
        copiedFrom: pc,
        sameMachine,
        sealed: options.sealed,
      });
      copies.set(copy, pcs.indexOf(pc));
      return copy;
    },
    stamp: () => `${dateAt(time.now())} ${timeOfDayAt(time.now())}`,
    close() {
      for (const pc of [...pcs, ...copies.keys()]) pc.die('process', 'at the end of the world');
      headOffice.close();
      for (const pc of [...pcs, ...copies.keys()]) pc.database().close();
    },
  };
}

/** Head office's administrator lets Tawi create its tables there. */
async function prepare(headOffice: HeadOfficeSide): Promise<void> {
  const gateway = createFineractGateway({
    transport: async (request) => {
      const delivery = headOffice.deliver(request);
      if (delivery === null) throw new Error('head office is there when it is prepared');
      return { kind: 'answered', ...delivery };
    },
    tenant: 'default',
    monotonicMs: () => 0,
  });
  const prepared = await gateway.prepare({ username: 'admin', password: new Redacted(headOffice.passwordOf('admin')) });
  if (!prepared.ok) throw new Error(`head office was not prepared: ${JSON.stringify(prepared.trouble)}`);
}
