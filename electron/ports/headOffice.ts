// What the branch needs of a head office, in the branch's words. The adapter in electron/fineract is the only room that knows HTTP,
// Fineract's fields or its errors. No method throws: a broken line is an answer.

import type { CommandPayload, CommandRecord, Outcome } from '../../shared/domain/commands/command.ts';
import type { BusinessDate } from '../../shared/kernel/businessDate.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import type { Currency } from '../../shared/kernel/money.ts';
import type { Redacted } from '../../shared/kernel/redacted.ts';
import type { BeforePayout } from '../../shared/domain/loans/disbursal.ts';
import type { LoanStatus, SavingsStatus } from '../../shared/domain/records.ts';
import type { WithdrawalCharge } from '../../shared/domain/savings/withdrawalFee.ts';

/** One person's right to speak to head office: user and password, as Basic authentication wants them (contract 1.2). */
export interface Credential {
  readonly username: string;
  readonly password: Redacted<string>;
}

export type Trouble =
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'signInNeeded'; readonly why: 'refused' | 'passwordExpired' | 'tenant' }
  /** Head office answered and said no. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: string }
  /** Head office's own fault (5xx), or an answer that is not a head office's (captive portal, truncated JSON). */
  | { readonly kind: 'nonsense'; readonly detail: string };

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly trouble: Trouble };

export interface SignInAnswer {
  readonly username: string;
  readonly userId: number;
  readonly displayName: string;
  readonly role: string;
  readonly staffServerId: number | null;
  readonly officeServerId: number;
  readonly officeName: string;
  readonly permissions: readonly string[];
}

export interface PulledClient {
  readonly serverId: number;
  readonly externalId: string | null;
  readonly accountNo: string;
  readonly displayName: string;
  readonly firstname: string | null;
  readonly lastname: string | null;
  readonly mobileNo: string | null;
  readonly status: 'pending' | 'active' | 'closed' | 'rejected' | 'withdrawn' | 'transfer' | 'other';
  readonly dateOfBirth: BusinessDate | null;
  readonly gender: string | null;
  readonly activationDate: BusinessDate | null;
  readonly staffName: string | null;
  readonly officeServerId: number | null;
}

/** As far as the branch tells groups apart: whatever else head office says of one is not active. */
export type GroupStatus = 'pending' | 'active' | 'closed';

export interface PulledGroup {
  readonly serverId: number;
  readonly externalId: string | null;
  readonly accountNo: string;
  readonly name: string;
  readonly status: GroupStatus;
  readonly staffName: string | null;
  readonly centerServerId: number | null;
  /** Left out where head office does not say it. */
  readonly officeServerId?: number;
  /** Savings accounts of the group itself: they stand in no list of savings accounts. */
  readonly savingsServerIds: readonly number[];
  readonly memberServerIds: readonly number[];
  /** Who of the members is its leader, treasurer or whatever head office names. Several may be the same. */
  readonly roles: readonly { readonly clientServerId: number; readonly role: string }[];
}

/** One instalment; every amount in whole minor units. Outstanding = due - paid - waived - written off. */
export interface LoanPeriod {
  readonly period: number;
  readonly dueDate: BusinessDate;
  readonly principalDueMinor: number;
  readonly principalOutstandingMinor: number;
  readonly interestDueMinor: number;
  readonly interestOutstandingMinor: number;
  readonly feeDueMinor: number;
  readonly feeOutstandingMinor: number;
  readonly penaltyDueMinor: number;
  readonly penaltyOutstandingMinor: number;
  readonly paidMinor: number;
}

export interface PulledTransaction {
  readonly serverTransactionId: number;
  readonly externalId: string | null;
  /** Our short word for the type: repayment, disbursement, deposit, withdrawal, interestPosting, fee, hold, release, ... or 'other'. */
  readonly what: string;
  readonly businessDate: BusinessDate;
  /** Signed as the client sees it: out of savings negative; a repayment positive. */
  readonly amountMinor: number;
  /** Running balance of savings, outstanding balance of a loan. */
  readonly balanceMinor: number | null;
  readonly reversed: boolean;
  readonly receiptNumber: string | null;
  /** Of a hold: its words, and the transaction that let it go; both null where head office says neither. Left out of everything else. */
  readonly hold?: { readonly reason: string | null; readonly releasedBy: number | null } | undefined;
}

/** What no pull brings: it is asked for where somebody has to decide. */
export interface TransactionThere {
  readonly serverTransactionId: number;
  readonly by: string | null;
  readonly how: string | null;
  readonly enteredOn: BusinessDate | null;
}

export interface PulledLoan {
  readonly serverId: number;
  readonly externalId: string | null;
  readonly accountNo: string;
  readonly clientServerId: number | null;
  readonly groupServerId: number | null;
  readonly productName: string;
  readonly currency: Currency;
  readonly status: LoanStatus;
  readonly principalMinor: number;
  readonly outstandingMinor: number;
  readonly overpaidMinor: number;
  /** transactionProcessingStrategyCode (contract 8.7). */
  readonly strategy: string;
  /** True where only head office can reckon (interest recalculation and the like, contract 8.5). */
  readonly needsServerReckoning: boolean;
  readonly periods: readonly LoanPeriod[];
  /** Null of a loan that was paid out or ended. */
  readonly beforePayout: BeforePayout | null;
  readonly transactions: readonly PulledTransaction[];
}

export interface PulledSavings {
  readonly serverId: number;
  readonly externalId: string | null;
  readonly accountNo: string;
  readonly clientServerId: number | null;
  readonly groupServerId: number | null;
  readonly productName: string;
  readonly currency: Currency;
  readonly status: SavingsStatus;
  readonly ledgerMinor: number;
  /** savingsAmountOnHold: amounts held on the account itself. */
  readonly onHoldMinor: number;
  /** onHoldFunds: held because the client stands as guarantor. */
  readonly guaranteeHeldMinor: number;
  /** Enforced minimum balance, 0 where not enforced. */
  readonly minimumMinor: number;
  readonly overdraftMinor: number;
  readonly lockedInUntil: BusinessDate | null;
  /** Active charges that a withdrawal sets off; one limited to a way of paying is not told apart there, so it is counted always. */
  readonly withdrawalCharges: readonly WithdrawalCharge[];
  readonly transactions: readonly PulledTransaction[];
}

/** What is read record by record, and what one record of each is. */
export interface ShelfRows {
  readonly clients: PulledClient;
  readonly groups: PulledGroup;
  readonly loans: PulledLoan;
  readonly savings: PulledSavings;
}
export type ShelfName = keyof ShelfRows;

export interface PageWanted {
  /** Records of the list that earlier pages named. */
  readonly offset: number;
  /** The highest server id among them, 0 before the first page: for a list that goes on by id. */
  readonly after: number;
  readonly most: number;
}

/** A record that a list names. */
export interface Listed<Row> {
  readonly serverId: number;
  /** Null where the list does not carry the record, or carries it in a way nobody can understand: then it is read by itself. */
  readonly row: Row | null;
  /** Whether it may still change at a counter, where the list says so. */
  readonly open?: boolean;
}

export interface ListPage<Row> {
  readonly listed: readonly Listed<Row>[];
  /** Head office's own count of everything the list holds. Some databases count 0 beside full pages: it can prolong a list, never end it. */
  readonly total: number;
}

/** Whether a head office brings whole records together in one request: found out for each server, never assumed. */
export type ReadingWay = 'together' | 'oneByOne';

export interface ReadRows<Row> {
  readonly rows: readonly Row[];
  /** Those head office says do not exist. */
  readonly gone: readonly number[];
  /** Answered, and not to be understood. `why` names a member or a status, never a content. */
  readonly unreadable: readonly { readonly serverId: number; readonly why: string }[];
  /** So many were asked for together and had to be read by themselves all the same; left out where none. */
  readonly alone?: number;
}

export interface Page<T> {
  readonly rows: readonly T[];
  /** Head office's own count of everything the list holds. */
  readonly total: number;
}

/** A command somebody processed at head office, and what it touched (contract 9.2: mapping an audit row). */
export interface AuditEntry {
  readonly auditId: number;
  readonly action: string;
  readonly entity: string;
  readonly resourceId: number | null;
  readonly clientServerId: number | null;
  readonly loanServerId: number | null;
  readonly groupServerId: number | null;
  /** What the request was about, where the row keeps its address: nearer than a resource, which may be a transaction. */
  readonly subject: { readonly kind: 'client' | 'group' | 'center' | 'loan' | 'savings'; readonly serverId: number } | null;
  readonly savingsAccountNo: string | null;
  /** Something came of it. A refused command leaves a row too, and so does one that waits. */
  readonly deed: boolean;
  /** Still under processing or awaiting a checker: must be read again (contract 9.2). */
  readonly unfinished: boolean;
  /** In no word does head office say what became of it, and nothing shows that it was done: it failed, or it waits. */
  readonly silent?: boolean;
  /** What never changes of the row: who did what, when. A row that comes with another mark under the same id is another history. */
  readonly mark: string;
}

export type ReferenceShelf =
  | 'offices'
  | 'staff'
  | 'paymentTypes'
  | 'currencies'
  | 'loanProducts'
  /** By the product's number; what each of its loans costs beside interest stands in `charges`, as text. */
  | 'loanProductCharges'
  /** Likewise of each savings product. */
  | 'savingsProductCharges'
  | 'loanPurposes'
  | 'clientReasons'
  /** For which a group is closed. */
  | 'groupReasons'
  /** What a member of a group may be in it. */
  | 'groupRoles'
  | 'funds'
  /** Of the branch's own office: groups that meet at one place. */
  | 'centers'
  | 'savingsProducts'
  | 'charges'
  | 'glAccounts'
  | 'financialActivities'
  | 'identifierTypes'
  /** What a client may be: each row says in `list` which choice it belongs to. */
  | 'clientOptions'
  | 'holidays'
  | 'workingDays'
  /** Of head office's settings those that the branch goes by. */
  | 'configuration';

export interface ReferenceRow {
  readonly serverId: number;
  readonly name: string;
  /** The members that the branch reads, flat. */
  readonly body: Readonly<Record<string, string | number | boolean | null>>;
}

/** One identity paper of a client at head office. */
export interface IdentifierThere {
  readonly serverId: number;
  readonly typeId: number;
  readonly type: string;
  readonly documentKey: string;
  readonly description: string;
}

/** A command with everything head office will see; built only from what was fixed at recording, plus learned server ids (I11). */
export interface CommandToSend {
  readonly commandId: string;
  readonly payload: CommandPayload;
  readonly idempotencyKey: string;
  readonly postSingly: boolean;
  /** Head office's numbers of the records that it refers to, by their local ids. */
  readonly serverIds: Readonly<Record<LocalId, number>>;
  readonly recordedBy: string;
  readonly recordedAtText: string;
  readonly lastOutcome: CommandRecord['lastOutcome'];
  /** What is in the file that it carries; absent where it carries none. */
  readonly content?: Uint8Array;
  /** Asked at the moment at which it leaves: whether the books still say that it is on its way, and under these numbers. Absent where nothing leaves. */
  readonly mayLeave?: () => boolean;
}

export interface PreparationItem {
  readonly key:
    | 'markerTable'
    | 'loanMarkers'
    | 'deviceTable'
    | 'markerRights'
    | 'cashPaymentType'
    | 'suspenseAccount'
    | 'transferAccount'
    | 'auditRights'
    | 'readingWindow';
  readonly state: 'present' | 'missing' | 'wrong' | 'unknown' | 'comparing';
  readonly name: string;
  readonly why: string;
  readonly detail: string | null;
}

/** What only a person can decide. */
export interface PreparationChoices {
  /** The liability account that transfers pass through, where head office has none for them yet. */
  readonly transferGlAccountId?: number | undefined;
}

/** When head office's own answer was heard last, by the monotonic clock, and what its clock said in the last answer that told it. */
export interface Contact {
  readonly atMonotonicMs: number;
  /** `told`: epoch milliseconds, in whole seconds. */
  readonly clock: { readonly told: number; readonly atMonotonicMs: number } | null;
}

export interface HeadOffice {
  /**
   * A cheap call that tells whether the line carries and a head office answers. `roundTripMs` by the monotonic clock. Whoever else answers (a
   * portal, a gateway) is trouble of the kind 'nonsense'.
   */
  reach(): Promise<Answer<{ readonly roundTripMs: number }>>;
  /** Null before the first answer. An answer that is not head office's own is none. */
  lastContact(): Contact | null;
  signIn(credential: Credential): Promise<Answer<SignInAnswer>>;
  /**
   * Whether head office looks at who somebody is before it says no. Nobody is named for it, so it is nobody's try. False where everybody is
   * refused unseen; null where no head office answers.
   */
  looksAtPeople(): Promise<boolean | null>;
  /** How often in a row this person's kept sign-in was refused by head office itself; several requests may be under way at once. */
  timesRefused(username: string): number;
  /** Null where the feature is off: then head office's day is the tenant zone's calendar day (contract 2.3). */
  readBusinessDate(credential: Credential): Promise<Answer<BusinessDate | null>>;
  /** The day that head office has now, however it keeps it; null only for who may see neither. */
  readToday(credential: Credential): Promise<Answer<BusinessDate | null>>;

  send(command: CommandToSend, credential: Credential): Promise<Outcome>;
  /** Reads first when the outcome is unknown. 'absent' is said only when head office certainly holds no such transaction now. */
  lookUp(
    command: CommandToSend,
    credential: Credential,
    /** The reading user, where the window is proved: head office's own row of the command is asked beside its mark. */
    reader?: Credential | null,
  ): Promise<Outcome | { readonly kind: 'absent' }>;

  /** `officeServerId`: whose holidays they are; asked of no other shelf. */
  pullReference(shelf: ReferenceShelf, credential: Credential, officeServerId?: number): Promise<Answer<readonly ReferenceRow[]>>;
  /** One page of a shelf's list, by server id. */
  listShelf<Name extends ShelfName>(shelf: Name, page: PageWanted, credential: Credential): Promise<Answer<ListPage<ShelfRows[Name]>>>;
  /** Whole records by server id; in one request unless told otherwise. One that cannot be understood does not hold back the others. */
  readShelf<Name extends ShelfName>(
    shelf: Name,
    serverIds: readonly number[],
    credential: Credential,
    way?: ReadingWay,
  ): Promise<Answer<ReadRows<ShelfRows[Name]>>>;
  /** A client's picture as head office keeps it, no larger than asked; null where there is none. */
  readPicture(clientServerId: number, sideMost: number | null, credential: Credential): Promise<Answer<Uint8Array | null>>;
  /** The client's identity papers there, in its own order. */
  readIdentifiers(clientServerId: number, credential: Credential): Promise<Answer<readonly IdentifierThere[]>>;
  /** What paying off that loan takes on that day, by head office's own reckoning. */
  readPayOff(loanServerId: number, onDate: BusinessDate, credential: Credential): Promise<Answer<{ readonly payOffMinor: number }>>;
  /** Who entered a transaction of an account, how it was paid and when, as far as head office tells: it names nobody on a loan's. */
  readTransaction(
    account: 'loan' | 'savings',
    accountServerId: number,
    serverTransactionId: number,
    credential: Credential,
  ): Promise<Answer<TransactionThere>>;
  /** What head office says it is, null where it does not say; then and whenever it changes, how it can be read is found out anew. */
  readVersion(): Promise<Answer<string | null>>;
  /** Newest first, ids strictly descending from the newest; `offset` counts from the newest. `only`: those that wait for a checker, or are under way. */
  pullAudits(
    page: { readonly offset: number; readonly most: number },
    credential: Credential,
    only?: 'waiting' | 'underWay',
  ): Promise<Answer<Page<AuditEntry>>>;
  pullAuditsById(auditIds: readonly number[], credential: Credential): Promise<Answer<readonly AuditEntry[]>>;

  checkPreparation(
    credential: Credential,
  ): Promise<Answer<{ readonly items: readonly PreparationItem[]; readonly markers: 'strong' | 'weak' }>>;
  /** Creates what is missing; safe to repeat. Answers the names of what it created. */
  prepare(credential: Credential, chosen?: PreparationChoices): Promise<Answer<readonly string[]>>;
  /** Registers this PC under a device code that no other PC of the office holds, where the device table exists. */
  enrolDevice(
    request: {
      readonly officeServerId: number;
      readonly officeCode: string;
      readonly wantedCode: string | null;
      /** What this PC calls itself for the time being where there is no table to keep codes apart. */
      readonly provisionalCode: string;
      readonly deviceName: string;
      readonly enrolledAtText: string;
    },
    credential: Credential,
  ): Promise<Answer<{ readonly deviceCode: string; readonly registered: boolean } | { readonly taken: true }>>;
  /** The row of that code; null where head office keeps none, or none with the last number given. */
  readDeviceRow(
    device: { readonly officeServerId: number; readonly officeCode: string; readonly deviceCode: string },
    credential: Credential,
  ): Promise<Answer<DeviceRow | null>>;
  /** False where this person may not. */
  tellNumbersGiven(
    told: { readonly officeServerId: number; readonly rowId: number; readonly numbersGiven: string },
    credential: Credential,
  ): Promise<Answer<boolean>>;
}

export interface DeviceRow {
  readonly rowId: number;
  /** The last number that was given under the code, and what tells it from another one of the same number. */
  readonly numbersGiven: string | null;
}
