// Loans, always whole.

import { noticeGivenLocalNumbers } from '../../journal/localNumbers.ts';
import { noteParted } from '../../journal/noteParted.ts';
import { isOwnerHere } from '../officeScope.ts';
import {
  ACCOUNTS_AT_ONCE,
  accountOfRow,
  accountsTouchedBy,
  fingerprintOf,
  keepAccounts,
  movesHere,
  removeAccounts,
  subjectOf,
} from './accounts.ts';
import { isHere, isNamed } from './shelf.ts';
import type { Shelf } from './shelf.ts';

export const loans: Shelf<'loans'> = {
  name: 'loans',
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
      write.saveLoans(rows, reading.askedAt, () => reading.parts.ids.newId()),
    );
    return keepAccounts(write, 'loan', rows, reading);
  },
  belongs: isOwnerHere,
  remove: (write, serverIds) => removeAccounts(write, 'loan', serverIds),
  holds: (read, serverId) => isHere(read.localIdOf('loan', serverId), (id) => read.loan(id)),
  here: (read) => read.accountServerIds('loan'),
  staleBy: (entry, read) => [
    ...(isNamed(entry, ['LOAN*', 'GUARANTOR', 'COLLATERAL']) && !isNamed(entry, ['LOANPRODUCT*'])
      ? accountOfRow(subjectOf(entry, 'loan') ?? entry.loanServerId ?? entry.resourceId)
      : []),
    ...accountsTouchedBy(entry, read, 'loan'),
  ],
  fingerprint: (read, serverId) => fingerprintOf(read, 'loan', serverId),
  movesHere: (read, serverId) => movesHere(read, 'loan', serverId),
};
