// Reaching the branch: a call always answers a plain result, whatever happens on the way, and an ended session is announced to every screen.
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { BranchEvent } from '../../shared/contract/branchContract.ts';
import { connectBranch } from '../../renderer/branch/connectBranch.ts';
import type { Transport } from '../../renderer/branch/connection.ts';
import { ipcTransport } from '../../renderer/branch/ipcTransport.ts';
import { lanTransport } from '../../renderer/branch/lanTransport.ts';

function answering(answer: (method: string, input: unknown) => unknown): Transport {
  return { call: (method, input) => Promise.resolve(answer(method, input)), subscribe: () => () => undefined };
}

class SilentStream {
  static readonly CLOSED = 2;
  static readonly opened: SilentStream[] = [];
  readyState = 1;
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly close = vi.fn();
  readonly address: string;

  constructor(address: string) {
    this.address = address;
    SilentStream.opened.push(this);
  }
}

afterEach(() => {
  vi.unstubAllGlobals();
  SilentStream.opened.length = 0;
});

describe('a call', () => {
  test('is named noun.verb and carries its input', async () => {
    const seen: unknown[] = [];
    const { api } = connectBranch(
      answering((method, input) => {
        seen.push(method, input);
        return { ok: true, value: { found: [], more: false } };
      }),
    );
    expect(await api.clients.find({ text: 'mar' })).toEqual({ ok: true, value: { found: [], more: false } });
    expect(seen).toEqual(['clients.find', { text: 'mar' }]);
  });

  test('that breaks on the way becomes a refusal', async () => {
    const { api } = connectBranch({ call: () => Promise.reject(new Error('cut')), subscribe: () => () => undefined });
    expect(await api.sync.showStatus({})).toEqual({ ok: false, refusal: { code: 'transport.unreachable' } });
  });

  test.each([undefined, null, 'ok', {}, { ok: 'yes' }, { ok: false }, { ok: false, refusal: 'no' }])(
    'answered with %j is not believed',
    async (answer) => {
      const { api } = connectBranch(answering(() => answer));
      expect(await api.sync.showStatus({})).toEqual({ ok: false, refusal: { code: 'transport.unreachable' } });
    },
  );

  test('refused because the session ended tells every screen', async () => {
    const { api, subscribe } = connectBranch(answering(() => ({ ok: false, refusal: { code: 'session.locked' } })));
    const heard: BranchEvent[] = [];
    subscribe((event) => heard.push(event));
    await api.cash.showDrawer({});
    expect(heard).toEqual([{ what: 'session.changed' }]);
  });

  test('a screen that asks again when told of the end does not ask for ever, and a later end is told again', async () => {
    let isSignedIn = false;
    const { api, subscribe } = connectBranch(
      answering((method) =>
        method === 'session.showMine'
          ? { ok: true, value: isSignedIn ? { locked: false } : null }
          : { ok: false, refusal: { code: 'session.signedOut' } },
      ),
    );
    let told = 0;
    subscribe(() => {
      told += 1;
      if (told < 50) void api.session.showMine({}).then(() => api.cash.showDrawer({}));
    });
    await api.cash.showDrawer({});
    await vi.waitFor(() => {
      expect(told).toBe(1);
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told).toBe(1);
    isSignedIn = true;
    await api.session.showMine({});
    isSignedIn = false;
    await api.cash.showDrawer({});
    expect(told).toBe(2);
  });

  test('a connection can be awaited without being taken for a promise', async () => {
    const { api } = connectBranch(answering(() => ({ ok: true, value: null })));
    expect(typeof api.cash.showDrawer).toBe('function');
    expect(await api.cash.showDrawer({})).toEqual({ ok: true, value: null });
  });
});

describe('over the network', () => {
  test('posts to its own origin with the cookie and reads JSON', async () => {
    vi.stubGlobal('EventSource', SilentStream);
    const fetched = vi.fn((_address: string, _options: RequestInit) =>
      Promise.resolve(new Response(JSON.stringify({ ok: true, value: 7 }))),
    );
    vi.stubGlobal('fetch', fetched);
    expect(await lanTransport().call('cash.showDay', { a: 1 })).toEqual({ ok: true, value: 7 });
    const [address, options] = fetched.mock.calls[0]!;
    expect(address).toBe('/call/cash.showDay');
    expect(options).toMatchObject({ method: 'POST', credentials: 'same-origin', body: '{"a":1}' });
  });

  test('hears events, ignores noise, and announces everything after a broken stream', () => {
    vi.stubGlobal('EventSource', SilentStream);
    const heard: string[] = [];
    const stop = lanTransport().subscribe((event) => heard.push(event.what));
    const stream = SilentStream.opened[0]!;
    expect(stream.address).toBe('/events');
    stream.onopen?.();
    stream.onmessage?.({ data: '{"what":"drawer.changed"}' });
    stream.onmessage?.({ data: 'not json' });
    expect(heard).toEqual(['drawer.changed']);
    stream.onerror?.();
    stream.onopen?.();
    expect(heard).toContain('sync.changed');
    expect(heard).toContain('session.changed');
    stop();
    expect(stream.close).toHaveBeenCalled();
  });
});

describe('over the bridge of the window', () => {
  test('is used when it is there, with plain data only', async () => {
    const call = vi.fn((_method: string, _input: unknown) => Promise.resolve({ ok: true, value: {} }));
    vi.stubGlobal('branch', { call, subscribe: () => () => undefined });
    const transport = ipcTransport();
    await transport?.call('sync.wake', { list: [1], gone: undefined });
    expect(call).toHaveBeenCalledWith('sync.wake', { list: [1] });
  });

  test('is not there in a browser', () => expect(ipcTransport()).toBeNull());
});
