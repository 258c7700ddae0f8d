// Money moved from one account to another: one command, two accounts, two effects. Written with and without a line, told once whatever becomes
// of its answer, in order on both accounts, and taken back on both when it is given up or head office says no.

import { describe, expect, test } from 'vitest';
import type { Transfer } from '../../shared/contract/savings.ts';
import { rows } from '../simulation/checkers/rows.ts';
import { GL } from '../../electron/practice/accounting/ledger.ts';
import { atTheCounter, signIn } from '../world/people.ts';
import { MINUTE_MS, play, type Scene } from './scene.ts';

const SUM = 20_000;

function input(scene: Scene, change: object = {}) {
  return {
    formId: scene.newForm(),
    fromSavingsId: scene.savings(0).localId,
    toSavingsId: scene.savings(1).localId,
    amountMinor: SUM,
    ...change,
  };
}

/** On an open business day: a transfer belongs to one, though no drawer moves. */
function onAnOpenDay(act: (scene: Scene) => Promise<void>): Promise<void> {
  return play({}, async (scene) => {
    await atTheCounter(scene.world, scene.achieng);
    await act(scene);
  });
}

function transfer(scene: Scene): Promise<Transfer> {
  return scene.get(scene.achieng, 'savings.transfer', input(scene));
}

function there(scene: Scene): readonly { from: number; to: number; amount: number; description: string }[] {
  return rows(
    scene.books(),
    `SELECT from_id AS "from", to_id AS "to", amount, description FROM account_transfer WHERE description LIKE '%[Tawi %'`,
  );
}

async function ledgers(scene: Scene): Promise<readonly number[]> {
  return Promise.all([scene.view(scene.savings(0)), scene.view(scene.savings(1))]).then((views) =>
    views.map(({ ledgerMinor }) => ledgerMinor),
  );
}

describe('a transfer between two savings accounts', () => {
  test('without a line is felt on both at once, waits on both, and stands there once when the line is back', () =>
    onAnOpenDay(async (scene) => {
      const [from, to] = await ledgers(scene);
      await scene.cutLine();
      const made = await transfer(scene);
      expect(await ledgers(scene)).toEqual([from! - SUM, to! + SUM]);
      for (const account of [scene.savings(0), scene.savings(1)])
        expect(await scene.view(account)).toMatchObject({ unfinishedCount: 1, disputed: false });
      const history = await scene.get(scene.achieng, 'savings.show', { savingsId: scene.savings(1).localId });
      expect(history.history[0]).toMatchObject({ what: 'deposit', amountMinor: SUM, standing: 'savedHere', receiptNumber: null });
      const desk = await scene.get(scene.achieng, 'sync.showDesk', {});
      expect(desk.unfinished).toMatchObject([
        { kind: 'savingsTransfer', commandId: made.commandId, amountMinor: SUM, accountNo: scene.savings(0).accountNo, reason: 'lineDown' },
      ]);
      await scene.restoreLine();
      await scene.untilFinished();
      expect(there(scene)).toMatchObject([{ from: scene.savings(0).serverId, to: scene.savings(1).serverId, amount: SUM }]);
      await scene.pass(5 * MINUTE_MS);
      expect(await ledgers(scene)).toEqual([from! - SUM, to! + SUM]);
      for (const account of [scene.savings(0), scene.savings(1)]) {
        expect(await scene.view(account)).toMatchObject({ unfinishedCount: 0 });
        expect((await scene.view(account)).ledgerMinor).toBe(scene.balanceThere(account));
      }
    }));

  test.each(['replyLost', 'requestLost', 'answers5xxAfter', 'replyTorn'] as const)(
    '%s: it is found by its mark, and moved once (I2)',
    (fault) =>
      onAnOpenDay(async (scene) => {
        scene.pc.network.arm(fault, 1, 'money');
        await transfer(scene);
        await scene.untilFinished();
        expect(there(scene)).toHaveLength(1);
      }),
  );

  test('I4: keeps its order on both accounts', () =>
    onAnOpenDay(async (scene) => {
      await scene.cutLine();
      const before = await scene.deposit(scene.achieng, scene.savings(1), 5_000);
      const made = await transfer(scene);
      const after = await scene.deposit(scene.achieng, scene.savings(1), 6_000);
      const reasonOf = async (commandId: string) => (await scene.get(scene.achieng, 'sync.showItem', { commandId })).item.reason;
      expect(await reasonOf(made.commandId)).toBe('sameAccountEarlier');
      expect(await reasonOf(after.receipt.commandId!)).toBe('sameAccountEarlier');
      await scene.restoreLine();
      await scene.untilFinished();
      const order = scene.sent.flatMap(({ url, body }) => [
        ...(url === '/accounttransfers' ? ['transfer'] : []),
        ...(body?.includes(before.receipt.number) === true ? ['before'] : []),
        ...(body?.includes(after.receipt.number) === true ? ['after'] : []),
      ]);
      expect([...new Set(order)]).toEqual(['before', 'transfer', 'after']);
    }));

  test('pressed twice on the same form is one transfer; the form with another sum is refused', () =>
    onAnOpenDay(async (scene) => {
      const form = input(scene);
      const one = await scene.get(scene.achieng, 'savings.transfer', form);
      expect((await scene.get(scene.achieng, 'savings.transfer', form)).commandId).toBe(one.commandId);
      expect(await scene.refusal(scene.achieng, 'savings.transfer', { ...form, amountMinor: SUM + 1 })).toBe('form.alreadyUsed');
      await scene.untilFinished();
      expect(there(scene)).toHaveLength(1);
    }));

  test('is refused onto itself, of more than is there, and from an account that nobody may draw on', () =>
    onAnOpenDay(async (scene) => {
      const refusal = (change: object) => scene.refusal(scene.achieng, 'savings.transfer', input(scene, change));
      expect(await refusal({ toSavingsId: scene.savings(0).localId })).toBe('transfer.sameAccount');
      expect(await refusal({ toSavingsId: scene.newForm() })).toBe('savings.unknown');
      const { availableMinor } = await scene.view(scene.savings(0));
      expect(await refusal({ amountMinor: availableMinor + 1 })).toBe('withdrawal.exceedsAvailable');
    }));

  test('counts against what may be paid out without head office, as a withdrawal does', () =>
    onAnOpenDay(async (scene) => {
      await scene.cutLine();
      await transfer(scene);
      expect(await scene.withdrawalRefused(scene.achieng, scene.savings(0), 1_000)).toBe('withdrawal.needsManager');
    }));

  test('its maker gives up before it left: both accounts are as before', () =>
    onAnOpenDay(async (scene) => {
      const before = await ledgers(scene);
      await scene.cutLine();
      const { commandId } = await transfer(scene);
      await scene.get(scene.achieng, 'sync.withdrawCommand', { commandId, reason: 'asked for another account' });
      expect(await ledgers(scene)).toEqual(before);
      await scene.restoreLine();
      await scene.pass(10 * MINUTE_MS);
      expect(there(scene)).toEqual([]);
    }));
});

describe('a transfer that head office refuses', () => {
  async function refused(scene: Scene): Promise<Transfer> {
    scene.control().takePermission('achieng', 'CREATE_ACCOUNTTRANSFER');
    const made = await transfer(scene);
    await scene.pass(10 * MINUTE_MS);
    return made;
  }

  test('is disputed on both accounts, holds what comes later on both, and given up leaves both as they were', () =>
    onAnOpenDay(async (scene) => {
      const before = await ledgers(scene);
      const { commandId } = await refused(scene);
      const open = await scene.openCase();
      expect(open).toMatchObject({ kind: 'notPermitted', item: { kind: 'savingsTransfer', commandId } });
      expect(open.choices.map(({ resolution, possible }) => [resolution, possible])).toEqual([
        ['resubmit', true],
        ['withdraw', true],
        ['recognise', false],
      ]);
      for (const account of [scene.savings(0), scene.savings(1)]) expect(await scene.view(account)).toMatchObject({ disputed: true });
      // What has not come in is not money to pay out there.
      expect((await scene.view(scene.savings(1))).availableMinor).toBeLessThanOrEqual(before[1]!);
      const behind = await scene.deposit(scene.achieng, scene.savings(1), 5_000);
      expect(await scene.item(behind)).toMatchObject({ reason: 'sameAccountNeedsYou' });
      await scene.resolve(scene.grace, open, 'withdraw');
      await scene.untilFinished();
      await scene.pass(5 * MINUTE_MS);
      expect(await ledgers(scene)).toEqual([before[0], before[1]! + 5_000]);
      expect(there(scene)).toEqual([]);
    }));

  test('goes once more after the right was given, and moves once', () =>
    onAnOpenDay(async (scene) => {
      await refused(scene);
      scene.control().givePermission('achieng', 'CREATE_ACCOUNTTRANSFER');
      await scene.resolve(scene.grace, await scene.openCase(), 'resubmit');
      await scene.untilFinished();
      expect(there(scene)).toHaveLength(1);
    }));

  test('and posts after all, though it was given up: a case again, counted on both; recognised, it stands', () =>
    onAnOpenDay(async (scene) => {
      const before = await ledgers(scene);
      await refused(scene);
      const request = scene.sent.findLast(({ url }) => url === '/accounttransfers');
      await scene.resolve(scene.grace, await scene.openCase(), 'withdraw');
      expect(await ledgers(scene)).toEqual(before);
      expect(scene.control().requestAs('admin', { method: 'POST', url: '/accounttransfers', body: request?.body ?? '' }).status).toBe(200);
      await scene.get(scene.grace, 'clients.refresh', { clientId: scene.savings(0).clientId });
      const open = await scene.openCase();
      expect(open).toMatchObject({ kind: 'postedAfterAll', earlier: { resolution: 'withdraw' } });
      await scene.get(scene.grace, 'clients.refresh', { clientId: scene.savings(1).clientId });
      for (const account of [scene.savings(0), scene.savings(1)]) {
        expect(await scene.view(account)).toMatchObject({ disputed: true });
        expect((await scene.view(account)).ledgerMinor).toBe(scene.balanceThere(account));
      }
      await scene.resolve(scene.grace, await scene.openCase(), 'recognise');
      await scene.pass(10 * MINUTE_MS);
      for (const account of [scene.savings(0), scene.savings(1)]) {
        expect(await scene.view(account)).toMatchObject({ disputed: false });
        expect((await scene.view(account)).ledgerMinor).toBe(scene.balanceThere(account));
      }
      expect(await scene.openCases()).toEqual([]);
    }));
});

describe('a transfer that head office lost', () => {
  test('with its books of an earlier day is told as one case, and moves once more', () =>
    onAnOpenDay(async (scene) => {
      const backup = scene.world.headOffice.backUp();
      await transfer(scene);
      await scene.untilFinished();
      await scene.pass(10 * MINUTE_MS);
      scene.world.headOffice.restore(backup);
      // Nobody of a branch sees the audit row of a transfer, so that it is missed when the account is read again.
      await scene.get(scene.grace, 'clients.refresh', { clientId: scene.savings(0).clientId });
      await scene.pass(5 * MINUTE_MS);
      const cases = await scene.openCases();
      expect(cases).toMatchObject([{ kind: 'vanished', item: { kind: 'savingsTransfer' } }]);
      for (const account of [scene.savings(0), scene.savings(1)]) expect(await scene.view(account)).toMatchObject({ disputed: true });
      await scene.resolve(scene.grace, cases[0]!, 'resubmit');
      await scene.untilFinished();
      expect(there(scene)).toHaveLength(1);
    }));
});

test('where head office has no account that transfers pass through none is taken, in words, until an administrator names one', () =>
  onAnOpenDay(async (scene) => {
    scene.books().exec('DELETE FROM financial_activity');
    await signIn(scene.world, scene.amina);
    const item = async () =>
      (await scene.get(scene.amina, 'headOffice.showPreparation', {})).items.find(({ key }) => key === 'transferAccount');
    expect(await item()).toMatchObject({ state: 'missing' });
    expect(await scene.refusal(scene.achieng, 'savings.transfer', input(scene))).toBe('transfer.noAccountThere');
    expect(await scene.refusal(scene.amina, 'headOffice.prepare', { transferAccountId: GL.cash })).toBe('headOffice.refused');
    const prepared = await scene.get(scene.amina, 'headOffice.prepare', { transferAccountId: GL.savingsControl });
    expect(prepared.created).toEqual(['liabilityTransfer']);
    expect(await item()).toMatchObject({ state: 'present' });
    await transfer(scene);
    await scene.untilFinished();
    expect(there(scene)).toHaveLength(1);
  }));

test('one answer in which head office lists no such account takes nothing away, whoever asks', () => {
  let answersNone = 0;
  const transport: NonNullable<Parameters<typeof play>[0]['transport']> = (inner) => async (request) => {
    const reply = await inner(request);
    if (answersNone === 0 || reply.kind !== 'answered' || !request.url.startsWith('/financialactivityaccounts')) return reply;
    answersNone -= 1;
    return { ...reply, body: '[]' };
  };
  return play({ transport }, async (scene) => {
    await atTheCounter(scene.world, scene.achieng);
    await signIn(scene.world, scene.amina);
    answersNone = 1;
    await scene.get(scene.amina, 'headOffice.showPreparation', {});
    expect(answersNone).toBe(0);
    await transfer(scene);
    // Nor does the reading of a whole branch, whose one answer it is.
    scene.pc.database().exec(`UPDATE local_settings SET value = json_set(value, '$.provedAt', 1) WHERE name = 'syncState'`);
    answersNone = 1;
    await scene.pass(5 * MINUTE_MS);
    expect(answersNone).toBe(0);
    await scene.get(scene.achieng, 'savings.transfer', input(scene, { fromSavingsId: scene.savings(2).localId }));
    await scene.untilFinished();
    expect(there(scene)).toHaveLength(2);
  });
});
