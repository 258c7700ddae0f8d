// Cuts the power at every flush of a recorded working day: rebuilds the folder as it was flushed up to then, with what came later dropped,
// torn, scattered, scrambled or truncated, and switches the branch on again. Without a C compiler it cuts at every answer instead.

import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { witnessFileOf } from '../../../electron/store/witness.ts';
import { seeded } from '../../world/seed.ts';
import type { Seeded } from '../../world/seed.ts';
import { startBranch } from '../branchProcess.ts';
import type { HeadOfficeSide } from '../headOfficeSide.ts';
import { startHeadOffice } from '../headOfficeSide.ts';
import type { Report } from '../report.ts';
import { spread } from '../report.ts';
import { saidAtStart } from '../startPage.ts';
import { compileFlushTrace } from './compileFlushTrace.ts';
import { cutAtAnswers } from './cutAtAnswers.ts';
import type { Disk, DiskImage, Fate } from './disk.ts';
import { createDisk, FATES } from './disk.ts';
import { layOut } from './diskFolder.ts';
import type { DiskEvent, Mark } from './flushTrace.ts';
import type { Judgement, ToldBefore } from './judgeCut.ts';
import { judgeCut } from './judgeCut.ts';
import { judgeLoss, LOSSES } from './loseLog.ts';
import type { Recording } from './recordWork.ts';
import { recordWork } from './recordWork.ts';

export interface PowerCutOptions {
  readonly points: 'all' | 'sample';
  readonly seed: string;
  readonly workFolder: string;
}

/** Every device code has two digits, so first runs are not repeated without end. */
const FIRST_RUNS_MOST = 60;
const SAMPLED_CUTS = 14;
const SAMPLED_CUTS_A_SCENE = 4;

interface Cut {
  /** The place of the flush among all events; the power goes just before it takes effect. */
  readonly at: number;
  readonly fate: Fate;
}

function isFlush(event: DiskEvent): boolean {
  return event.kind === 'flushed';
}

function scenesOf(events: readonly DiskEvent[]): string[] {
  let scene = 'start';
  return events.map((event) => {
    if (event.kind === 'mark' && event.mark.what === 'scene') scene = event.mark.name;
    return scene;
  });
}

/** All flushes with all fates; or a few of each scene, each with one fate. */
function chooseCuts(events: readonly DiskEvent[], points: PowerCutOptions['points'], chance: Seeded): Cut[] {
  const flushes = events.flatMap((event, at) => (isFlush(event) ? [at] : []));
  if (points === 'all') return flushes.flatMap((at) => FATES.map((fate) => ({ at, fate })));
  const scenes = scenesOf(events);
  const names = [...new Set(flushes.map((at) => scenes[at] ?? ''))];
  const each = Math.min(SAMPLED_CUTS_A_SCENE, Math.max(1, Math.floor(SAMPLED_CUTS / Math.max(names.length, 1))));
  return names.flatMap((name) => {
    const here = flushes.filter((at) => scenes[at] === name);
    return Array.from({ length: Math.min(each, here.length) }, () => ({
      at: here[chance.below(here.length)] ?? 0,
      fate: FATES[chance.below(FATES.length)] ?? 'dropped',
    }));
  });
}

function toldUpTo(marks: readonly Mark[]): ToldBefore {
  const receipts = marks.flatMap((mark) => (mark.what === 'receipt' ? [mark.receipt] : []));
  return {
    founded: marks.some((mark) => mark.what === 'founded'),
    receipts,
    backups: marks.flatMap((mark, index) =>
      mark.what === 'backup'
        ? [{ name: mark.path, receipts: marks.slice(0, index).flatMap((each) => (each.what === 'receipt' ? [each.receipt] : [])) }]
        : [],
    ),
  };
}

interface CutState {
  readonly cut: Cut;
  readonly scene: string;
  readonly image: DiskImage;
  readonly told: ToldBefore;
}

/** Walks the recording once and stops at each chosen flush. `ignored`: flushes that are taken for nothing, to see that the judge notices. */
async function eachCut(
  recording: Recording,
  cuts: readonly Cut[],
  chance: Seeded,
  look: (state: CutState) => Promise<void>,
  ignored: (at: number) => boolean = () => false,
): Promise<void> {
  const { root, before, events } = recording;
  const disk: Disk = createDisk(root, before);
  const scenes = scenesOf(events);
  const marks: Mark[] = [...recording.toldBefore];
  for (const [at, event] of events.entries()) {
    if (event.kind === 'mark') marks.push(event.mark);
    for (const cut of cuts) {
      if (cut.at !== at) continue;
      await look({ cut, scene: scenes[at] ?? '', image: disk.image(cut.fate, chance.fork(`${at} ${cut.fate}`)), told: toldUpTo(marks) });
    }
    if (!(event.kind === 'flushed' && ignored(at))) disk.take(event);
  }
}

export async function runPowerCuts(options: PowerCutOptions, report: Report): Promise<void> {
  mkdirSync(options.workFolder, { recursive: true });
  const workFolder = realpathSync(options.workFolder);
  const headOffice = await startHeadOffice({ file: join(workFolder, 'head-office.sqlite'), workFolder, clients: 10, seed: 7 });
  try {
    const library = compileFlushTrace(workFolder);
    if (library === null) {
      report.say('No C compiler here: the power is cut at every answer instead of at every flush, which is coarser.');
      await cutAtAnswers({ ...options, workFolder }, headOffice, report);
      return;
    }
    const recorded = await recordWork({
      workFolder,
      library,
      headOffice,
      seed: options.seed,
      operations: options.points === 'all' ? 8 : 4,
      // Long enough for what is remembered outside the log to reach the disk by itself, where that is looked at.
      afterCounterMs: options.points === 'all' ? 3_000 : 0,
    });
    await cutRecording('day', recorded.day, options, headOffice, workFolder, report);
    await cutRecording('update', recorded.update, options, headOffice, workFolder, report);
    await losesLog(recorded.day, options, headOffice, workFolder, report);
    await noticesMissingFlush(recorded.day, options, workFolder, report);
    await startsAsProcess(recorded.day, options, workFolder, report);
  } finally {
    await headOffice.end();
  }
}

async function cutRecording(
  name: string,
  recording: Recording,
  options: PowerCutOptions,
  headOffice: HeadOfficeSide,
  workFolder: string,
  report: Report,
): Promise<void> {
  const chance = seeded(`power cut ${options.seed} ${name}`);
  const cuts = chooseCuts(recording.events, options.points, chance.fork('choice'));
  const folder = join(workFolder, 'after-cut');
  const counts = new Map<string, { cuts: number; failed: number }>();
  const opened: number[] = [];
  let firstRuns = 0;
  await eachCut(recording, cuts, chance, async ({ cut, scene, image, told }) => {
    layOut(image, recording.root, folder);
    const repeats = !told.founded && firstRuns < FIRST_RUNS_MOST && (cut.fate === 'dropped' || cut.fate === 'torn');
    if (repeats) firstRuns += 1;
    await headOffice.pull('cutLine', !repeats);
    const judged = await judgeSafely({
      folder,
      backups: join(folder, 'backups'),
      told,
      headOffice: repeats ? headOffice.address : null,
      migratedFrom: recording.migratedFrom,
    });
    opened.push(judged.openedInMs);
    const count = counts.get(scene) ?? { cuts: 0, failed: 0 };
    counts.set(scene, { cuts: count.cuts + 1, failed: count.failed + (judged.wrong.length > 0 ? 1 : 0) });
    report.check(`power cut in ${scene}, flush ${cut.at}, rest ${cut.fate}`, judged.wrong, judged.said);
  });
  await headOffice.pull('cutLine', false);
  const times = spread(opened);
  const flushes = recording.events.filter(isFlush).length;
  report.say(
    `power cuts in the ${name}: ${flushes} flushes recorded, ${cuts.length} states judged (${[...counts].map(([scene, count]) => `${scene} ${count.cuts}`).join(', ')})`,
  );
  if (times !== null)
    report.say(`  opened again in min ${times.min} ms, median ${times.median} ms, max ${times.max} ms, without the birth of a process`);
  report.note(`powerCuts ${name}`, { flushes, states: cuts.length, scenes: Object.fromEntries(counts), openedMs: times });
}

async function judgeSafely(facts: Parameters<typeof judgeCut>[0]): Promise<Judgement> {
  try {
    return await judgeCut(facts);
  } catch (error) {
    return { wrong: [error instanceof Error ? `${error.name}: ${error.message}` : String(error)], openedInMs: 0, said: 'nothing' };
  }
}

/**
 * The log is lost after each receipt that was told. With `kept` everything that was written is there, as after the death of the process: then
 * every loss is noticed. With `dropped` the power went as well, at the end of the counter's scene, when what is remembered had time to be flushed.
 */
async function losesLog(
  recording: Recording,
  options: PowerCutOptions,
  headOffice: HeadOfficeSide,
  workFolder: string,
  report: Report,
): Promise<void> {
  const chance = seeded(`lost log ${options.seed}`);
  const folder = join(workFolder, 'after-loss');
  const scenes = scenesOf(recording.events);
  const receipts = recording.events.flatMap((event, at) => (event.kind === 'mark' && event.mark.what === 'receipt' ? [at + 1] : []));
  const afterCounter = scenes.lastIndexOf('counter operation') + 1;
  const last = receipts.at(-1);
  const all = options.points === 'all';
  const places = all ? receipts : last === undefined ? [] : [last];
  const cuts: Cut[] = places.map((at) => ({ at, fate: 'kept' }));
  if (all) cuts.push({ at: afterCounter, fate: 'dropped' });
  const losses = all ? LOSSES : (['gone', 'older copy'] as const);
  const sums = { losses: 0, missing: 0, noticed: 0, twins: 0 };
  const sayings = new Set<string>();
  // A number is safe by what this PC remembers alone: nobody answers at head office.
  await headOffice.pull('cutLine', true);
  await eachCut(recording, cuts, chance, async ({ cut, scene, image, told }) => {
    for (const loss of losses) {
      if (loss === 'older copy' && told.backups.length === 0) continue;
      layOut(image, recording.root, folder);
      const found = await judgeLoss(folder, loss, told, chance.fork(`${cut.at} ${loss}`));
      sums.losses += 1;
      sums.missing += found.missing;
      sums.noticed += found.noticed ? 1 : 0;
      sums.twins += found.twins;
      if (found.noticed) sayings.add(found.said);
      report.check(`log ${loss} in ${scene}, event ${cut.at}, rest ${cut.fate}`, found.wrong, found.said);
    }
  });
  // The judge must be able to say no: a branch that remembers nothing outside the log gives the numbers again.
  let twins = 0;
  await eachCut(recording, [{ at: afterCounter, fate: 'kept' }], chance, async ({ image, told }) => {
    layOut(image, recording.root, folder);
    rmSync(witnessFileOf(join(folder, 'branch', 'branch.sqlite')));
    twins = (await judgeLoss(folder, 'gone', told, chance.fork('no memory'))).twins;
  });
  report.check('a branch without a second memory would be caught', twins > 0 ? [] : ['it gave no number twice']);
  await headOffice.pull('cutLine', false);
  report.check('logs were lost with receipts in them', sums.missing === 0 ? ['no receipt was lost'] : []);
  report.say(
    `lost logs: ${sums.losses} judged, ${sums.missing} receipts were in them, ${sums.noticed} losses noticed, ${sums.twins} numbers given twice`,
  );
  const [said] = sayings;
  if (said !== undefined) report.say(`  for one of them the start page said: ${said}`);
  report.note('lostLogs', sums);
}

/** The judge must be able to say no: with the flushes of the counter taken for nothing, receipts are lost, and it has to see that. */
async function noticesMissingFlush(recording: Recording, options: PowerCutOptions, workFolder: string, report: Report): Promise<void> {
  const scenes = scenesOf(recording.events);
  const last = recording.events.findLastIndex((event, at) => isFlush(event) && scenes[at] === 'counter operation');
  let judged: Judgement | null = null;
  await eachCut(
    recording,
    [{ at: last, fate: 'dropped' }],
    seeded(options.seed),
    async ({ image, told }) => {
      const folder = join(workFolder, 'after-cut');
      layOut(image, recording.root, folder);
      judged = await judgeSafely({ folder, backups: join(folder, 'backups'), told, headOffice: null, migratedFrom: null });
    },
    (at) => scenes[at] === 'counter operation',
  );
  const found = (judged as Judgement | null)?.wrong ?? ['no flush was recorded'];
  const seen = found.some((each) => each.includes('is lost'));
  report.check(
    'a branch that did not flush at the counter would be caught',
    seen ? [] : [`no lost receipt was noticed, only: ${found.join('; ')}`],
  );
}

/** The same, once per scene, with the whole program in a process of its own. */
async function startsAsProcess(recording: Recording, options: PowerCutOptions, workFolder: string, report: Report): Promise<void> {
  const scenes = scenesOf(recording.events);
  const chance = seeded(`power cut ${options.seed} process`);
  const names = options.points === 'all' ? ['pull page', 'counter operation', 'sending and pull page', 'backup'] : ['counter operation'];
  const cuts = names.flatMap((name): Cut[] => {
    const here = recording.events.flatMap((event, at) => (isFlush(event) && scenes[at] === name ? [at] : []));
    const at = here[chance.below(here.length)];
    return at === undefined ? [] : [{ at, fate: 'torn' }];
  });
  await eachCut(recording, cuts, chance, async ({ cut, scene, image, told }) => {
    const folder = join(workFolder, 'after-cut');
    layOut(image, recording.root, folder);
    const begun = await startBranch({ folder, workFolder });
    const name = `power cut in ${scene}, flush ${cut.at}, rest ${cut.fate}, as a process`;
    if (begun.kind === 'died') {
      report.check(name, [begun.words.trim().slice(0, 500)]);
      return;
    }
    await begun.life.kill();
    const { start, startedInMs } = begun.life;
    report.crash({ how: `power cut in ${scene}`, startedInMs, said: saidAtStart(start) });
    const said = start.start?.receiptsToday ?? 0;
    report.check(name, said < told.receipts.length ? [`${told.receipts.length} receipts were told, the page says ${said}`] : []);
  });
}
