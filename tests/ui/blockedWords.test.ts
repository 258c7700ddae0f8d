// Whatever keeps a branch from opening is said with what to do, in every language: the page shows no bare code.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { BlockedBy } from '../../electron/composition/frontDoor.ts';

/** Complete by its type: a new reason does not compile until it stands here. */
const REASONS: Readonly<Record<BlockedBy, true>> = {
  'store.busy': true,
  'store.full': true,
  'store.readOnly': true,
  'store.corrupt': true,
  'store.newer': true,
  'store.unknown': true,
  'store.keyLost': true,
  'branch.notOwner': true,
  'branch.notFounded': true,
  'books.addressChanged': true,
  'choice.differs': true,
  'choice.unreadable': true,
};
const CODES = Object.keys(REASONS);

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
