// Finding a client, and running a command on one.
import type { Call } from '../call.ts';
import { isInScope } from '../call.ts';
import { type CommandResult, runCommand } from '../commandLayer.ts';
import { notFound } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { CLIENT_COLUMNS, CLIENT_FROM, type ClientLine, clientNotFound, type ClientRow, unknownClient } from './clientReplies.ts';

export function findClient(call: Call, id: number): ClientRow {
  const row = call.office.book.get('SELECT * FROM client WHERE id = ?', id) as ClientRow | undefined;
  if (row === undefined) throw unknownClient(id);
  return row;
}

/** A client of another office is as unknown as one that does not exist. */
export function visibleClient(call: Call, id: number): ClientLine {
  const row = call.office.book.get(`SELECT ${CLIENT_COLUMNS} ${CLIENT_FROM} WHERE c.id = ?`, id) as ClientLine | undefined;
  if (row === undefined || !isInScope(call, row.office_id)) throw clientNotFound(id);
  return row;
}

export function idOfExternal(call: Call, externalId: string): number {
  const row = call.office.book.get('SELECT id FROM client WHERE external_id = ?', externalId) as { id: number } | undefined;
  // Nobody has it, so head office looks for nobody.
  if (row === undefined) throw notFound('error.msg.client.id.invalid', 'Client with identifier null does not exist', [null]);
  return row.id;
}

export function clientCommand(call: Call, id: number, action: string, perform: () => CommandResult, entity = 'CLIENT'): HeadOfficeReply {
  const client = call.office.book.get('SELECT office_id FROM client WHERE id = ?', id) as { office_id: number } | undefined;
  return runCommand(call, { action, entity, officeId: client?.office_id, clientId: id, resourceId: id, perform });
}
