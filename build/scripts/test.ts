// npm test: every check and every test, and one closing line that sums them up. Steps go on after a failure, because one run
// should name everything that is wrong; only the exit code and the closing line decide.
import { checkSteps } from './checkSteps.ts';
import { guardNapi } from './guardNapi.ts';
import { provideChromium } from './provideChromium.ts';
import { runStep, runSteps } from './runStep.ts';
import { showHelp } from './showHelp.ts';
import type { Tally } from './tally.ts';
import { countClosingLine, countPlaywright, countStep, countVitest, sumTallies } from './tally.ts';
import { acceptStep, crashStep, playwrightStep, simulationStep, vitestStep } from './testSteps.ts';

const help = `
npm test     checks, builds, tests in Node, simulates, walks every capability against practice, crashes, and tests in Chromium and on the desktop

Closes with one line: N passed, N failed. The exit code is 0 only if nothing failed.
TAWI_CHROMIUM names a browser if none is found by itself.
`;

async function browserTests(built: boolean): Promise<Tally> {
  if (!built) {
    console.log('FAIL tests in the browser: there is no build to test');
    return { passed: 0, failed: 1 };
  }
  try {
    const { step, report } = playwrightStep(provideChromium());
    return countPlaywright(await runStep(step), report);
  } catch (error) {
    console.log(`FAIL tests in the browser: ${error instanceof Error ? error.message : String(error)}`);
    return { passed: 0, failed: 1 };
  }
}

export async function main(args: readonly string[]): Promise<number> {
  if (showHelp(args, help)) return 0;
  guardNapi();
  const checks = await runSteps(checkSteps(), 2);
  const built = await runStep({ name: 'build', node: ['build/scripts/run.mjs', 'build'] });
  const { step, report } = vitestStep();
  const inNode = countVitest(await runStep(step), report);
  const simulated = countClosingLine(await runStep(simulationStep()));
  // Each keeps one core busy; the second needs the built page.
  const walked = (await runSteps([acceptStep(), crashStep()], 2)).map(countClosingLine);
  const inBrowser = await browserTests(built.passed);
  const sum = sumTallies([...checks.map(countStep), countStep(built), inNode, simulated, ...walked, inBrowser]);
  for (const failure of [...checks, built].filter((result) => !result.passed)) console.log(`failed: ${failure.name}`);
  console.log(`${sum.passed} passed, ${sum.failed} failed`);
  return sum.failed === 0 ? 0 : 1;
}
