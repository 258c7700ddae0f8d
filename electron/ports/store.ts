// What the branch and its sync need of a store. Reads and writes are synchronous; a write is one immediate transaction that either
// commits whole, flushed to the disk, or leaves nothing (I1). Only electron/store knows SQL. A read cannot be given a write handle.

import type { DrawerCount } from '../../shared/domain/cash/drawerCount.ts';
import type { CommandProgress, CommandRecord, CommandState } from '../../shared/domain/commands/command.ts';
import type { ExceptionKind, Receipt, Resolution } from '../../shared/domain/records.ts';
import type { BusinessDate } from '../../shared/kernel/businessDate.ts';
import type { Json } from '../../shared/kernel/canonicalJson.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import type {
  PulledClient,
  PulledGroup,
  PulledLoan,
  PulledSavings,
  PulledTransaction,
  ReferenceRow,
  ReferenceShelf,
} from './headOffice.ts';

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

export interface JournalEntry {
  readonly entry: number;
  readonly what: string;
  readonly by: string;
  readonly businessDate: BusinessDate;
  readonly at: number;
  readonly body: Json;
  readonly previousHash: string;
  readonly hash: string;
}

export interface CommandEvent {
  readonly commandId: LocalId;
  readonly at: number;
  readonly from: CommandState | null;
  readonly to: CommandState;
  readonly why: string;
  readonly by: string;
  readonly facts: Json;
}

export type AccountKind = 'loan' | 'savings';

/** What an unfinished command does to a view. `deltaMinor`: savings ledger up or down; for a loan the outstanding sum goes down (negative). */
export interface EffectRecord {
  readonly commandId: LocalId;
  readonly accountKind: AccountKind;
  readonly accountId: LocalId;
  readonly deltaMinor: number;
  /** What head office takes from the account on top, in a transaction of its own; the promise is recognised by its amount alone. */
  readonly feeMinor: number;
  /** 'disputed': head office refused it, and a manager has not decided yet. 'dropped': resolved without a server transaction. 'retired': confirmed long enough ago to stop asking. */
  readonly standing: 'counts' | 'disputed' | 'dropped' | 'retired';
  /** The confirmed row already contains the transaction: counting it again would double it (I6). */
  readonly included: boolean;
  /** How the transaction is recognised in a pulled account. */
  readonly marker: { readonly externalId: string | null; readonly receiptNumber: string; readonly serverTransactionId: number | null };
}

export interface DrawerRecord {
  readonly drawerId: LocalId;
  readonly name: string;
  readonly username: string;
  readonly businessDate: BusinessDate;
  readonly openedAt: number;
  readonly openingMinor: number;
  readonly currency: string;
  readonly closedAt: number | null;
  readonly countedMinor: number | null;
  readonly differenceMinor: number | null;
  readonly reason: string | null;
}

export interface DrawerMovement {
  readonly movementId: LocalId;
  readonly drawerId: LocalId;
  /** taken: money in. paid: money out. Amounts are positive minor units. */
  readonly kind: 'taken' | 'paid' | 'allocated' | 'settled';
  readonly amountMinor: number;
  readonly commandId: LocalId | null;
  readonly receiptId: LocalId | null;
  readonly at: number;
}

export interface DrawerTotals {
  readonly takenMinor: number;
  readonly paidMinor: number;
  readonly allocatedMinor: number;
  readonly settledMinor: number;
  readonly receipts: number;
}

export interface DayRecord {
  readonly businessDate: BusinessDate;
  readonly openedAt: number;
  readonly openedBy: string;
  readonly closedAt: number | null;
  readonly closedBy: string | null;
}

export interface ExceptionRecord {
  readonly exceptionId: LocalId;
  readonly commandId: LocalId;
  readonly kind: ExceptionKind;
  readonly openedAt: number;
  readonly serverCode: string;
  readonly serverMessage: string | null;
  /** What we believed when it was recorded and when the answer came; frozen (walk 2). */
  readonly snapshot: Json;
  readonly closedAt: number | null;
  readonly closedBy: string | null;
  readonly resolution: Resolution | null;
  readonly reason: string | null;
  readonly resolutionReceiptId: LocalId | null;
  readonly suspenseCommandId: LocalId | null;
}

export interface StaffRecord {
  readonly username: string;
  readonly displayName: string;
  readonly role: string;
  readonly staffServerId: number | null;
  readonly userServerId: number;
  readonly officeServerId: number;
  readonly permissions: readonly string[];
  /** Argon2id text, and the sealed password for sending. Null after head office refused it. */
  readonly passwordHash: string | null;
  readonly sealedPassword: string | null;
  readonly lastOnlineAt: number;
  readonly failures: number;
  readonly waitUntil: number | null;
  readonly lockedOut: boolean;
  /** 'needed': head office refused the kept sign-in; commands of this person wait. */
  readonly signIn: 'good' | 'needed';
}

export interface ReceiptPrint {
  readonly receiptId: LocalId;
  readonly at: number;
  readonly by: string;
  readonly copy: number;
}

export interface DraftRecord {
  readonly username: string;
  readonly draftKey: string;
  readonly body: string;
  readonly keptAt: number;
}

export interface ClientRecord extends PulledClient {
  readonly clientId: LocalId;
  readonly gone: boolean;
  readonly pulledAt: number;
}

export interface GroupRecord extends Omit<PulledGroup, 'memberServerIds'> {
  readonly groupId: LocalId;
  readonly members: number;
  readonly gone: boolean;
}

export interface LoanRecord extends Omit<PulledLoan, 'clientServerId' | 'groupServerId' | 'transactions'> {
  readonly loanId: LocalId;
  readonly clientId: LocalId | null;
  readonly groupId: LocalId | null;
  readonly gone: boolean;
  readonly pulledAt: number;
}

export interface SavingsRecord extends Omit<PulledSavings, 'clientServerId' | 'groupServerId' | 'transactions'> {
  readonly savingsId: LocalId;
  readonly clientId: LocalId | null;
  readonly groupId: LocalId | null;
  readonly gone: boolean;
  readonly pulledAt: number;
}

export interface ShelfRecord {
  readonly shelf: string;
  /** Where the next page starts; committed together with the rows it covers (I10). */
  readonly cursor: Json;
  readonly rows: number;
  readonly headOfficeCount: number | null;
  readonly pulledAt: number | null;
}

export type ServerIdKind = 'client' | 'group' | 'loan' | 'savings';

export interface FoundClient {
  readonly client: ClientRecord;
  readonly how: 'words' | 'number' | 'phone' | 'soundsAlike' | 'externalId' | 'account';
}

export interface KindCount {
  readonly kind: CommandRecord['kind'];
  readonly state: CommandState;
  /** How it was resolved, in the journal's word; null where nobody had to. */
  readonly resolvedWhy: string | null;
  readonly count: number;
  readonly amountMinor: number;
}

/** Settings of the branch, each a JSON value under a fixed name; see electron/branch/settings.ts for their shapes. */
export type SettingName =
  | 'identity'
  | 'policy'
  | 'offlineDeclared'
  | 'preparation'
  | 'lastEnd'
  | 'lastInstant'
  | 'clockDoubt'
  | 'syncState'
  | 'lastProof'
  | 'suspenseAccounts'
  | 'peopleAtTheDoor'
  | 'skippedReceipts'
  | 'booksBehind';

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

export interface ReadStore {
  // The journal.
  /** What the next entry continues. */
  lastEntry(): Pick<JournalEntry, 'entry' | 'at' | 'hash'> | null;
  entries(fromEntry: number, most: number): readonly JournalEntry[];
  countEntries(): number;

  command(commandId: LocalId): CommandRecord | null;
  commandOfForm(formId: LocalId): CommandRecord | null;
  lastSequence(): number;
  /**
   * The lowest unfinished command of each subject that is queued or in doubt, due at `now`, with its dependency finished; lowest sequence first (I4).
   * Commands that would be sent under one of `waitingFor` are left out: those people must sign in first. What is in doubt is only read,
   * which somebody else may do: with `othersRead` it is not left out.
   */
  commandsToSend(now: number, most: number, waitingFor: readonly string[], othersRead?: boolean): readonly CommandRecord[];
  /** How many unfinished commands would be sent under that person's sign-in. */
  countUnfinishedSentAs(username: string): number;
  /** The earliest `nextAttemptAt` later than that instant among commands that wait for a moment, or null. */
  nextAttemptAt(after: number): number | null;
  commandsIn(state: CommandState, most: number): readonly CommandRecord[];
  unfinishedCommands(most: number): readonly CommandRecord[];
  countUnfinished(): number;
  unfinishedOf(subject: string): readonly CommandRecord[];
  /** Counts per kind and state: all unfinished, and those finished on that business date. */
  countsByKind(businessDate: BusinessDate | null): readonly KindCount[];
  commandEvents(commandId: LocalId): readonly CommandEvent[];
  acceptedSince(recordedAt: number, most: number): readonly CommandRecord[];
  /** Unsent payouts since that instant (unfinished withdrawals), for the offline limits of field-rules 1.2. */
  unfinishedPayouts(): readonly {
    readonly subject: string;
    readonly recordedBy: string;
    readonly amountMinor: number;
    readonly recordedAt: number;
  }[];

  receipt(receiptId: LocalId): Receipt | null;
  receiptByNumber(number: string): Receipt | null;
  lastReceipt(): Receipt | null;
  /** The same one's hash, without reading the receipt. */
  lastReceiptHash(): string | null;
  /** The highest sequence NNNN given on that device and business date, 0 when none. */
  lastReceiptSequence(deviceCode: string, businessDate: BusinessDate): number;
  receipts(filter: {
    readonly businessDate?: BusinessDate | undefined;
    readonly username?: string | undefined;
    readonly clientId?: LocalId | undefined;
    readonly offset: number;
    readonly most: number;
  }): {
    readonly rows: readonly Receipt[];
    readonly total: number;
  };
  prints(receiptId: LocalId): readonly ReceiptPrint[];
  countUnprinted(businessDate: BusinessDate): number;

  effect(commandId: LocalId): EffectRecord | null;
  /** Effects that count or are disputed, whether included or not, of one account, in order of recording; never dropped or retired ones. */
  effectsOf(accountKind: AccountKind, accountId: LocalId): readonly EffectRecord[];
  /** Effects of what a manager settled without head office: it must not hold them after all. */
  settledEffectsOf(accountKind: AccountKind, accountId: LocalId): readonly EffectRecord[];

  openDrawerOf(username: string): DrawerRecord | null;
  drawer(drawerId: LocalId): DrawerRecord | null;
  drawersOf(businessDate: BusinessDate): readonly DrawerRecord[];
  drawerTotals(drawerId: LocalId): DrawerTotals;
  /** In the order in which they were made. */
  drawerCounts(drawerId: LocalId): readonly DrawerCount[];
  movementOf(commandId: LocalId): DrawerMovement | null;
  day(businessDate: BusinessDate): DayRecord | null;
  openDay(): DayRecord | null;
  lastDay(): DayRecord | null;

  exception(exceptionId: LocalId): ExceptionRecord | null;
  openExceptionOf(commandId: LocalId): ExceptionRecord | null;
  /** All cases of one command, the oldest first. */
  exceptionsOf(commandId: LocalId): readonly ExceptionRecord[];
  exceptionsWhere(open: boolean, most: number): readonly ExceptionRecord[];
  countOpenExceptions(): number;
  suspendedExceptions(): readonly ExceptionRecord[];

  staff(username: string): StaffRecord | null;
  allStaff(): readonly StaffRecord[];
  draft(username: string, draftKey: string): DraftRecord | null;
  drafts(username: string | null): readonly DraftRecord[];
  setting(name: SettingName): Json | null;
  serverIdOf(kind: ServerIdKind, localId: LocalId): number | null;
  localIdOf(kind: ServerIdKind, serverId: number): LocalId | null;

  // The replica.
  client(clientId: LocalId): ClientRecord | null;
  clients(filter: {
    readonly show: 'all' | 'active' | 'behind' | 'unfinished';
    readonly businessDate: BusinessDate;
    readonly offset: number;
    readonly most: number;
  }): { readonly rows: readonly ClientRecord[]; readonly total: number };
  /** Words in any order, prefixes, misspelt names, phone, account numbers, external ids; best first. */
  findClients(text: string, most: number): readonly FoundClient[];
  findGroups(text: string, most: number): readonly GroupRecord[];
  findReceipts(text: string, most: number): readonly Receipt[];
  group(groupId: LocalId): GroupRecord | null;
  groups(offset: number, most: number): { readonly rows: readonly GroupRecord[]; readonly total: number };
  membersOf(groupId: LocalId): readonly ClientRecord[];
  groupsOf(clientId: LocalId): readonly GroupRecord[];
  loan(loanId: LocalId): LoanRecord | null;
  loansOf(clientId: LocalId): readonly LoanRecord[];
  loans(filter: {
    readonly show: 'active' | 'behind' | 'approved' | 'all';
    readonly businessDate: BusinessDate;
    readonly offset: number;
    readonly most: number;
  }): { readonly rows: readonly LoanRecord[]; readonly total: number; readonly outstandingMinor: number };
  loanTransactions(loanId: LocalId): readonly PulledTransaction[];
  savings(savingsId: LocalId): SavingsRecord | null;
  savingsOf(clientId: LocalId): readonly SavingsRecord[];
  savingsTransactions(savingsId: LocalId): readonly PulledTransaction[];
  reference(shelf: ReferenceShelf): readonly ReferenceRow[];
  shelf(name: string): ShelfRecord | null;
  shelves(): readonly ShelfRecord[];
  /** Server ids of accounts in the replica that are not marked gone. */
  accountServerIds(kind: 'loan' | 'savings' | 'client' | 'group'): readonly number[];
  /** Server ids of accounts pulled before that instant, oldest first. */
  accountsPulledBefore(kind: AccountKind, instant: number, most: number): readonly number[];
}

export interface WriteStore extends ReadStore {
  insertEntry(entry: JournalEntry): void;
  insertCommand(command: CommandRecord): void;
  /** Only applyOutcome's verdict may be written here (I3). */
  saveProgress(commandId: LocalId, progress: CommandProgress): void;
  insertCommandEvent(event: CommandEvent): void;
  insertReceipt(receipt: Receipt, sequence: number, username: string): void;
  insertPrint(print: ReceiptPrint): void;
  insertEffect(effect: EffectRecord): void;
  saveEffect(
    commandId: LocalId,
    change: Partial<Pick<EffectRecord, 'standing' | 'included'>> & { readonly serverTransactionId?: number },
  ): void;
  /** Retired effects after that position count again, at most so many; answers the last position it reached, or null when none was left. */
  reopenRetiredEffects(afterPosition: number, most: number): number | null;
  insertDrawer(drawer: DrawerRecord): void;
  insertDrawerCount(count: DrawerCount & { readonly drawerId: LocalId }): void;
  closeDrawer(
    drawerId: LocalId,
    close: { readonly closedAt: number; readonly countedMinor: number; readonly differenceMinor: number; readonly reason: string },
  ): void;
  insertMovement(movement: DrawerMovement): void;
  insertDay(day: DayRecord): void;
  closeDay(businessDate: BusinessDate, closedAt: number, closedBy: string): void;
  insertException(exception: ExceptionRecord): void;
  closeException(
    exceptionId: LocalId,
    close: {
      readonly closedAt: number;
      readonly closedBy: string;
      readonly resolution: Resolution;
      readonly reason: string;
      readonly resolutionReceiptId: LocalId | null;
      readonly suspenseCommandId: LocalId | null;
    },
  ): void;
  saveStaff(staff: StaffRecord): void;
  saveDraft(draft: DraftRecord): void;
  deleteDraft(username: string, draftKey: string): void;
  saveSetting(name: SettingName, value: Json): void;
  /** Remembers, for ever, which local id stands for a server record; makes one when it is new. */
  learnServerId(kind: ServerIdKind, serverId: number, newId: () => LocalId): LocalId;

  saveReference(shelf: ReferenceShelf, rows: readonly ReferenceRow[]): void;
  saveClients(rows: readonly PulledClient[], pulledAt: number, newId: () => LocalId): void;
  saveGroups(rows: readonly PulledGroup[], pulledAt: number, newId: () => LocalId): void;
  /** Replaces whole accounts: row, instalments and transactions (contract 4.3: never patch a transaction list). */
  saveLoans(rows: readonly PulledLoan[], pulledAt: number, newId: () => LocalId): void;
  saveSavings(rows: readonly PulledSavings[], pulledAt: number, newId: () => LocalId): void;
  markGone(kind: ServerIdKind, serverIds: readonly number[]): void;
  saveShelf(shelf: ShelfRecord): void;
  /** Drops replica rows only; the journal and the id map stay. */
  dropReplica(): void;
}

export interface Store {
  read<T>(work: (store: ReadStore) => T): T;
  /** One immediate transaction; checks that this process still owns the replica (I12). Throws StoreFault. */
  write<T>(work: (store: WriteStore) => T): T;
  close(): void;
}
