// The whole branch comes in. "Complete" has to mean complete: every client, group, loan and savings account of the office, in every state,
// owned by clients and by groups, and each with the figures that head office gives when asked for that account alone.

import type { Members } from '../headOffice/api.ts';
import { WRITTEN } from '../headOffice/api.ts';
import type { Account, Stage } from '../stage.ts';
import { wrongUnless } from '../stage.ts';
import type { SeededAccount } from '../headOffice/institution.ts';

const PULLED_WITHIN_MS = 120_000;
const READ_AGAIN_WITHIN_MS = 20_000;

/** What a loan of each product would cost is said here as head office says it, or left to head office by name. */
async function productsAreThere({ pc, api, institution, check, today }: Stage): Promise<void> {
  const { cashier } = institution.people;
  const { products } = await pc.get(cashier, 'loans.listProducts', {});
  const wrong: string[] = [];
  const client = Number((await api.list('/clients?status=active', 1))[0]?.['id']);
  for (const { productId, name, principal, installments, rate } of products) {
    const asked = { productId, principalMinor: principal.usual, installments: installments.usual, ratePercent: rate.usual };
    const { schedule } = await pc.get(cashier, 'loans.calculate', { ...asked, disbursedOn: today });
    if (schedule === null) continue;
    const product = (await api.get(`/loanproducts/${String(productId)}`)) as Members;
    const idOf = (member: string): number => (product[member] as { readonly id: number }).id;
    const every = Number(product['repaymentEvery']);
    const there = await api.post('/loans?command=calculateLoanSchedule', {
      loanType: 'individual',
      clientId: client,
      productId,
      principal: principal.usual / 100,
      loanTermFrequency: installments.usual * every,
      loanTermFrequencyType: idOf('repaymentFrequencyType'),
      numberOfRepayments: installments.usual,
      repaymentEvery: every,
      repaymentFrequencyType: idOf('repaymentFrequencyType'),
      interestRatePerPeriod: Number(rate.usual),
      amortizationType: idOf('amortizationType'),
      interestType: idOf('interestType'),
      interestCalculationPeriodType: idOf('interestCalculationPeriodType'),
      transactionProcessingStrategyCode: String(product['transactionProcessingStrategyCode']),
      submittedOnDate: today,
      expectedDisbursementDate: today,
      ...WRITTEN,
    });
    const rows = (there['periods'] as readonly Members[]).filter(({ period }) => period !== undefined);
    const dues = rows.map((row) => Math.round(Number(row['totalDueForPeriod']) * 100)).join(' ');
    const here = schedule.installments.map((row) => row.totalMinor).join(' ');
    if (dues !== here) wrong.push(`${name}: ${here} here, ${dues} there`);
  }
  check('what a loan of each product costs is the same here and there', [
    ...wrongUnless(products.length > 0, 'no product is known'),
    ...wrong,
  ]);
}

export async function firstPull(stage: Stage): Promise<void> {
  const { pc, secondPc, institution } = stage;
  const { cashier, second } = institution.people;
  const began = performance.now();
  const ready = await pc.until(cashier, async () => (await pc.get(cashier, 'session.showStart', {})).state === 'ready', PULLED_WITHIN_MS);
  stage.check('the first pull comes to an end', wrongUnless(ready, await whyNot(stage)));
  stage.figure('first pull, requests since the PC was founded', pc.line.traffic().requests, 'requests');
  stage.figure('first pull, wait', Math.round(performance.now() - began) / 1000, 's');
  if (!ready) throw new Error('the branch never came in, so nothing can be walked');

  const clients = (await pc.get(cashier, 'clients.list', { show: 'all', most: 1 })).total;
  const groups = (await pc.get(cashier, 'groups.list', { most: 1 })).total;
  const loans = (await pc.get(cashier, 'loans.list', { show: 'all', most: 1 })).total;
  const { counts } = institution;
  stage.check(
    'every client of the office, and none of another',
    wrongUnless(clients === counts.clients, `${String(clients)} of ${String(counts.clients)}`),
  );
  stage.check('every group', wrongUnless(groups === counts.groups, `${String(groups)} of ${String(counts.groups)}`));
  stage.check('every loan, those of groups included', wrongUnless(loans === counts.loans, `${String(loans)} of ${String(counts.loans)}`));
  await productsAreThere(stage);
  const desk = await pc.get(cashier, 'sync.showDesk', {});
  const savings = desk.pulls.find((pull) => pull.shelf === 'savings')?.rows ?? 0;
  stage.check(
    'every savings account, those of groups included',
    wrongUnless(savings === counts.savings, `${String(savings)} of ${String(counts.savings)}`),
  );
  stage.check(
    'the desk says of no shelf that rows are missing',
    desk.pulls
      .filter((pull) => pull.headOfficeCount !== null && pull.rows < pull.headOfficeCount)
      .map((pull) => `${pull.shelf}: ${String(pull.rows)} of ${String(pull.headOfficeCount)}`),
  );

  const offered = await pc.get(cashier, 'cash.listPaymentTypes', {});
  stage.check("ways of paying: those of the institution, none that is head office's own", [
    ...Object.values(institution.paymentTypes)
      .filter((id) => !offered.some((type) => type.paymentTypeId === id))
      .map((id) => `${String(id)} is not offered`),
    ...offered.filter((type) => /^Repayment Adjustment/.test(type.name)).map((type) => `${type.name} is offered`),
  ]);

  const wrong: string[] = [];
  const compare = async (kind: Account['kind'], seeded: SeededAccount): Promise<void> => {
    const account = await stage.find(pc, kind, seeded);
    if (account === null) {
      wrong.push(`${kind} ${seeded.accountNo} is not known here`);
      return;
    }
    wrong.push(...(await differences(stage, account)));
  };
  for (const accounts of institution.savings.values()) for (const account of accounts) await compare('savings', account);
  for (const accounts of institution.loans.values()) for (const account of accounts) await compare('loan', account);
  for (const [state, account] of Object.entries(institution.inState)) await compare(state.startsWith('loan') ? 'loan' : 'savings', account);
  stage.check('each account has the figures that head office gives for it', wrong);

  const own = (await pc.get(cashier, 'groups.list', {})).rows[0];
  const page = own === undefined ? null : await pc.get(cashier, 'groups.show', { groupId: own.groupId });
  const kept = page?.savings.find((each) => each.accountNo === institution.groupSavings.accountNo);
  stage.check(
    "a group's own savings have the figures that head office gives for them",
    kept === undefined
      ? ['they are not on the page of the group']
      : await differences(stage, { ...institution.groupSavings, kind: 'savings', localId: kept.savingsId }),
  );

  const secondReady = await secondPc.until(
    second,
    async () => (await secondPc.get(second, 'session.showStart', {})).state === 'ready',
    PULLED_WITHIN_MS,
  );
  stage.check('the second PC comes in as well', wrongUnless(secondReady, 'it did not'));
  for (const [each, person] of [
    [pc, cashier],
    [secondPc, second],
    [pc, institution.people.manager],
  ] as const)
    await each.get(person, 'cash.openDrawer', { openingMinor: 50_000_000 });
}

/** What still differs once the branch has had time to read the accounts again. */
export async function lastingDifferences(stage: Stage, accounts: Iterable<Account>): Promise<readonly string[]> {
  const lasting: string[] = [];
  for (const account of accounts) {
    let left: readonly string[] = [];
    await stage.pc.until(
      stage.institution.people.cashier,
      async () => {
        left = await differences(stage, account);
        return left.length === 0;
      },
      READ_AGAIN_WITHIN_MS,
    );
    lasting.push(...left);
  }
  return lasting;
}

/** What differs between the branch's confirmed figures and head office's, by name and without a name of a person. */
export async function differences(stage: Stage, account: Account): Promise<readonly string[]> {
  const theirs = await stage.there(account);
  const say = (what: string, ours: unknown, there: unknown): readonly string[] =>
    ours === there ? [] : [`${account.kind} ${account.accountNo}: ${what} ${String(ours)} here, ${String(there)} there`];
  if (account.kind === 'loan') {
    const view = await stage.loanView(stage.pc, account);
    const open = theirs.status.endsWith('.active');
    return [
      ...say('active', view.status === 'active', open),
      ...say(
        'outstanding',
        view.confirmedOutstandingMinor,
        /\.(?:active|closed|overpaid)/.test(theirs.status) ? theirs.balanceMinor : view.confirmedOutstandingMinor,
      ),
      ...say('overpaid', view.overpaidMinor, theirs.overpaidMinor),
    ];
  }
  const view = await stage.savingsView(stage.pc, account);
  const serves = theirs.status.endsWith('.active');
  return [
    ...say('open', !['submitted', 'approved', 'closed', 'other'].includes(view.status), serves),
    ...say('ledger', view.confirmedLedgerMinor, theirs.balanceMinor),
    ...(view.confirmedAvailableMinor < 0
      ? [`savings ${account.accountNo}: available ${String(view.confirmedAvailableMinor)} is less than nothing`]
      : []),
  ];
}

async function whyNot({ pc, institution }: Stage): Promise<string> {
  const start = await pc.get(institution.people.cashier, 'session.showStart', {});
  const status = await pc.status(institution.people.cashier);
  return `it is at ${start.pull?.shelf ?? 'nothing'}, ${String(start.pull?.done ?? 0)} done; the page says ${status.sentence}, head office ${status.headOffice}`;
}
