// The head office behind Fineract's HTTP: every call of the port, joined from the files of this room. Nothing outside this room knows its
// paths, fields or errors. It keeps no time and no timers, never logs, and never decides when to try again; that is sync's to do.

import type { Outcome } from '../../shared/domain/commands/command.ts';
import type { CommandToSend, Credential } from '../ports/headOffice.ts';
import type { WindowedHeadOffice } from '../ports/window.ts';
import { readBusinessDate, readToday } from './businessDate.ts';
import { kindThere } from './commands/allKindsThere.ts';
import { lookUpChecked } from './commands/checkerVerdict.ts';
import type { Found } from './commands/lookUp.ts';
import { lookUpPending } from './commands/pendingEntry.ts';
import type { HttpTransport } from './http.ts';
import { createLine } from './line.ts';
import type { Line } from './line.ts';
import { checkPreparation } from './preparation/checkPreparation.ts';
import { enrolDevice } from './preparation/enrolDevice.ts';
import { readDeviceRow, tellNumbersGiven } from './preparation/numbersGiven.ts';
import { prepare } from './preparation/prepare.ts';
import { reach } from './reach.ts';
import { decodeAudit, onlyAudits, readAuditsById } from './shelves/audits.ts';
import { readPicture } from './pictures.ts';
import { readIdentifiers } from './shelves/identifiers.ts';
import { readPayOff } from './shelves/payOff.ts';
import { pullPage } from './shelves/page.ts';
import { pullReference } from './shelves/reference.ts';
import { readTransaction } from './shelves/oneTransaction.ts';
import { SHELF_SOURCES } from './shelves/shelfTable.ts';
import { looksAtPeople, signIn } from './signIn.ts';
import { readVersion } from './version.ts';
import { fateByKey } from './window/fate.ts';
import { createReadingWindow } from './window/readingWindow.ts';

export interface GatewayOptions {
  readonly transport: HttpTransport;
  readonly tenant: string;
  readonly monotonicMs: () => number;
  /** Lets everything else that waits for this thread run once. Left out where no thread waits, as in virtual time. */
  readonly breathe?: () => Promise<void>;
}

export function createFineractGateway({ transport, tenant, monotonicMs, breathe = noBreath }: GatewayOptions): WindowedHeadOffice {
  const line = createLine(transport, tenant, monotonicMs);
  const breathing = { monotonicMs, breathe };
  return {
    reach: () => reach(line, monotonicMs),
    lastContact: () => line.lastContact(),
    signIn: (credential) => signIn(line, credential),
    looksAtPeople: () => looksAtPeople(line),
    timesRefused: (username) => line.timesRefused(username),
    readBusinessDate: (credential) => readBusinessDate(line, credential),
    readToday: (credential) => readToday(line, credential),

    send: (command, credential) => send(line, command, credential),
    lookUp: (command, credential, reader = null) => lookUp(line, command, credential, reader),

    pullReference: (shelf, credential, officeServerId) => pullReference(line, shelf, credential, officeServerId),
    listShelf: (shelf, page, credential) => SHELF_SOURCES[shelf].list(line, page, credential),
    readShelf: (shelf, serverIds, credential, way = 'together') => SHELF_SOURCES[shelf].read(line, serverIds, way, credential, breathing),
    readPicture: (clientServerId, sideMost, credential) => readPicture(line, clientServerId, sideMost, credential),
    readIdentifiers: (clientServerId, credential) => readIdentifiers(line, clientServerId, credential),
    readVersion: () => readVersion(line),
    readPayOff: (loanServerId, onDate, credential) => readPayOff(line, loanServerId, onDate, credential),
    readTransaction: (account, accountServerId, serverTransactionId, credential) =>
      readTransaction(line, account, accountServerId, serverTransactionId, credential),
    pullAudits: (page, credential, only) =>
      pullPage(line, '/audits', { paged: true, sortOrder: 'DESC', ...onlyAudits(only) }, page, decodeAudit, credential),
    pullAuditsById: (auditIds, credential) => readAuditsById(line, auditIds, credential, breathing),

    window: createReadingWindow(line, breathing),

    checkPreparation: (credential) => checkPreparation(line, credential),
    prepare: (credential, chosen) => prepare(line, credential, chosen),
    enrolDevice: (request, credential) => enrolDevice(line, request, credential),
    readDeviceRow: (device, credential) => readDeviceRow(line, device, credential),
    tellNumbersGiven: (told, credential) => tellNumbersGiven(line, told, credential),
  };
}

function noBreath(): Promise<void> {
  return Promise.resolve();
}

function send(line: Line, command: CommandToSend, credential: Credential): Promise<Outcome> {
  return kindThere(command.payload.kind).send(whileItMayLeave(line, command), command, command.payload, credential);
}

/** Some kinds read before they tell, and much may happen while they wait for that. */
function whileItMayLeave(line: Line, { mayLeave }: CommandToSend): Line {
  if (mayLeave === undefined) return line;
  return {
    ...line,
    send: (request, credential) =>
      request.method === 'GET' || mayLeave()
        ? line.send(request, credential)
        : Promise.resolve({ kind: 'neverSent', detail: 'the books say otherwise by now' }),
  };
}

async function lookUp(line: Line, command: CommandToSend, credential: Credential, reader: Credential | null): Promise<Found> {
  const { payload } = command;
  const kind = kindThere(payload.kind);
  const byMarker = (): Promise<Found> => kind.lookUp(line, command, payload, credential, reader);
  const last = command.lastOutcome;
  const hadWaited = last?.kind === 'waitingForChecker';
  if (reader !== null) {
    const found = await byMarker();
    if (found.kind !== 'absent') return found;
    // What waits was sent alone, whatever its way of posting is now.
    const deed = kind.pending({ ...command, postSingly: command.postSingly || hadWaited }, payload);
    if (deed === null) return found;
    const fate = await fateByKey(
      line,
      { action: deed.action, entity: deed.entity, key: command.idempotencyKey },
      hadWaited,
      byMarker,
      reader,
    );
    if (fate !== null) return fate;
  }
  if (hadWaited && last.serverCommandId !== null) {
    const ours = kind.pending({ ...command, postSingly: true }, payload);
    const verdict = await lookUpChecked(line, last.serverCommandId, byMarker, credential, ours);
    if (verdict.kind !== 'absent') return verdict;
  }
  const found = await byMarker();
  const search = found.kind === 'absent' ? kind.pending(command, payload) : null;
  if (search === null) return found;
  return lookUpPending(line, { ...search, expected: search.expected || hadWaited }, credential);
}
