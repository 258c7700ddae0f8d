// A client's identity papers at head office (contract 6.5): those that are in force there. Of one that is not another may be written.

import type { Answer, Credential, IdentifierThere } from '../../ports/headOffice.ts';
import { nonsense } from '../classifyTrouble.ts';
import { decoding, failed } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, needed } from '../members.ts';

const INACTIVE = 'clientIdentifierStatusType.inactive';

export async function readIdentifiers(
  line: Line,
  clientServerId: number,
  credential: Credential,
): Promise<Answer<readonly IdentifierThere[]>> {
  const answer = await line.ask({ method: 'GET', url: `/clients/${clientServerId}/identifiers` }, credential);
  if (!answer.ok) return answer;
  const { value } = answer;
  if (!Array.isArray(value)) return failed(nonsense('identifiers that are no list'));
  return decoding(() =>
    (value as readonly unknown[]).flatMap((each) => {
      const row = new Members(each, `identifiers of client ${clientServerId}`);
      if (row.text('status') === INACTIVE) return [];
      const type = needed(row.child('documentType'), row, 'documentType');
      const paper: IdentifierThere = {
        serverId: needed(row.id('id'), row, 'id'),
        typeId: needed(type.id('id'), type, 'id'),
        type: needed(type.text('name'), type, 'name'),
        documentKey: needed(row.text('documentKey'), row, 'documentKey'),
        description: row.text('description') ?? '',
      };
      return [paper];
    }),
  );
}
