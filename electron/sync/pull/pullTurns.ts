// Whose turn it is. One pull runs at a time: an older answer can never be saved over a newer one. What a person waits for at a screen goes
// between two pieces of a walk, or at once where none is under way.

import type { Timers } from '../../ports/clock.ts';
import { PullStopped } from './pullStopped.ts';

export interface PullTurns {
  /** One pull after the other. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  soon<T>(work: () => Promise<T>): Promise<T>;
  /** After every piece of a walk; leaves the walk as a broken line would when it must end. */
  pieceDone(): Promise<void>;
  /** What the caller does in the middle of a walk; false where the walk must end. */
  between(): Promise<boolean>;
}

/** `between`: what the caller does meanwhile; answering false ends the walk where it is. */
export function createPullTurns(timers: Timers, between: () => Promise<boolean>): PullTurns {
  let last: Promise<unknown> = Promise.resolve();
  const wanted: (() => Promise<void>)[] = [];
  let isForPerson = false;
  /** While a walk stands still for its caller, what the caller wants read is read then, and not after the walk. */
  let isBetween = false;

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  }

  async function pullWanted(): Promise<void> {
    isForPerson = true;
    for (let next = wanted.shift(); next !== undefined; next = wanted.shift()) await next();
    isForPerson = false;
  }

  async function meanwhile(): Promise<boolean> {
    isBetween = true;
    const goesOn = await between().finally(() => {
      isBetween = false;
    });
    await meanwhileLast;
    return goesOn;
  }

  let meanwhileLast: Promise<unknown> = Promise.resolve();
  function readMeanwhile(): void {
    meanwhileLast = meanwhileLast.then(pullWanted, pullWanted);
  }

  return {
    inTurn,
    between: meanwhile,
    soon: (work) =>
      new Promise((resolve, reject) => {
        wanted.push(() => work().then(resolve, reject));
        if (isBetween) readMeanwhile();
        else void inTurn(pullWanted);
      }),
    async pieceDone() {
      await timers.breathe();
      // A person waits for this one: it neither sends the whole outbox first nor lets another person's in.
      if (isForPerson) return;
      await pullWanted();
      if (!(await meanwhile())) throw new PullStopped({ kind: 'unreachable', detail: 'stopped' });
    },
  };
}
