// Whether one of our tables is there as it must be. A table whose unique column is not unique would promise what it does not keep.

import type { Answer, Credential, PreparationItem } from '../../ports/headOffice.ts';
import { decoding, isGone, isNothing } from '../line.ts';
import type { Line } from '../line.ts';
import { Members } from '../members.ts';
import type { Table } from './tables.ts';

export interface TableState {
  readonly state: PreparationItem['state'];
  readonly detail: string | null;
}

export async function readTable(line: Line, table: Table, credential: Credential): Promise<Answer<TableState>> {
  const answer = await line.ask({ method: 'GET', url: `/datatables/${table.name}` }, credential);
  if (!answer.ok) {
    if (isGone(answer.trouble) || isNothing(answer.trouble)) return { ok: true, value: { state: 'missing', detail: null } };
    if (answer.trouble.kind === 'refused') return { ok: true, value: { state: 'unknown', detail: answer.trouble.code } };
    return answer;
  }
  return decoding(() => judge(new Members(answer.value, table.name), table));
}

function judge(definition: Members, table: Table): TableState {
  // Whoever may not see the table is answered as if there were none.
  if (definition.text('registeredTableName') === null) return { state: 'missing', detail: null };
  if (definition.text('applicationTableName') !== table.belongsTo)
    return { state: 'wrong', detail: definition.text('applicationTableName') };
  const headers = definition.children('columnHeaderData');
  for (const column of table.columns) {
    const header = headers.find((each) => each.text('columnName')?.toLowerCase() === column.name);
    if (header === undefined && column.since === 'later') continue;
    if (header === undefined) return { state: 'wrong', detail: column.name };
    if (!column.unique) continue;
    const unique = header.raw['isColumnUnique'] ?? header.raw['columnUnique'];
    if (typeof unique !== 'boolean') return { state: 'unknown', detail: column.name };
    if (!unique) return { state: 'wrong', detail: column.name };
  }
  return { state: 'present', detail: null };
}
