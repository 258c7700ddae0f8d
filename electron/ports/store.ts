// What the branch and its sync need of a store: every noun's reads and writes (electron/ports/store/), joined. Reads and writes are
// synchronous; a write is one immediate transaction that either commits whole, flushed to the disk, or leaves nothing (I1). Only
// electron/store knows SQL. A read cannot be given a write handle.

import type { Misfit } from '../../shared/domain/journal/boundFacts.ts';
import type { BusinessDate } from '../../shared/kernel/businessDate.ts';
import type { CashSlipReads, CashSlipWrites } from './store/cashSlips.ts';
import type { ClientReads, ClientSearch, ClientWrites } from './store/clients.ts';
import type { CommandEventReads, CommandEventWrites, CommandReads, CommandWrites } from './store/commands.ts';
import type { DayReads, DayWrites } from './store/days.ts';
import type { DraftReads, DraftWrites } from './store/drafts.ts';
import type { DrawerReads, DrawerWrites } from './store/drawers.ts';
import type { EffectReads, EffectWrites } from './store/effects.ts';
import type { EntryReads, EntryWrites } from './store/entries.ts';
import type { ExceptionReads, ExceptionWrites } from './store/exceptions.ts';
import type { FileReads, FileWrites } from './store/files.ts';
import type { GroupReads, GroupWrites } from './store/groups.ts';
import type { LeftOutReads, LeftOutWrites } from './store/leftOut.ts';
import type { ListingReads, ListingWrites } from './store/listing.ts';
import type { LoanReads, LoanWrites } from './store/loans.ts';
import type { LocalNumberReads, LocalNumberWrites } from './store/localNumbers.ts';
import type { NumberedReads } from './store/numbered.ts';
import type { PrintJobReads, PrintJobWrites } from './store/printJobs.ts';
import type { ReceiptReads, ReceiptWrites } from './store/receipts.ts';
import type { ReferenceReads, ReferenceWrites } from './store/reference.ts';
import type { ReportReads, ReportWrites } from './store/reports.ts';
import type { SavingsReads, SavingsWrites } from './store/savings.ts';
import type { ServerIdReads, ServerIdWrites } from './store/serverIds.ts';
import type { CountryReads, CurrencyReads, SettingReads, SettingWrites } from './store/settings.ts';
import type { ShelfReads, ShelfWrites } from './store/shelves.ts';
import type { StaffReads, StaffWrites } from './store/staff.ts';

export type * from './store/cashSlips.ts';
export type * from './store/clients.ts';
export type * from './store/commands.ts';
export type * from './store/days.ts';
export type * from './store/drafts.ts';
export type * from './store/drawers.ts';
export type * from './store/effects.ts';
export type * from './store/entries.ts';
export type * from './store/exceptions.ts';
export type * from './store/files.ts';
export type * from './store/groups.ts';
export type * from './store/leftOut.ts';
export type * from './store/listing.ts';
export type * from './store/loans.ts';
export type * from './store/localNumbers.ts';
export type * from './store/numbered.ts';
export type * from './store/printJobs.ts';
export type * from './store/receipts.ts';
export type * from './store/reference.ts';
export type * from './store/reports.ts';
export type * from './store/savings.ts';
export type * from './store/serverIds.ts';
export type * from './store/settings.ts';
export type * from './store/shelves.ts';
export type * from './store/staff.ts';

export type StoreFaultKind = 'busy' | 'full' | 'readOnly' | 'corrupt' | 'newer' | 'notOwner' | 'unknown';

/** Thrown by the store; the dispatcher turns it into a refusal and the edge decides what screen to show. */
export class StoreFault extends Error {
  readonly kind: StoreFaultKind;

  constructor(kind: StoreFaultKind, what: string, options?: { cause?: unknown }) {
    super(what, options);
    this.name = 'StoreFault';
    this.kind = kind;
  }
}

/** Receipt numbers that were given and that the journal does not know: from and through are sequences of one device and business date. */
export interface LostReceipts {
  readonly deviceCode: string;
  readonly businessDate: BusinessDate;
  readonly from: number;
  readonly through: number;
}

/**
 * The journal stands before what this PC remembers of it: the log of the books was lost or damaged, or an older copy was put in their place.
 * Found when a store opens, before anything is written.
 */
export interface BooksBehind {
  readonly lastEntry: number;
  readonly rememberedEntry: number;
  readonly lost: readonly LostReceipts[];
  /** The memory may lag behind by so many receipts itself: numbers that near may have been given too. */
  readonly forgottenMost: number;
  /** Name of the copy of the books as they were found, beside them; null when none could be made. */
  readonly copy: string | null;
}

/** What is wrong with this PC's own memory of the books: it is gone beside books that are there, or it is not its own word. */
export type MemoryFinding = 'missing' | 'notOurs' | 'otherRules';

/** What a walk over the whole journal found: how many entries it read, and the first thing that does not say what its entry says (I13). */
export interface BooksAudit {
  readonly entries: number;
  readonly finding: {
    readonly what:
      | Misfit
      | 'seal'
      | 'command'
      | 'receiptOrder'
      | 'drawer'
      | 'day'
      | 'report'
      | 'slip'
      | 'case'
      | 'address'
      | 'row'
      | 'deviceKey'
      | 'rule'
      | 'proof';
    /** An entry's number, a command's place, a receipt's number, a table's name. */
    readonly where: string;
  } | null;
}

export interface ReadStore
  extends
    EntryReads,
    CommandReads,
    CommandEventReads,
    ReceiptReads,
    PrintJobReads,
    EffectReads,
    DrawerReads,
    DayReads,
    ReportReads,
    CashSlipReads,
    ExceptionReads,
    FileReads,
    StaffReads,
    DraftReads,
    SettingReads,
    CountryReads,
    CurrencyReads,
    ServerIdReads,
    LocalNumberReads,
    ClientReads,
    ClientSearch,
    NumberedReads,
    GroupReads,
    LoanReads,
    SavingsReads,
    ReferenceReads,
    ShelfReads,
    LeftOutReads,
    ListingReads {}

export interface WriteStore
  extends
    ReadStore,
    EntryWrites,
    CommandWrites,
    CommandEventWrites,
    ReceiptWrites,
    PrintJobWrites,
    EffectWrites,
    DrawerWrites,
    DayWrites,
    ReportWrites,
    CashSlipWrites,
    ExceptionWrites,
    FileWrites,
    StaffWrites,
    DraftWrites,
    SettingWrites,
    ServerIdWrites,
    LocalNumberWrites,
    ClientWrites,
    GroupWrites,
    LoanWrites,
    SavingsWrites,
    ReferenceWrites,
    ShelfWrites,
    LeftOutWrites,
    ListingWrites {}

export interface Store {
  read<T>(work: (store: ReadStore) => T): T;
  /** One immediate transaction; checks that this process still owns the replica (I12). Throws StoreFault. */
  write<T>(work: (store: WriteStore) => T): T;
  close(): void;
}
