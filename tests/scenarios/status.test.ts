// The sentence at the foot, where head office and the line really are so: while something is not good it never says that all is.

import { describe, expect, test } from 'vitest';
import type { HttpRequest, HttpTransport } from '../../electron/fineract/http.ts';
import { isMoney } from '../world/faultyNetwork.ts';
import { HOUR_MS, MINUTE_MS, play } from './scene.ts';

const NO_REPLY = { kind: 'noReply', detail: 'timeout' } as const;

/** Head office does not answer what `hangs` names, while it is switched on; everything else it does. */
function silentAt(hangs: (request: HttpRequest) => boolean) {
  const silence = { is: false };
  const transport =
    (inner: HttpTransport): HttpTransport =>
    (request) =>
      silence.is && hangs(request) ? Promise.resolve(NO_REPLY) : inner(request);
  return { silence, transport };
}

test('before head office was asked nothing is said to be good', () =>
  play({}, async (scene) => {
    expect((await scene.status()).sentence).toBe('good');
    scene.pc.die('process', 'over noon');
    scene.pc.start();
    expect((await scene.status()).sentence).toBe('notAskedYet');
    await scene.pass(MINUTE_MS);
    expect((await scene.status()).sentence).toBe('good');
  }));

describe('receipts that head office does not take yet', () => {
  test('because its day has not begun are counted, with those of the day that stand behind them, and nothing else is', () =>
    play({}, async (scene) => {
      await scene.nextMorning({ headOfficeStaysBehind: true });
      const lines = [
        await scene.deposit(scene.achieng, scene.savings(), 70_000),
        await scene.deposit(scene.achieng, scene.savings(), 80_000),
        await scene.deposit(scene.achieng, scene.savings(1), 90_000),
      ];
      await scene.pass(MINUTE_MS);
      expect(await scene.status()).toMatchObject({ line: 'up', sentence: 'waitsForDay', waitsForDay: 3, counts: { savedHere: 3 } });
      scene.control().setBusinessDate(lines[0]?.receipt.businessDate ?? '');
      await scene.untilFinished();
      expect(await scene.status()).toMatchObject({ sentence: 'good', waitsForDay: 0 });
    }));

  test('though its line carries and they were tried again and again are told after a quarter of an hour', () => {
    const { silence, transport } = silentAt(isMoney);
    return play({ transport }, async (scene) => {
      silence.is = true;
      const line = await scene.deposit(scene.achieng, scene.savings(), 70_000);
      await scene.pass(20 * MINUTE_MS);
      expect(await scene.status()).toMatchObject({ line: 'up', sentence: 'waitsLong', waitsLongSince: line.receipt.recordedAt });
      silence.is = false;
      await scene.untilFinished();
      expect(await scene.status()).toMatchObject({ sentence: 'good', waitsLongSince: null });
    });
  });
});

describe('reading', () => {
  test('that begins again and again is told within two minutes', () => {
    // A line that breaks under whatever is large, and is back for the question whether it carries.
    let breaks = false;
    let next = false;
    const transport =
      (inner: HttpTransport): HttpTransport =>
      (request) => {
        const isBroken = breaks && (next || request.url.startsWith('/audits'));
        next = isBroken && !next;
        return isBroken ? Promise.resolve(NO_REPLY) : inner(request);
      };
    return play({ transport }, async (scene) => {
      breaks = true;
      await scene.pass(2 * MINUTE_MS);
      expect(await scene.status()).toMatchObject({ line: 'up', sentence: 'readingStuck' });
      breaks = false;
      await scene.pass(MINUTE_MS);
      expect((await scene.status()).sentence).toBe('good');
    });
  });

  test('of the trail that brings nothing leaves balances old, and says so', () => {
    const { silence, transport } = silentAt(({ url }) => url.startsWith('/audits'));
    return play({ transport }, async (scene) => {
      silence.is = true;
      await scene.pass(20 * MINUTE_MS);
      expect((await scene.status()).sentence).toBe('balancesOld');
      silence.is = false;
      await scene.pass(2 * HOUR_MS);
      expect((await scene.status()).sentence).toBe('good');
    });
  });
});
