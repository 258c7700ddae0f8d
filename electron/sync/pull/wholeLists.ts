// The short lists, which are read and replaced whole. The window has none of them: they are always somebody's of the staff.

import { keepCenters } from '../../journal/centersHere.ts';
import { isSameList, keepReference, WHOLE_LIST } from '../../journal/keepReference.ts';
import { identityOf } from '../../journal/settings.ts';
import type { Credential, ReferenceRow, ReferenceShelf, Trouble } from '../../ports/headOffice.ts';
import type { ReadStore, WriteStore } from '../../ports/store.ts';
import { readerOf } from '../credentials.ts';
import type { WholeShelf } from '../shelves/shelf.ts';
import { WHOLE_SHELVES } from '../shelves/shelfTable.ts';
import { isDueAgain, leaveOut, type ListName } from './leftOut.ts';
import type { PullParts } from './pullParts.ts';
import { detailOf, PullStopped } from './pullStopped.ts';

export interface WholeLists {
  readonly pullWhole: (shelves: readonly WholeShelf[], of: Credential) => Promise<void>;
  readonly pullDue: (of: Credential) => Promise<void>;
  readonly leaveOutWhole: (list: ListName, trouble: Trouble) => Promise<void>;
  /** Those that are due next are all of them, or only those that are due by themselves. */
  readonly want: (areWanted: boolean) => void;
}

export function createWholeLists(parts: PullParts): WholeLists {
  const { store, clock, headOffice, reader, turns, diagnostics, seals, isReadingUser } = parts;
  /** Lists that head office refused to somebody, by both names. */
  const denied = new Set<string>();
  let listsWanted = false;

  /** The window has no short lists: null while nobody is signed in who could ask for them. */
  function listReaderOf(of: Credential): Credential | null {
    return isReadingUser(of) ? store.read((read) => readerOf(read, seals)) : of;
  }

  /** With the ids of whoever in it is a record by itself. */
  function keepList(write: WriteStore, name: ReferenceShelf, rows: readonly ReferenceRow[], reading: 'first' | 'again' = 'first'): boolean {
    const before = write.reference(name);
    const isKept = keepReference(write, name, rows, clock.now(), reading);
    if (isKept && name === 'centers') keepCenters(write, parts, before, rows);
    return isKept;
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
      if (rows === null || store.write((write) => keepList(write, name, rows))) continue;
      if (rows.length === 0) diagnostics.record('warning', 'pull.emptyShelf', { shelf: name });
      if (rows.length === 0 && mayBeEmptied !== true) continue;
      const again = await readList(name);
      if (again === null) continue;
      const isKept = store.write((write) => keepList(write, name, again, isSameList(rows, again) ? 'again' : 'first'));
      if (!isKept) diagnostics.record('warning', 'pull.listUnsteady', { shelf: name });
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
    if (news.length > 0) diagnostics.record('warning', 'pull.leftOut', { shelf: list, serverId: WHOLE_LIST, why });
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

  return {
    pullWhole,
    pullDue,
    leaveOutWhole,
    want(areWanted) {
      listsWanted = areWanted;
    },
  };
}
