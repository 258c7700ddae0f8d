// A sample of the safeguards, each switched off: the simulator must notice, and name the promise that broke. The whole table is printed by
// npm run simulate -- --mutants.

import { expect, test } from 'vitest';
import { MUTANTS } from './mutants.ts';
import { planOf } from './plan.ts';
import { runPlan } from './runPlan.ts';

/** The first promise that breaks within the mutant's seeds, or null. */
async function brokenBy(name: string, seedsMost: number): Promise<string | null> {
  const mutant = MUTANTS.find((each) => each.name === name);
  if (mutant === undefined) throw new Error(`there is no mutant ${name}`);
  for (let seed = 1; seed <= Math.min(seedsMost, mutant.within); seed += 1) {
    const { failure } = await runPlan(planOf(seed), mutant);
    if (failure !== null) return failure.title;
  }
  return null;
}

test.each([
  ['I2: money that is not marked on the disk before it is sent', 'sendingUnmarked', /^I[23]/],
  ['I4: an account whose later command leaves first', 'orderIgnored', /^I4/],
  ['I6: an effect that is taken for included before it was pulled', 'includedWhenAccepted', /^I6/],
  ['I6: an effect that is counted although it was pulled', 'neverIncluded', /^I6/],
  ['I9: a refusal without a case', 'caseNotOpened', /^I9/],
  ['I11: a key that was not kept before the first send', 'keyMadeAtSend', /^I11/],
  ['I2: money without its marker', 'markersLeftOut', /^I2|^I11|^no fault/],
] as const)('is noticed, %s (%s)', { timeout: 600_000 }, async (_what, name, title) => {
  expect(await brokenBy(name, 10)).toMatch(title);
});

test('every mutant has a name and a safeguard of its own', () => {
  expect(new Set(MUTANTS.map((each) => each.name)).size).toBe(MUTANTS.length);
  expect(new Set(MUTANTS.map((each) => each.safeguard)).size).toBe(MUTANTS.length);
});
