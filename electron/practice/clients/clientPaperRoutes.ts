// Photo and documents. Uploads pass no command layer and know no idempotency, as in the real head office: a photo is
// replaced, a document is added again, and nobody asks whether its owner exists.
import { type Call, has, reply } from '../call.ts';
import { domainRule, forbidden, notFound, validationError } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { type Route, route } from '../router.ts';
import { findClient } from './clientBook.ts';
import { readUpload, requestSize, requireBelievable, requireSmall } from './uploads.ts';

function mayRead(call: Call, entity: string, said: string): void {
  if (has(call.caller, `READ_${entity}`) || call.caller.permissions.has('ALL_FUNCTIONS_READ')) return;
  throw forbidden(`User has no authority to READ ${said}`);
}

/** Files are guarded by the method itself, which says no more than this. */
function mayWrite(call: Call, permission: string): void {
  if (!has(call.caller, permission)) throw forbidden('Access Denied');
}

const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif'];
const DATA_URL = /^data:image\/(png|jpeg|gif);base64,(.*)$/s;
const LINE = 76;

/** Only the bytes are kept; their kind is forgotten, as in the real one. */
function readImage(call: Call): string {
  if (call.contentType.startsWith('multipart/')) {
    const upload = readUpload(call);
    if (!IMAGE_TYPES.includes(upload.type))
      throw domainRule('error.msg.image.type.upload', `Only image files of type GIF,PNG and JPG are allowed, but not: ${upload.type}`);
    return Buffer.from(upload.content, 'latin1').toString('base64');
  }
  const content = DATA_URL.exec(call.body ?? '')?.[2];
  if (content === undefined) throw domainRule('error.msg.dataURL.save', "Only GIF, PNG and JPEG Data URL's are allowed");
  return Buffer.from(content, 'base64').toString('base64');
}

function keepImage(call: Call, clientId: number): HeadOfficeReply {
  mayWrite(call, 'CREATE_CLIENTIMAGE');
  findClient(call, clientId);
  const { book } = call.office;
  const content = readImage(call);
  const old = book.get(`SELECT id FROM image WHERE entity = 'clients' AND entity_id = ?`, clientId) as { id: number | null } | undefined;
  const last = book.get('SELECT COALESCE(MAX(id), 0) AS last FROM image') as { last: number };
  book.run(
    'INSERT OR REPLACE INTO image (entity, entity_id, content, id) VALUES (?,?,?,?)',
    'clients',
    clientId,
    content,
    old?.id ?? last.last + 1,
  );
  return reply({ resourceId: clientId, resourceIdentifier: String(clientId) });
}

function findImage(call: Call, clientId: number): string {
  const row = call.office.book.get('SELECT content FROM image WHERE entity = ? AND entity_id = ?', 'clients', clientId) as
    { content: string } | undefined;
  if (row === undefined)
    throw notFound('error.msg.entity.image.invalid', `Image for resource clients with Identifier ${String(clientId)} does not exist`, [
      'clients',
      clientId,
    ]);
  // Files of an earlier practice kept the whole data URL.
  return DATA_URL.exec(row.content)?.[2] ?? row.content;
}

/** Whatever was sent comes back as a JPEG by name, in lines of 76 characters. */
function showImage(call: Call, clientId: number): HeadOfficeReply {
  mayRead(call, 'CLIENTIMAGE', 'clientimages');
  const client = findClient(call, clientId);
  const content = findImage(call, clientId);
  if (call.query.get('output') === 'octet')
    return {
      status: 200,
      headers: {
        'content-type': 'image/png',
        'content-disposition': `attachment; filename="${client.display_name}JPEG"`,
        'x-practice-encoding': 'base64',
      },
      body: content,
    };
  const lines = content.match(new RegExp(`.{1,${String(LINE)}}`, 'g')) ?? [];
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: `data:image/jpeg;base64,${lines.join('\r\n')}` };
}

function deleteImage(call: Call, clientId: number): HeadOfficeReply {
  mayWrite(call, 'DELETE_CLIENTIMAGE');
  findClient(call, clientId);
  call.office.book.run(`DELETE FROM image WHERE entity = 'clients' AND entity_id = ?`, clientId);
  return reply({ resourceId: clientId, resourceIdentifier: String(clientId) });
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
  };
}

const DOCUMENT_OWNERS = ['clients', 'client_identifiers', 'loans', 'savings', 'groups', 'staff'];

function requireOwnerKind(entity: string): void {
  if (DOCUMENT_OWNERS.includes(entity)) return;
  throw notFound('error.documentmanagement.entitytype.invalid', `Document Management is not support for the Entity Type: ${entity}`, [
    entity,
  ]);
}

function findDocument(call: Call, entity: string, ownerId: number, id: number): DocumentRow {
  mayRead(call, 'DOCUMENT', 'documents');
  const row = call.office.book.get('SELECT * FROM document WHERE entity = ? AND entity_id = ? AND id = ?', entity, ownerId, id) as
    DocumentRow | undefined;
  if (row === undefined)
    throw notFound(
      'error.msg.document.id.invalid',
      `Document with identifier ${String(id)} does not exist for the ${entity} with Identifier ${String(ownerId)}`,
      [id],
    );
  return row;
}

function keepDocument(call: Call, entity: string, ownerId: number): HeadOfficeReply {
  mayWrite(call, 'CREATE_DOCUMENT');
  requireOwnerKind(entity);
  const upload = readUpload(call);
  requireSmall(call, upload.fileName);
  if (upload.name === null || upload.name === '')
    throw validationError('validation.msg.document.name.cannot.be.blank', 'The parameter `name` is mandatory.', 'name', [null]);
  requireBelievable(upload);
  const id = call.office.book.run(
    'INSERT INTO document (entity, entity_id, name, file_name, size, type, description, content) VALUES (?,?,?,?,?,?,?,?)',
    entity,
    ownerId,
    upload.name,
    upload.fileName,
    requestSize(call),
    upload.type,
    upload.description,
    Buffer.from(upload.content, 'latin1').toString('base64'),
  );
  return reply({ resourceId: id, resourceIdentifier: String(id) });
}

export const clientPaperRoutes: readonly Route[] = [
  route('GET', 'clients/:n/images', (call, parts) => showImage(call, parts.number(0))),
  route('POST', 'clients/:n/images', (call, parts) => keepImage(call, parts.number(0))),
  route('PUT', 'clients/:n/images', (call, parts) => keepImage(call, parts.number(0))),
  route('DELETE', 'clients/:n/images', (call, parts) => deleteImage(call, parts.number(0))),
  route('GET', ':x/:n/documents', (call, parts) => {
    mayRead(call, 'DOCUMENT', 'documents');
    requireOwnerKind(parts.text(0));
    const rows = call.office.book.all(
      'SELECT * FROM document WHERE entity = ? AND entity_id = ? ORDER BY id',
      parts.text(0),
      parts.number(1),
    ) as DocumentRow[];
    return reply(rows.map(documentReply));
  }),
  route('POST', ':x/:n/documents', (call, parts) => keepDocument(call, parts.text(0), parts.number(1))),
  route('GET', ':x/:n/documents/:n', (call, parts) =>
    reply(documentReply(findDocument(call, parts.text(0), parts.number(1), parts.number(2)))),
  ),
  route('DELETE', ':x/:n/documents/:n', (call, parts) => {
    mayWrite(call, 'DELETE_DOCUMENT');
    const row = findDocument(call, parts.text(0), parts.number(1), parts.number(2));
    call.office.book.run('DELETE FROM document WHERE id = ?', row.id);
    return reply({ resourceId: row.id, resourceIdentifier: String(row.id) });
  }),
  route('GET', ':x/:n/documents/:n/attachment', (call, parts) => {
    const row = findDocument(call, parts.text(0), parts.number(1), parts.number(2));
    return {
      status: 200,
      headers: {
        'content-type': row.type,
        'content-disposition': `attachment; filename="${row.file_name}"`,
        'x-practice-encoding': 'base64',
      },
      body: row.content,
    };
  }),
];
