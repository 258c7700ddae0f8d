// The desktop window's way to the branch: the two functions that the preload offers, and nothing more of Electron.

import type { BranchEvent } from '../../shared/contract/branchContract.ts';
import type { Transport } from './connection.ts';

interface WindowBridge {
  readonly call: (method: string, input: unknown) => Promise<unknown>;
  readonly subscribe: (listener: (event: BranchEvent) => void) => () => void;
}

export function ipcTransport(): Transport | null {
  const bridge = (globalThis as { branch?: WindowBridge }).branch;
  if (bridge === undefined) return null;
  // Only plain data crosses the bridge; a reactive object of a form would be refused there.
  return {
    call: (method, input) => bridge.call(method, structuredCloneOf(input)),
    subscribe: (listener) => bridge.subscribe(listener),
  };
}

function structuredCloneOf(input: unknown): unknown {
  return JSON.parse(JSON.stringify(input ?? {}));
}
