// How head office lists a shelf and how one record of it is read: what a file of this folder says of its own shelf. A second way of reading
// the same shelf is a second source with the same two functions.

import type { Answer, Credential, ListPage, PageWanted, ReadingWay, ReadRows } from '../../ports/headOffice.ts';
import type { Line } from '../line.ts';

/** Lets whoever waits for this thread have it, and comes back. */
export interface Breathing {
  readonly monotonicMs: () => number;
  readonly breathe: () => Promise<void>;
}

export interface ShelfSource<Row> {
  list(line: Line, page: PageWanted, credential: Credential): Promise<Answer<ListPage<Row>>>;
  read(
    line: Line,
    serverIds: readonly number[],
    way: ReadingWay,
    credential: Credential,
    breathing: Breathing,
  ): Promise<Answer<ReadRows<Row>>>;
}
