// The steps that run tests, with the file each leaves its report in. Reports of an earlier run are removed first: a step that
// dies before writing must not be counted by yesterday's figures.
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { binOf } from './binOf.ts';
import { projectRoot } from './projectRoot.ts';
import type { Step } from './runStep.ts';

function freshReport(name: string): string {
  const file = join(projectRoot, '.cache/results', `${name}.json`);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

export function vitestStep(): { step: Step; report: string } {
  const report = freshReport('vitest');
  const node = [binOf('vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return { step: { name: 'tests without a browser', node, loud: true }, report };
}

export function playwrightStep(chromium: string): { step: Step; report: string } {
  const report = freshReport('playwright');
  const node = [binOf('@playwright/test', 'playwright'), 'test'];
  return { step: { name: 'tests in the browser and on the desktop', node, env: { TAWI_CHROMIUM: chromium }, loud: true }, report };
}

/** Quiet unless it fails, because its own closing line would stand beside the one of the whole run. */
export function simulationStep(): Step {
  return { name: 'simulation', node: ['tests/simulation/cli.ts', '--quick'] };
}

/** A few kills and a few power cuts; npm run crash-test does them all. */
export function crashStep(): Step {
  return { name: 'crash test', node: ['tests/crash/cli.ts', '--kills', '6', '--head-office-kills', '--power-cut', '--points', 'sample'] };
}

/** Every capability over a spoilt line, against practice as an empty tenant; npm run accept walks a real head office the same way. */
export function acceptStep(): Step {
  return { name: 'acceptance against practice', node: ['tests/accept/cli.ts', '--zone', 'Africa/Nairobi'] };
}
