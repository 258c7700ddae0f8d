// Savings at the counter: deposits in, withdrawals out within what head office last said and what a branch may risk while offline.

import { z } from 'zod';
import type { Permission } from '../domain/access/permissions.ts';
import { DECISION_NOTE_MAX } from '../domain/commands/kinds/accountDecision.ts';
import { TRANSFER_NOTE_MAX } from '../domain/commands/kinds/savingsTransfer.ts';
import { HOLD_REASON_MAX, RELEASE_REASON_MAX } from '../domain/savings/hold.ts';
import { SAVINGS_DEEDS } from '../domain/savings/opening.ts';
import { command, query } from './define.ts';
import { PaidWithSchema } from './loans.ts';
import {
  AmountMinorSchema,
  BusinessDateSchema,
  ChosenOptionSchema,
  CurrencySchema,
  FeeSchema,
  formInput,
  handedInput,
  HistoryLineSchema,
  InstantSchema,
  HoldNamedSchema,
  LocalIdSchema,
  PasswordSchema,
  PayoutLimitSchema,
  SavingsDecisionSchema,
  SavingsHoldSchema,
  SavingsTermsSchema,
  SavingsViewSchema,
  SignedMinorSchema,
  StaffMemberSchema,
  TakenSchema,
  StandingSchema,
  statementInput,
  StatementSchema,
  replayed,
  TextSchema,
  UsernameSchema,
} from './shapes.ts';

const NoteSchema = TextSchema(DECISION_NOTE_MAX);

/** The way of paying for which it is asked: a fee may be limited to one. Without it, the way in which money usually goes over this counter. */
const wayInput = { paymentTypeId: PaidWithSchema.shape.paymentTypeId.optional() };

const moneyInput = {
  ...formInput,
  ...handedInput,
  savingsId: LocalIdSchema,
  amountMinor: AmountMinorSchema,
  paidWith: PaidWithSchema,
  note: TextSchema(500).default(''),
};

export const TransferSchema = z.object({
  commandId: LocalIdSchema,
  fromSavingsId: LocalIdSchema,
  toSavingsId: LocalIdSchema,
  amountMinor: AmountMinorSchema,
  businessDate: BusinessDateSchema,
  recordedAt: InstantSchema,
  standing: StandingSchema,
});
export type Transfer = z.infer<typeof TransferSchema>;

const approval = z.object({ username: UsernameSchema, password: PasswordSchema }).optional();

/** Dated on the day that the books carry. It goes to head office by itself; what that says of it stands on the account. */
function decision<Note extends z.ZodType>(permission: Permission, note: Note) {
  return command({
    permission,
    input: z.object({ ...formInput, savingsId: LocalIdSchema, note }),
    output: z.object({ commandId: LocalIdSchema, at: InstantSchema, ...replayed }),
    refusals: [
      'savings.unknown',
      'savings.notInThatState',
      'savings.makerCannotApprove',
      'savings.reasonNeeded',
      'savings.notEmpty',
      'savings.keepsMinimum',
      'savings.moneyHeld',
      'savings.disputed',
      'businessDay.otherThanHeadOffice',
      'form.alreadyUsed',
      'clock.answerFirst',
    ],
  });
}

const HELD_REFUSALS = ['savings.reasonNeeded', 'businessDay.otherThanHeadOffice', 'form.alreadyUsed', 'clock.answerFirst'] as const;

export const savings = {
  show: query({
    permission: 'savings.read',
    input: z.object({ savingsId: LocalIdSchema, ...wayInput }),
    output: z.object({
      savings: SavingsViewSchema,
      /** What the one who asks has to leave to somebody else, whatever her rights are. */
      barred: z.array(
        z.object({
          deed: z.enum(SAVINGS_DEEDS),
          code: z.enum(['savings.makerCannotApprove', 'savings.notEmpty', 'savings.keepsMinimum', 'savings.moneyHeld', 'savings.disputed']),
        }),
      ),
      history: z.array(HistoryLineSchema),
      decisions: z.array(SavingsDecisionSchema),
      /** What is held on it by name, the latest first. */
      holds: z.array(SavingsHoldSchema),
      /** The most that may be held of it now. */
      holdableMinor: SignedMinorSchema,
      /** What was agreed of an account that was opened at this branch; null of every other one. */
      opening: z
        .object({
          localNumber: z.string(),
          productName: z.string(),
          currency: CurrencySchema,
          submittedOn: BusinessDateSchema,
          terms: SavingsTermsSchema,
          charges: z.array(z.string()),
          officer: z.string().nullable(),
          /** What its slip says beside that. */
          institution: z.string(),
          officeName: z.string(),
          practice: z.boolean(),
          zone: z.string(),
          ownerName: z.string(),
          ownerNo: z.string(),
          by: z.string(),
          at: InstantSchema,
        })
        .nullable(),
    }),
    refusals: ['savings.unknown'],
  }),
  showStatement: query({
    permission: 'savings.read',
    input: z.object({ savingsId: LocalIdSchema, ...statementInput }),
    output: StatementSchema,
    refusals: ['savings.unknown', 'statement.datesTurned', 'statement.tooLong'],
  }),
  takeDeposit: command({
    permission: 'savings.deposit.take',
    input: z.object(moneyInput),
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
      'savings.unknown',
      'savings.notActive',
      'savings.creditBlocked',
      'savings.applicationRefused',
      'group.notMember',
      'deposit.givenTooLittle',
      'notes.unfit',
      'paymentType.unknown',
      'form.alreadyUsed',
      'clock.answerFirst',
    ],
  }),
  /** What a withdrawal would meet: may it be paid, must a manager agree, and why. */
  previewWithdrawal: query({
    permission: 'savings.withdrawal.pay',
    input: z.object({ savingsId: LocalIdSchema, amountMinor: AmountMinorSchema, ...wayInput }),
    output: z.object({
      /** The sum that was asked about: an answer may arrive after the next question. */
      amountMinor: AmountMinorSchema,
      verdict: z.enum(['may', 'needsManager', 'refused']),
      code: z.string().nullable(),
      availableBeforeMinor: SignedMinorSchema,
      availableAfterMinor: SignedMinorSchema,
      ledgerAfterMinor: SignedMinorSchema,
      /** Who may agree on this PC, if somebody has to: the right, a password that head office takes, and not the maker. */
      approvers: z.array(StaffMemberSchema),
      /** Null where head office takes nothing on top. */
      fee: FeeSchema.nullable(),
      /** What may be paid without asking, and when a manager agrees: the sum and the rule that says so. */
      alone: PayoutLimitSchema,
      agreed: PayoutLimitSchema,
      /** Paid out of this account and not yet told to head office. */
      unsent: z.object({ count: z.number().int(), minor: SignedMinorSchema }),
      balanceAgeMs: z.number().int(),
      confirmedAt: InstantSchema,
    }),
    refusals: ['savings.unknown'],
  }),
  payWithdrawal: command({
    permission: 'savings.withdrawal.pay',
    input: z.object({
      ...moneyInput,
      /** A second person's agreement, typed on this PC, when the offline policy asks for one. */
      approval,
    }),
    output: TakenSchema,
    refusals: [
      'drawer.notOpen',
      'drawer.counted',
      'drawer.belowLeast',
      'drawer.otherCurrency',
      'currency.otherPlaces',
      'drawer.notEnoughCash',
      'notes.unfit',
      'businessDay.closed',
      'businessDay.otherThanHeadOffice',
      'device.newCodeNeeded',
      'savings.unknown',
      'savings.notActive',
      'savings.lockedIn',
      'savings.debitBlocked',
      'savings.disputed',
      'group.notMember',
      'withdrawal.exceedsAvailable',
      'withdrawal.needsManager',
      'withdrawal.exceedsOfflineLimit',
      'withdrawal.balanceTooOld',
      'approval.wrongPassword',
      'approval.notPermitted',
      'approval.samePerson',
      'paymentType.unknown',
      'form.alreadyUsed',
      'clock.answerFirst',
    ],
  }),
  /** What an account may be, from head office's own products as they were read last. */
  openingOptions: query({
    permission: 'savings.apply',
    input: z.object({}),
    output: z.object({
      businessDate: BusinessDateSchema,
      products: z.array(
        z.object({
          productId: z.number().int(),
          name: z.string(),
          currency: CurrencySchema,
          terms: SavingsTermsSchema,
          charges: z.array(z.string()),
          /** Why none of it can be opened here. */
          whyNot: z.enum(['savingsProduct.chargesUnread', 'savingsProduct.onlyThere']).nullable(),
        }),
      ),
      officers: z.array(ChosenOptionSchema),
      nextNumber: z.string(),
    }),
  }),
  /** Known here at once under its number, and told to head office like every other fact; the product's terms go along as they stand now. */
  apply: command({
    permission: 'savings.apply',
    input: z.object({
      ...formInput,
      owner: z.object({ kind: z.enum(['client', 'group']), localId: LocalIdSchema }),
      productId: z.number().int().positive(),
      submittedOn: BusinessDateSchema,
      officerId: z.number().int().positive().nullable().default(null),
    }),
    output: z.object({ savingsId: LocalIdSchema, localNumber: z.string(), ...replayed }),
    refusals: [
      'client.unknown',
      'group.unknown',
      'savings.ownerNotActive',
      'savingsProduct.unknown',
      'savingsProduct.chargesUnread',
      'savingsProduct.onlyThere',
      'savings.optionUnknown',
      'savings.submittedAhead',
      'savings.submittedBeforeOwner',
      'device.newCodeNeeded',
      'businessDay.otherThanHeadOffice',
      'form.alreadyUsed',
      'clock.answerFirst',
    ],
  }),
  approve: decision('savings.approve', NoteSchema.default('')),
  /** Money may lie on it from then on. */
  activate: decision('savings.activate', NoteSchema.default('')),
  reject: decision('savings.reject', NoteSchema),
  /** The client does not want it any more. */
  withdrawApplication: decision('savings.withdraw', NoteSchema),
  undoApproval: decision('savings.approval.undo', NoteSchema),
  /** What lay on it was paid out before; nothing is taken and nothing given from then on. */
  close: decision('savings.close', NoteSchema),
  /** Nobody draws it until it is let go; no cash moves. Never more than is available. */
  hold: command({
    permission: 'savings.hold',
    input: z.object({ ...formInput, savingsId: LocalIdSchema, amountMinor: AmountMinorSchema, reason: TextSchema(HOLD_REASON_MAX) }),
    output: z.object({ commandId: LocalIdSchema, at: InstantSchema, ...replayed }),
    refusals: ['savings.unknown', 'savings.notActive', 'savings.disputed', 'hold.exceedsAvailable', ...HELD_REFUSALS],
  }),
  /** One hold, whole: as the account names it. */
  release: command({
    permission: 'savings.release',
    input: z.object({ ...formInput, savingsId: LocalIdSchema, hold: HoldNamedSchema, reason: TextSchema(RELEASE_REASON_MAX) }),
    output: z.object({ commandId: LocalIdSchema, at: InstantSchema, ...replayed }),
    refusals: ['savings.unknown', 'hold.unknown', 'hold.lettingGo', 'hold.refusedThere', ...HELD_REFUSALS],
  }),
  /** From one account to another: no cash moves and no paper is issued. */
  transfer: command({
    permission: 'savings.transfer',
    input: z.object({
      ...formInput,
      fromSavingsId: LocalIdSchema,
      toSavingsId: LocalIdSchema,
      amountMinor: AmountMinorSchema,
      note: TextSchema(TRANSFER_NOTE_MAX).default(''),
      approval,
    }),
    output: TransferSchema.extend(replayed),
    refusals: [
      'businessDay.closed',
      'businessDay.otherThanHeadOffice',
      'savings.unknown',
      'savings.notActive',
      'savings.creditBlocked',
      'savings.lockedIn',
      'savings.debitBlocked',
      'savings.disputed',
      'transfer.sameAccount',
      'transfer.otherCurrency',
      'transfer.groupAccount',
      'transfer.noAccountThere',
      'withdrawal.exceedsAvailable',
      'withdrawal.needsManager',
      'withdrawal.exceedsOfflineLimit',
      'withdrawal.balanceTooOld',
      'approval.wrongPassword',
      'approval.notPermitted',
      'approval.samePerson',
      'form.alreadyUsed',
      'clock.answerFirst',
    ],
  }),
} as const;
