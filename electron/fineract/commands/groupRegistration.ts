// Founding a group or a center at head office: sent alone, with an external id that head office keeps unique. By that it is found again; what is found under
// it is ours only where it bears our name, for somebody may have used the institution's own id as well. Where people gave it another one since, it
// is known by its number there and by the request that made it.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import { markOfGroup, type Founding, type GroupRegistrationPayload } from '../../../shared/domain/commands/kinds/groupRegistration.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
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

/** What is founded, as head office names it. */
export interface FoundedThere<P> {
  readonly shelf: 'groups' | 'centers';
  readonly entity: 'GROUP' | 'CENTER';
  /** Who belongs to it from the beginning, and under which name head office takes them. */
  readonly membersOf: (payload: P) => readonly LocalId[];
  readonly members: 'clientMembers' | 'groupMembers';
  /** Somebody else has its external id there. */
  readonly taken: string;
}

export function foundingThere<P extends Founding>(founded: FoundedThere<P>): KindThere<P> {
  return {
    send: (line, command, payload, credential) =>
      withNumbersOf<Outcome>(command, founded.membersOf(payload), (members) => {
        const ours = { officeId: payload.officeServerId, resourceExternalId: markOfGroup(payload) };
        const request = { url: `/${founded.shelf}`, body: bodyOf(payload, founded.members, members), ours };
        return postUnderOwnNumber(line, command, request, credential, () => lookUp(founded, line, command, payload, credential));
      }),
    lookUp: (line, command, payload, credential) => lookUp(founded, line, command, payload, credential),
    pending: ({ postSingly }, payload) => ({
      entity: founded.entity,
      action: 'CREATE',
      marker: markOfGroup(payload),
      expected: postSingly,
    }),
  };
}

export const groupRegistrationThere = foundingThere<GroupRegistrationPayload>({
  shelf: 'groups',
  entity: 'GROUP',
  membersOf: ({ members }) => members,
  members: 'clientMembers',
  taken: 'error.msg.group.duplicate.externalId',
});

function bodyOf(payload: Founding, name: FoundedThere<Founding>['members'], members: readonly number[]): JsonValue {
  const { officeServerId, staff, submittedOn, activationDate } = payload;
  return {
    officeId: officeServerId,
    name: payload.name,
    externalId: markOfGroup(payload),
    ...(staff === null ? {} : { staffId: staff.serverId }),
    // Two of them may have been made one since.
    ...(members.length === 0 ? {} : { [name]: [...new Set(members)] }),
    submittedOnDate: submittedOn,
    active: activationDate !== null,
    ...(activationDate === null ? {} : { activationDate }),
    ...DATE_FORMAT,
  };
}

async function lookUp<P extends Founding>(
  founded: FoundedThere<P>,
  line: Line,
  command: CommandToSend,
  payload: P,
  credential: Credential,
): Promise<Found> {
  const { shelf, taken } = founded;
  const mark = markOfGroup(payload);
  // Without an order that says which way, head office breaks off (observed 6.1).
  const url = query(`/${shelf}`, { paged: true, externalId: mark, orderBy: 'id', sortOrder: 'ASC', offset: 0, limit: PAGE });
  const answer = await line.ask({ method: 'GET', url }, credential);
  if (!answer.ok) return lookUpFailed(answer.trouble);
  const read = decoding(() => {
    const rows = new Members(answer.value, shelf).children('pageItems');
    const own = rows.find((row) => row.text('externalId')?.toLowerCase() === mark.toLowerCase());
    return own === undefined ? null : { id: own.id('id'), name: own.text('name') };
  });
  if (!read.ok) return lookUpFailed(read.trouble);
  if (read.value === null) return lookUpRenumbered(founded, line, command, mark, credential);
  const { id, name } = read.value;
  if (id === null) return lookUpFailed(null);
  return name?.trim() === payload.name || isKnownAs(command, id)
    ? { kind: 'accepted', serverTransactionId: id, how: 'found' }
    : { kind: 'rejected', code: taken, message: null, status: 403 };
}

/** Nothing has its mark now. What head office made of it then is ours still where the request that made it bore that mark. */
async function lookUpRenumbered<P>(
  { shelf, entity }: FoundedThere<P>,
  line: Line,
  { lastOutcome }: CommandToSend,
  mark: string,
  credential: Credential,
): Promise<Found> {
  if (lastOutcome?.kind !== 'accepted') return ABSENT;
  const serverId = lastOutcome.serverTransactionId;
  const answer = await line.ask({ method: 'GET', url: `/${shelf}/${String(serverId)}` }, credential);
  if (!answer.ok) return isGone(answer.trouble) ? ABSENT : lookUpFailed(answer.trouble);
  const changes = await readChanges(line, { entity, action: 'CREATE', serverId }, credential);
  if (!changes.ok) return lookUpFailed(changes.trouble);
  const { rows } = changes.value;
  // Of one that was made so long ago that its row was purged, none says otherwise.
  const isOurs = rows.length === 0 || rows.some((row) => row.text('commandAsJson')?.includes(JSON.stringify(mark)) === true);
  return isOurs ? { kind: 'accepted', serverTransactionId: serverId, how: 'found' } : ABSENT;
}
