// What head office tells about a group or a center: both are one kind of row, a center the level above.
import type { Call } from '../call.ts';
import { dateArray } from '../dates.ts';
import { clientStatus, groupStatus } from '../enumerations.ts';
import { didBy } from '../timeline.ts';

export const LEVEL_CENTER = 1;
export const LEVEL_GROUP = 2;

export interface GroupRow {
  id: number;
  account_no: string;
  external_id: string | null;
  name: string;
  status: number;
  office_id: number;
  office_name: string;
  staff_id: number | null;
  staff_name: string | null;
  submitted_on: string;
  activated_on: string | null;
  closed_on: string | null;
  submitted_by: number | null;
  activated_by: number | null;
  closed_by: number | null;
  level: number;
  parent_id: number | null;
  parent_name: string | null;
}

export const GROUP_COLUMNS = `g.*, o.name AS office_name, s.lastname || ', ' || s.firstname AS staff_name, p.name AS parent_name`;
export const GROUP_FROM =
  'FROM client_group g JOIN office o ON o.id = g.office_id LEFT JOIN staff s ON s.id = g.staff_id LEFT JOIN client_group p ON p.id = g.parent_id';

function hierarchyOf(row: GroupRow): string {
  return row.parent_id === null ? `.${String(row.id)}.` : `.${String(row.parent_id)}.${String(row.id)}.`;
}

function timelineOf(call: Call, row: GroupRow): object {
  const { book } = call.office;
  return {
    ...didBy(book, 'submitted', row.submitted_on, row.submitted_by),
    ...didBy(book, 'activated', row.activated_on, row.activated_by),
    ...didBy(book, 'closed', row.closed_on, row.closed_by),
  };
}

export function groupReply(call: Call, row: GroupRow): Record<string, unknown> {
  return {
    id: row.id,
    accountNo: row.account_no,
    name: row.name,
    externalId: row.external_id ?? undefined,
    // Of all its kinds head office names a group's state like a client's.
    status: clientStatus(row.status),
    active: row.status === 300,
    activationDate: dateArray(row.activated_on),
    officeId: row.office_id,
    officeName: row.office_name,
    centerId: row.parent_id ?? undefined,
    centerName: row.parent_name ?? undefined,
    staffId: row.staff_id ?? undefined,
    staffName: row.staff_name ?? undefined,
    hierarchy: hierarchyOf(row),
    groupLevel: '2',
    timeline: timelineOf(call, row),
  };
}

export function centerReply(call: Call, row: GroupRow): Record<string, unknown> {
  return {
    id: row.id,
    accountNo: row.account_no,
    name: row.name,
    externalId: row.external_id ?? undefined,
    officeId: row.office_id,
    officeName: row.office_name,
    staffId: row.staff_id ?? undefined,
    staffName: row.staff_name ?? undefined,
    hierarchy: hierarchyOf(row),
    status: groupStatus(row.status),
    active: row.status === 300,
    activationDate: dateArray(row.activated_on),
    timeline: timelineOf(call, row),
  };
}

/** A group as a loan names it: without times and names of staff. */
export function groupOfLoan(call: Call, id: number): object | undefined {
  const row = call.office.book.get(`SELECT ${GROUP_COLUMNS} ${GROUP_FROM} WHERE g.id = ?`, id) as GroupRow | undefined;
  if (row === undefined) return undefined;
  const { timeline: _timeline, staffName: _staffName, officeName: _officeName, ...group } = groupReply(call, row);
  return group;
}
