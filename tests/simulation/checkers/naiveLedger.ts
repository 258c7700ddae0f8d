// The naive ledger: written apart from the program, from receipts alone. Each receipt is one sum on one account on one day. Head office's
// books must hold it once, or a closed case must say where it went. It knows nothing of states, keys, effects or cursors.

import type { Database } from 'better-sqlite3';
import type { Receipt } from '../../../shared/domain/records.ts';
import type { Paper } from '../../world/branchWorld.ts';
import { BrokenPromise, holds } from './brokenPromise.ts';
import { count, row, rows } from './rows.ts';

export interface Posted {
  readonly number: string;
  readonly id: number;
  readonly account: 'loan' | 'savings';
  readonly accountNo: string;
  readonly what: 'repayment' | 'deposit' | 'withdrawal' | 'other';
  readonly date: string;
  readonly amount: number;
}

const WHAT: Readonly<Record<string, Posted['what']>> = {
  loanRepayment: 'repayment',
  savingsDeposit: 'deposit',
  savingsWithdrawal: 'withdrawal',
};

/** Everything that stands at head office under a receipt number. */
export function standingPostings(books: Database): readonly Posted[] {
  return rows<Posted>(
    books,
    `SELECT d.receipt_number AS number, t.id, 'savings' AS account, a.account_no AS accountNo,
       CASE t.type WHEN 1 THEN 'deposit' WHEN 2 THEN 'withdrawal' ELSE 'other' END AS what, t.date, t.amount
     FROM savings_transaction t JOIN payment_detail d ON d.id = t.payment_detail_id JOIN savings_account a ON a.id = t.account_id
     WHERE d.receipt_number IS NOT NULL AND t.reversed = 0
     UNION ALL
     SELECT d.receipt_number, t.id, 'loan', l.account_no, CASE t.type WHEN 2 THEN 'repayment' ELSE 'other' END, t.date, t.amount
     FROM loan_transaction t JOIN payment_detail d ON d.id = t.payment_detail_id JOIN loan l ON l.id = t.loan_id
     WHERE d.receipt_number IS NOT NULL AND t.reversed = 0`,
  );
}

export function receiptsIn(journal: Database): readonly Receipt[] {
  return rows<{ body: string }>(journal, 'SELECT body FROM journal_receipts ORDER BY position').map(
    ({ body }) => JSON.parse(body) as Receipt,
  );
}

function agree(receipt: Receipt, posted: Posted): boolean {
  return (
    posted.account === receipt.accountKind &&
    posted.accountNo === receipt.accountNo &&
    posted.what === WHAT[receipt.kind] &&
    posted.amount === receipt.amountMinor &&
    posted.date === receipt.businessDate
  );
}

/** At any moment: nothing doubled, nothing invented, nothing altered, and every paper in somebody's hand is in the journal as it is. */
export function checkLedger(journals: readonly Database[], paper: readonly Paper[], books: Database): void {
  const receiptByNumber = new Map<string, Receipt>();
  for (const journal of journals) {
    for (const receipt of receiptsIn(journal)) {
      holds(!receiptByNumber.has(receipt.number), 'ledger: one number, one receipt', receipt.number);
      receiptByNumber.set(receipt.number, receipt);
    }
  }
  const formByNumber = new Map<string, string>();
  const numberByForm = new Map<string, string>();
  for (const { formId, line } of paper) {
    const kept = receiptByNumber.get(line.receipt.number);
    if (kept === undefined)
      throw new BrokenPromise('ledger: no receipt is lost', `${line.receipt.number} was handed out and is not in the journal`);
    holds(
      kept.hash === line.receipt.hash && kept.amountMinor === line.receipt.amountMinor,
      'ledger: no receipt is altered',
      line.receipt.number,
    );
    const number = numberByForm.get(formId);
    holds(
      number === undefined || number === line.receipt.number,
      'ledger: one form, one receipt',
      `${number ?? ''} and ${line.receipt.number} came of the same form`,
    );
    numberByForm.set(formId, line.receipt.number);
    holds((formByNumber.get(line.receipt.number) ?? formId) === formId, 'ledger: one form, one receipt', line.receipt.number);
    formByNumber.set(line.receipt.number, formId);
  }
  const seen = new Set<string>();
  for (const posted of standingPostings(books)) {
    const receipt = receiptByNumber.get(posted.number);
    if (receipt === undefined)
      throw new BrokenPromise('ledger: nothing is invented', `head office holds ${posted.number}, which nobody wrote`);
    holds(
      agree(receipt, posted),
      'ledger: nothing is altered on the way',
      `${posted.number} stands there as ${posted.what} ${posted.amount} of ${posted.date} on ${posted.account} ${posted.accountNo}`,
    );
    holds(!seen.has(posted.number), 'ledger: nothing is doubled', `${posted.number} stands twice at head office`);
    seen.add(posted.number);
  }
  const twice = row<{ reference: string }>(
    books,
    `SELECT reference_number AS reference FROM journal_line WHERE reference_number IS NOT NULL AND reversed = 0
     GROUP BY reference_number HAVING count(DISTINCT transaction_ref) > 1`,
  );
  holds(twice === null, 'ledger: nothing is doubled', `suspense entry ${twice?.reference ?? ''} stands twice`);
}

/**
 * What the journal calls accepted since the last look stands, or stood, in head office's books under its number. `judgeable`: head office was
 * not put back to an earlier day in between.
 */
export function checkAccepted(name: string, journal: Database, books: Database, seen: Set<string>, judgeable: boolean): void {
  const accepted = rows<{ id: string; number: string | null }>(
    journal,
    `SELECT c.command_id AS id, r.number FROM journal_commands c LEFT JOIN journal_receipts r ON r.receipt_id = c.receipt_id WHERE c.state = 'accepted'`,
  );
  for (const { id, number } of accepted) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (!judgeable) continue;
    const there =
      number === null
        ? count(books, 'SELECT count(*) FROM journal_line WHERE reference_number = ?', id)
        : count(books, 'SELECT count(*) FROM payment_detail WHERE receipt_number = ?', number);
    holds(there > 0, 'I2 accepted is there', `${name}: ${number ?? id} is called accepted, and head office holds nothing of it`);
  }
}

interface Ended {
  readonly state: string;
  readonly serverId: number | null;
  readonly resolution: string | null;
  readonly suspenseId: string | null;
}

/**
 * At the end: every receipt is accounted for exactly once, at head office or by a closed case. What head office lost in a restore after the
 * case was closed is not looked for again by the program; that is left out here.
 */
export function checkAccounted(name: string, journal: Database, books: Database, lostInRestore: (commandId: string) => boolean): void {
  const postings = Map.groupBy(standingPostings(books), (posted) => posted.number);
  const receipts = receiptsIn(journal);
  const recognised = new Set<string>();
  for (const receipt of receipts) {
    if (receipt.commandId === null) continue;
    const there = postings.get(receipt.number)?.length ?? 0;
    const ended = row<Ended>(
      journal,
      `SELECT c.state, c.server_resource_id AS serverId,
         (SELECT resolution FROM journal_exceptions x WHERE x.command_id = c.command_id AND x.closed_at IS NOT NULL ORDER BY x.position DESC LIMIT 1) AS resolution,
         (SELECT suspense_command_id FROM journal_exceptions x WHERE x.command_id = c.command_id AND x.closed_at IS NOT NULL ORDER BY x.position DESC LIMIT 1) AS suspenseId
       FROM journal_commands c WHERE c.command_id = ?`,
      receipt.commandId,
    );
    if (ended === null) throw new BrokenPromise('ledger: every receipt is accounted for', `${name}: ${receipt.number} has no command`);
    const way = ended.state === 'resolved' ? (ended.resolution ?? 'nothing') : ended.state;
    const wanted = way === 'accepted' ? 1 : 0;
    if ((way === 'recognise' || way === 'suspend') && lostInRestore(receipt.commandId)) continue;
    if (way === 'recognise') {
      // A copy of the refused request may have come through after all: then it stands under its own number.
      if (there === 1) continue;
      // A loan that was reckoned anew gives its transactions new numbers, so there the sum and the day have to tell.
      const key = receipt.accountKind === 'loan' ? `loan ${receipt.number}` : `savings ${String(ended.serverId)}`;
      const stands =
        receipt.accountKind === 'loan'
          ? count(
              books,
              'SELECT count(*) FROM loan_transaction t JOIN loan l ON l.id = t.loan_id WHERE l.account_no = ? AND t.amount = ? AND t.date = ? AND t.type = 2 AND t.reversed = 0 AND t.external_id IS NULL',
              receipt.accountNo,
              receipt.amountMinor,
              receipt.businessDate,
            )
          : count(
              books,
              'SELECT count(*) FROM savings_transaction WHERE id = ? AND amount = ? AND reversed = 0',
              ended.serverId,
              receipt.amountMinor,
            );
      holds(
        stands >= 1 && !recognised.has(key),
        'ledger: every receipt is accounted for',
        `${name}: ${receipt.number} was recognised in ${key}, which stands ${stands} times or for another`,
      );
      recognised.add(key);
      continue;
    }
    holds(
      there === wanted,
      'ledger: every receipt is accounted for',
      `${name}: ${receipt.number} ended as ${way} and stands ${there} times at head office`,
    );
    if (way === 'reverse') {
      const papers = receipts.filter(
        (other) => other.commandId === null && other.note === receipt.number && other.amountMinor === receipt.amountMinor,
      );
      holds(
        papers.length === 1,
        'ledger: every receipt is accounted for',
        `${name}: ${receipt.number} was reversed with ${papers.length} papers`,
      );
    }
    if (way === 'suspend') {
      const entries = count(
        books,
        'SELECT count(DISTINCT transaction_ref) FROM journal_line WHERE reference_number = ? AND reversed = 0 AND amount = ?',
        ended.suspenseId ?? '',
        receipt.amountMinor,
      );
      holds(entries === 1, 'ledger: every receipt is accounted for', `${name}: ${receipt.number} was suspended with ${entries} entries`);
    }
  }
}

/** Cash that must lie in each drawer, from its opening and the receipts of its holder alone. */
export function checkCash(name: string, journal: Database, expectedOf: (drawerId: string) => number | null): void {
  const drawers = rows<{ id: string; opening: number }>(journal, 'SELECT drawer_id AS id, opening_minor AS opening FROM journal_drawers');
  for (const drawer of drawers) {
    const moved = rows<{ kind: string; amount: number }>(
      journal,
      `SELECT r.kind, r.amount_minor AS amount FROM journal_receipts r JOIN journal_movements m ON m.receipt_id = r.receipt_id WHERE m.drawer_id = ?`,
      drawer.id,
    );
    let cash = drawer.opening;
    for (const { kind, amount } of moved) cash += kind === 'savingsWithdrawal' || kind === 'moneyReturned' ? -amount : amount;
    const shown = expectedOf(drawer.id);
    holds(shown === null || shown === cash, 'I7 drawer identity', `${name}: a drawer says ${String(shown)}, its receipts say ${cash}`);
  }
}
