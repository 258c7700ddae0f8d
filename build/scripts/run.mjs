// The one door for every npm script: plain JavaScript, so that a Node too old for the rest still says why it cannot help.
// Usage: node build/scripts/run.mjs <script> [arguments]; <script> is a file name in this folder without its extension.
import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Tawi's scripts need Node 22.18 or newer; this is ${process.version}. On Linux x64 "npm ci" brings one along: use npm run, not node.`,
  );
  process.exit(1);
}

const [name = '', ...rest] = process.argv.slice(2);
const script = new URL(`./${name}.ts`, import.meta.url);
if (
  !/^[a-zA-Z]+$/.test(name) ||
  !(await access(script).then(
    () => true,
    () => false,
  ))
) {
  console.error(`There is no script called "${name}" in build/scripts.`);
  process.exit(1);
}

// The scripts read their own arguments as if they had been called directly.
process.argv = [process.argv[0] ?? 'node', fileURLToPath(script), ...rest];
process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
try {
  const { main } = await import(script.href);
  process.exitCode = await main(rest);
} catch (error) {
  // What a script or a bundler refuses is a sentence; anything else is a bug, and the place matters.
  const isPlain = error instanceof Error && error.name === 'Error';
  console.error(isPlain ? error.message : error);
  process.exitCode = 1;
}
