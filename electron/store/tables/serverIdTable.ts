// Which local id stands for a server record, for ever. `localIdFor` is the only door through which a server id becomes a local one.

import { isLocalId } from '../../../shared/kernel/ids.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { ServerIdKind, ServerIdReads, ServerIdWrites } from '../../ports/store.ts';
import { journalMerges } from '../schema/journal/merges.ts';
import { journalServerIds } from '../schema/journal/serverIds.ts';
import { insertInto, numberOf, textOf } from '../statements.ts';
import type { Session } from '../statements.ts';

export function readServerIds(session: Session): ServerIdReads {
  const local = textOf(session, 'SELECT local_id FROM journal_server_ids WHERE kind = ? AND server_id = ?');
  const server = numberOf(
    session,
    'SELECT server_id FROM journal_server_ids WHERE local_id = ? AND kind = ? ORDER BY position DESC LIMIT 1',
  );
  const into = textOf(session, 'SELECT into_local_id FROM journal_merges WHERE local_id = ? AND kind = ?');
  function serverIdOf(kind: ServerIdKind, localId: LocalId): number | null {
    const own = server(localId, kind);
    const merged = own === null ? into(localId, kind) : null;
    return merged === null ? own : serverIdOf(kind, merged);
  }
  return { serverIdOf, localIdOf: (kind, serverId) => local(kind, serverId) };
}

export interface LearnServerIds extends ServerIdWrites {
  /** As learnServerId, but a record whose external id is a local id of ours keeps that one, under whatever server id it comes. */
  /** `isSame`: whether head office's row says of it what the record of ours under that number says. */
  localIdFor(
    kind: ServerIdKind,
    serverId: number,
    externalId: string | null,
    newId: () => LocalId,
    isSame?: (ours: LocalId) => boolean,
  ): LocalId;
}

export function writeServerIds(session: Session): LearnServerIds {
  const insert = insertInto(session, journalServerIds);
  const merge = insertInto(session, journalMerges);
  const known = readServerIds(session);
  const recordedHere = numberOf(session, 'SELECT count(*) FROM journal_record_facts WHERE record_id = ? AND record_kind = ?');

  /** The record that was given that number here, which head office keeps as its external id. */
  const holderOf = textOf(session, 'SELECT record_id FROM journal_local_numbers WHERE number = ? AND record_kind = ?');
  const merged = textOf(session, 'SELECT into_local_id FROM journal_merges WHERE local_id = ? AND kind = ?');

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
      insert({ kind, serverId, localId: numbered });
      return numbered;
    }
    const ours = isLocalId(externalId) && (known.serverIdOf(kind, externalId) !== null || (recordedHere(externalId, kind) ?? 0) > 0);
    const localId = ours ? externalId : newId();
    insert({ kind, serverId, localId });
    return localId;
  }

  return {
    learnServerId: (kind, serverId, newId) => localIdFor(kind, serverId, null, newId),
    insertMerge: (kind, localId, intoLocalId) => merge({ kind, localId, intoLocalId }),
    localIdFor,
  };
}
