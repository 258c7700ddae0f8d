// Registering a person or a business: known here at once under the local number, told to head office when there is a line. Head office keeps
// one external id of a client and keeps it unique: the institution's own where somebody typed one, else our number. By that the client is
// found again after a lost reply.

import { isBusinessDate, type BusinessDate } from '../../../kernel/businessDate.ts';
import type { LocalId } from '../../../kernel/ids.ts';
import { isLocalNumber } from '../../clients/localNumber.ts';
import { creationOf, type FieldChange, type Kind } from './kind.ts';

/** One of head office's options, with the words in which it stood on the form. */
export type ChosenOption = Readonly<{ serverId: number; name: string }>;

export interface ClientRegistrationPayload {
  readonly kind: 'clientRegistration';
  readonly clientId: LocalId;
  readonly localNumber: string;
  readonly officeServerId: number;
  readonly legalForm: 'person' | 'business';
  /** Of a person; empty for a business. */
  readonly firstname: string;
  readonly middlename: string;
  readonly lastname: string;
  /** Of a business; empty for a person. */
  readonly fullname: string;
  readonly mobileNo: string | null;
  /** The institution's own, typed by people. */
  readonly externalId: string | null;
  readonly dateOfBirth: BusinessDate | null;
  readonly gender: ChosenOption | null;
  readonly clientType: ChosenOption | null;
  readonly classification: ChosenOption | null;
  readonly staff: ChosenOption | null;
  readonly submittedOn: BusinessDate;
  /** Null: registered, and not active yet. */
  readonly activationDate: BusinessDate | null;
}

/** As long as head office takes them. */
export const CLIENT_NAME_MAX = 50;
export const CLIENT_FULLNAME_MAX = 160;
export const CLIENT_MOBILE_MAX = 50;
export const CLIENT_EXTERNAL_ID_MAX = 100;

/** What head office knows the client by, unique there. */
export function markOfClient({ externalId, localNumber }: Pick<ClientRegistrationPayload, 'externalId' | 'localNumber'>): string {
  return externalId ?? localNumber;
}

export function displayNameOf(names: Pick<ClientRegistrationPayload, 'firstname' | 'middlename' | 'lastname' | 'fullname'>): string {
  if (names.fullname !== '') return names.fullname;
  return [names.firstname, names.middlename, names.lastname].filter((name) => name !== '').join(' ');
}

const clientRef = (localId: LocalId) => ({ kind: 'client', localId }) as const;

export const clientRegistration: Kind<ClientRegistrationPayload> = {
  version: 1,
  lifts: [],
  subjects: ({ clientId }) => [creationOf(clientRef(clientId))],
  refersTo: () => [],
  teaches: ({ clientId }) => clientRef(clientId),
  numbered: ({ localNumber }) => localNumber,
  concerns: ({ clientId }) => clientRef(clientId),
  money: null,
  changes: (payload) => [
    { what: 'fields', record: clientRef(payload.clientId), fields: fieldsOf(payload) },
    { what: 'state', record: clientRef(payload.clientId), state: payload.activationDate === null ? 'pending' : 'active' },
  ],
  editable: (payload) => ({
    ...(payload.legalForm === 'person'
      ? { firstname: payload.firstname, middlename: payload.middlename, lastname: payload.lastname }
      : { fullname: payload.fullname }),
    mobileNo: payload.mobileNo ?? '',
    externalId: payload.externalId ?? '',
    ...(payload.legalForm === 'person' ? { dateOfBirth: payload.dateOfBirth ?? '' } : {}),
  }),
  edit,
  ridesInBatch: () => false,
  // Its external id is unique there.
  looksUpBeforeItGoesAgain: false,
  ways: ['correct', 'merge', 'resubmit', 'withdraw'],
  never: [],
};

/** By the names that a client's row has them. */
function fieldsOf(payload: ClientRegistrationPayload): Readonly<Record<string, FieldChange>> {
  const after: Readonly<Record<string, string | null>> = {
    displayName: displayNameOf(payload),
    firstname: payload.firstname === '' ? null : payload.firstname,
    middlename: payload.middlename === '' ? null : payload.middlename,
    lastname: payload.lastname === '' ? null : payload.lastname,
    mobileNo: payload.mobileNo,
    externalId: payload.externalId,
    dateOfBirth: payload.dateOfBirth,
    gender: payload.gender?.name ?? null,
    clientType: payload.clientType?.name ?? null,
    classification: payload.classification?.name ?? null,
    staffName: payload.staff?.name ?? null,
    submittedOn: payload.submittedOn,
    activationDate: payload.activationDate,
  };
  return Object.fromEntries(
    Object.entries(after).flatMap(([name, value]) => (value === null ? [] : [[name, { before: null, after: value }]])),
  );
}

function edit(payload: ClientRegistrationPayload, fields: Readonly<Record<string, string>>): ClientRegistrationPayload | null {
  const said = (name: string, known: string | null): string => (fields[name] ?? known ?? '').trim();
  const isPerson = payload.legalForm === 'person';
  const next = {
    ...payload,
    firstname: isPerson ? said('firstname', payload.firstname) : '',
    middlename: isPerson ? said('middlename', payload.middlename) : '',
    lastname: isPerson ? said('lastname', payload.lastname) : '',
    fullname: isPerson ? '' : said('fullname', payload.fullname),
    mobileNo: orNull(said('mobileNo', payload.mobileNo)),
    externalId: orNull(said('externalId', payload.externalId)),
    dateOfBirth: isPerson ? orNull(said('dateOfBirth', payload.dateOfBirth)) : null,
  };
  const fits =
    (isPerson ? isName(next.firstname) && isName(next.lastname) && next.middlename.length <= CLIENT_NAME_MAX : isFullName(next.fullname)) &&
    (next.mobileNo ?? '').length <= CLIENT_MOBILE_MAX &&
    (next.externalId ?? '').length <= CLIENT_EXTERNAL_ID_MAX &&
    !isLocalNumber(next.externalId ?? '') &&
    (next.dateOfBirth === null || (isBusinessDate(next.dateOfBirth) && next.dateOfBirth < payload.submittedOn));
  return fits ? next : null;
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}

function isName(text: string): boolean {
  return text !== '' && text.length <= CLIENT_NAME_MAX;
}

function isFullName(text: string): boolean {
  return text !== '' && text.length <= CLIENT_FULLNAME_MAX;
}

export function isClientRegistration(payload: { readonly kind: string }): payload is ClientRegistrationPayload {
  return payload.kind === 'clientRegistration';
}
