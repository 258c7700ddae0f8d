// What stands under an owner whose number head office gave to somebody else, accounts and identity papers: what has their numbers there now is not
// theirs.

import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { AccountKind, Parted } from '../../ports/store.ts';
import { change, rowsOf, textsOf } from '../statements.ts';
import type { Session } from '../statements.ts';
import type { LearnServerIds } from './serverIdTable.ts';

export type PartAccounts = (owner: { readonly clientId: LocalId } | { readonly groupId: LocalId }) => readonly Parted[];

export function partAccounts(session: Session, ids: LearnServerIds): PartAccounts {
  const tables = (['loan', 'savings'] as const).map((kind: AccountKind) => {
    const [table, id] = kind === 'loan' ? ['replica_loans', 'loan_id'] : ['replica_savings', 'savings_id'];
    const asked = (owner: string) =>
      rowsOf<{ localId: LocalId; serverId: number }>(
        session,
        `SELECT ${id} AS localId, server_id AS serverId FROM ${table} WHERE ${owner} AND gone IN (0, 1)`,
      );
    return {
      kind,
      ofClient: asked('client_id = ?'),
      ofGroup: asked('client_id IS NULL AND group_id = ?'),
      mark: change(session, `UPDATE ${table} SET gone = 1 WHERE ${id} = ?`),
    };
  });
  const papersOf = textsOf(
    session,
    `SELECT DISTINCT paper.record_id FROM journal_record_facts AS fact JOIN journal_record_facts AS paper ON paper.sequence = fact.sequence
     WHERE fact.record_id = ? AND fact.record_kind = 'client' AND paper.record_kind = 'identifier'`,
  );

  function partPapers(clientId: LocalId): readonly Parted[] {
    return papersOf(clientId).flatMap((id) => {
      const localId = id as LocalId;
      const serverId = ids.serverIdOf('identifier', localId);
      return serverId !== null && ids.part('identifier', serverId, localId) ? [{ kind: 'identifier' as const, localId, serverId }] : [];
    });
  }

  return (owner) => [
    ...tables.flatMap(({ kind, ofClient, ofGroup, mark }) => {
      const accounts = 'clientId' in owner ? ofClient(owner.clientId) : ofGroup(owner.groupId);
      return accounts.flatMap(({ localId, serverId }) => {
        if (!ids.part(kind, serverId, localId)) return [];
        mark(localId);
        return [{ kind, localId, serverId }];
      });
    }),
    ...('clientId' in owner ? partPapers(owner.clientId) : []),
  ];
}
