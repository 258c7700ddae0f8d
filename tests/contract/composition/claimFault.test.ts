// What keeps the lock of a folder from being had: only a place where nothing can be written goes on, for the store to say so.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimFolder } from '../../../electron/composition/claimFolder.ts';
import { dataFolder } from '../../../electron/composition/dataFolder.ts';
import type { holdFile } from '../../../electron/store/holdFile.ts';

function failing(code: string): typeof holdFile {
  return () => {
    throw Object.assign(new Error(code), { code });
  };
}

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tawi-claim-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test.each(['EMFILE', 'EIO', 'SQLITE_IOERR', 'SQLITE_NOMEM'])(
  '%s: the folder is neither ours nor somebody’s, and nothing starts',
  async (code) => {
    await expect(claimFolder(dataFolder(root), failing(code))).rejects.toThrow(code);
  },
);

test.each(['EROFS', 'ENOSPC', 'SQLITE_READONLY'])('%s is left for the store to say', async (code) => {
  expect(await claimFolder(dataFolder(root), failing(code))).toHaveProperty('release');
});
