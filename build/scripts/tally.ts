// Counts what passed and what failed, over tools that each report in their own way. A tool that ends badly without naming a
// failed test still counts as one failure: a run must never look better than it was.
import { existsSync, readFileSync } from 'node:fs';
import type { StepResult } from './runStep.ts';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

function atLeastOneFailure(tally: Tally, passed: boolean): Tally {
  return passed || tally.failed > 0 ? tally : { passed: tally.passed, failed: 1 };
}

function readReport(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

export function countStep(result: StepResult): Tally {
  return result.passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** vitest's JSON: a file that failed to load holds no tests and counts as one failure. */
export function countVitest(result: StepResult, reportFile: string): Tally {
  const report = readReport(reportFile) as
    { numPassedTests: number; numFailedTests: number; testResults: { status: string; assertionResults: unknown[] }[] } | undefined;
  if (report === undefined) return { passed: 0, failed: 1 };
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return atLeastOneFailure({ passed: report.numPassedTests, failed: report.numFailedTests + unloaded }, result.passed);
}

/** Playwright's JSON. A second try exists only where nobody watches (playwright.config.ts), and one that was needed is said aloud. */
export function countPlaywright(result: StepResult, reportFile: string): Tally {
  const report = readReport(reportFile) as
    { stats: { expected: number; unexpected: number; flaky: number }; errors: unknown[] } | undefined;
  if (report === undefined) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky } = report.stats;
  if (flaky > 0) console.log(`${flaky} browser tests needed a second try`);
  return atLeastOneFailure({ passed: expected + flaky, failed: unexpected + report.errors.length }, result.passed);
}

/** A command line that closes with a line "N passed, N failed"; without one it counts as a whole. */
export function countClosingLine(result: StepResult): Tally {
  const closing = [...result.output.matchAll(/^(\d+) passed, (\d+) failed\b/gm)].at(-1);
  if (closing === undefined) return countStep(result);
  return atLeastOneFailure({ passed: Number(closing[1]), failed: Number(closing[2]) }, result.passed);
}

export function sumTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce((sum, tally) => ({ passed: sum.passed + tally.passed, failed: sum.failed + tally.failed }), {
    passed: 0,
    failed: 0,
  });
}
