// What became of a command whose mark stands nowhere, by head office's own row of it. The row alone proves no posting: the deed and the row may
// be two transactions there, so a row still under way is no posting, and 'processed' without the mark is a contradiction that a later look has
// to settle. No row means that the same key may be sent again; never another one.

import type { Credential } from '../../ports/headOffice.ts';
import type { WindowCommand } from '../../ports/window.ts';
import { ABSENT, lookUpFailed } from '../commands/lookUp.ts';
import type { Found } from '../commands/lookUp.ts';
import type { Line } from '../line.ts';
import { commandByKey } from './commands.ts';

export interface Deed {
  readonly action: string;
  readonly entity: string;
  readonly key: string;
}

/** Null where the window gives no answer, and another way has to tell. `hadWaited`: head office once said that it waits for a checker. */
export async function fateByKey(
  line: Line,
  deed: Deed,
  hadWaited: boolean,
  byMarker: () => Promise<Found>,
  reader: Credential,
): Promise<Found | null> {
  const answer = await commandByKey(line, deed, reader);
  if (!answer.ok) return null;
  const row: WindowCommand | null = answer.value;
  const refused: Found = { kind: 'rejected', code: 'checker.rejected', message: null, status: 200 };
  // The checker took the entry away: nothing waits any more, and nothing was posted.
  if (row === null) return hadWaited ? refused : ABSENT;
  switch (row.fate) {
    case 'waiting':
      return { kind: 'waitingForChecker', serverCommandId: row.auditId };
    case 'rejected':
      return refused;
    case 'error':
      // Sent again, the same key brings the refusal that is kept with it.
      return hadWaited ? refused : ABSENT;
    case 'processed': {
      // Approved between the two readings, most likely: the mark is there now.
      const found = await byMarker();
      return found.kind === 'absent' ? lookUpFailed(null) : found;
    }
    case 'underWay':
      // Its mark is nowhere, and the same key is answered 425 while it goes on. One that never ends is given up as without the window.
      return hadWaited ? lookUpFailed(null) : ABSENT;
    case 'unknown':
      return lookUpFailed(null);
  }
}
