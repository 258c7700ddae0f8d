// Papers that say who a client is: one of each kind for a client, and one client for each number.
import { type Call, reply, requireRead } from '../call.ts';
import type { CommandResult } from '../commandLayer.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { containerRefusal, domainRule, integrityIssue, notFound, validationError } from '../errors.ts';
import { codeValueOptions } from '../options.ts';
import { type Route, route } from '../router.ts';
import { clientCommand, findClient } from './clientBook.ts';

const KEY_MOST = 50;

interface IdentifierRow {
  id: number;
  client_id: number;
  document_type_id: number;
  type_name: string | null;
  document_key: string;
  description: string | null;
}

const SELECT =
  'SELECT i.*, v.name AS type_name FROM client_identifier i LEFT JOIN code_value v ON v.id = i.document_type_id WHERE i.client_id = ?';

function identifierReply(row: IdentifierRow): object {
  return {
    id: row.id,
    clientId: row.client_id,
    documentType: { id: row.document_type_id, name: row.type_name, active: false, mandatory: false },
    documentKey: row.document_key,
    description: row.description ?? undefined,
    status: 'clientIdentifierStatusType.active',
  };
}

function findIdentifier(call: Call, clientId: number, id: number): IdentifierRow {
  const row = call.office.book.get(`${SELECT} AND i.id = ?`, clientId, id) as IdentifierRow | undefined;
  if (row === undefined)
    throw notFound('error.msg.clientIdentifier.id.invalid', `Client Identifier with the primary key ${String(id)} does not exist`, [id]);
  return row;
}

function typeName(call: Call, id: number): string {
  const row = call.office.book.get('SELECT name FROM code_value WHERE id = ?', id) as { name: string } | undefined;
  if (row === undefined) throw notFound('error.msg.codevalue.id.invalid', `Code value with identifier ${String(id)} does not exist`, [id]);
  return row.name;
}

function add(call: Call, clientId: number): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, 'clientIdentifier', ['documentTypeId', 'documentKey', 'description', 'status']);
  const typeId = body.identifier('documentTypeId');
  const key = body.text('documentKey', Number.MAX_SAFE_INTEGER);
  const description = body.optionalText('description', 500);
  body.check();
  const { book } = call.office;
  const client = findClient(call, clientId);
  const type = typeName(call, given(typeId));
  // Nobody foresaw that the status may be missing.
  if (!body.has('status')) throw containerRefusal(500, 'Internal Server Error', call.path, call.office.now());
  if (book.get('SELECT id FROM client_identifier WHERE client_id = ? AND document_type_id = ?', clientId, given(typeId)) !== undefined)
    throw domainRule(
      'error.msg.clientIdentifier.type.duplicate',
      `Active Client identifier of type ${type} is already present for this client`,
      [type],
    );
  const other = book.get(
    `SELECT c.display_name, o.name AS office_name FROM client_identifier i JOIN client c ON c.id = i.client_id JOIN office o ON o.id = c.office_id
     WHERE i.document_type_id = ? AND i.document_key = ?`,
    given(typeId),
    given(key),
  ) as { display_name: string; office_name: string } | undefined;
  if (other !== undefined)
    throw domainRule(
      'error.msg.clientIdentifier.identityKey.duplicate',
      `Client ${other.display_name}under ${other.office_name} Branch already has a ${type} with unique key ${given(key)}`,
      [other.display_name, other.office_name, type, given(key)],
    );
  if (given(key).length > KEY_MOST)
    throw integrityIssue('error.msg.clientIdentifier.unknown.data.integrity.issue', 'Unknown data integrity issue with resource.', null);
  const id = book.run(
    'INSERT INTO client_identifier (client_id, document_type_id, document_key, description) VALUES (?,?,?,?)',
    clientId,
    given(typeId),
    given(key),
    description ?? null,
  );
  return { officeId: client.office_id, clientId, resourceId: id };
}

/** Head office does not see a changed description. */
function update(call: Call, clientId: number, id: number): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, 'clientIdentifier', ['documentTypeId', 'documentKey', 'description', 'status']);
  const typeId = body.optionalIdentifier('documentTypeId');
  const key = body.optionalText('documentKey', KEY_MOST);
  body.check();
  const client = findClient(call, clientId);
  if (typeId === undefined && key === undefined)
    throw validationError('validation.msg.clientIdentifier.no.parameters.for.update', 'No parameters passed for update.');
  const row = findIdentifier(call, clientId, id);
  call.office.book.run(
    'UPDATE client_identifier SET document_type_id = ?, document_key = ? WHERE id = ?',
    typeId ?? row.document_type_id,
    key ?? row.document_key,
    id,
  );
  return { officeId: client.office_id, clientId, resourceId: id, changes: { documentTypeId: typeId, documentKey: key } };
}

function remove(call: Call, clientId: number, id: number): CommandResult {
  const client = findClient(call, clientId);
  findIdentifier(call, clientId, id);
  call.office.book.run('DELETE FROM client_identifier WHERE id = ?', id);
  return { officeId: client.office_id, clientId, resourceId: id };
}

const ENTITY = 'CLIENTIDENTIFIER';

export const identifierRoutes: readonly Route[] = [
  route('GET', 'clients/:n/identifiers', (call, parts) => {
    requireRead(call, ENTITY);
    return reply((call.office.book.all(`${SELECT} ORDER BY i.id`, parts.number(0)) as IdentifierRow[]).map(identifierReply));
  }),
  route('GET', 'clients/:n/identifiers/template', (call) => {
    requireRead(call, ENTITY);
    return reply({ allowedDocumentTypes: codeValueOptions(call, 'Customer Identifier') });
  }),
  route('GET', 'clients/:n/identifiers/:n', (call, parts) => {
    requireRead(call, ENTITY);
    return reply(identifierReply(findIdentifier(call, parts.number(0), parts.number(1))));
  }),
  route('POST', 'clients/:n/identifiers', (call, parts) =>
    clientCommand(call, parts.number(0), 'CREATE', () => add(call, parts.number(0)), ENTITY),
  ),
  route('PUT', 'clients/:n/identifiers/:n', (call, parts) =>
    clientCommand(call, parts.number(0), 'UPDATE', () => update(call, parts.number(0), parts.number(1)), ENTITY),
  ),
  route('DELETE', 'clients/:n/identifiers/:n', (call, parts) =>
    clientCommand(call, parts.number(0), 'DELETE', () => remove(call, parts.number(0), parts.number(1)), ENTITY),
  ),
];
