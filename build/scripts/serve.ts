// Starts the branch in plain Node, straight from its sources, and serves the built page to any browser. What it is given is
// handed on to electron/serve.ts as it stands, which knows what each word means.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildBundles } from './build.ts';
import { guardNapi } from './guardNapi.ts';
import { projectRoot } from './projectRoot.ts';
import { runForeground } from './runForeground.ts';
import { showHelp } from './showHelp.ts';

const help = `
npm run serve -- [options]     the branch in plain Node, its page in any browser

  --practice       with the practice head office and a made-up branch; nothing here has value
  --clients 420    how many clients the practice branch has
  --seed N         which made-up branch: the same number gives the same people
  --port P         where the page is served, on this computer
  --data DIR       where the branch keeps its books; a folder of its own
`;

export async function main(args: readonly string[]): Promise<number> {
  if (showHelp(args, help)) return 0;
  guardNapi();
  if (!existsSync(join(projectRoot, 'dist/renderer/index.html'))) await buildBundles(['renderer']);
  return runForeground({ command: process.execPath, args: ['electron/serve.ts', ...args] });
}
