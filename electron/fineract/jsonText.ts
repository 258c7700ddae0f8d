// Writes the bodies of requests. The one difference from JSON.stringify: an ExactNumber is written as the number it spells, so an amount
// goes out as decimal text and never through a binary fraction (contract 2.1).

import { assert } from '../../shared/kernel/assert.ts';
import { ExactNumber } from './exactNumber.ts';

export type JsonValue =
  string | number | boolean | null | ExactNumber | readonly JsonValue[] | { readonly [member: string]: JsonValue | undefined };

export function jsonText(value: JsonValue): string {
  if (value instanceof ExactNumber) {
    assert(/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(value.text), 'an amount is written as a JSON number');
    return value.text;
  }
  if (typeof value === 'number') {
    assert(Number.isSafeInteger(value), 'a number in a request is a whole number, or an ExactNumber');
    return String(value);
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(jsonText).join(',')}]`;
  const members = Object.entries(value).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${jsonText(member)}`).join(',')}}`;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
