// Finding and reading clients and groups. Everything here answers from the replica; only `refresh` speaks to head office.

import { z } from 'zod';
import { EDITED_FIELDS } from '../domain/clients/editedFields.ts';
import { DOCUMENT_NAME_MAX } from '../domain/commands/kinds/clientDocument.ts';
import { DOCUMENT_KEY_MAX, IDENTIFIER_WORDS_MAX } from '../domain/commands/kinds/clientIdentifier.ts';
import { NOTE_TEXT_MAX } from '../domain/commands/kinds/clientNote.ts';
import {
  CLIENT_EXTERNAL_ID_MAX,
  CLIENT_FULLNAME_MAX,
  CLIENT_MOBILE_MAX,
  CLIENT_NAME_MAX,
} from '../domain/commands/kinds/clientRegistration.ts';
import { ENDED } from '../domain/commands/kinds/clientTurn.ts';
import { CENTER_GROUPS_MOST } from '../domain/commands/kinds/centerRegistration.ts';
import { GROUP_ROLE_MAX } from '../domain/commands/kinds/groupChange.ts';
import { GROUP_EXTERNAL_ID_MAX, GROUP_MEMBERS_MOST, GROUP_NAME_MAX } from '../domain/commands/kinds/groupRegistration.ts';
import { command, query } from './define.ts';
import {
  BusinessDateSchema,
  CurrencySchema,
  FILE_REFUSALS,
  FileTextSchema,
  FileTypeSchema,
  HistoryLineSchema,
  InstantSchema,
  LoanViewSchema,
  LocalIdSchema,
  PayoutLimitSchema,
  ReceiptLineSchema,
  RecordChangeSchema,
  RecordFactSchema,
  SavingsViewSchema,
  SignedMinorSchema,
  StandingSchema,
  TextSchema,
  formInput,
  replayed,
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
  /** Changes with the client's picture; null where there is none. */
  pictureMark: z.string().nullable(),
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
  /** Where its registration stands while head office does not show the client yet; null for every other one. */
  registration: StandingSchema.nullable(),
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
  z.object({ kind: z.literal('receipt'), receiptId: LocalIdSchema, number: z.string() }),
  /** A code like that of a receipt which is not simply one of these books: `receipts.check` says what it is worth. */
  z.object({ kind: z.literal('paper'), code: z.string() }),
  z.object({ kind: z.literal('device'), label: z.string(), mine: z.boolean() }),
]);
export type Scanned = z.infer<typeof ScannedSchema>;

export const ClientPageSchema = z.object({
  client: ClientRowSchema,
  /** Given at registration, for ever, and head office's own beside it once it has one. */
  numbers: z.object({ local: z.string().nullable(), headOffice: z.string().nullable() }),
  /** Typed by people. */
  externalId: z.string().nullable(),
  /** Null for a business, which has one name. */
  firstname: z.string().nullable(),
  lastname: z.string().nullable(),
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
  /** What was changed here and is not given up, the latest first; each field as it was and as it is with the change. */
  changes: z.array(RecordChangeSchema),
  confirmedAt: InstantSchema.nullable(),
  gone: z.boolean(),
});
export type ClientPage = z.infer<typeof ClientPageSchema>;

const NameSchema = (most: number) => TextSchema(most).default('');
const OptionSchema = z.object({ serverId: z.number().int().positive(), name: z.string() });

/** What is typed of a person or a business before it is registered. */
const WhoSchema = z.object({
  legalForm: z.enum(['person', 'business']),
  firstname: NameSchema(CLIENT_NAME_MAX),
  middlename: NameSchema(CLIENT_NAME_MAX),
  lastname: NameSchema(CLIENT_NAME_MAX),
  fullname: NameSchema(CLIENT_FULLNAME_MAX),
  mobileNo: NameSchema(CLIENT_MOBILE_MAX),
  externalId: NameSchema(CLIENT_EXTERNAL_ID_MAX),
  dateOfBirth: BusinessDateSchema.nullable().default(null),
});

/** Somebody who may be the same person. */
const AlikeSchema = z.object({
  client: ClientRowSchema,
  dateOfBirth: BusinessDateSchema.nullable(),
  why: z.array(z.enum(['sameName', 'soundsAlike', 'sameBirthDate', 'otherBirthDate', 'samePhone', 'sameExternalId'])),
  /** So much speaks for it that a person has to say that it is another one. */
  likely: z.boolean(),
});
export type Alike = z.infer<typeof AlikeSchema>;

const RegistrationOptionsSchema = z.object({
  genders: z.array(OptionSchema),
  clientTypes: z.array(OptionSchema),
  classifications: z.array(OptionSchema),
  staff: z.array(OptionSchema),
  officeName: z.string(),
  /** The number that the next one gets, as it stands now. */
  nextNumber: z.string(),
  today: BusinessDateSchema,
  openedOn: BusinessDateSchema.nullable(),
  /** When head office's options were read; null where they never were. */
  checkedAt: InstantSchema.nullable(),
});
const EditedSchema = z.object({
  before: TextSchema(CLIENT_FULLNAME_MAX).nullable(),
  after: TextSchema(CLIENT_FULLNAME_MAX).nullable(),
});
const FORM_REFUSALS = ['client.unknown', 'form.alreadyUsed', 'clock.answerFirst'] as const;

const paper = {
  commandId: LocalIdSchema,
  standing: StandingSchema,
  recordedBy: z.string(),
  recordedAt: InstantSchema,
  exceptionId: LocalIdSchema.nullable(),
};

/** Papers that were recorded here. */
export const PapersSchema = z.object({
  /** Head office's types of identity papers; empty where they were never read. */
  types: z.array(z.object({ typeId: z.number().int(), name: z.string() })),
  identifiers: z.array(
    z.object({ ...paper, identifierId: LocalIdSchema, type: z.string(), documentKey: z.string(), description: z.string() }),
  ),
  /** Those of head office that were not recorded here; null where it was never asked. */
  there: z
    .object({
      askedAt: InstantSchema,
      identifiers: z.array(z.object({ typeId: z.number().int(), type: z.string(), documentKey: z.string() })),
    })
    .nullable(),
  documents: z.array(
    z.object({ ...paper, identifierId: LocalIdSchema.nullable(), name: z.string(), type: FileTypeSchema, bytes: z.number().int() }),
  ),
});
export type Papers = z.infer<typeof PapersSchema>;

const TURN_REFUSALS = [
  'client.unknown',
  'client.optionUnknown',
  'client.changedMeanwhile',
  'client.notInThatState',
  'client.accountsOpen',
  'client.noReasons',
  'client.servedByNobody',
  'form.alreadyUsed',
  'clock.answerFirst',
] as const;

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
    output: RecordFactSchema.extend(replayed),
    refusals: ['client.unknown', 'note.empty', 'form.alreadyUsed', 'clock.answerFirst'],
  }),
  registrationOptions: query({
    permission: 'client.register',
    input: z.object({}),
    output: RegistrationOptionsSchema,
  }),
  /** Who is known already and may be the same, the likeliest first. */
  findAlike: query({
    permission: 'client.read',
    input: WhoSchema,
    output: z.object({ alike: z.array(AlikeSchema) }),
  }),
  /** Known here at once under its number, line or no line; head office is told like of every other fact. */
  register: command({
    permission: 'client.register',
    input: z.object({
      ...formInput,
      ...WhoSchema.shape,
      genderId: z.number().int().positive().nullable().default(null),
      clientTypeId: z.number().int().positive().nullable().default(null),
      classificationId: z.number().int().positive().nullable().default(null),
      staffId: z.number().int().positive().nullable().default(null),
      submittedOn: BusinessDateSchema,
      /** Null: not active yet. */
      activationDate: BusinessDateSchema.nullable(),
      /** Those of `findAlike` of whom the person at the desk says that they are others. */
      others: z.array(LocalIdSchema).max(50).default([]),
    }),
    output: z.object({ clientId: LocalIdSchema, localNumber: z.string(), displayName: z.string(), ...replayed }),
    refusals: [
      'client.nameNeeded',
      'client.alike',
      'client.mobileTaken',
      'client.externalIdTaken',
      'client.bornTooLate',
      'client.dateAhead',
      'client.dateBeforeOffice',
      'client.activeBeforeSubmitted',
      'client.optionUnknown',
      'client.mayNotActivate',
      'device.newCodeNeeded',
      'form.alreadyUsed',
      'clock.answerFirst',
    ],
  }),
  /** Field by field, each with what the page showed there. */
  edit: command({
    permission: 'client.edit',
    input: z.object({ ...formInput, clientId: LocalIdSchema, fields: z.partialRecord(z.enum(EDITED_FIELDS), EditedSchema) }),
    output: z.object({ commandId: LocalIdSchema, ...replayed }),
    refusals: [
      ...FORM_REFUSALS,
      'client.nothingChanged',
      'client.changedMeanwhile',
      'client.nameNeeded',
      'client.bornTooLate',
      'client.mobileTaken',
    ],
  }),
  /** A portrait, as JPEG or PNG; takes the place of the one before. */
  takePicture: command({
    permission: 'client.picture.take',
    input: z.object({ ...formInput, clientId: LocalIdSchema, content: FileTextSchema }),
    output: z.object({ commandId: LocalIdSchema, ...replayed }),
    refusals: [...FORM_REFUSALS, ...FILE_REFUSALS],
  }),
  addIdentifier: command({
    permission: 'client.identifier.add',
    input: z.object({
      ...formInput,
      clientId: LocalIdSchema,
      typeId: z.number().int().positive(),
      documentKey: TextSchema(DOCUMENT_KEY_MAX),
      description: TextSchema(IDENTIFIER_WORDS_MAX).default(''),
    }),
    output: z.object({ commandId: LocalIdSchema, identifierId: LocalIdSchema, ...replayed }),
    refusals: [...FORM_REFUSALS, 'identifier.typeUnknown', 'identifier.numberMissing', 'identifier.typeTaken'],
  }),
  /** A side of an identity paper, or a document of the client. */
  addDocument: command({
    permission: 'client.document.add',
    input: z.object({
      ...formInput,
      clientId: LocalIdSchema,
      identifierId: LocalIdSchema.nullable().default(null),
      name: TextSchema(DOCUMENT_NAME_MAX),
      content: FileTextSchema,
    }),
    output: z.object({ commandId: LocalIdSchema, ...replayed }),
    refusals: [...FORM_REFUSALS, ...FILE_REFUSALS, 'file.nameMissing', 'identifier.unknown'],
  }),
  showPicture: query({
    permission: 'client.read',
    input: z.object({ clientId: LocalIdSchema, size: z.enum(['small', 'whole']).default('small') }),
    output: z.object({ picture: z.object({ type: FileTypeSchema, content: z.string(), standing: StandingSchema }).nullable() }),
    refusals: ['client.unknown'],
  }),
  listPapers: query({
    permission: 'client.read',
    input: z.object({ clientId: LocalIdSchema }),
    output: PapersSchema,
    refusals: ['client.unknown'],
  }),
  /** Asks head office, with the line, which identity papers it has of the client; kept, and shown without a line from then on. */
  readPapers: command({
    permission: 'client.read',
    input: z.object({ clientId: LocalIdSchema }),
    output: z.object({ askedAt: InstantSchema }),
    refusals: ['client.unknown', 'client.notThereYet', 'headOffice.unreachable', 'headOffice.signInNeeded'],
  }),
  showDocument: query({
    permission: 'client.read',
    input: z.object({ clientId: LocalIdSchema, commandId: LocalIdSchema }),
    output: z.object({ name: z.string(), type: FileTypeSchema, content: z.string() }),
    refusals: ['file.unknown', 'file.lost'],
  }),
  /** F5: asks head office for this client's accounts now. */
  /** What may be done with the client now; `whyNot`: null where it may. */
  turnOptions: query({
    permission: 'client.read',
    input: z.object({ clientId: LocalIdSchema }),
    output: z.object({
      turns: z.array(
        z.object({
          what: z.enum(['activate', 'serve', 'close', 'reject', 'withdraw', 'reopen']),
          whyNot: z
            .enum(['client.unknown', 'client.notInThatState', 'client.accountsOpen', 'client.noReasons', 'client.servedByNobody'])
            .nullable(),
        }),
      ),
      /** Head office's own. */
      reasons: z.object({ close: z.array(OptionSchema), reject: z.array(OptionSchema), withdraw: z.array(OptionSchema) }),
      staff: z.array(OptionSchema),
      status: ClientRowSchema.shape.status,
      staffName: z.string().nullable(),
    }),
    refusals: ['client.unknown'],
  }),
  /** One who is registered becomes active on this business date. */
  activate: command({
    permission: 'client.activate',
    input: z.object({ ...formInput, clientId: LocalIdSchema }),
    output: z.object({ commandId: LocalIdSchema, ...replayed }),
    refusals: TURN_REFUSALS,
  }),
  close: command({
    permission: 'client.close',
    input: z.object({ ...formInput, clientId: LocalIdSchema, reasonId: z.number().int().positive() }),
    output: z.object({ commandId: LocalIdSchema, ...replayed }),
    refusals: TURN_REFUSALS,
  }),
  /** The institution does not take one who is registered. */
  reject: command({
    permission: 'client.reject',
    input: z.object({ ...formInput, clientId: LocalIdSchema, reasonId: z.number().int().positive() }),
    output: z.object({ commandId: LocalIdSchema, ...replayed }),
    refusals: TURN_REFUSALS,
  }),
  /** One who is registered does not want to be a client. */
  withdrawRegistration: command({
    permission: 'client.withdrawRegistration',
    input: z.object({ ...formInput, clientId: LocalIdSchema, reasonId: z.number().int().positive() }),
    output: z.object({ commandId: LocalIdSchema, ...replayed }),
    refusals: TURN_REFUSALS,
  }),
  /** Taken back as one who is registered and not active; `from`: as it was seen. */
  reopen: command({
    permission: 'client.reopen',
    input: z.object({ ...formInput, clientId: LocalIdSchema, from: z.enum(ENDED) }),
    output: z.object({ commandId: LocalIdSchema, ...replayed }),
    refusals: TURN_REFUSALS,
  }),
  /** Served by somebody of the staff; `before`: who served, as it was seen. */
  assignStaff: command({
    permission: 'client.assignStaff',
    input: z.object({
      ...formInput,
      clientId: LocalIdSchema,
      staffId: z.number().int().positive(),
      before: TextSchema(200).nullable().default(null),
    }),
    output: z.object({ commandId: LocalIdSchema, ...replayed }),
    refusals: TURN_REFUSALS,
  }),
  refresh: command({
    permission: 'client.read',
    input: z.object({ clientId: LocalIdSchema }),
    output: z.object({ confirmedAt: InstantSchema }),
    refusals: ['client.unknown', 'headOffice.unreachable', 'headOffice.signInNeeded'],
  }),
} as const;

const GROUP_REFUSALS = [
  'group.unknown',
  'client.unknown',
  'group.memberAlready',
  'group.notMember',
  'group.alreadyActive',
  'group.closedAlready',
  'group.membersLeft',
  'group.accountsOpen',
  'group.changedMeanwhile',
  'group.roleHeld',
  'group.roleNotHeld',
  'group.mayNotTakeRole',
  'client.noReasons',
  'client.servedByNobody',
  'client.optionUnknown',
  'form.alreadyUsed',
  'clock.answerFirst',
] as const;

const GroupStatusSchema = z.enum(['pending', 'active', 'closed']);

const FoundingOptionsSchema = z.object({ staff: z.array(OptionSchema), nextNumber: z.string(), today: BusinessDateSchema });
/** `activationDate`: null where it is not active yet. */
const foundingInput = {
  ...formInput,
  name: TextSchema(GROUP_NAME_MAX),
  externalId: TextSchema(GROUP_EXTERNAL_ID_MAX).default(''),
  staffId: z.number().int().positive().nullable().default(null),
  submittedOn: BusinessDateSchema,
  activationDate: BusinessDateSchema.nullable().default(null),
};

export const centers = {
  registrationOptions: query({
    permission: 'center.register',
    input: z.object({}),
    output: FoundingOptionsSchema,
  }),
  /** Founded with its groups, also those that head office does not have yet. */
  register: command({
    permission: 'center.register',
    input: z.object({
      ...foundingInput,
      groups: z.array(LocalIdSchema).max(CENTER_GROUPS_MOST).default([]),
    }),
    output: z.object({ centerId: LocalIdSchema, localNumber: z.string(), ...replayed }),
    refusals: [
      'center.nameNeeded',
      'center.nameTaken',
      'center.externalIdTaken',
      'center.dateAhead',
      'center.dateBeforeOffice',
      'center.activeBeforeSubmitted',
      'center.mayNotActivate',
      'center.groupElsewhere',
      'group.unknown',
      'client.optionUnknown',
      'device.newCodeNeeded',
      'form.alreadyUsed',
      'clock.answerFirst',
    ],
  }),
  list: query({
    permission: 'client.read',
    input: z.object({ offset: z.number().int().nonnegative().default(0), most: z.number().int().min(1).max(200).default(100) }),
    output: z.object({
      rows: z.array(
        z.object({
          centerId: LocalIdSchema,
          name: z.string(),
          groups: z.number().int(),
          members: z.number().int(),
          behind: z.number().int(),
          staffName: z.string().nullable(),
          status: GroupStatusSchema,
          /** Where its founding stands while head office does not have the center yet. */
          registration: StandingSchema.nullable(),
        }),
      ),
      total: z.number().int(),
    }),
  }),
  show: query({
    permission: 'client.read',
    input: z.object({ centerId: LocalIdSchema }),
    output: z.object({
      centerId: LocalIdSchema,
      name: z.string(),
      accountNo: z.string(),
      /** Given when it was founded here, for ever, and head office's own beside it once it has one. */
      numbers: z.object({ local: z.string().nullable(), headOffice: z.string().nullable() }),
      registration: StandingSchema.nullable(),
      /** The institution's own, typed by people. */
      externalId: z.string().nullable(),
      staffName: z.string().nullable(),
      status: GroupStatusSchema,
      /** Its groups by name, each with its members. */
      groups: z.array(
        z.object({
          groupId: LocalIdSchema,
          name: z.string(),
          accountNo: z.string(),
          status: GroupStatusSchema,
          members: z.array(ClientRowSchema),
        }),
      ),
    }),
    refusals: ['center.unknown'],
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
          status: GroupStatusSchema,
          /** Where its founding stands while head office does not have the group yet. */
          registration: StandingSchema.nullable(),
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
      /** The institution's own, typed by people. */
      externalId: z.string().nullable(),
      staffName: z.string().nullable(),
      status: GroupStatusSchema,
      /** Where it meets with others; null where in none of this office. */
      center: z.object({ centerId: LocalIdSchema, name: z.string() }).nullable(),
      members: z.array(ClientRowSchema),
      accountNo: z.string(),
      /** Given when it was founded here, for ever, and head office's own beside it once it has one. */
      numbers: z.object({ local: z.string().nullable(), headOffice: z.string().nullable() }),
      /** Where its founding stands while head office does not have the group yet; null for every other one. */
      registration: StandingSchema.nullable(),
      /** Members whom head office does not show yet. */
      joining: z.array(LocalIdSchema),
      /** Who of the members has which role, in the order of head office's list. */
      roles: z.array(
        z.object({
          clientId: LocalIdSchema,
          displayName: z.string(),
          role: z.string(),
          /** While head office does not show it yet; null of one that it shows. */
          standing: StandingSchema.nullable(),
        }),
      ),
      /** What there is to be given, and why none may be; null where one may. */
      roleOptions: z.array(OptionSchema),
      /** When head office was asked for the group; null where it was not. */
      readAt: InstantSchema.nullable(),
      rolesWhyNot: z.enum(['group.unknown', 'group.closedAlready']).nullable(),
      /** What was changed of it here, the latest first. */
      changes: z.array(
        z.object({
          commandId: LocalIdSchema,
          what: z.enum(['register', 'rename', 'renumber', 'join', 'leave', 'giveRole', 'takeRole', 'activate', 'serve', 'close']),
          /** Who comes or goes or serves or whose role it is, or how the group is called or which number of the institution it has from then on. */
          name: z.string().nullable(),
          /** Which one is given or taken; null of everything else. */
          role: z.string().nullable(),
          recordedBy: z.string(),
          recordedAt: InstantSchema,
          standing: StandingSchema,
          exceptionId: LocalIdSchema.nullable(),
        }),
      ),
      /** The group's own, in no member's name. */
      loans: z.array(LoanViewSchema),
      savings: z.array(SavingsViewSchema),
    }),
    refusals: ['group.unknown'],
  }),
  registrationOptions: query({
    permission: 'group.register',
    input: z.object({}),
    output: FoundingOptionsSchema,
  }),
  /** Founded with its members, also those whom head office does not have yet. */
  register: command({
    permission: 'group.register',
    input: z.object({
      ...foundingInput,
      members: z.array(LocalIdSchema).max(GROUP_MEMBERS_MOST).default([]),
    }),
    output: z.object({ groupId: LocalIdSchema, localNumber: z.string(), ...replayed }),
    refusals: [
      'group.nameNeeded',
      'group.nameTaken',
      'group.externalIdTaken',
      'group.dateAhead',
      'group.dateBeforeOffice',
      'group.activeBeforeSubmitted',
      'group.mayNotActivate',
      'group.mayNotAddMembers',
      'client.unknown',
      'client.optionUnknown',
      'device.newCodeNeeded',
      'form.alreadyUsed',
      'clock.answerFirst',
    ],
  }),
  /** A client, also one whom head office does not have yet, joins it. */
  addMember: command({
    permission: 'group.member.add',
    input: z.object({ ...formInput, groupId: LocalIdSchema, clientId: LocalIdSchema }),
    output: z.object({ commandId: LocalIdSchema, ...replayed }),
    refusals: GROUP_REFUSALS,
  }),
  /** What roles the member has are taken first, each by a fact of its own. */
  removeMember: command({
    permission: 'group.member.remove',
    input: z.object({ ...formInput, groupId: LocalIdSchema, clientId: LocalIdSchema }),
    output: z.object({ commandId: LocalIdSchema, ...replayed }),
    refusals: GROUP_REFUSALS,
  }),
  /** One of head office's roles, to a member. Several may have the same. */
  giveRole: command({
    permission: 'group.role.give',
    input: z.object({ ...formInput, groupId: LocalIdSchema, clientId: LocalIdSchema, roleId: z.number().int().positive() }),
    output: z.object({ commandId: LocalIdSchema, ...replayed }),
    refusals: GROUP_REFUSALS,
  }),
  takeRole: command({
    permission: 'group.role.take',
    input: z.object({ ...formInput, groupId: LocalIdSchema, clientId: LocalIdSchema, role: TextSchema(GROUP_ROLE_MAX) }),
    output: z.object({ commandId: LocalIdSchema, ...replayed }),
    refusals: GROUP_REFUSALS,
  }),
  /** Reads the group there now: what others gave and took of roles there names it in no list of changes. */
  refresh: command({
    permission: 'client.read',
    input: z.object({ groupId: LocalIdSchema }),
    output: z.object({ confirmedAt: InstantSchema }),
    refusals: ['group.unknown', 'headOffice.unreachable', 'headOffice.signInNeeded'],
  }),
  activate: command({
    permission: 'group.activate',
    input: z.object({ ...formInput, groupId: LocalIdSchema }),
    output: z.object({ commandId: LocalIdSchema, ...replayed }),
    refusals: GROUP_REFUSALS,
  }),
  /** What may be done with the group itself now; `whyNot`: null where it may. */
  turnOptions: query({
    permission: 'client.read',
    input: z.object({ groupId: LocalIdSchema }),
    output: z.object({
      turns: z.array(
        z.object({
          what: z.enum(['rename', 'renumber', 'activate', 'serve', 'close']),
          whyNot: z
            .enum([
              'group.unknown',
              'group.alreadyActive',
              'group.closedAlready',
              'group.membersLeft',
              'group.accountsOpen',
              'client.noReasons',
              'client.servedByNobody',
            ])
            .nullable(),
        }),
      ),
      /** Head office's own. */
      reasons: z.array(OptionSchema),
      staff: z.array(OptionSchema),
      staffName: z.string().nullable(),
      name: z.string(),
      externalId: z.string().nullable(),
    }),
    refusals: ['group.unknown'],
  }),
  /** Called something else; `before`: the name as it was seen. */
  rename: command({
    permission: 'group.edit',
    input: z.object({ ...formInput, groupId: LocalIdSchema, name: TextSchema(GROUP_NAME_MAX), before: TextSchema(200) }),
    output: z.object({ commandId: LocalIdSchema, ...replayed }),
    refusals: [...GROUP_REFUSALS, 'group.nameNeeded', 'group.nameTaken', 'client.nothingChanged'],
  }),
  /** Given another number of the institution's own, none where nothing is written; `before`: that number as it was seen. */
  renumber: command({
    permission: 'group.edit',
    input: z.object({
      ...formInput,
      groupId: LocalIdSchema,
      externalId: TextSchema(GROUP_EXTERNAL_ID_MAX),
      before: TextSchema(GROUP_EXTERNAL_ID_MAX).nullable(),
    }),
    output: z.object({ commandId: LocalIdSchema, ...replayed }),
    refusals: [...GROUP_REFUSALS, 'group.externalIdTaken', 'client.nothingChanged'],
  }),
  /** Served by somebody of the staff; `before`: who served, as it was seen. */
  assignStaff: command({
    permission: 'group.assignStaff',
    input: z.object({
      ...formInput,
      groupId: LocalIdSchema,
      staffId: z.number().int().positive(),
      before: TextSchema(200).nullable().default(null),
    }),
    output: z.object({ commandId: LocalIdSchema, ...replayed }),
    refusals: GROUP_REFUSALS,
  }),
  /** Without members, and with no account that is open. */
  close: command({
    permission: 'group.close',
    input: z.object({ ...formInput, groupId: LocalIdSchema, reasonId: z.number().int().positive() }),
    output: z.object({ commandId: LocalIdSchema, ...replayed }),
    refusals: GROUP_REFUSALS,
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
