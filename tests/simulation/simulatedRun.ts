// One run of one plan: the world, what is known of it from outside, and the checkers around it. A broken promise is kept and not thrown,
// because it may show deep inside the program, which must not get a chance to catch it.

import { createHash, type Hash } from 'node:crypto';
import { expectedInDrawer } from '../../electron/branch/counter/operationDay.ts';
import { BrokenInvariant } from '../../shared/kernel/assert.ts';
import { StoreFault } from '../../electron/ports/store.ts';
import type { HeadOfficeBackup } from '../world/headOfficeSide.ts';
import { dateAt } from '../world/branchClock.ts';
import type { BranchPc, Mutation } from '../world/branchPc.ts';
import { openWorld, type BranchWorld } from '../world/branchWorld.ts';
import { ProcessDeath } from '../world/faultyDisk.ts';
import { isMoney } from '../world/faultyNetwork.ts';
import type { MoneyForm, Person } from '../world/people.ts';
import { BrokenPromise } from './checkers/brokenPromise.ts';
import { checkComparison } from './checkers/comparisonChecker.ts';
import { createJournalChecker, type JournalChecker } from './checkers/journalChecker.ts';
import { checkCurrencies } from './checkers/moneyChecker.ts';
import { checkAccepted, checkCash, checkLedger } from './checkers/naiveLedger.ts';
import { count } from './checkers/rows.ts';
import { checkPapers } from './checkers/paperChecker.ts';
import { checkViews, createCursorChecker, readerOf, type CursorChecker } from './checkers/viewChecker.ts';
import { createWireChecker, type WireChecker } from './checkers/wireChecker.ts';
import { addHit, type Coverage } from './coverage.ts';
import { isSealed, listThatShrinks, type Plan } from './plan.ts';
import { SMALL_PAGE, shrinksMeanwhile } from './shrinkingList.ts';

export interface Failure {
  readonly title: string;
  readonly detail: string;
  /** How many events had happened. */
  readonly afterEvents: number;
}

/** What is sent for a slip of cash. */
export interface SlipForm {
  readonly formId: string;
  readonly kind: string;
  readonly [more: string]: unknown;
}

export interface SimulatedRun {
  /** Of a mutant's run; null in every other. */
  readonly mutation: Mutation | null;
  readonly world: BranchWorld;
  readonly coverage: Coverage;
  readonly cursors: CursorChecker;
  /** Receipts go to printers by themselves. */
  readonly printers: boolean;
  /** A copy of each comes out behind it. */
  readonly officeCopies: boolean;
  /** Entries carry seals, and rows are added up. */
  readonly sealed: boolean;
  /** Forms that were sent and of which nobody heard. */
  readonly unheardSlips: { readonly person: Person; readonly input: SlipForm }[];
  readonly unheard: { readonly person: Person; readonly form: MoneyForm }[];
  lastForm: { readonly person: Person; readonly form: MoneyForm } | null;
  readonly gone: Set<string>;
  readonly taken: { readonly username: string; readonly code: string }[];
  backup: HeadOfficeBackup | null;
  crashArmed: string | null;
  /** The code that head office was told to refuse the next write with. */
  refusalArmed: string | null;
  /** Somebody changed the books of that PC: how often the program said that it sends nothing on it. */
  thief: { readonly pc: BranchPc; found: number } | null;
  /** When head office was last restored, in true time. */
  restoredAt: number;
  /** What head office took out of a list while it was read: table and number. */
  readonly takenThere: ReadonlySet<string>;
  /** Savings accounts, by head office's number, on which head office itself decided. */
  readonly decidedThere: Set<number>;
  /** Group and client, by head office's numbers, where head office itself changed the client's roles, or let the client go. */
  readonly membersTouchedThere: Set<string>;
  readonly trace: string[];
  failure: Failure | null;
  events: number;
  hit(group: Parameters<typeof addHit>[1], kind: string): void;
  note(line: string): void;
  /** Runs a check; a broken promise ends the run. */
  judge(check: () => void): void;
  check(whole: boolean): void;
  hash(): string;
  close(): void;
}

/** A rejection that nobody handled would end the real program, so it ends the run. */
const rejections: unknown[] = [];
let listening = false;

function listenForRejections(): void {
  if (listening) return;
  listening = true;
  process.on('unhandledRejection', (reason) => {
    if (!(reason instanceof ProcessDeath)) rejections.push(reason);
  });
}

/** After these a comparison may say that something confirmed is missing: it was undone, or its trail was thrown away within the day. */
const MAY_BE_MISSED = ['undoneThere', 'keysPurged'] as const;

export async function openRun(plan: Plan, mutation: Mutation | null): Promise<SimulatedRun> {
  listenForRejections();
  rejections.length = 0;
  const coverage: Coverage = new Map();
  const digest: Hash = createHash('sha256');
  const journalCheckers = new Map<BranchPc, JournalChecker>();
  const wireCheckers = new Map<BranchPc, WireChecker>();
  const checkedAt = new Map<BranchPc, string>();
  let booksAt = -1;
  let checkedLastAt = 0;
  const acceptedSeen = new Set<string>();

  function judge(check: () => void): void {
    if (run.failure !== null) return;
    try {
      check();
    } catch (error) {
      const broken = error instanceof BrokenPromise ? error : null;
      run.failure = {
        title: broken?.title ?? 'the checker broke',
        detail: error instanceof Error ? (broken === null ? (error.stack ?? error.message) : error.message) : String(error),
        afterEvents: run.events,
      };
      run.note(`BROKEN ${run.failure.detail}`);
    }
  }

  function journalOf(pc: BranchPc): JournalChecker {
    let checker = journalCheckers.get(pc);
    if (checker === undefined) journalCheckers.set(pc, (checker = createJournalChecker(pc.name, takenAway)));
    return checker;
  }

  function wireOf(pc: BranchPc): WireChecker {
    let checker = wireCheckers.get(pc);
    if (checker === undefined) wireCheckers.set(pc, (checker = createWireChecker(pc.name, plan.markers)));
    return checker;
  }

  const shrinking = listThatShrinks(plan.seed);
  const shrinks = shrinking === null ? null : shrinksMeanwhile(shrinking);
  const takenAway = (shelf: string): number => shrinks?.taken.get(shelf) ?? 0;
  const run: SimulatedRun = {
    mutation,
    world: undefined as unknown as BranchWorld,
    coverage,
    cursors: createCursorChecker(takenAway),
    printers: plan.printers === true,
    officeCopies: plan.seed % 2 === 0,
    sealed: isSealed(plan.seed),
    unheard: [],
    unheardSlips: [],
    lastForm: null,
    gone: new Set(),
    taken: [],
    backup: null,
    crashArmed: null,
    refusalArmed: null,
    thief: null,
    restoredAt: 0,
    takenThere: shrinks?.rows ?? new Set(),
    decidedThere: new Set(),
    membersTouchedThere: new Set(),
    trace: [],
    failure: null,
    events: 0,
    hit(group, kind) {
      addHit(coverage, group, kind);
      if (group === 'fault' || group === 'crash') digest.update(`${group} ${kind}\n`);
    },
    note(line) {
      const stamped = `${(run.world as BranchWorld | undefined)?.stamp() ?? 'founding'}  ${line}`;
      digest.update(`${stamped}\n`);
      run.trace.push(stamped);
    },
    judge,
    check(whole) {
      run.hit('looked', 'after an event');
      const [rejection] = rejections;
      if (rejection !== undefined) {
        judge(() => {
          throw new BrokenPromise(
            'no rejection goes unhandled',
            rejection instanceof Error ? (rejection.stack ?? rejection.message) : 'not even an error',
          );
        });
      }
      const books = run.world.headOffice.database();
      const booksNow = run.world.headOffice.changes();
      const someChanged = booksNow !== booksAt;
      booksAt = booksNow;
      let journalChanged = false;
      for (const pc of run.world.pcs) {
        const database = pc.database();
        const version = `${String(count(database, 'SELECT total_changes()'))} ${String(pc.generation())}`;
        const changed = checkedAt.get(pc) !== version;
        checkedAt.set(pc, version);
        journalChanged ||= changed;
        if (changed || whole) {
          judge(() => journalOf(pc).check(database, whole));
          judge(() => checkViews(pc.name, database, dateAt(run.world.time.now())));
          judge(() =>
            checkComparison(pc.name, database, {
              nothingLost: run.restoredAt === 0 && !MAY_BE_MISSED.some((fault) => coverage.get('fault')?.has(fault)),
              honest: !plan.events.some(({ what }) => what === 'bookEdited'),
            }),
          );
          judge(() =>
            checkCash(pc.name, database, (drawerId) => {
              const read = readerOf(database);
              const drawer = read.drawer(drawerId);
              return drawer === null ? null : expectedInDrawer(drawer, read.drawerTotals(drawerId));
            }),
          );
        }
        if ((changed || whole) && plan.printers === true) judge(() => checkPapers(pc.name, database, pc.tray));
        if ((changed || whole) && run.world.currencies) judge(() => checkCurrencies(pc.name, database, books));
        if (changed) judge(() => checkAccepted(pc.name, database, books, acceptedSeen, run.restoredAt < checkedLastAt));
        if (changed || someChanged || whole) judge(() => run.cursors.check(pc.name, database, books));
      }
      // Of a folder that was copied the journal is its own; what it learned before is also the first one's.
      for (const copy of run.world.copies()) judge(() => journalOf(copy).check(copy.database(), whole));
      checkedLastAt = run.world.time.now();
      if (someChanged || journalChanged || whole)
        judge(() =>
          checkLedger(
            [...run.world.pcs, ...run.world.copies()].map((pc) => pc.database()),
            run.world.paper,
            books,
          ),
        );
    },
    hash: () => digest.copy().digest('hex').slice(0, 16),
    close() {
      run.world.close();
    },
  };

  (run as { world: BranchWorld }).world = await openWorld(
    {
      seed: String(plan.seed),
      branches: plan.branches,
      clients: plan.clients,
      markers: plan.markers,
      secondAccounts: true,
      installed: plan.installed,
      currencies: plan.currencies ?? false,
      // Where every page is short only the count says that a list goes on: such a head office counts right.
      ...(shrinking === null ? {} : { pageMost: SMALL_PAGE, manners: { loanTotals: 'right' as const } }),
      sealed: run.sealed,
      mutation,
    },
    {
      hit: (group, kind) => run.hit(group, kind),
      note: (line) => run.note(line),
      leaves(pc, request) {
        if (isMoney(request)) run.hit('looked', 'at a request with money');
        judge(() => wireOf(pc).leaves(pc.database(), request));
        shrinks?.leaves(run, pc, request);
      },
      returns: (pc, request, reply) => judge(() => wireOf(pc).returns(pc.database(), request, reply)),
      committed(pc, generation) {
        run.hit('looked', 'at a commit');
        judge(() => {
          if (generation !== pc.generation())
            throw new BrokenPromise(
              'I12 one writer',
              `${pc.name}: process ${String(generation)} committed after process ${String(pc.generation())} took over`,
            );
          journalOf(pc).atCommit(pc.database());
          wireOf(pc).atCommit(pc.database());
        });
      },
      incident(pc, error, where) {
        if (error instanceof ProcessDeath) return;
        if (error instanceof StoreFault && (error.kind === 'full' || error.kind === 'busy' || error.kind === 'notOwner')) {
          run.hit('sync', `incident: store ${error.kind}`);
          return;
        }
        if (run.thief?.pc === pc && error instanceof BrokenInvariant && error.invariant === 'I13') {
          run.thief.found += 1;
          return;
        }
        judge(() => {
          if (error instanceof BrokenInvariant)
            throw new BrokenPromise(`${error.invariant} asserted by the program`, `${pc.name} ${where}: ${error.message}`);
          throw new BrokenPromise(
            'no fault of our own',
            `${pc.name} ${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
          );
        });
      },
      replied(delivery) {
        if (delivery.status === 0 && run.crashArmed !== null) {
          run.hit('fault', run.crashArmed);
          run.crashArmed = null;
        }
        if (run.refusalArmed !== null && delivery.body.includes(run.refusalArmed)) {
          run.hit('fault', 'writeRefused');
          run.refusalArmed = null;
        }
        if (delivery.body.includes('rollbackTransaction')) run.hit('fault', 'makerChecker');
      },
    },
  );
  return run;
}
