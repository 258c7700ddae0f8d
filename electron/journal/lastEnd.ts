// Whether the program that had these books before ended as it should. A start is noted first of all, before anything that takes time: a program
// that is killed while it opens ended badly too.

import type { WriteStore } from '../ports/store.ts';
import { readSetting, saveSetting } from './settings.ts';

/** True where the end before was a bad one. From now on every end is bad that `noteEnd` does not call good. */
export function noteBeginning(write: WriteStore, now: number): boolean {
  const endedBadly = readSetting(write, 'lastEnd')?.clean === false;
  saveSetting(write, 'lastEnd', { clean: false, at: now });
  return endedBadly;
}

export function noteEnd(write: WriteStore, now: number, clean: boolean): void {
  saveSetting(write, 'lastEnd', { clean, at: now });
}
