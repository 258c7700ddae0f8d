// Checkers that can fail: every safeguard of the spine, switched off by one mutation, each of which the simulator must catch within a stated
// number of seeds. A mutation stands in test code only: it wraps a port, and the program inside does not know.

import { copyFileSync, statSync } from 'node:fs';
import type { Json } from '../../shared/kernel/canonicalJson.ts';
import type { WriteStore, Store } from '../../electron/ports/store.ts';
import { StoreFault } from '../../electron/ports/store.ts';
import type { WindowedHeadOffice } from '../../electron/ports/window.ts';
import type { CommandRecord } from '../../shared/domain/commands/command.ts';
import type { Mutation, MutationParts } from '../world/branchPc.ts';

export interface Mutant extends Mutation {
  /** What the safeguard promises, in a few words. */
  readonly safeguard: string;
  /** Seeds, from 1 on, within which it must be caught. */
  readonly within: number;
}

/** A store whose writers see `change` over the real one. */
function writing(store: Store, change: (write: WriteStore) => Partial<WriteStore>): Store {
  return {
    read: (work) => store.read(work),
    write: (work) => store.write((write) => work({ ...write, ...change(write) })),
    close: () => store.close(),
  };
}

/** What was put aside in a transaction is written in another one right after it. */
function apart(store: Store, name: 'insertMovement' | 'insertEffect'): Store {
  return {
    read: (work) => store.read(work),
    write(work) {
      const later: ((write: WriteStore) => void)[] = [];
      const result = store.write((write) =>
        work({
          ...write,
          [name]: (row: never) => {
            later.push((again) => again[name](row));
          },
        }),
      );
      if (later.length > 0) store.write((write) => later.forEach((insert) => insert(write)));
      return result;
    },
    close: () => store.close(),
  };
}

/** The cursor of a page is committed before its rows. */
function cursorFirst(store: Store): Store {
  return {
    read: (work) => store.read(work),
    write(work) {
      const rows: ((write: WriteStore) => void)[] = [];
      const result = store.write((write) =>
        work({
          ...write,
          saveClients: (...values) => {
            rows.push((again) => again.saveClients(...values));
            return [];
          },
          saveGroups: (...values) => {
            rows.push((again) => again.saveGroups(...values));
            return [];
          },
        }),
      );
      if (rows.length > 0) store.write((write) => rows.forEach((save) => save(write)));
      return result;
    },
    close: () => store.close(),
  };
}

function auditCursorFirst(store: Store, headOffice: WindowedHeadOffice): WindowedHeadOffice {
  return {
    ...headOffice,
    async pullAudits(page, credential) {
      const answer = await headOffice.pullAudits(page, credential);
      const head = answer.ok ? answer.value.rows[0]?.auditId : undefined;
      if (head !== undefined && page.offset === 0) {
        store.write((write) => {
          const state = write.setting('syncState');
          if (state !== null && typeof state === 'object' && !Array.isArray(state))
            write.saveSetting('syncState', { ...(state as Readonly<Record<string, Json>>), auditCursor: head });
        });
      }
      return answer;
    },
  };
}

/** `sending` stays in memory: the next process knows nothing of it. */
function sendingUnmarked(store: Store): Store {
  const overlay = new Map<string, CommandRecord>();
  const over = (command: CommandRecord | null): CommandRecord | null =>
    command === null ? null : (overlay.get(command.commandId) ?? command);
  return {
    read: (work) => store.read((read) => work({ ...read, command: (id) => over(read.command(id)) })),
    write: (work) =>
      store.write((write) =>
        work({
          ...write,
          command: (id) => over(write.command(id)),
          saveProgress(id, progress) {
            const command = write.command(id);
            if (progress.state === 'sending' && command !== null) {
              overlay.set(id, { ...command, ...progress });
              return;
            }
            overlay.delete(id);
            write.saveProgress(id, progress);
          },
          insertCommandEvent(event) {
            if (event.to === 'sending') return;
            write.insertCommandEvent(
              event.from === 'sending' ? { ...event, from: write.command(event.commandId)?.state ?? event.from } : event,
            );
          },
        }),
      ),
    close: () => store.close(),
  };
}

function mutated(name: string, safeguard: string, within: number, change: Omit<Mutation, 'name'>): Mutant {
  return { name, safeguard, within, ...change };
}

function sends(change: (headOffice: WindowedHeadOffice, parts: MutationParts) => Partial<WindowedHeadOffice>): Omit<Mutation, 'name'> {
  return { headOffice: (headOffice, parts) => ({ ...headOffice, ...change(headOffice, parts) }) };
}

export const MUTANTS: readonly Mutant[] = [
  mutated('newKeyOnResend', 'the same key while in doubt', 10, {
    store: (store, { newId }) =>
      writing(store, (write) => ({
        saveProgress(id, progress) {
          const doubtful =
            progress.state === 'queued' && progress.lastOutcome?.kind === 'retryLater' && progress.lastOutcome.why === 'absent';
          write.saveProgress(id, doubtful ? { ...progress, idempotencyKey: newId() } : progress);
        },
      })),
  }),
  mutated('oldKeyAfterRefusal', 'a new key after a definite refusal', 15, {
    store: (store) =>
      writing(store, (write) => ({
        saveProgress(id, progress) {
          const before = write.command(id);
          write.saveProgress(
            id,
            before?.state === 'rejected' && progress.state === 'queued' ? { ...progress, idempotencyKey: before.idempotencyKey } : progress,
          );
        },
      })),
  }),
  mutated(
    'keyMadeAtSend',
    'the key is kept before the first send',
    5,
    sends((headOffice, { newId }) => ({
      send: (command, credential) => headOffice.send({ ...command, idempotencyKey: newId() }, credential),
    })),
  ),
  mutated('sendingUnmarked', 'marked as sending on the disk before the call', 5, { store: sendingUnmarked }),
  mutated('movementApart', 'cash and command in one transaction', 5, { store: (store) => apart(store, 'insertMovement') }),
  mutated('effectApart', 'effect and command in one transaction', 5, { store: (store) => apart(store, 'insertEffect') }),
  mutated('orderIgnored', 'order per subject', 20, {
    store: (store) => {
      const ready = (
        read: Parameters<Parameters<Store['read']>[0]>[0],
        now: number,
        most: number,
        waitingFor: readonly string[],
      ): readonly CommandRecord[] =>
        read
          .unfinishedCommands(most)
          .filter(
            (command) =>
              (command.state === 'queued' || command.state === 'inDoubt') &&
              (command.nextAttemptAt ?? 0) <= now &&
              !waitingFor.includes(command.sentAs),
          );
      return {
        read: (work) =>
          store.read((read) => work({ ...read, commandsToSend: (now, most, waitingFor) => ready(read, now, most, waitingFor) })),
        write: (work) => store.write(work),
        close: () => store.close(),
      };
    },
  }),
  mutated(
    'resendWithoutLooking',
    'look before sending again',
    5,
    sends((headOffice) => ({
      lookUp: async (command, credential) =>
        command.lastOutcome?.kind === 'inDoubt' ? { kind: 'absent' } : headOffice.lookUp(command, credential),
    })),
  ),
  mutated(
    'silenceIsRefusal',
    'no reply means doubt',
    5,
    sends((headOffice) => ({
      async send(command, credential) {
        const outcome = await headOffice.send(command, credential);
        return outcome.kind === 'inDoubt' && outcome.why === 'noReply'
          ? { kind: 'retryLater', why: 'neverSent', keyBurnt: false }
          : outcome;
      },
    })),
  ),
  mutated(
    'checkerTakenForDone',
    '200 of a maker is not done',
    20,
    sends((headOffice) => ({
      async send(command, credential) {
        const outcome = await headOffice.send(command, credential);
        return outcome.kind === 'waitingForChecker'
          ? { kind: 'accepted', serverTransactionId: outcome.serverCommandId ?? 1, how: 'posted' }
          : outcome;
      },
    })),
  ),
  mutated('cursorBeforeRows', 'a cursor with its rows', 5, { store: cursorFirst }),
  mutated('auditCursorBeforeRows', 'the audit cursor with what it names', 10, {
    store: (store) => {
      keptStore = store;
      return store;
    },
    headOffice: (headOffice) => (keptStore === null ? headOffice : auditCursorFirst(keptStore, headOffice)),
  }),
  mutated('includedWhenAccepted', 'an effect is included only when it was pulled', 5, {
    store: (store) =>
      writing(store, (write) => ({
        saveProgress(id, progress) {
          write.saveProgress(id, progress);
          if (progress.state === 'accepted' && write.effectsOfCommand(id).length > 0) write.saveEffects(id, { included: true });
        },
      })),
  }),
  mutated('neverIncluded', 'what was pulled is not counted again', 5, {
    store: (store) =>
      writing(store, (write) => ({
        saveEffect: (effect, change) => write.saveEffect(effect, change.included === true ? { ...change, included: false } : change),
        saveEffects: (id, change) => write.saveEffects(id, change.included === true ? { ...change, included: false } : change),
      })),
  }),
  mutated('fencingOff', 'only the owner writes', 15, {
    disk: ({ fencing }) => ({ read: (sql, found) => (sql === 'SELECT fencing FROM local_owner' ? fencing() : found()) }),
  }),
  mutated('synchronousNormal', 'each commit is flushed', 30, {
    disk: () => ({ pragma: (text) => (text === 'synchronous = FULL' ? 'synchronous = NORMAL' : text) }),
  }),
  mutated('fullDiskUnnoticed', 'a write that failed is said to have failed', 60, {
    store: (store) => ({
      read: (work) => store.read(work),
      write(work) {
        let result: ReturnType<typeof work> | undefined;
        try {
          return store.write((write) => (result = work(write)));
        } catch (error) {
          if (error instanceof StoreFault && error.kind === 'full' && result !== undefined) return result;
          throw error;
        }
      },
      close: () => store.close(),
    }),
  }),
  mutated('formForgotten', 'one form, one receipt', 10, {
    store: (store) =>
      writing(store, (write) => ({
        commandOfForm: () => null,
        insertCommand: (command) => write.insertCommand({ ...command, formId: null }),
      })),
  }),
  mutated('makersMayClose', 'a case is closed by another person', 20, {
    store: (store) =>
      writing(store, (write) => {
        let resolving = false;
        return {
          exception(id) {
            resolving = true;
            return write.exception(id);
          },
          command(id) {
            const command = write.command(id);
            return resolving && command !== null ? { ...command, recordedBy: `not ${command.recordedBy}` } : command;
          },
        };
      }),
  }),
  mutated('caseNotOpened', 'a refusal opens a case', 10, {
    store: (store) => writing(store, () => ({ insertException: () => undefined })),
  }),
  mutated('interruptedForgotten', 'what was on the wire is looked for after a restart', 20, {
    store: (store) => ({
      read: (work) =>
        store.read((read) => work({ ...read, commandsIn: (state, most) => (state === 'sending' ? [] : read.commandsIn(state, most)) })),
      write: (work) =>
        store.write((write) => work({ ...write, commandsIn: (state, most) => (state === 'sending' ? [] : write.commandsIn(state, most)) })),
      close: () => store.close(),
    }),
  }),
  mutated(
    'vanishedUnseen',
    'what head office lost is noticed',
    20,
    sends((headOffice) => ({
      lookUp: async (command, credential) =>
        command.lastOutcome?.kind === 'accepted' ? command.lastOutcome : headOffice.lookUp(command, credential),
    })),
  ),
  mutated('markersLeftOut', 'money carries its marker', 5, {
    transport: (transport) => (request) =>
      transport(request.body === null ? request : { ...request, body: request.body.replaceAll(/\\"externalId\\":\\"[0-9a-f-]+\\",/g, '') }),
  }),
  mutated('numbersWithGaps', 'receipt numbers without gaps', 20, {
    store: (store) => {
      let taken = 0;
      return writing(store, (write) => ({
        lastReceiptSequence(deviceCode, businessDate) {
          taken = Math.max(taken, write.lastReceiptSequence(deviceCode, businessDate));
          taken += 1;
          return taken - 1;
        },
      }));
    },
  }),
  mutated(
    'amountRounded',
    'head office is told what was recorded',
    5,
    sends((headOffice) => ({
      send: (command, credential) =>
        headOffice.send(
          'amountMinor' in command.payload
            ? { ...command, payload: { ...command.payload, amountMinor: Math.ceil(command.payload.amountMinor / 1000) * 1000 } }
            : command,
          credential,
        ),
    })),
  ),
  mutated('eventLeftOut', 'each change of a state appends an event', 5, {
    store: (store) =>
      writing(store, (write) => ({
        insertCommandEvent(event) {
          if (event.to !== 'accepted') write.insertCommandEvent(event);
        },
      })),
  }),
  mutated('differenceHidden', 'a missing coin is declared', 20, {
    store: (store) =>
      writing(store, (write) => ({
        closeDrawer: (drawerId, closing) => write.closeDrawer(drawerId, { ...closing, differenceMinor: 0 }),
      })),
  }),
  mutated('reportPrettier', 'a Z says what the drawer says', 20, {
    store: (store) =>
      writing(store, (write) => ({
        insertReport: (report) =>
          write.insertReport({
            ...report,
            body: { ...report.body, drawers: report.body.drawers.map((drawer) => ({ ...drawer, takenMinor: drawer.takenMinor + 100 })) },
          }),
      })),
  }),
  mutated('slipForNothing', 'what leaves the vault comes into a drawer', 20, {
    store: (store) =>
      writing(store, (write) => ({
        insertMovement(movement) {
          if (movement.kind !== 'allocated') write.insertMovement(movement);
        },
      })),
  }),
  mutated(
    'portalBelieved',
    'a 200 that is no answer is not believed',
    20,
    sends((headOffice) => ({
      async send(command, credential) {
        const outcome = await headOffice.send(command, credential);
        return outcome.kind === 'inDoubt' && outcome.why === 'unknownShape'
          ? { kind: 'accepted', serverTransactionId: 1, how: 'posted' }
          : outcome;
      },
    })),
  ),
  mutated(
    'signInTakenForRefusal',
    'a 401 is no refusal',
    10,
    sends((headOffice) => ({
      async send(command, credential) {
        const outcome = await headOffice.send(command, credential);
        return outcome.kind === 'signInNeeded' ? { kind: 'rejected', code: outcome.why, message: null, status: 401 } : outcome;
      },
    })),
  ),
  mutated(
    'serverErrorTakenForRefusal',
    'a 5xx is no refusal',
    10,
    sends((headOffice) => ({
      async send(command, credential) {
        const outcome = await headOffice.send(command, credential);
        return outcome.kind === 'inDoubt' && outcome.why === 'serverError'
          ? { kind: 'rejected', code: 'error.msg.server', message: null, status: 500 }
          : outcome;
      },
    })),
  ),
  mutated(
    'refusedSentAgain',
    'a refusal waits for a manager',
    20,
    sends((headOffice) => ({
      async send(command, credential) {
        const outcome = await headOffice.send(command, credential);
        return outcome.kind === 'rejected' ? { kind: 'retryLater', why: 'busy', keyBurnt: true } : outcome;
      },
    })),
  ),
  mutated(
    'unfinishedAuditForgotten',
    'an unfinished audit row is read again',
    30,
    sends((headOffice) => ({
      // Neither by the row nor by the question which rows are open.
      async pullAudits(page, credential, only) {
        const answer = await headOffice.pullAudits(page, credential, only);
        if (!answer.ok) return answer;
        const rows = only === undefined ? answer.value.rows.map((audit) => ({ ...audit, unfinished: false, silent: false })) : [];
        return { ...answer, value: { ...answer.value, rows } };
      },
    })),
  ),
  mutated(
    'restoreUnseen',
    'a trail that tells another history is noticed',
    40,
    sends((headOffice) => ({
      async pullAudits(page, credential) {
        const answer = await headOffice.pullAudits(page, credential);
        if (!answer.ok) return answer;
        return { ...answer, value: { ...answer.value, rows: answer.value.rows.map((audit) => ({ ...audit, mark: 'the same' })) } };
      },
    })),
  ),
  mutated('rowsNotAddedUp', 'nothing is sent on a state, a key or an order that another hand wrote', 50, {
    store: (store) => writing(store, () => ({ sendingAddsUp: () => true })),
  }),
  mutated('oldPayloadUnread', 'what an older program left waiting is read', 20, { lifts: () => [] }),
  mutated('oldPayloadMisread', 'after an update head office is told the same', 20, {
    lifts: (lifts) =>
      lifts.map(({ from, lift }) => ({
        from,
        lift: (stored) => ({ ...lift(stored), transactionDate: '2026-11-19' }),
      })),
  }),
  mutated('copyUnchecked', 'a torn backup gets no name', 40, {
    copy: ({ file, copy }) => {
      copyFileSync(file, copy);
      return statSync(copy).size;
    },
  }),
];

let keptStore: Store | null = null;
