// Reading a branch through head office's prepared reports ("the window"): whole shelves in few requests, what changed since a moment, and what
// became of commands. It is an accelerator: what it brings has the same shapes as the API's, and it is used only after both were compared.

import type { Answer, AuditEntry, Credential, Listed, ListPage, PageWanted, ReadRows, ShelfName, ShelfRows } from './headOffice.ts';

/** Shelves whose rows carry the moment of their last change. */
export type StampedShelf = Exclude<ShelfName, 'groups'>;

export interface ChangedWanted {
  readonly after: number;
  /** A `newest` of before; some minutes of overlap are added, because a row's moment is set before it can be seen. */
  readonly since: string;
  /** Accounts with a transaction above it count as changed; 0 for none. */
  readonly aboveTransaction: number;
  /** Whether this state of the record is here already; such a record is not made whole again. */
  isKnown(serverId: number, mark: string): boolean;
}

export interface ChangedPage<Row> {
  /** What changed and was not known, by server id. */
  readonly listed: readonly Listed<Row>[];
  /** Every record that the question found, with what tells this state of it from another. */
  readonly marks: ReadonlyMap<number, string>;
  /** Ask again after this id; null when this was the last page. */
  readonly next: number | null;
  /** When the latest of these changed, in head office's own words; null for none. */
  readonly newest: string | null;
}

export interface Tally {
  /** Rows of each shelf in the branch; zeros in a tally of the newest. */
  readonly rows: Readonly<Record<ShelfName, number>>;
  readonly newest: Readonly<Record<StampedShelf, string | null>>;
  /** The highest ids at head office at all, other offices' among them: equal to the last ones, nothing was posted or asked anywhere. */
  readonly top: Top;
}

export interface Top {
  readonly loanTransaction: number;
  readonly savingsTransaction: number;
  readonly command: number;
}

export type CommandFate = 'processed' | 'waiting' | 'rejected' | 'underWay' | 'error' | 'unknown';

export interface WindowCommand extends AuditEntry {
  readonly savingsServerId: number | null;
  readonly fate: CommandFate;
}

export type CommandsWanted =
  /** The first page of those above this id. */
  { readonly which: 'after'; readonly commandId: number } | { readonly which: 'these'; readonly commandIds: readonly number[] };

export interface ReadingWindow {
  /** The most records that one page of a list should be asked for. */
  readonly pageRows: Readonly<Record<ShelfName, number>>;
  /** Whether every report runs for this person and has the columns that this Tawi reads: the first thing that does not, or null. */
  probe(credential: Credential): Promise<Answer<{ readonly fault: string | null }>>;
  /** `newest` asks for the highest ids alone: the cheap question whether anything happened. */
  tally(of: 'shelves' | 'newest', credential: Credential): Promise<Answer<Tally>>;
  /** As the port's own list, whole rows with their children; it goes on by id, and a short page is the last. */
  listShelf<Name extends ShelfName>(shelf: Name, page: PageWanted, credential: Credential): Promise<Answer<ListPage<ShelfRows[Name]>>>;
  readShelf<Name extends ShelfName>(
    shelf: Name,
    serverIds: readonly number[],
    credential: Credential,
  ): Promise<Answer<ReadRows<ShelfRows[Name]>>>;
  changedIn<Name extends StampedShelf>(
    shelf: Name,
    wanted: ChangedWanted,
    credential: Credential,
  ): Promise<Answer<ChangedPage<ShelfRows[Name]>>>;
  commands(
    wanted: CommandsWanted,
    credential: Credential,
  ): Promise<Answer<{ readonly rows: readonly WindowCommand[]; readonly isWhole: boolean }>>;
}
