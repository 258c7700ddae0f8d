// A branch of a few methods whose answers the transport tests know in advance, behind the real dispatcher. What it leaves out is refused by
// a handler that throws, so a test cannot pass by reaching nothing.

import type { Branch, BranchHandlers, Caller } from '../../../electron/branch/branch.ts';
import type { Diagnostics } from '../../../electron/ports/clock.ts';
import type { FrontDoor } from '../../../electron/host/dispatcher.ts';
import { createDispatcher } from '../../../electron/host/dispatcher.ts';
import type { Doorway } from '../../../electron/host/doorway.ts';
import { StoreFault } from '../../../electron/ports/store.ts';
import type { BranchEvent } from '../../../shared/contract/branchContract.ts';
import type { SessionView } from '../../../shared/contract/session.ts';

export interface Recorded {
  readonly level: string;
  readonly what: string;
  readonly facts: string;
}

export interface Tryout {
  readonly doorway: Doorway;
  readonly recorded: readonly Recorded[];
  tell(event: BranchEvent): void;
  /** Every session ends. */
  signOutAll(): void;
  /** Channels in the order in which calls arrived. */
  readonly channels: readonly string[];
  listeners(): number;
}

export const SECRET_TEXT = 'SELECT pin FROM journal_staff WHERE name = "Akinyi"';

function viewOf(username: string): SessionView {
  return {
    staff: { username, displayName: 'Akinyi Odhiambo', role: 'Cashier' },
    permissions: ['client.read'],
    checkedOnline: true,
    moneyInOnly: false,
    locked: false,
    signedInAt: 1_763_700_000_000,
  };
}

export function openTryout(
  options: {
    readonly founded?: boolean;
    readonly answers?: 'strict' | 'lenient';
    readonly slowMs?: number;
    readonly signInAfter?: Promise<void>;
  } = {},
): Tryout {
  const signedIn = new Map<string, string>();
  const listeners = new Set<(event: BranchEvent) => void>();
  const recorded: Recorded[] = [];
  const channels: string[] = [];
  let instant = 0;
  let founded = options.founded ?? true;

  const diagnostics: Diagnostics = {
    record(level, what, facts) {
      recorded.push({ level, what, facts: JSON.stringify(facts ?? {}) });
    },
    incident(error, where) {
      recorded.push({ level: 'fault', what: where, facts: error instanceof Error ? error.name : 'thing' });
      return `INC-${String(recorded.length)}`;
    },
  };

  const handlers: { [noun: string]: { [verb: string]: (input: never, caller: Caller) => unknown } } = {
    session: {
      async signIn(input: { username: string; password: string }, caller) {
        await options.signInAfter;
        if (input.password !== 'right') return { ok: false, refusal: { code: 'signIn.wrong', facts: { triesLeft: 4 } } };
        signedIn.delete(caller.channel);
        signedIn.set(caller.secret?.renew() ?? caller.channel, input.username);
        return { ok: true, value: viewOf(input.username) };
      },
      showMine(_input: object, caller) {
        channels.push(caller.channel);
        const username = signedIn.get(caller.channel);
        return { ok: true, value: username === undefined ? null : viewOf(username) };
      },
      signOut() {
        throw new Error(SECRET_TEXT);
      },
      // Not of the contract: neither the code nor the fact may leave.
      openPractice: () => ({ ok: false, refusal: { code: 'journal_staff.leak', facts: { text: SECRET_TEXT } } }),
    },
    practice: {
      show: () => ({ ok: true, value: { practice: true, lineCut: false, inner: SECRET_TEXT } }),
      setLine: () => {
        throw new StoreFault('full', SECRET_TEXT);
      },
    },
    drafts: {
      list: () => ({ ok: true, value: [{ wrong: SECRET_TEXT }] }),
    },
  };

  const branch: Branch = {
    handlers: handlers as unknown as BranchHandlers,
    admit: (caller, admission) => (admission === 'anyone' || signedIn.has(caller.channel) ? null : { code: 'session.signedOut' }),
    during: (_caller, _admission, work) => work(),
    isSignedIn: (channel) => signedIn.has(channel),
    listen: () => () => {},
    start() {},
    async stop() {},
  };

  const frontDoor: FrontDoor = {
    showStart: () => ({
      ok: true,
      value: {
        state: 'firstRun',
        blockedBy: null,
        branch: null,
        people: [],
        start: null,
        businessDate: null,
        now: 1,
        lineUp: false,
        pull: null,
        trouble: null,
        clockDoubt: null,
        dateDoubt: null,
        newCodeNeeded: false,
        anyNumberTwice: false,
        numbersTwice: [],
        keyGuard: null,
        contractVersion: 1,
        practicePassword: null,
      },
    }),
    openPractice: () => {
      founded = true;
      return { ok: true, value: {} };
    },
    connectHeadOffice: () => ({ ok: false, refusal: { code: 'headOffice.unreachable' } }),
    moveHeadOffice: () => ({ ok: false, refusal: { code: 'headOffice.unreachable' } }),
  };

  const dispatch = createDispatcher({
    branch: () => (founded ? branch : null),
    frontDoor,
    diagnostics,
    monotonicMs: () => (instant += options.slowMs ?? 1),
    answers: options.answers ?? 'strict',
  });

  return {
    signOutAll: () => signedIn.clear(),
    doorway: {
      call: dispatch,
      isSignedIn: (channel) => signedIn.has(channel),
      listen(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    recorded,
    channels,
    tell(event) {
      for (const listener of listeners) listener(event);
    },
    listeners: () => listeners.size,
  };
}
