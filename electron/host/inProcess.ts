// The transport that is none: for scenarios, simulation and tests. It copies what goes in and out, as the real transports must, so that
// nobody comes to rely on sharing an object with the branch.

import type { BranchEvent } from '../../shared/contract/branchContract.ts';
import type { Doorway, Reply } from './doorway.ts';

export interface InProcess {
  call(method: string, input: unknown): Promise<Reply>;
  subscribe(listener: (event: BranchEvent) => void): () => void;
}

/** `channel` stands for one window or one browser: a person signs in on it. */
export function inProcess(doorway: Doorway, channel: string): InProcess {
  return {
    async call(method, input) {
      let plain: unknown;
      try {
        plain = structuredClone(input);
      } catch {
        return { ok: false, refusal: { code: 'input.invalid' } };
      }
      return structuredClone(await doorway.call(method, plain, { channel }));
    },
    subscribe(listener) {
      return doorway.listen((event) => listener(structuredClone(event)));
    },
  };
}
