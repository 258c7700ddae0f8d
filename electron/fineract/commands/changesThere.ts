// What head office's audit trail knows of one kind of deed on one record: the latest first, and whether that is all there is. Where a change
// carries no mark, this alone tells whether it was ever told, and by whom another one was made.

import type { Answer, Credential } from '../../ports/headOffice.ts';
import { decoding, query } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, needed } from '../members.ts';
import { decodeAudit } from '../shelves/audits.ts';

/** Of the last deeds on a record; an older one is not told. */
const LOOKED_AT = 50;

export interface ChangesThere {
  readonly rows: readonly Members[];
  readonly isAll: boolean;
}

export async function readChanges(
  line: Line,
  { entity, action, serverId }: { readonly entity: string; readonly action: string; readonly serverId: number },
  credential: Credential,
): Promise<Answer<ChangesThere>> {
  const url = query('/audits', {
    paged: true,
    entityName: entity,
    actionName: action,
    resourceId: serverId,
    includeJson: true,
    offset: 0,
    limit: LOOKED_AT,
    orderBy: 'id',
    sortOrder: 'DESC',
  });
  const answer = await line.ask({ method: 'GET', url }, credential);
  if (!answer.ok) return answer;
  return decoding(() => {
    const list = new Members(answer.value, 'audits');
    const rows = list.children('pageItems');
    const total = needed(list.integer('totalFilteredRecords'), list, 'totalFilteredRecords');
    // What was refused, or waits, left a row as well.
    const isDone = (row: Members): boolean => {
      const { deed, silent } = decodeAudit(row);
      return deed && silent !== true;
    };
    return { rows: rows.filter(isDone), isAll: rows.length >= total };
  });
}
