// Head office to replica, whole branch, shelf by shelf. Each piece and the cursor that covers it commit together (I10), so a cut at any piece
// resumes there. At reconnect the audit trail names what changed (contract 9.1, way A); nightly and weekly walks find what it cannot name.
// What a shelf is stands in shelves/; here are the walks over them, each written once.

import { assertInvariant } from '../../shared/kernel/assert.ts';
import { changeSuspects, saveSetting, syncStateOf, type KeptProof, type KeptSyncState } from '../journal/settings.ts';
import { defaultOfflinePolicy } from '../../shared/domain/savings/offlinePolicy.ts';
import type { AuditEntry, Credential, Listed, ReadRows, ShelfName, ShelfRows, Trouble } from '../ports/headOffice.ts';
import type { ShelfTargets } from '../ports/sync.ts';
import type { WriteStore } from '../ports/store.ts';
import { marksOf, newestOf, walkAudits } from './auditTrail.ts';
import type { SyncParts } from './parts.ts';
import { nonsense, PullStopped, valueOf } from './pullStopped.ts';
import { createPullTurns } from './pullTurns.ts';
import { isNamed, type Shelf, type WholeShelf } from './shelves/shelf.ts';
import { SHELVES, WHOLE_SHELVES } from './shelves/shelfTable.ts';
import { typicalInstalmentMinor } from './typicalInstalment.ts';

const AUDIT_PAGE = 50;
/** Effects opened again in one transaction, before everything is compared. */
const EFFECTS_AT_ONCE = 500;

type Row = ShelfRows[ShelfName];

export interface PullReport {
  readonly trouble: Trouble | null;
}

export interface PullProgress {
  readonly shelf: string;
  readonly done: number;
  readonly total: number | null;
}

export interface Puller {
  /** Everything, resuming where the last try ended; a no-op once it is done. */
  pullAll(credential: Credential): Promise<PullReport>;
  /** What changed at head office since the last walk, plus these records. */
  pullChanges(also: ShelfTargets, credential: Credential): Promise<PullReport>;
  pullAccounts(targets: ShelfTargets, credential: Credential): Promise<PullReport>;
  /** The same for somebody who waits: it does not stand behind a long walk. */
  pullAccountsSoon(targets: ShelfTargets, credential: Credential): Promise<PullReport>;
  /** Every record again; counts how many accounts differed from the replica though no audit row had named them. */
  proveAll(credential: Credential): Promise<PullReport & { readonly differences: number }>;
}

/** Where a list goes on: after so many records, the first and the highest of which had these server ids. */
interface Resume {
  readonly offset: number;
  readonly first: number | null;
  readonly after: number;
}
const START: Resume = { offset: 0, first: null, after: 0 };

interface WalkedPage {
  readonly listed: readonly Listed<Row>[];
  readonly askedAt: number;
  readonly total: number;
  readonly isLast: boolean;
}

/**
 * `between`: called after every piece of a walk; meanwhile the caller may send what waits. Answering false ends the walk where it is, as a
 * broken line would.
 */
export function createPuller(parts: SyncParts, onProgress: (progress: PullProgress) => void, between: () => Promise<boolean>): Puller {
  const { store, headOffice, clock } = parts;
  const turns = createPullTurns(parts.timers, between);

  async function guarded<T>(work: () => Promise<T>): Promise<PullReport & { value: T | null }> {
    try {
      return { trouble: null, value: await work() };
    } catch (error) {
      if (error instanceof PullStopped) return { trouble: error.trouble, value: null };
      throw error;
    }
  }

  async function pieceDone(progress: PullProgress): Promise<void> {
    onProgress(progress);
    await turns.pieceDone();
  }

  async function pullWhole(shelves: readonly WholeShelf[], credential: Credential): Promise<void> {
    for (const { name } of shelves) {
      const answer = await headOffice.pullReference(name, credential);
      // A cashier may lack the right to read the accounts of the books or the products; the branch works without them.
      if (!answer.ok && answer.trouble.kind === 'refused') continue;
      const rows = valueOf(answer);
      // A shelf is never emptied at head office; without payment types nobody could pay here until the next proof.
      if (rows.length === 0 && store.read((read) => read.reference(name)).length > 0) {
        parts.diagnostics.record('warning', 'pull.emptyShelf', { shelf: name });
        continue;
      }
      store.write((write) => {
        write.saveReference(name, rows);
        write.saveShelf({ shelf: name, cursor: { done: true }, rows: rows.length, headOfficeCount: rows.length, pulledAt: clock.now() });
      });
    }
  }

  /** The list of a shelf, page by page. It ends with a short page; head office's count can only prolong it, because some databases count 0. */
  async function walkList(shelf: Shelf, from: Resume, credential: Credential, take: (page: WalkedPage) => Promise<void>): Promise<void> {
    let { offset, first, after } = from;
    for (let isLast = false; !isLast;) {
      const askedAt = clock.now();
      const page = valueOf(await headOffice.listShelf(shelf.name, { offset, after, most: shelf.pageRows }, credential));
      const listed = [...new Map(page.listed.map((each) => [each.serverId, each])).values()];
      // A later page that begins like the first one means that the offset was not heard: such a list would never end.
      if (offset > 0 && first !== null && listed[0]?.serverId === first) throw nonsense('a page came again');
      first ??= listed[0]?.serverId ?? null;
      isLast = listed.length === 0 || (listed.length < shelf.pageRows && offset + listed.length >= page.total);
      await take({ listed, askedAt, total: page.total, isLast });
      offset += listed.length;
      after = Math.max(after, ...listed.map((each) => each.serverId));
    }
  }

  /** Reads what the list did not carry, and keeps everything with whatever must commit with it. */
  async function keep(
    shelf: Shelf,
    listed: readonly Listed<Row>[],
    listedAt: number | null,
    credential: Credential,
    andSave?: (write: WriteStore) => void,
  ): Promise<void> {
    const carried = listed.flatMap(({ row }) => row ?? []);
    const toRead = listed.flatMap(({ serverId, row }) => (row === null ? [serverId] : []));
    const askedAt = listedAt ?? clock.now();
    const read: ReadRows<Row> =
      toRead.length === 0 ? { rows: [], gone: [], unreadable: [] } : valueOf(await headOffice.readShelf(shelf.name, toRead, credential));
    for (const { why } of read.unreadable) throw nonsense(why);
    const reading = { parts, askedAt, by: credential.username };
    store.write((write) => {
      const suspects = [...shelf.keep(write, [...carried, ...read.rows], reading), ...shelf.remove(write, read.gone)];
      if (suspects.length > 0) changeSuspects(write, (known) => [...known, ...suspects]);
      andSave?.(write);
    });
  }

  async function fill(shelf: Shelf, credential: Credential): Promise<void> {
    const resume = resumeAt(shelf.name);
    if (resume === null) return;
    let { offset, first, after } = resume;
    await walkList(shelf, resume, credential, async ({ listed, askedAt, total, isLast }) => {
      const chunks = listed.length === 0 ? [[]] : chunksOf(listed, shelf.atOnce);
      for (const [at, chunk] of chunks.entries()) {
        const done = isLast && at === chunks.length - 1;
        assertInvariant(chunk.length > 0 || done, 'I10', 'a cursor moves only with the rows it covers');
        offset += chunk.length;
        first ??= chunk[0]?.serverId ?? null;
        after = Math.max(after, ...chunk.map((each) => each.serverId));
        const cursor = { offset, first, after, done };
        await keep(shelf, chunk, chunk.every((each) => each.row !== null) ? askedAt : null, credential, (write) => {
          write.saveShelf({
            shelf: shelf.name,
            cursor,
            rows: cursor.offset,
            headOfficeCount: total,
            pulledAt: done ? clock.now() : null,
          });
        });
        await pieceDone({ shelf: shelf.name, done: cursor.offset, total });
      }
    });
  }

  async function pullTargets(targets: ShelfTargets, credential: Credential, andSave?: (write: WriteStore) => void): Promise<void> {
    const wanted = SHELVES.map((shelf) => ({ shelf, ids: [...new Set(targets[shelf.name] ?? [])] }));
    const total = wanted.reduce((sum, { ids }) => sum + ids.length, 0);
    let done = 0;
    for (const { shelf, ids } of wanted) {
      for (const chunk of chunksOf(ids, shelf.atOnce)) {
        await keep(shelf, chunk.map(nameOnly), null, credential);
        done += chunk.length;
        await pieceDone({ shelf: 'changes', done, total });
      }
    }
    if (andSave !== undefined) store.write(andSave);
  }

  async function pullEverything(credential: Credential): Promise<void> {
    const before = store.read(syncStateOf);
    if (before.firstPullDoneAt !== null) return;
    if (before.auditCursor === null) {
      // What changes while the pages come in stands above this mark and is reloaded by the first walk.
      const newest = valueOf(await headOffice.pullAudits({ offset: 0, most: 1 }, credential));
      const head = newestOf(newest, nonsense);
      patchState({ auditCursor: head, auditMarks: marksOf(newest.rows, head), auditReader: credential.username });
    }
    await pullWhole(WHOLE_SHELVES, credential);
    for (const shelf of SHELVES) await fill(shelf, credential);
    const at = clock.now();
    store.write((write) => {
      saveSetting(write, 'policy', defaultOfflinePolicy(typicalInstalmentMinor(write)));
      saveSetting(write, 'syncState', { ...syncStateOf(write), firstPullDoneAt: at, refreshedAt: at, provedAt: at });
    });
    parts.tell({ what: 'start.changed' });
  }

  async function pullChangedParts(also: ShelfTargets, credential: Credential): Promise<void> {
    const askedAt = clock.now();
    const { entries, head, broken, watched, marks } = await walkAudits(
      store.read(syncStateOf),
      credential.username,
      async (offset) => valueOf(await headOffice.pullAudits({ offset, most: AUDIT_PAGE }, credential)),
      async (auditIds) => valueOf(await headOffice.pullAuditsById(auditIds, credential)),
      nonsense,
    );
    if (broken) await reopenEffects();
    const named = (shelf: WholeShelf): boolean => broken || entries.some((entry) => isNamed(entry, shelf.audited));
    await pullWhole(WHOLE_SHELVES.filter(named), credential);
    const targets: { [Name in ShelfName]?: readonly number[] } = {};
    for (const shelf of SHELVES) {
      const stale = broken ? 'all' : store.read((read) => staleIn(entries, (entry) => shelf.staleBy(entry, read)));
      if (stale === 'all') await readAll(shelf, credential);
      else targets[shelf.name] = [...stale, ...(also[shelf.name] ?? [])];
    }
    await pullTargets(targets, credential, (write) => {
      saveSetting(write, 'syncState', {
        ...syncStateOf(write),
        auditCursor: head,
        auditMarks: marks,
        auditReader: credential.username,
        watchedAudits: watched,
        auditedAt: askedAt,
      });
      if (broken) suspectPostings(write);
    });
    if (!broken) return;
    parts.diagnostics.record('warning', 'headOffice.anotherHistory', { head });
  }

  /** Before everything is compared, what was confirmed long ago is compared as well: a backup may be older than our patience. */
  async function reopenEffects(): Promise<void> {
    let position: number | null = 0;
    while (position !== null) {
      const after: number = position;
      position = store.write((write) => write.reopenRetiredEffects(after, EFFECTS_AT_ONCE));
      if (position !== null && !(await between())) throw new PullStopped({ kind: 'unreachable', detail: 'stopped' });
    }
  }

  /**
   * Every record of a shelf again. Those that no page named are asked for by themselves, because a list that shrinks while it is read skips
   * records, and only an answer about the record itself says that it is gone.
   */
  async function readAll(shelf: Shelf, credential: Credential, proof?: { readonly through: number }): Promise<void> {
    const listed = new Set<number>();
    const carried = new Set<number>();
    let total = 0;
    await walkList(shelf, START, credential, async (page) => {
      total = page.total;
      for (const each of page.listed) listed.add(each.serverId);
      const complete = page.listed.filter((each) => each.row !== null);
      for (const chunk of chunksOf(complete, shelf.atOnce)) {
        await keep(shelf, chunk, page.askedAt, credential);
        for (const each of chunk) carried.add(each.serverId);
      }
      if (!page.isLast) await pieceDone({ shelf: shelf.name, done: listed.size, total });
    });
    const ids = [...new Set([...listed, ...store.read((read) => shelf.here(read))])]
      .filter((id) => !carried.has(id) && id > (proof?.through ?? 0))
      .sort((one, other) => one - other);
    let done = 0;
    for (const chunk of chunksOf(ids, shelf.atOnce)) {
      const before = proof === undefined ? [] : store.read((read) => chunk.map((id) => shelf.fingerprint(read, id)));
      await keep(shelf, chunk.map(nameOnly), null, credential, (write) => {
        if (proof === undefined) return;
        const differences = chunk.filter((id, at) => shelf.fingerprint(write, id) !== before[at]).length;
        saveProof(write, (kept) => ({ ...kept, through: chunk.at(-1) ?? 0, differences: kept.differences + differences }));
      });
      done += chunk.length;
      await pieceDone({ shelf: shelf.name, done, total: ids.length });
    }
    store.write((write) => {
      write.saveShelf({
        shelf: shelf.name,
        cursor: { offset: listed.size, done: true },
        rows: shelf.here(write).length,
        headOfficeCount: total,
        pulledAt: clock.now(),
      });
    });
  }

  function saveProof(write: WriteStore, change: (proof: KeptProof) => KeptProof): void {
    const state = syncStateOf(write);
    if (state.proof !== null) saveSetting(write, 'syncState', { ...state, proof: change(state.proof) });
  }

  /** Goes on where a cut ended it, by what it has compared and not by the time of day, which may have been another clock's. */
  async function prove(credential: Credential): Promise<number> {
    if (store.read(syncStateOf).proof === null) {
      await reopenEffects();
      patchState({ proof: { startedAt: clock.now(), differences: 0, done: [], through: 0 } });
    }
    await pullWhole(WHOLE_SHELVES, credential);
    for (const shelf of SHELVES) {
      const proof = store.read(syncStateOf).proof;
      if (proof?.done.includes(shelf.name) === true) continue;
      await readAll(shelf, credential, { through: proof?.through ?? 0 });
      store.write((write) => {
        saveProof(write, (kept) => ({ ...kept, done: [...kept.done, shelf.name], through: 0 }));
      });
    }
    store.write(suspectPostings);
    return store.read(syncStateOf).proof?.differences ?? 0;
  }

  function resumeAt(shelf: string): Resume | null {
    const cursor = (store.read((read) => read.shelf(shelf))?.cursor ?? {}) as Partial<Resume> & { readonly done?: boolean };
    return cursor.done === true ? null : { ...START, ...cursor };
  }

  function patchState(patch: Partial<KeptSyncState>): void {
    store.write((write) => {
      saveSetting(write, 'syncState', { ...syncStateOf(write), ...patch });
    });
  }

  return {
    pullAll: (credential) => turns.inTurn(() => guarded(() => pullEverything(credential))),
    pullChanges: (also, credential) => turns.inTurn(() => guarded(() => pullChangedParts(also, credential))),
    pullAccounts: (targets, credential) => turns.inTurn(() => guarded(() => pullTargets(targets, credential))),
    pullAccountsSoon: (targets, credential) => turns.soon(() => guarded(() => pullTargets(targets, credential))),
    proveAll: (credential) =>
      turns.inTurn(async () => {
        const report = await guarded(() => prove(credential));
        return { ...report, differences: report.value ?? 0 };
      }),
  };
}

function staleIn(entries: readonly AuditEntry[], staleBy: (entry: AuditEntry) => readonly number[] | 'all'): readonly number[] | 'all' {
  const ids: number[] = [];
  for (const entry of entries) {
    const stale = staleBy(entry);
    if (stale === 'all') return 'all';
    ids.push(...stale);
  }
  return ids;
}

function nameOnly(serverId: number): Listed<never> {
  return { serverId, row: null };
}

/** Postings to the books of suspense stand in no account that is pulled, so they are looked up by name. */
function suspectPostings(write: WriteStore): void {
  const postings = write
    .exceptionsWhere(false, Number.MAX_SAFE_INTEGER)
    .flatMap(({ suspenseCommandId }) => (suspenseCommandId === null ? [] : [suspenseCommandId]));
  changeSuspects(write, (known) => [...known, ...postings]);
}

function chunksOf<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  const chunks: (readonly T[])[] = [];
  for (let at = 0; at < all.length; at += size) chunks.push(all.slice(at, at + size));
  return chunks;
}
