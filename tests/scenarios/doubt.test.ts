// Whatever a line or a head office can do to one request: the branch looks before it sends money again, and what was promised once stands
// at head office once (I2). Strong and weak markers, loans and savings, each with its own way of being found.

import { describe, expect, test } from 'vitest';
import type { ReceiptLine } from '../../shared/contract/shapes.ts';
import type { NetworkFault } from '../world/faultyNetwork.ts';
import { MINUTE_MS, play, type Scene } from './scene.ts';

interface Way {
  readonly what: string;
  readonly take: (scene: Scene) => Promise<ReceiptLine>;
}

const LOAN: Way = { what: 'a repayment', take: (scene) => scene.repay(scene.achieng, scene.loan(), 45_000) };
const DEPOSIT: Way = { what: 'a deposit', take: (scene) => scene.deposit(scene.achieng, scene.savings(), 45_000) };
const WITHDRAWAL: Way = { what: 'a withdrawal', take: (scene) => scene.withdraw(scene.achieng, scene.savings(), 45_000) };

/** One promise, one fault on its way, and in the end one transaction. */
async function throughFault(scene: Scene, way: Way, fault: NetworkFault, times = 1): Promise<readonly string[]> {
  await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 100_000 });
  scene.pc.network.arm(fault, times, 'money');
  const line = await way.take(scene);
  await scene.untilFinished();
  expect(scene.standingThere(line)).toHaveLength(1);
  expect((await scene.receipt(line)).serverTransactionId).toBe(scene.standingThere(line)[0]?.id);
  scene.expectAccounted();
  return scene.story(line);
}

describe('a reply that is lost after head office did its work', () => {
  for (const markers of ['strong', 'weak'] as const) {
    for (const way of [LOAN, DEPOSIT, WITHDRAWAL]) {
      test(`leaves ${way.what} in doubt; it is found by its ${markers} marker and not sent again (I2)`, () =>
        play({ markers }, async (scene) => {
          const story = await throughFault(scene, way, 'replyLost');
          expect(story).toEqual(['recorded', 'sending', 'noReply', 'lookingUp', 'found']);
          expect(scene.sent).toHaveLength(1);
        }));
    }
  }

  test('is found even when the PC died before it could note that there was no reply', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      scene.pc.armDeath({ at: 'beforeReply', skip: 0, money: true });
      const line = await scene.deposit(scene.achieng, scene.savings(), 45_000);
      await scene.pass(MINUTE_MS);
      expect(scene.pc.isOn()).toBe(false);
      scene.pc.start();
      await scene.untilFinished();
      expect(await scene.story(line)).toEqual(['recorded', 'sending', 'restarted', 'lookingUp', 'found']);
      expect(scene.standingThere(line)).toHaveLength(1);
    }));
});

describe('a request that is lost before it arrived', () => {
  for (const markers of ['strong', 'weak'] as const) {
    for (const way of [LOAN, DEPOSIT]) {
      test(`is looked for with ${markers} markers, not found, and ${way.what} is sent again under the same key (I11)`, () =>
        play({ markers }, async (scene) => {
          const story = await throughFault(scene, way, 'requestLost');
          expect(story).toEqual(['recorded', 'sending', 'noReply', 'lookingUp', 'absent', 'sending', 'posted']);
          expect(scene.sent).toHaveLength(2);
          expect(scene.sent[1]?.body).toBe(scene.sent[0]?.body);
          expect(scene.sent[1]?.headers['idempotency-key']).toBe(scene.sent[0]?.headers['idempotency-key']);
        }));
    }
  }

  test('and was never sent at all is simply sent later, without a look', () =>
    play({}, async (scene) => {
      const story = await throughFault(scene, DEPOSIT, 'neverSent');
      expect(story).toEqual(['recorded', 'sending', 'neverSent', 'sending', 'posted']);
    }));
});

describe('a request that arrives twice or late', () => {
  for (const markers of ['strong', 'weak'] as const) {
    test(`copied on its way is one transaction with ${markers} markers (I2)`, () =>
      play({ markers }, async (scene) => {
        await throughFault(scene, DEPOSIT, 'duplicated');
      }));
  }

  test('that comes in after its twin was posted is answered from memory by the key (I2)', () =>
    play({}, async (scene) => {
      await throughFault(scene, DEPOSIT, 'delayed');
      await scene.pass(3 * MINUTE_MS);
      expect(scene.balanceThere(scene.savings())).toBe((await scene.view(scene.savings())).confirmedLedgerMinor);
    }));
});

describe('head office in trouble', () => {
  test('five server errors in a row delay a promise and do not double it (I2)', () =>
    play({}, async (scene) => {
      const story = await throughFault(scene, DEPOSIT, 'answers5xxBefore', 5);
      expect(story.filter((why) => why === 'serverError')).toHaveLength(5);
    }));

  for (const markers of ['strong', 'weak'] as const) {
    test(`a server error after the work was done is looked up with ${markers} markers (I2)`, () =>
      play({ markers }, async (scene) => {
        const story = await throughFault(scene, WITHDRAWAL, 'answers5xxAfter');
        expect(story.at(-1)).toBe('found');
      }));
  }

  test('a conflict between two requests is tried again by itself', () =>
    play({}, async (scene) => {
      const story = await throughFault(scene, LOAN, 'answers409');
      expect(story).toContain('conflict');
    }));

  test('a conflict stays with the key of what went alone: a copy of it that comes late is answered by that and posts nothing beside (I2)', () =>
    play({ markers: 'weak' }, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 100_000 });
      scene.pc.network.arm('delayed', 1, 'money');
      scene.pc.network.arm('answers409', 1, 'money');
      const line = await DEPOSIT.take(scene);
      await scene.untilFinished();
      await scene.pass(5 * MINUTE_MS);
      expect(scene.standingThere(line)).toHaveLength(1);
      expect(new Set(scene.sent.map(({ headers }) => headers['idempotency-key'])).size).toBe(2);
      expect(await scene.story(line)).toContain('conflict');
    }));

  test('a loan locked by the close of business waits, and goes by itself when it is free', () =>
    play({}, async (scene) => {
      scene.control().lockLoan(scene.loan().serverId);
      const line = await scene.repay(scene.achieng, scene.loan(), 45_000);
      await scene.pass(10 * MINUTE_MS);
      expect(await scene.story(line)).toContain('loanLocked');
      expect(await scene.openCases()).toEqual([]);
      scene.control().lockLoan(scene.loan().serverId, false);
      await scene.untilFinished();
      expect(scene.standingThere(line)).toHaveLength(1);
    }));

  test('a page of a hotspot in place of an answer confirms nothing (I2)', () =>
    play({}, async (scene) => {
      const story = await throughFault(scene, DEPOSIT, 'portalAnswers', 2);
      expect(story).toContain('unknownShape');
      expect(story.at(-1)).toBe('posted');
    }));

  test('a hotspot before everything lets nothing through, and nothing is lost when it is gone', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      scene.pc.network.arm('portalAnswers', 100, 'any');
      const line = await scene.deposit(scene.achieng, scene.savings(), 45_000);
      await scene.pass(5 * MINUTE_MS);
      expect((await scene.receipt(line)).standing).toBe('savedHere');
      expect((await scene.status()).sentence).not.toBe('good');
      scene.pc.network.clear();
      await scene.untilFinished();
      expect(scene.standingThere(line)).toHaveLength(1);
    }));
});

describe('head office dies in the middle of a lone command, whose key then answers 425 for ever', () => {
  test('before the business was done: ten minutes later the promise goes under a new key (I2)', () =>
    play({ markers: 'weak' }, async (scene) => {
      scene.control().crashNextCommand('beforeBusiness');
      const line = await scene.deposit(scene.achieng, scene.savings(), 45_000);
      const sentAt = scene.world.time.now();
      await scene.untilFinished(60 * MINUTE_MS);
      expect(await scene.story(line)).toEqual(expect.arrayContaining(['stillProcessing', 'absent', 'absentKeyStuck', 'posted']));
      expect(scene.world.time.now() - sentAt).toBeGreaterThan(10 * MINUTE_MS);
      expect((await scene.item(line)).submission).toBe(2);
      expect(scene.standingThere(line)).toHaveLength(1);
    }));

  test('after the business was done: the transaction is found and nothing goes again (I2)', () =>
    play({ markers: 'weak' }, async (scene) => {
      scene.control().crashNextCommand('afterBusiness');
      const line = await scene.withdraw(scene.achieng, scene.savings(), 45_000);
      await scene.untilFinished(60 * MINUTE_MS);
      expect((await scene.story(line)).at(-1)).toBe('found');
      expect(scene.sent).toHaveLength(1);
      expect(scene.standingThere(line)).toHaveLength(1);
    }));

  test('a 425 that ends by itself is waited out', () =>
    play({}, async (scene) => {
      const story = await throughFault(scene, LOAN, 'answers425', 3);
      expect(story.filter((why) => why === 'stillProcessing')).toHaveLength(3);
      expect(story).not.toContain('absentKeyStuck');
    }));
});
