// A desk that stands still: plausible clients, loans, waiting items and cases for looking at screens and for component tests.
// It answers the contract's shapes from memory and reckons nothing; behaviour is tested on the real branch, never here.
import type { ClientPage, ClientRow } from '../../shared/contract/clients.ts';
import type { BranchApi } from '../../shared/contract/branchContract.ts';
import type { DrawerView, HistoryLine, LoanView, ReceiptLine, SavingsView, SyncItem } from '../../shared/contract/shapes.ts';
import type { ExceptionView, Resolution } from '../../shared/contract/sync.ts';
import { ok, refuse } from '../../shared/kernel/result.ts';

export type DeskWeather = 'sending' | 'offline' | 'clean' | 'signIn';

const KES = { code: 'KES', decimals: 2 } as const;
const DAY = '2026-11-20';

/** 20 November 2026 in Nairobi, as an instant. */
export const at = (hour: number, minute: number, second = 0): number => Date.UTC(2026, 10, 20, hour - 3, minute, second);

const id = (n: number): string => `01930000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const NAMES = [
  'Mary Nekesa Wafula',
  'Joseph Simiyu Barasa',
  'Janet Khisa',
  'Esther Nafula',
  'Moses Wekesa',
  'Samuel Otieno Were',
  'Rose Auma',
  'Marysella Wafula Naliaka',
  'Peter Wanyama',
  'Lydia Cherotich',
  'Hassan Abdi Noor',
  'Beatrice Nasimiyu',
];

export function fakeClientRow(n: number): ClientRow {
  return {
    clientId: id(n),
    displayName: NAMES[n % NAMES.length] ?? 'Mary Nekesa Wafula',
    accountNo: String(214 + n).padStart(9, '0'),
    mobileNo: n % 5 === 4 ? null : `0722 418 ${String(306 + n)}`,
    status: n % 11 === 10 ? 'pending' : 'active',
    groupName: n % 3 === 0 ? 'Soko Mjinga self-help group' : null,
    currency: KES,
    dueMinor: n % 2 === 0 ? 255_000 + n * 10_000 : 0,
    dueTodayMinor: n % 4 === 0 ? 255_000 + n * 10_000 : 0,
    overdueMinor: n % 4 === 0 ? 255_000 + n * 10_000 : 0,
    overdue: n % 4 === 0,
    dueDate: n % 2 === 0 ? (n % 4 === 0 ? '2026-10-22' : '2026-11-24') : null,
    daysBehind: n % 4 === 0 ? 29 : 0,
    savingsAvailableMinor: 648_000 + n * 4_150,
    payable: { minor: 648_000 + n * 4_150, rule: 'balance' },
    unfinishedCount: n === 0 ? 1 : 0,
    registration: null,
    pictureMark: null,
  };
}

const months = [
  '2026-06-22',
  '2026-07-22',
  '2026-08-22',
  '2026-09-22',
  '2026-10-22',
  '2026-11-22',
  '2026-12-22',
  '2027-01-22',
  '2027-02-22',
  '2027-03-22',
  '2027-04-22',
  '2027-05-22',
];

export const fakeLoan: LoanView = {
  loanId: id(391),
  clientId: id(0),
  groupId: null,
  accountNo: '000000391',
  productName: 'Market Trader loan',
  currency: KES,
  status: 'active',
  confirmedStatus: 'active',
  principalMinor: 6_000_000,
  expectedOn: null,
  payoutReceiptId: null,
  undoPayoutMinor: null,
  outstandingMinor: 4_385_000,
  confirmedOutstandingMinor: 4_385_000,
  overpaidMinor: 0,
  dueNowMinor: 255_000,
  overdueMinor: 255_000,
  daysBehind: 29,
  nextDueDate: '2026-11-22',
  nextDueMinor: 590_000,
  payOff: { minor: 4_310_000, known: 'here', askedAt: null },
  unfinishedMinor: 0,
  unfinishedCount: 0,
  disputed: false,
  confirmedAt: at(11, 31),
  mayRepay: true,
  deeds: [],
  instalments: months.map((dueDate, index) => ({
    period: index + 1,
    dueDate,
    principalDueMinor: 500_000,
    interestDueMinor: 90_000,
    feeDueMinor: 0,
    penaltyDueMinor: index === 4 ? 15_000 : 0,
    totalDueMinor: index === 4 ? 605_000 : 590_000,
    totalPaidMinor: index < 4 ? 590_000 : index === 4 ? 350_000 : 0,
    outstandingMinor: index < 4 ? 0 : index === 4 ? 255_000 : 590_000,
    standing: index < 4 ? ('paid' as const) : index === 4 ? ('partPaid' as const) : index === 5 ? ('next' as const) : ('later' as const),
  })),
};

export const fakeSavings: SavingsView = {
  savingsId: id(502),
  clientId: id(0),
  groupId: null,
  accountNo: '000000502',
  productName: 'Ordinary savings',
  currency: KES,
  status: 'active',
  confirmedStatus: 'active',
  deeds: [],
  ledgerMinor: 1_248_000,
  confirmedLedgerMinor: 1_198_000,
  heldMinor: 600_000,
  onHoldMinor: 0,
  guaranteeHeldMinor: 600_000,
  minimumMinor: 0,
  availableMinor: 648_000,
  keptForFee: null,
  confirmedAvailableMinor: 598_000,
  payable: { minor: 648_000, rule: 'balance' },
  unfinishedMinor: 50_000,
  unfinishedCount: 1,
  disputed: false,
  confirmedAt: at(11, 31),
  mayDeposit: true,
  mayWithdraw: true,
};

const historyRow = (
  n: number,
  businessDate: string,
  what: string,
  amountMinor: number,
  balanceMinor: number,
  loan: boolean,
  standing: HistoryLine['standing'] = 'confirmed',
): HistoryLine => ({
  key: `h${String(n)}`,
  businessDate,
  recordedAt: standing === 'confirmed' ? null : at(11, 52),
  accountKind: loan ? 'loan' : 'savings',
  accountId: loan ? id(391) : id(502),
  accountNo: loan ? '000000391' : '000000502',
  what,
  amountMinor,
  balanceMinor,
  standing,
  receiptNumber: standing === 'confirmed' ? null : 'KTL-02-261120-0036-H',
  receiptId: standing === 'confirmed' ? null : id(9036),
  serverTransactionId: standing === 'confirmed' ? 88_000 + n : null,
  reversed: n === 8,
  currency: KES,
});

const history: readonly HistoryLine[] = [
  historyRow(1, DAY, 'deposit', 50_000, 1_248_000, false, 'savedHere'),
  historyRow(2, '2026-11-18', 'withdrawal', -120_000, 1_198_000, false),
  historyRow(3, '2026-11-10', 'deposit', 100_000, 1_318_000, false),
  historyRow(4, '2026-10-24', 'repayment', 350_000, 4_370_000, true),
  historyRow(5, '2026-10-24', 'deposit', 80_000, 1_218_000, false),
  historyRow(6, '2026-09-21', 'repayment', 590_000, 4_720_000, true),
  historyRow(7, '2026-08-21', 'repayment', 590_000, 5_310_000, true),
  historyRow(8, '2026-08-20', 'deposit', 10_000, 1_138_000, false),
];

const receipt: ReceiptLine = {
  receipt: {
    receiptId: id(9036),
    number: 'KTL-02-261120-0036-H',
    kind: 'savingsDeposit',
    commandId: id(7036),
    institution: 'Kitale Savings and Credit',
    officeName: 'Kitale branch',
    practice: false,
    businessDate: DAY,
    recordedAt: at(11, 52),
    zone: 'Africa/Nairobi',
    clockDoubt: false,
    clientId: id(0),
    clientName: 'Mary Nekesa Wafula',
    clientAccountNo: '000000214',
    accountKind: 'savings',
    accountId: id(502),
    accountNo: '000000502',
    productName: 'Ordinary savings',
    currency: KES,
    amountMinor: 50_000,
    paymentTypeName: 'Cash',
    cash: true,
    givenMinor: 50_000,
    changeMinor: 0,
    allocation: null,
    parts: null,
    fee: null,
    balanceAfterMinor: 1_248_000,
    nextDueDate: null,
    nextDueMinor: null,
    balancesAsOf: at(11, 31),
    note: '',
    servedBy: 'Achieng Odhiambo',
    agreedBy: null,
    deviceCode: '02',
    previousHash: '5f0c',
    hash: '9e2d77b1a60c4f18',
  },
  standing: 'savedHere',
  closedAs: null,
  serverTransactionId: null,
  postings: [{ standing: 'savedHere', closedAs: null, serverTransactionId: null }],
  printedAt: at(11, 52),
  copies: 0,
  printAskedAt: null,
};

export const fakeClientPage: ClientPage = {
  client: fakeClientRow(0),
  numbers: { local: null, headOffice: '000000214' },
  externalId: 'KG-118',
  firstname: 'Wanjiku',
  lastname: 'Kamau',
  dateOfBirth: '1984-05-03',
  gender: 'female',
  activationDate: '2021-02-08',
  staffName: 'Peter Barasa',
  groups: [{ groupId: id(800), name: 'Soko Mjinga self-help group', members: 12 }],
  loans: [fakeLoan],
  savings: [fakeSavings],
  receipts: [receipt],
  notes: [
    {
      commandId: id(7060),
      kind: 'clientNote',
      text: 'Moved to Lessos, asks to be called in the morning.',
      recordedBy: 'Achieng Odhiambo',
      recordedAt: at(12, 40),
      businessDate: DAY,
      standing: 'savedHere',
      withdrawn: false,
      exceptionId: null,
    },
  ],
  changes: [],
  confirmedAt: at(11, 31),
  gone: false,
};

const NONE_CLOSED = { reversed: 0, suspended: 0, withdrawn: 0 };
const item = (
  n: number,
  kind: SyncItem['kind'],
  client: string,
  letter: string,
  amountMinor: number,
  standing: SyncItem['standing'],
  reason: SyncItem['reason'],
  detail: string | null = null,
): SyncItem => ({
  commandId: id(7000 + n),
  sequence: n,
  kind,
  clientName: client,
  accountNo: '000000488',
  receiptNumber: `KTL-02-261120-${String(n).padStart(4, '0')}-${letter}`,
  line: null,
  amountMinor,
  feeMinor: 0,
  currency: KES,
  recordedBy: 'achieng',
  businessDate: DAY,
  recordedAt: at(12, 20),
  standing,
  reason,
  reasonDetail: detail,
  attempts: standing === 'savedHere' ? 0 : 1,
  submission: 1,
  nextAttemptAt: reason === 'backingOff' ? at(12, 53) : null,
  serverTransactionId: null,
  exceptionId: standing === 'needsYou' ? id(600) : null,
  clientId: id(1),
  groupId: null,
  waitsFor: [],
  becomes: null,
  editable: {},
  mayChange: false,
  heldFor: null,
});

const sending: readonly SyncItem[] = [
  item(
    46,
    'savingsWithdrawal',
    'Joseph Simiyu Barasa',
    'D',
    -300_000,
    'needsYou',
    'refused',
    'error.msg.savingsaccount.transaction.insufficient.account.balance',
  ),
  item(47, 'loanRepayment', 'Janet Khisa', 'B', 420_000, 'sent', 'sentWaitingForAnswer'),
  item(48, 'savingsDeposit', 'Esther Nafula', '9', 150_000, 'sent', 'lookingItUp'),
  item(49, 'loanRepayment', 'Moses Wekesa', '7', 590_000, 'savedHere', 'nextToGo'),
  item(50, 'savingsWithdrawal', 'Joseph Simiyu Barasa', 'L', -150_000, 'savedHere', 'sameAccountNeedsYou', 'KTL-02-261120-0046-D'),
  item(51, 'savingsDeposit', 'Marysella Wafula Naliaka', 'J', 50_000, 'savedHere', 'backingOff'),
];
const waiting: readonly SyncItem[] = sending.map((entry) => ({
  ...entry,
  standing: 'savedHere' as const,
  reason: 'offlineDeclared' as const,
  reasonDetail: null,
  exceptionId: null,
}));

const inDrawer = { takenMinor: 21_225_000, paidMinor: 19_450_000, expectedMinor: 4_775_000 };
/** As its holder sees it before the count. */
const drawer: DrawerView = {
  drawerId: id(2),
  name: '2',
  businessDate: DAY,
  openedBy: 'Achieng Odhiambo',
  openedAt: at(8, 2),
  closedAt: null,
  currency: KES,
  openingMinor: 3_000_000,
  takenMinor: null,
  paidMinor: null,
  expectedMinor: null,
  counts: [],
  mayRecount: true,
  countedMinor: null,
  differenceMinor: null,
  receipts: 93,
};

const caseTimeline = [
  { at: at(11, 31), what: 'confirmed', detail: '5,200.00', by: null },
  { at: at(12, 20), what: 'recorded', detail: null, by: 'Achieng Odhiambo' },
  { at: at(12, 51), what: 'sending', detail: null, by: null },
  { at: at(12, 51), what: 'rejected', detail: 'error.msg.savingsaccount.transaction.insufficient.account.balance', by: null },
];

const caseView: ExceptionView = {
  exceptionId: id(600),
  kind: 'refused',
  item: sending[0] ?? item(46, 'savingsWithdrawal', 'Joseph Simiyu Barasa', 'D', -300_000, 'needsYou', 'refused'),
  receiptId: id(9046),
  casesOfReceipt: 1,
  clientId: id(1),
  openedAt: at(12, 51),
  serverCode: 'error.msg.savingsaccount.transaction.insufficient.account.balance',
  serverMessage: 'Insufficient account balance.',
  believed: {
    at: at(12, 20),
    ledgerMinor: 520_000,
    heldMinor: 0,
    availableMinor: 520_000,
    outstandingMinor: null,
    effectMinor: -300_000,
    feeMinor: 0,
    wouldLeaveMinor: 220_000,
    status: 'active',
    facts: {},
  },
  answered: {
    at: at(12, 51),
    ledgerMinor: 170_000,
    heldMinor: 0,
    availableMinor: 170_000,
    outstandingMinor: null,
    effectMinor: -300_000,
    feeMinor: 0,
    wouldLeaveMinor: -130_000,
    status: 'active',
    facts: {},
  },
  waitingBehind: sending.slice(4, 5),
  timeline: caseTimeline,
  choices: [
    { resolution: 'resubmit', possible: true, whyNot: null },
    { resolution: 'reverse', possible: true, whyNot: null },
    { resolution: 'suspend', possible: true, whyNot: null },
    { resolution: 'recognise', possible: false, whyNot: 'resolution.noCandidate' },
  ],
  fields: [],
  changedThere: null,
  existing: [],
  candidates: [],
  unseenThere: [{ serverTransactionId: 4709, what: 'withdrawal', businessDate: '2026-11-20', amountMinor: -500_000, receiptNumber: null }],
  drawer: { name: '1', holder: 'Achieng Odhiambo', isMine: false },
  agreed: null,
  maker: 'Achieng Odhiambo',
  makerIsMe: false,
  mayClose: [],
  reference: null,
  mayGoOnOpenDay: false,
  earlier: null,
  closed: null,
  recoverable: false,
  closedAs: null,
};

/** The client had brought the money back, and then head office posted the withdrawal all the same. */
const postedAfterAll: ExceptionView = {
  ...caseView,
  exceptionId: id(603),
  kind: 'postedAfterAll',
  serverCode: 'headOffice.postedAfterAll',
  serverMessage: null,
  choices: [
    { resolution: 'resubmit', possible: false, whyNot: 'resolution.alreadyPosted' },
    { resolution: 'reverse', possible: false, whyNot: 'resolution.alreadyPosted' },
    { resolution: 'suspend', possible: false, whyNot: 'resolution.alreadyPosted' },
    { resolution: 'recognise', possible: true, whyNot: null },
  ],
  candidates: [{ serverTransactionId: 4711, what: 'withdrawal', businessDate: '2026-11-20', amountMinor: -300_000, receiptNumber: null }],
  unseenThere: [],
  earlier: { resolution: 'reverse', by: 'Grace Wanjiru', at: at(13, 2), reason: 'Joseph brought it back' },
};

type Turning = 'turnOptions' | 'activate' | 'close' | 'reject' | 'withdrawRegistration' | 'reopen' | 'assignStaff';

type DeskVerbs = {
  clients: Pick<BranchApi['clients'], 'list' | 'listNarrowings' | 'show' | 'listHistory' | 'refresh' | 'addNote' | Turning>;
  groups: BranchApi['groups'];
  centers: BranchApi['centers'];
  loans: Pick<BranchApi['loans'], 'list' | 'show'>;
  savings: Pick<BranchApi['savings'], 'show' | 'previewWithdrawal' | 'transfer'>;
  decide: BranchApi['decide'];
  cash: Pick<BranchApi['cash'], 'showDay' | 'countDrawer' | 'closeDrawer' | 'closeDay' | 'closeDayInError'>;
  sync: BranchApi['sync'];
  exceptions: BranchApi['exceptions'];
  headOffice: BranchApi['headOffice'];
  practice: BranchApi['practice'];
};

export interface FakeDesks extends DeskVerbs {
  /** What was asked of the branch, in order: "exceptions.resolve" and its input. */
  readonly asked: { readonly method: string; readonly input: unknown }[];
  readonly drawer: DrawerView;
}

export function fakeDesks(first: DeskWeather = 'sending'): FakeDesks {
  let weather = first;
  let lineCut = false;
  let resolved: Resolution | null = null;
  let prepared = false;
  const asked: { method: string; input: unknown }[] = [];

  const openCases = (): ExceptionView[] =>
    weather === 'sending' && resolved === null ? [caseView, { ...caseView, exceptionId: id(601), makerIsMe: true }, postedAfterAll] : [];
  const closedCases = (): ExceptionView[] => [
    {
      ...caseView,
      exceptionId: id(602),
      closed: {
        resolution: resolved ?? 'suspend',
        by: 'Grace Wanjiru',
        at: at(13, 2),
        reason: 'Joseph agreed to repay on Friday 27 November',
      },
      closedAs: 'suspended',
    },
  ];
  const unfinished = (): readonly SyncItem[] =>
    weather === 'clean'
      ? []
      : weather === 'offline'
        ? waiting
        : weather === 'signIn'
          ? waiting.map((entry) => ({ ...entry, reason: 'makerMustSignIn' as const, reasonDetail: 'Achieng Odhiambo' }))
          : sending;
  const status: () => Extract<Awaited<ReturnType<BranchApi['sync']['showStatus']>>, { ok: true }>['value'] = () => ({
    sentence: lineCut
      ? 'practiceLineCut'
      : weather === 'offline'
        ? 'offlineDeclared'
        : weather === 'clean'
          ? 'good'
          : weather === 'signIn'
            ? 'signInNeeded'
            : 'sending',
    line: weather === 'offline' || lineCut ? 'down' : 'up',
    lineSince: at(12, 49),
    trouble: null,
    headOffice: weather === 'offline' ? 'unknown' : 'answering',
    signIn: weather === 'signIn' ? 'needed' : 'good',
    signInNeededFor: weather === 'signIn' ? ['Achieng Odhiambo'] : [],
    offlineDeclared: weather === 'offline' ? { by: 'Grace Wanjiru', at: at(11, 42) } : null,
    confirmedAt: at(11, 31),
    counts:
      weather === 'clean'
        ? { savedHere: 0, sent: 0, confirmedToday: 71, needsYou: 0, closedToday: NONE_CLOSED }
        : weather === 'offline'
          ? { savedHere: 6, sent: 0, confirmedToday: 0, needsYou: 0, closedToday: NONE_CLOSED }
          : { savedHere: 11, sent: 2, confirmedToday: 9, needsYou: 1, closedToday: NONE_CLOSED },
    oldestWaitingAt: weather === 'clean' ? null : at(11, 44),
    progress: weather === 'sending' ? { phase: 'sending', done: 9, total: 23, startedAt: at(12, 50) } : null,
    lastFinishedAt: at(13, 2),
    markers: 'strong',
    now: at(12, 52),
  });

  return {
    asked,
    drawer,
    clients: {
      list: ({ show, offset, most }) =>
        Promise.resolve(
          ok({
            rows: Array.from({ length: Math.min(most ?? 100, 420 - (offset ?? 0)) }, (_, index) => fakeClientRow((offset ?? 0) + index)),
            total: show === 'unfinished' ? 1 : 420,
          }),
        ),
      listNarrowings: () => Promise.resolve(ok({ staff: [], groups: [], statuses: ['active'] })),
      show: () => Promise.resolve(ok(fakeClientPage)),
      listHistory: ({ accountId }) => {
        const lines = history.filter((line) => accountId === undefined || line.accountId === accountId);
        return Promise.resolve(ok({ lines, total: lines.length }));
      },
      addNote: (input) => {
        asked.push({ method: 'clients.addNote', input });
        const { notes } = fakeClientPage;
        return Promise.resolve(ok({ ...notes[0]!, commandId: id(7062), text: input.text, replayed: false }));
      },
      turnOptions: () =>
        Promise.resolve(
          ok({
            turns: [
              { what: 'serve' as const, whyNot: null },
              { what: 'close' as const, whyNot: 'client.accountsOpen' as const },
            ],
            reasons: { close: [], reject: [], withdraw: [] },
            staff: [{ serverId: 4, name: 'Peter Barasa' }],
            status: 'active' as const,
            staffName: 'Peter Barasa',
          }),
        ),
      activate: () => Promise.resolve(ok({ commandId: id(7066), replayed: false })),
      close: () => Promise.resolve(ok({ commandId: id(7067), replayed: false })),
      reject: () => Promise.resolve(ok({ commandId: id(7068), replayed: false })),
      withdrawRegistration: () => Promise.resolve(ok({ commandId: id(7069), replayed: false })),
      reopen: () => Promise.resolve(ok({ commandId: id(7070), replayed: false })),
      assignStaff: () => Promise.resolve(ok({ commandId: id(7071), replayed: false })),
      refresh: () =>
        Promise.resolve(weather === 'offline' ? refuse({ code: 'headOffice.unreachable' as const }) : ok({ confirmedAt: at(12, 52) })),
    },
    centers: {
      registrationOptions: () =>
        Promise.resolve(ok({ staff: [{ serverId: 4, name: 'Peter Barasa' }], nextNumber: 'C-KDU-01-0005-3', today: '2026-07-14' })),
      register: () => Promise.resolve(ok({ centerId: id(900), localNumber: 'C-KDU-01-0005-3', replayed: false })),
      list: () =>
        Promise.resolve(
          ok({
            rows: ['Soko Kuu', 'Uwanja wa shule'].map((name, index) => ({
              centerId: id(900 + index),
              name,
              groups: 3 - index,
              members: 24 - index * 9,
              behind: index === 0 ? 2 : 0,
              staffName: index === 0 ? 'Peter Barasa' : null,
              status: index === 0 ? ('active' as const) : ('pending' as const),
              registration: index === 1 ? ('savedHere' as const) : null,
            })),
            total: 2,
          }),
        ),
      show: () =>
        Promise.resolve(
          ok({
            centerId: id(900),
            name: 'Soko Kuu',
            accountNo: '000000041',
            numbers: { local: 'C-KDU-01-0002-9', headOffice: '000000041' },
            registration: null,
            externalId: null,
            staffName: 'Peter Barasa',
            status: 'active' as const,
            groups: ['Soko Mjinga self-help group', 'Umoja group 2'].map((name, index) => ({
              groupId: id(800 + index),
              name,
              accountNo: `00000000${String(8 + index)}`,
              status: 'active' as const,
              members: Array.from({ length: 6 }, (_, at) => fakeClientRow(index * 6 + at)),
            })),
          }),
        ),
    },
    groups: {
      registrationOptions: () =>
        Promise.resolve(ok({ staff: [{ serverId: 4, name: 'Peter Barasa' }], nextNumber: 'G-KDU-01-0004-7', today: '2026-07-14' })),
      register: () => Promise.resolve(ok({ groupId: id(800), localNumber: 'G-KDU-01-0004-7', replayed: false })),
      addMember: () => Promise.resolve(ok({ commandId: id(7063), replayed: false })),
      removeMember: () => Promise.resolve(ok({ commandId: id(7064), replayed: false })),
      giveRole: () => Promise.resolve(ok({ commandId: id(7069), replayed: false })),
      takeRole: () => Promise.resolve(ok({ commandId: id(7070), replayed: false })),
      refresh: () => Promise.resolve(ok({ confirmedAt: at(12, 52) })),
      activate: () => Promise.resolve(ok({ commandId: id(7065), replayed: false })),
      turnOptions: () =>
        Promise.resolve(
          ok({
            turns: [
              { what: 'rename' as const, whyNot: null },
              { what: 'renumber' as const, whyNot: null },
              { what: 'activate' as const, whyNot: 'group.alreadyActive' as const },
              { what: 'serve' as const, whyNot: null },
              { what: 'close' as const, whyNot: 'group.membersLeft' as const },
            ],
            reasons: [{ serverId: 7, name: 'Broken up' }],
            staff: [{ serverId: 4, name: 'Peter Barasa' }],
            staffName: 'Peter Barasa',
            name: 'Soko Mjinga self-help group',
            externalId: 'SM-0417',
          }),
        ),
      rename: () => Promise.resolve(ok({ commandId: id(7068), replayed: false })),
      renumber: () => Promise.resolve(ok({ commandId: id(7072), replayed: false })),
      assignStaff: () => Promise.resolve(ok({ commandId: id(7066), replayed: false })),
      close: () => Promise.resolve(ok({ commandId: id(7067), replayed: false })),
      list: () =>
        Promise.resolve(
          ok({
            rows: Array.from({ length: 30 }, (_, index) => ({
              groupId: id(800 + index),
              name: `${['Soko Mjinga', 'Umoja', 'Nyota', 'Maendeleo'][index % 4] ?? ''} group ${String(index + 1)}`,
              members: 8 + (index % 7),
              behind: index % 3,
              staffName: index % 4 === 3 ? null : 'Peter Barasa',
              status: index % 9 === 8 ? ('pending' as const) : ('active' as const),
              registration: index === 1 ? ('savedHere' as const) : null,
            })),
            total: 30,
          }),
        ),
      show: () =>
        Promise.resolve(
          ok({
            groupId: id(800),
            name: 'Soko Mjinga self-help group',
            externalId: 'SM-0417',
            accountNo: '000000008',
            numbers: { local: 'G-KDU-01-0003-4', headOffice: '000000008' },
            registration: null,
            staffName: 'Peter Barasa',
            status: 'active' as const,
            center: { centerId: id(900), name: 'Soko Kuu' },
            loans: [],
            joining: [],
            roles: [
              { clientId: id(0), displayName: NAMES[0] ?? '', role: 'Leader', standing: null },
              { clientId: id(3), displayName: NAMES[3] ?? '', role: 'Treasurer', standing: 'savedHere' as const },
            ],
            roleOptions: ['Leader', 'Secretary', 'Treasurer'].map((name, index) => ({ serverId: 26 + index, name })),
            rolesWhyNot: null,
            readAt: Date.parse('2026-11-20T08:12:00Z'),
            changes: [],
            members: Array.from({ length: 12 }, (_, index) => fakeClientRow(index)),
            savings: [fakeSavings],
          }),
        ),
      listHistory: () => Promise.resolve(ok({ lines: [], total: 0 })),
    },
    decide: {
      list: () => Promise.resolve(ok({ rows: [], more: false })),
      count: () => Promise.resolve(ok({ mine: 0, all: 0 })),
    },
    loans: {
      list: ({ offset, most }) =>
        Promise.resolve(
          ok({
            rows: Array.from({ length: Math.min(most ?? 100, 350 - (offset ?? 0)) }, (_, index) => ({
              loanId: id(391 + index),
              clientId: id(index),
              groupId: null,
              clientName: NAMES[index % NAMES.length] ?? '',
              accountNo: String(391 + index).padStart(9, '0'),
              productName: 'Market Trader loan',
              currency: KES,
              status: 'active' as const,
              principalMinor: 6_000_000,
              outstandingMinor: 4_385_000,
              overdueMinor: index % 3 === 0 ? 255_000 : 0,
              daysBehind: index % 3 === 0 ? 29 : 0,
              nextDueDate: '2026-11-22',
              nextDueMinor: 590_000,
              unfinishedCount: index === 2 ? 1 : 0,
            })),
            total: 350,
            overdueMinor: 100_430_000,
            outstandingMinor: 984_250_000,
          }),
        ),
      show: () =>
        Promise.resolve(ok({ loan: fakeLoan, barred: [], history: history.filter((line) => line.accountKind === 'loan'), decisions: [] })),
    },
    savings: {
      show: () =>
        Promise.resolve(
          ok({
            savings: fakeSavings,
            barred: [],
            history: history.filter((line) => line.accountKind === 'savings'),
            decisions: [],
            holds: [],
            holdableMinor: 648_000,
            opening: null,
          }),
        ),
      previewWithdrawal: ({ amountMinor }) => {
        const refused = amountMinor > fakeSavings.availableMinor;
        return Promise.resolve(
          ok({
            amountMinor,
            verdict: refused ? ('refused' as const) : ('may' as const),
            code: refused ? 'withdrawal.exceedsAvailable' : null,
            availableBeforeMinor: fakeSavings.availableMinor,
            availableAfterMinor: fakeSavings.availableMinor - amountMinor,
            ledgerAfterMinor: fakeSavings.ledgerMinor - amountMinor,
            approvers: [],
            fee: null,
            alone: { minor: fakeSavings.availableMinor, rule: 'balance' as const },
            agreed: { minor: fakeSavings.availableMinor, rule: 'balance' as const },
            unsent: { count: 0, minor: 0 },
            balanceAgeMs: 60_000,
            confirmedAt: fakeSavings.confirmedAt,
          }),
        );
      },
      transfer: (input) => {
        asked.push({ method: 'savings.transfer', input });
        const { fromSavingsId, toSavingsId, amountMinor } = input;
        const made = { commandId: id(7063), fromSavingsId, toSavingsId, amountMinor, businessDate: DAY, recordedAt: at(12, 50) };
        return Promise.resolve(ok({ ...made, standing: 'savedHere' as const, replayed: false }));
      },
    },
    cash: {
      showDay: () =>
        Promise.resolve(
          ok({
            businessDate: DAY,
            open: true,
            openedAt: at(8, 2),
            openedBy: 'Achieng Odhiambo',
            calendarDate: DAY,
            wrongDay: null,
            reopened: null,
            mayReopen: false,
            lateDate: null,
            drawers: [
              { ...drawer, ...inDrawer },
              {
                ...drawer,
                ...inDrawer,
                mayRecount: false,
                drawerId: id(3),
                name: '1',
                openedBy: 'Daniel Kiptoo',
                closedAt: at(13, 10),
                expectedMinor: 6_605_000,
                countedMinor: 6_600_000,
                differenceMinor: -5_000,
                receipts: 40,
              },
            ],
            receipts: 84,
            byKind: [
              { kind: 'loanRepayment', count: 41, amountMinor: 14_835_000 },
              { kind: 'savingsDeposit', count: 29, amountMinor: 6_170_000 },
              { kind: 'savingsWithdrawal', count: 14, amountMinor: -6_450_000 },
            ],
            byStanding: [
              { standing: 'confirmed', count: 71, amountMinor: 12_000_000 },
              { standing: 'sent', count: 2, amountMinor: 570_000 },
              { standing: 'savedHere', count: 10, amountMinor: 2_285_000 },
              { standing: 'needsYou', count: 1, amountMinor: -300_000 },
            ],
            firstReceipt: 'KTL-02-261120-0001-Q',
            lastReceipt: 'KTL-02-261120-0093-T',
            headHash: '9e2d77b1a60c4f18b70a2c5d8e93f6410d5c7e28',
          }),
        ),
      countDrawer: (input) => {
        asked.push({ method: 'cash.countDrawer', input });
        const differenceMinor = input.countedMinor - inDrawer.expectedMinor;
        const counts = [{ countedMinor: input.countedMinor, differenceMinor, at: at(16, 38) }];
        // A first count that differs is told nothing; that it holds is the second.
        if (differenceMinor !== 0 && input.holds !== true)
          return Promise.resolve(ok({ ...drawer, counts: counts.map((each) => ({ ...each, differenceMinor: null })), mayRecount: true }));
        return Promise.resolve(ok({ ...drawer, ...inDrawer, counts, mayRecount: false }));
      },
      closeDrawer: (input) => {
        asked.push({ method: 'cash.closeDrawer', input });
        const differenceMinor = input.countedMinor - inDrawer.expectedMinor;
        if (differenceMinor !== 0 && (input.reason ?? '') === '')
          return Promise.resolve(refuse({ code: 'drawer.differenceNeedsReason' as const, facts: { differenceMinor } }));
        return Promise.resolve(
          ok({ ...drawer, ...inDrawer, mayRecount: false, closedAt: at(16, 40), countedMinor: input.countedMinor, differenceMinor }),
        );
      },
      closeDayInError: (input) => {
        asked.push({ method: 'cash.closeDayInError', input });
        return Promise.resolve(ok({ businessDate: input.businessDate }));
      },
      closeDay: () => Promise.resolve(refuse({ code: 'businessDay.drawersOpen' as const, facts: { open: 1 } })),
    },
    sync: {
      showStatus: () => Promise.resolve(ok(status())),
      showDesk: () =>
        Promise.resolve(
          ok({
            status: status(),
            byKind:
              weather === 'clean'
                ? []
                : weather === 'offline'
                  ? [
                      {
                        kind: 'loanRepayment',
                        count: 2,
                        amountMinor: 1_010_000,
                        confirmed: 0,
                        sent: 0,
                        savedHere: 2,
                        needsYou: 0,
                        ...NONE_CLOSED,
                      },
                      {
                        kind: 'savingsDeposit',
                        count: 2,
                        amountMinor: 200_000,
                        confirmed: 0,
                        sent: 0,
                        savedHere: 2,
                        needsYou: 0,
                        ...NONE_CLOSED,
                      },
                      {
                        kind: 'savingsWithdrawal',
                        count: 2,
                        amountMinor: -450_000,
                        confirmed: 0,
                        sent: 0,
                        savedHere: 2,
                        needsYou: 0,
                        ...NONE_CLOSED,
                      },
                    ]
                  : [
                      {
                        kind: 'loanRepayment',
                        count: 10,
                        amountMinor: 5_830_000,
                        confirmed: 6,
                        sent: 1,
                        savedHere: 3,
                        needsYou: 0,
                        ...NONE_CLOSED,
                      },
                      {
                        kind: 'savingsDeposit',
                        count: 11,
                        amountMinor: 1_420_000,
                        confirmed: 3,
                        sent: 1,
                        savedHere: 7,
                        needsYou: 0,
                        ...NONE_CLOSED,
                      },
                      {
                        kind: 'savingsWithdrawal',
                        count: 2,
                        amountMinor: -450_000,
                        confirmed: 0,
                        sent: 0,
                        savedHere: 1,
                        needsYou: 1,
                        ...NONE_CLOSED,
                      },
                    ],
            unfinished: [...unfinished()],
            unfinishedTotal: weather === 'clean' ? 0 : weather === 'offline' ? 6 : 14,
            pulls: [
              { shelf: 'clients', rows: 420, headOfficeCount: 420, pulledAt: at(11, 31) },
              { shelf: 'loans', rows: 350, headOfficeCount: 350, pulledAt: at(11, 31) },
              { shelf: 'savings', rows: 400, headOfficeCount: 401, pulledAt: at(11, 30) },
            ],
            leftOut:
              weather === 'signIn'
                ? [
                    {
                      shelf: 'savings',
                      serverId: 57,
                      place: null,
                      accountNo: '000000057',
                      since: at(9, 10),
                      tries: 3,
                      report: 'Tawi: savings id 57; savings account 57: transactions; since 2026-11-20T09:10:00; tries 3',
                    },
                  ]
                : [],
            lastProof: { at: at(2, 10), equal: true, differences: 0, startedAt: at(2, 0), by: null, books: null },
            comparing: null,
            window: { state: 'used', why: null, difference: null, at: at(2, 10) },
          }),
        ),
      showItem: ({ commandId }) => {
        const found = [...unfinished()].find((entry) => entry.commandId === commandId);
        return Promise.resolve(
          found === undefined ? refuse({ code: 'command.unknown' as const }) : ok({ item: found, timeline: caseTimeline }),
        );
      },
      wake: (input) => {
        asked.push({ method: 'sync.wake', input });
        return Promise.resolve(ok({}));
      },
      compare: (input) => {
        asked.push({ method: 'sync.compare', input });
        return Promise.resolve(ok({}));
      },
      declareOffline: (input) => {
        asked.push({ method: 'sync.declareOffline', input });
        weather = 'offline';
        return Promise.resolve(ok({}));
      },
      endOffline: (input) => {
        asked.push({ method: 'sync.endOffline', input });
        weather = 'sending';
        return Promise.resolve(ok({}));
      },
      decideHeld: (input) => {
        asked.push({ method: 'sync.decideHeld', input });
        return Promise.resolve(ok({}));
      },
      withdrawCommand: (input) => {
        asked.push({ method: 'sync.withdrawCommand', input });
        return Promise.resolve(ok({ withdrawn: 1 }));
      },
      amendCommand: (input) => {
        asked.push({ method: 'sync.amendCommand', input });
        return Promise.resolve(ok({ commandId: id(7061) }));
      },
      releaseCommands: (input) => {
        asked.push({ method: 'sync.releaseCommands', input });
        weather = 'sending';
        return Promise.resolve(ok({ released: 3 }));
      },
    },
    exceptions: {
      list: ({ show }) => Promise.resolve(ok(show === 'closed' ? closedCases() : openCases())),
      show: ({ exceptionId }) =>
        Promise.resolve(ok([...openCases(), ...closedCases()].find((entry) => entry.exceptionId === exceptionId) ?? caseView)),
      askTransactions: () =>
        Promise.resolve(
          ok([4709, 4711].map((serverTransactionId) => ({ serverTransactionId, by: 'bungoma', how: 'Cash', enteredOn: '2026-11-20' }))),
        ),
      resolve: (input) => {
        asked.push({ method: 'exceptions.resolve', input });
        resolved = input.resolution;
        return Promise.resolve(ok({ receiptId: input.resolution === 'reverse' ? id(9099) : null }));
      },
      recover: (input) => {
        asked.push({ method: 'exceptions.recover', input });
        return Promise.resolve(ok({ receiptId: input.resolution === 'reverse' ? id(9099) : null }));
      },
      listSuspense: () =>
        Promise.resolve(
          ok({
            rows: [
              {
                exceptionId: id(602),
                clientName: 'Joseph Simiyu Barasa',
                accountNo: '000000488',
                receiptNumber: 'KTL-02-261113-0012-K',
                currency: KES,
                amountMinor: 300_000,
                since: '2026-11-13',
                ageDays: 7,
                reason: 'Joseph agreed to repay on Friday 27 November',
                by: 'Grace Wanjiru',
                recoverable: true,
                standing: 'confirmed',
              },
              {
                exceptionId: id(603),
                clientName: 'Rose Auma',
                accountNo: '000000512',
                receiptNumber: 'KTL-02-261120-0009-M',
                currency: KES,
                amountMinor: 120_000,
                since: DAY,
                ageDays: 0,
                reason: 'Wrong account was blocked',
                by: 'Grace Wanjiru',
                recoverable: true,
                standing: 'savedHere',
              },
            ],
            totalMinor: 420_000,
          }),
        ),
    },
    headOffice: {
      showPreparation: () =>
        Promise.resolve(
          weather === 'offline'
            ? refuse({ code: 'headOffice.unreachable' as const })
            : ok({
                mode: prepared ? 'strong' : 'weak',
                checkedAt: at(12, 52),
                suspenseAccountId: null,
                items: [
                  {
                    key: 'markerTable',
                    state: prepared ? 'present' : 'missing',
                    name: 'tawi_savings_marker',
                    why: 'markerTable',
                    detail: null,
                  },
                  { key: 'deviceTable', state: prepared ? 'present' : 'missing', name: 'tawi_device', why: 'deviceTable', detail: null },
                  {
                    key: 'suspenseAccount',
                    state: prepared ? 'present' : 'unknown',
                    name: '2.9.1 Branch suspense',
                    why: 'suspenseAccount',
                    detail: null,
                  },
                ],
              }),
        ),
      prepare: (input) => {
        asked.push({ method: 'headOffice.prepare', input });
        prepared = true;
        return Promise.resolve(ok({ created: ['tawi_savings_marker', 'tawi_device'], mode: 'strong' as const }));
      },
      closeWindow: (input) => {
        asked.push({ method: 'headOffice.closeWindow', input });
        return Promise.resolve(ok({ removed: ['Tawi Loans'] }));
      },
      changeZone: (input) => {
        asked.push({ method: 'headOffice.changeZone', input });
        return Promise.resolve(ok({ zone: input.zone, calendarDate: DAY }));
      },
      showInstitution: () =>
        Promise.resolve(
          ok({
            own: KES,
            currencies: [
              { currency: KES, accounts: 16, products: 9 },
              { currency: { code: 'USD', decimals: 2 }, accounts: 2, products: 1 },
              { currency: { code: 'TND', decimals: 3 }, accounts: 0, products: 0 },
            ],
            country: 'KE',
            countrySaid: false,
            countries: ['ES', 'KE', 'TZ', 'UG'],
          }),
        ),
      changeCurrency: (input) => {
        asked.push({ method: 'headOffice.changeCurrency', input });
        return Promise.resolve(
          input.code === 'USD' ? ok({ currency: { code: 'USD', decimals: 2 } }) : refuse({ code: 'currency.unknown' as const }),
        );
      },
      changeCountry: (input) => {
        asked.push({ method: 'headOffice.changeCountry', input });
        return Promise.resolve(ok({ country: input.code }));
      },
      listAccounts: () =>
        Promise.resolve(
          ok([
            { glAccountId: 21, name: 'Branch suspense', glCode: '2.9.1', type: 'LIABILITY' },
            { glAccountId: 11, name: 'Cash at hand', glCode: '1.1.1', type: 'ASSET' },
          ]),
        ),
    },
    practice: {
      show: () => Promise.resolve(ok({ practice: true, lineCut })),
      setLine: (input) => {
        asked.push({ method: 'practice.setLine', input });
        lineCut = input.cut;
        return Promise.resolve(ok({}));
      },
      otherBranchPays: (input) => {
        asked.push({ method: 'practice.otherBranchPays', input });
        return Promise.resolve(ok({}));
      },
    },
  };
}
