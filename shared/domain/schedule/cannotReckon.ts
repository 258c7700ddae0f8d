// Thrown where head office alone reckons on; `reckonSchedule` answers it as a refusal by name.

import type { NotReckoned } from './terms.ts';

export class CannotReckon extends Error {
  readonly why: NotReckoned;
  constructor(why: NotReckoned) {
    super(why);
    this.why = why;
  }
}
