// What people do at a PC, through the same calls as the screens: they sign in, answer for the clock, open their drawer, and press again when
// they heard nothing. They know only what a screen told them.

import { denominationsOf } from '../../shared/domain/cash/denominations.ts';
import type { Piece } from '../../shared/domain/cash/pieces.ts';
import type { Currency } from '../../shared/kernel/money.ts';
import type { ReceiptLine } from '../../shared/contract/shapes.ts';
import type { StartView } from '../../shared/contract/session.ts';
import type { SyncStatus } from '../../shared/contract/sync.ts';
import type { BranchPc, Told } from './branchPc.ts';
import type { BranchWorld, Paper } from './branchWorld.ts';

export interface Person {
  readonly pc: BranchPc;
  readonly username: string;
}

export type Answer =
  | { readonly kind: 'ok'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly code: string; readonly facts: unknown }
  | { readonly kind: 'noAnswer' };

const PATIENCE_MS = 5 * 60_000;
const OPENING_MINOR = 3_000_000;

/** What somebody who counts note by note finds in a box with that sum: the fewest pieces that make it. */
export function piecesOf(minor: number, currency: Currency): readonly Piece[] {
  const { notes, coins, belowSmallest } = denominationsOf(currency);
  let left = minor;
  return [
    ...notes.map((faceMinor) => ({ as: 'note' as const, faceMinor })),
    ...coins.map((faceMinor) => ({ as: 'coin' as const, faceMinor })),
    ...(belowSmallest ? [{ as: 'loose' as const, faceMinor: 1 }] : []),
  ]
    .toSorted((one, other) => other.faceMinor - one.faceMinor)
    .flatMap((each) => {
      const count = Math.floor(left / each.faceMinor);
      left -= count * each.faceMinor;
      return count === 0 ? [] : [{ ...each, count }];
    });
}

function channelOf(person: Person): string {
  return `${person.username}@${person.pc.name}`;
}

function answerOf(told: Told): Answer {
  if (told.kind === 'noAnswer') return told;
  if (told.reply.ok) return { kind: 'ok', value: told.reply.value };
  return { kind: 'refused', code: told.reply.refusal.code, facts: told.reply.refusal.facts ?? null };
}

/** Asks and waits, while time passes for everybody. */
export async function ask(world: BranchWorld, person: Person, method: string, input: object): Promise<Answer> {
  const heard: Answer[] = [];
  void person.pc.call(channelOf(person), method, input).then((told) => heard.push(answerOf(told)));
  await world.time.passUntil(() => heard.length > 0, PATIENCE_MS);
  return heard[0] ?? { kind: 'noAnswer' };
}

/** Asks and does not wait: somebody else acts meanwhile. */
export function askAside(person: Person, method: string, input: object, hear: (answer: Answer) => void): void {
  void person.pc.call(channelOf(person), method, input).then((told) => hear(answerOf(told)));
}

/** Looks at a watch: a PC's clock that is wrong is mostly set right before the question is answered. */
async function answerForClock(world: BranchWorld, person: Person, setsRight: boolean): Promise<void> {
  const wrong = Math.abs(person.pc.clockErrorMs()) > 10 * 60_000;
  if (wrong && setsRight) person.pc.setClockError(0);
  const answer = wrong && !setsRight ? 'clockIsWrong' : 'clockIsRight';
  for (const username of new Set([person.username, world.postingOf(person.pc).chief]))
    if ((await answerClock(world, person, answer, username)).kind === 'ok') return;
}

/** At that screen, in one's own name or another's. */
export function answerClock(
  world: BranchWorld,
  person: Person,
  answer: 'clockIsRight' | 'clockIsWrong',
  username = person.username,
): Promise<Answer> {
  const password = world.lastPassword.get(`${username}@${person.pc.name}`) ?? world.headOffice.passwordOf(username);
  return ask(world, person, 'session.answerClockDoubt', { answer, username, password });
}

/** Head office stands at another day: a manager says that the branch dates by its own. */
export async function sayDate(world: BranchWorld, person: Person, refused: Answer): Promise<boolean> {
  if (refused.kind !== 'refused' || refused.code !== 'businessDay.otherThanHeadOffice') return false;
  const { chief } = world.postingOf(person.pc);
  const password = world.lastPassword.get(`${chief}@${person.pc.name}`) ?? world.headOffice.passwordOf(chief);
  const facts = refused.facts as { readonly businessDate: string; readonly headOfficeDate: string };
  const { businessDate, headOfficeDate } = facts;
  const said = await ask(world, person, 'cash.sayDate', { businessDate, headOfficeDate, approval: { username: chief, password } });
  return said.kind === 'ok';
}

export async function signIn(world: BranchWorld, person: Person, setsClockRight = true): Promise<Answer> {
  const { username } = person;
  const memory = `${username}@${person.pc.name}`;
  const tries = [world.headOffice.passwordOf(username), world.lastPassword.get(memory) ?? 'practice'];
  let answer: Answer = { kind: 'noAnswer' };
  for (const tried of new Set(tries)) {
    let password = tried;
    answer = await ask(world, person, 'session.signIn', { username, password });
    if (answer.kind === 'refused' && answer.code === 'clock.answerFirst') {
      await answerForClock(world, person, setsClockRight);
      answer = await ask(world, person, 'session.signIn', { username, password });
    }
    if (answer.kind === 'refused' && answer.code === 'signIn.passwordExpired') {
      // Head office lets people change it on its own page; they come back with the new one.
      password = `${tried}+`;
      world.headOffice.setPassword(username, password);
      answer = await ask(world, person, 'session.signIn', { username, password });
    }
    if (answer.kind === 'refused' && answer.code === 'signIn.wait') {
      await world.time.pass(((answer.facts as { seconds?: number } | null)?.seconds ?? 30) * 1000 + 1000);
      answer = await ask(world, person, 'session.signIn', { username, password });
    }
    if (answer.kind === 'ok') world.lastPassword.set(memory, password);
    if (answer.kind !== 'refused' || answer.code !== 'signIn.wrong') return answer;
  }
  return answer;
}

/** Signed in and unlocked; starts the PC when it is off. */
export async function atTheDesk(world: BranchWorld, person: Person, setsClockRight = true): Promise<boolean> {
  if (!person.pc.isOn()) {
    await world.time.pass(20_000);
    person.pc.start();
  }
  const mine = await ask(world, person, 'session.showMine', {});
  if (mine.kind === 'ok' && mine.value !== null && !(mine.value as { locked: boolean }).locked) return true;
  return (await signIn(world, person, setsClockRight)).kind === 'ok';
}

/** The notes and coins in their drawer: whoever counts well finds this sum, and no screen tells it them. Null without a drawer. */
export function drawerHolds({ pc, username }: Person, currency?: string): number | null {
  const question = pc.database().prepare<[string, string | null], { readonly minor: number }>(
    `SELECT d.opening_minor + coalesce(sum(CASE WHEN m.kind IN ('paid', 'settled') THEN -m.amount_minor ELSE m.amount_minor END), 0) AS minor
     FROM journal_drawers d LEFT JOIN journal_movements m ON m.drawer_id = d.drawer_id
     WHERE d.username = ? AND d.currency = coalesce(?, d.currency) AND d.closed_at IS NULL GROUP BY d.drawer_id ORDER BY d.position LIMIT 1`,
  );
  return question.get(username, currency ?? null)?.minor ?? null;
}

/** At the desk with an open drawer. */
export async function atTheCounter(world: BranchWorld, person: Person, setsClockRight = true): Promise<boolean> {
  if (!(await atTheDesk(world, person, setsClockRight))) return false;
  const drawer = await ask(world, person, 'cash.showDrawer', {});
  if (drawer.kind === 'ok' && drawer.value !== null) {
    const { counts } = drawer.value as { readonly counts: readonly unknown[] };
    if (counts.length === 0) return true;
    // Counted, and the power went before it was closed: a counted drawer serves nobody.
    await ask(world, person, 'cash.closeDrawer', { countedMinor: drawerHolds(person) ?? 0 });
  }
  // Some count note by note, some only say the sum.
  const float = {
    openingMinor: OPENING_MINOR,
    ...(person.username.length % 2 === 0 ? { pieces: piecesOf(OPENING_MINOR, { code: 'KES', decimals: 2 }) } : {}),
  };
  let opened = await ask(world, person, 'cash.openDrawer', float);
  if (opened.kind === 'refused' && (opened.code === 'clock.answerFirst' || opened.code === 'businessDay.beforeLast')) {
    await answerForClock(world, person, true);
    if (person.pc.clockErrorMs() !== 0) person.pc.setClockError(0);
    await answerForClock(world, person, true);
    opened = await ask(world, person, 'cash.openDrawer', float);
  }
  if (await sayDate(world, person, opened)) opened = await ask(world, person, 'cash.openDrawer', float);
  return opened.kind === 'ok';
}

export interface MoneyForm {
  readonly method:
    | 'loans.takeRepayment'
    | 'savings.takeDeposit'
    | 'savings.payWithdrawal'
    | 'loans.disburse'
    | 'loans.undoDisbursal'
    | 'counter.takeBasket'
    | 'counter.payBasket';
  readonly input: { readonly formId: string } & Readonly<Record<string, unknown>>;
}

type Given = ReceiptLine & { readonly replayed?: boolean };

export function asPaper(pc: BranchPc, form: { readonly formId: string; readonly pageId?: unknown }, line: Given): Paper {
  const page = typeof form.pageId === 'string' ? form.pageId : '';
  return { pc, formId: form.formId, page, isNew: line.replayed !== true, line };
}

/** On the page of its own that a form is born with. */
export function onItsPage(form: MoneyForm): MoneyForm {
  return 'pageId' in form.input ? form : { ...form, input: { ...form.input, pageId: form.input.formId } };
}

/** The same form as another window shows it, or the same one another day: found again as a draft, under a page of its own. */
export function foundAgain(form: MoneyForm): MoneyForm {
  const { formId } = form.input;
  const turned = formId.slice(0, -1) + (formId.endsWith('0') ? '1' : '0');
  return { ...form, input: { ...form.input, pageId: turned } };
}

/** What the client was given, if the screen said so. */
export function keepPaper(world: BranchWorld, person: Person, form: MoneyForm, answer: Answer): ReceiptLine | null {
  if (answer.kind !== 'ok') return null;
  const paper = asPaper(person.pc, form.input, answer.value as Given);
  world.paper.push(paper);
  return paper.line;
}

/** Usernames of those who must sign in again, as the foot of the screen names them; the person asking stands for 'anybody'. */
export async function signInNeededAt(world: BranchWorld, person: Person): Promise<readonly string[]> {
  const status = await ask(world, person, 'sync.showStatus', {});
  const start = await ask(world, person, 'session.showStart', {});
  if (status.kind !== 'ok' || start.kind !== 'ok') return [];
  const people = (start.value as StartView).people;
  return (status.value as SyncStatus).signInNeededFor.map(
    (name) => people.find((one) => one.displayName === name || one.username === name)?.username ?? person.username,
  );
}
