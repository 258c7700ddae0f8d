// Where a served branch keeps its books, and their key, found in the way the program itself finds them.

import { branchKey } from '../../electron/composition/branchKey.ts';
import { dataFolder } from '../../electron/composition/dataFolder.ts';
import { keyFileWrap } from '../../electron/host/ports/keyFileWrap.ts';
import type { DatabaseAt } from '../../electron/store/openDatabase.ts';
import { reveal } from '../../shared/kernel/redacted.ts';

export async function keyOfBranch(root: string): Promise<DatabaseAt> {
  const branch = dataFolder(root).of('branch');
  const key = await branchKey(branch, [keyFileWrap(root)]);
  if (key === null) throw new Error('the key of the branch is not there, or cannot be unwrapped');
  return { file: branch.store, key: reveal(key) };
}
