// Looking for transactions of one account: by dates, amounts and kinds, or by named columns.
import { type Call, requireRead, reply } from '../call.ts';
import { jsonAmount, minorOfText } from '../amounts.ts';
import { type JsonObject, parseObject } from '../commandBody.ts';
import { parseDate } from '../dates.ts';
import { containerRefusal, validationError } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { readPage } from '../lists.ts';
import { findSavings, type SavingsTransactionRow } from './savingsAccount.ts';
import { savingsTransactionReply } from './savingsReplies.ts';

const MOST = 200;
const DEFAULT_ORDER = ['transaction_date', 'created_on_utc', 'id'];

/** What the answer says of how it was cut and sorted. */
function pageable(query: { limit: number; offset: number; orderBy: string | null; isDescending: boolean }): object {
  return {
    sort: {
      orders: (query.orderBy === null ? DEFAULT_ORDER : [query.orderBy]).map((property) => ({
        direction: query.orderBy === null || query.isDescending ? 'DESC' : 'ASC',
        property,
        ignoreCase: false,
        nullHandling: 'NATIVE',
      })),
    },
    pageNumber: query.limit === 0 ? 0 : Math.floor(query.offset / query.limit),
    pageSize: query.limit,
  };
}

export function searchTransactions(call: Call, accountId: number): HeadOfficeReply {
  requireRead(call, 'SAVINGSACCOUNT');
  const account = findSavings(call, accountId);
  const conditions = ['account_id = ?'];
  const values: (string | number)[] = [accountId];
  const format = call.query.get('dateFormat') ?? 'yyyy-MM-dd';
  for (const [name, condition] of [
    ['fromDate', 'date >= ?'],
    ['toDate', 'date <= ?'],
    ['fromSubmittedDate', 'submitted_on >= ?'],
    ['toSubmittedDate', 'submitted_on <= ?'],
  ] as const) {
    const asked = call.query.get(name);
    if (asked === null || asked === '') continue;
    const date = parseDate(asked, format);
    if (date === null) throw validationError('validation.msg.invalid.dateFormat.format', `The parameter ${name} is invalid.`, name);
    conditions.push(condition);
    values.push(date);
  }
  for (const [name, condition] of [
    ['fromAmount', 'amount >= ?'],
    ['toAmount', 'amount <= ?'],
  ] as const) {
    const asked = call.query.get(name);
    if (asked === null || asked === '') continue;
    const minor = minorOfText(asked);
    if (minor === null) throw validationError('validation.msg.invalid.decimal.format', `The parameter ${name} is invalid.`, name);
    conditions.push(condition);
    values.push(minor);
  }
  const types = (call.query.get('types') ?? '')
    .split(',')
    .map(Number)
    .filter((type) => Number.isInteger(type) && type > 0);
  if (types.length > 0) conditions.push(`type IN (${types.join(',')})`);
  const page = readPage(call.office.book, call.query, {
    columns: '*',
    from: `FROM savings_transaction WHERE ${conditions.join(' AND ')}`,
    values,
    orders: { id: 'id', createdDate: 'created_at, id', transactionDate: 'date, id' },
    defaultOrder: 'date DESC, id DESC',
  });
  const rows = page.rows as SavingsTransactionRow[];
  const orderBy = call.query.get('orderBy');
  return reply({
    total: page.totalFilteredRecords,
    content: rows.map((row) => savingsTransactionReply(call, account.account_no, row)),
    pageable: pageable({
      limit: Number(call.query.get('limit') ?? String(MOST)),
      offset: Number(call.query.get('offset') ?? '0'),
      orderBy,
      isDescending: call.query.get('sortOrder')?.toUpperCase() === 'DESC',
    }),
  });
}

const COLUMNS: Readonly<Record<string, (row: SavingsTransactionRow) => unknown>> = {
  id: (row) => row.id,
  savings_account_id: (row) => row.account_id,
  office_id: (row) => row.office_id,
  transaction_type_enum: (row) => row.type,
  transaction_date: (row) => row.date,
  submitted_on_date: (row) => row.submitted_on,
  amount: (row) => jsonAmount(row.amount),
  running_balance_derived: (row) => jsonAmount(row.running_balance),
  is_reversed: (row) => row.reversed === 1,
};

/** The columns asked for, newest row first. Filters are not known to practice and are answered as a fault. */
export function queryTransactions(call: Call, accountId: number): HeadOfficeReply {
  requireRead(call, 'SAVINGSACCOUNT');
  findSavings(call, accountId);
  const asked = parseObject(call.body);
  const base = ((asked['request'] as JsonObject | undefined)?.['baseQuery'] ?? {}) as {
    resultColumns?: string[];
    columnFilters?: unknown[];
  };
  const columns = base.resultColumns ?? Object.keys(COLUMNS);
  if ((base.columnFilters ?? []).length > 0 || columns.some((name) => COLUMNS[name] === undefined))
    throw containerRefusal(500, 'Internal Server Error', call.path, call.office.now());
  const size = Number(asked['size'] ?? MOST);
  const page = Number(asked['page'] ?? 0);
  const rows = call.office.book.all(
    'SELECT * FROM savings_transaction WHERE account_id = ? ORDER BY id DESC',
    accountId,
  ) as SavingsTransactionRow[];
  return reply({
    total: rows.length,
    content: rows
      .slice(page * size, (page + 1) * size)
      .map((row) => Object.fromEntries(columns.map((name) => [name, COLUMNS[name]?.(row)]))),
    pageable: pageable({ limit: size, offset: page * size, orderBy: 'id', isDescending: true }),
  });
}
