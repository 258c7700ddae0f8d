// Reference shelves: offices, products, payment types.

import type { ReferenceRow, ReferenceShelf } from '../headOffice.ts';

export interface ReferenceReads {
  reference(shelf: ReferenceShelf): readonly ReferenceRow[];
}

export interface ReferenceWrites {
  saveReference(shelf: ReferenceShelf, rows: readonly ReferenceRow[]): void;
}
