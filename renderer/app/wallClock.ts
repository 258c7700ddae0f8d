// The one file of the page that reads the wall clock and chance. Figures and dates in the books never come from here: the branch gives
// them. The page needs it to show the time, to notice that nobody is at the desk, and to give a form its id.

import { uuidV7 } from '../../shared/kernel/uuidV7.ts';

/** Epoch milliseconds of this PC's clock. */
export function nowMs(): number {
  return Date.now();
}

/** The id that is born with a form, so that pressing twice is one command (field-rules 1.10). */
export function newFormId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}
