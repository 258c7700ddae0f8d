// The shapes that several methods share. Amounts are whole minor units; dates are business dates (YYYY-MM-DD); instants are epoch milliseconds.

import { z } from 'zod';
import { LIMIT_DEEDS } from '../domain/cash/drawerLimits.ts';
import { PIECE_KINDS } from '../domain/cash/pieces.ts';
import { LOAN_DEEDS } from '../domain/loans/decision.ts';
import { SAVINGS_DEEDS } from '../domain/savings/opening.ts';
import { COMMAND_KINDS } from '../domain/commands/kinds/allKinds.ts';
import { isBusinessDate } from '../kernel/businessDate.ts';
import { isLocalId } from '../kernel/ids.ts';
import { AMOUNT_MINOR_MAX } from '../kernel/money.ts';

export const LocalIdSchema = z.string().refine(isLocalId, 'a local id is a UUID');
export const BusinessDateSchema = z.string().refine(isBusinessDate, 'a calendar day, YYYY-MM-DD');
export const InstantSchema = z.number().int().nonnegative();
export const SignedMinorSchema = z.number().int();
export const CurrencySchema = z.object({ code: z.string(), decimals: z.number().int().min(0).max(6) });
export const SumSchema = z.object({ currency: CurrencySchema, minor: SignedMinorSchema });
/** An amount that a person hands over: more than nothing, and small enough to be meant. */
export const AmountMinorSchema = z.number().int().positive().max(AMOUNT_MINOR_MAX);
export const TextSchema = (most: number) => z.string().max(most).refine(hasNoControlCharacters, 'no control characters');
export const UsernameSchema = TextSchema(100).min(1);
export const PasswordSchema = z.string().min(1).max(200);

function hasNoControlCharacters(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if ((code < 32 && code !== 10) || code === 127) return false;
  }
  return true;
}

/** The four words of the field (look.md 7). */
export const StandingSchema = z.enum(['savedHere', 'sent', 'confirmed', 'needsYou']);
export type Standing = z.infer<typeof StandingSchema>;

/** Closed without head office: none of the four words is true of it, and it stands in no sum of theirs. */
export const ClosedAsSchema = z.enum(['reversed', 'suspended', 'withdrawn', 'undone']);

export const CommandKindSchema = z.enum(COMMAND_KINDS);

export const StaffMemberSchema = z.object({ username: z.string(), displayName: z.string(), role: z.string() });

export const AllocationSchema = z.object({
  penaltyMinor: SignedMinorSchema,
  feeMinor: SignedMinorSchema,
  interestMinor: SignedMinorSchema,
  principalMinor: SignedMinorSchema,
  overpaidMinor: SignedMinorSchema,
});

/** How much of an instalment the repayment covers, oldest first: "October, principal 2,400". */
export const AllocationLineSchema = z.object({
  period: z.number().int(),
  dueDate: BusinessDateSchema,
  part: z.enum(['penalty', 'fee', 'interest', 'principal', 'overpaid']),
  amountMinor: SignedMinorSchema,
});

export const InstalmentSchema = z.object({
  period: z.number().int(),
  dueDate: BusinessDateSchema,
  principalDueMinor: SignedMinorSchema,
  interestDueMinor: SignedMinorSchema,
  feeDueMinor: SignedMinorSchema,
  penaltyDueMinor: SignedMinorSchema,
  totalDueMinor: SignedMinorSchema,
  totalPaidMinor: SignedMinorSchema,
  outstandingMinor: SignedMinorSchema,
  standing: z.enum(['paid', 'partPaid', 'overdue', 'next', 'later']),
});

export const LoanStatusSchema = z.enum([
  'submitted',
  'approved',
  'active',
  'closed',
  'writtenOff',
  'rescheduled',
  'overpaid',
  'rejected',
  'withdrawn',
  'other',
]);

/** What paying off a loan takes today, and who says so. */
export const PayOffSchema = z.object({
  minor: SignedMinorSchema,
  known: z.enum(['here', 'headOffice', 'upperBound']),
  askedAt: InstantSchema.nullable(),
});

/** A decision taken in this branch, before money moves on the account, and how far it is on its way. */
const decidedHere = {
  commandId: LocalIdSchema,
  note: z.string(),
  by: z.string(),
  at: InstantSchema,
  businessDate: BusinessDateSchema,
  standing: StandingSchema,
  /** Given up by a person: none of the four words is true of it. */
  withdrawn: z.boolean(),
  exceptionId: LocalIdSchema.nullable(),
} as const;

export const LoanDecisionSchema = z.object({
  ...decidedHere,
  deed: z.enum(LOAN_DEEDS),
  approvedMinor: SignedMinorSchema.nullable(),
  /** The day on which it is to be paid out, where the approval named one. */
  expectedOn: BusinessDateSchema.nullable(),
});
export type LoanDecision = z.infer<typeof LoanDecisionSchema>;

/** Head office refuses what is done to loans on this business date; not `certain` where it may be set to allow it all the same. */
export const ClosedDaySchema = z.object({ why: z.enum(['holiday', 'dayOff']), name: z.string(), certain: z.boolean() });

/** `product`: whether head office still sells it on the terms that were agreed. */
const ApplicationSchema = z.object({
  commandId: LocalIdSchema,
  standing: StandingSchema,
  exceptionId: LocalIdSchema.nullable(),
  product: z.enum(['asAgreed', 'changed', 'notSold']),
});

/** Provisional = confirmed + unfinished. The confirmed part and its age always travel beside it (field-rules 1.1, look 5). */
export const LoanViewSchema = z.object({
  loanId: LocalIdSchema,
  clientId: LocalIdSchema.nullable(),
  /** The group whose own it is, where no client's. */
  groupId: LocalIdSchema.nullable(),
  accountNo: z.string(),
  productName: z.string(),
  currency: CurrencySchema,
  /** With what was decided here and head office does not show yet. */
  status: LoanStatusSchema,
  confirmedStatus: LoanStatusSchema,
  principalMinor: SignedMinorSchema,
  /** The day on which it is to be paid out, as it was asked for or approved last; null once it is, and where nobody said. */
  expectedOn: BusinessDateSchema.nullable(),
  /** The paper by which it was paid out here, while nothing of it has left the branch: until then it is undone by a paper of its own. */
  payoutReceiptId: LocalIdSchema.nullable(),
  /** What the client would bring back if the payout of today was undone, after head office was told of it; null where it cannot be. */
  undoPayoutMinor: SignedMinorSchema.nullable(),
  outstandingMinor: SignedMinorSchema,
  confirmedOutstandingMinor: SignedMinorSchema,
  overpaidMinor: SignedMinorSchema,
  dueNowMinor: SignedMinorSchema,
  overdueMinor: SignedMinorSchema,
  daysBehind: z.number().int().nonnegative(),
  nextDueDate: BusinessDateSchema.nullable(),
  nextDueMinor: SignedMinorSchema,
  payOff: PayOffSchema,
  unfinishedMinor: SignedMinorSchema,
  unfinishedCount: z.number().int(),
  disputed: z.boolean(),
  confirmedAt: InstantSchema,
  instalments: z.array(InstalmentSchema),
  mayRepay: z.boolean(),
  /** What may be decided of it now, by the state that it has. */
  deeds: z.array(z.enum(LOAN_DEEDS)),
  /** Left out on every other day. */
  closedDay: ClosedDaySchema.optional(),
  /** Of a loan that was applied for here and that head office does not have: left out of every other one. */
  application: ApplicationSchema.optional(),
});
export type LoanView = z.infer<typeof LoanViewSchema>;

/** What lies on a desk to be signed, or goes home with a client: whose loan it is, on which terms, and its schedule. */
export const LoanPaperSchema = z.object({
  institution: z.string(),
  officeName: z.string(),
  practice: z.boolean(),
  ownerName: z.string(),
  ownerNo: z.string(),
  /** A person's own phone; empty where none is known, and of a group. */
  ownerPhone: z.string(),
  loan: LoanViewSchema,
  /** As it was agreed at this branch; null where somebody else wrote the application. */
  terms: z
    .object({
      submittedOn: BusinessDateSchema,
      expectedOn: BusinessDateSchema,
      installments: z.number().int(),
      every: z.number().int(),
      unit: z.enum(['days', 'weeks', 'months', 'years']),
      ratePercent: z.string(),
      /** Null where the product is not known here any more. */
      ratePer: z.enum(['days', 'weeks', 'months', 'years', 'term']).nullable(),
      officer: z.string().nullable(),
      purpose: z.string().nullable(),
      charges: z.array(z.string()),
    })
    .nullable(),
  madeAt: InstantSchema,
});
export type LoanPaper = z.infer<typeof LoanPaperSchema>;

export const SavingsStatusSchema = z.enum([
  'submitted',
  'approved',
  'active',
  'dormant',
  'inactive',
  'blocked',
  'creditBlocked',
  'debitBlocked',
  'closed',
  'rejected',
  'withdrawn',
  'other',
]);

/** Taken by head office on top of a withdrawal; when not sure, the most that it can be. */
export const FeeSchema = z.object({ minor: SignedMinorSchema, sure: z.boolean() });

/** The most of a payout and what keeps it from being more; 'balance' is no limit but the account's own money. */
export const PayoutLimitSchema = z.object({
  minor: SignedMinorSchema,
  /** Of a rule that limits all that is handed over at once, where more goes along. */
  wholeMinor: SignedMinorSchema.optional(),
  rule: z.enum([
    'balance',
    'blocked',
    'notActive',
    'lockedIn',
    'disputed',
    'tooOld',
    'account',
    'times',
    'branch',
    'once',
    'second',
    'cashier',
    'oldBalance',
    'sleeping',
  ]),
});

/** One of head office's own, by its number there. */
export const ChosenOptionSchema = z.object({ serverId: z.number().int(), name: z.string() });

/** What a savings product sets for every account of it, or what was agreed of one. */
export const SavingsTermsSchema = z.object({
  ratePercent: z.string(),
  compounding: z.enum(['day', 'month', 'quarter', 'halfYear', 'year']),
  posting: z.enum(['day', 'month', 'quarter', 'halfYear', 'year']),
  balance: z.enum(['daily', 'average']),
  daysInYear: z.union([z.literal(360), z.literal(365)]),
  minimumMinor: SignedMinorSchema.nullable(),
  lockIn: z.object({ length: z.number().int(), unit: z.enum(['days', 'weeks', 'months', 'years']) }).nullable(),
  openingMinor: SignedMinorSchema.nullable(),
});

export const SavingsDecisionSchema = z.object({ ...decidedHere, deed: z.enum(SAVINGS_DEEDS) });
export type SavingsDecision = z.infer<typeof SavingsDecisionSchema>;

/** A hold by its own name: one that was made here, or head office's by its number. */
export const HoldNamedSchema = z.union([
  z.object({ holdId: LocalIdSchema }),
  z.object({ serverTransactionId: z.number().int().positive() }),
]);

export const SavingsHoldSchema = z.object({
  hold: HoldNamedSchema,
  amountMinor: AmountMinorSchema,
  /** Null where head office says none. */
  reason: z.string().nullable(),
  since: BusinessDateSchema,
  /** Who held it, and when; null where that was not done here. */
  by: z.string().nullable(),
  at: InstantSchema.nullable(),
  state: z.enum(['held', 'lettingGo', 'refused']),
  standing: StandingSchema,
  exceptionId: LocalIdSchema.nullable(),
  /** What lets it go, on its way or refused. */
  release: z
    .object({
      by: z.string(),
      at: InstantSchema,
      reason: z.string(),
      standing: StandingSchema,
      exceptionId: LocalIdSchema.nullable(),
    })
    .nullable(),
});
export type SavingsHold = z.infer<typeof SavingsHoldSchema>;

export const SavingsViewSchema = z.object({
  savingsId: LocalIdSchema,
  clientId: LocalIdSchema.nullable(),
  /** The group whose own it is, where no client's. */
  groupId: LocalIdSchema.nullable(),
  accountNo: z.string(),
  productName: z.string(),
  currency: CurrencySchema,
  /** With what was decided here and head office does not show yet. */
  status: SavingsStatusSchema,
  confirmedStatus: SavingsStatusSchema,
  ledgerMinor: SignedMinorSchema,
  confirmedLedgerMinor: SignedMinorSchema,
  /** Amounts on hold + guarantor holds + enforced minimum: what head office would not pay out. */
  heldMinor: SignedMinorSchema,
  /** Of that, what is held on the account by name, what was held and let go here among it. */
  onHoldMinor: SignedMinorSchema,
  guaranteeHeldMinor: SignedMinorSchema,
  minimumMinor: SignedMinorSchema,
  /** What cannot be handed over because head office takes its fee of a withdrawal: ledger - held - this = available. */
  keptForFee: FeeSchema.nullable(),
  /** What may be handed over, the fee counted. */
  availableMinor: SignedMinorSchema,
  confirmedAvailableMinor: SignedMinorSchema,
  /** What may be paid at this moment, a manager's agreement included: the one figure that every screen shows. */
  payable: PayoutLimitSchema,
  unfinishedMinor: SignedMinorSchema,
  unfinishedCount: z.number().int(),
  disputed: z.boolean(),
  confirmedAt: InstantSchema,
  mayDeposit: z.boolean(),
  mayWithdraw: z.boolean(),
  /** What may be decided of it now, by the state that it has. */
  deeds: z.array(z.enum(SAVINGS_DEEDS)),
  /** Of an account that was applied for here and that head office does not have: left out of every other one. */
  application: ApplicationSchema.optional(),
});
export type SavingsView = z.infer<typeof SavingsViewSchema>;

export const HistoryLineSchema = z.object({
  key: z.string(),
  businessDate: BusinessDateSchema,
  recordedAt: InstantSchema.nullable(),
  accountKind: z.enum(['loan', 'savings']),
  accountId: LocalIdSchema,
  accountNo: z.string(),
  /** A transaction type code such as 'repayment', 'deposit', 'withdrawal', 'interestPosting', 'fee', 'disbursement', 'hold', 'release', 'other'. */
  what: z.string(),
  /** Signed from the client's account: out of savings is negative, a repayment is positive. */
  amountMinor: SignedMinorSchema,
  balanceMinor: SignedMinorSchema.nullable(),
  standing: StandingSchema,
  receiptNumber: z.string().nullable(),
  receiptId: LocalIdSchema.nullable(),
  serverTransactionId: z.number().int().nullable(),
  reversed: z.boolean(),
  /** Its account's own; one list may hold several. */
  currency: CurrencySchema,
});
export type HistoryLine = z.infer<typeof HistoryLineSchema>;

/** A page for the owner of an account: what happened in a period, both days counted. */
export const statementInput = { from: BusinessDateSchema, to: BusinessDateSchema };
export const StatementSchema = z.object({
  institution: z.string(),
  officeName: z.string(),
  practice: z.boolean(),
  zone: z.string(),
  accountKind: z.enum(['loan', 'savings']),
  ownerName: z.string(),
  ownerNo: z.string(),
  productName: z.string(),
  accountNo: z.string(),
  currency: CurrencySchema,
  from: BusinessDateSchema,
  to: BusinessDateSchema,
  /** Oldest first; nothing that was undone, nothing that moves no money. */
  lines: z.array(HistoryLineSchema),
  /** Null of a loan: what its balance is made of in a period only head office knows. */
  balance: z
    .object({ openingMinor: SignedMinorSchema, inMinor: SignedMinorSchema, outMinor: SignedMinorSchema, closingMinor: SignedMinorSchema })
    .nullable(),
  /** Of the lines, what head office has not confirmed yet. */
  unconfirmedMinor: SignedMinorSchema,
  /** When head office last said what this account holds. */
  confirmedAt: InstantSchema,
  madeAt: InstantSchema,
});
export type Statement = z.infer<typeof StatementSchema>;

export const ReceiptKindSchema = z.enum([
  'loanRepayment',
  'savingsDeposit',
  'savingsWithdrawal',
  'loanDisbursal',
  'withdrawalReturned',
  'moneyReturned',
  'moneyTakenAgain',
  'withdrawalPaidAgain',
  'disbursalReturned',
  'disbursalPaidAgain',
  'disbursalUndo',
  'basket',
  'basketPaid',
]);

const AccountKindSchema = z.enum(['loan', 'savings']);

/** What a receipt says of one posting: null where it belongs to no single account. */
const postingSays = {
  allocation: AllocationSchema.nullable(),
  parts: z.object({ amountMinor: SignedMinorSchema, additionalMinor: SignedMinorSchema, feesMinor: SignedMinorSchema }).nullable(),
  fee: FeeSchema.nullable(),
  balanceAfterMinor: SignedMinorSchema.nullable(),
  /** Of a loan, what stays overdue after it; absent where nothing does or only head office can say. */
  overdueLeftMinor: SignedMinorSchema.optional(),
  /** Of a loan that was paid out, the charges that stayed behind; absent where there were none. */
  chargesTakenMinor: SignedMinorSchema.optional(),
  nextDueDate: BusinessDateSchema.nullable(),
  nextDueMinor: SignedMinorSchema.nullable(),
  balancesAsOf: InstantSchema.nullable(),
};

export const ReceiptPostingSchema = z.object({
  kind: ReceiptKindSchema.exclude(['basket', 'basketPaid']),
  commandId: LocalIdSchema.nullable(),
  accountKind: AccountKindSchema,
  accountId: LocalIdSchema,
  accountNo: z.string(),
  productName: z.string(),
  amountMinor: AmountMinorSchema,
  ...postingSays,
});
export type ReceiptPosting = z.infer<typeof ReceiptPostingSchema>;

/** Notes and coins of one count: highest first, notes before coins, each face once. */
export const PiecesSchema = z
  .array(
    z.object({
      as: z.enum(PIECE_KINDS),
      faceMinor: z.number().int().positive().max(AMOUNT_MINOR_MAX),
      count: z.number().int().nonnegative().max(99_999_999),
    }),
  )
  .max(60);

/** What came over the counter and what went back over it. */
export const ToldNotesSchema = z.object({ received: PiecesSchema.readonly(), given: PiecesSchema.readonly() });

/** Everything the paper says, fixed when it was issued (I8): a reprint reads this and nothing else. */
export const ReceiptSchema = z.object({
  receiptId: LocalIdSchema,
  number: z.string(),
  kind: ReceiptKindSchema,
  commandId: LocalIdSchema.nullable(),
  institution: z.string(),
  officeName: z.string(),
  practice: z.boolean(),
  businessDate: BusinessDateSchema,
  recordedAt: InstantSchema,
  zone: z.string(),
  clockDoubt: z.boolean(),
  /** Null where the payer is a group; the name and the number are the payer's. */
  clientId: LocalIdSchema.nullable(),
  clientName: z.string(),
  clientAccountNo: z.string(),
  /** The group whose own the account is; absent where a client pays. */
  groupId: LocalIdSchema.optional(),
  /** The member of that group who stood at the counter, where it was told. */
  handedBy: z.object({ clientId: LocalIdSchema, name: z.string() }).optional(),
  accountKind: AccountKindSchema.nullable(),
  accountId: LocalIdSchema.nullable(),
  accountNo: z.string(),
  productName: z.string(),
  currency: CurrencySchema,
  amountMinor: AmountMinorSchema,
  paymentTypeName: z.string(),
  cash: z.boolean(),
  givenMinor: SignedMinorSchema.nullable(),
  changeMinor: SignedMinorSchema.nullable(),
  notes: ToldNotesSchema.readonly().optional(),
  ...postingSays,
  /** Two or more postings under one total; absent on a receipt of one. */
  lines: z.array(ReceiptPostingSchema).readonly().optional(),
  /** Head office stood at another day, and this person said that it is dated so; absent otherwise. */
  dateSaid: z.object({ by: z.string(), headOfficeDate: BusinessDateSchema }).optional(),
  /** Given after the close of that calendar day; absent otherwise. */
  afterHoursOf: BusinessDateSchema.optional(),
  note: z.string(),
  /** The account, phone or cheque that money came by which is not cash. */
  paidReference: z.string().optional(),
  /** The number of the receipt that this paper goes back on. */
  undoes: z.string().optional(),
  servedBy: z.string(),
  agreedBy: z.string().nullable(),
  deviceCode: z.string(),
  previousHash: z.string(),
  journalHead: z.string().optional(),
  hash: z.string(),
  proof: z.string().optional(),
});

/** Where one posting stands now. */
const StandsSchema = z.object({
  standing: StandingSchema,
  /** A case closed it without head office: the word 'confirmed' would not be true of it. */
  closedAs: ClosedAsSchema.nullable(),
  serverTransactionId: z.number().int().nullable(),
});

export const ReceiptLineSchema = z.object({
  receipt: ReceiptSchema,
  /** The whole: the posting that is furthest from an end speaks for it, and `closedAs` only where all ended that way. */
  ...StandsSchema.shape,
  /** Each posting of the receipt, in the order of the paper. */
  postings: z.array(StandsSchema),
  printedAt: InstantSchema.nullable(),
  copies: z.number().int(),
  /** When paper was asked for of which nobody has said yet whether it came out. */
  printAskedAt: InstantSchema.nullable(),
});
export type ReceiptLine = z.infer<typeof ReceiptLineSchema>;

/**
 * A form that takes or pays money. `formId` is born with the form, not with the press: the same form twice is the same command (field-rules
 * 1.10). `pageId` is born with the page that shows the form and lives in its memory alone: who asks again under it is still waiting for the
 * first answer and gets that; anybody else is told what was recorded.
 */
export const formInput = { formId: LocalIdSchema, pageId: LocalIdSchema.optional() };

/** Of a group's own account: the member who stands at the counter. */
export const handedInput = { handedBy: LocalIdSchema.optional() };

/** `replayed`: this was recorded by an earlier call of the same page; nothing was recorded now. */
export const replayed = { replayed: z.boolean() };
export const TakenSchema = ReceiptLineSchema.extend(replayed);
export type Taken = z.infer<typeof TakenSchema>;

/** What a screen hands over of a file: base64, of no more than a call may carry. */
export const FileTextSchema = z.string().max(240_000);
export const FileTypeSchema = z.enum(['image/jpeg', 'image/png', 'application/pdf']);
export const FILE_REFUSALS = ['file.empty', 'file.tooBig', 'file.notKnown', 'file.tooWide'] as const;

export const LimitDeedSchema = z.enum(LIMIT_DEEDS);
const PassedLimitSchema = z.object({ side: z.enum(['least', 'most']), does: LimitDeedSchema, moveMinor: z.number().int() });

export const DrawerViewSchema = z.object({
  drawerId: LocalIdSchema,
  name: z.string(),
  businessDate: BusinessDateSchema,
  openedBy: z.string(),
  openedAt: InstantSchema,
  closedAt: InstantSchema.nullable(),
  currency: CurrencySchema,
  openingMinor: SignedMinorSchema,
  /** What must lie in it is told to a manager, and to its holder only when no count is left: null before (field-rules 1.7). */
  takenMinor: SignedMinorSchema.nullable(),
  paidMinor: SignedMinorSchema.nullable(),
  /** From the vault, and back to it. */
  allocatedMinor: SignedMinorSchema.optional(),
  settledMinor: SignedMinorSchema.optional(),
  expectedMinor: SignedMinorSchema.nullable(),
  openingPieces: PiecesSchema.nullable().optional(),
  /** Each count that was made, with what it differed by, where that is told; a counted drawer takes no more money. */
  counts: z.array(
    z.object({
      countedMinor: SignedMinorSchema,
      differenceMinor: SignedMinorSchema.nullable(),
      at: InstantSchema,
      pieces: PiecesSchema.nullable().optional(),
    }),
  ),
  /** The first count differs: it may be made once more, or said to stand. */
  mayRecount: z.boolean(),
  /** More is missing than one person may declare: one of these has to agree. Null where nobody has to, or nobody here may. */
  shortage: z
    .object({
      toleranceMinor: SignedMinorSchema,
      approvers: z.array(z.object({ username: UsernameSchema, displayName: z.string(), role: z.string() })),
    })
    .nullable()
    .optional(),
  countedMinor: SignedMinorSchema.nullable(),
  differenceMinor: SignedMinorSchema.nullable(),
  receipts: z.number().int(),
  /** More or less lies in it than the house wants; what is sent to the vault or fetched at a time is the house's sum, not reckoned from it. */
  passed: PassedLimitSchema.nullable().optional(),
  /** The house tells its notes at the counter: forms ask for them. */
  notesTold: z.boolean().optional(),
  /** The number of its Z report, once it is closed. */
  report: z.string().nullable().optional(),
});
export type DrawerView = z.infer<typeof DrawerViewSchema>;

/** Written by hand, so that a screen can show why an item waits without guessing from its state. */
export const WaitingReasonSchema = z.enum([
  'nextToGo',
  'lineDown',
  'lineSlow',
  'offlineDeclared',
  'sentWaitingForAnswer',
  'lookingItUp',
  'backingOff',
  'sameAccountEarlier',
  'sameAccountNeedsYou',
  'heldForSomebody',
  'dependencyFirst',
  'dependencyNeedsYou',
  'makerMustSignIn',
  'waitingForChecker',
  'headOfficeDayBehind',
  'booksClosed',
  'refused',
  'vanished',
  'postedAfterAll',
  'stopped',
  'finished',
]);
export type WaitingReason = z.infer<typeof WaitingReasonSchema>;

/** Words for what a person may write anew of a command, by name; its kind says which. */
export const EditsSchema = z.record(z.string().max(50), TextSchema(1000));

/** A fact on a record of a client or group that is not about money, with the word of where it stands. */
export const RecordFactSchema = z.object({
  commandId: LocalIdSchema,
  kind: CommandKindSchema,
  text: z.string(),
  recordedBy: z.string(),
  recordedAt: InstantSchema,
  businessDate: BusinessDateSchema,
  standing: StandingSchema,
  /** Given up by a person: none of the four words is true of it. */
  withdrawn: z.boolean(),
  exceptionId: LocalIdSchema.nullable(),
});
export type RecordFact = z.infer<typeof RecordFactSchema>;

/** A fact that changes what a record of a client says, with each field before and after it. */
export const RecordChangeSchema = z.object({
  commandId: LocalIdSchema,
  kind: CommandKindSchema,
  fields: z.array(z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  /** The state that it brings; null where it leaves it. */
  state: z.string().nullable(),
  recordedBy: z.string(),
  recordedAt: InstantSchema,
  standing: StandingSchema,
  exceptionId: LocalIdSchema.nullable(),
});
export type RecordChange = z.infer<typeof RecordChangeSchema>;

export const TimelineEntrySchema = z.object({
  at: InstantSchema,
  what: z.string(),
  detail: z.string().nullable(),
  by: z.string().nullable(),
});

export const SyncItemSchema = z.object({
  commandId: LocalIdSchema,
  sequence: z.number().int(),
  kind: CommandKindSchema,
  clientName: z.string(),
  accountNo: z.string(),
  receiptNumber: z.string().nullable(),
  /** Which of the receipt's lines it is; null where the receipt has one posting. */
  line: z.object({ at: z.number().int(), of: z.number().int() }).nullable(),
  amountMinor: SignedMinorSchema,
  currency: CurrencySchema,
  /** Taken by head office on top of the amount. */
  feeMinor: SignedMinorSchema,
  recordedBy: z.string(),
  businessDate: BusinessDateSchema,
  recordedAt: InstantSchema,
  standing: StandingSchema,
  reason: WaitingReasonSchema,
  reasonDetail: z.string().nullable(),
  attempts: z.number().int(),
  submission: z.number().int(),
  nextAttemptAt: InstantSchema.nullable(),
  serverTransactionId: z.number().int().nullable(),
  exceptionId: LocalIdSchema.nullable(),
  clientId: LocalIdSchema.nullable(),
  groupId: LocalIdSchema.nullable(),
  /** What has to be through first because it creates what this one refers to, the nearest first; every link of the chain. */
  waitsFor: z.array(z.object({ commandId: LocalIdSchema, kind: CommandKindSchema, about: z.string(), needsYou: z.boolean() })),
  /** The state that what it concerns has by it, once head office has taken it; null where it changes none. */
  becomes: z.string().nullable(),
  /** What a person may write anew of it, by name. */
  editable: z.record(z.string(), z.string()),
  /** Nothing of it has left the branch and it is not on paper: its maker may still change it or give it up. */
  mayChange: z.boolean(),
  /** Held for somebody with that right, who is not its maker. */
  heldFor: z.string().nullable(),
});
export type SyncItem = z.infer<typeof SyncItemSchema>;

export type { Receipt } from '../domain/records.ts';

/** Why reading does not go on although head office answers: what it said, in a code or a word of ours, never a content. */
export const TroubleSchema = z.object({ kind: z.enum(['refused', 'nonsense', 'signInNeeded']), detail: z.string() });
