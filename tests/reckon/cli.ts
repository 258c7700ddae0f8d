// npm run reckon -- FILE...: what Tawi makes of loans that a head office reckoned and somebody recorded. Exits 1 when one that it reckons differs.

import { readCases } from './readCases.ts';
import { tallyOf } from './tally.ts';

const HELP = `
npm run reckon -- FILE...      reckons the recorded cases of each file and compares them with head office's figures

A file holds {"about": ..., "cases": [...]} or one case a line, plain or gzipped: schedules (calculateLoanSchedule), lives of loans, lives of
savings. Printed for each: cases, how many are reckoned here, how many of those are equal to the last minor unit, why the others are left to
head office, and the first differences. --all prints every difference. The exit code is 1 when one that is reckoned differs.
`;

const FIRST = 10;

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}

function main(args: readonly string[]): number {
  const files = args.filter((arg) => !arg.startsWith('--'));
  const words = args.filter((arg) => arg.startsWith('--'));
  if (files.length === 0 || words.some((word) => word !== '--all')) {
    console.log(HELP.trim());
    return words.includes('--help') ? 0 : 2;
  }
  let differs = 0;
  for (const file of files) {
    let tally;
    try {
      tally = tallyOf(readCases(file));
    } catch (error) {
      console.error(`${file}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      return 2;
    }
    console.log(
      `${file}: ${String(tally.cases)} cases, ${String(tally.reckoned)} reckoned (${share(tally.reckoned, tally.cases)}), ` +
        `${String(tally.equal)} of those equal (${share(tally.equal, tally.reckoned)})`,
    );
    if (tally.refusedThere > 0) console.log(`  besides: ${String(tally.refusedThere)} that head office refused`);
    for (const [why, count] of tally.left) console.log(`  left to head office: ${String(count)} ${why}`);
    const shown = words.includes('--all') ? tally.differences : tally.differences.slice(0, FIRST);
    for (const { name, where } of shown) console.log(`  differs: ${name}: ${where}`);
    if (shown.length < tally.differences.length) console.log(`  and ${String(tally.differences.length - shown.length)} more`);
    differs += tally.differences.length;
  }
  return differs === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
