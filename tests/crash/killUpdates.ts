// Kills the start of a newer program over the store of the program before, at each write point of its own: the copy that is
// made first, and the migration itself. The next start must come to its end, with every receipt, and the copy beside the store must be whole.

import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { copyBeforeMigration } from '../../electron/store/migrate.ts';
import type { Seeded } from '../world/seed.ts';
import type { LifeNotes } from './branchProcess.ts';
import { startBranch } from './branchProcess.ts';
import { readJournal } from './journalBook.ts';
import { keyOfBranch } from './keyOfBranch.ts';
import type { KillOrder } from './killOrder.ts';
import { takeBackOneSchema } from './powerCut/olderStore.ts';
import type { Report } from './report.ts';
import { saidAtStart } from './startPage.ts';

export interface UpdateKills {
  /** A branch that has worked and ended. */
  readonly folder: string;
  readonly workFolder: string;
  readonly chance: Seeded;
  /** Points that other starts come by as well, and that are hit there. */
  readonly known: ReadonlySet<string>;
  readonly report: Report;
  note(notes: LifeNotes): void;
}

/** Answers how many kills that took. */
export async function killUpdates({ folder, workFolder, chance, known, report, note }: UpdateKills): Promise<number> {
  const outdated = join(workFolder, 'outdated');
  cpSync(folder, outdated, { recursive: true });
  const version = takeBackOneSchema(await keyOfBranch(outdated));

  const watched = join(workFolder, 'update-recorded');
  cpSync(outdated, watched, { recursive: true });
  const recorded = await startBranch({ folder: watched, workFolder });
  if (recorded.kind === 'died') {
    report.check('an update without a kill comes to its end', [recorded.words.trim().slice(0, 500)]);
    return 0;
  }
  await recorded.life.kill();
  // A first run migrates as well, but books with rows in them are another matter.
  const points = recorded.life.notes().seen.filter((point) => !known.has(point) || point.startsWith('migrate.'));
  for (const [index, point] of points.entries()) {
    const order: KillOrder = { point, when: chance.chance(0.5) ? 'before' : 'after', nth: 1 };
    const updated = join(workFolder, `update-${index}`);
    cpSync(outdated, updated, { recursive: true });
    const expected = (await receiptsIn(updated)).length;
    const killed = await startBranch({ folder: updated, workFolder, order });
    if (killed.kind === 'up') await killed.life.kill();
    note(killed.kind === 'up' ? killed.life.notes() : killed.notes);
    const how = `update, ${order.when} ${point}`;
    const again = await startBranch({ folder: updated, workFolder });
    if (again.kind === 'died') {
      report.check(`start after ${how}`, [again.words.trim().slice(0, 500)]);
      continue;
    }
    report.crash({ how, startedInMs: again.life.startedInMs, said: saidAtStart(again.life.start) });
    const { state, blockedBy, start } = again.life.start;
    await again.life.end();
    const wrong: string[] = [];
    if (state !== 'ready' && state !== 'pulling') wrong.push(`the branch is ${state} ${blockedBy ?? ''}`);
    if (start?.chainWhole !== true) wrong.push('the chain is broken');
    if ((await receiptsIn(updated)).length !== expected) wrong.push('receipts are missing');
    const { file, key } = await keyOfBranch(updated);
    const copy = copyBeforeMigration(file, version);
    if (!existsSync(copy)) wrong.push('the copy from before the migration is missing');
    else if (readJournal({ file: copy, key }).receipts.length !== expected) wrong.push('the copy lacks receipts');
    report.check(`update comes to its end after ${how}`, wrong);
  }
  return points.length;
}

async function receiptsIn(folder: string): Promise<readonly unknown[]> {
  const journal = readJournal(await keyOfBranch(folder));
  if (journal.damage.length > 0 || journal.brokenEntry !== null)
    throw new Error(`The store in ${folder} is not whole: ${journal.damage.join('; ')}`);
  return journal.receipts;
}
