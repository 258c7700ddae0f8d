// The head office as the test sees it: a process that can be killed and started again, and the levers of its control door. What it holds is
// never asked of it while it runs: the comparison reads its file.

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const PASSWORD = 'practice';
/** Works in another office and may act on any account. */
export const SOMEBODY_ELSEWHERE = 'bungoma';

export interface HeadOfficeSide {
  readonly address: string;
  readonly file: string;
  /** Null: nobody answered. */
  pull(lever: string, ...values: readonly unknown[]): Promise<unknown>;
  act(kind: 'deposit' | 'withdrawal' | 'repayment', accountServerId: number, amountMinor: number): Promise<boolean>;
  kill(): Promise<void>;
  startAgain(): Promise<void>;
  end(): Promise<void>;
}

export interface HeadOfficeOptions {
  readonly file: string;
  readonly workFolder: string;
  readonly clients: number;
  readonly seed: number;
}

const CONTROL_TOKEN = 'crash-test';

export async function startHeadOffice(options: HeadOfficeOptions): Promise<HeadOfficeSide> {
  let port = 0;
  let child: ChildProcess;

  async function start(): Promise<void> {
    const words = [options.file, String(port), CONTROL_TOKEN, String(options.clients), String(options.seed)];
    child = spawn(process.execPath, [join(import.meta.dirname, 'headOfficeProcess.ts'), ...words], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(options.workFolder, 'compiled') },
    });
    port = await new Promise<number>((resolve, reject) => {
      child.once('message', (message) => resolve((message as { port: number }).port));
      child.once('exit', (code) => reject(new Error(`the practice head office ended at its start (${String(code)})`)));
    });
  }

  async function endWith(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
    });
    child.kill(signal);
    await gone;
  }

  async function pull(lever: string, ...values: readonly unknown[]): Promise<unknown> {
    try {
      const reply = await fetch(`http://127.0.0.1:${String(port)}/practice-control/${lever}`, {
        method: 'POST',
        headers: { 'x-practice-token': CONTROL_TOKEN, 'content-type': 'application/json', connection: 'close' },
        body: JSON.stringify(values),
        signal: AbortSignal.timeout(10_000),
      });
      const body = (await reply.json()) as { result?: unknown };
      return reply.ok ? (body.result ?? body) : null;
    } catch {
      return null;
    }
  }

  await start();
  return {
    address: `http://127.0.0.1:${String(port)}`,
    file: options.file,
    pull,
    async act(kind, accountServerId, amountMinor) {
      const reply = (await pull('actAs', { username: SOMEBODY_ELSEWHERE, kind, accountId: accountServerId, amountMinor })) as {
        status?: number;
      } | null;
      return reply?.status === 200;
    },
    kill: () => endWith('SIGKILL'),
    startAgain: start,
    end: () => endWith('SIGTERM'),
  };
}
