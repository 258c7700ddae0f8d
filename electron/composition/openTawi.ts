// The one place that joins the pieces into a running Tawi, for the desktop program and for plain Node alike: claims the data folder, opens
// the branch that was chosen if any, and hands out the doorway that every transport opens on.

import { createEvents } from '../branch/createEvents.ts';
import { createDispatcher } from '../host/dispatcher.ts';
import type { Doorway } from '../host/doorway.ts';
import type { KeyWrap } from '../host/ports/keyWrap.ts';
import { lineDiagnostics } from '../host/ports/lineDiagnostics.ts';
import { wallClock, zoneOfThisPc } from '../host/ports/wallClock.ts';
import type { Diagnostics } from '../ports/clock.ts';
import { claimFolder } from './claimFolder.ts';
import { dataFolder } from './dataFolder.ts';
import type { BlockedBy } from './frontDoor.ts';
import { machineMark } from '../host/ports/machineMark.ts';
import { createFront } from './frontDoor.ts';
import type { PracticeSeed } from './practiceHeadOffice.ts';

interface TawiOptions {
  readonly dataFolder: string;
  /** The first wraps new keys; all are tried on keys that are there. */
  readonly keyWraps: readonly [KeyWrap, ...KeyWrap[]];
  readonly practice: PracticeSeed;
  /** What tells this place from every other; this machine and the folder unless a test lays books of one place in another. */
  readonly machineMark?: (folder: string) => string;
  /** 'strict' where a wrong answer should stop a developer, 'lenient' where it must not stop a cashier. */
  readonly answers: 'strict' | 'lenient';
}

export interface Tawi {
  readonly doorway: Doorway;
  readonly diagnostics: Diagnostics;
  state(): 'firstRun' | 'blocked' | 'open';
  blockedBy(): BlockedBy | null;
  /** True when ending now would disturb nobody. */
  isQuiet(): boolean;
  /** Ends cleanly; safe to call twice. */
  close(): Promise<void>;
}

/** Another process has the folder; nothing was touched. */
export class FolderInUse extends Error {
  readonly pid: number | null;

  constructor(folder: string, pid: number | null) {
    super(
      `Tawi already runs with the folder ${folder}${pid === null ? '' : ` (process ${String(pid)})`}. Close it first, or give another folder.`,
    );
    this.name = 'FolderInUse';
    this.pid = pid;
  }
}

export async function openTawi(options: TawiOptions): Promise<Tawi> {
  const folder = dataFolder(options.dataFolder);
  const claim = await claimFolder(folder);
  if ('takenBy' in claim) throw new FolderInUse(folder.root, claim.takenBy);

  const clock = wallClock(zoneOfThisPc());
  const diagnostics = lineDiagnostics(folder.diagnostics, () => clock.now());
  const events = createEvents((error) => diagnostics.incident(error, 'events'));
  const front = createFront({
    folder,
    keyWraps: options.keyWraps,
    machineMark: options.machineMark ?? machineMark,
    practice: options.practice,
    events,
    diagnostics,
    zone: clock.zone(),
    now: () => clock.now(),
  });
  const call = createDispatcher({
    branch: () => front.branch(),
    frontDoor: front.door,
    diagnostics,
    monotonicMs: () => clock.monotonicMs(),
    answers: options.answers,
  });
  await front.tryToOpen();

  let closing: Promise<void> | null = null;
  return {
    doorway: { call, isSignedIn: (channel) => front.branch()?.isSignedIn(channel) ?? false, listen: (listener) => events.listen(listener) },
    diagnostics,
    state: () => front.state(),
    blockedBy: () => front.blockedBy(),
    isQuiet: () => front.isQuiet(),
    close() {
      closing ??= front.close().finally(() => claim.release());
      return closing;
    },
  };
}
