// Whom head office lets in vouches for it: what refused everybody is over, so whoever waits for it is asked again at once.

import type { WriteStore } from '../ports/store.ts';
import { readSetting, saveSetting } from './settings.ts';

export function vouch(write: WriteStore, now: number): void {
  const { people, shutSince } = readSetting(write, 'askedAgain') ?? { people: [] };
  if (people.length > 0 || shutSince !== undefined)
    saveSetting(write, 'askedAgain', { people: people.map((each) => ({ ...each, nextAt: now })) });
}
