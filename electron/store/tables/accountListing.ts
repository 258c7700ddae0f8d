// Which server records the replica holds, by server id: what a pull compares with head office's own listing.

import type { ListingReads } from '../../ports/store.ts';
import { numbersOf } from '../statements.ts';
import type { Session } from '../statements.ts';

export function readAccountListing(session: Session): ListingReads {
  const here = (table: string) =>
    numbersOf(session, `SELECT server_id FROM ${table} WHERE gone = 0 AND server_id IS NOT NULL ORDER BY server_id`);
  const older = (table: string) =>
    numbersOf(
      session,
      `SELECT server_id FROM ${table} WHERE gone = 0 AND server_id IS NOT NULL AND pulled_at < ? ORDER BY pulled_at, server_id LIMIT ?`,
    );
  const serverIds = {
    loan: here('replica_loans'),
    savings: here('replica_savings'),
    client: here('replica_clients'),
    group: here('replica_groups'),
  };
  const pulledBefore = { loan: older('replica_loans'), savings: older('replica_savings') };
  return {
    accountServerIds: (kind) => serverIds[kind](),
    accountsPulledBefore: (kind, instant, most) => pulledBefore[kind](instant, most),
  };
}
