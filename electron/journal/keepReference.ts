// Lists of head office that are kept whole, whoever read them: the rows and what the shelf says of itself go together.

import type { ReferenceRow, ReferenceShelf } from '../ports/headOffice.ts';
import type { WriteStore } from '../ports/store.ts';

/** In the place of a server id: a list that could not be read at all. */
export const WHOLE_LIST = 0;

/**
 * False where nothing was kept: a list that had rows is not emptied by one answer. Without ways of paying nobody could pay here until the next
 * proof, and without the account of transfers nobody could move money, because of a moment in which head office listed nothing. `again`: this is
 * what a second reading brought.
 */
export function keepReference(
  write: WriteStore,
  shelf: ReferenceShelf,
  rows: readonly ReferenceRow[],
  at: number,
  reading: 'first' | 'again' = 'first',
): boolean {
  write.deleteLeftOut(shelf, WHOLE_LIST);
  if (reading === 'first' && rows.length === 0 && write.reference(shelf).length > 0) return false;
  write.saveReference(shelf, rows);
  write.saveShelf({ shelf, cursor: { done: true }, rows: rows.length, headOfficeCount: rows.length, pulledAt: at });
  return true;
}
