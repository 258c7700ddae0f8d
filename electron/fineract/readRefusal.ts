// Finds head office's code in an error body of any of its shapes (contract 7.1). Only codes decide anything; the sentence is carried
// along for a person to read. A body without a code is not a refusal of head office, whatever its status says.

import { isJsonObject, readErrorBody } from './readBody.ts';
import type { Body, JsonObject } from './readBody.ts';

export interface Refusal {
  /** The status that head office meant, where the body names it; otherwise null. */
  readonly status: number | null;
  /** The most particular code: errors[0], then the top level. */
  readonly code: string;
  readonly codes: readonly string[];
  readonly message: string | null;
  /** The database's name for the uniqueness of keys stands in the answer: our very key is taken, by an entry that waits or by a twin. */
  readonly keyTaken: boolean;
}

const MESSAGE_MAX = 500;
const NESTING_MAX = 3;

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function statusOf(value: unknown): number | null {
  const status = typeof value === 'string' ? Number(value) : value;
  return typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599 ? status : null;
}

function readObject(body: JsonObject, nesting: number): Refusal | null {
  // A failed enclosing batch carries the failing item's whole answer, with the error as text inside.
  const inner = body['body'];
  if (typeof inner === 'string' && 'statusCode' in body && nesting < NESTING_MAX) {
    const found = readRefusalOf(readErrorBody(inner), nesting + 1);
    return found === null ? null : { ...found, status: found.status ?? statusOf(body['statusCode']) };
  }
  const errors: readonly unknown[] = Array.isArray(body['errors']) ? (body['errors'] as readonly unknown[]) : [];
  const particular = errors.filter(isJsonObject);
  const codes = [...particular, body].map((each) => text(each['userMessageGlobalisationCode'])).filter((code) => code !== null);
  const code = codes[0];
  if (code === undefined) return null;
  const first = particular[0] ?? body;
  const message = text(first['defaultUserMessage']) ?? text(body['defaultUserMessage']) ?? text(first['developerMessage']);
  const keyTaken = [...particular, body].some(
    (each) => namesKeyGuard(each['developerMessage']) || namesKeyGuard(each['defaultUserMessage']),
  );
  return { status: statusOf(body['httpStatusCode']), code, codes, message: message?.slice(0, MESSAGE_MAX) ?? null, keyTaken };
}

/** The one place where a text decides, and it is a name, not a sentence: head office has one code for every refusal of its database. */
function namesKeyGuard(value: unknown): boolean {
  return typeof value === 'string' && /\bunique_portfolio_command_source\b/i.test(value);
}

function readRefusalOf(body: Body, nesting: number): Refusal | null {
  return body.kind === 'object' ? readObject(body.value, nesting) : null;
}

export function readRefusal(body: Body): Refusal | null {
  return readRefusalOf(body, 0);
}
