// When a copy of the books is made: by the quarter of an hour while something happens, at once when the day closes, never for nothing.
import { describe, expect, test } from 'vitest';
import { keepBackups } from '../../../electron/composition/keepBackups.ts';
import type { ReadStore } from '../../../electron/ports/store.ts';

const MINUTE = 60_000;

function world() {
  const state = {
    nowMs: 0,
    entry: 1,
    dayOpen: true,
    copies: [] as number[],
    settled: 0,
    incidents: 0,
    failing: false,
  };
  let wake: () => void = () => undefined;
  const kept = keepBackups({
    timers: {
      sleep: () => {
        let resolve = (): void => undefined;
        const done = new Promise<void>((end) => {
          resolve = end;
        });
        wake = resolve;
        return { done, wake: resolve };
      },
    },
    diagnostics: {
      record: () => undefined,
      incident: () => {
        state.incidents += 1;
        return 'incident';
      },
    },
    monotonicMs: () => state.nowMs,
    read: (work) => work({ lastEntry: () => ({ entry: state.entry }), openDay: () => (state.dayOpen ? {} : null) } as unknown as ReadStore),
    settle: () => {
      state.settled += 1;
    },
    copy: () => {
      if (state.failing) return Promise.reject(new Error('disk full'));
      state.copies.push(state.entry);
      return Promise.resolve();
    },
  });
  return {
    state,
    kept,
    async pass(minutes: number): Promise<void> {
      for (let at = 0; at < minutes; at += 1) {
        state.nowMs += MINUTE;
        wake();
        await new Promise((end) => setImmediate(end));
      }
    },
  };
}

describe('backups', () => {
  test('a quarter of an hour with something recorded makes one copy, an idle one none', async () => {
    const { state, kept, pass } = world();
    await pass(30);
    expect(state.copies).toEqual([]);
    state.entry = 5;
    await pass(1);
    expect(state.copies).toEqual([5]);
    state.entry = 6;
    await pass(14);
    expect(state.copies).toEqual([5]);
    await pass(1);
    expect(state.copies).toEqual([5, 6]);
    await kept.stop();
  });

  test('each minute ends with nothing in the log alone', async () => {
    const { state, kept, pass } = world();
    await pass(3);
    expect([state.settled, state.copies.length]).toEqual([3, 0]);
    await kept.stop();
  });

  test('the close of the day is copied at once', async () => {
    const { state, kept, pass } = world();
    state.entry = 9;
    await pass(2);
    expect(state.copies).toEqual([]);
    state.dayOpen = false;
    state.entry = 10;
    await pass(1);
    expect(state.copies).toEqual([10]);
    await kept.stop();
  });

  test('a copy that fails is an incident and is tried again', async () => {
    const { state, kept, pass } = world();
    state.failing = true;
    state.dayOpen = false;
    state.entry = 2;
    await pass(1);
    expect([state.copies.length, state.incidents]).toEqual([0, 1]);
    state.failing = false;
    await pass(1);
    expect(state.copies).toEqual([2]);
    await kept.stop();
  });
});
