// A line of docs/faults.md is as good as the test that it names: each names one, by its file and its own words, and none that is gone.
import { describe, expect, test } from 'vitest';
import { projectFiles, textOf } from './projectFiles.ts';

const rows = textOf('docs/faults.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| | right'));

/** A file and the words of its tests behind it: `file` “words”, “words”. */
const named = rows.flatMap((row) =>
  [...row.matchAll(/`(tests\/[\w./-]+\.ts)` ((?:“[^”]+”(?:, )?)+)/g)].flatMap(([, file = '', titles = '']) =>
    [...titles.matchAll(/“([^”]+)”/g)].map(([, words = '']) => [file, words] as const),
  ),
);

describe('docs/faults.md', () => {
  test('has a line for each of the sixteen', () => {
    const numbers = rows.flatMap((row) => /^\| (\d+) \|/.exec(row)?.[1] ?? []);
    expect(numbers).toEqual(Array.from({ length: 16 }, (_, at) => String(at + 1)));
  });

  test('says nothing without a test', () => {
    expect(rows.filter((row) => !/`tests\/[\w./-]+\.(?:test|spec)\.ts` “/.test(row))).toEqual([]);
  });

  test('names no test that is not there', () => {
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter(([file, words]) => !projectFiles.includes(file) || !textOf(file).includes(words))).toEqual([]);
  });
});
