// Names that say nothing are refused: a file called after what it is not ("utils", "service") gathers whatever fits nowhere else.
// The words stand in the house's own list; a person with a role, such as the branch manager, may of course be named in text.
import { describe, expect, test } from 'vitest';
import { projectFiles, textOf } from './projectFiles.ts';

const emptyAnywhere = new Set(['utils', 'util', 'helpers', 'helper', 'misc']);
const emptyAtTheEnd = new Set([...emptyAnywhere, 'manager', 'service', 'services', 'data', 'info', 'common']);

function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .map((word) => word.toLowerCase())
    .filter((word) => word !== '');
}

function saysNothing(name: string): boolean {
  const words = wordsOf(name);
  // "manager" by itself is the person who decides at a branch; a SomethingManager is a thing that nobody could name.
  if (words.length === 1 && words[0] === 'manager') return false;
  return words.some((word) => emptyAnywhere.has(word)) || emptyAtTheEnd.has(words.at(-1) ?? '');
}

const sources = projectFiles.filter((path) => /^(?:build|electron|renderer|shared|tests)\//.test(path));

test('the measure knows an empty name from a telling one', () => {
  expect(['moneyUtils', 'utils', 'CashManager', 'clientService', 'data', 'ClientInfo'].filter((name) => !saysNothing(name))).toEqual([]);
  expect(['managerApproval', 'datatables', 'database', 'takeRepayment', 'informClient'].filter(saysNothing)).toEqual([]);
});

describe('names', () => {
  test('of files and folders tell what is inside', () => {
    const empty = sources.filter(
      (path) =>
        path.endsWith('/manager.ts') || path.split('/').some((part) => saysNothing(part.replace(/(?:\.(?:test|spec|d))?\.\w+$/, ''))),
    );
    expect(empty).toEqual([]);
  });

  test('of exported ideas tell what they are', () => {
    const exported = /^export (?:declare )?(?:async )?(?:abstract )?(?:const|function\*?|class|interface|type|let) (\w+)/gm;
    const empty = sources
      .filter((path) => /\.(?:ts|vue)$/.test(path))
      .flatMap((path) =>
        [...textOf(path).matchAll(exported)]
          .map((match) => match[1] ?? '')
          .filter(saysNothing)
          .map((name) => `${path}: ${name}`),
      );
    expect(empty).toEqual([]);
  });
});
