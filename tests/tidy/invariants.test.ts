// Each promise of docs/invariants.md has a home, an assertion that stays on in production, and a test that names it. A promise
// that nothing asserts is a hope.
import { describe, expect, test } from 'vitest';
import { projectFiles, textOf } from './projectFiles.ts';

const numbers = Array.from({ length: 13 }, (_, index) => `I${index + 1}`);
const page = textOf('docs/invariants.md');
const program = projectFiles.filter((path) => /^(?:shared|electron)\/.*\.ts$/.test(path) && path !== 'shared/kernel/assert.ts');
const tests = projectFiles.filter((path) => /^tests\/.*\.ts$/.test(path) && path !== 'tests/tidy/invariants.test.ts');

/** The number as a whole word: I1 is not found in I12. */
function cites(text: string, number: string): boolean {
  return new RegExp(`\\b${number}\\b`).test(text);
}

describe.each(numbers)('%s', (number) => {
  test('stands in docs/invariants.md', () => {
    expect(cites(page, number)).toBe(true);
  });

  test('is asserted where it could break', () => {
    const asserting = program.filter((path) =>
      [...textOf(path).matchAll(/(?:assertInvariant|throw new \w+)\(([^;]*?)\);/g)].some((match) => cites(match[1] ?? '', number)),
    );
    expect(
      asserting.length,
      `no assertInvariant(..., '${number}', ...) and no throw that names it in shared/ or electron/`,
    ).toBeGreaterThan(0);
  });

  test('is named in the title of a test', () => {
    const titles = /\b(?:test|it|describe)(?:\.each\([^)]*\)|\.prop\([^)]*\))?\(\s*(['"`])([\s\S]*?)\1/g;
    const naming = tests.filter((path) => [...textOf(path).matchAll(titles)].some((match) => cites(match[2] ?? '', number)));
    expect(naming.length, `no test title names ${number}`).toBeGreaterThan(0);
  });
});
