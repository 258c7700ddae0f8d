// What head office's audit trail knows of one kind of deed on one record: the latest first, and whether that is all there is. Where a change
// carries no mark, this alone tells whether it was ever told, and by whom another one was made.

import type { Answer, Credential } from '../../ports/headOffice.ts';
import { decoding, query } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, needed } from '../members.ts';
import { decodeAudit, onlyAudits } from '../shelves/audits.ts';

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
  const ask = async (only?: 'underWay') => {
    const url = query('/audits', {
      paged: true,
      entityName: entity,
      actionName: action,
      resourceId: serverId,
      ...onlyAudits(only),
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
      const rows = list.children('pageItems').map((row) => ({ row, ...decodeAudit(row) }));
      return { rows, isAll: rows.length >= needed(list.integer('totalFilteredRecords'), list, 'totalFilteredRecords') };
    });
  };
  const all = await ask();
  if (!all.ok) return all;
  const { rows, isAll } = all.value;
  const isDone = ({ deed, silent }: (typeof rows)[number]): boolean => deed && silent !== true;
  // What was refused, or waits for a checker, left a row as well. So did what was done while head office fell: that row never says so.
  const isOpen = rows.some(({ unfinished, silent }) => unfinished || silent === true);
  const underWay = isOpen ? await ask('underWay') : null;
  if (underWay?.ok === false) return underWay;
  const fallen = new Set(underWay?.value.rows.map(({ auditId }) => auditId));
  return { ok: true, value: { rows: rows.filter((each) => isDone(each) || fallen.has(each.auditId)).map(({ row }) => row), isAll } };
}
