// A sign-in that head office refused may be right again by itself: its database was away for a moment, or a gateway in front of it was, and
// everybody was refused at once. Each is asked again with the password that is kept: after pauses that grow, one person at a time, and so few
// times that no head office locks anybody out for it (the usual bar falls at the fifth wrong try). Who gets in again, by hand or so, vouches for
// the moment being over, and the others are asked at once: each keeps the last try for that, of which one is spent by itself after two hours, the next after four, and so on. A
// door that is shut to everybody says so without hearing a name: however long that lasts, the last tries are kept until it opens.

import { CLOCK_TOLERANCE_MS } from '../../shared/domain/clock/clockDoubt.ts';
import { readSetting, saveSetting, type AskedAgain } from '../journal/settings.ts';
import { vouch } from '../journal/vouch.ts';
import type { Credential } from '../ports/headOffice.ts';
import type { ReadStore, StaffRecord, WriteStore } from '../ports/store.ts';
import type { SyncParts } from './parts.ts';

const MINUTE_MS = 60_000;
const PAUSES_MS = [MINUTE_MS, 15 * MINUTE_MS, 120 * MINUTE_MS] as const;
const [FIRST_PAUSE_MS, , LONGEST_PAUSE_MS] = PAUSES_MS;
/** So often has somebody been asked who may be asked once more. */
const LAST = PAUSES_MS.length - 1;
/** The pause before the next last try doubles with each that was spent, and no further than this. */
const DOUBLED_MOST = 4;
/** People who were refused in one moment are asked one after the other. */
const APART_MS = MINUTE_MS;

/** In the transaction that marks a person as one who must sign in. Each further no that was heard by then is one try less. */
export function beginAskingAgain(write: WriteStore, username: string, now: number, timesRefused: number): void {
  const before = askedAgainIn(write).people;
  const others = before.filter((each) => each.username !== username && write.staff(each.username)?.signIn === 'needed');
  const isNew: AskedAgain = { username, times: Math.max(0, timesRefused - 1), nextAt: now + FIRST_PAUSE_MS + others.length * APART_MS };
  saveSetting(write, 'askedAgain', { ...askedAgainIn(write), people: [...others, isNew] });
}

function askedAgainIn(read: ReadStore) {
  return readSetting(read, 'askedAgain') ?? { people: [] };
}

/** Nobody signed them in meanwhile, and their password is kept. */
function isWaiting(read: ReadStore, { username }: AskedAgain): boolean {
  const staff = read.staff(username);
  return staff?.signIn === 'needed' && staff.sealedPassword !== null;
}

/** A wait that reaches further than any we give was reckoned by a clock that has been set right since. */
function isDue({ nextAt }: AskedAgain, now: number): boolean {
  return nextAt <= now || nextAt > now + LONGEST_PAUSE_MS * 2 ** DOUBLED_MOST + 60 * APART_MS + CLOCK_TOLERANCE_MS;
}

/** Whose turn it is. */
function dueIn(read: ReadStore, now: number): StaffRecord | null {
  const { people, shutSince } = askedAgainIn(read);
  const most = shutSince === undefined ? PAUSES_MS.length : LAST;
  const due = people.find((each) => each.times < most && isDue(each, now) && isWaiting(read, each));
  return due === undefined ? null : read.staff(due.username);
}

/** Before anybody is asked for, and at every contact while it was shut at the one before: whoever waits is asked for the moment that it opens. */
async function lookAtDoor({ store, clock, headOffice }: SyncParts): Promise<void> {
  const now = clock.now();
  const isWorthIt = store.read((read) => {
    const { people, shutSince } = askedAgainIn(read);
    return people.some((each) => (shutSince !== undefined || isDue(each, now)) && isWaiting(read, each));
  });
  const looks = isWorthIt ? await headOffice.looksAtPeople() : null;
  if (looks === null) return;
  store.write((write) => {
    const { people, shutSince } = askedAgainIn(write);
    if (looks && shutSince !== undefined) vouch(write, clock.now());
    // Whose tries are spent waits for a person, or for a door that turns out to have been shut.
    else if (looks) change(write, (each) => (each.times > LAST && isDue(each, now) ? { ...each, nextAt: now + LONGEST_PAUSE_MS } : each));
    // Nobody was looked at, so nobody's last try is spent.
    else if (shutSince === undefined) {
      const spared = people.map((each) => ({ ...each, times: Math.min(each.times, LAST) }));
      saveSetting(write, 'askedAgain', { people: spared, shutSince: now });
    }
  });
}

function change(write: WriteStore, changed: (each: AskedAgain) => AskedAgain): void {
  const { people, ...kept } = askedAgainIn(write);
  const waiting = people.filter(({ username }) => write.staff(username)?.signIn === 'needed');
  saveSetting(write, 'askedAgain', { ...kept, people: waiting.map(changed) });
}

/** Asks for one person at most; after a yes for the next one as well, until a no. */
export async function askAgain(parts: SyncParts): Promise<void> {
  const { store, clock } = parts;
  await lookAtDoor(parts);
  for (;;) {
    const staff = store.read((read) => dueIn(read, clock.now()));
    const password = staff?.sealedPassword == null ? null : parts.seals.open(staff.sealedPassword);
    if (staff === null || password === null) return;
    const { username, sealedPassword } = staff;
    const credential: Credential = { username, password };
    const answer = await parts.headOffice.signIn(credential);
    const now = clock.now();
    const isRefused = !answer.ok && answer.trouble.kind === 'signInNeeded';
    const isHealed = store.write((write) => {
      const fresh = write.staff(username);
      // They signed in themselves meanwhile.
      if (fresh?.signIn !== 'needed' || fresh.sealedPassword !== sealedPassword) return false;
      if (answer.ok) {
        write.saveStaff({ ...fresh, signIn: 'good', permissions: answer.value.permissions, lastOnlineAt: now });
        vouch(write, now);
        return true;
      }
      const { people } = askedAgainIn(write);
      const isLast = people.some((each) => each.username === username && each.times === LAST);
      const spent = people.filter(({ times }) => times > LAST).length;
      const untilNext = LONGEST_PAUSE_MS * 2 ** Math.min(spent + 1, DOUBLED_MOST);
      change(write, (each) => {
        if (each.username !== username)
          return isRefused && isLast && each.times === LAST ? { ...each, nextAt: Math.max(each.nextAt, now + untilNext) } : each;
        // What is no answer of head office's is not counted there as a try.
        const times = isRefused ? each.times + 1 : each.times;
        return { ...each, times, nextAt: now + (PAUSES_MS[times] ?? LONGEST_PAUSE_MS) };
      });
      return false;
    });
    if (!isHealed) return;
    parts.diagnostics.record('info', 'signIn.healed');
    parts.tell({ what: 'session.changed' });
  }
}
