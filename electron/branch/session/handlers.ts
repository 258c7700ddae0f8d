// Who is signed in, and what the door says before anybody is.

import { CONTRACT_VERSION } from '../../../shared/contract/branchContract.ts';
import type { Refusal } from '../../../shared/contract/define.ts';
import type { StartView } from '../../../shared/contract/session.ts';
import { isPermitted } from '../../../shared/domain/access/permissions.ts';
import { isSetBack } from '../../../shared/domain/clock/clockDoubt.ts';
import { Redacted } from '../../../shared/kernel/redacted.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { appendEntry } from '../../journal/appendEntry.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { checkOf } from '../../journal/recordChecked.ts';
import { readSetting, syncStateOf } from '../../journal/settings.ts';
import type { ReadStore, StaffRecord } from '../../ports/store.ts';
import type { BranchHandlers } from '../branch.ts';
import { dateDoubt } from '../cash/dateDoubt.ts';
import { troubleOf } from '../desk/syncStatus.ts';
import type { NounParts } from '../nounParts.ts';
import { checkPasswordHere, signIn } from './signIn.ts';
import type { Session } from './sessions.ts';
import type { StartMemory } from './startReport.ts';

export function sessionHandlers({ parts, admitted, sessions, clockWatch, start }: NounParts): Pick<BranchHandlers, 'session'> {
  const { store, clock } = parts;
  return {
    session: {
      showStart: (_input, caller) =>
        store.read((read) => {
          const mine = sessions.of(caller);
          // A locked desk is anybody's to look at.
          const session = mine?.locked === true ? null : mine;
          const identity = readSetting(read, 'identity');
          const state = parts.sync.state();
          const pulling = syncStateOf(read).firstPullDoneAt === null;
          const now = clock.now();
          const doubt = clockWatch.unanswered(read);
          return ok({
            state: identity === null ? 'firstRun' : pulling ? 'pulling' : 'ready',
            blockedBy: null,
            branch:
              identity === null
                ? null
                : {
                    institution: identity.institution,
                    officeName: identity.officeName,
                    officeCode: identity.officeCode,
                    deviceCode: identity.deviceCode,
                    practice: identity.practice,
                    currency: identity.currency,
                    zone: identity.zone,
                    country: read.institutionCountry(),
                  },
            people: inOrderOfTheDoor(read).map((staff) => ({
              username: staff.username,
              displayName: staff.displayName,
              role: staff.role,
              offlineReady: staff.passwordHash !== null,
              waitUntil: staff.waitUntil !== null && staff.waitUntil > now ? staff.waitUntil : null,
              lockedOut: staff.lockedOut,
            })),
            // Head office may tell of a loss long after the start.
            start: start.report === null ? null : startView(read, start, session),
            businessDate: identity === null ? null : currentBusinessDate(read, clock),
            now,
            lineUp: state.line === 'up',
            lineDown: state.line === 'down',
            pull:
              pulling && state.progress !== null
                ? {
                    shelf: state.progress.shelf ?? '',
                    done: state.progress.done,
                    total: state.progress.total,
                    allDone: read.shelves().reduce((sum, shelf) => sum + shelf.rows, 0),
                    allTotal: null,
                  }
                : null,
            trouble: pulling ? troubleOf(state) : null,
            clockDoubt:
              doubt === null
                ? null
                : { ...doubt, byMs: Math.round(doubt.byMs), lastInstant: Math.round(doubt.lastInstant), needsManager: isSetBack(doubt) },
            newCodeNeeded: identity?.newCodeSince !== undefined,
            anyNumberTwice: numbersTwice(read).length > 0,
            numbersTwice: session === null ? [] : numbersTwice(read).map((each) => ({ ...each })),
            keyGuard: parts.keyGuard ?? null,
            dateDoubt: identity === null ? null : dateDoubt(read, clock, currentBusinessDate(read, clock)),
            contractVersion: CONTRACT_VERSION,
            practicePassword: parts.practice?.password ?? null,
          });
        }),
      // A branch that exists was chosen; the composition answers these before there is one.
      openPractice: () => refuse({ code: 'branch.alreadyChosen' }),
      connectHeadOffice: () => refuse({ code: 'branch.alreadyChosen' }),
      moveHeadOffice: () => refuse({ code: 'branch.alreadyChosen' }),
      signIn: async (input, caller) => {
        if (store.read((read) => clockWatch.unanswered(read)) !== null) return refuse({ code: 'clock.answerFirst' });
        const before = sessions.of(caller);
        const signed = await signIn(parts, input.username, new Redacted(input.password));
        if (!signed.ok) return signed;
        // Whoever sat down here while the password was checked stays: an answer that came late takes nobody's desk.
        if (sessions.of(caller) !== before) return refuse({ code: 'session.signedOut' });
        const session = sessions.begin(caller, signed.value.staff, signed.value.online, clock.now());
        // Read by whoever came in: that the receipts are safe after a power cut is said once. A broken chain goes on being said.
        if (start.report?.unclean === true && start.report.chainWhole) {
          start.report = { ...start.report, unclean: false };
          start.readBy = session;
        }
        parts.events.tell({ what: 'session.changed' });
        parts.sync.wake();
        return ok(sessions.view(session));
      },
      answerClockDoubt: async (input) => {
        const checked = await checkPasswordHere(parts, input.username, new Redacted(input.password));
        if (!checked.ok) return refuse(checked.refusal as Refusal<'signIn.wrong' | 'signIn.wait' | 'signIn.lockedOut'>);
        const { username, permissions, signIn: standing } = checked.value;
        const isManager = standing === 'good' && isPermitted('day.close', new Set(permissions));
        return ok({ doubtStays: clockWatch.answer(input.answer, { username, isManager }) });
      },
      showMine: (_input, caller) => {
        const session = sessions.of(caller);
        return ok(session === null ? null : sessions.view(session));
      },
      lock: (_input, caller) => {
        sessions.lock(caller);
        return ok({});
      },
      unlock: async (input, caller) => {
        const session = sessions.of(caller);
        if (session === null) return refuse({ code: 'session.signedOut' });
        const checked = await checkPasswordHere(parts, session.username, new Redacted(input.password));
        if (!checked.ok) return refuse(checked.refusal as Refusal<'signIn.wrong' | 'signIn.wait' | 'signIn.lockedOut'>);
        // Somebody else may have signed in here while the password was checked.
        if (sessions.of(caller) !== session) return refuse({ code: 'session.signedOut' });
        sessions.unlock(caller);
        return ok(sessions.view(session));
      },
      signOut: (_input, caller) => {
        sessions.end(caller);
        return ok({});
      },
      unlockStaff: (input, caller) => {
        const by = admitted(caller).username;
        return store.write((write) => {
          const staff = write.staff(input.username);
          if (staff === null) return refuse({ code: 'staff.unknown' });
          write.saveStaff({ ...staff, failures: 0, waitUntil: null, lockedOut: false });
          appendEntry(write, parts.digest, {
            what: 'staff.unlocked',
            by,
            businessDate: currentBusinessDate(write, clock),
            at: clock.now(),
            body: { username: input.username },
          });
          return ok({});
        });
      },
    },
  };
}

/** What the start found, and what was found since. */
function startView(read: ReadStore, { report, readBy }: StartMemory, session: Session | null): StartView['start'] {
  if (report === null) return null;
  const { finding, memory } = checkOf(read);
  const behind = readSetting(read, 'booksBehind');
  const chainWhole = report.chainWhole && finding === null;
  if (session !== null)
    return { ...report, unclean: report.unclean || session === readBy, chainWhole, memory, behind: behind === null ? null : { ...behind } };
  // A stranger in front of the PC, or a program on it: whether all is well, and no figure.
  return {
    unclean: report.unclean,
    chainWhole,
    memory,
    receiptsToday: null,
    lastReceipt: null,
    unprinted: null,
    drafts: null,
    behind:
      behind === null
        ? null
        : {
            noticedAt: behind.noticedAt,
            noticedBy: behind.noticedBy,
            entries: null,
            receipts: null,
            firstReceipt: null,
            lastReceipt: null,
            nextReceipt: null,
            copy: null,
          },
  };
}

function numbersTwice(read: ReadStore) {
  return readSetting(read, 'numbersTwice')?.numbers ?? [];
}

/** Whoever came first keeps the first number; who was here before there was an order comes before those who were not. */
function inOrderOfTheDoor(read: ReadStore): readonly StaffRecord[] {
  const { usernames } = readSetting(read, 'peopleAtTheDoor') ?? { usernames: [] };
  const placeOf = ({ username }: StaffRecord): number => (usernames.includes(username) ? usernames.indexOf(username) : usernames.length);
  return read.allStaff().toSorted((one, other) => placeOf(one) - placeOf(other));
}
