// Checks passwords when head office cannot be asked. Argon2 takes a tenth of a second of computing and has a thread of its own for it; where none
// can be had (a program packed in a way that we did not foresee), it is reckoned here: slower for everybody, and right.

import { randomBytes } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Passwords } from '../../ports/secrets.ts';
import { reveal } from '../../../shared/kernel/redacted.ts';
import { reckon, type PasswordOrder } from './argon.ts';

/** So long a thread without work is kept: people sign in one after the other in the morning, and then hardly ever. */
const KEPT_MS = 60_000;

/** Longer than the slowest PC takes for one password: a thread that answers nothing for so long is stuck, and nobody waits for it. */
const STUCK_MS = 15_000;

/** Beside this file as a source, beside the bundle when bundled; inside the archive when packed, which Electron reads in threads too. */
function workerAddress(): URL {
  const name = import.meta.url.endsWith('.ts') ? './argonWorker.ts' : './argonWorker.js';
  return new URL(name, import.meta.url);
}

interface Waiting {
  readonly order: PasswordOrder;
  readonly settle: (answer: string | boolean | Promise<string | boolean>) => void;
}

export interface ArgonThread {
  reckon(order: PasswordOrder): Promise<string | boolean>;
}

export function argonThread(address: () => URL = workerAddress, stuckMs = STUCK_MS): ArgonThread {
  const waiting = new Map<number, Waiting>();
  let orders = 0;
  let thread: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let stuck: NodeJS.Timeout | undefined;
  let isRefused = false;

  /** Whatever was asked of it is reckoned here. */
  function letGo(of: Worker): boolean {
    if (thread !== of) return false;
    thread = null;
    clearTimeout(stuck);
    for (const [id, { order, settle }] of waiting) {
      waiting.delete(id);
      settle(reckon(order));
    }
    return true;
  }

  function giveUp(of: Worker): void {
    if (letGo(of)) isRefused = true;
  }

  /** From its last word on; one that is stuck says nothing against the next one. */
  function watch(of: Worker): void {
    clearTimeout(stuck);
    stuck = setTimeout(() => {
      letGo(of);
      void of.terminate();
    }, stuckMs);
  }

  function start(): Worker {
    const started = new Worker(address());
    started.on('message', ({ id, answer }: { readonly id: number; readonly answer: string | boolean | null }) => {
      const asked = waiting.get(id);
      waiting.delete(id);
      asked?.settle(answer ?? reckon(asked.order));
      if (waiting.size > 0) {
        watch(started);
        return;
      }
      clearTimeout(stuck);
      started.unref();
      idle = setTimeout(() => {
        thread = null;
        void started.terminate();
      }, KEPT_MS).unref();
    });
    started.on('error', () => giveUp(started));
    started.on('exit', () => giveUp(started));
    return started;
  }

  return {
    async reckon(order) {
      if (isRefused) return reckon(order);
      clearTimeout(idle);
      try {
        thread ??= start();
      } catch {
        isRefused = true;
        return reckon(order);
      }
      thread.ref();
      orders += 1;
      const id = orders;
      if (waiting.size === 0) watch(thread);
      const answer = new Promise<string | boolean>((settle) => waiting.set(id, { order, settle }));
      thread.postMessage({ id, order });
      return answer;
    },
  };
}

const thread = argonThread();

export const argonPasswords: Passwords = {
  hash: async (password) => String(await thread.reckon({ what: 'hash', password: reveal(password), salt: randomBytes(16) })),
  verify: async (password, hash) => (await thread.reckon({ what: 'verify', password: reveal(password), hash })) === true,
};
