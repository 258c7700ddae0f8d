// What waits for somebody else, in one list: whoever asks sees what she may decide, and what she has to leave to another with the reason. A
// decision itself is asked of its own noun: at this desk and on the account's page it is the same recorded fact.

import { z } from 'zod';
import { query } from './define.ts';
import { BusinessDateSchema, CommandKindSchema, CurrencySchema, InstantSchema, LocalIdSchema, SignedMinorSchema } from './shapes.ts';

/** In the order of the list. `atChecker`: an entry of this branch that waits for a checker at head office. */
export const WAITING = [
  'loanAsked',
  'savingsAsked',
  'held',
  'savingsActivation',
  'loanPayout',
  'clientActivation',
  'case',
  'atChecker',
] as const;

/** What may be done about it: the first is the next right step. `look`: what is decided on a page of its own. */
export const WAITING_DEEDS = ['approve', 'activate', 'agree', 'reject', 'decline', 'look'] as const;

const WaitingSchema = z.object({
  what: z.enum(WAITING),
  /** Of the loan, the savings account, the client, the command or the case. */
  id: LocalIdSchema,
  clientId: LocalIdSchema.nullable(),
  groupId: LocalIdSchema.nullable(),
  name: z.string(),
  accountNo: z.string(),
  productName: z.string(),
  /** Of a fact that was recorded here. */
  commandKind: CommandKindSchema.nullable(),
  money: z.object({ currency: CurrencySchema, minor: SignedMinorSchema }).nullable(),
  /** Who asked here, by name, and when; null where head office knows it from elsewhere. */
  askedBy: z.string().nullable(),
  askedAt: InstantSchema.nullable(),
  askedOn: BusinessDateSchema.nullable(),
  /** The code says why the one who asks may not: her rights, or that it was she who asked for it. */
  deeds: z.array(z.object({ deed: z.enum(WAITING_DEEDS), whyNot: z.string().nullable() })),
  /** Somebody waits for the one who asks. */
  isMine: z.boolean(),
});
export type Waiting = z.infer<typeof WaitingSchema>;

/** More is shown when these are decided. */
export const WAITING_MOST = 200;

export const decide = {
  list: query({
    permission: 'client.read',
    input: z.object({}),
    output: z.object({
      rows: z.array(WaitingSchema),
      /** There is more of something than is listed. */
      more: z.boolean(),
    }),
  }),
  count: query({ permission: 'client.read', input: z.object({}), output: z.object({ mine: z.number().int(), all: z.number().int() }) }),
} as const;
