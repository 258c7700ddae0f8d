// Head office's audit trail, read from the newest row down to the last one known: what changed there since, and whether it is still the
// same history. A head office put back to an earlier day gives the ids after that day to other deeds, so an id alone proves nothing. And a row
// may come late under an old id: it is shown when its deed is done, or a checker approved it, not when it was asked for.

import type { AuditMark, KeptSyncState } from '../../journal/settings.ts';
import type { AuditEntry, Page } from '../../ports/headOffice.ts';

/** Rows remembered with their marks: several, because rows of other offices, which this reader may not see, lie between them. */
const MARKS_KEPT = 8;
/** Rows remembered by id, to know one that comes late from one that was read. */
const SEEN_KEPT = 400;
/** Mostly there is nothing new; then the rows that are compared are enough. */
const FIRST_PAGE = 20;
const NEXT_PAGE = 100;
/** Rows still under processing or waiting for a checker that one round reads again; the others take their turn in later rounds. */
const WATCHED_AT_ONCE = 20;
const WATCHED_MOST = 500;

export interface Walked {
  /** Deeds above the cursor, newest first; those that came late under it; and watched ones that are finished now. */
  readonly entries: readonly AuditEntry[];
  /** The newest id, 0 when the trail is empty. */
  readonly head: number;
  /**
   * The trail does not go on where the last walk ended: head office was put back to an earlier day, or its old rows were purged while the
   * branch was away. What changed in between is in no row, so everything has to be read again.
   */
  readonly broken: boolean;
  readonly watched: readonly number[];
  readonly marks: readonly AuditMark[];
  readonly seen: readonly number[];
  /** Under it nothing is known. */
  readonly floor: number;
  /** Rows that this reader is shown in all. */
  readonly total: number;
}

/**
 * Asks page by page; `ask`, `askById` and `askOpen` (the ids of all that wait or are under way) leave by an exception of the caller's own when head
 * office gives no answer.
 */
export async function walkAudits(
  state: KeptSyncState,
  reader: string,
  ask: (offset: number, most: number) => Promise<Page<AuditEntry>>,
  askById: (auditIds: readonly number[]) => Promise<readonly AuditEntry[]>,
  askOpen: () => Promise<ReadonlySet<number>>,
  stop: (detail: string) => Error,
): Promise<Walked> {
  const cursor = state.auditCursor ?? 0;
  const isSameReader = state.auditReader === reader;
  // Under the oldest row that is remembered nothing can be said. What another reader was not shown is taken for late as well: that costs a reading.
  const remembered = new Set(state.auditReader === null ? [] : state.auditSeen);
  const floor = state.auditReader === null ? Infinity : (state.auditFloor ?? Math.min(...remembered));
  const isLate = (row: AuditEntry): boolean => row.deed && row.auditId <= cursor && row.auditId > floor && !remembered.has(row.auditId);
  const seen = new Map<number, AuditEntry>();
  let head: number | null = null;
  let total: number;
  for (let offset = 0, most = FIRST_PAGE; ; most = NEXT_PAGE) {
    const page = await ask(offset, most);
    head ??= newestOf(page, stop);
    ({ total } = page);
    if (page.rows.length === 0) break;
    // Rows that came in meanwhile push known ones onto this page, but a page of known ones only would never end.
    const fresh = page.rows.filter((row) => !seen.has(row.auditId));
    if (fresh.length === 0) throw stop('audits: a page came again');
    for (const row of fresh) seen.set(row.auditId, row);
    offset += page.rows.length;
    if (page.rows.length < most && offset >= page.total) break;
    // Without a cursor everything is read again anyway.
    if (state.auditCursor === null) break;
    const oldest = Math.min(...seen.keys());
    if (oldest > cursor) continue;
    // Head office counts more rows than are new: some came late, and they are looked for as far as anything is remembered. What it counts for
    // another reader tells nothing; nor does a count below what is new, for old rows were purged from it meanwhile.
    const rows = [...seen.values()];
    const fresher = rows.filter((row) => row.auditId > cursor).length;
    const more = state.auditTotal === null ? fresher : total - state.auditTotal;
    const counted = !isSameReader || more < fresher ? Infinity : more;
    const found = fresher + rows.filter(isLate).length;
    if (found >= counted || oldest <= floor || !Number.isFinite(floor)) break;
  }
  const shown = [...seen.values()];
  const late = shown.filter(isLate);
  const newer = shown.filter((row) => row.auditId > cursor);
  const known = state.watchedAudits.filter((id) => !newer.some((entry) => entry.auditId === id));
  const asked = known.slice(0, WATCHED_AT_ONCE);
  const again = asked.length === 0 ? [] : await askById(asked);
  const stillOpen = again.filter((row) => row.unfinished || row.silent === true).map((row) => row.auditId);
  // Where the window read until now, no row of the trail is remembered: nothing proves that it goes on from there.
  const isUnproved = state.auditCursor === null || (cursor > 0 && state.auditReader === null && state.auditMarks.length === 0);
  const broken = head < cursor || isUnproved || isAnotherHistory(state, reader, seen);
  // In another history a row that was finished may wait again.
  const ofThese = broken ? shown : newer;
  // One that is shown while it waits is counted already, so a count that stays tells nothing of it later.
  const open = ofThese.some((row) => row.silent === true) ? await askOpen() : new Set<number>();
  const newlyOpen = ofThese.filter((row) => row.unfinished || open.has(row.auditId)).map((row) => row.auditId);
  return {
    entries: [...newer, ...late, ...again].filter((row) => row.deed),
    head,
    broken,
    watched: [...new Set([...known.slice(WATCHED_AT_ONCE), ...stillOpen, ...newlyOpen])].slice(-WATCHED_MOST),
    marks: marksOf([...(broken || !isSameReader ? [] : state.auditMarks), ...seen.values()], head),
    seen: seenOf(shown, broken ? [] : remembered),
    floor: floorOf(shown, broken ? [] : remembered, shown.length >= total ? 0 : broken ? null : floor),
    total,
  };
}

/** The ids of the newest rows of which something came. */
export function seenOf(rows: readonly AuditEntry[], before: Iterable<number>): readonly number[] {
  const deeds = rows.filter((row) => row.deed).map((row) => row.auditId);
  return [...new Set([...deeds, ...before])].sort((one, other) => other - one).slice(0, SEEN_KEPT);
}

/**
 * The id under which a row that comes late cannot be told from one that was read. `before`: what it was, 0 where the whole trail was shown, null
 * where nothing is known of before.
 */
export function floorOf(rows: readonly AuditEntry[], remembered: Iterable<number>, before: number | null): number {
  const kept = seenOf(rows, remembered);
  const oldestKept = kept.at(-1) ?? 0;
  if (kept.length === SEEN_KEPT) return oldestKept;
  return before !== null && Number.isFinite(before) ? before : oldestKept;
}

/** The newest audit id, 0 when the trail is empty. A trail that counts rows and shows none is not taken for an empty one. */
export function newestOf(page: Page<AuditEntry>, stop: (detail: string) => Error): number {
  if (page.rows.length === 0 && page.total > 0) throw stop('audits: counted and not shown');
  return Math.max(0, ...page.rows.map((row) => row.auditId));
}

/** The newest of these rows; of two with one id the later one. */
export function marksOf(rows: readonly AuditMark[], head: number): readonly AuditMark[] {
  const marks = new Map<number, string>();
  for (const { auditId, mark } of rows) if (auditId <= head) marks.set(auditId, mark);
  return [...marks]
    .map(([auditId, mark]) => ({ auditId, mark }))
    .sort((one, other) => other.auditId - one.auditId)
    .slice(0, MARKS_KEPT);
}

/**
 * A remembered row that comes with another mark, or does not come though rows before and after it do. Old rows may be purged, which takes them
 * from the far end; a row that waited for a checker may be removed; and another reader may be shown fewer rows.
 */
function isAnotherHistory(state: KeptSyncState, reader: string, seen: ReadonlyMap<number, AuditEntry>): boolean {
  const remembered = state.auditMarks;
  if (remembered.length === 0) return false;
  const shown = remembered.filter(({ auditId }) => seen.has(auditId));
  if (shown.length === 0 || shown.some(({ auditId, mark }) => seen.get(auditId)?.mark !== mark)) return true;
  const oldest = Math.min(...seen.keys());
  const mayBeGone = new Set(state.watchedAudits);
  return (
    state.auditReader === reader && remembered.some(({ auditId }) => auditId > oldest && !seen.has(auditId) && !mayBeGone.has(auditId))
  );
}
