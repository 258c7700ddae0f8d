// What every walk of a pull is given, and the little that all of them share.

import { saveSetting, syncStateOf, type KeptSyncState } from '../../journal/settings.ts';
import type { Credential, Listed, Trouble } from '../../ports/headOffice.ts';
import type { SyncParts } from '../parts.ts';
import type { PartReader } from './partReader.ts';
import { PullStopped } from './pullStopped.ts';
import type { PullTurns } from './pullTurns.ts';

/** `headOffice` answers the reading user through the window and everybody else by the API. */
export interface PullParts extends SyncParts {
  readonly reader: PartReader;
  readonly turns: PullTurns;
  readonly isReadingUser: (credential: Credential) => boolean;
  onProgress(progress: PullProgress): void;
  /** After every piece of a walk: tells how far it is, and may have to end it. */
  readonly pieceDone: (progress: PullProgress) => Promise<void>;
}

export interface PullReport {
  readonly trouble: Trouble | null;
  /** The window's own fault: it is closed now, and the next round reads by the API. */
  readonly closed?: true;
}

/** Whose sign-ins there are to read with. One of them is. */
export interface Reader {
  readonly person: Credential | null;
  /** This PC's reading user, where the window is proved. */
  readonly window: Credential | null;
}

export interface PullProgress {
  readonly shelf: string;
  readonly done: number;
  readonly total: number | null;
}

/** Whose requests a walk makes: the reading user's go through the window. */
export function credentialOf({ person, window }: Reader): Credential {
  const credential = window ?? person;
  if (credential === null) throw new PullStopped({ kind: 'signInNeeded', why: 'refused' });
  return credential;
}

export function patchState({ store }: Pick<SyncParts, 'store'>, patch: Partial<KeptSyncState>): void {
  store.write((write) => {
    saveSetting(write, 'syncState', { ...syncStateOf(write), ...patch });
  });
}

export function nameOnly(serverId: number): Listed<never> {
  return { serverId, row: null };
}

export function chunksOf<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  const chunks: (readonly T[])[] = [];
  for (let at = 0; at < all.length; at += size) chunks.push(all.slice(at, at + size));
  return chunks;
}
