// Starts the branch in plain Node, straight from its sources, and serves the built page to any browser. What it is given is
// handed on to electron/serve.ts as it stands, which knows what each word means.
import { buildBundles } from './build.ts';
import { guardNapi } from './guardNapi.ts';
import { runForeground } from './runForeground.ts';
import { showHelp } from './showHelp.ts';

const help = `
npm run serve -- [options]     the branch in plain Node, its page in any browser

  --practice       with the practice head office and a made-up branch; nothing here has value
  --clients 420    how many clients the practice branch has
  --seed N         which made-up branch: the same number gives the same people
  --port P         where the page is served, on this computer
  --data DIR       where the branch keeps its books; a folder of its own
  --no-build       serves the page that the last build left in dist/
`;

export async function main(args: readonly string[]): Promise<number> {
  if (showHelp(args, help)) return 0;
  guardNapi();
  // A page of yesterday's sources beside a branch of today's says what is no longer so.
  if (!args.includes('--no-build')) await buildBundles(['renderer']);
  const rest = args.filter((argument) => argument !== '--no-build');
  return runForeground({ command: process.execPath, args: ['electron/serve.ts', ...rest] });
}
