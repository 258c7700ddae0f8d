// One page of a list, in head office's two forms: {totalFilteredRecords, pageItems}, or a bare list where paging was not understood
// (contract 6.1). Rows come by id, so that a page can be asked for again.

import type { Answer, Credential, Page } from '../../ports/headOffice.ts';
import { decoding, query } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, needed } from '../members.ts';

export interface PageWanted {
  readonly offset: number;
  readonly most: number;
}

export async function pullPage<T>(
  line: Line,
  path: string,
  parameters: Readonly<Record<string, string | number | boolean>>,
  page: PageWanted,
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
