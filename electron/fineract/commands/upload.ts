// A file on its way to head office: a form of words and one file, sent alone. Uploads pass no memory of keys there (contract 6.4), so whatever
// is not known of one is found out by reading. The file goes under a name that says nothing and that no other upload has: a picture that
// head office refuses has already taken the place of one under the same name.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import { extensionOf, type FileRef } from '../../../shared/domain/files/fileRef.ts';
import type { CommandToSend, Credential } from '../../ports/headOffice.ts';
import { classifyOutcome } from '../classifyOutcome.ts';
import type { Sent } from '../classifyOutcome.ts';
import type { Line } from '../line.ts';

/** The vault could not give it: a person has to look. */
const NO_FILE: Outcome = { kind: 'incompatible', why: 'file.lost' };

export async function upload(
  line: Line,
  command: CommandToSend,
  url: string,
  words: Readonly<Record<string, string>>,
  file: FileRef,
  ours: NonNullable<Sent['ours']>,
  credential: Credential,
): Promise<Outcome> {
  const { content } = command;
  if (content === undefined) return NO_FILE;
  const form = formOf(command.idempotencyKey, words, { name: `${command.commandId}.${extensionOf(file.type)}`, type: file.type, content });
  const reply = await line.send({ method: 'POST', url, form }, credential);
  return classifyOutcome(reply, { how: 'lone', ours });
}

interface FormFile {
  readonly name: string;
  readonly type: string;
  readonly content: Uint8Array;
}

/** `mark` is a key that nobody outside knows, so that no file can hold the line that ends it. Words lose what could break a line of the form. */
function formOf(
  mark: string,
  words: Readonly<Record<string, string>>,
  file: FormFile,
): { readonly contentType: string; readonly bytes: Uint8Array } {
  const boundary = `tawi-${mark}`;
  const parts = Object.entries(words).map(
    ([name, text]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text.replace(/[\r\n]+/g, ' ')}\r\n`,
  );
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${file.name.replace(/[^\w.-]/g, '_')}"\r\nContent-Type: ${file.type}\r\n\r\n`;
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([Buffer.from(parts.join('') + head, 'utf8'), file.content, Buffer.from(`\r\n--${boundary}--\r\n`, 'utf8')]),
  };
}
