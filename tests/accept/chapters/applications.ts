// Loans are applied for at the branch over a bad line, and stand at head office once, under the number on their paper, on the terms that were
// agreed and with its own schedule; one of a client who was registered without a line is decided on and paid out in that stretch, and repaid. One
// that head office refuses is written anew.

import { membersOf, minorOf, numberOf, rowsOf, textOf, WRITTEN, type Members } from '../headOffice/api.ts';
import type { LineFault } from '../headOffice/line.ts';
import type { Account, Stage } from '../stage.ts';
import { newForm, wrongUnless } from '../stage.ts';

const FAULTS: readonly (LineFault | null)[] = [null, 'requestLost', 'replyLost', 'gatewayAfter'];
const PRINCIPAL = 6_000;
const INSTALLMENTS = 6;

interface Applied {
  readonly loanId: string;
  readonly localNumber: string;
}

export async function applications(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier, manager, checker } = institution.people;
  for (const person of [manager, checker, cashier]) await pc.signIn(person);
  const productId = institution.loanProducts.get('declining') ?? 0;
  // What a product costs is read once a day, after the first pull.
  await pc.until(
    manager,
    async () => (await pc.get(manager, 'loans.calculate', { ...terms(productId), disbursedOn: stage.today })).withCharges,
  );
  const clientId = await registered(stage, 'Applicant');
  for (const fault of FAULTS) await overLine(stage, fault, productId, clientId);
  await fromFirstToLast(stage, productId);
  await refusedThere(stage, productId, clientId);
}

function terms(productId: number) {
  return { productId, principalMinor: PRINCIPAL * 100, installments: INSTALLMENTS, ratePercent: '2' };
}

async function registered(stage: Stage, lastname: string): Promise<string> {
  const { clientId } = await stage.pc.get(stage.institution.people.cashier, 'clients.register', {
    formId: newForm(),
    legalForm: 'person',
    firstname: 'Nafula',
    middlename: 'Wanjala',
    lastname,
    submittedOn: stage.today,
    activationDate: stage.today,
  });
  return clientId;
}

function apply(stage: Stage, productId: number, clientId: string, principalMinor = PRINCIPAL * 100): Promise<Applied> {
  return stage.pc.get(stage.institution.people.manager, 'loans.apply', {
    formId: newForm(),
    owner: { kind: 'client', localId: clientId },
    ...terms(productId),
    principalMinor,
    submittedOn: stage.today,
    expectedOn: stage.today,
  });
}

function shown(stage: Stage, { loanId }: Applied) {
  return stage.pc.get(stage.institution.people.manager, 'loans.show', { loanId });
}

/** Once head office's own row stands in its place. */
function known(stage: Stage, applied: Applied): Promise<boolean> {
  const { manager } = stage.institution.people;
  return stage.pc.until(manager, async () => (await shown(stage, applied)).loan.application === undefined);
}

async function there(stage: Stage, { localNumber }: Applied): Promise<readonly Members[]> {
  const list = membersOf(await stage.api.get(`/loans?externalId=${encodeURIComponent(localNumber)}&limit=20`));
  const found = rowsOf(list['pageItems']).filter((row) => textOf(row['externalId']) === localNumber);
  return Promise.all(found.map(async (row) => membersOf(await stage.api.get(`/loans/${String(numberOf(row['id']))}?associations=all`))));
}

function scheduleThere(loan: Members): readonly string[] {
  return rowsOf(membersOf(loan['repaymentSchedule'])['periods'])
    .filter((period) => period['period'] !== undefined)
    .map((period) => `${JSON.stringify(period['dueDate'])} ${String(minorOf(period['totalDueForPeriod']))}`);
}

async function overLine(stage: Stage, fault: LineFault | null, productId: number, clientId: string): Promise<void> {
  const { pc } = stage;
  if (fault !== null) pc.line.arm(fault);
  const applied = await apply(stage, productId, clientId);
  const atOnce = await shown(stage, applied);
  const isKnown = await known(stage, applied);
  const struck = pc.line.armed() === 0;
  pc.line.disarm();
  const found = await there(stage, applied);
  const [loan = {}] = found;
  const dueHere = atOnce.loan.instalments.map(({ dueDate, totalDueMinor }) => {
    const [year, month, day] = dueDate.split('-').map(Number);
    return `${JSON.stringify([year, month, day])} ${String(totalDueMinor)}`;
  });
  stage.check(`applied for over ${fault ?? 'a good line'}: it stands there once, on these terms, with the schedule that was shown`, [
    ...wrongUnless(isKnown, 'head office’s row is not here'),
    ...wrongUnless(found.length === 1, `head office has ${String(found.length)} of them`),
    ...wrongUnless(minorOf(loan['proposedPrincipal']) === PRINCIPAL * 100, `for ${textOf(loan['proposedPrincipal'])}`),
    ...wrongUnless(numberOf(loan['numberOfRepayments']) === INSTALLMENTS, 'another number of instalments'),
    ...wrongUnless(
      dueHere.length === INSTALLMENTS && dueHere.join() === scheduleThere(loan).join(),
      `shown ${dueHere.join()}, there ${scheduleThere(loan).join()}`,
    ),
    ...wrongUnless(struck, 'the fault did not strike'),
  ]);
}

async function fromFirstToLast(stage: Stage, productId: number): Promise<void> {
  const { pc, institution } = stage;
  const { cashier, manager, checker } = institution.people;
  pc.line.setCut(true);
  const applied = await apply(stage, productId, await registered(stage, 'Wholelife'));
  const { loanId } = applied;
  await pc.get(checker, 'loans.approve', { formId: newForm(), loanId, approvedMinor: PRINCIPAL * 100, note: 'as the committee said' });
  const { amountMinor } = await pc.get(cashier, 'loans.previewDisbursal', { loanId });
  const taken = await pc.get(cashier, 'loans.disburse', {
    formId: newForm(),
    loanId,
    amountMinor,
    paidWith: { paymentTypeId: institution.paymentTypes.cash },
    identitySeen: 'acceptance card 2',
    approval: { username: manager.username, password: manager.password },
  });
  const before = await shown(stage, applied);
  pc.line.setCut(false);
  const line = await pc.untilStanding(cashier, taken, 'confirmed');
  await pc.until(cashier, async () => {
    const { loan } = await shown(stage, applied);
    return loan.confirmedStatus === 'active' && loan.unfinishedCount === 0;
  });
  const [loan = {}] = await there(stage, applied);
  const serverId = numberOf(loan['id']);
  const account: Account = {
    kind: 'loan',
    localId: loanId,
    serverId,
    accountNo: textOf(loan['accountNo']),
    clientServerId: numberOf(loan['clientId']),
    ownerName: textOf(loan['clientName']),
  };
  stage.opened.push(account);
  stage.check('a client registered without a line is lent to in that stretch, and all of it gets there in order', [
    ...wrongUnless(before.loan.status === 'active', `before it was sent it was ${before.loan.status} here`),
    ...(await stage.onceThere(line, account)),
    ...wrongUnless(textOf(membersOf(loan['status'])['code']) === 'loanStatusType.active', 'it is not active there'),
  ]);
  const paid = await stage.repay(pc, cashier, account, 50_000);
  await pc.untilStanding(cashier, paid, 'confirmed');
  await pc.until(cashier, async () => (await stage.loanView(pc, account)).unfinishedCount === 0);
  const view = await stage.loanView(pc, account);
  const books = await stage.there(account);
  stage.check('and repays: both books say the same', [
    ...(await stage.onceThere(paid, account)),
    ...wrongUnless(
      view.outstandingMinor === books.balanceMinor,
      `${String(view.outstandingMinor)} here, ${String(books.balanceMinor)} there`,
    ),
  ]);
}

async function refusedThere(stage: Stage, productId: number, clientId: string): Promise<void> {
  const { pc, institution, api } = stage;
  const { checker } = institution.people;
  const bound = (maxPrincipal: number) => api.put(`/loanproducts/${String(productId)}`, { maxPrincipal, locale: WRITTEN.locale });
  pc.line.setCut(true);
  const applied = await apply(stage, productId, clientId, 1_600_000);
  await bound(15_000);
  pc.line.setCut(false);
  const open = async () => (await pc.get(checker, 'exceptions.list', {})).find(({ item }) => item.accountNo === applied.localNumber);
  await pc.until(checker, async () => (await open()) !== undefined);
  const found = await open();
  await bound(200_000);
  if (found === undefined) {
    stage.check('more than head office lends by then becomes a case', ['there is no case']);
    return;
  }
  const code = 'validation.msg.loan.principal.amount.is.not.within.min.max.range';
  stage.check('more than head office lends by then becomes a case', wrongUnless(found.serverCode === code, found.serverCode));
  await pc.get(checker, 'exceptions.resolve', {
    exceptionId: found.exceptionId,
    resolution: 'correct',
    reason: 'she is content with less',
    edits: { principal: '14500' },
  });
  await known(stage, applied);
  const [loan = {}, ...others] = await there(stage, applied);
  stage.check('written anew it stands there under its number', [
    ...wrongUnless(minorOf(loan['proposedPrincipal']) === 1_450_000 && others.length === 0, `for ${textOf(loan['proposedPrincipal'])}`),
  ]);
}
