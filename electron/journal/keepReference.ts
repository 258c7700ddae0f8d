// Lists of head office that are kept whole, whoever read them: the rows and what the shelf says of itself go together.

import { canonicalJson } from '../../shared/kernel/canonicalJson.ts';
import type { ReferenceRow, ReferenceShelf } from '../ports/headOffice.ts';
import type { WriteStore } from '../ports/store.ts';

/** In the place of a server id: a list that could not be read at all. */
export const WHOLE_LIST = 0;

/**
 * False where nothing was kept: no single answer takes a row from a list or says otherwise of one. Without ways of paying nobody could pay here
 * until the list is read again, and without the account of transfers nobody could move money, because of a moment in which head office listed
 * nothing, or answered another question. What only adds is believed. `again`: a second reading brought the same.
 */
export function keepReference(
  write: WriteStore,
  shelf: ReferenceShelf,
  rows: readonly ReferenceRow[],
  at: number,
  reading: 'first' | 'again' = 'first',
): boolean {
  write.deleteLeftOut(shelf, WHOLE_LIST);
  if (reading === 'first' && !isWithin(write.reference(shelf), rows)) return false;
  write.saveReference(shelf, rows);
  write.saveShelf({ shelf, cursor: { done: true }, rows: rows.length, headOfficeCount: rows.length, pulledAt: at });
  return true;
}

/** Whether both readings brought the same rows, in whatever order. */
export function isSameList(one: readonly ReferenceRow[], other: readonly ReferenceRow[]): boolean {
  return isWithin(one, other) && isWithin(other, one);
}

function isWithin(kept: readonly ReferenceRow[], rows: readonly ReferenceRow[]): boolean {
  const said = new Set(rows.map(wordsOf));
  return kept.every((row) => said.has(wordsOf(row)));
}

function wordsOf({ serverId, name, body }: ReferenceRow): string {
  return canonicalJson({ serverId, name, body });
}
