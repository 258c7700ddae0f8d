// Several postings of one client in one go: each line has a command of its own, and all stand on one receipt with one total.

import { z } from 'zod';
import { command } from './define.ts';
import { PaidWithSchema } from './loans.ts';
import { AmountMinorSchema, LocalIdSchema, formInput, TakenSchema, TextSchema } from './shapes.ts';

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
      'drawer.otherCurrency',
      'businessDay.closed',
      'businessDay.otherThanHeadOffice',
      'device.newCodeNeeded',
      'client.unknown',
      'loan.unknown',
      'loan.notActive',
      'savings.unknown',
      'savings.notActive',
      'savings.creditBlocked',
      'repayment.exceedsOutstanding',
      'repayment.partsExceedSum',
      'basket.notTheirs',
      'basket.accountTwice',
      'basket.currencies',
      'basket.sumTooLarge',
      'basket.givenTooLittle',
      'paymentType.unknown',
      'form.alreadyUsed',
      'clock.answerFirst',
    ],
  }),
} as const;
