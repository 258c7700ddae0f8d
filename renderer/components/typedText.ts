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

/** A letter other than the sign of a product. */
const IS_LETTER = /^(?![xX])\p{L}$/u;

/** A letter where nothing else stands is not taken, and the person sees that it is not. Beside a digit it stays and is refused in words: it may have been meant for one. */
export function isStray(letter: string, beside: string): boolean {
  return IS_LETTER.test(letter) && beside.trim() === '';
}

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
  if (change.inputType === 'insertText' && isStray(put, typed.slice(0, from) + typed.slice(to)))
    return { typed, caret: caretOf(shown, typed, caret - 1) };
  return { typed: typed.slice(0, from) + put + typed.slice(to), caret: from + put.length };
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
