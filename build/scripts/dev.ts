// For working on Tawi. With Electron: rebuilds what changes and starts the program again when its main process changed (reload
// the window for the page). Without: the branch from its sources and a live page in the browser. The program itself has no
// development mode, so what is tried here is what is shipped.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { InlineConfig } from 'vite';
import { build, createServer } from 'vite';
import { mainBundle } from '../vite/main.ts';
import { preloadBundle } from '../vite/preload.ts';
import { rendererBundle } from '../vite/renderer.ts';
import { provideElectron } from './electronRuntime.ts';
import { guardNapi } from './guardNapi.ts';
import { openInBrowser } from './openInBrowser.ts';
import { projectRoot } from './projectRoot.ts';
import { runForeground } from './runForeground.ts';
import { showHelp } from './showHelp.ts';

const help = `
npm run dev                  rebuilds and restarts the desktop program as you edit
npm run dev -- --browser     the branch from its sources and a live page in the browser

Everything else is handed on, for example: npm run dev -- --clients 50
`;

/** Editors save several files in a row; one restart is enough for them. */
const settleMs = 300;

const usualPort = '4370';

/** Resolves once the first build stands; calls `rebuilt` after each later one. */
async function watch(config: InlineConfig, rebuilt: () => void): Promise<void> {
  const watcher = await build({ ...config, logLevel: 'warn', build: { ...config.build, watch: {} } });
  if (!('on' in watcher)) throw new Error('Vite did not watch.');
  await new Promise<void>((resolve) => {
    let first = true;
    watcher.on('event', (event) => {
      if (event.code === 'ERROR') console.error(event.error.message);
      if (event.code !== 'END') return;
      if (first) resolve();
      else rebuilt();
      first = false;
    });
  });
}

async function developInElectron(executable: string, args: readonly string[]): Promise<number> {
  let program: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  return new Promise((resolve, reject) => {
    const start = (): void => {
      const child = spawn(executable, ['.', ...args], { cwd: projectRoot, stdio: 'inherit' });
      program = child;
      child.on('exit', (code) => {
        // A person closed the window: that ends the session. A restart replaces `program` first.
        if (program === child) resolve(code ?? 0);
      });
    };
    const restart = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const old = program;
        program = undefined;
        if (old === undefined || old.exitCode !== null) {
          start();
          return;
        }
        // Two programs may not own one replica, so the next starts when the last has let go.
        old.once('exit', start);
        old.kill();
      }, settleMs);
    };
    Promise.all([watch(rendererBundle, () => undefined), watch(mainBundle, restart), watch(preloadBundle, restart)]).then(start, reject);
  });
}

/** What the branch serves itself; everything else of a live page comes from Vite. */
const branchPaths = ['/call', '/events', '/files'];

async function developInBrowser(args: readonly string[]): Promise<number> {
  guardNapi();
  const portWord = args.indexOf('--port');
  const port = portWord === -1 ? usualPort : (args[portWord + 1] ?? usualPort);
  const branch = `http://127.0.0.1:${port}`;
  // The branch answers only its own page, so the live page's calls are carried to it as if they came from there.
  const carried = { target: branch, changeOrigin: true, headers: { origin: branch, 'sec-fetch-site': 'same-origin' } };
  const page = await createServer({
    ...rendererBundle,
    server: { host: '127.0.0.1', proxy: Object.fromEntries(branchPaths.map((path) => [path, carried])) },
  });
  await page.listen();
  const address = page.resolvedUrls?.local[0];
  if (address !== undefined) {
    console.log(`Live page: ${address}`);
    openInBrowser(address);
  }
  const given = [...(portWord === -1 ? ['--port', port] : []), ...(args.includes('--practice') ? [] : ['--practice']), ...args];
  try {
    return await runForeground({
      command: process.execPath,
      args: ['--watch-path=electron', '--watch-path=shared', 'electron/serve.ts', ...given],
    });
  } finally {
    await page.close();
  }
}

export async function main(args: readonly string[]): Promise<number> {
  if (showHelp(args, help)) return 0;
  const rest = args.filter((argument) => argument !== '--browser');
  if (args.includes('--browser')) return developInBrowser(rest);
  const runtime = await provideElectron();
  if ('executable' in runtime) return developInElectron(runtime.executable, rest);
  console.log(`Electron's runtime cannot be used (${runtime.missing}), so the page opens in your browser instead.`);
  return developInBrowser(rest);
}
