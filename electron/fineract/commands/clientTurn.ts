// A turn in a client's life at head office: sent alone. It carries no mark, and needs none: the client is read first, and whoever stands there as
// it is wanted was told.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import { stateAfter, type ClientTurnPayload, type Ended, type Turn } from '../../../shared/domain/commands/kinds/clientTurn.ts';
import type { Answer, Credential } from '../../ports/headOffice.ts';
import { DATE_FORMAT } from '../dates.ts';
import type { JsonValue } from '../jsonText.ts';
import { decoding } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, Unreadable } from '../members.ts';
import { commandByKey } from '../window/commands.ts';
import { readChanges } from './changesThere.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import { ABSENT, lookUpFailed, notTold, unreadInDoubt } from './lookUp.ts';
import type { Found } from './lookUp.ts';
import { postAlone } from './post.ts';

interface DeedThere {
  readonly command: string;
  readonly action: string;
}

const DEEDS: Readonly<Record<Exclude<Turn['what'], 'reopen'>, DeedThere>> = {
  activate: { command: 'activate', action: 'ACTIVATE' },
  close: { command: 'close', action: 'CLOSE' },
  reject: { command: 'reject', action: 'REJECT' },
  withdraw: { command: 'withdraw', action: 'WITHDRAW' },
  serve: { command: 'assignStaff', action: 'ASSIGNSTAFF' },
};
const REOPENS: Readonly<Record<Ended, DeedThere>> = {
  closed: { command: 'reactivate', action: 'REACTIVATE' },
  rejected: { command: 'undoRejection', action: 'UNDOREJECT' },
  withdrawn: { command: 'undoWithdrawal', action: 'UNDOWITHDRAWAL' },
};
const NAMES_OFFICE: ReadonlySet<Turn['what']> = new Set(['activate', 'serve']);
const STATUS = { active: 300, pending: 100, closed: 600, rejected: 700, withdrawn: 800 } as const;

export const clientTurnThere: KindThere<ClientTurnPayload> = {
  send: (line, command, payload, credential) =>
    withNumberOf<Outcome>(command, payload.clientId, async (client) => {
      const read = await readState(line, client, payload.turn, credential);
      if (!read.ok) return notTold(read.trouble);
      if (read.value) return told(client);
      const url = `/clients/${String(client)}?command=${deedOf(payload.turn).command}`;
      return postAlone(line, command, url, bodyOf(payload.turn), { clientId: client }, credential);
    }),
  lookUp: (line, command, payload, credential, reader) =>
    withNumberOf<Found>(command, payload.clientId, async (client) => {
      const read = await readState(line, client, payload.turn, credential);
      if (!read.ok) return unreadInDoubt(command, read.trouble);
      if (read.value) return told(client);
      // Something else since, or never told: its own key says which, also where head office was put back to an earlier day.
      const byKey = reader === null ? null : await commandByKey(line, { ...deedThere(payload), key: command.idempotencyKey }, reader);
      if (byKey?.ok === true) return byKey.value?.fate === 'processed' ? told(client) : ABSENT;
      if (command.lastOutcome?.kind !== 'accepted') return ABSENT;
      // Told once, and something else since: of these turns head office's trail names no office, so that nobody at a branch is shown who said it.
      return NAMES_OFFICE.has(payload.turn.what) ? wasTold(line, client, payload, credential) : told(client);
    }),
  // Its body says nothing of the client, and the day is everybody's; its row says whom it is about.
  pending: ({ serverIds, postSingly }, payload) => {
    const client = serverIds[payload.clientId];
    return client === undefined ? null : { ...deedThere(payload), marker: { resource: client }, expected: postSingly };
  },
  rowsAreVisible: false,
};

function told(client: number): { readonly kind: 'accepted'; readonly serverTransactionId: number; readonly how: 'found' } {
  return { kind: 'accepted', serverTransactionId: client, how: 'found' };
}

function deedOf(turn: Turn): DeedThere {
  return turn.what === 'reopen' ? REOPENS[turn.from] : DEEDS[turn.what];
}

function deedThere({ turn }: ClientTurnPayload): { readonly entity: string; readonly action: string } {
  return { entity: 'CLIENT', action: deedOf(turn).action };
}

function bodyOf(turn: Turn): JsonValue {
  switch (turn.what) {
    case 'activate':
      return { activationDate: turn.on, ...DATE_FORMAT };
    case 'close':
      return { closureDate: turn.on, closureReasonId: turn.reason.serverId, ...DATE_FORMAT };
    case 'reject':
      return { rejectionDate: turn.on, rejectionReasonId: turn.reason.serverId, ...DATE_FORMAT };
    case 'withdraw':
      return { withdrawalDate: turn.on, withdrawalReasonId: turn.reason.serverId, ...DATE_FORMAT };
    case 'reopen':
      return { [turn.from === 'closed' ? 'reactivationDate' : 'reopenedDate']: turn.on, ...DATE_FORMAT };
    case 'serve':
      return { staffId: turn.staff.serverId };
  }
}

/** Whether it stands there as it is wanted. */
async function readState(line: Line, client: number, turn: Turn, credential: Credential): Promise<Answer<boolean>> {
  const answer = await line.ask({ method: 'GET', url: `/clients/${String(client)}` }, credential);
  if (!answer.ok) return answer;
  return decoding(() => {
    const row = new Members(answer.value, `client ${String(client)}`);
    if (row.id('id') !== client) throw new Unreadable(`client ${String(client)}: id`);
    if (turn.what === 'serve') return row.id('staffId') === turn.staff.serverId;
    const wanted = stateAfter(turn);
    return wanted !== null && row.enumeration('status') === STATUS[wanted];
  });
}

/** It stood there once and was changed since; lost is what head office knows no such deed of. */
async function wasTold(line: Line, client: number, payload: ClientTurnPayload, credential: Credential): Promise<Found> {
  const changes = await readChanges(line, { ...deedThere(payload), serverId: client }, credential);
  if (!changes.ok) return lookUpFailed(changes.trouble);
  const { rows, isAll } = changes.value;
  return rows.length > 0 || !isAll ? told(client) : ABSENT;
}
