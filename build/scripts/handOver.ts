// Hands a script over to a command line that lives with the tests, under the Node that runs us, with its own --help.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { guardNapi } from './guardNapi.ts';
import { projectRoot } from './projectRoot.ts';
import { runForeground } from './runForeground.ts';

export function handOver(file: string, args: readonly string[]): Promise<number> {
  guardNapi();
  if (!existsSync(join(projectRoot, file))) throw new Error(`${file} is missing from this copy of the project.`);
  return runForeground({ command: process.execPath, args: [file, ...args] });
}
