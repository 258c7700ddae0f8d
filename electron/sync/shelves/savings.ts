// Savings accounts, always whole.

import { noticeGivenLocalNumbers } from '../../journal/localNumbers.ts';
import { noteParted } from '../../journal/noteParted.ts';
import { hasOwnerLeft, isOwnerHere } from '../officeScope.ts';
import {
  ACCOUNTS_AT_ONCE,
  accountOfRow,
  accountsOf,
  accountsTouchedBy,
  fingerprintOf,
  keepAccounts,
  movesHere,
  removeAccounts,
  subjectOf,
} from './accounts.ts';
import { isHere, isNamed } from './shelf.ts';
import type { Shelf } from './shelf.ts';

/** Actions whose audit row carries the id of a transaction where others carry the account's (contract 6.9). */
const TRANSACTION_ACTIONS: ReadonlySet<string> = new Set(['DEPOSIT', 'WITHDRAWAL', 'HOLDAMOUNT', 'RELEASEAMOUNT', 'ADJUSTTRANSACTION']);

export const savings: Shelf<'savings'> = {
  name: 'savings',
  pageRows: 200,
  atOnce: ACCOUNTS_AT_ONCE,
  hasWays: true,
  keep: (write, rows, reading) => {
    noticeGivenLocalNumbers(
      write,
      reading.parts,
      rows.map(({ externalId }) => externalId),
    );
    noteParted(
      write,
      reading.parts,
      write.saveSavings(rows, reading.askedAt, () => reading.parts.ids.newId()),
    );
    return keepAccounts(write, 'savings', rows, reading);
  },
  belongs: isOwnerHere,
  hasLeft: hasOwnerLeft,
  remove: (write, serverIds) => removeAccounts(write, 'savings', serverIds),
  holds: (read, serverId) => isHere(read.localIdOf('savings', serverId), (id) => read.savings(id)),
  // Of a group's own no list tells but the group's.
  alsoListed: (read) => read.groupSavingsServerIds(),
  here: (read) => read.accountServerIds('savings'),
  staleBy: (entry, read) => {
    if (!isNamed(entry, ['SAVINGSACCOUNT*'])) return accountsTouchedBy(entry, read, 'savings');
    const subject = subjectOf(entry, 'savings');
    if (subject !== null) return [subject];
    // Where the row names the transaction, every savings account of its client is read.
    const isOfClient = entry.clientServerId !== null && read.localIdOf('client', entry.clientServerId) !== null;
    return [
      ...(isOfClient ? accountsOf(read, 'savings', entry.clientServerId) : []),
      ...(!isOfClient || !TRANSACTION_ACTIONS.has(entry.action) ? accountOfRow(entry.resourceId) : []),
    ];
  },
  fingerprint: (read, serverId) => fingerprintOf(read, 'savings', serverId),
  movesHere: (read, serverId) => movesHere(read, 'savings', serverId),
};
