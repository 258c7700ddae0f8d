// The branch's few settings, each with its shape. A value that does not have its shape was not written by Tawi: that is a fault, not a default.

import type { DrawerLimit } from '../../shared/domain/cash/drawerLimits.ts';
import type { PrintersOfPc } from '../../shared/domain/printing/printers.ts';
import { defaultOfflinePolicy, type OfflinePolicy } from '../../shared/domain/savings/offlinePolicy.ts';
import type { MarkerMode } from '../../shared/domain/commands/command.ts';
import type { DeviceKey } from '../../shared/domain/receipts/receiptCode.ts';
import type { ClockDoubt } from '../../shared/domain/clock/clockDoubt.ts';
import { assert } from '../../shared/kernel/assert.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import type { Json } from '../../shared/kernel/canonicalJson.ts';
import type { BusinessDate } from '../../shared/kernel/businessDate.ts';
import type { Currency } from '../../shared/kernel/money.ts';
import type { ReadingWay, ShelfName } from '../ports/headOffice.ts';
import type { HeadOfficeAddress } from '../ports/sync.ts';
import type { BooksAudit, MemoryFinding, ReadStore, SettingName, WriteStore } from '../ports/store.ts';

export interface Identity {
  readonly institution: string;
  readonly officeName: string;
  readonly officeCode: string;
  readonly officeServerId: number;
  readonly deviceCode: string;
  /** Head office guards that no other PC of the office has the code. */
  readonly deviceRegistered: boolean;
  /** These books woke up on another machine or in another folder then, and give no number before they have a code of their own. */
  readonly newCodeSince?: number;
  /** As it is registered there. Missing in books that are older than this member. */
  readonly deviceName?: string;
  readonly practice: boolean;
  /** The only head office that anything of these books is sent to, and any sign-in of theirs. */
  readonly address: HeadOfficeAddress;
  /** The entry that names it. Missing in books that are older than this member. */
  readonly addressEntry?: number;
  readonly zone: string;
  /** The house's own: found with the first reading, or as an administrator said. */
  readonly currency: Currency;
  readonly currencySaid?: boolean;
  readonly foundedAt: number;
}

export interface OfflineDeclared {
  readonly by: string;
  readonly at: number;
  readonly reason: string;
}

export interface Preparation {
  readonly markers: MarkerMode;
  readonly checkedAt: number;
}

export interface LastEnd {
  readonly clean: boolean;
  readonly at: number;
}

export interface KeptClockDoubt {
  readonly doubt: ClockDoubt | null;
  readonly answer: 'clockIsRight' | 'clockIsWrong' | null;
  /** It was called right by somebody whose word is not enough for that. Missing in older books. */
  readonly doubtStays?: boolean;
  /** So much this PC was ahead of head office when it was answered; null where that was not known. */
  readonly settledByMs?: number | null;
  /** Facts up to this entry were recorded under another reading of the clock and are not compared with any more. */
  readonly settledThroughEntry: number;
}

/** A number of ours that stands at head office on another account, or with another sum, than our receipt of it. */
export interface NumberTwice {
  readonly number: string;
  readonly accountNo: string;
  readonly amountMinor: number;
  /** Missing in books that are older than this member: then it is the house's own. */
  readonly currency?: Currency;
  readonly seenAt: number;
}

/** Head office's day as it was read last, and the calendar day that this PC had then. */
export interface KeptHeadOfficeDay {
  readonly headOfficeDate: BusinessDate;
  readonly calendarDate: BusinessDate;
  readonly readAt: number;
}

/** Somebody said that the branch dates by its own day, while head office stood at another. */
export interface DateSaid {
  readonly businessDate: BusinessDate;
  readonly headOfficeDate: BusinessDate;
  readonly by: string;
  readonly at: number;
}

/** The business day that was opened before its date, for work after the close of the day before. */
export interface LateDay {
  readonly businessDate: BusinessDate;
  readonly by: string;
  readonly at: number;
}

/** A person whose kept sign-in head office refused: how often it was asked again since, and when it is next. */
export interface AskedAgain {
  readonly username: string;
  readonly times: number;
  readonly nextAt: number;
}

/** How far the sync loop has read. `auditedAt`: no account changed by a person at head office before it without being reloaded. */
export interface KeptSyncState {
  readonly auditCursor: number | null;
  /** The newest rows that were seen at or under the cursor: a head office put back to an earlier day gives their ids to other deeds. */
  readonly auditMarks: readonly AuditMark[];
  /** Who read them: another person may be shown fewer rows. */
  readonly auditReader: string | null;
  /** Ids of the newest rows that were read: one under the cursor that is not among them came late. */
  readonly auditSeen: readonly number[];
  /** Under this id nothing is known of the trail; 0 where it was seen from its beginning. Left out: the oldest id that is remembered. */
  readonly auditFloor?: number;
  /** When it was noticed last that head office was put back to an earlier day. */
  readonly putBackAt?: number;
  /** Rows that this reader was shown in all. */
  readonly auditTotal: number | null;
  readonly watchedAudits: readonly number[];
  /** Commands whose transaction a pulled account no longer shows, until head office has answered for each; kept with the rows that told. */
  readonly suspects: readonly LocalId[];
  readonly auditedAt: number | null;
  readonly firstPullDoneAt: number | null;
  readonly refreshedAt: number | null;
  readonly provedAt: number | null;
  /** A proof under way: what was read again since its start is not read once more when it goes on after a cut. */
  readonly proof: KeptProof | null;
  /** Somebody asked that everything be compared now; null once it was. Missing in books that are older than this member. */
  readonly comparisonAsked?: { readonly by: string; readonly at: number } | null;
  readonly lastFinishedAt: number | null;
  /** Since when head office has not been reached; null while it is. A restart in the middle of a cut does not make it younger. */
  readonly lineDownSince: number | null;
}

export interface AuditMark {
  readonly auditId: number;
  readonly mark: string;
}

export interface KeptProof {
  readonly startedAt: number;
  readonly differences: number;
  /** Shelves that are compared whole. */
  readonly done: readonly string[];
  /** Of the shelf that comes next: the highest server id that is compared. */
  readonly through: number;
  /** How many records were read again, and the first that differed. Missing in books that are older than these members. */
  readonly compared?: number;
  readonly named?: readonly ComparedRecord[];
}

export interface ComparedRecord {
  readonly shelf: ShelfName;
  readonly serverId: number;
}

/** How this head office can be read, as it was found out; null version: it does not say what it is. */
export interface ReadingWays {
  readonly version: string | null;
  readonly ways: { readonly [Name in ShelfName]?: ReadingWay };
}

/** Three books held against each other: the receipts, the facts that were recorded here, and head office's records. */
export interface LastProof {
  readonly at: number;
  /** Of all three. */
  readonly equal: boolean;
  /** Records of head office that were another here; they are fetched by then. */
  readonly differences: number;
  /** The members that follow are missing in books that are older than them. */
  readonly startedAt?: number;
  /** Who asked for it; null where it was due. */
  readonly by?: string | null;
  readonly compared?: number;
  readonly named?: readonly ComparedRecord[];
  readonly receipts?: ComparedReceipts;
  /** Facts that head office had confirmed and does not hold, and those of which it has not answered yet. */
  readonly lost?: readonly LocalId[];
  readonly unanswered?: number;
}

export interface ComparedReceipts {
  readonly compared: number;
  /** Postings of receipts that head office had confirmed: each was looked for in its account. */
  readonly confirmed: number;
  /** Those whose fact, cash or balance does not say what their paper says; the first of them. */
  readonly differ: number;
  readonly named: readonly LocalId[];
}

/** Usernames in the order of their first sign-in on this PC: the number a person presses stays theirs. */
export interface PeopleAtTheDoor {
  readonly usernames: readonly string[];
}

export interface SuspenseAccounts {
  readonly suspenseGlAccountId: number;
  readonly cashGlAccountId: number;
}

/** Receipt numbers that are left out: of that device, up to and including so much on each business date. */
export interface SkippedReceipts {
  readonly deviceCode: string;
  readonly through: Readonly<Record<string, number>>;
}

/** What is known of facts that were recorded here and are not in these books. Null once a day was closed over it. */
export interface KeptBooksBehind {
  readonly noticedAt: number;
  readonly noticedBy: 'thisPc' | 'headOffice';
  readonly entries: number;
  readonly receipts: number;
  readonly firstReceipt: string | null;
  readonly lastReceipt: string | null;
  readonly nextReceipt: string;
  /** Name of the copy of the books as they were found. */
  readonly copy: string | null;
}

/** The last time that every row was held against the chain, and what differed; and what was wrong with this PC's own memory of the books. */
export interface KeptCheck {
  readonly checkedAt: number | null;
  readonly entries: number;
  readonly finding: BooksAudit['finding'];
  readonly memory: MemoryFinding | null;
}

/** Where reading through head office's prepared reports has come to: what happened up to there is in the replica. */
export interface WindowCursors {
  /** The latest change that was read, in head office's own words; null for an empty shelf. */
  readonly newest: { readonly clients: string | null; readonly loans: string | null; readonly savings: string | null };
  readonly top: { readonly loanTransaction: number; readonly savingsTransaction: number; readonly command: number };
  /** Head office's commands that were seen last, against a head office put back to an earlier day. */
  readonly marks: readonly AuditMark[];
  /** When every shelf was last asked for what changed: jobs leave no command behind. */
  readonly askedAt: number;
}

/** Reading through the prepared reports: this PC's own user there, and whether what it reads was compared with the API. */
export interface KeptWindow {
  readonly username: string;
  readonly userServerId: number | null;
  readonly sealedPassword: string | null;
  /** On its way to head office: whichever of the two signs in is the right one. */
  readonly sealedNext: string | null;
  readonly changedAt: number;
  readonly proof: 'wanted' | 'equal' | 'different';
  readonly provedAt: number | null;
  /** The first difference: a report, a shelf, a server id, a member; never a content. */
  readonly difference: string | null;
  /** When it was given up. */
  readonly closedAt?: number | null;
  /** What head office said it was when both ways were compared. */
  readonly version?: string | null;
  readonly cursors: WindowCursors | null;
}

/** The institution's country, two letters of ISO 3166, as an administrator set it. */
export interface KeptCountry {
  readonly code: string;
}

/** In which zones the branch lived before: each up to that entry of the chain, the oldest first. */
export interface ZonesBefore {
  readonly zones: readonly { readonly zone: string; readonly throughEntry: number }[];
}

/** Since when receipts of that device carry a signature by that key. */
export interface KeptDeviceKey extends DeviceKey {
  readonly since: number;
  /** Who brought it from another PC. */
  readonly broughtBy?: string;
}

interface SettingShapes {
  readonly printers: PrintersOfPc | null;
  readonly identity: Identity;
  readonly policy: OfflinePolicy;
  readonly offlineDeclared: OfflineDeclared | null;
  readonly preparation: Preparation;
  readonly lastEnd: LastEnd;
  readonly clockDoubt: KeptClockDoubt;
  readonly machine: { readonly mark: string };
  readonly numbersTwice: { readonly numbers: readonly NumberTwice[] };
  readonly headOfficeDay: KeptHeadOfficeDay | null;
  readonly dateSaid: DateSaid;
  readonly zonesBefore: ZonesBefore;
  readonly lateDay: LateDay;
  /** `shutSince`: head office refused everybody unseen when it was asked last. */
  readonly askedAgain: { readonly people: readonly AskedAgain[]; readonly shutSince?: number };
  readonly syncState: KeptSyncState;
  readonly readingWays: ReadingWays;
  readonly lastProof: LastProof;
  readonly suspenseAccounts: SuspenseAccounts;
  readonly peopleAtTheDoor: PeopleAtTheDoor;
  readonly skippedReceipts: SkippedReceipts;
  /** Numbers of clients of this device that may have been given by books that are lost. */
  readonly skippedClientNumbers: { readonly deviceCode: string; readonly through: number };
  /** Numbers of Z reports of these books that may have been given by books that are lost. */
  readonly skippedReports: { readonly through: number };
  /** Numbers of slips of cash, likewise. */
  readonly skippedSlips: { readonly through: number };
  readonly booksBehind: KeptBooksBehind | null;
  readonly recordCheck: KeptCheck;
  readonly window: KeptWindow | null;
  readonly country: KeptCountry;
  readonly deviceKeys: { readonly keys: readonly KeptDeviceKey[] };
  /** Notes and coins are told at the counter. */
  readonly notesTold: { readonly told: boolean };
  /** By currency. */
  readonly drawerLimits: { readonly limits: Readonly<Record<string, DrawerLimit>> };
}

const MUST_HAVE: { readonly [Name in keyof SettingShapes]: readonly string[] } = {
  identity: ['institution', 'officeCode', 'officeServerId', 'deviceCode', 'currency', 'zone'],
  policy: ['typicalInstalmentMinor', 'perTransaction', 'oldestAgeMs'],
  offlineDeclared: ['by', 'at'],
  preparation: ['markers'],
  lastEnd: ['clean', 'at'],
  clockDoubt: ['settledThroughEntry'],
  machine: ['mark'],
  numbersTwice: ['numbers'],
  headOfficeDay: ['headOfficeDate', 'calendarDate'],
  dateSaid: ['businessDate', 'headOfficeDate', 'by'],
  zonesBefore: ['zones'],
  lateDay: ['businessDate', 'by'],
  askedAgain: ['people'],
  syncState: ['watchedAudits'],
  readingWays: ['version', 'ways'],
  lastProof: ['at', 'equal'],
  suspenseAccounts: ['suspenseGlAccountId', 'cashGlAccountId'],
  peopleAtTheDoor: ['usernames'],
  skippedReceipts: ['deviceCode', 'through'],
  skippedClientNumbers: ['deviceCode', 'through'],
  skippedReports: ['through'],
  skippedSlips: ['through'],
  booksBehind: ['noticedAt', 'nextReceipt'],
  recordCheck: ['checkedAt', 'finding'],
  window: ['username', 'proof'],
  country: ['code'],
  deviceKeys: ['keys'],
  notesTold: ['told'],
  drawerLimits: ['limits'],
  printers: ['main', 'language'],
};

export function readSetting<Name extends keyof SettingShapes & SettingName>(store: ReadStore, name: Name): SettingShapes[Name] | null {
  const value = store.setting(name);
  if (value === null) return null;
  assert(
    typeof value === 'object' && !Array.isArray(value) && MUST_HAVE[name].every((member) => member in value),
    `setting ${name} has its shape`,
  );
  return value as unknown as SettingShapes[Name];
}

export function saveSetting<Name extends keyof SettingShapes & SettingName>(
  store: WriteStore,
  name: Name,
  value: SettingShapes[Name],
): void {
  store.saveSetting(name, value as unknown as Json);
}

export const FRESH_SYNC_STATE: KeptSyncState = {
  auditCursor: null,
  auditMarks: [],
  auditReader: null,
  auditSeen: [],
  auditTotal: null,
  watchedAudits: [],
  suspects: [],
  auditedAt: null,
  firstPullDoneAt: null,
  refreshedAt: null,
  provedAt: null,
  proof: null,
  lastFinishedAt: null,
  lineDownSince: null,
};

export function syncStateOf(store: ReadStore): KeptSyncState {
  return { ...FRESH_SYNC_STATE, ...readSetting(store, 'syncState') };
}

export function identityOf(store: ReadStore): Identity {
  const identity = readSetting(store, 'identity');
  assert(identity !== null, 'a branch that is open has an identity');
  return identity;
}

/** Whole minor units of a currency of whose loans nothing is known. */
export function usualInstalmentOf({ decimals }: Currency): number {
  return 5_000 * 10 ** decimals;
}

export function areNotesTold(read: ReadStore): boolean {
  return readSetting(read, 'notesTold')?.told === true;
}

export function policyOf(store: ReadStore): OfflinePolicy {
  return readSetting(store, 'policy') ?? defaultOfflinePolicy(usualInstalmentOf(identityOf(store).currency));
}

/**
 * When the confirmed part of a record was last known to be true: its own reload, or a later walk of the audit trail that did not name it. What
 * is left out was perhaps named, and could not be read.
 */
export function confirmedAtOf(
  store: ReadStore,
  shelf: ShelfName,
  record: { readonly serverId: number | null; readonly pulledAt: number },
): number {
  if (record.serverId === null) return record.pulledAt;
  if (store.leftOutOf(shelf, record.serverId) !== null) return record.pulledAt;
  return Math.max(record.pulledAt, syncStateOf(store).auditedAt ?? 0);
}

/** What has to be looked up at head office; in the transaction of the rows, or of the answer, that says so. */
export function changeSuspects(store: WriteStore, change: (suspects: ReadonlySet<LocalId>) => Iterable<LocalId>): void {
  const state = syncStateOf(store);
  const suspects = [...new Set(change(new Set(state.suspects)))];
  // Ids are only added or only taken away, so equal many are the same.
  if (suspects.length === state.suspects.length) return;
  saveSetting(store, 'syncState', { ...state, suspects });
}

/** The zone in which that entry of the chain was written: what it says to head office of its time never changes (I11). */
export function zoneAtEntry(read: ReadStore, entry: number): string {
  const before = readSetting(read, 'zonesBefore')?.zones.find(({ throughEntry }) => entry <= throughEntry);
  return before?.zone ?? identityOf(read).zone;
}
