// Time in a simulated world: it stands still until somebody lets it pass, and then it leaps from one timer to the next. Between two leaps
// everything that can go on without waiting does go on, so that the order of events follows from the seed alone.

export interface Waiting {
  cancel(): void;
}

export interface VirtualTime {
  /** True time, epoch milliseconds. The PCs of the world have clocks of their own, which may be wrong. */
  now(): number;
  after(ms: number, run: () => void): Waiting;
  /** Lets everything go on that waits for no timer. */
  settle(): Promise<void>;
  pass(ms: number): Promise<void>;
  /** Lets time pass until `done` says so; false when `mostMs` went by first. */
  passUntil(done: () => boolean, mostMs: number): Promise<boolean>;
  /** Leaps over a stretch in which nothing runs; timers that were due then run late, as after a PC's sleep. */
  leapTo(instant: number): void;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

export function createVirtualTime(startAt: number): VirtualTime {
  let now = startAt;
  let order = 0;
  const timers: Timer[] = [];

  function insert(timer: Timer): void {
    let low = 0;
    let high = timers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = timers[middle];
      if (other !== undefined && (other.at < timer.at || (other.at === timer.at && other.order < timer.order))) low = middle + 1;
      else high = middle;
    }
    timers.splice(low, 0, timer);
  }

  /** All microtasks, and those they start, end before the next turn of the event loop. */
  function settle(): Promise<void> {
    return new Promise((resolve) => {
      setImmediate(resolve);
    });
  }

  async function passUntil(done: () => boolean, mostMs: number): Promise<boolean> {
    const end = now + Math.round(mostMs);
    for (;;) {
      await settle();
      if (done()) return true;
      const next = timers[0];
      if (next === undefined || next.at > end) {
        now = Math.max(now, end);
        return false;
      }
      timers.shift();
      now = Math.max(now, next.at);
      next.run();
    }
  }

  return {
    now: () => now,
    after(ms, run) {
      const timer: Timer = { at: now + Math.max(Math.round(ms), 0), order: (order += 1), run };
      insert(timer);
      return {
        cancel() {
          const at = timers.indexOf(timer);
          if (at >= 0) timers.splice(at, 1);
        },
      };
    },
    settle,
    async pass(ms) {
      await passUntil(() => false, ms);
    },
    passUntil,
    leapTo(instant) {
      now = Math.max(now, Math.round(instant));
    },
  };
}
