// Which call is under way, kept by Node along every await.

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Call, Calls } from '../../ports/calls.ts';

export function nodeCalls(): Calls {
  const under = new AsyncLocalStorage<Call>();
  return {
    during: (call, work) => under.run(call, work),
    current: () => under.getStore() ?? null,
  };
}
