// What every scenario stands on: a branch that is pulled and open, people at it, and short words for what they do. A scene asks through the
// same calls as the screens. When it ends, the checkers of the simulator read the journal, the views, the drawers and head office's books
// past the program, so that a scenario which looks well and broke a promise elsewhere fails too. It never sets a state itself.

import type { Database } from 'better-sqlite3';
import { expect } from 'vitest';
import { expectedInDrawer } from '../../electron/branch/counter/operationDay.ts';
import type { HttpRequest, HttpTransport } from '../../electron/fineract/http.ts';
import type { PracticeControl } from '../../electron/practice/control.ts';
import type { BranchContract } from '../../shared/contract/branchContract.ts';
import type { InputOf, OutputOf } from '../../shared/contract/define.ts';
import type { ReceiptLine, SavingsView, SyncItem } from '../../shared/contract/shapes.ts';
import type { ExceptionView, SyncStatus } from '../../shared/contract/sync.ts';
import { createJournalChecker } from '../simulation/checkers/journalChecker.ts';
import { checkAccounted, checkCash, checkLedger, standingPostings, type Posted } from '../simulation/checkers/naiveLedger.ts';
import { count, row, rows } from '../simulation/checkers/rows.ts';
import { checkHonest } from '../simulation/checkers/thief.ts';
import { checkViews, readerOf } from '../simulation/checkers/viewChecker.ts';
import { createWireChecker } from '../simulation/checkers/wireChecker.ts';
import { dateAt, instantOf } from '../world/branchClock.ts';
import type { Manners } from '../../electron/practice/manners.ts';
import type { BranchPc } from '../world/branchPc.ts';
import { OPENS_AT_HOUR, openWorld, type BranchWorld } from '../world/branchWorld.ts';
import { ProcessDeath } from '../world/faultyDisk.ts';
import { isMoney } from '../world/faultyNetwork.ts';
import { ask, asPaper, atTheCounter, sayDate, signIn, type Answer, type Person } from '../world/people.ts';

type Noun = keyof BranchContract;
export type MethodName = { [N in Noun]: `${N}.${keyof BranchContract[N] & string}` }[Noun];
type MethodOf<Name extends MethodName> = Name extends `${infer N}.${infer V}`
  ? N extends Noun
    ? V extends keyof BranchContract[N]
      ? BranchContract[N][V]
      : never
    : never
  : never;

/** Those of the practice products that take a fee at withdrawals. */
const FEE_TAKING_PRODUCT = 3;
const SHARE_TAKING_PRODUCT = 4;
const PHONE_PRODUCT = 5;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** An account by its three names: ours, head office's, and the one people say. */
export interface Account {
  readonly localId: string;
  readonly serverId: number;
  readonly accountNo: string;
  readonly clientId: string;
}

interface SceneOptions {
  /** How head office tells what it did, where the scenario is about it. */
  readonly manners?: Partial<Manners>;
  readonly markers?: 'strong' | 'weak';
  /** PCs: two stand at Kitale, the third at Bungoma. */
  readonly pcs?: 1 | 2 | 3;
  readonly clients?: number;
  /** How many pictures of clients a round brings down; none unless told. */
  readonly picturesPerRound?: number;
  /** What every PC gave itself where head office kept no codes apart. */
  readonly deviceCode?: string;
  /** What stands between the first PC and head office beside the line: a head office with manners of its own. */
  readonly transport?: (inner: HttpTransport) => HttpTransport;
  /** Some savings are kept in dollars, in a currency without minor units, and in one with three decimals. */
  readonly currencies?: boolean;
  /** What the first PC was set to when its branch was founded. */
  readonly zone?: string;
  /** The first pull is left to the scenario. */
  readonly notPulled?: boolean;
  /** The scenario expects faults of the program's own to be recorded, such as a store that lost its owner. */
  readonly incidentsExpected?: boolean;
  /** Somebody at head office quotes a receipt number of ours for another deed, so its books cannot be judged by these numbers. */
  readonly numbersMisused?: boolean;
}

interface MoneyOptions {
  readonly formId?: string;
  readonly pageId?: string;
  readonly approval?: { readonly username: string; readonly password: string };
  readonly overpaymentSeen?: boolean;
  readonly paymentTypeId?: number;
}

export interface Scene {
  readonly world: BranchWorld;
  readonly pc: BranchPc;
  /** Cashiers, the manager and the administrator, at the first PC. */
  readonly achieng: Person;
  readonly daniel: Person;
  readonly grace: Person;
  readonly amina: Person;
  /** Requests with money that left any PC, in order. */
  readonly sent: readonly HttpRequest[];
  /** Every request that left any PC. */
  readonly asked: readonly HttpRequest[];
  control(): PracticeControl;
  books(): Database;
  at(pcIndex: number, username: string): Person;

  /** The answer as it is. */
  answer<Name extends MethodName>(person: Person, method: Name, input: InputOf<MethodOf<Name>>): Promise<Answer>;
  /** What they asked for; signs in again first when the session ended. Fails the scenario on a refusal. */
  get<Name extends MethodName>(person: Person, method: Name, input: InputOf<MethodOf<Name>>): Promise<OutputOf<MethodOf<Name>>>;
  /** The code of a refusal; fails the scenario when there is none. */
  refusal<Name extends MethodName>(person: Person, method: Name, input: InputOf<MethodOf<Name>>): Promise<string>;

  newForm(): string;
  /** Plain, active savings with money in them; another account for each number. */
  savings(number?: number): Account;
  /** Savings from which head office takes a fee of 20.00 at each withdrawal. */
  savingsWithFee(number?: number): Account;
  /** Savings from which head office takes one and a half percent of each withdrawal. */
  savingsWithShare(): Account;
  /** Savings from which head office takes 35.00 of each withdrawal that goes out by phone, and nothing of any other. */
  savingsPaidByPhone(): Account;
  loan(number?: number): Account;
  repay(person: Person, loan: Account, amountMinor: number, options?: MoneyOptions): Promise<ReceiptLine>;
  deposit(person: Person, savings: Account, amountMinor: number, options?: MoneyOptions): Promise<ReceiptLine>;
  withdraw(person: Person, savings: Account, amountMinor: number, options?: MoneyOptions): Promise<ReceiptLine>;
  /** The code with which a withdrawal was refused. */
  withdrawalRefused(person: Person, savings: Account, amountMinor: number, options?: MoneyOptions): Promise<string>;

  cutLine(pc?: BranchPc): Promise<void>;
  restoreLine(pc?: BranchPc): Promise<void>;
  pass(ms: number): Promise<void>;
  /** Lets time pass until nothing waits; fails the scenario when something still does. */
  untilFinished(mostMs?: number): Promise<void>;
  /** Lets time pass until the receipt stands so. */
  until(line: ReceiptLine, standing: ReceiptLine['standing'], mostMs?: number): Promise<ReceiptLine>;
  /** Leaps to the next morning; head office's day follows unless it stays behind. */
  nextMorning(options?: { readonly headOfficeStaysBehind?: boolean }): Promise<void>;

  receipt(line: ReceiptLine): Promise<ReceiptLine>;
  item(line: ReceiptLine): Promise<SyncItem>;
  /** Why it did what it did, in order, in the timeline's words. */
  story(line: ReceiptLine): Promise<readonly string[]>;
  status(): Promise<SyncStatus>;
  view(savings: Account): Promise<SavingsView>;
  /** The one open case. */
  openCase(viewer?: Person): Promise<ExceptionView>;
  openCases(viewer?: Person): Promise<readonly ExceptionView[]>;
  resolve(
    person: Person,
    exception: ExceptionView,
    resolution: 'resubmit' | 'reverse' | 'suspend' | 'recognise' | 'withdraw',
    serverTransactionId?: number,
  ): Promise<{ readonly receiptId: string | null }>;
  /** What head office's books hold under that receipt. */
  standingThere(line: ReceiptLine): readonly Posted[];
  balanceThere(savings: Account): number;
  /** Every receipt is at head office once, or a closed case says where it went. */
  expectAccounted(): void;
}

export async function play(options: SceneOptions, act: (scene: Scene) => Promise<void>): Promise<void> {
  const broken: Error[] = [];
  const incidents: string[] = [];
  const sent: HttpRequest[] = [];
  const asked: HttpRequest[] = [];
  const markers = options.markers ?? 'strong';
  const wireOf = new Map<BranchPc, ReturnType<typeof createWireChecker>>();
  const journalOf = new Map<BranchPc, ReturnType<typeof createJournalChecker>>();

  /** A broken promise may show deep inside the program, which must not get a chance to catch it. */
  function judge(check: () => void): void {
    try {
      check();
    } catch (error) {
      broken.push(error instanceof Error ? error : new Error(String(error)));
    }
  }

  function wireCheckerOf(pc: BranchPc): ReturnType<typeof createWireChecker> {
    const known = wireOf.get(pc) ?? createWireChecker(pc.name, markers);
    wireOf.set(pc, known);
    return known;
  }

  const world = await openWorld(
    {
      seed: 'scenario',
      branches: options.pcs ?? 1,
      clients: options.clients ?? 24,
      markers,
      ...(options.picturesPerRound === undefined ? {} : { picturesPerRound: options.picturesPerRound }),
      ...(options.zone === undefined ? {} : { zone: options.zone }),
      currencies: options.currencies ?? false,
      ...(options.deviceCode === undefined ? {} : { deviceCode: options.deviceCode }),
      ...(options.manners === undefined ? {} : { manners: options.manners }),
      mutation: options.transport === undefined ? null : { name: 'manners of a head office', transport: options.transport },
    },
    {
      hit: () => undefined,
      note: () => undefined,
      leaves(pc, request) {
        asked.push(request);
        if (isMoney(request)) sent.push(request);
        judge(() => wireCheckerOf(pc).leaves(pc.database(), request));
      },
      returns: (pc, request, reply) => judge(() => wireCheckerOf(pc).returns(pc.database(), request, reply)),
      committed: (pc, generation) =>
        judge(() => {
          if (generation !== pc.generation())
            throw new Error(`I12 one writer: process ${String(generation)} committed after ${String(pc.generation())} took over`);
        }),
      incident(_pc, error, where) {
        if (!(error instanceof ProcessDeath))
          incidents.push(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      },
      replied: () => undefined,
    },
  );

  const [firstPc] = world.pcs;
  if (firstPc === undefined) throw new Error('a world has a PC');
  const pc: BranchPc = firstPc;
  const person = (username: string): Person => ({ pc, username });

  function checkPromises(): void {
    for (const each of world.pcs) {
      const database = each.database();
      const checker = journalOf.get(each) ?? createJournalChecker(each.name);
      journalOf.set(each, checker);
      judge(() => checker.check(database, true));
      if (options.numbersMisused !== true) judge(() => checkViews(each.name, database, dateAt(world.time.now())));
      judge(() =>
        checkCash(each.name, database, (drawerId) => {
          const read = readerOf(database);
          const drawer = read.drawer(drawerId);
          return drawer === null ? null : expectedInDrawer(drawer, read.drawerTotals(drawerId));
        }),
      );
    }
    if (options.numbersMisused === true) return;
    judge(() =>
      checkLedger(
        [...world.pcs, ...world.copies()].map((each) => each.database()),
        world.paper,
        world.headOffice.database(),
      ),
    );
  }

  function accounts(kind: 'savings' | 'loan', productId: number): readonly Account[] {
    const books = world.headOffice.database();
    const read = readerOf(pc.database());
    const found =
      kind === 'savings'
        ? rows<{ id: number; no: string; client: number }>(
            books,
            `SELECT id, account_no AS no, client_id AS client FROM savings_account
             WHERE office_id = 2 AND product_id = ? AND status = 300 AND sub_status = 0 AND amount_on_hold = 0 AND guarantor_hold = 0 AND balance > 200000 ORDER BY id`,
            productId,
          )
        : rows<{ id: number; no: string; client: number }>(
            books,
            'SELECT id, account_no AS no, client_id AS client FROM loan WHERE office_id = 2 AND status = 300 AND client_id IS NOT NULL ORDER BY id',
          );
    return found.flatMap(({ id, no, client }) => {
      const localId = read.localIdOf(kind, id);
      const clientId = read.localIdOf('client', client);
      return localId === null || clientId === null ? [] : [{ localId, serverId: id, accountNo: no, clientId }];
    });
  }

  const known = new Map<string, readonly Account[]>();
  function accountNumber(kind: 'savings' | 'loan', number: number, productId = 1): Account {
    const shelf = `${kind} ${String(productId)}`;
    const list = known.get(shelf) ?? accounts(kind, productId);
    known.set(shelf, list);
    const found = list[number];
    if (found === undefined) throw new Error(`this branch has ${String(list.length)} such accounts of kind ${kind}`);
    return found;
  }

  async function answer(who: Person, method: MethodName, input: object): Promise<Answer> {
    return ask(world, who, method, input);
  }

  async function value(who: Person, method: MethodName, input: object): Promise<unknown> {
    let got = await answer(who, method, input);
    if (got.kind === 'refused' && (got.code === 'session.signedOut' || got.code === 'session.locked')) {
      await signIn(world, who);
      got = await answer(who, method, input);
    }
    if (got.kind !== 'ok')
      throw new Error(
        `${who.username} asked ${method} and heard ${got.kind === 'refused' ? `${got.code} ${JSON.stringify(got.facts)}` : 'nothing'}`,
      );
    return got.value;
  }

  async function handMoney(
    who: Person,
    method: 'loans.takeRepayment' | 'savings.takeDeposit' | 'savings.payWithdrawal',
    account: Account,
    amountMinor: number,
    more: MoneyOptions,
  ): Promise<Answer> {
    if (!(await atTheCounter(world, who))) throw new Error(`${who.username} could not open a drawer`);
    const { formId = scene.newForm(), paymentTypeId = 1, ...rest } = more;
    // Each PC has local ids of its own.
    const kind = method === 'loans.takeRepayment' ? 'loan' : 'savings';
    const localId = readerOf(who.pc.database()).localIdOf(kind, account.serverId) ?? '';
    const accountField = kind === 'loan' ? { loanId: localId } : { savingsId: localId };
    const form = { formId, ...accountField, amountMinor, paidWith: { paymentTypeId }, ...rest };
    let got = await answer(who, method, form);
    if (await sayDate(world, who, got)) got = await answer(who, method, form);
    if (got.kind === 'ok') world.paper.push(asPaper(who.pc, { formId, ...rest }, got.value as ReceiptLine));
    return got;
  }

  function paperOf(got: Answer): ReceiptLine {
    if (got.kind !== 'ok') throw new Error(`money was not taken: ${JSON.stringify(got)}`);
    return got.value as ReceiptLine;
  }

  function unfinished(): number {
    return world.pcs.reduce(
      (sum, each) =>
        sum + count(each.database(), `SELECT count(*) FROM journal_commands WHERE state NOT IN ('accepted', 'withdrawn', 'resolved')`),
      0,
    );
  }

  function commandIdOf(line: ReceiptLine): string {
    if (line.receipt.commandId === null) throw new Error(`${line.receipt.number} has no command`);
    return line.receipt.commandId;
  }

  let forms = 0;
  const scene: Scene = {
    world,
    pc,
    achieng: person('achieng'),
    daniel: person('daniel'),
    grace: person('grace'),
    amina: person('admin'),
    sent,
    asked,
    control: () => world.headOffice.practice().control,
    books: () => world.headOffice.database(),
    at(pcIndex, username) {
      const there = world.pcs[pcIndex];
      if (there === undefined) throw new Error(`there is no PC ${String(pcIndex)}`);
      return { pc: there, username };
    },
    answer,
    // The dispatcher has checked the answer against the contract's own schema.
    get: value as unknown as Scene['get'],
    async refusal(who, method, input) {
      const got = await answer(who, method, input);
      if (got.kind !== 'refused') throw new Error(`${who.username} asked ${method} and was not refused`);
      return got.code;
    },
    newForm: () => `00000000-0000-7000-8000-${String((forms += 1)).padStart(12, '0')}`,
    savings: (number = 0) => accountNumber('savings', number),
    savingsWithShare: () => accountNumber('savings', 0, SHARE_TAKING_PRODUCT),
    savingsPaidByPhone: () => accountNumber('savings', 0, PHONE_PRODUCT),
    savingsWithFee: (number = 0) => accountNumber('savings', number, FEE_TAKING_PRODUCT),
    loan: (number = 0) => accountNumber('loan', number),
    repay: async (who, loan, amountMinor, more = {}) => paperOf(await handMoney(who, 'loans.takeRepayment', loan, amountMinor, more)),
    deposit: async (who, savings, amountMinor, more = {}) =>
      paperOf(await handMoney(who, 'savings.takeDeposit', savings, amountMinor, more)),
    withdraw: async (who, savings, amountMinor, more = {}) =>
      paperOf(await handMoney(who, 'savings.payWithdrawal', savings, amountMinor, more)),
    async withdrawalRefused(who, savings, amountMinor, more = {}) {
      const got = await handMoney(who, 'savings.payWithdrawal', savings, amountMinor, more);
      if (got.kind !== 'refused') throw new Error('the withdrawal was not refused');
      return got.code;
    },
    async cutLine(at = pc) {
      at.network.bring('partition', 365 * 24 * HOUR_MS);
      await world.time.pass(2 * MINUTE_MS);
    },
    async restoreLine(at = pc) {
      at.network.clear();
      await world.time.pass(2 * MINUTE_MS);
    },
    pass: (ms) => world.time.pass(ms),
    async untilFinished(mostMs = 20 * MINUTE_MS) {
      const done = await world.time.passUntil(() => unfinished() === 0, mostMs);
      if (!done) {
        const left = rows<{ sequence: number; state: string; outcome: string | null }>(
          pc.database(),
          `SELECT sequence, state, last_outcome AS outcome FROM journal_commands WHERE state NOT IN ('accepted', 'withdrawn', 'resolved')`,
        );
        throw new Error(`something still waits: ${JSON.stringify(left.slice(0, 5))}`);
      }
      // The pull that follows a send belongs to it.
      await world.time.pass(MINUTE_MS);
    },
    async until(line, standing, mostMs = 20 * MINUTE_MS) {
      const commandId = commandIdOf(line);
      const states: Readonly<Record<ReceiptLine['standing'], readonly string[]>> = {
        savedHere: ['held', 'queued'],
        sent: ['sending', 'inDoubt'],
        confirmed: ['accepted', 'resolved', 'withdrawn'],
        needsYou: ['rejected'],
      };
      const stateNow = (): string =>
        world.pcs
          .map(
            (each) => row<{ state: string }>(each.database(), 'SELECT state FROM journal_commands WHERE command_id = ?', commandId)?.state,
          )
          .find((state) => state !== undefined) ?? '';
      const reached = await world.time.passUntil(() => states[standing].includes(stateNow()), mostMs);
      if (!reached) throw new Error(`${line.receipt.number} is ${stateNow()}, not ${standing}`);
      return scene.receipt(line);
    },
    async nextMorning({ headOfficeStaysBehind = false } = {}) {
      const tomorrow = dateAt(instantOf(dateAt(world.time.now()), 36));
      world.time.leapTo(instantOf(tomorrow, OPENS_AT_HOUR));
      if (!headOfficeStaysBehind) scene.control().setBusinessDate(tomorrow);
      await world.time.pass(2 * MINUTE_MS);
    },
    async receipt(line) {
      const there = world.paper.find((paper) => paper.line.receipt.receiptId === line.receipt.receiptId)?.pc ?? pc;
      return scene.get({ pc: there, username: 'grace' }, 'receipts.show', { receiptId: line.receipt.receiptId });
    },
    async item(line) {
      return (await scene.get(scene.grace, 'sync.showItem', { commandId: commandIdOf(line) })).item;
    },
    async story(line) {
      const shown = await scene.get(scene.grace, 'sync.showItem', { commandId: commandIdOf(line) });
      return shown.timeline.map((entry) => entry.what);
    },
    status: () => scene.get(scene.grace, 'sync.showStatus', {}),
    async view(savings) {
      return (await scene.get(scene.grace, 'savings.show', { savingsId: savings.localId })).savings;
    },
    openCases: (viewer = scene.grace) => scene.get(viewer, 'exceptions.list', { show: 'open' }),
    async openCase(viewer = scene.grace) {
      const open = await scene.openCases(viewer);
      expect(open).toHaveLength(1);
      const [first] = open;
      if (first === undefined) throw new Error('no case is open');
      return first;
    },
    resolve: (who, exception, resolution, serverTransactionId) =>
      scene.get(who, 'exceptions.resolve', {
        exceptionId: exception.exceptionId,
        resolution,
        reason: 'decided with the client',
        ...(serverTransactionId === undefined ? {} : { serverTransactionId }),
      }),
    standingThere: (line) =>
      standingPostings(world.headOffice.database()).filter((posted) => posted.number.split('/')[0] === line.receipt.number),
    balanceThere: (savings) => count(world.headOffice.database(), 'SELECT balance FROM savings_account WHERE id = ?', savings.serverId),
    expectAccounted() {
      for (const each of world.pcs) checkAccounted(each.name, each.database(), world.headOffice.database());
    },
  };

  try {
    world.time.leapTo(instantOf(dateAt(world.time.now()), OPENS_AT_HOUR));
    if (options.notPulled !== true) {
      for (const each of world.pcs) {
        each.start();
        const posting = world.postingOf(each);
        // Whoever works here has signed in once over the line; without that nobody can sign in offline.
        for (const username of new Set([...posting.cashiers, 'daniel', posting.chief])) await signIn(world, { pc: each, username });
      }
      await world.time.pass(2 * MINUTE_MS);
    }
    await act(scene);
    checkPromises();
    for (const each of world.pcs) checkHonest(each.name, each.database(), null);
    if (options.incidentsExpected !== true) expect(incidents).toEqual([]);
    if (broken[0] !== undefined) throw broken[0];
  } finally {
    world.close();
  }
}
