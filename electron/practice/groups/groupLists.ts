// Lists of groups and of centers: paged or bare, by the same questions.
import { type Call, reply, requireRead } from '../call.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { readPage, scopePattern } from '../lists.ts';
import { centerReply, GROUP_COLUMNS, GROUP_FROM, groupReply, type GroupRow, LEVEL_CENTER } from './groupReplies.ts';

const ORDERS: Readonly<Record<string, string>> = { officeName: 'o.name', officeId: 'g.office_id', name: 'g.name', id: 'g.id' };

export function listGroups(call: Call, level: number): HeadOfficeReply {
  requireRead(call, level === LEVEL_CENTER ? 'CENTER' : 'GROUP');
  const conditions = ['o.hierarchy LIKE ?', 'g.level = ?'];
  const values: (string | number)[] = [scopePattern(call.caller.scope), level];
  for (const [name, condition] of [
    ['officeId', 'g.office_id = ?'],
    ['staffId', 'g.staff_id = ?'],
    ['externalId', 'g.external_id = ?'],
    ['centerId', 'g.parent_id = ?'],
  ] as const) {
    const asked = call.query.get(name);
    if (asked === null || asked === '') continue;
    conditions.push(condition);
    values.push(name === 'externalId' ? asked : Number(asked));
  }
  const named = call.query.get('name');
  if (named !== null && named !== '') {
    conditions.push('g.name LIKE ?');
    values.push(`%${named}%`);
  }
  const page = readPage(call.office.book, call.query, {
    columns: GROUP_COLUMNS,
    from: `${GROUP_FROM} WHERE ${conditions.join(' AND ')}`,
    values,
    orders: ORDERS,
    supportedOrders: Object.keys(ORDERS),
    needsLimit: true,
    defaultOrder: 'g.id',
  });
  const items = (page.rows as GroupRow[]).map((row) => (level === LEVEL_CENTER ? centerReply(call, row) : groupReply(call, row)));
  return reply(call.query.get('paged') === 'true' ? { totalFilteredRecords: page.totalFilteredRecords, pageItems: items } : items);
}
