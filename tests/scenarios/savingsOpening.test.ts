// A savings account is opened with and without a line, for clients that head office has and for those that it does not have yet: known at once under a
// number that holds for ever, approved, activated and paid into in the same stretch, told to head office once and in order, and a case where that
// says no.

import { describe, expect, test } from 'vitest';
import type { InputOf } from '../../shared/contract/define.ts';
import type { BranchContract } from '../../shared/contract/branchContract.ts';
import { isLocalNumber, localNumberOf } from '../../shared/domain/clients/localNumber.ts';
import { rows } from '../simulation/checkers/rows.ts';
import { atTheCounter } from '../world/people.ts';
import { MINUTE_MS, play, type Scene } from './scene.ts';

type Apply = InputOf<BranchContract['savings']['apply']>;

interface AccountThere {
  readonly id: number;
  readonly external_id: string | null;
  readonly status: number;
  readonly balance: number;
}

function there(scene: Scene): readonly AccountThere[] {
  return rows<AccountThere>(
    scene.books(),
    "SELECT id, external_id, status, balance FROM savings_account WHERE external_id LIKE 'S-%' ORDER BY id",
  );
}

async function asked(scene: Scene, more: Partial<Apply> = {}): Promise<Apply> {
  const { businessDate } = await scene.get(scene.grace, 'savings.openingOptions', {});
  return {
    formId: scene.newForm(),
    owner: { kind: 'client', localId: scene.savings().clientId },
    productId: 1,
    submittedOn: businessDate,
    ...more,
  };
}

function write(scene: Scene, method: 'POST' | 'PUT' | 'DELETE', url: string, said: object = {}): number {
  const body = JSON.stringify({ ...said, locale: 'en', dateFormat: 'yyyy-MM-dd' });
  const reply = scene.control().requestAs('admin', { method, url, body });
  expect([url, reply.status, reply.body.slice(0, 300)]).toEqual([url, 200, expect.any(String)]);
  return (JSON.parse(reply.body) as { resourceId: number }).resourceId;
}

/** What a product costs is read once a day, after the first pull. */
async function ready(scene: Scene): Promise<void> {
  await scene.nextMorning();
  const { products } = await scene.get(scene.grace, 'savings.openingOptions', {});
  expect(products.find(({ productId }) => productId === 1)?.whyNot).toBeNull();
  // Whoever is to work without a line signed in before it was gone.
  await scene.get(peter(scene), 'savings.openingOptions', {});
}

const peter = (scene: Scene) => scene.at(0, 'peter');

async function decide(scene: Scene, savingsId: string, verb: 'approve' | 'activate'): Promise<void> {
  await scene.get(scene.grace, `savings.${verb}`, { formId: scene.newForm(), savingsId });
}

/** A product that head office has only for this scenario. */
function productThere(scene: Scene, name: string, shortName: string, more: object = {}): number {
  return write(scene, 'POST', '/savingsproducts', {
    name,
    shortName,
    currencyCode: 'KES',
    digitsAfterDecimal: 2,
    nominalAnnualInterestRate: 2,
    interestCompoundingPeriodType: 1,
    interestPostingPeriodType: 4,
    interestCalculationType: 1,
    interestCalculationDaysInYearType: 365,
    accountingRule: 1,
    ...more,
  });
}

describe('an account', () => {
  test('of a client registered a minute ago is approved, activated and paid into without a line: all of it is there once, in order', () =>
    play({}, async (scene) => {
      await ready(scene);
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
      const application = await asked(scene, { owner: { kind: 'client', localId: registered.clientId } });
      const { savingsId, localNumber } = await scene.get(peter(scene), 'savings.apply', application);
      expect(isLocalNumber(localNumber) && localNumber.startsWith('S-')).toBe(true);
      expect((await scene.get(scene.grace, 'clients.show', { clientId: registered.clientId })).savings).toMatchObject([
        { savingsId, accountNo: localNumber, status: 'submitted', application: { standing: 'savedHere', product: 'asAgreed' } },
      ]);
      expect((await scene.get(scene.grace, 'clients.scan', { codes: [localNumber] })).found).toMatchObject([
        { kind: 'savings', savingsId },
      ]);
      // Nothing may lie there yet.
      const deposit = { savingsId, amountMinor: 50_000, paidWith: { paymentTypeId: 1 } };
      expect(await scene.refusal(scene.achieng, 'savings.takeDeposit', { ...deposit, formId: scene.newForm() })).toBe('savings.notActive');
      expect(await scene.refusal(scene.grace, 'savings.activate', { formId: scene.newForm(), savingsId })).toBe('savings.notInThatState');

      // Whoever took it does not grant it.
      const own = await scene.get(scene.grace, 'savings.apply', await asked(scene));
      expect(await scene.refusal(scene.grace, 'savings.approve', { formId: scene.newForm(), savingsId: own.savingsId })).toBe(
        'savings.makerCannotApprove',
      );
      // And is told so before she presses.
      expect((await scene.get(scene.grace, 'savings.show', { savingsId: own.savingsId })).barred).toEqual([
        { deed: 'approve', code: 'savings.makerCannotApprove' },
      ]);
      await decide(scene, savingsId, 'approve');
      await decide(scene, savingsId, 'activate');
      const taken = await scene.get(scene.achieng, 'savings.takeDeposit', { ...deposit, formId: scene.newForm() });
      expect(taken.receipt).toMatchObject({ accountNo: localNumber, balanceAfterMinor: 50_000 });
      const shown = await scene.get(scene.grace, 'savings.show', { savingsId });
      expect(shown.savings).toMatchObject({
        status: 'active',
        confirmedStatus: 'submitted',
        ledgerMinor: 50_000,
        mayWithdraw: false,
        deeds: ['close'],
      });
      expect(shown.decisions.map(({ deed, standing }) => [deed, standing])).toEqual([
        ['activate', 'savedHere'],
        ['approve', 'savedHere'],
      ]);
      expect(shown.opening).toMatchObject({ localNumber, submittedOn: today, terms: { ratePercent: expect.any(String) as string } });
      const desk = await scene.get(scene.grace, 'sync.showDesk', {});
      const kinds = desk.unfinished.map(({ kind, waitsFor }) => [kind, waitsFor.map((each) => each.kind)]);
      expect(kinds).toContainEqual(['savingsApplication', ['clientRegistration']]);
      expect(there(scene)).toEqual([]);

      await scene.restoreLine();
      await scene.untilFinished();
      await scene.pass(MINUTE_MS);
      expect(there(scene)).toMatchObject([
        { external_id: own.localNumber, status: 100 },
        { external_id: localNumber, status: 300, balance: 50_000 },
      ]);
      const after = await scene.get(scene.grace, 'savings.show', { savingsId });
      expect(after.savings).toMatchObject({
        status: 'active',
        confirmedStatus: 'active',
        ledgerMinor: 50_000,
        confirmedLedgerMinor: 50_000,
      });
      expect(after.savings.application).toBeUndefined();
      expect(after.savings.accountNo).not.toBe(localNumber);
      // What stands on her slip finds it still.
      expect((await scene.get(scene.grace, 'clients.scan', { codes: [localNumber] })).found).toMatchObject([
        { kind: 'savings', savingsId },
      ]);
    }));

  test.each(['replyLost', 'requestLost', 'answers5xxAfter'] as const)('is there once when %s strikes each of its steps', (fault) =>
    play({}, async (scene) => {
      await ready(scene);
      scene.pc.network.arm(fault, 1, 'money');
      const { savingsId, localNumber } = await scene.get(peter(scene), 'savings.apply', await asked(scene));
      await scene.untilFinished();
      for (const verb of ['approve', 'activate'] as const) {
        scene.pc.network.arm(fault, 1, 'money');
        await decide(scene, savingsId, verb);
        await scene.untilFinished();
      }
      await scene.pass(10 * MINUTE_MS);
      expect(there(scene)).toMatchObject([{ external_id: localNumber, status: 300 }]);
      expect((await scene.get(scene.grace, 'savings.show', { savingsId })).savings).toMatchObject({
        status: 'active',
        confirmedStatus: 'active',
      });
    }),
  );

  test('is on the terms of its slip, whatever the product says when it gets there, and head office pays no first deposit in by itself', () =>
    play({}, async (scene) => {
      const productId = productThere(scene, 'Opening balance savings', 'OBS', { minRequiredOpeningBalance: 250 });
      await ready(scene);
      await atTheCounter(scene.world, scene.achieng);
      await scene.cutLine();
      const { savingsId } = await scene.get(peter(scene), 'savings.apply', await asked(scene, { productId }));
      write(scene, 'PUT', `/savingsproducts/${String(productId)}`, { nominalAnnualInterestRate: 1 });
      await decide(scene, savingsId, 'approve');
      await decide(scene, savingsId, 'activate');
      expect((await scene.get(scene.grace, 'savings.show', { savingsId })).opening?.terms).toMatchObject({
        openingMinor: 25_000,
        ratePercent: '2',
      });
      await scene.get(scene.achieng, 'savings.takeDeposit', {
        formId: scene.newForm(),
        savingsId,
        amountMinor: 30_000,
        paidWith: { paymentTypeId: 1 },
      });
      await scene.restoreLine();
      await scene.untilFinished();
      expect(there(scene)).toMatchObject([{ status: 300, balance: 30_000 }]);
      expect(
        rows(scene.books(), "SELECT json_extract(terms, '$.annualRate') AS rate FROM savings_account WHERE external_id LIKE 'S-%'"),
      ).toEqual([{ rate: '2' }]);
    }));

  test('takes the fee of its product along, which head office does not take over by itself', () =>
    play({}, async (scene) => {
      const charge = write(scene, 'POST', '/charges', {
        name: 'Withdrawal fee',
        chargeAppliesTo: 2,
        currencyCode: 'KES',
        chargeTimeType: 5,
        chargeCalculationType: 1,
        amount: 20,
        active: true,
      });
      const productId = productThere(scene, 'Current account', 'CUR', { nominalAnnualInterestRate: 0, charges: [{ id: charge }] });
      await ready(scene);
      const { savingsId } = await scene.get(peter(scene), 'savings.apply', await asked(scene, { productId }));
      expect((await scene.get(scene.grace, 'savings.show', { savingsId })).opening?.charges).toEqual(['Withdrawal fee']);
      await scene.untilFinished();
      expect(
        rows(
          scene.books(),
          `SELECT amount FROM savings_charge WHERE account_id = ${String(there(scene)[0]?.id)} AND charge_id = ${String(charge)}`,
        ),
      ).toEqual([{ amount: 2_000 }]);
    }));

  test('pressed twice on one form is one account; the form with another product is refused', () =>
    play({}, async (scene) => {
      await ready(scene);
      await scene.cutLine();
      const application = await asked(scene, { pageId: scene.newForm() });
      const first = await scene.get(scene.grace, 'savings.apply', application);
      expect(await scene.get(scene.grace, 'savings.apply', application)).toMatchObject({ savingsId: first.savingsId, replayed: true });
      expect(await scene.refusal(scene.grace, 'savings.apply', { ...application, productId: 2 })).toBe('form.alreadyUsed');
    }));
});

describe('what is not taken here', () => {
  test('a day that has not come, or before the client was active; a product or an officer that nobody has; whoever is not active', () =>
    play({}, async (scene) => {
      await ready(scene);
      const refusal = async (more: Partial<Apply>) => scene.refusal(scene.grace, 'savings.apply', await asked(scene, more));
      expect(await refusal({ submittedOn: '2030-01-01' })).toBe('savings.submittedAhead');
      expect(await refusal({ submittedOn: '2001-01-01' })).toBe('savings.submittedBeforeOwner');
      expect(await refusal({ productId: 9_999 })).toBe('savingsProduct.unknown');
      expect(await refusal({ officerId: 9_999 })).toBe('savings.optionUnknown');
      expect(await refusal({ owner: { kind: 'client', localId: scene.newForm() } })).toBe('client.unknown');
      expect(await refusal({ owner: { kind: 'group', localId: scene.newForm() } })).toBe('group.unknown');
      const { today } = await scene.get(scene.grace, 'clients.registrationOptions', {});
      const pending = await scene.get(scene.grace, 'clients.register', {
        formId: scene.newForm(),
        legalForm: 'person',
        firstname: 'Not',
        lastname: 'Activeyet',
        submittedOn: today,
        activationDate: null,
      });
      expect(await refusal({ owner: { kind: 'client', localId: pending.clientId } })).toBe('savings.ownerNotActive');
    }));

  test('nobody is turned away without a reason, and whoever was may not be activated', () =>
    play({}, async (scene) => {
      await ready(scene);
      const { savingsId } = await scene.get(peter(scene), 'savings.apply', await asked(scene));
      const said = { formId: scene.newForm(), savingsId };
      expect(await scene.refusal(scene.grace, 'savings.reject', { ...said, note: ' ' })).toBe('savings.reasonNeeded');
      await scene.get(scene.grace, 'savings.reject', { ...said, note: 'papers are missing' });
      expect(await scene.refusal(scene.grace, 'savings.approve', { formId: scene.newForm(), savingsId })).toBe('savings.notInThatState');
      await scene.untilFinished();
      expect(there(scene)).toMatchObject([{ status: 500 }]);
      expect(rows(scene.books(), "SELECT note FROM note WHERE entity = 'savings'")).toEqual([
        { note: expect.stringMatching(/^papers are missing \[Tawi .*\]$/) as string },
      ]);
      expect((await scene.get(scene.grace, 'savings.show', { savingsId })).savings).toMatchObject({
        status: 'rejected',
        mayDeposit: false,
      });
    }));
});

describe('an account on which nothing lies any more', () => {
  async function opened(scene: Scene): Promise<string> {
    await ready(scene);
    const { savingsId } = await scene.get(peter(scene), 'savings.apply', await asked(scene));
    await decide(scene, savingsId, 'approve');
    await decide(scene, savingsId, 'activate');
    return savingsId;
  }
  const close = (scene: Scene, savingsId: string) => ({ formId: scene.newForm(), savingsId, note: 'moves to another town' });

  test('is closed once, without a line, and takes nothing from the press on', () =>
    play({}, async (scene) => {
      const savingsId = await opened(scene);
      const paidWith = { paymentTypeId: 1 };
      expect(await atTheCounter(scene.world, scene.achieng, true)).toBe(true);
      await scene.get(scene.achieng, 'savings.takeDeposit', { formId: scene.newForm(), savingsId, amountMinor: 60_000, paidWith });
      await scene.untilFinished();
      expect((await scene.get(scene.grace, 'savings.show', { savingsId })).barred).toEqual([{ deed: 'close', code: 'savings.notEmpty' }]);
      expect(await scene.refusal(scene.grace, 'savings.close', close(scene, savingsId))).toBe('savings.notEmpty');
      expect(await scene.refusal(peter(scene), 'savings.close', close(scene, savingsId))).toBe('session.notPermitted');

      await scene.cutLine();
      const approval = { username: 'grace', password: scene.world.headOffice.passwordOf('grace') };
      await scene.get(scene.achieng, 'savings.payWithdrawal', {
        formId: scene.newForm(),
        savingsId,
        amountMinor: 60_000,
        paidWith,
        approval,
      });
      await scene.get(scene.grace, 'savings.close', close(scene, savingsId));
      const { savings } = await scene.get(scene.grace, 'savings.show', { savingsId });
      expect(savings).toMatchObject({ status: 'closed', confirmedStatus: 'active', mayDeposit: false, availableMinor: 0, deeds: [] });
      const deposit = { formId: scene.newForm(), savingsId, amountMinor: 5_000, paidWith };
      expect(await scene.refusal(scene.achieng, 'savings.takeDeposit', deposit)).toBe('savings.notActive');
      const transfer = { formId: scene.newForm(), fromSavingsId: scene.savings().localId, toSavingsId: savingsId, amountMinor: 1_000 };
      expect(await scene.refusal(scene.grace, 'savings.transfer', transfer)).toBe('savings.notActive');
      expect(await scene.refusal(scene.grace, 'savings.close', close(scene, savingsId))).toBe('savings.notInThatState');

      await scene.restoreLine();
      await scene.untilFinished();
      await scene.pass(5 * MINUTE_MS);
      expect(there(scene)).toMatchObject([{ status: 600, balance: 0 }]);
      expect((await scene.get(scene.grace, 'savings.show', { savingsId })).savings.confirmedStatus).toBe('closed');
      expect(await scene.get(scene.grace, 'exceptions.list', {})).toEqual([]);
    }));

  test('is closed for a reason, and is active again where the closing was withdrawn before it was sent', () =>
    play({}, async (scene) => {
      const savingsId = await opened(scene);
      await scene.untilFinished();
      await scene.cutLine();
      expect(await scene.refusal(scene.grace, 'savings.close', { ...close(scene, savingsId), note: ' ' })).toBe('savings.reasonNeeded');
      const { commandId } = await scene.get(scene.grace, 'savings.close', close(scene, savingsId));
      await scene.get(scene.grace, 'sync.withdrawCommand', { commandId, reason: 'stays after all' });
      expect((await scene.get(scene.grace, 'savings.show', { savingsId })).savings).toMatchObject({ status: 'active', deeds: ['close'] });
      await scene.restoreLine();
      await scene.pass(5 * MINUTE_MS);
      expect(there(scene)).toMatchObject([{ status: 300 }]);
    }));

  test('that keeps some money for ever is closed at head office alone', () =>
    play({}, async (scene) => {
      const productId = productThere(scene, 'Kept', 'KEPT', { minRequiredBalance: 50, enforceMinRequiredBalance: true });
      await ready(scene);
      const { savingsId } = await scene.get(peter(scene), 'savings.apply', await asked(scene, { productId }));
      await decide(scene, savingsId, 'approve');
      await decide(scene, savingsId, 'activate');
      const deposit = { formId: scene.newForm(), savingsId, amountMinor: 60_000, paidWith: { paymentTypeId: 1 } };
      expect(await atTheCounter(scene.world, scene.achieng, true)).toBe(true);
      await scene.get(scene.achieng, 'savings.takeDeposit', deposit);
      await scene.untilFinished();
      await scene.pass(5 * MINUTE_MS);
      expect(await scene.refusal(scene.grace, 'savings.close', close(scene, savingsId))).toBe('savings.keepsMinimum');
    }));
});

describe('a case', () => {
  test('where head office has the product no more: the application is given up, and what waits for it with it', () =>
    play({}, async (scene) => {
      const productId = productThere(scene, 'Short lived savings', 'SLS');
      await ready(scene);
      await scene.cutLine();
      const { savingsId } = await scene.get(peter(scene), 'savings.apply', await asked(scene, { productId }));
      await decide(scene, savingsId, 'approve');
      write(scene, 'DELETE', `/savingsproducts/${String(productId)}`);
      await scene.restoreLine();
      await scene.pass(5 * MINUTE_MS);
      const cases = await scene.get(scene.grace, 'exceptions.list', {});
      expect(cases).toMatchObject([{ item: { kind: 'savingsApplication' }, serverCode: 'error.msg.savingproduct.id.invalid' }]);
      const shown = await scene.get(scene.grace, 'savings.show', { savingsId });
      expect(shown.savings.application).toMatchObject({ standing: 'needsYou', exceptionId: cases[0]?.exceptionId, product: 'asAgreed' });
      await scene.get(scene.grace, 'exceptions.resolve', {
        exceptionId: cases[0]?.exceptionId ?? '',
        resolution: 'withdraw',
        reason: 'no such product any more',
        withChildren: true,
      });
      await scene.untilFinished();
      expect(there(scene)).toEqual([]);
      expect(
        (await scene.get(scene.grace, 'clients.show', { clientId: scene.savings().clientId })).savings.map((each) => each.savingsId),
      ).not.toContain(savingsId);
    }));

  test('where head office rejected what was approved here: both truths, and nothing is done twice', () =>
    play({}, async (scene) => {
      await ready(scene);
      const { savingsId } = await scene.get(peter(scene), 'savings.apply', await asked(scene));
      await scene.untilFinished();
      await scene.cutLine();
      await decide(scene, savingsId, 'approve');
      write(scene, 'POST', `/savingsaccounts/${String(there(scene)[0]?.id)}?command=reject`, {
        rejectedOnDate: scene.control().businessDate(),
      });
      await scene.restoreLine();
      await scene.pass(5 * MINUTE_MS);
      const cases = await scene.get(scene.grace, 'exceptions.list', {});
      expect(cases).toMatchObject([{ item: { kind: 'savingsDecision' } }]);
      expect((await scene.get(scene.grace, 'savings.show', { savingsId })).savings).toMatchObject({
        status: 'rejected',
        confirmedStatus: 'rejected',
      });
    }));

  test('of every step that head office was put back to before, and a comparison leaves none without an answer', () =>
    play({}, async (scene) => {
      await ready(scene);
      const backup = scene.world.headOffice.backUp();
      const { savingsId } = await scene.get(peter(scene), 'savings.apply', await asked(scene));
      await decide(scene, savingsId, 'approve');
      await scene.untilFinished();
      expect(there(scene)).toMatchObject([{ status: 200 }]);
      scene.world.headOffice.restore(backup);
      await scene.nextMorning();
      await scene.pass(30 * MINUTE_MS);
      const cases = await scene.get(scene.grace, 'exceptions.list', {});
      expect(cases.map(({ item, serverCode }) => [item.kind, serverCode])).toEqual(
        expect.arrayContaining([
          ['savingsApplication', 'headOffice.lostTransaction'],
          ['savingsDecision', 'headOffice.accountGone'],
        ]),
      );
    }));

  test('where head office gave its number to another account of the same client: each is itself, and it goes once more under its own', () =>
    play({ numbersMisused: true }, async (scene) => {
      await ready(scene);
      const backup = scene.world.headOffice.backUp();
      const { savingsId, localNumber } = await scene.get(peter(scene), 'savings.apply', await asked(scene));
      await scene.untilFinished();
      const [made] = there(scene);

      scene.world.headOffice.restore(backup);
      scene.pc.network.dropInFlight();
      const otherNumber = localNumberOf('S', 'KTL', '09', 1);
      const other = write(scene, 'POST', '/savingsaccounts', {
        clientId: rows<{ id: number }>(
          scene.books(),
          `SELECT client_id AS id FROM savings_account WHERE id = ${String(scene.savings().serverId)}`,
        )[0]?.id,
        productId: 1,
        submittedOnDate: scene.control().businessDate(),
        externalId: otherNumber,
      });
      expect(other).toBe(made?.id);
      await scene.pass(20 * MINUTE_MS);
      const open = await scene.openCase(scene.grace);
      expect(open).toMatchObject({ kind: 'vanished', item: { kind: 'savingsApplication' } });
      const here = () =>
        rows<{ number: string; serverId: number | null; isFirst: number }>(
          scene.pc.database(),
          `SELECT external_id AS number, server_id AS serverId, savings_id = '${savingsId}' AS isFirst FROM replica_savings
           WHERE external_id LIKE 'S-%' AND gone = 0 ORDER BY server_id`,
        );
      expect(here()).toEqual([{ number: otherNumber, serverId: other, isFirst: 0 }]);

      await scene.resolve(scene.grace, open, 'resubmit');
      await scene.untilFinished();
      await scene.pass(20 * MINUTE_MS);
      const again = there(scene).find((each) => each.external_id === localNumber)?.id;
      expect(here()).toEqual([
        { number: otherNumber, serverId: other, isFirst: 0 },
        { number: localNumber, serverId: again, isFirst: 1 },
      ]);
      expect((await scene.get(scene.grace, 'savings.show', { savingsId })).savings).toMatchObject({ status: 'submitted' });
    }));

  test('where head office took money on it while it was closed here: it stays open, with what lies on it', () =>
    play({}, async (scene) => {
      await ready(scene);
      const { savingsId } = await scene.get(peter(scene), 'savings.apply', await asked(scene));
      await decide(scene, savingsId, 'approve');
      await decide(scene, savingsId, 'activate');
      await scene.untilFinished();
      await scene.cutLine();
      await scene.get(scene.grace, 'savings.close', { formId: scene.newForm(), savingsId, note: 'moves away' });
      const [made] = there(scene);
      write(scene, 'POST', `/savingsaccounts/${String(made?.id)}/transactions?command=deposit`, {
        transactionDate: scene.control().businessDate(),
        transactionAmount: 5,
        paymentTypeId: 1,
      });
      await scene.restoreLine();
      await scene.pass(10 * MINUTE_MS);
      const open = await scene.openCase(scene.grace);
      expect(open).toMatchObject({ kind: 'refused', item: { kind: 'savingsDecision' } });
      expect((await scene.get(scene.grace, 'savings.show', { savingsId })).savings).toMatchObject({ status: 'active', ledgerMinor: 500 });
      expect(there(scene)).toMatchObject([{ status: 300 }]);
    }));

  test('where head office gave its number to another account while offline was declared: nothing is decided of that one', () =>
    play({ numbersMisused: true }, async (scene) => {
      await ready(scene);
      const backup = scene.world.headOffice.backUp();
      const { savingsId } = await scene.get(peter(scene), 'savings.apply', await asked(scene));
      await scene.untilFinished();
      const [made] = there(scene);
      await scene.get(scene.grace, 'sync.declareOffline', { reason: 'the line is too slow' });
      await scene.get(scene.grace, 'savings.reject', { formId: scene.newForm(), savingsId, note: 'not hers' });
      await scene.pass(2 * MINUTE_MS);

      const clientId = rows<{ id: number }>(
        scene.books(),
        `SELECT client_id AS id FROM savings_account WHERE id = ${String(scene.savings().serverId)}`,
      )[0]?.id;
      scene.world.headOffice.restore(backup);
      const externalId = localNumberOf('S', 'KTL', '09', 1);
      const submittedOnDate = scene.control().businessDate();
      const other = write(scene, 'POST', '/savingsaccounts', { clientId, productId: 1, submittedOnDate, externalId });
      expect(other).toBe(made?.id);
      // Its trail has passed what was read of it before.
      for (const note of ['one', 'two', 'three', 'four', 'five', 'six'])
        write(scene, 'POST', `/clients/${String(clientId)}/notes`, { note });
      await scene.get(scene.grace, 'sync.endOffline', {});
      await scene.pass(20 * MINUTE_MS);
      expect(there(scene)).toMatchObject([{ id: other, external_id: externalId, status: 100 }]);
      expect(await scene.get(scene.grace, 'exceptions.list', {})).not.toEqual([]);
    }));

  test('none where head office had approved it as well', () =>
    play({}, async (scene) => {
      await ready(scene);
      const { savingsId } = await scene.get(peter(scene), 'savings.apply', await asked(scene));
      await scene.untilFinished();
      await scene.cutLine();
      await decide(scene, savingsId, 'approve');
      write(scene, 'POST', `/savingsaccounts/${String(there(scene)[0]?.id)}?command=approve`, {
        approvedOnDate: scene.control().businessDate(),
      });
      await scene.restoreLine();
      await scene.untilFinished();
      expect(there(scene)).toMatchObject([{ status: 200 }]);
      expect(await scene.get(scene.grace, 'exceptions.list', {})).toEqual([]);
    }));

  test('none of an approval that was undone since, where head office purged its trail: its words stand among the account\u2019s notes', () =>
    play({}, async (scene) => {
      await ready(scene);
      const { savingsId } = await scene.get(peter(scene), 'savings.apply', await asked(scene));
      await decide(scene, savingsId, 'approve');
      await scene.untilFinished();
      await scene.get(scene.amina, 'savings.undoApproval', { formId: scene.newForm(), savingsId, note: 'too early' });
      await scene.untilFinished();
      expect(there(scene)).toMatchObject([{ status: 100 }]);
      scene.control().purgeProcessedCommands();
      await scene.nextMorning();
      await scene.pass(30 * MINUTE_MS);
      expect(await scene.get(scene.grace, 'exceptions.list', {})).toEqual([]);
    }));
});
