// The transactions of an account: the newest in one row, full pages of older ones each in its own. An account of twenty thousand lines opens by
// its newest row, and a pull that adds a line to it writes that row alone.

import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { PulledTransaction } from '../../ports/headOffice.ts';
import { StoreFault } from '../../ports/store.ts';
import { replicaOlderTransactions } from '../schema/replica/olderTransactions.ts';
import { change, insertInto, numberOf, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';
import { packTransactions, unpackTransactions } from './packedTransactions.ts';
import type { PackedTransaction } from './packedTransactions.ts';

export const PAGE_LINES = 500;

export interface TransactionReads {
  all(accountId: LocalId): PulledTransaction[];
  /** At least so many of the newest, newest first, and of the last day all: an order within the day is the reader's own. */
  newest(accountId: LocalId, most: number): { readonly rows: readonly PulledTransaction[]; readonly total: number };
}

/** `newestRow`: what the account's own row holds, null where there is none. */
export function readTransactionPages(session: Session, newestRow: (accountId: LocalId) => unknown): TransactionReads {
  const older = selectFrom(session, replicaOlderTransactions, 'WHERE account_id = ? AND page = ?');
  const pages = numberOf(session, 'SELECT count(*) FROM replica_older_transactions WHERE account_id = ?');
  const lines = numberOf(session, 'SELECT sum(lines) FROM replica_older_transactions WHERE account_id = ?');

  function listOf(packed: unknown): readonly unknown[] {
    if (packed === null || packed === undefined) return [];
    if (!Array.isArray(packed)) throw new StoreFault('corrupt', 'transactions are not a list');
    return packed as readonly unknown[];
  }

  const page = (accountId: LocalId, at: number): readonly unknown[] => listOf(older.one(accountId, at)?.transactions);

  return {
    all: (accountId) => {
      const count = pages(accountId) ?? 0;
      const before = Array.from({ length: count }, (_, at) => page(accountId, at)).flat();
      return unpackTransactions([...before, ...listOf(newestRow(accountId))]);
    },
    newest: (accountId, most) => {
      let rows = listOf(newestRow(accountId));
      const total = rows.length + (lines(accountId) ?? 0);
      let next = (pages(accountId) ?? 0) - 1;
      for (;;) {
        let from = Math.max(0, rows.length - most);
        while (from > 0 && from < rows.length && dateOf(rows[from - 1]) === dateOf(rows[from])) from -= 1;
        // The page before may hold more of what is wanted, or of the same day.
        if (from > 0 || next < 0) return { rows: unpackTransactions(rows.slice(from)).reverse(), total };
        rows = [...page(accountId, next), ...rows];
        next -= 1;
      }
    },
  };
}

function dateOf(packed: unknown): unknown {
  return Array.isArray(packed) ? (packed as readonly unknown[])[3] : undefined;
}

export interface TransactionWrites {
  /** Oldest first. Answers what is left for the account's own row. */
  save(accountId: LocalId, transactions: readonly PulledTransaction[]): readonly PackedTransaction[];
  drop(): void;
}

export function writeTransactionPages(session: Session): TransactionWrites {
  // A page that is as it was costs a comparison and no write.
  const save = insertInto(
    session,
    replicaOlderTransactions,
    `ON CONFLICT (account_id, page) DO UPDATE SET lines = excluded.lines, transactions = excluded.transactions
     WHERE transactions <> excluded.transactions`,
  );
  const cut = change(session, 'DELETE FROM replica_older_transactions WHERE account_id = ? AND page >= ?');
  const drop = change(session, 'DELETE FROM replica_older_transactions');
  return {
    save: (accountId, transactions) => {
      // The newest row is never empty where there are transactions.
      const count = transactions.length === 0 ? 0 : Math.floor((transactions.length - 1) / PAGE_LINES);
      for (let page = 0; page < count; page += 1) {
        const rows = packTransactions(transactions.slice(page * PAGE_LINES, (page + 1) * PAGE_LINES));
        save({ accountId, page, lines: rows.length, transactions: rows });
      }
      cut(accountId, count);
      return packTransactions(transactions.slice(count * PAGE_LINES));
    },
    drop: () => void drop(),
  };
}
