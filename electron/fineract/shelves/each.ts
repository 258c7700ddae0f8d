// Reads many single records, a few at a time so that a thin line and head office stay usable. The first trouble ends the reading; a record
// that is gone is left out.

import type { Answer, Credential } from '../../ports/headOffice.ts';
import { decoding, isGone } from '../line.ts';
import type { Line } from '../line.ts';
import { Members } from '../members.ts';

const AT_ONCE = 4;

export async function pullEach<T>(
  line: Line,
  ids: readonly number[],
  urlOf: (id: number) => string,
  decode: (row: Members, id: number) => T,
  credential: Credential,
): Promise<Answer<readonly T[]>> {
  const rows: T[] = [];
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const part = ids.slice(start, start + AT_ONCE);
    const answers = await Promise.all(part.map((id) => line.ask({ method: 'GET', url: urlOf(id) }, credential)));
    for (const [index, answer] of answers.entries()) {
      const id = part[index] ?? 0;
      if (!answer.ok) {
        if (isGone(answer.trouble)) continue;
        return answer;
      }
      const row = decoding(() => decode(new Members(answer.value, urlOf(id)), id));
      if (!row.ok) return row;
      rows.push(row.value);
    }
  }
  return { ok: true, value: rows };
}
