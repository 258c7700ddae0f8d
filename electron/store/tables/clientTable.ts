// Clients of the replica: lists, and keeping rows and their search words in step. Only a row whose name or number changed touches the
// search indexes, because most pulled clients are the same as yesterday. Search itself lives in findClients.ts.

import type { ClientRecord, ReadStore, WriteStore } from '../../ports/store.ts';
import { replicaClients } from '../schema/replica/clients.ts';
import { fold, hasDigit, numberKey, phoneTokens, wordsOf } from '../search/words.ts';
import { soundOf } from '../search/soundOf.ts';
import { change, insertInto, replacing, rowsOf, selectFrom, valueOf, valuesOf } from '../statements.ts';
import type { Session } from '../statements.ts';
import type { LearnServerIds } from './serverIdTable.ts';

type Row = typeof replicaClients.$inferSelect;

export function clientOf({ clientRow: _row, nameKey: _name, accountKey: _account, ...client }: Row): ClientRecord {
  return client;
}

const IS_BEHIND = `client_id IN (
  SELECT client_id FROM replica_loans WHERE gone = 0 AND status = 'active' AND next_unpaid_due_date IS NOT NULL AND next_unpaid_due_date < ?
)`;
// An effect names an account; the account names the client.
const HAS_UNFINISHED = `client_id IN (
  SELECT client_id FROM replica_loans WHERE loan_id IN (SELECT account_id FROM journal_effects WHERE standing = 'counts' AND included = 0)
  UNION
  SELECT client_id FROM replica_savings WHERE savings_id IN (SELECT account_id FROM journal_effects WHERE standing = 'counts' AND included = 0)
)`;

const CLIENTS = 'replica_clients';
const PAGE = 'ORDER BY name_key LIMIT ? OFFSET ?';

export function readClients(session: Session): Pick<ReadStore, 'client' | 'clients' | 'membersOf'> {
  const byId = selectFrom(session, replicaClients, 'WHERE client_id = ?');
  const members = selectFrom(
    session,
    replicaClients,
    'WHERE gone = 0 AND client_id IN (SELECT client_id FROM replica_group_members WHERE group_id = ?) ORDER BY name_key',
  );
  function list(where: string) {
    return {
      rows: selectFrom(session, replicaClients, `WHERE ${where} ${PAGE}`),
      total: valueOf<number>(session, `SELECT count(*) FROM ${CLIENTS} WHERE ${where}`),
    };
  }
  const lists = {
    all: list('gone = 0'),
    active: list(`gone = 0 AND status = 'active'`),
    behind: list(`gone = 0 AND ${IS_BEHIND}`),
    unfinished: list(`gone = 0 AND ${HAS_UNFINISHED}`),
  };
  return {
    client: (clientId) => {
      const row = byId.one(clientId);
      return row === null ? null : clientOf(row);
    },
    clients: ({ show, businessDate, offset, most }) => {
      const { rows, total } = lists[show];
      const values = show === 'behind' ? [businessDate] : [];
      return { rows: rows.all(...values, most, offset).map(clientOf), total: total(...values) ?? 0 };
    },
    membersOf: (groupId) => members.all(groupId).map(clientOf),
  };
}

export interface WriteClients extends Pick<WriteStore, 'saveClients'> {
  markClientsGone(serverIds: readonly number[]): void;
  dropClients(): void;
}

export function writeClients(session: Session, ids: LearnServerIds, wordsChanged: () => void): WriteClients {
  const before = rowsOf<{ clientRow: number; displayName: string; mobileNo: string | null; gone: number }>(
    session,
    'SELECT client_row AS clientRow, display_name AS displayName, mobile_no AS mobileNo, gone FROM replica_clients WHERE client_id = ?',
  );
  const save = insertInto(session, replicaClients, replacing(replicaClients, 'client_id', 'client_row'));
  const rowOf = valueOf<number>(session, 'SELECT client_row FROM replica_clients WHERE client_id = ?');
  const indexName = change(session, 'INSERT OR REPLACE INTO replica_client_names (rowid, name) VALUES (?, ?)');
  const indexPhone = change(session, 'INSERT OR REPLACE INTO replica_client_phones (rowid, phone) VALUES (?, ?)');
  const unindexName = change(session, 'DELETE FROM replica_client_names WHERE rowid = ?');
  const unindexPhone = change(session, 'DELETE FROM replica_client_phones WHERE rowid = ?');
  const insertWord = change(session, 'INSERT INTO replica_name_words (word, sound) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const markGone = change(session, 'UPDATE replica_clients SET gone = 1 WHERE client_row = ?');
  const rowsByServerId = valuesOf<number>(session, 'SELECT client_row FROM replica_clients WHERE server_id = ? AND gone = 0');
  const drops = [
    change(session, 'DELETE FROM replica_clients'),
    change(session, `INSERT INTO replica_client_names (replica_client_names) VALUES ('delete-all')`),
    change(session, `INSERT INTO replica_client_phones (replica_client_phones) VALUES ('delete-all')`),
    change(session, 'DELETE FROM replica_name_words'),
  ];

  return {
    saveClients: (rows, pulledAt, newId) => {
      let newWords = 0;
      for (const client of rows) {
        const clientId = ids.localIdFor('client', client.serverId, client.externalId, newId);
        const known = before(clientId)[0];
        save({
          ...client,
          clientId,
          gone: false,
          pulledAt,
          nameKey: fold(client.displayName),
          accountKey: numberKey(client.accountNo),
        });
        const clientRow = known?.clientRow ?? rowOf(clientId) ?? 0;
        const unindexed = known === undefined || known.gone === 1;
        if (unindexed || known.displayName !== client.displayName) {
          indexName(clientRow, client.displayName);
          for (const word of wordsOf(client.displayName)) {
            if (!hasDigit(word)) newWords += insertWord(word, soundOf(word));
          }
        }
        if (unindexed || known.mobileNo !== client.mobileNo) indexPhone(clientRow, phoneTokens(client.mobileNo));
      }
      if (newWords > 0) wordsChanged();
    },
    markClientsGone: (serverIds) => {
      for (const serverId of serverIds) {
        for (const clientRow of rowsByServerId(serverId)) {
          markGone(clientRow);
          unindexName(clientRow);
          unindexPhone(clientRow);
        }
      }
    },
    dropClients: () => {
      for (const drop of drops) drop();
      wordsChanged();
    },
  };
}
