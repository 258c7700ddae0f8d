// What paying off a loan takes on one day, by head office's own reckoning (contract 6.8, `prepayLoan`).

import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import type { Answer, Credential } from '../../ports/headOffice.ts';
import { DATE_FORMAT } from '../dates.ts';
import { decoding, query } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, needed, Unreadable } from '../members.ts';
import { decodeCurrency } from './currency.ts';

export async function readPayOff(
  line: Line,
  loanServerId: number,
  onDate: BusinessDate,
  credential: Credential,
): Promise<Answer<{ readonly payOffMinor: number }>> {
  const url = query(`/loans/${loanServerId}/transactions/template`, { command: 'prepayLoan', transactionDate: onDate, ...DATE_FORMAT });
  const answer = await line.ask({ method: 'GET', url }, credential);
  if (!answer.ok) return answer;
  return decoding(() => {
    const quote = new Members(answer.value, `pay-off of loan ${loanServerId}`);
    if (quote.date('date') !== onDate) throw new Unreadable(`${quote.where}: date`);
    const payOffMinor = needed(quote.optionalAmount('amount', decodeCurrency(quote).decimals), quote, 'amount');
    if (payOffMinor < 0) throw new Unreadable(`${quote.where}: amount`);
    return { payOffMinor };
  });
}
