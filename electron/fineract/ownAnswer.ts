// Whether an answer is head office's own. A Wi-Fi portal, a router with a sign-in of its own or a gateway in front of a dead server answer as
// well, with any status that they like; what they say is no line, and nobody's password is wrong because of it.

import type { HttpReply } from './http.ts';
import { isJsonObject, readBody } from './readBody.ts';
import { readRefusal } from './readRefusal.ts';

/** The name that head office's door gives itself; its older name is its older name. */
const REALM = /\brealm="(?:fineract|mifos)\b/i;
const API_PATH = /\/api\/v1\//;

/** A refusal at the door: by the door's own name, by head office's code, or in the words of the container that it runs in. */
export function isOwnDoor(reply: HttpReply): boolean {
  if (reply.kind !== 'answered' || reply.status !== 401) return false;
  if (REALM.test(reply.headers['www-authenticate'] ?? '')) return true;
  const body = readBody(reply.body);
  if (readRefusal(body) !== null) return true;
  if (body.kind !== 'object' || !isJsonObject(body.value)) return false;
  const { status, error, path } = body.value;
  return status === 401 && typeof error === 'string' && typeof path === 'string' && API_PATH.test(path);
}

/** Head office's clock as its answer tells it, epoch milliseconds; null where it does not, or where a memory on the way gave the answer. */
export function clockOf(headers: Readonly<Record<string, string>>): number | null {
  if (headers['age'] !== undefined || headers['date'] === undefined) return null;
  const at = Date.parse(headers['date']);
  return Number.isNaN(at) ? null : at;
}
