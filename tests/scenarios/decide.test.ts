// What waits for somebody else is one list: filtered by what the one who looks may decide, with the reason where she may not, and shorter by each
// decision, wherever that was taken.

import { expect, test } from 'vitest';
import type { Waiting } from '../../shared/contract/decide.ts';
import type { Person } from '../world/people.ts';
import { MINUTE_MS, play, type Scene } from './scene.ts';

async function waiting(scene: Scene, who: Person): Promise<readonly Waiting[]> {
  return (await scene.get(who, 'decide.list', {})).rows;
}

const of = (rows: readonly Waiting[], id: string): Waiting | undefined => rows.find((row) => row.id === id);

async function appliedBy(scene: Scene, who: Person): Promise<string> {
  const { businessDate } = await scene.get(who, 'loans.applicationOptions', {});
  const { loanId } = await scene.get(who, 'loans.apply', {
    formId: scene.newForm(),
    owner: { kind: 'client', localId: scene.savings().clientId },
    productId: 2,
    principalMinor: 2_000_000,
    installments: 6,
    ratePercent: '2',
    submittedOn: businessDate,
    expectedOn: businessDate,
  });
  return loanId;
}

test('an application waits for everybody but its maker, then for a drawer, and in the end for nobody', () =>
  play({}, async (scene) => {
    const { amina } = scene;
    await waiting(scene, amina);
    await scene.cutLine();
    const loanId = await appliedBy(scene, scene.grace);
    const hers = of(await waiting(scene, scene.grace), loanId);
    expect(hers).toMatchObject({ what: 'loanAsked', isMine: false, askedBy: 'Grace Wanjiru', money: { minor: 2_000_000 } });
    expect(hers?.deeds).toEqual([
      { deed: 'approve', whyNot: 'loan.makerCannotApprove' },
      { deed: 'reject', whyNot: null },
    ]);
    expect(of(await waiting(scene, amina), loanId)).toMatchObject({ isMine: true, deeds: [{ deed: 'approve', whyNot: null }, {}] });
    expect(of(await waiting(scene, scene.achieng), loanId)).toMatchObject({
      isMine: false,
      deeds: [
        { deed: 'approve', whyNot: 'session.notPermitted' },
        { deed: 'reject', whyNot: 'session.notPermitted' },
      ],
    });

    await scene.get(amina, 'loans.approve', { formId: scene.newForm(), loanId, approvedMinor: 1_500_000, note: '' });
    expect(of(await waiting(scene, scene.achieng), loanId)).toMatchObject({
      what: 'loanPayout',
      isMine: true,
      money: { minor: 1_500_000 },
    });
    await scene.restoreLine();
    await scene.untilFinished();
    await scene.pass(MINUTE_MS);
    expect(of(await waiting(scene, amina), loanId)).toMatchObject({ what: 'loanPayout' });
    await scene.get(amina, 'loans.undoApproval', { formId: scene.newForm(), loanId, note: 'papers are missing' });
    expect(of(await waiting(scene, amina), loanId)).toMatchObject({ what: 'loanAsked' });
    await scene.get(amina, 'loans.reject', { formId: scene.newForm(), loanId, note: 'papers are missing' });
    expect(of(await waiting(scene, amina), loanId)).toBeUndefined();
  }));

test('a savings account waits to be approved, then to be activated', () =>
  play({}, async (scene) => {
    const { businessDate, products } = await scene.get(scene.grace, 'savings.openingOptions', {});
    const { savingsId } = await scene.get(scene.grace, 'savings.apply', {
      formId: scene.newForm(),
      owner: { kind: 'client', localId: scene.savings().clientId },
      productId: products.find(({ whyNot }) => whyNot === null)?.productId ?? 0,
      submittedOn: businessDate,
    });
    const { amina } = scene;
    expect(of(await waiting(scene, scene.grace), savingsId)?.deeds[0]).toEqual({ deed: 'approve', whyNot: 'savings.makerCannotApprove' });
    await scene.get(amina, 'savings.approve', { formId: scene.newForm(), savingsId });
    expect(of(await waiting(scene, amina), savingsId)).toMatchObject({ what: 'savingsActivation', isMine: true });
    await scene.get(amina, 'savings.activate', { formId: scene.newForm(), savingsId });
    expect(of(await waiting(scene, amina), savingsId)).toBeUndefined();
  }));

test('a note that was held waits for a second person, and the count is what waits for whoever looks', () =>
  play({}, async (scene) => {
    const { clientId } = scene.savings();
    const { commandId } = await scene.get(scene.achieng, 'clients.addNote', {
      formId: scene.newForm(),
      clientId,
      text: 'asked for a card',
      askFirst: true,
    });
    const held = of(await waiting(scene, scene.grace), commandId);
    expect(held).toMatchObject({ what: 'held', commandKind: 'clientNote', isMine: true, askedBy: 'Achieng Odhiambo' });
    expect(of(await waiting(scene, scene.achieng), commandId)?.isMine).toBe(false);
    const before = await scene.get(scene.grace, 'decide.count', {});
    expect(before.mine).toBe((await waiting(scene, scene.grace)).filter(({ isMine }) => isMine).length);
    await scene.get(scene.grace, 'sync.decideHeld', { commandId, agrees: true });
    expect((await scene.get(scene.grace, 'decide.count', {})).mine).toBe(before.mine - 1);
  }));
