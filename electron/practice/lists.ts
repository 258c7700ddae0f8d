// Lists as head office gives them: offset and limit, and an order by known aliases only. A limit left out, or not
// above zero, means everything, and then the offset is ignored too.
import { validationError } from './errors.ts';
import type { Book, SqlValue } from './book.ts';

export interface ListQuestion {
  /** From FROM onward, without ORDER and LIMIT. */
  from: string;
  columns: string;
  values: readonly SqlValue[];
  /** Alias of the wire to SQL expression. */
  orders: Readonly<Record<string, string>>;
  defaultOrder: string;
}

export interface Page {
  totalFilteredRecords: number;
  rows: unknown[];
}

export function readPage(book: Book, query: URLSearchParams, question: ListQuestion): Page {
  const asked = query.get('orderBy');
  let order = question.defaultOrder;
  if (asked !== null && asked !== '') {
    const known = question.orders[asked];
    if (known === undefined) {
      throw validationError('error.msg.query.parameter.value.unsupported', `The value ${asked} of orderBy is not supported.`, 'orderBy', [
        asked,
      ]);
    }
    order = `${known} ${query.get('sortOrder')?.toUpperCase() === 'DESC' ? 'DESC' : 'ASC'}`;
  }
  const limit = Number(query.get('limit') ?? '0');
  const offset = Math.max(0, Number(query.get('offset') ?? '0') || 0);
  const base = `SELECT ${question.columns} ${question.from} ORDER BY ${order}`;
  if (!Number.isInteger(limit) || limit <= 0) {
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
