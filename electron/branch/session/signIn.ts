// Signing in: online the first time on a PC and whenever the line carries, by this PC's own check otherwise. Wrong tries make the wait grow;
// after ten the person is locked until a manager unlocks (field-rules 1.8). Passwords are checked here and sealed for sending, never stored clear.

import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import type { Redacted } from '../../../shared/kernel/redacted.ts';
import type { Refusal } from '../../../shared/contract/define.ts';
import { appendEntry } from '../../journal/appendEntry.ts';
import { identityOf, readSetting } from '../../journal/settings.ts';
import type { SignInAnswer } from '../../ports/headOffice.ts';
import type { StaffRecord } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';

const FREE_TRIES = 4;
const LOCK_AFTER = 10;
const FIRST_WAIT_MS = 30_000;

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

export async function signIn(parts: SignInParts, username: string, password: Redacted<string>): Promise<Result<SignedIn, Refusal<SignInRefusal>>> {
  const known = parts.store.read((read) => read.staff(username));
  const barred = known === null ? null : barOf(known, parts.clock.now());
  if (barred !== null) return refuse(barred);
  const offlineDeclared = parts.store.read((read) => readSetting(read, 'offlineDeclared')) !== null;
  if (offlineDeclared || parts.sync.state().line === 'down') return signInHere(parts, username, known, password);
  const answer = await parts.headOffice.signIn({ username, password });
  if (answer.ok) return keepOnlineSignIn(parts, answer.value, password);
  if (answer.trouble.kind === 'signInNeeded') {
    if (answer.trouble.why === 'passwordExpired') return refuse({ code: 'signIn.passwordExpired' });
    return refuse(noteWrongTry(parts, known));
  }
  if (answer.trouble.kind === 'refused' && answer.trouble.code === 'signIn.secondFactor') return refuse({ code: 'signIn.secondFactor' });
  return signInHere(parts, username, known, password);
}

/** The password alone, checked by this PC: for unlocking a screen and for a second person's agreement. */
export async function checkPasswordHere(parts: SignInParts, username: string, password: Redacted<string>): Promise<Result<StaffRecord, Refusal<SignInRefusal>>> {
  const known = parts.store.read((read) => read.staff(username));
  if (known === null || known.passwordHash === null) return refuse({ code: 'signIn.wrong' });
  const barred = barOf(known, parts.clock.now());
  if (barred !== null) return refuse(barred);
  if (!(await parts.passwords.verify(password, known.passwordHash))) return refuse(noteWrongTry(parts, known));
  forgetWrongTries(parts, known);
  return ok(known);
}

async function signInHere(parts: SignInParts, username: string, known: StaffRecord | null, password: Redacted<string>): Promise<Result<SignedIn, Refusal<SignInRefusal>>> {
  if (known === null || known.passwordHash === null) return refuse({ code: 'signIn.firstNeedsLine' });
  const checked = await checkPasswordHere(parts, username, password);
  if (!checked.ok) return checked;
  noteSignIn(parts, checked.value.username, 'offline');
  return ok({ staff: checked.value, online: false });
}

async function keepOnlineSignIn(parts: SignInParts, answer: SignInAnswer, password: Redacted<string>): Promise<Result<SignedIn, Refusal<SignInRefusal>>> {
  const identity = parts.store.read(identityOf);
  const ofThisOffice = answer.officeServerId === identity.officeServerId || answer.permissions.includes('ALL_FUNCTIONS');
  if (!ofThisOffice) return refuse({ code: 'signIn.otherOffice', facts: { office: answer.officeName } });
  const passwordHash = await parts.passwords.hash(password);
  const staff: StaffRecord = {
    username: answer.username,
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
    write.saveStaff(staff);
  });
  noteSignIn(parts, staff.username, 'online');
  return ok({ staff, online: true });
}

function barOf(staff: StaffRecord, now: number): Refusal<SignInRefusal> | null {
  if (staff.lockedOut) return { code: 'signIn.lockedOut' };
  if (staff.waitUntil !== null && staff.waitUntil > now) return { code: 'signIn.wait', facts: { seconds: Math.ceil((staff.waitUntil - now) / 1000) } };
  return null;
}

function noteWrongTry(parts: SignInParts, known: StaffRecord | null): Refusal<SignInRefusal> {
  if (known === null) return { code: 'signIn.wrong' };
  const failures = known.failures + 1;
  const waitUntil = failures > FREE_TRIES ? parts.clock.now() + FIRST_WAIT_MS * 2 ** (failures - FREE_TRIES - 1) : null;
  const lockedOut = failures >= LOCK_AFTER;
  parts.store.write((write) => {
    const fresh = write.staff(known.username);
    if (fresh !== null) write.saveStaff({ ...fresh, failures, waitUntil, lockedOut });
  });
  return lockedOut ? { code: 'signIn.lockedOut' } : { code: 'signIn.wrong', facts: { triesLeft: LOCK_AFTER - failures } };
}

function forgetWrongTries(parts: SignInParts, known: StaffRecord): void {
  if (known.failures === 0 && known.waitUntil === null) return;
  parts.store.write((write) => {
    const fresh = write.staff(known.username);
    if (fresh !== null) write.saveStaff({ ...fresh, failures: 0, waitUntil: null });
  });
}

function noteSignIn(parts: SignInParts, username: string, how: 'online' | 'offline'): void {
  const now = parts.clock.now();
  parts.store.write((write) => {
    appendEntry(write, parts.digest, { what: 'session.signedIn', by: username, businessDate: write.openDay()?.businessDate ?? parts.clock.localDate(now), at: now, body: { how } });
  });
}
