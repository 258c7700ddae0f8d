// Reading a branch through head office's prepared reports ("the window"): whole shelves in few requests, what changed since a moment, and what
// became of commands. It is an accelerator: what it brings has the same shapes as the API's, and it is used only after both were compared.

import type { Redacted } from '../../shared/kernel/redacted.ts';
import type {
  Answer,
  AuditEntry,
  Credential,
  HeadOffice,
  Listed,
  ListPage,
  PageWanted,
  ReadRows,
  ShelfName,
  ShelfRows,
} from './headOffice.ts';

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

/** How our reports stand at head office, in one word; `detail` names those that it is about. */
export interface WindowState {
  readonly reports: 'present' | 'missing' | 'outdated' | 'newer' | 'unknown';
  readonly detail: string | null;
}

/** What is created, and who will hold the right on it: for the person who decides about it. */
export interface WindowPlan {
  readonly reports: readonly string[];
  readonly role: string;
}

export interface ReadingUserWanted {
  readonly username: string;
  readonly deviceName: string;
  readonly officeServerId: number;
  readonly password: Redacted<string>;
}

export interface ReadingUser {
  readonly userServerId: number;
  readonly created: boolean;
}

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

  readonly plan: WindowPlan;
  /** How the reports stand there; needs the right to read them. */
  check(credential: Credential): Promise<Answer<WindowState>>;
  /** Creates and updates the reports, safe to repeat; answers the names of what it changed. An administrator's. */
  prepare(credential: Credential): Promise<Answer<readonly string[]>>;
  /** This PC's own user with the right on the reports and no other, under a new password. An administrator's. */
  prepareReader(wanted: ReadingUserWanted, credential: Credential): Promise<Answer<ReadingUser>>;
  /** The reading user's own: from then on only the next password counts. */
  changePassword(userServerId: number, next: Redacted<string>, credential: Credential): Promise<Answer<null>>;
  /** Deletes this PC's user; false where there was none. An administrator's. */
  revokeReader(username: string, credential: Credential): Promise<Answer<boolean>>;
  /** Deletes the reports and every right on them; answers their names. An administrator's. */
  remove(credential: Credential): Promise<Answer<readonly string[]>>;
}

/** A head office whose prepared reports can be made and read. */
export interface WindowedHeadOffice extends HeadOffice {
  readonly window: ReadingWindow;
}
