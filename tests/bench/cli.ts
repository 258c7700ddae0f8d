// npm run bench: every figure beside its limit, measured in the same run. Says what misses its aim and leaves judging to people: a figure is
// no test, because a machine that others share is slow without anybody's fault.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { counterCommit } from './counterCommit.ts';
import { drain } from './drain.ts';
import { eventLoop, eventLoopInFullBooks } from './eventLoop.ts';
import { type Figure, meetsAim } from './figure.ts';
import { firstPull, firstPullAlone } from './firstPull.ts';
import { incrementalPull } from './incrementalPull.ts';
import { longAccount } from './longAccount.ts';
import { memory } from './memory.ts';
import { forgetOffices } from './pulledOffice.ts';
import { reckonSchedules } from './reckonSchedules.ts';
import { searchP95 } from './searchP95.ts';
import { simulatedTime } from './simulatedTime.ts';
import { startUp } from './startUp.ts';
import { windowPull } from './windowPull.ts';

const HELP = `
npm run bench -- [options]     figures of a real branch, each beside a bare limit measured in the same run

  --quick        the smallest scale of everything (420 clients)
  --only NAME    one measure, such as counterCommit; may be given more than once
  --json FILE    writes [{name, scale, value, unit, limit, ratio}]
  --readme       puts the table between the bench markers of README.md
  --help         these words

Measures: `;

const ONE = 420;
const TEN = 4_200;
const HUNDRED = 42_000;
const MANY = 100_000;

type Measure = () => Promise<readonly Figure[]>;

/** In order of growing scale; the first of each is the quick one. */
const MEASURES: Readonly<Record<string, readonly Measure[]>> = {
  firstPull: [() => firstPull(ONE, 5, true), () => firstPull(TEN, 1, true), () => firstPull(HUNDRED, 1, false)],
  firstPullAlone: [() => firstPullAlone(ONE, 5), () => firstPullAlone(TEN, 1)],
  windowPull: [() => windowPull(ONE, 20), () => windowPull(10_000, 200)],
  incrementalPull: [() => incrementalPull(ONE), () => incrementalPull(TEN), () => incrementalPull(HUNDRED)],
  counterCommit: [() => counterCommit(ONE), () => counterCommit(TEN), () => counterCommit(HUNDRED)],
  searchP95: [() => searchP95(ONE), () => searchP95(TEN), () => searchP95(MANY)],
  reckonSchedules: [() => reckonSchedules()],
  longAccount: [() => longAccount(20_000)],
  drain: [() => drain(ONE, 1_000, 300)],
  startUp: [() => startUp(ONE, 10_000, 1_000), () => startUp(ONE, 100_000, 1_000)],
  eventLoop: [() => eventLoop(ONE, 3), () => eventLoop(TEN, 1), () => eventLoopInFullBooks(HUNDRED, 15)],
  memory: [() => memory(ONE), () => memory(TEN)],
  simulatedTime: [() => simulatedTime(5)],
};

interface Words {
  readonly quick: boolean;
  readonly only: readonly string[];
  readonly json: string | null;
  readonly readme: boolean;
}

/** Null: the words are wrong, and it has been said. */
function readWords(args: readonly string[]): Words | null {
  const words = { quick: false, only: [] as string[], json: null as string | null, readme: false };
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at];
    const next = args[at + 1];
    if (word === '--quick') words.quick = true;
    else if (word === '--readme') words.readme = true;
    else if (word === '--only' && next !== undefined && next in MEASURES) {
      words.only.push(next);
      at += 1;
    } else if (word === '--json' && next !== undefined) {
      words.json = next;
      at += 1;
    } else {
      console.error(
        `bench: not understood: ${word === '--only' ? `--only ${next ?? ''}` : (word ?? '')}\n${HELP.trim()} ${Object.keys(MEASURES).join(', ')}`,
      );
      return null;
    }
  }
  return words;
}

function shown(value: number): string {
  if (value >= 1_000) return Math.round(value).toLocaleString('en');
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(value >= 0.1 ? 2 : 4);
}

function aimOf({ aim, unit }: Figure): string {
  if (aim === null) return '';
  const parts = [aim.ratio === undefined ? '' : `≤ ${String(aim.ratio)}`, aim.value === undefined ? '' : `≤ ${String(aim.value)} ${unit}`];
  return parts.filter((part) => part !== '').join(', ');
}

const MOST_SCALES = Math.max(...Object.values(MEASURES).map((scales) => scales.length));

const HEADS = ['name', 'scale', 'value', 'limit', 'ratio', 'aim', ''] as const;

function cellsOf(figure: Figure): readonly string[] {
  const meets = meetsAim(figure);
  return [
    figure.name,
    figure.scale,
    `${shown(figure.value)} ${figure.unit}`,
    figure.limit === null ? '' : `${shown(figure.limit)} ${figure.unit}`,
    figure.ratio === null ? '' : shown(figure.ratio),
    aimOf(figure),
    meets === null ? '' : meets ? 'met' : 'missed',
  ];
}

function plainTable(figures: readonly Figure[]): string {
  const lines = [HEADS, ...figures.map(cellsOf)];
  const widths = HEADS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function markdownTable(figures: readonly Figure[]): string {
  return [HEADS, HEADS.map(() => '---'), ...figures.map(cellsOf)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const BEGIN = '<!-- bench -->';
const END = '<!-- /bench -->';

function putIntoReadme(figures: readonly Figure[]): void {
  const file = join(import.meta.dirname, '../../README.md');
  const text = readFileSync(file, 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin === -1 || end < begin) throw new Error(`README.md has no ${BEGIN} ... ${END}`);
  writeFileSync(file, `${text.slice(0, begin + BEGIN.length)}\n${markdownTable(figures)}\n${text.slice(end)}`);
}

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(`${HELP.trim()} ${Object.keys(MEASURES).join(', ')}`);
    return 0;
  }
  const words = readWords(args);
  if (words === null) return 1;
  const names = Object.keys(MEASURES).filter((name) => words.only.length === 0 || words.only.includes(name));
  const measuredBy = new Map<string, Figure[]>(names.map((name) => [name, []]));
  let failed = 0;
  try {
    // Scale by scale, so that an office is pulled once and what takes longest comes last.
    for (let scale = 0; scale < (words.quick ? 1 : MOST_SCALES); scale += 1) {
      for (const name of names) {
        const measure = MEASURES[name]?.[scale];
        if (measure === undefined) continue;
        const began = performance.now();
        try {
          const figures = await measure();
          measuredBy.get(name)?.push(...figures);
          console.error(
            `${name}: ${figures[0]?.scale ?? 'cannot be measured here'} (${((performance.now() - began) / 1_000).toFixed(0)} s)`,
          );
        } catch (error) {
          failed += 1;
          console.error(`${name} could not be measured:`, error);
        }
      }
    }
  } finally {
    forgetOffices();
  }
  const figures = [...measuredBy.values()].flat();
  console.log(plainTable(figures));
  if (words.json !== null) {
    const kept = figures.map(({ name, scale, value, unit, limit, ratio }) => ({ name, scale, value, unit, limit, ratio }));
    writeFileSync(words.json, `${JSON.stringify(kept, null, 2)}\n`);
  }
  if (words.readme) putIntoReadme(figures);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
