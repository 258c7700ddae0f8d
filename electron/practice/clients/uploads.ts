// Files that are sent as forms, and what head office makes of their bytes: it looks inside, a name alone is not believed.
import type { Call } from '../call.ts';
import { domainRule, type ParameterError, validationErrors } from '../errors.ts';

export interface Upload {
  name: string | null;
  description: string | null;
  fileName: string;
  type: string;
  /** Latin-1, one character per byte. */
  content: string;
}

const MOST_MEGABYTES = 5;
const BYTES_PER_MEGABYTE = 1_048_576;

function missing(): Error {
  const parts = ['InputStream', 'FormDataContentDisposition', 'FormDataBodyPart'];
  return validationErrors(
    parts.map((parameter): ParameterError => ({
      code: `validation.msg.fileUpload.${parameter}.cannot.be.blank`,
      message: `The parameter \`${parameter}\` is mandatory.`,
      parameter,
      args: [null],
    })),
  );
}

/** Reads a multipart body whose characters stand for bytes (the listener decodes it as latin-1). */
export function readUpload(call: Call): Upload {
  const boundary = /boundary="?([^";]+)"?/.exec(call.contentType)?.[1];
  if (boundary === undefined) throw missing();
  const fields = new Map<string, string>();
  let file: { fileName: string; type: string; content: string } | null = null;
  for (const part of (call.body ?? '').split(`--${boundary}`)) {
    const split = part.indexOf('\r\n\r\n');
    if (split < 0) continue;
    const head = part.slice(0, split);
    const content = part.slice(split + 4).replace(/\r\n$/, '');
    const name = /name="([^"]*)"/.exec(head)?.[1] ?? '';
    const fileName = /filename="([^"]*)"/.exec(head)?.[1];
    if (fileName === undefined) fields.set(name, Buffer.from(content, 'latin1').toString('utf8'));
    else file = { fileName, type: /content-type:\s*([^\r\n]+)/i.exec(head)?.[1] ?? 'application/octet-stream', content };
  }
  if (file === null) throw missing();
  return { name: fields.get('name') ?? null, description: fields.get('description') ?? null, ...file };
}

/** The size that counts is that of the whole request. */
export function requestSize(call: Call): number {
  return (call.body ?? '').length;
}

export function requireSmall(call: Call, name: string): void {
  const size = requestSize(call);
  const megabytes = Math.floor(size / BYTES_PER_MEGABYTE);
  if (megabytes <= MOST_MEGABYTES) return;
  throw domainRule(
    'error.msg.document.file.too.big',
    `Unable to save the document with name${name} since its file Size of ${String(megabytes)} MB exceeds the max permissable file size  of ${String(MOST_MEGABYTES)} MB`,
    [name, size],
  );
}

const ALLOWED_NAMES = /\.(pdf|docx?|xlsx?|jpe?g|png)$/i;

/** The kinds that are told by their first bytes. */
const MAGIC: readonly (readonly [start: string, extension: RegExp])[] = [
  ['%PDF', /\.pdf$/i],
  ['\x89PNG', /\.png$/i],
  ['\xff\xd8', /\.jpe?g$/i],
  ['PK', /\.(docx|xlsx)$/i],
  ['\xd0\xcf', /\.(doc|xls)$/i],
];

export function requireBelievable(upload: Upload): void {
  const refuse = (said: string): Error =>
    domainRule('error.msg.document.save', `Error while manipulating file ${upload.fileName} due to a ContentRepository issue ${said}`, [
      upload.fileName,
      said,
    ]);
  if (!ALLOWED_NAMES.test(upload.fileName)) throw refuse(`File name not allowed: ${upload.fileName}`);
  if (MAGIC.some(([start, extension]) => upload.content.startsWith(start) && extension.test(upload.fileName))) return;
  throw refuse(`Detected content mime type text/plain; charset=ISO-8859-1 for ${upload.fileName} not allowed!`);
}
