// A window of the stand-in: one page of a real Chromium, with the program's own protocol, preload, navigation events and IPC around it.
// It asks the program before the page may go anywhere, exactly where Electron asks.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Browser, Frame, Page, Request as PageRequest, Route } from '@playwright/test';
import { chromium } from '@playwright/test';
import type { BrowserWindowConstructorOptions, HandlerDetails, WebPreferences, WindowOpenHandlerResponse } from 'electron';
import { findChromium } from '../../../build/scripts/findChromium.ts';
import type { Schemes } from './address.ts';
import { Happening, Happenings } from './happenings.ts';
import { preloadWorld } from './preloadWorld.ts';

export interface StandinFrame {
  readonly frameTreeNodeId: number;
  readonly origin: string;
  readonly parent: StandinFrame | null;
}

interface Asked {
  readonly channel: string;
  readonly given: readonly unknown[];
}

export interface WindowHooks {
  readonly schemes: Schemes;
  /** Answers a request under one of the program's own schemes. */
  serve(request: Request): Promise<Response>;
  invoke(window: ChromiumWindow, frame: StandinFrame, asked: Asked): Promise<unknown>;
  /** A line that the test reads: what the program did to the world outside. */
  say(line: string): void;
  readonly debuggingPort: number;
}

const DEMANDED: Readonly<Partial<Record<keyof WebPreferences, boolean>>> = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
};

function askerOf(request: PageRequest, page: Page): 'mainFrame' | 'innerFrame' | 'newWindow' {
  try {
    const frame = request.frame();
    if (frame.page() !== page) return 'newWindow';
    return frame === page.mainFrame() ? 'mainFrame' : 'innerFrame';
  } catch {
    // A window so new that it has no frame yet.
    return 'newWindow';
  }
}

export class ChromiumWindow {
  readonly events = new Happenings('BrowserWindow', ['ready-to-show']);
  /** A redirect and a webview cannot come about here: nothing outside is ever reached. Listening for them is part of the program all the same. */
  readonly contentsEvents = new Happenings('webContents', [
    'destroyed',
    'will-navigate',
    'will-redirect',
    'will-attach-webview',
    'render-process-gone',
  ]);
  windowOpenHandler: ((details: HandlerDetails) => WindowOpenHandlerResponse) | null = null;
  destroyed = false;
  readonly #hooks: WindowHooks;
  readonly #wire = `standin_${randomBytes(8).toString('hex')}`;
  readonly #ready: Promise<Page>;
  readonly #frames = new WeakMap<Frame, StandinFrame>();
  #lastFrameId = 0;
  #browser: Browser | null = null;
  #page: Page | null = null;
  /** Where the program itself sent the page: Electron does not ask about that. */
  #sentTo: string | null = null;

  constructor(options: BrowserWindowConstructorOptions, hooks: WindowHooks) {
    this.#hooks = hooks;
    const preferences = options.webPreferences ?? {};
    for (const [name, wanted] of Object.entries(DEMANDED)) {
      if (preferences[name as keyof WebPreferences] !== wanted)
        throw new Error(`The stand-in only opens windows with ${name}: ${String(wanted)}.`);
    }
    this.#ready = this.#open(options, preferences.preload);
  }

  async #open(options: BrowserWindowConstructorOptions, preload: string | undefined): Promise<Page> {
    const executablePath = findChromium();
    this.#browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        `--remote-debugging-port=${String(this.#hooks.debuggingPort)}`,
      ],
    });
    const context = await this.#browser.newContext({ viewport: { width: options.width ?? 800, height: options.height ?? 600 } });
    const page = await context.newPage();
    this.#page = page;
    await page.exposeBinding(`${this.#wire}_ask`, ({ frame }, asked: Asked) => this.#ask(frame, asked));
    if (preload !== undefined) await page.addInitScript({ content: preloadWorld(readFileSync(preload, 'utf8'), this.#wire) });
    await context.route('**/*', (route) => this.#decide(page, route));
    context.on('page', (popup) => this.#refusePopup(popup));
    page.on('crash', () => this.contentsEvents.emit('render-process-gone', new Happening(), { reason: 'crashed', exitCode: 1 }));
    page.on('close', () => this.#gone());
    page.once('load', () => this.events.emit('ready-to-show'));
    return page;
  }

  async #ask(frame: Frame, asked: Asked): Promise<{ value: unknown } | { failed: string }> {
    try {
      return { value: await this.#hooks.invoke(this, this.frameOf(frame), asked) };
    } catch (error) {
      return { failed: error instanceof Error ? error.message : 'failed' };
    }
  }

  frameOf(frame: Frame): StandinFrame {
    const known = this.#frames.get(frame);
    if (known !== undefined) return known;
    const { schemes } = this.#hooks;
    const parentOf = (): StandinFrame | null => {
      const parent = frame.parentFrame();
      return parent === null ? null : this.frameOf(parent);
    };
    this.#lastFrameId += 1;
    const made: StandinFrame = {
      frameTreeNodeId: this.#lastFrameId,
      get origin() {
        return schemes.originOf(frame.url());
      },
      get parent() {
        return parentOf();
      },
    };
    this.#frames.set(frame, made);
    return made;
  }

  get mainFrame(): StandinFrame {
    // Before Chromium is there no page has been shown, so there is no origin to be trusted.
    return this.#page === null ? { frameTreeNodeId: 0, origin: 'null', parent: null } : this.frameOf(this.#page.mainFrame());
  }

  async #decide(page: Page, route: Route): Promise<void> {
    const request = route.request();
    const address = this.#hooks.schemes.inward(request.url());
    const asker = request.isNavigationRequest() ? askerOf(request, page) : 'nothing new';
    if (asker === 'newWindow') {
      this.#askToOpen(address);
      await route.abort('aborted');
      return;
    }
    if (asker === 'mainFrame' && address !== this.#sentTo) {
      const details = Object.assign(new Happening(), { url: address, isSameDocument: false, isMainFrame: true, frame: this.mainFrame });
      this.contentsEvents.emit('will-navigate', details, address);
      if (details.defaultPrevented) {
        this.#hooks.say(`standin: navigation refused ${address}`);
        await route.abort('aborted');
        return;
      }
    }
    if (address === request.url()) {
      // Nothing outside is reached from a test; whether the program allowed it was asked above.
      this.#hooks.say(`standin: outside ${address}`);
      await route.abort('blockedbyclient');
      return;
    }
    const answer = await this.#hooks.serve(new Request(address, { method: request.method() }));
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  }

  #askToOpen(url: string): void {
    const answer = this.windowOpenHandler?.({
      url,
      frameName: '',
      features: '',
      disposition: 'new-window',
      referrer: { url: '', policy: 'no-referrer' },
    });
    if (answer?.action !== 'deny') throw new Error('The stand-in opens no second window.');
    this.#hooks.say(`standin: window refused ${url}`);
  }

  /** Chromium has already made the window that Electron would not have; it was asked about when it wanted to load something. */
  #refusePopup(popup: Page): void {
    if (popup !== this.#page) popup.close().catch(() => undefined);
  }

  #gone(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.contentsEvents.emit('destroyed');
    this.closed?.();
  }

  /** Called once when the window is gone. */
  closed: (() => void) | null = null;

  async load(address: string): Promise<void> {
    const page = await this.#ready;
    this.#sentTo = address;
    await page.goto(this.#hooks.schemes.outward(address));
    this.#sentTo = null;
  }

  async reload(): Promise<void> {
    const page = await this.#ready;
    this.#sentTo = this.#hooks.schemes.inward(page.url());
    await page.reload();
    this.#sentTo = null;
  }

  send(channel: string, payload: unknown): void {
    const page = this.#page;
    if (page === null || this.destroyed) return;
    // A page that is just being replaced hears nothing, as in Electron.
    page
      .evaluate(
        ([wire, on, what]) => (globalThis as unknown as Record<string, (on: unknown, what: unknown) => void>)[`${wire}_tell`]?.(on, what),
        [this.#wire, channel, payload] as const,
      )
      .catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#ready.catch(() => undefined);
    this.destroyed = true;
    await this.#browser?.close();
  }
}
