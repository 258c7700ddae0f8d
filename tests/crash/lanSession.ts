// A screen somewhere in the branch: calls the contract over the LAN transport with a cookie of its own. No answer is an answer too: the
// process on the other side may be dead, and then nobody knows whether the deed was done.

import type { BranchContract } from '../../shared/contract/branchContract.ts';
import type { AnswerOf, InputOf } from '../../shared/contract/define.ts';

type Noun = keyof BranchContract;
type Verb<N extends Noun> = keyof BranchContract[N] & string;

export interface LanSession {
  /** Null: no answer came. */
  call<N extends Noun, V extends Verb<N>>(
    noun: N,
    verb: V,
    input: InputOf<BranchContract[N][V]>,
  ): Promise<AnswerOf<BranchContract[N][V]> | null>;
}

const ANSWER_WITHIN_MS = 30_000;

export function openLanSession(address: string): LanSession {
  let cookie: string | null = null;
  let word: string | null = null;
  return {
    async call<N extends Noun, V extends Verb<N>>(noun: N, verb: V, input: InputOf<BranchContract[N][V]>) {
      try {
        const reply = await fetch(`${address}call/${noun}.${verb}`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(cookie === null ? {} : { cookie }),
            ...(word === null ? {} : { 'x-tawi-page': word }),
          },
          body: JSON.stringify(input),
          signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
        });
        cookie = reply.headers.get('set-cookie')?.split(';', 1)[0] ?? cookie;
        word = reply.headers.get('x-tawi-page') ?? word;
        const answer = (await reply.json()) as AnswerOf<BranchContract[N][V]>;
        // The door turned the caller away before the branch heard of it: for the books that is no answer.
        return reply.status === 429 ? null : answer;
      } catch {
        return null;
      }
    },
  };
}
