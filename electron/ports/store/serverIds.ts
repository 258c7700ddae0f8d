// Which local id stands for a server record: for ever, unless head office gave the number to another record after it was put back.

import type { RecordKind } from '../../../shared/domain/commands/kinds/kind.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';

export type ServerIdKind = RecordKind;

export interface ServerIdReads {
  /** Of a record that was merged into another, that one's. */
  serverIdOf(kind: ServerIdKind, localId: LocalId): number | null;
  localIdOf(kind: ServerIdKind, serverId: number): LocalId | null;
}

/** Head office gave the number of this record to another one. */
export interface Parted {
  readonly kind: ServerIdKind;
  readonly localId: LocalId;
  readonly serverId: number;
}

export interface ServerIdWrites {
  /** Remembers, for ever, which local id stands for a server record; makes one when it is new. */
  learnServerId(kind: ServerIdKind, serverId: number, newId: () => LocalId): LocalId;
  /**
   * As learnServerId, of a row of a list that is kept whole: a record that was made here is known again by its external id where the row says of it what
   * is known here (`isSame`), and where the number is another record's now (`isAnother`), whoever had it has none and is answered.
   */
  learnListed(
    kind: ServerIdKind,
    row: { readonly serverId: number; readonly externalId: string | null },
    newId: () => LocalId,
    is: { readonly same: (ours: LocalId) => boolean; readonly another: (holder: LocalId) => boolean },
  ): readonly Parted[];
  /**
   * The number that head office's own answer gave to a record of ours. Where another record had it, that one has none any more, and is answered with
   * what stands under it; where it is one and the same, ours is to be merged into it (`known`). Of clients and groups the store itself knows who is who.
   */
  learnCreated(
    kind: ServerIdKind,
    serverId: number,
    localId: LocalId,
    isOneWith: (holder: LocalId) => boolean,
  ): { readonly known: LocalId; readonly parted: readonly Parted[] };
  /** A record of ours is the one that head office had already: from now on it is spoken of by that one's number, and so is what it was made one with before. */
  insertMerge(kind: ServerIdKind, localId: LocalId, intoLocalId: LocalId): void;
}
