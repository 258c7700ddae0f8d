// The data folder: one owner, a key that is never replaced, a choice that is either whole or not there.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, realpathSync, statSync, symlinkSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { branchKey, branchKeys, dropUnusedKeyFile } from '../../../electron/composition/branchKey.ts';
import { readChoice, writeChoice } from '../../../electron/composition/choice.ts';
import { claimFolder } from '../../../electron/composition/claimFolder.ts';
import type { DataFolder } from '../../../electron/composition/dataFolder.ts';
import { dataFolder } from '../../../electron/composition/dataFolder.ts';
import { openTawi } from '../../../electron/composition/openTawi.ts';
import { backUp } from '../../../electron/store/backup.ts';
import { keyFileOf, keyFileWrap } from '../../../electron/host/ports/keyFileWrap.ts';
import type { KeyWrap } from '../../../electron/host/ports/keyWrap.ts';
import { Redacted, reveal } from '../../../shared/kernel/redacted.ts';

let root: string;
let folder: DataFolder;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tawi-folder-'));
  folder = dataFolder(join(root, 'books'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const source = (path: string): string => pathToFileURL(join(import.meta.dirname, '../../..', path)).href;

describe('one owner', () => {
  test('the second claim is refused and told who has it, until the first lets go', async () => {
    const first = await claimFolder(folder);
    expect('release' in first).toBe(true);
    expect(await claimFolder(folder)).toEqual({ takenBy: process.pid });
    if ('release' in first) await first.release();
    const again = await claimFolder(folder);
    expect('release' in again).toBe(true);
    if ('release' in again) await again.release();
  });

  test('another process has it until it dies, however it dies', async () => {
    const script = `
      import { claimFolder } from ${JSON.stringify(source('electron/composition/claimFolder.ts'))};
      import { dataFolder } from ${JSON.stringify(source('electron/composition/dataFolder.ts'))};
      await claimFolder(dataFolder(${JSON.stringify(folder.root)}));
      console.log('claimed');
      setInterval(() => {}, 1000);
    `;
    const other = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(other.stdout, 'data');
    expect(await claimFolder(folder)).toEqual({ takenBy: other.pid });
    other.kill('SIGKILL');
    await once(other, 'exit');
    // Its lock file is still there, as after a power cut, and holds nobody up.
    expect(existsSync(folder.lock)).toBe(true);
    const mine = await claimFolder(folder);
    expect('release' in mine).toBe(true);
    if ('release' in mine) await mine.release();
  });

  test.runIf(process.platform === 'linux')('a name that another user holds keeps nobody out: what counts lies in the folder', async () => {
    await mkdir(folder.root, { recursive: true });
    const digest = createHash('sha256').update(realpathSync(folder.root)).digest('hex').slice(0, 32);
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(`\0tawi-${digest}`, resolve));
    await writeFile(folder.lock, JSON.stringify({ pid: process.ppid }));
    const mine = await claimFolder(folder);
    expect('release' in mine).toBe(true);
    if ('release' in mine) await mine.release();
    squatter.close();
  });
});

describe('a folder that cannot be claimed', () => {
  test('is not taken for claimed: what lies in the place of the lock stops the start', async () => {
    await mkdir(folder.claim, { recursive: true });
    await expect(claimFolder(folder)).rejects.toThrow();
    expect(existsSync(folder.lock)).toBe(false);
  });

  test.skipIf(process.platform === 'win32').each([
    ['a pipe', (place: string) => void spawnSync('mkfifo', [place])],
    ['a link to another file', (place: string) => symlinkSync(join(root, 'another'), place)],
    ['a link that leads nowhere', (place: string) => symlinkSync(join(root, 'nothing'), place)],
  ])('%s in its place is told at once, in words, and nothing is written through it', async (_what, lay) => {
    await mkdir(folder.root, { recursive: true });
    await writeFile(join(root, 'another'), 'the books of somebody else');
    lay(folder.claim);
    await expect(claimFolder(folder)).rejects.toThrow(/is no file of its own/);
    expect(await readFile(join(root, 'another'), 'utf8')).toBe('the books of somebody else');
    expect(existsSync(join(root, 'nothing'))).toBe(false);
    // Nor does what lies in the place of the holder's name hold anything up.
    await rm(folder.claim);
    lay(folder.lock);
    const mine = await claimFolder(folder);
    expect('release' in mine).toBe(true);
    expect(await claimFolder(folder)).toEqual({ takenBy: null });
    if ('release' in mine) await mine.release();
    expect(await readFile(join(root, 'another'), 'utf8')).toBe('the books of somebody else');
  });

  test('words in the lock keep nobody out and let no second one in', async () => {
    await mkdir(folder.root, { recursive: true });
    await writeFile(folder.claim, 'x'.repeat(5_000));
    const mine = await claimFolder(folder);
    expect('release' in mine).toBe(true);
    expect(await claimFolder(folder)).toEqual({ takenBy: process.pid });
    // Nor while somebody holds it.
    await writeFile(folder.claim, 'y'.repeat(5_000));
    expect(await claimFolder(folder)).toEqual({ takenBy: process.pid });
    if ('release' in mine) await mine.release();
  });

  test('for want of a place for the holder’s name it is claimed all the same', async () => {
    await mkdir(folder.lock, { recursive: true });
    const mine = await claimFolder(folder);
    expect('release' in mine).toBe(true);
    expect(await claimFolder(folder)).toEqual({ takenBy: null });
    if ('release' in mine) await mine.release();
  });
});

describe.skipIf(process.platform === 'win32')('what lies in the folder', () => {
  const open = (path: string): string[] =>
    [path, ...readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name))].filter(
      (each) => (statSync(each).mode & 0o077) !== 0,
    );

  test('is this account’s alone from its creation, whatever the process was started with, and what was left open is closed', async () => {
    const before = process.umask(0);
    try {
      await mkdir(join(folder.root, 'branch', 'backups'), { recursive: true });
      await writeFile(join(folder.root, 'branch', 'backups', 'old.sqlite'), '', { mode: 0o666 });
      await writeFile(join(folder.root, 'somebody else’s'), '', { mode: 0o644 });
      const tawi = await openTawi({
        dataFolder: folder.root,
        keyWraps: [keyFileWrap(folder.root)],
        practice: { clients: 2, seed: 7 },
        answers: 'strict',
      });
      try {
        const founded = await tawi.doorway.call('session.openPractice', {}, { channel: 'start' });
        expect(founded.ok).toBe(true);
        // Books with their log and memory, head office's books, keys, choice, logs.
        expect(existsSync(`${folder.of('practice').store}-wal`)).toBe(true);
        tawi.diagnostics.record('info', 'test');
        const keys = await branchKeys(folder.of('practice'), [keyFileWrap(folder.root)]);
        if (keys === null) throw new Error('no keys');
        const { backups, store } = folder.of('practice');
        await backUp({ file: store, key: reveal(keys.books), sealKey: reveal(keys.seal), folder: backups, at: 1_795_000_000_000 });
        expect(open(folder.root)).toEqual([join(folder.root, 'somebody else’s')]);
      } finally {
        await tawi.close();
      }
    } finally {
      process.umask(before);
    }
  });
});

describe('the key of the books', () => {
  test('is made once, never lies there unwrapped, and comes back the same', async () => {
    const wrap = keyFileWrap(folder.root);
    const made = await branchKey(folder.of('branch'), [wrap]);
    const again = await branchKey(folder.of('branch'), [keyFileWrap(folder.root)]);
    expect(reveal(made!)).toHaveLength(32);
    expect(reveal(again!)).toEqual(reveal(made!));
    const kept = await readFile(folder.of('branch').key, 'utf8');
    expect(kept).not.toContain(Buffer.from(reveal(made!)).toString('base64'));
    expect(kept).not.toContain(Buffer.from(reveal(made!)).toString('hex'));
    if (process.platform !== 'win32') expect(statSync(keyFileOf(folder.root)).mode & 0o777).toBe(0o600);
  });

  test('practice has a key of its own', async () => {
    const wrap = keyFileWrap(folder.root);
    const [real, practice] = [await branchKey(folder.of('branch'), [wrap]), await branchKey(folder.of('practice'), [wrap])];
    expect(reveal(real!)).not.toEqual(reveal(practice!));
  });

  test('that lay in a file goes under the operating system’s guard when that is back, and the file is removed once nothing needs it', async () => {
    const file = keyFileWrap(folder.root);
    const system: KeyWrap = {
      guard: 'operatingSystem',
      wrap: async (key) => Buffer.from(reveal(key)).reverse().toString('base64'),
      unwrap: async (wrapped) => new Redacted(new Uint8Array(Buffer.from(wrapped, 'base64').reverse())),
    };
    const [real, practice] = [folder.of('branch'), folder.of('practice')];
    const before = await branchKeys(real, [file]);
    await branchKeys(practice, [file]);
    const after = await branchKeys(real, [system, file]);
    expect([reveal(after!.books), reveal(after!.seal)]).toEqual([reveal(before!.books), reveal(before!.seal)]);
    expect([before?.guard, after?.guard]).toEqual(['keyFile', 'operatingSystem']);
    // Practice's keys still lie under it.
    dropUnusedKeyFile(keyFileOf(folder.root), [real, practice]);
    expect(existsSync(keyFileOf(folder.root))).toBe(true);
    await branchKeys(practice, [system, file]);
    dropUnusedKeyFile(keyFileOf(folder.root), [real, practice]);
    expect(existsSync(keyFileOf(folder.root))).toBe(false);
    expect((await branchKeys(real, [system, file]))?.guard).toBe('operatingSystem');
  });

  test('is not replaced when it cannot be unwrapped, or when books are there without it', async () => {
    const wrap = keyFileWrap(folder.root);
    await branchKey(folder.of('branch'), [wrap]);
    const kept = await readFile(folder.of('branch').key, 'utf8');
    await rm(keyFileOf(folder.root));
    expect(await branchKey(folder.of('branch'), [wrap])).toBeNull();
    expect(await readFile(folder.of('branch').key, 'utf8')).toBe(kept);

    await mkdir(folder.of('practice').folder, { recursive: true });
    await writeFile(folder.of('practice').store, 'books');
    expect(await branchKey(folder.of('practice'), [wrap])).toBeNull();
    expect(existsSync(folder.of('practice').key)).toBe(false);
  });
});

describe('the choice', () => {
  test('is a first run until it was written, and then what was written', () => {
    expect(readChoice(folder.choice)).toBe('firstRun');
    writeChoice(folder.choice, { kind: 'fineract', address: 'https://head.example', tenant: 'default' });
    expect(readChoice(folder.choice)).toEqual({ kind: 'fineract', address: 'https://head.example', tenant: 'default' });
    writeChoice(folder.choice, { kind: 'practice' });
    expect(readChoice(folder.choice)).toEqual({ kind: 'practice' });
  });

  test.skipIf(process.platform === 'win32')('is this account’s alone also where a cut left half of one that was anybody’s', async () => {
    await mkdir(folder.root, { recursive: true });
    await writeFile(`${folder.choice}.new`, '{"version');
    chmodSync(`${folder.choice}.new`, 0o644);
    writeChoice(folder.choice, { kind: 'practice' });
    expect(statSync(folder.choice).mode & 0o777).toBe(0o600);
  });

  test.each(['', '{"version":1', '{"version":2,"kind":"practice"}', '[]'])(
    'a damaged choice (%s) is never taken for a first run',
    async (text) => {
      await mkdir(folder.root, { recursive: true });
      await writeFile(folder.choice, text);
      expect(readChoice(folder.choice)).toBe('unreadable');
    },
  );
});
