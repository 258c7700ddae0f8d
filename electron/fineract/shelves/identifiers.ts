// A client's identity papers at head office (contract 6.5).

import type { Answer, Credential, IdentifierThere } from '../../ports/headOffice.ts';
import { nonsense } from '../classifyTrouble.ts';
import { decoding, failed } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, needed } from '../members.ts';

const INACTIVE = 'clientIdentifierStatusType.inactive';

/** Those that are in force there: of one that is not another may be written. */
export async function readIdentifiers(
  line: Line,
  clientServerId: number,
  credential: Credential,
): Promise<Answer<readonly IdentifierThere[]>> {
  const answer = await listIdentifiers(line, clientServerId, credential);
  return answer.ok ? { ok: true, value: answer.value.flatMap(({ inForce, ...paper }) => (inForce ? [paper] : [])) } : answer;
}

/** All that head office ever had of the client and did not delete. */
export async function listIdentifiers(
  line: Line,
  clientServerId: number,
  credential: Credential,
): Promise<Answer<readonly (IdentifierThere & { readonly inForce: boolean })[]>> {
  const answer = await line.ask({ method: 'GET', url: `/clients/${clientServerId}/identifiers` }, credential);
  if (!answer.ok) return answer;
  const { value } = answer;
  if (!Array.isArray(value)) return failed(nonsense('identifiers that are no list'));
  return decoding(() =>
    (value as readonly unknown[]).map((each) => {
      const row = new Members(each, `identifiers of client ${clientServerId}`);
      const type = needed(row.child('documentType'), row, 'documentType');
      return {
        serverId: needed(row.id('id'), row, 'id'),
        typeId: needed(type.id('id'), type, 'id'),
        type: needed(type.text('name'), type, 'name'),
        documentKey: needed(row.text('documentKey'), row, 'documentKey'),
        description: row.text('description') ?? '',
        inForce: row.text('status') !== INACTIVE,
      };
    }),
  );
}
