// How a transfer shows: inside a transaction that carries it, and in the list of transfers.
import type { Call } from '../call.ts';
import { currencyReplyNow, inCurrency, jsonAmount } from '../amounts.ts';
import { dateArray } from '../dates.ts';
import { savingsCurrency } from '../savings/savingsAccount.ts';
import { KIND_LOAN, type TransferRow } from './transferBook.ts';

function transferBase(row: TransferRow): Record<string, unknown> {
  return {
    id: row.id,
    reversed: row.reversed === 1,
    currency: currencyReplyNow(),
    transferAmount: jsonAmount(row.amount),
    transferDate: dateArray(row.date),
    transferDescription: row.description,
  };
}

export function transferOfTransaction(call: Call, id: number | null): object | undefined {
  if (id === null) return undefined;
  const row = call.office.book.get('SELECT * FROM account_transfer WHERE id = ?', id) as TransferRow | undefined;
  return row === undefined ? undefined : transferBase(row);
}

interface AccountRow {
  id: number;
  account_no: string;
  office_id: number;
  office_name: string;
  client_id: number | null;
  client_name: string | null;
}

export const accountType = (kind: number): object =>
  kind === KIND_LOAN
    ? { id: 1, code: 'accountType.loan', value: 'Loan Account' }
    : { id: 2, code: 'accountType.savings', value: 'Savings Account' };

function endOf(call: Call, side: 'from' | 'to', kind: number, id: number): object {
  const row = call.office.book.get(
    `SELECT a.id, a.account_no, a.office_id, o.name AS office_name, a.client_id, c.display_name AS client_name FROM ${kind === KIND_LOAN ? 'loan' : 'savings_account'} a
     JOIN office o ON o.id = a.office_id LEFT JOIN client c ON c.id = a.client_id WHERE a.id = ?`,
    id,
  ) as AccountRow | undefined;
  if (row === undefined) return {};
  return {
    [`${side}Office`]: { id: row.office_id, name: row.office_name },
    [`${side}Client`]: {
      id: row.client_id,
      displayName: row.client_name,
      isStaff: false,
      officeId: row.office_id,
      officeName: row.office_name,
    },
    [`${side}AccountType`]: accountType(kind),
    [`${side}Account`]: { id: row.id, accountNo: row.account_no },
  };
}

export function transferReply(call: Call, row: TransferRow): object {
  const currency = row.from_kind === KIND_LOAN ? null : savingsCurrency(call.office.book, row.from_id);
  return {
    ...inCurrency(currency, () => transferBase(row)),
    ...endOf(call, 'from', row.from_kind, row.from_id),
    ...endOf(call, 'to', row.to_kind, row.to_id),
  };
}
