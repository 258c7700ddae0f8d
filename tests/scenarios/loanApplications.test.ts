// A loan is applied for with and without a line, for clients that head office has and for those that it does not have yet: known at once under a
// number that holds for ever, decided on and paid out in the same stretch, told to head office once and in order, and a case where that says no.

import { describe, expect, test } from 'vitest';
import type { InputOf } from '../../shared/contract/define.ts';
import type { BranchContract } from '../../shared/contract/branchContract.ts';
import { isLocalNumber } from '../../shared/domain/clients/localNumber.ts';
import { rows } from '../simulation/checkers/rows.ts';
import { atTheCounter } from '../world/people.ts';
import { MINUTE_MS, play, type Scene } from './scene.ts';

type Apply = InputOf<BranchContract['loans']['apply']>;

async function anotherClient(scene: Scene): Promise<string> {
  return scene.savings().clientId;
}

async function asked(scene: Scene, more: Partial<Apply> = {}): Promise<Apply> {
  const { businessDate } = await scene.get(scene.grace, 'loans.applicationOptions', {});
  return {
    formId: scene.newForm(),
    owner: { kind: 'client', localId: await anotherClient(scene) },
    productId: 2,
    principalMinor: 2_000_000,
    installments: 6,
    ratePercent: '2',
    submittedOn: businessDate,
    expectedOn: businessDate,
    ...more,
  };
}

interface LoanThere {
  readonly id: number;
  readonly external_id: string | null;
  readonly status: number;
  readonly principal: number;
  readonly client_id: number | null;
  readonly group_id: number | null;
}

function there(scene: Scene): readonly LoanThere[] {
  return rows<LoanThere>(
    scene.books(),
    `SELECT id, external_id, status, principal, client_id, group_id FROM loan WHERE external_id LIKE 'L-%'`,
  );
}

function changeProduct(scene: Scene, productId: number, said: object): void {
  const body = JSON.stringify({ ...said, locale: 'en', dateFormat: 'yyyy-MM-dd' });
  expect(scene.control().requestAs('admin', { method: 'PUT', url: `/loanproducts/${String(productId)}`, body }).status).toBe(200);
}

const agreed = (scene: Scene) => ({ username: 'grace', password: scene.world.headOffice.passwordOf('grace') });

describe('an application', () => {
  test('of a client registered a minute ago, decided on and paid out without a line: all of it is there once, in order', () =>
    play({}, async (scene) => {
      await scene.get(scene.at(0, 'peter'), 'loans.applicationOptions', {});
      await atTheCounter(scene.world, scene.achieng);
      await scene.cutLine();
      const { today } = await scene.get(scene.grace, 'clients.registrationOptions', {});
      const registered = await scene.get(scene.grace, 'clients.register', {
        formId: scene.newForm(),
        legalForm: 'person',
        firstname: 'Merceline',
        lastname: 'Kwamboka',
        submittedOn: today,
        activationDate: today,
      });
      const owner = { kind: 'client', localId: registered.clientId } as const;
      const application = await asked(scene, { owner, principalMinor: 300_000 });
      const { loanId, localNumber } = await scene.get(scene.at(0, 'peter'), 'loans.apply', application);
      expect(isLocalNumber(localNumber) && localNumber.startsWith('L-')).toBe(true);
      const waiting = await scene.get(scene.grace, 'loans.list', { show: 'submitted' });
      expect(waiting.rows.find((row) => row.loanId === loanId)).toMatchObject({
        accountNo: localNumber,
        clientName: 'Merceline Kwamboka',
        application: 'savedHere',
      });
      expect((await scene.get(scene.grace, 'clients.show', { clientId: registered.clientId })).loans).toMatchObject([
        { loanId, status: 'submitted', application: { standing: 'savedHere', product: 'asAgreed' } },
      ]);
      const { loan } = await scene.get(scene.grace, 'loans.show', { loanId });
      expect(loan.instalments).toHaveLength(6);

      // Whoever took it does not grant it.
      const own = await scene.get(scene.grace, 'loans.apply', await asked(scene));
      const approval = { formId: scene.newForm(), loanId, approvedMinor: 300_000, note: '' };
      expect(await scene.refusal(scene.grace, 'loans.approve', { ...approval, loanId: own.loanId })).toBe('loan.makerCannotApprove');
      // And is told so before she presses; everybody else is not.
      const barredOf = async (who: typeof scene.grace) => (await scene.get(who, 'loans.show', { loanId: own.loanId })).barred;
      expect(await barredOf(scene.grace)).toEqual([{ deed: 'approve', code: 'loan.makerCannotApprove' }]);
      expect(await barredOf(scene.at(0, 'peter'))).toEqual([]);
      await scene.get(scene.grace, 'loans.approve', { ...approval, formId: scene.newForm() });
      await atTheCounter(scene.world, scene.achieng);
      const taken = await scene.get(scene.achieng, 'loans.disburse', {
        formId: scene.newForm(),
        loanId,
        amountMinor: 300_000,
        paidWith: { paymentTypeId: 1 },
        identitySeen: 'national card 2210',
        approval: agreed(scene),
      });
      expect(taken.receipt).toMatchObject({ accountNo: localNumber, nextDueDate: loan.instalments[0]?.dueDate });
      const desk = await scene.get(scene.grace, 'sync.showDesk', {});
      const kinds = desk.unfinished.map(({ kind, waitsFor }) => [kind, waitsFor.map((each) => each.kind)]);
      expect(kinds).toContainEqual(['loanApplication', ['clientRegistration']]);
      expect(kinds).toContainEqual(['loanDecision', ['loanApplication', 'clientRegistration']]);
      expect(there(scene)).toEqual([]);

      await scene.restoreLine();
      await scene.untilFinished();
      await scene.pass(MINUTE_MS);
      // What waits for nothing went first.
      expect(there(scene)).toMatchObject([
        { external_id: own.localNumber, status: 100 },
        { external_id: localNumber, status: 300, principal: 300_000 },
      ]);
      const after = await scene.get(scene.grace, 'loans.show', { loanId });
      expect(after.loan).toMatchObject({ status: 'active', confirmedStatus: 'active' });
      expect(after.loan.application).toBeUndefined();
      expect(after.loan.accountNo).not.toBe(localNumber);
      // What stands on her paper finds it still.
      expect((await scene.get(scene.grace, 'clients.scan', { codes: [localNumber] })).found).toMatchObject([{ kind: 'loan', loanId }]);
      // The schedule on her paper is head office's own.
      const shares = (each: typeof loan.instalments) => each.map(({ dueDate, totalDueMinor }) => ({ dueDate, totalDueMinor }));
      expect(shares(after.loan.instalments)).toEqual(shares(loan.instalments));
    }));

  test.each(['replyLost', 'requestLost', 'answers5xxAfter'] as const)('is there once when %s strikes', (fault) =>
    play({}, async (scene) => {
      scene.pc.network.arm(fault, 1, 'money');
      const { loanId, localNumber } = await scene.get(scene.grace, 'loans.apply', await asked(scene));
      await scene.untilFinished();
      await scene.pass(10 * MINUTE_MS);
      expect(there(scene)).toMatchObject([{ external_id: localNumber, status: 100, principal: 2_000_000 }]);
      expect((await scene.get(scene.grace, 'loans.show', { loanId })).loan).toMatchObject({
        status: 'submitted',
        confirmedStatus: 'submitted',
      });
    }),
  );

  test('of a group names the group; officer, purpose and fund go along; the charges of the product are taken', () =>
    play({}, async (scene) => {
      const purpose = scene
        .control()
        .requestAs('admin', { method: 'POST', url: '/codes/3/codevalues', body: JSON.stringify({ name: 'Stock', position: 1 }) });
      expect(purpose.status).toBe(200);
      const charge = scene.control().requestAs('admin', {
        method: 'POST',
        url: '/charges',
        body: JSON.stringify({
          name: 'Processing fee',
          chargeAppliesTo: 1,
          currencyCode: 'KES',
          chargeTimeType: 1,
          chargeCalculationType: 1,
          chargePaymentMode: 0,
          amount: 250,
          active: true,
          locale: 'en',
        }),
      });
      changeProduct(scene, 2, { charges: [{ id: (JSON.parse(charge.body) as { resourceId: number }).resourceId }] });
      // Such lists are read once a day.
      await scene.nextMorning();
      const options = await scene.get(scene.grace, 'loans.applicationOptions', {});
      expect(options.purposes.map(({ name }) => name)).toContain('Stock');
      const [group] = (await scene.get(scene.grace, 'groups.list', {})).rows;
      const { loanId } = await scene.get(
        scene.grace,
        'loans.apply',
        await asked(scene, {
          owner: { kind: 'group', localId: group?.groupId ?? '' },
          purposeId: options.purposes.find(({ name }) => name === 'Stock')?.serverId ?? null,
          officerId: options.officers[0]?.serverId ?? null,
        }),
      );
      const before = await scene.get(scene.grace, 'loans.show', { loanId });
      await scene.untilFinished();
      await scene.pass(10 * MINUTE_MS);
      expect(there(scene)).toMatchObject([{ client_id: null }]);
      expect(there(scene)[0]?.group_id).not.toBeNull();
      expect(rows(scene.books(), `SELECT amount FROM loan_charge WHERE loan_id = ${String(there(scene)[0]?.id)}`)).toEqual([
        { amount: 25_000 },
      ]);
      const after = await scene.get(scene.grace, 'loans.show', { loanId });
      expect(after.loan.instalments.map(({ totalDueMinor }) => totalDueMinor)).toEqual(
        before.loan.instalments.map(({ totalDueMinor }) => totalDueMinor),
      );
    }));

  test('pressed twice on one form is one application; the form with other terms is refused', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const application = await asked(scene, { pageId: scene.newForm() });
      const first = await scene.get(scene.grace, 'loans.apply', application);
      expect(await scene.get(scene.grace, 'loans.apply', application)).toMatchObject({ loanId: first.loanId, replayed: true });
      expect(await scene.refusal(scene.grace, 'loans.apply', { ...application, installments: 7 })).toBe('form.alreadyUsed');
      const another = await scene.get(scene.grace, 'loans.apply', await asked(scene));
      expect(another.localNumber).not.toBe(first.localNumber);
      await scene.restoreLine();
      await scene.untilFinished();
      expect(there(scene)).toHaveLength(2);
    }));

  test('given up before it was sent is in no list any more; said anew it keeps its number and waits for nobody', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const { loanId, localNumber } = await scene.get(scene.grace, 'loans.apply', await asked(scene));
      const application = async () => (await scene.get(scene.grace, 'loans.show', { loanId })).loan.application;
      const { commandId } = await scene.get(scene.grace, 'sync.amendCommand', {
        commandId: (await application())?.commandId ?? '',
        edits: { principal: '15000', installments: '4' },
      });
      expect((await scene.get(scene.grace, 'loans.show', { loanId })).loan).toMatchObject({
        accountNo: localNumber,
        principalMinor: 1_500_000,
        application: { commandId },
      });
      expect((await scene.get(scene.grace, 'loans.show', { loanId })).loan.instalments).toHaveLength(4);
      expect(await scene.refusal(scene.grace, 'sync.amendCommand', { commandId, edits: { principal: '0' } })).toBe('command.badWords');
      await scene.get(scene.grace, 'sync.withdrawCommand', { commandId, reason: 'found another way', withChildren: false });
      const { rows: waiting } = await scene.get(scene.grace, 'loans.list', { show: 'submitted' });
      expect(waiting.some((row) => row.loanId === loanId)).toBe(false);
      await scene.restoreLine();
      await scene.untilFinished();
      expect(there(scene)).toEqual([]);
    }));
});

describe('what head office refuses', () => {
  test('is a case: nothing is paid out meanwhile, and written anew it goes with what waited for it', () =>
    play({}, async (scene) => {
      changeProduct(scene, 2, { maxPrincipal: 30_000 });
      await scene.get(scene.at(0, 'peter'), 'loans.applicationOptions', {});
      await scene.cutLine();
      const { loanId, localNumber } = await scene.get(
        scene.at(0, 'peter'),
        'loans.apply',
        await asked(scene, { principalMinor: 3_500_000 }),
      );
      await scene.get(scene.grace, 'loans.approve', { formId: scene.newForm(), loanId, approvedMinor: 1_000_000, note: '' });
      await scene.restoreLine();
      await scene.pass(10 * MINUTE_MS);
      const [open] = await scene.get(scene.grace, 'exceptions.list', {});
      expect(open).toMatchObject({
        item: { kind: 'loanApplication' },
        serverCode: 'validation.msg.loan.principal.amount.is.not.within.min.max.range',
      });
      expect((await scene.get(scene.grace, 'loans.show', { loanId })).loan.application).toMatchObject({
        standing: 'needsYou',
        exceptionId: open?.exceptionId,
      });
      expect(await scene.get(scene.achieng, 'loans.previewDisbursal', { loanId })).toMatchObject({
        verdict: 'refused',
        code: 'loan.applicationRefused',
      });
      await scene.get(scene.grace, 'exceptions.resolve', {
        exceptionId: open?.exceptionId ?? '',
        resolution: 'correct',
        reason: 'within the new bound',
        edits: { principal: '30000' },
      });
      await scene.untilFinished();
      await scene.pass(10 * MINUTE_MS);
      expect(there(scene)).toMatchObject([{ external_id: localNumber, status: 200, principal: 1_000_000 }]);
      expect((await scene.get(scene.grace, 'loans.show', { loanId })).loan).toMatchObject({
        status: 'approved',
        confirmedStatus: 'approved',
      });
    }));

  test('a product that is sold no longer, or on other terms, is told of what was not sent yet', () =>
    play({}, async (scene) => {
      changeProduct(scene, 2, { closeDate: '2026-11-01' });
      changeProduct(scene, 1, { maxPrincipal: 60_000 });
      // Such lists are read once a day.
      await scene.nextMorning();
      const application = await asked(scene);
      expect(await scene.refusal(scene.grace, 'loans.apply', application)).toBe('loanProduct.notSold');
      expect(
        await scene.refusal(scene.grace, 'loans.apply', {
          ...application,
          formId: scene.newForm(),
          productId: 1,
          principalMinor: 6_000_100,
        }),
      ).toBe('loan.termsOut');
    }));
});

describe('what is refused in the branch', () => {
  test('terms at and beyond each bound, dates in the wrong order, unknown choices, and people without the right', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const application = await asked(scene);
      const refused = (more: Partial<Apply>) =>
        scene.refusal(scene.grace, 'loans.apply', { ...application, formId: scene.newForm(), ...more });
      const day = application.submittedOn;
      expect(await refused({ productId: 99 })).toBe('loanProduct.unknown');
      expect(await refused({ principalMinor: 199_999 })).toBe('loan.termsOut');
      expect(await refused({ principalMinor: 10_000_001 })).toBe('loan.termsOut');
      expect(await refused({ submittedOn: '2026-12-31', expectedOn: '2026-12-31' })).toBe('loan.submittedAhead');
      expect(await refused({ submittedOn: '1999-01-01' })).toBe('loan.submittedBeforeOwner');
      expect(await refused({ expectedOn: '2026-11-01' })).toBe('loan.payoutBeforeSubmitted');
      expect(await refused({ firstRepaymentOn: day })).toBe('loan.firstBeforePayout');
      expect(await refused({ officerId: 9_999 })).toBe('loan.optionUnknown');
      expect(await refused({ fundId: 9_999 })).toBe('loan.optionUnknown');
      expect(await refused({ owner: { kind: 'client', localId: scene.newForm() } })).toBe('client.unknown');
      expect(await refused({ owner: { kind: 'group', localId: scene.newForm() } })).toBe('group.unknown');
      expect(await scene.refusal(scene.achieng, 'loans.apply', { ...application, formId: scene.newForm() })).toBe('session.notPermitted');
      // The bounds themselves are allowed, and so is the last day of February.
      for (const principalMinor of [200_000, 10_000_000])
        await scene.get(scene.grace, 'loans.apply', {
          ...application,
          formId: scene.newForm(),
          principalMinor,
          firstRepaymentOn: '2028-02-29',
        });
      await scene.restoreLine();
      await scene.untilFinished();
      expect(there(scene)).toHaveLength(2);
    }));
});

test('its paper says what was agreed before it is signed, and the schedule of a loan that somebody else wrote down', () =>
  play({}, async (scene) => {
    const { loanId, localNumber } = await scene.get(scene.grace, 'loans.apply', await asked(scene));
    const paper = await scene.get(scene.grace, 'loans.showPaper', { loanId });
    const { businessDate } = await scene.get(scene.grace, 'loans.applicationOptions', {});
    expect(paper).toMatchObject({
      ownerName: expect.stringMatching(/\S/) as string,
      loan: { accountNo: localNumber, status: 'submitted', principalMinor: 2_000_000 },
      terms: { submittedOn: businessDate, expectedOn: businessDate, installments: 6, ratePercent: '2', ratePer: 'months', every: 1 },
    });
    expect(paper.loan.instalments.reduce((sum, each) => sum + each.principalDueMinor, 0)).toBe(2_000_000);
    const running = await scene.get(scene.achieng, 'loans.showPaper', { loanId: scene.loan().localId });
    expect(running).toMatchObject({ terms: null, loan: { status: 'active' } });
    expect(running.loan.instalments).not.toHaveLength(0);
    expect(await scene.refusal(scene.achieng, 'loans.showPaper', { loanId: scene.newForm() })).toBe('loan.unknown');
  }));
