// Why a reading did not succeed, in the words of the port. Its details name statuses and kinds of content only, never what was in them.

import type { Trouble } from '../ports/headOffice.ts';
import type { HttpReply } from './http.ts';
import { readBody } from './readBody.ts';
import { readRefusal } from './readRefusal.ts';

export function nonsense(detail: string): Trouble {
  return { kind: 'nonsense', detail };
}

const KNOWN_CONTENT: ReadonlySet<string> = new Set([
  'application/json',
  'application/problem+json',
  'application/xml',
  'text/html',
  'text/plain',
  'text/xml',
]);

/** Only a kind that we know by name: a header is a stranger's text, and may repeat a request. */
function kindOfContent(header: string | undefined): string {
  if (header === undefined) return 'no content type';
  const kind = header.split(';')[0]?.trim().toLowerCase() ?? '';
  return KNOWN_CONTENT.has(kind) ? kind : 'another content type';
}

/** For any reply that is not the wanted one. */
export function classifyTrouble(reply: HttpReply): Trouble {
  if (reply.kind !== 'answered') return { kind: 'unreachable', detail: reply.detail };
  const { status, headers } = reply;
  const refusal = readRefusal(readBody(reply.body));
  if (refusal !== null) {
    if (refusal.codes.includes('error.msg.invalid.tenant.identifier')) return { kind: 'signInNeeded', why: 'tenant' };
    if (refusal.codes.includes('error.msg.password.outdated')) return { kind: 'signInNeeded', why: 'passwordExpired' };
    if (status === 401) return { kind: 'signInNeeded', why: 'refused' };
    if ((status >= 400 && status < 500) || status === 503) return { kind: 'refused', status, code: refusal.code };
  }
  if (status === 401) return { kind: 'signInNeeded', why: 'refused' };
  if (status === 400 && headers['www-authenticate'] !== undefined) return { kind: 'signInNeeded', why: 'tenant' };
  return nonsense(`status ${status}, ${kindOfContent(headers['content-type'])}`);
}
