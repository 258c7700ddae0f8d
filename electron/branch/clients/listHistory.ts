// A client's history over all accounts, newest first, page by page.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import type { BranchParts } from '../parts.ts';
import { accountHistory, newestFirst } from './history.ts';

type Method = BranchContract['clients']['listHistory'];

export function listHistory(parts: BranchParts, input: ParsedInputOf<Method>): AnswerOf<Method> {
  return parts.store.read((read) => {
    if (read.client(input.clientId) === null) return refuse({ code: 'client.unknown' });
    const lines = [
      ...read.loansOf(input.clientId).flatMap((loan) => accountHistory(read, 'loan', loan.loanId)),
      ...read.savingsOf(input.clientId).flatMap((account) => accountHistory(read, 'savings', account.savingsId)),
    ]
      .filter((line) => input.accountId === undefined || line.accountId === input.accountId)
      .sort(newestFirst);
    return ok({ lines: lines.slice(input.offset, input.offset + input.most), total: lines.length });
  });
}
