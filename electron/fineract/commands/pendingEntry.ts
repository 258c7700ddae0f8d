// Whether a command that was sent alone lies at head office waiting for a checker although its answer was lost. Sending it again would put
// a second one beside it, and both could be approved (contract 1.7). The audit trail shows what waits, with the body as it was sent.

import type { Credential } from '../../ports/headOffice.ts';
import { decoding, query } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, needed } from '../members.ts';
import { ABSENT, lookUpFailed } from './lookUp.ts';
import type { Found } from './lookUp.ts';

const PENDING_MAX = 500;
const AWAITING_APPROVAL = 2;

export interface PendingSearch {
  readonly entity: string;
  readonly action: string;
  /**
   * A text that only this command's body carries; a deed that carries none waits as what it does to that record, or, where its row names no record,
   * as what was sent to that address.
   */
  readonly marker: string | { readonly resource: number } | { readonly address: string };
  /** The command is known to need a checker, so not being allowed to look leaves it in doubt. */
  readonly expected: boolean;
}

export async function lookUpPending(line: Line, search: PendingSearch, credential: Credential): Promise<Found> {
  const url = query('/audits', {
    paged: true,
    entityName: search.entity,
    actionName: search.action,
    processingResult: AWAITING_APPROVAL,
    ...(typeof search.marker === 'object' && 'resource' in search.marker ? { resourceId: search.marker.resource } : {}),
    includeJson: true,
    offset: 0,
    limit: PENDING_MAX,
    orderBy: 'id',
    sortOrder: 'DESC',
  });
  const answer = await line.ask({ method: 'GET', url }, credential);
  if (!answer.ok) return answer.trouble.kind === 'refused' && !search.expected ? ABSENT : lookUpFailed(answer.trouble);
  const read = decoding(() => {
    const list = new Members(answer.value, 'audits');
    return { rows: list.children('pageItems'), total: needed(list.integer('totalFilteredRecords'), list, 'totalFilteredRecords') };
  });
  if (!read.ok) return lookUpFailed(read.trouble);
  const ours = read.value.rows.find((row) => isOurs(row, search));
  if (ours !== undefined) return { kind: 'waitingForChecker', serverCommandId: ours.id('id') };
  const isReadable = (row: Members): boolean => typeof search.marker !== 'string' || row.text('commandAsJson') !== null;
  const seenAll = read.value.rows.length >= read.value.total && read.value.rows.every(isReadable);
  return seenAll ? ABSENT : lookUpFailed(null);
}

function isOurs(row: Members, { entity, marker }: PendingSearch): boolean {
  if (typeof marker === 'string') return row.text('commandAsJson')?.includes(marker) === true;
  if ('address' in marker) return row.text('entityName') === entity && isAt(row, marker.address);
  // Head office's filter of names takes longer ones as well.
  return row.text('entityName') === entity && row.id('resourceId') === marker.resource;
}

/** Whether that row of the trail is of what was sent to that address; some head offices keep what follows the path, and some do not. */
export function isAt(row: Members, address: string): boolean {
  return row.text('url')?.split('?')[0] === address;
}
