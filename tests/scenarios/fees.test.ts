// Head office takes a fee of the account on top of a withdrawal. The branch counts it before it pays, says it on the paper, and the two sides
// agree to the last cent when the line is back.

import { describe, expect, test } from 'vitest';
import { play } from './scene.ts';

const FEE_MINOR = 2_000;

describe('an account from which head office takes a fee', () => {
  test('can be emptied: what is available is handed over, the fee takes the rest, and head office agrees (I6)', () =>
    play({}, async (scene) => {
      const account = scene.savingsWithFee();
      const before = await scene.view(account);
      expect(before).toMatchObject({
        keptForFee: { minor: FEE_MINOR, sure: true },
        availableMinor: before.ledgerMinor - before.heldMinor - FEE_MINOR,
      });
      expect(await scene.withdrawalRefused(scene.achieng, account, before.availableMinor + 1)).toBe('withdrawal.exceedsAvailable');
      const preview = await scene.get(scene.achieng, 'savings.previewWithdrawal', {
        savingsId: account.localId,
        amountMinor: before.availableMinor,
      });
      expect(preview).toMatchObject({ verdict: 'may', fee: { minor: FEE_MINOR, sure: true }, ledgerAfterMinor: 0, availableAfterMinor: 0 });
      const line = await scene.withdraw(scene.achieng, account, before.availableMinor);
      expect(line.receipt).toMatchObject({ fee: { minor: FEE_MINOR, sure: true }, balanceAfterMinor: 0 });
      await scene.untilFinished();
      expect(await scene.openCases()).toEqual([]);
      expect(scene.balanceThere(account)).toBe(0);
      expect(await scene.view(account)).toMatchObject({ ledgerMinor: 0, confirmedLedgerMinor: 0, availableMinor: 0, unfinishedCount: 0 });
      scene.expectAccounted();
    }));

  test('shows the fee with the promise while it waits, and once when head office has it', () =>
    play({}, async (scene) => {
      const account = scene.savingsWithFee();
      const before = await scene.view(account);
      await scene.cutLine();
      const line = await scene.withdraw(scene.achieng, account, 50_000);
      expect(line.receipt.balanceAfterMinor).toBe(before.ledgerMinor - 52_000);
      expect(await scene.view(account)).toMatchObject({
        ledgerMinor: before.ledgerMinor - 52_000,
        unfinishedMinor: -52_000,
        unfinishedCount: 1,
      });
      const ofToday = async () =>
        (await scene.get(scene.achieng, 'savings.show', { savingsId: account.localId })).history
          .filter((each) => each.businessDate === line.receipt.businessDate)
          .map(({ what, amountMinor, standing }) => ({ what, amountMinor, standing }));
      expect(await ofToday()).toEqual([
        { what: 'fee', amountMinor: -FEE_MINOR, standing: 'savedHere' },
        { what: 'withdrawal', amountMinor: -50_000, standing: 'savedHere' },
      ]);
      await scene.restoreLine();
      await scene.untilFinished();
      expect((await ofToday()).toSorted((a, b) => a.amountMinor - b.amountMinor)).toEqual([
        { what: 'withdrawal', amountMinor: -50_000, standing: 'confirmed' },
        { what: 'fee', amountMinor: -FEE_MINOR, standing: 'confirmed' },
      ]);
      expect((await scene.view(account)).ledgerMinor).toBe(before.ledgerMinor - 52_000);
      expect(scene.balanceThere(account)).toBe(before.ledgerMinor - 52_000);
    }));

  test('is weighed with its fee on the desk of cases, by what each side knew', () =>
    play({}, async (scene) => {
      const account = scene.savingsWithFee();
      const before = await scene.view(account);
      await scene.cutLine();
      const line = await scene.withdraw(scene.achieng, account, 100_000);
      const taken = before.ledgerMinor - 100_000;
      expect(
        scene.control().actAs({ username: 'bungoma', kind: 'withdrawal', accountId: account.serverId, amountMinor: taken }).status,
      ).toBe(200);
      await scene.restoreLine();
      await scene.until(line, 'needsYou');
      const open = await scene.openCase();
      expect(open.believed).toMatchObject({
        availableMinor: before.ledgerMinor,
        effectMinor: -100_000,
        feeMinor: -FEE_MINOR,
        wouldLeaveMinor: before.ledgerMinor - 102_000,
      });
      expect(open.answered).toMatchObject({ availableMinor: 98_000, effectMinor: -100_000, feeMinor: -FEE_MINOR, wouldLeaveMinor: -4_000 });
      await scene.resolve(scene.grace, open, 'reverse');
      await scene.untilFinished();
      expect((await scene.view(account)).ledgerMinor).toBe(98_000);
    }));
});
