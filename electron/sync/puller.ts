// Head office to replica, whole branch, shelf by shelf. Each page and the cursor that covers it commit together (I10), so a cut at any page
// resumes there. At reconnect the audit trail names what changed (contract 9.1, way A); nightly and weekly walks find what it cannot name.
// One pull runs at a time: an older answer can never be saved over a newer one.

import { assertInvariant } from '../../shared/kernel/assert.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import { noticeGivenNumbers } from '../journal/recordBooksBehind.ts';
import { saveSetting, syncStateOf, FRESH_SYNC_STATE, type KeptSyncState } from '../journal/settings.ts';
import { defaultOfflinePolicy } from '../../shared/domain/savings/offlinePolicy.ts';
import type { Answer, AuditEntry, Credential, PulledTransaction, ReferenceShelf, Trouble } from '../ports/headOffice.ts';
import type { AccountTargets } from '../ports/sync.ts';
import type { AccountKind, WriteStore } from '../ports/store.ts';
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
/** Accounts in one batch request and one transaction: large enough to hide the round trip, small enough that the screen does not wait for it. */
export const ACCOUNTS_AT_ONCE = 20;

/** Savings actions whose audit row carries the id of a transaction where others carry the account's. */
const TRANSACTION_ACTIONS: ReadonlySet<string> = new Set(['DEPOSIT', 'WITHDRAWAL', 'HOLDAMOUNT', 'RELEASEAMOUNT', 'ADJUSTTRANSACTION']);

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
  /** Commands whose transaction a pulled account no longer shows. */
  readonly suspects: readonly LocalId[];
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

export function createPuller(parts: SyncParts, onProgress: (progress: PullProgress) => void): Puller {
  const { store, headOffice, clock } = parts;
  const newId = () => parts.ids.newId();
  let last: Promise<unknown> = Promise.resolve();

  /** One pull after the other. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  }

  async function guarded<T>(suspects: LocalId[], work: () => Promise<T>): Promise<PullReport & { value: T | null }> {
    try {
      return { trouble: null, suspects, value: await work() };
    } catch (error) {
      if (error instanceof PullStopped) return { trouble: error.trouble, suspects, value: null };
      throw error;
    }
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
        onProgress({ shelf, done: next, total: page.total });
        resume = done ? null : { offset: next, first };
        await parts.timers.breathe();
      } while (at < page.rows.length);
    }
  }

  async function pullAccountShelf(kind: AccountKind, credential: Credential, suspects: LocalId[]): Promise<void> {
    const shelf = kind === 'loan' ? 'loans' : 'savings';
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
        await pullAccountsOnce(kind, ids, credential, suspects, (write) => {
          write.saveShelf({
            shelf,
            cursor: reached,
            rows: reached.offset,
            headOfficeCount: page.total,
            pulledAt: reached.done ? clock.now() : null,
          });
        });
        onProgress({ shelf, done: reached.offset, total: page.total });
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
    suspects: LocalId[],
    andSave?: (write: WriteStore) => void,
  ): Promise<void> {
    const askedAt = clock.now();
    if (kind === 'loan') {
      const answer = valueOf(await headOffice.pullLoans(serverIds, credential));
      store.write((write) => {
        write.saveLoans(answer.rows, askedAt, newId);
        write.markGone('loan', answer.gone);
        noticeGivenNumbers(write, parts, numbersOf(answer.rows));
        for (const row of answer.rows) suspects.push(...includeEffects(write, 'loan', knownLocalId(write, 'loan', row.serverId), askedAt));
        andSave?.(write);
      });
    } else {
      const answer = valueOf(await headOffice.pullSavings(serverIds, credential));
      store.write((write) => {
        write.saveSavings(answer.rows, askedAt, newId);
        write.markGone('savings', answer.gone);
        noticeGivenNumbers(write, parts, numbersOf(answer.rows));
        for (const row of answer.rows)
          suspects.push(...includeEffects(write, 'savings', knownLocalId(write, 'savings', row.serverId), askedAt));
        andSave?.(write);
      });
    }
  }

  async function pullTargets(
    targets: AccountTargets,
    credential: Credential,
    suspects: LocalId[],
    andSave?: (write: WriteStore) => void,
  ): Promise<void> {
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
      onProgress({ shelf: 'changes', done, total });
    }
    for (const kind of ['loan', 'savings'] as const) {
      for (const ids of chunksOf(kind === 'loan' ? targets.loans : targets.savings)) {
        await pullAccountsOnce(kind, ids, credential, suspects);
        done += ids.length;
        onProgress({ shelf: 'changes', done, total });
      }
    }
    if (andSave !== undefined) store.write(andSave);
  }

  async function pullEverything(credential: Credential, suspects: LocalId[]): Promise<void> {
    const before = store.read(syncStateOf);
    if (before.firstPullDoneAt !== null) return;
    if (before.auditCursor === null) {
      // What changes while the pages come in stands above this mark and is reloaded by the first walk.
      patchState({ auditCursor: newestOf(valueOf(await headOffice.pullAudits({ offset: 0, most: 1 }, credential))) });
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
    await pullAccountShelf('loan', credential, suspects);
    await pullAccountShelf('savings', credential, suspects);
    const at = clock.now();
    store.write((write) => {
      saveSetting(write, 'policy', defaultOfflinePolicy(typicalInstalmentMinor(write)));
      saveSetting(write, 'syncState', { ...syncStateOf(write), firstPullDoneAt: at, refreshedAt: at, provedAt: at });
    });
    parts.tell({ what: 'start.changed' });
  }

  async function walkAudits(credential: Credential): Promise<{ entries: readonly AuditEntry[]; head: number; restored: boolean }> {
    const state = store.read(syncStateOf);
    const cursor = state.auditCursor ?? 0;
    const entries: AuditEntry[] = [];
    let head: number | null = null;
    const seen = new Set<number>();
    for (let offset = 0; ;) {
      const page = valueOf(await headOffice.pullAudits({ offset, most: AUDIT_PAGE }, credential));
      head ??= newestOf(page);
      if (page.rows.length === 0) break;
      // Rows that came in meanwhile push known ones onto this page, but a page of known ones only would never end.
      const fresh = page.rows.filter((row) => !seen.has(row.auditId));
      if (fresh.length === 0) throw new PullStopped({ kind: 'nonsense', detail: 'audits: a page came again' });
      for (const row of fresh) seen.add(row.auditId);
      entries.push(...fresh.filter((row) => row.auditId > cursor));
      offset += page.rows.length;
      if (fresh.some((row) => row.auditId <= cursor) || offset >= page.total) break;
    }
    if (state.watchedAudits.length > 0) {
      const watched = valueOf(await headOffice.pullAuditsById(state.watchedAudits, credential));
      entries.push(...watched.filter((row) => !row.unfinished));
    }
    return { entries, head, restored: head < cursor };
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

  async function pullChangedParts(also: AccountTargets, credential: Credential, suspects: LocalId[]): Promise<void> {
    const askedAt = clock.now();
    const { entries, head, restored } = await walkAudits(credential);
    const changed = restored ? everything() : targetsOf(entries);
    const targets: AccountTargets = {
      clients: unique([...changed.clients, ...also.clients]),
      loans: unique([...changed.loans, ...also.loans]),
      savings: unique([...changed.savings, ...also.savings]),
    };
    if (changed.references) await pullReferences(credential);
    if (changed.groups) await pullGroupsAgain(credential);
    const watchedAudits = entries.filter((entry) => entry.unfinished).map((entry) => entry.auditId);
    await pullTargets(targets, credential, suspects, (write) => {
      const state = syncStateOf(write);
      const stillWatched = state.watchedAudits.filter((id) => !entries.some((entry) => entry.auditId === id));
      saveSetting(write, 'syncState', {
        ...state,
        auditCursor: head,
        watchedAudits: [...stillWatched, ...watchedAudits].slice(-500),
        auditedAt: askedAt,
      });
    });
    if (restored) parts.diagnostics.record('warning', 'headOffice.restored', { head });
  }

  interface Changed extends AccountTargets {
    readonly groups: boolean;
    readonly references: boolean;
  }

  function everything(): Changed {
    return store.read((read) => ({
      clients: read.accountServerIds('client'),
      loans: read.accountServerIds('loan'),
      savings: read.accountServerIds('savings'),
      groups: true,
      references: true,
    }));
  }

  /** Contract 9.2: what an audit row makes stale. */
  function targetsOf(entries: readonly AuditEntry[]): Changed {
    return store.read((read) => {
      const clients: number[] = [];
      const loans: number[] = [];
      const savings: number[] = [];
      let groups = false;
      let references = false;
      const addAccountsOf = (clientServerId: number): void => {
        const clientId = read.localIdOf('client', clientServerId);
        if (clientId === null) return;
        for (const loan of read.loansOf(clientId)) loans.push(loan.serverId);
        for (const account of read.savingsOf(clientId)) savings.push(account.serverId);
      };
      for (const entry of entries) {
        const { entity, resourceId } = entry;
        if (entity.startsWith('CLIENT') || entity === 'ADDRESS' || entity === 'FAMILYMEMBERS') {
          const id = entry.clientServerId ?? resourceId;
          if (id !== null) clients.push(id);
        } else if (entity.startsWith('LOANPRODUCT') || entity.startsWith('SAVINGSPRODUCT')) {
          references = true;
        } else if (entity.startsWith('LOAN') || entity === 'GUARANTOR' || entity === 'COLLATERAL') {
          const id = entry.loanServerId ?? resourceId;
          if (id !== null) loans.push(id);
          // A guarantor's savings are held by the same command (contract 6.8).
          if (entity === 'GUARANTOR' && entry.clientServerId !== null) addAccountsOf(entry.clientServerId);
        } else if (entity.startsWith('SAVINGSACCOUNT')) {
          // The row of a deposit names the transaction, not the account (contract 6.9): then every savings account of its client is read.
          const clientId = entry.clientServerId === null ? null : read.localIdOf('client', entry.clientServerId);
          if (clientId !== null) for (const account of read.savingsOf(clientId)) savings.push(account.serverId);
          if (resourceId !== null && (clientId === null || !TRANSACTION_ACTIONS.has(entry.action))) savings.push(resourceId);
        } else if (entity === 'GROUP' || entity === 'CENTER' || entity === 'COLLECTIONSHEET') {
          groups = true;
          const groupId = entry.groupServerId === null ? null : read.localIdOf('group', entry.groupServerId);
          if (groupId !== null && entry.action.includes('COLLECTIONSHEET'))
            for (const member of read.membersOf(groupId)) addAccountsOf(member.serverId);
        } else if (entity === 'ACCOUNTTRANSFER') {
          if (entry.clientServerId !== null) addAccountsOf(entry.clientServerId);
        } else if (['OFFICE', 'STAFF', 'PAYMENTTYPE', 'CURRENCY', 'GLACCOUNT', 'CODEVALUE'].includes(entity)) {
          references = true;
        }
      }
      return { clients, loans, savings, groups, references };
    });
  }

  /** Walks the lists to the end and answers every id; marks what head office no longer lists. */
  async function listAllIds(kind: AccountKind, credential: Credential): Promise<readonly number[]> {
    const ids: number[] = [];
    for (;;) {
      const page = valueOf(await listAccounts(kind, { offset: ids.length, most: LIST_PAGE }, credential));
      const listed = idsOf(page.rows, { offset: ids.length, first: ids[0] ?? null });
      ids.push(...listed);
      if (listed.length === 0 || ids.length >= page.total) break;
    }
    const listed = new Set(ids);
    store.write((write) => {
      write.markGone(
        kind,
        write.accountServerIds(kind).filter((id) => !listed.has(id)),
      );
      const shelf = kind === 'loan' ? 'loans' : 'savings';
      write.saveShelf({
        shelf,
        cursor: { offset: ids.length, done: true },
        rows: write.accountServerIds(kind).length,
        headOfficeCount: ids.length,
        pulledAt: clock.now(),
      });
    });
    return unique(ids);
  }

  async function prove(credential: Credential, suspects: LocalId[]): Promise<number> {
    await pullReferences(credential);
    const clientIds: number[] = [];
    for (;;) {
      const askedAt = clock.now();
      const page = valueOf(await headOffice.pullClients({ offset: clientIds.length, most: ROWS_PAGE }, credential));
      const ids = idsOf(page.rows, { offset: clientIds.length, first: clientIds[0] ?? null });
      clientIds.push(...ids);
      store.write((write) => {
        write.saveClients(page.rows, askedAt, newId);
      });
      if (ids.length === 0 || clientIds.length >= page.total) break;
    }
    await pullGroupsAgain(credential);
    const listed = new Set(clientIds);
    store.write((write) => {
      write.markGone(
        'client',
        write.accountServerIds('client').filter((id) => !listed.has(id)),
      );
      write.saveShelf({
        shelf: 'clients',
        cursor: { offset: clientIds.length, done: true },
        rows: write.accountServerIds('client').length,
        headOfficeCount: listed.size,
        pulledAt: clock.now(),
      });
    });
    let differences = 0;
    for (const kind of ['loan', 'savings'] as const) {
      const ids = await listAllIds(kind, credential);
      let done = 0;
      for (const chunk of chunksOf(ids)) {
        const before = store.read((read) => chunk.map((id) => fingerprintOf(read, kind, id)));
        await pullAccountsOnce(kind, chunk, credential, suspects);
        const after = store.read((read) => chunk.map((id) => fingerprintOf(read, kind, id)));
        differences += before.filter((text, at) => text !== after[at]).length;
        done += chunk.length;
        onProgress({ shelf: kind === 'loan' ? 'loans' : 'savings', done, total: ids.length });
      }
    }
    return differences;
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
      saveSetting(write, 'syncState', { ...FRESH_SYNC_STATE, ...syncStateOf(write), ...patch });
    });
  }

  return {
    pullAll: (credential) =>
      inTurn(async () => {
        const suspects: LocalId[] = [];
        return guarded(suspects, () => pullEverything(credential, suspects));
      }),
    pullChanges: (also, credential) =>
      inTurn(async () => {
        const suspects: LocalId[] = [];
        return guarded(suspects, () => pullChangedParts(also, credential, suspects));
      }),
    pullAccounts: (targets, credential) =>
      inTurn(async () => {
        const suspects: LocalId[] = [];
        return guarded(suspects, () => pullTargets(targets, credential, suspects));
      }),
    proveAll: (credential) =>
      inTurn(async () => {
        const suspects: LocalId[] = [];
        const report = await guarded(suspects, () => prove(credential, suspects));
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
  if (offset > 0 && first !== null && ids[0] === first) throw new PullStopped({ kind: 'nonsense', detail: 'a page came again' });
  return ids;
}

/** The newest audit id, 0 when the trail is empty. A trail that counts rows and shows none is not taken for an empty one. */
function newestOf(page: { readonly rows: readonly AuditEntry[]; readonly total: number }): number {
  if (page.rows.length === 0 && page.total > 0) throw new PullStopped({ kind: 'nonsense', detail: 'audits: counted and not shown' });
  return Math.max(0, ...page.rows.map((row) => row.auditId));
}

function numbersOf(rows: readonly { readonly transactions: readonly PulledTransaction[] }[]): (string | null)[] {
  return rows.flatMap((row) => row.transactions.map((transaction) => transaction.receiptNumber));
}

function knownLocalId(write: WriteStore, kind: AccountKind, serverId: number): LocalId {
  const localId = write.localIdOf(kind, serverId);
  if (localId === null) throw new PullStopped({ kind: 'nonsense', detail: `${kind} without an id` });
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
