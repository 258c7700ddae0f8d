// Loans of the replica, always read and replaced whole. "Behind" is an active loan whose first unpaid instalment was due before the
// business date; the instalments themselves stay with the loan.

import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { LoanPeriod } from '../../ports/headOffice.ts';
import type { LoanReads, LoanRecord, LoanWrites, Parted } from '../../ports/store.ts';
import { replicaLoans } from '../schema/replica/loans.ts';
import { replicaPayOffs } from '../schema/replica/payOffs.ts';
import { replicaLoanTransactions } from '../schema/replica/loanTransactions.ts';
import { numberKey } from '../search/words.ts';
import { change, insertInto, replacing, rowsOf, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';
import { accountOwners } from './accountOwner.ts';
import { packPeriods, unpackPeriods } from './packedPeriods.ts';
import type { ReplicaNoun } from './replicaNoun.ts';
import type { LearnServerIds } from './serverIdTable.ts';
import { readTransactionPages, writeTransactionPages } from './transactionPages.ts';

type Row = typeof replicaLoans.$inferSelect;

function loanOf({ currencyCode, currencyDecimals, nextUnpaidDueDate: _due, accountKey: _account, periods, ...loan }: Row): LoanRecord {
  return { ...loan, periods: unpackPeriods(periods), currency: { code: currencyCode, decimals: currencyDecimals } };
}

function isUnpaid(period: LoanPeriod): boolean {
  return (
    period.principalOutstandingMinor > 0 ||
    period.interestOutstandingMinor > 0 ||
    period.feeOutstandingMinor > 0 ||
    period.penaltyOutstandingMinor > 0
  );
}

function firstUnpaid(periods: readonly LoanPeriod[]): BusinessDate | null {
  let first: BusinessDate | null = null;
  for (const period of periods) if (isUnpaid(period) && (first === null || period.dueDate < first)) first = period.dueDate;
  return first;
}

export function readLoans(session: Session): LoanReads {
  const byId = selectFrom(session, replicaLoans, 'WHERE loan_id = ?');
  const of = selectFrom(session, replicaLoans, `WHERE client_id = ? AND gone = 0 ORDER BY status <> 'active', account_no`);
  const ofGroup = selectFrom(session, replicaLoans, `WHERE group_id = ? AND gone = 0 ORDER BY status <> 'active', account_no`);
  const transactions = selectFrom(session, replicaLoanTransactions, 'WHERE loan_id = ?');
  const pages = readTransactionPages(session, (accountId) => transactions.one(accountId)?.transactions ?? null);
  const payOffs = selectFrom(session, replicaPayOffs, 'WHERE loan_id = ?');
  // The planner has no statistics of a file that is filled in one night; which index serves which list is known here.
  function list(index: string, where: string, order: string) {
    const from = (rest: string) => ({
      rows: selectFrom(session, replicaLoans, `${rest} ORDER BY ${order} LIMIT ? OFFSET ?`),
      sums: rowsOf<{ total: number; code: string; decimals: number; minor: number }>(
        session,
        `SELECT count(*) AS total, currency_code AS code, currency_decimals AS decimals, sum(outstanding_minor) AS minor
         FROM replica_loans ${rest} GROUP BY currency_code, currency_decimals`,
      ),
    });
    return {
      ...from(`INDEXED BY ${index} WHERE ${where}`),
      moved: from(
        `WHERE loan_id IN (
           SELECT loan_id FROM replica_loans INDEXED BY ${index} WHERE ${where} AND loan_id NOT IN (SELECT value FROM json_each(?))
           UNION ALL SELECT value FROM json_each(?)
         )`,
      ),
    };
  }
  const decidedOn = selectFrom(
    session,
    replicaLoans,
    `INDEXED BY replica_loans_standing WHERE gone = 0 AND status IN ('submitted', 'approved')
       AND EXISTS (SELECT 1 FROM journal_record_facts AS fact WHERE fact.record_id = loan_id AND fact.record_kind = 'loan')`,
  );
  const behind = `gone = 0 AND status = 'active' AND next_unpaid_due_date IS NOT NULL AND next_unpaid_due_date < ?`;
  const lists = {
    active: list('replica_loans_standing', `gone = 0 AND status = 'active'`, 'account_no'),
    submitted: list('replica_loans_standing', `gone = 0 AND status = 'submitted'`, 'account_no'),
    approved: list('replica_loans_standing', `gone = 0 AND status = 'approved'`, 'account_no'),
    behind: list('replica_loans_due', behind, 'next_unpaid_due_date, account_no'),
    all: list('replica_loans_listed', 'gone = 0', 'account_no'),
  };
  return {
    loan: (loanId) => {
      const row = byId.one(loanId);
      return row === null ? null : loanOf(row);
    },
    loansOf: (clientId) => of.all(clientId).map(loanOf),
    // A member's loan under a group names the group too, but it is the member's.
    loansOfGroup: (groupId) => ofGroup.all(groupId).flatMap((row) => (row.clientId === null ? [loanOf(row)] : [])),
    waitingLoansDecidedOn: () => decidedOn.all().map(loanOf),
    loans: ({ show, businessDate, offset, most, moved }) => {
      const isMoved = moved !== undefined && moved.out.length + moved.in.length > 0;
      const { rows, sums } = isMoved ? lists[show].moved : lists[show];
      const values = [
        ...(show === 'behind' ? [businessDate] : []),
        ...(isMoved ? [moved.out, moved.in].map((ids) => JSON.stringify(ids)) : []),
      ];
      const each = sums(...values);
      return {
        rows: rows.all(...values, most, offset).map(loanOf),
        total: each.reduce((total, sum) => total + sum.total, 0),
        outstanding: each.map(({ code, decimals, minor }) => ({ currency: { code, decimals }, minor })),
      };
    },
    payOffQuote: (loanId) => payOffs.one(loanId),
    newestLoanTransactions: (loanId, most) => pages.newest(loanId, most),
    loanTransactions: (loanId) => pages.all(loanId),
  };
}

export function writeLoans(session: Session, ids: LearnServerIds, refreshDue: (clientId: LocalId) => void): ReplicaNoun<LoanWrites> {
  const save = insertInto(session, replicaLoans, replacing(replicaLoans, 'loan_id'));
  const before = selectFrom(session, replicaLoans, 'WHERE loan_id = ?');
  const markOwn = change(session, 'UPDATE replica_loans SET gone = 1 WHERE loan_id = ? AND server_id IS NULL');
  const saveTransactions = insertInto(session, replicaLoanTransactions, replacing(replicaLoanTransactions, 'loan_id'));
  const pages = writeTransactionPages(session);
  const mark = change(session, 'UPDATE replica_loans SET gone = 1 WHERE server_id = ?');
  const borrowers = rowsOf<{ clientId: string | null }>(session, 'SELECT client_id AS clientId FROM replica_loans WHERE server_id = ?');
  const savePayOff = insertInto(session, replicaPayOffs, replacing(replicaPayOffs, 'loan_id'));
  const drops = [
    // Those that head office does not have yet come back from nowhere else.
    'replica_loans WHERE server_id IS NOT NULL',
    'replica_loan_transactions',
    'replica_pay_offs',
  ].map((rows) => change(session, `DELETE FROM ${rows}`));
  const owners = accountOwners(session, ids, 'loan', 'replica_loans', 'loan_id');

  return {
    writes: {
      savePayOff,
      saveOwnLoan: ({ currency, periods, ...loan }) => {
        // Head office's own row says more than what was asked for.
        if ((before.one(loan.loanId)?.serverId ?? null) !== null) return;
        save({
          ...loan,
          serverId: null,
          currencyCode: currency.code,
          currencyDecimals: currency.decimals,
          nextUnpaidDueDate: firstUnpaid(periods),
          periods: packPeriods(periods),
          gone: false,
          accountKey: numberKey(loan.accountNo),
        });
      },
      forgetOwnLoan: (loanId) => void markOwn(loanId),
      saveLoans: (rows, pulledAt, newId) => {
        const parted: Parted[] = [];
        for (const { clientServerId, groupServerId, currency, transactions, periods, ...loan } of rows) {
          const clientId = clientServerId === null ? null : ids.learnServerId('client', clientServerId, newId);
          const groupId = groupServerId === null ? null : ids.learnServerId('group', groupServerId, newId);
          parted.push(...owners.part(loan.serverId, { clientId, groupId, externalId: loan.externalId }));
          const loanId = ids.localIdFor('loan', loan.serverId, loan.externalId, newId, (ours) => {
            const own = before.one(ours);
            return own !== null && owners.isSame(own, { clientId, groupId, productName: loan.productName });
          });
          owners.alone(loan.serverId, loanId);
          save({
            ...loan,
            loanId,
            clientId,
            groupId,
            currencyCode: currency.code,
            currencyDecimals: currency.decimals,
            nextUnpaidDueDate: firstUnpaid(periods),
            periods: packPeriods(periods),
            gone: false,
            pulledAt,
            accountKey: numberKey(loan.accountNo),
          });
          // A loan that moved to another client leaves the old one's date too early until that client's loans are pulled again.
          if (clientId !== null) refreshDue(clientId);
          saveTransactions({ loanId, transactions: pages.save(loanId, transactions) });
        }
        return parted;
      },
    },
    markGone: (serverIds) => {
      for (const serverId of serverIds) {
        mark(serverId);
        for (const { clientId } of borrowers(serverId)) if (clientId !== null) refreshDue(clientId);
      }
    },
    drop: () => {
      for (const drop of drops) drop();
      pages.drop();
    },
  };
}
