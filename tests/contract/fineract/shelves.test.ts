// Decoders against head offices of other versions and other moods: what may be missing is missing, what is unknown is 'other', and what cannot
// be understood is left out by name. No row is ever skipped in silence.

import { describe, expect, it } from 'vitest';
import type { HttpReply, HttpRequest } from '../../../electron/fineract/http.ts';
import type { Answer, HeadOffice, ListPage, PulledClient, PulledLoan, PulledSavings, Trouble } from '../../../electron/ports/headOffice.ts';
import { answered, batchOf, globalError, notFound, scripted, teller } from './scripted.ts';

const PORTAL = answered(200, '<html>Welcome to Airport WiFi</html>', { 'content-type': 'text/html; charset=utf-8' });

function valueOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(JSON.stringify(answer.trouble));
  return answer.value;
}

const KES = { code: 'KES', name: 'Kenyan Shilling', decimalPlaces: 2 };
const loan = { id: 21, accountNo: '000021', status: { id: 300 }, currency: KES, principal: 12_000, summary: {} };
const savings = { id: 57, accountNo: '000057', status: { id: 300 }, currency: KES, summary: {} };

async function loanOf(body: unknown): Promise<PulledLoan> {
  const pulled = valueOf(
    await scripted({ 'POST /batches?enclosingTransaction=false': batchOf({ body }) }).headOffice.readShelf('loans', [21], teller),
  );
  return pulled.rows[0]!;
}

async function savingsOf(body: unknown): Promise<PulledSavings> {
  // An account without transactions may have been cut short, and is read once more by itself.
  const answers = { 'POST /batches?enclosingTransaction=false': batchOf({ body }), 'GET /savingsaccounts/57': answered(200, body) };
  const pulled = valueOf(await scripted(answers).headOffice.readShelf('savings', [57], teller));
  return pulled.rows[0]!;
}

describe('loans', () => {
  it('need little to be understood', async () => {
    expect(await loanOf(loan)).toEqual({
      serverId: 21,
      externalId: null,
      accountNo: '000021',
      clientServerId: null,
      groupServerId: null,
      productName: '',
      currency: { code: 'KES', decimals: 2 },
      status: 'active',
      principalMinor: 1_200_000,
      outstandingMinor: 0,
      overpaidMinor: 0,
      strategy: '',
      needsServerReckoning: false,
      periods: [],
      beforePayout: null,
      transactions: [],
    });
  });

  it('say before they are paid out from when, less what, and whether the branch can', async () => {
    const approved = {
      ...loan,
      status: { id: 200 },
      feeChargesAtDisbursementCharged: 250.5,
      multiDisburseLoan: true,
      timeline: { approvedOnDate: [2026, 11, 2], expectedDisbursementDate: [2026, 11, 9] },
    };
    expect((await loanOf(approved)).beforePayout).toEqual({
      approvedOn: '2026-11-02',
      expectedOn: '2026-11-09',
      chargesMinor: 25_050,
      onlyThere: 'tranches',
    });
    expect((await loanOf({ ...approved, status: { id: 300 }, summary: {} })).beforePayout).toBeNull();
  });

  it.each([
    [100, 'submitted'],
    [200, 'approved'],
    [300, 'active'],
    [303, 'other'],
    [400, 'withdrawn'],
    [500, 'rejected'],
    [600, 'closed'],
    [601, 'writtenOff'],
    [602, 'rescheduled'],
    [700, 'overpaid'],
    [999, 'other'],
  ])('status %i is %s', async (id, status) => {
    expect((await loanOf({ ...loan, status: { id } })).status).toBe(status);
  });

  it('take head office’s summary, whatever the instalments say', async () => {
    const period = {
      period: 1,
      dueDate: [2026, 12, 20],
      principalDue: 100,
      principalPaid: 30.5,
      interestDue: 0.07,
      totalPaidForPeriod: 30.5,
    };
    const body = {
      ...loan,
      summary: { totalOutstanding: 9999.99 },
      totalOverpaid: 0,
      repaymentSchedule: { periods: [{ dueDate: [2026, 11, 20], principalDisbursed: 100 }, period] },
    };
    const pulled = await loanOf(body);
    expect(pulled.outstandingMinor).toBe(999_999);
    expect(pulled.periods).toEqual([
      {
        period: 1,
        dueDate: '2026-12-20',
        principalDueMinor: 10_000,
        principalOutstandingMinor: 6950,
        interestDueMinor: 7,
        interestOutstandingMinor: 7,
        feeDueMinor: 0,
        feeOutstandingMinor: 0,
        penaltyDueMinor: 0,
        penaltyOutstandingMinor: 0,
        paidMinor: 3050,
      },
    ]);
  });

  it('read amounts as they are written', async () => {
    const text =
      JSON.stringify(loan).replace('12000', '12000.100000').slice(0, -1) + ',"summary":{"totalOutstanding":0.30000000000000004}}';
    expect(await loanOf(text)).toMatchObject({ principalMinor: 1_200_010, outstandingMinor: 30 });
  });

  it('know which only head office can reckon', async () => {
    expect((await loanOf({ ...loan, isInterestRecalculationEnabled: true })).needsServerReckoning).toBe(true);
    expect((await loanOf({ ...loan, multiDisburseLoan: true })).needsServerReckoning).toBe(true);
  });

  it('keep transactions of types that nobody told us of', async () => {
    const transactions = [
      { id: 9, type: { id: 777 }, date: '2026-11-20', amount: 5 },
      {
        id: 3,
        type: { id: 2 },
        date: [2026, 11, 20],
        amount: 1.5,
        outstandingLoanBalance: 7,
        externalId: 'x',
        paymentDetailData: { receiptNumber: 'R' },
        manuallyReversed: true,
      },
      { id: 4, date: [2026, 1, 1], amount: 2 },
    ];
    expect((await loanOf({ ...loan, transactions })).transactions).toEqual([
      {
        serverTransactionId: 4,
        externalId: null,
        what: 'other',
        businessDate: '2026-01-01',
        amountMinor: 200,
        balanceMinor: null,
        reversed: false,
        receiptNumber: null,
      },
      {
        serverTransactionId: 3,
        externalId: 'x',
        what: 'repayment',
        businessDate: '2026-11-20',
        amountMinor: 150,
        balanceMinor: 700,
        reversed: true,
        receiptNumber: 'R',
      },
      {
        serverTransactionId: 9,
        externalId: null,
        what: 'other',
        businessDate: '2026-11-20',
        amountMinor: 500,
        balanceMinor: null,
        reversed: false,
        receiptNumber: null,
      },
    ]);
  });

  it.each([
    ['no currency', { ...loan, currency: undefined }, 'loan 21: currency'],
    ['no places', { ...loan, currency: { code: 'KES' } }, 'loan 21.currency: decimalPlaces'],
    ['no status', { ...loan, status: undefined }, 'loan 21: status'],
    ['an amount that is none', { ...loan, summary: { totalOutstanding: 'lots' } }, 'loan 21.summary: totalOutstanding'],
    ['a transaction without a date', { ...loan, transactions: [{ id: 1, amount: 1 }] }, 'loan 21.transactions: date'],
    ['an instalment without a date', { ...loan, repaymentSchedule: { periods: [{ period: 2 }] } }, 'period 2 dueDate'],
    ['another loan', { ...loan, id: 22 }, 'loan 21: id'],
  ])('with %s are left out by name', async (_what, body, detail) => {
    const answer = await scripted({ 'POST /batches': batchOf({ body }) }).headOffice.readShelf('loans', [21], teller);
    expect(valueOf(answer)).toEqual({
      rows: [],
      gone: [],
      unreadable: [{ serverId: 21, why: expect.stringContaining(detail) as unknown }],
    });
  });

  it.each([
    ['a word', '"loan"', 'status 200'],
    ['half of it', '{"id":21,', 'status 200'],
  ])('that come as %s are trouble by name', async (_what, body, detail) => {
    const answer = await scripted({ 'POST /batches': batchOf({ body }) }).headOffice.readShelf('loans', [21], teller);
    expect(answer).toEqual({ ok: false, trouble: { kind: 'nonsense', detail: expect.stringContaining(detail) as unknown } });
  });

  it('that nobody can read hold back no other', async () => {
    const reply = batchOf({ body: { ...loan, currency: undefined } }, { body: '{"id":22,' }, { body: { ...loan, id: 23 } });
    expect(valueOf(await scripted({ 'POST /batches': reply }).headOffice.readShelf('loans', [21, 22, 23], teller))).toMatchObject({
      rows: [{ serverId: 23 }],
      gone: [],
      unreadable: [
        { serverId: 21, why: 'loan 21: currency' },
        { serverId: 22, why: 'loans 22: status 200, no content type' },
      ],
    });
  });
});

describe('savings', () => {
  it.each([
    [300, 0, 'active'],
    [300, 100, 'inactive'],
    [300, 200, 'dormant'],
    [300, 400, 'blocked'],
    [300, 500, 'creditBlocked'],
    [300, 600, 'debitBlocked'],
    [300, 999, 'active'],
    [100, 0, 'submitted'],
    [200, 0, 'approved'],
    [600, 400, 'closed'],
    [700, 0, 'closed'],
    [303, 0, 'other'],
  ])('status %i with %i is %s', async (id, sub, status) => {
    expect((await savingsOf({ ...savings, status: { id }, subStatus: { id: sub } })).status).toBe(status);
  });

  it('tell all that stands between the ledger and the money', async () => {
    const body = {
      ...savings,
      clientId: 9,
      savingsProductName: 'Akiba',
      summary: { accountBalance: 1500.25, availableBalance: 1 },
      savingsAmountOnHold: 200,
      onHoldFunds: 50.5,
      enforceMinRequiredBalance: true,
      minRequiredBalance: 100,
      allowOverdraft: true,
      overdraftLimit: 10,
      timeline: { activatedOnDate: [2026, 8, 31] },
      lockinPeriodFrequency: 6,
      lockinPeriodFrequencyType: { id: 2 },
      transactions: [{ id: 1, transactionType: { id: 1 }, date: [2026, 8, 31], amount: 1500.25 }],
    };
    expect(await savingsOf(body)).toMatchObject({
      clientServerId: 9,
      productName: 'Akiba',
      ledgerMinor: 150_025,
      onHoldMinor: 20_000,
      guaranteeHeldMinor: 5050,
      minimumMinor: 10_000,
      overdraftMinor: 1000,
      lockedInUntil: '2027-02-28',
    });
    expect(await savingsOf({ ...body, enforceMinRequiredBalance: false, allowOverdraft: false })).toMatchObject({
      minimumMinor: 0,
      overdraftMinor: 0,
    });
  });

  it('bring the charges that a withdrawal sets off, and no other', async () => {
    const charge = (change: object) => ({
      id: 1,
      chargeTimeType: { id: 5 },
      chargeCalculationType: { id: 1 },
      amount: 20.5,
      percentage: 0,
      isActive: true,
      isFreeWithdrawal: false,
      ...change,
    });
    const charges = [
      charge({}),
      charge({ isFreeWithdrawal: true }),
      charge({ chargeCalculationType: { id: 2 }, amount: undefined, percentage: 1.25 }),
      // A yearly fee, one that was ended, and a calculation for which head office takes nothing at a withdrawal.
      charge({ chargeTimeType: { id: 6 } }),
      charge({ isActive: false }),
      charge({ chargeCalculationType: { id: 4 } }),
    ];
    expect((await savingsOf({ ...savings, charges })).withdrawalCharges).toEqual([
      { kind: 'flat', amountMinor: 2_050, sometimes: false },
      { kind: 'flat', amountMinor: 2_050, sometimes: true },
      { kind: 'share', percentMillionths: 1_250_000, sometimes: false },
    ]);
    expect((await savingsOf(savings)).withdrawalCharges).toEqual([]);
  });

  it('show the balance of the account beside each line, not what was left to draw on, and none beside what was undone', async () => {
    // As recorded: two deposits, a withdrawal undone, holds and releases of which one was undone.
    const rows: readonly (readonly [number, number, readonly number[], number, number, boolean])[] = [
      [75, 1, [2026, 7, 31], 1000, 0, true],
      [77, 1, [2026, 10, 29], 250.25, 250.25, false],
      [78, 2, [2026, 11, 8], 100, 0, true],
      [79, 20, [2026, 11, 28], 10, 240.25, false],
      [80, 20, [2026, 11, 28], 200, 40.25, false],
      [81, 21, [2026, 11, 28], 200, 0, true],
      [82, 21, [2026, 11, 28], 10, 50.25, false],
      [92, 20, [2026, 11, 28], 5, 45.25, false],
      [93, 1, [2026, 11, 28], 5, 50.25, false],
      [94, 2, [2026, 11, 28], 5, 45.25, false],
      [97, 21, [2026, 11, 28], 200, 245.25, false],
    ];
    const transactions = rows.map(([id, type, date, amount, runningBalance, reversed]) => ({
      id,
      transactionType: { id: type },
      date,
      amount,
      runningBalance,
      reversed,
    }));
    const pulled = await savingsOf({ ...savings, summary: { accountBalance: 250.25 }, savingsAmountOnHold: 5, transactions });
    expect(pulled.transactions.map((each) => each.balanceMinor)).toEqual([
      null,
      25_025,
      null,
      25_025,
      25_025,
      null,
      25_025,
      25_025,
      25_525,
      25_025,
      25_025,
    ]);
    // A head office that leaves holds out of the balance is left as it is.
    const without = transactions.slice(1, 5).map((each) => ({ ...each, runningBalance: 250.25 }));
    expect((await savingsOf({ ...savings, transactions: without })).transactions.map((each) => each.balanceMinor)).toEqual([
      25_025,
      null,
      25_025,
      25_025,
    ]);
  });

  // Head office accrues interest under cash accounting as well, and posts an interest of nothing (fineract-observed F12).
  it('an accrual of a loan and an interest of nothing are rows like others, and the balance of an account is not theirs', async () => {
    const accrual = { id: 900, type: { id: 10 }, date: [2026, 11, 2], amount: 12.5, outstandingLoanBalance: 0 };
    const [first] = (await loanOf({ ...loan, transactions: [accrual] })).transactions;
    expect(first).toMatchObject({ what: 'accrual', amountMinor: 1_250, businessDate: '2026-11-02' });
    const nothing = { id: 901, transactionType: { id: 3 }, date: [2026, 11, 30], amount: 0, runningBalance: 250.5 };
    const pulled = await savingsOf({ ...savings, summary: { accountBalance: 250.5 }, transactions: [nothing] });
    expect(pulled.transactions).toMatchObject([{ what: 'interestPosting', amountMinor: 0, balanceMinor: 25_050 }]);
    expect(pulled.ledgerMinor).toBe(25_050);
  });

  it('sign what went out and what came in', async () => {
    const transactions = [1, 2, 3, 4, 17, 20, 21, 555].map((id) => ({
      id: id + 1000,
      transactionType: { id },
      date: [2026, 11, 20],
      amount: 1,
    }));
    const transfer = { id: 5000, transactionType: { id: 12 }, entryType: 'DEBIT', date: [2026, 11, 20], amount: 1 };
    const pulled = await savingsOf({ ...savings, transactions: [...transactions, transfer] });
    expect(pulled.transactions.map((each) => [each.what, each.amountMinor])).toEqual([
      ['deposit', 100],
      ['withdrawal', -100],
      ['interestPosting', 100],
      ['fee', -100],
      ['overdraftInterest', -100],
      ['hold', -100],
      ['release', 100],
      ['other', 100],
      ['transfer', -100],
    ]);
  });
});

describe('an account that was cut short on the way', () => {
  it.each([
    ['no sums, though it is in use', { ...savings, summary: undefined }, 'savings account 57: summary'],
    ['money in it and no transaction', { ...savings, summary: { accountBalance: 250.5 } }, 'savings account 57: transactions'],
    ['money that went through it and no transaction', { ...savings, summary: { accountBalance: 0, totalDeposits: 10 } }, 'transactions'],
    ['an empty list beside a balance', { ...savings, summary: { accountBalance: 250.5 }, transactions: [] }, 'transactions'],
  ])('is not taken for whole: savings with %s', async (_what, body, detail) => {
    const answers = { 'POST /batches?enclosingTransaction=false': batchOf({ body }), 'GET /savingsaccounts/57': answered(200, body) };
    const answer = await scripted(answers).headOffice.readShelf('savings', [57], teller);
    expect(valueOf(answer)).toMatchObject({
      rows: [],
      gone: [],
      unreadable: [{ serverId: 57, why: expect.stringContaining(detail) as string }],
    });
  });

  it.each([
    ['no sums, though it is in use', { ...loan, summary: undefined }, 'loan 21: summary'],
    ['paid out and no transaction', { ...loan, summary: { principalDisbursed: 12_000 } }, 'loan 21: transactions'],
  ])('is not taken for whole: a loan with %s', async (_what, body, detail) => {
    const answer = await scripted({ 'POST /batches?enclosingTransaction=false': batchOf({ body }) }).headOffice.readShelf(
      'loans',
      [21],
      teller,
    );
    expect(valueOf(answer)).toEqual({ rows: [], gone: [], unreadable: [{ serverId: 21, why: expect.stringContaining(detail) as string }] });
  });

  it('is a whole one where nothing has moved yet', async () => {
    expect((await savingsOf({ ...savings, summary: { accountBalance: 0 } })).transactions).toEqual([]);
  });
});

describe('batches of accounts', () => {
  it('tell gone ones apart from trouble', async () => {
    const gone = { status: 404, body: notFound('error.msg.loan.id.invalid') };
    const pulled = await scripted({ 'POST /batches': batchOf({ body: loan }, gone) }).headOffice.readShelf('loans', [21, 22], teller);
    expect(valueOf(pulled)).toMatchObject({ rows: [{ serverId: 21 }], gone: [22], unreadable: [] });
  });

  it.each<[string, HttpReply, Trouble]>([
    [
      'an item that failed',
      batchOf({ status: 500, body: { Exception: 'x' } }),
      { kind: 'nonsense', detail: 'status 500, no content type' },
    ],
    [
      'an item without a right',
      batchOf({ status: 403, body: globalError(403, 'error.msg.not.authorized', 'error.msg.not.authorized') }),
      { kind: 'refused', status: 403, code: 'error.msg.not.authorized' },
    ],
    ['a 404 of somebody else', batchOf({ status: 404, body: '<html>' }), { kind: 'nonsense', detail: 'status 404, no content type' }],
    ['an item missing', answered(200, []), { kind: 'nonsense', detail: 'loans 21: missing in the batch' }],
    ['no list', answered(200, {}), { kind: 'nonsense', detail: 'status 200, application/json' }],
    ['a portal', PORTAL, { kind: 'nonsense', detail: 'status 200, text/html' }],
    ['no line', { kind: 'neverSent', detail: 'ENOTFOUND' }, { kind: 'unreachable', detail: 'ENOTFOUND' }],
  ])('%s', async (_what, reply, trouble) => {
    expect(await scripted({ 'POST /batches': reply }).headOffice.readShelf('loans', [21], teller)).toEqual({ ok: false, trouble });
  });

  it('fall back to one by one where head office takes no such item', async () => {
    const { headOffice, asked } = scripted({
      'POST /batches': batchOf({ status: 501, body: 'no such strategy' }),
      'GET /savingsaccounts/57?associations=all': answered(200, savings),
    });
    expect(valueOf(await headOffice.readShelf('savings', [57], teller)).rows).toHaveLength(1);
    expect(asked).toHaveLength(2);
  });

  describe('of savings, as a server may answer them', () => {
    const moved = { ...savings, transactions: [{ id: 1, transactionType: { id: 1 }, date: [2026, 11, 20], amount: 5 }] };
    const other = { ...savings, id: 58, accountNo: '000058' };
    const charges = [{ chargeTimeType: { id: 5 }, chargeCalculationType: { id: 1 }, amount: 20 }];
    const alone = { 'GET /savingsaccounts/58?associations=all': answered(200, { ...other, charges }) };

    it('ask the item and the batch for what belongs to an account', async () => {
      const { headOffice, asked } = scripted({ 'POST /batches': batchOf({ body: moved }) });
      await headOffice.readShelf('savings', [57], teller);
      expect(asked.map((request) => request.url)).toEqual(['/batches?enclosingTransaction=false&associations=all']);
      expect(JSON.parse(asked[0]!.body!)).toMatchObject([{ relativeUrl: 'savingsaccounts/57?associations=all&chargeStatus=all' }]);
    });

    it('read an account by itself where the words are refused in a batch', async () => {
      const refusal = globalError(400, 'validation.msg.validation.errors.exist', 'error.msg.query.parameter.value.unsupported');
      const { headOffice, asked } = scripted({ 'POST /batches': batchOf({ body: moved }, { status: 400, body: refusal }), ...alone });
      const { rows } = valueOf(await headOffice.readShelf('savings', [57, 58], teller));
      expect(rows.map((row) => row.serverId)).toEqual([57, 58]);
      expect(asked).toHaveLength(2);
    });

    it('pass no account without movements that may lack its charges', async () => {
      const { headOffice } = scripted({ 'POST /batches': batchOf({ body: other }), ...alone });
      const { rows } = valueOf(await headOffice.readShelf('savings', [58], teller));
      expect(rows[0]?.withdrawalCharges).toHaveLength(1);
    });

    it('read again by itself what shows sums and no transactions', async () => {
      const cut = { ...other, summary: { accountBalance: 5 } };
      const whole = { ...cut, transactions: moved.transactions };
      const { headOffice } = scripted({
        'POST /batches': batchOf({ body: moved }, { body: cut }),
        'GET /savingsaccounts/58?associations=all': answered(200, whole),
      });
      const { rows, unreadable } = valueOf(await headOffice.readShelf('savings', [57, 58], teller));
      expect([rows.length, rows[1]?.transactions.length, unreadable]).toEqual([2, 1, []]);
    });

    it('are not asked in a batch where it was found out that this brings nothing', async () => {
      const { headOffice, asked } = scripted(alone);
      expect(valueOf(await headOffice.readShelf('savings', [58], teller, 'oneByOne')).rows).toHaveLength(1);
      expect(asked).toHaveLength(1);
    });
  });

  describe('of one savings account that is too large for an answer', () => {
    const account = { ...savings, summary: { accountBalance: 600 } };
    const line = (id: number) => ({ id, transactionType: { id: 1 }, date: [2026, 11, 20], amount: 1 });
    const all = Array.from({ length: 1_100 }, (_, index) => line(index + 1));
    const tooLarge: HttpReply = { kind: 'noReply', detail: 'tooLarge' };
    const paged = (rows: readonly unknown[]) => (request: HttpRequest) => {
      const piece = Number(new URL(request.url, 'http://x').searchParams.get('offset'));
      return answered(200, { total: rows.length, content: rows.slice(piece * 500, piece * 500 + 500), pageable: {} });
    };

    it('come in pieces, every line of it', async () => {
      const { headOffice } = scripted({
        'POST /batches': tooLarge,
        'GET /savingsaccounts/57?associations=charges': answered(200, account),
        'GET /savingsaccounts/57/transactions/search': paged(all),
      });
      const { rows } = valueOf(await headOffice.readShelf('savings', [57], teller));
      expect(rows[0]?.transactions.map((each) => each.serverTransactionId)).toEqual(all.map((each) => each.id));
    });

    it.each([
      ['a page is missing', { ...account }, { total: 1_200, content: all.slice(0, 400) }],
      ['no list comes', { ...account }, { content: 5 }],
    ])('are nothing where %s', async (_what, body, page) => {
      const { headOffice } = scripted({
        'POST /batches': tooLarge,
        'GET /savingsaccounts/57?associations=charges': answered(200, body),
        'GET /savingsaccounts/57/transactions/search': answered(200, page),
      });
      expect(await headOffice.readShelf('savings', [57], teller)).toMatchObject({ ok: false, trouble: { kind: 'nonsense' } });
    });

    it('are nothing where money moved while they were read', async () => {
      let asked = 0;
      const { headOffice } = scripted({
        'POST /batches': tooLarge,
        'GET /savingsaccounts/57?associations=charges': () => answered(200, { ...account, summary: { accountBalance: 600 + asked++ } }),
        'GET /savingsaccounts/57/transactions/search': paged(all),
      });
      expect(await headOffice.readShelf('savings', [57], teller)).toMatchObject({ ok: false, trouble: { kind: 'nonsense' } });
    });
  });

  describe('of one loan that is too large for an answer', () => {
    const summary = { principalDisbursed: 12_000, totalOutstanding: 600 };
    const whole = { ...loan, summary };
    const paid = { id: 7, type: { id: 2 }, date: [2026, 11, 20], amount: 500 };
    const periods = [{ period: 1, dueDate: [2026, 12, 1], principalDue: 12_000, principalOutstanding: 600 }];
    const pieces = (lines: object): Parameters<typeof scripted>[0] => ({
      'POST /batches': { kind: 'noReply', detail: 'tooLarge' },
      'GET /loans/21?associations=all': { kind: 'noReply', detail: 'timeout' },
      'GET /loans/21?associations=repaymentSchedule': answered(200, { ...whole, repaymentSchedule: { periods } }),
      'GET /loans/21?associations=transactions': answered(200, { ...whole, ...lines }),
    });

    it.each(['together', 'oneByOne'] as const)('come in two: what it is with its schedule, and its transactions (%s)', async (way) => {
      const { headOffice } = scripted(pieces({ transactions: [paid] }));
      const { rows } = valueOf(await headOffice.readShelf('loans', [21], teller, way));
      expect(rows[0]).toMatchObject({
        outstandingMinor: 60_000,
        periods: [{ period: 1, principalOutstandingMinor: 60_000 }],
        transactions: [{ serverTransactionId: 7, amountMinor: 50_000 }],
      });
    });

    it.each([
      ['money moved in between', { summary: { ...summary, totalOutstanding: 100 }, transactions: [paid] }],
      ['its state changed in between', { status: { id: 600 }, transactions: [paid] }],
      ['the transactions do not come', {}],
    ])('are nothing where %s', async (_what, lines) => {
      const answer = await scripted(pieces(lines)).headOffice.readShelf('loans', [21], teller);
      expect(answer.ok ? answer.value.rows : []).toEqual([]);
    });
  });

  it('are read in pieces: whoever waits for the thread has it between two accounts, and before the rows are saved', async () => {
    let breaths = 0;
    const reply = batchOf({ body: loan }, { body: { ...loan, id: 22 } }, { body: { ...loan, id: 23 } });
    const { headOffice } = scripted({ 'POST /batches': reply }, () => {
      breaths += 1;
      return Promise.resolve();
    });
    expect(valueOf(await headOffice.readShelf('loans', [21, 22, 23], teller)).rows).toHaveLength(3);
    expect(breaths).toBe(4);
  });

  it('ask for nothing when nothing is wanted', async () => {
    const { headOffice, asked } = scripted({});
    expect(valueOf(await headOffice.readShelf('loans', [], teller))).toEqual({ rows: [], gone: [], unreadable: [] });
    expect(asked).toEqual([]);
  });
});

describe('groups', () => {
  const group = { id: 4, name: 'Umoja', active: true, hierarchy: '.7.4.', clientMembers: [{ id: 39 }] };

  it('bring the savings accounts that stand in no other list, and the centre over them', async () => {
    const { headOffice } = scripted({
      'GET /groups/4?associations=all': answered(200, group),
      'GET /groups/4/accounts': answered(200, { savingsAccounts: [{ id: 36 }], loanAccounts: [{ id: 26 }] }),
    });
    expect(valueOf(await headOffice.readShelf('groups', [4], teller)).rows).toMatchObject([
      { serverId: 4, centerServerId: 7, savingsServerIds: [36], memberServerIds: [39] },
    ]);
  });

  it('are read by whoever may not see their accounts', async () => {
    const { headOffice } = scripted({
      'GET /groups/4?associations=all': answered(200, group),
      'GET /groups/4/accounts': answered(403, globalError(403, 'error.msg.not.authorized', 'error.msg.not.authorized')),
    });
    expect(valueOf(await headOffice.readShelf('groups', [4], teller)).rows).toMatchObject([{ serverId: 4, savingsServerIds: [] }]);
  });
});

describe('what head office says it is', () => {
  it.each([
    [{ git: { commit: { id: { abbrev: '227bdf6' } }, build: { version: '1.10.1' } } }, '1.10.1 227bdf6'],
    [{ git: { build: { version: 'a b' } } }, null],
    [{}, null],
  ])('%j', async (info, version) => {
    expect(valueOf(await scripted({ 'GET /../../actuator/info': answered(200, info) }).headOffice.readVersion())).toBe(version);
  });

  it('may be nothing', async () => {
    expect(valueOf(await scripted({ 'GET /../../actuator/info': answered(404, '') }).headOffice.readVersion())).toBeNull();
  });
});

describe('lists', () => {
  const client = { id: 9, accountNo: '000009', displayName: 'Asha Rao', status: { id: 300 } };
  const page = (...rows: unknown[]): HttpReply => answered(200, { totalFilteredRecords: rows.length, pageItems: rows });
  const clients = (reply: HttpReply): Promise<Answer<ListPage<PulledClient>>> =>
    scripted({ 'GET /clients?': reply }).headOffice.listShelf('clients', { after: 0, offset: 0, most: 200 }, teller);

  it('ask by offset and limit in the order of ids', async () => {
    const { headOffice, asked } = scripted({ 'GET /clients?': page(client) });
    await headOffice.listShelf('clients', { after: 0, offset: 400, most: 200 }, teller);
    expect(asked[0]!.url).toBe('/clients?offset=400&limit=200&orderBy=id&sortOrder=ASC');
  });

  it('understand a client with little', async () => {
    expect(valueOf(await clients(page(client)))).toEqual({
      total: 1,
      listed: [
        {
          serverId: 9,
          row: {
            serverId: 9,
            externalId: null,
            accountNo: '000009',
            displayName: 'Asha Rao',
            firstname: null,
            lastname: null,
            mobileNo: null,
            status: 'active',
            dateOfBirth: null,
            gender: null,
            activationDate: null,
            staffName: null,
            officeServerId: null,
          },
        },
      ],
    });
    const full = {
      ...client,
      displayName: undefined,
      firstname: 'Asha',
      lastname: 'Rao',
      gender: { id: 24, name: 'Female' },
      dateOfBirth: '1990-05-01',
      mobileNo: 700_000_001,
      status: { id: 304 },
    };
    expect(valueOf(await clients(page(full))).listed[0]!.row).toMatchObject({
      displayName: 'Asha Rao',
      gender: 'Female',
      dateOfBirth: '1990-05-01',
      mobileNo: '700000001',
      status: 'transfer',
    });
  });

  it.each([
    ['a client without an id', page({ ...client, id: undefined }), 'id'],
    ['no rows', answered(200, { totalFilteredRecords: 3 }), 'pageItems'],
    ['no count', answered(200, { pageItems: [] }), 'totalFilteredRecords'],
    ['a portal', PORTAL, 'status 200, text/html'],
    ['half of it', answered(200, '{"totalFilteredRecords":1,"pageItems":[{'), 'status 200, application/json'],
  ])('%s is nonsense by name', async (_what, reply, detail) => {
    expect(await clients(reply)).toEqual({ ok: false, trouble: { kind: 'nonsense', detail: expect.stringContaining(detail) as unknown } });
  });

  it('name a client whom nobody can read, who is then left out by name', async () => {
    expect(valueOf(await clients(page({ ...client, displayName: undefined }, { ...client, id: 10 }))).listed).toMatchObject([
      { serverId: 9, row: null },
      { serverId: 10, row: { displayName: 'Asha Rao' } },
    ]);
    const { headOffice } = scripted({ 'GET /clients/9': answered(200, { ...client, displayName: undefined }) });
    expect(valueOf(await headOffice.readShelf('clients', [9], teller)).unreadable).toEqual([{ serverId: 9, why: 'client 9: displayName' }]);
  });

  it('never carry anybody’s name into the trouble', async () => {
    const answer = await clients(page({ ...client, status: 'Asha Rao' }));
    expect(JSON.stringify(answer)).not.toContain('Asha');
  });

  it('take a bare list for all there is', async () => {
    const { headOffice } = scripted({
      'GET /audits': answered(200, [
        { id: 3, actionName: 'CREATE', entityName: 'CLIENT', maker: 'daniel', madeOnDate: 1795151103645, processingResult: 4 },
      ]),
    });
    expect(valueOf(await headOffice.pullAudits({ offset: 0, most: 10 }, teller))).toEqual({
      total: 1,
      rows: [
        {
          auditId: 3,
          action: 'CREATE',
          entity: 'CLIENT',
          resourceId: null,
          clientServerId: null,
          loanServerId: null,
          groupServerId: null,
          subject: null,
          savingsAccountNo: null,
          deed: false,
          unfinished: true,
          mark: 'CREATE|CLIENT|daniel|1795151103645',
        },
      ],
    });
  });

  it('read what came of an audit row by its members, where no word tells', async () => {
    const row = { actionName: 'DEPOSIT', entityName: 'SAVINGSACCOUNT', maker: 'achieng', madeOnDate: 1795871136021 };
    const url = '/savingsaccounts/39/transactions';
    const { headOffice } = scripted({
      'GET /audits?': answered(200, {
        totalFilteredRecords: 3,
        pageItems: [
          {
            id: 898,
            actionName: 'SAVECOLLECTIONSHEET',
            entityName: 'CENTER',
            resourceId: 7,
            maker: 'mifos',
            url: '/centers/7?command=saveCollectionSheet',
          },
          {
            id: 835,
            ...row,
            resourceId: 140,
            checker: 'checker1',
            officeName: 'Kitale branch',
            savingsAccountNo: '000000039',
            clientId: 49,
            url,
          },
          { id: 834, ...row, savingsAccountNo: '000000039', url },
        ],
      }),
    });
    expect(valueOf(await headOffice.pullAudits({ offset: 0, most: 10 }, teller)).rows).toMatchObject([
      { auditId: 898, deed: true, subject: { kind: 'center', serverId: 7 } },
      { auditId: 835, deed: true, unfinished: false, subject: { kind: 'savings', serverId: 39 }, savingsAccountNo: '000000039' },
      { auditId: 834, deed: false, unfinished: false },
    ]);
  });

  it('take a row for one that may wait where it names nothing but what its path names', async () => {
    const repayment = { actionName: 'REPAYMENT', entityName: 'LOAN', maker: 'mifos', loanId: 14, url: '/loans/14/transactions/template' };
    const edit = { actionName: 'UPDATE', entityName: 'CLIENT', maker: 'grace', resourceId: 7, clientId: 7, url: '/clients/7' };
    const transfer = { actionName: 'CREATE', entityName: 'ACCOUNTTRANSFER', maker: 'mifos', resourceId: 3, url: '/accounttransfers' };
    const pageItems = [
      { id: 495, ...repayment },
      { id: 496, ...repayment, resourceId: 51, officeName: 'Kitale branch' },
      { id: 497, ...repayment, checker: 'admin' },
      { id: 498, ...edit },
      { id: 499, ...edit, officeName: 'Kitale branch' },
      { id: 500, ...transfer },
    ];
    const { headOffice } = scripted({ 'GET /audits?': answered(200, { totalFilteredRecords: pageItems.length, pageItems }) });
    const { rows } = valueOf(await headOffice.pullAudits({ offset: 0, most: 10 }, teller));
    expect(rows.filter(({ silent }) => silent === true).map(({ auditId }) => auditId)).toEqual([495, 498]);
  });

  it('leave out an audit row that this person may not see: it is answered with a server error', async () => {
    const hidden = {
      timestamp: '2026-11-28T13:05:51.965Z',
      status: 500,
      error: 'Internal Server Error',
      path: '/fineract-provider/api/v1/audits/1',
    };
    const { headOffice } = scripted({
      'GET /audits/1': answered(500, hidden),
      'GET /audits/2': answered(200, { id: 2, actionName: 'CREATE', entityName: 'CLIENT', resourceId: 53, maker: 'mifos' }),
    });
    expect(valueOf(await headOffice.pullAuditsById([1, 2], teller)).map((row) => row.auditId)).toEqual([2]);
  });

  it('give open accounts their due', async () => {
    const { headOffice } = scripted({
      'GET /loans?': page(...[100, 300, 304, 600, 601, 700].map((id, index) => ({ id: index + 1, status: { id } }))),
    });
    const rows = valueOf(await headOffice.listShelf('loans', { after: 0, offset: 0, most: 10 }, teller)).listed;
    expect(rows.map((row) => row.open)).toEqual([true, true, true, false, false, true]);
  });
});

describe('signing in', () => {
  const person = {
    username: 'teller1',
    userId: 7,
    authenticated: true,
    officeId: 3,
    officeName: 'North',
    roles: [
      { id: 2, name: 'Teller', disabled: false },
      { id: 3, name: 'Old', disabled: true },
    ],
    permissions: ['READ_CLIENT'],
  };
  const signIn = (reply: HttpReply): ReturnType<HeadOffice['signIn']> =>
    scripted({ 'POST /authentication': reply }).headOffice.signIn(teller);

  it('sends name and password in the body and nowhere else', async () => {
    const { headOffice, asked } = scripted({ 'POST /authentication': answered(200, person) });
    expect(valueOf(await headOffice.signIn(teller))).toMatchObject({
      displayName: 'teller1',
      role: 'Teller',
      staffServerId: null,
      permissions: ['READ_CLIENT'],
    });
    expect(asked[0]!.headers['authorization']).toBeUndefined();
    expect(JSON.parse(asked[0]!.body!)).toEqual({ username: 'teller1', password: 'pässwörd' });
  });

  it.each<[string, HttpReply, Trouble]>([
    [
      'an expired password',
      answered(200, { username: 'teller1', userId: 7, authenticated: true, shouldRenewPassword: true }),
      { kind: 'signInNeeded', why: 'passwordExpired' },
    ],
    [
      'a second factor',
      answered(200, { ...person, isTwoFactorAuthenticationRequired: true }),
      { kind: 'refused', status: 200, code: 'signIn.secondFactor' },
    ],
    [
      'a wrong password',
      answered(401, globalError(401, 'error.msg.not.authenticated', 'error.msg.not.authenticated')),
      { kind: 'signInNeeded', why: 'refused' },
    ],
    [
      'an unknown tenant',
      answered(400, { timestamp: 1, status: 400, error: 'Bad Request', path: '/x' }, { 'www-authenticate': 'Basic' }),
      { kind: 'signInNeeded', why: 'tenant' },
    ],
    ['not authenticated', answered(200, { ...person, authenticated: false }), { kind: 'signInNeeded', why: 'refused' }],
    ['no office', answered(200, { ...person, officeId: undefined }), { kind: 'nonsense', detail: 'sign-in: officeId' }],
    ['a portal', PORTAL, { kind: 'nonsense', detail: 'status 200, text/html' }],
    ['no line', { kind: 'noReply', detail: 'timeout' }, { kind: 'unreachable', detail: 'timeout' }],
  ])('%s', async (_what, reply, trouble) => {
    expect(await signIn(reply)).toEqual({ ok: false, trouble });
  });
});

describe('whether head office looks at who somebody is', () => {
  const looks = (reply: HttpReply): ReturnType<HeadOffice['looksAtPeople']> =>
    scripted({ 'POST /authentication': reply }).headOffice.looksAtPeople();
  const container = (status: number, error: string): object => ({
    timestamp: 't',
    status,
    error,
    path: '/fineract-provider/api/v1/authentication',
  });

  it.each([
    ['it misses a name in words of its own', answered(500, container(500, 'Internal Server Error')), true],
    ['it says so as a refusal', answered(400, globalError(400, 'error.msg.invalid.request.body')), true],
    ['its door is shut to everybody', answered(401, container(401, 'Unauthorized')), false],
    ['its door is shut, by its name', answered(401, '', { 'www-authenticate': 'Basic realm="Fineract Platform API"' }), false],
    ['a router has a door of its own', answered(401, '<html>', { 'www-authenticate': 'Basic realm="Wireless router"' }), null],
    ['a gateway answers', answered(502, '<html>', { 'content-type': 'text/html' }), null],
    ['there is no line', { kind: 'noReply', detail: 'timeout' }, null],
  ] as const)('%s', async (_what, reply, told) => {
    expect(await looks(reply)).toBe(told);
  });

  it('names nobody for it, and counts each no to a kept sign-in until the next yes', async () => {
    const { headOffice, asked } = scripted({
      'GET ': answered(401, container(401, 'Unauthorized')),
      'POST /authentication': answered(500, '{}'),
    });
    await headOffice.looksAtPeople();
    expect(asked.map(({ body, headers }) => [body, headers['authorization']])).toEqual([['{}', undefined]]);
    expect(headOffice.timesRefused(teller.username)).toBe(0);
    await Promise.all([1, 2, 3].map(() => headOffice.readToday(teller)));
    expect(headOffice.timesRefused(teller.username)).toBe(3);
  });
});

describe('reaching', () => {
  const reach = (reply: HttpReply): ReturnType<HeadOffice['reach']> => scripted({ 'GET /businessdate': reply }).headOffice.reach();

  it('knows a head office by how it refuses the unknown', async () => {
    const door = { timestamp: 1, status: 401, error: 'Unauthorized', path: '/fineract-provider/api/v1/businessdate' };
    expect(await reach(answered(401, door))).toEqual({ ok: true, value: { roundTripMs: 7 } });
    expect(await reach(answered(401, '', { 'www-authenticate': 'Basic realm="Fineract Platform API"' }))).toMatchObject({ ok: true });
  });

  it.each([
    ['a portal', PORTAL],
    ['a redirect', answered(302, '')],
    ['a gateway', answered(502, '<html>')],
    ['another server', answered(404, '<html>')],
  ])('is not taken in by %s', async (_what, reply) => {
    expect(await reach(reply)).toMatchObject({ ok: false, trouble: { kind: 'nonsense' } });
  });

  it('says when the tenant is unknown', async () => {
    expect(await reach(answered(400, '', { 'www-authenticate': 'Basic' }))).toEqual({
      ok: false,
      trouble: { kind: 'signInNeeded', why: 'tenant' },
    });
  });
});

// As a real 1.10.1 answered for a loan (10/prepay.template), without the members that nobody reads.
describe('what paying off a loan takes', () => {
  const quote = { loanId: 14, date: [2026, 11, 28], currency: KES, amount: 12842.86 };
  const ask = (reply: ReturnType<typeof answered>) =>
    scripted({
      'GET /loans/14/transactions/template?command=prepayLoan&transactionDate=2026-11-28&': reply,
    }).headOffice.readPayOff(14, '2026-11-28', teller);

  it('is head office’s figure of the day that was asked for', async () => {
    expect(await ask(answered(200, quote))).toEqual({ ok: true, value: { payOffMinor: 1_284_286 } });
  });

  it('is nothing where the answer is of another day, has no sum or is below zero', async () => {
    for (const wrong of [
      { ...quote, date: [2026, 11, 27] },
      { ...quote, amount: undefined },
      { ...quote, amount: -1 },
      { ...quote, date: undefined },
    ])
      expect(await ask(answered(200, wrong))).toMatchObject({ ok: false, trouble: { kind: 'nonsense' } });
  });
});

// As a real 1.10.1 answered (08/identifiers.list).
describe('identity papers of a client', () => {
  const paper = {
    id: 1,
    clientId: 37,
    documentType: { id: 15, name: 'National ID', active: false, mandatory: false },
    documentKey: 'ID-kf8rbw',
    description: 'd',
    status: 'clientIdentifierStatusType.active',
  };
  const ask = (body: unknown) => scripted({ 'GET /clients/37/identifiers': answered(200, body) }).headOffice.readIdentifiers(37, teller);

  it('are those in force, with type and number', async () => {
    const read = { serverId: 1, typeId: 15, type: 'National ID', documentKey: 'ID-kf8rbw', description: 'd' };
    const old = { ...paper, id: 2, status: 'clientIdentifierStatusType.inactive' };
    expect(await ask([paper, old])).toEqual({ ok: true, value: [read] });
    expect(await ask([])).toEqual({ ok: true, value: [] });
  });

  it('are not read in part: a row that cannot be understood leaves what was read before', async () => {
    for (const wrong of [
      { identifiers: [] },
      [paper, { ...paper, documentType: undefined }],
      [{ ...paper, documentKey: '' }],
      [{ ...paper, id: 0 }],
      [null],
    ])
      expect(await ask(wrong)).toMatchObject({ ok: false, trouble: { kind: 'nonsense' } });
  });
});

// As a real 1.10.1 answered for a savings transaction (11/transaction.read) and a loan's (10/read.transaction), likewise.
describe('one transaction of an account', () => {
  const savings = {
    id: 75,
    amount: 1000,
    paymentDetailData: { id: 75, paymentType: { id: 4, name: 'Cash' } },
    submittedOnDate: [2026, 11, 28],
    submittedByUsername: 'mifos',
  };
  const ask = (body: unknown) =>
    scripted({ 'GET /savingsaccounts/18/transactions/75': answered(200, body) }).headOffice.readTransaction('savings', 18, 75, teller);

  it('says who entered it, how and when', async () => {
    expect(await ask(savings)).toEqual({
      ok: true,
      value: { serverTransactionId: 75, by: 'mifos', how: 'Cash', enteredOn: '2026-11-28' },
    });
  });

  it('names nobody on a loan, and is no other than the one asked for', async () => {
    const { submittedByUsername: _nobody, ...loan } = savings;
    const { headOffice } = scripted({ 'GET /loans/14/transactions/54': answered(200, { ...loan, id: 54 }) });
    expect(await headOffice.readTransaction('loan', 14, 54, teller)).toMatchObject({ ok: true, value: { by: null, how: 'Cash' } });
    expect(await ask({ ...savings, id: 76 })).toMatchObject({ ok: false, trouble: { kind: 'nonsense' } });
  });
});
