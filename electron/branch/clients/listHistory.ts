// A client's history over all accounts, newest first, page by page.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import type { BranchParts } from '../parts.ts';
import { accountHistory, newestFirst } from './history.ts';

type Method = BranchContract['clients']['listHistory'];

export function listHistory(parts: BranchParts, input: ParsedInputOf<Method>): AnswerOf<Method> {
  return parts.store.read((read) => {
    if (read.client(input.clientId) === null) return refuse({ code: 'client.unknown' });
    const end = input.offset + input.most;
    const isWanted = (accountId: LocalId): boolean => input.accountId === undefined || input.accountId === accountId;
    const histories = [
      ...read.loansOf(input.clientId).flatMap(({ loanId }) => (isWanted(loanId) ? [accountHistory(read, 'loan', loanId, end)] : [])),
      ...read
        .savingsOf(input.clientId)
        .flatMap(({ savingsId }) => (isWanted(savingsId) ? [accountHistory(read, 'savings', savingsId, end)] : [])),
    ];
    const lines = histories.flatMap((history) => history.lines).sort(newestFirst);
    return ok({ lines: lines.slice(input.offset, end), total: histories.reduce((sum, { total }) => sum + total, 0) });
  });
}
