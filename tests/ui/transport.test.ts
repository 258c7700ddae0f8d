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

interface Stream {
  readonly address: string;
  readonly headers: Record<string, string>;
  say(text: string): void;
  breakOff(): void;
  readonly signal: AbortSignal;
}

/** A network whose streams of events the test writes itself. */
function streaming(streams: Stream[]): (address: string, options: RequestInit) => Promise<Response> {
  return (address, options) => {
    let control: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({ start: (given) => void (control = given) });
    streams.push({
      address,
      headers: options.headers as Record<string, string>,
      say: (text) => control?.enqueue(new TextEncoder().encode(text)),
      breakOff: () => control?.close(),
      signal: options.signal as AbortSignal,
    });
    return Promise.resolve(new Response(body));
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  localStorage.clear();
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
    const fetched = vi.fn((_address: string, _options: RequestInit) =>
      Promise.resolve(new Response(JSON.stringify({ ok: true, value: 7 }))),
    );
    vi.stubGlobal('fetch', fetched);
    expect(await lanTransport().call('cash.showDay', { a: 1 })).toEqual({ ok: true, value: 7 });
    const [address, options] = fetched.mock.calls[0]!;
    expect(address).toBe('/call/cash.showDay');
    expect(options).toMatchObject({ method: 'POST', credentials: 'same-origin', body: '{"a":1}' });
  });

  test('hears events, ignores noise, and announces everything after a broken stream', async () => {
    vi.useFakeTimers();
    const streams: Stream[] = [];
    vi.stubGlobal('fetch', streaming(streams));
    const heard: string[] = [];
    const stop = lanTransport().subscribe((event) => heard.push(event.what));
    await vi.advanceTimersByTimeAsync(0);
    expect(streams[0]?.address).toBe('/events');
    streams[0]?.say('retry: 1000\n\ndata: {"what":"drawer.');
    streams[0]?.say('changed"}\n\ndata: not json\n\n');
    await vi.advanceTimersByTimeAsync(0);
    expect(heard).toEqual(['drawer.changed']);
    streams[0]?.breakOff();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(heard).toContain('sync.changed');
    expect(heard).toContain('session.changed');
    stop();
    expect(streams.at(-1)?.signal.aborted).toBe(true);
  });

  test('keeps the word that came with the session, sends it with every call and for the events, and loses it with the session', async () => {
    const asked: Record<string, string>[] = [];
    vi.stubGlobal('fetch', (address: string, options: RequestInit) => {
      asked.push(options.headers as Record<string, string>);
      const given: Record<string, string> =
        address === '/call/session.signIn' ? { 'x-tawi-page': 'word-1' } : address === '/call/session.signOut' ? { 'x-tawi-page': '' } : {};
      return Promise.resolve(new Response('{"ok":true,"value":{}}', { headers: given }));
    });
    const transport = lanTransport();
    const signedIn = transport.call('session.signIn', {});
    // Asked while the secret changes hands: it waits for the new one.
    const beside = transport.call('cash.showDay', {});
    await Promise.all([signedIn, beside]);
    await transport.call('session.signOut', {});
    await transport.call('session.showStart', {});
    expect(asked.map((headers) => headers['x-tawi-page'])).toEqual([undefined, 'word-1', 'word-1', undefined]);
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
