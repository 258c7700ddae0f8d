// A paper that somebody undoes before head office was told: the money goes back on a paper of its own, and nothing of it is ever sent. What has
// left the branch is undone at head office.

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { auditBooks } from '../../electron/store/auditBooks.ts';
import type { ReceiptLine } from '../../shared/contract/shapes.ts';
import { receiptHash } from '../../shared/domain/journal/entryWords.ts';
import { wordsToSign } from '../../shared/domain/receipts/receiptCode.ts';
import type { Receipt } from '../../shared/domain/records.ts';
import { canonicalJson } from '../../shared/kernel/canonicalJson.ts';
import { readerOf } from '../simulation/checkers/viewChecker.ts';
import { row } from '../simulation/checkers/rows.ts';
import { SIGNER } from '../world/branchPc.ts';
import { forge } from '../world/forged.ts';
import { readProof } from '../world/readProof.ts';
import { atTheCounter, asPaper } from '../world/people.ts';
import { play, type Scene } from './scene.ts';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

async function basket(scene: Scene): Promise<ReceiptLine> {
  const loan = [0, 1, 2, 3, 4, 5]
    .map((number) => scene.loan(number))
    .find(({ clientId }) =>
      readerOf(scene.pc.database())
        .savingsOf(clientId)
        .some((each) => each.status === 'active'),
    );
  const savings = readerOf(scene.pc.database())
    .savingsOf(loan?.clientId ?? '')
    .find((each) => each.status === 'active');
  const input = {
    formId: scene.newForm(),
    clientId: loan?.clientId ?? '',
    lines: [
      { kind: 'loanRepayment' as const, loanId: loan?.localId ?? '', amountMinor: 30_000 },
      { kind: 'savingsDeposit' as const, savingsId: savings?.savingsId ?? '', amountMinor: 20_000 },
    ],
    paidWith: { paymentTypeId: 1 },
    note: '',
  };
  await atTheCounter(scene.world, scene.achieng);
  const line = await scene.get(scene.achieng, 'counter.takeBasket', input);
  scene.world.paper.push(asPaper(scene.pc, input, line));
  return line;
}

const undo = (line: ReceiptLine, more: { readonly line?: number } = {}) => ({
  receiptId: line.receipt.receiptId,
  reason: 'typed for the wrong account',
  ...more,
});

function proves({ receipt }: ReceiptLine): boolean {
  const { hash, proof = '', ...rest } = receipt;
  const said = createHash('sha256').update(canonicalJson(rest)).digest('hex');
  return said === hash && readProof(proof).members.includes(hash.slice(0, 16).toUpperCase());
}

const expectedIn = async (scene: Scene): Promise<number> =>
  (await scene.get(scene.grace, 'cash.showDay', {})).drawers.find((drawer) => drawer.openedBy === 'Achieng Odhiambo')?.expectedMinor ?? 0;

describe('undone before it was sent', () => {
  test('leaves books that the walk over the whole record calls whole: the paper of the void is known by its entry (I13)', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const line = await basket(scene);
      await scene.get(scene.grace, 'receipts.void', undo(line, { line: 2 }));
      expect(auditBooks(scene.pc.database(), null).finding).toBeNull();
      await scene.restoreLine();
      await scene.untilFinished();
      expect(auditBooks(scene.pc.database(), null).finding).toBeNull();
    }));

  test('cannot have its paper written anew: it has no command, and the entry of the void knows its hash (I8, I13)', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const paper = await scene.get(scene.grace, 'receipts.void', undo(await basket(scene), { line: 2 }));
      const database = scene.pc.database();
      const write = (receipt: Receipt): void => {
        const row = database.prepare('UPDATE journal_receipts SET body = ? WHERE number = ?');
        forge(database, () => row.run(JSON.stringify(receipt), receipt.number));
      };
      const another: Receipt = { ...paper.receipt, servedBy: 'Daniel Wekesa' };
      const where = paper.receipt.number;
      write(another);
      expect(auditBooks(database, null).finding).toEqual({ what: 'receipt', where });
      // Under a hash of its own, beside the signature of before, also with its words put right there.
      const rehashed: Receipt = { ...another, hash: receiptHash(another, sha256) };
      const words = wordsToSign(rehashed) ?? '';
      for (const forged of [rehashed, { ...rehashed, proof: `${words}:${paper.receipt.proof?.split(':').at(-1) ?? ''}` }]) {
        write(forged);
        expect(auditBooks(database, null).finding).toEqual({ what: 'proof', where });
      }
      // Signed anew by somebody who has the key of this PC: nothing but the entry tells that.
      write({ ...rehashed, proof: `${words}:${SIGNER.sign(words)}` });
      expect(auditBooks(database, null).finding).toEqual({ what: 'receipt', where });
      write(paper.receipt);
      expect(auditBooks(database, null).finding).toBeNull();
    }));

  test('one line of two: its money goes back on a paper that names the line, the other goes on (I1, I7, I8)', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const line = await basket(scene);
      const savings = line.receipt.lines?.[1];
      const before = await scene.get(scene.achieng, 'savings.show', { savingsId: savings?.accountId ?? '' });
      const paper = await scene.get(scene.grace, 'receipts.void', undo(line, { line: 2 }));
      expect(paper.receipt).toMatchObject({ kind: 'moneyReturned', amountMinor: 20_000, note: `${line.receipt.number}/2` });
      expect(proves(paper)).toBe(true);
      const after = await scene.receipt(line);
      expect(after).toMatchObject({
        standing: 'savedHere',
        closedAs: null,
        postings: [
          { standing: 'savedHere', closedAs: null },
          { standing: 'confirmed', closedAs: 'reversed' },
        ],
        receipt: { hash: line.receipt.hash, amountMinor: 50_000 },
      });
      expect(proves(after)).toBe(true);
      expect(await expectedIn(scene)).toBe(3_030_000);
      const shown = await scene.get(scene.achieng, 'savings.show', { savingsId: savings?.accountId ?? '' });
      expect(shown.savings.ledgerMinor).toBe(before.savings.ledgerMinor - 20_000);
      expect(await scene.refusal(scene.grace, 'receipts.void', undo(line, { line: 2 }))).toBe('receipt.nothingToUndo');
      expect(await scene.refusal(scene.grace, 'receipts.void', undo(line, { line: 3 }))).toBe('receipt.noSuchLine');
      await scene.restoreLine();
      await scene.untilFinished();
      expect(scene.standingThere(line)).toHaveLength(1);
      expect(await scene.openCases()).toEqual([]);
      scene.expectAccounted();
    }));

  test('the whole, what is left of it: both papers stand, the drawer is as before, and nothing is sent', () =>
    play({}, async (scene) => {
      await scene.cutLine();
      const line = await basket(scene);
      const paper = await scene.get(scene.grace, 'receipts.void', undo(line));
      expect(paper.receipt).toMatchObject({ kind: 'moneyReturned', amountMinor: 50_000, note: line.receipt.number });
      expect(paper.receipt.lines).toMatchObject([{ amountMinor: 30_000 }, { amountMinor: 20_000 }]);
      expect(await expectedIn(scene)).toBe(3_000_000);
      expect(await scene.receipt(line)).toMatchObject({ standing: 'confirmed', closedAs: 'reversed' });
      await scene.restoreLine();
      await scene.untilFinished();
      expect(scene.standingThere(line)).toHaveLength(0);
      expect(row(scene.pc.database(), 'SELECT max(sequence) AS given, count(*) AS papers FROM journal_receipts')).toEqual({
        given: 2,
        papers: 2,
      });
      scene.expectAccounted();
    }));

  test('a withdrawal: the client brings it back, and the account has it again', () =>
    play({}, async (scene) => {
      const account = scene.savingsWithFee();
      const before = await scene.view(account);
      await scene.cutLine();
      const line = await scene.withdraw(scene.achieng, account, 20_000);
      const paper = await scene.get(scene.grace, 'receipts.void', undo(line));
      expect(paper.receipt).toMatchObject({ kind: 'withdrawalReturned', amountMinor: 20_000, note: line.receipt.number });
      expect(await scene.view(account)).toMatchObject({ ledgerMinor: before.ledgerMinor, availableMinor: before.availableMinor });
      await scene.restoreLine();
      await scene.untilFinished();
      expect(scene.balanceThere(account)).toBe(before.ledgerMinor);
      scene.expectAccounted();
    }));

  test('never by its maker, never what left the branch, never a deposit that was drawn on, never a paper that only undoes', () =>
    play({}, async (scene) => {
      const account = scene.savings();
      const sent = await scene.deposit(scene.achieng, account, 10_000);
      await scene.untilFinished();
      expect(await scene.refusal(scene.grace, 'receipts.void', undo(sent))).toBe('receipt.atHeadOffice');
      await scene.cutLine();
      const waiting = await scene.deposit(scene.achieng, account, 10_000);
      expect(await scene.refusal(scene.achieng, 'receipts.void', undo(waiting))).toBe('session.notPermitted');
      const own = await scene.deposit(scene.grace, account, 10_000);
      expect(await scene.refusal(scene.grace, 'receipts.void', undo(own))).toBe('receipt.makerCannotVoid');
      const paper = await scene.get(scene.grace, 'receipts.void', undo(waiting));
      expect(await scene.refusal(scene.grace, 'receipts.void', undo(paper))).toBe('receipt.nothingToUndo');
      const { availableMinor } = await scene.view(account);
      const large = await scene.deposit(scene.achieng, account, 5_000);
      await scene
        .withdraw(scene.achieng, account, availableMinor + 1, { approval: { username: 'grace', password: 'practice' } })
        .catch(() => null);
      const left = (await scene.view(account)).availableMinor;
      if (left < 5_000) expect(await scene.refusal(scene.grace, 'receipts.void', undo(large))).toBe('receipt.spentSince');
      await scene.restoreLine();
      await scene.untilFinished();
      scene.expectAccounted();
    }));
});
