// Three ways to the same doorway, each as a page would use it: copied objects in one process, Electron's invoke with its frames, and HTTP
// with a cookie jar and an event stream.

import { setTimeout as sleep } from 'node:timers/promises';
import type { BranchEvent } from '../../../shared/contract/branchContract.ts';
import { builtPage } from '../../../electron/host/builtPage.ts';
import type { Doorway } from '../../../electron/host/doorway.ts';
import { inProcess } from '../../../electron/host/inProcess.ts';
import type { IpcMainLike, WindowContents } from '../../../electron/host/ipcHost.ts';
import { CALL_CHANNEL, EVENT_CHANNEL, openIpcHost } from '../../../electron/host/ipcHost.ts';
import type { LanHost } from '../../../electron/host/lanHost.ts';
import { openLanHost } from '../../../electron/host/lanHost.ts';

export const quiet = { record() {}, incident: () => 'INC-0' };

export interface Visitor {
  call(method: string, input: unknown): Promise<unknown>;
  subscribe(listener: (event: BranchEvent) => void): Promise<() => void>;
}

export interface Wire {
  readonly name: string;
  open(doorway: Doorway): Promise<{ visitor(): Promise<Visitor>; close(): Promise<void> }>;
}

const inProcessWire: Wire = {
  name: 'in process',
  async open(doorway) {
    let count = 0;
    return {
      async visitor() {
        count += 1;
        const transport = inProcess(doorway, `test:${String(count)}`);
        return { call: transport.call, subscribe: async (listener) => transport.subscribe(listener) };
      },
      async close() {},
    };
  },
};

type CallListener = Parameters<IpcMainLike['handle']>[1];

export interface FakeIpc {
  readonly ipcMain: IpcMainLike;
  invoke(event: Parameters<CallListener>[0], method: unknown, input: unknown): Promise<unknown>;
}

export function fakeIpc(): FakeIpc {
  const handlers = new Map<string, CallListener>();
  return {
    ipcMain: {
      handle(channel, listener) {
        if (handlers.has(channel)) throw new Error(`second handler for ${channel}`);
        handlers.set(channel, listener);
      },
      removeHandler: (channel) => void handlers.delete(channel),
    },
    async invoke(event, method, input) {
      const handler = handlers.get(CALL_CHANNEL);
      if (handler === undefined) throw new Error('nobody handles the channel');
      return structuredClone(await handler(event, structuredClone(method), structuredClone(input)));
    },
  };
}

export const OUR_ORIGIN = 'app://branch';

export class FakeWindow implements WindowContents {
  readonly id: number;
  mainFrame: WindowContents['mainFrame'] = { frameTreeNodeId: 1, origin: OUR_ORIGIN, parent: null };
  readonly #listeners = new Set<(event: BranchEvent) => void>();
  #destroyed: (() => void) | undefined;

  constructor(id: number) {
    this.id = id;
  }

  isDestroyed(): boolean {
    return false;
  }

  send(channel: string, event: BranchEvent): void {
    if (channel !== EVENT_CHANNEL) throw new Error(`sent on ${channel}`);
    for (const listener of this.#listeners) listener(structuredClone(event));
  }

  once(_event: 'destroyed', listener: () => void): void {
    this.#destroyed = listener;
  }

  destroy(): void {
    this.#destroyed?.();
  }

  subscribe(listener: (event: BranchEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

const ipcWire: Wire = {
  name: 'IPC',
  async open(doorway) {
    const ipc = fakeIpc();
    const host = openIpcHost({ ipcMain: ipc.ipcMain, doorway, diagnostics: quiet, origin: OUR_ORIGIN });
    let count = 0;
    return {
      async visitor() {
        count += 1;
        const window = new FakeWindow(count);
        host.announce(window);
        return {
          call: (method, input) => ipc.invoke({ sender: window, senderFrame: window.mainFrame }, method, input),
          subscribe: async (listener) => window.subscribe(listener),
        };
      },
      async close() {
        host.close();
      },
    };
  },
};

export async function openHost(
  doorway: Doorway,
  pageFolder = 'no-such-folder',
  monotonicMs = (): number => performance.now(),
): Promise<LanHost> {
  return openLanHost({ doorway, page: builtPage(pageFolder), diagnostics: quiet, monotonicMs, port: 0 });
}

/** One browser: keeps the cookie it was given, as a browser would. */
export class Browser implements Visitor {
  readonly #address: string;
  cookie: string | undefined;
  /** What only our page is told. */
  pageWord: string | undefined;

  constructor(address: string) {
    this.#address = address;
  }

  #mine(): Record<string, string> {
    return {
      ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
      ...(this.pageWord === undefined ? {} : { 'x-tawi-page': this.pageWord }),
    };
  }

  async post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
    const answer = await fetch(new URL(path, this.#address), {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...this.#mine(), ...headers },
    });
    const given = answer.headers.getSetCookie()[0];
    if (given !== undefined) this.cookie = given.split(';', 1)[0];
    this.pageWord = answer.headers.get('x-tawi-page') ?? this.pageWord;
    return answer;
  }

  async call(method: string, input: unknown): Promise<unknown> {
    return (await this.post(`/call/${method}`, JSON.stringify(input))).json();
  }

  async subscribe(listener: (event: BranchEvent) => void): Promise<() => void> {
    const abort = new AbortController();
    const answer = await fetch(new URL('/events', this.#address), { signal: abort.signal, headers: this.#mine() });
    if (answer.status !== 200 || answer.body === null) throw new Error(`events answered ${String(answer.status)}`);
    const read = async (stream: ReadableStream<Uint8Array>): Promise<void> => {
      const text = new TextDecoder();
      let waiting = '';
      for await (const part of stream as unknown as AsyncIterable<Uint8Array>) {
        waiting += text.decode(part, { stream: true });
        const messages = waiting.split('\n\n');
        waiting = messages.pop() ?? '';
        for (const message of messages) {
          if (message.startsWith('data: ')) listener(JSON.parse(message.slice('data: '.length)) as BranchEvent);
        }
      }
    };
    read(answer.body).catch(() => {});
    return () => {
      abort.abort();
    };
  }
}

const lanWire: Wire = {
  name: 'LAN',
  async open(doorway) {
    const host = await openHost(doorway);
    return { visitor: async () => new Browser(host.address), close: () => host.close() };
  },
};

export const wires: readonly Wire[] = [inProcessWire, ipcWire, lanWire];

/** Waits until it holds, at most two seconds. */
export async function eventually(holds: () => boolean): Promise<void> {
  for (let waited = 0; waited < 2_000 && !holds(); waited += 10) await sleep(10);
  if (!holds()) throw new Error('it never came true');
}
