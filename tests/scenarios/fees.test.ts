// Head office takes a fee of the account on top of a withdrawal. The branch counts it before it pays, says it on the paper, and the two sides
// agree to the last cent when the line is back.

import { describe, expect, test } from 'vitest';
import { rows } from '../simulation/checkers/rows.ts';
import { HOUR_MS, MINUTE_MS, play } from './scene.ts';

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

  test('of a share of what is paid out can be emptied too, and nothing is left or lacking', () =>
    play({}, async (scene) => {
      const account = scene.savingsWithShare();
      const before = await scene.view(account);
      // What is a whole number of minor units with its one and a half percent; the rest stays.
      const amountMinor = Math.floor(before.availableMinor / 20_000) * 20_000;
      const line = await scene.withdraw(scene.achieng, account, amountMinor);
      expect(line.receipt.fee).toEqual({ minor: (amountMinor * 15) / 1_000, sure: true });
      await scene.untilFinished();
      expect(await scene.openCases()).toEqual([]);
      expect(scene.balanceThere(account)).toBe(before.ledgerMinor - (amountMinor * 1_015) / 1_000);
      expect(await scene.view(account)).toMatchObject({ ledgerMinor: scene.balanceThere(account), unfinishedCount: 0 });
      scene.expectAccounted();
    }));

  test('for one way of paying counts only with that way: in what is available, before it is paid, on the paper and at head office', () =>
    play({}, async (scene) => {
      const account = scene.savingsPaidByPhone();
      const [CASH, PHONE, PHONE_FEE] = [1, 2, 3_500];
      const available = async (paymentTypeId?: number) =>
        (await scene.get(scene.achieng, 'savings.show', { savingsId: account.localId, paymentTypeId })).savings;
      const before = await available();
      const withdrawable = before.ledgerMinor - before.heldMinor;
      expect(before).toMatchObject({ availableMinor: withdrawable, keptForFee: null });
      expect(await available(CASH)).toEqual(before);
      expect(await available(PHONE)).toMatchObject({
        availableMinor: withdrawable - PHONE_FEE,
        keptForFee: { minor: PHONE_FEE, sure: true },
      });
      const preview = (paymentTypeId: number) =>
        scene.get(scene.achieng, 'savings.previewWithdrawal', { savingsId: account.localId, amountMinor: 50_000, paymentTypeId });
      expect(await preview(CASH)).toMatchObject({ fee: null, ledgerAfterMinor: before.ledgerMinor - 50_000 });
      expect(await preview(PHONE)).toMatchObject({
        fee: { minor: PHONE_FEE, sure: true },
        availableBeforeMinor: withdrawable - PHONE_FEE,
        ledgerAfterMinor: before.ledgerMinor - 50_000 - PHONE_FEE,
      });
      const options = { paymentTypeId: PHONE };
      expect(await scene.withdrawalRefused(scene.achieng, account, withdrawable - PHONE_FEE + 1, options)).toBe(
        'withdrawal.exceedsAvailable',
      );
      const byPhone = await scene.withdraw(scene.achieng, account, 50_000, options);
      expect(byPhone.receipt).toMatchObject({ fee: { minor: PHONE_FEE, sure: true }, cash: false });
      await scene.untilFinished();
      const inCash = await scene.withdraw(scene.achieng, account, 20_000);
      expect(inCash.receipt).toMatchObject({ fee: null, cash: true, balanceAfterMinor: before.ledgerMinor - 70_000 - PHONE_FEE });
      // Of the drawer went what was handed over in cash, and no fee.
      const totals = scene.pc.database().prepare('SELECT sum(amount_minor) AS paid FROM journal_movements WHERE kind = ?').get('paid');
      expect(totals).toEqual({ paid: 20_000 });
      await scene.untilFinished();
      expect(await scene.openCases()).toEqual([]);
      expect(scene.balanceThere(account)).toBe(before.ledgerMinor - 70_000 - PHONE_FEE);
      expect((await scene.view(account)).ledgerMinor).toBe(before.ledgerMinor - 70_000 - PHONE_FEE);
      scene.expectAccounted();
    }));

  test('that nobody here may read the definition of is counted, and called the most that it can be', () =>
    play({}, async (scene) => {
      scene.pc.database().prepare("DELETE FROM replica_reference WHERE shelf = 'charges'").run();
      const account = scene.savingsPaidByPhone();
      expect(await scene.view(account)).toMatchObject({ keptForFee: { minor: 3_500, sure: false } });
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

  test('whose withdrawal is undone there while its fee stays taken: it is as head office has it, then and after it goes once more', () =>
    play({ manners: { feeRow: 'either' } }, async (scene) => {
      const account = scene.savingsWithFee();
      const before = await scene.view(account);
      const lines = [await scene.withdraw(scene.achieng, account, 30_000), await scene.withdraw(scene.achieng, account, 40_000)];
      await scene.untilFinished();
      const feesThere = () =>
        rows<{ id: number; withdrawal: number }>(
          scene.books(),
          'SELECT id, fee_of AS withdrawal FROM savings_transaction WHERE account_id = ? AND fee_of IS NOT NULL AND reversed = 0',
          account.serverId,
        );
      // One of the two has its fee in the row before it, where an undo does not look.
      const line = lines.find((each) => {
        const id = scene.standingThere(each)[0]?.id ?? 0;
        return feesThere().some((fee) => fee.withdrawal === id && fee.id < id);
      });
      if (line === undefined) throw new Error('no fee has the lower number');
      const [posted] = scene.standingThere(line);
      const url = `/savingsaccounts/${String(account.serverId)}/transactions/${String(posted?.id ?? 0)}?command=undo`;
      const fees = feesThere().length;
      expect(scene.control().requestAs('admin', { method: 'POST', url, body: '{}' }).status).toBe(200);
      expect(feesThere()).toHaveLength(fees);
      await scene.pass(3 * MINUTE_MS);
      const open = await scene.openCase();
      expect(open.kind).toBe('vanished');
      expect((await scene.view(account)).confirmedLedgerMinor).toBe(scene.balanceThere(account));
      await scene.resolve(scene.grace, open, 'resubmit');
      await scene.untilFinished(2 * HOUR_MS);
      // Its fee was taken twice there, and both stand on the account here.
      expect(scene.balanceThere(account)).toBe(before.ledgerMinor - 70_000 - 3 * FEE_MINOR);
      expect(await scene.view(account)).toMatchObject({
        ledgerMinor: before.ledgerMinor - 70_000 - 3 * FEE_MINOR,
        confirmedLedgerMinor: before.ledgerMinor - 70_000 - 3 * FEE_MINOR,
        unfinishedCount: 0,
      });
      expect(await scene.openCases()).toEqual([]);
      scene.expectAccounted();
    }));
});
