// Everything that can be asked of the store, composed from the tables. It holds no writing statement, so a reader cannot become a writer.

import type { ReadStore } from '../ports/store.ts';
import { knownCountries } from './search/country.ts';
import type { SearchIndex } from './search/searchIndex.ts';
import type { SimilarWords } from './search/similarWords.ts';
import { fold } from './search/words.ts';
import type { Session } from './statements.ts';
import { readAccountListing } from './tables/accountListing.ts';
import { readCashSlips } from './tables/cashSlipTable.ts';
import { readClients } from './tables/clientTable.ts';
import { readCommandEvents } from './tables/commandEventTable.ts';
import { readCommands } from './tables/commandTable.ts';
import { readCurrencies } from './tables/currencyTable.ts';
import { readDays } from './tables/dayTable.ts';
import { readDrafts } from './tables/draftTable.ts';
import { readDrawers } from './tables/drawerTable.ts';
import { readEffects } from './tables/effectTable.ts';
import { readEntries } from './tables/entryTable.ts';
import { readExceptions } from './tables/exceptionTable.ts';
import { findClients } from './tables/findClients.ts';
import { readFiles } from './tables/fileTable.ts';
import { readGroups } from './tables/groupTable.ts';
import { readLeftOut } from './tables/leftOutTable.ts';
import { readLocalNumbers } from './tables/localNumberTable.ts';
import { readLoans } from './tables/loanTable.ts';
import { readNumbered } from './tables/numberedTable.ts';
import { readPrintJobs } from './tables/printJobTable.ts';
import { readReceipts } from './tables/receiptTable.ts';
import { readReference } from './tables/referenceTable.ts';
import { readReports } from './tables/reportTable.ts';
import { readSavings } from './tables/savingsTable.ts';
import { readServerIds } from './tables/serverIdTable.ts';
import { readSettings } from './tables/settingTable.ts';
import { readShelves } from './tables/shelfTable.ts';
import { readStaff } from './tables/staffTable.ts';

export function readStoreOn(session: Session, similar: SimilarWords, index: SearchIndex): ReadStore {
  return {
    ...readEntries(session),
    ...readCommands(session),
    ...readCommandEvents(session),
    ...readReceipts(session),
    ...readPrintJobs(session),
    ...readEffects(session),
    ...readDrawers(session),
    ...readDays(session),
    ...readReports(session),
    ...readCashSlips(session),
    ...readExceptions(session),
    ...readStaff(session),
    ...readDrafts(session),
    ...readSettings(session),
    ...readCurrencies(session),
    institutionCountry: () => index.country(),
    inPlainLetters: fold,
    knownCountries: () => knownCountries(),
    ...readServerIds(session),
    ...readLocalNumbers(session),
    ...readClients(session),
    ...findClients(session, similar, index),
    ...readNumbered(session),
    ...readFiles(session),
    ...readGroups(session),
    ...readLoans(session),
    ...readSavings(session),
    ...readReference(session),
    ...readShelves(session),
    ...readLeftOut(session),
    ...readAccountListing(session),
  };
}
