// Head office's own people undo a transaction of ours that was confirmed. The receipt stands, so it becomes a case (ADR 0004); until the
// manager decides, the views count the money once and nobody can draw on a deposit that the books do not hold.

import { expect, test } from 'vitest';
import { MINUTE_MS, play } from './scene.ts';

const UNDO = JSON.stringify({ transactionDate: '2026-11-20', transactionAmount: 0, dateFormat: 'yyyy-MM-dd', locale: 'en' });

test('I6 a deposit that was undone at head office becomes a case instead of counting for ever', async () => {
  await play({}, async (scene) => {
    const savings = scene.savings();
    const before = await scene.view(savings);
    const line = await scene.deposit(scene.achieng, savings, 250_000);
    await scene.untilFinished();
    const [posted] = scene.standingThere(line);
    const undone = scene.control().requestAs('admin', {
      method: 'POST',
      url: `/savingsaccounts/${String(savings.serverId)}/transactions/${String(posted?.id ?? 0)}?command=undo`,
      body: UNDO,
    });
    expect(undone.status).toBe(200);
    await scene.pass(3 * MINUTE_MS);

    expect((await scene.receipt(line)).standing).toBe('needsYou');
    expect((await scene.openCase()).kind).toBe('vanished');
    expect((await scene.view(savings)).availableMinor).toBe(before.availableMinor);
  });
});

test('I3 a repayment that was undone at head office becomes a case', async () => {
  await play({}, async (scene) => {
    const loan = scene.loan();
    const line = await scene.repay(scene.achieng, loan, 50_000);
    await scene.untilFinished();
    const [posted] = scene.standingThere(line);
    const undone = scene.control().requestAs('admin', {
      method: 'POST',
      url: `/loans/${String(loan.serverId)}/transactions/${String(posted?.id ?? 0)}?command=undo`,
      body: UNDO,
    });
    expect(undone.status).toBe(200);
    await scene.pass(3 * MINUTE_MS);

    expect((await scene.receipt(line)).standing).toBe('needsYou');
    const found = await scene.openCase();
    expect(found.kind).toBe('vanished');
    await scene.resolve(scene.grace, found, 'reverse');
    expect((await scene.item(line)).standing).toBe('confirmed');
  });
});
