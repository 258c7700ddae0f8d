// Several deeds of one client on one receipt. Each line goes to head office by itself, under the receipt's number and its place on the paper,
// exactly once whatever becomes of a request; and where one line is refused, its neighbours stand.

import type { ReceiptLine } from '../../../shared/contract/shapes.ts';
import type { LineFault } from '../headOffice/line.ts';
import type { Account, Stage } from '../stage.ts';
import { isPayment, markOfLine, newForm, wrongUnless } from '../stage.ts';
import { lastingDifferences } from './firstPull.ts';

const FAULTS: readonly (LineFault | 'cut' | null)[] = [null, 'cut', 'requestLost', 'replyLost', 'doubled', 'gatewayAfter'];
const AMOUNTS_MINOR = [31_000, 12_500, 7_300] as const;

export async function baskets(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier, manager } = institution.people;
  const seeded = institution.basket;
  const loan = await stage.find(pc, 'loan', seeded.loan);
  const savings: Account[] = [];
  for (const each of seeded.savings) {
    const found = await stage.find(pc, 'savings', each);
    if (found !== null) savings.push(found);
  }
  const [first, second] = savings;
  if (loan === null || first === undefined || second === undefined)
    throw new Error('the branch does not know the accounts of the household');
  const { clientId } = await stage.savingsView(pc, first);
  if (clientId === null) throw new Error('the account has no client');
  const accounts = [loan, first, second];

  const take = (): Promise<ReceiptLine> =>
    pc.get(cashier, 'counter.takeBasket', {
      formId: newForm(),
      clientId,
      lines: [
        { kind: 'loanRepayment', loanId: loan.localId, amountMinor: AMOUNTS_MINOR[0] },
        { kind: 'savingsDeposit', savingsId: first.localId, amountMinor: AMOUNTS_MINOR[1] },
        { kind: 'savingsDeposit', savingsId: second.localId, amountMinor: AMOUNTS_MINOR[2] },
      ],
      paidWith: { paymentTypeId: institution.paymentTypes.cash },
    });

  for (const fault of FAULTS) {
    if (fault === 'cut') pc.line.setCut(true);
    else if (fault !== null) pc.line.arm(fault);
    const taken = await take();
    if (fault === 'cut') pc.line.setCut(false);
    const line = await pc.untilStanding(cashier, taken, 'confirmed');
    const struck = pc.line.armed() === 0;
    pc.line.disarm();
    const wrong: string[] = [];
    for (const [at, account] of accounts.entries()) wrong.push(...(await lineThere(stage, line, at, account, AMOUNTS_MINOR[at] ?? 0, 1)));
    stage.check(`${fault ?? 'a good line'}: three lines of one receipt stand there, each once`, [
      ...wrongUnless(line.standing === 'confirmed', `the receipt is ${line.standing}`),
      ...wrongUnless(struck, 'the fault did not strike'),
      ...wrong,
    ]);
  }

  pc.line.setCut(true);
  const refused = await take();
  await stage.api.post(`/savingsaccounts/${String(second.serverId)}?command=block`, { reasonForBlock: 'Acceptance' });
  pc.line.setCut(false);
  const open = await stage.caseOf(pc, refused);
  stage.check(
    'a line that head office refuses is a case of its own',
    open === null
      ? [`the receipt is ${(await pc.receipt(cashier, refused)).standing}`]
      : wrongUnless(/blocked/.test(open.serverCode), open.serverCode),
  );
  if (open !== null) await stage.resolve(pc, manager, open, 'reverse');
  await stage.api.post(`/savingsaccounts/${String(second.serverId)}?command=unblock`, {});
  await pc.until(cashier, async () =>
    (await pc.receipt(cashier, refused)).postings.every(({ standing }) => standing !== 'sent' && standing !== 'savedHere'),
  );
  const after = await pc.receipt(cashier, refused);
  stage.check('its neighbours stand, and it was given back', [
    ...(await lineThere(stage, after, 0, loan, AMOUNTS_MINOR[0], 1)),
    ...(await lineThere(stage, after, 1, first, AMOUNTS_MINOR[1], 1)),
    ...(await lineThere(stage, after, 2, second, AMOUNTS_MINOR[2], 0)),
    ...wrongUnless(after.postings[2]?.closedAs === 'reversed', `the line is closed as ${String(after.postings[2]?.closedAs)}`),
  ]);
  stage.check('the accounts are the same here and there', await lastingDifferences(stage, accounts));
}

async function lineThere(
  stage: Stage,
  line: ReceiptLine,
  at: number,
  account: Account,
  amountMinor: number,
  times: number,
): Promise<readonly string[]> {
  const mark = markOfLine(line, at);
  const { transactions } = await stage.there(account);
  const stands = transactions.filter((each) => each.receiptNumber === mark && !each.reversed && isPayment(each));
  return [
    ...wrongUnless(stands.length === times, `${mark} stands ${String(stands.length)} times`),
    ...wrongUnless(
      stands.every((each) => each.amountMinor === amountMinor),
      `${mark} is of another sum`,
    ),
  ];
}
