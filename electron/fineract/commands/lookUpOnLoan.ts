// A transaction of ours on a loan, found by its external id, which survives a replay of the loan where the server id does not (contract 4.3).

import type { Credential } from '../../ports/headOffice.ts';
import { isGone } from '../line.ts';
import type { Json, Line } from '../line.ts';
import { Members } from '../members.ts';
import { judge, lookUpFailed, readTransactions } from './lookUp.ts';
import type { Expected, Found } from './lookUp.ts';

/** `isMarkedOtherwise`: by what else it may be ours, where a head office keeps no external id of its kind. */
export async function lookUpOnLoan(
  line: Line,
  loanServerId: number,
  mark: string,
  expected: Expected,
  credential: Credential,
  isMarkedOtherwise: (row: Members) => boolean = () => false,
): Promise<Found> {
  const loan = `/loans/${loanServerId}`;
  const direct = await line.ask({ method: 'GET', url: `${loan}/transactions/external-id/${mark}` }, credential);
  if (direct.ok) return judgeMarked(direct.value, mark, expected);
  if (!isGone(direct.trouble)) return lookUpFailed(direct.trouble);

  // Head office says it knows no such external id; its list of the loan must agree before anything is sent again.
  const whole = await line.ask({ method: 'GET', url: `${loan}?associations=transactions` }, credential);
  if (!whole.ok) return lookUpFailed(whole.trouble);
  const account = readTransactions(whole.value, loanServerId);
  if (!account.ok) return lookUpFailed(account.trouble);
  return judge(
    account.value.filter((each) => each.text('externalId') === mark || isMarkedOtherwise(each)),
    expected,
  );
}

function judgeMarked(value: Json, mark: string, expected: Expected): Found {
  if (Array.isArray(value)) return lookUpFailed(null);
  const transaction = new Members(value, 'loan transaction');
  const externalId = transaction.text('externalId');
  if (transaction.id('id') === null || (externalId !== null && externalId !== mark)) return lookUpFailed(null);
  return judge([transaction], expected);
}
