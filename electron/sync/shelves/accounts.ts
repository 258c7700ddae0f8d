// What loans and savings accounts have in common as shelves: rows that are judged as they are kept, because promises of ours stand in them.

import type { CommandState } from '../../../shared/domain/commands/command.ts';
import { assert } from '../../../shared/kernel/assert.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { noticeGivenNumbers, noticeNumbersTwice } from '../../journal/recordBooksBehind.ts';
import type { AuditEntry, PulledTransaction } from '../../ports/headOffice.ts';
import type { AccountKind, ReadStore, WriteStore } from '../../ports/store.ts';
import { includeEffects } from '../includeEffects.ts';
import type { Reading } from './shelf.ts';
import { isCollectionSheet, isNamed } from './shelf.ts';

/** Large enough to hide the round trip, small enough that the screen does not wait for it. */
export const ACCOUNTS_AT_ONCE = 20;

/** To be called in the transaction of the rows, after they were saved. */
export function keepAccounts(
  write: WriteStore,
  kind: AccountKind,
  rows: readonly { readonly serverId: number; readonly transactions: readonly PulledTransaction[] }[],
  { parts, askedAt, by }: Reading,
): readonly LocalId[] {
  noticeGivenNumbers(
    write,
    parts,
    rows.flatMap((row) => row.transactions.map((transaction) => transaction.receiptNumber)),
  );
  return rows.flatMap(({ serverId, transactions }) => {
    const localId = write.localIdOf(kind, serverId);
    assert(localId !== null, 'an account that was kept has an id');
    const account = kind === 'loan' ? write.loan(localId) : write.savings(localId);
    assert(account !== null, 'an account that was kept is there');
    noticeNumbersTwice(write, parts, { accountId: localId, accountNo: account.accountNo, currency: account.currency }, transactions);
    return includeEffects(write, parts, kind, localId, askedAt, by);
  });
}

export function removeAccounts(write: WriteStore, kind: AccountKind, serverIds: readonly number[]): readonly LocalId[] {
  write.markGone(kind, serverIds);
  return serverIds.flatMap((serverId) => {
    const localId = write.localIdOf(kind, serverId);
    return localId === null ? [] : write.effectsOf(kind, localId).map(({ commandId }) => commandId);
  });
}

const ON_THE_WAY: ReadonlySet<CommandState> = new Set<CommandState>(['sending', 'inDoubt', 'accepted']);

export function fingerprintOf(read: ReadStore, kind: AccountKind, serverId: number): string {
  const localId = read.localIdOf(kind, serverId);
  if (localId === null) return '';
  const account = kind === 'loan' ? read.loan(localId) : read.savings(localId);
  const transactions = kind === 'loan' ? read.loanTransactions(localId) : read.savingsTransactions(localId);
  return JSON.stringify([{ ...account, pulledAt: 0 }, transactions]);
}

export function accountOfRow(serverId: number | null): readonly number[] {
  return serverId === null ? [] : [serverId];
}

export function accountsOf(read: ReadStore, kind: AccountKind, clientServerId: number | null): readonly number[] {
  const clientId = clientServerId === null ? null : read.localIdOf('client', clientServerId);
  if (clientId === null) return [];
  return (kind === 'loan' ? read.loansOf(clientId) : read.savingsOf(clientId)).flatMap(({ serverId }) => accountOfRow(serverId));
}

/** The account itself, where the row keeps the address of the request. */
export function subjectOf({ subject }: AuditEntry, kind: AccountKind): number | null {
  return subject?.kind === kind ? subject.serverId : null;
}

/** Deeds that name a client, a group or a centre, and move accounts of theirs. */
export function accountsTouchedBy(entry: AuditEntry, read: ReadStore, kind: AccountKind): readonly number[] {
  // A guarantor's savings are held by the same command (contract 6.8).
  if (isNamed(entry, ['GUARANTOR', 'ACCOUNTTRANSFER']))
    return [
      ...accountsOf(read, kind, entry.clientServerId),
      // Some releases name the source of a transfer by its number alone.
      ...(kind === 'savings' && entry.savingsAccountNo !== null ? read.savingsNumbered(entry.savingsAccountNo) : []),
    ];
  if (!isCollectionSheet(entry)) return [];
  const id = entry.groupServerId ?? entry.resourceId;
  if (id === null) return [];
  const groupId = read.localIdOf('group', id);
  const groups = isNamed(entry, ['CENTER']) ? read.groupsOfCenter(id).map((group) => group.groupId) : groupId === null ? [] : [groupId];
  return groups.flatMap((each) => [
    ...(kind === 'loan' ? read.loansOfGroup(each) : read.savingsOfGroup(each)).flatMap(({ serverId }) => accountOfRow(serverId)),
    ...read.membersOf(each).flatMap((member) => accountsOf(read, kind, member.serverId)),
  ]);
}

export function movesHere(read: ReadStore, kind: AccountKind, serverId: number): boolean {
  const localId = read.localIdOf(kind, serverId);
  if (localId === null) return false;
  return read
    .effectsOf(kind, localId)
    .some(({ included, commandId }) => !included && ON_THE_WAY.has(read.command(commandId)?.state ?? 'queued'));
}
