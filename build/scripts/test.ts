// npm test: every check and every test, and one closing line that sums them up. Steps go on after a failure, because one run
// should name everything that is wrong; only the exit code and the closing line decide.
import { checkSteps } from './checkSteps.ts';
import { guardNapi } from './guardNapi.ts';
import { provideChromium } from './provideChromium.ts';
import { runStep, runSteps, type Step } from './runStep.ts';
import { showHelp } from './showHelp.ts';
import type { Tally } from './tally.ts';
import { countClosingLine, countPlaywright, countStep, countVitest, sumTallies } from './tally.ts';
import { acceptStep, crashStep, playwrightStep, simulationStep, vitestStep } from './testSteps.ts';

const help = `
npm test     checks, builds, walks every capability against practice, crashes, tests in Node, simulates, and tests in Chromium and on the desktop

Closes with one line: N passed, N failed. The exit code is 0 only if nothing failed.
TAWI_CHROMIUM names a browser if none is found by itself.
`;

const BUILD: Step = { name: 'build', node: ['build/scripts/run.mjs', 'build'] };

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
  // What keeps one core busy goes two and two, the longest first; the walk and the crashes come last, when there is a page to serve.
  const checking = checkSteps();
  const inPairs = await runSteps([...checking.slice(0, 1), BUILD, ...checking.slice(1), acceptStep(), crashStep()], 2);
  const walked = inPairs.slice(-2).map(countClosingLine);
  const checks = inPairs.slice(0, -2);
  const built = checks.find(({ name }) => name === BUILD.name)?.passed === true;
  const { step, report } = vitestStep();
  const inNode = countVitest(await runStep(step), report);
  const simulated = countClosingLine(await runStep(simulationStep()));
  const inBrowser = await browserTests(built);
  const sum = sumTallies([...checks.map(countStep), inNode, simulated, ...walked, inBrowser]);
  for (const failure of checks.filter((result) => !result.passed)) console.log(`failed: ${failure.name}`);
  console.log(`${sum.passed} passed, ${sum.failed} failed`);
  return sum.failed === 0 ? 0 : 1;
}
