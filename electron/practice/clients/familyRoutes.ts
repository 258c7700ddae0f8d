// Family of a client, and the address book that 1.10.1 leaves switched off.
import { type Call, reply, requireRead } from '../call.ts';
import type { CommandResult } from '../commandLayer.ts';
import { type CommandBody, type JsonObject, parseObject, readBody } from '../commandBody.ts';
import { dateArray } from '../dates.ts';
import { containerRefusal, integrityIssue, notFound } from '../errors.ts';
import { codeValueOptions } from '../options.ts';
import { type Route, route } from '../router.ts';
import { clientCommand, findClient } from './clientBook.ts';
import { familyOptions } from './clientTemplates.ts';

const FIELDS = [
  'firstName',
  'middleName',
  'lastName',
  'qualification',
  'mobileNumber',
  'age',
  'isDependent',
  'relationshipId',
  'maritalStatusId',
  'genderId',
  'professionId',
  'dateOfBirth',
  'clientId',
];

interface FamilyRow {
  id: number;
  client_id: number;
  first_name: string;
  middle_name: string;
  last_name: string;
  qualification: string;
  mobile_number: string;
  age: number | null;
  is_dependent: number;
  relationship_id: number;
  marital_id: number | null;
  gender_id: number | null;
  profession_id: number | null;
  born_on: string | null;
  relationship: string | null;
  marital: string | null;
  gender: string | null;
  profession: string | null;
}

function keepMember(call: Call, clientId: number, body: CommandBody): number {
  const relationship = body.optionalIdentifier('relationshipId');
  const values = [
    clientId,
    body.optionalText('firstName', 50) ?? '',
    body.optionalText('middleName', 50) ?? '',
    body.optionalText('lastName', 50) ?? '',
    body.optionalText('qualification', 100) ?? '',
    body.optionalText('mobileNumber', 50) ?? '',
    body.optionalIdentifier('age') ?? null,
    body.flag('isDependent') === true ? 1 : 0,
    relationship ?? null,
    body.optionalIdentifier('maritalStatusId') ?? null,
    body.optionalIdentifier('genderId') ?? null,
    body.optionalIdentifier('professionId') ?? null,
    body.optionalDate('dateOfBirth') ?? null,
  ];
  body.check();
  if (relationship === undefined)
    throw integrityIssue('error.msg.data.integrity.issue', "Column 'relationship_cv_id' cannot be null", null);
  return call.office.book.run(
    `INSERT INTO family_member (client_id, first_name, middle_name, last_name, qualification, mobile_number, age, is_dependent, relationship_id, marital_id, gender_id, profession_id,
     born_on) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)`,
    ...values,
  );
}

/** Members named in a registration. */
export function keepFamily(call: Call, clientId: number, raw: unknown): void {
  if (!Array.isArray(raw)) return;
  for (const each of raw as JsonObject[]) {
    if (each['relationshipId'] === undefined) {
      throw integrityIssue(
        'error.msg.client.unknown.data.integrity.issue',
        "Unknown data integrity issue with resource: Column 'relationship_cv_id' cannot be null",
        null,
      );
    }
    keepMember(call, clientId, readBody(each, 'FamilyMembers', FIELDS));
  }
}

function familyOf(call: Call, clientId: number): FamilyRow[] {
  return call.office.book.all(
    `SELECT f.*, r.name AS relationship, m.name AS marital, g.name AS gender, p.name AS profession FROM family_member f
     LEFT JOIN code_value r ON r.id = f.relationship_id LEFT JOIN code_value m ON m.id = f.marital_id LEFT JOIN code_value g ON g.id = f.gender_id
     LEFT JOIN code_value p ON p.id = f.profession_id WHERE f.client_id = ? ORDER BY f.id`,
    clientId,
  ) as FamilyRow[];
}

function familyReply(row: FamilyRow): object {
  return {
    id: row.id,
    clientId: row.client_id,
    firstName: row.first_name,
    middleName: row.middle_name,
    lastName: row.last_name,
    qualification: row.qualification,
    relationshipId: row.relationship_id,
    relationship: row.relationship ?? undefined,
    maritalStatusId: row.marital_id ?? undefined,
    maritalStatus: row.marital ?? undefined,
    genderId: row.gender_id ?? undefined,
    gender: row.gender ?? undefined,
    dateOfBirth: dateArray(row.born_on),
    professionId: row.profession_id ?? undefined,
    profession: row.profession ?? undefined,
    mobileNumber: row.mobile_number,
    age: row.age ?? undefined,
    isDependent: row.is_dependent === 1,
  };
}

function findMember(call: Call, clientId: number, id: number): FamilyRow {
  const row = familyOf(call, clientId).find((each) => each.id === id);
  if (row === undefined)
    throw notFound('error.msg.familymember.id.invalid', `Family member with identifier ${String(id)} does not exist`, [id]);
  return row;
}

function remove(call: Call, clientId: number, id: number): CommandResult {
  findMember(call, clientId, id);
  call.office.book.run('DELETE FROM family_member WHERE id = ?', id);
  return { resourceId: id };
}

const ADDRESS_FIELDS = [
  'street',
  'addressLine1',
  'addressLine2',
  'addressLine3',
  'townVillage',
  'city',
  'countyDistrict',
  'stateProvinceId',
  'countryId',
  'postalCode',
  'latitude',
  'longitude',
  'isActive',
  'addressId',
];

/** Which lines of an address the institution uses: number, name, switched on. */
const ADDRESS_CONFIGURATION: readonly (readonly [id: number, field: string, isEnabled: boolean])[] = [
  [1, 'addressType', true],
  [3, 'addressLine1', true],
  [4, 'addressLine2', true],
  [5, 'addressLine3', true],
  [6, 'townVillage', false],
  [7, 'city', true],
  [8, 'countyDistrict', false],
  [9, 'stateProvinceId', true],
  [10, 'countryId', true],
  [11, 'postalCode', true],
  [12, 'latitude', false],
  [13, 'longitude', false],
  [14, 'createdBy', true],
  [15, 'createdOn', true],
  [16, 'updatedBy', true],
  [17, 'updatedOn', true],
  [18, 'isActive', true],
];

const ENTITY = 'FAMILYMEMBERS';

export const familyRoutes: readonly Route[] = [
  route('GET', 'clients/:n/familymembers/template', (call) => reply(familyOptions(call))),
  route('GET', 'clients/:n/familymembers', (call, parts) => reply(familyOf(call, parts.number(0)).map(familyReply))),
  route('GET', 'clients/:n/familymembers/:n', (call, parts) => reply(familyReply(findMember(call, parts.number(0), parts.number(1))))),
  route('POST', 'clients/:n/familymembers', (call, parts) =>
    clientCommand(
      call,
      parts.number(0),
      'CREATE',
      () => {
        findClient(call, parts.number(0));
        return { resourceId: keepMember(call, parts.number(0), readBody(parseObject(call.body), 'FamilyMembers', FIELDS)) };
      },
      ENTITY,
    ),
  ),
  // 1.10.1 breaks on every change of a member.
  route('PUT', 'clients/:n/familymembers/:n', (call) => {
    throw containerRefusal(500, 'Internal Server Error', call.path, call.office.now());
  }),
  route('DELETE', 'clients/:n/familymembers/:n', (call, parts) =>
    clientCommand(call, parts.number(0), 'DELETE', () => remove(call, parts.number(0), parts.number(1)), ENTITY),
  ),
  route('GET', 'client/addresses/template', (call) =>
    reply({
      countryIdOptions: codeValueOptions(call, 'COUNTRY'),
      stateProvinceIdOptions: codeValueOptions(call, 'STATE'),
      addressTypeIdOptions: codeValueOptions(call, 'ADDRESS_TYPE'),
    }),
  ),
  route('GET', 'client/:n/addresses', (call) => {
    requireRead(call, 'ADDRESS');
    return reply([]);
  }),
  // The address book is off: its members are still looked at, and then nothing is kept.
  route('POST', 'client/:n/addresses', (call, parts) =>
    clientCommand(
      call,
      parts.number(0),
      'CREATE',
      () => {
        readBody(parseObject(call.body), 'Address', ADDRESS_FIELDS).check();
        throw containerRefusal(500, 'Internal Server Error', call.path, call.office.now());
      },
      'ADDRESS',
    ),
  ),
  route('GET', 'fieldconfiguration/ADDRESS', () =>
    reply(
      ADDRESS_CONFIGURATION.map(([id, field, isEnabled]) => ({
        fieldConfigurationId: id,
        entity: 'ADDRESS',
        subentity: 'CLIENT',
        field,
        isEnabled,
        isMandatory: false,
        validationRegex: '',
      })),
    ),
  ),
];
