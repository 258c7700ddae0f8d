// Clients of the replica: lists, and keeping rows and their search words in step. Only a row whose name or number changed touches the
// search indexes, because most pulled clients are the same as yesterday. Search itself lives in findClients.ts.

import { hasAnotherName, isAnotherPerson } from '../../../shared/domain/givenAgain.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { PulledClient } from '../../ports/headOffice.ts';
import type { ClientReads, ClientRecord, ClientWrites, Parted } from '../../ports/store.ts';
import { replicaClients } from '../schema/replica/clients.ts';
import { phoneTokens } from '../search/phones.ts';
import type { SearchIndex } from '../search/searchIndex.ts';
import { hasDigit, nameKey, numberKey, searchText, wordsOf } from '../search/words.ts';
import { soundOf } from '../search/soundOf.ts';
import { change, insertInto, numberOf, numbersOf, replacing, selectFrom, textOf, textsOf } from '../statements.ts';
import type { Session } from '../statements.ts';
import type { PartAccounts } from './partedAccounts.ts';
import type { ReplicaNoun } from './replicaNoun.ts';
import type { LearnServerIds } from './serverIdTable.ts';

type Row = typeof replicaClients.$inferSelect;

export function clientOf({
  clientRow: _row,
  nameKey: _name,
  accountKey: _account,
  firstUnpaidDueDate: _due,
  ...client
}: Row): ClientRecord {
  return client;
}

// An effect names an account; the account names the client.
const UNFINISHED_ACCOUNTS = `SELECT account_id FROM journal_effects INDEXED BY journal_effects_of
  WHERE standing IN ('counts', 'disputed') AND standing = 'counts' AND included = 0`;
const HAS_UNFINISHED = `client_id IN (
  SELECT client_id FROM replica_loans WHERE loan_id IN (${UNFINISHED_ACCOUNTS})
  UNION
  SELECT client_id FROM replica_savings WHERE savings_id IN (${UNFINISHED_ACCOUNTS})
)`;

const CLIENTS = 'replica_clients';
const PAGE = 'ORDER BY name_key LIMIT ? OFFSET ?';

export function readClients(session: Session): ClientReads {
  const byId = selectFrom(session, replicaClients, 'WHERE client_id = ?');
  const members = selectFrom(
    session,
    replicaClients,
    'WHERE gone = 0 AND client_id IN (SELECT client_id FROM replica_group_members WHERE group_id = ?) ORDER BY name_key',
  );
  function list(where: string, index = '') {
    return {
      rows: selectFrom(session, replicaClients, `${index} WHERE ${where} ${PAGE}`),
      total: numberOf(session, `SELECT count(*) FROM ${CLIENTS} ${index} WHERE ${where}`),
    };
  }
  const wheres = {
    all: 'gone = 0',
    active: `gone = 0 AND status = 'active'`,
    behind: 'gone = 0 AND first_unpaid_due_date IS NOT NULL AND first_unpaid_due_date < ?',
    unfinished: `gone = 0 AND (server_id IS NULL OR ${HAS_UNFINISHED})`,
  };
  const lists = {
    all: list(wheres.all),
    active: list(wheres.active),
    behind: list(wheres.behind, 'INDEXED BY replica_clients_due'),
    unfinished: list(wheres.unfinished),
  };
  /** What narrows most leads; statements are kept by what they ask. */
  const narrowed = new Map<string, ReturnType<typeof list>>();
  function narrowedList(where: string, index: string): ReturnType<typeof list> {
    let known = narrowed.get(index + where);
    if (known === undefined) {
      known = list(where, index);
      narrowed.set(index + where, known);
    }
    return known;
  }
  const staff = textsOf(
    session,
    'SELECT DISTINCT staff_name FROM replica_clients INDEXED BY replica_clients_of_staff WHERE gone = 0 AND staff_name IS NOT NULL',
  );
  const statuses = textsOf(
    session,
    'SELECT DISTINCT status FROM replica_clients INDEXED BY replica_clients_of_status WHERE gone = 0 ORDER BY status',
  );
  const into = textOf(session, `SELECT into_local_id FROM journal_merges WHERE local_id = ? AND kind = 'client'`);
  function client(clientId: LocalId): ClientRecord | null {
    const merged = into(clientId);
    if (merged !== null) return client(merged);
    const row = byId.one(clientId);
    return row === null ? null : clientOf(row);
  }
  return {
    client,
    clients: ({ show, staffName, groupId, status, businessDate, offset, most }) => {
      const values: string[] = show === 'behind' ? [businessDate] : [];
      let asked: ReturnType<typeof list> = lists[show];
      if (staffName !== undefined || groupId !== undefined || status !== undefined) {
        let where = wheres[show];
        let index = '';
        const narrow = (condition: string, value: string, by: string): void => {
          where += ` AND ${condition}`;
          values.push(value);
          if (index === '') index = by;
        };
        if (groupId !== undefined) narrow('client_id IN (SELECT client_id FROM replica_group_members WHERE group_id = ?)', groupId, ' ');
        if (staffName !== undefined) narrow('staff_name IS NOT NULL AND staff_name = ?', staffName, 'INDEXED BY replica_clients_of_staff');
        if (status !== undefined) narrow('status = ?', status, 'INDEXED BY replica_clients_of_status');
        asked = narrowedList(where, index);
      }
      const { rows, total } = asked;
      return { rows: rows.all(...values, most, offset).map(clientOf), total: total(...values) ?? 0 };
    },
    membersOf: (groupId) => members.all(groupId).map(clientOf),
    staffOfClients: () => staff().toSorted((one, other) => (nameKey(one) < nameKey(other) ? -1 : 1)),
    statusesOfClients: () => statuses() as PulledClient['status'][],
  };
}

const PULLED: readonly (keyof PulledClient)[] = [
  'serverId',
  'externalId',
  'accountNo',
  'displayName',
  'firstname',
  'lastname',
  'mobileNo',
  'status',
  'dateOfBirth',
  'gender',
  'activationDate',
  'staffName',
  'officeServerId',
];

function isSame(known: Row, pulled: PulledClient): boolean {
  return PULLED.every((member) => known[member] === pulled[member]);
}

export interface WriteClients extends ReplicaNoun<ClientWrites> {
  learnCreated(serverId: number, clientId: LocalId): { readonly known: LocalId; readonly parted: readonly Parted[] };
  /** To be called after that client's loans changed. */
  refreshDue(clientId: LocalId): void;
}

export function writeClients(
  session: Session,
  ids: LearnServerIds,
  index: SearchIndex,
  partAccounts: PartAccounts,
  wordsChanged: () => void,
): WriteClients {
  const before = selectFrom(session, replicaClients, 'WHERE client_id = ?');
  const touch = change(session, 'UPDATE replica_clients SET pulled_at = ? WHERE client_row = ?');
  const save = insertInto(session, replicaClients, replacing(replicaClients, 'client_id', 'client_row', 'first_unpaid_due_date'));
  const rowOf = numberOf(session, 'SELECT client_row FROM replica_clients WHERE client_id = ?');
  const indexName = change(session, 'INSERT OR REPLACE INTO replica_client_names (rowid, name) VALUES (?, ?)');
  const indexPhone = change(session, 'INSERT OR REPLACE INTO replica_client_phones (rowid, phone) VALUES (?, ?)');
  const unindexName = change(session, 'DELETE FROM replica_client_names WHERE rowid = ?');
  const unindexPhone = change(session, 'DELETE FROM replica_client_phones WHERE rowid = ?');
  const insertWord = change(session, 'INSERT INTO replica_name_words (word, sound) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const ownHere = selectFrom(session, replicaClients, 'WHERE gone = 0');
  const mark = change(session, 'UPDATE replica_clients SET gone = 1 WHERE client_row = ?');
  const rowsByServerId = numbersOf(session, 'SELECT client_row FROM replica_clients WHERE server_id = ? AND gone = 0');
  const drops = [
    // Those that head office does not have yet come back from nowhere else: they stay, and are indexed anew.
    change(session, 'DELETE FROM replica_clients WHERE server_id IS NOT NULL'),
    change(session, `INSERT INTO replica_client_names (replica_client_names) VALUES ('delete-all')`),
    change(session, `INSERT INTO replica_client_phones (replica_client_phones) VALUES ('delete-all')`),
    change(session, 'DELETE FROM replica_name_words'),
  ];

  const refreshDue = change(
    session,
    `UPDATE replica_clients SET first_unpaid_due_date = (
       SELECT min(next_unpaid_due_date) FROM replica_loans INDEXED BY replica_loans_of
       WHERE replica_loans.client_id = replica_clients.client_id AND replica_loans.gone = 0 AND replica_loans.status = 'active'
     ) WHERE client_id = ?`,
  );

  /** Answers how many of its words are new. */
  function keep(client: Omit<ClientRecord, 'gone'>, known: Row | null, country: string | null): number {
    const { clientId } = client;
    save({ ...client, gone: false, nameKey: nameKey(client.displayName), accountKey: numberKey(client.accountNo) });
    const clientRow = known?.clientRow ?? rowOf(clientId) ?? 0;
    const unindexed = known === null || known.gone;
    if (known === null) refreshDue(clientId);
    if (unindexed || known.mobileNo !== client.mobileNo) indexPhone(clientRow, phoneTokens(client.mobileNo, country));
    return unindexed || known.displayName !== client.displayName ? indexWords(clientRow, client.displayName) : 0;
  }

  function indexWords(clientRow: number, displayName: string): number {
    indexName(clientRow, searchText(displayName));
    return wordsOf(displayName).reduce((sum, word) => (hasDigit(word) ? sum : sum + insertWord(word, soundOf(word))), 0);
  }

  function hide(clientRow: number): void {
    mark(clientRow);
    unindexName(clientRow);
    unindexPhone(clientRow);
  }

  /** Where that number is another person's now, whoever had it has none, and none of its accounts is there any more. */
  function part(serverId: number, isAnother: (known: Row) => boolean): readonly Parted[] {
    const holder = ids.localIdOf('client', serverId);
    const known = holder === null ? null : before.one(holder);
    if (known === null || !isAnother(known) || !ids.part('client', serverId, known.clientId)) return [];
    hide(known.clientRow);
    return [{ kind: 'client', localId: known.clientId, serverId }, ...partAccounts({ clientId: known.clientId })];
  }

  return {
    learnCreated: (serverId, clientId) => {
      const own = before.one(clientId);
      // What head office made just now is new there: a record that had the number is ours only where a pull saw ours before this answer came.
      const parted = own === null ? [] : part(serverId, (known) => known.clientId !== clientId && hasAnotherName(known, own));
      return { known: ids.learnServerId('client', serverId, () => clientId), parted };
    },
    writes: {
      saveClients: (rows, pulledAt, newId, putBackAt = null) => {
        let newWords = 0;
        const parted: Parted[] = [];
        const country = index.country();
        for (const client of rows) {
          parted.push(
            ...part(client.serverId, (known) => {
              if (ids.isNumberOf(client.externalId, 'client', known.clientId)) return false;
              // One that head office does not have yet stands under a number of ours here.
              const asKnown = known.serverId === null ? { ...known, accountNo: client.accountNo } : known;
              return isAnotherPerson(asKnown, client, putBackAt !== null && known.pulledAt <= putBackAt);
            }),
          );
          const clientId = ids.localIdFor('client', client.serverId, client.externalId, newId, (ours) => {
            const own = before.one(ours);
            return own?.displayName === client.displayName && own.mobileNo === client.mobileNo && own.dateOfBirth === client.dateOfBirth;
          });
          const known = before.one(clientId);
          if (known !== null && !known.gone && isSame(known, client)) touch(pulledAt, known.clientRow);
          else newWords += keep({ ...client, clientId, pulledAt }, known, country);
        }
        if (newWords > 0) wordsChanged();
        return parted;
      },
      saveOwnClient: (client) => {
        const known = before.one(client.clientId);
        // Head office's own row says more than what was meant.
        if (known !== null && known.serverId !== null) return;
        if (keep({ ...client, serverId: null }, known, index.country()) > 0) wordsChanged();
      },
      forgetOwnClient: (clientId) => {
        const known = before.one(clientId);
        if (known === null || known.serverId !== null || known.gone) return;
        hide(known.clientRow);
      },
    },
    markGone: (serverIds) => {
      for (const serverId of serverIds) {
        for (const clientRow of rowsByServerId(serverId)) {
          hide(clientRow);
        }
      }
    },
    refreshDue: (clientId) => void refreshDue(clientId),
    drop: () => {
      for (const drop of drops) drop();
      const country = index.country();
      for (const own of ownHere.all()) {
        indexPhone(own.clientRow, phoneTokens(own.mobileNo, country));
        indexWords(own.clientRow, own.displayName);
      }
      wordsChanged();
    },
  };
}
