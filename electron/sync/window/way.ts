// The two ways of reading a shelf: a person's, by head office's API, and the reading user's, through its prepared reports. A walk is given one
// of them and knows no more.

import type { Answer, Credential, ListPage, PageWanted, ReadRows, ShelfName, ShelfRows, Trouble } from '../../ports/headOffice.ts';
import type { WindowedHeadOffice } from '../../ports/window.ts';
import { PullStopped } from '../pull/pullStopped.ts';
import type { Shelf } from '../shelves/shelf.ts';

export interface Way {
  /** Who reads. */
  readonly username: string;
  readonly isWindow: boolean;
  pageRows(shelf: Shelf): number;
  list(shelf: ShelfName, page: PageWanted): Promise<Answer<ListPage<ShelfRows[ShelfName]>>>;
  read(shelf: ShelfName, serverIds: readonly number[]): Promise<Answer<ReadRows<ShelfRows[ShelfName]>>>;
}

export function apiWay(headOffice: WindowedHeadOffice, credential: Credential): Way {
  return {
    username: credential.username,
    isWindow: false,
    pageRows: (shelf) => shelf.pageRows,
    list: (shelf, page) => headOffice.listShelf(shelf, page, credential),
    // Some head offices bring less of an account when several are asked for together.
    read: (shelf, serverIds) => headOffice.readShelf(shelf, serverIds, credential, 'oneByOne'),
  };
}

export function windowWay({ window }: WindowedHeadOffice, credential: Credential): Way {
  return {
    username: credential.username,
    isWindow: true,
    pageRows: (shelf) => window.pageRows[shelf.name],
    list: async (shelf, page) => throughWindow(await window.listShelf(shelf, page, credential)),
    read: async (shelf, serverIds) => throughWindow(await window.readShelf(shelf, serverIds, credential)),
  };
}

/** One head office for both: what the reading user asks of a shelf goes through the window, and whoever else asks, asks the API. */
export function bothWays(headOffice: WindowedHeadOffice, isReadingUser: (credential: Credential) => boolean): WindowedHeadOffice {
  const { window } = headOffice;
  return {
    ...headOffice,
    listShelf: async (shelf, page, credential) =>
      isReadingUser(credential)
        ? throughWindow(await window.listShelf(shelf, page, credential))
        : headOffice.listShelf(shelf, page, credential),
    async readShelf(shelf, serverIds, credential, way) {
      if (!isReadingUser(credential)) return headOffice.readShelf(shelf, serverIds, credential, way);
      const answer = throughWindow(await window.readShelf(shelf, serverIds, credential));
      const why = answer.ok ? answer.value.unreadable[0]?.why : undefined;
      if (why !== undefined) throw new WindowFault({ kind: 'nonsense', detail: why }, why);
      return answer;
    },
  };
}

/** The window itself said no, or something that nobody can understand: it is not to be trusted, and the other way is there. */
export class WindowFault extends PullStopped {
  readonly difference: string;
  /** It may be right again by itself, such as a sign-in that was refused for a while: it is proved anew before it serves. */
  readonly mayPass: boolean;

  constructor(trouble: Trouble, difference: string, mayPass = false) {
    super(trouble);
    this.difference = difference;
    this.mayPass = mayPass;
  }
}

/** What a proxy, a portal or a server in trouble says is not the window's: then the round ends as it would by the API. */
export function throughWindow<T>(answer: Answer<T>): Answer<T> {
  if (answer.ok || answer.trouble.kind === 'unreachable' || isPassing(answer.trouble)) return answer;
  throw new WindowFault(answer.trouble, faultOf(answer.trouble), answer.trouble.kind === 'signInNeeded');
}

function isPassing(trouble: Trouble): boolean {
  return trouble.kind === 'nonsense'
    ? trouble.detail.startsWith('status ')
    : trouble.kind === 'refused' && ![400, 403, 404].includes(trouble.status);
}

function faultOf(trouble: Trouble): string {
  if (trouble.kind === 'refused') return /^[a-z]+(?:\.[\w-]+){1,14}$/i.test(trouble.code) ? trouble.code : `status ${trouble.status}`;
  return trouble.kind === 'signInNeeded' ? `sign-in ${trouble.why}` : trouble.detail;
}
