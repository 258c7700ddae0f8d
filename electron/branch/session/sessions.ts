// Who is signed in on which channel. Sessions live in memory: a restart asks for the password again, and a power cut leaves nobody
// "still logged in" (field-rules 3.6, 62). Rights are checked here, never in the screen, and always as they were learned last: what head
// office withdrew while somebody sat at the desk is withdrawn at once, and who is locked out is locked out everywhere.

import { isPermitted, MONEY_IN_PERMISSIONS, PERMISSIONS, type Permission } from '../../../shared/domain/access/permissions.ts';
import type { Admission, Refusal } from '../../../shared/contract/define.ts';
import type { SessionView } from '../../../shared/contract/session.ts';
import type { StaffRecord } from '../../ports/store.ts';
import type { Call } from '../../ports/calls.ts';
import type { Caller } from '../branch.ts';

/** Without any call for this long a session locks by itself; the screen locks earlier, after idle hands. */
const IDLE_LOCK_MS = 30 * 60_000;
const SESSIONS_MAX = 200;
/** Of one person: whoever signs in on one PC after the other, or by a program, ends their own and nobody else's. */
const EACH_MAX = 12;

export interface Session {
  readonly username: string;
  readonly displayName: string;
  readonly role: string;
  readonly checkedOnline: boolean;
  readonly signedInAt: number;
  locked: boolean;
  /** Signed out, or somebody else sits there now: a call that was made by it goes no further. */
  ended: boolean;
  seenAtMonotonicMs: number;
}

export interface Sessions {
  begin(caller: Caller, staff: StaffRecord, checkedOnline: boolean, now: number): Session;
  end(caller: Caller): void;
  /** Locked or not; null when nobody is signed in on the channel. */
  of(caller: Caller): Session | null;
  /** The session of a caller that was admitted. */
  admitted(caller: Caller): Session;
  lock(caller: Caller): void;
  unlock(caller: Caller): void;
  view(session: Session): SessionView;
  admit(caller: Caller, admission: Admission): Refusal<never> | null;
  /** The call that an admitted caller makes now: its session is taken once and never looked up again. */
  callOf(caller: Caller, admission: Admission): Call;
}

export function createSessions(monotonicMs: () => number, staffOf: (username: string) => StaffRecord | null): Sessions {
  const sessionByChannel = new Map<string, Session>();

  function drop(channel: string): void {
    const session = sessionByChannel.get(channel);
    if (session !== undefined) session.ended = true;
    sessionByChannel.delete(channel);
  }

  /** Why that session may not do it; null when it may. */
  function stopped(session: Session, staff: StaffRecord | null, admission: Admission): Refusal<never> | null {
    if (session.locked) return { code: 'session.locked' };
    if (admission === 'anyone' || admission === 'signedIn') return null;
    const code = whyNotPermitted(staff, admission);
    if (code === 'session.notPermitted') return { code, facts: { permission: admission } };
    return code === null ? null : { code };
  }

  /** The session and its person as the books know both now. */
  function known(caller: Caller): { readonly session: Session; readonly staff: StaffRecord | null } | null {
    const session = sessionByChannel.get(caller.channel) ?? null;
    if (session === null) return null;
    const staff = staffOf(session.username);
    if (monotonicMs() - session.seenAtMonotonicMs > IDLE_LOCK_MS || staff?.lockedOut === true) session.locked = true;
    return { session, staff };
  }

  function of(caller: Caller): Session | null {
    return known(caller)?.session ?? null;
  }

  return {
    begin(caller, staff, checkedOnline, now) {
      const longestUnseen = [...sessionByChannel].toSorted(([, one], [, other]) => one.seenAtMonotonicMs - other.seenAtMonotonicMs);
      const mine = longestUnseen.filter(([, { username }]) => username === staff.username);
      if (mine.length >= EACH_MAX) drop(mine[0]?.[0] ?? '');
      else if (longestUnseen.length >= SESSIONS_MAX) drop(longestUnseen[0]?.[0] ?? '');
      const session: Session = {
        username: staff.username,
        displayName: staff.displayName,
        role: staff.role,
        checkedOnline,
        signedInAt: now,
        locked: false,
        ended: false,
        seenAtMonotonicMs: monotonicMs(),
      };
      drop(caller.channel);
      sessionByChannel.set(caller.secret?.renew() ?? caller.channel, session);
      return session;
    },
    end(caller) {
      drop(caller.channel);
      caller.secret?.drop();
    },
    of,
    admitted(caller) {
      const session = of(caller);
      if (session === null || session.locked) throw new Error('a use case ran without an admitted session');
      return session;
    },
    lock(caller) {
      const session = of(caller);
      if (session !== null) session.locked = true;
    },
    unlock(caller) {
      const session = sessionByChannel.get(caller.channel);
      if (session === undefined) return;
      sessionByChannel.delete(caller.channel);
      sessionByChannel.set(caller.secret?.renew() ?? caller.channel, session);
      session.locked = false;
      session.seenAtMonotonicMs = monotonicMs();
    },
    view: (session) => ({
      staff: { username: session.username, displayName: session.displayName, role: session.role },
      permissions: permissionsOf(staffOf(session.username)),
      moneyInOnly: isMoneyInOnly(staffOf(session.username)),
      checkedOnline: session.checkedOnline,
      locked: session.locked,
      signedInAt: session.signedInAt,
    }),
    admit(caller, admission) {
      if (admission === 'anyone') return null;
      const found = known(caller);
      if (found === null) return { code: 'session.signedOut' };
      const { session, staff } = found;
      if (!session.locked) session.seenAtMonotonicMs = monotonicMs();
      return stopped(session, staff, admission);
    },
    callOf(caller, admission) {
      const session = admission === 'anyone' ? null : of(caller);
      return {
        ended: () => {
          if (session === null) return null;
          return session.ended ? { code: 'session.signedOut' } : stopped(session, staffOf(session.username), admission);
        },
      };
    },
  };
}

/** Why the rights of that person do not reach so far; null when they do. */
export function whyNotPermitted(staff: StaffRecord | null, permission: Permission): 'session.notPermitted' | 'session.moneyInOnly' | null {
  if (!isPermitted(permission, grantedTo(staff))) return 'session.notPermitted';
  return isMoneyInOnly(staff) && !MONEY_IN_PERMISSIONS.has(permission) ? 'session.moneyInOnly' : null;
}

/** By the list that the store hands out for as long as it says the same: every call of a screen asks. */
const granted = new WeakMap<readonly string[], ReadonlySet<string>>();
const NOTHING: ReadonlySet<string> = new Set();

function grantedTo(staff: StaffRecord | null): ReadonlySet<string> {
  if (staff === null) return NOTHING;
  const known = granted.get(staff.permissions);
  if (known !== undefined) return known;
  const names = new Set(staff.permissions);
  granted.set(staff.permissions, names);
  return names;
}

/** Head office refused the kept password: who still works here works without anybody vouching for it. */
function isMoneyInOnly(staff: StaffRecord | null): boolean {
  return staff !== null && staff.signIn !== 'good';
}

function permissionsOf(staff: StaffRecord | null): Permission[] {
  return PERMISSIONS.filter((permission) => whyNotPermitted(staff, permission) === null);
}
