// A bad end is told at the next start, wherever it came: at the counter, or while the program was still opening.

import { expect, test } from 'vitest';
import { noteBeginning, noteEnd } from '../../electron/journal/lastEnd.ts';
import { AT, openInMemory } from './storeWorld.ts';

test('a program that is killed while it opens ended badly, after a good end as after none', () => {
  const store = openInMemory();
  const begin = (): boolean => store.write((write) => noteBeginning(write, AT));
  expect(begin()).toBe(false);
  expect(begin()).toBe(true);
  store.write((write) => noteEnd(write, AT, true));
  expect(begin()).toBe(false);
  expect(begin()).toBe(true);
});
