// Starting a branch and signing in. Passwords come in here and nowhere else, and never go back out.

import { z } from 'zod';
import { PERMISSIONS } from '../domain/access/permissions.ts';
import { command, query } from './define.ts';
import {
  BusinessDateSchema,
  CurrencySchema,
  InstantSchema,
  PasswordSchema,
  StaffMemberSchema,
  TextSchema,
  TroubleSchema,
  UsernameSchema,
} from './shapes.ts';

const PersonAtTheDoorSchema = StaffMemberSchema.extend({
  /** True when this PC can check the password itself. */
  offlineReady: z.boolean(),
  waitUntil: InstantSchema.nullable(),
  lockedOut: z.boolean(),
});

export const BranchNameSchema = z.object({
  institution: z.string(),
  officeName: z.string(),
  officeCode: z.string(),
  deviceCode: z.string(),
  practice: z.boolean(),
  currency: CurrencySchema,
  zone: z.string(),
  /** Two letters of ISO 3166: numbers are written as in this country. */
  country: z.string().nullable(),
});

/**
 * What the start-up page says after the power went (field-rules 1.4). Whoever has not signed in is told whether all is well, and no receipt, no
 * amount and no count of them: those members are null.
 */
export const StartReportSchema = z.object({
  unclean: z.boolean(),
  receiptsToday: z.number().int().nullable(),
  lastReceipt: z
    .object({
      number: z.string(),
      kind: z.string(),
      amountMinor: z.number().int(),
      currency: CurrencySchema,
      recordedAt: InstantSchema,
      printed: z.boolean(),
    })
    .nullable(),
  chainWhole: z.boolean(),
  /** What is wrong with this PC's own memory of the books. */
  memory: z.enum(['missing', 'notOurs', 'otherRules']).nullable().optional(),
  unprinted: z.number().int().nullable(),
  drafts: z.number().int().nullable(),
  /** Facts were recorded on this PC that its books do not hold: their log was lost, or an older copy was put in their place. */
  behind: z
    .object({
      noticedAt: InstantSchema,
      noticedBy: z.enum(['thisPc', 'headOffice']),
      entries: z.number().int().nullable(),
      receipts: z.number().int().nullable(),
      firstReceipt: z.string().nullable(),
      lastReceipt: z.string().nullable(),
      /** The number that was next when it was noticed; the ones before it are left out. */
      nextReceipt: z.string().nullable(),
      /** Name of the copy of the books as they were found. */
      copy: z.string().nullable(),
    })
    .nullable(),
});

export const SessionViewSchema = z.object({
  staff: StaffMemberSchema,
  permissions: z.array(z.enum(PERMISSIONS as [string, ...string[]])),
  checkedOnline: z.boolean(),
  /** Head office no longer takes this person's password: until they sign in with the line they may only take money in. */
  moneyInOnly: z.boolean(),
  locked: z.boolean(),
  signedInAt: InstantSchema,
});
export type SessionView = z.infer<typeof SessionViewSchema>;

const StartViewSchema = z.object({
  state: z.enum(['firstRun', 'pulling', 'ready', 'blocked']),
  blockedBy: z.string().nullable(),
  /** For whoever helps while the branch does not open: where on this PC the books, their key and the backups lie. */
  places: z.object({ books: z.string(), key: z.string(), backups: z.string() }).optional(),
  /** Why it is blocked where the plain file beside the books names another head office: the books' one, and the file's. */
  elsewhere: z
    .object({ books: z.string(), chosen: z.string(), address: z.string().nullable(), tenant: z.string().nullable() })
    .nullable()
    .optional(),
  branch: BranchNameSchema.nullable(),
  people: z.array(PersonAtTheDoorSchema),
  start: StartReportSchema.nullable(),
  businessDate: BusinessDateSchema.nullable(),
  now: InstantSchema,
  lineUp: z.boolean(),
  /** Known to be down; before the first contact it is neither. */
  lineDown: z.boolean().optional(),
  /** First pull, with counts known on both sides. */
  pull: z
    .object({
      shelf: z.string(),
      done: z.number().int(),
      total: z.number().int().nullable(),
      allDone: z.number().int(),
      allTotal: z.number().int().nullable(),
    })
    .nullable(),
  /** Why the first pull does not go on. */
  trouble: TroubleSchema.nullable(),
  clockDoubt: z
    .object({
      kind: z.enum(['wentBack', 'jumpedAhead', 'behindHeadOffice', 'aheadOfHeadOffice', 'longAway']),
      byMs: z.number().int(),
      lastInstant: InstantSchema,
      /** That this clock is right is a manager's word; said by anybody else, the doubt stays on the paper. */
      needsManager: z.boolean(),
    })
    .nullable(),
  /** These books were copied or moved: no receipt before this PC has a number of its own at head office. */
  newCodeNeeded: z.boolean(),
  /** Numbers of ours that stand at head office for something else: whether there are any, and which for whoever has signed in. */
  anyNumberTwice: z.boolean(),
  numbersTwice: z.array(
    z.object({
      number: z.string(),
      accountNo: z.string(),
      amountMinor: z.number().int(),
      /** Where none is named it is the house's own. */
      currency: CurrencySchema.optional(),
      seenAt: InstantSchema,
    }),
  ),
  /** Head office stands at another day than the branch dates by, and nobody has said yet that it may be so. */
  dateDoubt: z
    .object({
      businessDate: BusinessDateSchema,
      headOfficeDate: BusinessDateSchema,
      /** The calendar here agrees with head office: the business day of an earlier date was left open. */
      leftOpen: z.boolean(),
    })
    .nullable(),
  /** What keeps the key of the books on this PC; a key file lies beside them. Null where there is no branch yet. */
  keyGuard: z.enum(['operatingSystem', 'keyFile']).nullable(),
  contractVersion: z.number().int(),
  /** Practice only: who can sign in with which password, shown on the sign-in page. */
  practicePassword: z.string().nullable(),
});
export type StartView = z.infer<typeof StartViewSchema>;

export const session = {
  showStart: query({ permission: 'anyone', input: z.object({}), output: StartViewSchema }),
  openPractice: command({
    permission: 'anyone',
    input: z.object({}),
    output: z.object({}),
    refusals: ['branch.alreadyChosen', 'headOffice.unreachable'],
  }),
  connectHeadOffice: command({
    permission: 'anyone',
    input: z.object({
      address: z.url({ protocol: /^https?$/ }).max(500),
      tenant: TextSchema(100).min(1),
      username: UsernameSchema,
      password: PasswordSchema,
      zone: TextSchema(60).optional(),
      deviceCode: z
        .string()
        .regex(/^\d{2}$/)
        .optional(),
      /** The office that this PC shall serve for ever, as the refusal `branch.officeUnconfirmed` named it; it names it whenever another is given or none. */
      office: z.number().int().positive().optional(),
    }),
    output: z.object({}),
    refusals: [
      'branch.alreadyChosen',
      'branch.officeUnconfirmed',
      'headOffice.unreachable',
      'headOffice.notAHeadOffice',
      'headOffice.insecureAddress',
      'headOffice.tenantUnknown',
      'signIn.wrong',
      'signIn.passwordExpired',
      'signIn.noOffice',
      'device.codeTaken',
    ],
  }),
  /** Only while the branch is blocked over it: `address` and `tenant` are the ones that the administrator was shown. */
  moveHeadOffice: command({
    permission: 'anyone',
    input: z.object({
      address: TextSchema(500).min(1),
      tenant: TextSchema(100).min(1),
      username: UsernameSchema,
      password: PasswordSchema,
    }),
    output: z.object({}),
    refusals: [
      'branch.alreadyChosen',
      'headOffice.unreachable',
      'headOffice.notAHeadOffice',
      'headOffice.insecureAddress',
      'headOffice.tenantUnknown',
      'headOffice.moveNeedsAdministrator',
      'headOffice.otherBooks',
      'signIn.wrong',
      'signIn.wait',
      'signIn.lockedOut',
      'signIn.passwordExpired',
    ],
  }),
  signIn: command({
    permission: 'anyone',
    input: z.object({ username: UsernameSchema, password: PasswordSchema }),
    output: SessionViewSchema,
    refusals: [
      'signIn.wrong',
      'signIn.firstNeedsLine',
      'signIn.wait',
      'signIn.lockedOut',
      'signIn.passwordExpired',
      'signIn.otherOffice',
      'signIn.secondFactor',
      'clock.answerFirst',
    ],
  }),
  /** Nobody needs a session for it, and everybody a name and a password. */
  answerClockDoubt: command({
    permission: 'anyone',
    input: z.object({ answer: z.enum(['clockIsRight', 'clockIsWrong']), username: UsernameSchema, password: PasswordSchema }),
    output: z.object({ doubtStays: z.boolean() }),
    refusals: ['signIn.wrong', 'signIn.wait', 'signIn.lockedOut'],
  }),
  showMine: query({ permission: 'anyone', input: z.object({}), output: SessionViewSchema.nullable() }),
  lock: command({ permission: 'anyone', input: z.object({}), output: z.object({}) }),
  unlock: command({
    permission: 'anyone',
    input: z.object({ password: PasswordSchema }),
    output: SessionViewSchema,
    refusals: ['signIn.wrong', 'signIn.wait', 'signIn.lockedOut'],
  }),
  signOut: command({ permission: 'anyone', input: z.object({}), output: z.object({}) }),
  unlockStaff: command({
    permission: 'staff.unlock',
    input: z.object({ username: UsernameSchema }),
    output: z.object({}),
    refusals: ['staff.unknown'],
  }),
} as const;
