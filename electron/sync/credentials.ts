// Whose sign-in speaks. A command is sent under its maker's own (contract 12, rule 2), or after a manager's release under the manager's;
// reading uses any good sign-in of the branch. A sign-in that head office refused is used no more until its owner signs in anew, or until head
// office takes it again (askAgain.ts).

import { readSetting } from '../journal/settings.ts';
import type { Credential } from '../ports/headOffice.ts';
import type { Seals } from '../ports/secrets.ts';
import type { ReadStore, StaffRecord } from '../ports/store.ts';
import { beginAskingAgain } from './askAgain.ts';
import type { SyncParts } from './parts.ts';

export function credentialOf(store: ReadStore, seals: Seals, username: string): Credential | null {
  const staff = store.staff(username);
  return staff === null ? null : unseal(staff, seals);
}

/**
 * Somebody who may read the branch. First who may read the audit trail, for without it nothing tells what changed; then who belongs to this
 * office, for head office's own people see every office's accounts; then who signed in online last.
 */
export function readerOf(store: ReadStore, seals: Seals): Credential | null {
  const office = readSetting(store, 'identity')?.officeServerId ?? null;
  const rank = (staff: StaffRecord): number => (mayReadAudits(staff) ? 2 : 0) + (staff.officeServerId === office ? 1 : 0);
  const people = store.allStaff().filter((staff) => staff.signIn === 'good' && mayRead(staff));
  people.sort((one, other) => rank(other) - rank(one) || other.lastOnlineAt - one.lastOnlineAt || (one.username < other.username ? -1 : 1));
  for (const staff of people) {
    const credential = unseal(staff, seals);
    if (credential !== null) return credential;
  }
  return null;
}

/** People whose commands must wait until they sign in again. */
export function waitingForSignIn(store: ReadStore): readonly string[] {
  return store
    .allStaff()
    .filter((staff) => staff.signIn === 'needed' && store.countUnfinishedSentAs(staff.username) > 0)
    .map((staff) => staff.username);
}

/** From now on this person may only take money in: the desk they sit at is told. */
export function markSignInNeeded(
  { store, tell, clock, headOffice }: Pick<SyncParts, 'store' | 'tell' | 'clock' | 'headOffice'>,
  username: string,
): void {
  const marked = store.write((write) => {
    const staff = write.staff(username);
    if (staff?.signIn !== 'good') return false;
    write.saveStaff({ ...staff, signIn: 'needed' });
    beginAskingAgain(write, username, clock.now(), headOffice.timesRefused(username));
    return true;
  });
  if (marked) tell({ what: 'session.changed' });
}

function unseal(staff: StaffRecord, seals: Seals): Credential | null {
  if (staff.signIn !== 'good' || staff.sealedPassword === null) return null;
  const password = seals.open(staff.sealedPassword);
  return password === null ? null : { username: staff.username, password };
}

function mayReadAudits(staff: StaffRecord): boolean {
  return staff.permissions.some((code) => code === 'ALL_FUNCTIONS' || code === 'ALL_FUNCTIONS_READ' || code === 'READ_AUDIT');
}

function mayRead(staff: StaffRecord): boolean {
  return staff.permissions.some(
    (code) => code === 'ALL_FUNCTIONS' || code === 'ALL_FUNCTIONS_READ' || code === 'READ_CLIENT' || code === 'READ_LOAN',
  );
}
