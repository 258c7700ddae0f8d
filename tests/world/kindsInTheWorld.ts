// What the tests know of each kind of command, written apart from the program: the one table by which the simulator, the crash test and the
// bad-input tests find kinds. A kind that is missing here does not compile.

import type { CommandKindName } from '../../shared/domain/commands/kinds/allKinds.ts';

export interface KindInTheWorld {
  /** Comes with a receipt and moves an account of a client. */
  readonly isCounterMoney: boolean;
  /** Words on a client. */
  readonly isNote: boolean;
  /** A decision on a loan, known at head office by the note that it leaves. */
  readonly isDecision: boolean;
  /** Moves money between two accounts, without a receipt. */
  readonly isTransfer: boolean;
  /** A client that head office does not have yet. */
  readonly isRegistration: boolean;
  /** What is applied for here that head office does not have yet. */
  readonly appliesFor?: 'loan' | 'savings';
  /** Brings a savings account into another state, before money lies on it. */
  readonly isOpeningStep?: true;
  /** An entry of head office's books that was made by hand. */
  readonly isPosting: boolean;
  readonly accountKind: 'loan' | 'savings' | null;
  /** The deed by which somebody at head office books the same by hand. */
  readonly byHand: 'repayment' | 'deposit' | 'withdrawal' | null;
  /** How a sum of it moves the balance of its account: what is owed on a loan, what lies in savings. */
  readonly moves: 1 | -1;
  /** Changes what is known of a client or a group, field by field. */
  readonly edits?: 'client' | 'group';
  /** Pays a loan out, or takes that back. */
  readonly payout?: 'made' | 'undone';
  /** Holds money on a savings account, or lets that go. */
  readonly holds?: 'made' | 'letGo';
  /** Brings a client into another state, or to somebody of the staff. */
  readonly isTurn?: true;
  /** A group or a center that head office does not have yet. */
  readonly isFounding?: true;
  /** Changes who belongs to a group, or its state. */
  readonly isGroupChange?: true;
  /** What it lays beside a client: a picture, an identity paper, or a document of either. */
  readonly paper?: 'picture' | 'identifier' | 'document';
  /** Where head office's own books keep its transactions. */
  readonly table: 'loan_transaction' | 'savings_transaction' | null;
  /**
   * How its request says whose it is: by an external id, by a marker row beside it in the batch, by a text in its own body, or by the number
   * that was given here or typed. One that says the same however often it is said carries nothing, and is known by whom it is about.
   */
  readonly marked: 'externalId' | 'markerRow' | 'ownText' | 'ownNumber' | 'nothing';
  /** The address whose reading tells whether head office has it. */
  readonly readAt: RegExp;
}

/** What a kind is where its own lines say nothing else: a fact without money. */
const FACT = {
  isCounterMoney: false,
  isNote: false,
  isDecision: false,
  isTransfer: false,
  isRegistration: false,
  isPosting: false,
  accountKind: null,
  byHand: null,
  moves: 1,
  table: null,
} as const;

export const KINDS_IN_THE_WORLD: Readonly<Record<CommandKindName, KindInTheWorld>> = {
  loanRepayment: {
    ...FACT,
    isCounterMoney: true,
    accountKind: 'loan',
    byHand: 'repayment',
    moves: -1,
    table: 'loan_transaction',
    marked: 'externalId',
    readAt: /\/transactions\/external-id\/|^\/loans\/\d+\?/,
  },
  savingsDeposit: {
    ...FACT,
    isCounterMoney: true,
    accountKind: 'savings',
    byHand: 'deposit',
    table: 'savings_transaction',
    marked: 'markerRow',
    readAt: /^\/savingsaccounts\/\d+\?associations=transactions/,
  },
  savingsWithdrawal: {
    ...FACT,
    isCounterMoney: true,
    accountKind: 'savings',
    byHand: 'withdrawal',
    moves: -1,
    table: 'savings_transaction',
    marked: 'markerRow',
    readAt: /^\/savingsaccounts\/\d+\?associations=transactions/,
  },
  loanDisbursal: {
    ...FACT,
    isCounterMoney: true,
    payout: 'made',
    accountKind: 'loan',
    table: 'loan_transaction',
    marked: 'externalId',
    readAt: /\/transactions\/external-id\/|^\/loans\/\d+\?/,
  },
  disbursalUndo: {
    ...FACT,
    isCounterMoney: true,
    payout: 'undone',
    // Head office keeps nothing of it but its note, and the payout's own transaction is gone.
    isDecision: true,
    accountKind: 'loan',
    moves: -1,
    marked: 'ownText',
    readAt: /^\/loans\/\d+\?associations=notes/,
  },
  suspensePosting: {
    ...FACT,
    isPosting: true,
    moves: -1,
    marked: 'ownText',
    readAt: /^\/journalentries\?/,
  },
  loanDecision: {
    ...FACT,
    isDecision: true,
    marked: 'ownText',
    readAt: /^\/loans\/\d+\?associations=notes$/,
  },
  clientNote: {
    ...FACT,
    isNote: true,
    marked: 'ownText',
    readAt: /^\/clients\/\d+\/notes$/,
  },
  clientEdit: {
    ...FACT,
    edits: 'client',
    marked: 'nothing',
    readAt: /^\/clients\/\d+$/,
  },
  groupEdit: {
    ...FACT,
    edits: 'group',
    marked: 'nothing',
    readAt: /^\/groups\/\d+$/,
  },
  groupChange: {
    ...FACT,
    isGroupChange: true,
    marked: 'nothing',
    readAt: /^\/groups\/\d+\?associations=clientMembers,groupRoles$/,
  },
  clientTurn: {
    ...FACT,
    isTurn: true,
    marked: 'nothing',
    readAt: /^\/clients\/\d+$/,
  },
  groupRegistration: {
    ...FACT,
    isFounding: true,
    marked: 'ownNumber',
    readAt: /^\/groups\?paged=true&externalId=/,
  },
  centerRegistration: {
    ...FACT,
    isFounding: true,
    marked: 'ownNumber',
    readAt: /^\/centers\?paged=true&externalId=/,
  },
  savingsTransfer: {
    ...FACT,
    isTransfer: true,
    accountKind: 'savings',
    moves: -1,
    marked: 'ownText',
    // The account that pays, which is its first subject: read like any other account.
    readAt: /^$/,
  },
  clientRegistration: {
    ...FACT,
    isRegistration: true,
    marked: 'ownNumber',
    readAt: /^\/clients\?externalId=/,
  },
  loanApplication: {
    ...FACT,
    appliesFor: 'loan',
    marked: 'ownNumber',
    readAt: /^\/loans\/external-id\//,
  },
  savingsApplication: {
    ...FACT,
    appliesFor: 'savings',
    marked: 'ownNumber',
    readAt: /^\/savingsaccounts\/external-id\//,
  },
  savingsDecision: {
    ...FACT,
    isOpeningStep: true,
    marked: 'nothing',
    readAt: /^\/savingsaccounts\/\d+$/,
  },
  savingsHold: {
    ...FACT,
    holds: 'made',
    marked: 'ownText',
    readAt: /^\/savingsaccounts\/\d+\?associations=transactions$/,
  },
  savingsRelease: {
    ...FACT,
    holds: 'letGo',
    marked: 'nothing',
    readAt: /^\/savingsaccounts\/\d+\?associations=transactions$/,
  },
  clientPicture: {
    ...FACT,
    paper: 'picture',
    marked: 'ownText',
    readAt: /^\/clients\/\d+\/images$/,
  },
  clientIdentifier: {
    ...FACT,
    paper: 'identifier',
    marked: 'ownText',
    readAt: /^\/clients\/\d+\/identifiers$/,
  },
  clientDocument: {
    ...FACT,
    paper: 'document',
    marked: 'ownText',
    readAt: /^\/(?:clients|client_identifiers)\/\d+\/documents$/,
  },
};

/** For a query over the journal: the kinds that are so, as an SQL list. */
export function kindsWhere(isSo: (kind: KindInTheWorld) => boolean): string {
  const names = Object.entries(KINDS_IN_THE_WORLD).filter(([, kind]) => isSo(kind));
  return `(${names.map(([name]) => `'${name}'`).join(', ')})`;
}

/** The papers by which cash leaves a drawer. */
export const PAPERS_OUT: ReadonlySet<string> = new Set([
  'savingsWithdrawal',
  'loanDisbursal',
  'basketPaid',
  'moneyReturned',
  'withdrawalPaidAgain',
  'disbursalPaidAgain',
]);
