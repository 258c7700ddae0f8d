// The notes that head office keeps beside a record: what was said along with a deed stands among them, with the mark of the command in its text.

import type { Answer, Credential } from '../../ports/headOffice.ts';
import { decoding } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, needed, Unreadable } from '../members.ts';

export interface NoteThere {
  readonly id: number;
  readonly text: string;
}

/** `url`: of the record's notes. One whose words cannot be read may be ours, so then none of them are. */
export async function readNotes(line: Line, url: string, credential: Credential): Promise<Answer<readonly NoteThere[]>> {
  const answer = await line.ask({ method: 'GET', url }, credential);
  if (!answer.ok) return answer;
  return decoding(() => {
    if (!Array.isArray(answer.value)) throw new Unreadable(`notes ${url}`);
    return (answer.value as readonly unknown[]).map((each) => {
      const row = new Members(each, `notes ${url}`);
      return { id: needed(row.id('id'), row, 'id'), text: needed(row.text('note'), row, 'note') };
    });
  });
}
