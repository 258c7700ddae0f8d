// The faster way of reading. An administrator makes the reports and a reading user on each PC; both ways are compared there, and only then
// does it serve. What others do comes in through it, and a round in which nothing happened asks one small question.

import { addDays } from '../../../shared/kernel/businessDate.ts';
import type { BranchPc } from '../branch/pc.ts';
import type { ApiPerson } from '../headOffice/api.ts';
import { rowsOf, textOf, WRITTEN } from '../headOffice/api.ts';
import type { Account, Stage } from '../stage.ts';
import { wrongUnless } from '../stage.ts';
import { lastingDifferences } from './firstPull.ts';

const PROVED_WITHIN_MS = 120_000;
const COMES_IN_WITHIN_MS = 60_000;
/** What it was made for; a round is its cheap question and head office's day. */
const MOST_AT_FIRST = 20;
const MOST_AFTER_A_CUT = 12;
const HOLIDAY = 'Acceptance day';
const MOST_IDLE_BYTES = 1_000;
const ROUNDS_UNTIL_QUIET = 5;

export async function window(stage: Stage): Promise<void> {
  const { pc, secondPc, api, institution } = stage;
  const { cashier, second, elsewhere } = institution.people;
  const readers = new Set<string>();
  for (const [each, person, name] of [
    [pc, cashier, 'the first PC'],
    [secondPc, second, 'the second PC'],
  ] as const) {
    await open(stage, each, person, name);
    for (const user of rowsOf(await api.get('/users')))
      if (textOf(user['username']).startsWith('tawi.')) readers.add(textOf(user['username']));
  }
  stage.check('each PC has a reading user of its own', wrongUnless(readers.size === 2, `${String(readers.size)} users`));

  const account = await stage.takeSavings('plain');
  const before = await stage.there(account);
  await stage.apiOf(elsewhere).post(`/savingsaccounts/${String(account.serverId)}/transactions?command=deposit`, {
    transactionDate: stage.today,
    transactionAmount: 77,
    paymentTypeId: institution.paymentTypes.cash,
    ...WRITTEN,
  });
  const from = pc.line.asked().length;
  const came = await pc.until(
    cashier,
    async () => (await stage.savingsView(pc, account)).confirmedLedgerMinor === before.balanceMinor + 7_700,
    COMES_IN_WITHIN_MS,
  );
  const used = pc.line.asked().slice(from);
  stage.check('what another person does comes in through it', [
    ...wrongUnless(came, 'it did not come in'),
    ...wrongUnless(used.some(isReport) && !used.some(isTrail), 'the audit trail was read'),
  ]);
  stage.check('the account is the same here and there', await lastingDifferences(stage, [account]));
  await afterACut(stage, account);
  await freshPc(stage);
}

/** Others post while the line is down; sign-ins and head office's day, which any contact asks, are not counted. */
async function afterACut(stage: Stage, savings: Account): Promise<void> {
  const { pc, institution } = stage;
  const { cashier, elsewhere } = institution.people;
  const loan = await stage.takeLoan('weekly');
  const [before, owed] = [await stage.there(savings), await stage.there(loan)];
  pc.line.setCut(true);
  const isDown = await pc.until(cashier, async () => (await pc.status(cashier)).line === 'down', COMES_IN_WITHIN_MS);
  const elsewhereThere = stage.apiOf(elsewhere);
  const posted = { transactionDate: stage.today, transactionAmount: 55, paymentTypeId: institution.paymentTypes.cash, ...WRITTEN };
  await elsewhereThere.post(`/savingsaccounts/${String(savings.serverId)}/transactions?command=deposit`, posted);
  await elsewhereThere.post(`/loans/${String(loan.serverId)}/transactions?command=repayment`, posted);
  const from = pc.line.traffic();
  const asked = pc.line.asked().length;
  pc.line.setCut(false);
  const came = await pc.until(
    cashier,
    async () =>
      (await stage.savingsView(pc, savings)).confirmedLedgerMinor === before.balanceMinor + 5_500 &&
      (await stage.loanView(pc, loan)).confirmedOutstandingMinor === owed.balanceMinor - 5_500,
    COMES_IN_WITHIN_MS,
  );
  const used = pc.line.asked().slice(asked);
  const reports = used.filter(isReport).length;
  stage.check('after a cut what others did comes in with few requests', [
    ...wrongUnless(isDown, 'the cut was not noticed'),
    ...wrongUnless(came, 'it did not come in'),
    ...wrongUnless(!used.some(isShelf) && !used.some(isTrail), 'the API was read'),
    ...wrongUnless(reports <= MOST_AFTER_A_CUT, `${String(reports)} requests`),
  ]);
  stage.figure('window, after a cut, two accounts changed', used.length, 'requests');
  stage.figure('window, after a cut, two accounts changed', (pc.line.traffic().bytes - from.bytes) / 1000, 'kB');
}

/** A PC that is connected while nothing but set-up goes through: when it may read, its reading user is there already. */
async function freshPc(stage: Stage): Promise<void> {
  const { institution, administrator, tenant, zone } = stage;
  const { second } = institution.people;
  const pc = await stage.openFreshPc();
  pc.line.hold(/\/(?:clients(?!\/template)|groups|loans|savingsaccounts|batches|audits)(?:[/?]|$)/);
  await pc.connect(second, { tenant, zone });
  await pc.signIn(second);
  const isHeld = await pc.until(second, async () => (await pc.status(second)).trouble !== null, COMES_IN_WITHIN_MS);
  stage.check('a first pull that cannot go on says why', wrongUnless(isHeld, 'the page says nothing'));
  await pc.signIn(administrator);
  await pc.get(administrator, 'headOffice.prepare', { window: true });
  const holiday = await holidayToday(stage);
  const from = pc.line.traffic();
  const asked = pc.line.asked().length;
  pc.line.hold(null);
  const began = performance.now();
  const isIn = await pc.until(second, async () => (await pc.get(second, 'session.showStart', {})).state === 'ready', PROVED_WITHIN_MS);
  // The branch may open a moment before the comparison says that it is over.
  await pc.until(second, async () => (await pc.get(second, 'sync.showDesk', {})).window?.state !== 'comparing', COMES_IN_WITHIN_MS);
  const { pulls, window: kept } = await pc.get(second, 'sync.showDesk', {});
  const { counts } = institution;
  const of = (shelf: string): number => pulls.find((pull) => pull.shelf === shelf)?.rows ?? 0;
  stage.check('a fresh PC comes in through it, whole', [
    ...wrongUnless(isIn, 'it did not come in'),
    ...wrongUnless(kept?.state === 'used', `it is ${kept?.state ?? 'not there'}: ${kept?.difference ?? ''}`),
    ...wrongUnless(!pc.line.asked().slice(asked).some(isTrail), 'the audit trail was read'),
    // What was opened meanwhile comes on top.
    ...wrongUnless(
      of('groups') === counts.groups && of('loans') >= counts.loans,
      `${String(of('groups'))} groups, ${String(of('loans'))} loans`,
    ),
    ...wrongUnless(
      of('clients') >= counts.clients && of('savings') >= counts.savings,
      `${String(of('clients'))} clients, ${String(of('savings'))} savings accounts`,
    ),
  ]);
  const since = pc.line.asked().slice(asked);
  // The comparison ends with the last record that was read by the API. Head office's day and sign-ins are asked at any contact; the day is
  // asked of the address that also tells what a registration needs.
  const pull = since.slice(since.findLastIndex(isShelf) + 1);
  const own = pull
    .slice(pull.findIndex(isTally), pull.findLastIndex((address) => isReport(address) && !isTally(address)) + 1)
    .filter((address) => !isTally(address) && !isContact(address));
  // The counter is open by now; what it can open without is left to the round after, which may have begun.
  const after = own.findIndex(isLeftForLater);
  const pulled = own.slice(0, after < 0 ? own.length : after).length + 2;
  stage.check('its first pull takes few requests', wrongUnless(pulled <= MOST_AT_FIRST, `${String(pulled)}: ${own.join(' ')}`));
  stage.figure('window, a fresh PC, first pull alone', pulled, 'requests');
  const { requests, bytes } = pc.line.traffic();
  stage.figure('window, a fresh PC, comparison and first pull', requests - from.requests, 'requests');
  stage.figure('window, a fresh PC, comparison and first pull', Math.round((bytes - from.bytes) / 1000), 'kB');
  stage.figure('window, a fresh PC, comparison and first pull', Math.round(performance.now() - began) / 1000, 's');
  try {
    await knowsClosedDay(stage, pc);
  } finally {
    // Whatever becomes of this, the chapters after it take repayments today.
    await stage.api.delete(`/holidays/${String(holiday)}`);
  }
  await pc.close();
}

/** Savings go on on such a day. */
async function holidayToday({ api, today, institution }: Stage): Promise<number> {
  const { resourceId } = await api.post('/holidays', {
    name: HOLIDAY,
    fromDate: today,
    toDate: today,
    repaymentsRescheduledTo: addDays(today, 1),
    reschedulingType: 2,
    offices: [{ officeId: institution.offices.ours }],
    ...WRITTEN,
  });
  const id = Number(resourceId);
  await api.post(`/holidays/${String(id)}?command=activate`, {});
  return id;
}

/** What head office refuses of loans on a holiday is known here before any money is counted, to somebody who is shown no row of it in the trail. */
async function knowsClosedDay(stage: Stage, pc: BranchPc): Promise<void> {
  const { second } = stage.institution.people;
  const [first] = (await pc.get(second, 'loans.list', { show: 'active' })).rows;
  const closedDay = async () =>
    first === undefined ? undefined : (await pc.get(second, 'loans.show', { loanId: first.loanId })).loan.closedDay;
  await pc.until(second, async () => (await closedDay())?.certain === true, COMES_IN_WITHIN_MS);
  const known = await closedDay();
  const loan = await stage.takeLoan('weekly');
  const repayment = { transactionDate: stage.today, transactionAmount: 5, paymentTypeId: stage.institution.paymentTypes.cash, ...WRITTEN };
  const there = await stage.api.ask('POST', `/loans/${String(loan.serverId)}/transactions?command=repayment`, repayment);
  stage.check('a holiday is known, and head office takes no repayment on it', [
    ...wrongUnless(known?.name === HOLIDAY && known.certain, `the branch says ${known?.name ?? 'nothing'}`),
    ...wrongUnless(there.status === 403, `a repayment was answered ${String(there.status)}`),
  ]);
}

async function open(stage: Stage, pc: BranchPc, person: ApiPerson, name: string): Promise<void> {
  const { administrator } = stage;
  await pc.signIn(administrator);
  const from = pc.line.asked().length;
  const began = performance.now();
  const prepared = await pc.ask(administrator, 'headOffice.prepare', { window: true });
  const made = pc.line.asked().length;
  stage.check(
    `${name}: an administrator makes it`,
    prepared.ok
      ? wrongUnless(prepared.value.created.length > 0, 'nothing was made')
      : [`${prepared.code} ${JSON.stringify(prepared.facts)}`],
  );
  if (!prepared.ok) throw new Error('the window was not made');
  // It serves once a whole round has read through it and left the audit trail alone.
  let quiet: readonly string[] = [];
  let quietBytes = 0;
  const untilNextRound = async (): Promise<boolean> => {
    const round = pc.line.asked().length;
    const { bytes } = pc.line.traffic();
    const isOver = await pc.untilRound(person);
    quiet = pc.line.asked().slice(round);
    quietBytes = (pc.line.traffic().bytes - bytes) / Math.max(1, quiet.filter(isTally).length);
    return isOver;
  };
  const end = performance.now() + PROVED_WITHIN_MS;
  let proved = false;
  while (!proved && performance.now() < end && (await fault(stage, pc)) === null) {
    if (!(await untilNextRound())) break;
    proved = quiet.some(isReport) && !quiet.some(isTrail) && !quiet.some(isShelf);
  }
  stage.check(`${name}: both ways read the same, and it serves`, wrongUnless(proved, (await fault(stage, pc)) ?? 'it was never used'));
  stage.figure(`window, ${name}, making it`, made - from, 'requests');
  stage.figure(
    `window, ${name}, until both ways were compared and everything was read through it`,
    pc.line.asked().length - made,
    'requests',
  );
  stage.figure(`window, ${name}, all of it`, Math.round(performance.now() - began) / 1000, 's');
  // The round that proved it may still have read what its own making had changed.
  for (let rounds = 0; rounds < ROUNDS_UNTIL_QUIET && proved && !isQuiet(quiet); rounds += 1) await untilNextRound();
  stage.figure(`window, ${name}, a round in which nothing happened`, quiet.length, 'requests');
  stage.figure(`window, ${name}, a round in which nothing happened`, quietBytes / 1000, 'kB');
  stage.check(
    `${name}: a round in which nothing happened is small`,
    wrongUnless(!proved || (isQuiet(quiet) && quietBytes <= MOST_IDLE_BYTES), `${String(quietBytes)} bytes: ${quiet.join(' ')}`),
  );
  if (!proved) throw new Error('the window does not serve');
}

/** What the page says against it; null when it says nothing. */
async function fault(stage: Stage, pc: BranchPc): Promise<string | null> {
  const { items } = await pc.get(stage.administrator, 'headOffice.showPreparation', {});
  const item = items.find((each) => each.key === 'readingWindow');
  return item?.state === 'present' || item?.state === 'comparing' ? null : `${item?.state ?? 'not shown'}: ${item?.detail ?? ''}`;
}

function isReport(address: string): boolean {
  return address.includes('/runreports/');
}

/** Its cheap question, and what is asked at any contact. */
function isQuiet(asked: readonly string[]): boolean {
  return asked.every((address) => isTally(address) || isContact(address));
}

function isTally(address: string): boolean {
  return address.includes('Tally');
}

function isLeftForLater(address: string): boolean {
  return /\/(?:holidays|workingdays|configurations|codes|funds)(?:[/?]|$)/.test(address);
}

function isContact(address: string): boolean {
  return address.endsWith('/authentication') || address.endsWith('/clients/template');
}

function isTrail(address: string): boolean {
  return address.includes('/audits');
}

/** One of the lists and records that the API's way reads. */
function isShelf(address: string): boolean {
  // What day it is there is asked of a template, at each contact.
  return /\/(?:clients(?!\/template)|groups|loans|savingsaccounts|batches)(?:\/|$)/.test(address);
}
