// The coarser way, for computers without a C compiler: the files are copied at each receipt that was told, while the process stands still. What
// was written between two copies is then laid over the first one in part, as if the power had gone on the way to the second.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Receipt } from '../../../shared/domain/records.ts';
import { seeded } from '../../world/seed.ts';
import { startBranch } from '../branchProcess.ts';
import { createCounterPeople } from '../counterPeople.ts';
import { foundBranchOver } from '../foundBranchOver.ts';
import { serverIdsByNumber } from '../headOfficeBook.ts';
import type { HeadOfficeSide } from '../headOfficeSide.ts';
import type { Report } from '../report.ts';
import { emptyToldBook, toldReceipts } from '../toldBook.ts';
import type { DiskImage } from './disk.ts';
import { imageOfFolder, layOut } from './diskFolder.ts';
import { judgeCut } from './judgeCut.ts';

const SECTOR = 512;
const VARIANTS = 3;

interface Copy {
  readonly image: DiskImage;
  readonly receipts: readonly Receipt[];
}

/** `first` with a part of what `second` has at the end of its growing files. */
function between(first: DiskImage, second: DiskImage, share: number): DiskImage {
  const image = new Map(first);
  for (const [path, content] of second) {
    const known = first.get(path);
    if (content === null || known === null || known === undefined || content.length <= known.length) continue;
    const grown = Math.floor(((content.length - known.length) * share) / SECTOR) * SECTOR;
    image.set(path, Buffer.concat([known, content.subarray(known.length, known.length + grown)]));
  }
  return image;
}

export async function cutAtAnswers(
  { seed, workFolder, points }: { readonly seed: string; readonly workFolder: string; readonly points: 'all' | 'sample' },
  headOffice: HeadOfficeSide,
  report: Report,
): Promise<void> {
  const chance = seeded(`power cut at answers ${seed}`);
  const root = join(workFolder, 'copied');
  mkdirSync(root, { recursive: true });
  const begun = await startBranch({ folder: root, workFolder });
  if (begun.kind === 'died') throw new Error(`The branch did not start: ${begun.words}`);
  const { life } = begun;
  const told = emptyToldBook();
  const people = createCounterPeople({ told, chance, headOffice, serverIdOf: serverIdsByNumber(headOffice.file) });
  const founded = await foundBranchOver(life, headOffice.address);
  if (founded.length > 0) throw new Error(`The branch could not be founded: ${founded.join('; ')}`);
  await people.arrive(life);
  await headOffice.pull('cutLine', true);
  const copies: Copy[] = [];
  await people.serve(life, points === 'all' ? 40 : 6, () => {
    life.hold(() => copies.push({ image: imageOfFolder(root), receipts: toldReceipts(told) }));
  });
  await life.kill();
  const folder = join(workFolder, 'after-cut');
  for (const [index, { image, receipts }] of copies.entries()) {
    const next = copies[index + 1];
    const states =
      next === undefined ? [image] : [image, ...Array.from({ length: VARIANTS - 1 }, () => between(image, next.image, chance.fraction()))];
    for (const [variant, state] of states.entries()) {
      layOut(state, root, folder);
      const judged = await judgeCut({
        folder,
        backups: join(folder, 'backups'),
        told: { founded: true, receipts, backups: [] },
        headOffice: null,
        migratedFrom: null,
      });
      report.check(`power cut after answer ${index + 1}, variant ${variant + 1}`, judged.wrong, judged.said);
    }
  }
  await headOffice.pull('cutLine', false);
  report.say(`power cuts at answers: ${copies.length} answers copied`);
}
