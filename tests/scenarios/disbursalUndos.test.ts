// A payout that head office was told of is taken back at the counter on its own day: the cash lies in the drawer again, the loan is approved as
// before, and head office undoes it once; what was posted on the loan since is never taken along.

import { describe, expect, test } from 'vitest';
import type { LoanView, Taken } from '../../shared/contract/shapes.ts';
import { isBesidePayout, mayUndoDisbursal, type UndoFacts } from '../../shared/domain/loans/undoDisbursal.ts';
import { rows } from '../simulation/checkers/rows.ts';
import { kindsWhere } from '../world/kindsInTheWorld.ts';
import { MINUTE_MS, play, type Scene } from './scene.ts';

const CASH = { paymentTypeId: 1 };
const FLOAT_MINOR = 50_000_000;

interface PaidOut {
  readonly loanId: string;
  readonly serverId: number;
  readonly line: Taken;
}

const agreement = (scene: Scene) => ({ username: 'grace', password: scene.world.headOffice.passwordOf('grace') });

/** Achieng has paid it out in cash, and head office was told. */
async function paidOut(scene: Scene): Promise<PaidOut> {
  await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: FLOAT_MINOR });
  const [first] = (await scene.get(scene.grace, 'loans.list', { show: 'approved' })).rows;
  const loanId = first?.loanId ?? '';
  const line = await payOut(scene, loanId);
  await scene.untilFinished();
  await scene.pass(MINUTE_MS);
  const [there] = rows<{ serverId: number }>(
    scene.pc.database(),
    `SELECT server_id AS serverId FROM replica_loans WHERE loan_id = '${loanId}'`,
  );
  return { loanId, serverId: there?.serverId ?? 0, line };
}

async function payOut(scene: Scene, loanId: string): Promise<Taken> {
  const { amountMinor } = await scene.get(scene.achieng, 'loans.previewDisbursal', { loanId });
  return scene.get(scene.achieng, 'loans.disburse', {
    formId: scene.newForm(),
    loanId,
    amountMinor,
    paidWith: CASH,
    identitySeen: 'national card 2210',
    approval: agreement(scene),
  });
}

const undoing = (scene: Scene, { loanId, line }: PaidOut) => ({
  formId: scene.newForm(),
  loanId,
  amountMinor: line.receipt.amountMinor,
  reason: 'counted out for her neighbour',
  approval: agreement(scene),
});

const shown = async (scene: Scene, loanId: string): Promise<LoanView> => (await scene.get(scene.achieng, 'loans.show', { loanId })).loan;

const inDrawer = async (scene: Scene): Promise<number> =>
  (await scene.get(scene.grace, 'cash.showDay', {})).drawers.find(({ openedBy }) => openedBy === 'Achieng Odhiambo')?.expectedMinor ?? 0;

/** What stands of it at head office: payouts, repayments, and how often it was said that one is undone. */
function there(scene: Scene, serverId: number) {
  const standing = rows<{ type: number }>(
    scene.books(),
    `SELECT type FROM loan_transaction WHERE loan_id = ${String(serverId)} AND reversed = 0 AND type IN (1, 2)`,
  );
  const [loan] = rows<{ status: number }>(scene.books(), `SELECT status FROM loan WHERE id = ${String(serverId)}`);
  const notes = rows<{ note: string }>(scene.books(), `SELECT note FROM note WHERE note LIKE '%counted out for her neighbour%'`);
  return { standing: standing.map(({ type }) => type), status: loan?.status, notes: notes.length };
}

const APPROVED_THERE = 200;
const ACTIVE_THERE = 300;

describe('a payout that is undone on its own day', () => {
  for (const fault of [null, 'replyLost', 'requestLost'] as const)
    test(`${fault ?? 'a good line'}: undone there once, approved here and there, the cash in the drawer, and it may be paid out anew (I2)`, () =>
      play({}, async (scene) => {
        const paid = await paidOut(scene);
        if (fault !== null) scene.pc.network.arm(fault, 1, 'money');
        const paper = await scene.get(scene.achieng, 'loans.undoDisbursal', undoing(scene, paid));
        expect(paper.receipt).toMatchObject({
          kind: 'disbursalUndo',
          amountMinor: paid.line.receipt.amountMinor,
          undoes: paid.line.receipt.number,
          agreedBy: 'Grace Wanjiru',
        });
        expect(await inDrawer(scene)).toBe(FLOAT_MINOR);
        await scene.untilFinished();
        await scene.pass(5 * MINUTE_MS);
        expect(there(scene, paid.serverId)).toEqual({ standing: [], status: APPROVED_THERE, notes: 1 });
        expect(await shown(scene, paid.loanId)).toMatchObject({
          status: 'approved',
          confirmedStatus: 'approved',
          outstandingMinor: 0,
          unfinishedCount: 0,
          disputed: false,
        });
        expect(await scene.openCases()).toEqual([]);
        // Head office answered with the number of the loan, which is no transaction's.
        expect(await scene.get(scene.achieng, 'receipts.show', { receiptId: paper.receipt.receiptId })).toMatchObject({
          standing: 'confirmed',
          closedAs: 'undone',
          serverTransactionId: null,
        });
        expect(await scene.receipt(paid.line)).toMatchObject({ closedAs: 'undone' });
        // The voucher's money went back; the paper by which it did is as good as any.
        const verdictOf = async ({ receipt }: Taken) =>
          (await scene.get(scene.grace, 'receipts.check', { code: receipt.proof ?? '' })).verdict;
        expect(await verdictOf(paid.line)).toBe('voided');
        expect(await verdictOf(paper)).toBe('real');
        expect(
          rows(
            scene.pc.database(),
            `SELECT e.marker_server_transaction_id AS number FROM journal_effects e JOIN journal_commands c USING (command_id)
             WHERE c.kind IN ${kindsWhere(({ payout }) => payout === 'undone')}`,
          ),
        ).toEqual([{ number: null }]);
        await payOut(scene, paid.loanId);
        await scene.untilFinished();
        await scene.pass(5 * MINUTE_MS);
        expect(there(scene, paid.serverId)).toMatchObject({ standing: [1], status: ACTIVE_THERE });
        expect(await shown(scene, paid.loanId)).toMatchObject({ status: 'active', confirmedStatus: 'active', unfinishedCount: 0 });
        expect(await scene.openCases()).toEqual([]);
      }));

  test('without a line: approved here at once, nothing owed, and there when the line is back', () =>
    play({}, async (scene) => {
      const paid = await paidOut(scene);
      await scene.cutLine();
      await scene.get(scene.achieng, 'loans.undoDisbursal', undoing(scene, paid));
      const loan = await shown(scene, paid.loanId);
      // Not even the interest that head office reckons until it is told, and no instalment looks paid.
      const nothingOwed = { outstandingMinor: 0, dueNowMinor: 0, overpaidMinor: 0, unfinishedCount: 1, mayRepay: false };
      expect(loan).toMatchObject({ status: 'approved', confirmedStatus: 'active', ...nothingOwed });
      expect(loan.instalments.filter(({ totalPaidMinor }) => totalPaidMinor > 0)).toEqual([]);
      const { history } = await scene.get(scene.achieng, 'loans.show', { loanId: paid.loanId });
      expect(history.map(({ what, standing }) => [what, standing])).toEqual([
        ['payoutUndone', 'savedHere'],
        ['disbursement', 'confirmed'],
        ['accrual', 'confirmed'],
      ]);
      expect(there(scene, paid.serverId)).toMatchObject({ standing: [1], notes: 0 });
      // Head office would take it along.
      const repayment = { formId: scene.newForm(), loanId: paid.loanId, amountMinor: 10_000, paidWith: CASH };
      expect(await scene.refusal(scene.achieng, 'loans.takeRepayment', repayment)).toBe('loan.notActive');
      await scene.restoreLine();
      await scene.untilFinished();
      await scene.pass(5 * MINUTE_MS);
      expect(there(scene, paid.serverId)).toEqual({ standing: [], status: APPROVED_THERE, notes: 1 });
      expect(await scene.openCases()).toEqual([]);
    }));

  test('somebody repaid at head office meanwhile: nothing is undone there, and a manager gives the money out again', () =>
    play({}, async (scene) => {
      const paid = await paidOut(scene);
      await scene.cutLine();
      await scene.get(scene.achieng, 'loans.undoDisbursal', undoing(scene, paid));
      const body = {
        transactionDate: paid.line.receipt.businessDate,
        transactionAmount: 100,
        paymentTypeId: 1,
        locale: 'en',
        dateFormat: 'yyyy-MM-dd',
      };
      const url = `/loans/${String(paid.serverId)}/transactions?command=repayment`;
      expect(scene.control().requestAs('admin', { method: 'POST', url, body: JSON.stringify(body) }).status).toBe(200);
      await scene.restoreLine();
      await scene.pass(5 * MINUTE_MS);
      const open = await scene.openCase();
      expect(open).toMatchObject({ item: { kind: 'disbursalUndo' }, serverCode: 'loan.postedSince' });
      expect(there(scene, paid.serverId)).toMatchObject({ standing: [1, 2], status: ACTIVE_THERE, notes: 0 });
      await scene.resolve(scene.amina, open, 'reverse');
      await scene.pass(5 * MINUTE_MS);
      expect(await inDrawer(scene)).toBe(FLOAT_MINOR - paid.line.receipt.amountMinor);
      expect(await shown(scene, paid.loanId)).toMatchObject({ status: 'active', disputed: false, unfinishedCount: 0 });
      expect(await scene.openCases()).toEqual([]);
    }));
});

test('undone at head office by somebody there: the payout, and what was repaid on it, become cases (I3)', () =>
  play({}, async (scene) => {
    const paid = await paidOut(scene);
    await scene.get(scene.achieng, 'loans.takeRepayment', {
      formId: scene.newForm(),
      loanId: paid.loanId,
      amountMinor: 10_000,
      paidWith: CASH,
    });
    await scene.untilFinished();
    const url = `/loans/${String(paid.serverId)}?command=undodisbursal`;
    expect(scene.control().requestAs('admin', { method: 'POST', url, body: '{}' }).status).toBe(200);
    await scene.pass(3 * MINUTE_MS);
    expect((await scene.openCases()).map(({ kind, item }) => [kind, item.kind]).sort()).toEqual([
      ['vanished', 'loanDisbursal'],
      ['vanished', 'loanRepayment'],
    ]);
  }));

describe('what is refused', () => {
  test('another sum, nobody who agrees, one that has not left, one on which money was taken since', () =>
    play({}, async (scene) => {
      const paid = await paidOut(scene);
      const refused = (more: object) => scene.refusal(scene.achieng, 'loans.undoDisbursal', { ...undoing(scene, paid), ...more });
      expect(await refused({ amountMinor: paid.line.receipt.amountMinor - 100 })).toBe('disbursal.sumChanged');
      expect(await refused({ approval: { username: 'achieng', password: scene.world.headOffice.passwordOf('achieng') } })).toBe(
        'approval.samePerson',
      );
      const [other] = (await scene.get(scene.grace, 'loans.list', { show: 'submitted' })).rows;
      expect(await refused({ loanId: other?.loanId })).toBe('loan.notInThatState');
      await scene.cutLine();
      await scene.get(scene.achieng, 'loans.takeRepayment', {
        formId: scene.newForm(),
        loanId: paid.loanId,
        amountMinor: 10_000,
        paidWith: CASH,
      });
      expect(await refused({})).toBe('disbursal.postedSince');
      await scene.restoreLine();
      await scene.untilFinished();
      await scene.pass(MINUTE_MS);
      expect(await refused({})).toBe('disbursal.postedSince');
    }));

  const facts: UndoFacts = {
    status: 'active',
    disputed: false,
    payout: { state: 'accepted', cash: true, businessDate: '2026-11-20', unsent: false },
    postedSince: false,
    businessDate: '2026-11-20',
  };
  const payout = facts.payout!;
  test.each<readonly [string, Partial<UndoFacts>]>([
    ['may', {}],
    ['loan.disputed', { disputed: true }],
    ['loan.notInThatState', { status: 'approved' }],
    ['disbursal.notFromHere', { payout: null }],
    ['disbursal.otherDay', { businessDate: '2026-11-21' }],
    ['disbursal.notCash', { payout: { ...payout, cash: false } }],
    ['disbursal.undoItsReceipt', { payout: { ...payout, state: 'queued', unsent: true } }],
    ['disbursal.onItsWay', { payout: { ...payout, state: 'inDoubt' } }],
    ['disbursal.postedSince', { postedSince: true }],
  ])('%s: %j', (expected, change) => {
    const may = mayUndoDisbursal({ ...facts, ...change });
    expect(may.ok ? 'may' : may.refusal.code).toBe(expected);
  });

  const payoutMark = { externalId: '0192f0a0-0000-7000-8000-000000000001', receiptNumber: 'KTL-01-261120-0001-2' };
  const shownThere = { what: 'disbursement', reversed: false, externalId: null, receiptNumber: null };
  test.each<readonly [boolean, Partial<Parameters<typeof isBesidePayout>[0]>]>([
    [false, { externalId: payoutMark.externalId }],
    // Not every head office keeps a mark of its own on a payout.
    [false, { receiptNumber: payoutMark.receiptNumber }],
    [true, {}],
    [true, { what: 'repayment' }],
    // Anybody may type the voucher's number.
    [true, { what: 'repayment', receiptNumber: payoutMark.receiptNumber }],
    [false, { what: 'repayment', reversed: true }],
    // What head office takes off a payout, and accrues by it, goes with it.
    [false, { what: 'repaymentAtDisbursement' }],
    [false, { what: 'accrual' }],
    [true, { what: 'downPayment' }],
  ])('beside the payout: %j, %j', (expected, change) => {
    expect(isBesidePayout({ ...shownThere, ...change }, payoutMark)).toBe(expected);
  });
});
