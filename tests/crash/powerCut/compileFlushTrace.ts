// Makes the library that notes what is written and flushed, with whatever C compiler this computer has. Without one, or where libraries cannot
// be preloaded, there is none, and the caller says so and uses the coarser way.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const COMPILERS = ['cc', 'gcc', 'clang'];

/** The library's path, or null. */
export function compileFlushTrace(workFolder: string): string | null {
  if (process.platform !== 'linux') return null;
  const library = join(workFolder, 'flushTrace.so');
  for (const compiler of COMPILERS) {
    try {
      execFileSync(compiler, ['-shared', '-fPIC', '-O2', '-o', library, join(import.meta.dirname, 'flushTrace.c'), '-ldl', '-lpthread'], {
        stdio: 'ignore',
      });
      return library;
    } catch {
      // Not here, or not able: the next one may be.
    }
  }
  return null;
}
