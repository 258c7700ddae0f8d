// The closing line of npm test must never look better than the run was: a tool that crashed, wrote no report, or loaded no tests
// from a broken file has to count as a failure.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { StepResult } from '../../build/scripts/runStep.ts';
import { countClosingLine, countPlaywright, countStep, countVitest, sumTallies } from '../../build/scripts/tally.ts';

const folder = mkdtempSync(join(tmpdir(), 'tawi-tally-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function ended(passed: boolean, output = ''): StepResult {
  return { name: 'step', passed, output, seconds: 1 };
}

function report(content: unknown): string {
  const file = join(folder, `${JSON.stringify(content).length}-${Math.trunc(performance.now() * 1000)}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

test('a step without tests of its own counts as one', () => {
  expect(countStep(ended(true))).toEqual({ passed: 1, failed: 0 });
  expect(countStep(ended(false))).toEqual({ passed: 0, failed: 1 });
});

describe('vitest', () => {
  const file = (status: string, tests: number) => ({ status, assertionResults: Array.from({ length: tests }, () => ({})) });

  test('counts tests, and a file that could not be loaded as one failure', () => {
    const good = report({ numPassedTests: 7, numFailedTests: 0, testResults: [file('passed', 7)] });
    expect(countVitest(ended(true), good)).toEqual({ passed: 7, failed: 0 });
    const bad = report({ numPassedTests: 7, numFailedTests: 1, testResults: [file('failed', 8), file('failed', 0)] });
    expect(countVitest(ended(false), bad)).toEqual({ passed: 7, failed: 2 });
  });

  test('counts one failure when it wrote no report, or ended badly with every test passed', () => {
    expect(countVitest(ended(true), join(folder, 'missing.json'))).toEqual({ passed: 0, failed: 1 });
    const all = report({ numPassedTests: 3, numFailedTests: 0, testResults: [file('passed', 3)] });
    expect(countVitest(ended(false), all)).toEqual({ passed: 3, failed: 1 });
  });
});

describe('playwright', () => {
  test('counts a test that passed at the second try as passed, and an error outside any test as a failure', () => {
    const all = report({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 0 }, errors: [{}] });
    expect(countPlaywright(ended(false), all)).toEqual({ passed: 6, failed: 2 });
  });

  test('counts one failure when it wrote no report', () => {
    expect(countPlaywright(ended(true), join(folder, 'missing.json'))).toEqual({ passed: 0, failed: 1 });
  });
});

describe('a command line', () => {
  test('is counted by its last closing line', () => {
    expect(countClosingLine(ended(true, 'seed 1\n1 passed, 0 failed\n24 passed, 0 failed\n'))).toEqual({ passed: 24, failed: 0 });
  });

  test('counts as a whole without one, and as failed when it ended badly', () => {
    expect(countClosingLine(ended(true, 'done'))).toEqual({ passed: 1, failed: 0 });
    expect(countClosingLine(ended(false, '24 passed, 0 failed\n'))).toEqual({ passed: 24, failed: 1 });
  });
});

test('sums add up', () => {
  expect(
    sumTallies([
      { passed: 2, failed: 1 },
      { passed: 3, failed: 0 },
    ]),
  ).toEqual({ passed: 5, failed: 1 });
});
