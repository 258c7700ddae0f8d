// Loans at the counter: what is owed, where a repayment would go, and taking it.

import { z } from 'zod';
import type { Permission } from '../domain/access/permissions.ts';
import { INSTALLMENTS_MOST, RATE_TEXT } from '../domain/commands/kinds/loanApplication.ts';
import { DECISION_NOTE_MAX } from '../domain/commands/kinds/accountDecision.ts';
import { LOAN_DEEDS } from '../domain/loans/decision.ts';
import { REASON_LEAST } from '../domain/reasons.ts';
import { IDENTITY_SEEN_LEAST, IDENTITY_SEEN_MAX } from '../domain/loans/disbursal.ts';
import { AMOUNT_MINOR_MAX } from '../kernel/money.ts';
import { command, query } from './define.ts';
import {
  AllocationLineSchema,
  AllocationSchema,
  AmountMinorSchema,
  BusinessDateSchema,
  ChosenOptionSchema,
  ClosedDaySchema,
  CurrencySchema,
  formInput,
  handedInput,
  HistoryLineSchema,
  LoanDecisionSchema,
  LoanStatusSchema,
  InstantSchema,
  LoanPaperSchema,
  LoanViewSchema,
  LocalIdSchema,
  PasswordSchema,
  PayOffSchema,
  SignedMinorSchema,
  StaffMemberSchema,
  StandingSchema,
  TakenSchema,
  replayed,
  TextSchema,
  ToldNotesSchema,
  UsernameSchema,
  statementInput,
  StatementSchema,
} from './shapes.ts';

/** Cash at the counter, and what to write down about any other way of paying (contract 6.8: at most 50 characters each). */
export const PaidWithSchema = z.object({
  paymentTypeId: z.number().int().positive(),
  givenMinor: AmountMinorSchema.optional(),
  accountNumber: TextSchema(50).optional(),
  checkNumber: TextSchema(50).optional(),
  bankNumber: TextSchema(50).optional(),
  /** Notes and coins of cash, where they are told; of a payout the branch may choose them from what lies in the drawer, when it is recorded. */
  notes: z.union([ToldNotesSchema, z.literal('chosen')]).optional(),
});

const NoteSchema = TextSchema(DECISION_NOTE_MAX);

/** What is usual, and between what it may be chosen; null where there is no bound. */
function limits<T extends z.ZodType>(of: T) {
  return z.object({ usual: of, least: of.nullable(), most: of.nullable() });
}

const LoanProductSchema = z.object({
  productId: z.number().int(),
  name: z.string(),
  currency: CurrencySchema,
  principal: limits(SignedMinorSchema),
  installments: limits(z.number().int()),
  rate: limits(z.string()),
  ratePer: z.enum(['days', 'weeks', 'months', 'years', 'term']),
  every: z.number().int(),
  unit: z.enum(['days', 'weeks', 'months', 'years']),
});

/** What is asked for of a product. */
const termsAsked = {
  productId: z.number().int().positive(),
  principalMinor: AmountMinorSchema,
  installments: z.number().int().min(1).max(INSTALLMENTS_MOST),
  ratePercent: z.string().regex(RATE_TEXT),
  firstRepaymentOn: BusinessDateSchema.optional(),
} as const;

/** Dated on the day that the books carry. It goes to head office by itself; what that says of it stands on the loan. */
function decision<Own extends z.ZodRawShape>(permission: Permission, own: Own) {
  return command({
    permission,
    input: z.object({ ...formInput, loanId: LocalIdSchema, ...own }),
    output: LoanDecisionSchema.extend(replayed),
    refusals: [
      'loan.unknown',
      'loan.notInThatState',
      'loan.makerCannotApprove',
      'loan.approvedAboveAsked',
      'loan.payoutBeforeApproval',
      'loan.firstBeforePayout',
      'loan.onHoliday',
      'loan.onDayOff',
      'loan.reasonNeeded',
      'businessDay.otherThanHeadOffice',
      'form.alreadyUsed',
      'clock.answerFirst',
    ],
  });
}

export const loans = {
  list: query({
    permission: 'loan.read',
    input: z.object({
      show: z.enum(['active', 'behind', 'submitted', 'approved', 'all']).default('active'),
      offset: z.number().int().nonnegative().default(0),
      most: z.number().int().min(1).max(200).default(100),
    }),
    output: z.object({
      rows: z.array(
        z.object({
          loanId: LocalIdSchema,
          clientId: LocalIdSchema.nullable(),
          groupId: LocalIdSchema.nullable(),
          /** The client's, or the group's whose own it is. */
          clientName: z.string(),
          accountNo: z.string(),
          productName: z.string(),
          currency: CurrencySchema,
          status: LoanStatusSchema,
          principalMinor: SignedMinorSchema,
          outstandingMinor: SignedMinorSchema,
          overdueMinor: SignedMinorSchema,
          daysBehind: z.number().int(),
          nextDueDate: BusinessDateSchema.nullable(),
          nextDueMinor: SignedMinorSchema,
          unfinishedCount: z.number().int(),
          /** Where the application stands, of a loan that head office does not have; left out of every other one. */
          application: StandingSchema.optional(),
        }),
      ),
      total: z.number().int(),
      /** In the house's own money; each other currency has sums of its own. */
      overdueMinor: SignedMinorSchema,
      outstandingMinor: SignedMinorSchema,
      others: z
        .array(z.object({ currency: CurrencySchema, overdueMinor: SignedMinorSchema, outstandingMinor: SignedMinorSchema }))
        .optional(),
    }),
  }),
  show: query({
    permission: 'loan.read',
    input: z.object({ loanId: LocalIdSchema }),
    output: z.object({
      loan: LoanViewSchema,
      /** What the one who asks has to leave to somebody else, whatever her rights are. */
      barred: z.array(z.object({ deed: z.enum(LOAN_DEEDS), code: z.literal('loan.makerCannotApprove') })),
      history: z.array(HistoryLineSchema),
      decisions: z.array(LoanDecisionSchema),
    }),
    refusals: ['loan.unknown'],
  }),
  showStatement: query({
    permission: 'loan.read',
    input: z.object({ loanId: LocalIdSchema, ...statementInput }),
    output: StatementSchema,
    refusals: ['loan.unknown', 'statement.datesTurned', 'statement.tooLong'],
  }),
  /** The application to be signed, or the schedule of what was agreed or paid out. */
  showPaper: query({
    permission: 'loan.read',
    input: z.object({ loanId: LocalIdSchema }),
    output: LoanPaperSchema,
    refusals: ['loan.unknown'],
  }),
  /** The products that are sold now, with what may be chosen of each. */
  listProducts: query({
    permission: 'loan.read',
    input: z.object({}),
    output: z.object({ businessDate: BusinessDateSchema, products: z.array(LoanProductSchema) }),
  }),
  /** What such a loan would cost, by head office's own rules; nobody is named and nothing is kept. */
  calculate: query({
    permission: 'loan.read',
    input: z.object({
      ...termsAsked,
      disbursedOn: BusinessDateSchema,
      /** Left out: on the day on which it is paid out. */
      submittedOn: BusinessDateSchema.optional(),
    }),
    output: z.object({
      /** What the product does not allow, with the bound; then there is no schedule. */
      out: z.array(
        z.object({ field: z.enum(['principal', 'installments', 'rate']), why: z.enum(['tooLittle', 'tooMuch']), bound: z.string() }),
      ),
      schedule: z
        .object({
          principalMinor: SignedMinorSchema,
          interestMinor: SignedMinorSchema,
          /** With those that are taken off the sum when it is paid out. */
          feesMinor: SignedMinorSchema,
          takenAtPayoutMinor: SignedMinorSchema,
          totalMinor: SignedMinorSchema,
          installments: z.array(
            z.object({
              number: z.number().int(),
              dueOn: BusinessDateSchema,
              principalMinor: SignedMinorSchema,
              interestMinor: SignedMinorSchema,
              feesMinor: SignedMinorSchema,
              totalMinor: SignedMinorSchema,
              balanceMinor: SignedMinorSchema,
            }),
          ),
        })
        .nullable(),
      /** Why only head office reckons it. */
      why: z.string().nullable(),
      /** The charges of each loan of it are reckoned in; false until they were read. */
      withCharges: z.boolean(),
    }),
    refusals: ['loanProduct.unknown', 'loan.firstBeforePayout'],
  }),
  /** What an application may be, from head office's own lists as they were read last. */
  applicationOptions: query({
    permission: 'loan.apply',
    input: z.object({}),
    output: z.object({
      businessDate: BusinessDateSchema,
      products: z.array(LoanProductSchema),
      officers: z.array(ChosenOptionSchema),
      purposes: z.array(ChosenOptionSchema),
      funds: z.array(ChosenOptionSchema),
      nextNumber: z.string(),
    }),
  }),
  /** Known here at once under its number, and told to head office like every other fact; every term goes along as it was agreed. */
  apply: command({
    permission: 'loan.apply',
    input: z.object({
      ...formInput,
      owner: z.object({ kind: z.enum(['client', 'group']), localId: LocalIdSchema }),
      ...termsAsked,
      submittedOn: BusinessDateSchema,
      expectedOn: BusinessDateSchema,
      officerId: z.number().int().positive().nullable().default(null),
      purposeId: z.number().int().positive().nullable().default(null),
      fundId: z.number().int().positive().nullable().default(null),
    }),
    output: z.object({ loanId: LocalIdSchema, localNumber: z.string(), ...replayed }),
    refusals: [
      'client.unknown',
      'group.unknown',
      'loan.ownerNotActive',
      'loanProduct.unknown',
      'loanProduct.notSold',
      'loanProduct.onlyThere',
      'loanProduct.chargesUnread',
      'loanProduct.chargesOnDates',
      'loan.termsOut',
      'loan.firstBeforePayout',
      'loan.submittedAhead',
      'loan.submittedBeforeOwner',
      'loan.payoutBeforeSubmitted',
      'loan.optionUnknown',
      'loan.onHoliday',
      'loan.onDayOff',
      'device.newCodeNeeded',
      'businessDay.otherThanHeadOffice',
      'form.alreadyUsed',
      'clock.answerFirst',
    ],
  }),
  /** Our reckoning by the product's rule; head office confirms the shares (contract 8.7). */
  previewRepayment: query({
    permission: 'loan.repayment.take',
    input: z.object({ loanId: LocalIdSchema, amountMinor: AmountMinorSchema }),
    output: z.object({
      /** The sum that it speaks of. */
      amountMinor: AmountMinorSchema,
      allocation: AllocationSchema,
      lines: z.array(AllocationLineSchema),
      outstandingBeforeMinor: SignedMinorSchema,
      /** Null where only head office can reckon it. */
      outstandingAfterMinor: SignedMinorSchema.nullable(),
      payOff: PayOffSchema,
      /** What it is more than paying off takes, as far as that is known. */
      overpaidMinor: SignedMinorSchema,
      /** What should have been paid before today and stays unpaid after it. */
      overdueAfterMinor: SignedMinorSchema,
      nextDueDate: BusinessDateSchema.nullable(),
      nextDueMinor: SignedMinorSchema,
      /** False when only head office can reckon the shares (interest recalculation and the like, contract 8.5). */
      reckoned: z.boolean(),
    }),
    refusals: ['loan.unknown', 'loan.notActive'],
  }),
  /** Asks head office, with the line, what paying off takes today; kept with its day. */
  askPayOff: command({
    permission: 'loan.repayment.take',
    input: z.object({ loanId: LocalIdSchema }),
    output: z.object({ payOffMinor: SignedMinorSchema, onDate: BusinessDateSchema, askedAt: InstantSchema }),
    refusals: ['loan.unknown', 'loan.notActive', 'headOffice.unreachable', 'headOffice.signInNeeded'],
  }),
  takeRepayment: command({
    permission: 'loan.repayment.take',
    input: z.object({
      ...formInput,
      ...handedInput,
      loanId: LocalIdSchema,
      /** The receipt's sum: amount + additional payment + fees. */
      amountMinor: AmountMinorSchema,
      /** Parts of the sum that the client named: an additional payment, and fees. The rest is the amount due. */
      additionalMinor: z.number().int().nonnegative().max(AMOUNT_MINOR_MAX).default(0),
      feesMinor: z.number().int().nonnegative().max(AMOUNT_MINOR_MAX).default(0),
      paidWith: PaidWithSchema,
      note: TextSchema(500).default(''),
      /** The cashier has seen that this is more than is owed. */
      overpaymentSeen: z.boolean().default(false),
    }),
    output: TakenSchema,
    refusals: [
      'drawer.notOpen',
      'drawer.counted',
      'drawer.aboveMost',
      'drawer.otherCurrency',
      'currency.otherPlaces',
      'businessDay.closed',
      'businessDay.otherThanHeadOffice',
      'device.newCodeNeeded',
      'loan.unknown',
      'loan.notActive',
      'group.notMember',
      'repayment.exceedsOutstanding',
      'repayment.givenTooLittle',
      'notes.unfit',
      'repayment.partsExceedSum',
      'paymentType.unknown',
      'form.alreadyUsed',
      'clock.answerFirst',
    ],
  }),
  /** What paying it out would mean, before anybody opens the drawer. */
  previewDisbursal: query({
    permission: 'loan.disburse',
    input: z.object({ loanId: LocalIdSchema }),
    output: z.object({
      /** The sum of the loan, what head office takes off it at once, and what is handed over. */
      principalMinor: SignedMinorSchema,
      chargesMinor: SignedMinorSchema,
      amountMinor: SignedMinorSchema,
      verdict: z.enum(['may', 'needsManager', 'refused']),
      code: z.string().nullable(),
      facts: z.record(z.string(), z.union([z.string(), z.number()])),
      approvers: z.array(StaffMemberSchema),
      /** By head office's schedule; null where it reckoned one for another day or sum. */
      owedMinor: SignedMinorSchema.nullable(),
      instalments: z.number().int().nullable(),
      firstDueDate: BusinessDateSchema.nullable(),
      firstDueMinor: SignedMinorSchema.nullable(),
      /** The day for which it was approved to be paid out, where that is another. */
      expectedOn: BusinessDateSchema.nullable(),
      closedDay: ClosedDaySchema.nullable(),
      confirmedAt: InstantSchema,
    }),
    refusals: ['loan.unknown'],
  }),
  /** Cash out of the drawer, or as another way of paying is recorded: the whole approved sum at once, less what head office takes off. */
  disburse: command({
    permission: 'loan.disburse',
    input: z.object({
      ...formInput,
      ...handedInput,
      loanId: LocalIdSchema,
      /** What the cashier saw and counts out; another sum by now is refused. */
      amountMinor: AmountMinorSchema,
      paidWith: PaidWithSchema,
      /** Which paper of the person was seen, and its number. */
      identitySeen: TextSchema(IDENTITY_SEEN_MAX).min(IDENTITY_SEEN_LEAST),
      note: TextSchema(500).default(''),
      /** A second person's agreement, typed on this PC. */
      approval: z.object({ username: UsernameSchema, password: PasswordSchema }).optional(),
    }),
    output: TakenSchema,
    refusals: [
      'drawer.notOpen',
      'drawer.counted',
      'drawer.belowLeast',
      'drawer.otherCurrency',
      'drawer.notEnoughCash',
      'notes.unfit',
      'currency.otherPlaces',
      'businessDay.closed',
      'businessDay.otherThanHeadOffice',
      'device.newCodeNeeded',
      'loan.unknown',
      'loan.notInThatState',
      'loan.notReadYet',
      'loan.onlyHeadOfficePays',
      'loan.chargesUnknown',
      'loan.approvedLater',
      'loan.onHoliday',
      'loan.onDayOff',
      'loan.ownerNotActive',
      'loan.applicationRefused',
      'loan.disputed',
      'disbursal.nothingLeft',
      'disbursal.dataTooOld',
      'disbursal.exceedsOfflineLimit',
      'disbursal.needsManager',
      'disbursal.sumChanged',
      'approval.wrongPassword',
      'approval.notPermitted',
      'approval.samePerson',
      'group.notMember',
      'paymentType.unknown',
      'form.alreadyUsed',
      'clock.answerFirst',
    ],
  }),
  /** The payout of today is taken back, after head office was told of it: its cash lies in the drawer again, and head office is asked to undo it. */
  undoDisbursal: command({
    permission: 'loan.disbursal.undo',
    input: z.object({
      ...formInput,
      loanId: LocalIdSchema,
      /** What the client brings back: all of what was handed over. */
      amountMinor: AmountMinorSchema,
      reason: TextSchema(500).min(REASON_LEAST),
      approval: z.object({ username: UsernameSchema, password: PasswordSchema }),
    }),
    output: TakenSchema,
    refusals: [
      'drawer.notOpen',
      'drawer.counted',
      'drawer.otherCurrency',
      'currency.otherPlaces',
      'businessDay.closed',
      'businessDay.otherThanHeadOffice',
      'device.newCodeNeeded',
      'notes.unfit',
      'loan.unknown',
      'loan.notInThatState',
      'loan.disputed',
      'disbursal.notFromHere',
      'disbursal.otherDay',
      'disbursal.notCash',
      'disbursal.undoItsReceipt',
      'disbursal.onItsWay',
      'disbursal.postedSince',
      'disbursal.sumChanged',
      'approval.wrongPassword',
      'approval.notPermitted',
      'approval.samePerson',
      'form.alreadyUsed',
      'clock.answerFirst',
    ],
  }),
  /** Who gets a loan, and for how much: for what was asked, or less. */
  approve: decision('loan.approve', {
    approvedMinor: AmountMinorSchema,
    expectedOn: BusinessDateSchema.optional(),
    note: NoteSchema.default(''),
  }),
  reject: decision('loan.reject', { note: NoteSchema }),
  /** The client does not want it any more. */
  withdrawApplication: decision('loan.withdraw', { note: NoteSchema }),
  undoApproval: decision('loan.approval.undo', { note: NoteSchema }),
} as const;
