// Joins the use cases into one branch: handlers typed from the contract, the sessions, the recovery after a bad end, and the start of sync.
// The only place where a handler's name meets its use case.

import { CONTRACT_VERSION } from '../../shared/contract/branchContract.ts';
import { ok, refuse } from '../../shared/kernel/result.ts';
import { Redacted } from '../../shared/kernel/redacted.ts';
import type { Refusal } from '../../shared/contract/define.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import { appendEntry } from '../journal/appendEntry.ts';
import { moveCommand } from '../journal/moveCommand.ts';
import { identityOf, readSetting, saveSetting, syncStateOf } from '../journal/settings.ts';
import type { Branch, BranchHandlers, Caller } from './branch.ts';
import { closeDay, showDay } from './cash/businessDay.ts';
import { currentBusinessDate } from '../journal/currentBusinessDate.ts';
import { discardDraft, keepDraft, listDrafts, showDraft } from './cash/drafts.ts';
import { drawerView } from './cash/drawerView.ts';
import { closeDrawer, countDrawer, openDrawer } from './cash/drawers.ts';
import { listReceipts, markPrinted, showReceipt } from './cash/receipts.ts';
import { clientPage } from './clients/clientPage.ts';
import { findClients } from './clients/findClients.ts';
import { listClients, listGroups, showGroup } from './clients/listClients.ts';
import { listHistory } from './clients/listHistory.ts';
import { refreshClient } from './clients/refreshClient.ts';
import { declareOffline, endOffline } from './desk/offlineMode.ts';
import { releaseCommands } from './desk/releaseCommands.ts';
import { showDesk, showItem } from './desk/syncDesk.ts';
import { syncStatus } from './desk/syncStatus.ts';
import { askBeforeSettling } from './exceptions/askBeforeSettling.ts';
import { listExceptions, listSuspense, showException } from './exceptions/listExceptions.ts';
import { resolveException } from './exceptions/resolveException.ts';
import { listAccounts, prepareHeadOffice, showPreparation } from './headOffice/prepareHeadOffice.ts';
import { listLoans, showLoan } from './loans/listLoans.ts';
import { previewRepayment } from './loans/previewRepayment.ts';
import { takeRepayment } from './loans/takeRepayment.ts';
import type { BranchParts } from './parts.ts';
import { mayApprove } from './savings/approvers.ts';
import { payWithdrawal } from './savings/payWithdrawal.ts';
import { previewWithdrawal } from './savings/previewWithdrawal.ts';
import { showSavings } from './savings/showSavings.ts';
import { takeDeposit } from './savings/takeDeposit.ts';
import type { ReadStore, StaffRecord } from '../ports/store.ts';
import { createClockWatch } from './session/clockWatch.ts';
import { createSessions, type Session } from './session/sessions.ts';
import { isSamePerson } from './session/samePerson.ts';
import { checkPasswordHere, signIn } from './session/signIn.ts';
import { startReport, type StartReport } from './session/startReport.ts';

const INTERRUPTED_MOST = 100_000;

export type { BranchParts } from './parts.ts';

export function createBranch(parts: BranchParts): Branch {
  const { store, clock, events } = parts;
  const sessions = createSessions(
    () => clock.monotonicMs(),
    (username) => store.read((read) => read.staff(username)),
  );
  const clockWatch = createClockWatch(parts);
  let report: StartReport | null = null;

  const admitted = (caller: Caller): Session => sessions.admitted(caller);

  /** After money moved: the open screens read again, and the loop may send. */
  function posted<A extends { readonly ok: boolean }>(answer: A, clientId: LocalId | null): A {
    if (answer.ok) {
      events.tell({ what: 'account.changed', clientIds: clientId === null ? [] : [clientId] });
      events.tell({ what: 'drawer.changed' });
      events.tell({ what: 'sync.changed' });
      parts.sync.wake();
    }
    return answer;
  }

  /** Checks a second person's agreement: their own password, a sign-in that head office still takes, their own right, and not the maker. */
  async function approverOf(approval: { readonly username: string; readonly password: string }, maker: Session) {
    if (store.read((read) => isSamePerson(read, approval.username, maker.username)))
      return refuse({ code: 'approval.samePerson' as const });
    const checked = await checkPasswordHere(parts, approval.username, new Redacted(approval.password));
    if (!checked.ok)
      return refuse({
        code: 'approval.wrongPassword' as const,
        ...(checked.refusal.facts === undefined ? {} : { facts: checked.refusal.facts }),
      });
    if (!mayApprove(checked.value)) return refuse({ code: 'approval.notPermitted' as const });
    return ok(checked.value.username);
  }

  const handlers: BranchHandlers = {
    session: {
      showStart: () =>
        store.read((read) => {
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
            start: report === null ? null : { ...report, behind: readSetting(read, 'booksBehind') },
            businessDate: identity === null ? null : currentBusinessDate(read, clock),
            now,
            lineUp: state.line === 'up',
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
            clockDoubt: doubt,
            contractVersion: CONTRACT_VERSION,
            practicePassword: parts.practice?.password ?? null,
          });
        }),
      // A branch that exists was chosen; the composition answers these before there is one.
      openPractice: () => refuse({ code: 'branch.alreadyChosen' }),
      connectHeadOffice: () => refuse({ code: 'branch.alreadyChosen' }),
      signIn: async (input, caller) => {
        if (store.read((read) => clockWatch.unanswered(read)) !== null) return refuse({ code: 'clock.answerFirst' });
        const signed = await signIn(parts, input.username, new Redacted(input.password));
        if (!signed.ok) return signed;
        const session = sessions.begin(caller, signed.value.staff, signed.value.online, clock.now());
        // Read by whoever came in: that the receipts are safe after a power cut is said once. A broken chain goes on being said.
        if (report?.chainWhole === true) report = { ...report, unclean: false };
        events.tell({ what: 'session.changed' });
        parts.sync.wake();
        return ok(sessions.view(session));
      },
      answerClockDoubt: (input, caller) => {
        clockWatch.answer(input.answer, sessions.of(caller)?.username ?? '');
        return ok({});
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
    clients: {
      find: (input) => findClients(parts, input),
      list: (input) => listClients(parts, input),
      show: (input) => clientPage(parts, input),
      listHistory: (input) => listHistory(parts, input),
      refresh: (input, caller) => refreshClient(parts, admitted(caller), input),
    },
    groups: {
      list: (input) => listGroups(parts, input),
      show: (input) => showGroup(parts, input),
    },
    loans: {
      list: (input) => listLoans(parts, input),
      show: (input) => showLoan(parts, input),
      previewRepayment: (input) => previewRepayment(parts, input),
      takeRepayment: (input, caller) => {
        const answer = takeRepayment(parts, clockWatch, admitted(caller), input);
        return posted(answer, answer.ok ? answer.value.receipt.clientId : null);
      },
    },
    savings: {
      show: (input) => showSavings(parts, input),
      takeDeposit: (input, caller) => {
        const answer = takeDeposit(parts, clockWatch, admitted(caller), input);
        return posted(answer, answer.ok ? answer.value.receipt.clientId : null);
      },
      previewWithdrawal: (input, caller) => previewWithdrawal(parts, admitted(caller), input),
      payWithdrawal: async (input, caller) => {
        const session = admitted(caller);
        const approver = input.approval === undefined ? ok(null) : await approverOf(input.approval, session);
        if (!approver.ok) return approver;
        const answer = payWithdrawal(parts, clockWatch, session, input, approver.value);
        return posted(answer, answer.ok ? answer.value.receipt.clientId : null);
      },
    },
    cash: {
      showDrawer: (_input, caller) =>
        store.read((read) => {
          const { username } = admitted(caller);
          const drawer = read.openDrawerOf(username);
          return ok(drawer === null ? null : drawerView(read, drawer, username));
        }),
      openDrawer: (input, caller) => {
        const answer = openDrawer(parts, clockWatch, admitted(caller), input);
        if (answer.ok) events.tell({ what: 'drawer.changed' });
        return answer;
      },
      countDrawer: (input, caller) => {
        const answer = countDrawer(parts, admitted(caller), input);
        if (answer.ok) events.tell({ what: 'drawer.changed' });
        return answer;
      },
      closeDrawer: (input, caller) => {
        const answer = closeDrawer(parts, admitted(caller), input);
        if (answer.ok) events.tell({ what: 'drawer.changed' });
        return answer;
      },
      showDay: (_input, caller) => showDay(parts, admitted(caller)),
      closeDay: (_input, caller) => {
        const answer = closeDay(parts, admitted(caller));
        if (answer.ok) events.tell({ what: 'drawer.changed' });
        return answer;
      },
      listPaymentTypes: () =>
        ok(
          store
            .read((read) => read.reference('paymentTypes'))
            .map((row) => ({ paymentTypeId: row.serverId, name: row.name, cash: row.body['isCashPayment'] === true })),
        ),
    },
    receipts: {
      list: (input, caller) => listReceipts(parts, admitted(caller), input),
      show: (input) => showReceipt(parts, input),
      markPrinted: (input, caller) => markPrinted(parts, admitted(caller), input),
    },
    drafts: {
      keep: (input, caller) => keepDraft(parts, admitted(caller), input),
      show: (input, caller) => showDraft(parts, admitted(caller), input),
      list: (_input, caller) => listDrafts(parts, admitted(caller)),
      discard: (input, caller) => discardDraft(parts, admitted(caller), input),
    },
    sync: {
      showStatus: () => ok(store.read((read) => syncStatus(read, parts))),
      showDesk: (input) => showDesk(parts, input),
      showItem: (input) => showItem(parts, input),
      wake: () => {
        parts.sync.wake();
        return ok({});
      },
      declareOffline: (input, caller) => declareOffline(parts, admitted(caller), input),
      endOffline: (_input, caller) => endOffline(parts, admitted(caller)),
      releaseCommands: (input, caller) => releaseCommands(parts, admitted(caller), input),
    },
    exceptions: {
      list: (input, caller) => listExceptions(parts, admitted(caller), input),
      show: (input, caller) => showException(parts, admitted(caller), input),
      resolve: async (input, caller) => {
        await askBeforeSettling(parts, admitted(caller), input);
        return resolveException(parts, clockWatch, admitted(caller), input);
      },
      listSuspense: () => listSuspense(parts),
    },
    headOffice: {
      showPreparation: (_input, caller) => showPreparation(parts, admitted(caller)),
      prepare: (input, caller) => prepareHeadOffice(parts, admitted(caller), input),
      listAccounts: () => listAccounts(parts),
    },
    practice: {
      show: () => ok({ practice: parts.practice !== null, lineCut: parts.practice?.lineCut() ?? false }),
      setLine: (input) => {
        if (parts.practice === null) return refuse({ code: 'practice.only' });
        parts.practice.setLine(input.cut);
        parts.sync.wake();
        return ok({});
      },
      otherBranchPays: async (input) => {
        if (parts.practice === null) return refuse({ code: 'practice.only' });
        const serverId = store.read((read) => read.serverIdOf('savings', input.savingsId));
        if (serverId === null) return refuse({ code: 'savings.unknown' });
        const code = await parts.practice.otherBranchPays(serverId, input.amountMinor);
        return code === null ? ok({}) : refuse({ code: 'practice.refused', facts: { serverCode: code } });
      },
    },
  };

  return {
    handlers,
    admit: (caller, admission) => sessions.admit(caller, admission),
    listen: (listener) => events.listen(listener),
    start() {
      report = store.read((read) => startReport(read, parts.digest));
      store.write((write) => {
        identityOf(write);
        // Whatever was on the wire when the last process ended is in doubt: it is read before it is sent again.
        for (const command of write.commandsIn('sending', INTERRUPTED_MOST))
          moveCommand(write, parts, command.commandId, { kind: 'restarted' }, command.sentAs);
        saveSetting(write, 'lastEnd', { clean: false, at: clock.now() });
      });
      parts.sync.start();
    },
    async stop() {
      await parts.sync.stop();
      store.write((write) => {
        saveSetting(write, 'lastEnd', { clean: true, at: clock.now() });
      });
    },
  };
}

/** Whoever came first keeps the first number; who was here before there was an order comes before those who were not. */
function inOrderOfTheDoor(read: ReadStore): readonly StaffRecord[] {
  const { usernames } = readSetting(read, 'peopleAtTheDoor') ?? { usernames: [] };
  const placeOf = ({ username }: StaffRecord): number => (usernames.includes(username) ? usernames.indexOf(username) : usernames.length);
  return read.allStaff().toSorted((one, other) => placeOf(one) - placeOf(other));
}
