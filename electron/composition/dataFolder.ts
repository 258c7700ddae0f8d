// Where everything lies below the one folder that Tawi keeps. The real branch and the practice branch have a folder each, so that training
// can never write into the books.

import { join } from 'node:path';

export type WhichBranch = 'branch' | 'practice';

export interface BranchFolder {
  readonly folder: string;
  readonly store: string;
  readonly key: string;
  readonly backups: string;
  /** Of a practice branch whose printer is a file. */
  readonly papers: string;
  readonly vault: string;
  readonly vaultBackups: string;
}

export interface DataFolder {
  readonly root: string;
  readonly choice: string;
  /** Tells a person which process has the folder. */
  readonly lock: string;
  /** Held by the process that has it. */
  readonly claim: string;
  readonly diagnostics: string;
  readonly practiceHeadOffice: string;
  readonly practiceLineCut: string;
  of(which: WhichBranch): BranchFolder;
}

export function dataFolder(root: string): DataFolder {
  return {
    root,
    choice: join(root, 'choice.json'),
    lock: join(root, 'tawi.lock'),
    claim: join(root, 'tawi.claim'),
    diagnostics: join(root, 'diagnostics'),
    practiceHeadOffice: join(root, 'practice', 'head-office.sqlite'),
    practiceLineCut: join(root, 'practice', 'line-cut'),
    of(which) {
      const folder = join(root, which);
      const backups = join(folder, 'backups');
      return {
        folder,
        store: join(folder, 'branch.sqlite'),
        key: join(folder, 'branch.key'),
        papers: join(folder, 'papers'),
        backups,
        vault: join(folder, 'vault'),
        vaultBackups: join(backups, 'vault'),
      };
    },
  };
}
