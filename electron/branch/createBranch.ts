// Joins the nouns into one branch, with what they share: the sessions, the clock's watch, the recovery after a bad end, and the start of
// sync. Each noun hands over its own handlers (<noun>/handlers.ts).

import { bindToMachine } from '../journal/bindToMachine.ts';
import { keepDeviceKey } from '../journal/deviceKeys.ts';
import { moveCommand } from '../journal/moveCommand.ts';
import { noteBeginning, noteEnd } from '../journal/lastEnd.ts';
import { identityOf } from '../journal/settings.ts';
import { CallEnded, type Call } from '../ports/calls.ts';
import type { Branch } from './branch.ts';
import { cashHandlers } from './cash/handlers.ts';
import { clientHandlers } from './clients/handlers.ts';
import { counterHandlers } from './counter/handlers.ts';
import { decideHandlers } from './decide/handlers.ts';
import { deskHandlers } from './desk/handlers.ts';
import { exceptionHandlers } from './exceptions/handlers.ts';
import { guardedParts } from './guardedParts.ts';
import { headOfficeHandlers } from './headOffice/handlers.ts';
import { loanHandlers } from './loans/handlers.ts';
import type { NounParts } from './nounParts.ts';
import type { BranchParts } from './parts.ts';
import { printingHandlers } from './printing/handlers.ts';
import { createSpooler } from './printing/spooler.ts';
import { practiceHandlers } from './practice/handlers.ts';
import { savingsHandlers } from './savings/handlers.ts';
import { createClockWatch } from './session/clockWatch.ts';
import { sessionHandlers } from './session/handlers.ts';
import { createSessions } from './session/sessions.ts';
import { startReport, type StartMemory } from './session/startReport.ts';
import { vaultHandlers } from './vault/handlers.ts';

const INTERRUPTED_MOST = 100_000;

export type { BranchParts } from './parts.ts';

export function createBranch(whole: BranchParts): Branch {
  const parts = whole.calls === undefined ? whole : guardedParts(whole, whole.calls);
  const { store, clock, events } = parts;
  const sessions = createSessions(
    () => clock.monotonicMs(),
    (username) => store.read((read) => read.staff(username)),
  );
  const spooler = createSpooler(parts);
  const start: StartMemory = { report: null, readBy: null };

  const shared: NounParts = {
    parts,
    sessions,
    clockWatch: createClockWatch(parts),
    start,
    admitted: (caller) => sessions.admitted(caller),
    posted: (answer) => {
      if (answer.ok) {
        const { clientId } = answer.value.receipt;
        events.tell({ what: 'account.changed', clientIds: clientId === null ? [] : [clientId] });
        events.tell({ what: 'drawer.changed' });
        events.tell({ what: 'sync.changed' });
        parts.sync.wake();
      }
      return answer;
    },
    drawerMoved: (answer) => {
      if (answer.ok) {
        events.tell({ what: 'drawer.changed' });
        // A day may have been opened or closed by it: its date, and whether it is head office's, stand on every page.
        events.tell({ what: 'start.changed' });
      }
      return answer;
    },
  };

  return {
    handlers: {
      ...sessionHandlers(shared),
      ...clientHandlers(shared),
      ...loanHandlers(shared),
      ...savingsHandlers(shared),
      ...counterHandlers(shared),
      ...decideHandlers(shared),
      ...cashHandlers(shared),
      ...vaultHandlers(shared),
      ...deskHandlers(shared),
      ...exceptionHandlers(shared),
      ...headOfficeHandlers(shared),
      ...practiceHandlers(shared),
      ...printingHandlers(shared),
    },
    admit: (caller, admission) => sessions.admit(caller, admission),
    isSignedIn: (channel) => sessions.of({ channel }) !== null,
    during(caller, admission, work) {
      if (whole.calls === undefined) return work();
      const call = sessions.callOf(caller, admission);
      const answer = whole.calls.during(call, work);
      // What waited may have outlived its person: the answer is theirs alone.
      return answer instanceof Promise ? (answer.then((value: unknown) => stillThere(call, value)) as typeof answer) : answer;
    },
    listen: (listener) => events.listen(listener),
    start() {
      const unclean = parts.endedBadly ?? store.write((write) => noteBeginning(write, clock.now()));
      start.report = store.read((read) => startReport(read, parts.digest, unclean));
      store.write((write) => {
        identityOf(write);
        if (parts.machineMark !== null) bindToMachine(write, parts, { mark: parts.machineMark, name: parts.machineName });
        keepDeviceKey(write, parts);
        // Whatever was on the wire when the last process ended is in doubt: it is read before it is sent again.
        for (const command of write.commandsIn('sending', INTERRUPTED_MOST))
          moveCommand(write, parts, command.commandId, { kind: 'restarted' }, command.sentAs);
      });
      spooler.start();
      parts.sync.start();
    },
    async stop() {
      await parts.sync.stop();
      await spooler.stop();
      store.write((write) => {
        // A bad end that nobody has read of yet is told at the next start: nobody came in between.
        noteEnd(write, clock.now(), start.report?.unclean !== true);
      });
    },
  };
}

function stillThere<T>(call: Call, value: T): T {
  const refusal = call.ended();
  if (refusal !== null) throw new CallEnded(refusal);
  return value;
}
