// What belongs to a client besides money: identifiers, notes, photo and documents. Uploads pass no command layer and
// know no idempotency, as in the real head office: a photo is replaced, a document is added again.
import { type Call, reply, requireRead } from '../call.ts';
import { runCommand } from '../commandLayer.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { dateTimeArray } from '../dates.ts';
import { integrityIssue, notFound, validationError } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { type Route, route } from '../router.ts';
import { clientCommand, findClient } from './clientRoutes.ts';

function identifiers(call: Call, clientId: number): HeadOfficeReply {
  requireRead(call, 'CLIENTIDENTIFIER');
  const rows = call.office.book.all(
    'SELECT i.*, v.name AS type_name FROM client_identifier i LEFT JOIN code_value v ON v.id = i.document_type_id WHERE i.client_id = ? ORDER BY i.id',
    clientId,
  ) as {
    id: number;
    client_id: number;
    document_type_id: number;
    type_name: string | null;
    document_key: string;
    description: string | null;
  }[];
  return reply(
    rows.map((row) => ({
      id: row.id,
      clientId: row.client_id,
      documentType: { id: row.document_type_id, name: row.type_name, active: true, mandatory: false },
      documentKey: row.document_key,
      description: row.description ?? undefined,
      status: 'clientIdentifierStatusType.active',
    })),
  );
}

function addIdentifier(call: Call, clientId: number): HeadOfficeReply {
  return clientCommand(
    call,
    clientId,
    'CREATE',
    () => {
      const body = readBody(parseObject(call.body), 'clientIdentifier', ['documentTypeId', 'documentKey', 'description', 'status']);
      const typeId = body.integer('documentTypeId');
      const key = body.text('documentKey', 50);
      const description = body.optionalText('description', 500);
      body.check();
      const client = findClient(call, clientId);
      const { book } = call.office;
      if (
        book.get('SELECT id FROM client_identifier WHERE client_id = ? AND document_type_id = ?', clientId, given(typeId)) !== undefined
      ) {
        throw integrityIssue('error.msg.clientIdentifier.type.duplicate', 'The client has a document of this type.', 'documentTypeId', [
          given(typeId),
        ]);
      }
      if (
        book.get('SELECT id FROM client_identifier WHERE document_type_id = ? AND document_key = ?', given(typeId), given(key)) !==
        undefined
      ) {
        throw integrityIssue('error.msg.clientIdentifier.identityKey.duplicate', 'A client with this document exists.', 'documentKey', [
          given(key),
        ]);
      }
      const id = book.run(
        'INSERT INTO client_identifier (client_id, document_type_id, document_key, description) VALUES (?,?,?,?)',
        clientId,
        given(typeId),
        given(key),
        description ?? null,
      );
      return { officeId: client.office_id, clientId, resourceId: id };
    },
    'CLIENTIDENTIFIER',
  );
}

interface Upload {
  name: string;
  description: string | null;
  fileName: string;
  type: string;
  /** Latin-1, one character per byte. */
  content: string;
}

/** Reads a multipart body whose characters stand for bytes (the listener decodes it as latin-1). */
function readUpload(call: Call): Upload {
  const boundary = /boundary="?([^";]+)"?/.exec(call.contentType)?.[1];
  if (boundary === undefined) throw validationError('validation.msg.document.file.cannot.be.blank', 'No file was sent.', 'file');
  const fields = new Map<string, string>();
  let file: { fileName: string; type: string; content: string } | null = null;
  for (const part of (call.body ?? '').split(`--${boundary}`)) {
    const split = part.indexOf('\r\n\r\n');
    if (split < 0) continue;
    const head = part.slice(0, split);
    const content = part.slice(split + 4).replace(/\r\n$/, '');
    const name = /name="([^"]*)"/.exec(head)?.[1] ?? '';
    const fileName = /filename="([^"]*)"/.exec(head)?.[1];
    if (fileName === undefined) fields.set(name, content);
    else file = { fileName, type: /content-type:\s*([^\r\n]+)/i.exec(head)?.[1] ?? 'application/octet-stream', content };
  }
  if (file === null) throw validationError('validation.msg.document.file.cannot.be.blank', 'No file was sent.', 'file');
  if (Math.floor((call.body ?? '').length / 1_048_576) > 5)
    throw integrityIssue('error.msg.document.file.too.big', 'The file is too big.', 'file');
  return { name: fields.get('name') ?? file.fileName, description: fields.get('description') ?? null, ...file };
}

function keepImage(call: Call, clientId: number): HeadOfficeReply {
  findClient(call, clientId);
  const upload = call.contentType.startsWith('multipart/') ? readUpload(call) : null;
  const content =
    upload === null ? (call.body ?? '') : `data:${upload.type};base64,${Buffer.from(upload.content, 'latin1').toString('base64')}`;
  if (!content.startsWith('data:image/'))
    throw validationError('validation.msg.image.file.format.is.invalid', 'Only gif, png and jpeg.', 'file');
  call.office.book.run('INSERT OR REPLACE INTO image (entity, entity_id, content) VALUES (?,?,?)', 'clients', clientId, content);
  return reply({ resourceId: clientId, resourceIdentifier: String(clientId) });
}

function showImage(call: Call, clientId: number): HeadOfficeReply {
  requireRead(call, 'CLIENTIMAGE');
  const row = call.office.book.get('SELECT content FROM image WHERE entity = ? AND entity_id = ?', 'clients', clientId) as
    { content: string } | undefined;
  if (row === undefined) throw notFound('error.msg.entity.image.invalid', 'Image does not exist', [clientId]);
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: row.content };
}

interface DocumentRow {
  id: number;
  entity: string;
  entity_id: number;
  name: string;
  file_name: string;
  size: number;
  type: string;
  description: string | null;
  content: string;
}

function documentReply(row: DocumentRow): object {
  return {
    id: row.id,
    parentEntityType: row.entity,
    parentEntityId: row.entity_id,
    name: row.name,
    fileName: row.file_name,
    size: row.size,
    type: row.type,
    description: row.description ?? undefined,
    storageType: 1,
  };
}

const DOCUMENT_OWNERS = ['clients', 'client_identifiers', 'loans', 'savings', 'groups', 'staff'];

function documentRoutes(entity: string): Route[] {
  return [
    route('GET', `${entity}/:n/documents`, (call, parts) => {
      requireRead(call, 'DOCUMENT');
      const rows = call.office.book.all(
        'SELECT * FROM document WHERE entity = ? AND entity_id = ? ORDER BY id',
        entity,
        parts.number(0),
      ) as DocumentRow[];
      return reply(rows.map(documentReply));
    }),
    route('POST', `${entity}/:n/documents`, (call, parts) => {
      const upload = readUpload(call);
      const id = call.office.book.run(
        'INSERT INTO document (entity, entity_id, name, file_name, size, type, description, content) VALUES (?,?,?,?,?,?,?,?)',
        entity,
        parts.number(0),
        upload.name,
        upload.fileName,
        upload.content.length,
        upload.type,
        upload.description,
        Buffer.from(upload.content, 'latin1').toString('base64'),
      );
      return reply({ resourceId: id, resourceIdentifier: String(id) });
    }),
    route('GET', `${entity}/:n/documents/:n/attachment`, (call, parts) => {
      requireRead(call, 'DOCUMENT');
      const row = call.office.book.get(
        'SELECT * FROM document WHERE entity = ? AND entity_id = ? AND id = ?',
        entity,
        parts.number(0),
        parts.number(1),
      ) as DocumentRow | undefined;
      if (row === undefined) throw notFound('error.msg.document.id.invalid', 'Document does not exist', [parts.number(1)]);
      return { status: 200, headers: { 'content-type': row.type, 'x-practice-encoding': 'base64' }, body: row.content };
    }),
  ];
}

export const clientPaperRoutes: readonly Route[] = [
  route('GET', 'clients/:n/identifiers', (call, parts) => identifiers(call, parts.number(0))),
  route('POST', 'clients/:n/identifiers', (call, parts) => addIdentifier(call, parts.number(0))),
  route('GET', 'clients/:n/images', (call, parts) => showImage(call, parts.number(0))),
  route('POST', 'clients/:n/images', (call, parts) => keepImage(call, parts.number(0))),
  route('PUT', 'clients/:n/images', (call, parts) => keepImage(call, parts.number(0))),
  ...DOCUMENT_OWNERS.flatMap(documentRoutes),
];
