// A whole Tawi on real files, and its page: what the tests of this room do with one.

import { setTimeout as sleep } from 'node:timers/promises';
import { openTawi } from '../../../electron/composition/openTawi.ts';
import type { Tawi } from '../../../electron/composition/openTawi.ts';
import type { InProcess } from '../../../electron/host/inProcess.ts';
import { keyFileWrap } from '../../../electron/host/ports/keyFileWrap.ts';
import { agreeToOffice } from '../../world/agreeToOffice.ts';

export function openIn(folder: string, practice = { clients: 12, seed: 7 }): Promise<Tawi> {
  return openTawi({ dataFolder: folder, keyWraps: [keyFileWrap(folder)], practice, answers: 'strict' });
}

/** `page`: the one that is open now. */
export function asking(page: () => InProcess) {
  /** What was answered; a refusal is a fault of the test. */
  async function value<T>(method: string, input: unknown = {}): Promise<T> {
    const reply = await page().call(method, input);
    if (!reply.ok) throw new Error(`${method} was refused: ${reply.refusal.code}`);
    return reply.value as T;
  }

  /** For truths that the loop brings about by itself. */
  async function until<T>(method: string, holds: (answer: T) => boolean): Promise<T> {
    for (let tries = 0; tries < 600; tries += 1) {
      const answer = await value<T>(method);
      if (holds(answer)) return answer;
      await sleep(50);
    }
    throw new Error(`${method} never came true`);
  }
  /** What `session.connectHeadOffice` answers in the end to whoever agrees to the office. */
  async function connect(form: object) {
    return agreeToOffice(
      (agreed) => page().call('session.connectHeadOffice', { ...form, ...agreed }),
      (told) => (told.ok ? null : told.refusal),
    );
  }
  return { value, until, connect };
}
