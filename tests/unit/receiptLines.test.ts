// A receipt's postings and the marks by which head office knows them; and that a receipt of before proves as it always did.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { markOf, numberInMark, placedPostings, postingOfMark, postingsOf } from '../../shared/domain/receipts/lines.ts';
import { isReceiptNumber, readReceiptNumber } from '../../shared/domain/receipts/receiptNumber.ts';
import type { Receipt, ReceiptPosting } from '../../shared/domain/records.ts';
import { canonicalJson, type Json } from '../../shared/kernel/canonicalJson.ts';

const NUMBER = 'KTL-02-261120-0037-Y';

/** Word for word as a program without lines wrote it, with the hash that it printed. */
const OF_BEFORE = `{"receiptId":"01939f00-0000-7000-8000-000000000001","number":"${NUMBER}","kind":"savingsDeposit","commandId":"01939f00-0000-7000-8000-000000000002","institution":"Kitale Savings","officeName":"Kitale","practice":false,"businessDate":"2026-11-20","recordedAt":1795161600000,"zone":"Africa/Nairobi","clockDoubt":false,"clientId":null,"clientName":"Mary Nekesa","clientAccountNo":"000000214","accountKind":"savings","accountId":"01939f00-0000-7000-8000-000000000003","accountNo":"000000502","productName":"Ordinary savings","currency":{"code":"KES","decimals":2},"amountMinor":50000,"paymentTypeName":"Cash","cash":true,"givenMinor":null,"changeMinor":null,"allocation":null,"parts":null,"fee":null,"balanceAfterMinor":1248000,"nextDueDate":null,"nextDueMinor":null,"balancesAsOf":1795160000000,"note":"","servedBy":"Achieng Odhiambo","agreedBy":null,"deviceCode":"02","previousHash":"${'0'.repeat(64)}","hash":"31e528b9e8e21a478ff9830d6cee47395969bcaf291d4d575eb6a965d7e7d8c8"}`;

function receiptOfBefore(): Receipt {
  return JSON.parse(OF_BEFORE) as Receipt;
}

function line(accountNo: string, amountMinor: number): ReceiptPosting {
  const [posting] = postingsOf(receiptOfBefore());
  return { ...posting!, accountNo, amountMinor };
}

test('a receipt of before is one posting under its plain number, and its hash still proves', () => {
  const receipt = receiptOfBefore();
  const { hash, ...rest } = receipt;
  expect(
    createHash('sha256')
      .update(canonicalJson(rest as unknown as Json))
      .digest('hex'),
  ).toBe(hash);
  expect(placedPostings(receipt)).toMatchObject([{ mark: NUMBER, line: null, posting: { accountNo: '000000502', amountMinor: 50_000 } }]);
});

test('each line of a receipt has its own mark, and the mark leads back to it', () => {
  const { accountKind: _kind, accountId: _id, ...of } = receiptOfBefore();
  const receipt: Receipt = {
    ...of,
    kind: 'basket',
    accountKind: null,
    accountId: null,
    amountMinor: 300,
    lines: [line('1', 100), line('2', 200)],
  };
  expect(placedPostings(receipt).map(({ mark, line: place }) => [mark, place])).toEqual([
    [`${NUMBER}/1`, { at: 1, of: 2 }],
    [`${NUMBER}/2`, { at: 2, of: 2 }],
  ]);
  expect(postingOfMark(receipt, `${NUMBER}/2`)?.posting.accountNo).toBe('2');
  expect(postingOfMark(receipt, NUMBER)).toBeNull();
  expect(postingOfMark(receipt, `${NUMBER}/3`)).toBeNull();
});

test('a mark is read as the number that it was made of', () => {
  expect(numberInMark(markOf(NUMBER, 12))).toBe(NUMBER);
  expect(numberInMark(NUMBER)).toBe(NUMBER);
  expect(readReceiptNumber(`${NUMBER}/2`)).toEqual(readReceiptNumber(NUMBER));
  expect(readReceiptNumber(NUMBER)).toMatchObject({ businessDate: '2026-11-20', sequence: 37 });
  expect(['/', '/x', '/1/2', '/ 1'].filter((end) => isReceiptNumber(NUMBER + end))).toEqual([]);
});
