// Whose an account is: as head office tells it, and as its record here says. Whoever one was applied for here may have been made one with another
// client since.

import { isAnothersAccount, type Owned } from '../../../shared/domain/givenAgain.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { AccountKind, Parted } from '../../ports/store.ts';
import { change, rowsOf, textOf } from '../statements.ts';
import type { Session } from '../statements.ts';
import type { LearnServerIds } from './serverIdTable.ts';

type OfProduct = Omit<Owned, 'externalId'> & { readonly productName: string };

export interface AccountOwners {
  /** Where that number is another account's now, whatever had it has none. */
  part(serverId: number, told: Owned): readonly Parted[];
  /** Head office's row of that number is this one's: of whatever had it before a restore, and was given up or waits to be sent again, it has none. */
  alone(serverId: number, localId: LocalId): void;
  /** Whether what was applied for here is what head office tells of now. */
  isSame(own: OfProduct, told: OfProduct): boolean;
}

export function accountOwners(session: Session, ids: LearnServerIds, kind: AccountKind, table: string, key: string): AccountOwners {
  const into = textOf(session, `SELECT into_local_id FROM journal_merges WHERE local_id = ? AND kind = ?`);
  const ownerNow = (of: 'client' | 'group', localId: LocalId | null): LocalId | null =>
    localId === null ? null : (into(localId, of) ?? localId);
  const ownedBy = rowsOf<Owned & { readonly serverId: number | null }>(
    session,
    `SELECT client_id AS clientId, group_id AS groupId, external_id AS externalId, server_id AS serverId FROM ${table} WHERE ${key} = ?`,
  );
  const hide = change(session, `UPDATE ${table} SET gone = 1 WHERE ${key} = ?`);
  const hideOthers = change(session, `UPDATE ${table} SET gone = 1 WHERE server_id = ? AND ${key} <> ?`);
  return {
    part: (serverId, told) => {
      const holder = ids.localIdOf(kind, serverId);
      const [kept] = holder === null ? [] : ownedBy(holder);
      const known = kept && {
        clientId: ownerNow('client', kept.clientId),
        groupId: ownerNow('group', kept.groupId),
        externalId: kept.serverId === null ? null : kept.externalId,
      };
      if (holder === null || known === undefined || !isAnothersAccount(known, told) || !ids.part(kind, serverId, holder)) return [];
      hide(holder);
      return [{ kind, localId: holder, serverId }];
    },
    alone: (serverId, localId) => {
      hideOthers(serverId, localId);
    },
    isSame: (own, told) => {
      if (own.productName !== told.productName || ownerNow('client', own.clientId) !== told.clientId) return false;
      return told.clientId !== null || ownerNow('group', own.groupId) === told.groupId;
    },
  };
}
