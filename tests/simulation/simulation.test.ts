// The simulator's own promises: a seed is one world and no other, a plan survives the loss of events, and chance comes from the seed alone.
// The 200 seeds of npm test run beside this, from the command line.

import { describe, expect, test } from 'vitest';
import { createVirtualTime } from '../world/virtualTime.ts';
import { seeded } from '../world/seed.ts';
import { planOf, USUAL } from './plan.ts';
import { headOf, planFrom, planText } from './planText.ts';
import { regressions } from './regressions.ts';
import { runPlan } from './runPlan.ts';

describe('a seed', () => {
  test('gives the same plan and the same trace every time', { timeout: 60_000 }, async () => {
    const one = await runPlan(planOf(12));
    const two = await runPlan(planOf(12));
    expect(one.failure).toBeNull();
    expect(two.hash).toBe(one.hash);
    expect(two.trace).toEqual(one.trace);
  });

  test('gives another world than its neighbour', { timeout: 60_000 }, async () => {
    expect((await runPlan(planOf(13))).hash).not.toBe((await runPlan(planOf(14))).hash);
  });

  test('without faults brings every receipt to head office', { timeout: 60_000 }, async () => {
    const calm = await runPlan(planOf(15, { ...USUAL, faults: [] }));
    expect(calm.failure).toBeNull();
    expect(calm.receipts).toBeGreaterThan(5);
  });

  test('stays playable when events are taken out', { timeout: 60_000 }, async () => {
    const plan = planOf(16);
    const thinned = { ...plan, events: plan.events.filter((_, index) => index % 3 !== 0) };
    expect((await runPlan(thinned)).failure).toBeNull();
  });
});

describe('chance and time', () => {
  test('are the same for the same label and independent between labels', () => {
    const draw = (label: string): number[] => Array.from({ length: 5 }, () => seeded(label).fraction());
    expect(draw('a')).toEqual(draw('a'));
    expect(seeded('a').fork('x').fraction()).not.toBe(seeded('a').fork('y').fraction());
    const many = seeded('spread');
    const mean = Array.from({ length: 4000 }, () => many.fraction()).reduce((sum, each) => sum + each, 0) / 4000;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.03);
  });

  test('timers ring in the order of their moments, and of their making', async () => {
    const time = createVirtualTime(1_000);
    const rung: string[] = [];
    time.after(20, () => rung.push('late'));
    time.after(10, () => rung.push('early'));
    time.after(10, () => rung.push('early too'));
    time.after(5, () => rung.push('never')).cancel();
    await time.pass(30);
    expect(rung).toEqual(['early', 'early too', 'late']);
    expect(time.now()).toBe(1_030);
  });
});

describe('a plan', () => {
  test('is the same after it was printed and read', () => {
    for (const seed of [1, 2, 3, 4]) expect(planFrom(planText(planOf(seed)))).toEqual(planOf(seed));
  });

  test('that is not one is refused', () => {
    expect(() => planFrom('takeDeposit pc1 after 1 s (0 0 0)')).toThrow(/begins with its world/);
    expect(() => planFrom(`${headOf(planOf(1))}\ntakeNothing pc1 after 1 s (0 0 0)`)).toThrow(/no such event/);
  });
});

describe('worlds that once broke a promise', () => {
  test.each(regressions().map(({ name, why, plan }) => [name, why, plan] as const))(
    '%s: %s',
    { timeout: 60_000 },
    async (_name, why, plan) => {
      expect(why).not.toBe('');
      expect((await runPlan(plan)).failure).toBeNull();
    },
  );
});
