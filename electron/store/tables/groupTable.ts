// Groups and their members.

import { isAnotherGroup } from '../../../shared/domain/givenAgain.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { PulledGroup } from '../../ports/headOffice.ts';
import type { GroupReads, GroupRecord, GroupWrites, Parted } from '../../ports/store.ts';
import { replicaGroupMembers } from '../schema/replica/groupMembers.ts';
import { replicaGroupRoles } from '../schema/replica/groupRoles.ts';
import { replicaGroups } from '../schema/replica/groups.ts';
import { hasDigit, nameKey, numberKey, searchText, wordsOf } from '../search/words.ts';
import { change, insertInto, numberOf, numbersOf, replacing, selectFrom, textOf, textsOf } from '../statements.ts';
import type { Session } from '../statements.ts';
import type { PartAccounts } from './partedAccounts.ts';
import type { ReplicaNoun } from './replicaNoun.ts';
import type { LearnServerIds } from './serverIdTable.ts';

type Row = typeof replicaGroups.$inferSelect;

/** A shorter beginning is that of a large part of all accounts, of which few are a group's. */
const BEGINNING_MIN = 3;
/** Of the institution's own number. */
const EXTERNAL_ID_LENGTH_MIN = 4;

function groupOf({ groupRow: _row, nameKey: _name, accountKey: _account, active: _active, ...group }: Row): GroupRecord {
  return group;
}

export function readGroups(session: Session): GroupReads {
  const byId = selectFrom(session, replicaGroups, 'WHERE group_id = ?');
  const byRow = selectFrom(session, replicaGroups, 'WHERE group_row = ?');
  const page = selectFrom(session, replicaGroups, 'WHERE gone = 0 ORDER BY name_key LIMIT ? OFFSET ?');
  const total = numberOf(session, 'SELECT count(*) FROM replica_groups WHERE gone = 0');
  const of = selectFrom(
    session,
    replicaGroups,
    'WHERE gone = 0 AND group_id IN (SELECT group_id FROM replica_group_members WHERE client_id = ?) ORDER BY name_key',
  );
  const rolesIn = selectFrom(session, replicaGroupRoles, 'WHERE group_id = ? ORDER BY client_id, role');
  const ofCenter = selectFrom(session, replicaGroups, 'WHERE center_server_id = ? AND gone = 0 ORDER BY name_key');
  const owned = numbersOf(
    session,
    `SELECT DISTINCT json_each.value FROM replica_groups INDEXED BY replica_groups_owning, json_each(savings_server_ids)
     WHERE gone = 0 AND savings_server_ids <> '[]' ORDER BY 1`,
  );
  const named = numbersOf(session, 'SELECT rowid FROM replica_group_names WHERE replica_group_names MATCH ? ORDER BY rank LIMIT ?');
  const numbered = numbersOf(session, 'SELECT group_row FROM replica_groups WHERE gone = 0 AND account_key = ? LIMIT ?');
  const owner = (table: 'replica_loans' | 'replica_savings', condition: string) =>
    numbersOf(
      session,
      `SELECT DISTINCT owner.group_row FROM ${table} AS account JOIN replica_groups AS owner ON owner.group_id = account.group_id
       WHERE account.gone = 0 AND owner.gone = 0 AND account.client_id IS NULL AND ${condition} LIMIT ?`,
    );
  const owning = (['replica_savings', 'replica_loans'] as const).map((table) => ({
    is: owner(table, 'account.account_key = ?'),
    begins: owner(table, 'account.account_key >= ? AND account.account_key < ?'),
  }));
  const begins = numbersOf(session, 'SELECT group_row FROM replica_groups WHERE gone = 0 AND account_key >= ? AND account_key < ? LIMIT ?');
  const localBegins = numbersOf(
    session,
    `SELECT group_row FROM journal_local_numbers AS given JOIN replica_groups AS own ON own.group_id = coalesce(
       (SELECT into_local_id FROM journal_merges WHERE local_id = given.record_id AND kind = 'group'), given.record_id
     ) WHERE given.record_kind = 'group' AND own.gone = 0 AND given.number >= ? AND given.number < ? LIMIT ?`,
  );
  const outside = numbersOf(
    session,
    `SELECT group_row FROM replica_groups
     WHERE gone = 0 AND external_id IS NOT NULL AND external_id COLLATE NOCASE >= ? AND external_id COLLATE NOCASE < ? LIMIT ?`,
  );
  const known = selectFrom(session, replicaGroups, 'WHERE gone = 0 AND external_id IS NOT NULL AND external_id COLLATE NOCASE = ?');
  const into = textOf(session, `SELECT into_local_id FROM journal_merges WHERE local_id = ? AND kind = 'group'`);
  function group(groupId: LocalId): GroupRecord | null {
    const merged = into(groupId);
    if (merged !== null) return group(merged);
    const row = byId.one(groupId);
    return row === null ? null : groupOf(row);
  }
  return {
    group,
    groups: (offset, most) => ({ rows: page.all(most, offset).map(groupOf), total: total() ?? 0 }),
    rolesIn: (groupId) => rolesIn.all(groupId).map(({ clientId, role }) => ({ clientId, role })),
    groupsOf: (clientId) => of.all(clientId).map(groupOf),
    groupsOfCenter: (centerServerId) => ofCenter.all(centerServerId).map(groupOf),
    groupsKnownAs: (externalId) => known.all(externalId.trim()).map(groupOf),
    groupSavingsServerIds: () => owned(),
    findGroups: (text, most) => {
      const words = wordsOf(text);
      if (words.length === 0) return [];
      const key = numberKey(text);
      const end = `${key}\u{10FFFF}`;
      const rows = new Set(numbered(key, most));
      for (const { is } of owning) for (const row of is(key, most)) rows.add(row);
      const written = text.trim();
      if (written.length >= EXTERNAL_ID_LENGTH_MIN) for (const row of outside(written, `${written}\u{10FFFF}`, most)) rows.add(row);
      for (const row of named(words.map((word) => `"${word}"*`).join(' '), most)) rows.add(row);
      if (hasDigit(key) && key.length >= BEGINNING_MIN && rows.size < most) {
        for (const row of begins(key, end, most)) rows.add(row);
        const given = text.trim().toUpperCase();
        for (const row of localBegins(given, `${given}\u{10FFFF}`, most)) rows.add(row);
        for (const account of owning) for (const row of account.begins(key, end, most)) rows.add(row);
      }
      return [...rows].slice(0, most).flatMap((groupRow) => {
        const row = byRow.one(groupRow);
        return row === null ? [] : [groupOf(row)];
      });
    },
  };
}

type AlsoKnownAs = Parameters<GroupWrites['saveGroups']>[3];

export interface WriteGroups extends ReplicaNoun<GroupWrites> {
  learnCreated(serverId: number, groupId: LocalId): { readonly known: LocalId; readonly parted: readonly Parted[] };
}

export function writeGroups(session: Session, ids: LearnServerIds, partAccounts: PartAccounts): WriteGroups {
  const save = insertInto(session, replicaGroups, replacing(replicaGroups, 'group_id', 'group_row'));
  const rowOf = numberOf(session, 'SELECT group_row FROM replica_groups WHERE group_id = ?');
  const indexName = change(session, 'INSERT OR REPLACE INTO replica_group_names (rowid, name) VALUES (?, ?)');
  const unindexName = change(session, 'DELETE FROM replica_group_names WHERE rowid = ?');
  const clearMembers = change(session, 'DELETE FROM replica_group_members WHERE group_id = ?');
  const clearRoles = change(session, 'DELETE FROM replica_group_roles WHERE group_id = ?');
  const insertRole = insertInto(session, replicaGroupRoles, 'ON CONFLICT DO NOTHING');
  const insertMember = insertInto(session, replicaGroupMembers, 'ON CONFLICT DO NOTHING');
  const mark = change(session, 'UPDATE replica_groups SET gone = 1 WHERE group_row = ?');
  const rowsByServerId = numbersOf(session, 'SELECT group_row FROM replica_groups WHERE server_id = ? AND gone = 0');
  const drops = [
    // Those that head office does not have yet come back from nowhere else: they stay, and are indexed anew.
    change(
      session,
      'DELETE FROM replica_group_members WHERE group_id IN (SELECT group_id FROM replica_groups WHERE server_id IS NOT NULL)',
    ),
    change(session, 'DELETE FROM replica_group_roles'),
    change(session, 'DELETE FROM replica_groups WHERE server_id IS NOT NULL'),
    change(session, `INSERT INTO replica_group_names (replica_group_names) VALUES ('delete-all')`),
  ];
  const ownHere = selectFrom(session, replicaGroups, 'WHERE gone = 0');
  const before = selectFrom(session, replicaGroups, 'WHERE group_id = ?');
  const membersBefore = textsOf(session, 'SELECT client_id FROM replica_group_members WHERE group_id = ?');

  function hide(groupRow: number): void {
    mark(groupRow);
    unindexName(groupRow);
  }

  /** Where that number is another group's now, whoever had it has none. */
  function part({ serverId, memberServerIds, ...told }: PulledGroup, alsoKnownAs: AlsoKnownAs): readonly Parted[] {
    const holder = ids.localIdOf('group', serverId);
    const known = holder === null ? null : before.one(holder);
    if (holder === null || known === null || ids.isNumberOf(told.externalId, 'group', holder)) return [];
    const members = membersBefore(holder);
    const sharesMember = memberServerIds.some((each) => members.includes(ids.localIdOf('client', each) ?? ''));
    if (!isAnotherGroup(known, told, sharesMember)) return [];
    // What was said of it here is no other group's word.
    const said = alsoKnownAs?.(groupOf(known));
    return said === undefined || isAnotherGroup(said, told, sharesMember) ? partFrom(known, serverId) : [];
  }

  function partFrom({ groupId, groupRow }: Row, serverId: number): readonly Parted[] {
    if (!ids.part('group', serverId, groupId)) return [];
    hide(groupRow);
    return [{ kind: 'group', localId: groupId, serverId }, ...partAccounts({ groupId })];
  }

  return {
    learnCreated: (serverId, groupId) => {
      const own = before.one(groupId);
      const holder = ids.localIdOf('group', serverId);
      const known = holder === null || holder === groupId ? null : before.one(holder);
      // What head office made just now is new there: a record that had the number is ours only where a pull saw ours before this answer came.
      const isAnother = own !== null && known !== null && nameKey(known.name) !== nameKey(own.name);
      const parted = isAnother ? partFrom(known, serverId) : [];
      return { known: ids.learnServerId('group', serverId, () => groupId), parted };
    },
    writes: {
      saveGroups: (rows, pulledAt, newId, alsoKnownAs) => {
        const parted = rows.flatMap((row) => part(row, alsoKnownAs));
        for (const { memberServerIds, roles, officeServerId: _office, ...group } of rows) {
          const groupId = ids.localIdFor('group', group.serverId, group.externalId, newId, (ours) => before.one(ours)?.name === group.name);
          save({
            ...group,
            groupId,
            members: memberServerIds.length,
            pulledAt,
            gone: false,
            active: group.status === 'active',
            nameKey: nameKey(group.name),
            accountKey: numberKey(group.accountNo),
          });
          indexName(rowOf(groupId) ?? 0, searchText(group.name));
          clearMembers(groupId);
          for (const serverId of memberServerIds) insertMember({ groupId, clientId: ids.learnServerId('client', serverId, newId) });
          clearRoles(groupId);
          for (const { clientServerId, role } of roles)
            insertRole({ groupId, clientId: ids.learnServerId('client', clientServerId, newId), role });
        }
        return parted;
      },
      saveOwnGroup: (group, members) => {
        // Head office's own row says more than what was meant.
        if ((before.one(group.groupId)?.serverId ?? null) !== null) return;
        save({
          ...group,
          serverId: null,
          pulledAt: null,
          members: members.length,
          gone: false,
          active: group.status === 'active',
          nameKey: nameKey(group.name),
          accountKey: numberKey(group.accountNo),
        });
        indexName(rowOf(group.groupId) ?? 0, searchText(group.name));
        clearMembers(group.groupId);
        for (const clientId of members) insertMember({ groupId: group.groupId, clientId });
      },
      forgetOwnGroup: (groupId) => {
        const known = before.one(groupId);
        if (known === null || known.serverId !== null || known.gone) return;
        hide(known.groupRow);
        clearMembers(groupId);
      },
    },
    markGone: (serverIds) => {
      for (const serverId of serverIds) {
        for (const groupRow of rowsByServerId(serverId)) {
          hide(groupRow);
        }
      }
    },
    drop: () => {
      for (const drop of drops) drop();
      for (const own of ownHere.all()) indexName(own.groupRow, searchText(own.name));
    },
  };
}
