// What stands before a branch: the first run, and a branch that cannot be opened. It says which, lets a person choose once, and tries again
// whenever the page asks. It must never take trouble with an existing branch for a first run.

import { StoreFault } from '../ports/store.ts';
import type { Branch } from '../branch/branch.ts';
import type { FrontDoor } from '../host/dispatcher.ts';
import { isKnownZone } from '../host/ports/wallClock.ts';
import type { HeadOfficeAddress } from '../ports/sync.ts';
import type { StartView } from '../../shared/contract/session.ts';
import { CONTRACT_VERSION } from '../../shared/contract/branchContract.ts';
import { Redacted } from '../../shared/kernel/redacted.ts';
import { ok, refuse } from '../../shared/kernel/result.ts';
import { readChoice, writeChoice } from './choice.ts';
import type { DataFolder } from './dataFolder.ts';
import type { FirstSignIn, OpenedBranch, OpeningParts, OpeningRefusal } from './openBranch.ts';
import { hasFoundedBooks, moveBranch, openBranch } from './openBranch.ts';

/** Why a branch that was chosen does not open: codes of the page's `refusal` words. */
export type BlockedBy =
  | 'store.busy'
  | 'store.full'
  | 'store.readOnly'
  | 'store.corrupt'
  | 'store.newer'
  | 'store.unknown'
  | 'store.keyLost'
  | 'branch.notOwner'
  | 'branch.notFounded'
  | 'books.addressChanged'
  | 'choice.differs'
  | 'choice.unreadable';

export interface Front {
  readonly door: FrontDoor;
  branch(): Branch | null;
  isQuiet(): boolean;
  state(): 'firstRun' | 'blocked' | 'open';
  blockedBy(): BlockedBy | null;
  /** Opens what was chosen, if anything was. Never throws. */
  tryToOpen(): Promise<void>;
  close(): Promise<void>;
}

type ChoosingRefusal = Exclude<OpeningRefusal, 'choice.differs' | 'books.addressChanged'>;

const AGAIN_AFTER_MS = 2_000;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

function blockedByFault(error: unknown): BlockedBy {
  if (!(error instanceof StoreFault)) return 'store.unknown';
  return error.kind === 'notOwner' ? 'branch.notOwner' : `store.${error.kind}`;
}

/** Passwords go over it, so without encryption it may only lead to this computer. */
function isSafeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || LOOPBACK.has(hostname);
}

function placesOf(folder: DataFolder): { readonly books: string; readonly key: string; readonly backups: string } {
  const choice = readChoice(folder.choice);
  const { store, key, backups } = folder.of(typeof choice === 'object' && choice.kind === 'practice' ? 'practice' : 'branch');
  return { books: store, key, backups };
}

export function createFront(parts: OpeningParts): Front {
  let opened: OpenedBranch | null = null;
  let blocked: BlockedBy | null = null;
  let elsewhere: StartView['elsewhere'] = null;
  let lastTry = Number.NEGATIVE_INFINITY;
  let closed = false;
  let wasQuiet = true;
  let working: Promise<unknown> = Promise.resolve();

  /** One at a time: a second press waits for the first and then finds the branch open. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = working.then(work, work);
    working = turn.catch(() => undefined);
    return turn;
  }

  function enter(branch: OpenedBranch): void {
    opened = branch;
    blocked = null;
    parts.events.tell({ what: 'start.changed' });
  }

  function looksQuiet(branch: OpenedBranch): boolean {
    try {
      return branch.isQuiet();
    } catch {
      // Books that cannot be read are no time for a change.
      return false;
    }
  }

  async function openChosen(): Promise<void> {
    if (opened !== null || closed) return;
    const choice = readChoice(parts.folder.choice);
    if (choice === 'firstRun') return;
    if (choice === 'unreadable') {
      blocked = 'choice.unreadable';
      return;
    }
    elsewhere = null;
    try {
      const answer = await openBranch(parts, choice, null);
      if (answer.ok) enter(answer.value);
      else {
        const { code, facts } = answer.refusal;
        // A branch that was chosen has an identity, so nothing else of the founding can be refused here.
        blocked = code === 'store.keyLost' || code === 'choice.differs' || code === 'books.addressChanged' ? code : 'branch.notFounded';
        if (code === 'choice.differs') {
          elsewhere = {
            books: String(facts?.['books'] ?? ''),
            chosen: String(facts?.['chosen'] ?? ''),
            address: choice.kind === 'fineract' ? choice.address : null,
            tenant: choice.kind === 'fineract' ? choice.tenant : null,
          };
          parts.diagnostics.record('warning', 'choice.differs');
        }
      }
    } catch (error) {
      if (blocked === null) parts.diagnostics.incident(error, 'branch.open');
      blocked = blockedByFault(error);
    }
  }

  /** A fault on the way is thrown: the dispatcher has the words for it, and this PC stays on its first run. */
  async function choose(zone: string | undefined, address: HeadOfficeAddress, firstSignIn: FirstSignIn | null) {
    if (closed || opened !== null || readChoice(parts.folder.choice) !== 'firstRun')
      return refuse({ code: 'branch.alreadyChosen' as const });
    const answer = await openBranch(zone === undefined ? parts : { ...parts, zone }, address, firstSignIn);
    // Books are here already, under another address than the one that was typed: they stay as they are.
    if (!answer.ok && (answer.refusal.code === 'choice.differs' || answer.refusal.code === 'books.addressChanged'))
      return refuse({ code: 'branch.alreadyChosen' as const });
    if (!answer.ok) return answer as typeof answer & { readonly refusal: { readonly code: ChoosingRefusal } };
    try {
      writeChoice(parts.folder.choice, address);
    } catch (error) {
      // Open behind a page that is still on its first run it would work unseen, and against the next one that is opened.
      await answer.value.close();
      throw error;
    }
    enter(answer.value);
    return ok({});
  }

  const door: FrontDoor = {
    async showStart(input, caller) {
      if (blocked !== null && performance.now() - lastTry > AGAIN_AFTER_MS) {
        lastTry = performance.now();
        await inTurn(openChosen);
      }
      if (opened !== null) return opened.branch.handlers.session.showStart(input, caller);
      return ok({
        state: blocked === null ? ('firstRun' as const) : ('blocked' as const),
        blockedBy: blocked,
        elsewhere: blocked === null ? null : elsewhere,
        ...(blocked === null ? {} : { places: placesOf(parts.folder) }),
        branch: null,
        people: [],
        start: null,
        businessDate: null,
        now: parts.now(),
        lineUp: false,
        pull: null,
        trouble: null,
        clockDoubt: null,
        dateDoubt: null,
        newCodeNeeded: false,
        anyNumberTwice: false,
        numbersTwice: [],
        keyGuard: null,
        contractVersion: CONTRACT_VERSION,
        practicePassword: null,
      });
    },
    openPractice: () =>
      inTurn(async () => {
        // A choice that is gone leaves books that are here: practice in their place would hide them.
        if (readChoice(parts.folder.choice) === 'firstRun' && (await hasFoundedBooks(parts)))
          return refuse({ code: 'branch.alreadyChosen' });
        const answer = await choose(undefined, { kind: 'practice' }, null);
        if (answer.ok || answer.refusal.code === 'branch.alreadyChosen') return answer as Awaited<ReturnType<FrontDoor['openPractice']>>;
        return refuse({ code: 'headOffice.unreachable' as const });
      }),
    async connectHeadOffice(input) {
      if (!isSafeAddress(input.address)) return refuse({ code: 'headOffice.insecureAddress' });
      const firstSignIn: FirstSignIn = {
        username: input.username,
        password: new Redacted(input.password),
        deviceCode: input.deviceCode ?? null,
        office: input.office ?? null,
      };
      const zone = input.zone !== undefined && isKnownZone(input.zone) ? input.zone : undefined;
      const answer = await inTurn(() => choose(zone, { kind: 'fineract', address: input.address, tenant: input.tenant }, firstSignIn));
      if (answer.ok) return answer;
      const { code } = answer.refusal;
      // Neither can be refused with a sign-in in hand, except a key that this PC lost between two attempts.
      if (code === 'store.keyLost' || code === 'branch.notFounded')
        throw new StoreFault('unknown', 'the key of an unfounded branch cannot be unwrapped');
      return refuse({ ...answer.refusal, code });
    },
    moveHeadOffice: (input) =>
      inTurn(async () => {
        const choice = readChoice(parts.folder.choice);
        const isAsked = opened === null && !closed && blocked === 'choice.differs' && typeof choice === 'object';
        // What is agreed to is what was shown, not what the file says by now.
        if (!isAsked || choice.kind !== 'fineract' || choice.address !== input.address || choice.tenant !== input.tenant)
          return refuse({ code: 'branch.alreadyChosen' });
        if (!isSafeAddress(choice.address)) return refuse({ code: 'headOffice.insecureAddress' });
        const answer = await moveBranch(parts, choice, { username: input.username, password: new Redacted(input.password) });
        if (!answer.ok) {
          const { code } = answer.refusal;
          if (code === 'store.keyLost')
            throw new StoreFault('unknown', 'the key of a branch that was open a moment ago cannot be unwrapped');
          return refuse({ ...answer.refusal, code });
        }
        await openChosen();
        return ok({});
      }),
  };

  return {
    door,
    branch: () => opened?.branch ?? null,
    isQuiet: () => (opened === null ? wasQuiet : looksQuiet(opened)),
    state: () => (opened !== null ? 'open' : blocked !== null ? 'blocked' : 'firstRun'),
    blockedBy: () => blocked,
    tryToOpen: () => inTurn(openChosen),
    close: () =>
      inTurn(async () => {
        closed = true;
        const ending = opened;
        // Asked again after the end, the answer stays what it was.
        if (ending !== null) wasQuiet = looksQuiet(ending);
        opened = null;
        await ending?.close();
      }),
  };
}
