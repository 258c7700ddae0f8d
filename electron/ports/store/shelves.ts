// How far each shelf was pulled (I10).

import type { Json } from '../../../shared/kernel/canonicalJson.ts';

export interface ShelfRecord {
  readonly shelf: string;
  /** Where the next page starts; committed together with the rows it covers (I10). */
  readonly cursor: Json;
  readonly rows: number;
  readonly headOfficeCount: number | null;
  readonly pulledAt: number | null;
}

export interface ShelfReads {
  shelf(name: string): ShelfRecord | null;
  shelves(): readonly ShelfRecord[];
}

export interface ShelfWrites {
  saveShelf(shelf: ShelfRecord): void;
}
