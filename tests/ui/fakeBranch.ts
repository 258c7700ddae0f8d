// A branch that lives in memory, for looking at screens: one person, one drawer, a handful of clients, receipts that are numbered. It answers
// the contract's shapes and reckons only what a form must show while typing. Behaviour is tested on the real branch, never here.
import type { BranchApi, BranchEvent } from '../../shared/contract/branchContract.ts';
import type { Found } from '../../shared/contract/clients.ts';
import type { SessionView, StartView } from '../../shared/contract/session.ts';
import type { DrawerView, Receipt, ReceiptLine } from '../../shared/contract/shapes.ts';
import { ok, refuse } from '../../shared/kernel/result.ts';
import type { BranchConnection } from '../../renderer/branch/connection.ts';
import type { DeskWeather } from './fakeDesks.ts';
import { at, fakeClientPage, fakeClientRow, fakeDesks, fakeLoan, fakeSavings } from './fakeDesks.ts';

const KES = { code: 'KES', decimals: 2 } as const;
const PASSWORD = 'practice';
const PERMISSIONS = [
  'client.read',
  'loan.read',
  'savings.read',
  'loan.repayment.take',
  'savings.deposit.take',
  'savings.withdrawal.pay',
  'drawer.open',
  'withdrawal.approve',
  'day.close',
  'offline.declare',
  'offline.end',
  'exception.resolve',
  'headOffice.prepare',
];

const PEOPLE = [
  { username: 'achieng', displayName: 'Achieng Odhiambo', role: 'Cashier', offlineReady: true, waitUntil: null, lockedOut: false },
  { username: 'daniel', displayName: 'Daniel Kiptoo', role: 'Cashier', offlineReady: true, waitUntil: null, lockedOut: false },
  { username: 'peter', displayName: 'Peter Barasa', role: 'Loan officer', offlineReady: false, waitUntil: null, lockedOut: false },
  { username: 'grace', displayName: 'Grace Wanjiru', role: 'Branch manager', offlineReady: true, waitUntil: null, lockedOut: false },
];

export interface FakeStart {
  readonly state?: StartView['state'];
  readonly signedIn?: boolean;
  readonly weather?: DeskWeather;
  readonly drawerOpen?: boolean;
  readonly unclean?: boolean;
  readonly behind?: NonNullable<StartView['start']>['behind'];
  readonly clockDoubt?: boolean;
  readonly practice?: boolean;
}

export interface FakeBranch extends BranchConnection {
  readonly tell: (event: BranchEvent) => void;
  readonly asked: { readonly method: string; readonly input: unknown }[];
}

export function fakeBranch(begin: FakeStart = {}): FakeBranch {
  const listeners = new Set<(event: BranchEvent) => void>();
  const tell = (event: BranchEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const desks = fakeDesks(begin.weather ?? 'offline');
  const drafts = new Map<string, { draftKey: string; body: string; keptAt: number }>();
  const lines: ReceiptLine[] = [];
  let state: StartView['state'] = begin.state ?? 'ready';
  let mine: SessionView | null =
    begin.signedIn === false
      ? null
      : {
          staff: { username: 'achieng', displayName: 'Achieng Odhiambo', role: 'Cashier' },
          permissions: PERMISSIONS,
          checkedOnline: true,
          moneyInOnly: false,
          locked: false,
          signedInAt: at(7, 58),
        };
  let doubt = begin.clockDoubt === true;
  let drawer: DrawerView | null =
    begin.drawerOpen === false
      ? null
      : {
          drawerId: fakeClientRow(90).clientId,
          name: '2',
          businessDate: '2026-11-20',
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
          receipts: 37,
        };

  const onLoans: Partial<Record<Receipt['kind'], true>> = { loanRepayment: true };

  function issue(kind: Receipt['kind'], amountMinor: number, more: Partial<Receipt> = {}): ReceiptLine {
    const number = `KTL-02-261120-${String(34 + lines.length).padStart(4, '0')}-${'HJLNPDFQ'[lines.length % 8] ?? 'D'}`;
    const line: ReceiptLine = {
      receipt: {
        receiptId: fakeClientRow(1000 + lines.length).clientId,
        number,
        kind,
        commandId: fakeClientRow(2000 + lines.length).clientId,
        institution: 'Mavuno Microfinance',
        officeName: 'Kitale branch',
        practice: begin.practice ?? false,
        businessDate: '2026-11-20',
        recordedAt: at(11, 36 + lines.length * 4),
        zone: 'Africa/Nairobi',
        clockDoubt: false,
        clientId: fakeClientPage.client.clientId,
        clientName: fakeClientPage.client.displayName,
        clientAccountNo: '000000214',
        ...(kind in onLoans
          ? { accountKind: 'loan' as const, accountId: fakeLoan.loanId, accountNo: fakeLoan.accountNo, productName: fakeLoan.productName }
          : {
              accountKind: 'savings' as const,
              accountId: fakeSavings.savingsId,
              accountNo: fakeSavings.accountNo,
              productName: fakeSavings.productName,
            }),
        currency: KES,
        amountMinor,
        paymentTypeName: 'Cash',
        cash: true,
        givenMinor: null,
        changeMinor: null,
        allocation: null,
        parts: null,
        fee: null,
        balanceAfterMinor: null,
        nextDueDate: null,
        nextDueMinor: null,
        balancesAsOf: at(11, 31),
        note: '',
        servedBy: 'Achieng Odhiambo',
        agreedBy: null,
        deviceCode: '02',
        previousHash: '0'.repeat(64),
        hash: '9e2d77b1a60c4f18b70a2c5d8e93f6410d5c7e28',
        ...more,
      },
      standing: lines.length === 0 ? 'confirmed' : 'savedHere',
      closedAs: null,
      serverTransactionId: null,
      postings: [{ standing: lines.length === 0 ? 'confirmed' : 'savedHere', closedAs: null, serverTransactionId: null }],
      printedAt: null,
      copies: 0,
      printAskedAt: null,
    };
    lines.unshift(line);
    if (drawer !== null) drawer = { ...drawer, receipts: drawer.receipts + 1 };
    return line;
  }

  issue('savingsWithdrawal', 200_000, { clientName: 'Rose Auma' });
  issue('loanRepayment', 590_000, { clientName: 'Samuel Otieno Were' });
  issue('savingsDeposit', 50_000);
  issue('savingsDeposit', 120_000, { clientName: 'Esther Nafula' });
  if (drawer !== null) drawer = { ...drawer, receipts: 37 };

  function shares(
    amountMinor: number,
  ): { period: number; dueDate: string; part: 'penalty' | 'interest' | 'principal' | 'overpaid'; amountMinor: number }[] {
    const owed: [number, string, 'penalty' | 'interest' | 'principal', number][] = [
      [5, '2026-10-22', 'penalty', 15_000],
      [5, '2026-10-22', 'principal', 240_000],
      [6, '2026-11-22', 'interest', 90_000],
      [6, '2026-11-22', 'principal', 500_000],
      [7, '2026-12-22', 'principal', 3_540_000],
    ];
    let rest = amountMinor;
    const made: { period: number; dueDate: string; part: 'penalty' | 'interest' | 'principal' | 'overpaid'; amountMinor: number }[] = [];
    for (const [period, dueDate, part, most] of owed) {
      const share = Math.min(rest, most);
      if (share > 0) made.push({ period, dueDate, part, amountMinor: share });
      rest -= share;
    }
    if (rest > 0) made.push({ period: 12, dueDate: '2027-05-22', part: 'overpaid', amountMinor: rest });
    return made;
  }
  const sumOf = (amountMinor: number, part: string): number =>
    shares(amountMinor).reduce((sum, line) => (line.part === part ? sum + line.amountMinor : sum), 0);
  const allocation = (amountMinor: number) => ({
    penaltyMinor: sumOf(amountMinor, 'penalty'),
    feeMinor: 0,
    interestMinor: sumOf(amountMinor, 'interest'),
    principalMinor: sumOf(amountMinor, 'principal'),
    overpaidMinor: sumOf(amountMinor, 'overpaid'),
  });
  const later = <T>(value: T): Promise<T> => Promise.resolve(value);

  const start = (): StartView => ({
    state,
    blockedBy: state === 'blocked' ? 'store.corrupt' : null,
    branch:
      state === 'firstRun'
        ? null
        : {
            institution: 'Mavuno Microfinance',
            officeName: 'Kitale branch',
            officeCode: 'KTL',
            deviceCode: '02',
            practice: begin.practice ?? false,
            currency: KES,
            country: 'KE',
            zone: 'Africa/Nairobi',
          },
    people: PEOPLE,
    start: {
      unclean: begin.unclean === true,
      receiptsToday: 37,
      lastReceipt: {
        number: 'KTL-02-261120-0037-F',
        kind: 'savingsDeposit',
        amountMinor: 120_000,
        currency: KES,
        recordedAt: at(11, 53),
        printed: true,
      },
      chainWhole: true,
      unprinted: 0,
      drafts: 1,
      behind: begin.behind ?? null,
    },
    businessDate: '2026-11-20',
    now: at(11, 56),
    lineUp: begin.weather === 'clean',
    trouble: null,
    pull: state === 'pulling' ? { shelf: 'clients', done: 3120, total: 10_400, allDone: 4210, allTotal: 25_320 } : null,
    clockDoubt: doubt ? { kind: 'jumpedAhead', byMs: 47 * 60_000, lastInstant: at(11, 9), needsManager: false } : null,
    dateDoubt: null,
    newCodeNeeded: false,
    anyNumberTwice: false,
    numbersTwice: [],
    keyGuard: null,
    contractVersion: 1,
    practicePassword: begin.practice === true ? PASSWORD : null,
  });

  const found = (text: string): Found[] => {
    const words = text.toLowerCase().split(/\s+/);
    const rows: Found[] = [];
    for (let n = 0; n < 12; n += 1) {
      const client = fakeClientRow(n);
      const name = client.displayName.toLowerCase();
      const matches = words
        .map((word) => [name.indexOf(word), name.indexOf(word) + word.length] as [number, number])
        .filter(([from]) => from >= 0);
      if (matches.length > 0 || client.accountNo.includes(text))
        rows.push({ kind: 'client', client, matches, how: matches.length < words.length ? 'soundsAlike' : 'words' });
    }
    const line = lines[1];
    if (line !== undefined && rows.length > 0) rows.push({ kind: 'receipt', line });
    return rows.slice(0, 9);
  };

  const own = {
    session: {
      showStart: () => later(ok(start())),
      showMine: () => later(ok(mine)),
      openPractice: () => {
        state = 'ready';
        return later(ok({}));
      },
      connectHeadOffice: ({ username, office }: { username: string; office?: number }) => {
        const facts =
          username === 'mifos'
            ? { office: 1, officeName: 'Head Office', institution: 'Head Office' }
            : { office: 2, officeName: 'KITALE BRANCH', institution: 'Head Office' };
        if (office !== facts.office)
          return later(refuse({ code: 'branch.officeUnconfirmed' as const, facts: { ...facts, isHeadOffice: facts.office === 1 } }));
        state = 'ready';
        return later(ok({}));
      },
      signIn: ({ username, password }: { username: string; password: string }) => {
        const person = PEOPLE.find((each) => each.username === username);
        if (person === undefined || password !== PASSWORD) return later(refuse({ code: 'signIn.wrong' as const }));
        mine = { staff: person, permissions: PERMISSIONS, checkedOnline: false, moneyInOnly: false, locked: false, signedInAt: at(7, 58) };
        return later(ok(mine));
      },
      answerClockDoubt: () => {
        doubt = false;
        return later(ok({ doubtStays: false }));
      },
      lock: () => {
        if (mine !== null) mine = { ...mine, locked: true };
        return later(ok({}));
      },
      unlock: ({ password }: { password: string }) => {
        if (mine === null || password !== PASSWORD) return later(refuse({ code: 'signIn.wrong' as const }));
        mine = { ...mine, locked: false };
        return later(ok(mine));
      },
      signOut: () => {
        mine = null;
        return later(ok({}));
      },
      unlockStaff: () => later(ok({})),
    },
    clients: { find: ({ text }: { text: string }) => later(ok({ found: found(text), more: false })) },
    loans: {
      previewRepayment: ({ amountMinor }: { amountMinor: number }) =>
        later(
          ok({
            amountMinor,
            allocation: allocation(amountMinor),
            lines: shares(amountMinor),
            outstandingBeforeMinor: 4_385_000,
            outstandingAfterMinor: Math.max(0, 4_385_000 - amountMinor),
            payOff: { minor: 4_385_000, known: 'here', askedAt: null },
            overpaidMinor: Math.max(0, amountMinor - 4_385_000),
            nextDueDate: '2026-12-22',
            nextDueMinor: 590_000,
            reckoned: true,
          }),
        ),
      takeRepayment: ({ amountMinor, paidWith }: { amountMinor: number; paidWith: { givenMinor?: number } }) =>
        later(
          ok(
            issue('loanRepayment', amountMinor, {
              allocation: allocation(amountMinor),
              givenMinor: paidWith.givenMinor ?? null,
              changeMinor: (paidWith.givenMinor ?? amountMinor) - amountMinor,
              balanceAfterMinor: 4_385_000 - amountMinor,
              nextDueDate: '2026-12-22',
              nextDueMinor: 590_000,
            }),
          ),
        ),
    },
    savings: {
      takeDeposit: ({ amountMinor, paidWith }: { amountMinor: number; paidWith: { givenMinor?: number } }) =>
        later(
          ok(
            issue('savingsDeposit', amountMinor, {
              givenMinor: paidWith.givenMinor ?? null,
              changeMinor: (paidWith.givenMinor ?? amountMinor) - amountMinor,
              balanceAfterMinor: fakeSavings.ledgerMinor + amountMinor,
            }),
          ),
        ),
      previewWithdrawal: ({ amountMinor }: { amountMinor: number }) =>
        later(
          ok({
            amountMinor,
            verdict:
              amountMinor > fakeSavings.availableMinor
                ? ('refused' as const)
                : amountMinor > 300_000
                  ? ('needsManager' as const)
                  : ('may' as const),
            code: amountMinor > fakeSavings.availableMinor ? 'withdrawal.exceedsAvailable' : null,
            availableBeforeMinor: fakeSavings.availableMinor,
            availableAfterMinor: fakeSavings.availableMinor - amountMinor,
            ledgerAfterMinor: fakeSavings.ledgerMinor - amountMinor,
            approvers: [{ username: 'grace', displayName: 'Grace Wanjiru', role: 'Branch manager' }],
            fee: null,
            alone: { minor: 300_000, rule: 'once' as const },
            agreed: { minor: fakeSavings.availableMinor, rule: 'balance' as const },
            unsent: { count: 0, minor: 0 },
            balanceAgeMs: 1_500_000,
            confirmedAt: at(11, 31),
          }),
        ),
      payWithdrawal: ({ amountMinor, approval }: { amountMinor: number; approval?: { password: string } }) => {
        if (amountMinor > 300_000 && approval === undefined) return later(refuse({ code: 'withdrawal.needsManager' as const }));
        if (approval !== undefined && approval.password !== PASSWORD) return later(refuse({ code: 'approval.wrongPassword' as const }));
        return later(ok(issue('savingsWithdrawal', amountMinor, { balanceAfterMinor: fakeSavings.ledgerMinor - amountMinor })));
      },
    },
    cash: {
      showDrawer: () => later(ok(drawer)),
      checkOpening: () => later(ok({ businessDate: '2026-11-20', closedDay: null })),
      openDrawer: ({ openingMinor }: { openingMinor: number }) => {
        drawer = {
          drawerId: fakeClientRow(91).clientId,
          name: '2',
          businessDate: '2026-11-20',
          openedBy: 'Achieng Odhiambo',
          openedAt: at(8, 2),
          closedAt: null,
          currency: KES,
          openingMinor,
          takenMinor: null,
          paidMinor: null,
          expectedMinor: null,
          counts: [],
          mayRecount: true,
          countedMinor: null,
          differenceMinor: null,
          receipts: 0,
        };
        tell({ what: 'drawer.changed' });
        return later(ok(drawer));
      },
      listPaymentTypes: () =>
        later(
          ok([
            { paymentTypeId: 1, name: 'Cash', cash: true },
            { paymentTypeId: 2, name: 'Mobile money', cash: false },
            { paymentTypeId: 3, name: 'Cheque', cash: false },
          ]),
        ),
    },
    receipts: {
      list: () => later(ok({ lines, total: lines.length })),
      show: ({ receiptId }: { receiptId: string }) => {
        const line = lines.find((each) => each.receipt.receiptId === receiptId);
        return later(line === undefined ? refuse({ code: 'receipt.unknown' as const }) : ok(line));
      },
      markPrinted: ({ receiptId, what = 'cameOut' }: { receiptId: string; what?: 'asked' | 'cameOut' | 'didNot' }) => {
        const index = lines.findIndex((each) => each.receipt.receiptId === receiptId);
        const line = lines[index];
        if (line === undefined) return later(refuse({ code: 'receipt.unknown' as const }));
        const came = { printedAt: line.printedAt ?? at(11, 58), copies: line.printedAt === null ? 0 : line.copies + 1 };
        const printed = { ...line, ...(what === 'cameOut' ? came : {}), printAskedAt: what === 'asked' ? at(11, 58) : null };
        lines[index] = printed;
        return later(ok(printed));
      },
    },
    printers: {
      show: () => later(ok({ printers: null, jobs: [], jobsInAll: 0 })),
      print: () => later(refuse({ code: 'printer.none' as const })),
    },
    drafts: {
      keep: ({ draftKey, body }: { draftKey: string; body: string }) => {
        drafts.set(draftKey, { draftKey, body, keptAt: at(11, 55) });
        return later(ok({ keptAt: at(11, 55) }));
      },
      show: ({ draftKey }: { draftKey: string }) => later(ok(drafts.get(draftKey) ?? null)),
      list: () => later(ok([...drafts.values()])),
      discard: ({ draftKey }: { draftKey: string }) => {
        drafts.delete(draftKey);
        return later(ok({}));
      },
    },
  };

  const nouns = desks as unknown as Record<string, Record<string, unknown>>;
  const api = Object.fromEntries(
    [...new Set([...Object.keys(own), 'groups', 'centers', 'sync', 'exceptions', 'headOffice', 'practice'])].map((noun) => [
      noun,
      { ...nouns[noun], ...(own as Record<string, Record<string, unknown>>)[noun] },
    ]),
  ) as unknown as BranchApi;

  return {
    api,
    asked: desks.asked,
    tell,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
