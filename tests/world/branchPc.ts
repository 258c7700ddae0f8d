// One PC of a branch: its disk, its clock, its line, and the process that runs on it now. A process can die at any statement and at any
// await; what it left on the disk is all that the next one has. The branch inside is the real one, joined as the composition roots join it.

import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import type { Database as Handle } from 'better-sqlite3';
import type { Branch } from '../../electron/branch/branch.ts';
import { createBranch } from '../../electron/branch/createBranch.ts';
import { createEvents } from '../../electron/branch/createEvents.ts';
import { foundBranch } from '../../electron/branch/foundBranch.ts';
import { paperWords } from '../../electron/composition/paperWords.ts';
import { createFineractGateway } from '../../electron/fineract/fineractGateway.ts';
import type { HttpReply, HttpRequest, HttpTransport } from '../../electron/fineract/http.ts';
import { deviceSigner } from '../../electron/host/ports/deviceSigner.ts';
import { nodeCalls } from '../../electron/host/ports/nodeCalls.ts';
import { createDispatcher } from '../../electron/host/dispatcher.ts';
import type { Reply } from '../../electron/host/doorway.ts';
import { inProcess } from '../../electron/host/inProcess.ts';
import type { Diagnostics, Timers } from '../../electron/ports/clock.ts';
import type { WindowedHeadOffice } from '../../electron/ports/window.ts';
import type { Passwords, Seals } from '../../electron/ports/secrets.ts';
import { StoreFault, type Store } from '../../electron/ports/store.ts';
import type { copyWhole } from '../../electron/store/copyWhole.ts';
import { openStoreOn } from '../../electron/store/openStore.ts';
import { createSync } from '../../electron/sync/createSync.ts';
import type { PayloadLift } from '../../shared/domain/commands/liftPayload.ts';
import { refuse } from '../../shared/kernel/result.ts';
import { Redacted, reveal } from '../../shared/kernel/redacted.ts';
import { uuidV7 } from '../../shared/kernel/uuidV7.ts';
import { branchClock, WORLD_ZONE } from './branchClock.ts';
import { emptyBooks } from './emptyBooks.ts';
import { diskFailure, gatedDatabase, ProcessDeath, type DiskAlterations, type DiskGate } from './faultyDisk.ts';
import { createFaultyNetwork, isMoney, type FaultyNetwork } from './faultyNetwork.ts';
import { forge } from './forged.ts';
import type { HeadOfficeSide } from './headOfficeSide.ts';
import { asWrittenLastYear, LIFTS_SINCE_LAST_YEAR } from './lastYearsProgram.ts';
import { paperTray, printersOf, type PaperTray } from './paperTray.ts';
import type { Seeded } from './seed.ts';
import { vaultInMemory, type VaultInMemory } from './vaultInMemory.ts';
import type { VirtualTime } from './virtualTime.ts';

/** Where a process can die while it waits. */
export const AWAITS = ['beforeRequest', 'afterRequest', 'beforeReply', 'sleep', 'password'] as const;
export type Await = (typeof AWAITS)[number];

/** `power`: whatever was not flushed is lost as well; it strikes in the transaction of the next receipt or after it, when something is there to lose. */
export type DeathPoint =
  | { readonly at: 'statement' | 'commit' | 'afterCommit'; readonly skip: number; readonly power?: boolean }
  | { readonly at: Await; readonly skip: number; readonly money?: boolean };

/** What somebody at a screen learns: the branch's reply, or nothing because the process died. */
export type Told = { readonly kind: 'reply'; readonly reply: Reply } | { readonly kind: 'noAnswer' };

/** Switches a safeguard off from outside, to see that somebody notices. Only mutants use it. */
export interface Mutation {
  readonly name: string;
  readonly disk?: (parts: MutationParts) => DiskAlterations;
  readonly store?: (store: Store, parts: MutationParts) => Store;
  readonly headOffice?: (headOffice: WindowedHeadOffice, parts: MutationParts) => WindowedHeadOffice;
  readonly transport?: (transport: HttpTransport) => HttpTransport;
  readonly lifts?: (lifts: readonly PayloadLift[]) => readonly PayloadLift[];
  readonly copy?: typeof copyWhole;
}

export interface MutationParts {
  readonly newId: () => string;
  readonly fencing: () => number;
  readonly database: Handle;
}

export interface PcWatch {
  hit(group: 'fault' | 'crash' | 'sync' | 'statement', kind: string): void;
  note(line: string): void;
  leaves(pc: BranchPc, request: HttpRequest): void;
  returns(pc: BranchPc, request: HttpRequest, reply: HttpReply): void;
  committed(pc: BranchPc, generation: number): void;
  incident(pc: BranchPc, error: unknown, where: string): void;
}

export interface PcParts {
  readonly name: string;
  readonly time: VirtualTime;
  readonly seeded: Seeded;
  readonly headOffice: HeadOfficeSide;
  readonly watch: PcWatch;
  readonly mutation: Mutation | null;
  readonly picturesPerRound?: number;
  /** Which program is installed on the first day. */
  readonly installed?: Program;
  /** The books of another PC's data folder, copied as they lay on its disk. */
  readonly copiedFrom?: BranchPc;
  /** A disk that was cloned whole, or laid back: nothing tells its place from that of the first. */
  readonly sameMachine?: boolean;
  /** What this PC was set to when its branch was founded. */
  readonly zone?: string;
  /** Its entries carry seals, and its rows are added up. */
  readonly sealed?: boolean | undefined;
}

/** Of every sealed PC of a world: a folder that is copied takes its keys along. */
export const SEAL_KEY = new Uint8Array(32).fill(9);

/** Of every PC of a world, likewise. */
export const SIGNER = deviceSigner(new Redacted(SEAL_KEY));

/** Last year's wrote payloads in another shape; today's is the one under test. */
export type Program = 'lastYears' | 'todays';

interface Process {
  readonly generation: number;
  readonly branch: Branch;
  readonly store: Store;
  readonly call: (channel: string, method: string, input: unknown) => Promise<Reply>;
  readonly dead: boolean;
  readonly died: Promise<void>;
  kill(): void;
}

export interface BranchPc {
  readonly name: string;
  readonly network: FaultyNetwork;
  /** The printers that stand beside it. */
  readonly tray: PaperTray;
  database(): Handle;
  /** Files on its disk. */
  readonly vault: VaultInMemory;
  /** The store as the running process sees it; null while the PC is off. */
  store(): Store | null;
  /** Which process is the owner; counts from 1. */
  generation(): number;
  isOn(): boolean;
  clockErrorMs(): number;
  setClockError(ms: number): void;
  /** The zone that its branch was founded in, or that somebody changed it to. */
  zone(): string;
  /** Milliseconds of true time during which the disk is full. */
  fillDisk(forMs: number): void;
  freeDisk(): void;
  armDisk(what: 'full' | 'busy', skip: number, count: number): void;
  armDeath(point: DeathPoint): void;
  disarm(): void;
  found(username: string, deviceCode: string): Promise<void>;
  start(): void;
  /** The program is closed as it should be. */
  stop(): Promise<void>;
  /** The process dies now; with `power` whatever was not flushed is lost as well. */
  die(how: 'process' | 'power', where: string): void;
  /** Another process opens the same store while this one still runs; the older one is ended later. */
  openSecond(): void;
  installed(): Program;
  /** Today's program is installed, and finds the file closed and moved: another handle opens it. The PC must be off. */
  upgrade(): void;
  /** Somebody with the key writes into the file past every trigger. The PC must be off. */
  edit(change: (books: Handle) => void): void;
  endOlder(): void;
  call(channel: string, method: string, input: unknown): Promise<Told>;
  wakeSync(): void;
}

const FLUSHED_EVERY = 6;

const DEATH_FAULT: Readonly<Record<DeathPoint['at'], string>> = {
  statement: 'deathAtStatement',
  commit: 'deathAtCommit',
  afterCommit: 'deathAfterCommit',
  beforeRequest: 'deathAtAwait',
  afterRequest: 'deathAtAwait',
  beforeReply: 'deathAtAwait',
  sleep: 'deathAtAwait',
  password: 'deathAtAwait',
};

function isPowerCut(point: DeathPoint): boolean {
  return 'power' in point && (point.power ?? false);
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

export function createBranchPc({
  name,
  time,
  seeded,
  headOffice,
  watch,
  mutation,
  installed: first = 'todays',
  zone = WORLD_ZONE,
  copiedFrom,
  sameMachine = false,
  picturesPerRound = 0,
  sealed = false,
}: PcParts): BranchPc {
  let database: Handle = copiedFrom === undefined ? emptyBooks() : new Database(copiedFrom.database().serialize());
  let installed = first;
  let process: Process | null = null;
  let older: Process | null = null;
  const tray = paperTray();
  let generations = 0;
  let clockErrorMs = 0;
  let diskFullUntil = 0;
  let diskFaults: { readonly what: 'full' | 'busy'; skip: number; left: number }[] = [];
  let deaths: { readonly point: DeathPoint; skip: number; live: boolean }[] = [];
  let synchronous = 'FULL';
  let flushed: Buffer | null = null;
  let commitsSinceFlush = 0;
  const vault = vaultInMemory(() => diskFullUntil > time.now());
  for (const [sha256, content] of copiedFrom?.vault.files ?? []) vault.files.set(sha256, content);
  const idSource = seeded.fork('ids');
  const chanceSource = seeded.fork('chance');

  const network = createFaultyNetwork({
    time,
    seeded: seeded.fork('network'),
    deliver: (request, inConflict) => headOffice.deliver(request, inConflict),
    hit: (kind) => watch.hit('fault', kind),
  });

  /** How a death that is due here comes, or null. */
  function strikes(at: DeathPoint['at'], money: boolean): 'process' | 'power' | null {
    const found = deaths.find(({ point, live }) => live && point.at === at && (!('money' in point) || !(point.money ?? false) || money));
    if (found === undefined) return null;
    if (found.skip > 0) {
      found.skip -= 1;
      return null;
    }
    deaths = deaths.filter((each) => each !== found);
    const power = isPowerCut(found.point);
    watch.hit('fault', power ? 'powerCut' : DEATH_FAULT[at]);
    if (power) losePower();
    return power ? 'power' : 'process';
  }

  /** As the composition reads it from the books before it makes the clock. */
  function zoneInBooks(): string | null {
    const isFounded = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'local_settings'").get() !== undefined;
    const kept = isFounded ? database.prepare("SELECT value FROM local_settings WHERE name = 'identity'").pluck().get() : undefined;
    return typeof kept === 'string' ? (JSON.parse(kept) as { readonly zone: string }).zone : null;
  }

  function losePower(): void {
    if (synchronous === 'FULL' || flushed === null) return;
    database = new Database(Buffer.from(flushed));
    commitsSinceFlush = 0;
  }

  function buildProcess(): Process {
    const generation = (generations += 1);
    let announceDeath: () => void = () => undefined;
    const died = new Promise<void>((resolve) => {
      announceDeath = resolve;
    });
    const life = { dead: false };
    const kill = (): void => {
      life.dead = true;
      announceDeath();
    };

    function dieAt(where: string, how: 'process' | 'power' = 'process'): void {
      watch.hit('crash', how === 'power' ? `power cut ${where}` : where);
      watch.note(`${name}: ${how === 'power' ? 'the power goes' : 'the process dies'} ${where}`);
      kill();
      if (process?.generation === generation) process = null;
    }

    const gate: DiskGate = {
      isDead: () => life.dead,
      before(kind, what) {
        if (life.dead) throw new ProcessDeath('earlier');
        if (kind === 'begin') {
          const busy = diskFaults.find((each) => each.what === 'busy');
          if (busy !== undefined) {
            busy.left -= 1;
            if (busy.left <= 0) diskFaults = diskFaults.filter((each) => each !== busy);
            watch.hit('fault', 'diskBusy');
            throw diskFailure('SQLITE_BUSY');
          }
          return;
        }
        const death = strikes('statement', false) ?? (kind === 'commit' ? strikes('commit', false) : null);
        if (death !== null) {
          dieAt(`before ${what}`, death);
          throw new ProcessDeath(`before ${what}`);
        }
        const full = diskFaults.find((each) => each.what === 'full');
        if (full !== undefined && full.skip > 0) full.skip -= 1;
        else if (full !== undefined || (kind === 'commit' && diskFullUntil > time.now())) {
          if (full !== undefined) diskFaults = diskFaults.filter((each) => each !== full);
          watch.hit('fault', full === undefined ? 'diskFull' : 'diskFullAtStatement');
          throw diskFailure('SQLITE_FULL');
        }
      },
      after(kind, what) {
        watch.hit('statement', what);
        // From here on there is something to lose: in this transaction, and after it.
        if (what === 'insert journal_receipts') for (const death of deaths) death.live = true;
        if (kind !== 'commit') return;
        if (synchronous !== 'FULL' && (commitsSinceFlush += 1) >= FLUSHED_EVERY) {
          flushed = database.serialize();
          commitsSinceFlush = 0;
        }
        watch.committed(pc, generation);
        const death = strikes('afterCommit', false);
        if (death !== null) {
          dieAt(`after ${what}`, death);
          throw new ProcessDeath(`after ${what}`);
        }
      },
    };

    function diesHere(at: Await, money = false): boolean {
      if (life.dead) return true;
      if (strikes(at, money) === null) return false;
      dieAt(`waiting: ${at}`);
      return true;
    }

    const clock = branchClock(time, () => clockErrorMs, time.now(), zoneInBooks() ?? zone);
    const newId = (): string => uuidV7(clock.now(), idSource.bytes(10));
    const mutationParts: MutationParts = { newId, fencing: () => fencing, database };
    const alterations = mutation?.disk?.(mutationParts) ?? {};
    const handle = gatedDatabase(database, gate, {
      ...alterations,
      ...(installed === 'lastYears' ? { bind: asWrittenLastYear } : {}),
      pragma: (text) => {
        const altered = alterations.pragma?.(text) ?? text;
        const set = /^synchronous = (\w+)$/.exec(altered)?.[1];
        if (set !== undefined) {
          synchronous = set;
          if (set !== 'FULL') {
            flushed ??= database.serialize();
          }
        }
        return altered;
      },
    });
    const opened = openStoreOn(handle, {
      now: clock.now,
      ownerName: `${name} ${String(generation)}`,
      sealKey: sealed ? SEAL_KEY : null,
      payloadLifts: installed === 'todays' && mutation?.lifts !== undefined ? mutation.lifts(LIFTS_SINCE_LAST_YEAR) : LIFTS_SINCE_LAST_YEAR,
    });
    const fencing = Number(database.prepare('SELECT fencing FROM local_owner').pluck().get());
    const store = mutation?.store?.(opened, mutationParts) ?? opened;

    const timers: Timers = {
      sleep(ms) {
        if (diesHere('sleep')) return { done: never(), wake: () => undefined };
        let resolve: () => void = () => undefined;
        const done = new Promise<void>((fulfil) => {
          resolve = () => {
            if (!life.dead) fulfil();
          };
        });
        const waiting = time.after(ms, resolve);
        return {
          done,
          wake() {
            waiting.cancel();
            resolve();
          },
        };
      },
      breathe: () => (life.dead ? never() : Promise.resolve()),
    };
    const diagnostics: Diagnostics = {
      record: () => undefined,
      incident(error, where) {
        if (!life.dead) watch.incident(pc, error, where);
        return `${name}-${String(generation)}`;
      },
    };
    const carry: HttpTransport = async (request) => {
      const money = isMoney(request);
      if (diesHere('beforeRequest', money)) return never();
      watch.leaves(pc, request);
      const replying = network.transport(request);
      if (diesHere('afterRequest', money)) return never();
      const reply = await replying;
      if (diesHere('beforeReply', money)) return never();
      watch.returns(pc, request, reply);
      return reply;
    };
    const gateway = createFineractGateway({
      transport: mutation?.transport?.(carry) ?? carry,
      tenant: 'default',
      monotonicMs: clock.monotonicMs,
    });
    const pause = async (ms: number): Promise<void> => {
      if (diesHere('password')) return never();
      await new Promise<void>((resolve) => {
        time.after(ms, resolve);
      });
      if (life.dead) return never();
    };
    const passwords: Passwords = {
      async hash(password) {
        await pause(40);
        return `plain:${reveal(password)}`;
      },
      async verify(password, hash) {
        await pause(40);
        return hash === `plain:${reveal(password)}`;
      },
    };
    const seals: Seals = {
      seal: (secret) => `sealed:${reveal(secret)}`,
      open: (sealed) => (sealed.startsWith('sealed:') ? new Redacted(sealed.slice('sealed:'.length)) : null),
    };
    const events = createEvents((error) => diagnostics.incident(error, 'event listener'));
    const journalParts = {
      clock,
      chance: { fraction: () => chanceSource.fraction() },
      ids: { newId },
      digest: { sha256: (text: string) => createHash('sha256').update(text, 'utf8').digest('hex') },
      // Last year's program signed nothing. A folder that is copied takes its key along.
      signer: installed === 'lastYears' ? null : SIGNER,
    };
    const common = {
      ...journalParts,
      store,
      vault,
      headOffice: mutation?.headOffice?.(gateway, mutationParts) ?? gateway,
      timers,
      seals,
      diagnostics,
      machineMark: createHash('sha256')
        .update(sameMachine && copiedFrom !== undefined ? copiedFrom.name : name)
        .digest('hex'),
      machineName: name,
    };
    const sync = createSync({ ...common, picturesPerRound, tell: (event) => events.tell(event) });
    const branch = createBranch({
      ...common,
      sync,
      passwords,
      practice: null,
      events,
      calls: nodeCalls(),
      paper: { printers: printersOf(tray, time, () => life.dead), words: paperWords },
    });
    const notFirstRun = () => refuse({ code: 'branch.alreadyChosen' as const });
    const dispatch = createDispatcher({
      branch: () => branch,
      frontDoor: {
        showStart: branch.handlers.session.showStart,
        openPractice: notFirstRun,
        connectHeadOffice: notFirstRun,
        moveHeadOffice: notFirstRun,
      },
      diagnostics,
      monotonicMs: clock.monotonicMs,
      answers: 'strict',
    });
    const doorway = { call: dispatch, isSignedIn: (channel: string) => branch.isSignedIn(channel), listen: branch.listen };
    foundingParts = { ...common, passwords };
    wake = () => sync.wake();
    return {
      generation,
      branch,
      store,
      call: (channel, method, input) => inProcess(doorway, channel).call(method, input),
      get dead() {
        return life.dead;
      },
      died,
      kill,
    };
  }

  let foundingParts: Parameters<typeof foundBranch>[0] | null = null;
  let wake: () => void = () => undefined;

  /** A process can die while it opens its store, or find the disk full; then the PC is simply still off. */
  function guardedByDeath(work: () => void): void {
    try {
      work();
    } catch (error) {
      const diskSaysNo = error instanceof StoreFault && (error.kind === 'full' || error.kind === 'busy');
      if (!(error instanceof ProcessDeath) && !diskSaysNo) throw error;
      process?.kill();
      process = null;
    }
  }

  const pc: BranchPc = {
    name,
    network,
    tray,
    vault,
    database: () => database,
    store: () => process?.store ?? null,
    generation: () => generations,
    isOn: () => process !== null,
    clockErrorMs: () => clockErrorMs,
    zone: () => zoneInBooks() ?? zone,
    setClockError(ms) {
      clockErrorMs = ms;
    },
    fillDisk(forMs) {
      diskFullUntil = time.now() + forMs;
    },
    freeDisk() {
      diskFullUntil = 0;
    },
    armDisk(what, skip, count) {
      diskFaults.push({ what, skip, left: count });
    },
    armDeath(point) {
      deaths.push({ point, skip: point.skip, live: !isPowerCut(point) });
    },
    disarm() {
      deaths = [];
      diskFaults = [];
      diskFullUntil = 0;
    },
    async found(username, deviceCode) {
      const founding = buildProcess();
      const parts = foundingParts;
      if (parts === null) throw new Error('a process has its parts');
      let answer: Awaited<ReturnType<typeof foundBranch>> | null = null;
      let broke: unknown = null;
      foundBranch(parts, {
        address: { kind: 'fineract', address: 'https://head.office', tenant: 'default' },
        username,
        password: new Redacted(headOffice.passwordOf(username)),
        zone,
        deviceCode,
        // Installed from one image, PCs share their name.
        deviceName: 'counter',
        office: 'any',
        prepareAs: null,
      }).then(
        (result) => {
          answer = result;
        },
        (error: unknown) => {
          broke = error;
        },
      );
      await time.passUntil(() => answer !== null || broke !== null, 120_000);
      if (broke instanceof Error) throw broke;
      const founded = answer as Awaited<ReturnType<typeof foundBranch>> | null;
      if (founded?.ok !== true) throw new Error(`${name} was not founded: ${JSON.stringify(founded)}`);
      founding.kill();
    },
    start() {
      if (process !== null) return;
      guardedByDeath(() => {
        const started = buildProcess();
        process = started;
        started.branch.start();
      });
    },
    async stop() {
      const stopping = process;
      if (stopping === null) return;
      let ended = false;
      const end = (): void => {
        ended = true;
      };
      stopping.branch.stop().then(end, end);
      stopping.died.then(end, end);
      await time.passUntil(() => ended, 180_000);
      stopping.kill();
      if (process === stopping) process = null;
    },
    die(how, where) {
      const dying = process;
      older?.kill();
      older = null;
      if (dying !== null) {
        watch.note(`${name}: ${how === 'power' ? 'the power goes' : 'the process is killed'} ${where}`);
        if (how === 'power') watch.hit('crash', `power cut ${where}`);
        dying.kill();
        process = null;
      }
      if (how === 'power') losePower();
    },
    openSecond() {
      if (process === null) return;
      older?.kill();
      older = process;
      process = null;
      this.start();
    },
    installed: () => installed,
    upgrade() {
      if (process !== null) throw new Error('a program is installed while the PC is off');
      older?.kill();
      older = null;
      installed = 'todays';
      const image = database.serialize();
      database.close();
      database = new Database(image);
    },
    edit(change) {
      if (process !== null) throw new Error('somebody comes while the PC is off');
      older?.kill();
      older = null;
      const books = new Database(database.serialize());
      database.close();
      database = books;
      books.pragma('foreign_keys = OFF');
      forge(books, change);
    },
    endOlder() {
      older?.kill();
      older = null;
    },
    async call(channel, method, input) {
      const asked = process;
      if (asked === null) return { kind: 'noAnswer' };
      const noAnswer = (): Told => ({ kind: 'noAnswer' });
      const told = asked.call(channel, method, input).then((reply): Told => (asked.dead ? noAnswer() : { kind: 'reply', reply }));
      return Promise.race([told, asked.died.then(noAnswer)]);
    },
    wakeSync: () => wake(),
  };
  return pc;
}
