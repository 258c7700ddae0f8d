// Plays a plan: safety first, with every fault of the plan, then liveness: the faults end, managers resolve, people sign in again, and within
// a bound every command must have ended, every view must be the confirmed one, and every receipt must be accounted for exactly once.

import type { Database } from 'better-sqlite3';
import { dateAt, instantOf, WORLD_ZONE } from '../world/branchClock.ts';
import type { BranchPc, Mutation } from '../world/branchPc.ts';
import { OPENS_AT_HOUR } from '../world/branchWorld.ts';
import { KINDS_IN_THE_WORLD, kindsWhere } from '../world/kindsInTheWorld.ts';
import type { CommandKindName } from '../../shared/domain/commands/kinds/allKinds.ts';
import { seeded } from '../world/seed.ts';
import { ask, atTheDesk, signIn, signInNeededAt } from '../world/people.ts';
import { heldHereMinor } from '../../electron/journal/heldHere.ts';
import { identityOf } from '../../electron/journal/settings.ts';
import { reconcileLoan, reconcileSavings } from '../../shared/domain/accounts/reconcile.ts';
import { BrokenPromise, holds } from './checkers/brokenPromise.ts';
import { checkCheat } from './checkers/cheat.ts';
import { checkCompared, isComparisonAsked } from './checkers/comparisonChecker.ts';
import { checkThief } from './checkers/thief.ts';
import {
  checkAccounted,
  checkEditsStand,
  checkFacts,
  checkGroupTurns,
  checkRoles,
  checkMembers,
  checkOpenings,
  checkTurns,
} from './checkers/naiveLedger.ts';
import { checkAllPrinted } from './checkers/paperChecker.ts';
import { checkCodesOnPaper } from './checkers/signatureChecker.ts';
import { count, row, rows } from './checkers/rows.ts';
import { isAsInBooks, loansIn, readerOf, savingsIn } from './checkers/viewChecker.ts';
import { plainCoverage, type Coverage } from './coverage.ts';
import {
  decideAllHeld,
  decideWaiting,
  happen,
  MAKER_CHECKED,
  openBooks,
  NOTES_CHECKED,
  releaseCommands,
  recoverSuspended,
  resolveCase,
  setMakerChecker,
  setZone,
  zoneOf,
} from './events.ts';
import type { Plan, PlannedEvent } from './plan.ts';
import { mendPrinters, sayWhatCameOut, setPrinters } from './printers.ts';
import { openRun, type Failure, type SimulatedRun } from './simulatedRun.ts';

export interface RunResult {
  readonly seed: number;
  readonly failure: Failure | null;
  readonly coverage: ReturnType<typeof plainCoverage>;
  readonly hash: string;
  readonly trace: readonly string[];
  readonly virtualMs: number;
  readonly receipts: number;
  readonly pcs: number;
}

const MINUTE_MS = 60_000;
const ROUNDS_MOST = 24;
const ROUNDS_A_DAY = 6;
const EVENINGS_MOST = 3;

function unfinishedIn(
  pc: BranchPc,
): readonly { readonly sequence: number; readonly state: string; readonly outcome: string | null; readonly nextAt: number | null }[] {
  return rows(
    pc.database(),
    `SELECT sequence, state, last_outcome AS outcome, next_attempt_at AS nextAt FROM journal_commands WHERE state NOT IN ('accepted', 'withdrawn', 'resolved') ORDER BY sequence`,
  );
}

function openCases(pc: BranchPc): number {
  return count(pc.database(), 'SELECT count(*) FROM journal_exceptions WHERE closed_at IS NULL');
}

/** With those that a folder was copied to. */
function everyPc({ world }: SimulatedRun): readonly BranchPc[] {
  return [...world.pcs, ...world.copies()];
}

/** Whatever was wrong in the world is put right; what it led to stays. */
function endFaults(run: SimulatedRun): void {
  const { world } = run;
  for (const pc of everyPc(run)) {
    pc.network.clear();
    pc.disarm();
    pc.endOlder();
    pc.setClockError(0);
    mendPrinters(pc);
  }
  world.headOffice.setUp(true);
  const { control } = world.headOffice.practice();
  control.crashNextCommand(null);
  control.refuseNextWrites(0, 0, '');
  openBooks(run);
  for (const code of [...MAKER_CHECKED, NOTES_CHECKED]) setMakerChecker(run, code, false);
  decideWaiting(run, run.world.chance.chance(0.5));
  for (const { id } of rows<{ id: number }>(world.headOffice.database(), 'SELECT id FROM loan')) control.lockLoan(id, false);
  for (const { username, code } of run.taken) control.givePermission(username, code);
  control.setBusinessDate(dateAt(world.time.now()));
}

function eventFor(run: SimulatedRun, pc: BranchPc): PlannedEvent {
  const { chance } = run.world;
  return {
    what: 'resolveCase',
    afterMs: 0,
    pc: run.world.pcs.indexOf(pc),
    x: chance.fraction(),
    y: chance.fraction(),
    z: chance.fraction(),
  };
}

async function putInOrder(run: SimulatedRun, pc: BranchPc, round: number): Promise<void> {
  const { world } = run;
  const posting = world.postingOf(pc);
  const chief = { pc, username: posting.chief };
  if (!(await atTheDesk(world, chief))) {
    const other = { pc, username: posting.otherChief };
    if (await atTheDesk(world, other)) await ask(world, other, 'session.unlockStaff', { username: chief.username });
    if (!(await atTheDesk(world, chief))) return;
  }
  if (round === 0 && zoneOf(pc) !== WORLD_ZONE) await setZone(run, pc, WORLD_ZONE);
  if (run.printers) await sayWhatCameOut(run, chief);
  await ask(world, chief, 'sync.endOffline', {});
  for (const username of posting.cashiers) if (!run.gone.has(username)) await atTheDesk(world, { pc, username });
  for (const username of await signInNeededAt(world, chief)) if (!run.gone.has(username)) await signIn(world, { pc, username });
  await releaseCommands({ run, event: eventFor(run, pc), pc });
  await decideAllHeld({ run, event: eventFor(run, pc), pc });
  for (let cases = openCases(pc); cases > 0; cases -= 1) {
    const ways = round < 2 ? (['resubmit', 'recognise', 'reverse', 'suspend'] as const) : (['reverse', 'suspend'] as const);
    const way = ways[world.chance.below(ways.length)] ?? 'reverse';
    await resolveCase({ run, event: eventFor(run, pc), pc }, way);
    run.check(false);
    if (run.failure !== null) return;
  }
  // Somebody whose money stood in suspense comes back once all is in order.
  if (round > 0 && round < 3) await recoverSuspended({ run, event: eventFor(run, pc), pc }, chief);
}

const ASKS_AGAIN_AFTER_MS = 5 * MINUTE_MS + 1_000;
const UNSEEN_ASKS_MOST = 500;
const UNSEEN_ROUNDS = 8;

/**
 * What a checker decided about a posting to the books a branch cannot see; after some day of asking a manager has to. People do
 * nothing meanwhile, so time leaps from one asking to the next. `unseen`: which were met so, for at the very moment of an asking a command says
 * nothing of it.
 */
async function awaitUnseenVerdicts(run: SimulatedRun, unseen: Set<string>): Promise<void> {
  const { world } = run;
  const waits = (): boolean => meetUnseen(run, unseen);
  if (!waits()) return;
  run.hit('sync', 'a day of asking for a verdict that nobody here can see');
  for (let asked = 0; asked < UNSEEN_ASKS_MOST && waits(); asked += 1) {
    world.time.leapTo(world.time.now() + ASKS_AGAIN_AFTER_MS);
    await world.time.pass(1_000);
  }
}

/** Whether any command waits for a verdict that nobody here can see. */
function meetUnseen({ world }: SimulatedRun, unseen: Set<string>): boolean {
  let waits = false;
  for (const pc of world.pcs)
    for (const { sequence, state, outcome } of unfinishedIn(pc)) {
      const key = `${pc.name} ${sequence}`;
      if (state === 'rejected') unseen.delete(key);
      else if (outcome?.includes('"unseen":true') === true) unseen.add(key);
      waits = waits || unseen.has(key);
    }
  return waits;
}

async function bringToRest(run: SimulatedRun): Promise<void> {
  const { world } = run;
  const unseen = new Set<string>();
  for (let round = 0; round < ROUNDS_MOST; round += 1) {
    // What a clock that ran ahead dated tomorrow has to wait for head office's tomorrow.
    if (round > 0 && round % ROUNDS_A_DAY === 0) await dayLater(run, OPENS_AT_HOUR);
    // A copied folder is put in order as well, where something of its own is open.
    const copies = world.copies().filter((copy) => unfinishedIn(copy).length + openCases(copy) > 0);
    for (const pc of [...world.pcs, ...copies]) {
      await putInOrder(run, pc, round);
      if (run.failure !== null) return;
    }
    decideWaiting(run, world.chance.chance(0.5));
    await world.time.passUntil(() => everyPc(run).every((pc) => unfinishedIn(pc).length === 0), 5 * MINUTE_MS);
    run.check(false);
    if (run.failure !== null) return;
    if (everyPc(run).every((pc) => unfinishedIn(pc).length === 0 && openCases(pc) === 0)) return;
    meetUnseen(run, unseen);
    // What comes after one such verdict may wait for another.
    if (round >= ROUNDS_MOST - UNSEEN_ROUNDS) await awaitUnseenVerdicts(run, unseen);
  }
  run.judge(() => {
    for (const pc of everyPc(run)) {
      const [first] = unfinishedIn(pc);
      if (first === undefined) continue;
      const kept = `${first.state}, ${first.outcome ?? 'no answer yet'}, next at ${first.nextAt === null ? 'once' : String(Math.round((first.nextAt - world.time.now()) / 1000))} s`;
      throw new BrokenPromise(
        'liveness: every command ends',
        `${pc.name}: command ${first.sequence} is ${kept}; ${openCases(pc)} cases open`,
      );
    }
  });
}

/** PCs go off and on again at that hour of the next day. */
async function dayLater(run: SimulatedRun, hour: number): Promise<void> {
  const { world } = run;
  for (const copy of world.copies()) if (copy.isOn()) copy.die('process', 'put away');
  for (const pc of world.pcs) {
    await pc.stop();
    if (pc.isOn()) pc.die('process', 'in the evening');
    if (pc.installed() === 'lastYears') pc.upgrade();
  }
  const tomorrow = dateAt(instantOf(dateAt(world.time.now()), 36));
  world.time.leapTo(instantOf(tomorrow, hour));
  world.headOffice.practice().control.setBusinessDate(tomorrow);
  run.note(`at rest on ${tomorrow}`);
  for (const pc of world.pcs) {
    pc.start();
    await atTheDesk(world, { pc, username: world.postingOf(pc).chief });
  }
}

/**
 * The evening after, when every account is read again. A clock that ran a day ahead leaves a mark there, and then it is the evening after
 * that; and what is sent once more since, because that reading found it lost, another PC reads in the next one.
 */
async function eveningRefresh(run: SimulatedRun): Promise<void> {
  for (let evenings = 0; evenings < EVENINGS_MOST; evenings += 1) {
    if (evenings > 0) run.hit('sync', 'another evening was needed');
    await dayLater(run, OPENS_AT_HOUR + 11.2);
    await run.world.time.pass(3 * MINUTE_MS);
    await bringToRest(run);
    if (run.failure !== null) return;
    await run.world.time.pass(2 * MINUTE_MS);
    if (run.world.pcs.every((pc) => differenceFromBooks(pc.database(), run.world.headOffice.database()) === null)) return;
  }
}

/** The first account that does not stand in the replica as in head office's books, to the last penalty; or null. */
function differenceFromBooks(database: Database, books: Database): string | null {
  const savings = savingsIn(database).find((each) => each.serverId !== null && !isAsInBooks('savings', each.serverId, database, books));
  if (savings !== undefined) return `savings ${savings.accountNo}`;
  const stepped = savingsIn(database).find((each) => {
    const there = row<{ status: number }>(books, 'SELECT status FROM savings_account WHERE id = ?', each.serverId)?.status ?? 0;
    return there in DECIDED && DECIDED[there] !== each.status;
  });
  if (stepped !== undefined) return `savings ${stepped.accountNo} is ${stepped.status} here and not there`;
  const loan = loansIn(database).find((each) => {
    const owed = row<{ owed: number; overpaid: number }>(books, OWED, each.serverId);
    return owed !== null && (owed.owed !== each.outstandingMinor || owed.overpaid !== each.overpaidMinor);
  });
  const decided = loansIn(database).find((each) => {
    const there = row<{ status: number }>(books, 'SELECT status FROM loan WHERE id = ?', each.serverId)?.status ?? 0;
    return there in DECIDED && DECIDED[there] !== each.status;
  });
  if (decided !== undefined) return `loan ${decided.accountNo} is ${decided.status} here and not there`;
  return loan === undefined
    ? null
    : `loan ${loan.accountNo} shows ${String(loan.outstandingMinor)} and ${JSON.stringify(row(books, OWED, loan.serverId))}`;
}

const DECIDED: Readonly<Record<number, string>> = { 100: 'submitted', 200: 'approved', 400: 'withdrawn', 500: 'rejected' };
/** Withdrawn and rejected. */
const NEVER_PAID_OUT = '400, 500';
const OWED = `SELECT principal - principal_paid - principal_written_off + interest_charged - interest_paid - interest_written_off
  + fee_charged - fee_paid - fee_written_off + penalty_charged - penalty_paid - penalty_written_off AS owed, overpaid
  FROM loan WHERE id = ? AND status >= 300 AND status NOT IN (${NEVER_PAID_OUT})`;

/** What head office's books keep of this office and nothing here knows of: a pull that passed something over looks whole from here. */
function missingHere(database: Database, books: Database, cameBack: ReadonlySet<string>): string | null {
  const office = identityOf(readerOf(database)).officeServerId;
  for (const [there, here] of [
    ['client', 'replica_clients'],
    ['loan', 'replica_loans'],
    ['savings_account', 'replica_savings'],
  ] as const) {
    const known = new Set(rows<{ id: number | null }>(database, `SELECT server_id AS id FROM ${here}`).map(({ id }) => id));
    const kept = rows<{ id: number }>(books, `SELECT id FROM ${there} WHERE office_id = ? AND status = 300`, office);
    const missing = kept.find(({ id }) => !known.has(id) && !cameBack.has(`${there} ${String(id)}`));
    if (missing !== undefined) return `${there} ${String(missing.id)}`;
  }
  return null;
}

function checkAtRest(run: SimulatedRun): void {
  const books = run.world.headOffice.database();
  for (const pc of run.world.pcs) {
    const database = pc.database();
    const read = readerOf(database);
    const differs = differenceFromBooks(database, books);
    holds(differs === null, 'liveness: the replica is head office', `${pc.name}: ${differs ?? ''}`);
    for (const savings of savingsIn(database)) {
      const view = reconcileSavings(savings, read.effectsOf('savings', savings.savingsId));
      holds(
        view.ledgerMinor === savings.ledgerMinor,
        'liveness: provisional is confirmed',
        `${pc.name}: savings ${savings.accountNo} shows ${view.ledgerMinor}, confirmed is ${savings.ledgerMinor}`,
      );
      const heldHere = heldHereMinor(read, savings);
      holds(heldHere === 0, 'liveness: provisional is confirmed', `${pc.name}: savings ${savings.accountNo} holds ${heldHere} beyond that`);
    }
    for (const loan of loansIn(database)) {
      const view = reconcileLoan(loan, read.effectsOf('loan', loan.loanId));
      holds(
        view.outstandingMinor === loan.outstandingMinor && view.overpaidMinor === loan.overpaidMinor,
        'liveness: provisional is confirmed',
        `${pc.name}: loan ${loan.accountNo} shows ${view.outstandingMinor}, confirmed is ${loan.outstandingMinor}`,
      );
    }
    // What a restore brought back that nobody at head office ever made again is told by no trail: it comes in when every record is read again.
    const misses = missingHere(database, books, run.restoredAt > 0 ? run.takenThere : new Set());
    holds(misses === null, 'liveness: the replica is head office', `${pc.name} misses ${misses ?? ''}`);
    if (run.printers) {
      checkAllPrinted(pc.name, database, pc.tray, run.officeCopies);
      checkCodesOnPaper(pc.name, pc.tray);
    }
    checkAccounted(pc.name, database, books);
    const others = everyPc(run).flatMap((other) => (other === pc ? [] : [other.database()]));
    checkFacts(pc.name, database, books, run.restoredAt === 0, others);
  }
  if (run.restoredAt === 0) {
    const journals = run.world.pcs.map((pc) => pc.database());
    checkEditsStand(journals, books);
    checkMembers(journals, books, run.membersTouchedThere);
    checkRoles(journals, books, run.membersTouchedThere);
    checkGroupTurns(journals, books);
    checkTurns(journals, books);
    checkOpenings(journals, books, run.decidedThere);
  }
}

const COMPARISON_MOST_MS = 20 * MINUTE_MS;

/** Somebody on each PC asks whether the three books are one now; what was another at head office is here after the first answer. */
async function compareAtRest(run: SimulatedRun): Promise<void> {
  const { world } = run;
  for (const pc of world.pcs) {
    if (!(await asksComparison(run, pc))) continue;
    await world.time.passUntil(() => !isComparisonAsked(pc.database()), COMPARISON_MOST_MS);
    const askedAt = world.time.now();
    await asksComparison(run, pc);
    await world.time.passUntil(() => !isComparisonAsked(pc.database()), COMPARISON_MOST_MS);
    run.judge(() => checkCompared(pc.name, pc.database(), askedAt));
  }
}

async function asksComparison({ world }: SimulatedRun, pc: BranchPc): Promise<boolean> {
  const { chief, otherChief } = world.postingOf(pc);
  for (const username of [chief, otherChief]) {
    const person = { pc, username };
    if ((await atTheDesk(world, person)) && (await ask(world, person, 'sync.compare', {})).kind === 'ok') return true;
  }
  return false;
}

/** Whoever sits at the counter without the right, and whoever has the key of the books: at the end of a world, so that it stays the one it was. */
async function letThemTry(run: SimulatedRun): Promise<void> {
  const { world } = run;
  for (const pc of world.pcs) {
    const cashier = world.postingOf(pc).cashiers.find((username) => !run.gone.has(username));
    try {
      if (cashier !== undefined) await checkCheat(world, pc, cashier);
    } catch (error) {
      run.judge(() => {
        throw error;
      });
    }
    run.judge(() => checkThief(pc.name, pc.database(), seeded(`thief ${pc.name} ${run.hash()}`)));
  }
}

const UNDONE_NOWHERE = 'a payout that was taken back stands on there';

function countStates(run: SimulatedRun): number {
  let receipts = 0;
  for (const pc of run.world.pcs) {
    for (const { state, why } of rows<{ state: string; why: string }>(
      pc.database(),
      'SELECT to_state AS state, why FROM journal_command_events',
    )) {
      run.hit('state', state);
      run.hit('why', why);
    }
    for (const { state, submission } of rows<{ state: string; submission: number }>(
      pc.database(),
      `SELECT state, submission FROM journal_commands WHERE kind IN ${kindsWhere(({ payout }) => payout === 'undone')}`,
    ))
      run.hit('sync', state === 'accepted' ? `a payout was undone there${submission > 1 ? ', asked once more' : ''}` : UNDONE_NOWHERE);
    for (const { kind } of rows<{ kind: CommandKindName }>(
      pc.database(),
      `SELECT kind FROM journal_commands WHERE state = 'accepted' AND kind IN ${kindsWhere(({ holds: what }) => what !== undefined)}`,
    ))
      run.hit('sync', KINDS_IN_THE_WORLD[kind].holds === 'made' ? 'money was held there' : 'a hold was let go there');
    receipts += count(pc.database(), 'SELECT count(*) FROM journal_receipts');
  }
  return receipts;
}

export async function runPlan(plan: Plan, mutation: Mutation | null = null): Promise<RunResult> {
  const run = await openRun(plan, mutation);
  const { world } = run;
  const beganAt = world.time.now();
  try {
    world.time.leapTo(instantOf(dateAt(world.time.now()), OPENS_AT_HOUR));
    run.backup = world.headOffice.backUp();
    for (const pc of world.pcs) {
      pc.start();
      await atTheDesk(world, { pc, username: world.postingOf(pc).chief });
    }
    if (run.printers) for (const pc of world.pcs) await setPrinters(run, { pc, username: world.postingOf(pc).chief });
    await world.time.pass(2 * MINUTE_MS);
    for (const event of plan.events) {
      if (run.failure !== null) break;
      await happen(run, event);
      run.events += 1;
      run.check(false);
    }
    if (run.failure === null) {
      run.note('the faults end');
      endFaults(run);
      await bringToRest(run);
    }
    if (run.failure === null) await eveningRefresh(run);
    if (run.failure === null && plan.events.some(({ what }) => what === 'compareBooks')) await compareAtRest(run);
    if (run.failure === null) {
      run.check(true);
      run.judge(() => checkAtRest(run));
    }
    if (run.failure === null && mutation === null && run.sealed) await letThemTry(run);
  } catch (error) {
    run.judge(() => {
      throw error;
    });
  }
  const receipts = countStates(run);
  const result: RunResult = {
    seed: plan.seed,
    failure: run.failure,
    coverage: plainCoverage(run.coverage satisfies Coverage),
    hash: run.hash(),
    trace: run.trace,
    virtualMs: world.time.now() - beganAt,
    receipts,
    pcs: plan.branches,
  };
  run.close();
  return result;
}
