// The cash box of a cashier, the receipts it gave, the business day they belong to, and the drafts of forms that a power cut must not eat.

import { z } from 'zod';
import { AMOUNT_MINOR_MAX } from '../kernel/money.ts';
import { SLIP_KINDS } from '../domain/cash/cashSlip.ts';
import { REASON_LEAST } from '../domain/reasons.ts';
import { command, query } from './define.ts';
import {
  AmountMinorSchema,
  ClosedDaySchema,
  BusinessDateSchema,
  ClosedAsSchema,
  CurrencySchema,
  DrawerViewSchema,
  InstantSchema,
  LocalIdSchema,
  PasswordSchema,
  PiecesSchema,
  ReceiptKindSchema,
  ReceiptLineSchema,
  SignedMinorSchema,
  StandingSchema,
  TextSchema,
  UsernameSchema,
} from './shapes.ts';

/** Cash that lies in a drawer, nothing included. Beyond the largest sum the drawer's own sums would leave the exact numbers. */
const CashMinorSchema = z.number().int().nonnegative().max(AMOUNT_MINOR_MAX);

/** What was found when every row was held against the chain; and what was wrong with this PC's own memory of the books. */
const RecordCheckSchema = z.object({
  checkedAt: InstantSchema.nullable(),
  entries: z.number().int(),
  finding: z.object({ what: z.string(), where: z.string() }).nullable(),
  memory: z.enum(['missing', 'notOurs', 'otherRules']).nullable(),
});

/** A part of the day's papers. */
const DayPartSchema = z.object({
  name: z.string(),
  /** Where several people of that day have one name. */
  username: z.string().optional(),
  cash: z.boolean(),
  currency: CurrencySchema.optional(),
  count: z.number().int(),
  inMinor: SignedMinorSchema.nullable(),
  outMinor: SignedMinorSchema.nullable(),
});

const ReportDrawerSchema = z.object({
  drawerId: LocalIdSchema,
  name: z.string(),
  heldBy: z.string(),
  currency: CurrencySchema,
  openedAt: InstantSchema,
  closedAt: InstantSchema.nullable(),
  openingMinor: SignedMinorSchema,
  openingPieces: PiecesSchema.nullable(),
  takenMinor: SignedMinorSchema,
  paidMinor: SignedMinorSchema,
  allocatedMinor: SignedMinorSchema,
  settledMinor: SignedMinorSchema,
  expectedMinor: SignedMinorSchema,
  countedMinor: SignedMinorSchema.nullable(),
  differenceMinor: SignedMinorSchema.nullable(),
  pieces: PiecesSchema.nullable(),
  counts: z.number().int(),
  reason: z.string(),
  agreedBy: z.string().nullable(),
});

const ReportVaultSchema = z.object({
  currency: CurrencySchema,
  openingMinor: SignedMinorSchema,
  inMinor: SignedMinorSchema,
  outMinor: SignedMinorSchema,
  expectedMinor: SignedMinorSchema,
  count: z.object({ number: z.string(), countedMinor: SignedMinorSchema, differenceMinor: SignedMinorSchema }).nullable(),
});

const TakenBackSchema = z.object({ number: z.string(), at: InstantSchema, by: z.string(), reason: z.string() });

/** An X or a Z (`domain/cash/dayReport.ts`). */
const DayReportSchema = z.object({
  number: z.string().nullable(),
  of: z.enum(['drawer', 'day']),
  institution: z.string(),
  officeName: z.string(),
  deviceCode: z.string(),
  practice: z.boolean(),
  zone: z.string(),
  businessDate: BusinessDateSchema,
  openedAt: InstantSchema,
  openedBy: z.string(),
  madeAt: InstantSchema,
  madeBy: z.string(),
  drawers: z.array(ReportDrawerSchema),
  vaults: z.array(ReportVaultSchema).optional(),
  slips: z
    .array(z.object({ number: z.string(), kind: z.enum(SLIP_KINDS), currency: CurrencySchema, amountMinor: SignedMinorSchema }))
    .optional(),
  byKind: z.array(z.object({ kind: z.string(), currency: CurrencySchema, count: z.number().int(), amountMinor: SignedMinorSchema })),
  byWay: z.array(
    z.object({
      name: z.string(),
      cash: z.boolean(),
      currency: CurrencySchema,
      count: z.number().int(),
      inMinor: SignedMinorSchema,
      outMinor: SignedMinorSchema,
    }),
  ),
  receipts: z.number().int(),
  firstReceipt: z.string().nullable(),
  lastReceipt: z.string().nullable(),
  undone: z.array(z.object({ number: z.string(), undoes: z.string(), currency: CurrencySchema, amountMinor: SignedMinorSchema })),
  unconfirmed: z.array(z.object({ currency: CurrencySchema, count: z.number().int(), amountMinor: SignedMinorSchema })),
  afterHours: z.array(z.object({ currency: CurrencySchema, count: z.number().int(), amountMinor: SignedMinorSchema })).optional(),
  replaces: TakenBackSchema.optional(),
  headEntry: z.number().int(),
  headHash: z.string(),
  previousHash: z.string().nullable(),
  hash: z.string().nullable(),
  takenBack: TakenBackSchema.optional(),
});

/** A person has at most one drawer open in each currency. */
const ofCurrency = z.object({ currency: z.string().length(3).optional() });

export const cash = {
  /** Of that currency; without one, the one that was opened first. */
  showDrawer: query({ permission: 'signedIn', input: ofCurrency, output: DrawerViewSchema.nullable() }),
  /** The currencies of this branch's accounts, the house's own first, and whether the person asking has a drawer open in each. */
  listCurrencies: query({
    permission: 'signedIn',
    input: z.object({}),
    output: z.array(z.object({ currency: CurrencySchema, isOwn: z.boolean(), hasDrawer: z.boolean() })),
  }),
  /** Whether `openDrawer` would open one now, so that nobody counts a float for a day that is closed; and what head office does on that day. */
  checkOpening: query({
    permission: 'drawer.open',
    input: ofCurrency.extend({ afterHours: z.boolean().default(false) }),
    output: z.object({ businessDate: BusinessDateSchema, closedDay: ClosedDaySchema.nullable() }),
    refusals: [
      'drawer.alreadyOpen',
      'drawer.noSuchCurrency',
      'businessDay.closed',
      'businessDay.beforeLast',
      'businessDay.otherThanHeadOffice',
      'clock.answerFirst',
    ],
  }),
  /**
   * The notes and coins of a drawer by what was told of them, or since when they are not known; with a sum, the notes that make it. Told to whoever is
   * told what must lie in it, and to nobody who still counts it blind.
   */
  showNotes: query({
    permission: 'signedIn',
    input: z.object({ drawerId: LocalIdSchema, amountMinor: AmountMinorSchema.optional() }),
    output: z.object({
      name: z.string(),
      heldBy: z.string(),
      currency: CurrencySchema,
      closedAt: InstantSchema.nullable(),
      stock: z.discriminatedUnion('known', [
        z.object({ known: z.literal(true), pieces: PiecesSchema }),
        z.object({ known: z.literal(false), since: InstantSchema, why: z.enum(['notTold', 'contradicted']) }),
      ]),
      suggested: PiecesSchema.nullable(),
    }),
    refusals: ['drawer.notOpen', 'notes.countFirst'],
  }),
  /** Opens the cashier's drawer and, when none is open, the business day. */
  openDrawer: command({
    permission: 'drawer.open',
    /** `pieces`: the notes and coins that make the sum, where they were counted one by one. */
    input: ofCurrency.extend({
      openingMinor: CashMinorSchema,
      pieces: PiecesSchema.optional(),
      /** Where the calendar's day was closed: the next business day opens now, and what is recorded before it begins is marked. */
      afterHours: z.boolean().default(false),
    }),
    output: DrawerViewSchema,
    refusals: [
      'drawer.alreadyOpen',
      'drawer.noSuchCurrency',
      'drawer.piecesUnfit',
      'businessDay.closed',
      'businessDay.beforeLast',
      'businessDay.otherThanHeadOffice',
      'clock.answerFirst',
    ],
  }),
  /**
   * Blind count: what is expected is told when no count is left, and never before. One recount, if the first differed (field-rules 1.7);
   * `holds` says instead that the first stands.
   */
  countDrawer: command({
    permission: 'drawer.open',
    input: ofCurrency.extend({ countedMinor: CashMinorSchema, pieces: PiecesSchema.optional(), holds: z.boolean().default(false) }),
    output: DrawerViewSchema,
    refusals: ['drawer.notOpen', 'drawer.recountUsed', 'drawer.piecesUnfit'],
  }),
  /**
   * Declares the drawer with a counted sum; the difference is declared with it, never hidden (I7). A sum that was not counted before is
   * recorded as a count even where the close is refused for want of a reason: otherwise one could try until it fits.
   */
  closeDrawer: command({
    permission: 'drawer.open',
    input: ofCurrency.extend({
      countedMinor: CashMinorSchema,
      pieces: PiecesSchema.optional(),
      reason: TextSchema(500).default(''),
      /** Where more is missing than one person may declare. */
      approval: z.object({ username: UsernameSchema, password: PasswordSchema }).optional(),
    }),
    output: DrawerViewSchema,
    refusals: [
      'drawer.notOpen',
      'drawer.recountUsed',
      'drawer.piecesUnfit',
      'drawer.differenceNeedsReason',
      'drawer.shortageNeedsManager',
      'approval.samePerson',
      'approval.wrongPassword',
      'approval.notPermitted',
    ],
  }),
  showDay: query({
    permission: 'signedIn',
    input: z.object({}),
    output: z.object({
      businessDate: BusinessDateSchema.nullable(),
      open: z.boolean(),
      openedAt: InstantSchema.nullable(),
      openedBy: z.string().nullable(),
      calendarDate: BusinessDateSchema,
      /** The newest day that a wrong clock opened, where it is later than the calendar: it hinders the true day until it is closed as an error. */
      wrongDay: z.object({ businessDate: BusinessDateSchema, open: z.boolean() }).nullable(),
      /** The last that was taken back of that day's closes. */
      reopened: TakenBackSchema.nullable(),
      /** The close can be taken back. */
      mayReopen: z.boolean(),
      /** The calendar's day is over here: what is done now goes on this one, marked. Null while it is not. */
      lateDate: BusinessDateSchema.nullable(),
      drawers: z.array(DrawerViewSchema),
      /** Whoever has a drawer that they have not counted out is told no sum of the day: it would tell them what must lie in it. */
      withheld: z.boolean().optional(),
      /** Papers that were given. */
      receipts: z.number().int(),
      /**
       * A row of its own for each currency; where none is named it is the house's own. A paper with several lines counts once in each of its kinds.
       */
      byKind: z.array(
        z.object({
          kind: z.string(),
          /** A paper by which money goes back on an earlier one: no income and no payment. */
          undoes: z.boolean().optional(),
          currency: CurrencySchema.optional(),
          count: z.number().int(),
          amountMinor: SignedMinorSchema.nullable(),
        }),
      ),
      /** By the way of paying, as head office calls it, and by whoever served; papers that undo are in neither sum. */
      byWay: z.array(DayPartSchema).optional(),
      byCashier: z.array(DayPartSchema).optional(),
      /**
       * The four words, and what a case closed without head office. Every paper counts in exactly one row, that of the line of it which has the
       * longest way to go; the sum of each line stands in the line's own row, so a row may have a sum and count no paper.
       */
      byStanding: z.array(
        z.object({
          standing: z.enum([...StandingSchema.options, ...ClosedAsSchema.options]),
          currency: CurrencySchema.optional(),
          count: z.number().int(),
          amountMinor: SignedMinorSchema.nullable(),
        }),
      ),
      firstReceipt: z.string().nullable(),
      lastReceipt: z.string().nullable(),
      headHash: z.string().nullable(),
      /** The number of the entry with that hash. */
      headEntry: z.number().int().nullable().optional(),
      record: RecordCheckSchema.optional(),
    }),
  }),
  /** A head of the chain from paper: whether these books hold it. Twelve signs of it are enough. */
  checkHead: query({
    permission: 'signedIn',
    input: z.object({ head: TextSchema(200).min(1), entry: z.number().int().positive().optional() }),
    output: z.object({
      found: z.object({ entry: z.number().int(), businessDate: BusinessDateSchema, at: InstantSchema }).nullable(),
    }),
    refusals: ['head.tooShort'],
  }),
  /** An X: of that drawer, else of the day. Whoever still counts blind is not told it. */
  showX: query({
    permission: 'signedIn',
    input: z.object({ drawerId: LocalIdSchema.optional() }),
    output: DayReportSchema,
    refusals: ['report.unknown', 'report.countFirst'],
  }),
  /** The Z reports of a day, drawers and the day itself, in the order in which they were made. `prints`: papers of it. */
  listReports: query({
    permission: 'signedIn',
    input: z.object({ businessDate: BusinessDateSchema }),
    output: z.array(
      z.object({
        number: z.string(),
        of: z.enum(['drawer', 'day']),
        drawer: z.string().nullable(),
        madeAt: InstantSchema,
        madeBy: z.string(),
        prints: z.number().int(),
        /** Its day was opened again since. */
        takenBack: TakenBackSchema.nullable(),
      }),
    ),
  }),
  /**
   * Differences of counted drawers, the last thirty of each person in each currency, the oldest first: one's own, and everybody's for whoever
   * closes the day. `limits`: what is usual for that person, null while there are too few drawers to say; `outside`: beyond it.
   */
  showOverShort: query({
    permission: 'signedIn',
    input: z.object({}),
    output: z.object({
      seesAll: z.boolean(),
      /** For its paper. */
      institution: z.string(),
      officeName: z.string(),
      practice: z.boolean(),
      madeAt: InstantSchema,
      people: z.array(
        z.object({
          username: z.string(),
          name: z.string(),
          currency: CurrencySchema,
          netMinor: SignedMinorSchema,
          short: z.number().int(),
          over: z.number().int(),
          limits: z.object({ middleMinor: SignedMinorSchema, lowMinor: SignedMinorSchema, highMinor: SignedMinorSchema }).nullable(),
          drawers: z.array(
            z.object({
              drawerId: LocalIdSchema,
              name: z.string(),
              businessDate: BusinessDateSchema,
              differenceMinor: SignedMinorSchema,
              reason: z.string(),
              outside: z.boolean(),
              report: z.string().nullable(),
            }),
          ),
        }),
      ),
    }),
  }),
  showReport: query({
    permission: 'signedIn',
    input: z.object({ number: TextSchema(40).min(1) }),
    output: DayReportSchema,
    refusals: ['report.unknown'],
  }),
  closeDay: command({
    permission: 'day.close',
    input: z.object({}),
    /** `report`: the number of the day's Z. */
    output: z.object({ businessDate: BusinessDateSchema, report: z.string() }),
    refusals: ['businessDay.closed', 'businessDay.drawersOpen', 'businessDay.notBegun'],
  }),
  /**
   * Takes the close of the last day back, while no other was opened since: the report that it made stays as it is and is called taken back, and
   * the next close makes another in its place. Its closed drawers stay closed.
   */
  reopenDay: command({
    permission: 'day.close',
    input: z.object({ businessDate: BusinessDateSchema, reason: TextSchema(500) }),
    output: z.object({ businessDate: BusinessDateSchema }),
    refusals: ['businessDay.alreadyOpen', 'businessDay.notLast', 'businessDay.reasonNeeded', 'clock.answerFirst'],
  }),
  /** A day that a wrong clock opened, or one that was closed on it: it is closed as that, keeps every number, and the true day may open. */
  closeDayInError: command({
    permission: 'day.close',
    input: z.object({ businessDate: BusinessDateSchema, reason: TextSchema(500) }),
    output: z.object({ businessDate: BusinessDateSchema }),
    refusals: ['businessDay.closed', 'businessDay.drawersOpen', 'businessDay.isToday', 'businessDay.reasonNeeded', 'clock.answerFirst'],
  }),
  /** A named person says that the branch dates by its own day, while head office stands at another: recorded, and on the paper. */
  sayDate: command({
    permission: 'drawer.open',
    input: z.object({
      businessDate: BusinessDateSchema,
      headOfficeDate: BusinessDateSchema,
      reason: TextSchema(500).default(''),
      approval: z.object({ username: UsernameSchema, password: PasswordSchema }).optional(),
    }),
    output: z.object({}),
    refusals: ['businessDay.dateMoved', 'businessDay.dateNeedsManager', 'approval.wrongPassword'],
  }),
  listPaymentTypes: query({
    permission: 'signedIn',
    input: z.object({}),
    output: z.array(z.object({ paymentTypeId: z.number().int(), name: z.string(), cash: z.boolean() })),
  }),
} as const;

export const receipts = {
  list: query({
    permission: 'signedIn',
    input: z.object({
      businessDate: BusinessDateSchema.optional(),
      mine: z.boolean().default(false),
      offset: z.number().int().nonnegative().default(0),
      most: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({ lines: z.array(ReceiptLineSchema), total: z.number().int() }),
  }),
  show: query({
    permission: 'signedIn',
    input: z.object({ receiptId: LocalIdSchema }),
    output: ReceiptLineSchema,
    refusals: ['receipt.unknown'],
  }),
  /** The code on a paper, or a number: what it is worth by itself, and the receipt of that number in these books. */
  check: query({
    permission: 'signedIn',
    input: z.object({ code: TextSchema(2_000).min(1) }),
    output: z.object({
      /**
       * `missingHere`: this PC signed it, and these books do not have it. `otherHere`: signed, and these books gave the number to another one.
       * `unsigned`: of an earlier program, or typed; what the books say is all that is known.
       */
      verdict: z.enum(['real', 'voided', 'changed', 'unknownDevice', 'missingHere', 'otherHere', 'unsigned', 'broken', 'newer', 'notOurs']),
      told: z
        .object({
          number: z.string(),
          officeCode: z.string(),
          deviceCode: z.string(),
          businessDate: BusinessDateSchema,
          currency: CurrencySchema.extend({ decimals: z.number().int() }),
          amountMinor: z.number().int(),
          kind: ReceiptKindSchema,
          mark: z.string(),
        })
        .nullable(),
      line: ReceiptLineSchema.nullable(),
    }),
  }),
  /** The public halves of the keys by which this branch's papers are checked, the oldest first. */
  listKeys: query({
    permission: 'signedIn',
    input: z.object({}),
    output: z.object({
      institution: z.string(),
      officeName: z.string(),
      officeCode: z.string(),
      practice: z.boolean(),
      keys: z.array(
        z.object({
          officeCode: z.string(),
          deviceCode: z.string(),
          publicKey: z.string(),
          since: InstantSchema,
          mine: z.boolean(),
          /** Who brought it from another PC; null where it is of this one. */
          broughtBy: z.string().nullable(),
        }),
      ),
    }),
  }),
  /** The keys of other PCs, as each saves its own: what they sign is real here from then on. What is known already is left as it is. */
  bringKeys: command({
    permission: 'signatureKey.bring',
    input: z.object({
      practice: z.boolean(),
      keys: z
        .array(
          z.object({
            officeCode: z.string().regex(/^[A-Z0-9]{2,5}$/),
            deviceCode: z.string().regex(/^\d{2}$/),
            publicKey: z.string().regex(/^[A-Z2-7]{52}$/),
          }),
        )
        .min(1)
        .max(100),
    }),
    output: z.object({ brought: z.number().int() }),
    refusals: ['signatureKey.ofThisPc', 'signatureKey.practice', 'signatureKey.none'],
  }),
  /**
   * Undoes a receipt, or a line of it (counted from 1), that head office was not told of yet: the money goes back on a paper of its own, which
   * this answers. Never by whoever recorded it.
   */
  void: command({
    permission: 'exception.resolve',
    input: z.object({ receiptId: LocalIdSchema, line: z.number().int().min(1).optional(), reason: TextSchema(500).min(REASON_LEAST) }),
    output: ReceiptLineSchema,
    refusals: [
      'receipt.unknown',
      'receipt.noSuchLine',
      'receipt.nothingToUndo',
      'receipt.makerCannotVoid',
      'receipt.atHeadOffice',
      'receipt.onItsWay',
      'receipt.spentSince',
      'receipt.drawerNeeded',
      'businessDay.otherThanHeadOffice',
      'device.newCodeNeeded',
      'resolution.childrenStay',
      'drawer.notEnoughCash',
      'clock.answerFirst',
    ],
  }),
  /**
   * What is known of paper: it was asked for, and then a person says whether it came out. Only what came out is counted: the original once,
   * then copies. Everything that is said is kept.
   */
  markPrinted: command({
    permission: 'signedIn',
    input: z.object({ receiptId: LocalIdSchema, what: z.enum(['asked', 'cameOut', 'didNot']).default('cameOut') }),
    output: ReceiptLineSchema,
    refusals: ['receipt.unknown'],
  }),
} as const;

/**
 * `body` is whatever the form keeps, as JSON text; a draft belongs to the person who typed it. A body that names its `formId` is the draft of
 * that form: it ends in the transaction in which the form is recorded, whoever keeps it, and is not kept again afterwards.
 */
const DraftSchema = z.object({ draftKey: TextSchema(200).min(1), body: TextSchema(20_000), keptAt: InstantSchema });

export const drafts = {
  keep: command({
    permission: 'signedIn',
    input: z.object({ draftKey: TextSchema(200).min(1), body: TextSchema(20_000) }),
    output: z.object({ keptAt: InstantSchema }),
    refusals: ['form.alreadyUsed'],
  }),
  show: query({ permission: 'signedIn', input: z.object({ draftKey: TextSchema(200).min(1) }), output: DraftSchema.nullable() }),
  list: query({ permission: 'signedIn', input: z.object({}), output: z.array(DraftSchema) }),
  discard: command({ permission: 'signedIn', input: z.object({ draftKey: TextSchema(200).min(1) }), output: z.object({}) }),
} as const;
