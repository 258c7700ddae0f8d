// The stand-in for the 'electron' module where its runtime cannot be had: exactly the members that main.ts and electron/shell use, on a real
// Chromium. The types are Electron's own; anything else throws. It proves how the program uses Electron, not what Electron does.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import type {
  App,
  BrowserWindow as ElectronWindow,
  BrowserWindowConstructorOptions,
  Dialog,
  IpcMain,
  Menu as ElectronMenu,
  Protocol,
  SafeStorage,
  Session,
  Shell,
  WebContents,
} from 'electron';
import { Schemes } from './address.ts';
import { ChromiumWindow } from './chromiumWindow.ts';
import type { StandinFrame, WindowHooks } from './chromiumWindow.ts';
import { Happening, Happenings } from './happenings.ts';
import { strictly } from './strictly.ts';

const userFolder = process.env['TAWI_STANDIN_USER_FOLDER'] ?? join(tmpdir(), 'tawi-standin');

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const schemes = new Schemes();
const windows = new Set<ChromiumWindow>();
const appEvents = new Happenings('app', ['web-contents-created', 'second-instance', 'before-quit', 'window-all-closed']);
let pageHandler: ((request: Request) => Response | Promise<Response>) | null = null;
const ipcHandlers = new Map<string, (event: unknown, ...given: unknown[]) => unknown>();
let isReady = false;
let quitting = false;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

// Known before any window opens, so that opening one stays synchronous as in Electron.
const debuggingPort = await freePort();

const ready = new Promise<void>((resolve) => {
  // Never in the turn that loads the program: Electron is not ready then either.
  setImmediate(() => {
    isReady = true;
    resolve();
  });
});

function demandReady(what: string): void {
  if (!isReady) throw new Error(`${what} before the program is ready.`);
}

async function leave(code: number): Promise<never> {
  for (const window of windows) await window.close();
  process.exit(code);
}

const on = (happenings: Happenings, self: () => unknown) => (event: string, listener: (...facts: never[]) => void) => {
  happenings.add(event, listener);
  return self();
};

const appMembers: Pick<App, 'isPackaged' | 'whenReady' | 'quit' | 'exit' | 'getPath' | 'requestSingleInstanceLock' | 'on'> = {
  isPackaged: process.env['TAWI_STANDIN_PACKED'] === '1',
  whenReady: () => ready,
  quit() {
    if (quitting) return;
    const event = new Happening();
    appEvents.emit('before-quit', event);
    if (event.defaultPrevented) return;
    quitting = true;
    say('standin: quit');
    void leave(0);
  },
  exit(code = 0) {
    say(`standin: exit ${String(code)}`);
    void leave(code);
  },
  getPath(name) {
    if (name !== 'userData') throw new Error(`The stand-in for Electron has no path '${name}'.`);
    return userFolder;
  },
  // Each test starts one program; a second one meets the claim on the data folder behind this lock.
  requestSingleInstanceLock: () => true,
  on: on(appEvents, () => app) as unknown as App['on'],
};
export const app = strictly('app', appMembers);

const hooks: WindowHooks = {
  schemes,
  debuggingPort,
  say,
  serve: async (request) => (pageHandler === null ? new Response(null, { status: 500 }) : pageHandler(request)),
  async invoke(window, senderFrame, { channel, given }) {
    const handler = ipcHandlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    const event = { sender: contentsOf.get(window), senderFrame, frameId: 0, processId: 0, type: 'frame' };
    return structuredClone(await handler(event, ...given));
  },
};

const contentsOf = new WeakMap<ChromiumWindow, object>();
let lastId = 0;

type ContentsMembers = Pick<WebContents, 'id' | 'isDestroyed' | 'send' | 'on' | 'once' | 'setWindowOpenHandler' | 'reload'> & {
  readonly mainFrame: StandinFrame;
};

function makeContents(window: ChromiumWindow): ContentsMembers {
  lastId += 1;
  const members: ContentsMembers = {
    id: lastId,
    get mainFrame() {
      return window.mainFrame;
    },
    isDestroyed: () => window.destroyed,
    send: (channel, payload: unknown) => window.send(channel, payload),
    on: on(window.contentsEvents, () => contents) as unknown as WebContents['on'],
    once: ((event: string, listener: (...facts: never[]) => void) => {
      window.contentsEvents.add(event, listener, true);
      return contents;
    }) as unknown as WebContents['once'],
    setWindowOpenHandler: (handler) => {
      window.windowOpenHandler = handler;
    },
    reload: () => void window.reload(),
  };
  const contents = strictly('webContents', members);
  contentsOf.set(window, contents);
  return contents;
}

type WindowMembers = Pick<ElectronWindow, 'once' | 'show' | 'focus' | 'restore' | 'isMinimized' | 'isDestroyed' | 'loadURL'> & {
  readonly webContents: ContentsMembers;
};

function makeWindow(options: BrowserWindowConstructorOptions): WindowMembers {
  demandReady('new BrowserWindow');
  const window = new ChromiumWindow(options, hooks);
  windows.add(window);
  window.closed = () => {
    windows.delete(window);
    if (windows.size === 0) appEvents.emit('window-all-closed');
  };
  const webContents = makeContents(window);
  const members: WindowMembers = {
    webContents,
    once: ((event: string, listener: (...facts: never[]) => void) => {
      window.events.add(event, listener, true);
      return made;
    }) as unknown as ElectronWindow['once'],
    // The test may look only once the program has shown the window.
    show: () => say(`standin: window http://127.0.0.1:${String(debuggingPort)}`),
    focus: () => undefined,
    restore: () => undefined,
    isMinimized: () => false,
    isDestroyed: () => window.destroyed,
    loadURL: (address) => window.load(address),
  };
  const made = strictly('BrowserWindow', members);
  appEvents.emit('web-contents-created', new Happening(), webContents);
  return made;
}

export const BrowserWindow = function BrowserWindow(options: BrowserWindowConstructorOptions): WindowMembers {
  return makeWindow(options);
};

const ipcMembers: Pick<IpcMain, 'handle' | 'removeHandler'> = {
  handle(channel, listener) {
    if (ipcHandlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    ipcHandlers.set(channel, listener as (event: unknown, ...given: unknown[]) => unknown);
  },
  removeHandler: (channel) => void ipcHandlers.delete(channel),
};
export const ipcMain = strictly('ipcMain', ipcMembers);

const protocolMembers: Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'> = {
  registerSchemesAsPrivileged(custom) {
    if (isReady) throw new Error('Schemes are registered before the program is ready, or not at all.');
    for (const { scheme, privileges } of custom) {
      if (privileges?.standard !== true || privileges.secure !== true)
        throw new Error(`The stand-in only knows standard, secure schemes, not '${scheme}'.`);
      schemes.register(scheme);
    }
  },
  handle(_scheme, handler) {
    demandReady('protocol.handle');
    pageHandler = handler;
  },
};
export const protocol = strictly('protocol', protocolMembers);

const sessionMembers: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'> = {
  // The stand-in's Chromium grants nothing at all; what these handlers decide has tests of its own.
  setPermissionRequestHandler: () => undefined,
  setPermissionCheckHandler: () => undefined,
  setDevicePermissionHandler: () => undefined,
};
export const session = strictly('session', {
  get defaultSession() {
    demandReady('session.defaultSession');
    return strictly('session', sessionMembers);
  },
});

/** As an operating system would: one key for the account, in a place of its own, not in the program's data. */
function accountKey(): Buffer {
  const file = join(userFolder, 'standin-account.key');
  if (existsSync(file)) return readFileSync(file);
  mkdirSync(userFolder, { recursive: true });
  const key = randomBytes(32);
  writeFileSync(file, key, { mode: 0o600 });
  return key;
}

const storageMembers: Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
> = {
  async isAsyncEncryptionAvailable() {
    demandReady('safeStorage');
    return true;
  },
  getSelectedStorageBackend: () => 'gnome_libsecret',
  async encryptStringAsync(text) {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', accountKey(), iv);
    return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  },
  async decryptStringAsync(encrypted) {
    const decipher = createDecipheriv('aes-256-gcm', accountKey(), encrypted.subarray(0, 12));
    decipher.setAuthTag(encrypted.subarray(-16));
    return {
      shouldReEncrypt: false,
      result: Buffer.concat([decipher.update(encrypted.subarray(12, -16)), decipher.final()]).toString('utf8'),
    };
  },
};
export const safeStorage = strictly('safeStorage', storageMembers);

const shellMembers: Pick<Shell, 'openExternal'> = {
  async openExternal(url) {
    say(`standin: opened outside ${url}`);
  },
};
export const shell = strictly('shell', shellMembers);

const dialogMembers: Pick<Dialog, 'showErrorBox'> = {
  showErrorBox: (title, content) => say(`standin: error box ${title}: ${content}`),
};
export const dialog = strictly('dialog', dialogMembers);

const menuMembers: Pick<typeof ElectronMenu, 'setApplicationMenu'> = {
  setApplicationMenu: () => undefined,
};
export const Menu = strictly('Menu', menuMembers);
