// Every language says everything: the same keys, the same facts in each sentence, and a sentence for every way in which the
// branch can say no. A missing sentence would show a cashier a code in front of a client.
import { describe, expect, test } from 'vitest';
import { branchContract } from '../../shared/contract/branchContract.ts';
import { COMMON_REFUSALS } from '../../shared/contract/define.ts';
import type { Method } from '../../shared/contract/define.ts';
import { EDITED_FIELDS } from '../../shared/domain/clients/editedFields.ts';
import { HOLDER, MEMBER, ROLE } from '../../shared/domain/commands/kinds/groupChange.ts';
import { GROUP_FIELDS } from '../../shared/domain/commands/kinds/groupEdit.ts';
import { SHELVES, WHOLE_SHELVES } from '../../electron/sync/shelves/shelfTable.ts';
import { jsonOf, projectFiles } from './projectFiles.ts';

type Words = { readonly [key: string]: string | Words };

function flatten(words: Words, prefix = ''): [key: string, text: string][] {
  return Object.entries(words).flatMap(([name, value]) => {
    const key = prefix === '' ? name : `${prefix}.${name}`;
    return typeof value === 'string' ? [[key, value] as [string, string]] : flatten(value, key);
  });
}

const files = projectFiles.filter((path) => /^renderer\/locales\/[a-z-]+\/\w+\.json$/i.test(path));
const languages = [...new Set(files.map((path) => path.split('/')[2] ?? ''))].sort();
const wordsOf = new Map(
  languages.map((language) => [
    language,
    new Map(files.filter((path) => path.split('/')[2] === language).flatMap((path) => flatten(jsonOf(path) as Words))),
  ]),
);
const english = wordsOf.get('en') ?? new Map<string, string>();

/** {name} and @:linked.key, but not the doubled quotes of {'@'}. */
function factsIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort();
}

test('English, Spanish and French are there', () => {
  expect(languages).toEqual(expect.arrayContaining(['en', 'es', 'fr']));
  expect(english.size).toBeGreaterThan(100);
});

describe.each(languages)('%s', (language) => {
  const words = wordsOf.get(language) ?? new Map<string, string>();

  test('has exactly the keys of English', () => {
    expect([...english.keys()].filter((key) => !words.has(key))).toEqual([]);
    expect([...words.keys()].filter((key) => !english.has(key))).toEqual([]);
  });

  test('leaves no sentence empty', () => {
    expect([...words].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
  });

  test('names the same facts in each sentence as English', () => {
    const differing = [...words].filter(([key, text]) => factsIn(text).join() !== factsIn(english.get(key) ?? text).join());
    expect(differing.map(([key, text]) => `${key}: ${text}`)).toEqual([]);
  });

  test('has a sentence for every refusal of the contract', () => {
    const methods = Object.values(branchContract).flatMap((noun) => Object.values(noun) as Method[]);
    const codes = new Set([...COMMON_REFUSALS, ...methods.flatMap((method) => method.refusals)]);
    expect(codes.size).toBeGreaterThan(20);
    expect([...codes].filter((code) => !words.has(`refusal.${code}`)).sort()).toEqual([]);
  });

  test('has a name for every field that a case shows', () => {
    const fields = [...EDITED_FIELDS, ...GROUP_FIELDS, MEMBER, ROLE, HOLDER, 'staffName'];
    expect(fields.filter((name) => !words.has(`clients.edit.field.${name}`))).toEqual([]);
  });

  test('has a name for every shelf that is brought in', () => {
    const shelves = [...WHOLE_SHELVES, ...SHELVES].map(({ name }) => name);
    expect(shelves.length).toBeGreaterThan(10);
    expect([...shelves, 'changes'].filter((name) => !words.has(`desks.shelf.${name}`))).toEqual([]);
  });
});
