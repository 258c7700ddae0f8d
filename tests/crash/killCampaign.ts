// Kills the served branch again and again, at named write points and at any moment, while people work and the line flaps; then lets the line be
// good, the cases be resolved and the loop drain, and compares the three books. What happens is drawn from the seed; when exactly the machine
// does it is not, so a replay meets the same plan and not the same microsecond.

import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkIntegrity, isWhole } from '../../electron/store/integrity.ts';
import { openDatabase } from '../../electron/store/openDatabase.ts';
import { seeded } from '../world/seed.ts';
import type { Seeded } from '../world/seed.ts';
import type { Life, LifeNotes } from './branchProcess.ts';
import { startBranch } from './branchProcess.ts';
import { compareBooks, QUESTIONS } from './compareBooks.ts';
import type { Books } from './compareBooks.ts';
import { createCounterPeople, MANAGER, pause } from './counterPeople.ts';
import type { CounterPeople } from './counterPeople.ts';
import { foundBranchOver } from './foundBranchOver.ts';
import { markHeadOffice, readHeadOffice, serverIdsByNumber } from './headOfficeBook.ts';
import type { HeadOfficeSide } from './headOfficeSide.ts';
import { PASSWORD, startHeadOffice } from './headOfficeSide.ts';
import { readJournal } from './journalBook.ts';
import { keyOfBranch } from './keyOfBranch.ts';
import type { KillOrder } from './killOrder.ts';
import { killUpdates } from './killUpdates.ts';
import { PLANTED_MISTAKES } from './plantedMistakes.ts';
import type { Report } from './report.ts';
import { spread } from './report.ts';
import { saidAtStart, startTold } from './startPage.ts';
import { emptyToldBook, toldReceipts } from './toldBook.ts';
import type { ToldBook } from './toldBook.ts';
import { createWeather, REFUSAL } from './weather.ts';

export interface KillOptions {
  readonly kills: number;
  /** 'all': every write point at least once, however many kills that takes. 'sample': as many as there are kills. */
  readonly points: 'all' | 'sample';
  readonly seed: string;
  readonly killsHeadOffice: boolean;
  readonly clients: number;
  readonly workFolder: string;
}

interface Catalogue {
  /** How often each point was hit. */
  readonly hits: Map<string, number>;
  /** Points that came by after the first run, so that a life of this branch can be killed there. */
  readonly recurring: Set<string>;
  /** Points that are hit in folders of their own: only a first run or an update comes by them. */
  readonly apart: Set<string>;
  readonly tries: Map<string, number>;
}

/** Some points want a good line at the right moment, and the weather is bad: they are tried again. */
const TRIES_MOST = 8;
/** How long people work towards the write point that a life was ordered to die at; longer where the machine is slow to start. */
const POINT_WITHIN_MS = { all: 7_000, sample: 3_000 } as const;
const FIRST_LIFE_MS = { all: 8_000, sample: 2_500 } as const;
/** A process that is killed is gone long before. */
const DIES_WITHIN_MS = 2_000;
const DRAIN_WITHIN_MS = 8 * 60_000;
const AGREE_WITHIN_MS = 90_000;
/** Device codes have two digits; no head office of the test is asked for more than this. */
const FOUNDINGS_PER_HEAD_OFFICE = 40;

function noteIn(catalogue: Catalogue, notes: LifeNotes): void {
  for (const point of notes.seen) {
    if (!catalogue.apart.has(point)) catalogue.recurring.add(point);
    if (!catalogue.hits.has(point)) catalogue.hits.set(point, 0);
  }
  if (notes.killedAt !== null) catalogue.hits.set(notes.killedAt, (catalogue.hits.get(notes.killedAt) ?? 0) + 1);
}

function isBackup(point: string): boolean {
  return point.startsWith('backup') || point.startsWith('copyWhole');
}

const ASKED_TO_END = 'being asked to end';

/** What only a branch that was asked to end comes by. */
function isEnding(point: string): boolean {
  return ['createBranch.stop', 'claimFolder.release', 'claimFolder.dropName'].some((writer) => point.startsWith(writer));
}

export async function runKills(options: KillOptions, report: Report): Promise<void> {
  const chance = seeded(`kills ${options.seed}`);
  mkdirSync(options.workFolder, { recursive: true });
  const folder = join(options.workFolder, 'data');
  const backups = join(folder, 'asked-for');
  const headOffice = await startHeadOffice({
    file: join(options.workFolder, 'head-office.sqlite'),
    workFolder: options.workFolder,
    clients: options.clients,
    seed: 7,
  });
  const catalogue: Catalogue = { hits: new Map(), recurring: new Set(), apart: new Set(), tries: new Map() };
  const began = performance.now();
  let done = 0;
  try {
    done += await killFirstRuns(options, chance.fork('first runs'), catalogue, report);
    const mark = markHeadOffice(headOffice.file);
    const told = emptyToldBook();
    const people = createCounterPeople({ told, chance: chance.fork('people'), headOffice, serverIdOf: serverIdsByNumber(headOffice.file) });
    const weather = createWeather({
      headOffice,
      chance: chance.fork('weather'),
      killsHeadOffice: options.killsHeadOffice,
      savingsServerIds: Object.keys(mark.savingsBalances).map(Number),
    });

    const first = await startOrThrow(folder, options.workFolder);
    const founded = await foundBranchOver(first, headOffice.address);
    report.check('a branch is founded over the contract and pulls itself whole', founded);
    report.check('everybody arrives for work', await people.arrive(first));
    let fair = false;
    const blowing = weather.blow(() => fair);
    let life: Life | null = first;
    let how = 'the first life';
    /** A life that was killed on its way out may have written its good end, and one that is killed while it starts leaves that standing. */
    let maySayGoodEnd = false;
    let isFirst = true;
    let startUps: number[] = [];
    const plan = chance.fork('plan');
    let order: KillOrder | null = null;
    while (done < options.kills || (options.points === 'all' && nextPoint(catalogue, plan) !== null)) {
      if (life !== null) {
        const into = join(backups, String(done));
        how = await workAndDie({ life, people, headOffice, order, plan, backups: into, isFirst, points: options.points });
        isFirst = false;
        maySayGoodEnd = how === ASKED_TO_END || isEnding(how.split(' ')[1] ?? '');
        if (how === 'itself') report.check('the branch ends only when it is killed or asked to', [life.words()]);
        noteIn(catalogue, life.notes());
        done += 1;
      }
      // The next life may be ordered to die at a write point, some of which it meets before it is up.
      const wanted = done + 1 < options.kills && plan.chance(0.2) ? null : nextPoint(catalogue, plan);
      order = wanted === null ? null : { point: wanted, when: plan.chance(0.5) ? 'before' : 'after', nth: 1 };
      if (wanted !== null) catalogue.tries.set(wanted, triesAt(catalogue, wanted) + 1);
      const begun = await startBranch({ folder, workFolder: options.workFolder, order });
      if (begun.kind === 'died') {
        noteIn(catalogue, begun.notes);
        report.crash({
          how,
          startedInMs: null,
          said: begun.notes.killedAt === null ? `did not start: ${begun.words.trim()}` : 'killed again while it started',
        });
        if (begun.notes.killedAt === null) report.check(`start after ${how}`, [begun.words.trim().slice(0, 500)]);
        how = `${order?.when ?? ''} ${begun.notes.killedAt ?? ''}`;
        done += 1;
        life = null;
        continue;
      }
      life = begun.life;
      startUps = [...startUps, life.startedInMs];
      report.crash({ how, startedInMs: life.startedInMs, said: saidAtStart(life.start) });
      const wrong = startTold(life.start, told, maySayGoodEnd);
      // The order to die may strike while somebody signs in to look: such a life shows nobody what is safe.
      const diedAtTheDoor = life.start.start?.receiptsToday === null && (await endsWithin(life, DIES_WITHIN_MS));
      report.check(`start page after ${how}`, diedAtTheDoor ? [] : wrong);
    }
    fair = true;
    await blowing;
    // The last life still has its order to die; the one that brings everything to its end has none.
    if (order !== null) await life?.kill();
    if (life === null || life.isOver()) life = await startOrThrow(folder, options.workFolder);
    await drainAndCompare({ life, people, told, headOffice, mark, folder, backups, report });
    noteIn(catalogue, life.notes());
    reportPoints(catalogue, options, report);
    report.note('weather', weather.seen());
    report.note('resolutions', people.waysTaken());
    report.note('startUpMs', spread(startUps));
    report.note('kills', done);
    report.note('receipts', toldReceipts(told).length);
    const times = spread(startUps);
    report.say(
      `${done} kills, ${toldReceipts(told).length} receipts told, ${told.forms.filter((form) => form.unanswered > 0).length} forms sent again after no answer, ${Math.round((performance.now() - began) / 1000)} s`,
    );
    if (times !== null) report.say(`start-up after a crash: min ${times.min} ms, median ${times.median} ms, max ${times.max} ms`);
    report.say(`line and head office: ${wordsOf(weather.seen())}; cases: ${wordsOf(people.waysTaken())}`);
  } finally {
    await headOffice.end();
  }
}

async function endsWithin(life: Life, ms: number): Promise<boolean> {
  return Promise.race([life.over.then(() => true), pause(ms).then(() => false)]);
}

function wordsOf(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

/** The write point to die at next: one that was never hit and was not tried in vain too often. */
function nextPoint(catalogue: Catalogue, plan: Seeded): string | null {
  const open = [...catalogue.recurring].filter((point) => catalogue.hits.get(point) === 0 && triesAt(catalogue, point) < TRIES_MOST);
  const fewest = Math.min(...open.map((point) => triesAt(catalogue, point)));
  const next = open.filter((point) => triesAt(catalogue, point) === fewest).sort();
  return next[plan.below(next.length)] ?? null;
}

function triesAt(catalogue: Catalogue, point: string): number {
  return catalogue.tries.get(point) ?? 0;
}

async function startOrThrow(folder: string, workFolder: string): Promise<Life> {
  const begun = await startBranch({ folder, workFolder });
  if (begun.kind === 'died') throw new Error(`The branch did not start: ${begun.words}`);
  return begun.life;
}

interface WorkingLife {
  readonly life: Life;
  readonly people: CounterPeople;
  readonly headOffice: HeadOfficeSide;
  readonly order: KillOrder | null;
  readonly plan: Seeded;
  /** Another one each time: making it is a write point too. */
  readonly backups: string;
  /** The first life is let live for a while, to learn which write points there are. */
  readonly isFirst: boolean;
  readonly points: KillOptions['points'];
}

/** People work until the process dies at its write point, or is killed from outside. Answers how it ended. */
async function workAndDie({ life, people, headOffice, order, plan, backups, isFirst, points }: WorkingLife): Promise<string> {
  const killAfterMs =
    order !== null ? POINT_WITHIN_MS[points] + 2 * life.startedInMs : isFirst ? FIRST_LIFE_MS[points] : 50 + plan.below(2_000);
  const ending = { by: 'itself' };
  const executioner = setTimeout(() => {
    ending.by = `any moment (${killAfterMs} ms)`;
    void life.kill();
  }, killAfterMs);
  const wantsBackup = isFirst || (order !== null && isBackup(order.point));
  const leaving =
    order !== null && isEnding(order.point)
      ? pause(400).then(() => {
          ending.by = ASKED_TO_END;
          return life.end();
        })
      : Promise.resolve();
  const backing = wantsBackup ? pause(500).then(() => life.backUp(backups)) : Promise.resolve(null);
  // Cases to resolve, and exceptions to write, come of refusals.
  if (order !== null && /resolveException|journal_exceptions/.test(order.point)) await headOffice.pull('refuseNextWrites', 3, 403, REFUSAL);
  if (order !== null && order.point.endsWith('INSERT replica_left_out')) await headOffice.pull('spoilNextReads', 3);
  await people.work(life, () => false, order?.point);
  // Whoever had nothing to do any more waits for the end like everybody else.
  await life.over;
  clearTimeout(executioner);
  await backing;
  await leaving;
  const at = life.notes().killedAt;
  return at !== null && order !== null ? `${order.when} ${at}` : ending.by;
}

/** The points that only a first run comes by: each is hit in a folder of its own, and the first run must come to its end all the same. */
async function killFirstRuns(options: KillOptions, chance: Seeded, catalogue: Catalogue, report: Report): Promise<number> {
  let headOffice: HeadOfficeSide | null = null;
  let foundings = FOUNDINGS_PER_HEAD_OFFICE;
  let side = 0;
  const nextHeadOffice = async (): Promise<HeadOfficeSide> => {
    if (headOffice !== null && foundings < FOUNDINGS_PER_HEAD_OFFICE) {
      foundings += 2;
      return headOffice;
    }
    await headOffice?.end();
    side += 1;
    foundings = 2;
    headOffice = await startHeadOffice({
      file: join(options.workFolder, `first-run-head-office-${side}.sqlite`),
      workFolder: options.workFolder,
      clients: 6,
      seed: 7,
    });
    return headOffice;
  };
  try {
    // Once without a kill: which points are there, and which of them does a later life come by again? Those are left to the long campaign.
    const recordFolder = join(options.workFolder, 'first-run-recorded');
    const side = await nextHeadOffice();
    const people = newPeople(side, chance.fork('recorded'));
    const recorded = await startOrThrow(recordFolder, options.workFolder);
    report.check('a first run without a kill comes to its end', [
      ...(await foundBranchOver(recorded, side.address)),
      ...(await people.arrive(recorded)),
    ]);
    const before = recorded.notes().seen;
    await recorded.kill();
    const later = await startOrThrow(recordFolder, options.workFolder);
    const until = performance.now() + (options.points === 'all' ? 6_000 : 800);
    await people.work(later, () => performance.now() > until);
    await later.end();
    for (const point of later.notes().seen) catalogue.recurring.add(point);
    for (const point of before) if (!catalogue.recurring.has(point)) catalogue.apart.add(point);
    for (const point of [...catalogue.recurring, ...catalogue.apart]) catalogue.hits.set(point, 0);
    const points = [...catalogue.apart];
    const known = new Set(catalogue.hits.keys());
    const note = (notes: LifeNotes): void => {
      for (const point of notes.seen) if (!known.has(point)) catalogue.apart.add(point);
      noteIn(catalogue, notes);
    };
    let done = 0;
    if (options.points === 'all')
      done += await killUpdates({ folder: recordFolder, workFolder: options.workFolder, chance, known, report, note });
    const picked = points[chance.below(points.length)];
    const chosen = options.points === 'all' ? points : picked === undefined ? [] : [picked];
    for (const [index, point] of chosen.entries()) {
      // A head office that nobody was founded at before is told what the second one finds there already.
      for (const isNew of [false, true]) {
        if ((catalogue.hits.get(point) ?? 0) > 0) continue;
        if (isNew) foundings = FOUNDINGS_PER_HEAD_OFFICE;
        const order: KillOrder = { point, when: chance.chance(0.5) ? 'before' : 'after', nth: 1 };
        const headOfficeOfRun = await nextHeadOffice();
        await killOneFirstRun({
          folder: join(options.workFolder, `first-run-${index}${isNew ? '-anew' : ''}`),
          workFolder: options.workFolder,
          order,
          headOffice: headOfficeOfRun,
          people: newPeople(headOfficeOfRun, chance.fork(point)),
          catalogue,
          report,
        });
        done += 1;
      }
    }
    return done;
  } finally {
    await (headOffice as HeadOfficeSide | null)?.end();
  }
}

function newPeople(headOffice: HeadOfficeSide, chance: Seeded): CounterPeople {
  return createCounterPeople({ told: emptyToldBook(), chance, headOffice, serverIdOf: serverIdsByNumber(headOffice.file) });
}

interface FirstRun {
  readonly folder: string;
  readonly workFolder: string;
  readonly order: KillOrder;
  readonly headOffice: HeadOfficeSide;
  readonly people: CounterPeople;
  readonly catalogue: Catalogue;
  readonly report: Report;
}

async function killOneFirstRun({ folder, workFolder, order, headOffice, people, catalogue, report }: FirstRun): Promise<void> {
  const begun = await startBranch({ folder, workFolder, order });
  if (begun.kind === 'up') {
    await foundBranchOver(begun.life, headOffice.address);
    if (!begun.life.isOver()) await people.arrive(begun.life);
    // Some of it is done only after everybody is there.
    await endsWithin(begun.life, POINT_WITHIN_MS.all);
    await begun.life.kill();
  }
  const notes = begun.kind === 'up' ? begun.life.notes() : begun.notes;
  noteIn(catalogue, notes);
  const how = `first run, ${notes.killedAt === null ? 'any moment instead of' : order.when} ${order.point}`;
  const again = await startBranch({ folder, workFolder });
  if (again.kind === 'died') {
    report.check(`start after ${how}`, [again.words.trim().slice(0, 500)]);
    return;
  }
  report.crash({ how, startedInMs: again.life.startedInMs, said: saidAtStart(again.life.start) });
  const wrong = [...(await foundBranchOver(again.life, headOffice.address)), ...(await people.arrive(again.life))];
  await again.life.end();
  const database = openDatabase(await keyOfBranch(folder), 'readonly');
  if (!isWhole(checkIntegrity(database))) wrong.push('the store is not whole');
  database.close();
  report.check(`first run comes to its end after ${how}`, wrong);
}

interface Ending {
  readonly life: Life;
  readonly people: CounterPeople;
  readonly told: ToldBook;
  readonly headOffice: HeadOfficeSide;
  readonly mark: ReturnType<typeof markHeadOffice>;
  readonly folder: string;
  readonly backups: string;
  readonly report: Report;
}

async function drainAndCompare({ life, people, told, headOffice, mark, folder, backups, report }: Ending): Promise<void> {
  const began = performance.now();
  let left = Number.POSITIVE_INFINITY;
  while (left > 0 && !life.isOver() && performance.now() - began < DRAIN_WITHIN_MS) {
    left = await people.tidyUp(life);
    if (left > 0) await pause(1_000);
  }
  report.check(
    'with a good line and resolved cases everything comes to its end',
    left === 0 ? [] : [`${left} left after ${Math.round((performance.now() - began) / 1000)} s`],
  );
  report.check('what the screens show agrees with what head office confirmed', await disagreements(life, people, told, headOffice));
  report.check('drawers close with what must be in them', (await people.closeDrawers(life)) ? [] : ['a drawer did not close']);
  await life.end();
  await headOffice.end();

  const at = await keyOfBranch(folder);
  const books: Books = { told, journal: readJournal(at), headOffice: readHeadOffice(headOffice.file, mark) };
  for (const { question, wrong } of compareBooks(books)) report.check(question, wrong);
  const noticed = PLANTED_MISTAKES.flatMap((mistake) => {
    const planted = mistake.plant(books);
    if (planted === null) return [];
    const found = compareBooks(planted).find((finding) => finding.question === mistake.noticedBy);
    return [{ name: mistake.name, ok: (found?.wrong.length ?? 0) > 0 }];
  });
  const unproven = QUESTIONS.filter((question) => PLANTED_MISTAKES.every((mistake) => mistake.noticedBy !== question));
  report.check(
    'planted mistakes are noticed, and every question has one',
    [...noticed.filter((each) => !each.ok).map((each) => each.name), ...unproven],
    `${noticed.length} of ${PLANTED_MISTAKES.length} planted`,
  );
  report.check('every backup that has its name is whole', await tornBackups(backups, at.key));
  report.note('commands', books.journal.commands.length);
  report.note('entries', books.journal.entries);
}

async function tornBackups(folder: string, key: Uint8Array | null): Promise<string[]> {
  const { backupsIn } = await import('../../electron/store/backup.ts');
  if (!existsSync(folder)) return [];
  const all = readdirSync(folder).flatMap((each) => backupsIn(join(folder, each)).map((name) => join(folder, each, name)));
  return all.filter((file) => {
    const database = openDatabase({ file, key }, 'readonly');
    try {
      return !isWhole(checkIntegrity(database));
    } finally {
      database.close();
    }
  });
}

/** The provisional view of every touched account equals the confirmed one, and that equals head office's (I6), within a bound. */
async function disagreements(life: Life, people: CounterPeople, told: ToldBook, headOffice: HeadOfficeSide): Promise<string[]> {
  const screen = life.screen();
  await screen.call('session', 'signIn', { username: MANAGER, password: PASSWORD });
  const touched = new Set(told.forms.flatMap((form) => [form.accountId, ...(form.secondAccountId === null ? [] : [form.secondAccountId])]));
  const accounts = people.accounts().filter((account) => touched.has(account.accountId));
  const serverIdOf = serverIdsByNumber(headOffice.file);
  const began = performance.now();
  for (;;) {
    const balances = markHeadOffice(headOffice.file).savingsBalances;
    const wrong: string[] = [];
    for (const { kind, accountId, accountNo } of accounts) {
      if (kind === 'loan') {
        const shown = await screen.call('loans', 'show', { loanId: accountId });
        if (
          shown?.ok !== true ||
          shown.value.loan.unfinishedCount > 0 ||
          shown.value.loan.outstandingMinor !== shown.value.loan.confirmedOutstandingMinor
        )
          wrong.push(`loan ${accountNo}`);
      } else {
        const shown = await screen.call('savings', 'show', { savingsId: accountId });
        if (
          shown?.ok !== true ||
          shown.value.savings.unfinishedCount > 0 ||
          shown.value.savings.ledgerMinor !== balances[serverIdOf('savings', accountNo)]
        )
          wrong.push(`savings ${accountNo}`);
      }
    }
    if (wrong.length === 0 || performance.now() - began > AGREE_WITHIN_MS) return wrong;
    await screen.call('sync', 'wake', {});
    await pause(1_000);
  }
}

function reportPoints(catalogue: Catalogue, options: KillOptions, report: Report): void {
  const points = [...catalogue.hits].sort(([one], [other]) => (one < other ? -1 : 1));
  const hit = points.filter(([, count]) => count > 0);
  report.say(`${points.length} named write points, ${hit.length} of them hit:`);
  for (const [point, count] of points) report.say(`  ${String(count).padStart(3)}  ${point}`);
  report.note('writePoints', Object.fromEntries(points));
  if (options.points === 'all') {
    report.check(
      'every named write point was hit',
      points.filter(([, count]) => count === 0).map(([point]) => point),
      `${points.length} points`,
    );
  }
}
