// What bears a number: one look into the index of each noun.

import type { Numbered, NumberedReads } from '../../ports/store.ts';
import { numberKey } from '../search/words.ts';
import { rowsOf } from '../statements.ts';
import type { Session } from '../statements.ts';

/** Of one kind. More would be a list, not a name. */
const MOST = 5;

interface Named {
  readonly id: string;
  readonly name: string;
  readonly number: string;
}

interface Owned {
  readonly id: string;
  readonly number: string;
  readonly clientId: string | null;
  readonly groupId: string | null;
  readonly ownerName: string | null;
}

export function readNumbered(session: Session): NumberedReads {
  const clients = rowsOf<Named>(
    session,
    `SELECT client_id AS id, display_name AS name, account_no AS number FROM replica_clients WHERE gone = 0 AND account_key = ? LIMIT ${MOST}`,
  );
  const clientsOutside = rowsOf<Named>(
    session,
    `SELECT client_id AS id, display_name AS name, account_no AS number FROM replica_clients
     WHERE gone = 0 AND external_id IS NOT NULL AND external_id COLLATE NOCASE = ? LIMIT ${MOST}`,
  );
  const clientsHere = rowsOf<Named>(
    session,
    `SELECT client.client_id AS id, client.display_name AS name, given.number AS number
     FROM journal_local_numbers AS given JOIN replica_clients AS client ON client.client_id = coalesce(
       (SELECT into_local_id FROM journal_merges WHERE local_id = given.record_id AND kind = 'client'), given.record_id
     ) WHERE given.record_kind = 'client' AND client.gone = 0 AND given.number = ? LIMIT ${MOST}`,
  );
  const groups = rowsOf<Named>(
    session,
    `SELECT group_id AS id, name, account_no AS number FROM replica_groups WHERE gone = 0 AND account_key = ? LIMIT ${MOST}`,
  );
  const groupsOutside = rowsOf<Named>(
    session,
    `SELECT group_id AS id, name, account_no AS number FROM replica_groups
     WHERE gone = 0 AND external_id IS NOT NULL AND external_id COLLATE NOCASE = ? LIMIT ${MOST}`,
  );
  const groupsHere = rowsOf<Named>(
    session,
    `SELECT own.group_id AS id, own.name AS name, given.number AS number
     FROM journal_local_numbers AS given JOIN replica_groups AS own ON own.group_id = coalesce(
       (SELECT into_local_id FROM journal_merges WHERE local_id = given.record_id AND kind = 'group'), given.record_id
     ) WHERE given.record_kind = 'group' AND own.gone = 0 AND given.number = ? LIMIT ${MOST}`,
  );
  const accounts = (table: 'replica_loans' | 'replica_savings', id: 'loan_id' | 'savings_id') =>
    rowsOf<Owned>(
      session,
      `SELECT account.${id} AS id, account.account_no AS number, account.client_id AS clientId, account.group_id AS groupId,
         coalesce(client.display_name, owner.name) AS ownerName
       FROM ${table} AS account
       LEFT JOIN replica_clients AS client ON client.client_id = account.client_id
       LEFT JOIN replica_groups AS owner ON owner.group_id = account.group_id
       WHERE account.gone = 0 AND account.account_key = ? LIMIT ${MOST}`,
    );
  const loans = accounts('replica_loans', 'loan_id');
  // Head office's number stands in its place as soon as there is one; ours is on her paper.
  const accountsHere = (kind: 'loan' | 'savings', table: 'replica_loans' | 'replica_savings', id: 'loan_id' | 'savings_id') =>
    rowsOf<Owned>(
      session,
      `SELECT account.${id} AS id, given.number AS number, account.client_id AS clientId, account.group_id AS groupId,
         coalesce(client.display_name, owner.name) AS ownerName
       FROM journal_local_numbers AS given JOIN ${table} AS account ON account.${id} = given.record_id
       LEFT JOIN replica_clients AS client ON client.client_id = account.client_id
       LEFT JOIN replica_groups AS owner ON owner.group_id = account.group_id
       WHERE given.record_kind = '${kind}' AND account.gone = 0 AND given.number = ? LIMIT ${MOST}`,
    );
  const loansHere = accountsHere('loan', 'replica_loans', 'loan_id');
  const savings = accounts('replica_savings', 'savings_id');
  const savingsHere = accountsHere('savings', 'replica_savings', 'savings_id');
  const ownerOf = ({ clientId, groupId, ownerName }: Owned) => ({
    clientId: clientId,
    groupId: clientId === null ? groupId : null,
    ownerName: ownerName ?? '',
  });

  return {
    numbered: (code) => {
      const trimmed = code.trim();
      const key = numberKey(trimmed);
      if (key === '') return [];
      const found: Numbered[] = [];
      const byId = new Map(
        [...clients(key), ...clientsOutside(trimmed), ...clientsHere(trimmed.toUpperCase())].map((row) => [row.id, row]),
      );
      for (const { id, name, number } of byId.values()) found.push({ kind: 'client', clientId: id, name, number });
      const bySavings = new Map([...savings(key), ...savingsHere(trimmed.toUpperCase())].map((row) => [row.id, row]));
      for (const row of bySavings.values()) found.push({ kind: 'savings', savingsId: row.id, number: row.number, ...ownerOf(row) });
      const byLoan = new Map([...loans(key), ...loansHere(trimmed.toUpperCase())].map((row) => [row.id, row]));
      for (const row of byLoan.values()) found.push({ kind: 'loan', loanId: row.id, number: row.number, ...ownerOf(row) });
      const byGroup = new Map(
        [...groups(key), ...groupsOutside(trimmed), ...groupsHere(trimmed.toUpperCase())].map((row) => [row.id, row]),
      );
      for (const { id, name, number } of byGroup.values()) found.push({ kind: 'group', groupId: id, name, number });
      return found;
    },
  };
}
