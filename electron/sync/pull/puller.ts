// Head office to replica, whole branch, shelf by shelf. Each piece and the cursor that covers it commit together (I10), so a cut at any piece
// resumes there. At reconnect the audit trail names what changed (contract 9.1, way A); nightly and weekly walks find what it cannot name.
// What a shelf is stands in shelves/, the walks over them beside this file; here is which of them is made when.

import { findOwnCurrency } from '../../journal/ownCurrency.ts';
import { readSetting, saveSetting, syncStateOf } from '../../journal/settings.ts';
import type { ShelfTargets } from '../../ports/sync.ts';
import type { SyncParts } from '../parts.ts';
import { SHELVES, WHOLE_SHELVES } from '../shelves/shelfTable.ts';
import { createWindowChanges } from '../window/changesByWindow.ts';
import { closeWindow, tryNextPassword } from '../window/keptWindow.ts';
import { bothWays, WindowFault } from '../window/way.ts';
import { pullByTrail } from './changesByTrail.ts';
import { createRowKeeper } from './keepRows.ts';
import { createPartReader } from './partReader.ts';
import { prove } from './proof.ts';
import { credentialOf, type PullParts, type PullProgress, type PullReport, type Reader } from './pullParts.ts';
import { PullStopped } from './pullStopped.ts';
import { createPullTurns } from './pullTurns.ts';
import { createShelfWalks } from './shelfWalks.ts';
import { createTrailReader, goesOn } from './trailReader.ts';
import { createWholeLists } from './wholeLists.ts';

export interface Puller {
  /**
   * Whether head office's trail is still the one that was read: one short question. False where it is not, or where nothing is known of it. Who may
   * not ask learns it from no walk either, and is answered true.
   */
  goesOn(reader: Reader): Promise<boolean>;
  /** Everything, resuming where the last try ended; a no-op once it is done. */
  pullAll(reader: Reader): Promise<PullReport>;
  /** What changed at head office since the last walk, plus these records. */
  pullChanges(also: ShelfTargets, reader: Reader): Promise<PullReport>;
  pullAccounts(targets: ShelfTargets, reader: Reader): Promise<PullReport>;
  /** Every shelf again, as lists: the window's way of reading everything. */
  pullShelves(reader: Reader): Promise<PullReport>;
  /** The same for somebody who waits: it does not stand behind a long walk. */
  pullAccountsSoon(targets: ShelfTargets, reader: Reader): Promise<PullReport>;
  /** The next walk over changes reads the short lists, whenever they were read last. */
  wantLists(): void;
  /** Every record again; counts how many accounts differed from the replica though nothing had named them. */
  proveAll(reader: Reader): Promise<PullReport & { readonly differences: number }>;
}

/**
 * `between`: called after every piece of a walk; meanwhile the caller may send what waits. Answering false ends the walk where it is, as a
 * broken line would.
 */
export function createPuller(syncParts: SyncParts, onProgress: (progress: PullProgress) => void, between: () => Promise<boolean>): Puller {
  const { store, clock, timers } = syncParts;
  const isReadingUser: PullParts['isReadingUser'] = ({ username }) =>
    store.read((read) => readSetting(read, 'window'))?.username === username;
  const headOffice = bothWays(syncParts.headOffice, isReadingUser);
  const turns = createPullTurns(timers, between);
  const reader = createPartReader({ ...syncParts, headOffice });
  const parts: PullParts = {
    ...syncParts,
    headOffice,
    reader,
    turns,
    isReadingUser,
    onProgress,
    async pieceDone(progress) {
      onProgress(progress);
      await turns.pieceDone();
    },
  };
  const lists = createWholeLists(parts);
  const trail = createTrailReader(parts, lists);
  const keeper = createRowKeeper(parts);
  const walks = createShelfWalks(parts, keeper);
  const byWindow = createWindowChanges(parts, keeper, lists, walks);

  async function guarded<T>(work: () => Promise<T>): Promise<PullReport & { value: T | null }> {
    try {
      return { trouble: null, value: await work() };
    } catch (error) {
      if (error instanceof WindowFault) {
        if (error.trouble.kind !== 'signInNeeded' || !tryNextPassword(parts)) closeWindow(parts, error.difference, error.mayPass);
        return { trouble: error.trouble, closed: true, value: null };
      }
      if (error instanceof PullStopped) return { trouble: error.trouble, value: null };
      throw error;
    }
  }

  async function pullEverything(readers: Reader): Promise<void> {
    const before = store.read(syncStateOf);
    if (before.firstPullDoneAt !== null) return;
    const credential = credentialOf(readers);
    // What changes while the pages come in stands above these marks and is read again by the first walk.
    if (readers.window !== null) await byWindow.markWindow(readers.window);
    else if (before.auditCursor === null && !trail.isTrailLeftOut()) await trail.markAudits(credential);
    // Through the window nothing is read account by account.
    if (readers.window === null) await reader.findOutAnew(false);
    await lists.pullWhole(
      WHOLE_SHELVES.filter(({ afterFirstPull }) => afterFirstPull !== true),
      credential,
    );
    for (const shelf of SHELVES) await walks.fill(shelf, credential);
    lists.want(false);
    const at = clock.now();
    store.write((write) => {
      findOwnCurrency(write, parts);
      saveSetting(write, 'syncState', { ...syncStateOf(write), firstPullDoneAt: at, refreshedAt: at, provedAt: at });
    });
    parts.tell({ what: 'start.changed' });
  }

  async function pullChangedParts(also: ShelfTargets, readers: Reader): Promise<void> {
    await lists.pullDue(credentialOf(readers));
    if (readers.window !== null) await byWindow.pullThroughWindow(also, readers.window);
    else await pullByTrail(parts, trail, lists, walks, also, credentialOf(readers));
  }

  return {
    wantLists: () => {
      lists.want(true);
    },
    goesOn: (readers) => goesOn(parts, readers),
    pullAll: (readers) => turns.inTurn(() => guarded(() => pullEverything(readers))),
    pullChanges: (also, readers) => turns.inTurn(() => guarded(() => pullChangedParts(also, readers))),
    pullAccounts: (targets, readers) => turns.inTurn(() => guarded(() => walks.pullTargets(targets, credentialOf(readers)))),
    pullShelves: (readers) =>
      turns.inTurn(() =>
        guarded(async () => {
          for (const shelf of SHELVES) await walks.readAll(shelf, credentialOf(readers));
        }),
      ),
    pullAccountsSoon: (targets, readers) => turns.soon(() => guarded(() => walks.pullTargets(targets, credentialOf(readers)))),
    proveAll: (readers) =>
      turns.inTurn(async () => {
        const report = await guarded(() => prove(parts, keeper, walks, lists, credentialOf(readers)));
        return { ...report, differences: report.value ?? 0 };
      }),
  };
}
