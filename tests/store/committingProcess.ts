// Run as a process of its own by transactions.test.ts: commits an entry with its command again and again, and says each number only
// after its commit has returned. It never ends by itself.

import { openStore } from '../../electron/store/openStore.ts';
import { uuidV7 } from '../../shared/kernel/uuidV7.ts';

const [file = ''] = process.argv.slice(2);
const store = openStore({ file, key: new Uint8Array(32).fill(7), now: () => 0, ownerName: 'child' });

for (let number = store.read((read) => read.countEntries()) + 1; ; number += 1) {
  const id = uuidV7(number, new Uint8Array(10));
  store.write((write) => {
    write.insertEntry({
      entry: number,
      what: 'x',
      by: 'x',
      businessDate: '2026-11-18',
      at: number,
      body: 'x'.repeat(500),
      previousHash: `${number - 1}`,
      hash: `${number}`,
    });
    write.insertCommand({
      commandId: id,
      sequence: number,
      kind: 'loanRepayment',
      payloadVersion: 1,
      payload: {
        kind: 'loanRepayment',
        loanId: id,
        transactionDate: '2026-11-18',
        amountMinor: 1,
        decimals: 2,
        payment: { paymentTypeId: 1 },
        receiptNumber: '',
        note: '',
        markers: 'weak',
      },
      subject: `loan:${id}`,
      replaces: null,
      hold: null,
      recordedBy: 'x',
      businessDate: '2026-11-18',
      recordedAt: number,
      clockDoubt: false,
      receiptId: null,
      formId: null,
      pageId: null,
      state: 'queued',
      submission: 1,
      idempotencyKey: id,
      attempts: 0,
      nextAttemptAt: null,
      sentAt: null,
      sentAs: 'x',
      postSingly: false,
      lastOutcome: null,
      serverResourceId: null,
      anew: null,
    });
  });
  process.stdout.write(`${number}\n`);
}
