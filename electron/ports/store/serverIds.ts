// Which local id stands for a server record, for ever.

import type { RecordKind } from '../../../shared/domain/commands/kinds/kind.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';

export type ServerIdKind = RecordKind;

export interface ServerIdReads {
  /** Of a record that was merged into another, that one's. */
  serverIdOf(kind: ServerIdKind, localId: LocalId): number | null;
  localIdOf(kind: ServerIdKind, serverId: number): LocalId | null;
}

export interface ServerIdWrites {
  /** Remembers, for ever, which local id stands for a server record; makes one when it is new. */
  learnServerId(kind: ServerIdKind, serverId: number, newId: () => LocalId): LocalId;
  /** A record of ours is the one that head office had already: from now on it is spoken of by that one's number. */
  insertMerge(kind: ServerIdKind, localId: LocalId, intoLocalId: LocalId): void;
}
