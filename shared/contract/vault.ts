// Cash between the vault and the drawers: two people, a slip, and what the vault must hold.

import { z } from 'zod';
import { SLIP_KINDS } from '../domain/cash/cashSlip.ts';
import { AMOUNT_MINOR_MAX } from '../kernel/money.ts';
import { command, query } from './define.ts';
import {
  AmountMinorSchema,
  BusinessDateSchema,
  CurrencySchema,
  FILE_REFUSALS,
  FileTextSchema,
  FileTypeSchema,
  InstantSchema,
  LimitDeedSchema,
  LocalIdSchema,
  PasswordSchema,
  PiecesSchema,
  SignedMinorSchema,
  TextSchema,
  UsernameSchema,
  replayed,
} from './shapes.ts';

const LimitSideSchema = z.object({ minor: AmountMinorSchema, does: LimitDeedSchema, moveMinor: AmountMinorSchema }).nullable();

const SlipKindSchema = z.enum(SLIP_KINDS);

/** Somebody who may sign a slip beside its maker. `keeps`: a keeper of the vault. */
const SignerSchema = z.object({ username: z.string(), displayName: z.string(), role: z.string(), keeps: z.boolean() });

/** A slip as it is told: of a count, what must have lain there is withheld from whoever still counts that drawer blind. */
const SlipSchema = z.object({
  number: z.string(),
  kind: SlipKindSchema,
  formId: LocalIdSchema,
  institution: z.string(),
  officeName: z.string(),
  deviceCode: z.string(),
  practice: z.boolean(),
  zone: z.string(),
  businessDate: BusinessDateSchema,
  at: InstantSchema,
  currency: CurrencySchema,
  amountMinor: SignedMinorSchema,
  pieces: PiecesSchema.nullable(),
  piecesBack: PiecesSchema.optional(),
  vaultMinor: SignedMinorSchema,
  drawers: z.array(
    z.object({ drawerId: LocalIdSchema, name: z.string(), heldBy: z.string(), move: z.enum(['allocated', 'settled']).nullable() }),
  ),
  expectedMinor: SignedMinorSchema.nullable(),
  count: z.string().nullable(),
  reason: z.string(),
  made: z.object({ username: z.string(), name: z.string() }),
  signed: z.object({ username: z.string(), name: z.string() }).nullable(),
  photo: z.object({ sha256: z.string(), bytes: z.number().int(), type: FileTypeSchema }).optional(),
  after: z.number().int().optional(),
  previousHash: z.string(),
  hash: z.string(),
  /** Papers of it. */
  prints: z.number().int(),
});

export const vault = {
  show: query({
    permission: 'signedIn',
    input: z.object({}),
    output: z.object({
      /** Null while no business day is open: nothing moves then. */
      businessDate: BusinessDateSchema.nullable(),
      /** Whether whoever asks keeps the vault; only a keeper is told what lies in it. */
      keeps: z.boolean(),
      vaults: z.array(
        z.object({
          currency: CurrencySchema,
          /** Null where it was never counted, so that nothing moves out of it or into it. */
          opened: z.boolean(),
          expectedMinor: SignedMinorSchema.nullable(),
          lastCount: z
            .object({
              number: z.string(),
              businessDate: BusinessDateSchema,
              at: InstantSchema,
              countedMinor: SignedMinorSchema,
              differenceMinor: SignedMinorSchema,
              declared: z.boolean(),
            })
            .nullable(),
        }),
      ),
      /** The open drawers of the day that were not counted for their close. */
      drawers: z.array(
        z.object({
          drawerId: LocalIdSchema,
          name: z.string(),
          heldBy: z.string(),
          username: z.string(),
          mine: z.boolean(),
          currency: CurrencySchema,
        }),
      ),
      signers: z.array(SignerSchema),
      /** Bags that left for the bank and were not told to be there, the oldest first; for a keeper. */
      onTheRoad: z.array(
        z.object({
          number: z.string(),
          businessDate: BusinessDateSchema,
          at: InstantSchema,
          currency: CurrencySchema,
          amountMinor: SignedMinorSchema,
          seal: z.string(),
        }),
      ),
      /** Of the day, the newest first: all of them for a keeper, else those that whoever asks made, signed or was given. */
      slips: z.array(SlipSchema),
    }),
  }),
  showSlip: query({
    permission: 'signedIn',
    input: z.object({ number: TextSchema(40).min(1) }),
    output: SlipSchema,
    refusals: ['slip.unknown'],
  }),
  /**
   * Cash moves or is counted, and a slip says so; the second person signs with their password. A form that was used answers its slip. `drawerIds`:
   * the drawers that the kind names, in its order. A difference takes its sum from the last count of the vault, a change from its pieces. `bag`:
   * the slip of the bag that the bank counted. Nobody signs beside a holder who changes notes with a client.
   */
  makeSlip: command({
    permission: 'signedIn',
    input: z.object({
      formId: LocalIdSchema,
      kind: SlipKindSchema,
      currency: z.string().length(3).optional(),
      amountMinor: z.number().int().nonnegative().max(AMOUNT_MINOR_MAX).default(0),
      pieces: PiecesSchema.optional(),
      piecesBack: PiecesSchema.optional(),
      bag: TextSchema(40).optional(),
      drawerIds: z.array(LocalIdSchema).max(2).default([]),
      reason: TextSchema(200).default(''),
      photo: FileTextSchema.optional(),
      approval: z.object({ username: UsernameSchema, password: PasswordSchema }).optional(),
    }),
    output: SlipSchema.extend(replayed),
    refusals: [
      'approval.samePerson',
      'approval.wrongPassword',
      'approval.notPermitted',
      'businessDay.closed',
      'clock.answerFirst',
      'device.newCodeNeeded',
      'form.alreadyUsed',
      'drawer.notOpen',
      'drawer.counted',
      'drawer.noSuchCurrency',
      'drawer.otherCurrency',
      'drawer.notEnoughCash',
      'drawer.aboveMost',
      'drawer.belowLeast',
      'drawer.tooMuchForOne',
      'drawer.piecesUnfit',
      ...FILE_REFUSALS,
      'slip.drawersUnfit',
      'slip.signersUnfit',
      'slip.piecesNeeded',
      'slip.sumsDiffer',
      'slip.bagUnknown',
      'slip.noPhoto',
      'slip.nothingMoved',
      'slip.reasonNeeded',
      'slip.tooMuch',
      'vault.keeperNeeded',
      'vault.holderNeeded',
      'vault.notOpened',
      'vault.alreadyOpened',
      'vault.notEnough',
      'vault.nothingToDeclare',
    ],
  }),
  /** The photograph that a slip carries, for whoever is told of the slip. */
  showPhoto: query({
    permission: 'signedIn',
    input: z.object({ number: TextSchema(40).min(1) }),
    output: z.object({ type: FileTypeSchema, content: z.string() }),
    refusals: ['slip.unknown', 'file.unknown', 'file.lost'],
  }),
  /** How much may lie in a drawer, and how little, in each currency of the branch. A drawer's holder is told where theirs stands. */
  showLimits: query({
    permission: 'vault.keep',
    input: z.object({}),
    output: z.array(z.object({ currency: CurrencySchema, least: LimitSideSchema, most: LimitSideSchema })),
  }),
  /** Whether notes and coins are told at the counter, on every form of cash; they never have to be. */
  showNotesTold: query({ permission: 'vault.keep', input: z.object({}), output: z.object({ told: z.boolean() }), refusals: [] }),
  setNotesTold: command({ permission: 'vault.keep', input: z.object({ told: z.boolean() }), output: z.object({}), refusals: [] }),
  /** Never by whoever holds a drawer that is not counted: where it stands, with one limit after another, would tell what must lie in it. */
  setLimit: command({
    permission: 'vault.keep',
    input: z.object({ currency: z.string().length(3), least: LimitSideSchema, most: LimitSideSchema }),
    output: z.object({}),
    refusals: ['drawer.noSuchCurrency', 'limit.unfit', 'limit.countFirst', 'vault.notOpened'],
  }),
} as const;
