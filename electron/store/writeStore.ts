// Everything that can be written, composed from the tables, over everything that can be asked. Its statements refuse to run outside
// Store.write (see statements.ts).

import type { ReadStore, WriteStore } from '../ports/store.ts';
import type { SearchIndex } from './search/searchIndex.ts';
import type { SimilarWords } from './search/similarWords.ts';
import type { Session } from './statements.ts';
import { writeCashSlips } from './tables/cashSlipTable.ts';
import { writeClients } from './tables/clientTable.ts';
import { writeCommandEvents } from './tables/commandEventTable.ts';
import { writeCommands } from './tables/commandTable.ts';
import { writeDays } from './tables/dayTable.ts';
import { writeDrafts } from './tables/draftTable.ts';
import { writeDrawers } from './tables/drawerTable.ts';
import { writeEffects } from './tables/effectTable.ts';
import { writeEntries } from './tables/entryTable.ts';
import { writeExceptions } from './tables/exceptionTable.ts';
import { writeFiles } from './tables/fileTable.ts';
import { writeGroups } from './tables/groupTable.ts';
import { writeLeftOut } from './tables/leftOutTable.ts';
import { writeLocalNumbers } from './tables/localNumberTable.ts';
import { writeLoans } from './tables/loanTable.ts';
import { partAccounts } from './tables/partedAccounts.ts';
import { writePrintJobs } from './tables/printJobTable.ts';
import { writeReceipts } from './tables/receiptTable.ts';
import { writeReference } from './tables/referenceTable.ts';
import { writeReports } from './tables/reportTable.ts';
import { writeSavings } from './tables/savingsTable.ts';
import { writeServerIds } from './tables/serverIdTable.ts';
import { writeSettings } from './tables/settingTable.ts';
import { writeShelves } from './tables/shelfTable.ts';
import { writeStaff } from './tables/staffTable.ts';

export function writeStoreOn(session: Session, reads: ReadStore, similar: SimilarWords, index: SearchIndex): WriteStore {
  const ids = writeServerIds(session);
  const commands = writeCommands(session);
  const parting = partAccounts(session, ids);
  const clients = writeClients(session, ids, index, parting, () => similar.forget());
  const groups = writeGroups(session, ids, parting);
  const loans = writeLoans(session, ids, (clientId) => clients.refreshDue(clientId));
  const savings = writeSavings(session, ids);
  const replica = { client: clients, group: groups, loan: loans, savings };
  const reference = writeReference(session);
  const shelves = writeShelves(session);
  const leftOut = writeLeftOut(session);
  const files = writeFiles(session);
  const settings = writeSettings(session);
  return {
    ...reads,
    ...writeEntries(session),
    ...commands,
    ...writeCommandEvents(session),
    ...writeReceipts(session),
    ...writePrintJobs(session),
    ...writeEffects(session),
    ...writeDrawers(session),
    ...writeDays(session),
    ...writeReports(session),
    ...writeCashSlips(session),
    ...writeExceptions(session),
    ...writeStaff(session),
    ...writeDrafts(session),
    ...writeLocalNumbers(session),
    ...settings,
    saveSetting: (name, value) => {
      settings.saveSetting(name, value);
      if (index.bringUp()) similar.forget();
    },
    learnServerId: (kind, serverId, newId) => ids.learnServerId(kind, serverId, newId),
    learnCreated(kind, serverId, localId, isOneWith) {
      if (kind === 'client') return clients.learnCreated(serverId, localId);
      if (kind === 'group') return groups.learnCreated(serverId, localId);
      const holder = ids.localIdOf(kind, serverId);
      const isAnothers = holder !== null && holder !== localId && !isOneWith(holder) && ids.part(kind, serverId, holder);
      const parted = isAnothers ? [{ kind, localId: holder, serverId }] : [];
      return { known: ids.learnServerId(kind, serverId, () => localId), parted };
    },
    learnListed(kind, { serverId, externalId }, newId, { same, another }) {
      const holder = ids.localIdOf(kind, serverId);
      const isOurs = holder !== null && ids.isNumberOf(externalId, kind, holder);
      const isAnothers = holder !== null && !isOurs && another(holder) && ids.part(kind, serverId, holder);
      ids.localIdFor(kind, serverId, externalId, newId, same);
      return isAnothers ? [{ kind, localId: holder, serverId }] : [];
    },
    insertMerge(kind, localId, intoLocalId) {
      for (const merged of ids.insertMerge(kind, localId, intoLocalId)) commands.keepOrderOfMerged(merged);
    },
    ...clients.writes,
    ...groups.writes,
    ...loans.writes,
    ...savings.writes,
    ...reference.writes,
    ...shelves.writes,
    ...leftOut.writes,
    ...files.writes,
    markGone: (kind, serverIds) => replica[kind].markGone(serverIds),
    dropReplica: () => {
      for (const noun of [...Object.values(replica), reference, shelves, leftOut, files]) noun.drop();
    },
  };
}
