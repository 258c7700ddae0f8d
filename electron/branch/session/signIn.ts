// Signing in: online the first time on a PC and whenever the line carries, by this PC's own check otherwise. Wrong tries make the wait grow;
// after ten the person is locked until a manager unlocks (field-rules 1.8). Passwords are checked here and sealed for sending, never stored clear.

import { foldName } from '../../../shared/domain/access/foldName.ts';
import { isPermitted } from '../../../shared/domain/access/permissions.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import type { Redacted } from '../../../shared/kernel/redacted.ts';
import type { Refusal } from '../../../shared/contract/define.ts';
import { appendEntry } from '../../journal/appendEntry.ts';
import { identityOf, readSetting, saveSetting } from '../../journal/settings.ts';
import { vouch } from '../../journal/vouch.ts';
import type { SignInAnswer } from '../../ports/headOffice.ts';
import type { ReadStore, StaffRecord } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';

const FREE_TRIES = 4;
const LOCK_AFTER = 10;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = FIRST_WAIT_MS * 2 ** (LOCK_AFTER - FREE_TRIES - 1);

export type SignInRefusal =
  | 'signIn.wrong'
  | 'signIn.firstNeedsLine'
  | 'signIn.wait'
  | 'signIn.lockedOut'
  | 'signIn.passwordExpired'
  | 'signIn.otherOffice'
  | 'signIn.secondFactor';

export interface SignedIn {
  readonly staff: StaffRecord;
  readonly online: boolean;
}

type SignInParts = Pick<BranchParts, 'store' | 'headOffice' | 'sync' | 'clock' | 'passwords' | 'seals' | 'digest'>;
type CheckParts = Pick<SignInParts, 'store' | 'clock' | 'passwords'>;

/** Tries that are under way, and what strangers tried: of one branch, in memory, like the sessions. */
interface Door {
  readonly underWay: Map<string, Promise<unknown>>;
  readonly strangers: Map<string, { failures: number; waitUntil: number | null }>;
}

const STRANGERS_MOST = 500;
const doors = new WeakMap<object, Door>();

function doorOf({ store }: Pick<SignInParts, 'store'>): Door {
  const known = doors.get(store);
  if (known !== undefined) return known;
  const door: Door = { underWay: new Map(), strangers: new Map() };
  doors.set(store, door);
  return door;
}

/** Another spelling of the same name is no way around a bar. */
function knownAs(read: ReadStore, username: string): StaffRecord | null {
  const folded = foldName(username);
  return read.staff(username) ?? read.allStaff().find((staff) => foldName(staff.username) === folded) ?? null;
}

/**
 * One try per person at a time, whatever the spelling. Head office is asked by one alone: a burst is the caller's trouble, costs the person nothing
 * and tells nothing. What this PC checks itself waits for its turn, so that a hundred at once are judged one after the other.
 */
async function inTurn<T>(
  parts: Pick<SignInParts, 'store'>,
  username: string,
  manner: 'refused' | 'waits',
  work: (known: StaffRecord | null) => Promise<Result<T, Refusal<SignInRefusal>>>,
): Promise<Result<T, Refusal<SignInRefusal>>> {
  const { underWay } = doorOf(parts);
  const read = (): StaffRecord | null => parts.store.read((store) => knownAs(store, username));
  const known = read();
  const names = [foldName(username), ...(known === null ? [] : [`user ${String(known.userServerId)}`])];
  const others = (): Promise<unknown>[] => names.flatMap((name) => underWay.get(name) ?? []);
  if (manner === 'refused' && others().length > 0) return refuse({ code: 'transport.tooManyRequests' });
  const before = Promise.allSettled(others());
  // The first goes at once: nobody else is asked for while there is nobody.
  const turn = others().length === 0 ? work(known) : before.then(() => work(read()));
  for (const name of names) underWay.set(name, turn);
  try {
    return await turn;
  } finally {
    for (const name of names) if (underWay.get(name) === turn) underWay.delete(name);
  }
}

function asksHere(parts: SignInParts, known: StaffRecord | null): boolean {
  const offlineDeclared = parts.store.read((read) => readSetting(read, 'offlineDeclared')) !== null;
  // Whom only head office can let in asks it on an offline day too: perhaps nobody else may end that day.
  const onlyThere = known !== null && mayAskHeadOffice(known, parts.clock.now());
  // Behind a stranger head office may be back already, and only it can let in whom this PC does not know.
  const { line, strangerAnswers } = parts.sync.state();
  // A line that is back is noticed within a minute: whom this PC cannot check is asked for there all the same.
  const isKnown = (known?.passwordHash ?? null) !== null;
  return (offlineDeclared && !onlyThere) || (line === 'down' && !strangerAnswers && isKnown);
}

export async function signIn(
  parts: SignInParts,
  username: string,
  password: Redacted<string>,
): Promise<Result<SignedIn, Refusal<SignInRefusal>>> {
  const isHere = asksHere(
    parts,
    parts.store.read((read) => knownAs(read, username)),
  );
  return inTurn(parts, username, isHere ? 'waits' : 'refused', (known) => trySignIn(parts, known?.username ?? username, known, password));
}

async function trySignIn(
  parts: SignInParts,
  username: string,
  known: StaffRecord | null,
  password: Redacted<string>,
): Promise<Result<SignedIn, Refusal<SignInRefusal>>> {
  const now = parts.clock.now();
  const onlyThere = known !== null && mayAskHeadOffice(known, now);
  const askHere = asksHere(parts, known);
  const barred = known === null ? strangerBarOf(parts, username, now) : barOf(known, now);
  if (barred !== null && (askHere || !onlyThere)) return refuse(barred);
  if (askHere) return signInHere(parts, known, password);
  const answer = await parts.headOffice.signIn({ username, password });
  if (answer.ok) return keepOnlineSignIn(parts, answer.value, password, barred !== null && onlyThere);
  if (answer.trouble.kind === 'signInNeeded') {
    if (answer.trouble.why === 'passwordExpired') return refuse({ code: 'signIn.passwordExpired' });
    return refuse(known === null ? noteStranger(parts, username) : noteWrongTry(parts, known));
  }
  if (answer.trouble.kind === 'refused' && answer.trouble.code === 'signIn.secondFactor') return refuse({ code: 'signIn.secondFactor' });
  return signInHere(parts, known, password);
}

/** The password alone, checked by this PC: for unlocking a screen and for a second person's agreement. */
export async function checkPasswordHere(
  parts: CheckParts,
  username: string,
  password: Redacted<string>,
): Promise<Result<StaffRecord, Refusal<SignInRefusal>>> {
  return inTurn(parts, username, 'waits', (known) => checkHere(parts, known, password));
}

async function checkHere(
  parts: CheckParts,
  known: StaffRecord | null,
  password: Redacted<string>,
): Promise<Result<StaffRecord, Refusal<SignInRefusal>>> {
  if (known === null || known.passwordHash === null) return refuse({ code: 'signIn.wrong' });
  const barred = barOf(known, parts.clock.now());
  if (barred !== null) return refuse(barred);
  const right = await parts.passwords.verify(password, known.passwordHash);
  // Tries that ran side by side are judged one after the other: a hundred at once are not one.
  const since = parts.store.read((read) => read.staff(known.username));
  const barredSince = since === null ? null : barOf(since, parts.clock.now());
  if (barredSince !== null) return refuse(barredSince);
  if (!right) return refuse(noteWrongTry(parts, known));
  forgetWrongTries(parts, known);
  return ok(since ?? known);
}

async function signInHere(
  parts: SignInParts,
  known: StaffRecord | null,
  password: Redacted<string>,
): Promise<Result<SignedIn, Refusal<SignInRefusal>>> {
  if (known === null || known.passwordHash === null) return refuse({ code: 'signIn.firstNeedsLine' });
  const checked = await checkHere(parts, known, password);
  if (!checked.ok) return checked;
  noteSignIn(parts, checked.value.username, 'offline');
  return ok({ staff: checked.value, online: false });
}

async function keepOnlineSignIn(
  parts: SignInParts,
  answer: SignInAnswer,
  password: Redacted<string>,
  despiteBar: boolean,
): Promise<Result<SignedIn, Refusal<SignInRefusal>>> {
  const identity = parts.store.read(identityOf);
  const ofThisOffice = answer.officeServerId === identity.officeServerId || answer.permissions.includes('ALL_FUNCTIONS');
  if (!ofThisOffice) return refuse({ code: 'signIn.otherOffice', facts: { office: answer.officeName } });
  const passwordHash = await parts.passwords.hash(password);
  // Head office says who it is: the bar holds for that person, under whatever name the books know them, and is asked again at the last moment.
  const same = parts.store.read((read) => read.allStaff().filter(({ userServerId }) => userServerId === answer.userId));
  const barred = same.map((staff) => barOf(staff, parts.clock.now())).find((bar) => bar !== null) ?? null;
  if (barred !== null && !despiteBar) return refuse(barred);
  doorOf(parts).strangers.delete(foldName(answer.username));
  const staff: StaffRecord = {
    username: same.find(({ username }) => foldName(username) === foldName(answer.username))?.username ?? answer.username,
    displayName: answer.displayName,
    role: answer.role,
    staffServerId: answer.staffServerId,
    userServerId: answer.userId,
    officeServerId: answer.officeServerId,
    permissions: answer.permissions,
    passwordHash,
    sealedPassword: parts.seals.seal(password),
    lastOnlineAt: parts.clock.now(),
    failures: 0,
    waitUntil: null,
    lockedOut: false,
    signIn: 'good',
  };
  parts.store.write((write) => {
    const { usernames } = readSetting(write, 'peopleAtTheDoor') ?? { usernames: write.allStaff().map((each) => each.username) };
    write.saveStaff(staff);
    vouch(write, staff.lastOnlineAt);
    if (!usernames.includes(staff.username)) saveSetting(write, 'peopleAtTheDoor', { usernames: [...usernames, staff.username] });
  });
  noteSignIn(parts, staff.username, 'online');
  return ok({ staff, online: true });
}

/**
 * Who may unlock others has perhaps nobody to unlock them, and anybody can lock them out by typing nonsense. Head office's own yes lets them
 * in again, one try per longest wait.
 */
function mayAskHeadOffice(staff: StaffRecord, now: number): boolean {
  return staff.lockedOut && barOf({ ...staff, lockedOut: false }, now) === null && isPermitted('staff.unlock', new Set(staff.permissions));
}

function barOf(staff: StaffRecord, now: number): Refusal<SignInRefusal> | null {
  if (staff.lockedOut) return { code: 'signIn.lockedOut' };
  // A wait that reaches further than any we give was reckoned by a clock that has been set right since.
  if (staff.waitUntil !== null && staff.waitUntil > now && staff.waitUntil <= now + LONGEST_WAIT_MS)
    return { code: 'signIn.wait', facts: { seconds: Math.ceil((staff.waitUntil - now) / 1000) } };
  return null;
}

function strangerBarOf(parts: Pick<SignInParts, 'store'>, username: string, now: number): Refusal<SignInRefusal> | null {
  const waitUntil = doorOf(parts).strangers.get(foldName(username))?.waitUntil ?? null;
  if (waitUntil === null || waitUntil <= now || waitUntil > now + LONGEST_WAIT_MS) return null;
  return { code: 'signIn.wait', facts: { seconds: Math.ceil((waitUntil - now) / 1000) } };
}

/** Nobody here has that name yet, and head office may: its tries are counted too. They tell nothing of whether there is such a person. */
function noteStranger(parts: Pick<SignInParts, 'store' | 'clock'>, username: string): Refusal<SignInRefusal> {
  const { strangers } = doorOf(parts);
  const name = foldName(username);
  const failures = Math.min((strangers.get(name)?.failures ?? 0) + 1, LOCK_AFTER);
  strangers.delete(name);
  strangers.set(name, { failures, waitUntil: waitAfter(failures, parts.clock.now()) });
  const [oldest] = strangers.keys();
  if (strangers.size > STRANGERS_MOST && oldest !== undefined) strangers.delete(oldest);
  return { code: 'signIn.wrong' };
}

function waitAfter(failures: number, now: number): number | null {
  return failures > FREE_TRIES ? now + FIRST_WAIT_MS * 2 ** (Math.min(failures, LOCK_AFTER) - FREE_TRIES - 1) : null;
}

function noteWrongTry(parts: CheckParts, known: StaffRecord | null): Refusal<SignInRefusal> {
  if (known === null) return { code: 'signIn.wrong' };
  const failures = parts.store.write((write) => {
    const fresh = write.staff(known.username) ?? known;
    const counted = Math.min(fresh.failures + 1, LOCK_AFTER);
    const waitUntil = waitAfter(counted, parts.clock.now());
    write.saveStaff({ ...fresh, failures: counted, waitUntil, lockedOut: counted >= LOCK_AFTER });
    return counted;
  });
  return failures >= LOCK_AFTER ? { code: 'signIn.lockedOut' } : { code: 'signIn.wrong', facts: { triesLeft: LOCK_AFTER - failures } };
}

function forgetWrongTries(parts: CheckParts, known: StaffRecord): void {
  if (known.failures === 0 && known.waitUntil === null) return;
  parts.store.write((write) => {
    const fresh = write.staff(known.username);
    if (fresh !== null) write.saveStaff({ ...fresh, failures: 0, waitUntil: null });
  });
}

function noteSignIn(parts: SignInParts, username: string, how: 'online' | 'offline'): void {
  const now = parts.clock.now();
  parts.store.write((write) => {
    appendEntry(write, parts.digest, {
      what: 'session.signedIn',
      by: username,
      businessDate: write.openDay()?.businessDate ?? parts.clock.localDate(now),
      at: now,
      body: { how },
    });
  });
}
