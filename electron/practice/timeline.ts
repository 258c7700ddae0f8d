// Who did what and when, as head office tells it of accounts and people: the date and the names of the user.
import type { Book } from './book.ts';
import { dateArray } from './dates.ts';

interface Doer {
  username: string;
  firstname: string;
  lastname: string;
}

/** Members such as submittedOnDate, submittedByUsername; nothing of them without a date, no names without a user. */
export function didBy(book: Book, deed: string, on: string | null, userId: number | null): Record<string, unknown> {
  if (on === null) return {};
  const dated = { [`${deed}OnDate`]: dateArray(on) };
  if (userId === null) return dated;
  const user = book.get('SELECT username, firstname, lastname FROM user_account WHERE id = ?', userId) as Doer | undefined;
  if (user === undefined) return dated;
  return {
    ...dated,
    [`${deed}ByUsername`]: user.username,
    [`${deed}ByFirstname`]: user.firstname,
    [`${deed}ByLastname`]: user.lastname,
  };
}
