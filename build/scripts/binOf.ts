// The script file behind an installed command, so that tools run under the very Node that runs us and never under a system
// Node that would crash at the first database; also spares us the .cmd wrappers of Windows.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './projectRoot.ts';

export function binOf(packageName: string, command = packageName): string {
  const folder = join(projectRoot, 'node_modules', packageName);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { bin?: string | Record<string, string> };
  const file = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin?.[command];
  if (file === undefined) throw new Error(`${packageName} offers no command called ${command}; was "npm ci" run?`);
  return join(folder, file);
}
