// Who entered one transaction, how it was paid and when (contract 6.8, 6.9): head office names the user on savings, and nobody on a loan.

import type { Answer, Credential, TransactionThere } from '../../ports/headOffice.ts';
import { decoding } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, Unreadable } from '../members.ts';

const PATH = { loan: 'loans', savings: 'savingsaccounts' } as const;

export async function readTransaction(
  line: Line,
  account: 'loan' | 'savings',
  accountServerId: number,
  serverTransactionId: number,
  credential: Credential,
): Promise<Answer<TransactionThere>> {
  const url = `/${PATH[account]}/${accountServerId}/transactions/${serverTransactionId}`;
  const answer = await line.ask({ method: 'GET', url }, credential);
  if (!answer.ok) return answer;
  return decoding(() => {
    const row = new Members(answer.value, `transaction ${serverTransactionId} of ${account} ${accountServerId}`);
    if (row.id('id') !== serverTransactionId) throw new Unreadable(`${row.where}: id`);
    return {
      serverTransactionId,
      by: row.text('submittedByUsername'),
      how: row.child('paymentDetailData')?.child('paymentType')?.text('name') ?? null,
      enteredOn: row.date('submittedOnDate'),
    };
  });
}
