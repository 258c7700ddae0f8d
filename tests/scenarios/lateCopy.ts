// Cases whose refused request head office hears once more, as a proxy or a slow line may keep it, and what a scene asks about them.

import { expect } from 'vitest';
import type { ReceiptLine } from '../../shared/contract/shapes.ts';
import type { Account, Scene } from './scene.ts';

export const DEPOSIT_MINOR = 250_000;

interface Refused {
  readonly savings: Account;
  readonly line: ReceiptLine;
  /** The request that head office refused arrives once more, as a proxy or a slow line may keep it. */
  lateCopy(): void;
}

/** A deposit that head office refuses because the account is blocked; then the block is taken off. */
export async function refusedDeposit(scene: Scene): Promise<Refused> {
  const savings = scene.savings();
  await scene.cutLine();
  const line = await scene.deposit(scene.achieng, savings, DEPOSIT_MINOR);
  scene.control().actAs({ username: 'bungoma', kind: 'block', accountId: savings.serverId });
  await scene.restoreLine();
  await scene.until(line, 'needsYou');
  scene.control().actAs({ username: 'bungoma', kind: 'unblock', accountId: savings.serverId });
  const request = scene.sent.at(-1);
  if (request === undefined) throw new Error('nothing was sent');
  return {
    savings,
    line,
    lateCopy() {
      expect(scene.world.headOffice.deliver(request)?.status).toBe(200);
      expect(scene.standingThere(line)).toHaveLength(1);
    },
  };
}

/** A withdrawal that was paid and that head office refuses, because another branch was quicker; then the account has money again. */
export async function refusedWithdrawal(scene: Scene): Promise<Refused> {
  const savings = scene.savings();
  await scene.cutLine();
  const line = await scene.withdraw(scene.achieng, savings, 400_000);
  scene.control().actAs({ username: 'bungoma', kind: 'withdrawal', accountId: savings.serverId, amountMinor: 500_000 });
  await scene.restoreLine();
  await scene.until(line, 'needsYou');
  const request = scene.sent.at(-1);
  if (request === undefined) throw new Error('nothing was sent');
  scene.control().actAs({ username: 'bungoma', kind: 'deposit', accountId: savings.serverId, amountMinor: 500_000 });
  return {
    savings,
    line,
    lateCopy() {
      expect(scene.world.headOffice.deliver(request)?.status).toBe(200);
    },
  };
}

/** What must lie in Achieng's drawer, as a manager is told. */
export async function inDrawer(scene: Scene): Promise<number> {
  const { drawers } = await scene.get(scene.grace, 'cash.showDay', {});
  return drawers.find((drawer) => drawer.openedBy === 'Achieng Odhiambo')?.expectedMinor ?? 0;
}

export async function suspenseRows(scene: Scene): Promise<number> {
  return (await scene.get(scene.grace, 'exceptions.listSuspense', {})).rows.length;
}
