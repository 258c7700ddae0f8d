// How much faster than the wall clock the simulator's days pass, with every fault and every checker on.
import { planOf } from '../simulation/plan.ts';
import { runPlan } from '../simulation/runPlan.ts';
import { stated, type Figure } from './figure.ts';

const FIRST_SEED = 1;

export async function simulatedTime(seeds: number): Promise<readonly Figure[]> {
  let virtualMs = 0;
  const began = performance.now();
  for (let seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed += 1) virtualMs += (await runPlan(planOf(seed))).virtualMs;
  return [
    stated({
      name: 'simulatedTime',
      scale: `${seeds} seeds, one process`,
      value: virtualMs / (performance.now() - began),
      unit: 'virtual s per s',
    }),
  ];
}
