// One life of the served branch: electron/serve.ts in a process of its own, from its start to its end, however it ends. Start-up is timed
// from the birth of the process to the first answer of its start page.

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { StartView } from '../../shared/contract/session.ts';
import { KILL_SETTING } from './killOrder.ts';
import type { BackupAnswer, KillOrder, KillSetting } from './killOrder.ts';
import { PASSWORD } from './headOfficeSide.ts';
import type { LanSession } from './lanSession.ts';
import { openLanSession } from './lanSession.ts';

const ROOT = join(import.meta.dirname, '../..');
const START_WITHIN_MS = 60_000;

export interface LifeOptions {
  readonly folder: string;
  /** Where this test keeps its own files; not the branch's folder. */
  readonly workFolder: string;
  readonly order?: KillOrder | null;
  readonly environment?: Readonly<Record<string, string>>;
}

/** What the notes of a life say: the write points it came by, and the one it died at. */
export interface LifeNotes {
  readonly seen: readonly string[];
  readonly killedAt: string | null;
}

export interface Life {
  readonly address: string;
  readonly startedInMs: number;
  readonly start: StartView;
  isOver(): boolean;
  /** Resolves when the process is gone. */
  readonly over: Promise<void>;
  screen(): LanSession;
  backUp(folder: string): Promise<BackupAnswer | null>;
  /** Does something while the process stands still. */
  hold(work: () => void): void;
  /** SIGKILL, as a power cut would: nothing is tidied up. */
  kill(): Promise<void>;
  /** Asks it to end, as a person would. */
  end(): Promise<void>;
  notes(): LifeNotes;
  /** What it said on its way, for a life that ended by itself. */
  words(): string;
}

export type Start =
  { readonly kind: 'up'; readonly life: Life } | { readonly kind: 'died'; readonly notes: LifeNotes; readonly words: string };

function readNotes(file: string): LifeNotes {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const after = (word: string): string[] => lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  return { seen: after('seen'), killedAt: after('killed')[0] ?? null };
}

function addressSaidBy(child: ChildProcess, ended: Promise<void>): Promise<string | null> {
  return new Promise((resolve) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /^http:\/\/\S+$/m.exec(said);
      if (found !== null && said.includes('\n', found.index)) resolve(found[0]);
    });
    void ended.then(() => resolve(null));
    setTimeout(() => resolve(null), START_WITHIN_MS).unref();
  });
}

/** What the page says to whoever has signed in: the receipts and figures are told to nobody else. Null where nobody can, as on a first run. */
async function startSeenInside(screen: LanSession): Promise<StartView | null> {
  const door = await screen.call('session', 'showStart', {});
  const person = door?.ok === true ? door.value.people.find(({ offlineReady }) => offlineReady) : undefined;
  if (person === undefined) return null;
  await screen.call('session', 'signIn', { username: person.username, password: PASSWORD });
  const seen = await screen.call('session', 'showStart', {});
  return seen?.ok === true ? seen.value : null;
}

export async function startBranch(options: LifeOptions): Promise<Start> {
  const notesFile = join(options.workFolder, 'notes.txt');
  rmSync(notesFile, { force: true });
  const setting: KillSetting = { root: options.folder, notes: notesFile, order: options.order ?? null };
  const born = performance.now();
  const child = spawn(
    process.execPath,
    [
      '--import',
      pathToFileURL(join(import.meta.dirname, 'killPoints.ts')).href,
      'electron/serve.ts',
      '--data',
      options.folder,
      '--port',
      '0',
    ],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: join(options.workFolder, 'compiled'),
        [KILL_SETTING]: JSON.stringify(setting),
        ...options.environment,
      },
    },
  );
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    words += chunk.toString();
  });
  child.on('error', (error) => {
    words += error.message;
  });
  let isOver = false;
  const over = new Promise<void>((resolve) => {
    child.once('exit', () => {
      isOver = true;
      resolve();
    });
  });

  async function kill(): Promise<void> {
    child.kill('SIGKILL');
    await over;
  }

  const address = await addressSaidBy(child, over);
  const answer = address === null ? null : await openLanSession(address).call('session', 'showStart', {});
  const startedInMs = Math.round(performance.now() - born);
  if (address === null || answer?.ok !== true) {
    await kill();
    return { kind: 'died', notes: readNotes(notesFile), words };
  }
  const inside = await startSeenInside(openLanSession(address));
  return {
    kind: 'up',
    life: {
      address,
      startedInMs,
      start: inside ?? answer.value,
      over,
      isOver: () => isOver,
      screen: () => openLanSession(address),
      hold(work) {
        child.kill('SIGSTOP');
        try {
          work();
        } finally {
          child.kill('SIGCONT');
        }
      },
      kill,
      async end() {
        child.kill('SIGTERM');
        const slow = setTimeout(() => child.kill('SIGKILL'), 20_000);
        await over;
        clearTimeout(slow);
      },
      backUp(folder) {
        if (isOver || !child.connected) return Promise.resolve(null);
        return new Promise((resolve) => {
          child.once('message', (message) => resolve(message as BackupAnswer));
          void over.then(() => resolve(null));
          child.send({ backUpInto: folder }, (error) => {
            if (error !== null) resolve(null);
          });
        });
      },
      notes: () => readNotes(notesFile),
      words: () => words.trim().slice(-500),
    },
  };
}
