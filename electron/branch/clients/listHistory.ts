// The history of a client over all accounts, or of a group's own, newest first, page by page.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { HistoryLine } from '../../../shared/contract/shapes.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import type { AccountKind, ReadStore } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';
import { accountHistory, newestFirst } from './history.ts';

type OfClient = BranchContract['clients']['listHistory'];
type OfGroup = BranchContract['groups']['listHistory'];

export function listHistory(parts: BranchParts, input: ParsedInputOf<OfClient>): AnswerOf<OfClient> {
  return parts.store.read((read) => {
    // An old id leads to whom it was made one with.
    const client = read.client(input.clientId);
    if (client === null) return refuse({ code: 'client.unknown' });
    const accounts = [...loansOf(read.loansOf(client.clientId)), ...savingsOf(read.savingsOf(client.clientId))];
    const wanted = accounts.filter(([, accountId]) => input.accountId === undefined || input.accountId === accountId);
    return ok(pageOf(read, wanted, input));
  });
}

export function listGroupHistory(parts: BranchParts, input: ParsedInputOf<OfGroup>): AnswerOf<OfGroup> {
  return parts.store.read((read) => {
    if (read.group(input.groupId) === null) return refuse({ code: 'group.unknown' });
    const accounts = [...loansOf(read.loansOfGroup(input.groupId)), ...savingsOf(read.savingsOfGroup(input.groupId))];
    return ok(pageOf(read, accounts, input));
  });
}

type Account = readonly [AccountKind, LocalId];

function loansOf(loans: readonly { readonly loanId: LocalId }[]): readonly Account[] {
  return loans.map(({ loanId }) => ['loan', loanId]);
}

function savingsOf(accounts: readonly { readonly savingsId: LocalId }[]): readonly Account[] {
  return accounts.map(({ savingsId }) => ['savings', savingsId]);
}

/** Of each account no more is read than the page could show. */
function pageOf(
  read: ReadStore,
  accounts: readonly Account[],
  { offset, most }: { readonly offset: number; readonly most: number },
): { readonly lines: HistoryLine[]; readonly total: number } {
  const end = offset + most;
  const histories = accounts.map(([kind, accountId]) => accountHistory(read, kind, accountId, end));
  const lines = histories.flatMap((history) => history.lines).sort(newestFirst);
  return { lines: lines.slice(offset, end), total: histories.reduce((sum, { total }) => sum + total, 0) };
}
