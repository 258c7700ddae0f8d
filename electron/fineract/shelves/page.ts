// One page of a list, in head office's two forms: {totalFilteredRecords, pageItems}, or a bare list where paging was not understood
// (contract 6.1). Rows come by id, so that a page can be asked for again.

import type { Answer, Credential, Listed, ListPage, Page } from '../../ports/headOffice.ts';
import { decoding, query } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, needed, Unreadable } from '../members.ts';

export async function pullPage<T>(
  line: Line,
  path: string,
  parameters: Readonly<Record<string, string | number | boolean>>,
  page: { readonly offset: number; readonly most: number },
  decode: (row: Members) => T,
  credential: Credential,
): Promise<Answer<Page<T>>> {
  const url = query(path, { offset: page.offset, limit: page.most, orderBy: 'id', sortOrder: 'ASC', ...parameters });
  const answer = await line.ask({ method: 'GET', url }, credential);
  if (!answer.ok) return answer;
  const { value } = answer;
  return decoding(() => {
    if (Array.isArray(value)) {
      const rows = (value as readonly unknown[]).map((row) => decode(new Members(row, path)));
      return { rows: rows.slice(page.offset, page.offset + page.most), total: rows.length };
    }
    const list = new Members(value, path);
    const rows = needed(Array.isArray(list.raw['pageItems']) ? list.children('pageItems') : null, list, 'pageItems');
    return { rows: rows.map(decode), total: needed(list.integer('totalFilteredRecords'), list, 'totalFilteredRecords') };
  });
}

export async function listPage<Row>(
  line: Line,
  path: string,
  parameters: Readonly<Record<string, string | number | boolean>>,
  page: { readonly offset: number; readonly most: number },
  decode: (row: Members) => Listed<Row>,
  credential: Credential,
): Promise<Answer<ListPage<Row>>> {
  const answer = await pullPage(line, path, parameters, page, decode, credential);
  return answer.ok ? { ok: true, value: { listed: answer.value.rows, total: answer.value.total } } : answer;
}

/** A list that only names its records. */
export function nameOnly(row: Members): Listed<never> {
  return { serverId: needed(row.id('id'), row, 'id'), row: null };
}

/** A list that carries its records: one that cannot be understood is named all the same, and read by itself. */
export function carrying<Row>(decode: (row: Members) => Row): (row: Members) => Listed<Row> {
  return (row) => {
    const serverId = needed(row.id('id'), row, 'id');
    try {
      return { serverId, row: decode(row) };
    } catch (error) {
      if (error instanceof Unreadable) return { serverId, row: null };
      throw error;
    }
  };
}
