// Lists as head office gives them: offset and limit, and an order by known aliases only. A limit left out, or not
// above zero, means everything, and then the offset is ignored too.
import { domainRule, UnreadableParameter, validationError } from './errors.ts';
import type { Book, SqlValue } from './book.ts';

export interface ListQuestion {
  /** From FROM onward, without ORDER and LIMIT. */
  from: string;
  columns: string;
  values: readonly SqlValue[];
  /** Alias of the wire to SQL expression. */
  orders: Readonly<Record<string, string>>;
  defaultOrder: string;
  /** The names that a list gives which says what it can be ordered by; others fall over an unknown one. */
  supportedOrders?: readonly string[];
  /** Whether it falls over an offset without a limit. */
  needsLimit?: boolean;
}

export interface Page {
  totalFilteredRecords: number;
  rows: unknown[];
}

function wholeNumber(query: URLSearchParams, name: string): number {
  const text = query.get(name) ?? '';
  if (text !== '' && !/^-?\d+$/.test(text)) throw new UnreadableParameter();
  return Number(text);
}

function unsupportedOrder(parameter: 'orderBy' | 'sortOrder', value: string, supported: readonly string[]): Error {
  const list = `[${supported.join(', ')}]`;
  return validationError(
    `validation.msg.audits.${parameter}.value.is.not.supported`,
    `The ${parameter} value '${value}' is not supported. The supported ${parameter} values are ${list}`,
    parameter,
    [value, list],
  );
}

/** What looks like an attack is said to be one; any other unknown name is refused, or the list falls over it. */
function orderOf(query: URLSearchParams, question: ListQuestion): string {
  const asked = query.get('orderBy') ?? '';
  const direction = (query.get('sortOrder') ?? '').toUpperCase();
  if (/[;'"]|--/.test(asked))
    throw domainRule('error.msg.sql.validation', "SQL validation error: invalid SQL statement (detected 'inject-stacked-query' pattern)");
  const known = question.orders[asked];
  if (asked !== '' && known === undefined) {
    if (question.supportedOrders !== undefined) throw unsupportedOrder('orderBy', asked, question.supportedOrders);
    throw new Error(`nothing is called ${asked}`);
  }
  if (direction !== '' && direction !== 'ASC' && direction !== 'DESC') {
    if (question.supportedOrders !== undefined) throw unsupportedOrder('sortOrder', query.get('sortOrder') ?? '', ['ASC', 'DESC']);
    throw new Error(`no order is called ${direction}`);
  }
  return known === undefined ? question.defaultOrder : `${known} ${direction === 'DESC' ? 'DESC' : 'ASC'}`;
}

export function readPage(book: Book, query: URLSearchParams, question: ListQuestion): Page {
  const order = orderOf(query, question);
  const limit = wholeNumber(query, 'limit');
  const offset = Math.max(0, wholeNumber(query, 'offset'));
  if (question.needsLimit === true && limit <= 0 && offset > 0) throw new Error('an offset without a limit');
  const base = `SELECT ${question.columns} ${question.from} ORDER BY ${order}`;
  if (limit <= 0) {
    const rows = book.all(base, ...question.values);
    return { totalFilteredRecords: rows.length, rows };
  }
  const counted = book.get(`SELECT COUNT(*) AS total ${question.from}`, ...question.values) as { total: number };
  return { totalFilteredRecords: counted.total, rows: book.all(`${base} LIMIT ? OFFSET ?`, ...question.values, limit, offset) };
}

/** The accounts of a caller's offices, as a condition on o.hierarchy. */
export function scopePattern(scope: string): string {
  return `${scope}%`;
}
