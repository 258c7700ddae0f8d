// The faster way of reading. An administrator makes the reports and a reading user on each PC; both ways are compared there, and only then
// does it serve. What others do comes in through it, and a round in which nothing happened asks one small question.

import type { BranchPc } from '../branch/pc.ts';
import type { ApiPerson } from '../headOffice/api.ts';
import { rowsOf, textOf, WRITTEN } from '../headOffice/api.ts';
import type { Stage } from '../stage.ts';
import { wrongUnless } from '../stage.ts';
import { lastingDifferences } from './firstPull.ts';

const PROVED_WITHIN_MS = 120_000;
const COMES_IN_WITHIN_MS = 60_000;

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
  const end = performance.now() + PROVED_WITHIN_MS;
  let proved = false;
  while (!proved && performance.now() < end && (await fault(stage, pc)) === null) {
    const round = pc.line.asked().length;
    if (!(await pc.untilRound(person))) break;
    quiet = pc.line.asked().slice(round);
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
  stage.figure(`window, ${name}, a round in which nothing happened`, quiet.length, 'requests');
  if (!proved) throw new Error('the window does not serve');
}

/** What the page says against it; null when it says nothing. */
async function fault(stage: Stage, pc: BranchPc): Promise<string | null> {
  const { items } = await pc.get(stage.administrator, 'headOffice.showPreparation', {});
  const item = items.find((each) => each.key === 'readingWindow');
  return item?.state === 'present' ? null : `${item?.state ?? 'not shown'}: ${item?.detail ?? ''}`;
}

function isReport(address: string): boolean {
  return address.includes('/runreports/');
}

function isTrail(address: string): boolean {
  return address.includes('/audits');
}

/** One of the lists and records that the API's way reads. */
function isShelf(address: string): boolean {
  return /\/(?:clients|groups|loans|savingsaccounts|batches)(?:\/|$)/.test(address);
}
