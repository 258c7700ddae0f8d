// Which local id stands for a server record: for ever, unless head office was put back and gave the number to another one. `localIdFor` is the
// only door through which a server id becomes a local one.

import { isLocalId } from '../../../shared/kernel/ids.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { ServerIdKind, ServerIdReads, ServerIdWrites } from '../../ports/store.ts';
import { journalMerges } from '../schema/journal/merges.ts';
import { journalServerIds } from '../schema/journal/serverIds.ts';
import { journalServerIdsAgain } from '../schema/journal/serverIdsAgain.ts';
import { insertInto, numberOf, rowsOf, textOf } from '../statements.ts';
import type { Session } from '../statements.ts';

export function readServerIds(session: Session): ServerIdReads & {
  /** Numbers that are this record's own now; more than one only where an older program learned them. */
  serverIdsOf(kind: ServerIdKind, localId: LocalId): readonly number[];
} {
  const first = textOf(session, 'SELECT local_id FROM journal_server_ids WHERE kind = ? AND server_id = ?');
  const again = rowsOf<{ localId: LocalId | null }>(
    session,
    `SELECT local_id AS localId FROM journal_server_ids_again WHERE kind = ? AND server_id = ? ORDER BY position DESC LIMIT 1`,
  );
  const learned = rowsOf<{ serverId: number; learned: number; again: number }>(
    session,
    `SELECT server_id AS serverId, position AS learned, 0 AS again FROM journal_server_ids WHERE local_id = ? AND kind = ?
     UNION ALL SELECT server_id, after_position, position FROM journal_server_ids_again WHERE local_id = ? AND kind = ?
     ORDER BY learned DESC, again DESC`,
  );
  function localIdOf(kind: ServerIdKind, serverId: number): LocalId | null {
    const [newest] = again(kind, serverId);
    return newest === undefined ? first(kind, serverId) : newest.localId;
  }
  const into = textOf(session, 'SELECT into_local_id FROM journal_merges WHERE local_id = ? AND kind = ?');
  /** The one that was learned last first. */
  function serverIdsOf(kind: ServerIdKind, localId: LocalId): readonly number[] {
    const numbers = learned(localId, kind, localId, kind).map(({ serverId }) => serverId);
    return [...new Set(numbers)].filter((serverId) => localIdOf(kind, serverId) === localId);
  }
  function serverIdOf(kind: ServerIdKind, localId: LocalId): number | null {
    const own = serverIdsOf(kind, localId)[0] ?? null;
    const merged = own === null ? into(localId, kind) : null;
    return merged === null ? own : serverIdOf(kind, merged);
  }
  return { serverIdOf, localIdOf, serverIdsOf };
}

export interface LearnServerIds extends Omit<ServerIdWrites, 'learnCreated' | 'learnListed' | 'insertMerge'> {
  /** The records that are spoken of by another one's number from now on. */
  insertMerge(kind: ServerIdKind, localId: LocalId, intoLocalId: LocalId): readonly LocalId[];
  localIdOf(kind: ServerIdKind, serverId: number): LocalId | null;
  serverIdOf(kind: ServerIdKind, localId: LocalId): number | null;
  /** Head office gave that number to another record. False where it is not that one's any more. */
  part(kind: ServerIdKind, serverId: number, localId: LocalId): boolean;
  /** Whether head office's external id is the number that was given to that record here: then it is that one, whatever else was said anew of it. */
  isNumberOf(externalId: string | null, kind: ServerIdKind, localId: LocalId): boolean;
  /** The number is that record's from now on, whoever had it. */
  bind(kind: ServerIdKind, serverId: number, localId: LocalId): void;
  /**
   * As learnServerId, but a record whose external id is a local id of ours keeps that one, under whatever server id it comes. `isSame`: whether
   * head office's row says of it what the record of ours under that number says.
   */
  localIdFor(
    kind: ServerIdKind,
    serverId: number,
    externalId: string | null,
    newId: () => LocalId,
    isSame?: (ours: LocalId) => boolean,
  ): LocalId;
}

export function writeServerIds(session: Session): LearnServerIds {
  const insertFirst = insertInto(session, journalServerIds);
  const insertAgain = insertInto(session, journalServerIdsAgain);
  const isLearned = numberOf(session, 'SELECT count(*) FROM journal_server_ids WHERE kind = ? AND server_id = ?');
  const newest = numberOf(session, 'SELECT max(position) FROM journal_server_ids');
  const merge = insertInto(session, journalMerges);
  const known = readServerIds(session);
  const recordedHere = numberOf(session, 'SELECT count(*) FROM journal_record_facts WHERE record_id = ? AND record_kind = ?');

  /** The record that was given that number here, which head office keeps as its external id. */
  const holderOf = textOf(session, 'SELECT record_id FROM journal_local_numbers WHERE number = ? AND record_kind = ?');
  const merged = textOf(session, 'SELECT into_local_id FROM journal_merges WHERE local_id = ? AND kind = ?');

  /** Of what was made one with another, and that with a third, the one in the end. */
  function endOf(kind: ServerIdKind, localId: LocalId): LocalId {
    const next = merged(localId, kind);
    return next === null ? localId : endOf(kind, next);
  }

  function again(kind: ServerIdKind, serverId: number, localId: LocalId | null): void {
    insertAgain({ kind, serverId, localId, afterPosition: newest() ?? 0 });
  }

  /** Head office has one number for one record: what it had before a restore is nobody's until somebody is told of under it. */
  function bind(kind: ServerIdKind, serverId: number, localId: LocalId): void {
    for (const earlier of known.serverIdsOf(kind, localId)) if (earlier !== serverId) again(kind, earlier, null);
    if (isLearned(kind, serverId) === 0) insertFirst({ kind, serverId, localId });
    else again(kind, serverId, localId);
  }

  function localIdFor(
    kind: ServerIdKind,
    serverId: number,
    externalId: string | null,
    newId: () => LocalId,
    isSame: (ours: LocalId) => boolean = () => false,
  ): LocalId {
    const learned = known.localIdOf(kind, serverId);
    if (learned !== null) return learned;
    // Also one whose answer was lost, and head office shows it first; or head office was put back and has it under another id now. The number
    // alone is not believed: another PC may have given the same one, or somebody may have typed it.
    const numbered = externalId === null ? null : holderOf(externalId, kind);
    const isProven = numbered !== null && known.serverIdOf(kind, numbered) !== null && merged(numbered, kind) === null;
    if (numbered !== null && (isProven || (known.serverIdOf(kind, numbered) === null && isSame(numbered)))) {
      bind(kind, serverId, numbered);
      return numbered;
    }
    const ours = isLocalId(externalId) && (known.serverIdOf(kind, externalId) !== null || (recordedHere(externalId, kind) ?? 0) > 0);
    const localId = ours ? externalId : newId();
    bind(kind, serverId, localId);
    return localId;
  }

  return {
    learnServerId: (kind, serverId, newId) => localIdFor(kind, serverId, null, newId),
    insertMerge: (kind, localId, intoLocalId) => {
      // What it was made one with before, and head office has lost since, goes along.
      const last = endOf(kind, localId);
      if (last === endOf(kind, intoLocalId)) return [];
      merge({ kind, localId: last, intoLocalId });
      return last === localId ? [last] : [localId, last];
    },
    localIdFor,
    localIdOf: (kind, serverId) => known.localIdOf(kind, serverId),
    serverIdOf: (kind, localId) => known.serverIdOf(kind, localId),
    isNumberOf: (externalId, kind, localId) => externalId !== null && holderOf(externalId, kind) === localId,
    part(kind, serverId, localId) {
      if (known.localIdOf(kind, serverId) !== localId) return false;
      again(kind, serverId, null);
      return true;
    },
    bind,
  };
}
