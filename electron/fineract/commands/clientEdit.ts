// A change to what head office knows of a client, field by field.

import { EDITED_FIELDS, type EditedField } from '../../../shared/domain/clients/editedFields.ts';
import type { ClientEditPayload } from '../../../shared/domain/commands/kinds/clientEdit.ts';
import type { FieldEdits } from '../../../shared/domain/commands/kinds/fieldEdit.ts';
import type { Answer, Credential } from '../../ports/headOffice.ts';
import { DATE_FORMAT } from '../dates.ts';
import { decoding } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, Unreadable } from '../members.ts';
import { fieldEditThere, type FieldsThere } from './fieldEdit.ts';

const urlOf = (client: number): string => `/clients/${String(client)}`;

export const clientEditThere = fieldEditThere(
  {
    names: EDITED_FIELDS,
    entity: 'CLIENT',
    urlOf,
    read: readFields,
    bodyOf,
    oursOf: (clientId) => ({ clientId }),
    changedThere: 'client.changedThere',
  },
  ({ clientId, fields }: ClientEditPayload) => ({ record: clientId, fields }),
);

/** Both parts of a person's name go together (observed 6.3). */
function bodyOf(fields: FieldEdits<EditedField>, there: FieldsThere<EditedField>) {
  const isNamed = fields.firstname !== undefined || fields.lastname !== undefined;
  const name = isNamed
    ? { firstname: fields.firstname?.after ?? there.firstname ?? '', lastname: fields.lastname?.after ?? there.lastname ?? '' }
    : {};
  return {
    ...name,
    ...(fields.fullname === undefined ? {} : { fullname: fields.fullname.after ?? '' }),
    ...(fields.mobileNo === undefined ? {} : { mobileNo: fields.mobileNo.after ?? '' }),
    ...(fields.dateOfBirth === undefined ? {} : { dateOfBirth: fields.dateOfBirth.after ?? '' }),
    ...DATE_FORMAT,
  };
}

async function readFields(line: Line, client: number, credential: Credential): Promise<Answer<FieldsThere<EditedField>>> {
  const answer = await line.ask({ method: 'GET', url: urlOf(client) }, credential);
  if (!answer.ok) return answer;
  return decoding(() => {
    const row = new Members(answer.value, `client ${String(client)}`);
    if (row.id('id') !== client) throw new Unreadable(`client ${String(client)}: id`);
    const said = (name: string): string | null => {
      const text = row.text(name)?.trim() ?? '';
      return text === '' ? null : text;
    };
    return {
      firstname: said('firstname'),
      lastname: said('lastname'),
      fullname: said('fullname'),
      mobileNo: said('mobileNo'),
      dateOfBirth: row.date('dateOfBirth'),
    };
  });
}
