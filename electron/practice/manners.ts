// Where servers of one kind differ: by their database and by their version. A client must be right with each, so practice
// can be any of them; the tests draw them by seed. What every known server does is no manner and stands where it is done.
import type { Book } from './book.ts';

export interface Manners {
  /** totalFilteredRecords of GET /loans: MariaDB and MySQL answer 0 beside a full page, an empty page alone is counted right. */
  loanTotals: 'right' | 'zero';
  /** Savings accounts read inside a batch: 1.10.1 wants chargeStatus there, and takes associations from the batch. */
  savingsInBatch: 'whole' | 'bare';
  /** Rows of the audit trail: whole, or as 1.10.1 tells them: without office, hands and what became of the command, unseen by the office while
   *  they wait, and a server error where one is not there. */
  audits: 'whole' | 'bare';
  /** A withdrawal and its fee get their numbers in one breath, and the fee's may be the lower one; an undo takes only a fee with the number
   *  behind the withdrawal's. 'either': every other one is such. */
  feeRow: 'behind' | 'either';
}

/** What a 1.10.1 on MariaDB does. */
export const MARIADB_1_10: Manners = { loanTotals: 'zero', savingsInBatch: 'bare', audits: 'bare', feeRow: 'either' };

/** Of the seeded practice institution. */
const PRACTISED: Manners = { loanTotals: 'zero', savingsInBatch: 'whole', audits: 'whole', feeRow: 'behind' };

const SETTING = 'manners';

export function readManners(book: Book): Manners {
  const row = book.get('SELECT value FROM setting WHERE name = ?', SETTING) as { value: string } | undefined;
  return row === undefined ? PRACTISED : { ...PRACTISED, ...(JSON.parse(row.value) as Partial<Manners>) };
}

export function setManners(book: Book, manners: Partial<Manners>): void {
  book.run(
    'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    SETTING,
    JSON.stringify({ ...readManners(book), ...manners }),
  );
}
