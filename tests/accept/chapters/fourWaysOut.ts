// A withdrawal was paid without a line while somebody elsewhere took the same money. Head office refuses ours, and a manager resolves the
// case: sends it again once there is money, gives it back, carries it in suspense, or recognises what stands there already.

import type { ReceiptLine } from '../../../shared/contract/shapes.ts';
import type { ExceptionView } from '../../../shared/contract/sync.ts';
import { membersOf, textOf, WRITTEN, type Members } from '../headOffice/api.ts';
import type { Account, Resolution, Stage } from '../stage.ts';
import { wrongUnless } from '../stage.ts';
import { lastingDifferences } from './firstPull.ts';

const OURS_MINOR = 60_000;
/** Of 10,000.00 there are 100.00 left, too little for ours. */
const LEFT_MAJOR = 100;

interface Refused {
  readonly account: Account;
  readonly line: ReceiptLine;
  readonly open: ExceptionView | null;
}

export async function fourWaysOut(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier, manager, elsewhere } = institution.people;
  const theirs = stage.apiOf(elsewhere);
  const move = (account: Account, command: 'deposit' | 'withdrawal', transactionAmount: number) =>
    theirs.post(`/savingsaccounts/${String(account.serverId)}/transactions?command=${command}`, {
      transactionDate: stage.today,
      transactionAmount,
      paymentTypeId: institution.paymentTypes.cash,
      ...WRITTEN,
    });

  /** `asOurs`: one of the payouts elsewhere has our sum, so that it could be taken for ours. */
  async function refused(asOurs: boolean): Promise<Refused> {
    const account = await stage.takeSavings('plain');
    pc.line.setCut(true);
    const line = await stage.withdraw(pc, cashier, account, OURS_MINOR);
    if (asOurs) await move(account, 'withdrawal', OURS_MINOR / 100);
    await move(account, 'withdrawal', 10_000 - LEFT_MAJOR - (asOurs ? OURS_MINOR / 100 : 0));
    pc.line.setCut(false);
    const open = await stage.caseOf(pc, line);
    return { account, line, open };
  }

  async function solve(resolution: Resolution, { line, open }: Refused, candidate?: number): Promise<readonly string[]> {
    if (open === null) return [`${line.receipt.number} never became a case: it is ${(await pc.receipt(cashier, line)).standing}`];
    const own = await pc.refusal(cashier, 'exceptions.resolve', { exceptionId: open.exceptionId, resolution, reason: 'my own case' });
    if (own === null) return ['a cashier resolved the own case'];
    await stage.resolve(pc, manager, open, resolution, candidate);
    return [];
  }

  const again = await refused(false);
  stage.check(
    'a refused payout becomes a case with both truths',
    again.open === null
      ? [`${again.line.receipt.number} is ${(await pc.receipt(cashier, again.line)).standing}`]
      : wrongUnless(
          again.open.kind === 'refused' &&
            /insufficient/.test(again.open.serverCode) &&
            again.open.answered?.ledgerMinor === LEFT_MAJOR * 100,
          `${again.open.kind}, ${again.open.serverCode}, there ${String(again.open.answered?.ledgerMinor)}`,
        ),
  );
  await move(again.account, 'deposit', 5_000);
  const sent = await solve('resubmit', again);
  const after = await pc.untilStanding(cashier, again.line, 'confirmed');
  stage.check('resubmit: it arrives once', [
    ...sent,
    ...(after.standing === 'confirmed' ? await stage.onceThere(after, again.account) : [`it is ${after.standing}`]),
  ]);

  const back = await refused(false);
  const given = await solve('reverse', back);
  const reversed = await pc.receipt(cashier, back.line);
  stage.check('reverse: the money comes back, nothing stands there', [
    ...given,
    ...wrongUnless(reversed.closedAs === 'reversed', `the receipt is closed as ${String(reversed.closedAs)}`),
    ...(await stage.neverThere(back.line, back.account)),
  ]);

  const carried = await refused(false);
  const suspended = await solve('suspend', carried);
  const booked = await suspenseEntries(stage, carried);
  stage.check('suspend: one entry in suspense at head office, nothing on the account', [
    ...suspended,
    ...wrongUnless((await pc.receipt(cashier, carried.line)).closedAs === 'suspended', 'the receipt is not closed as suspended'),
    ...booked,
    ...(await stage.neverThere(carried.line, carried.account)),
  ]);

  const reversal = {
    exceptionId: carried.open?.exceptionId ?? '',
    resolution: 'reverse',
    reason: 'the client came back in the acceptance run',
  } as const;
  const own = await pc.refusal(cashier, 'exceptions.recover', reversal);
  const recovered = await pc.get(manager, 'exceptions.recover', reversal);
  stage.check('recover: the client brings it back, and it leaves suspense again', [
    ...wrongUnless(own !== null, 'a cashier took the money out of suspense'),
    ...wrongUnless(recovered.receiptId !== null, 'there is no paper'),
    ...wrongUnless((await pc.receipt(cashier, carried.line)).closedAs === 'reversed', 'the receipt is not closed as reversed'),
    ...(await leftSuspense(stage, carried)),
    ...(await stage.neverThere(carried.line, carried.account)),
  ]);

  const same = await refused(true);
  const [candidate] = same.open?.candidates ?? [];
  const taken =
    candidate === undefined
      ? ['no transaction was offered to be recognised']
      : await solve('recognise', same, candidate.serverTransactionId);
  const recognised = await pc.untilStanding(cashier, same.line, 'confirmed', 10_000);
  stage.check('recognise: the receipt is confirmed by what stood there', [
    ...taken,
    ...wrongUnless(recognised.standing === 'confirmed', `it is ${recognised.standing}`),
  ]);

  const left = await lastingDifferences(
    stage,
    [again, back, carried, same].map(({ account }) => account),
  );
  stage.check('accounts are the same here and there', left);
}

/** What is wrong with the claim that this money stands in suspense, once. */
export async function suspenseEntries(stage: Stage, { line }: Pick<Refused, 'line'>): Promise<readonly string[]> {
  const { pc, institution } = stage;
  const { manager } = institution.people;
  const isBooked = await pc.until(manager, async () => {
    const { rows } = await pc.get(manager, 'exceptions.listSuspense', {});
    return rows.find((row) => row.receiptNumber === line.receipt.number)?.standing === 'confirmed';
  });
  if (!isBooked) {
    const { rows } = await pc.get(manager, 'exceptions.listSuspense', {});
    return [`the posting to suspense is ${rows.find((row) => row.receiptNumber === line.receipt.number)?.standing ?? 'nowhere'}`];
  }
  const { onSuspense, onCash } = await entriesOf(stage, line);
  return onSuspense.length === 1 && onCash.length === 1
    ? []
    : [`${String(onSuspense.length)} lines in suspense and ${String(onCash.length)} in cash at head office`];
}

/** What is wrong with the claim that this money went in and out again, once each, and that each side says so. */
async function leftSuspense(stage: Stage, { line }: Pick<Refused, 'line'>): Promise<readonly string[]> {
  const sidesOf = (entries: readonly Members[]): string =>
    entries
      .map((entry) => textOf(membersOf(entry['entryType'])['value']))
      .toSorted()
      .join(' ');
  let sides: readonly string[] = [];
  await stage.pc.until(stage.institution.people.manager, async () => {
    const { onSuspense, onCash } = await entriesOf(stage, line);
    sides = [sidesOf(onSuspense), sidesOf(onCash)];
    return sides.every((side) => side === 'CREDIT DEBIT');
  });
  return wrongUnless(
    sides.every((side) => side === 'CREDIT DEBIT'),
    `in suspense ${sides[0] ?? ''}, in cash ${sides[1] ?? ''}`,
  );
}

/** The lines by hand that name this receipt. */
async function entriesOf({ institution, api }: Stage, line: ReceiptLine) {
  const entries = await api.list(`/journalentries?manualEntriesOnly=true&officeId=${String(institution.offices.ours)}`, 100);
  const mine = entries.filter(
    (entry) =>
      entry['reversed'] !== true &&
      Math.round(Number(entry['amount']) * 100) === line.receipt.amountMinor &&
      textOf(entry['comments']).includes(line.receipt.number),
  );
  return {
    onSuspense: mine.filter((entry) => entry['glAccountId'] === institution.accounts['suspense']),
    onCash: mine.filter((entry) => entry['glAccountId'] === institution.accounts['cash']),
  };
}
