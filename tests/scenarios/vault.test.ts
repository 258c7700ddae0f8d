// Cash between the vault and the drawers: two people, a slip, one transaction. What the vault must hold is the sum of its slips, and a drawer's
// identity holds with what came from it and went back.

import { describe, expect, test } from 'vitest';
import { auditBooks } from '../../electron/store/auditBooks.ts';
import { rows } from '../simulation/checkers/rows.ts';
import type { InputOf, OutputOf } from '../../shared/contract/define.ts';
import type { vault } from '../../shared/contract/vault.ts';
import { forge } from '../world/forged.ts';
import { base64Of, jpegOf } from '../world/pictures.ts';
import { signIn, type Person } from '../world/people.ts';
import { play, type Scene } from './scene.ts';

type Slip = InputOf<(typeof vault)['makeSlip']>;
type Told = OutputOf<(typeof vault)['makeSlip']>;

const OPENING_MINOR = 2_000_000;

function slipOf(scene: Scene, second: string, slip: Omit<Slip, 'formId' | 'approval'>, formId = scene.newForm()): Slip {
  return { ...slip, formId, approval: { username: second, password: scene.world.headOffice.passwordOf(second) } };
}

function make(scene: Scene, maker: Person, second: string, slip: Omit<Slip, 'formId' | 'approval'>): Promise<Told> {
  return scene.get(maker, 'vault.makeSlip', slipOf(scene, second, slip));
}

function refused(scene: Scene, maker: Person, second: string, slip: Omit<Slip, 'formId' | 'approval'>): Promise<string> {
  return scene.refusal(maker, 'vault.makeSlip', slipOf(scene, second, slip));
}

/** Achieng and Daniel each with an empty drawer, and a vault that was counted once. */
async function withVault(scene: Scene): Promise<{ readonly a: string; readonly d: string }> {
  const a = (await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 })).drawerId;
  const d = (await scene.get(scene.daniel, 'cash.openDrawer', { openingMinor: 100_000 })).drawerId;
  await make(scene, scene.grace, 'achieng', { kind: 'opening', amountMinor: OPENING_MINOR });
  return { a, d };
}

async function vaultHolds(scene: Scene): Promise<number | null | undefined> {
  return (await scene.get(scene.grace, 'vault.show', {})).vaults[0]?.expectedMinor;
}

describe('the vault', () => {
  test('gives to a drawer and takes back, with two people and a slip, and the drawer closes right with what moved', () =>
    play({}, async (scene) => {
      const { a } = await withVault(scene);
      const pieces = [{ as: 'note' as const, faceMinor: 100_000, count: 5 }];
      const given = await make(scene, scene.grace, 'achieng', { kind: 'toDrawer', drawerIds: [a], amountMinor: 500_000, pieces });
      expect(given).toMatchObject({
        vaultMinor: -500_000,
        drawers: [{ drawerId: a, move: 'allocated', heldBy: 'Achieng Odhiambo' }],
        pieces,
        made: { username: 'grace' },
        signed: { username: 'achieng' },
        prints: 0,
      });
      expect(given.number).toMatch(/-V0002$/);
      await scene.withdraw(scene.achieng, scene.savings(1), 70_000);
      // The cashier may begin it too: the keeper signs.
      const back = await make(scene, scene.achieng, 'grace', { kind: 'toVault', drawerIds: [a], amountMinor: 200_000 });
      expect(back.previousHash).toBe(given.hash);
      expect(await vaultHolds(scene)).toBe(OPENING_MINOR - 300_000);
      const closed = await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 230_000 });
      expect(closed).toMatchObject({ allocatedMinor: 500_000, settledMinor: 200_000, differenceMinor: 0 });
      const z = await scene.get(scene.achieng, 'cash.showReport', { number: closed.report ?? '' });
      expect(z.slips?.map(({ number, kind }) => [number.slice(-5), kind])).toEqual([
        ['V0002', 'toDrawer'],
        ['V0003', 'toVault'],
      ]);
      expect(z.byKind).toHaveLength(1);
    }));

  test('is on the day’s X and Z with what came and went, and its count', () =>
    play({}, async (scene) => {
      const { a } = await withVault(scene);
      await make(scene, scene.grace, 'achieng', { kind: 'toDrawer', drawerIds: [a], amountMinor: 500_000 });
      await make(scene, scene.grace, 'daniel', { kind: 'vaultCount', amountMinor: 1_499_500 });
      const wanted = {
        openingMinor: 0,
        inMinor: OPENING_MINOR,
        outMinor: 500_000,
        expectedMinor: 1_500_000,
        count: { countedMinor: 1_499_500, differenceMinor: -500 },
      };
      expect((await scene.get(scene.grace, 'cash.showX', {})).vaults).toMatchObject([wanted]);
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 500_000 });
      await scene.get(scene.daniel, 'cash.closeDrawer', { countedMinor: 100_000 });
      const { report } = await scene.get(scene.grace, 'cash.closeDay', {});
      const z = await scene.get(scene.grace, 'cash.showReport', { number: report });
      expect(z.vaults).toMatchObject([wanted]);
      expect(z.slips).toHaveLength(3);
      expect(await refused(scene, scene.grace, 'daniel', { kind: 'vaultCount', amountMinor: 1 })).toBe('businessDay.closed');
      // It lies there overnight: the next day begins with it.
      await scene.nextMorning();
      await scene.get(scene.daniel, 'cash.openDrawer', { openingMinor: 100_000 });
      expect((await scene.get(scene.grace, 'cash.showX', {})).vaults).toMatchObject([{ openingMinor: 1_500_000, inMinor: 0, outMinor: 0 }]);
      expect(auditBooks(scene.pc.database(), null).finding).toBeNull();
    }));

  test('is never given more than it holds, nor without two who may, nor to a drawer that does not fit', () =>
    play({ currencies: true }, async (scene) => {
      const drawer = await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 50_000 });
      const a = drawer.drawerId;
      const give = { kind: 'toDrawer' as const, drawerIds: [a], amountMinor: 10_000 };
      expect(await refused(scene, scene.grace, 'achieng', give)).toBe('vault.notOpened');
      expect(await refused(scene, scene.grace, 'achieng', { kind: 'vaultCount', amountMinor: 0 })).toBe('vault.notOpened');
      expect(await refused(scene, scene.achieng, 'daniel', { kind: 'opening', amountMinor: 1 })).toBe('vault.keeperNeeded');
      await make(scene, scene.grace, 'daniel', { kind: 'opening', amountMinor: 30_000 });
      expect(await refused(scene, scene.grace, 'daniel', { kind: 'opening', amountMinor: 30_000 })).toBe('vault.alreadyOpened');
      expect(await refused(scene, scene.grace, 'grace', give)).toBe('approval.samePerson');
      const wrong = { ...slipOf(scene, 'achieng', give), approval: { username: 'achieng', password: 'not hers' } };
      expect(await scene.refusal(scene.grace, 'vault.makeSlip', wrong)).toBe('approval.wrongPassword');
      // A colleague cannot sign for whoever holds the drawer, and two cashiers do not open the vault.
      expect(await refused(scene, scene.grace, 'daniel', give)).toBe('vault.holderNeeded');
      expect(await refused(scene, scene.achieng, 'daniel', give)).toBe('vault.keeperNeeded');
      expect(await refused(scene, scene.grace, 'achieng', { ...give, amountMinor: 30_001 })).toBe('vault.notEnough');
      expect(await refused(scene, scene.grace, 'achieng', { ...give, amountMinor: 0 })).toBe('slip.nothingMoved');
      expect(await refused(scene, scene.grace, 'achieng', { ...give, drawerIds: [] })).toBe('slip.drawersUnfit');
      const pieces = [{ as: 'note' as const, faceMinor: 5_000, count: 1 }];
      expect(await refused(scene, scene.grace, 'achieng', { ...give, pieces })).toBe('drawer.piecesUnfit');
      expect(await refused(scene, scene.achieng, 'grace', { kind: 'toVault', drawerIds: [a], amountMinor: 50_001 })).toBe(
        'drawer.notEnoughCash',
      );
      expect(await refused(scene, scene.grace, 'achieng', { kind: 'opening', amountMinor: 1, currency: 'JPY' })).toBe(
        'drawer.noSuchCurrency',
      );
      // Other money has a vault of its own.
      const other = await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 5_000, currency: 'USD' });
      expect(await refused(scene, scene.grace, 'achieng', { ...give, drawerIds: [other.drawerId] })).toBe('vault.notOpened');
      await scene.get(scene.achieng, 'cash.countDrawer', { countedMinor: 1, currency: 'USD' });
      expect(await refused(scene, scene.grace, 'achieng', { ...give, drawerIds: [other.drawerId] })).toBe('drawer.counted');
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 50_000, currency: 'KES' });
      expect(await refused(scene, scene.grace, 'achieng', give)).toBe('drawer.notOpen');
      expect(await vaultHolds(scene)).toBe(30_000);
    }));

  test('a form that was pressed twice moves the cash once; another slip with its form is refused', () =>
    play({}, async (scene) => {
      const { a } = await withVault(scene);
      const form = slipOf(scene, 'achieng', { kind: 'toDrawer', drawerIds: [a], amountMinor: 500_000 });
      const first = await scene.get(scene.grace, 'vault.makeSlip', form);
      expect(first.replayed).toBe(false);
      expect(await scene.get(scene.grace, 'vault.makeSlip', form)).toMatchObject({ number: first.number, replayed: true });
      // What was recorded is told in words, with its number and its moment.
      const used = {
        kind: 'refused',
        code: 'form.alreadyUsed',
        facts: { slipNumber: first.number, recordedAt: first.at, amountMinor: 500_000 },
      };
      expect(await scene.answer(scene.grace, 'vault.makeSlip', { ...form, amountMinor: 400_000 })).toMatchObject(used);
      // On another day the same sum to the same drawer is no answer of yesterday's.
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 500_000 });
      await scene.get(scene.daniel, 'cash.closeDrawer', { countedMinor: 100_000 });
      await scene.get(scene.grace, 'cash.closeDay', {});
      await scene.nextMorning();
      await signIn(scene.world, scene.grace);
      expect(await scene.answer(scene.grace, 'vault.makeSlip', form)).toMatchObject(used);
      expect(await vaultHolds(scene)).toBe(OPENING_MINOR - 500_000);
    }));

  test('a count that differs stands until two people declare it, once', () =>
    play({}, async (scene) => {
      await withVault(scene);
      expect(await refused(scene, scene.grace, 'daniel', { kind: 'vaultDifference', reason: ' ' })).toBe('slip.reasonNeeded');
      const declare = { kind: 'vaultDifference' as const, reason: 'a bundle had ninety-nine' };
      expect(await refused(scene, scene.grace, 'daniel', declare)).toBe('vault.nothingToDeclare');
      const count = await make(scene, scene.grace, 'daniel', { kind: 'vaultCount', amountMinor: OPENING_MINOR - 1_000 });
      expect(count).toMatchObject({ vaultMinor: 0, expectedMinor: OPENING_MINOR });
      expect(await vaultHolds(scene)).toBe(OPENING_MINOR);
      const slip = await make(scene, scene.grace, 'daniel', declare);
      expect(slip).toMatchObject({ amountMinor: 1_000, vaultMinor: -1_000, count: count.number });
      expect(await vaultHolds(scene)).toBe(OPENING_MINOR - 1_000);
      expect(await refused(scene, scene.grace, 'daniel', declare)).toBe('vault.nothingToDeclare');
    }));
});

describe('from drawer to drawer', () => {
  test('the two holders sign; nobody else can, and it shows in both', () =>
    play({}, async (scene) => {
      const { a, d } = await withVault(scene);
      const hand = { kind: 'handOver' as const, drawerIds: [d, a], amountMinor: 40_000 };
      expect(await refused(scene, scene.daniel, 'grace', hand)).toBe('vault.holderNeeded');
      await make(scene, scene.daniel, 'achieng', hand);
      expect(await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 40_000 })).toMatchObject({ differenceMinor: 0 });
      expect(await scene.get(scene.daniel, 'cash.closeDrawer', { countedMinor: 60_000 })).toMatchObject({ differenceMinor: 0 });
      expect(await vaultHolds(scene)).toBe(OPENING_MINOR);
    }));

  test('a surprise count tells its holder nothing that they still count blind, and moves nothing', () =>
    play({}, async (scene) => {
      const { d } = await withVault(scene);
      const count = await make(scene, scene.grace, 'daniel', { kind: 'drawerCount', drawerIds: [d], amountMinor: 99_000 });
      expect(count).toMatchObject({ expectedMinor: 100_000, amountMinor: 99_000 });
      expect((await scene.get(scene.daniel, 'vault.showSlip', { number: count.number })).expectedMinor).toBeNull();
      // Who has nothing to do with it is not shown it, nor what lies in the vault.
      expect(await scene.refusal(scene.achieng, 'vault.showSlip', { number: count.number })).toBe('slip.unknown');
      const shown = await scene.get(scene.achieng, 'vault.show', {});
      expect(shown).toMatchObject({ keeps: false, vaults: [{ opened: true, expectedMinor: null, lastCount: null }] });
      expect(shown.slips.map(({ kind }) => kind)).toEqual(['opening']);
      expect(await scene.get(scene.daniel, 'cash.closeDrawer', { countedMinor: 100_000 })).toMatchObject({ differenceMinor: 0 });
    }));
});

describe('out of the house and in', () => {
  test('sealed bags go to the bank and come from it, small expenses leave a drawer; each says what for, and nothing else moves', () =>
    play({}, async (scene) => {
      const { d } = await withVault(scene);
      const bag = { kind: 'toBank' as const, amountMinor: 700_000 };
      expect(await refused(scene, scene.grace, 'daniel', bag)).toBe('slip.reasonNeeded');
      expect(await refused(scene, scene.achieng, 'daniel', { ...bag, reason: 'seal 00412' })).toBe('vault.keeperNeeded');
      expect(await refused(scene, scene.grace, 'daniel', { ...bag, amountMinor: OPENING_MINOR + 1, reason: 'seal 00412' })).toBe(
        'vault.notEnough',
      );
      expect(await make(scene, scene.grace, 'daniel', { ...bag, reason: 'seal 00412' })).toMatchObject({ vaultMinor: -700_000 });
      await make(scene, scene.grace, 'achieng', { kind: 'fromBank', amountMinor: 200_000, reason: 'seal 00977' });
      expect(await vaultHolds(scene)).toBe(OPENING_MINOR - 500_000);
      const soap = { kind: 'pettyOut' as const, drawerIds: [d], amountMinor: 3_000 };
      expect(await refused(scene, scene.daniel, 'grace', soap)).toBe('slip.reasonNeeded');
      expect(await refused(scene, scene.daniel, 'achieng', { ...soap, reason: 'soap, bill 17' })).toBe('vault.keeperNeeded');
      await make(scene, scene.daniel, 'grace', { ...soap, reason: 'soap, bill 17' });
      await make(scene, scene.daniel, 'grace', { kind: 'pettyIn', drawerIds: [d], amountMinor: 500, reason: 'left of the soap' });
      const closed = await scene.get(scene.daniel, 'cash.closeDrawer', { countedMinor: 97_500 });
      expect(closed).toMatchObject({ differenceMinor: 0, settledMinor: 3_000, allocatedMinor: 500, receipts: 0 });
      expect(await vaultHolds(scene)).toBe(OPENING_MINOR - 500_000);
      expect(auditBooks(scene.pc.database(), null).finding).toBeNull();
    }));
});

describe('a bag for the bank', () => {
  test('is on the road until the bank has counted it, once, with the photographs of both ends', () =>
    play({}, async (scene) => {
      await withVault(scene);
      const photo = base64Of(jpegOf('a sealed bag'));
      const bag = { kind: 'toBank' as const, amountMinor: 700_000, reason: 'seal 00412' };
      expect(await refused(scene, scene.grace, 'daniel', { ...bag, photo: base64Of(Uint8Array.of(1, 2, 3)) })).toBe('file.notKnown');
      const sent = await make(scene, scene.grace, 'daniel', { ...bag, photo });
      expect((await scene.get(scene.grace, 'vault.show', {})).onTheRoad).toMatchObject([
        { number: sent.number, amountMinor: 700_000, seal: 'seal 00412' },
      ]);
      expect((await scene.get(scene.achieng, 'vault.show', {})).onTheRoad).toEqual([]);
      expect(await scene.get(scene.daniel, 'vault.showPhoto', { number: sent.number })).toEqual({ type: 'image/jpeg', content: photo });
      expect(await scene.refusal(scene.achieng, 'vault.showPhoto', { number: sent.number })).toBe('slip.unknown');
      const arrived = { kind: 'atBank' as const, amountMinor: 699_000, reason: 'paper 77', bag: sent.number };
      expect(await refused(scene, scene.grace, 'daniel', { ...arrived, bag: 'KIS-01-V9999' })).toBe('slip.bagUnknown');
      expect(await refused(scene, scene.grace, 'daniel', { ...arrived, reason: '' })).toBe('slip.reasonNeeded');
      expect(await make(scene, scene.grace, 'daniel', arrived)).toMatchObject({
        vaultMinor: 0,
        amountMinor: 699_000,
        expectedMinor: 700_000,
        count: sent.number,
      });
      expect(await refused(scene, scene.grace, 'daniel', arrived)).toBe('slip.bagUnknown');
      expect((await scene.get(scene.grace, 'vault.show', {})).onTheRoad).toEqual([]);
      expect(await vaultHolds(scene)).toBe(OPENING_MINOR - 700_000);
      expect(await scene.refusal(scene.grace, 'vault.showPhoto', { number: 'KIS-01-V0001' })).toBe('slip.unknown');
      expect(scene.pc.database().prepare('SELECT count(*) FROM journal_cash_slips').pluck().get()).toBe(3);
      expect(auditBooks(scene.pc.database(), null).finding).toBeNull();
    }));

  test('no other slip carries a photograph', () =>
    play({}, async (scene) => {
      const { a } = await withVault(scene);
      const give = { kind: 'toDrawer' as const, drawerIds: [a], amountMinor: 500, photo: base64Of(jpegOf('a sealed bag')) };
      expect(await refused(scene, scene.grace, 'achieng', give)).toBe('slip.noPhoto');
    }));
});

describe('notes for notes', () => {
  const gave = [{ as: 'note' as const, faceMinor: 100_000, count: 1 }];
  const got = [{ as: 'note' as const, faceMinor: 20_000, count: 5 }];

  test('with the vault, a colleague and a client: no sum moves, and both sides stand on the slip', () =>
    play({}, async (scene) => {
      const { a, d } = await withVault(scene);
      const withTheVault = { kind: 'changeVault' as const, drawerIds: [d], pieces: gave, piecesBack: got };
      expect(await refused(scene, scene.daniel, 'achieng', withTheVault)).toBe('vault.keeperNeeded');
      expect(await make(scene, scene.daniel, 'grace', withTheVault)).toMatchObject({
        amountMinor: 100_000,
        vaultMinor: 0,
        pieces: gave,
        piecesBack: got,
      });
      const withAchieng = { kind: 'changeDrawers' as const, drawerIds: [d, a], pieces: got, piecesBack: gave };
      expect(await refused(scene, scene.daniel, 'grace', withAchieng)).toBe('vault.holderNeeded');
      await make(scene, scene.daniel, 'achieng', withAchieng);
      // The client is the other: nobody else signs, and nobody else may.
      const forClient = { kind: 'changeClient' as const, drawerIds: [d], pieces: gave, piecesBack: got };
      expect(await refused(scene, scene.daniel, 'grace', forClient)).toBe('slip.signersUnfit');
      const alone = { ...forClient, formId: scene.newForm() };
      expect(await scene.refusal(scene.achieng, 'vault.makeSlip', { ...alone, formId: scene.newForm() })).toBe('vault.holderNeeded');
      expect(await scene.get(scene.daniel, 'vault.makeSlip', alone)).toMatchObject({ signed: null, replayed: false });
      expect(await scene.get(scene.daniel, 'vault.makeSlip', alone)).toMatchObject({ replayed: true });
      expect(await scene.refusal(scene.daniel, 'vault.makeSlip', { ...alone, pieces: got, piecesBack: gave })).toBe('form.alreadyUsed');
      expect(
        await scene.refusal(scene.daniel, 'vault.makeSlip', { kind: 'toVault', formId: scene.newForm(), drawerIds: [d], amountMinor: 5 }),
      ).toBe('slip.signersUnfit');
      expect(await vaultHolds(scene)).toBe(OPENING_MINOR);
      expect(await scene.get(scene.daniel, 'cash.closeDrawer', { countedMinor: 100_000 })).toMatchObject({
        differenceMinor: 0,
        settledMinor: 0,
        allocatedMinor: 0,
      });
      expect(await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 0 })).toMatchObject({ differenceMinor: 0 });
      expect(auditBooks(scene.pc.database(), null).finding).toBeNull();
    }));

  test('are refused where the sums differ, a side is not counted, or nothing is changed', () =>
    play({}, async (scene) => {
      const { d } = await withVault(scene);
      const change = { kind: 'changeVault' as const, drawerIds: [d], pieces: gave, piecesBack: got };
      const one = got.map((piece) => ({ ...piece, count: 4 }));
      expect(await refused(scene, scene.daniel, 'grace', { ...change, piecesBack: one })).toBe('slip.sumsDiffer');
      expect(await refused(scene, scene.daniel, 'grace', { ...change, piecesBack: gave })).toBe('slip.nothingMoved');
      expect(await refused(scene, scene.daniel, 'grace', { kind: 'changeVault', drawerIds: [d], pieces: gave })).toBe('slip.piecesNeeded');
      expect(await refused(scene, scene.daniel, 'grace', { ...change, pieces: [], piecesBack: [] })).toBe('slip.nothingMoved');
      const odd = [{ as: 'note' as const, faceMinor: 50_001, count: 2 }];
      expect(await refused(scene, scene.daniel, 'grace', { ...change, pieces: odd, piecesBack: odd })).toBe('drawer.piecesUnfit');
      const many = (faceMinor: number, count: number) => [{ as: 'note' as const, faceMinor, count }];
      const beyond = { ...change, pieces: many(100_000, 21), piecesBack: many(20_000, 105) };
      expect(await refused(scene, scene.daniel, 'grace', beyond)).toBe('vault.notEnough');
      expect(scene.pc.database().prepare('SELECT count(*) FROM journal_cash_slips').pluck().get()).toBe(1);
    }));
});

describe('a slip', () => {
  test('is printed as the original once and never changes, and a changed one is seen', () =>
    play({}, async (scene) => {
      await withVault(scene);
      const [{ number } = { number: '' }] = (await scene.get(scene.grace, 'vault.show', {})).slips;
      expect(await scene.refusal(scene.grace, 'printers.printSlip', { number })).toBe('printer.none');
      expect((await scene.get(scene.grace, 'printers.printSlip', { number, window: true })).copy).toBe(0);
      expect((await scene.get(scene.grace, 'printers.printSlip', { number, window: true })).copy).toBe(1);
      expect(await scene.refusal(scene.daniel, 'printers.printSlip', { number, window: true })).toBe('slip.unknown');
      const database = scene.pc.database();
      expect(() => database.exec('UPDATE journal_cash_slips SET vault_minor = 1')).toThrow(/never changes/);
      expect(() => database.exec('DELETE FROM journal_cash_slips')).toThrow(/never deleted/);
      expect(auditBooks(database, null).finding).toBeNull();
      const [kept] = rows<{ body: string }>(database, 'SELECT body FROM journal_cash_slips');
      forge(database, `UPDATE journal_cash_slips SET body = json_set(body, '$.signed.username', 'daniel')`);
      expect(auditBooks(database, null).finding).toMatchObject({ what: 'slip', where: number });
      forge(database, () => database.prepare('UPDATE journal_cash_slips SET body = ?').run(kept?.body));
      forge(database, 'UPDATE journal_cash_slips SET vault_minor = vault_minor + 100');
      expect(auditBooks(database, null).finding).toMatchObject({ what: 'slip' });
      forge(database, 'UPDATE journal_cash_slips SET vault_minor = vault_minor - 100');
      expect(auditBooks(database, null).finding).toBeNull();
    }));
});
