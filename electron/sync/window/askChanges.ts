// What changed at head office, asked through the window. First the cheap question, whether anything was posted or asked at all; then the
// commands, which name what people did; and now and then every shelf for what changed since, because jobs leave no command behind.

import { CLOCK_TOLERANCE_MS } from '../../../shared/domain/clock/clockDoubt.ts';
import type { AuditMark, WindowCursors } from '../../journal/settings.ts';
import type { Credential, Listed, ShelfName, ShelfRows } from '../../ports/headOffice.ts';
import type { ReadingWindow, StampedShelf, WindowCommand } from '../../ports/window.ts';
import { marksOf } from '../pull/auditTrail.ts';
import { valueOf } from '../pull/pullStopped.ts';
import { throughWindow } from './way.ts';

/** Ids become visible out of order: so many below the last one are looked at again. */
const COMMANDS_BACK = 200;
const COMMAND_PAGES_MOST = 10;
/** How long a change that no command names may stay unseen. */
const EVERY_SHELF_MS = 5 * 60_000;

export interface WindowChanges {
  readonly cursors: WindowCursors;
  /** Commands that were not seen before. */
  readonly commands: readonly WindowCommand[];
  /** Head office was put back to an earlier day, or too much happened to be read row by row: everything is to be read again. */
  readonly broken: boolean;
  readonly changed: ReadonlyMap<StampedShelf, readonly Listed<ShelfRows[ShelfName]>[]>;
  /** To be added to what is known once the rows are kept. */
  readonly marks: KnownMarks;
}

/** The state of each record that was read last, so that what the overlap brings again is not made whole again. */
export type KnownMarks = Map<string, string>;

export const STAMPED: readonly StampedShelf[] = ['clients', 'loans', 'savings'];

/** `isDue`: something of ours is to be read whatever the counters say. Leaves by an exception where the window gives no answer. */
export async function askChanges(
  window: ReadingWindow,
  credential: Credential,
  cursors: WindowCursors,
  known: ReadonlyMap<string, string>,
  now: number,
  isDue: boolean,
): Promise<WindowChanges> {
  const { top } = valueOf(throughWindow(await window.tally('newest', credential)));
  const isOld = now - cursors.askedAt > EVERY_SHELF_MS || cursors.askedAt > now + CLOCK_TOLERANCE_MS;
  const isSame =
    top.command === cursors.top.command &&
    top.loanTransaction === cursors.top.loanTransaction &&
    top.savingsTransaction === cursors.top.savingsTransaction;
  const nothing: WindowChanges = { cursors, commands: [], broken: false, changed: new Map(), marks: new Map() };
  if (isSame && !isOld && !isDue) return nothing;

  const wentBack = top.command < cursors.top.command;
  const since = wentBack ? 0 : Math.max(0, cursors.top.command - COMMANDS_BACK);
  const page = await commandsSince(window, credential, since);
  const broken = wentBack || !page.isWhole || isAnotherHistory(cursors.marks, page.rows, since);
  const commands = page.rows.filter((row) => row.auditId > cursors.top.command);
  const marks = marksOf(broken ? deedsOf(page.rows) : [...cursors.marks, ...deedsOf(page.rows)], top.command);
  if (broken) return { cursors: { ...cursors, top, marks, askedAt: now }, commands, broken, changed: new Map(), marks: new Map() };
  // Nothing of this branch: what other offices did is not asked for shelf by shelf.
  if (commands.length === 0 && !isOld && !isDue) return { ...nothing, cursors: { ...cursors, top, marks } };

  const seen: KnownMarks = new Map();
  const changed = new Map<StampedShelf, readonly Listed<ShelfRows[ShelfName]>[]>();
  const newest: Record<StampedShelf, string | null> = { ...cursors.newest };
  const above: Readonly<Record<StampedShelf, number>> = {
    clients: 0,
    loans: cursors.top.loanTransaction,
    savings: cursors.top.savingsTransaction,
  };
  for (const shelf of STAMPED) {
    const listed: Listed<ShelfRows[ShelfName]>[] = [];
    for (let after: number | null = 0; after !== null;) {
      const wanted = {
        after,
        since: cursors.newest[shelf] ?? '1970-01-01 00:00:00',
        aboveTransaction: above[shelf],
        isKnown: (serverId: number, mark: string) => known.get(`${shelf} ${serverId}`) === mark,
      };
      const found: Awaited<ReturnType<typeof changedIn>> = await changedIn(window, shelf, wanted, credential);
      listed.push(...found.listed);
      for (const [serverId, mark] of found.marks) seen.set(`${shelf} ${serverId}`, mark);
      if (found.newest !== null && found.newest > (newest[shelf] ?? '')) newest[shelf] = found.newest;
      after = found.next;
    }
    if (listed.length > 0) changed.set(shelf, listed);
  }
  return { cursors: { newest, top, marks, askedAt: now }, commands, broken, changed, marks: seen };
}

async function changedIn(
  window: ReadingWindow,
  shelf: StampedShelf,
  wanted: Parameters<ReadingWindow['changedIn']>[1],
  credential: Credential,
) {
  return valueOf(throughWindow(await window.changedIn(shelf, wanted, credential)));
}

/** A few thousand at most: after more than that everything is read again sooner than row by row. */
async function commandsSince(
  window: ReadingWindow,
  credential: Credential,
  since: number,
): Promise<{ readonly rows: readonly WindowCommand[]; readonly isWhole: boolean }> {
  const rows: WindowCommand[] = [];
  for (let pages = 0; pages < COMMAND_PAGES_MOST; pages += 1) {
    const answer = await window.commands({ which: 'after', commandId: rows.at(-1)?.auditId ?? since }, credential);
    const page = valueOf(throughWindow(answer));
    rows.push(...page.rows);
    if (page.isWhole) return { rows, isWhole: true };
  }
  return { rows, isWhole: false };
}

/** What is remembered when the window begins: without it the first restore of head office would pass for the same history. */
export async function marksNow(window: ReadingWindow, credential: Credential, top: number): Promise<readonly AuditMark[]> {
  return marksOf(deedsOf((await commandsSince(window, credential, Math.max(0, top - COMMANDS_BACK))).rows), top);
}

/** A row of which something came is neither taken back by a checker nor given to another deed. */
function deedsOf(rows: readonly WindowCommand[]): readonly WindowCommand[] {
  return rows.filter((row) => row.deed);
}

/**
 * A remembered row of this stretch that comes with another mark, or does not come though an older one does: its number may be another office's
 * now. Old rows are purged from the far end; where none of the stretch is left, nothing proves that it is the same.
 */
function isAnotherHistory(remembered: readonly AuditMark[], rows: readonly WindowCommand[], since: number): boolean {
  const shown = new Map(rows.map((row) => [row.auditId, row.mark]));
  const oldest = Math.min(...shown.keys());
  return remembered
    .filter(({ auditId }) => auditId > since)
    .some(({ auditId, mark }) => (shown.has(auditId) ? shown.get(auditId) !== mark : shown.size === 0 || auditId > oldest));
}
