// Savings accounts are opened at the branch over a bad line, and stand at head office once, under the number on their slip and on the terms that stand
// there; one of a client who was registered without a line is approved, activated and paid into in that stretch. Head office pays no first deposit in
// by itself, and what it decided otherwise is a case. One on which nothing lies any more is closed, once.

import { PATIENCE_MS } from '../branch/pc.ts';
import { membersOf, minorOf, numberOf, rowsOf, textOf, WRITTEN, type Members } from '../headOffice/api.ts';
import type { LineFault } from '../headOffice/line.ts';
import type { Stage } from '../stage.ts';
import { newForm, wrongUnless } from '../stage.ts';

const FAULTS: readonly (LineFault | null)[] = [null, 'requestLost', 'replyLost', 'gatewayAfter'];
const DEPOSIT_MINOR = 60_000;
const ACTIVE = 300;
const CLOSED = 600;
const WITHDRAWN = 400;
const REJECTED = 500;

interface Opened {
  readonly savingsId: string;
  readonly localNumber: string;
}

export async function openings(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier, manager, checker } = institution.people;
  for (const person of [manager, checker, cashier]) await pc.signIn(person);
  const productId = institution.savingsProducts.get('plain') ?? 0;
  // What a product costs is read once a day, after the first pull.
  const isRead = await pc.until(manager, async () => {
    const { products } = await pc.get(manager, 'savings.openingOptions', {});
    return products.find((each) => each.productId === productId)?.whyNot === null;
  });
  stage.check('a savings product with what it costs is here to choose', wrongUnless(isRead, 'it is not here'));
  if (!isRead) return;
  const clientId = await registered(stage, 'Saver');
  for (const fault of FAULTS) await overLine(stage, fault, productId, clientId);
  await fromFirstToLast(stage, productId, 'a product that wants no first deposit');
  await fromFirstToLast(stage, institution.savingsProducts.get('firstDeposit') ?? 0, 'a product that wants a first deposit');
  await fromFirstToLast(stage, institution.savingsProducts.get('flatFee') ?? 0, 'a product with a fee');
  await refusedHere(stage, productId, clientId);
  await overtaken(stage, productId, clientId);
  for (const fault of FAULTS) await closedOverLine(stage, fault, productId, clientId);
  await paidInMeanwhile(stage, productId, clientId);
}

async function registered(stage: Stage, lastname: string): Promise<string> {
  const { clientId } = await stage.pc.get(stage.institution.people.cashier, 'clients.register', {
    formId: newForm(),
    legalForm: 'person',
    firstname: 'Nafula',
    middlename: 'Wanjala',
    lastname: `${lastname} ${String(Date.now() % 1_000_000)}`,
    submittedOn: stage.today,
    activationDate: stage.today,
  });
  return clientId;
}

function apply(stage: Stage, productId: number, clientId: string): Promise<Opened> {
  return stage.pc.get(stage.institution.people.cashier, 'savings.apply', {
    formId: newForm(),
    owner: { kind: 'client', localId: clientId },
    productId,
    submittedOn: stage.today,
  });
}

function shown(stage: Stage, { savingsId }: Opened) {
  return stage.pc.get(stage.institution.people.manager, 'savings.show', { savingsId });
}

/** Once head office's own row stands in its place. */
function known(stage: Stage, opened: Opened): Promise<boolean> {
  return stage.pc.until(stage.institution.people.manager, async () => (await shown(stage, opened)).savings.application === undefined);
}

function decide(
  stage: Stage,
  { savingsId }: Opened,
  verb: 'approve' | 'activate' | 'reject' | 'withdrawApplication' | 'undoApproval' | 'close',
  note = '',
): Promise<unknown> {
  return stage.pc.get(stage.institution.people.manager, `savings.${verb}`, { formId: newForm(), savingsId, note });
}

function told(stage: Stage, opened: Opened): Promise<boolean> {
  return stage.pc.until(stage.institution.people.manager, async () =>
    (await shown(stage, opened)).decisions.every(({ standing }) => standing === 'confirmed'),
  );
}

async function there(stage: Stage, { localNumber }: Opened): Promise<readonly Members[]> {
  const list = membersOf(await stage.api.get(`/savingsaccounts?externalId=${encodeURIComponent(localNumber)}&limit=20`));
  const found = rowsOf(list['pageItems']).filter((row) => textOf(row['externalId']) === localNumber);
  return Promise.all(
    found.map(async (row) => membersOf(await stage.api.get(`/savingsaccounts/${String(numberOf(row['id']))}?associations=all`))),
  );
}

function statusOf(account: Members): number {
  return numberOf(membersOf(account['status'])['id']);
}

async function overLine(stage: Stage, fault: LineFault | null, productId: number, clientId: string): Promise<void> {
  const { pc } = stage;
  const arm = (): void => {
    if (fault !== null) pc.line.arm(fault);
  };
  arm();
  const opened = await apply(stage, productId, clientId);
  const isKnown = await known(stage, opened);
  for (const verb of ['approve', 'activate'] as const) {
    arm();
    await decide(stage, opened, verb);
    await told(stage, opened);
  }
  const struck = pc.line.armed() === 0;
  pc.line.disarm();
  const found = await there(stage, opened);
  const [account = {}] = found;
  const { opening } = await shown(stage, opened);
  stage.check(`opened, approved and activated over ${fault ?? 'a good line'}: it stands there once, active, on the terms of its slip`, [
    ...wrongUnless(isKnown, 'head office’s row is not here'),
    ...wrongUnless(found.length === 1, `head office has ${String(found.length)} of them`),
    ...wrongUnless(statusOf(account) === ACTIVE, `its state is ${String(statusOf(account))}`),
    ...wrongUnless(
      Number(account['nominalAnnualInterestRate']) === Number(opening?.terms.ratePercent),
      `at ${textOf(account['nominalAnnualInterestRate'])} there, ${opening?.terms.ratePercent ?? 'nothing'} on the slip`,
    ),
    ...wrongUnless(struck, 'the fault did not strike'),
  ]);
}

async function fromFirstToLast(stage: Stage, productId: number, whose: string): Promise<void> {
  const { pc } = stage;
  const { cashier, manager } = stage.institution.people;
  pc.line.setCut(true);
  const clientId = await registered(stage, 'Stretch');
  const opened = await apply(stage, productId, clientId);
  await decide(stage, opened, 'approve');
  await decide(stage, opened, 'activate');
  const taken = await pc.get(cashier, 'savings.takeDeposit', {
    formId: newForm(),
    savingsId: opened.savingsId,
    amountMinor: DEPOSIT_MINOR,
    paidWith: { paymentTypeId: stage.institution.paymentTypes.cash },
  });
  pc.line.setCut(false);
  // A slow head office has four facts to take, one after the other, before the row of the account says all of it.
  const isThere = await pc.until(
    manager,
    async () => (await shown(stage, opened)).savings.confirmedLedgerMinor === DEPOSIT_MINOR,
    2 * PATIENCE_MS,
  );
  const isKnown = await known(stage, opened);
  const found = await there(stage, opened);
  const [account = {}] = found;
  stage.opened.push(openedThere(opened, account));
  stage.check(`${whose}, a client of a minute ago, no line: opened, approved, activated and paid into, and all of it is there once`, [
    ...wrongUnless(isKnown, 'head office’s row is not here'),
    ...wrongUnless(isThere, 'the first deposit is not confirmed'),
    ...wrongUnless(taken.receipt.accountNo === opened.localNumber, `the receipt says ${taken.receipt.accountNo}`),
    ...wrongUnless(
      found.length === 1 && statusOf(account) === ACTIVE,
      `${String(found.length)} of them, in state ${String(statusOf(account))}`,
    ),
    ...wrongUnless(
      minorOf(membersOf(account['summary'])['accountBalance']) === DEPOSIT_MINOR && rowsOf(account['transactions']).length === 1,
      `it holds ${textOf(membersOf(account['summary'])['accountBalance'])} in ${String(rowsOf(account['transactions']).length)} postings`,
    ),
  ]);
}

/** Among those that the three books are compared over. */
function openedThere({ savingsId }: Opened, account: Members): Stage['opened'][number] {
  return {
    kind: 'savings',
    localId: savingsId,
    serverId: numberOf(account['id']),
    accountNo: textOf(account['accountNo']),
    clientServerId: numberOf(account['clientId']),
    ownerName: textOf(account['clientName']),
  };
}

/** Approved and taken back, then rejected; and another that its client does not want any more: with the words of whoever decided. */
async function refusedHere(stage: Stage, productId: number, clientId: string): Promise<void> {
  for (const { verb, status, reason } of [
    { verb: 'reject', status: REJECTED, reason: 'The paper is not hers' },
    { verb: 'withdrawApplication', status: WITHDRAWN, reason: 'She saves elsewhere' },
  ] as const) {
    const opened = await apply(stage, productId, clientId);
    await decide(stage, opened, 'approve', 'As the committee said');
    await decide(stage, opened, 'undoApproval', 'Not yet');
    await decide(stage, opened, verb, reason);
    const isTold = await told(stage, opened);
    await known(stage, opened);
    const { savings } = await shown(stage, opened);
    const [account = {}] = await there(stage, opened);
    const notes = rowsOf(await stage.api.get(`/savings/${String(numberOf(account['id']))}/notes`)).map(({ note }) => textOf(note));
    stage.check(`approved, taken back and then ${verb}: told one by one, each with its reason`, [
      ...wrongUnless(isTold, 'not all of it was told'),
      ...wrongUnless(statusOf(account) === status, `there it is ${String(statusOf(account))}`),
      ...wrongUnless(
        savings.status === savings.confirmedStatus && savings.deeds.length === 0,
        `shown as ${savings.status}, confirmed as ${savings.confirmedStatus}, with ${String(savings.deeds.length)} to decide`,
      ),
      ...['As the committee said', 'Not yet', reason].flatMap((words) =>
        wrongUnless(notes.filter((note) => note.startsWith(words)).length === 1, `“${words}” is not there once`),
      ),
    ]);
  }
}

async function overtaken(stage: Stage, productId: number, clientId: string): Promise<void> {
  const { pc } = stage;
  const { manager, checker } = stage.institution.people;
  const opened = await apply(stage, productId, clientId);
  await known(stage, opened);
  const [row = {}] = await there(stage, opened);
  pc.line.setCut(true);
  await decide(stage, opened, 'approve');
  await stage.api.post(`/savingsaccounts/${String(numberOf(row['id']))}?command=reject`, { rejectedOnDate: stage.today, ...WRITTEN });
  pc.line.setCut(false);
  const isCase = await pc.until(manager, async () => {
    const { decisions, savings } = await shown(stage, opened);
    return decisions[0]?.exceptionId != null && savings.confirmedStatus === 'rejected';
  });
  const { savings, decisions } = await shown(stage, opened);
  const exceptionId = decisions[0]?.exceptionId;
  if (exceptionId != null)
    await pc.get(checker, 'exceptions.resolve', { exceptionId, resolution: 'withdraw', reason: 'decided in the acceptance run' });
  const [account = {}] = await there(stage, opened);
  stage.check('approved here and rejected there: a case, and the account stays as head office says', [
    ...wrongUnless(isCase, 'no case was opened, or its row was not read'),
    ...wrongUnless(savings.status === 'rejected', `shown as ${savings.status}`),
    ...wrongUnless(statusOf(account) === REJECTED, `there it is ${String(statusOf(account))}`),
  ]);
}

/** Opened, paid into, refused to close, paid out whole, and closed in a stretch without a line that ends in a fault. */
async function closedOverLine(stage: Stage, fault: LineFault | null, productId: number, clientId: string): Promise<void> {
  const { pc, institution } = stage;
  const { cashier, manager } = institution.people;
  const opened = await emptied(stage, productId, clientId);
  if (fault !== null) pc.line.arm(fault);
  await decide(stage, opened.account, 'close', 'Moves to another town');
  const { savings: meanwhile } = await shown(stage, opened.account);
  const refused = await pc.refusal(cashier, 'savings.takeDeposit', {
    formId: newForm(),
    savingsId: opened.account.savingsId,
    amountMinor: DEPOSIT_MINOR,
    paidWith: { paymentTypeId: institution.paymentTypes.cash },
  });
  const isTold = await told(stage, opened.account);
  const isRead = await pc.until(manager, async () => (await shown(stage, opened.account)).savings.confirmedStatus === 'closed');
  const struck = pc.line.armed() === 0;
  pc.line.disarm();
  const [account = {}] = await there(stage, opened.account);
  const notes = rowsOf(await stage.api.get(`/savings/${String(numberOf(account['id']))}/notes`)).map(({ note }) => textOf(note));
  stage.check(
    `emptied and closed over ${fault ?? 'a good line'}: closed there once, with the reason, and takes nothing here from the press on`,
    [
      ...wrongUnless(opened.refusedFull === 'savings.notEmpty', `with money on it the answer was ${opened.refusedFull ?? 'yes'}`),
      ...wrongUnless(meanwhile.status === 'closed', `shown as ${meanwhile.status} after the press`),
      ...wrongUnless(refused === 'savings.notActive', `a deposit was answered with ${refused ?? 'a receipt'}`),
      ...wrongUnless(isTold && isRead, 'it was not told, or its row was not read'),
      ...wrongUnless(statusOf(account) === CLOSED, `there it is ${String(statusOf(account))}`),
      ...wrongUnless(notes.filter((note) => note.startsWith('Moves to another town')).length === 1, 'its reason is not there once'),
      ...wrongUnless(struck, 'the fault did not strike'),
    ],
  );
}

/** Head office took money on it meanwhile: it closes nothing, and somebody here decides. */
async function paidInMeanwhile(stage: Stage, productId: number, clientId: string): Promise<void> {
  const { pc } = stage;
  const { manager, checker } = stage.institution.people;
  const { account: opened } = await emptied(stage, productId, clientId);
  const [row = {}] = await there(stage, opened);
  pc.line.setCut(true);
  await decide(stage, opened, 'close', 'Moves to another town');
  await stage.api.post(`/savingsaccounts/${String(numberOf(row['id']))}/transactions?command=deposit`, {
    transactionDate: stage.today,
    transactionAmount: 5,
    paymentTypeId: stage.institution.paymentTypes.cash,
    ...WRITTEN,
  });
  pc.line.setCut(false);
  const isCase = await pc.until(manager, async () => {
    const { decisions, savings } = await shown(stage, opened);
    return decisions[0]?.exceptionId != null && savings.confirmedLedgerMinor === 500;
  });
  const { savings, decisions } = await shown(stage, opened);
  const exceptionId = decisions[0]?.exceptionId;
  if (exceptionId != null)
    await pc.get(checker, 'exceptions.resolve', { exceptionId, resolution: 'withdraw', reason: 'decided in the acceptance run' });
  const [account = {}] = await there(stage, opened);
  stage.check('closed here while head office took money on it: a case, and it stays open with what lies on it', [
    ...wrongUnless(isCase, 'no case was opened, or its row was not read'),
    ...wrongUnless(savings.status === 'active', `shown as ${savings.status}`),
    ...wrongUnless(statusOf(account) === ACTIVE, `there it is ${String(statusOf(account))}`),
  ]);
}

async function emptied(
  stage: Stage,
  productId: number,
  clientId: string,
): Promise<{ readonly account: Opened; readonly refusedFull: string | null }> {
  const { pc, institution } = stage;
  const { cashier, manager } = institution.people;
  const account = await apply(stage, productId, clientId);
  await decide(stage, account, 'approve');
  await decide(stage, account, 'activate');
  const paidWith = { paymentTypeId: institution.paymentTypes.cash };
  const moved = { savingsId: account.savingsId, amountMinor: DEPOSIT_MINOR, paidWith };
  await pc.get(cashier, 'savings.takeDeposit', { formId: newForm(), ...moved });
  await pc.until(manager, async () => (await shown(stage, account)).savings.confirmedLedgerMinor === DEPOSIT_MINOR, 2 * PATIENCE_MS);
  const refusedFull = await pc.refusal(manager, 'savings.close', {
    formId: newForm(),
    savingsId: account.savingsId,
    note: 'Moves to another town',
  });
  await pc.get(cashier, 'savings.payWithdrawal', { formId: newForm(), ...moved });
  await pc.until(manager, async () => (await shown(stage, account)).savings.confirmedLedgerMinor === 0, 2 * PATIENCE_MS);
  const [row = {}] = await there(stage, account);
  stage.opened.push(openedThere(account, row));
  return { account, refusedFull };
}
