// A form whose answer was lost, and what becomes of it: the same payment is never made twice, and another payment is never swallowed. What
// lies in the drawer at the end is what clients handed over.

import { describe, expect, test } from 'vitest';
import { count } from '../simulation/checkers/rows.ts';
import { readerOf } from '../simulation/checkers/viewChecker.ts';
import { atTheCounter } from '../world/people.ts';
import { play, type Scene } from './scene.ts';

type Method = 'savings.takeDeposit' | 'savings.payWithdrawal' | 'loans.takeRepayment' | 'counter.takeBasket';

interface Form {
  readonly method: Method;
  readonly input: { readonly formId: string; readonly pageId: string } & Readonly<Record<string, unknown>>;
}

const METHODS: readonly Method[] = ['savings.takeDeposit', 'savings.payWithdrawal', 'loans.takeRepayment', 'counter.takeBasket'];

function formOf(scene: Scene, method: Method): Form {
  const own = { formId: scene.newForm(), pageId: scene.newForm(), paidWith: { paymentTypeId: 1 } };
  const [savings, loan] = [scene.savings(), scene.loan()];
  switch (method) {
    case 'loans.takeRepayment':
      return { method, input: { ...own, loanId: loan.localId, amountMinor: 30_000 } };
    case 'counter.takeBasket':
      return {
        method,
        input: { ...own, clientId: savings.clientId, lines: [{ kind: 'savingsDeposit', savingsId: savings.localId, amountMinor: 30_000 }] },
      };
    default:
      return { method, input: { ...own, savingsId: savings.localId, amountMinor: 30_000 } };
  }
}

/** Another page that shows the same form: a draft that was found again, or a second window. */
function elsewhere(scene: Scene, form: Form): Form {
  return { ...form, input: { ...form.input, pageId: scene.newForm() } };
}

function send(scene: Scene, form: Form) {
  return scene.answer(scene.achieng, form.method, form.input as never);
}

const draftOf = (form: Form): { draftKey: string; body: string } => ({
  draftKey: 'form:any:account',
  body: JSON.stringify({ formId: form.input.formId, amountMinor: 30_000 }),
});

const receipts = (scene: Scene): number => count(scene.pc.database(), 'SELECT count(*) FROM journal_receipts');

async function loseTheAnswer(scene: Scene, form: Form): Promise<void> {
  expect(await atTheCounter(scene.world, scene.achieng)).toBe(true);
  await scene.get(scene.achieng, 'drafts.keep', draftOf(form));
  scene.pc.armDeath({ at: 'afterCommit', skip: 0 });
  expect((await send(scene, form)).kind).toBe('noAnswer');
  scene.pc.start();
  expect(await atTheCounter(scene.world, scene.achieng)).toBe(true);
  expect(receipts(scene)).toBe(1);
}

describe.each(METHODS)('a lost answer to %s', (method) => {
  test('leaves no draft behind, and a page that kept one is told what was recorded', () =>
    play({}, async (scene) => {
      const form = formOf(scene, method);
      await loseTheAnswer(scene, form);
      expect(await scene.get(scene.achieng, 'drafts.show', { draftKey: 'form:any:account' })).toBeNull();
      expect(await scene.get(scene.achieng, 'drafts.list', {})).toEqual([]);
      expect(await scene.answer(scene.achieng, 'drafts.keep', draftOf(form))).toMatchObject({
        kind: 'refused',
        code: 'form.alreadyUsed',
        facts: { receiptNumber: expect.stringContaining('-0001-') as string },
      });
    }));

  test('is given once more to the page that waits, marked as one, and to no other', () =>
    play({}, async (scene) => {
      const form = formOf(scene, method);
      await loseTheAnswer(scene, form);
      expect(await send(scene, form)).toMatchObject({ kind: 'ok', value: { replayed: true } });
      expect(await send(scene, elsewhere(scene, form))).toMatchObject({
        kind: 'refused',
        code: 'form.alreadyUsed',
        facts: {
          receiptNumber: expect.stringContaining('-0001-') as string,
          recordedAt: expect.any(Number) as number,
          amountMinor: 30_000,
        },
      });
      expect(receipts(scene)).toBe(1);
    }));

  test('is not the answer to the same sum a day later: that is refused as used, and recorded on a fresh form', () =>
    play({}, async (scene) => {
      const form = formOf(scene, method);
      await loseTheAnswer(scene, form);
      await scene.get(scene.achieng, 'cash.closeDrawer', {
        countedMinor: 1,
        reason: 'counted by another',
        approval: { username: 'grace', password: 'practice' },
      });
      await scene.get(scene.grace, 'cash.closeDay', {});
      await scene.nextMorning();
      expect(await atTheCounter(scene.world, scene.achieng)).toBe(true);
      for (const late of [form, elsewhere(scene, form)])
        expect(await send(scene, late)).toMatchObject({ kind: 'refused', code: 'form.alreadyUsed' });
      expect(receipts(scene)).toBe(1);
      const fresh = { ...form, input: { ...form.input, formId: scene.newForm(), pageId: scene.newForm() } };
      expect(await send(scene, fresh)).toMatchObject({ kind: 'ok', value: { replayed: false } });
      expect(receipts(scene)).toBe(2);
    }));
});

test('a form of one person is not answered to another one who sits down at the same page', () =>
  play({}, async (scene) => {
    const form = formOf(scene, 'savings.takeDeposit');
    await loseTheAnswer(scene, form);
    expect(await atTheCounter(scene.world, scene.daniel)).toBe(true);
    expect(await scene.answer(scene.daniel, form.method, form.input as never)).toMatchObject({ code: 'form.alreadyUsed' });
  }));

test('a note under a used form is told as recorded, and its draft ends as well', () =>
  play({}, async (scene) => {
    const note = { formId: scene.newForm(), pageId: scene.newForm(), clientId: scene.savings().clientId, text: 'moved to Lessos' };
    await scene.get(scene.achieng, 'drafts.keep', { draftKey: 'note', body: JSON.stringify({ formId: note.formId, text: note.text }) });
    await scene.get(scene.achieng, 'clients.addNote', note);
    expect(readerOf(scene.pc.database()).drafts('achieng')).toEqual([]);
    expect(await scene.refusal(scene.achieng, 'clients.addNote', { ...note, pageId: scene.newForm() })).toBe('form.alreadyUsed');
  }));
