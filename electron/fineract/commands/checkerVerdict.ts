// What became of a command that waits for a checker (contract 1.7). The transaction itself is found by the command's own marker; the audit
// row tells of a verdict that posted nothing. Without a right to read audits the marker alone has to tell.

import type { Credential, Trouble } from '../../ports/headOffice.ts';
import { Members } from '../members.ts';
import type { Line } from '../line.ts';
import { processingResult } from '../shelves/audits.ts';
import type { ProcessingResult } from '../shelves/audits.ts';
import { ABSENT, lookUpFailed } from './lookUp.ts';
import type { Found } from './lookUp.ts';
import { isAt } from './pendingEntry.ts';
import type { PendingSearch } from './pendingEntry.ts';

export async function lookUpChecked(
  line: Line,
  serverCommandId: number,
  byMarker: () => Promise<Found>,
  credential: Credential,
  /** How the row says that it is this command's; null where nothing tells. */
  ours: PendingSearch | null,
): Promise<Found> {
  const waiting: Found = { kind: 'waitingForChecker', serverCommandId };
  const unseen: Found = { ...waiting, unseen: true };
  const refused: Found = { kind: 'rejected', code: 'checker.rejected', message: null, status: 200 };
  const marked = await byMarker();
  if (marked.kind !== 'absent') return marked;

  const audit = await line.ask({ method: 'GET', url: `/audits/${serverCommandId}` }, credential);
  if (!audit.ok) {
    // Removed by a checker, or waiting under no office, where head office's own people alone see it; often answered with a server error: that
    // tells nothing.
    return audit.trouble.kind === 'refused' || isServerError(audit.trouble) ? unseen : lookUpFailed(audit.trouble);
  }
  if (Array.isArray(audit.value)) return lookUpFailed(null);
  // Head office was put back to an earlier day and gave the number to another deed: what waited is gone, and its own key says so.
  if (ours !== null && isAnothers(audit.value, ours)) return ABSENT;
  switch (verdictOf(audit.value)) {
    case 'rejected':
    case 'error':
      return refused;
    case 'processed': {
      // Approved between the two readings, most likely: the marker is there now. If it is not, that row is somebody else's: head office was
      // put back to an earlier day and gave its number again.
      return byMarker();
    }
    case 'waiting':
      return waiting;
    case 'unknown':
      return lookUpFailed(null);
  }
}

function isAnothers(value: unknown, { action, entity, marker }: PendingSearch): boolean {
  const row = new Members(value, 'audit');
  const [itsAction, itsEntity, body] = [row.text('actionName'), row.text('entityName'), row.text('commandAsJson')];
  if (itsAction !== null && itsEntity !== null && (itsAction !== action || itsEntity !== entity)) return true;
  if (typeof marker === 'object' && 'address' in marker) return row.text('url') !== null && !isAt(row, marker.address);
  if (typeof marker !== 'string') return row.id('resourceId') !== null && row.id('resourceId') !== marker.resource;
  return body !== null && !body.includes(marker);
}

/** Where a row does not say it in a word, the members tell: nobody checked it, somebody did and it made nothing, or it made something. */
function verdictOf(value: unknown): ProcessingResult {
  const row = new Members(value, 'audit');
  if ('processingResult' in row.raw || row.id('id') === null) return processingResult(value);
  if (row.id('resourceId') !== null) return 'processed';
  return row.text('checker') === null ? 'waiting' : 'rejected';
}

function isServerError(trouble: Trouble): boolean {
  return trouble.kind === 'nonsense' && trouble.detail.startsWith('status 500');
}
