// What the program asks of Electron for its window, word for word, and what it answers when a page wants to leave: the desktop tests run on a
// stand-in where Electron cannot be had, and a stand-in cannot tell what it never heard of. One word more or less is found here.
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { App } from 'electron';

interface Privileges {
  readonly scheme: string;
  readonly privileges: Readonly<Record<string, boolean>>;
}
type Answer = (request: Request) => Promise<Response>;

const heard = vi.hoisted(() => ({
  windows: [] as { readonly webPreferences: object }[],
  loaded: [] as string[],
  outside: [] as string[],
  schemes: [] as unknown[],
  served: new Map<string, unknown>(),
}));

vi.mock('electron', () => ({
  BrowserWindow: class {
    readonly webContents = { on: () => {} };
    constructor(options: { readonly webPreferences: object }) {
      heard.windows.push(options);
    }
    once(): void {}
    async loadURL(address: string): Promise<void> {
      heard.loaded.push(address);
    }
  },
  shell: {
    openExternal: async (address: string) => {
      heard.outside.push(address);
    },
  },
  protocol: {
    registerSchemesAsPrivileged: (schemes: readonly unknown[]) => heard.schemes.push(...schemes),
    handle: (scheme: string, answer: unknown) => heard.served.set(scheme, answer),
  },
}));

const { openWindow } = await import('../../../electron/shell/window.ts');
const { confineWindows } = await import('../../../electron/shell/security.ts');
const { registerPageScheme, servePage } = await import('../../../electron/shell/appProtocol.ts');

const quiet = { record: () => {}, incident: () => 'none' };
beforeEach(() => {
  for (const list of [heard.windows, heard.loaded, heard.outside, heard.schemes]) list.length = 0;
});
afterAll(() => vi.doUnmock('electron'));

describe('the window', () => {
  test.each([true, false])('is sandboxed, isolated, without Node, without webviews, and with nothing switched on besides', (devTools) => {
    openWindow({ preload: '/preload.cjs', diagnostics: quiet, devTools, announce: () => {} });
    expect(heard.windows.map(({ webPreferences }) => webPreferences)).toEqual([
      {
        preload: '/preload.cjs',
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        webSecurity: true,
        spellcheck: false,
        devTools,
      },
    ]);
    expect(heard.loaded).toEqual(['app://branch/index.html']);
  });
});

describe('the page’s own protocol', () => {
  test('is a safe origin and no way around a policy', () => {
    registerPageScheme();
    expect(heard.schemes as Privileges[]).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
  });

  test('answers for its own host alone, to nobody who writes, and hands out what the bundle gives', async () => {
    const asked: string[] = [];
    servePage({
      read: async (pathname) => {
        asked.push(pathname);
        return pathname === '/index.html' ? { bytes: new TextEncoder().encode('page'), headers: { 'x-frame-options': 'DENY' } } : null;
      },
    });
    const answer = heard.served.get('app') as Answer;
    const page = await answer(new Request('app://branch/index.html'));
    expect([page.status, await page.text(), page.headers.get('x-frame-options')]).toEqual([200, 'page', 'DENY']);
    expect((await answer(new Request('app://branch/nothing.js'))).status).toBe(404);
    asked.length = 0;
    expect((await answer(new Request('app://elsewhere/index.html'))).status).toBe(404);
    expect((await answer(new Request('app://branch/index.html', { method: 'POST', body: 'x' }))).status).toBe(404);
    expect(asked).toEqual([]);
  });
});

describe('whoever would leave the page', () => {
  type Listener = (...given: unknown[]) => void;

  function confined() {
    const listeners = new Map<string, Listener>();
    let open: ((details: { readonly url: string }) => unknown) | null = null;
    const contents = {
      on: (what: string, listener: Listener) => listeners.set(what, listener),
      setWindowOpenHandler: (handler: typeof open) => (open = handler),
    };
    confineWindows({ on: (_what: string, listener: Listener) => listener({}, contents) } as unknown as App, quiet);
    const isStopped = (what: string, url: string): boolean => {
      let stopped = false;
      listeners.get(what)?.({ url, preventDefault: () => (stopped = true) });
      return stopped;
    };
    return { isStopped, opens: (url: string) => open?.({ url }) };
  }

  const ELSEWHERE = [
    'https://example.org/',
    'http://127.0.0.1:9/',
    'app://branch.example.org/',
    'app://elsewhere/index.html',
    'file:///etc/hostname',
    'data:text/html,gone',
    'javascript:void 0',
    'not an address',
  ];

  test.each(ELSEWHERE)('is not led to %s, nor redirected there', (address) => {
    const { isStopped } = confined();
    expect([isStopped('will-navigate', address), isStopped('will-redirect', address)]).toEqual([true, true]);
  });

  test('moves about in the page, is redirected nowhere, and gets no webview', () => {
    const { isStopped } = confined();
    expect(isStopped('will-navigate', 'app://branch/index.html#/day')).toBe(false);
    expect(isStopped('will-redirect', 'app://branch/index.html')).toBe(true);
    expect(isStopped('will-attach-webview', 'https://example.org/')).toBe(true);
  });

  test('gets no second window, and the system’s browser opens one address and those below it', () => {
    const { opens } = confined();
    const OURS = ['https://fineract.apache.org/', 'https://fineract.apache.org/docs/'];
    const NOT_OURS = [
      ...ELSEWHERE,
      'http://fineract.apache.org/',
      'https://fineract.apache.org.example.org/',
      'https://fineract.apache.org@example.org/',
      'https://example.org/https://fineract.apache.org/',
      'mailto:somebody@example.org',
    ];
    for (const address of [...OURS, ...NOT_OURS]) expect(opens(address), address).toEqual({ action: 'deny' });
    expect(heard.outside).toEqual(OURS);
  });
});
