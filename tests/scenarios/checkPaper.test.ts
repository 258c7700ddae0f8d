// A paper that somebody brings: what its code is worth, asked of the PC that gave it, of another one, after an update, and after the money went back.
import { expect, test } from 'vitest';
import { auditBooks } from '../../electron/store/auditBooks.ts';
import { readReceiptNumber, receiptNumberOf } from '../../shared/domain/receipts/receiptNumber.ts';
import { SIGNER } from '../world/branchPc.ts';
import { signIn, type Person } from '../world/people.ts';
import { play, type Scene } from './scene.ts';

const check = (scene: Scene, code: string, person = scene.achieng) => scene.get(person, 'receipts.check', { code });

/** One letter in the middle of the signature another. */
function forged(proof: string): string {
  const at = proof.length - 50;
  return proof.slice(0, at) + (proof.charAt(at) === 'A' ? 'B' : 'A') + proof.slice(at + 1);
}

test('is real with no line, changed by any letter, and void once its money went back; the first paper’s code stays', () =>
  play({}, async (scene) => {
    await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 500_000 });
    await scene.cutLine();
    const line = await scene.deposit(scene.achieng, scene.savings(0), 120_000);
    const { proof = '', number, receiptId, hash } = line.receipt;
    expect(await check(scene, proof)).toMatchObject({
      verdict: 'real',
      told: { number, amountMinor: 120_000, kind: 'savingsDeposit' },
      line: { receipt: { receiptId } },
    });
    expect(await check(scene, forged(proof))).toMatchObject({ verdict: 'changed', line: { receipt: { receiptId } } });
    expect(await check(scene, proof.replace(':120000:', ':1200000:'))).toMatchObject({
      verdict: 'changed',
      told: { amountMinor: 1_200_000 },
    });
    expect(await check(scene, proof.slice(0, -7))).toMatchObject({ verdict: 'broken', told: null, line: null });
    expect(await check(scene, proof.replace('TAWI:1:', 'TAWI:2:'))).toMatchObject({ verdict: 'newer' });
    expect(await check(scene, 'x'.repeat(2_000))).toMatchObject({ verdict: 'notOurs', told: null, line: null });
    // Typed by hand: what the books say, and no more. With the old kind of code no paper of this receipt was ever printed.
    expect(await check(scene, number.toLowerCase())).toMatchObject({ verdict: 'unsigned', line: { receipt: { receiptId } } });
    expect(await check(scene, `TAWI:${number}:${hash.slice(0, 16)}`)).toMatchObject({ verdict: 'changed' });
    const paper = await scene.get(scene.grace, 'receipts.void', { receiptId, reason: 'typed for the wrong account' });
    expect(await check(scene, proof)).toMatchObject({ verdict: 'voided', line: { closedAs: 'reversed', receipt: { proof } } });
    expect(await check(scene, paper.receipt.proof ?? '')).toMatchObject({ verdict: 'real', told: { kind: 'moneyReturned' } });
    // The next paper says the head of the chain as it stood then, and the page of the day finds it.
    expect((await scene.get(scene.achieng, 'cash.checkHead', { head: paper.receipt.journalHead ?? '' })).found).not.toBeNull();
    expect(auditBooks(scene.pc.database(), null).finding).toBeNull();
  }));

test('of another PC is unknown here; of this very PC and not in its books it is missing; under another receipt’s number it is another one', () =>
  play({ pcs: 2 }, async (scene) => {
    await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 500_000 });
    const line = await scene.deposit(scene.achieng, scene.savings(0), 120_000);
    const second = await scene.deposit(scene.achieng, scene.savings(1), 50_000);
    const [, other] = scene.world.pcs;
    if (other === undefined) throw new Error('two PCs stand there');
    const there = { pc: other, username: 'grace' };
    await signIn(scene.world, there);
    expect(await check(scene, line.receipt.proof ?? '', there)).toMatchObject({ verdict: 'unknownDevice', line: null });
    const { keys } = await scene.get(scene.achieng, 'receipts.listKeys', {});
    expect(keys).toMatchObject([{ deviceCode: '01', mine: true, broughtBy: null }]);
    // Somebody with the right brings the key there, as the first PC saved it.
    const saved = { practice: false, keys: keys.map(({ officeCode, deviceCode, publicKey }) => ({ officeCode, deviceCode, publicKey })) };
    const refused = async (person: Person, input: typeof saved, code: string) =>
      expect(await scene.refusal(person, 'receipts.bringKeys', input)).toBe(code);
    const cashier = { pc: other, username: 'achieng' };
    await signIn(scene.world, cashier);
    await refused(cashier, saved, 'session.notPermitted');
    await refused(there, { ...saved, practice: true }, 'signatureKey.practice');
    await refused(there, { ...saved, keys: saved.keys.map((key) => ({ ...key, publicKey: `${'A'.repeat(51)}B` })) }, 'signatureKey.none');
    const theirs = saved.keys.map((key) => ({ ...key, deviceCode: '02', publicKey: 'B'.repeat(51) + 'A' }));
    await refused(there, { ...saved, keys: theirs }, 'signatureKey.ofThisPc');
    expect(await scene.get(there, 'receipts.bringKeys', saved)).toEqual({ brought: 1 });
    expect(await scene.get(there, 'receipts.bringKeys', saved)).toEqual({ brought: 0 });
    expect(await check(scene, line.receipt.proof ?? '', there)).toMatchObject({ verdict: 'real', line: null });
    expect(await check(scene, forged(line.receipt.proof ?? ''), there)).toMatchObject({ verdict: 'changed' });
    expect((await scene.get(there, 'receipts.listKeys', {})).keys).toMatchObject([
      { deviceCode: '02', mine: true, broughtBy: null },
      { deviceCode: '01', broughtBy: expect.stringContaining('Grace') as string },
    ]);
    expect(auditBooks(other.database(), null).finding).toBeNull();
    // What a restored copy does not have, and what it gave its number to: signed by a key of these books, all the same.
    const { number, proof = '', hash } = second.receipt;
    const words = proof.slice(0, proof.lastIndexOf(':'));
    const { officeCode, deviceCode, businessDate } = readReceiptNumber(number)!;
    const missing = words.replace(number, receiptNumberOf(officeCode, deviceCode, businessDate, 900));
    expect(await check(scene, `${missing}:${SIGNER.sign(missing)}`)).toMatchObject({ verdict: 'missingHere', line: null });
    const another = words.replace(hash.slice(0, 16).toUpperCase(), '0123456789ABCDEF');
    expect(await check(scene, `${another}:${SIGNER.sign(another)}`)).toMatchObject({ verdict: 'otherHere' });
  }));
