// What the bundles for Node have in common: everything is bundled except what must stay a file of its own, namely the native
// database binding and the updater, and what the runtime supplies. Not minified: an incident report should name real functions.
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { InlineConfig } from 'vite';
import { projectRoot } from '../scripts/projectRoot.ts';

interface Bundle {
  readonly name: string;
  readonly entry: string;
  readonly format: 'es' | 'cjs';
  /** Threads have their own file beside the entry, because a worker is started from an address. */
  readonly withWorkers: boolean;
}

export function nodeBundle({ name, entry, format, withWorkers }: Bundle): InlineConfig {
  const workers = withWorkers ? globSync('electron/**/*Worker.ts', { cwd: projectRoot }) : [];
  const input = Object.fromEntries([entry, ...workers].map((file) => [basename(file, '.ts'), join(projectRoot, file)]));
  return {
    root: projectRoot,
    configFile: false,
    publicDir: false,
    ssr: { noExternal: true, external: ['electron', 'better-sqlite3', 'electron-updater'] },
    build: {
      ssr: true,
      outDir: `dist/${name}`,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input,
        output: {
          format,
          entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
          chunkFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
        },
      },
    },
  };
}
