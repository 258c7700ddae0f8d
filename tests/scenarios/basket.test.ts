// A client who brings money for several accounts at once: one receipt with a line for each, one total, and a promise of its own behind every
// line. Head office may take one and refuse another; the paper never changes, and each line is closed by itself or with its neighbours.

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ReceiptLine } from '../../shared/contract/shapes.ts';
import { canonicalJson, type Json } from '../../shared/kernel/canonicalJson.ts';
import { readerOf } from '../simulation/checkers/viewChecker.ts';
import { count, row, rows } from '../simulation/checkers/rows.ts';
import { atTheCounter, asPaper } from '../world/people.ts';
import { play, type Account, type Scene } from './scene.ts';

/** A client with a running loan and savings of their own. */
function theirAccounts(scene: Scene): { readonly clientId: string; readonly loan: Account; readonly savings: Account } {
  for (let number = 0; number < 8; number += 1) {
    const loan = scene.loan(number);
    const own = readerOf(scene.pc.database())
      .savingsOf(loan.clientId)
      .find((each) => each.status === 'active');
    if (own?.serverId == null) continue;
    const savings = { localId: own.savingsId, serverId: own.serverId, accountNo: own.accountNo, clientId: loan.clientId };
    return { clientId: loan.clientId, loan, savings };
  }
  throw new Error('no client has both');
}

function basketOf(scene: Scene, repaidMinor = 30_000, depositedMinor = 20_000) {
  const { clientId, loan, savings } = theirAccounts(scene);
  return {
    formId: scene.newForm(),
    clientId,
    lines: [
      { kind: 'loanRepayment' as const, loanId: loan.localId, amountMinor: repaidMinor },
      { kind: 'savingsDeposit' as const, savingsId: savings.localId, amountMinor: depositedMinor },
    ],
    paidWith: { paymentTypeId: 1, givenMinor: 60_000 },
    note: 'market day',
  };
}

async function take(scene: Scene, input = basketOf(scene)): Promise<ReceiptLine> {
  await atTheCounter(scene.world, scene.achieng);
  const line = await scene.get(scene.achieng, 'counter.takeBasket', input);
  scene.world.paper.push(asPaper(scene.pc, input, line));
  return line;
}

async function inDrawer(scene: Scene): Promise<number> {
  const { drawers } = await scene.get(scene.grace, 'cash.showDay', {});
  return drawers.find((drawer) => drawer.openedBy === 'Achieng Odhiambo')?.expectedMinor ?? 0;
}

describe('a basket', () => {
  test('is one receipt with its lines and their total, and a command with a key of its own behind each line (I1, I8)', () =>
    play({}, async (scene) => {
      const { loan, savings } = theirAccounts(scene);
      await scene.cutLine();
      const line = await take(scene);
      const { receipt } = line;
      expect(receipt).toMatchObject({
        kind: 'basket',
        commandId: null,
        accountId: null,
        amountMinor: 50_000,
        givenMinor: 60_000,
        changeMinor: 10_000,
        note: 'market day',
      });
      expect(receipt.lines).toMatchObject([
        { kind: 'loanRepayment', accountNo: loan.accountNo, amountMinor: 30_000 },
        { kind: 'savingsDeposit', accountNo: savings.accountNo, amountMinor: 20_000 },
      ]);
      expect(line).toMatchObject({ standing: 'savedHere', postings: [{ standing: 'savedHere' }, { standing: 'savedHere' }] });
      // The hash proves the whole, its lines included.
      const { hash, proof: _proof, ...rest } = receipt;
      expect(
        createHash('sha256')
          .update(canonicalJson(rest as unknown as Json))
          .digest('hex'),
      ).toBe(hash);
      const commands = rows<{ receipt: string; key: string; mark: string }>(
        scene.pc.database(),
        `SELECT receipt_id AS receipt, idempotency_key AS key, json_extract(payload, '$.receiptNumber') AS mark FROM journal_commands ORDER BY sequence`,
      );
      expect(commands.map(({ mark }) => mark)).toEqual([`${receipt.number}/1`, `${receipt.number}/2`]);
      expect(new Set(commands.map(({ key }) => key)).size).toBe(2);
      expect(new Set(commands.map(({ receipt: id }) => id))).toEqual(new Set([receipt.receiptId]));
      // Each line moved its own cash; the drawer holds the total.
      expect(rows(scene.pc.database(), 'SELECT kind, amount_minor AS minor FROM journal_movements ORDER BY position')).toEqual([
        { kind: 'taken', minor: 30_000 },
        { kind: 'taken', minor: 20_000 },
      ]);
      expect(await inDrawer(scene)).toBe(3_050_000);
      // Papers are counted, whatever stands on them: one was given, and one is not sent.
      expect(await scene.get(scene.grace, 'cash.showDay', {})).toMatchObject({
        receipts: 1,
        byKind: [
          { kind: 'loanRepayment', count: 1, amountMinor: 30_000 },
          { kind: 'savingsDeposit', count: 1, amountMinor: 20_000 },
        ],
        byStanding: [{ standing: 'savedHere', count: 1, amountMinor: 50_000 }],
        byCashier: [{ count: 1 }],
      });
      await scene.restoreLine();
      await scene.untilFinished();
      expect(await scene.receipt(line)).toMatchObject({ standing: 'confirmed', receipt: { hash } });
      expect(scene.standingThere(line)).toHaveLength(2);
      scene.expectAccounted();
    }));

  test('with weak markers finds each line by its own mark after a lost reply (I2)', () =>
    play({ markers: 'weak' }, async (scene) => {
      scene.pc.network.arm('replyLost', 2, 'money');
      const line = await take(scene);
      await scene.untilFinished();
      expect(
        scene
          .standingThere(line)
          .map(({ number }) => number)
          .sort(),
      ).toEqual([`${line.receipt.number}/1`, `${line.receipt.number}/2`]);
      scene.expectAccounted();
    }));

  test('of one line is a receipt like any other, word for word in the old form', () =>
    play({}, async (scene) => {
      const input = basketOf(scene);
      const line = await take(scene, { ...input, lines: input.lines.slice(1) });
      expect(line.receipt).toMatchObject({ kind: 'savingsDeposit', accountKind: 'savings', amountMinor: 20_000 });
      expect('lines' in line.receipt).toBe(false);
      await scene.untilFinished();
      expect(scene.standingThere(line)).toMatchObject([{ number: line.receipt.number }]);
    }));

  test('posted twice is one basket, and with another content none', () =>
    play({}, async (scene) => {
      const input = basketOf(scene);
      const first = await take(scene, input);
      const second = await take(scene, input);
      expect(second.receipt.hash).toBe(first.receipt.hash);
      const [repayment] = input.lines;
      const others = [
        input.lines.slice(0, 1),
        input.lines.toReversed(),
        input.lines.map((line) => ({ ...line, amountMinor: line.amountMinor + 1 })),
        repayment === undefined ? [] : [...input.lines, repayment],
      ];
      for (const lines of others)
        expect(await scene.refusal(scene.achieng, 'counter.takeBasket', { ...input, lines })).toBe('form.alreadyUsed');
      expect(count(scene.pc.database(), 'SELECT count(*) FROM journal_receipts')).toBe(1);
      await scene.untilFinished();
    }));

  test('is refused whole where one line may not be taken, and the line is named; nothing is recorded', () =>
    play({}, async (scene) => {
      await atTheCounter(scene.world, scene.achieng);
      const input = basketOf(scene);
      const [repayment, deposit] = input.lines;
      if (repayment === undefined || deposit === undefined) throw new Error('a basket has two lines');
      const refusedWith = async (more: Partial<typeof input>) => {
        const got = await scene.answer(scene.achieng, 'counter.takeBasket', { ...input, ...more });
        return got.kind === 'refused' ? [got.code, (got.facts as { line?: number } | null)?.line ?? null] : ['ok', null];
      };
      const stranger = Array.from({ length: 6 }, (_, number) => scene.savings(number)).find((each) => each.clientId !== input.clientId);
      const strangers = { kind: 'savingsDeposit' as const, savingsId: stranger?.localId ?? '', amountMinor: 100 };
      expect(await refusedWith({ lines: [repayment, strangers] })).toEqual(['basket.notTheirs', 2]);
      expect(await refusedWith({ lines: [deposit, repayment, deposit] })).toEqual(['basket.accountTwice', 3]);
      expect(await refusedWith({ lines: [deposit, { ...repayment, amountMinor: 900_000_000 }] })).toEqual([
        'repayment.exceedsOutstanding',
        2,
      ]);
      expect(await refusedWith({ paidWith: { paymentTypeId: 1, givenMinor: 49_999 } })).toEqual(['basket.givenTooLittle', null]);
      expect(count(scene.pc.database(), 'SELECT count(*) FROM journal_commands')).toBe(0);
      expect(await inDrawer(scene)).toBe(3_000_000);
    }));

  test('asks for the right of each kind of line', () =>
    play({}, async (scene) => {
      scene.control().takePermission('achieng', 'DEPOSIT_SAVINGSACCOUNT');
      await scene.cutLine();
      await scene.restoreLine();
      await atTheCounter(scene.world, scene.achieng);
      const input = basketOf(scene);
      expect(await scene.refusal(scene.achieng, 'counter.takeBasket', input)).toBe('session.notPermitted');
      const line = await take(scene, { ...input, lines: input.lines.slice(0, 1) });
      expect(line.receipt.kind).toBe('loanRepayment');
      await scene.untilFinished();
    }));
});

describe('a refused line', () => {
  /** Head office blocks the account while the branch has no line: the repayment goes through, the deposit is refused. */
  async function oneRefused(scene: Scene): Promise<ReceiptLine> {
    await scene.cutLine();
    const line = await take(scene);
    scene.control().actAs({ username: 'bungoma', kind: 'block', accountId: theirAccounts(scene).savings.serverId });
    await scene.restoreLine();
    return line;
  }

  test('has a case of its own that names it; its neighbour is confirmed (I9)', () =>
    play({}, async (scene) => {
      const { savings } = theirAccounts(scene);
      const line = await oneRefused(scene);
      const open = await scene.openCase();
      expect(open).toMatchObject({
        casesOfReceipt: 1,
        receiptId: line.receipt.receiptId,
        item: { accountNo: savings.accountNo, receiptNumber: line.receipt.number, line: { at: 2, of: 2 }, amountMinor: 20_000 },
      });
      expect(await scene.receipt(line)).toMatchObject({
        standing: 'needsYou',
        closedAs: null,
        postings: [{ standing: 'confirmed' }, { standing: 'needsYou' }],
      });
      // One paper, counted where the list of receipts says that it stands; each line's money stands where the line does.
      const { receipts, byStanding } = await scene.get(scene.grace, 'cash.showDay', {});
      expect(receipts).toBe(1);
      expect(new Map(byStanding.map(({ standing, count, amountMinor }) => [standing, [count, amountMinor]]))).toEqual(
        new Map([
          ['confirmed', [0, 30_000]],
          ['needsYou', [1, 20_000]],
        ]),
      );
      await scene.resolve(scene.grace, open, 'suspend');
      await scene.untilFinished();
      const { rows: carried } = await scene.get(scene.grace, 'exceptions.listSuspense', {});
      expect(carried).toMatchObject([{ accountNo: savings.accountNo, receiptNumber: line.receipt.number, amountMinor: -20_000 }]);
      expect((await scene.receipt(line)).postings).toMatchObject([{ closedAs: null }, { closedAs: 'suspended' }]);
      scene.expectAccounted();
    }));

  test('is given back on a paper of its own, for its own sum (I1, I7)', () =>
    play({}, async (scene) => {
      const line = await oneRefused(scene);
      const { receiptId } = await scene.resolve(scene.grace, await scene.openCase(), 'reverse');
      const paper = await scene.get(scene.grace, 'receipts.show', { receiptId: receiptId ?? '' });
      expect(paper.receipt).toMatchObject({ kind: 'moneyReturned', amountMinor: 20_000, note: `${line.receipt.number}/2` });
      expect(await inDrawer(scene)).toBe(3_030_000);
      const after = await scene.receipt(line);
      expect(after).toMatchObject({
        standing: 'confirmed',
        closedAs: null,
        postings: [{ closedAs: null }, { closedAs: 'reversed' }],
        receipt: { hash: line.receipt.hash, amountMinor: 50_000 },
      });
      scene.expectAccounted();
    }));

  test('goes back together with its refused neighbours on one paper, where all of them were refused', () =>
    play({}, async (scene) => {
      const { loan, savings } = theirAccounts(scene);
      await scene.cutLine();
      const line = await take(scene);
      scene.control().actAs({ username: 'bungoma', kind: 'block', accountId: savings.serverId });
      scene.control().deleteAccount('loan', loan.serverId);
      await scene.restoreLine();
      const [first, ...rest] = await scene.openCases();
      expect(first).toMatchObject({ casesOfReceipt: 2 });
      expect(rest).toHaveLength(1);
      const { receiptId } = await scene.get(scene.grace, 'exceptions.resolve', {
        exceptionId: first?.exceptionId ?? '',
        resolution: 'reverse',
        reason: 'the client takes it home',
        whole: true,
      });
      expect(await scene.openCases()).toEqual([]);
      const paper = await scene.get(scene.grace, 'receipts.show', { receiptId: receiptId ?? '' });
      expect(paper.receipt).toMatchObject({ kind: 'moneyReturned', amountMinor: 50_000, note: line.receipt.number });
      expect(paper.receipt.lines).toMatchObject([{ amountMinor: 30_000 }, { amountMinor: 20_000 }]);
      expect(await inDrawer(scene)).toBe(3_000_000);
      expect(await scene.receipt(line)).toMatchObject({ closedAs: 'reversed', receipt: { hash: line.receipt.hash } });
      // One number for the paper, and none left out.
      const { given } = row<{ given: number }>(scene.pc.database(), 'SELECT max(sequence) AS given FROM journal_receipts') ?? { given: 0 };
      expect(given).toBe(2);
      scene.expectAccounted();
    }));
});

test('a copy of a basket is printed whole and counted once', () =>
  play({}, async (scene) => {
    const line = await take(scene);
    await scene.get(scene.achieng, 'receipts.markPrinted', { receiptId: line.receipt.receiptId });
    const copy = await scene.get(scene.achieng, 'receipts.markPrinted', { receiptId: line.receipt.receiptId });
    expect(copy).toMatchObject({ copies: 1, receipt: { hash: line.receipt.hash } });
    const listed = await scene.get(scene.achieng, 'receipts.list', {});
    expect(listed).toMatchObject({ total: 1, lines: [{ receipt: { kind: 'basket', amountMinor: 50_000 } }] });
    await scene.untilFinished();
  }));
