// Somebody guesses passwords at a PC: in another spelling, in a burst, under names that nobody here has. None of it gets around the bar, and none
// of it locks out whoever was not guessed at.

import { describe, expect, test } from 'vitest';
import { play } from './scene.ts';

const SPELLINGS = ['achieng ', 'ACHIENG', 'Achiéng', 'achieng\u200b', 'ａchieng'];

describe('guessing', () => {
  test.each(SPELLINGS)('as %j is guessing at achieng: the tries are counted, and the bar holds for the right password too', (spelling) =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'session.signIn', { username: 'achieng', password: 'practice' });
      for (let tries = 0; tries < 5; tries += 1)
        expect(await scene.refusal(scene.grace, 'session.signIn', { username: spelling, password: 'guessed' })).toBe('signIn.wrong');
      expect(await scene.refusal(scene.grace, 'session.signIn', { username: spelling, password: 'practice' })).toBe('signIn.wait');
      expect(await scene.refusal(scene.grace, 'session.signIn', { username: 'achieng', password: 'practice' })).toBe('signIn.wait');
      const people = (await scene.get(scene.grace, 'session.showStart', {})).people.filter(({ displayName }) =>
        /achieng/i.test(displayName),
      );
      expect(people).toHaveLength(1);
    }),
  );

  test('in a burst is one try: the right one among them does not clear what was counted, and the person is not locked out', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'session.signIn', { username: 'achieng', password: 'practice' });
      const burst = Array.from({ length: 29 }, (_, at) =>
        scene.pc.call(`thief:${String(at)}`, 'session.signIn', {
          username: 'achieng',
          password: at === 20 ? 'practice' : `guess ${String(at)}`,
        }),
      );
      const answers = await Promise.all([...burst, scene.pass(60_000)]);
      const codes = answers.flatMap((told) =>
        told !== undefined && told.kind === 'reply' && !told.reply.ok ? [told.reply.refusal.code] : [],
      );
      expect(codes.filter((code) => code === 'signIn.wrong')).toHaveLength(1);
      expect(codes.filter((code) => code === 'transport.tooManyRequests')).toHaveLength(28);
      expect((await scene.get(scene.achieng, 'session.signIn', { username: 'achieng', password: 'practice' })).staff.username).toBe(
        'achieng',
      );
    }));

  test('at a name that nobody here has yet is counted too', () =>
    play({}, async (scene) => {
      for (let tries = 0; tries < 5; tries += 1)
        expect(await scene.refusal(scene.grace, 'session.signIn', { username: 'admin', password: 'guessed' })).toBe('signIn.wrong');
      expect(await scene.refusal(scene.grace, 'session.signIn', { username: 'Admin ', password: 'practice' })).toBe('signIn.wait');
    }));

  test('under the name that somebody was given at head office since gets nobody past the bar of the name they had', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'session.signIn', { username: 'achieng', password: 'practice' });
      for (let tries = 0; tries < 5; tries += 1)
        expect(await scene.refusal(scene.grace, 'session.signIn', { username: 'achieng', password: 'guessed' })).toBe('signIn.wrong');
      scene.world.headOffice.database().prepare(`UPDATE user_account SET username = 'a.otieno' WHERE username = 'achieng'`).run();
      scene.world.headOffice.setPassword('a.otieno', 'practice');
      expect(await scene.refusal(scene.grace, 'session.signIn', { username: 'a.otieno', password: 'practice' })).toBe('signIn.wait');
      await scene.pass(60_000);
      await scene.get(scene.grace, 'session.signIn', { username: 'a.otieno', password: 'practice' });
    }));

  test('in a burst behind a cut line is judged one after the other: five are tries, and the right one among the others opens nothing', () =>
    play({}, async (scene) => {
      await scene.get(scene.achieng, 'session.signIn', { username: 'achieng', password: 'practice' });
      await scene.cutLine();
      const burst = Array.from({ length: 29 }, (_, at) =>
        scene.pc.call(`thief:${String(at)}`, 'session.signIn', {
          username: SPELLINGS[at % SPELLINGS.length] ?? '',
          password: at === 20 ? 'practice' : `guess ${String(at)}`,
        }),
      );
      const answers = await Promise.all([...burst, scene.pass(10_000)]);
      const codes = answers.flatMap((told) => {
        if (told === undefined || told.kind !== 'reply') return [];
        return told.reply.ok ? ['let in'] : [told.reply.refusal.code];
      });
      expect(codes.filter((code) => code === 'signIn.wrong')).toHaveLength(5);
      expect(codes.filter((code) => code === 'signIn.wait')).toHaveLength(24);
    }));
});
