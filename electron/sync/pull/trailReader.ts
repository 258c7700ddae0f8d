// The audit trail as a person is shown it: marked before everything is read, and walked from then on.

import { WHOLE_LIST } from '../../journal/keepReference.ts';
import { readSetting, syncStateOf } from '../../journal/settings.ts';
import type { Answer, Credential } from '../../ports/headOffice.ts';
import { floorOf, marksOf, newestOf, seenOf, walkAudits, type Walked } from './auditTrail.ts';
import { isDueAgain } from './leftOut.ts';
import { patchState, type PullParts, type Reader } from './pullParts.ts';
import { nonsense, PullStopped, valueOf } from './pullStopped.ts';
import type { WholeLists } from './wholeLists.ts';

/** Rows of the trail that are remembered before anything is read. */
const FIRST_AUDITS = 50;
/** Rows of the trail that wait or are under way: the newest are looked at. */
const OPEN_MOST = 200;
/** The audit trail, where it could not be read. */
export const TRAIL = 'audits';

export interface TrailReader {
  readonly isTrailLeftOut: () => boolean;
  readonly markAudits: (credential: Credential) => Promise<void>;
  readonly walkTrail: (credential: Credential) => Promise<Walked | null>;
}

export function createTrailReader(parts: PullParts, { leaveOutWhole }: WholeLists): TrailReader {
  const { store, clock, headOffice, reader } = parts;

  function isTrailLeftOut(): boolean {
    return store.read((read) => read.leftOutOf(TRAIL, WHOLE_LIST)) !== null;
  }

  /** Where the trail cannot be read now, the mark is made before everything is read once more, and not in the middle of it. */
  async function markAudits(credential: Credential): Promise<void> {
    const answer = await headOffice.pullAudits({ offset: 0, most: FIRST_AUDITS }, credential);
    if (!answer.ok) {
      await leaveOutWhole(TRAIL, answer.trouble);
      return;
    }
    const newest = answer.value;
    const head = newestOf(newest, nonsense);
    const open = newest.rows.some((row) => row.silent === true) ? await openAudits(credential) : null;
    if (open?.ok === false) {
      await leaveOutWhole(TRAIL, open.trouble);
      return;
    }
    patchState(parts, {
      auditCursor: head,
      auditMarks: marksOf(newest.rows, head),
      auditReader: credential.username,
      auditSeen: seenOf(newest.rows, []),
      auditFloor: floorOf(newest.rows, [], newest.rows.length >= newest.total ? 0 : null),
      auditTotal: newest.total,
      watchedAudits: newest.rows.filter((row) => row.unfinished || open?.value.has(row.auditId) === true).map((row) => row.auditId),
    });
  }

  /** Null while the trail cannot be read though everything else can: what it would have named is found by the reading of the evening. */
  async function walkTrail(credential: Credential): Promise<Walked | null> {
    const leftOut = store.read((read) => read.leftOutOf(TRAIL, WHOLE_LIST));
    if (leftOut !== null && !isDueAgain(leftOut, clock.now())) return null;
    const walk = (): Promise<Walked> =>
      walkAudits(
        store.read(syncStateOf),
        credential.username,
        async (offset, most) => valueOf(await headOffice.pullAudits({ offset, most }, credential)),
        async (auditIds) => valueOf(await headOffice.pullAuditsById(auditIds, credential)),
        async () => valueOf(await openAudits(credential)),
        nonsense,
      );
    try {
      return await walk();
    } catch (error) {
      if (!(error instanceof PullStopped) || !(await reader.isOfRequest(error.trouble))) throw error;
    }
    try {
      return await walk();
    } catch (error) {
      if (!(error instanceof PullStopped)) throw error;
      await leaveOutWhole(TRAIL, error.trouble);
      return null;
    }
  }

  /** Those that wait for a checker or are under way, as far as this person is shown them. */
  async function openAudits(credential: Credential): Promise<Answer<ReadonlySet<number>>> {
    const ids = new Set<number>();
    for (const only of ['waiting', 'underWay'] as const) {
      const answer = await headOffice.pullAudits({ offset: 0, most: OPEN_MOST }, credential, only);
      if (!answer.ok) return answer;
      for (const { auditId } of answer.value.rows) ids.add(auditId);
    }
    return { ok: true, value: ids };
  }

  return { isTrailLeftOut, markAudits, walkTrail };
}

/**
 * Whether head office's trail is still the one that was read: one short question. False where it is not, or where nothing is known of it. Who may
 * not ask learns it from no walk either, and is answered true.
 */
export async function goesOn({ store, headOffice }: PullParts, { person, window }: Reader): Promise<boolean> {
  const credential = window ?? person;
  if (credential === null) return true;
  const { auditMarks, auditCursor, watchedAudits } = store.read(syncStateOf);
  const marks = window === null ? auditMarks : (store.read((read) => readSetting(read, 'window'))?.cursors?.marks ?? []);
  // A row that waited for a checker may be removed.
  const known = marks.find(({ auditId }) => !watchedAudits.includes(auditId));
  if (known === undefined) return (auditCursor ?? 0) === 0;
  const asked = [known.auditId];
  const answer =
    window === null
      ? await headOffice.pullAuditsById(asked, credential)
      : await headOffice.window.commands({ which: 'these', commandIds: asked }, credential);
  if (!answer.ok) return answer.trouble.kind === 'refused' || answer.trouble.kind === 'signInNeeded';
  const rows = 'rows' in answer.value ? answer.value.rows : answer.value;
  return rows.some(({ auditId, mark }) => auditId === known.auditId && mark === known.mark);
}
