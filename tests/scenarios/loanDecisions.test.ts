// A loan is decided on in the branch, with and without a line: shown at once as provisional, told to head office once, and where head office took
// it otherwise meanwhile, a case with both truths.

import { describe, expect, test } from 'vitest';
import type { LoanDecision, LoanView } from '../../shared/contract/shapes.ts';
import { addDays } from '../../shared/kernel/businessDate.ts';
import { rows } from '../simulation/checkers/rows.ts';
import { MINUTE_MS, play, type Scene } from './scene.ts';

type State = 'submitted' | 'approved';

async function loanThatIs(
  scene: Scene,
  show: State,
): Promise<{ readonly loanId: string; readonly serverId: number; readonly askedMinor: number }> {
  const [first] = (await scene.get(scene.grace, 'loans.list', { show })).rows;
  if (first === undefined) throw new Error(`no loan is ${show}`);
  const [there] = rows<{ serverId: number }>(
    scene.pc.database(),
    `SELECT server_id AS serverId FROM replica_loans WHERE loan_id = '${first.loanId}'`,
  );
  return { loanId: first.loanId, serverId: there?.serverId ?? 0, askedMinor: first.principalMinor };
}

async function shown(scene: Scene, loanId: string): Promise<{ readonly loan: LoanView; readonly decisions: readonly LoanDecision[] }> {
  return scene.get(scene.grace, 'loans.show', { loanId });
}

function there(scene: Scene, serverId: number): { readonly status: number; readonly principal: number } | undefined {
  return rows<{ status: number; principal: number }>(scene.books(), `SELECT status, principal FROM loan WHERE id = ${String(serverId)}`)[0];
}

function marked(scene: Scene, commandId: string): number {
  return rows(scene.books(), `SELECT id FROM note WHERE entity = 'loans' AND instr(note, '${commandId}') > 0`).length;
}

function post(scene: Scene, url: string, body: object): number {
  return scene.control().requestAs('admin', { method: 'POST', url, body: JSON.stringify(body) }).status;
}

describe('a decision on a loan', () => {
  test('approved for another day: shown at once, told to head office with it, and no day before the approval or on a day off', () =>
    play({}, async (scene) => {
      const { loanId, serverId, askedMinor } = await loanThatIs(scene, 'submitted');
      const { businessDate } = await scene.get(scene.grace, 'loans.listProducts', {});
      const approval = { loanId, approvedMinor: askedMinor, note: '' };
      const on = (expectedOn: string) => ({ ...approval, formId: scene.newForm(), expectedOn });
      expect(await scene.refusal(scene.grace, 'loans.approve', on(addDays(businessDate, -1)))).toBe('loan.payoutBeforeApproval');
      await scene.cutLine();
      const input = on(addDays(businessDate, 7));
      const made = await scene.get(scene.grace, 'loans.approve', input);
      expect(made).toMatchObject({ expectedOn: input.expectedOn, standing: 'savedHere' });
      // The same form for another day is another decision.
      expect(await scene.refusal(scene.grace, 'loans.approve', { ...input, expectedOn: businessDate })).toBe('form.alreadyUsed');
      expect((await shown(scene, loanId)).loan).toMatchObject({ status: 'approved', expectedOn: input.expectedOn });
      await scene.restoreLine();
      await scene.untilFinished();
      await scene.pass(MINUTE_MS);
      expect(
        rows<{ day: string }>(scene.books(), `SELECT expected_disbursement AS day FROM loan WHERE id = ${String(serverId)}`)[0]?.day,
      ).toBe(input.expectedOn);
      expect((await shown(scene, loanId)).loan).toMatchObject({ confirmedStatus: 'approved', expectedOn: input.expectedOn });
    }));

  test('approved for less without a line: provisional at once, confirmed when the line is back, and there once', () =>
    play({}, async (scene) => {
      const { loanId, serverId, askedMinor } = await loanThatIs(scene, 'submitted');
      await scene.cutLine();
      const approvedMinor = askedMinor - 100_000;
      const made = await scene.get(scene.grace, 'loans.approve', { formId: scene.newForm(), loanId, approvedMinor, note: 'as agreed' });
      expect(made).toMatchObject({ deed: 'approve', standing: 'savedHere', approvedMinor });
      expect((await shown(scene, loanId)).loan).toMatchObject({
        status: 'approved',
        confirmedStatus: 'submitted',
        deeds: ['undoApproval'],
        mayRepay: false,
      });
      await scene.restoreLine();
      await scene.untilFinished();
      await scene.pass(MINUTE_MS);
      expect(there(scene, serverId)).toEqual({ status: 200, principal: approvedMinor });
      const after = await shown(scene, loanId);
      expect(after.loan).toMatchObject({ status: 'approved', confirmedStatus: 'approved', principalMinor: approvedMinor });
      expect(after.decisions).toMatchObject([{ standing: 'confirmed', by: 'Grace Wanjiru', note: 'as agreed' }]);
      expect(marked(scene, made.commandId)).toBe(1);
    }));

  for (const fault of ['replyLost', 'requestLost'] as const)
    test(`${fault}: it stands there once (I2)`, () =>
      play({}, async (scene) => {
        const { loanId, serverId, askedMinor } = await loanThatIs(scene, 'submitted');
        scene.pc.network.arm(fault, 1, 'money');
        const input = { formId: scene.newForm(), loanId, approvedMinor: askedMinor, note: '' };
        const made = await scene.get(scene.grace, 'loans.approve', input);
        await scene.untilFinished();
        expect(there(scene, serverId)?.status).toBe(200);
        expect(marked(scene, made.commandId)).toBe(1);
      }));

  test('approved and taken back without a line goes in that order, and ends where it began', () =>
    play({}, async (scene) => {
      const { loanId, serverId, askedMinor } = await loanThatIs(scene, 'submitted');
      await scene.cutLine();
      await scene.get(scene.grace, 'loans.approve', { formId: scene.newForm(), loanId, approvedMinor: askedMinor, note: '' });
      await scene.get(scene.grace, 'loans.undoApproval', { formId: scene.newForm(), loanId, note: 'papers are missing' });
      expect((await shown(scene, loanId)).loan).toMatchObject({ status: 'submitted', deeds: ['approve', 'reject', 'withdraw'] });
      await scene.restoreLine();
      await scene.untilFinished();
      expect(there(scene, serverId)?.status).toBe(100);
      const notes = rows<{ note: string }>(scene.books(), `SELECT note FROM note WHERE entity = 'loans' ORDER BY id`);
      expect(notes.map(({ note }) => note.slice(0, note.indexOf('[Tawi')).trim())).toEqual(['', 'papers are missing']);
    }));

  test.each([
    ['loans.reject', 'rejected', 500],
    ['loans.withdrawApplication', 'withdrawn', 400],
  ] as const)('%s ends the application, here and there', (method, status, code) =>
    play({}, async (scene) => {
      const { loanId, serverId } = await loanThatIs(scene, 'submitted');
      await scene.get(scene.grace, method, { formId: scene.newForm(), loanId, note: 'too much for the stall' });
      await scene.untilFinished();
      await scene.pass(MINUTE_MS);
      expect(there(scene, serverId)?.status).toBe(code);
      expect((await shown(scene, loanId)).loan).toMatchObject({ status, confirmedStatus: status, deeds: [] });
    }),
  );

  test('pressed twice on one form is one decision; the form with another sum is refused', () =>
    play({}, async (scene) => {
      const { loanId, askedMinor } = await loanThatIs(scene, 'submitted');
      await scene.cutLine();
      const input = { formId: scene.newForm(), pageId: scene.newForm(), loanId, approvedMinor: askedMinor, note: '' };
      const first = await scene.get(scene.grace, 'loans.approve', input);
      expect((await scene.get(scene.grace, 'loans.approve', input)).commandId).toBe(first.commandId);
      expect(await scene.refusal(scene.grace, 'loans.approve', { ...input, approvedMinor: askedMinor - 100 })).toBe('form.alreadyUsed');
      await scene.restoreLine();
      await scene.untilFinished();
    }));
});

describe('what is refused in the branch', () => {
  test('more than was asked for, no reason, another state, an unknown loan, no right', () =>
    play({}, async (scene) => {
      const { loanId, askedMinor } = await loanThatIs(scene, 'submitted');
      const form = () => ({ formId: scene.newForm(), loanId });
      expect(await scene.refusal(scene.grace, 'loans.approve', { ...form(), approvedMinor: askedMinor + 1, note: '' })).toBe(
        'loan.approvedAboveAsked',
      );
      expect(await scene.refusal(scene.grace, 'loans.reject', { ...form(), note: ' no ' })).toBe('loan.reasonNeeded');
      expect(await scene.refusal(scene.grace, 'loans.undoApproval', { ...form(), note: 'not so' })).toBe('loan.notInThatState');
      expect(await scene.refusal(scene.grace, 'loans.reject', { ...form(), loanId: scene.newForm(), note: 'not so' })).toBe('loan.unknown');
      expect(await scene.refusal(scene.achieng, 'loans.approve', { ...form(), approvedMinor: 100, note: '' })).toBe('session.notPermitted');
      expect((await shown(scene, loanId)).decisions).toEqual([]);
    }));
});

describe('a decision that head office overtook', () => {
  test('is a case: here approved, there rejected; given up, the branch shows what head office says', () =>
    play({}, async (scene) => {
      const { loanId, serverId, askedMinor } = await loanThatIs(scene, 'submitted');
      await scene.cutLine();
      const { commandId } = await scene.get(scene.grace, 'loans.approve', {
        formId: scene.newForm(),
        loanId,
        approvedMinor: askedMinor,
        note: '',
      });
      const on = scene.control().businessDate();
      expect(post(scene, `/loans/${String(serverId)}?command=reject`, { rejectedOnDate: on, locale: 'en', dateFormat: 'yyyy-MM-dd' })).toBe(
        200,
      );
      await scene.restoreLine();
      await scene.pass(5 * MINUTE_MS);
      const open = await scene.openCase();
      expect(open).toMatchObject({
        item: { kind: 'loanDecision', commandId, becomes: 'approved' },
        serverCode: 'error.msg.loan.approve.account.is.not.submitted.and.pending.state',
        believed: { status: 'approved' },
        answered: { status: 'rejected' },
      });
      expect((await shown(scene, loanId)).loan).toMatchObject({ status: 'rejected', deeds: [] });
      expect(open.choices.map(({ resolution, possible }) => [resolution, possible])).toEqual([
        ['resubmit', true],
        ['correct', true],
        ['withdraw', true],
        ['recognise', false],
      ]);
      await scene.get(scene.amina, 'exceptions.resolve', {
        exceptionId: open.exceptionId,
        resolution: 'withdraw',
        reason: 'decided there',
      });
      expect((await shown(scene, loanId)).decisions).toMatchObject([{ withdrawn: true, exceptionId: null }]);
      expect(marked(scene, commandId)).toBe(0);
    }));
});

async function listed(scene: Scene, show: 'submitted' | 'approved' | 'active' | 'all', offset = 0, most = 200) {
  const { rows: shownRows, total } = await scene.get(scene.grace, 'loans.list', { show, offset, most });
  return { ids: shownRows.map(({ loanId }) => loanId), states: new Set(shownRows.map(({ status }) => status)), total };
}

test('the lists are of the state that their rows show: what was decided here goes from one to the other at once, once, and comes back', () =>
  play({}, async (scene) => {
    const { loanId, askedMinor } = await loanThatIs(scene, 'submitted');
    const { loanId: approvedThere } = await loanThatIs(scene, 'approved');
    const before = { submitted: await listed(scene, 'submitted'), approved: await listed(scene, 'approved') };
    await scene.cutLine();
    await scene.get(scene.grace, 'loans.approve', { formId: scene.newForm(), loanId, approvedMinor: askedMinor });
    await scene.get(scene.grace, 'loans.undoApproval', { formId: scene.newForm(), loanId: approvedThere, note: 'asked too early' });
    for (const when of ['without a line', 'with the line back', 'after the next reading']) {
      const [submitted, approved] = [await listed(scene, 'submitted'), await listed(scene, 'approved')];
      expect(submitted.states, when).toEqual(new Set(['submitted']));
      expect(approved.states, when).toEqual(new Set(['approved']));
      expect(new Set(submitted.ids), when).toEqual(new Set([...before.submitted.ids.filter((id) => id !== loanId), approvedThere]));
      expect(new Set(approved.ids), when).toEqual(new Set([...before.approved.ids.filter((id) => id !== approvedThere), loanId]));
      expect([submitted.total, approved.total], when).toEqual([submitted.ids.length, approved.ids.length]);
      // Page by page it is the same list.
      const pages = await Promise.all(submitted.ids.map((_, offset) => listed(scene, 'submitted', offset, 1)));
      expect(
        pages.flatMap(({ ids }) => ids),
        when,
      ).toEqual(submitted.ids);
      if (when === 'without a line') await scene.restoreLine();
      else await scene.pass(5 * MINUTE_MS);
    }
    await scene.untilFinished();
    const rejected = await loanThatIs(scene, 'submitted');
    await scene.get(scene.grace, 'loans.reject', { formId: scene.newForm(), loanId: rejected.loanId, note: 'no guarantor came' });
    for (const show of ['submitted', 'approved', 'active'] as const) expect((await listed(scene, show)).ids).not.toContain(rejected.loanId);
    expect((await listed(scene, 'all')).ids).toContain(rejected.loanId);
  }));
