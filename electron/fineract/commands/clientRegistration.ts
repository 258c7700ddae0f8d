// Registering a client at head office: sent alone, with an external id that head office keeps unique. By that it is found again; what is
// found under it is ours only where it says what we said of the person, for somebody may have used the institution's own id as well.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import { markOfClient, type ClientRegistrationPayload } from '../../../shared/domain/commands/kinds/clientRegistration.ts';
import type { CommandToSend, Credential } from '../../ports/headOffice.ts';
import { DATE_FORMAT } from '../dates.ts';
import { decoding, query } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, needed } from '../members.ts';
import type { KindThere } from './kindThere.ts';
import { ABSENT, isKnownAs, lookUpFailed } from './lookUp.ts';
import type { Found } from './lookUp.ts';
import { postUnderOwnNumber } from './ownNumber.ts';

const PERSON = 1;
const BUSINESS = 2;
/** The list is asked for what contains the id, so that a short one may be in many. */
const PAGE = 200;
const PAGES_MAX = 20;
const TAKEN = 'error.msg.client.duplicate.externalId';

export const clientRegistrationThere: KindThere<ClientRegistrationPayload> = {
  send,
  lookUp,
  pending: ({ postSingly }, payload) => ({ entity: 'CLIENT', action: 'CREATE', marker: markOfClient(payload), expected: postSingly }),
};

function send(line: Line, command: CommandToSend, payload: ClientRegistrationPayload, credential: Credential): Promise<Outcome> {
  const ours = { officeId: payload.officeServerId, resourceExternalId: markOfClient(payload) };
  const request = { url: '/clients', body: bodyOf(payload), ours };
  return postUnderOwnNumber(line, command, request, credential, () => lookUp(line, command, payload, credential));
}

function bodyOf(payload: ClientRegistrationPayload) {
  const { legalForm, firstname, middlename, lastname, fullname, activationDate } = payload;
  return {
    officeId: payload.officeServerId,
    legalFormId: legalForm === 'person' ? PERSON : BUSINESS,
    ...(legalForm === 'person' ? { firstname, ...(middlename === '' ? {} : { middlename }), lastname } : { fullname }),
    externalId: markOfClient(payload),
    ...(payload.mobileNo === null ? {} : { mobileNo: payload.mobileNo }),
    ...(payload.dateOfBirth === null ? {} : { dateOfBirth: payload.dateOfBirth }),
    ...(payload.gender === null ? {} : { genderId: payload.gender.serverId }),
    ...(payload.clientType === null ? {} : { clientTypeId: payload.clientType.serverId }),
    ...(payload.classification === null ? {} : { clientClassificationId: payload.classification.serverId }),
    ...(payload.staff === null ? {} : { staffId: payload.staff.serverId }),
    submittedOnDate: payload.submittedOn,
    active: activationDate !== null,
    ...(activationDate === null ? {} : { activationDate }),
    ...DATE_FORMAT,
  };
}

async function lookUp(line: Line, command: CommandToSend, payload: ClientRegistrationPayload, credential: Credential): Promise<Found> {
  const mark = markOfClient(payload);
  for (let page = 0, seen = 0; ; page += 1) {
    const url = query('/clients', { externalId: mark, orderBy: 'id', sortOrder: 'ASC', offset: page * PAGE, limit: PAGE });
    const answer = await line.ask({ method: 'GET', url }, credential);
    if (!answer.ok) return lookUpFailed(answer.trouble);
    const read = decoding(() => {
      const list = new Members(answer.value, 'clients');
      return { rows: list.children('pageItems'), total: needed(list.integer('totalFilteredRecords'), list, 'totalFilteredRecords') };
    });
    if (!read.ok) return lookUpFailed(read.trouble);
    const own = read.value.rows.find((row) => row.text('externalId')?.toLowerCase() === mark.toLowerCase());
    if (own !== undefined) return judge(own, command, payload);
    seen += read.value.rows.length;
    if (seen >= read.value.total) return ABSENT;
    if (read.value.rows.length === 0 || page >= PAGES_MAX) return lookUpFailed(null);
  }
}

function judge(row: Members, command: CommandToSend, payload: ClientRegistrationPayload): Found {
  const id = row.id('id');
  if (id === null) return lookUpFailed(null);
  const saysTheSame =
    (payload.legalForm === 'person'
      ? isText(row, 'firstname', payload.firstname) &&
        isText(row, 'middlename', payload.middlename) &&
        isText(row, 'lastname', payload.lastname)
      : isText(row, 'fullname', payload.fullname)) &&
    isText(row, 'mobileNo', payload.mobileNo ?? '') &&
    row.date('dateOfBirth') === payload.dateOfBirth;
  return saysTheSame || isKnownAs(command, id)
    ? { kind: 'accepted', serverTransactionId: id, how: 'found' }
    : { kind: 'rejected', code: TAKEN, message: null, status: 403 };
}

function isText(row: Members, name: string, said: string): boolean {
  return (row.text(name) ?? '').trim() === said.trim();
}
