// The most memory that the served branch ever held: the real program in a process of its own, through its first pull and many searches.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { scratchFolder } from './benchBranch.ts';
import { stated, type Figure } from './figure.ts';

const ROOT = join(import.meta.dirname, '../..');
const SEARCHES = 200;
const TEXTS = ['ma', 'mar', 'mary', 'waf', 'wafula', 'kip', 'kiptoo da', 'odhi', 'njoro', '0722', 'wafla', 'achieng'];

/** From Linux's own account of the process. */
function peakMegabytes(pid: number): number | null {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return null;
  const found = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8'))?.[1];
  return found === undefined ? null : (Number(found) * 1_024) / 1_000_000;
}

async function buildIfNeeded(): Promise<void> {
  if (existsSync(join(ROOT, 'dist/renderer/index.html'))) return;
  const child = spawn(process.execPath, ['build/scripts/run.mjs', 'build'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  await once(child, 'exit');
}

export async function memory(clients: number): Promise<readonly Figure[]> {
  await buildIfNeeded();
  const folder = scratchFolder();
  const child = spawn(
    process.execPath,
    ['electron/serve.ts', '--practice', '--clients', String(clients), '--port', '0', '--data', folder],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words += chunk.toString();
  });
  const over = once(child, 'exit');
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const found = /^(http:\/\/\S+)\n/m.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
      void over.then(() => {
        reject(new Error(`the served branch did not start: ${words}`));
      });
    });
    let cookie = '';
    let word = '';
    const call = async (method: string, input: object): Promise<unknown> => {
      const reply = await fetch(`${address}call/${method}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(cookie === '' ? {} : { cookie }),
          ...(word === '' ? {} : { 'x-tawi-page': word }),
        },
        body: JSON.stringify(input),
      });
      cookie = reply.headers.get('set-cookie')?.split(';', 1)[0] ?? cookie;
      word = reply.headers.get('x-tawi-page') ?? word;
      const answer = (await reply.json()) as {
        readonly ok: boolean;
        readonly value: unknown;
        readonly refusal?: { readonly code: string };
      };
      if (!answer.ok) throw new Error(`${method}: ${answer.refusal?.code ?? 'refused'}`);
      return answer.value;
    };
    while (((await call('session.showStart', {})) as { readonly state: string }).state !== 'ready') await pause(200);
    await call('session.signIn', { username: 'achieng', password: 'practice' });
    for (let at = 0; at < SEARCHES; at += 1) {
      await call('clients.find', { text: TEXTS[at % TEXTS.length] ?? '' });
      await pause(20);
    }
    const peak = child.pid === undefined ? null : peakMegabytes(child.pid);
    // Only Linux keeps the peak where another process can read it.
    if (peak === null) return [];
    return [
      stated({
        name: 'memory',
        scale: `${clients} clients, first pull and ${SEARCHES} searches; practice head office included`,
        value: peak,
        unit: 'MB',
      }),
    ];
  } finally {
    child.kill('SIGTERM');
    await over;
    rmSync(folder, { recursive: true, force: true });
  }
}
