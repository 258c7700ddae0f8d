// Savings at the counter: deposits in, withdrawals out within what head office last said and what a branch may risk while offline.

import { z } from 'zod';
import { TRANSFER_NOTE_MAX } from '../domain/commands/kinds/savingsTransfer.ts';
import { command, query } from './define.ts';
import { PaidWithSchema } from './loans.ts';
import {
  AmountMinorSchema,
  BusinessDateSchema,
  FeeSchema,
  formInput,
  handedInput,
  HistoryLineSchema,
  InstantSchema,
  LocalIdSchema,
  PasswordSchema,
  PayoutLimitSchema,
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

export const savings = {
  show: query({
    permission: 'savings.read',
    input: z.object({ savingsId: LocalIdSchema, ...wayInput }),
    output: z.object({ savings: SavingsViewSchema, history: z.array(HistoryLineSchema) }),
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
      'drawer.otherCurrency',
      'currency.otherPlaces',
      'businessDay.closed',
      'businessDay.otherThanHeadOffice',
      'device.newCodeNeeded',
      'savings.unknown',
      'savings.notActive',
      'savings.creditBlocked',
      'group.notMember',
      'deposit.givenTooLittle',
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
      'drawer.otherCurrency',
      'currency.otherPlaces',
      'drawer.notEnoughCash',
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
