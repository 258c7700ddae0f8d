// The list of a shelf, page by page, whoever walks it and for what.

import type { Credential, Listed, ShelfName, ShelfRows } from '../../ports/headOffice.ts';
import type { Shelf } from '../shelves/shelf.ts';
import { placeOf, type Unreadable } from './leftOut.ts';
import type { PullParts } from './pullParts.ts';
import { detailOf, nonsense, PullStopped } from './pullStopped.ts';

/** Places in a list that are passed over one after the other; after more of them it is the list that cannot be read. */
const PASSED_OVER_MOST = 3;

type Row = ShelfRows[ShelfName];

/** Where a list goes on: after so many records, the first and the highest of which had these server ids. */
export interface Resume {
  readonly offset: number;
  readonly first: number | null;
  readonly after: number;
}
export const START: Resume = { offset: 0, first: null, after: 0 };

export interface WalkedPage {
  readonly listed: readonly Listed<Row>[];
  /** The place of a record that could not be read at all; then nothing is listed. */
  readonly passedOver: Unreadable | null;
  readonly askedAt: number;
  /** Null where head office's count says less than was listed. */
  readonly total: number | null;
  readonly isLast: boolean;
}

/**
 * The list of a shelf, page by page. It ends with a short page; head office's count can only prolong it, because some databases count 0.
 * A page that cannot be read is halved down to one record, and that one is passed over.
 */
export async function walkList(
  { headOffice, clock, reader, isReadingUser }: PullParts,
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
