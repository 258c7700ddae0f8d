// The end: head office's books by its API, the branch's own, and the receipts that people were given. Every receipt stands at head office
// exactly once or a closed case says where it went; head office holds nothing under our numbers that no receipt promises; every account has
// the same figures on both sides; and the drawers hold what the receipts say.

import type { ReceiptLine } from '../../../shared/contract/shapes.ts';
import { isCommandKind } from '../../../shared/domain/commands/kinds/allKinds.ts';
import { KINDS_IN_THE_WORLD, PAPERS_OUT } from '../../world/kindsInTheWorld.ts';
import type { BranchPc } from '../branch/pc.ts';
import type { ApiPerson } from '../headOffice/api.ts';
import { OFFICE_CODE } from '../headOffice/institution.ts';
import type { SeededAccount } from '../headOffice/institution.ts';
import type { Account, Posted, Stage } from '../stage.ts';
import { isPayment, markOfLine } from '../stage.ts';
import { lastingDifferences } from './firstPull.ts';

export async function threeBooks(stage: Stage): Promise<void> {
  const { pc, secondPc, institution } = stage;
  const { cashier, second } = institution.people;
  const receipts: ReceiptLine[] = [];
  for (const [each, person] of [
    [pc, cashier],
    [secondPc, second],
  ] as const) {
    await each.untilRound(person);
    receipts.push(...(await receiptsOf(each, person)));
  }

  const theirs = await everythingThere(stage);
  const byNumber = new Map<string, Posted[]>();
  for (const posted of theirs.flatMap(({ transactions }) => transactions))
    if (posted.receiptNumber?.startsWith(`${OFFICE_CODE}-`) === true && !posted.reversed && isPayment(posted))
      byNumber.set(posted.receiptNumber, [...(byNumber.get(posted.receiptNumber) ?? []), posted]);

  const wrong: string[] = [];
  const waiting: string[] = [];
  const promised = receipts.flatMap(promisesOf);
  for (const { mark, receiptId, amountMinor, standing, closedAs } of promised) {
    const stands = byNumber.get(mark) ?? [];
    if (standing !== 'confirmed' && closedAs === null) waiting.push(`${mark} is ${standing}`);
    const recognised = standing === 'confirmed' && closedAs === null && stands.length === 0;
    if (recognised && !(await isRecognised(stage, receiptId))) wrong.push(`${mark} is confirmed here and not there`);
    if (stands.length > 1) wrong.push(`${mark} stands ${String(stands.length)} times there`);
    if (closedAs !== null && stands.length > 0) wrong.push(`${mark} is closed as ${closedAs} here and stands there`);
    const [one] = stands;
    if (one !== undefined && one.amountMinor !== amountMinor)
      wrong.push(`${mark}: ${String(amountMinor)} on paper, ${String(one.amountMinor)} there`);
  }
  stage.figure('receipts given', receipts.length, 'receipts');
  stage.check('nothing waits any more', waiting);
  stage.check('every receipt is there once, or its case says where it went', wrong);
  const numbers = new Set(receipts.map((line) => line.receipt.number));
  stage.check(
    'no receipt number is given twice',
    numbers.size === receipts.length ? [] : [`${String(receipts.length - numbers.size)} are`],
  );
  stage.check(
    'head office holds nothing under our numbers that no receipt promises',
    [...byNumber.keys()].filter((mark) => !promised.some((each) => each.mark === mark)).map((mark) => `${mark} is there`),
  );

  const known: Account[] = [];
  for (const { account, kind } of accountsOf(stage)) {
    const here = await stage.find(pc, kind, account);
    if (here !== null) known.push(here);
  }
  const left = await lastingDifferences(stage, known);
  stage.check('every account is the same here and there', left);
  stage.check('drawers hold what the receipts say', await drawersAgainst(stage, receipts));
}

/** What a receipt promises to head office, line by line. */
function promisesOf(line: ReceiptLine) {
  const { receipt } = line;
  const postings = receipt.lines ?? [receipt];
  return postings.flatMap(({ kind, amountMinor }, at) => {
    const stands = line.postings[at] ?? line;
    return isCommandKind(kind) && KINDS_IN_THE_WORLD[kind].isCounterMoney
      ? [{ mark: markOfLine(line, at), receiptId: receipt.receiptId, amountMinor, standing: stands.standing, closedAs: stands.closedAs }]
      : [];
  });
}

async function receiptsOf(pc: BranchPc, person: ApiPerson): Promise<readonly ReceiptLine[]> {
  const all: ReceiptLine[] = [];
  for (;;) {
    const { lines, total } = await pc.get(person, 'receipts.list', { offset: all.length, most: 200 });
    all.push(...lines);
    if (lines.length === 0 || all.length >= total) return all;
  }
}

function accountsOf({ institution, opened }: Stage): readonly { readonly kind: Account['kind']; readonly account: SeededAccount }[] {
  const of = (kind: Account['kind'], accounts: Iterable<readonly SeededAccount[]>) =>
    [...accounts].flat().map((account) => ({ kind, account }));
  return [
    ...of('savings', institution.savings.values()),
    ...of('loan', institution.loans.values()),
    ...Object.entries(institution.inState).map(([state, account]) => ({
      kind: state.startsWith('loan') ? ('loan' as const) : ('savings' as const),
      account,
    })),
    ...institution.basket.savings.map((account) => ({ kind: 'savings' as const, account })),
    ...of('loan', [institution.toPayOut]),
    { kind: 'loan', account: institution.basket.loan },
    { kind: 'savings', account: institution.groupSavings },
    { kind: 'loan', account: institution.groupLoan },
    ...opened.map((account) => ({ kind: account.kind, account })),
  ];
}

async function everythingThere(stage: Stage): Promise<readonly { readonly transactions: readonly Posted[] }[]> {
  const all = [];
  for (const { kind, account } of accountsOf(stage)) all.push(await stage.there({ kind, serverId: account.serverId }));
  return all;
}

/** A manager recognised somebody else's transaction as this receipt's. */
async function isRecognised({ pc, institution }: Stage, receiptId: string): Promise<boolean> {
  const closed = await pc.get(institution.people.manager, 'exceptions.list', { show: 'closed' });
  return closed.some((each) => each.receiptId === receiptId && each.closed?.resolution === 'recognise');
}

/** Opening + what was taken in cash - what was paid in cash, by the papers alone. */
async function drawersAgainst(stage: Stage, receipts: readonly ReceiptLine[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const each of [stage.pc, stage.secondPc]) {
    // Whoever holds a drawer is not told what must lie in it before it is counted; this person holds none.
    const { checker } = stage.institution.people;
    const day = await each.get(checker, 'cash.showDay', {});
    const code = (await each.get(checker, 'session.showStart', {})).branch?.deviceCode;
    const cash = receipts.filter((line) => line.receipt.deviceCode === code && line.receipt.cash);
    const byPaper = cash.reduce((sum, { receipt }) => sum + (PAPERS_OUT.has(receipt.kind) ? -receipt.amountMinor : receipt.amountMinor), 0);
    const opened = day.drawers.reduce((sum, drawer) => sum + drawer.openingMinor, 0);
    const expected = day.drawers.reduce((sum, drawer) => sum + (drawer.expectedMinor ?? Number.NaN), 0);
    if (expected !== opened + byPaper)
      wrong.push(`PC ${String(code)}: ${String(expected)} expected, ${String(opened + byPaper)} by the papers`);
  }
  return wrong;
}
