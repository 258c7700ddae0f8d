// Everything that needs no browser: types, lint, layers, dead code, layout, then the tests in Node. For the minute before a commit.
import { checkSteps } from './checkSteps.ts';
import { guardNapi } from './guardNapi.ts';
import { runStep, runSteps } from './runStep.ts';
import { showHelp } from './showHelp.ts';
import { countStep, countVitest, sumTallies } from './tally.ts';
import { vitestStep } from './testSteps.ts';

export async function main(args: readonly string[]): Promise<number> {
  if (showHelp(args, 'npm run check   types, lint, layers, dead code, layout and all tests that need no browser')) return 0;
  guardNapi();
  const checks = await runSteps(checkSteps(), 2);
  const { step, report } = vitestStep();
  const tests = await runStep(step);
  const sum = sumTallies([...checks.map(countStep), countVitest(tests, report)]);
  console.log(`${sum.passed} passed, ${sum.failed} failed`);
  return sum.failed === 0 ? 0 : 1;
}
