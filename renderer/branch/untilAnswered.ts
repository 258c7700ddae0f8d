// What is no answer: a question that the branch could not be asked just now is asked again by itself, and is never taken for answered with nothing.

import type { Refusal } from '../../shared/contract/define.ts';
import type { Result } from '../../shared/kernel/result.ts';

/** No word about what was asked: the way to the branch, or the branch at this moment, gave none. A fault is an incident, and is not repeated. */
const PASSING: ReadonlySet<string> = new Set([
  'branch.notReady',
  'store.busy',
  'transport.unreachable',
  'transport.tooManyRequests',
  'session.locked',
]);
export const ASK_AGAIN_MS = 2_000;

export function isPassing({ code }: Refusal): boolean {
  return PASSING.has(code);
}

/** Null once nobody waits for it any more. */
export async function untilAnswered<T>(
  question: () => Promise<Result<T, Refusal>>,
  isOver: () => boolean,
): Promise<Result<T, Refusal> | null> {
  while (!isOver()) {
    const answer = await question();
    if (answer.ok || !isPassing(answer.refusal)) return answer;
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
  return null;
}
