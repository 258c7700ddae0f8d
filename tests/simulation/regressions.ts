// Worlds that once broke a promise, as whole plans and not as seeds: what a seed draws changes with every new kind of event, a plan does not.
// Each file in regressions/ begins with the reason. They are played in every test run.

import { readdirSync, readFileSync } from 'node:fs';
import { planFrom } from './planText.ts';
import type { Plan } from './plan.ts';

export interface Regression {
  readonly name: string;
  readonly why: string;
  readonly plan: Plan;
}

const FOLDER = new URL('./regressions/', import.meta.url);

export function regressions(): readonly Regression[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.plan'))
    .sort()
    .map((name) => {
      const text = readFileSync(new URL(name, FOLDER), 'utf8');
      return { name: name.slice(0, -'.plan'.length), why: /^# (.*)$/m.exec(text)?.[1] ?? '', plan: planFrom(text) };
    });
}
