// From a plan that breaks a promise to a short one that breaks the same promise: events are taken out, many at first and one by one at the
// end, and the rest is played again each time.

import type { Mutation } from '../world/branchPc.ts';
import type { Plan, PlannedEvent } from './plan.ts';
import { runPlan, type RunResult } from './runPlan.ts';

export interface Shrunk {
  readonly plan: Plan;
  readonly result: RunResult;
  readonly runs: number;
}

export async function shrink(plan: Plan, failed: RunResult, mutation: Mutation | null = null, runsMost = 120): Promise<Shrunk> {
  const title = failed.failure?.title;
  let events: readonly PlannedEvent[] = plan.events.slice(0, (failed.failure?.afterEvents ?? plan.events.length) + 1);
  let result = failed;
  let runs = 0;

  async function stillBreaks(candidate: readonly PlannedEvent[]): Promise<boolean> {
    runs += 1;
    const played = await runPlan({ ...plan, events: candidate }, mutation);
    if (played.failure?.title !== title) return false;
    result = played;
    return true;
  }

  for (let size = Math.ceil(events.length / 2); size >= 1 && runs < runsMost;) {
    let shorter = false;
    for (let at = 0; at < events.length && runs < runsMost;) {
      const candidate = [...events.slice(0, at), ...events.slice(at + size)];
      if (await stillBreaks(candidate)) {
        events = candidate;
        shorter = true;
      } else at += size;
    }
    if (size > 1) size = Math.floor(size / 2);
    else if (!shorter) break;
  }
  return { plan: { ...plan, events }, result, runs };
}
