// Money in suspense is recovered: the client brings it back or is given it, or head office has posted it by now. It leaves suspense once, after
// it went in, and every sum is accounted for in the end.

import { describe, expect, test } from 'vitest';
import { count } from '../simulation/checkers/rows.ts';
import { DEPOSIT_MINOR, inDrawer, refusedDeposit, refusedWithdrawal, suspenseRows } from './lateCopy.ts';
import { MINUTE_MS, play, type Scene } from './scene.ts';

async function suspended(scene: Scene): Promise<string> {
  const { exceptionId } = await scene.openCase();
  await scene.resolve(scene.grace, await scene.openCase(), 'suspend');
  return exceptionId;
}

const postingsThere = (scene: Scene): number =>
  count(scene.books(), 'SELECT count(DISTINCT transaction_ref) FROM journal_line WHERE reference_number IS NOT NULL');

const inSuspenseThere = (scene: Scene): number => {
  const accounts = scene.pc.database().prepare(`SELECT value FROM local_settings WHERE name = 'suspenseAccounts'`).pluck().get() as string;
  const { suspenseGlAccountId } = JSON.parse(accounts) as { readonly suspenseGlAccountId: number };
  return count(
    scene.books(),
    'SELECT coalesce(sum(CASE WHEN type = 2 THEN amount ELSE -amount END), 0) FROM journal_line WHERE reversed = 0 AND reference_number IS NOT NULL AND gl_account_id = ?',
    suspenseGlAccountId,
  );
};

describe('money in suspense', () => {
  test('that the client brings back, without a line: drawer, paper and suspense agree, once however often it is pressed (I7, I9)', () =>
    play({}, async (scene) => {
      const { savings, line } = await refusedWithdrawal(scene);
      const exceptionId = await suspended(scene);
      await scene.untilFinished();
      expect(inSuspenseThere(scene)).toBe(400_000);
      const before = await inDrawer(scene);
      const way = { exceptionId, resolution: 'reverse', reason: 'the client came back' } as const;
      expect(await scene.refusal(scene.achieng, 'exceptions.recover', way)).toBe('session.notPermitted');
      await scene.cutLine();
      const view = await scene.get(scene.grace, 'exceptions.show', { exceptionId });
      expect(view).toMatchObject({ recoverable: true, closed: { resolution: 'suspend' }, candidates: [] });
      expect(view.choices).toEqual([
        { resolution: 'reverse', possible: true, whyNot: null },
        { resolution: 'recognise', possible: false, whyNot: 'resolution.noCandidate' },
      ]);
      const { receiptId } = await scene.get(scene.grace, 'exceptions.recover', way);
      const paper = await scene.get(scene.grace, 'receipts.show', { receiptId: receiptId ?? '' });
      expect(paper.receipt).toMatchObject({ kind: 'withdrawalReturned', amountMinor: 400_000, undoes: line.receipt.number });
      expect(await scene.refusal(scene.grace, 'exceptions.recover', way)).toBe('exception.alreadyClosed');
      expect(await inDrawer(scene)).toBe(before + 400_000);
      expect(await suspenseRows(scene)).toBe(0);
      expect((await scene.receipt(line)).closedAs).toBe('reversed');
      expect((await scene.story(line)).slice(-3)).toEqual(['suspended', 'takenUp', 'reversed']);
      const [decided] = await scene.get(scene.grace, 'exceptions.list', { show: 'closed' });
      expect(decided).toMatchObject({ kind: 'recovered', recoverable: false, closed: { resolution: 'reverse', by: 'Grace Wanjiru' } });
      await scene.restoreLine();
      await scene.untilFinished();
      expect(inSuspenseThere(scene)).toBe(0);
      expect(postingsThere(scene)).toBe(2);
      expect(await scene.view(savings)).toMatchObject({ disputed: false, ledgerMinor: scene.balanceThere(savings), unfinishedCount: 0 });
      scene.expectAccounted();
    }));

  test('that head office corrects on a later day: its posting stands for ours, and the sum leaves suspense', () =>
    play({}, async (scene) => {
      const { savings, line, lateCopy } = await refusedDeposit(scene);
      const exceptionId = await suspended(scene);
      await scene.untilFinished();
      await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: await inDrawer(scene) });
      await scene.get(scene.grace, 'cash.closeDay', {});
      await scene.nextMorning();
      scene.control().actAs({ username: 'bungoma', kind: 'deposit', accountId: savings.serverId, amountMinor: DEPOSIT_MINOR });
      await scene.get(scene.grace, 'clients.refresh', { clientId: savings.clientId });
      const [candidate] = (await scene.get(scene.grace, 'exceptions.show', { exceptionId })).candidates;
      expect(candidate).toMatchObject({ amountMinor: DEPOSIT_MINOR, businessDate: scene.control().businessDate() });
      const way = { exceptionId, resolution: 'recognise', reason: 'booked by Bungoma' } as const;
      expect(await scene.refusal(scene.grace, 'exceptions.recover', way)).toBe('exception.candidateNeeded');
      await scene.get(scene.grace, 'exceptions.recover', { ...way, serverTransactionId: candidate!.serverTransactionId });
      await scene.untilFinished();
      expect(await suspenseRows(scene)).toBe(0);
      expect(inSuspenseThere(scene)).toBe(0);
      expect(await scene.receipt(line)).toMatchObject({ standing: 'confirmed', closedAs: null });
      expect(await scene.view(savings)).toMatchObject({ disputed: false, ledgerMinor: scene.balanceThere(savings), unfinishedCount: 0 });
      // Nothing of it is missed at the next readings.
      await scene.nextMorning();
      await scene.pass(3 * MINUTE_MS);
      expect(await scene.openCases()).toEqual([]);
      scene.expectAccounted();
      // A late copy of the day on which it was refused stands there a second time: that is a case, whichever day was recognised.
      lateCopy();
      await scene.until(line, 'needsYou');
      const twice = await scene.openCase();
      expect(twice).toMatchObject({ kind: 'postedAfterAll', earlier: { resolution: 'recognise' }, candidates: [] });
      const undone = scene.control().requestAs('admin', {
        method: 'POST',
        url: `/savingsaccounts/${String(savings.serverId)}/transactions/${String(candidate!.serverTransactionId)}?command=undo`,
        body: JSON.stringify({ transactionDate: line.receipt.businessDate, transactionAmount: 0, dateFormat: 'yyyy-MM-dd', locale: 'en' }),
      });
      expect(undone.status).toBe(200);
      await scene.get(scene.grace, 'clients.refresh', { clientId: savings.clientId });
      await scene.resolve(scene.grace, await scene.openCase(), 'recognise');
      await scene.pass(3 * MINUTE_MS);
      expect(await scene.openCases()).toEqual([]);
      expect(inSuspenseThere(scene)).toBe(0);
      expect(await scene.view(savings)).toMatchObject({ disputed: false, ledgerMinor: scene.balanceThere(savings), unfinishedCount: 0 });
      scene.expectAccounted();
    }));

  test('that was given back, and of which a late copy goes through afterwards: the client brings it once more', () =>
    play({}, async (scene) => {
      const { line, lateCopy } = await refusedDeposit(scene);
      const exceptionId = await suspended(scene);
      await scene.untilFinished();
      const before = await inDrawer(scene);
      await scene.cutLine();
      const way = { exceptionId, resolution: 'reverse', reason: 'wants it back' } as const;
      await scene.get(scene.grace, 'exceptions.recover', way);
      expect(await inDrawer(scene)).toBe(before - DEPOSIT_MINOR);
      await scene.restoreLine();
      lateCopy();
      await scene.until(line, 'needsYou');
      const open = await scene.openCase();
      expect(open).toMatchObject({ kind: 'postedAfterAll', earlier: { resolution: 'reverse' } });
      await scene.resolve(scene.grace, open, 'recognise');
      expect(await inDrawer(scene)).toBe(before);
      await scene.untilFinished();
      expect(inSuspenseThere(scene)).toBe(0);
      scene.expectAccounted();
    }));

  test('that head office posted after all while nobody looked is not given back as well', () =>
    play({}, async (scene) => {
      const { lateCopy } = await refusedDeposit(scene);
      const exceptionId = await suspended(scene);
      await scene.untilFinished();
      const before = await inDrawer(scene);
      lateCopy();
      expect(await scene.refusal(scene.grace, 'exceptions.recover', { exceptionId, resolution: 'reverse', reason: 'wants it back' })).toBe(
        'exception.notInSuspense',
      );
      expect(await inDrawer(scene)).toBe(before);
      await scene.resolve(scene.grace, await scene.openCase(), 'recognise');
      await scene.untilFinished();
      expect(inSuspenseThere(scene)).toBe(0);
      scene.expectAccounted();
    }));
});
