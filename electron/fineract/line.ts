// One head office as everybody in this room calls it: tenant, sign-in and content type on every request (contract 1.1, 3.4), and reading
// with one way of failing. A password is revealed here, into the header, and nowhere else but in the sign-in itself.

import { reveal } from '../../shared/kernel/redacted.ts';
import type { Answer, Contact, Credential, Trouble } from '../ports/headOffice.ts';
import { classifyTrouble, nonsense } from './classifyTrouble.ts';
import type { HttpReply, HttpRequest, HttpTransport } from './http.ts';
import { jsonText } from './jsonText.ts';
import type { JsonValue } from './jsonText.ts';
import { Unreadable } from './members.ts';
import { clockOf, isOwnDoor } from './ownAnswer.ts';
import { readBody } from './readBody.ts';
import type { JsonObject } from './readBody.ts';

export interface LineRequest {
  readonly method: HttpRequest['method'];
  readonly url: string;
  readonly body?: JsonValue;
  readonly idempotencyKey?: string;
  /** A form with a file, in place of a body. */
  readonly form?: { readonly contentType: string; readonly bytes: Uint8Array };
}

export type Json = JsonObject | readonly unknown[];

export interface Line {
  send(request: LineRequest, credential: Credential | null): Promise<HttpReply>;
  /** A JSON object or list with status 200, or the trouble. */
  ask(request: LineRequest, credential: Credential | null): Promise<Answer<Json>>;
  /** Whoever knows that an answer is head office's own says so. */
  heard(reply: HttpReply): void;
  lastContact(): Contact | null;
  timesRefused(username: string): number;
  /** Head office took this person's password: what it refused before counts no longer. */
  letIn(username: string): void;
}

export function createLine(transport: HttpTransport, tenant: string, monotonicMs: () => number = () => 0): Line {
  let contact: Contact | null = null;
  const refused = new Map<string, number>();
  const heard = (reply: HttpReply): void => {
    if (reply.kind !== 'answered') return;
    const itsClock = clockOf(reply.headers);
    const atMonotonicMs = monotonicMs();
    contact = { atMonotonicMs, clock: itsClock === null ? (contact?.clock ?? null) : { told: itsClock, atMonotonicMs } };
  };
  const timesRefused = (username: string): number => refused.get(username) ?? 0;
  const letIn = (username: string): void => void refused.delete(username);
  const send = async (request: LineRequest, credential: Credential | null): Promise<HttpReply> => {
    const reply = await transport({
      method: request.method,
      url: request.url,
      headers: {
        accept: 'application/json',
        'content-type': request.form?.contentType ?? 'application/json',
        'fineract-platform-tenantid': tenant,
        ...(credential === null ? {} : { authorization: basic(credential) }),
        ...(request.idempotencyKey === undefined ? {} : { 'idempotency-key': request.idempotencyKey }),
      },
      body: request.body === undefined ? null : jsonText(request.body),
      ...(request.form === undefined ? {} : { bytes: request.form.bytes }),
    });
    // Head office writes it beside every answer that it gives to somebody it knows.
    const isKnown = reply.kind === 'answered' && reply.headers['x-notification-refresh'] !== undefined;
    if (isKnown) heard(reply);
    if (credential !== null && isKnown) letIn(credential.username);
    else if (credential !== null && isOwnDoor(reply)) refused.set(credential.username, timesRefused(credential.username) + 1);
    return reply;
  };
  return {
    send,
    ask: async (request, credential) => wanted(await send(request, credential)),
    heard,
    lastContact: () => contact,
    timesRefused,
    letIn,
  };
}

export function wanted(reply: HttpReply): Answer<Json> {
  if (reply.kind !== 'answered' || reply.status !== 200) return failed(classifyTrouble(reply));
  const body = readBody(reply.body);
  return body.kind === 'object' || body.kind === 'list' ? { ok: true, value: body.value } : failed(classifyTrouble(reply));
}

function basic(credential: Credential): string {
  return `Basic ${Buffer.from(`${credential.username}:${reveal(credential.password)}`, 'utf8').toString('base64')}`;
}

export function failed(trouble: Trouble): { readonly ok: false; readonly trouble: Trouble } {
  return { ok: false, trouble };
}

export function isGone(trouble: Trouble): boolean {
  return trouble.kind === 'refused' && trouble.status === 404;
}

/** Status 204 without a body: how head office answers for a datatable that it does not have, or that this person may not see. */
export function isNothing(trouble: Trouble): boolean {
  return trouble.kind === 'nonsense' && trouble.detail.startsWith('status 204');
}

/** Turns a row that could not be understood into trouble that names it. */
export function decoding<T>(decode: () => T): Answer<T> {
  try {
    return { ok: true, value: decode() };
  } catch (error) {
    if (error instanceof Unreadable) return failed(nonsense(error.message));
    throw error;
  }
}

export function query(path: string, parameters: Readonly<Record<string, string | number | boolean>>): string {
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}
