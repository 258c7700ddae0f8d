// What is agreed between the process that is to die (killPoints.ts, loaded before the branch) and the one that watches it (branchProcess.ts).
// A write point is named by who writes and what: 'openStore.takeOwnership:58 INSERT local_owner'.

/** At which write point a process kills itself: before or after the `nth` time it comes there. */
export interface KillOrder {
  readonly point: string;
  readonly when: 'before' | 'after';
  readonly nth: number;
}

/** Given to the process in the environment, as JSON, under this name. */
export const KILL_SETTING = 'TAWI_CRASH_KILL';

export interface KillSetting {
  /** Only what is written below this folder counts. */
  readonly root: string;
  /** A file outside that folder: one line per write point at its first sight, one for the kill. */
  readonly notes: string;
  readonly order: KillOrder | null;
}

/** Asked of the branch's process over its parent's channel: a backup, made by the program's own code on the store that is open. */
export interface BackupRequest {
  readonly backUpInto: string;
}

export type BackupAnswer = { readonly path: string } | { readonly trouble: string };
