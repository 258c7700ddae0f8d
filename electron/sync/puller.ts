// Head office to replica, whole branch, shelf by shelf. Each page and the cursor that covers it commit together (I10), so a cut at any page
// resumes there. At reconnect the audit trail names what changed (contract 9.1, way A); nightly and weekly walks find what it cannot name.
// One pull runs at a time: an older answer can never be saved over a newer one.

import { assertInvariant } from '../../shared/kernel/assert.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import { noticeGivenNumbers } from '../journal/recordBooksBehind.ts';
import { changeSuspects, saveSetting, syncStateOf, type KeptProof, type KeptSyncState } from '../journal/settings.ts';
import { defaultOfflinePolicy } from '../../shared/domain/savings/offlinePolicy.ts';
import type { Answer, Credential, PulledTransaction, ReferenceShelf, Trouble } from '../ports/headOffice.ts';
import type { AccountTargets } from '../ports/sync.ts';
import type { AccountKind, ReadStore, WriteStore } from '../ports/store.ts';
import { everything, marksOf, newestOf, targetsOf, walkAudits } from './auditTrail.ts';
import { includeEffects } from './includeEffects.ts';
import type { SyncParts } from './parts.ts';
import { typicalInstalmentMinor } from './typicalInstalment.ts';

/** Rows that only name an account. */
const LIST_PAGE = 200;
/** Rows that are kept as they come, each with its search words. */
const ROWS_PAGE = 80;
/** Of these rows in one transaction, for which the screen waits (house: 16 ms for everything). */
const ROWS_AT_ONCE = 40;
const AUDIT_PAGE = 50;
/** Effects opened again in one transaction, before everything is compared. */
const EFFECTS_AT_ONCE = 500;
/** Accounts in one batch request and one transaction: large enough to hide the round trip, small enough that the screen does not wait for it. */
export const ACCOUNTS_AT_ONCE = 20;

const REFERENCE_SHELVES: readonly ReferenceShelf[] = [
  'offices',
  'staff',
  'paymentTypes',
  'currencies',
  'loanProducts',
  'savingsProducts',
  'glAccounts',
];

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
  /** What changed at head office since the last walk, plus these accounts. */
  pullChanges(also: AccountTargets, credential: Credential): Promise<PullReport>;
  pullAccounts(targets: AccountTargets, credential: Credential): Promise<PullReport>;
  /** The same for somebody who waits: it does not stand behind a long walk. */
  pullAccountsSoon(targets: AccountTargets, credential: Credential): Promise<PullReport>;
  /** Every account again; counts how many differed from the replica though no audit row had named them. */
  proveAll(credential: Credential): Promise<PullReport & { readonly differences: number }>;
}

/** Where a list goes on: after so many rows, the first of which had this server id. */
interface Resume {
  readonly offset: number;
  readonly first: number | null;
}

/** Thrown inside this file only, to leave a walk at the first trouble; caught at its door. */
class PullStopped extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble) {
    super(trouble.kind);
    this.trouble = trouble;
  }
}

/**
 * `between`: called after every piece of a walk; meanwhile the caller may send what waits. Answering false ends the walk where it is, as a
 * broken line would.
 */
export function createPuller(parts: SyncParts, onProgress: (progress: PullProgress) => void, between: () => Promise<boolean>): Puller {
  const { store, headOffice, clock } = parts;
  const newId = () => parts.ids.newId();
  let last: Promise<unknown> = Promise.resolve();

  /** One pull after the other. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  }

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
    await parts.timers.breathe();
    // A person waits for this one: it neither sends the whole outbox first nor lets another person's in.
    if (isForPerson) return;
    await pullWanted();
    if (!(await between())) throw new PullStopped({ kind: 'unreachable', detail: 'stopped' });
  }

  /** What a person waits for at a screen goes between two pieces of a walk, or at once where none is under way. */
  const wanted: (() => Promise<void>)[] = [];
  let isForPerson = false;
  async function pullWanted(): Promise<void> {
    isForPerson = true;
    for (let next = wanted.shift(); next !== undefined; next = wanted.shift()) await next();
    isForPerson = false;
  }
  function soon<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      wanted.push(() => work().then(resolve, reject));
      void inTurn(pullWanted);
    });
  }

  async function pullReferences(credential: Credential): Promise<void> {
    for (const shelf of REFERENCE_SHELVES) {
      const answer = await headOffice.pullReference(shelf, credential);
      // A cashier may lack the right to read the accounts of the books or the products; the branch works without them.
      if (!answer.ok && answer.trouble.kind === 'refused') continue;
      const rows = valueOf(answer);
      // A shelf is never emptied at head office; without payment types nobody could pay here until the next proof.
      if (rows.length === 0 && store.read((read) => read.reference(shelf)).length > 0) {
        parts.diagnostics.record('warning', 'pull.emptyShelf', { shelf });
        continue;
      }
      store.write((write) => {
        write.saveReference(shelf, rows);
        write.saveShelf({ shelf, cursor: { done: true }, rows: rows.length, headOfficeCount: rows.length, pulledAt: clock.now() });
      });
    }
  }

  /** Pages of a list that carries its rows. The cursor counts rows of head office's list and names the first one. */
  async function pullList<T extends { readonly serverId: number }>(
    shelf: 'clients' | 'groups',
    ask: (page: { offset: number; most: number }) => Promise<Answer<{ rows: readonly T[]; total: number }>>,
    save: (write: WriteStore, rows: readonly T[], at: number) => void,
  ): Promise<void> {
    let resume = resumeAt(shelf);
    while (resume !== null) {
      const { offset } = resume;
      const askedAt = clock.now();
      const page = valueOf(await ask({ offset, most: ROWS_PAGE }));
      const ids = idsOf(page.rows, resume);
      const first = resume.first ?? ids[0] ?? null;
      let at = 0;
      do {
        const rows = page.rows.slice(at, at + ROWS_AT_ONCE);
        at += rows.length;
        const next: number = offset + unique(page.rows.slice(0, at).map((row) => row.serverId)).length;
        const done: boolean = at === page.rows.length && (ids.length === 0 || next >= page.total);
        assertInvariant(next > offset || done, 'I10', 'a cursor moves only with the rows it covers');
        store.write((write) => {
          save(write, rows, askedAt);
          write.saveShelf({
            shelf,
            cursor: { offset: next, first, done },
            rows: next,
            headOfficeCount: page.total,
            pulledAt: done ? askedAt : null,
          });
        });
        resume = done ? null : { offset: next, first };
        await pieceDone({ shelf, done: next, total: page.total });
      } while (at < page.rows.length);
    }
  }

  async function pullAccountShelf(kind: AccountKind, credential: Credential): Promise<void> {
    const shelf = shelfOf(kind);
    const resume = resumeAt(shelf);
    if (resume === null) return;
    let { offset, first } = resume;
    for (;;) {
      const page = valueOf(await listAccounts(kind, { offset, most: LIST_PAGE }, credential));
      const listed = idsOf(page.rows, { offset, first });
      first ??= listed[0] ?? null;
      if (listed.length === 0) {
        store.write((write) => {
          write.saveShelf({
            shelf,
            cursor: { offset, first, done: true },
            rows: offset,
            headOfficeCount: page.total,
            pulledAt: clock.now(),
          });
        });
        return;
      }
      for (let at = 0; at < listed.length; at += ACCOUNTS_AT_ONCE) {
        const ids = listed.slice(at, at + ACCOUNTS_AT_ONCE);
        offset += ids.length;
        const reached = { offset, first, done: offset >= page.total };
        await pullAccountsOnce(kind, ids, credential, (write) => {
          write.saveShelf({
            shelf,
            cursor: reached,
            rows: reached.offset,
            headOfficeCount: page.total,
            pulledAt: reached.done ? clock.now() : null,
          });
        });
        await pieceDone({ shelf, done: reached.offset, total: page.total });
        if (reached.done) return;
      }
    }
  }

  function listAccounts(kind: AccountKind, page: { offset: number; most: number }, credential: Credential) {
    return kind === 'loan' ? headOffice.listLoans(page, credential) : headOffice.listSavings(page, credential);
  }

  /** Up to ACCOUNTS_AT_ONCE accounts and whatever must commit with them. */
  async function pullAccountsOnce(
    kind: AccountKind,
    serverIds: readonly number[],
    credential: Credential,
    andSave?: (write: WriteStore) => void,
  ): Promise<void> {
    const askedAt = clock.now();
    const compared = (write: WriteStore, of: AccountKind, serverId: number): readonly LocalId[] =>
      includeEffects(write, parts, of, knownLocalId(write, of, serverId), askedAt, credential.username);
    if (kind === 'loan') {
      const answer = valueOf(await headOffice.pullLoans(serverIds, credential));
      store.write((write) => {
        write.saveLoans(answer.rows, askedAt, newId);
        write.markGone('loan', answer.gone);
        noticeGivenNumbers(write, parts, numbersOf(answer.rows));
        const suspects = answer.rows.flatMap((row) => compared(write, 'loan', row.serverId));
        changeSuspects(write, (known) => [...known, ...suspects, ...promisedIn(write, 'loan', answer.gone)]);
        andSave?.(write);
      });
    } else {
      const answer = valueOf(await headOffice.pullSavings(serverIds, credential));
      store.write((write) => {
        write.saveSavings(answer.rows, askedAt, newId);
        write.markGone('savings', answer.gone);
        noticeGivenNumbers(write, parts, numbersOf(answer.rows));
        const suspects = answer.rows.flatMap((row) => compared(write, 'savings', row.serverId));
        changeSuspects(write, (known) => [...known, ...suspects, ...promisedIn(write, 'savings', answer.gone)]);
        andSave?.(write);
      });
    }
  }

  async function pullTargets(targets: AccountTargets, credential: Credential, andSave?: (write: WriteStore) => void): Promise<void> {
    let done = 0;
    const total = targets.clients.length + targets.loans.length + targets.savings.length;
    for (const ids of chunksOf(targets.clients)) {
      const askedAt = clock.now();
      const rows = valueOf(await headOffice.pullClientsById(ids, credential));
      const found = new Set(rows.map((row) => row.serverId));
      store.write((write) => {
        write.saveClients(rows, askedAt, newId);
        write.markGone(
          'client',
          ids.filter((id) => !found.has(id)),
        );
      });
      done += ids.length;
      await pieceDone({ shelf: 'changes', done, total });
    }
    for (const kind of ['loan', 'savings'] as const) {
      for (const ids of chunksOf(kind === 'loan' ? targets.loans : targets.savings)) {
        await pullAccountsOnce(kind, ids, credential);
        done += ids.length;
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
    await pullReferences(credential);
    await pullList(
      'clients',
      (page) => headOffice.pullClients(page, credential),
      (write, rows, at) => {
        write.saveClients(rows, at, newId);
      },
    );
    await pullList(
      'groups',
      (page) => headOffice.pullGroups(page, credential),
      (write, rows, at) => {
        write.saveGroups(rows, at, newId);
      },
    );
    await pullAccountShelf('loan', credential);
    await pullAccountShelf('savings', credential);
    const at = clock.now();
    store.write((write) => {
      saveSetting(write, 'policy', defaultOfflinePolicy(typicalInstalmentMinor(write)));
      saveSetting(write, 'syncState', { ...syncStateOf(write), firstPullDoneAt: at, refreshedAt: at, provedAt: at });
    });
    parts.tell({ what: 'start.changed' });
  }

  async function pullGroupsAgain(credential: Credential): Promise<void> {
    store.write((write) => {
      write.saveShelf({ shelf: 'groups', cursor: { offset: 0, done: false }, rows: 0, headOfficeCount: null, pulledAt: null });
    });
    await pullList(
      'groups',
      (page) => headOffice.pullGroups(page, credential),
      (write, rows, at) => {
        write.saveGroups(rows, at, newId);
      },
    );
  }

  async function pullChangedParts(also: AccountTargets, credential: Credential): Promise<void> {
    const askedAt = clock.now();
    const { entries, head, broken, watched, marks } = await walkAudits(
      store.read(syncStateOf),
      credential.username,
      async (offset) => valueOf(await headOffice.pullAudits({ offset, most: AUDIT_PAGE }, credential)),
      async (auditIds) => valueOf(await headOffice.pullAuditsById(auditIds, credential)),
      nonsense,
    );
    if (broken) await reopenEffects();
    const changed = store.read((read) => (broken ? everything(read) : targetsOf(read, entries)));
    const targets: AccountTargets = {
      clients: unique([...changed.clients, ...also.clients]),
      loans: unique([...changed.loans, ...also.loans]),
      savings: unique([...changed.savings, ...also.savings]),
    };
    if (changed.references) await pullReferences(credential);
    if (changed.groups) await pullGroupsAgain(credential);
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

  /** Walks the lists to the end and answers every id. */
  async function listAllIds(kind: AccountKind, credential: Credential): Promise<{ ids: readonly number[]; total: number }> {
    const ids: number[] = [];
    let total: number;
    for (;;) {
      const page = valueOf(await listAccounts(kind, { offset: ids.length, most: LIST_PAGE }, credential));
      const listed = idsOf(page.rows, { offset: ids.length, first: ids[0] ?? null });
      ids.push(...listed);
      total = page.total;
      if (listed.length === 0 || ids.length >= page.total) break;
      await pieceDone({ shelf: shelfOf(kind), done: ids.length, total: page.total });
    }
    return { ids: unique(ids), total };
  }

  /** Every client again; those that no page named are asked for one by one, because a list that shrinks while it is read skips rows. */
  async function proveClients(credential: Credential): Promise<void> {
    const clientIds: number[] = [];
    let total: number;
    for (;;) {
      const askedAt = clock.now();
      const page = valueOf(await headOffice.pullClients({ offset: clientIds.length, most: ROWS_PAGE }, credential));
      const ids = idsOf(page.rows, { offset: clientIds.length, first: clientIds[0] ?? null });
      clientIds.push(...ids);
      total = page.total;
      store.write((write) => {
        write.saveClients(page.rows, askedAt, newId);
      });
      if (ids.length === 0 || clientIds.length >= page.total) break;
      await pieceDone({ shelf: 'clients', done: clientIds.length, total: page.total });
    }
    const listed = new Set(clientIds);
    const missed = store.read((read) => read.accountServerIds('client')).filter((id) => !listed.has(id));
    await pullTargets({ clients: missed, loans: [], savings: [] }, credential);
    store.write((write) => {
      write.saveShelf({
        shelf: 'clients',
        cursor: { offset: clientIds.length, done: true },
        rows: write.accountServerIds('client').length,
        headOfficeCount: total,
        pulledAt: clock.now(),
      });
    });
  }

  async function proveAccounts(kind: AccountKind, credential: Credential): Promise<void> {
    const { ids: listed, total } = await listAllIds(kind, credential);
    const through = store.read(syncStateOf).proof?.through ?? 0;
    const ids = unique([...listed, ...store.read((read) => read.accountServerIds(kind))])
      .filter((id) => id > through)
      .sort((one, other) => one - other);
    let done = 0;
    for (const chunk of chunksOf(ids)) {
      const before = store.read((read) => chunk.map((id) => fingerprintOf(read, kind, id)));
      await pullAccountsOnce(kind, chunk, credential, (write) => {
        const differences = chunk.filter((id, at) => fingerprintOf(write, kind, id) !== before[at]).length;
        saveProof(write, (proof) => ({ ...proof, through: chunk.at(-1) ?? 0, differences: proof.differences + differences }));
      });
      done += chunk.length;
      await pieceDone({ shelf: shelfOf(kind), done, total: ids.length });
    }
    store.write((write) => {
      const shelf = shelfOf(kind);
      write.saveShelf({
        shelf,
        cursor: { offset: listed.length, done: true },
        rows: write.accountServerIds(kind).length,
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
    await pullReferences(credential);
    const steps: readonly (readonly [shelf: string, work: () => Promise<void>])[] = [
      ['clients', () => proveClients(credential)],
      ['groups', () => pullGroupsAgain(credential)],
      ['loans', () => proveAccounts('loan', credential)],
      ['savings', () => proveAccounts('savings', credential)],
    ];
    for (const [shelf, work] of steps) {
      if (store.read(syncStateOf).proof?.done.includes(shelf) === true) continue;
      await work();
      store.write((write) => {
        saveProof(write, (proof) => ({ ...proof, done: [...proof.done, shelf], through: 0 }));
      });
    }
    store.write(suspectPostings);
    return store.read(syncStateOf).proof?.differences ?? 0;
  }

  function fingerprintOf(read: Parameters<typeof syncStateOf>[0], kind: AccountKind, serverId: number): string {
    const localId = read.localIdOf(kind, serverId);
    if (localId === null) return '';
    const account = kind === 'loan' ? read.loan(localId) : read.savings(localId);
    const transactions = kind === 'loan' ? read.loanTransactions(localId) : read.savingsTransactions(localId);
    return JSON.stringify([{ ...account, pulledAt: 0 }, transactions]);
  }

  function resumeAt(shelf: string): Resume | null {
    const cursor = (store.read((read) => read.shelf(shelf))?.cursor ?? {}) as {
      readonly offset?: number;
      readonly first?: number | null;
      readonly done?: boolean;
    };
    return cursor.done === true ? null : { offset: cursor.offset ?? 0, first: cursor.first ?? null };
  }

  function patchState(patch: Partial<KeptSyncState>): void {
    store.write((write) => {
      saveSetting(write, 'syncState', { ...syncStateOf(write), ...patch });
    });
  }

  return {
    pullAll: (credential) => inTurn(() => guarded(() => pullEverything(credential))),
    pullChanges: (also, credential) => inTurn(() => guarded(() => pullChangedParts(also, credential))),
    pullAccounts: (targets, credential) => inTurn(() => guarded(() => pullTargets(targets, credential))),
    pullAccountsSoon: (targets, credential) => soon(() => guarded(() => pullTargets(targets, credential))),
    proveAll: (credential) =>
      inTurn(async () => {
        const report = await guarded(() => prove(credential));
        return { ...report, differences: report.value ?? 0 };
      }),
  };
}

function valueOf<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new PullStopped(answer.trouble);
}

/** The server ids of a page. A later page that begins like the first one means that the offset was not heard: such a list would never end. */
function idsOf(rows: readonly { readonly serverId: number }[], { offset, first }: Resume): readonly number[] {
  const ids = unique(rows.map((row) => row.serverId));
  if (offset > 0 && first !== null && ids[0] === first) throw nonsense('a page came again');
  return ids;
}

/** What the branch believes of accounts that head office says do not exist. */
function promisedIn(read: ReadStore, kind: AccountKind, serverIds: readonly number[]): readonly LocalId[] {
  return serverIds.flatMap((serverId) => {
    const localId = read.localIdOf(kind, serverId);
    return localId === null ? [] : read.effectsOf(kind, localId).map(({ commandId }) => commandId);
  });
}

function nonsense(detail: string): Error {
  return new PullStopped({ kind: 'nonsense', detail });
}

function shelfOf(kind: AccountKind): 'loans' | 'savings' {
  return kind === 'loan' ? 'loans' : 'savings';
}

/** Postings to the books of suspense stand in no account that is pulled, so they are looked up by name. */
function suspectPostings(write: WriteStore): void {
  const postings = write
    .exceptionsWhere(false, Number.MAX_SAFE_INTEGER)
    .flatMap(({ suspenseCommandId }) => (suspenseCommandId === null ? [] : [suspenseCommandId]));
  changeSuspects(write, (known) => [...known, ...postings]);
}

function numbersOf(rows: readonly { readonly transactions: readonly PulledTransaction[] }[]): (string | null)[] {
  return rows.flatMap((row) => row.transactions.map((transaction) => transaction.receiptNumber));
}

function knownLocalId(write: WriteStore, kind: AccountKind, serverId: number): LocalId {
  const localId = write.localIdOf(kind, serverId);
  if (localId === null) throw nonsense(`${kind} without an id`);
  return localId;
}

function chunksOf(ids: readonly number[]): readonly (readonly number[])[] {
  const chunks: (readonly number[])[] = [];
  for (let at = 0; at < ids.length; at += ACCOUNTS_AT_ONCE) chunks.push(ids.slice(at, at + ACCOUNTS_AT_ONCE));
  return chunks;
}

function unique(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)];
}
