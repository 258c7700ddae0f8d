// Opens the desktop program for a test: the real Electron where its runtime lies in node_modules and there is a display, otherwise the same
// main.ts on the stand-in. Says which, in the report and on the console.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { _electron, chromium } from '@playwright/test';
import { findElectron } from '../../build/scripts/electronRuntime.ts';

const root = join(import.meta.dirname, '../..');

export interface Desktop {
  readonly page: Page;
  /** What the program and the stand-in printed so far; empty on real Electron. */
  said(): string;
  /** Closes the window as a person does, and gives the program's exit code. */
  close(): Promise<number | null>;
}

export interface StartedAndEnded {
  readonly code: number | null;
  readonly said: string;
}

function realElectron(): string | undefined {
  const display = process.platform !== 'linux' || process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;
  return display && process.getuid?.() !== 0 ? findElectron() : undefined;
}

export const runtime: 'Electron' | 'stand-in' = realElectron() === undefined ? 'stand-in' : 'Electron';

function wordsFor(folder: string): string[] {
  return ['--data', join(folder, 'data'), '--clients', '30', '--seed', '7'];
}

function spawnStandin(
  folder: string,
  words: readonly string[] = wordsFor(folder),
  isPacked = false,
): { child: ChildProcess; said: () => string } {
  if (!existsSync(join(root, 'dist/preload/preload.cjs')) || !existsSync(join(root, 'dist/renderer/index.html'))) {
    throw new Error('There is no build to open. Run: npm run build');
  }
  let text = '';
  const child = spawn(process.execPath, ['--import', './tests/desktop/standin/register.ts', 'electron/main.ts', ...words], {
    cwd: root,
    env: {
      ...process.env,
      TAWI_STANDIN_USER_FOLDER: join(folder, 'user'),
      TAWI_STANDIN_PACKED: isPacked ? '1' : '0',
      NODE_OPTIONS: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const keep = (part: Buffer): void => {
    text += part.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return { child, said: () => text };
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once('exit', (code) => resolve(code));
  });
}

async function openStandin(folder: string): Promise<Desktop> {
  const { child, said } = spawnStandin(folder);
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const found = /standin: window (\S+)/.exec(said())?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`the program ended with ${String(code)} before it showed a window:\n${said()}`)));
  });
  const browser = await chromium.connectOverCDP(endpoint);
  const page = browser
    .contexts()
    .flatMap((context) => context.pages())
    .find((each) => each.url().includes('.app.invalid/'));
  if (page === undefined) throw new Error(`no page of ours is open:\n${said()}`);
  return {
    page,
    said,
    async close() {
      const exit = exitOf(child);
      await page.close().catch(() => undefined);
      return exit;
    },
  };
}

async function openElectron(folder: string, executablePath: string): Promise<Desktop> {
  const program = await _electron.launch({ executablePath, args: ['.', ...wordsFor(folder)], cwd: root });
  const page = await program.firstWindow();
  await page.waitForLoadState();
  const child = program.process();
  return {
    page,
    said: () => '',
    async close() {
      const exit = exitOf(child);
      await page.close().catch(() => undefined);
      return exit;
    },
  };
}

export function openDesktop(folder: string): Promise<Desktop> {
  const executable = realElectron();
  return executable === undefined ? openStandin(folder) : openElectron(folder, executable);
}

/** Starts the program where it is expected to end by itself; with `packedWords`, as a packed program started with these. Stand-in only. */
export async function startAndEnd(folder: string, packedWords?: readonly string[]): Promise<StartedAndEnded> {
  const { child, said } = spawnStandin(folder, packedWords, packedWords !== undefined);
  const code = await exitOf(child);
  return { code, said: said() };
}
