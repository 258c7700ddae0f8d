// Notes and coins told at the counter: they make the receipt's sum or are refused, stand on the receipt for ever, and what lies in a drawer by them is
// known while everything was told, and shown to nobody who counts it blind (ADR 0038).

import { describe, expect, test } from 'vitest';
import { auditBooks } from '../../electron/store/auditBooks.ts';
import type { Pieces } from '../../shared/domain/cash/pieces.ts';
import { rows } from '../simulation/checkers/rows.ts';
import type { Person } from '../world/people.ts';
import { play, type Scene } from './scene.ts';

const note = (faceMinor: number, count: number) => ({ as: 'note' as const, faceMinor, count });
const FLOAT: Pieces = [note(100_000, 2), note(50_000, 1), note(20_000, 3)];
const FLOAT_MINOR = 310_000;

function deposit(scene: Scene, amountMinor: number, notes?: { received: Pieces; given: Pieces }, givenMinor?: number) {
  const more = { ...(notes === undefined ? {} : { notes }), ...(givenMinor === undefined ? {} : { givenMinor }) };
  return { formId: scene.newForm(), savingsId: scene.savings(1).localId, amountMinor, paidWith: { paymentTypeId: 1, ...more } };
}

function withdrawal(scene: Scene, amountMinor: number, notes?: { received: Pieces; given: Pieces } | 'chosen') {
  const more = notes === undefined ? {} : { notes };
  return { formId: scene.newForm(), savingsId: scene.savings(1).localId, amountMinor, paidWith: { paymentTypeId: 1, ...more } };
}

async function open(scene: Scene, who: Person = scene.achieng, pieces: Pieces | null = FLOAT): Promise<string> {
  const counted = pieces === null ? {} : { pieces: [...pieces] };
  return (await scene.get(who, 'cash.openDrawer', { openingMinor: FLOAT_MINOR, ...counted })).drawerId;
}

const stockOf = async (scene: Scene, drawerId: string) => (await scene.get(scene.grace, 'cash.showNotes', { drawerId })).stock;

describe('notes told at the counter', () => {
  test('make the sum, with what goes back, and stand on the receipt', () =>
    play({}, async (scene) => {
      const drawerId = await open(scene);
      const told = { received: [note(100_000, 1)], given: [note(20_000, 1)] };
      const line = await scene.get(scene.achieng, 'savings.takeDeposit', deposit(scene, 80_000, told, 100_000));
      expect(line.receipt).toMatchObject({ notes: told, givenMinor: 100_000, changeMinor: 20_000 });
      expect(await stockOf(scene, drawerId)).toEqual({ known: true, pieces: [note(100_000, 3), note(50_000, 1), note(20_000, 2)] });
      for (const wrong of [
        deposit(scene, 80_000, { received: [note(100_000, 1)], given: [] }, 100_000),
        deposit(scene, 80_000, told, 80_000),
        deposit(scene, 80_000, told),
        deposit(scene, 60_000, { received: [note(30_000, 2)], given: [] }, 60_000),
      ])
        expect(await scene.refusal(scene.achieng, 'savings.takeDeposit', wrong)).toBe('notes.unfit');
      expect(await scene.refusal(scene.achieng, 'savings.payWithdrawal', withdrawal(scene, 50_000, told))).toBe('notes.unfit');
      // Other ways than cash have none.
      const byPhone = deposit(scene, 80_000, told);
      const other = await scene.get(scene.achieng, 'savings.takeDeposit', {
        ...byPhone,
        paidWith: { ...byPhone.paidWith, paymentTypeId: 2 },
      });
      expect(other.receipt.notes).toBeUndefined();
      const paid = { given: [note(100_000, 1)], received: [note(20_000, 2)] };
      const out = await scene.get(scene.achieng, 'savings.payWithdrawal', withdrawal(scene, 60_000, paid));
      expect(out.receipt.notes).toEqual(paid);
      expect(await stockOf(scene, drawerId)).toEqual({ known: true, pieces: [note(100_000, 2), note(50_000, 1), note(20_000, 4)] });
      expect(auditBooks(scene.pc.database(), null).finding).toBeNull();
      await scene.untilFinished();
      scene.expectAccounted();
    }));

  test('are chosen for a payout from what lies there, once it is recorded, and a press that repeats gets the same', () =>
    play({}, async (scene) => {
      const drawerId = await open(scene);
      const form = { ...withdrawal(scene, 160_000, 'chosen'), pageId: scene.newForm() };
      const line = await scene.get(scene.achieng, 'savings.payWithdrawal', form);
      // Two of the largest and a fifty leave ten that nothing makes: the twenties are taken.
      expect(line.receipt.notes).toEqual({ received: [], given: [note(100_000, 1), note(20_000, 3)] });
      const again = await scene.get(scene.achieng, 'savings.payWithdrawal', form);
      expect(again).toMatchObject({ replayed: true, receipt: { notes: line.receipt.notes } });
      expect(await stockOf(scene, drawerId)).toEqual({ known: true, pieces: [note(100_000, 1), note(50_000, 1)] });
      expect((await scene.get(scene.grace, 'cash.showNotes', { drawerId, amountMinor: 150_000 })).suggested).toEqual([
        note(100_000, 1),
        note(50_000, 1),
      ]);
      expect((await scene.get(scene.grace, 'cash.showNotes', { drawerId, amountMinor: 20_000 })).suggested).toBeNull();
      // What cannot be made is paid all the same, without notes; then nothing is known any more.
      const none = await scene.get(scene.achieng, 'savings.payWithdrawal', withdrawal(scene, 30_000, 'chosen'));
      expect(none.receipt.notes).toBeUndefined();
      expect(await stockOf(scene, drawerId)).toMatchObject({ known: false, why: 'notTold', since: none.receipt.recordedAt });
      const taken = { ...deposit(scene, 100), paidWith: { paymentTypeId: 1, notes: 'chosen' as const } };
      expect(await scene.refusal(scene.achieng, 'savings.takeDeposit', taken)).toBe('notes.unfit');
    }));
});

describe('what lies in a drawer by its notes', () => {
  test('is told to nobody who counts it blind, nor is a suggestion', () =>
    play({}, async (scene) => {
      const drawerId = await open(scene);
      expect(await scene.refusal(scene.achieng, 'cash.showNotes', { drawerId })).toBe('notes.countFirst');
      expect(await scene.refusal(scene.achieng, 'cash.showNotes', { drawerId, amountMinor: 100 })).toBe('notes.countFirst');
      expect(await scene.refusal(scene.daniel, 'cash.showNotes', { drawerId })).toBe('notes.countFirst');
      expect(await scene.refusal(scene.grace, 'cash.showNotes', { drawerId: scene.newForm() })).toBe('drawer.notOpen');
      await scene.get(scene.achieng, 'cash.countDrawer', { countedMinor: FLOAT_MINOR });
      expect((await scene.get(scene.achieng, 'cash.showNotes', { drawerId })).stock).toEqual({ known: true, pieces: FLOAT });
    }));

  test('follows slips and notes that were changed, is not known after what was not told, and is known again when it was counted', () =>
    play({}, async (scene) => {
      const drawerId = await open(scene);
      const sign = (slip: Record<string, unknown>) =>
        scene.get(scene.achieng, 'vault.makeSlip', {
          formId: scene.newForm(),
          kind: 'toVault',
          drawerIds: [drawerId],
          approval: { username: 'grace', password: scene.world.headOffice.passwordOf('grace') },
          ...slip,
        });
      await sign({ kind: 'opening', drawerIds: [], amountMinor: 1_000_000 });
      await sign({ kind: 'toVault', amountMinor: 100_000, pieces: [note(100_000, 1)] });
      await sign({ kind: 'changeVault', pieces: [note(100_000, 1)], piecesBack: [note(20_000, 5)] });
      expect(await stockOf(scene, drawerId)).toEqual({ known: true, pieces: [note(50_000, 1), note(20_000, 8)] });
      const untold = await sign({ kind: 'toDrawer', amountMinor: 5_000 });
      expect(await stockOf(scene, drawerId)).toEqual({ known: false, since: untold.at, why: 'notTold' });
      const pieces = [note(50_000, 1), note(20_000, 8), note(5_000, 1)];
      await sign({ kind: 'drawerCount', amountMinor: 215_000, pieces });
      expect(await stockOf(scene, drawerId)).toEqual({ known: true, pieces });
      // Notes go out that were not there.
      const odd = await sign({ kind: 'changeVault', pieces: [note(100_000, 1)], piecesBack: [note(50_000, 2)] });
      expect(await stockOf(scene, drawerId)).toEqual({ known: false, since: odd.at, why: 'contradicted' });
      expect(await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 215_000 })).toMatchObject({ differenceMinor: 0 });
    }));

  test('is not known where the float was counted as a sum alone', () =>
    play({}, async (scene) => {
      const drawerId = await open(scene, scene.achieng, null);
      expect(await stockOf(scene, drawerId)).toMatchObject({ known: false, why: 'notTold' });
    }));
});

test('whether notes are told is the word of whoever keeps the vault, off at first, and in the chain', () =>
  play({}, async (scene) => {
    expect(await scene.refusal(scene.achieng, 'vault.setNotesTold', { told: true })).toBe('session.notPermitted');
    expect(await scene.get(scene.grace, 'vault.showNotesTold', {})).toEqual({ told: false });
    await open(scene);
    expect((await scene.get(scene.achieng, 'cash.showDrawer', {}))?.notesTold).toBe(false);
    await scene.get(scene.grace, 'vault.setNotesTold', { told: true });
    await scene.get(scene.grace, 'vault.setNotesTold', { told: true });
    expect((await scene.get(scene.achieng, 'cash.showDrawer', {}))?.notesTold).toBe(true);
    const said = rows<{ body: string }>(scene.pc.database(), `SELECT body FROM journal_entries WHERE what = 'notes.toldSet'`);
    expect(said.map(({ body }) => JSON.parse(body) as unknown)).toEqual([{ told: true }]);
  }));
