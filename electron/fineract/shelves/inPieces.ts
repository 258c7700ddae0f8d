// An account that is too large for one answer, in pieces, and its sums once more at the end, because what moved in between would make a whole
// of two halves. Of savings the account comes with its charges and then its transactions page by page. Head office lists a loan's transactions in
// no pages: they come in an answer of their own, without the schedule and everything else that hangs on a loan.

import type { Answer, Credential } from '../../ports/headOffice.ts';
import { nonsense } from '../classifyTrouble.ts';
import { decoding, failed } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, needed } from '../members.ts';
import type { JsonObject } from '../readBody.ts';

const PIECE = 500;
/** A list without an end is no account. */
const PIECES_MOST = 2_000;

export async function readInPieces(line: Line, serverId: number, credential: Credential): Promise<Answer<JsonObject>> {
  const account = await readAccount(line, `savingsaccounts/${serverId}`, 'charges', credential);
  if (!account.ok) return account;
  const transactions = new Map<number, unknown>();
  for (let piece = 0; ; piece += 1) {
    // This list is asked by the number of the page, where others are asked by the number of rows.
    const url = `/savingsaccounts/${serverId}/transactions/search?offset=${piece}&limit=${PIECE}&orderBy=id&sortOrder=ASC`;
    const answer = await line.ask({ method: 'GET', url }, credential);
    if (!answer.ok) return answer;
    const page = decoding(() => {
      const list = new Members(answer.value, `savingsaccounts ${serverId}`);
      const rows = needed(Array.isArray(list.raw['content']) ? list.children('content') : null, list, 'content');
      return {
        rows: rows.map((row) => ({ id: needed(row.id('id'), row, 'id'), raw: row.raw })),
        total: needed(list.integer('total'), list, 'total'),
      };
    });
    if (!page.ok) return page;
    for (const { id, raw } of page.value.rows) transactions.set(id, raw);
    if (page.value.rows.length === PIECE && piece < PIECES_MOST) continue;
    if (transactions.size !== page.value.total) return failed(nonsense(`savingsaccounts ${serverId}: transactions in pieces`));
    break;
  }
  const after = await readAccount(line, `savingsaccounts/${serverId}`, 'charges', credential);
  if (!after.ok) return after;
  if (!isSameStanding(account.value, after.value)) return failed(nonsense(`savingsaccounts ${serverId}: moved while it was read`));
  return { ok: true, value: { ...account.value, transactions: [...transactions.values()] } };
}

export async function readLoanInPieces(line: Line, serverId: number, credential: Credential): Promise<Answer<JsonObject>> {
  const loan = await readAccount(line, `loans/${serverId}`, 'repaymentSchedule', credential);
  if (!loan.ok) return loan;
  const lines = await readAccount(line, `loans/${serverId}`, 'transactions', credential);
  if (!lines.ok) return lines;
  if (!isSameStanding(loan.value, lines.value)) return failed(nonsense(`loans ${serverId}: moved while it was read`));
  return { ok: true, value: { ...loan.value, transactions: lines.value['transactions'] } };
}

function isSameStanding(one: JsonObject, other: JsonObject): boolean {
  return ['status', 'summary'].every((member) => JSON.stringify(one[member]) === JSON.stringify(other[member]));
}

async function readAccount(line: Line, path: string, associations: string, credential: Credential): Promise<Answer<JsonObject>> {
  const answer = await line.ask({ method: 'GET', url: `/${path}?associations=${associations}` }, credential);
  if (!answer.ok) return answer;
  return Array.isArray(answer.value) ? failed(nonsense(`${path}: not an object`)) : { ok: true, value: answer.value as JsonObject };
}
