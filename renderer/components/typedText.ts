// From what a browser made of a field back to what a person typed: the field shows more signs than were typed (its grouping), so a change of
// what is shown is carried over to the text beneath it. Signs that the field put in are never taken for typed ones.

import type { ShownCharacter } from '../../shared/kernel/sumText.ts';

export interface FieldChange {
  readonly value: string;
  /** After the change. */
  readonly caret: number;
  /** What was put in, where the browser says so. */
  readonly data: string | null;
  readonly inputType: string;
}

/** What was pasted, where the browser would make another text of it: the lines of several cells would become one number. */
export function pastedText(event: ClipboardEvent): string {
  return (event.clipboardData?.getData('text') ?? '').trim().replace(/[\r\n\t]+/gu, ' \u21b5 ');
}

export interface Typed {
  readonly typed: string;
  /** The place in `typed` behind what was changed. */
  readonly caret: number;
}

/** A single key that can be no part of a sum is not taken, and the person sees that it is not; what is pasted stays and is refused in words. */
const MAY_BE_TYPED = /^[\d.,\s'\u2019*×xX\u2212-]$/u;

export function changeTyped(typed: string, shown: readonly ShownCharacter[], change: FieldChange): Typed {
  const before = shown.map(({ character }) => character).join('');
  const { value, caret } = change;
  const segment = segmentOf(before, change);
  // Not a change at a place but another text: filled in by the browser, undone, or set from outside.
  if (segment === null) return { typed: value, caret: value.length };
  const { start, end, put } = segment;
  const from = shown.slice(start).find(({ at }) => at !== null)?.at ?? typed.length;
  const lastGone = shown.slice(start, end).findLast(({ at }) => at !== null)?.at ?? null;
  const to = lastGone === null ? from : lastGone + 1;
  const isRefusedKey = change.inputType === 'insertText' && put.length === 1 && !MAY_BE_TYPED.test(put);
  const wanted = isRefusedKey ? '' : put;
  if (isRefusedKey) return { typed, caret: caretOf(shown, typed, caret - 1) };
  return { typed: typed.slice(0, from) + wanted + typed.slice(to), caret: from + wanted.length };
}

function segmentOf(
  before: string,
  { value, caret, data, inputType }: FieldChange,
): { readonly start: number; readonly end: number; readonly put: string } | null {
  const tail = value.slice(caret);
  if (inputType === '' || inputType.startsWith('history') || !before.endsWith(tail)) return null;
  const end = before.length - tail.length;
  if (data !== null && data !== '' && value.slice(caret - data.length, caret) === data) {
    const start = caret - data.length;
    return before.slice(0, start) === value.slice(0, start) && start <= end ? { start, end, put: data } : null;
  }
  let start = 0;
  while (start < caret && start < end && before[start] === value[start]) start += 1;
  return { start, end, put: value.slice(start, caret) };
}

function caretOf(shown: readonly ShownCharacter[], typed: string, place: number): number {
  return shown.slice(place).find(({ at }) => at !== null)?.at ?? typed.length;
}
