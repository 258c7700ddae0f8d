// What changed at head office since the last walk, as its prepared reports tell the reading user (contract 9.1, way B).

import { readSetting, saveSetting, syncStateOf, type WindowCursors } from '../../journal/settings.ts';
import type { Credential, ShelfName } from '../../ports/headOffice.ts';
import type { ShelfTargets } from '../../ports/sync.ts';
import type { StampedShelf } from '../../ports/window.ts';
import { staleIn } from '../pull/changesByTrail.ts';
import type { RowKeeper } from '../pull/keepRows.ts';
import { chunksOf, patchState, type PullParts } from '../pull/pullParts.ts';
import { valueOf } from '../pull/pullStopped.ts';
import { putBack, suspectUnshown } from '../pull/putBack.ts';
import type { ShelfWalks } from '../pull/shelfWalks.ts';
import type { WholeLists } from '../pull/wholeLists.ts';
import { isNamed } from '../shelves/shelf.ts';
import { SHELVES, WHOLE_SHELVES } from '../shelves/shelfTable.ts';
import { askChanges, marksNow, STAMPED, type KnownMarks } from './askChanges.ts';
import { changeWindow } from './keptWindow.ts';
import { throughWindow } from './way.ts';

export interface WindowChanges {
  readonly markWindow: (credential: Credential) => Promise<void>;
  readonly pullThroughWindow: (also: ShelfTargets, credential: Credential) => Promise<void>;
}

export function createWindowChanges(
  parts: PullParts,
  { keep }: RowKeeper,
  { pullWhole }: WholeLists,
  { readAll, pullTargets }: ShelfWalks,
): WindowChanges {
  const { store, clock, headOffice, diagnostics, pieceDone } = parts;
  const knownMarks: KnownMarks = new Map();

  /** From here on the window tells what changed; kept once what was before it is read, or goes on from its own cursors after a cut. */
  async function markWindow(credential: Credential): Promise<void> {
    if (store.read((read) => readSetting(read, 'window'))?.cursors != null) return;
    keepCursors(await cursorsNow(credential));
  }

  async function cursorsNow(credential: Credential): Promise<WindowCursors> {
    const askedAt = clock.now();
    const tally = valueOf(throughWindow(await headOffice.window.tally('shelves', credential)));
    return { newest: tally.newest, top: tally.top, marks: await marksNow(headOffice.window, credential, tally.top.command), askedAt };
  }

  function keepCursors(cursors: WindowCursors): void {
    changeWindow(parts, (kept) => ({ ...kept, cursors }));
    patchState(parts, { auditCursor: cursors.top.command, auditMarks: [], auditReader: null });
  }

  /**
   * Every shelf once more when the window opens after the API's way has read: its cursors begin there. Nothing proves that the history goes on from
   * what the API's way read last, so whatever head office may have lost in between is asked for, as where the trail broke off.
   */
  async function openThroughWindow(credential: Credential): Promise<void> {
    const begin = await cursorsNow(credential);
    await putBack(parts);
    for (const shelf of SHELVES) await readAll(shelf, credential);
    // Before the cursors that say that it was done.
    store.write((write) => suspectUnshown(write, clock.now()));
    keepCursors(begin);
    patchState(parts, { auditedAt: begin.askedAt });
  }

  async function pullThroughWindow(also: ShelfTargets, credential: Credential): Promise<void> {
    const cursors = store.read((read) => readSetting(read, 'window'))?.cursors ?? null;
    if (cursors === null) {
      await openThroughWindow(credential);
      return;
    }
    const askedAt = clock.now();
    const isDue = SHELVES.some((shelf) => (also[shelf.name] ?? []).length > 0);
    const found = await askChanges(headOffice.window, credential, cursors, knownMarks, askedAt, isDue);
    const { commands, broken, changed } = found;
    if (broken) {
      knownMarks.clear();
      await putBack(parts);
    }
    await pullWhole(
      WHOLE_SHELVES.filter(({ audited }) => broken || commands.some((entry) => isNamed(entry, audited))),
      credential,
    );
    const targets: { [Name in ShelfName]?: readonly number[] } = {};
    for (const shelf of SHELVES) {
      const stale = broken ? 'all' : store.read((read) => staleIn(commands, (entry) => shelf.staleBy(entry, read)));
      const listed = changed.get(shelf.name as StampedShelf) ?? [];
      for (const chunk of chunksOf(listed, shelf.atOnce)) {
        await keep(shelf, chunk, askedAt, credential);
        await pieceDone({ shelf: 'changes', done: 0, total: null });
      }
      const read = new Set(listed.map((each) => each.serverId));
      if (stale === 'all') await readAll(shelf, credential);
      // What was stamped anew was read just now; groups carry no stamp, and what somebody waits for may have changed before the overlap.
      else
        targets[shelf.name] = [...(also[shelf.name] ?? []), ...(STAMPED.includes(shelf.name as StampedShelf) ? [] : stale)].filter(
          (id) => !read.has(id),
        );
    }
    await pullTargets(targets, credential, (write) => {
      const kept = readSetting(write, 'window');
      // Meanwhile it may have been prepared anew.
      if (kept?.proof === 'equal') saveSetting(write, 'window', { ...kept, cursors: found.cursors });
      saveSetting(write, 'syncState', {
        ...syncStateOf(write),
        auditCursor: found.cursors.top.command,
        auditMarks: [],
        auditReader: null,
        auditSeen: [],
        auditFloor: 0,
        auditTotal: null,
        watchedAudits: [],
        auditedAt: askedAt,
      });
      if (broken) suspectUnshown(write, clock.now());
    });
    for (const [record, mark] of found.marks) knownMarks.set(record, mark);
    if (broken) diagnostics.record('warning', 'headOffice.anotherHistory', { head: found.cursors.top.command });
  }

  return { markWindow, pullThroughWindow };
}
