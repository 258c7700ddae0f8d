// Whatever keeps a branch from opening is said with what to do, in every language: the page shows no bare code.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const CODES = [
  'store.busy',
  'store.full',
  'store.readOnly',
  'store.corrupt',
  'store.newer',
  'store.unknown',
  'store.keyLost',
  'branch.notOwner',
  'branch.notFounded',
  'books.addressChanged',
  'choice.differs',
  'choice.unreadable',
];

function said(file: string, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, name) => (found as Record<string, unknown> | undefined)?.[name],
    JSON.parse(readFileSync(file, 'utf8')),
  );
}

test.each(['en', 'es', 'fr'])('each reason has its sentence and its advice (%s)', (language) => {
  const at = (name: string) => join(import.meta.dirname, `../../renderer/locales/${language}/${name}.json`);
  const dumb = CODES.flatMap((code) => [
    ...(typeof said(at('refusal'), ['refusal', ...code.split('.')]) === 'string' ? [] : [code]),
    ...(typeof said(at('app'), ['start', 'blocked', 'todo', ...code.split('.')]) === 'string' ? [] : [`todo ${code}`]),
  ]);
  expect(dumb).toEqual([]);
});
