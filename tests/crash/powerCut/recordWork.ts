// One working day in small, recorded for the power cuts: a first run, the first pull, counter operations while the line is down, sending and
// pulling when it is up again, a backup, and an update that migrates the store. Between them the test marks what it was told and when.

import { cpSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { seeded } from '../../world/seed.ts';
import type { Seeded } from '../../world/seed.ts';
import type { Life } from '../branchProcess.ts';
import { startBranch } from '../branchProcess.ts';
import { createCounterPeople, pause } from '../counterPeople.ts';
import { foundBranchOver } from '../foundBranchOver.ts';
import { serverIdsByNumber } from '../headOfficeBook.ts';
import type { HeadOfficeSide } from '../headOfficeSide.ts';
import { keyOfBranch } from '../keyOfBranch.ts';
import { emptyToldBook, toldReceipts } from '../toldBook.ts';
import type { DiskImage } from './disk.ts';
import { imageOfFolder } from './diskFolder.ts';
import type { DiskEvent, Mark } from './flushTrace.ts';
import { putMark, readFlushTrace } from './flushTrace.ts';
import { takeBackOneSchema } from './olderStore.ts';

export interface Recording {
  /** The branch's folder while it was recorded. */
  readonly root: string;
  readonly backups: string;
  readonly before: DiskImage;
  readonly events: readonly DiskEvent[];
  readonly migratedFrom: number | null;
  /** What was told before the recording began. */
  readonly toldBefore: readonly Mark[];
}

interface RecordOptions {
  readonly workFolder: string;
  readonly library: string;
  readonly headOffice: HeadOfficeSide;
  readonly seed: string;
  readonly operations: number;
  /** How long nobody comes to the counter after them. */
  readonly afterCounterMs: number;
}

const QUIET_WITHIN_MS = 40_000;

function watched(workFolder: string, name: string, library: string) {
  const root = join(workFolder, name);
  mkdirSync(root, { recursive: true });
  const trace = join(workFolder, `${name}.trace`);
  return { root, trace, environment: { LD_PRELOAD: library, TAWI_FLUSH_ROOT: root, TAWI_FLUSH_TRACE: trace } };
}

async function startWatched(root: string, workFolder: string, environment: Readonly<Record<string, string>>): Promise<Life> {
  const begun = await startBranch({ folder: root, workFolder, environment });
  if (begun.kind === 'died') throw new Error(`The branch did not start: ${begun.words}`);
  return begun.life;
}

/** Until nothing waits to be sent. */
async function untilQuiet(life: Life, tidyUp: () => Promise<number>): Promise<void> {
  const began = performance.now();
  while (!life.isOver() && performance.now() - began < QUIET_WITHIN_MS) {
    if ((await tidyUp()) === 0) return;
    await pause(200);
  }
}

export async function recordWork(options: RecordOptions): Promise<{ readonly day: Recording; readonly update: Recording }> {
  const workFolder = realpathSync(options.workFolder);
  const chance: Seeded = seeded(`power cut ${options.seed}`);
  const { headOffice } = options;
  const { root, trace, environment } = watched(workFolder, 'recorded', options.library);
  const backups = join(root, 'backups');
  const before = imageOfFolder(root);
  const scene = (name: string): void => putMark(trace, { what: 'scene', name });

  let life = await startWatched(root, workFolder, environment);
  scene('first run');
  const told = emptyToldBook();
  const people = createCounterPeople({ told, chance, headOffice, serverIdOf: serverIdsByNumber(headOffice.file) });
  const founded = await foundBranchOver(life, headOffice.address, () => {
    putMark(trace, { what: 'founded' });
    scene('pull page');
  });
  if (founded.length > 0) throw new Error(`The branch could not be founded: ${founded.join('; ')}`);
  scene('people arrive');
  await people.arrive(life);
  scene('good end and next start');
  await life.end();
  life = await startWatched(root, workFolder, environment);
  await headOffice.pull('cutLine', true);
  scene('counter operation');
  let marked = 0;
  const markReceipts = (): void => {
    const receipts = toldReceipts(told);
    for (const receipt of receipts.slice(marked)) putMark(trace, { what: 'receipt', receipt });
    marked = receipts.length;
  };
  await people.serve(life, options.operations, markReceipts);
  await pause(options.afterCounterMs);
  scene('sending and pull page');
  await headOffice.pull('cutLine', false);
  await untilQuiet(life, () => people.tidyUp(life));
  await pause(500);
  scene('backup');
  const backUp = async (): Promise<void> => {
    const backup = await life.backUp(backups);
    if (backup !== null && 'path' in backup) putMark(trace, { what: 'backup', path: basename(backup.path) });
    else throw new Error(`The backup was not made: ${backup?.trouble ?? 'no answer'}`);
  };
  await backUp();
  await people.serve(life, 2, markReceipts);
  // With one good copy there already: that one must outlive every cut of the next.
  scene('next backup');
  await backUp();
  await life.kill();
  const events = readFlushTrace(trace);
  const day: Recording = { root, backups, before, events, migratedFrom: null, toldBefore: [] };

  const later = watched(workFolder, 'updated', options.library);
  cpSync(root, later.root, { recursive: true });
  const migratedFrom = takeBackOneSchema(await keyOfBranch(later.root));
  const beforeUpdate = imageOfFolder(later.root);
  putMark(later.trace, { what: 'scene', name: 'migration' });
  const updated = await startWatched(later.root, workFolder, later.environment);
  await updated.kill();
  const toldBefore = events.flatMap((event) => (event.kind === 'mark' && event.mark.what !== 'scene' ? [event.mark] : []));
  return {
    day,
    update: {
      root: later.root,
      backups: join(later.root, 'backups'),
      before: beforeUpdate,
      events: readFlushTrace(later.trace),
      migratedFrom,
      toldBefore,
    },
  };
}
