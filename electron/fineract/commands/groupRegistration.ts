// Founding a group at head office: sent alone, with an external id that head office keeps unique. By that it is found again; what is found under
// it is ours only where it bears our name, for somebody may have used the institution's own id as well. Where people gave it another one since, it
// is known by its number there and by the request that made it.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import { markOfGroup, type GroupRegistrationPayload } from '../../../shared/domain/commands/kinds/groupRegistration.ts';
import type { CommandToSend, Credential } from '../../ports/headOffice.ts';
import { DATE_FORMAT } from '../dates.ts';
import type { JsonValue } from '../jsonText.ts';
import { decoding, isGone, query } from '../line.ts';
import type { Line } from '../line.ts';
import { Members } from '../members.ts';
import { withNumbersOf, type KindThere } from './kindThere.ts';
import { readChanges } from './changesThere.ts';
import { ABSENT, isKnownAs, lookUpFailed } from './lookUp.ts';
import type { Found } from './lookUp.ts';
import { postUnderOwnNumber } from './ownNumber.ts';

/** One has an external id; a second would be a head office that keeps none unique. */
const PAGE = 20;
const TAKEN = 'error.msg.group.duplicate.externalId';

export const groupRegistrationThere: KindThere<GroupRegistrationPayload> = {
  send: (line, command, payload, credential) =>
    withNumbersOf<Outcome>(command, payload.members, (members) => send(line, command, payload, members, credential)),
  lookUp,
  pending: ({ postSingly }, payload) => ({ entity: 'GROUP', action: 'CREATE', marker: markOfGroup(payload), expected: postSingly }),
};

function send(
  line: Line,
  command: CommandToSend,
  payload: GroupRegistrationPayload,
  members: readonly number[],
  credential: Credential,
): Promise<Outcome> {
  const ours = { officeId: payload.officeServerId, resourceExternalId: markOfGroup(payload) };
  const request = { url: '/groups', body: bodyOf(payload, members), ours };
  return postUnderOwnNumber(line, command, request, credential, () => lookUp(line, command, payload, credential));
}

function bodyOf(payload: GroupRegistrationPayload, members: readonly number[]): JsonValue {
  const { officeServerId, name, staff, submittedOn, activationDate } = payload;
  return {
    officeId: officeServerId,
    name,
    externalId: markOfGroup(payload),
    ...(staff === null ? {} : { staffId: staff.serverId }),
    // Two of them may have been made one client since.
    ...(members.length === 0 ? {} : { clientMembers: [...new Set(members)] }),
    submittedOnDate: submittedOn,
    active: activationDate !== null,
    ...(activationDate === null ? {} : { activationDate }),
    ...DATE_FORMAT,
  };
}

async function lookUp(line: Line, command: CommandToSend, payload: GroupRegistrationPayload, credential: Credential): Promise<Found> {
  const mark = markOfGroup(payload);
  // Without an order that says which way, head office breaks off (observed 6.1).
  const url = query('/groups', { paged: true, externalId: mark, orderBy: 'id', sortOrder: 'ASC', offset: 0, limit: PAGE });
  const answer = await line.ask({ method: 'GET', url }, credential);
  if (!answer.ok) return lookUpFailed(answer.trouble);
  const read = decoding(() => {
    const rows = new Members(answer.value, 'groups').children('pageItems');
    const own = rows.find((row) => row.text('externalId')?.toLowerCase() === mark.toLowerCase());
    return own === undefined ? null : { id: own.id('id'), name: own.text('name') };
  });
  if (!read.ok) return lookUpFailed(read.trouble);
  if (read.value === null) return lookUpRenumbered(line, command, mark, credential);
  const { id, name } = read.value;
  if (id === null) return lookUpFailed(null);
  return name?.trim() === payload.name || isKnownAs(command, id)
    ? { kind: 'accepted', serverTransactionId: id, how: 'found' }
    : { kind: 'rejected', code: TAKEN, message: null, status: 403 };
}

/** Nothing has its mark now. What head office made of it then is ours still where the request that made it bore that mark. */
async function lookUpRenumbered(line: Line, { lastOutcome }: CommandToSend, mark: string, credential: Credential): Promise<Found> {
  if (lastOutcome?.kind !== 'accepted') return ABSENT;
  const serverId = lastOutcome.serverTransactionId;
  const answer = await line.ask({ method: 'GET', url: `/groups/${String(serverId)}` }, credential);
  if (!answer.ok) return isGone(answer.trouble) ? ABSENT : lookUpFailed(answer.trouble);
  const changes = await readChanges(line, { entity: 'GROUP', action: 'CREATE', serverId }, credential);
  if (!changes.ok) return lookUpFailed(changes.trouble);
  const { rows } = changes.value;
  // Of one that was made so long ago that its row was purged, none says otherwise.
  const isOurs = rows.length === 0 || rows.some((row) => row.text('commandAsJson')?.includes(JSON.stringify(mark)) === true);
  return isOurs ? { kind: 'accepted', serverTransactionId: serverId, how: 'found' } : ABSENT;
}
