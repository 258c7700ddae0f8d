// Finding and reading clients and groups. Everything here answers from the replica; only `refresh` speaks to head office.

import { z } from 'zod';
import { NOTE_TEXT_MAX } from '../domain/commands/kinds/clientNote.ts';
import { command, query } from './define.ts';
import {
  BusinessDateSchema,
  CurrencySchema,
  formInput,
  HistoryLineSchema,
  InstantSchema,
  LoanViewSchema,
  LocalIdSchema,
  ReceiptLineSchema,
  RecordFactSchema,
  PayoutLimitSchema,
  SavingsViewSchema,
  SignedMinorSchema,
  TextSchema,
} from './shapes.ts';

export const ClientRowSchema = z.object({
  clientId: LocalIdSchema,
  displayName: z.string(),
  accountNo: z.string(),
  mobileNo: z.string().nullable(),
  status: z.enum(['pending', 'active', 'closed', 'rejected', 'withdrawn', 'transfer', 'other']),
  groupName: z.string().nullable(),
  currency: CurrencySchema,
  dueMinor: SignedMinorSchema,
  /** Of what is due by today, and of that what should have been paid before; whole loans together. */
  dueTodayMinor: SignedMinorSchema,
  overdueMinor: SignedMinorSchema,
  overdue: z.boolean(),
  dueDate: BusinessDateSchema.nullable(),
  daysBehind: z.number().int(),
  savingsAvailableMinor: SignedMinorSchema,
  /** What may be paid out of all savings at this moment, and why not more. */
  payable: PayoutLimitSchema,
  unfinishedCount: z.number().int(),
  /** The same sums of accounts that are kept in other money: they add to none of those above. */
  others: z
    .array(
      z.object({
        currency: CurrencySchema,
        dueMinor: SignedMinorSchema,
        dueTodayMinor: SignedMinorSchema,
        overdueMinor: SignedMinorSchema,
        payableMinor: SignedMinorSchema,
      }),
    )
    .optional(),
});
export type ClientRow = z.infer<typeof ClientRowSchema>;

/** Ranges of characters in displayName that the words of the search matched, for highlighting: [start, end). */
const MatchSchema = z.tuple([z.number().int(), z.number().int()]);

export const FoundSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('client'),
    client: ClientRowSchema,
    matches: z.array(MatchSchema),
    how: z.enum(['words', 'number', 'phone', 'soundsAlike', 'externalId', 'account']),
  }),
  z.object({
    kind: z.literal('group'),
    groupId: LocalIdSchema,
    name: z.string(),
    accountNo: z.string(),
    members: z.number().int(),
    matches: z.array(MatchSchema),
  }),
  z.object({ kind: z.literal('receipt'), line: ReceiptLineSchema }),
]);
export type Found = z.infer<typeof FoundSchema>;

/** An owner's screen is a client's, or that of the group whose own an account is. */
const OwnerSchema = z.object({ clientId: LocalIdSchema.nullable(), groupId: LocalIdSchema.nullable(), ownerName: z.string() });

/** What a scanned code names. */
export const ScannedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('client'), clientId: LocalIdSchema, name: z.string(), number: z.string() }),
  z.object({ kind: z.literal('group'), groupId: LocalIdSchema, name: z.string(), number: z.string() }),
  z.object({ kind: z.literal('loan'), loanId: LocalIdSchema, number: z.string(), ...OwnerSchema.shape }),
  z.object({ kind: z.literal('savings'), savingsId: LocalIdSchema, number: z.string(), ...OwnerSchema.shape }),
  /** `genuine`: false where the paper's mark is not that of the receipt as it was given. */
  z.object({ kind: z.literal('receipt'), receiptId: LocalIdSchema, number: z.string(), genuine: z.boolean() }),
  z.object({ kind: z.literal('device'), label: z.string(), mine: z.boolean() }),
]);
export type Scanned = z.infer<typeof ScannedSchema>;

export const ClientPageSchema = z.object({
  client: ClientRowSchema,
  externalId: z.string().nullable(),
  dateOfBirth: BusinessDateSchema.nullable(),
  gender: z.string().nullable(),
  activationDate: BusinessDateSchema.nullable(),
  staffName: z.string().nullable(),
  groups: z.array(z.object({ groupId: LocalIdSchema, name: z.string(), members: z.number().int() })),
  loans: z.array(LoanViewSchema),
  savings: z.array(SavingsViewSchema),
  receipts: z.array(ReceiptLineSchema),
  /** What was noted here, the latest first. */
  notes: z.array(RecordFactSchema),
  confirmedAt: InstantSchema.nullable(),
  gone: z.boolean(),
});
export type ClientPage = z.infer<typeof ClientPageSchema>;

export const clients = {
  find: query({
    permission: 'client.read',
    input: z.object({ text: TextSchema(100), most: z.number().int().min(1).max(50).default(9) }),
    output: z.object({ found: z.array(FoundSchema), more: z.boolean() }),
  }),
  /**
   * What a scanner read, as this PC's keyboard wrote it and as the scanner's own would have: the first that names something decides. Several
   * kinds may bear one number; the first found is what a card most likely is, the others are told beside it.
   */
  scan: query({
    permission: 'client.read',
    input: z.object({ codes: z.array(TextSchema(200).min(1)).min(1).max(3) }),
    output: z.object({ found: z.array(ScannedSchema) }),
  }),
  list: query({
    permission: 'client.read',
    input: z.object({
      show: z.enum(['all', 'active', 'behind', 'unfinished']).default('all'),
      /** Each of these narrows the list further. */
      staffName: TextSchema(200).optional(),
      groupId: LocalIdSchema.optional(),
      status: ClientRowSchema.shape.status.optional(),
      offset: z.number().int().nonnegative().default(0),
      most: z.number().int().min(1).max(200).default(100),
    }),
    output: z.object({ rows: z.array(ClientRowSchema), total: z.number().int() }),
  }),
  /** By what a list can be narrowed here. */
  listNarrowings: query({
    permission: 'client.read',
    input: z.object({}),
    output: z.object({
      staff: z.array(z.string()),
      groups: z.array(z.object({ groupId: LocalIdSchema, name: z.string() })),
      statuses: z.array(ClientRowSchema.shape.status),
    }),
  }),
  show: query({
    permission: 'client.read',
    input: z.object({ clientId: LocalIdSchema }),
    output: ClientPageSchema,
    refusals: ['client.unknown'],
  }),
  listHistory: query({
    permission: 'client.read',
    input: z.object({
      clientId: LocalIdSchema,
      accountId: LocalIdSchema.optional(),
      offset: z.number().int().nonnegative().default(0),
      most: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({ lines: z.array(HistoryLineSchema), total: z.number().int() }),
    refusals: ['client.unknown'],
  }),
  /** Appended, never changed; goes to head office like every other fact. `askFirst`: held until a second person agrees. */
  addNote: command({
    permission: 'client.note.add',
    input: z.object({
      ...formInput,
      clientId: LocalIdSchema,
      text: TextSchema(NOTE_TEXT_MAX).min(1),
      askFirst: z.boolean().default(false),
    }),
    output: RecordFactSchema,
    refusals: ['client.unknown', 'note.empty', 'form.alreadyUsed', 'clock.answerFirst'],
  }),
  /** F5: asks head office for this client's accounts now. */
  refresh: command({
    permission: 'client.read',
    input: z.object({ clientId: LocalIdSchema }),
    output: z.object({ confirmedAt: InstantSchema }),
    refusals: ['client.unknown', 'headOffice.unreachable', 'headOffice.signInNeeded'],
  }),
} as const;

export const groups = {
  list: query({
    permission: 'client.read',
    input: z.object({ offset: z.number().int().nonnegative().default(0), most: z.number().int().min(1).max(200).default(100) }),
    output: z.object({
      rows: z.array(
        z.object({
          groupId: LocalIdSchema,
          name: z.string(),
          members: z.number().int(),
          behind: z.number().int(),
          staffName: z.string().nullable(),
          active: z.boolean(),
        }),
      ),
      total: z.number().int(),
    }),
  }),
  show: query({
    permission: 'client.read',
    input: z.object({ groupId: LocalIdSchema }),
    output: z.object({
      groupId: LocalIdSchema,
      name: z.string(),
      staffName: z.string().nullable(),
      active: z.boolean(),
      members: z.array(ClientRowSchema),
      accountNo: z.string(),
      /** The group's own, in no member's name. */
      loans: z.array(LoanViewSchema),
      savings: z.array(SavingsViewSchema),
    }),
    refusals: ['group.unknown'],
  }),
  /** Of the group's own accounts. */
  listHistory: query({
    permission: 'client.read',
    input: z.object({
      groupId: LocalIdSchema,
      offset: z.number().int().nonnegative().default(0),
      most: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({ lines: z.array(HistoryLineSchema), total: z.number().int() }),
    refusals: ['group.unknown'],
  }),
} as const;
