// The branch's settings.

import type { Json } from '../../../shared/kernel/canonicalJson.ts';

/** Settings of the branch, each a JSON value under a fixed name; see electron/branch/settings.ts for their shapes. */
export type SettingName =
  | 'identity'
  | 'policy'
  | 'offlineDeclared'
  | 'preparation'
  | 'lastEnd'
  | 'lastInstant'
  | 'clockDoubt'
  | 'machine'
  | 'numbersTwice'
  | 'headOfficeDay'
  | 'dateSaid'
  | 'zonesBefore'
  | 'lateDay'
  | 'askedAgain'
  | 'syncState'
  | 'readingWays'
  | 'lastProof'
  | 'suspenseAccounts'
  | 'peopleAtTheDoor'
  | 'skippedReceipts'
  | 'skippedClientNumbers'
  | 'skippedReports'
  | 'skippedSlips'
  | 'booksBehind'
  | 'recordCheck'
  | 'window'
  | 'country'
  | 'deviceKeys'
  | 'notesTold'
  | 'drawerLimits'
  | 'printers';

export interface SettingReads {
  setting(name: SettingName): Json | null;
}

export interface CountryReads {
  /** Two letters of ISO 3166: as an administrator set it, else of the institution's money or its zone; null where nothing tells it. */
  institutionCountry(): string | null;
  /** A name of any script in plain letters, as it is searched. */
  inPlainLetters(name: string): string;
  /** Those whose numbers can be read, in alphabetical order of their letters. */
  knownCountries(): readonly string[];
}

export interface CurrencyReads {
  /** In which accounts that are not gone are kept, the most used first. */
  currenciesInUse(): readonly { readonly code: string; readonly decimals: number; readonly accounts: number }[];
}

export interface SettingWrites {
  saveSetting(name: SettingName, value: Json): void;
}
