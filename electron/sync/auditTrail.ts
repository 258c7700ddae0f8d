// Head office's audit trail, read from the newest row down to the last one known: what changed there since, and whether it is still the
// same history. A head office put back to an earlier day gives the ids after that day to other deeds, so an id alone proves nothing.

import type { AuditMark, KeptSyncState } from '../journal/settings.ts';
import type { AuditEntry, Page } from '../ports/headOffice.ts';

/** Rows remembered with their marks: several, because rows of other offices, which this reader may not see, lie between them. */
const MARKS_KEPT = 8;
/** Rows still under processing or waiting for a checker that one round reads again; the others take their turn in later rounds. */
const WATCHED_AT_ONCE = 20;
const WATCHED_MOST = 500;

export interface Walked {
  /** Rows above the cursor, newest first, and watched ones that are finished now. */
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
}

/** Asks page by page; `ask` and `askById` leave by an exception of the caller's own when head office gives no answer. */
export async function walkAudits(
  state: KeptSyncState,
  reader: string,
  ask: (offset: number) => Promise<Page<AuditEntry>>,
  askById: (auditIds: readonly number[]) => Promise<readonly AuditEntry[]>,
  stop: (detail: string) => Error,
): Promise<Walked> {
  const cursor = state.auditCursor ?? 0;
  const seen = new Map<number, AuditEntry>();
  let head: number | null = null;
  for (let offset = 0; ;) {
    const page = await ask(offset);
    head ??= newestOf(page, stop);
    if (page.rows.length === 0) break;
    // Rows that came in meanwhile push known ones onto this page, but a page of known ones only would never end.
    const fresh = page.rows.filter((row) => !seen.has(row.auditId));
    if (fresh.length === 0) throw stop('audits: a page came again');
    for (const row of fresh) seen.set(row.auditId, row);
    offset += page.rows.length;
    if (fresh.some((row) => row.auditId <= cursor) || offset >= page.total) break;
  }
  const entries = [...seen.values()].filter((row) => row.auditId > cursor);
  const known = state.watchedAudits.filter((id) => !entries.some((entry) => entry.auditId === id));
  const asked = known.slice(0, WATCHED_AT_ONCE);
  const again = asked.length === 0 ? [] : await askById(asked);
  const stillOpen = again.filter((row) => row.unfinished).map((row) => row.auditId);
  const broken = head < cursor || isAnotherHistory(state, reader, seen);
  // In another history a row that was finished may wait again.
  const newlyOpen = (broken ? [...seen.values()] : entries).filter((row) => row.unfinished).map((row) => row.auditId);
  return {
    entries: [...entries, ...again.filter((row) => !row.unfinished)],
    head,
    broken,
    watched: [...new Set([...known.slice(WATCHED_AT_ONCE), ...stillOpen, ...newlyOpen])].slice(-WATCHED_MOST),
    marks: marksOf([...(broken || state.auditReader !== reader ? [] : state.auditMarks), ...seen.values()], head),
  };
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
