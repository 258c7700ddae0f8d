// The notes that head office keeps beside a record: what was said along with a deed stands among them, with the mark of the command in its text.

import type { Answer, CommandToSend, Credential } from '../../ports/headOffice.ts';
import { decoding } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, needed, Unreadable } from '../members.ts';
import { ABSENT, lookUpFailed, unreadInDoubt } from './lookUp.ts';
import type { Found } from './lookUp.ts';

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
    return (answer.value as readonly unknown[]).map((each) => noteOf(new Members(each, `notes ${url}`)));
  });
}

/** What was said of a loan comes with the loan itself. */
export async function lookUpInLoanNotes(line: Line, command: CommandToSend, loan: number, credential: Credential): Promise<Found> {
  const answer = await line.ask({ method: 'GET', url: `/loans/${loan}?associations=notes` }, credential);
  if (!answer.ok) return unreadInDoubt(command, answer.trouble);
  const read = decoding(() => {
    const whole = new Members(answer.value, `loan ${loan}`);
    if (whole.id('id') !== loan) throw new Unreadable(`loan ${loan}: id`);
    return whole.children('notes').map(noteOf);
  });
  if (!read.ok) return lookUpFailed(read.trouble);
  const isOurs = read.value.some(({ text }) => text.includes(command.commandId));
  return isOurs ? { kind: 'accepted', serverTransactionId: loan, how: 'found' } : ABSENT;
}

function noteOf(row: Members): NoteThere {
  return { id: needed(row.id('id'), row, 'id'), text: needed(row.text('note'), row, 'note') };
}
