// Money on a savings account is held and let go at the branch: felt at once on what is available, told once whatever becomes of its answer, never
// counted twice, found again when head office emptied its reason, and a case where head office says no.

import { describe, expect, test } from 'vitest';
import type { OutputOf } from '../../shared/contract/define.ts';
import type { BranchContract } from '../../shared/contract/branchContract.ts';
import { rows } from '../simulation/checkers/rows.ts';
import { atTheCounter } from '../world/people.ts';
import { MINUTE_MS, play, type Scene } from './scene.ts';

const SUM = 20_000;
const REASON = 'surety for a neighbour';

type Shown = OutputOf<BranchContract['savings']['show']>;

interface HoldThere {
  readonly id: number;
  readonly amount: number;
  readonly reason: string | null;
  readonly releasedBy: number | null;
  readonly date: string;
}

function there(scene: Scene): readonly HoldThere[] {
  return rows<HoldThere>(
    scene.books(),
    `SELECT id, amount, reason_for_block AS reason, release_id AS releasedBy, date FROM savings_transaction
     WHERE type = 20 AND reversed = 0 AND account_id = ? ORDER BY id`,
    scene.savings().serverId,
  );
}

function onAnOpenDay(act: (scene: Scene) => Promise<void>): Promise<void> {
  return play({}, async (scene) => {
    await atTheCounter(scene.world, scene.achieng);
    await act(scene);
  });
}

const show = (scene: Scene): Promise<Shown> => scene.get(scene.grace, 'savings.show', { savingsId: scene.savings().localId });

const asked = (scene: Scene, amountMinor = SUM) => ({
  formId: scene.newForm(),
  savingsId: scene.savings().localId,
  amountMinor,
  reason: REASON,
});

const hold = (scene: Scene, amountMinor = SUM) => scene.get(scene.achieng, 'savings.hold', asked(scene, amountMinor));

async function letGo(scene: Scene) {
  const { holds } = await show(scene);
  return { formId: scene.newForm(), savingsId: scene.savings().localId, hold: holds[0]!.hold, reason: 'the neighbour has paid' };
}

const release = async (scene: Scene) => scene.get(scene.grace, 'savings.release', await letGo(scene));

async function settled(scene: Scene): Promise<void> {
  await scene.untilFinished();
  await scene.pass(5 * MINUTE_MS);
}

describe('money held on an account', () => {
  test('without a line takes from what is available at once, and stands there once when the line is back', () =>
    onAnOpenDay(async (scene) => {
      const before = await scene.view(scene.savings());
      await scene.cutLine();
      const { commandId } = await hold(scene);
      const held = {
        onHoldMinor: before.onHoldMinor + SUM,
        heldMinor: before.heldMinor + SUM,
        availableMinor: before.availableMinor - SUM,
      };
      expect(await scene.view(scene.savings())).toMatchObject({ ...held, ledgerMinor: before.ledgerMinor });
      expect((await show(scene)).holds).toMatchObject([
        { amountMinor: SUM, reason: REASON, by: 'Achieng Odhiambo', state: 'held', standing: 'savedHere', release: null },
      ]);
      expect(await scene.withdrawalRefused(scene.achieng, scene.savings(), before.availableMinor - SUM + 100)).toBe(
        'withdrawal.exceedsAvailable',
      );
      const desk = await scene.get(scene.achieng, 'sync.showDesk', {});
      expect(desk.unfinished).toMatchObject([{ kind: 'savingsHold', commandId, amountMinor: -SUM, reason: 'lineDown' }]);
      await scene.restoreLine();
      await settled(scene);
      expect(there(scene)).toMatchObject([{ amount: SUM, releasedBy: null, reason: expect.stringContaining(commandId) as string }]);
      expect(await scene.view(scene.savings())).toMatchObject(held);
      expect((await show(scene)).holds).toMatchObject([
        { amountMinor: SUM, reason: REASON, by: 'Achieng Odhiambo', standing: 'confirmed' },
      ]);
    }));

  test.each(['replyLost', 'requestLost', 'answers5xxAfter', 'replyTorn'] as const)(
    '%s: it is found by its mark, and held once (I2)',
    (fault) =>
      onAnOpenDay(async (scene) => {
        scene.pc.network.arm(fault, 1, 'money');
        await hold(scene);
        await settled(scene);
        expect(there(scene)).toHaveLength(1);
        expect(await scene.openCases()).toEqual([]);
      }),
  );

  test('whose answer was lost, and which somebody at head office let go meanwhile, is found though its reason is empty', () =>
    onAnOpenDay(async (scene) => {
      const before = await scene.view(scene.savings());
      scene.pc.network.arm('replyLost', 1, 'money');
      await hold(scene);
      for (let waited = 0; there(scene).length === 0 && waited < 60; waited += 1) await scene.pass(1_000);
      await scene.cutLine();
      const [held] = there(scene);
      scene.control().actAs({ username: 'bungoma', kind: 'release', accountId: scene.savings().serverId, transactionId: held!.id });
      expect(there(scene)).toMatchObject([{ reason: null }]);
      await scene.restoreLine();
      await settled(scene);
      expect(there(scene)).toHaveLength(1);
      expect(await scene.view(scene.savings())).toMatchObject({ availableMinor: before.availableMinor });
      expect((await show(scene)).holds).toEqual([]);
    }));

  test('no more than is available, not without a reason, and once for one form', () =>
    onAnOpenDay(async (scene) => {
      const { holdableMinor } = await show(scene);
      const refusal = (change: object) => scene.refusal(scene.achieng, 'savings.hold', { ...asked(scene), ...change });
      expect(await refusal({ amountMinor: holdableMinor + 1 })).toBe('hold.exceedsAvailable');
      expect(await refusal({ reason: ' x ' })).toBe('savings.reasonNeeded');
      expect(await refusal({ savingsId: scene.newForm() })).toBe('savings.unknown');
      const form = asked(scene);
      const one = await scene.get(scene.achieng, 'savings.hold', form);
      expect(await scene.get(scene.achieng, 'savings.hold', form)).toMatchObject({ commandId: one.commandId, replayed: true });
      expect(await scene.refusal(scene.achieng, 'savings.hold', { ...form, amountMinor: SUM + 1 })).toBe('form.alreadyUsed');
      await settled(scene);
      expect(there(scene)).toHaveLength(1);
    }));

  test('and let go before it left: both go in order, and the account is as before', () =>
    onAnOpenDay(async (scene) => {
      const before = await scene.view(scene.savings());
      await scene.cutLine();
      await hold(scene);
      await release(scene);
      expect(await scene.view(scene.savings())).toMatchObject({ availableMinor: before.availableMinor, onHoldMinor: before.onHoldMinor });
      expect((await show(scene)).holds).toMatchObject([{ state: 'lettingGo', release: { by: 'Grace Wanjiru' } }]);
      await scene.restoreLine();
      await settled(scene);
      expect(there(scene)).toMatchObject([{ amount: SUM, reason: null, releasedBy: expect.any(Number) as number }]);
      expect((await show(scene)).holds).toEqual([]);
      expect(await scene.view(scene.savings())).toMatchObject({ availableMinor: before.availableMinor });
    }));

  test('with head office at a later transaction goes on the newest open day by itself', () =>
    onAnOpenDay(async (scene) => {
      await scene.cutLine();
      await hold(scene);
      await scene.nextMorning();
      const { serverId } = scene.savings();
      scene.control().actAs({ username: 'bungoma', kind: 'deposit', accountId: serverId, amountMinor: 5_000 });
      await scene.restoreLine();
      await atTheCounter(scene.world, scene.achieng);
      await settled(scene);
      expect(there(scene)).toMatchObject([{ amount: SUM, date: scene.control().businessDate() }]);
    }));

  test('keeps the account from being closed', () =>
    onAnOpenDay(async (scene) => {
      await hold(scene);
      expect((await show(scene)).barred).toContainEqual({ deed: 'close', code: 'savings.moneyHeld' });
    }));
});

describe('a hold let go', () => {
  test.each(['replyLost', 'requestLost', 'answers5xxAfter', 'replyTorn'] as const)('%s: once, and told (I2)', (fault) =>
    onAnOpenDay(async (scene) => {
      const before = await scene.view(scene.savings());
      await hold(scene);
      await settled(scene);
      scene.pc.network.arm(fault, 1, 'money');
      await release(scene);
      expect((await scene.view(scene.savings())).availableMinor).toBe(before.availableMinor);
      await settled(scene);
      expect(rows(scene.books(), 'SELECT id FROM savings_transaction WHERE type = 21')).toHaveLength(1);
      expect(await scene.view(scene.savings())).toMatchObject({ availableMinor: before.availableMinor, onHoldMinor: before.onHoldMinor });
      expect(await scene.openCases()).toEqual([]);
    }),
  );

  test('that somebody at head office let go too is told all the same', () =>
    onAnOpenDay(async (scene) => {
      await hold(scene);
      await settled(scene);
      const form = await letGo(scene);
      const [held] = there(scene);
      scene.control().actAs({ username: 'bungoma', kind: 'release', accountId: scene.savings().serverId, transactionId: held!.id });
      await scene.get(scene.grace, 'savings.release', form);
      await settled(scene);
      expect(await scene.openCases()).toEqual([]);
      expect((await show(scene)).holds).toEqual([]);
    }));

  test('of head office’s own, by its number, with the reason that stands there', () =>
    onAnOpenDay(async (scene) => {
      const { serverId, clientId } = scene.savings();
      scene.control().actAs({ username: 'bungoma', kind: 'hold', accountId: serverId, amountMinor: SUM });
      await scene.get(scene.grace, 'clients.refresh', { clientId });
      expect((await show(scene)).holds).toMatchObject([
        { reason: 'Held by another office', by: null, state: 'held', standing: 'confirmed' },
      ]);
      await release(scene);
      expect(await scene.refusal(scene.grace, 'savings.release', await letGo(scene))).toBe('hold.lettingGo');
      await settled(scene);
      expect(there(scene)).toMatchObject([{ releasedBy: expect.any(Number) as number }]);
      expect((await show(scene)).holds).toEqual([]);
    }));

  test('is asked of somebody with the right, for a hold that is known', () =>
    onAnOpenDay(async (scene) => {
      await hold(scene);
      const form = await letGo(scene);
      expect(await scene.refusal(scene.achieng, 'savings.release', form)).toBe('session.notPermitted');
      expect(await scene.refusal(scene.grace, 'savings.release', { ...form, hold: { holdId: scene.newForm() } })).toBe('hold.unknown');
      expect(await scene.refusal(scene.grace, 'savings.release', { ...form, reason: '' })).toBe('savings.reasonNeeded');
    }));
});

describe('a hold that head office refuses', () => {
  async function refused(scene: Scene): Promise<void> {
    await scene.cutLine();
    await hold(scene);
    const { serverId } = scene.savings();
    const balance = scene.balanceThere(scene.savings());
    scene.control().actAs({ username: 'bungoma', kind: 'withdrawal', accountId: serverId, amountMinor: balance - 5_000 });
    await scene.restoreLine();
    await scene.pass(10 * MINUTE_MS);
  }

  test('is a case and holds nothing; given up, it stands nowhere', () =>
    onAnOpenDay(async (scene) => {
      await refused(scene);
      const open = await scene.openCase();
      expect(open).toMatchObject({ kind: 'refused', item: { kind: 'savingsHold', amountMinor: -SUM } });
      expect(open.choices.map(({ resolution, possible }) => [resolution, possible])).toEqual([
        ['resubmit', true],
        ['correct', true],
        ['withdraw', true],
        ['recognise', false],
      ]);
      expect((await show(scene)).holds).toMatchObject([{ state: 'refused', standing: 'needsYou', exceptionId: open.exceptionId }]);
      expect((await scene.view(scene.savings())).onHoldMinor).toBe(0);
      expect(await scene.refusal(scene.grace, 'savings.release', await letGo(scene))).toBe('hold.refusedThere');
      await scene.resolve(scene.grace, open, 'withdraw');
      await settled(scene);
      expect(there(scene)).toEqual([]);
      expect((await show(scene)).holds).toEqual([]);
    }));

  test('goes once more when money has come in, and is held once', () =>
    onAnOpenDay(async (scene) => {
      await refused(scene);
      scene.control().actAs({ username: 'bungoma', kind: 'deposit', accountId: scene.savings().serverId, amountMinor: 100_000 });
      await scene.resolve(scene.grace, await scene.openCase(), 'resubmit');
      await settled(scene);
      expect(there(scene)).toHaveLength(1);
      expect((await scene.view(scene.savings())).onHoldMinor).toBe(SUM);
    }));
});

describe('head office put back to an earlier day', () => {
  test('has lost the hold: a case, and it is held once more', () =>
    onAnOpenDay(async (scene) => {
      const backup = scene.world.headOffice.backUp();
      await hold(scene);
      await settled(scene);
      scene.world.headOffice.restore(backup);
      await scene.nextMorning();
      await scene.pass(10 * MINUTE_MS);
      const cases = await scene.openCases();
      expect(cases).toMatchObject([{ kind: 'vanished', item: { kind: 'savingsHold' } }]);
      await scene.resolve(scene.grace, cases[0]!, 'resubmit');
      await settled(scene);
      expect(there(scene)).toHaveLength(1);
      expect((await scene.view(scene.savings())).onHoldMinor).toBe(SUM);
    }));

  test('has lost the letting go alone: a case, and it is let go once more', () =>
    onAnOpenDay(async (scene) => {
      await hold(scene);
      await settled(scene);
      const backup = scene.world.headOffice.backUp();
      await release(scene);
      await settled(scene);
      scene.world.headOffice.restore(backup);
      await scene.nextMorning();
      await scene.pass(10 * MINUTE_MS);
      const cases = await scene.openCases();
      expect(cases).toMatchObject([{ kind: 'vanished', item: { kind: 'savingsRelease' } }]);
      expect((await scene.view(scene.savings())).onHoldMinor).toBe(SUM);
      await scene.resolve(scene.amina, cases[0]!, 'resubmit');
      await settled(scene);
      expect(there(scene)).toMatchObject([{ releasedBy: expect.any(Number) as number }]);
      expect((await scene.view(scene.savings())).onHoldMinor).toBe(0);
    }));
});

describe('where a checker at head office decides', () => {
  test.each(['HOLDAMOUNT_SAVINGSACCOUNT', 'RELEASEAMOUNT_SAVINGSACCOUNT'] as const)('%s waits there, and goes through once', (right) =>
    onAnOpenDay(async (scene) => {
      const isHold = right === 'HOLDAMOUNT_SAVINGSACCOUNT';
      if (!isHold) {
        await hold(scene);
        await settled(scene);
      }
      scene.control().setMakerChecker(right, true);
      scene.pc.network.arm('replyLost', 1, 'money');
      await (isHold ? hold(scene) : release(scene));
      await scene.pass(10 * MINUTE_MS);
      const waiting = rows<{ id: number }>(scene.books(), 'SELECT id FROM command_row WHERE status = 2');
      expect(waiting).toHaveLength(1);
      const reply = scene.control().requestAs('admin', {
        method: 'POST',
        url: `/makercheckers/${String(waiting[0]?.id)}?command=approve`,
        body: '{}',
      });
      expect(reply.status).toBe(200);
      await scene.untilFinished();
      await scene.pass(10 * MINUTE_MS);
      expect(there(scene)).toHaveLength(1);
      expect((await scene.view(scene.savings())).onHoldMinor).toBe(isHold ? SUM : 0);
      expect(await scene.openCases()).toEqual([]);
    }),
  );
});
