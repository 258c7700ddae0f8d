// Runs a program in the foreground until it ends, lets the person stop it with Ctrl+C, and hands each printed line on. The
// answer is its exit code; being stopped by the person counts as a good end.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { projectRoot } from './projectRoot.ts';

interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly onLine?: (line: string) => void;
  readonly onStart?: (child: ChildProcess) => void;
}

export function runForeground({ command, args, env, onLine, onStart }: Program): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: projectRoot,
      env: { ...process.env, ...env },
      stdio: ['inherit', onLine === undefined ? 'inherit' : 'pipe', 'inherit'],
    });
    onStart?.(child);
    // Ctrl+C reaches the child too; waiting for it lets it close its database properly.
    const pass = (signal: NodeJS.Signals): void => {
      if (signal === 'SIGTERM') child.kill(signal);
    };
    process.on('SIGINT', pass).on('SIGTERM', pass);
    if (child.stdout !== null && onLine !== undefined) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        console.log(line);
        onLine(line);
      });
    }
    const finish = (code: number): void => {
      process.off('SIGINT', pass).off('SIGTERM', pass);
      resolve(code);
    };
    child.on('error', (error) => {
      console.error(error.message);
      finish(1);
    });
    child.on('close', (code, signal) => {
      finish(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1));
    });
  });
}
