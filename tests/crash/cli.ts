// npm run crash-test: kills the branch at its worst lines, cuts its power, and looks at what is left. Prints what each crash cost and what the
// start-up page said, and closes with a line "N passed, N failed".

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildBundles } from '../../build/scripts/build.ts';
import { runKills } from './killCampaign.ts';
import { runPowerCuts } from './powerCut/powerCutCampaign.ts';
import { createReport } from './report.ts';

const HELP = `
npm run crash-test -- [options]     the served branch in its own process, killed and cut off, and its books compared

  --kills N            SIGKILL N times, at named write points and at any moment (100 when neither this nor --power-cut is given)
  --head-office-kills  kill the practice head office as well
  --power-cut          put the files back to what had been flushed, at every synchronisation point
  --points all|sample  all (the default): every named write point and every synchronisation point; sample: a few, for npm test
  --seed TEXT          what is drawn by chance (1)
  --json FILE          everything that was found, as JSON
  --keep               leave the folders of the run where they are, and say where
  --help               these words
`;

function wholeNumber(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const figure = Number(text);
  if (!Number.isInteger(figure) || figure < 0) throw new Error(`--kills wants a whole number, not '${text}'.`);
  return figure;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string' },
      'head-office-kills': { type: 'boolean' },
      'power-cut': { type: 'boolean' },
      points: { type: 'string' },
      seed: { type: 'string' },
      json: { type: 'string' },
      keep: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    console.log(HELP.trim());
    return 0;
  }
  const points = values.points ?? 'all';
  if (points !== 'all' && points !== 'sample') throw new Error(`--points wants all or sample, not '${points}'.`);
  const seed = values.seed ?? '1';
  const kills = wholeNumber(values.kills, values['power-cut'] === true ? 0 : 100);
  const report = createReport((line) => console.log(line));
  const workFolder = mkdtempSync(join(tmpdir(), 'tawi-crash-'));
  try {
    // The served branch will not start without its page.
    if (!existsSync(join(import.meta.dirname, '../../dist/renderer/index.html'))) await buildBundles(['renderer']);
    if (kills > 0)
      await runKills(
        { kills, points, seed, killsHeadOffice: values['head-office-kills'] === true, clients: 24, workFolder: join(workFolder, 'kills') },
        report,
      );
    if (values['power-cut'] === true) await runPowerCuts({ points, seed, workFolder: join(workFolder, 'power-cut') }, report);
  } finally {
    if (values.keep === true) console.log(`Left in ${workFolder}`);
    else rmSync(workFolder, { recursive: true, force: true });
  }
  const checks = report.checks();
  const failed = checks.filter((check) => !check.ok);
  if (values.json !== undefined) {
    writeFileSync(
      values.json,
      `${JSON.stringify({ seed, points, kills, ...report.notes(), crashes: report.crashes(), checks }, null, 2)}\n`,
    );
  }
  for (const check of failed) console.log(`failed: ${check.name}: ${check.detail}`);
  console.log(`${checks.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error && error.name === 'Error' ? error.message : error);
  process.exitCode = 1;
}
