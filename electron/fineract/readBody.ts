// Reads whatever came back as a body, without trust: JSON, JSON behind a line of plain text (a failed enclosing batch, contract 5.1),
// a page of a proxy, or half of anything. Never throws, and never lets an amount pass through a binary fraction.

import { ExactNumber } from './exactNumber.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export type Body =
  | { readonly kind: 'object'; readonly value: JsonObject }
  | { readonly kind: 'list'; readonly value: readonly unknown[] }
  /** A lone string, number, boolean or null. */
  | { readonly kind: 'scalar' }
  /** Not JSON, or cut off. */
  | { readonly kind: 'text' }
  | { readonly kind: 'empty' };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

type Reviver = (this: unknown, name: string, value: unknown, context?: { readonly source?: string }) => unknown;

const keepExactNumbers: Reviver = (_name, value, context) => {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return new ExactNumber(context?.source ?? String(value));
};

/**
 * A decimal of up to 15 digits comes out of a binary number as it went in, so only a text with longer ones is read number by number: that
 * takes eight times as long, and whole accounts are read on the thread that draws the screen.
 */
const LONG_NUMBER = /[\d.]{16}/;

function parse(text: string): Body {
  let value: unknown;
  try {
    value = JSON.parse(text, LONG_NUMBER.test(text) ? keepExactNumbers : undefined);
  } catch {
    return { kind: 'text' };
  }
  if (Array.isArray(value)) return { kind: 'list', value: value as readonly unknown[] };
  return isJsonObject(value) ? { kind: 'object', value } : { kind: 'scalar' };
}

export function readBody(text: string): Body {
  const trimmed = text.trim();
  return trimmed === '' ? { kind: 'empty' } : parse(trimmed);
}

/** For answers that are no success anyway: the error object may stand behind a sentence. */
export function readErrorBody(text: string): Body {
  const whole = readBody(text);
  if (whole.kind !== 'text') return whole;
  const trimmed = text.trim();
  const brace = trimmed.indexOf('{');
  if (brace <= 0 || /^[<["]/.test(trimmed)) return whole;
  const behind = parse(trimmed.slice(brace));
  return behind.kind === 'object' ? behind : whole;
}
