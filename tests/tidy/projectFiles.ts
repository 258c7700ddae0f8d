// The project's own files, as a person would count them: what is written here, not what a tool fetched or built. Paths are
// relative to the project and use forward slashes on every system.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

const notOurs = new Set(['node_modules', 'dist', 'release', 'coverage', 'test-results', 'playwright-report', '.git', '.tawi', '.cache']);

function walk(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (notOurs.has(entry.name)) return [];
    if (entry.isDirectory()) return walk(path);
    return entry.isFile() && !entry.name.endsWith('.log') ? [path] : [];
  });
}

export const projectFiles: readonly string[] = walk('');

export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

export function jsonOf(path: string): unknown {
  return JSON.parse(textOf(path));
}
