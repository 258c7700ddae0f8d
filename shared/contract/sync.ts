// Where every promise stands on its way to head office. Nothing here sends by itself: `wake` only rouses the scheduler.

import { z } from 'zod';
import { REASON_LEAST } from '../domain/reasons.ts';
import { STATUS_SENTENCES } from '../domain/status/statusSentence.ts';
import { command, query } from './define.ts';
import {
  BusinessDateSchema,
  ClosedAsSchema,
  CommandKindSchema,
  CurrencySchema,
  EditsSchema,
  InstantSchema,
  LocalIdSchema,
  SignedMinorSchema,
  StandingSchema,
  SumSchema,
  SyncItemSchema,
  TextSchema,
  TimelineEntrySchema,
  UsernameSchema,
  TroubleSchema,
} from './shapes.ts';

const CountsSchema = z.object({
  savedHere: z.number().int(),
  sent: z.number().int(),
  confirmedToday: z.number().int(),
  needsYou: z.number().int(),
  /** Ended today without head office, each way on its own. */
  closedToday: z.object({ reversed: z.number().int(), suspended: z.number().int(), withdrawn: z.number().int() }),
});

export const SyncStatusSchema = z.object({
  /** The one true sentence at the foot: a key under `status.` in the locales; facts are named below. */
  sentence: z.enum(STATUS_SENTENCES),
  line: z.enum(['up', 'down', 'unknown']),
  lineSince: InstantSchema.nullable(),
  headOffice: z.enum(['answering', 'trouble', 'unknown']),
  /** From the first round that could not read until one that could. */
  trouble: TroubleSchema.nullable(),
  signIn: z.enum(['good', 'needed']),
  signInNeededFor: z.array(z.string()),
  offlineDeclared: z.object({ by: z.string(), at: InstantSchema }).nullable(),
  /** Age of the confirmed part: the oldest moment at which the replica was known to be whole. */
  confirmedAt: InstantSchema.nullable(),
  counts: CountsSchema,
  /** Not sent, because a promise would break by it: what, which promise, and the number that a technician looks up. */
  stopped: z
    .array(
      z.object({
        commandId: LocalIdSchema,
        kind: CommandKindSchema,
        receiptNumber: z.string().nullable(),
        invariant: z.string(),
        incidentId: z.string(),
      }),
    )
    .optional(),
  /** How many receipts wait until head office's own day has come so far. */
  waitsForDay: z.number().int().optional(),
  /** Since when the oldest waits of those that were tried again and again. */
  waitsLongSince: InstantSchema.nullable().optional(),
  oldestWaitingAt: InstantSchema.nullable(),
  progress: z
    .object({
      phase: z.enum(['sending', 'pulling', 'proving']),
      done: z.number().int(),
      total: z.number().int().nullable(),
      startedAt: InstantSchema,
    })
    .nullable(),
  lastFinishedAt: InstantSchema.nullable(),
  markers: z.enum(['strong', 'weak', 'unknown']),
  now: InstantSchema,
});
export type SyncStatus = z.infer<typeof SyncStatusSchema>;

/** How many were compared, how many differ, and the first of those by what people know them by. */
const ComparedSchema = z.object({
  compared: z.number().int(),
  differ: z.number().int(),
  named: z.array(
    z.object({
      number: z.string().nullable(),
      name: z.string(),
      receiptId: LocalIdSchema.nullable(),
      clientId: LocalIdSchema.nullable(),
      groupId: LocalIdSchema.nullable(),
    }),
  ),
});

export const sync = {
  showStatus: query({ permission: 'anyone', input: z.object({}), output: SyncStatusSchema }),
  showDesk: query({
    permission: 'signedIn',
    input: z.object({ most: z.number().int().min(1).max(2000).default(300) }),
    output: z.object({
      status: SyncStatusSchema,
      byKind: z.array(
        z.object({
          kind: CommandKindSchema,
          count: z.number().int(),
          /** In the house's own money; each other currency has a sum of its own. */
          /** Null for whoever has not counted their drawer out: the count is blind. */
          amountMinor: SignedMinorSchema.nullable(),
          others: z.array(SumSchema).optional(),
          confirmed: z.number().int(),
          sent: z.number().int(),
          savedHere: z.number().int(),
          needsYou: z.number().int(),
          reversed: z.number().int(),
          suspended: z.number().int(),
          withdrawn: z.number().int(),
        }),
      ),
      unfinished: z.array(SyncItemSchema),
      unfinishedTotal: z.number().int(),
      pulls: z.array(
        z.object({
          shelf: z.string(),
          rows: z.number().int(),
          headOfficeCount: z.number().int().nullable(),
          pulledAt: InstantSchema.nullable(),
        }),
      ),
      /**
       * What could not be read, while everything else was: by head office's id, or by its place in a list; without either it is a whole list.
       * `report` holds no personal data.
       */
      leftOut: z.array(
        z.object({
          shelf: z.string(),
          serverId: z.number().int().nullable(),
          place: z.number().int().nullable(),
          accountNo: z.string().nullable(),
          since: InstantSchema,
          tries: z.number().int(),
          report: z.string(),
        }),
      ),
      /** The last time that receipts, recorded facts and head office's accounts were held against each other; `books`: null in older books. */
      lastProof: z
        .object({
          at: InstantSchema,
          equal: z.boolean(),
          differences: z.number().int(),
          startedAt: InstantSchema.nullable(),
          by: z.string().nullable(),
          books: z
            .object({
              receipts: ComparedSchema,
              /** Confirmed postings of receipts; those that head office does not hold. `unanswered`: not said yet. */
              facts: ComparedSchema.extend({ unanswered: z.number().int() }),
              accounts: ComparedSchema,
            })
            .nullable(),
        })
        .nullable(),
      /** A comparison that is under way, or was asked for and waits; `done` of `total` records of that shelf. */
      comparing: z
        .object({
          askedAt: InstantSchema.nullable(),
          by: z.string().nullable(),
          startedAt: InstantSchema.nullable(),
          isRunning: z.boolean(),
          shelf: z.string().nullable(),
          done: z.number().int(),
          total: z.number().int().nullable(),
        })
        .nullable(),
      /** The quicker way of reading, where this PC was prepared for it. `difference` names a report, a shelf or a member, never a content. */
      window: z
        .object({
          state: z.enum(['comparing', 'used', 'givenUp']),
          why: z.enum(['differs', 'otherReports', 'refused', 'signIn']).nullable(),
          difference: z.string().nullable(),
          at: InstantSchema.nullable(),
        })
        .nullable(),
    }),
  }),
  showItem: query({
    permission: 'signedIn',
    input: z.object({ commandId: LocalIdSchema }),
    output: z.object({ item: SyncItemSchema, timeline: z.array(TimelineEntrySchema) }),
    refusals: ['command.unknown'],
  }),
  /** `lists`: what head office offers (ways of paying, products, staff, ...) is read again too, whenever that was last done. */
  wake: command({ permission: 'signedIn', input: z.object({ lists: z.boolean().default(false) }), output: z.object({}) }),
  /** All three books are compared in the next round, or once the line is back; asked twice it is one comparison. */
  compare: command({ permission: 'exception.resolve', input: z.object({}), output: z.object({}) }),
  declareOffline: command({
    permission: 'offline.declare',
    input: z.object({ reason: TextSchema(500).default('') }),
    output: z.object({}),
    refusals: ['offline.alreadyDeclared'],
  }),
  endOffline: command({ permission: 'offline.end', input: z.object({}), output: z.object({}), refusals: ['offline.notDeclared'] }),
  /** A second person agrees to what is held, or does not: then it is given up. Never its maker. */
  decideHeld: command({
    permission: 'command.decide',
    input: z.object({ commandId: LocalIdSchema, agrees: z.boolean(), reason: TextSchema(500).default('') }),
    output: z.object({}),
    refusals: [
      'command.unknown',
      'command.notHeld',
      'command.makerCannotDecide',
      'command.reasonNeeded',
      'resolution.childrenStay',
      'clock.answerFirst',
    ],
  }),
  /** Its maker gives up what never left the branch, with what waits for it. What stands on paper is reversed by a receipt of its own. */
  withdrawCommand: command({
    permission: 'signedIn',
    input: z.object({ commandId: LocalIdSchema, reason: TextSchema(500).min(REASON_LEAST), withChildren: z.boolean().default(false) }),
    output: z.object({ withdrawn: z.number().int() }),
    refusals: [
      'command.unknown',
      'command.onPaper',
      'command.notYours',
      'command.alreadySent',
      'command.childrenWait',
      'resolution.childrenStay',
      'clock.answerFirst',
    ],
  }),
  /** Its maker says it in other words, before it left the branch: a new command stands in its place. */
  amendCommand: command({
    permission: 'signedIn',
    input: z.object({ commandId: LocalIdSchema, edits: EditsSchema }),
    output: z.object({ commandId: LocalIdSchema }),
    refusals: ['command.unknown', 'command.onPaper', 'command.notYours', 'command.alreadySent', 'command.badWords', 'clock.answerFirst'],
  }),
  /** Lets the commands of somebody whose sign-in is gone be sent under the manager's own; the maker stays on the record. */
  releaseCommands: command({
    permission: 'command.release',
    input: z.object({ username: UsernameSchema, reason: TextSchema(500).min(REASON_LEAST) }),
    output: z.object({ released: z.number().int() }),
    refusals: ['release.nothingWaits', 'release.samePerson'],
  }),
} as const;

export const exceptionKinds = ['refused', 'vanished', 'notPermitted', 'unknownAnswer', 'postedAfterAll', 'recovered'] as const;

const TruthSchema = z.object({
  at: InstantSchema,
  ledgerMinor: SignedMinorSchema.nullable(),
  heldMinor: SignedMinorSchema.nullable(),
  availableMinor: SignedMinorSchema.nullable(),
  outstandingMinor: SignedMinorSchema.nullable(),
  effectMinor: SignedMinorSchema,
  /** Taken by head office on top of a withdrawal, as a negative sum; 0 where it takes nothing. */
  feeMinor: SignedMinorSchema,
  wouldLeaveMinor: SignedMinorSchema.nullable(),
  status: z.string().nullable(),
  /** Of a record that is not an account: short facts by name. */
  facts: z.record(z.string(), z.string()),
});

export const ResolutionSchema = z.enum(['resubmit', 'reverse', 'suspend', 'recognise', 'correct', 'merge', 'withdraw']);

/** `by`: null where head office's own books closed the case; `reason` is then a code. */
const ClosingSchema = z.object({ resolution: ResolutionSchema, by: z.string().nullable(), at: InstantSchema, reason: z.string() });

/** A transaction that head office holds, as far as the branch reads it. */
const ThereSchema = z.object({
  serverTransactionId: z.number().int(),
  what: z.string(),
  businessDate: z.string(),
  amountMinor: SignedMinorSchema,
  receiptNumber: z.string().nullable(),
});

const BesideSchema = z.object({
  phone: z.string().nullable(),
  /** Other cases of the same client, newest first. */
  cases: z.array(
    z.object({
      exceptionId: LocalIdSchema,
      commandKind: z.string(),
      amountMinor: SignedMinorSchema,
      currency: CurrencySchema,
      openedAt: InstantSchema,
      resolution: ResolutionSchema.nullable(),
    }),
  ),
  loans: z.array(
    z.object({
      loanId: LocalIdSchema,
      accountNo: z.string(),
      productName: z.string(),
      outstandingMinor: SignedMinorSchema,
      overdueMinor: SignedMinorSchema,
      daysBehind: z.number().int(),
      currency: CurrencySchema,
    }),
  ),
});

export const ExceptionSchema = z.object({
  exceptionId: LocalIdSchema,
  kind: z.enum(exceptionKinds),
  item: SyncItemSchema,
  receiptId: LocalIdSchema.nullable(),
  /** Open cases of this one's receipt, itself included, whose money may go back on one paper. */
  casesOfReceipt: z.number().int(),
  clientId: LocalIdSchema.nullable(),
  openedAt: InstantSchema,
  /** Head office's code (never its sentence decides anything), shown as a translated sentence where we know it. */
  serverCode: z.string(),
  serverMessage: z.string().nullable(),
  believed: TruthSchema,
  answered: TruthSchema.nullable(),
  waitingBehind: z.array(SyncItemSchema),
  timeline: z.array(TimelineEntrySchema),
  choices: z.array(z.object({ resolution: ResolutionSchema, possible: z.boolean(), whyNot: z.string().nullable() })),
  candidates: z.array(ThereSchema),
  /** Of a change of a record's fields: what each said when it was changed, what it was to say, and what head office holds, where that is known. */
  fields: z.array(
    z.object({
      name: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
      there: z.string().nullable(),
      isKnownThere: z.boolean(),
    }),
  ),
  /** Since when head office says otherwise, and who wrote it there; null where it does not tell. */
  changedThere: z.object({ at: InstantSchema.nullable(), by: z.string().nullable() }).nullable(),
  /** What head office has already and what may be the one that it refused, a client or a group: the two may be made one. */
  existing: z.array(
    z.object({
      localId: LocalIdSchema,
      displayName: z.string(),
      accountNo: z.string(),
      mobileNo: z.string().nullable(),
      dateOfBirth: z.string().nullable(),
      why: z.array(z.string()),
    }),
  ),
  /** What moved on the account at head office while nobody here knew of it, newest first: most likely why it said no. */
  unseenThere: z.array(ThereSchema),
  /** Which drawer cash would move into or out of; null where none is open for it. */
  drawer: z.object({ name: z.string(), holder: z.string(), isMine: z.boolean() }).nullable(),
  /** The second person who had agreed to it; and whether the one asking did so, and somebody else here may decide instead. */
  agreed: z.object({ name: z.string(), isMe: z.boolean(), leaveToAnother: z.boolean() }).nullable(),
  /** Whose case it is, for whoever decides; in lists it is left out. */
  beside: BesideSchema.optional(),
  maker: z.string(),
  makerIsMe: z.boolean(),
  /** Who may close it on this PC: the right, a sign-in that was kept here, and not the maker. */
  mayClose: z.array(z.string()),
  /** Under which name an entry of head office's own is known as this one, and closes the case; null where it stands in an account. */
  reference: z.string().nullable(),
  /** Head office's books of its day are closed: resubmitted, it may be posted on an open day. */
  mayGoOnOpenDay: z.boolean(),
  /** How it had been settled before head office posted it after all. */
  earlier: ClosingSchema.nullable(),
  closed: ClosingSchema.nullable(),
  /** Its money stands in suspense, and `choices` are the ways to recover it. */
  recoverable: z.boolean(),
  /** How it ended that head office holds no transaction of; null while it is open, and where head office holds it. */
  closedAs: ClosedAsSchema.nullable(),
});
export type ExceptionView = z.infer<typeof ExceptionSchema>;

export const exceptions = {
  list: query({
    permission: 'signedIn',
    input: z.object({ show: z.enum(['open', 'closed']).default('open') }),
    output: z.array(ExceptionSchema),
  }),
  show: query({
    permission: 'signedIn',
    input: z.object({ exceptionId: LocalIdSchema }),
    output: ExceptionSchema,
    refusals: ['exception.unknown'],
  }),
  /** Who entered head office's own transactions of a case (candidates and what moved unseen), how and when: asked of it over the line. */
  askTransactions: query({
    permission: 'signedIn',
    input: z.object({ exceptionId: LocalIdSchema }),
    output: z.array(
      z.object({
        serverTransactionId: z.number().int(),
        by: z.string().nullable(),
        how: z.string().nullable(),
        enteredOn: z.string().nullable(),
      }),
    ),
    refusals: ['exception.unknown', 'headOffice.unreachable', 'headOffice.signInNeeded'],
  }),
  resolve: command({
    permission: 'exception.resolve',
    input: z.object({
      exceptionId: LocalIdSchema,
      resolution: ResolutionSchema,
      reason: TextSchema(500).min(REASON_LEAST),
      serverTransactionId: z.number().int().positive().optional(),
      /** With 'reverse': all cases of the receipt whose money may go back, on one paper. */
      whole: z.boolean().default(false),
      /** To correct: what is said anew. */
      edits: EditsSchema.optional(),
      /** To merge: the record that head office had already. */
      mergeInto: LocalIdSchema.optional(),
      /** To resubmit where head office's books of its day are closed: on the branch's day, with the true one in the note. */
      onOpenDay: z.boolean().default(false),
      /** To give up: with what waits for it. */
      withChildren: z.boolean().default(false),
    }),
    output: z.object({ receiptId: LocalIdSchema.nullable() }),
    refusals: [
      'exception.unknown',
      'exception.alreadyClosed',
      'exception.headOfficeDecided',
      'exception.makerCannotClose',
      'exception.agreerCannotClose',
      'exception.choiceImpossible',
      'exception.candidateNeeded',
      'command.badWords',
      'command.childrenWait',
      'exception.mergeUnknown',
      'drawer.notOpen',
      'drawer.notEnoughCash',
      'businessDay.closed',
      'businessDay.otherThanHeadOffice',
      'device.newCodeNeeded',
      'clock.answerFirst',
    ],
  }),
  /**
   * Money that stands in suspense is recovered, and leaves it: 'reverse' over the counter, with a paper, or 'recognise' by what head office has
   * posted for it. `exceptionId`: the case that put it there.
   */
  recover: command({
    permission: 'exception.resolve',
    input: z.object({
      exceptionId: LocalIdSchema,
      resolution: z.enum(['reverse', 'recognise']),
      reason: TextSchema(500).min(REASON_LEAST),
      serverTransactionId: z.number().int().positive().optional(),
    }),
    output: z.object({ receiptId: LocalIdSchema.nullable() }),
    refusals: [
      'exception.unknown',
      'exception.notInSuspense',
      'exception.alreadyClosed',
      'exception.makerCannotClose',
      'exception.agreerCannotClose',
      'exception.choiceImpossible',
      'exception.candidateNeeded',
      'drawer.notEnoughCash',
      'businessDay.otherThanHeadOffice',
      'device.newCodeNeeded',
      'clock.answerFirst',
    ],
  }),
  /** Money that stands in suspense, oldest first, with its age in calendar days. */
  listSuspense: query({
    permission: 'signedIn',
    input: z.object({}),
    output: z.object({
      rows: z.array(
        z.object({
          exceptionId: LocalIdSchema,
          clientName: z.string(),
          accountNo: z.string(),
          receiptNumber: z.string().nullable(),
          currency: CurrencySchema,
          amountMinor: SignedMinorSchema,
          since: z.string(),
          ageDays: z.number().int(),
          reason: z.string(),
          by: z.string(),
          /** False where head office posted it after all, which waits in a case of its own. */
          recoverable: z.boolean(),
          standing: StandingSchema,
        }),
      ),
      /** In the house's own money; each other currency has a total of its own. */
      totalMinor: SignedMinorSchema,
      others: z.array(SumSchema).optional(),
    }),
  }),
} as const;

export const headOffice = {
  /** What Tawi needs at head office, and what is there (contract 4.2, 12). */
  showPreparation: query({
    permission: 'headOffice.prepare',
    input: z.object({}),
    output: z.object({
      mode: z.enum(['strong', 'weak', 'unknown']),
      checkedAt: InstantSchema.nullable(),
      /** Where refused money is carried, once it was chosen or recognised. */
      suspenseAccountId: z.number().int().nullable(),
      items: z.array(
        z.object({
          key: z.string(),
          state: z.enum(['present', 'missing', 'wrong', 'unknown', 'comparing']),
          name: z.string(),
          why: z.string(),
          detail: z.string().nullable(),
        }),
      ),
    }),
    refusals: ['headOffice.unreachable', 'headOffice.signInNeeded'],
  }),
  prepare: command({
    permission: 'headOffice.prepare',
    /** `window`: the prepared reports too, and this PC's own user who may run them. */
    input: z.object({
      suspenseAccountId: z.number().int().positive().optional(),
      /** The account that transfers pass through, where head office has named none. */
      transferAccountId: z.number().int().positive().optional(),
      window: z.boolean().optional(),
    }),
    output: z.object({ created: z.array(z.string()), mode: z.enum(['strong', 'weak', 'unknown']) }),
    refusals: ['headOffice.unreachable', 'headOffice.signInNeeded', 'headOffice.refused'],
  }),
  /** Takes this PC's right to run the prepared reports away, and the reports themselves where no other PC needs them. */
  closeWindow: command({
    permission: 'headOffice.prepare',
    input: z.object({ removeReports: z.boolean() }),
    output: z.object({ removed: z.array(z.string()) }),
    refusals: ['headOffice.unreachable', 'headOffice.signInNeeded', 'headOffice.refused'],
  }),
  /** The office's zone, by which its days begin: an administrator's, for every receipt is dated by it. */
  changeZone: command({
    permission: 'headOffice.prepare',
    input: z.object({ zone: TextSchema(60).min(1) }),
    output: z.object({ zone: z.string(), calendarDate: BusinessDateSchema }),
    refusals: ['zone.unknown'],
  }),
  /** The house's own currency and country, as they were found or said, and what may be chosen. */
  showInstitution: query({
    permission: 'headOffice.prepare',
    input: z.object({}),
    output: z.object({
      own: CurrencySchema,
      /** Every one that is kept here or that head office chose, the most used first. */
      currencies: z.array(z.object({ currency: CurrencySchema, accounts: z.number().int(), products: z.number().int() })),
      /** Two letters of ISO 3166. */
      country: z.string().nullable(),
      countrySaid: z.boolean(),
      countries: z.array(z.string()),
    }),
  }),
  /** In which money figures without a currency's name are told. Drawers, receipts and limits keep their own. */
  changeCurrency: command({
    permission: 'headOffice.prepare',
    input: z.object({ code: z.string().length(3) }),
    output: z.object({ currency: CurrencySchema }),
    refusals: ['currency.unknown'],
  }),
  /** How numbers are written, and whose telephone numbers are written without a country's code. */
  changeCountry: command({
    permission: 'headOffice.prepare',
    input: z.object({ code: z.string().length(2) }),
    output: z.object({ country: z.string() }),
    refusals: ['country.unknown'],
  }),
  listAccounts: query({
    permission: 'headOffice.prepare',
    input: z.object({}),
    output: z.array(z.object({ glAccountId: z.number().int(), name: z.string(), glCode: z.string(), type: z.string() })),
  }),
} as const;

/** Training: cut the line, let another branch act on the same account. Answers only where the branch is a practice branch. */
export const practice = {
  show: query({ permission: 'anyone', input: z.object({}), output: z.object({ practice: z.boolean(), lineCut: z.boolean() }) }),
  setLine: command({ permission: 'signedIn', input: z.object({ cut: z.boolean() }), output: z.object({}), refusals: ['practice.only'] }),
  otherBranchPays: command({
    permission: 'signedIn',
    input: z.object({ savingsId: LocalIdSchema, amountMinor: z.number().int().positive() }),
    output: z.object({}),
    refusals: ['practice.only', 'savings.unknown', 'practice.refused'],
  }),
} as const;

export type { Resolution } from '../domain/records.ts';
