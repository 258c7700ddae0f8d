// A loan is paid out at the counter, with and without a line: the drawer, the paper and the loan say so at once, head office is told once, and
// what it refuses is a case with its ways out.

import { describe, expect, test } from 'vitest';
import type { LoanView, Taken } from '../../shared/contract/shapes.ts';
import { decideDisbursal, type DisbursalFacts } from '../../shared/domain/loans/disbursal.ts';
import { defaultOfflinePolicy } from '../../shared/domain/savings/offlinePolicy.ts';
import { rows } from '../simulation/checkers/rows.ts';
import { addDays } from '../../shared/kernel/businessDate.ts';
import { weekdayOf } from '../../shared/domain/schedule/dates.ts';
import { dateAt } from '../world/branchClock.ts';
import { atTheCounter } from '../world/people.ts';
import { MINUTE_MS, play, type Scene } from './scene.ts';

const CASH = { paymentTypeId: 1 };
const OTHER_WAY = { paymentTypeId: 2 };

interface Approved {
  readonly loanId: string;
  readonly serverId: number;
}

async function approvedLoan(scene: Scene): Promise<Approved> {
  const [first] = (await scene.get(scene.grace, 'loans.list', { show: 'approved' })).rows;
  if (first === undefined) throw new Error('no loan is approved');
  const [there] = rows<{ serverId: number }>(
    scene.pc.database(),
    `SELECT server_id AS serverId FROM replica_loans WHERE loan_id = '${first.loanId}'`,
  );
  return { loanId: first.loanId, serverId: there?.serverId ?? 0 };
}

const weighed = (scene: Scene, loanId: string) => scene.get(scene.achieng, 'loans.previewDisbursal', { loanId });
const agreement = (scene: Scene) => ({ username: 'grace', password: scene.world.headOffice.passwordOf('grace') });

async function payOut(scene: Scene, loanId: string, more: object = {}): Promise<Taken> {
  const { amountMinor } = await weighed(scene, loanId);
  return scene.get(scene.achieng, 'loans.disburse', {
    formId: scene.newForm(),
    loanId,
    amountMinor,
    paidWith: OTHER_WAY,
    identitySeen: 'national card 2210',
    approval: agreement(scene),
    ...more,
  });
}

async function shown(scene: Scene, loanId: string): Promise<LoanView> {
  return (await scene.get(scene.achieng, 'loans.show', { loanId })).loan;
}

function disbursed(scene: Scene, serverId: number): readonly { readonly amount: number; readonly number: string | null }[] {
  return rows<{ amount: number; number: string | null }>(
    scene.books(),
    `SELECT t.amount, d.receipt_number AS number FROM loan_transaction t LEFT JOIN payment_detail d ON d.id = t.payment_detail_id
     WHERE t.loan_id = ${String(serverId)} AND t.type = 1 AND t.reversed = 0`,
  );
}

describe('a loan that is paid out', () => {
  test('without a line: active here at once, there when the line is back, once and under the number of the paper', () =>
    play({}, async (scene) => {
      await atTheCounter(scene.world, scene.achieng);
      const { loanId, serverId } = await approvedLoan(scene);
      await scene.cutLine();
      const { principalMinor } = await weighed(scene, loanId);
      const { receipt } = await payOut(scene, loanId);
      expect(receipt).toMatchObject({ kind: 'loanDisbursal', amountMinor: principalMinor, agreedBy: 'Grace Wanjiru' });
      expect(await shown(scene, loanId)).toMatchObject({
        status: 'active',
        confirmedStatus: 'approved',
        outstandingMinor: principalMinor,
        deeds: [],
        mayRepay: false,
      });
      await scene.restoreLine();
      await scene.untilFinished();
      await scene.pass(MINUTE_MS);
      expect(disbursed(scene, serverId)).toEqual([{ amount: principalMinor, number: receipt.number }]);
      const after = await shown(scene, loanId);
      expect(after).toMatchObject({ status: 'active', confirmedStatus: 'active', unfinishedCount: 0, mayRepay: true });
      expect(after.outstandingMinor).toBeGreaterThan(principalMinor);
    }));

  for (const fault of ['replyLost', 'requestLost'] as const)
    test(`${fault}: it stands there once (I2)`, () =>
      play({}, async (scene) => {
        await atTheCounter(scene.world, scene.achieng);
        const { loanId, serverId } = await approvedLoan(scene);
        scene.pc.network.arm(fault, 1, 'money');
        await payOut(scene, loanId);
        await scene.untilFinished();
        expect(disbursed(scene, serverId)).toHaveLength(1);
      }));

  test('approved and paid out before the line is back goes in that order', () =>
    play({}, async (scene) => {
      await atTheCounter(scene.world, scene.achieng);
      const [asked] = (await scene.get(scene.grace, 'loans.list', { show: 'submitted' })).rows;
      const loanId = asked?.loanId ?? '';
      await scene.cutLine();
      const approvedMinor = (asked?.principalMinor ?? 0) - 100_000;
      await scene.get(scene.grace, 'loans.approve', { formId: scene.newForm(), loanId, approvedMinor, note: '' });
      const { receipt } = await payOut(scene, loanId);
      expect(receipt.amountMinor).toBe(approvedMinor);
      await scene.restoreLine();
      await scene.untilFinished();
      await scene.pass(MINUTE_MS);
      expect(await shown(scene, loanId)).toMatchObject({ status: 'active', confirmedStatus: 'active', principalMinor: approvedMinor });
    }));

  test('paid out at head office meanwhile: a case; the money that is brought back ends it, and the drawer holds it again', () =>
    play({}, async (scene) => {
      await atTheCounter(scene.world, scene.achieng);
      const { loanId, serverId } = await approvedLoan(scene);
      await scene.cutLine();
      const { receipt } = await payOut(scene, loanId);
      const body = { actualDisbursementDate: receipt.businessDate, paymentTypeId: 1, locale: 'en', dateFormat: 'yyyy-MM-dd' };
      const url = `/loans/${String(serverId)}?command=disburse`;
      expect(scene.control().requestAs('admin', { method: 'POST', url, body: JSON.stringify(body) }).status).toBe(200);
      await scene.restoreLine();
      await scene.pass(5 * MINUTE_MS);
      const open = await scene.openCase();
      expect(open).toMatchObject({ item: { kind: 'loanDisbursal' }, answered: { status: 'active' } });
      expect(open.choices.filter(({ possible }) => possible).map(({ resolution }) => resolution)).toEqual(
        expect.arrayContaining(['resubmit', 'reverse', 'recognise']),
      );
      expect(await shown(scene, loanId)).toMatchObject({ disputed: true });
      const closed = await scene.get(scene.amina, 'exceptions.resolve', {
        exceptionId: open.exceptionId,
        resolution: 'reverse',
        reason: 'she brought the second sum back',
      });
      const paper = await scene.get(scene.amina, 'receipts.show', { receiptId: closed.receiptId ?? '' });
      expect(paper.receipt).toMatchObject({ kind: 'disbursalReturned', amountMinor: receipt.amountMinor, undoes: receipt.number });
      await scene.pass(MINUTE_MS);
      expect(await shown(scene, loanId)).toMatchObject({ status: 'active', disputed: false, unfinishedCount: 0 });
      expect(disbursed(scene, serverId)).toHaveLength(1);
    }));
});

describe('a payout that is undone before it left the branch', () => {
  const inDrawer = async (scene: Scene): Promise<number> =>
    (await scene.get(scene.grace, 'cash.showDay', {})).drawers.find(({ openedBy }) => openedBy === 'Achieng Odhiambo')?.expectedMinor ?? 0;

  test('its cash lies in the drawer again under a paper that says so, the loan is approved, and head office never hears of it', () =>
    play({}, async (scene) => {
      const floatMinor = 50_000_000;
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: floatMinor });
      const { loanId, serverId } = await approvedLoan(scene);
      await scene.cutLine();
      const line = await payOut(scene, loanId, { paidWith: CASH });
      const { receiptId, number, amountMinor } = line.receipt;
      expect(await inDrawer(scene)).toBe(floatMinor - amountMinor);
      expect((await shown(scene, loanId)).payoutReceiptId).toBe(receiptId);
      const undo = { receiptId, reason: 'counted out for her neighbour' };
      expect(await scene.refusal(scene.achieng, 'receipts.void', undo)).toBe('session.notPermitted');
      const paper = await scene.get(scene.grace, 'receipts.void', undo);
      expect(paper.receipt).toMatchObject({ kind: 'disbursalReturned', amountMinor, note: number, undoes: number });
      expect(await inDrawer(scene)).toBe(floatMinor);
      expect(await shown(scene, loanId)).toMatchObject({
        status: 'approved',
        outstandingMinor: 0,
        unfinishedCount: 0,
        payoutReceiptId: null,
      });
      expect(await scene.refusal(scene.grace, 'receipts.void', undo)).toBe('receipt.nothingToUndo');
      await scene.restoreLine();
      await scene.untilFinished();
      await scene.pass(MINUTE_MS);
      expect(disbursed(scene, serverId)).toEqual([]);
      scene.expectAccounted();
      // It is approved as before, and goes to her whom it was meant for.
      const again = await payOut(scene, loanId, { paidWith: CASH });
      await scene.untilFinished();
      await scene.pass(MINUTE_MS);
      expect(disbursed(scene, serverId)).toEqual([{ amount: again.receipt.amountMinor, number: again.receipt.number }]);
      // What head office holds is undone there.
      expect((await shown(scene, loanId)).payoutReceiptId).toBeNull();
      expect(await scene.refusal(scene.grace, 'receipts.void', { ...undo, receiptId: again.receipt.receiptId })).toBe(
        'receipt.atHeadOffice',
      );
      scene.expectAccounted();
    }));
});

describe('what is refused at the counter', () => {
  test('another sum, another state, no second person without a line, no paper seen, not enough in the drawer', () =>
    play({}, async (scene) => {
      await atTheCounter(scene.world, scene.achieng);
      const { loanId } = await approvedLoan(scene);
      const { amountMinor } = await weighed(scene, loanId);
      const asked = (more: object) => ({
        formId: scene.newForm(),
        loanId,
        amountMinor,
        paidWith: OTHER_WAY,
        identitySeen: 'national card 2210',
        approval: agreement(scene),
        ...more,
      });
      const refused = (more: object) => scene.refusal(scene.achieng, 'loans.disburse', asked(more));
      expect(await refused({ amountMinor: amountMinor + 100 })).toBe('disbursal.sumChanged');
      expect(await refused({ identitySeen: 'x' })).toBe('input.invalid');
      expect(await refused({ approval: { username: 'achieng', password: scene.world.headOffice.passwordOf('achieng') } })).toBe(
        'approval.samePerson',
      );
      expect(await refused({ paidWith: CASH })).toBe('drawer.notEnoughCash');
      const [submitted] = (await scene.get(scene.grace, 'loans.list', { show: 'submitted' })).rows;
      expect(await refused({ loanId: submitted?.loanId })).toBe('loan.notInThatState');
      await scene.cutLine();
      expect(await refused({ approval: undefined })).toBe('disbursal.needsManager');
      await payOut(scene, loanId);
      expect(await refused({})).toBe('loan.notInThatState');
      await scene.restoreLine();
      await scene.untilFinished();
    }));
});

describe('the rule', () => {
  const policy = defaultOfflinePolicy(500_000);
  const facts: DisbursalFacts = {
    status: 'approved',
    before: { approvedOn: '2026-11-19', expectedOn: '2026-11-20', chargesMinor: 0, onlyThere: null },
    sumDiffers: false,
    isClientActive: true,
    applicationRefused: false,
    disputed: false,
    amountMinor: 5_000_000,
    businessDate: '2026-11-20',
    closed: null,
    lineUp: true,
    dataAgeMs: 0,
    branchUnsentMinor: 0,
    agreed: false,
  };
  const code = (change: Partial<DisbursalFacts>): string => {
    const decided = decideDisbursal({ ...facts, ...change }, policy);
    return decided.ok ? 'may' : decided.refusal.code;
  };
  const HOUR_MS = 3_600_000;

  test.each<readonly [string, Partial<DisbursalFacts>]>([
    ['may', {}],
    ['disbursal.needsManager', { amountMinor: 5_000_001 }],
    ['may', { amountMinor: 5_000_001, agreed: true }],
    ['disbursal.needsManager', { lineUp: false, amountMinor: 100 }],
    ['may', { lineUp: false, agreed: true, amountMinor: 25_000_000 }],
    ['disbursal.exceedsOfflineLimit', { lineUp: false, agreed: true, amountMinor: 25_000_001 }],
    ['disbursal.exceedsOfflineLimit', { lineUp: false, agreed: true, branchUnsentMinor: 20_000_001 }],
    ['disbursal.exceedsOfflineLimit', { lineUp: false, agreed: true, dataAgeMs: 25 * HOUR_MS, amountMinor: 12_500_001 }],
    ['disbursal.dataTooOld', { lineUp: false, agreed: true, dataAgeMs: 73 * HOUR_MS }],
    ['loan.notReadYet', { before: null }],
    ['loan.onlyHeadOfficePays', { before: { approvedOn: null, expectedOn: null, chargesMinor: 0, onlyThere: 'tranches' } }],
    ['loan.approvedLater', { businessDate: '2026-11-18' }],
    ['loan.ownerNotActive', { isClientActive: false }],
    ['loan.onHoliday', { closed: { why: 'holiday', name: 'Utamaduni day', certain: true } }],
    ['may', { closed: { why: 'holiday', name: 'Utamaduni day', certain: false } }],
    ['loan.onDayOff', { closed: { why: 'dayOff', name: '', certain: true } }],
    ['loan.disputed', { disputed: true }],
    ['loan.notInThatState', { status: 'active' }],
    ['disbursal.nothingLeft', { amountMinor: 0 }],
  ])('%s: %j', (expected, change) => {
    expect(code(change)).toBe(expected);
  });

  test('charges of a sum that head office has not seen are not guessed', () => {
    const before = { approvedOn: null, expectedOn: null, chargesMinor: 50_000, onlyThere: null };
    expect(code({ before })).toBe('may');
    expect(code({ before, sumDiffers: true })).toBe('loan.chargesUnknown');
  });
});

describe('a day on which head office closes', () => {
  const WRITTEN = { locale: 'en', dateFormat: 'yyyy-MM-dd' };
  const asked = (scene: Scene, method: 'POST' | 'PUT', url: string, body: object): { readonly resourceId: number } => {
    const reply = scene.control().requestAs('admin', { method, url, body: JSON.stringify(body) });
    expect(reply.status).toBe(200);
    return JSON.parse(reply.body) as { resourceId: number };
  };
  const today = (scene: Scene): string => dateAt(scene.world.time.now());

  /** Head office decides it in the evening; every PC hears of it in its first round of the next day. */
  function holidayFrom(scene: Scene, fromDate: string, toDate: string): void {
    const { resourceId } = asked(scene, 'POST', '/holidays', {
      name: 'Utamaduni day',
      fromDate,
      toDate,
      repaymentsRescheduledTo: addDays(toDate, 1),
      reschedulingType: 2,
      offices: [{ officeId: 2 }],
      ...WRITTEN,
    });
    asked(scene, 'POST', `/holidays/${String(resourceId)}?command=activate`, {});
  }

  test('on a holiday no loan is paid out, line or no line, and a loan says so beside its repayment', () =>
    play({}, async (scene) => {
      const { loanId } = await approvedLoan(scene);
      const tomorrow = addDays(today(scene), 1);
      holidayFrom(scene, tomorrow, tomorrow);
      await scene.nextMorning();
      await atTheCounter(scene.world, scene.achieng);
      await scene.cutLine();
      const closedDay = { why: 'holiday', name: 'Utamaduni day', certain: true };
      const { amountMinor, ...told } = await weighed(scene, loanId);
      expect(told).toMatchObject({ verdict: 'refused', code: 'loan.onHoliday', facts: { holiday: 'Utamaduni day' }, closedDay });
      const input = {
        formId: scene.newForm(),
        loanId,
        amountMinor,
        paidWith: OTHER_WAY,
        identitySeen: 'national card 2210',
        approval: agreement(scene),
      };
      expect(await scene.refusal(scene.achieng, 'loans.disburse', input)).toBe('loan.onHoliday');
      expect(await shown(scene, loanId)).toMatchObject({ closedDay });
    }));

  test('on a day off likewise, until head office is set to allow it', () =>
    play({}, async (scene) => {
      const { loanId } = await approvedLoan(scene);
      const names = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
      const off = [1, 2].map((days) => names[weekdayOf(addDays(today(scene), days)) - 1]);
      asked(scene, 'PUT', '/workingdays', {
        recurrence: `FREQ=WEEKLY;INTERVAL=1;BYDAY=${names.filter((name) => !off.includes(name)).join(',')}`,
        repaymentRescheduleType: 2,
        extendTermForDailyRepayments: false,
        locale: 'en',
      });
      await scene.nextMorning();
      expect(await weighed(scene, loanId)).toMatchObject({ verdict: 'refused', code: 'loan.onDayOff' });
      const [setting] = rows<{ id: number }>(
        scene.books(),
        `SELECT id FROM configuration WHERE name = 'allow-transactions-on-non_workingday'`,
      );
      asked(scene, 'PUT', `/configurations/${String(setting?.id)}`, { enabled: true });
      await scene.nextMorning();
      await atTheCounter(scene.world, scene.achieng);
      expect(await weighed(scene, loanId)).toMatchObject({ closedDay: null });
      await payOut(scene, loanId);
      await scene.untilFinished();
      await scene.pass(MINUTE_MS);
      expect(await shown(scene, loanId)).toMatchObject({ confirmedStatus: 'active' });
    }));
});
