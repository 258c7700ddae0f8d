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
import { withNumberOf, type KindThere } from './kindThere.ts';
import type { Found } from './lookUp.ts';
import { lookUpWanted, pendingOn, tellWanted, type Wanted } from './wantedState.ts';

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
    withNumberOf<Outcome>(command, payload.clientId, (client) => tellWanted(line, command, wanted(client, payload), credential)),
  lookUp: (line, command, payload, credential, reader) =>
    withNumberOf<Found>(command, payload.clientId, (client) => lookUpWanted(line, command, wanted(client, payload), credential, reader)),
  // Its body says nothing of the client, and the day is everybody's; its row says whom it is about.
  pending: (command, payload) => pendingOn(command, payload.clientId, deedThere(payload)),
};

function wanted(client: number, payload: ClientTurnPayload): Wanted {
  const { turn } = payload;
  return {
    serverId: client,
    stands: (line, credential) => readState(line, client, turn, credential),
    request: {
      url: `/clients/${String(client)}?command=${deedOf(turn).command}`,
      body: bodyOf(turn),
      ours: { clientId: client },
    },
    deed: deedThere(payload),
    // Of the other turns head office's trail names no office, so that nobody at a branch is shown who said it.
    isOnTrail: NAMES_OFFICE.has(turn.what),
  };
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
