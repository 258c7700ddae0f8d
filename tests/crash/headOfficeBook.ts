// The third book: what head office holds, read from its file as an auditor would, after its process has ended. Only what came since the mark
// counts: the made-up history of the practice branch is nobody's receipt.

import Database from 'better-sqlite3';

export interface HeadOfficeMark {
  readonly savingsTransaction: number;
  readonly loanTransaction: number;
  readonly journalLine: number;
  readonly savingsBalances: Readonly<Record<number, number>>;
}

export interface HeadOfficeTransaction {
  readonly transactionId: number;
  readonly accountKind: 'loan' | 'savings';
  readonly accountServerId: number;
  readonly kind: 'loanRepayment' | 'savingsDeposit' | 'savingsWithdrawal' | 'fee' | 'other';
  readonly date: string;
  readonly amountMinor: number;
  readonly reversed: boolean;
  readonly externalId: string | null;
  readonly receiptNumber: string | null;
  readonly createdBy: string;
}

/** How a sum of it moves the balance of its account. */
export const MOVES: Readonly<Record<HeadOfficeTransaction['kind'], 1 | -1>> = {
  loanRepayment: -1,
  savingsDeposit: 1,
  savingsWithdrawal: -1,
  fee: -1,
  other: -1,
};

export interface HeadOfficePosting {
  readonly referenceNumber: string | null;
  /** 1 credit, 2 debit. */
  readonly type: number;
  readonly amountMinor: number;
  readonly reversed: boolean;
}

export interface HeadOfficeBook {
  readonly transactions: readonly HeadOfficeTransaction[];
  /** Entries made by hand, which is how suspense is posted. */
  readonly postings: readonly HeadOfficePosting[];
  readonly debitsMinor: number;
  readonly creditsMinor: number;
  /** How much each savings account's balance moved since the mark. */
  readonly savingsMoved: Readonly<Record<number, number>>;
}

function open(file: string): Database.Database {
  return new Database(file, { readonly: true });
}

export function serverIdsByNumber(file: string): (kind: 'loan' | 'savings', accountNo: string) => number {
  const database = open(file);
  try {
    const rows = (table: string) =>
      database.prepare(`SELECT account_no AS accountNo, id FROM ${table}`).all() as { accountNo: string; id: number }[];
    const loans = new Map(rows('loan').map((row) => [row.accountNo, row.id]));
    const savings = new Map(rows('savings_account').map((row) => [row.accountNo, row.id]));
    return (kind, accountNo) => (kind === 'loan' ? loans : savings).get(accountNo) ?? 0;
  } finally {
    database.close();
  }
}

function balancesOf(database: Database.Database): Record<number, number> {
  const rows = database.prepare('SELECT id, balance FROM savings_account').all() as { id: number; balance: number }[];
  return Object.fromEntries(rows.map((row) => [row.id, row.balance]));
}

export function markHeadOffice(file: string): HeadOfficeMark {
  const database = open(file);
  try {
    const last = (table: string): number => Number(database.prepare(`SELECT coalesce(max(id), 0) FROM ${table}`).pluck().get());
    return {
      savingsTransaction: last('savings_transaction'),
      loanTransaction: last('loan_transaction'),
      journalLine: last('journal_line'),
      savingsBalances: balancesOf(database),
    };
  } finally {
    database.close();
  }
}

const REPAYMENT = 2;
const SAVINGS_KINDS: Readonly<Record<number, HeadOfficeTransaction['kind']>> = { 1: 'savingsDeposit', 2: 'savingsWithdrawal', 4: 'fee' };

export function readHeadOffice(file: string, since: HeadOfficeMark): HeadOfficeBook {
  const database = open(file);
  try {
    type Row = {
      transactionId: number;
      accountServerId: number;
      type: number;
      date: string;
      amountMinor: number;
      reversed: number;
      externalId: string | null;
      receiptNumber: string | null;
      createdBy: string;
    };
    const savings = database
      .prepare(
        `SELECT moved.id AS transactionId, account_id AS accountServerId, type, date, amount AS amountMinor, reversed, NULL AS externalId,
           receipt_number AS receiptNumber, username AS createdBy
         FROM savings_transaction AS moved LEFT JOIN payment_detail AS paid ON paid.id = moved.payment_detail_id
         JOIN user_account AS maker ON maker.id = moved.created_by WHERE moved.id > ? ORDER BY moved.id`,
      )
      .all(since.savingsTransaction) as Row[];
    const loans = database
      .prepare(
        `SELECT moved.id AS transactionId, loan_id AS accountServerId, type, date, amount AS amountMinor, reversed, moved.external_id AS externalId,
           receipt_number AS receiptNumber, username AS createdBy
         FROM loan_transaction AS moved LEFT JOIN payment_detail AS paid ON paid.id = moved.payment_detail_id
         JOIN user_account AS maker ON maker.id = moved.created_by WHERE moved.id > ? ORDER BY moved.id`,
      )
      .all(since.loanTransaction) as Row[];
    const balances = balancesOf(database);
    const total = database.prepare('SELECT debits, credits FROM ledger_total WHERE id = 1').get() as { debits: number; credits: number };
    return {
      transactions: [
        ...savings.map((row) => ({
          ...row,
          accountKind: 'savings' as const,
          kind: SAVINGS_KINDS[row.type] ?? ('other' as const),
          reversed: row.reversed === 1,
        })),
        ...loans.map((row) => ({
          ...row,
          accountKind: 'loan' as const,
          kind: row.type === REPAYMENT ? ('loanRepayment' as const) : ('other' as const),
          reversed: row.reversed === 1,
        })),
      ],
      postings: (
        database
          .prepare(
            'SELECT reference_number AS referenceNumber, type, amount AS amountMinor, reversed FROM journal_line WHERE manual = 1 AND id > ?',
          )
          .all(since.journalLine) as (Omit<HeadOfficePosting, 'reversed'> & { reversed: number })[]
      ).map((row) => ({ ...row, reversed: row.reversed === 1 })),
      debitsMinor: total.debits,
      creditsMinor: total.credits,
      savingsMoved: Object.fromEntries(
        Object.entries(balances).map(([id, balance]) => [id, balance - (since.savingsBalances[Number(id)] ?? 0)]),
      ),
    };
  } finally {
    database.close();
  }
}
