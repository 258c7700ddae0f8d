// The newcomer's command: builds, then opens the desktop program. Where Electron cannot run, it says why in one line and opens
// the same branch in a browser instead, so that the first minute never ends in an error.
import { buildBundles } from './build.ts';
import { provideElectron } from './electronRuntime.ts';
import { guardNapi } from './guardNapi.ts';
import { openInBrowser } from './openInBrowser.ts';
import { runForeground } from './runForeground.ts';
import { showHelp } from './showHelp.ts';

const help = `
npm start                  builds Tawi and opens it as a desktop program
npm start -- --browser     opens it in a browser instead, also where Electron is there
npm start -- --no-build    uses what the last build left in dist/

Everything else is handed on, for example: npm start -- --port 4400
`;

/** A window that is gone this soon after an error never really opened. */
const neverOpenedMs = 8_000;

function serveInBrowser(args: readonly string[]): Promise<number> {
  guardNapi();
  let opened = false;
  return runForeground({
    command: process.execPath,
    args: ['dist/serve/serve.js', ...args],
    onLine: (line) => {
      const address = /https?:\/\/[^\s]+/.exec(line)?.[0];
      if (opened || address === undefined) return;
      opened = true;
      openInBrowser(address);
    },
  });
}

export async function main(args: readonly string[]): Promise<number> {
  if (showHelp(args, help)) return 0;
  const own = new Set(['--browser', '--no-build']);
  const rest = args.filter((argument) => !own.has(argument));
  if (!args.includes('--no-build')) await buildBundles();
  if (args.includes('--browser')) return serveInBrowser(rest);

  const runtime = await provideElectron();
  if ('missing' in runtime) {
    console.log(`Electron's runtime cannot be used (${runtime.missing}), so Tawi opens in your browser instead:`);
    return serveInBrowser(rest);
  }
  const began = performance.now();
  const code = await runForeground({ command: runtime.executable, args: ['.', ...rest] });
  if (code === 0 || performance.now() - began > neverOpenedMs) return code;
  console.log(`Electron ended at once (code ${code}), so Tawi opens in your browser instead:`);
  return serveInBrowser(rest);
}
