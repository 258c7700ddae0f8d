// Several postings of one client in one go: each line has a command of its own, and all stand on one receipt with one total.

import { z } from 'zod';
import { command, query } from './define.ts';
import { PaidWithSchema } from './loans.ts';
import {
  AmountMinorSchema,
  FeeSchema,
  LocalIdSchema,
  formInput,
  PasswordSchema,
  PayoutLimitSchema,
  SignedMinorSchema,
  StaffMemberSchema,
  TakenSchema,
  TextSchema,
  UsernameSchema,
} from './shapes.ts';

const BasketLineSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('loanRepayment'),
    loanId: LocalIdSchema,
    amountMinor: AmountMinorSchema,
    /** The cashier has seen that this is more than is owed. */
    overpaymentSeen: z.boolean().default(false),
  }),
  z.object({ kind: z.literal('savingsDeposit'), savingsId: LocalIdSchema, amountMinor: AmountMinorSchema }),
]);

const PayLinesSchema = z
  .array(z.object({ savingsId: LocalIdSchema, amountMinor: AmountMinorSchema }))
  .min(1)
  .max(20);

export const counter = {
  /**
   * What a client brings for several accounts at once. Each line is weighed as if it came alone, under the right that its own form asks for;
   * a refusal that belongs to a line names it (`line`, counted from 1), and then nothing of the basket is recorded.
   */
  takeBasket: command({
    permission: 'signedIn',
    input: z.object({
      ...formInput,
      clientId: LocalIdSchema,
      lines: z.array(BasketLineSchema).min(1).max(20),
      paidWith: PaidWithSchema,
      note: TextSchema(500).default(''),
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
      'client.unknown',
      'loan.unknown',
      'loan.notActive',
      'savings.unknown',
      'savings.notActive',
      'savings.creditBlocked',
      'savings.applicationRefused',
      'repayment.exceedsOutstanding',
      'repayment.partsExceedSum',
      'basket.notTheirs',
      'basket.accountTwice',
      'basket.currencies',
      'basket.sumTooLarge',
      'basket.givenTooLittle',
      'notes.unfit',
      'paymentType.unknown',
      'form.alreadyUsed',
      'clock.answerFirst',
    ],
  }),
  /** What a client takes out of several accounts at once; the limits of a branch are of the whole. A refusal of a line names it, as above. */
  payBasket: command({
    permission: 'savings.withdrawal.pay',
    input: z.object({
      ...formInput,
      clientId: LocalIdSchema,
      lines: PayLinesSchema,
      paidWith: PaidWithSchema,
      note: TextSchema(500).default(''),
      /** A second person's agreement to the whole, typed on this PC, when the offline policy asks for one. */
      approval: z.object({ username: UsernameSchema, password: PasswordSchema }).optional(),
    }),
    output: TakenSchema,
    refusals: [
      'drawer.notOpen',
      'drawer.counted',
      'drawer.belowLeast',
      'drawer.notEnoughCash',
      'notes.unfit',
      'drawer.otherCurrency',
      'currency.otherPlaces',
      'businessDay.closed',
      'businessDay.otherThanHeadOffice',
      'device.newCodeNeeded',
      'client.unknown',
      'savings.unknown',
      'savings.notActive',
      'savings.lockedIn',
      'savings.debitBlocked',
      'savings.disputed',
      'withdrawal.exceedsAvailable',
      'withdrawal.needsManager',
      'withdrawal.exceedsOfflineLimit',
      'withdrawal.balanceTooOld',
      'approval.wrongPassword',
      'approval.notPermitted',
      'approval.samePerson',
      'basket.notTheirs',
      'basket.accountTwice',
      'basket.currencies',
      'basket.sumTooLarge',
      'paymentType.unknown',
      'form.alreadyUsed',
      'clock.answerFirst',
    ],
  }),
  /** What that would meet: may it be paid, must a manager agree to the whole, or which line may not be. */
  previewPayBasket: query({
    permission: 'savings.withdrawal.pay',
    input: z.object({ clientId: LocalIdSchema, lines: PayLinesSchema, paymentTypeId: PaidWithSchema.shape.paymentTypeId.optional() }),
    output: z.object({
      verdict: z.enum(['may', 'needsManager', 'refused']),
      code: z.string().nullable(),
      /** Which line is refused, counted from 1. */
      line: z.number().int().nullable(),
      approvers: z.array(StaffMemberSchema),
      /** Of each line: what the cashier may pay of it without asking, and what when a manager agrees, as long as the others stay. */
      lines: z.array(
        z.object({
          fee: FeeSchema.nullable(),
          ledgerAfterMinor: SignedMinorSchema.nullable(),
          alone: PayoutLimitSchema.nullable(),
          agreed: PayoutLimitSchema.nullable(),
        }),
      ),
    }),
    refusals: ['client.unknown'],
  }),
} as const;
