// What is a line and what is none: a Wi-Fi portal, a router with a door of its own and a gateway in front of a dead server all answer, and
// none of them is head office; and a head office that refuses everybody for a moment makes nobody sign in anew.

import { describe, expect, test } from 'vitest';
import type { HttpRequest, HttpTransport } from '../../electron/fineract/http.ts';
import { rows } from '../simulation/checkers/rows.ts';
import { HOUR_MS, MINUTE_MS, play, type Scene } from './scene.ts';

/** So much is paid out without a limit while head office answers, and by nobody alone while it does not. */
const ABOVE_LIMIT_MINOR = 2_500_000;

async function limitFor(scene: Scene): Promise<number | null> {
  const preview = await scene.get(scene.achieng, 'savings.previewWithdrawal', { savingsId: scene.savings().localId, amountMinor: 100 });
  return preview.alone.rule === 'balance' ? null : preview.alone.minor;
}

function signIns(scene: Scene): readonly string[] {
  return rows<{ signIn: string }>(scene.pc.database(), 'SELECT sign_in AS signIn FROM local_staff').map((each) => each.signIn);
}

describe('somebody in head office’s place', () => {
  test('is no line: the limits for money out hold from the moment that it answers', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 9_000_000 });
      expect(await limitFor(scene)).toBeNull();
      scene.pc.network.bring('portal', HOUR_MS);
      await scene.pass(MINUTE_MS);
      expect(await scene.status()).toMatchObject({ line: 'down', sentence: 'strangerAnswers' });
      expect(await limitFor(scene)).not.toBeNull();
      expect(await scene.withdrawalRefused(scene.achieng, scene.savings(), ABOVE_LIMIT_MINOR)).not.toBe('');
      scene.pc.network.clear();
      await scene.pass(2 * MINUTE_MS);
      expect(await scene.status()).toMatchObject({ line: 'up', sentence: 'good' });
      expect(await limitFor(scene)).toBeNull();
    }));

  test('knows nobody’s password: its no makes nobody sign in anew and counts as nobody’s wrong try', () =>
    play({}, async (scene) => {
      scene.pc.network.bring('portal', HOUR_MS);
      const line = await scene.deposit(scene.achieng, scene.savings(), 10_000);
      await scene.pass(30 * MINUTE_MS);
      for (let times = 0; times < 6; times += 1)
        await scene.get(scene.daniel, 'session.signIn', { username: 'daniel', password: 'practice' });
      expect(new Set(signIns(scene))).toEqual(new Set(['good']));
      scene.pc.network.clear();
      await scene.untilFinished();
      expect(scene.standingThere(line)).toHaveLength(1);
    }));
});

describe('a moment in which head office refuses everybody', () => {
  test('heals by itself, and nobody signs in anew', () =>
    play({}, async (scene) => {
      scene.pc.network.bring('window401', 4 * MINUTE_MS);
      const lines = [
        await scene.deposit(scene.achieng, scene.savings(0), 10_000),
        await scene.deposit(scene.daniel, scene.savings(1), 11_000),
      ];
      await scene.pass(3 * MINUTE_MS);
      expect(signIns(scene)).toContain('needed');
      await scene.pass(25 * MINUTE_MS);
      expect(new Set(signIns(scene))).toEqual(new Set(['good']));
      expect((await scene.get(scene.achieng, 'session.showMine', {}))?.moneyInOnly).toBe(false);
      await scene.untilFinished();
      expect(lines.map((line) => scene.standingThere(line).length)).toEqual([1, 1]);
      expect((await scene.status()).sentence).toBe('good');
    }));

  /** Whom a request signs in as, by its header or by the form of the door. */
  function namedIn(request: HttpRequest): string | null {
    const kept = /^Basic (.+)$/.exec(request.headers['authorization'] ?? '')?.[1];
    if (kept !== undefined) return Buffer.from(kept, 'base64').toString('utf8').split(':', 1)[0] ?? null;
    return /"username":"([^"]+)"/.exec(request.body ?? '')?.[1] ?? null;
  }

  for (const [what, isUnseen] of [
    ['unseen', true],
    ['after it looked for them', false],
  ] as const)
    test(`${what}, for fourteen hours, is over ${isUnseen ? 'for everybody with the next contact' : 'as soon as one person is let in'}, and locks nobody out there`, () => {
      let isStorm = false;
      const door = 'Basic realm="Fineract Platform API"';
      const tries = new Map<string, number>();
      const transport =
        (inner: HttpTransport): HttpTransport =>
        (request) => {
          const name = namedIn(request);
          if (!isStorm || (name === null && !isUnseen)) return inner(request);
          if (name !== null) tries.set(name, (tries.get(name) ?? 0) + 1);
          return Promise.resolve({ kind: 'answered', status: 401, headers: { 'www-authenticate': door }, body: '' });
        };
      return play({ transport }, async (scene) => {
        const lines = [
          await scene.deposit(scene.achieng, scene.savings(0), 10_000),
          await scene.deposit(scene.daniel, scene.savings(1), 11_000),
        ];
        await scene.untilFinished();
        isStorm = true;
        lines.push(
          await scene.deposit(scene.achieng, scene.savings(0), 12_000),
          await scene.deposit(scene.daniel, scene.savings(1), 13_000),
        );
        await scene.pass(14 * HOUR_MS);
        expect(signIns(scene).filter((each) => each === 'needed').length).toBeGreaterThan(1);
        // The usual bar falls at the fifth.
        expect([...tries].filter(([, times]) => times > 4)).toEqual([]);
        isStorm = false;
        if (isUnseen) {
          await scene.pass(2 * MINUTE_MS);
          expect(new Set(signIns(scene))).toEqual(new Set(['good']));
        } else {
          // Whoever's last try was spent while it lasted signs in, and nobody else: the first who does vouches for the others.
          await scene.get(scene.grace, 'session.signIn', { username: 'grace', password: 'practice' });
          await scene.pass(2 * MINUTE_MS);
          const waiting = rows<{ username: string }>(scene.pc.database(), `SELECT username FROM local_staff WHERE sign_in = 'needed'`);
          expect(waiting.length).toBeLessThanOrEqual(2);
          for (const { username } of waiting) await scene.get(scene.at(0, username), 'session.signIn', { username, password: 'practice' });
        }
        await scene.untilFinished();
        expect(lines.map((line) => scene.standingThere(line).length)).toEqual([1, 1, 1, 1]);
      });
    });

  test('a password that was really changed is tried so rarely that nobody is locked out there', () =>
    play({}, async (scene) => {
      scene.world.headOffice.setPassword('achieng', 'changed there');
      await scene.deposit(scene.achieng, scene.savings(), 10_000);
      await scene.pass(2 * MINUTE_MS);
      const wrong = (): number =>
        scene.asked.filter((request) => request.url === '/authentication' && request.body?.includes('"achieng"') === true).length;
      const before = wrong();
      await scene.pass(7 * HOUR_MS);
      // The first no and these stay below the five after which a head office locks.
      expect(wrong() - before).toBeLessThanOrEqual(3);
      expect((await scene.get(scene.achieng, 'session.showMine', {}))?.moneyInOnly).toBe(true);
    }));
});
