// What the use cases are given of the world: the same parts, which let nothing be written and nobody be asked in the name of somebody who has
// left meanwhile. Asked at each write and at each word to head office, so that it holds after every await there is.

import { CallEnded, type Calls } from '../ports/calls.ts';
import type { BranchParts } from './parts.ts';

function guarded<T extends object>(target: T, mayGoOn: () => void): T {
  return new Proxy(target, {
    get(of, name) {
      const value: unknown = Reflect.get(of, name);
      if (typeof value !== 'function') return value;
      return (...input: unknown[]): unknown => {
        mayGoOn();
        return Reflect.apply(value, of, input) as unknown;
      };
    },
  });
}

export function guardedParts(parts: BranchParts, calls: Calls): BranchParts {
  const mayGoOn = (): void => {
    const refusal = calls.current()?.ended() ?? null;
    if (refusal !== null) throw new CallEnded(refusal);
  };
  const { store, sync, vault } = parts;
  return {
    ...parts,
    store: {
      read: (work) => store.read(work),
      write: (work) => {
        mayGoOn();
        return store.write(work);
      },
      close: () => store.close(),
    },
    vault: {
      keep: (content) => {
        mayGoOn();
        return vault.keep(content);
      },
      read: (sha256) => vault.read(sha256),
    },
    headOffice: guarded(parts.headOffice, mayGoOn),
    sync: {
      start: () => sync.start(),
      stop: () => sync.stop(),
      wake: (...input) => sync.wake(...input),
      state: () => sync.state(),
      lookAgain: (...input) => {
        mayGoOn();
        return sync.lookAgain(...input);
      },
      refresh: (...input) => {
        mayGoOn();
        return sync.refresh(...input);
      },
    },
  };
}
