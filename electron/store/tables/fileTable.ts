// Which files the rows name, and pictures and papers of clients. What carries a file is found by its subject (journal_commands_uploads).

import type { FileReads, FileWrites } from '../../ports/store.ts';
import { replicaIdentifiers } from '../schema/replica/identifiers.ts';
import { replicaPictures } from '../schema/replica/pictures.ts';
import { change, insertInto, replacing, rowsOf, selectFrom, textsOf } from '../statements.ts';
import type { Session } from '../statements.ts';
import type { Droppable } from './replicaNoun.ts';

type Reads = Omit<FileReads, 'newestPictureOf'>;

export function readFiles(session: Session): Reads {
  const named = textsOf(
    session,
    `SELECT json_extract(payload, '$.file.sha256') FROM journal_commands INDEXED BY journal_commands_files
     WHERE subject GLOB 'upload:*' AND json_extract(payload, '$.file.sha256') IS NOT NULL
     UNION ALL
     SELECT json_extract(body, '$.photo.sha256') FROM journal_cash_slips INDEXED BY journal_cash_slips_photos
     WHERE json_extract(body, '$.photo.sha256') IS NOT NULL`,
  );
  const pulled = textsOf(
    session,
    'SELECT small FROM replica_pictures WHERE small IS NOT NULL UNION ALL SELECT whole FROM replica_pictures WHERE whole IS NOT NULL',
  );
  const byClient = selectFrom(session, replicaPictures, 'WHERE client_id = ?');
  const papers = selectFrom(session, replicaIdentifiers, 'WHERE client_id = ?');
  const wanting = rowsOf<{ clientId: string; serverId: number }>(
    session,
    `SELECT client_id AS clientId, server_id AS serverId FROM replica_clients AS client
     WHERE gone = 0 AND status = 'active' AND server_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM replica_pictures AS p WHERE p.client_id = client.client_id) LIMIT ?`,
  );
  const longAgo = rowsOf<{ clientId: string; serverId: number }>(
    session,
    `SELECT p.client_id AS clientId, c.server_id AS serverId FROM replica_pictures AS p JOIN replica_clients AS c ON c.client_id = p.client_id
     WHERE p.asked_at < ? AND c.gone = 0 AND c.server_id IS NOT NULL ORDER BY p.asked_at LIMIT ?`,
  );
  return {
    filesOfFacts: () => named(),
    filesPulled: () => pulled(),
    pulledPicture: (clientId) => byClient.one(clientId),
    pulledIdentifiers: (clientId) => papers.one(clientId),
    clientsWithoutPicture: (askedBefore, most) => {
      const never = wanting(most);
      return never.length >= most ? never : [...never, ...longAgo(askedBefore, most - never.length)];
    },
  };
}

export function writeFiles(session: Session): Droppable<FileWrites> {
  const drops = ['replica_pictures', 'replica_identifiers'].map((table) => change(session, `DELETE FROM ${table}`));
  return {
    writes: {
      savePulledPicture: insertInto(session, replicaPictures, replacing(replicaPictures, 'client_id')),
      savePulledIdentifiers: insertInto(session, replicaIdentifiers, replacing(replicaIdentifiers, 'client_id')),
    },
    drop: () => {
      for (const drop of drops) drop();
    },
  };
}
