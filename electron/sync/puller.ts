// Head office to replica, whole branch, shelf by shelf. Each piece and the cursor that covers it commit together (I10), so a cut at any piece
// resumes there. At reconnect the audit trail names what changed (contract 9.1, way A); nightly and weekly walks find what it cannot name.
// What a shelf is stands in shelves/; here are the walks over them, each written once.

import { assertInvariant } from '../../shared/kernel/assert.ts';
import type { CommandRecord } from '../../shared/domain/commands/command.ts';
import { effectsOf, kindOf } from '../../shared/domain/commands/kinds/allKinds.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import { isSameList, keepReference, WHOLE_LIST } from '../journal/keepReference.ts';
import { findOwnCurrency } from '../journal/ownCurrency.ts';
import {
  changeSuspects,
  identityOf,
  readSetting,
  saveSetting,
  syncStateOf,
  type KeptProof,
  type KeptSyncState,
  type WindowCursors,
} from '../journal/settings.ts';
import type {
  Answer,
  AuditEntry,
  Credential,
  Listed,
  ReferenceRow,
  ReferenceShelf,
  ShelfName,
  ShelfRows,
  Trouble,
} from '../ports/headOffice.ts';
import type { ShelfTargets } from '../ports/sync.ts';
import type { ReadStore, WriteStore } from '../ports/store.ts';
import type { StampedShelf } from '../ports/window.ts';
import { floorOf, marksOf, newestOf, seenOf, walkAudits, type Walked } from './auditTrail.ts';
import { readerOf } from './credentials.ts';
import { dueLeftOut, forgetPlaces, isDueAgain, leaveOut, placeOf, type ListName, type Unreadable } from './leftOut.ts';
import { seesMore } from './officeScope.ts';
import { createPartReader, type ReadPart } from './partReader.ts';
import type { SyncParts } from './parts.ts';
import { detailOf, nonsense, PullStopped, valueOf } from './pullStopped.ts';
import { createPullTurns } from './pullTurns.ts';
import { isNamed, type Shelf, type WholeShelf } from './shelves/shelf.ts';
import { SHELVES, WHOLE_SHELVES } from './shelves/shelfTable.ts';
import { askChanges, marksNow, STAMPED, type KnownMarks } from './window/askChanges.ts';
import { changeWindow, closeWindow, tryNextPassword } from './window/keptWindow.ts';
import { bothWays, throughWindow, WindowFault } from './window/way.ts';

/** Rows of the trail that are remembered before anything is read. */
const FIRST_AUDITS = 50;
/** Rows of a page that is asked for the ids alone. */
const IDS_PAGE = 200;
/** Places in a list that are passed over one after the other; after more of them it is the list that cannot be read. */
const PASSED_OVER_MOST = 3;
/** Effects opened again in one transaction, before everything is compared. */
const EFFECTS_AT_ONCE = 500;
/** So long after it was recorded a fact without money is asked for again at each proof, as a sum on an account is compared. */
const FACTS_LOOKED_AFTER_MS = 14 * 24 * 3_600_000;
const FACTS_MOST = 20_000;
/** Records that differed in a proof and are named. */
const NAMED_MOST = 20;
/** The audit trail, where it could not be read. */
const TRAIL = 'audits';

type Row = ShelfRows[ShelfName];

export interface PullReport {
  readonly trouble: Trouble | null;
  /** The window's own fault: it is closed now, and the next round reads by the API. */
  readonly closed?: true;
}

/** Whose sign-ins there are to read with. One of them is. */
export interface Reader {
  readonly person: Credential | null;
  /** This PC's reading user, where the window is proved. */
  readonly window: Credential | null;
}

export interface PullProgress {
  readonly shelf: string;
  readonly done: number;
  readonly total: number | null;
}

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

/** Where a list goes on: after so many records, the first and the highest of which had these server ids. */
interface Resume {
  readonly offset: number;
  readonly first: number | null;
  readonly after: number;
}
/** Rows of the trail that wait or are under way: the newest are looked at. */
const OPEN_MOST = 200;
const START: Resume = { offset: 0, first: null, after: 0 };

interface WalkedPage {
  readonly listed: readonly Listed<Row>[];
  /** The place of a record that could not be read at all; then nothing is listed. */
  readonly passedOver: Unreadable | null;
  readonly askedAt: number;
  /** Null where head office's count says less than was listed. */
  readonly total: number | null;
  readonly isLast: boolean;
}

/**
 * `between`: called after every piece of a walk; meanwhile the caller may send what waits. Answering false ends the walk where it is, as a
 * broken line would.
 */
export function createPuller(parts: SyncParts, onProgress: (progress: PullProgress) => void, between: () => Promise<boolean>): Puller {
  const { store, clock } = parts;
  const isReadingUser = ({ username }: Credential): boolean => store.read((read) => readSetting(read, 'window'))?.username === username;
  const headOffice = bothWays(parts.headOffice, isReadingUser);
  const knownMarks: KnownMarks = new Map();
  /** What a reader of other offices was shown of them: neither read again by a comparison nor counted. */
  const outside = new Map<ShelfName, Set<number>>(SHELVES.map((shelf) => [shelf.name, new Set()]));
  /** Lists that head office refused to somebody, by both names. */
  const denied = new Set<string>();
  let listsWanted = false;
  const turns = createPullTurns(parts.timers, between);
  const reader = createPartReader({ ...parts, headOffice });

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

  async function pieceDone(progress: PullProgress): Promise<void> {
    onProgress(progress);
    await turns.pieceDone();
  }

  /** The window has no short lists: null while nobody is signed in who could ask for them. */
  function listReaderOf(of: Credential): Credential | null {
    return isReadingUser(of) ? store.read((read) => readerOf(read, parts.seals)) : of;
  }

  /** Lists of the API: without anybody's sign-in they stay as they are. */
  async function pullWhole(shelves: readonly WholeShelf[], of: Credential): Promise<void> {
    const credential = listReaderOf(of);
    if (credential === null) return;
    const office = store.read(identityOf).officeServerId;
    const readList = async (name: ReferenceShelf): Promise<readonly ReferenceRow[] | null> => {
      const ask = () => headOffice.pullReference(name, credential, office);
      const first = await ask();
      const answer = first.ok || first.trouble.kind === 'refused' || !(await reader.isOfRequest(first.trouble)) ? first : await ask();
      if (answer.ok) return answer.value;
      // A cashier may lack the right to read the accounts of the books or the products; the branch works without them.
      if (answer.trouble.kind === 'refused') denied.add(`${name} ${credential.username}`);
      else await leaveOutWhole(name, answer.trouble);
      return null;
    };
    for (const { name, mayBeEmptied } of shelves) {
      // There are many lists, and on a slow line somebody may be waiting for one account.
      await turns.pieceDone();
      const rows = await readList(name);
      if (rows === null || store.write((write) => keepReference(write, name, rows, clock.now()))) continue;
      if (rows.length === 0) parts.diagnostics.record('warning', 'pull.emptyShelf', { shelf: name });
      if (rows.length === 0 && mayBeEmptied !== true) continue;
      const again = await readList(name);
      if (again === null) continue;
      const isKept = store.write((write) => keepReference(write, name, again, clock.now(), isSameList(rows, again) ? 'again' : 'first'));
      if (!isKept) parts.diagnostics.record('warning', 'pull.listUnsteady', { shelf: name });
    }
  }

  /**
   * A list that cannot be read, twice, while head office answers otherwise stays as it is, named and tried again; it stops nothing else. Once is not
   * enough: what hung on a cut line fails when the line is back already.
   */
  async function leaveOutWhole(list: ListName, trouble: Trouble): Promise<void> {
    if (!(await reader.isOfRequest(trouble))) throw new PullStopped(trouble);
    const why = detailOf(trouble);
    const news = store.write((write) => leaveOut(write, list, [{ serverId: WHOLE_LIST, why }], clock.now()));
    if (news.length > 0) parts.diagnostics.record('warning', 'pull.leftOut', { shelf: list, serverId: WHOLE_LIST, why });
  }

  /**
   * The list of a shelf, page by page. It ends with a short page; head office's count can only prolong it, because some databases count 0.
   * A page that cannot be read is halved down to one record, and that one is passed over.
   */
  async function walkList(
    shelf: Shelf,
    from: Resume,
    usualRows: number,
    credential: Credential,
    take: (page: WalkedPage) => Promise<void>,
  ): Promise<void> {
    let { offset, first, after } = from;
    const pageRows = isReadingUser(credential) ? headOffice.window.pageRows[shelf.name] : usualRows;
    let most = pageRows;
    let failedAlone = 0;
    let passedOver = 0;
    for (let isLast = false; !isLast;) {
      const askedAt = clock.now();
      const answer = await headOffice.listShelf(shelf.name, { offset, after, most }, credential);
      if (!answer.ok) {
        if (!(await reader.isOfRequest(answer.trouble))) throw new PullStopped(answer.trouble);
        if (most > 1) {
          most = Math.ceil(most / 2);
          continue;
        }
        failedAlone += 1;
        if (failedAlone < 2) continue;
        if (passedOver === PASSED_OVER_MOST) throw new PullStopped(answer.trouble);
        passedOver += 1;
        const unreadable = { serverId: placeOf(offset), why: detailOf(answer.trouble) };
        await take({ listed: [], passedOver: unreadable, askedAt, total: null, isLast });
        offset += 1;
        failedAlone = 0;
        continue;
      }
      const { total } = answer.value;
      const listed = [...new Map(answer.value.listed.map((each) => [each.serverId, each])).values()];
      // A later page that begins like the first one means that the offset was not heard: such a list would never end.
      if (offset > 0 && first !== null && listed[0]?.serverId === first) throw nonsense('a page came again');
      first ??= listed[0]?.serverId ?? null;
      isLast = listed.length === 0 || (listed.length < most && offset + listed.length >= total);
      await take({ listed, passedOver: null, askedAt, total: total >= offset + listed.length ? total : null, isLast });
      offset += listed.length;
      after = Math.max(after, ...listed.map((each) => each.serverId));
      most = Math.min(most * 2, pageRows);
      failedAlone = 0;
      passedOver = 0;
    }
  }

  /** Reads what the list did not carry, and keeps everything; what must commit with it commits with the last of it. */
  async function keep(
    shelf: Shelf,
    listed: readonly Listed<Row>[],
    listedAt: number,
    credential: Credential,
    andSave?: (write: WriteStore) => void,
  ): Promise<void> {
    const carried = listed.flatMap(({ row }) => row ?? []);
    const toRead = listed.flatMap(({ serverId, row }) => (row === null ? [serverId] : []));
    let last: ReadPart = { rows: carried, gone: [], unreadable: [], askedAt: listedAt };
    for await (const part of isReadingUser(credential)
      ? readThroughWindow(shelf, toRead, credential)
      : reader.read(shelf, toRead, credential)) {
      if (last.rows.length + last.gone.length + last.unreadable.length > 0) keepPart(shelf, last, credential);
      last = part;
    }
    keepPart(shelf, last, credential, andSave);
  }

  /** The window has one way of reading, which tells nothing about the API's. */
  async function* readThroughWindow(shelf: Shelf, serverIds: readonly number[], credential: Credential): AsyncGenerator<ReadPart> {
    if (serverIds.length === 0) return;
    const askedAt = clock.now();
    const read = valueOf(await headOffice.readShelf(shelf.name, serverIds, credential));
    yield { ...read, askedAt };
  }

  function keepPart(shelf: Shelf, part: ReadPart, credential: Credential, andSave?: (write: WriteStore) => void): void {
    const { unreadable, askedAt } = part;
    const { rows, foreign } = store.read((read) => ofBranch(read, shelf, part.rows, credential));
    const gone = [...part.gone, ...foreign];
    for (const serverId of foreign) outside.get(shelf.name)?.add(serverId);
    for (const { serverId } of rows) outside.get(shelf.name)?.delete(serverId);
    const touched = [...rows.map((row) => row.serverId), ...gone, ...unreadable.map(({ serverId }) => serverId)];
    const news = store.write((write) => {
      const before = countOf(write, shelf, touched);
      const suspects = [...shelf.keep(write, rows, { parts, askedAt, by: credential.username }), ...shelf.remove(write, gone)];
      if (suspects.length > 0) changeSuspects(write, (known) => [...known, ...suspects]);
      for (const serverId of [...rows.map((row) => row.serverId), ...gone]) write.deleteLeftOut(shelf.name, serverId);
      const found = leaveOut(write, shelf.name, unreadable, clock.now());
      recount(write, shelf, before, countOf(write, shelf, touched));
      andSave?.(write);
      return found;
    });
    for (const { serverId, why } of news) parts.diagnostics.record('warning', 'pull.leftOut', { shelf: shelf.name, serverId, why });
  }

  function outsideOf(shelf: Shelf): ReadonlySet<number> {
    return outside.get(shelf.name) ?? new Set();
  }

  /** Of these records: how many are here, and how many head office is known to have. */
  function countOf(read: ReadStore, shelf: Shelf, serverIds: readonly number[]): { readonly here: number; readonly there: number } {
    const here = serverIds.filter((serverId) => shelf.holds(read, serverId));
    const leftOut = serverIds.filter((serverId) => !here.includes(serverId) && read.leftOutOf(shelf.name, serverId) !== null);
    return { here: here.length, there: here.length + leftOut.length };
  }

  /** Once a shelf is here, what comes and goes afterwards is counted on both sides. */
  function recount(write: WriteStore, shelf: Shelf, before: ReturnType<typeof countOf>, after: ReturnType<typeof countOf>): void {
    const kept = write.shelf(shelf.name);
    if (kept?.pulledAt == null || (before.here === after.here && before.there === after.there)) return;
    const headOfficeCount = kept.headOfficeCount === null ? null : kept.headOfficeCount + after.there - before.there;
    write.saveShelf({ ...kept, rows: kept.rows + after.here - before.here, headOfficeCount });
  }

  /** The first time: page by page with a cursor, and in the end a comparison of ids, because a list that shrinks meanwhile skips records. */
  async function fill(shelf: Shelf, credential: Credential): Promise<void> {
    const resume = resumeAt(shelf.name);
    if (resume === null) return;
    let { offset, first, after } = resume;
    const reached = (write: WriteStore, total: number | null): void => {
      write.saveShelf({
        shelf: shelf.name,
        cursor: { offset, first, after, done: false },
        rows: shelf.here(write).length,
        headOfficeCount: total,
        pulledAt: null,
      });
    };
    await walkList(shelf, resume, shelf.pageRows, credential, async ({ listed, passedOver, askedAt, total }) => {
      if (passedOver !== null) {
        offset += 1;
        keepPart(shelf, { rows: [], gone: [], unreadable: [passedOver], askedAt }, credential, (write) => reached(write, total));
      }
      for (const chunk of chunksOf(listed, shelf.atOnce)) {
        assertInvariant(chunk.length > 0, 'I10', 'a cursor moves only with the rows it covers');
        offset += chunk.length;
        first ??= chunk[0]?.serverId ?? null;
        after = Math.max(after, ...chunk.map((each) => each.serverId));
        await keep(shelf, chunk, askedAt, credential, (write) => reached(write, total));
        await pieceDone({ shelf: shelf.name, done: offset, total });
      }
    });
    // The window goes on by id, so that a list which shrinks meanwhile skips nothing.
    if (isReadingUser(credential)) store.write((write) => shelfIsHere(write, shelf, offset, new Set()));
    else await compareIds(shelf, credential);
  }

  /** What head office lists and is not here is fetched; what is here and not listed is asked for by itself. Then the shelf is here. */
  async function compareIds(shelf: Shelf, credential: Credential): Promise<void> {
    const listed = new Set<number>();
    const passedOver = new Set<number>();
    await walkList(shelf, START, IDS_PAGE, credential, async (page) => {
      for (const each of page.listed) listed.add(each.serverId);
      if (page.passedOver !== null) passedOver.add(page.passedOver.serverId);
      if (!page.isLast) await pieceDone({ shelf: shelf.name, done: listed.size, total: page.total });
    });
    for (const serverId of store.read((read) => shelf.alsoListed?.(read) ?? [])) listed.add(serverId);
    const { here, leftOut } = store.read((read) => ({
      here: new Set(shelf.here(read)),
      leftOut: new Set(read.leftOut().flatMap((each) => (each.shelf === shelf.name ? [each.serverId] : []))),
    }));
    const missing = listed.difference(here).difference(leftOut).difference(outsideOf(shelf));
    await readEach(shelf, [...missing, ...here.difference(listed)], credential);
    store.write((write) => shelfIsHere(write, shelf, listed.difference(outsideOf(shelf)).size + passedOver.size, passedOver));
  }

  async function readEach(shelf: Shelf, serverIds: readonly number[], credential: Credential): Promise<void> {
    let done = 0;
    for (const chunk of chunksOf(serverIds, shelf.atOnce)) {
      await keep(shelf, chunk.map(nameOnly), clock.now(), credential);
      done += chunk.length;
      await pieceDone({ shelf: shelf.name, done, total: serverIds.length });
    }
  }

  /** `rows` are ours, whatever the list counts. */
  function shelfIsHere(write: WriteStore, shelf: Shelf, headOfficeCount: number, passedOver: ReadonlySet<number>): void {
    const rows = shelf.here(write).length;
    forgetPlaces(write, shelf.name, passedOver);
    write.saveShelf({ shelf: shelf.name, cursor: { offset: rows, done: true }, rows, headOfficeCount, pulledAt: clock.now() });
  }

  async function pullTargets(targets: ShelfTargets, credential: Credential, andSave?: (write: WriteStore) => void): Promise<void> {
    const wanted = SHELVES.map((shelf) => ({ shelf, ids: [...new Set(targets[shelf.name] ?? [])] }));
    const total = wanted.reduce((sum, { ids }) => sum + ids.length, 0);
    let done = 0;
    for (const { shelf, ids } of wanted) {
      for (const chunk of chunksOf(ids, shelf.atOnce)) {
        await keep(shelf, chunk.map(nameOnly), clock.now(), credential);
        done += chunk.length;
        await pieceDone({ shelf: 'changes', done, total });
      }
    }
    if (andSave !== undefined) store.write(andSave);
  }

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
    patchState({
      auditCursor: head,
      auditMarks: marksOf(newest.rows, head),
      auditReader: credential.username,
      auditSeen: seenOf(newest.rows, []),
      auditFloor: floorOf(newest.rows, [], newest.rows.length >= newest.total ? 0 : null),
      auditTotal: newest.total,
      watchedAudits: newest.rows.filter((row) => row.unfinished || open?.value.has(row.auditId) === true).map((row) => row.auditId),
    });
  }

  async function goesOn({ person, window }: Reader): Promise<boolean> {
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
    patchState({ auditCursor: cursors.top.command, auditMarks: [], auditReader: null });
  }

  async function pullEverything(readers: Reader): Promise<void> {
    const before = store.read(syncStateOf);
    if (before.firstPullDoneAt !== null) return;
    const credential = credentialOf(readers);
    // What changes while the pages come in stands above these marks and is read again by the first walk.
    if (readers.window !== null) await markWindow(readers.window);
    else if (before.auditCursor === null && !isTrailLeftOut()) await markAudits(credential);
    // Through the window nothing is read account by account.
    if (readers.window === null) await reader.findOutAnew(false);
    await pullWhole(
      WHOLE_SHELVES.filter(({ afterFirstPull }) => afterFirstPull !== true),
      credential,
    );
    for (const shelf of SHELVES) await fill(shelf, credential);
    listsWanted = false;
    const at = clock.now();
    store.write((write) => {
      findOwnCurrency(write, parts);
      saveSetting(write, 'syncState', { ...syncStateOf(write), firstPullDoneAt: at, refreshedAt: at, provedAt: at });
    });
    parts.tell({ what: 'start.changed' });
  }

  async function pullChangedParts(also: ShelfTargets, reader: Reader): Promise<void> {
    await pullDue(credentialOf(reader));
    if (reader.window !== null) await pullThroughWindow(also, reader.window);
    else await pullByAudits(also, credentialOf(reader));
  }

  /**
   * The short lists once a day, all of them when somebody asks, those that the first pull left for now, those that could not be read and are due
   * again, and those that an older program did not know. Whoever was refused one is not asked for it again.
   */
  async function pullDue(of: Credential): Promise<void> {
    const today = clock.localDate(clock.now());
    const wasWanted = listsWanted;
    const isDue = (read: ReadStore, { name }: WholeShelf): boolean => {
      const leftOut = read.leftOutOf(name, WHOLE_LIST);
      if (leftOut !== null) return wasWanted || isDueAgain(leftOut, clock.now());
      const pulledAt = read.shelf(name)?.pulledAt;
      return wasWanted || pulledAt == null || clock.localDate(pulledAt) !== today;
    };
    const due = store.read((read) => WHOLE_SHELVES.filter((shelf) => isDue(read, shelf)));
    const credential = due.length === 0 ? null : listReaderOf(of);
    if (credential === null) return;
    await pullWhole(
      due.filter(({ name }) => !denied.has(`${name} ${credential.username}`)),
      credential,
    );
    if (wasWanted) listsWanted = false;
  }

  /**
   * Every shelf once more when the window opens after the API's way has read: its cursors begin there. Nothing proves that the history goes on from
   * what the API's way read last, so whatever head office may have lost in between is asked for, as where the trail broke off.
   */
  async function openThroughWindow(credential: Credential): Promise<void> {
    const begin = await cursorsNow(credential);
    await putBack();
    for (const shelf of SHELVES) await readAll(shelf, credential);
    // Before the cursors that say that it was done.
    store.write((write) => suspectUnshown(write, clock.now()));
    keepCursors(begin);
    patchState({ auditedAt: begin.askedAt });
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
      await putBack();
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
      if (broken) suspectUnshown(write, parts.clock.now());
    });
    for (const [record, mark] of found.marks) knownMarks.set(record, mark);
    if (broken) parts.diagnostics.record('warning', 'headOffice.anotherHistory', { head: found.cursors.top.command });
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

  async function pullByAudits(also: ShelfTargets, credential: Credential): Promise<void> {
    const askedAt = clock.now();
    const walked = await walkTrail(credential);
    const { entries, broken } = walked ?? { entries: [], broken: false };
    if (broken) await putBack();
    const named = (shelf: WholeShelf): boolean => broken || entries.some((entry) => isNamed(entry, shelf.audited));
    await pullWhole(WHOLE_SHELVES.filter(named), credential);
    const again = await leftOutAgain(credential);
    const targets: { [Name in ShelfName]?: readonly number[] } = {};
    for (const shelf of SHELVES) {
      const stale = broken ? 'all' : store.read((read) => staleIn(entries, (entry) => shelf.staleBy(entry, read)));
      if (stale === 'all') await readAll(shelf, credential);
      else targets[shelf.name] = [...stale, ...(also[shelf.name] ?? []), ...(again[shelf.name] ?? [])];
    }
    await pullTargets(targets, credential, (write) => {
      if (walked === null) return;
      saveSetting(write, 'syncState', {
        ...syncStateOf(write),
        auditCursor: walked.head,
        auditMarks: walked.marks,
        auditReader: credential.username,
        auditSeen: walked.seen,
        auditFloor: walked.floor,
        auditTotal: walked.total,
        watchedAudits: walked.watched,
        auditedAt: askedAt,
      });
      write.deleteLeftOut(TRAIL, WHOLE_LIST);
      if (broken) suspectUnshown(write, parts.clock.now());
    });
    if (broken) parts.diagnostics.record('warning', 'headOffice.anotherHistory', { head: walked?.head ?? null });
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

  /** What was left out and is due; a place in a list is looked at first, to learn which record stands there. */
  async function leftOutAgain(credential: Credential): Promise<ShelfTargets> {
    const again: { [Name in ShelfName]?: number[] } = {};
    const due = store.read((read) => dueLeftOut(read, clock.now()));
    for (const shelf of SHELVES) {
      const { name } = shelf;
      const ids: number[] = [];
      for (const { serverId } of due.filter((each) => each.shelf === name)) {
        if (serverId > 0) {
          ids.push(serverId);
          continue;
        }
        const answer = await headOffice.listShelf(name, { offset: -serverId - 1, after: 0, most: 1 }, credential);
        if (answer.ok) ids.push(...answer.value.listed.map((each) => each.serverId));
        else if (!(await reader.isOfRequest(answer.trouble))) throw new PullStopped(answer.trouble);
        store.write((write) => {
          // From its place it becomes known by its id, until it is read.
          if (answer.ok) {
            const why = write.leftOutOf(name, serverId)?.why ?? '';
            write.deleteLeftOut(name, serverId);
            leaveOut(
              write,
              name,
              answer.value.listed.filter((each) => !shelf.holds(write, each.serverId)).map((each) => ({ serverId: each.serverId, why })),
              clock.now(),
            );
          } else leaveOut(write, name, [{ serverId, why: detailOf(answer.trouble) }], clock.now());
        });
      }
      again[name] = ids;
    }
    return again;
  }

  /** Head office was put back to an earlier day, as far as anybody can know, and everything is read once more after this. */
  async function putBack(): Promise<void> {
    patchState({ putBackAt: clock.now() });
    await reopenEffects();
  }

  /** Before everything is compared, what was confirmed long ago is compared as well: a backup may be older than our patience. */
  async function reopenEffects(): Promise<void> {
    let position: number | null = 0;
    while (position !== null) {
      const after: number = position;
      position = store.write((write) => write.reopenRetiredEffects(after, EFFECTS_AT_ONCE));
      if (position !== null && !(await turns.between())) throw new PullStopped({ kind: 'unreachable', detail: 'stopped' });
    }
  }

  /**
   * Every record of a shelf again. Those that no page named are asked for by themselves, because a list that shrinks while it is read skips
   * records, and only an answer about the record itself says that it is gone.
   */
  async function readAll(shelf: Shelf, credential: Credential, proof?: { readonly through: number }): Promise<void> {
    const listed = new Set<number>();
    const carried = new Set<number>();
    const passedOver = new Set<number>();
    await walkList(shelf, START, shelf.pageRows, credential, async (page) => {
      for (const each of page.listed) listed.add(each.serverId);
      if (page.passedOver !== null) {
        passedOver.add(page.passedOver.serverId);
        keepPart(shelf, { rows: [], gone: [], unreadable: [page.passedOver], askedAt: page.askedAt }, credential);
      }
      const complete = page.listed.filter((each) => each.row !== null);
      for (const chunk of chunksOf(complete, shelf.atOnce)) {
        await keepCompared(shelf, chunk, page.askedAt, credential, isReadingUser(credential) ? proof : undefined);
        for (const each of chunk) carried.add(each.serverId);
      }
      if (!page.isLast) await pieceDone({ shelf: shelf.name, done: listed.size, total: page.total });
    });
    for (const serverId of store.read((read) => shelf.alsoListed?.(read) ?? [])) listed.add(serverId);
    const ids = [...new Set([...listed, ...store.read((read) => shelf.here(read))])]
      .filter((id) => !carried.has(id) && id > (proof?.through ?? 0))
      .sort((one, other) => one - other);
    let done = 0;
    for (const chunk of chunksOf(ids, shelf.atOnce)) {
      await keepCompared(shelf, chunk.map(nameOnly), clock.now(), credential, proof);
      done += chunk.length;
      await pieceDone({ shelf: shelf.name, done, total: ids.length });
    }
    store.write((write) => shelfIsHere(write, shelf, listed.difference(outsideOf(shelf)).size + passedOver.size, passedOver));
  }

  /** In a proof, what differed from the replica is counted in the transaction that keeps it. */
  async function keepCompared(
    shelf: Shelf,
    listed: readonly Listed<Row>[],
    listedAt: number,
    credential: Credential,
    proof: { readonly through: number } | undefined,
  ): Promise<void> {
    if (proof === undefined) {
      await keep(shelf, listed, listedAt, credential);
      return;
    }
    const ids = listed.map((each) => each.serverId);
    const before = store.read((read) =>
      ids.map((id) => ({ was: shelf.fingerprint(read, id), moves: shelf.movesHere?.(read, id) === true })),
    );
    await keep(shelf, listed, listedAt, credential, (write) => {
      const now = ids.map((id) => shelf.fingerprint(write, id));
      const differing = ids.filter((_id, at) => now[at] !== before[at]?.was && before[at]?.moves !== true);
      // Nothing is known here of the accounts of other offices, before or after.
      const compared = ids.filter((_id, at) => (now[at] ?? '') !== '' || (before[at]?.was ?? '') !== '').length;
      saveProof(write, (kept) => ({
        ...kept,
        through: Math.max(kept.through, ...ids),
        differences: kept.differences + differing.length,
        compared: (kept.compared ?? 0) + compared,
        named: [...(kept.named ?? []), ...differing.map((serverId) => ({ shelf: shelf.name, serverId }))].slice(0, NAMED_MOST),
      }));
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
    onProgress({ shelf: SHELVES[0]?.name ?? '', done: 0, total: null });
    await reader.findOutAnew(true);
    await pullWhole(WHOLE_SHELVES, credential);
    for (const shelf of SHELVES) {
      const proof = store.read(syncStateOf).proof;
      if (proof?.done.includes(shelf.name) === true) continue;
      await readAll(shelf, credential, { through: proof?.through ?? 0 });
      store.write((write) => {
        saveProof(write, (kept) => ({ ...kept, done: [...kept.done, shelf.name], through: 0 }));
      });
    }
    store.write((write) => suspectUnshown(write, parts.clock.now()));
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
    wantLists: () => {
      listsWanted = true;
    },
    goesOn,
    pullAll: (readers) => turns.inTurn(() => guarded(() => pullEverything(readers))),
    pullChanges: (also, readers) => turns.inTurn(() => guarded(() => pullChangedParts(also, readers))),
    pullAccounts: (targets, readers) => turns.inTurn(() => guarded(() => pullTargets(targets, credentialOf(readers)))),
    pullShelves: (readers) =>
      turns.inTurn(() =>
        guarded(async () => {
          for (const shelf of SHELVES) await readAll(shelf, credentialOf(readers));
        }),
      ),
    pullAccountsSoon: (targets, readers) => turns.soon(() => guarded(() => pullTargets(targets, credentialOf(readers)))),
    proveAll: (readers) =>
      turns.inTurn(async () => {
        const report = await guarded(() => prove(credentialOf(readers)));
        return { ...report, differences: report.value ?? 0 };
      }),
  };
}

/** Who is shown other offices as well brings nothing of them in; what moved there is no longer of this branch. */
function ofBranch(
  read: ReadStore,
  shelf: Shelf,
  rows: readonly Row[],
  credential: Credential,
): { readonly rows: readonly Row[]; readonly foreign: readonly number[] } {
  const isForeign = seesMore(read, credential)
    ? (row: Row) => !shelf.belongs(read, row)
    : (row: Row) => shelf.hasLeft?.(read, row) === true;
  const foreign = new Set(rows.flatMap((row) => (isForeign(row) ? [row.serverId] : [])));
  return { rows: rows.filter((row) => !foreign.has(row.serverId)), foreign: [...foreign] };
}

/** Whose requests a walk makes: the reading user's go through the window. */
function credentialOf({ person, window }: Reader): Credential {
  const credential = window ?? person;
  if (credential === null) throw new PullStopped({ kind: 'signInNeeded', why: 'refused' });
  return credential;
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

/**
 * Postings to the books of suspense, and facts that are not about money, stand in no account that is pulled, and what stands in one that is gone
 * here (another office's since, with its owner) in none that is pulled any more: what head office lost of them is found only by asking for each.
 */
function suspectUnshown(write: WriteStore, now: number): void {
  const closed = write.exceptionsWhere(false, Number.MAX_SAFE_INTEGER);
  const postings = closed.flatMap(({ suspenseCommandId }) => (suspenseCommandId === null ? [] : [suspenseCommandId]));
  const since = now - FACTS_LOOKED_AFTER_MS;
  const known = new Map<LocalId, boolean>();
  const isUnread = ({ payload }: CommandRecord): boolean =>
    effectsOf(payload).some(({ accountKind, accountId }) => {
      const isGone = known.get(accountId) ?? write[accountKind](accountId)?.gone === true;
      known.set(accountId, isGone);
      return isGone;
    });
  const facts = write
    .acceptedSince(since, FACTS_MOST)
    .flatMap((command) => (kindOf(command.kind).money === null || isUnread(command) ? [command.commandId] : []));
  const recognised = closed.flatMap(({ commandId, resolution }) => {
    const command = resolution === 'recognise' ? write.command(commandId) : null;
    return command !== null && command.recordedAt >= since && isUnread(command) ? [commandId] : [];
  });
  changeSuspects(write, (suspects) => [...suspects, ...postings, ...facts, ...recognised]);
}

function chunksOf<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  const chunks: (readonly T[])[] = [];
  for (let at = 0; at < all.length; at += size) chunks.push(all.slice(at, at + size));
  return chunks;
}
