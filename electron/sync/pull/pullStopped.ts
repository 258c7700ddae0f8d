// How a pull leaves a walk: at the first trouble that is not one record's own, by an exception that never passes the puller's door.

import type { Answer, Trouble } from '../../ports/headOffice.ts';

/** Thrown inside a pull only, to leave a walk at the first trouble; caught at the puller's door. */
export class PullStopped extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble) {
    super(trouble.kind);
    this.trouble = trouble;
  }
}

export function valueOf<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new PullStopped(answer.trouble);
}

export function nonsense(detail: string): PullStopped {
  return new PullStopped({ kind: 'nonsense', detail });
}

/** Head office's codes are dotted words. What comes in their place may repeat a request, with whose password it was made. */
export function detailOf(trouble: Trouble): string {
  if (trouble.kind === 'signInNeeded') return trouble.why;
  if (trouble.kind !== 'refused') return trouble.detail;
  return /^[a-z]+(?:\.\w+){1,14}$/i.test(trouble.code) && trouble.code.length <= 120 ? trouble.code : 'not a code';
}
