// What a shelf says of itself; the walks of pull/ know nothing else of it. How head office lists it and how one record is read stands in
// electron/fineract/shelves, under the same name.

import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { AuditEntry, ReferenceShelf, ShelfName, ShelfRows } from '../../ports/headOffice.ts';
import type { ReadStore, WriteStore } from '../../ports/store.ts';
import type { SyncParts } from '../parts.ts';

/** What judging rows that were read needs beside them. */
export interface Reading {
  readonly parts: SyncParts;
  readonly askedAt: number;
  readonly by: string;
}

/** A shelf that is read record by record. */
export interface Shelf<Name extends ShelfName = ShelfName> {
  readonly name: Name;
  /** Records asked for in one page of the list. */
  readonly pageRows: number;
  /** Of these in one request and one transaction, for which the screen waits (house: 16 ms for everything). */
  readonly atOnce: number;
  /** Whether some head offices bring many of them in one request, and others not. */
  readonly hasWays: boolean;
  /** Keeps whole records; answers the commands whose transaction head office seems to have lost. In the transaction of their cursor (I10). */
  keep(write: WriteStore, rows: readonly ShelfRows[Name][], reading: Reading): readonly LocalId[];
  /** Whether the record is of this branch; asked where its reader is shown other offices as well. */
  belongs(read: ReadStore, row: ShelfRows[Name]): boolean;
  /** Whether it went to another office with its owner; asked of every reader, for head office shows a savings account to whoever knows its number. */
  hasLeft?(read: ReadStore, row: ShelfRows[Name]): boolean;
  /** Head office says that these do not exist; answers the commands that were promised to them. */
  remove(write: WriteStore, serverIds: readonly number[]): readonly LocalId[];
  /** Server ids of what the replica holds and head office has. */
  here(read: ReadStore): readonly number[];
  /** Server ids that belong to the shelf and stand in no list of it. */
  alsoListed?(read: ReadStore): readonly number[];
  holds(read: ReadStore, serverId: number): boolean;
  /** The records that an audit row makes stale (contract 9.2). */
  staleBy(entry: AuditEntry, read: ReadStore): readonly number[] | 'all';
  /** All that is kept of a record, as text; null where a proof does not compare this shelf. */
  fingerprint(read: ReadStore, serverId: number): string | null;
  /** Whether something of ours is on its way into the record: then it may say more than was read of it, and that is no difference. */
  movesHere?(read: ReadStore, serverId: number): boolean;
}

/**
 * A list that is short enough to be read and replaced whole, and is, in the first round of every day and when somebody asks: whoever changes it
 * mostly belongs to no office, and such rows of the trail are shown to head office alone.
 */
export interface WholeShelf {
  readonly name: ReferenceShelf;
  /** What its audit rows are called; a name that ends in * is the beginning of several. */
  readonly audited: readonly string[];
  /** Head office may really come to have none: then two answers in a row that list nothing are believed. */
  readonly mayBeEmptied?: true;
  /** The counter can open without it: the first pull leaves it to the round after. */
  readonly afterFirstPull?: true;
}

export function isNamed(entry: AuditEntry, names: readonly string[]): boolean {
  return names.some((name) => (name.endsWith('*') ? entry.entity.startsWith(name.slice(0, -1)) : entry.entity === name));
}

export function isCollectionSheet(entry: AuditEntry): boolean {
  return isNamed(entry, ['GROUP', 'CENTER', 'COLLECTIONSHEET']) && entry.action.includes('COLLECTIONSHEET');
}

export function isHere(localId: LocalId | null, find: (localId: LocalId) => { readonly gone: boolean } | null): boolean {
  return localId !== null && find(localId)?.gone === false;
}
