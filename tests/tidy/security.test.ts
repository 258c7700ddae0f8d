// A line of docs/security.md is as good as the test that tries it: each names one, and none that is gone.
import { describe, expect, test } from 'vitest';
import { projectFiles, textOf } from './projectFiles.ts';

const page = textOf('docs/security.md');

/** As the page names a file: whole the first time, by its last name afterwards. */
function isThere(named: string): boolean {
  return projectFiles.some((path) => path === named || path.endsWith(`/${named}`));
}

describe('docs/security.md', () => {
  test('names no file that is not there', () => {
    const named = [...page.matchAll(/`([\w./-]+\.(?:ts|vue|yml))`/g)].flatMap(([, file]) => file ?? []);
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((file) => !isThere(file))).toEqual([]);
  });

  test('says what nobody can do only with the test that tries it', () => {
    const [table = ''] = page.split('\n## ', 1);
    const rows = table.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| who |'));
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter((row) => !/`[\w./-]+\.(?:test|spec)\.ts`/.test(row))).toEqual([]);
  });
});
