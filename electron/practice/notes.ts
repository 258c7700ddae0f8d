// Notes on clients, groups and accounts: one table, one shape, one set of paths for each kind of owner.
import { type Call, reply, requireRead } from './call.ts';
import { type CommandResult, runCommand } from './commandLayer.ts';
import { given, parseObject, readBody } from './commandBody.ts';
import { notFound } from './errors.ts';
import type { HeadOfficeReply } from './headOfficeHttp.ts';
import { type Route, route } from './router.ts';

interface Kind {
  /** What READ_ asks for, and the entity of the command. */
  permission: string;
  entity: string;
  type: { id: number; code: string; value: string };
  /** Where the owner stands, and what the answer calls it. */
  table: string;
  member: 'clientId' | 'loanId' | 'savingsId' | 'groupId';
  unknown: (id: number) => Error;
}

const unknownOwner =
  (word: string, name: string) =>
  (id: number): Error =>
    notFound(`error.msg.${word}.id.invalid`, `${name} with identifier ${String(id)} does not exist`, [id]);

const KINDS: Readonly<Record<string, Kind>> = {
  clients: {
    permission: 'CLIENTNOTE',
    entity: 'CLIENTNOTE',
    type: { id: 100, code: 'noteType.client', value: 'Client note' },
    table: 'client',
    member: 'clientId',
    unknown: unknownOwner('client', 'Client'),
  },
  loans: {
    permission: 'LOANNOTE',
    entity: 'LOANNOTE',
    type: { id: 200, code: 'noteType.loan', value: 'Loan note' },
    table: 'loan',
    member: 'loanId',
    unknown: unknownOwner('loan', 'Loan'),
  },
  savings: {
    permission: 'SAVINGNOTE',
    entity: 'SAVINGNOTE',
    type: { id: 500, code: 'noteType.saving', value: 'Saving account note' },
    table: 'savings_account',
    member: 'savingsId',
    unknown: unknownOwner('saving.account', 'Savings account'),
  },
  groups: {
    permission: 'GROUPNOTE',
    entity: 'GROUPNOTE',
    type: { id: 600, code: 'noteType.group', value: 'Group note' },
    table: 'client_group',
    member: 'groupId',
    unknown: unknownOwner('group', 'Group'),
  },
};

const TRANSACTION_NOTE = { id: 300, code: 'noteType.loan.transaction', value: 'Loan transaction note' };

function kindOf(resource: string): Kind {
  const kind = KINDS[resource];
  if (kind === undefined) throw notFound('error.msg.note.resource.not.supported', `Note does not support resource ${resource}`);
  return kind;
}

interface NoteRow {
  id: number;
  entity: string;
  entity_id: number;
  note: string;
  created_by: number;
  username: string;
  created_at: number;
  updated_by: number | null;
  updated_name: string | null;
  updated_at: number | null;
}

/** An instant with the offset of the institution's zone, as notes alone are dated. */
function zoned(call: Call, ms: number): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: call.office.zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  }).formatToParts(ms);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  const fraction = String(ms % 1000).padStart(3, '0');
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}:${of('second')}.${fraction}${of('timeZoneName').replace('GMT', '') || 'Z'}`;
}

export function noteReplies(call: Call, resource: string, id: number): object[] {
  const kind = kindOf(resource);
  const owner =
    kind.table === 'client' || kind.table === 'client_group'
      ? undefined
      : (call.office.book.get(`SELECT client_id FROM ${kind.table} WHERE id = ?`, id) as { client_id: number | null } | undefined);
  const rows = call.office.book.all(
    `SELECT n.*, u.username, w.username AS updated_name FROM note n JOIN user_account u ON u.id = n.created_by LEFT JOIN user_account w ON w.id = n.updated_by
     WHERE n.entity = ? AND n.entity_id = ? OR ? = 'loans' AND n.entity = 'loanTransactions' AND n.entity_id IN (SELECT id FROM loan_transaction WHERE loan_id = ?)
     ORDER BY n.id`,
    resource,
    id,
    resource,
    id,
  ) as NoteRow[];
  return rows.map((row) => ({
    id: row.id,
    clientId: resource === 'clients' ? id : (owner?.client_id ?? undefined),
    groupId: resource === 'groups' ? id : undefined,
    loanId: resource === 'loans' ? id : undefined,
    loanTransactionId: row.entity === 'loanTransactions' ? row.entity_id : undefined,
    noteType: row.entity === 'loanTransactions' ? TRANSACTION_NOTE : kind.type,
    note: row.note,
    createdById: row.created_by,
    createdByUsername: row.username,
    createdOn: zoned(call, row.created_at),
    updatedById: row.updated_by ?? row.created_by,
    updatedByUsername: row.updated_name ?? row.username,
    updatedOn: zoned(call, row.updated_at ?? row.created_at),
  }));
}

function readNotes(call: Call, resource: string, id: number): HeadOfficeReply {
  const kind = kindOf(resource);
  requireRead(call, kind.permission);
  return reply(noteReplies(call, resource, id));
}

function readText(call: Call): string {
  const body = readBody(parseObject(call.body), 'note', ['note']);
  const note = body.text('note', 1000);
  body.check();
  return given(note);
}

function answerFor(call: Call, kind: Kind, id: number): CommandResult {
  const row = call.office.book.get(`SELECT office_id FROM ${kind.table} WHERE id = ?`, id) as { office_id: number } | undefined;
  if (row === undefined) throw kind.unknown(id);
  return { officeId: row.office_id, [kind.member]: id };
}

function noteCommand(call: Call, resource: string, id: number, action: string, perform: (kind: Kind) => CommandResult): HeadOfficeReply {
  const kind = kindOf(resource);
  return runCommand(call, {
    action,
    entity: kind.entity,
    resourceId: id,
    ...(resource === 'clients' ? { clientId: id } : {}),
    perform: () => perform(kind),
  });
}

/** What somebody said along with a deed; nothing where nothing was said. */
export function keepSaid(call: Call, entity: string, entityId: number, note: string | undefined): void {
  if (note !== undefined) keepNote(call, entity, entityId, note);
}

function keepNote(call: Call, entity: string, entityId: number, note: string): number {
  return call.office.book.run(
    'INSERT INTO note (entity, entity_id, note, created_by, created_at) VALUES (?,?,?,?,?)',
    entity,
    entityId,
    note,
    call.caller.id,
    call.office.now(),
  );
}

function addNote(call: Call, resource: string, id: number): HeadOfficeReply {
  return noteCommand(call, resource, id, 'CREATE', (kind) => {
    const note = readText(call);
    const owner = answerFor(call, kind, id);
    const noteId = keepNote(call, resource, id, note);
    return { ...owner, resourceId: noteId };
  });
}

function requireNote(call: Call, resource: string, id: number, noteId: number): void {
  if (call.office.book.get('SELECT id FROM note WHERE entity = ? AND entity_id = ? AND id = ?', resource, id, noteId) !== undefined) return;
  throw notFound('error.msg.note.id.invalid', `Note with identifier ${String(noteId)} does not exist`, [noteId]);
}

function changeNote(call: Call, resource: string, id: number, noteId: number): HeadOfficeReply {
  return noteCommand(call, resource, id, 'UPDATE', (kind) => {
    const note = readText(call);
    requireNote(call, resource, id, noteId);
    call.office.book.run(
      'UPDATE note SET note = ?, updated_by = ?, updated_at = ? WHERE id = ?',
      note,
      call.caller.id,
      call.office.now(),
      noteId,
    );
    return { ...answerFor(call, kind, id), resourceId: noteId, changes: { note } };
  });
}

function deleteNote(call: Call, resource: string, id: number, noteId: number): HeadOfficeReply {
  return noteCommand(call, resource, id, 'DELETE', () => {
    requireNote(call, resource, id, noteId);
    call.office.book.run('DELETE FROM note WHERE id = ?', noteId);
    return { resourceId: noteId };
  });
}

export const noteRoutes: readonly Route[] = [
  route('GET', ':x/:n/notes', (call, parts) => readNotes(call, parts.text(0), parts.number(1))),
  route('POST', ':x/:n/notes', (call, parts) => addNote(call, parts.text(0), parts.number(1))),
  route('PUT', ':x/:n/notes/:n', (call, parts) => changeNote(call, parts.text(0), parts.number(1), parts.number(2))),
  route('DELETE', ':x/:n/notes/:n', (call, parts) => deleteNote(call, parts.text(0), parts.number(1), parts.number(2))),
];
