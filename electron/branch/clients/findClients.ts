// The one search box: names in any order and misspelt, numbers, phones, receipts and groups.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { Found } from '../../../shared/contract/clients.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { receiptLine } from '../counter/receiptLine.ts';
import type { ReadStore } from '../../ports/store.ts';
import type { GroupRecord } from '../../ports/store/groups.ts';
import type { BranchParts } from '../parts.ts';
import { payoutMoment } from '../savings/payoutMoment.ts';
import { clientRow } from './clientRow.ts';

type Method = BranchContract['clients']['find'];
const RECEIPTS_MOST = 3;
const GROUPS_MOST = 3;

export function findClients(parts: BranchParts, input: ParsedInputOf<Method>): AnswerOf<Method> {
  const text = input.text.trim();
  if (text === '') return ok({ found: [], more: false });
  return parts.store.read((read) => {
    const businessDate = currentBusinessDate(read, parts.clock);
    const moment = payoutMoment(read, parts);
    const clients = read.findClients(text, input.most + 1);
    const found: Found[] = clients.slice(0, input.most).map(({ client, how }) => ({
      kind: 'client',
      client: clientRow(read, client, businessDate, moment),
      matches: read.matchesIn(client.displayName, text),
      how,
    }));
    const groupRow = (group: GroupRecord): Found => ({
      kind: 'group',
      groupId: group.groupId,
      name: group.name,
      accountNo: group.accountNo,
      members: group.members,
      matches: read.matchesIn(group.name, text),
    });
    // Whoever typed a whole number means that one client: the next key acts on it, and on no client beside it. A group that bears the very
    // number, itself or by an account of its own, stands beneath: numbers of clients, groups and accounts each begin at one.
    const meant = clients.filter(({ client }) => isSameNumber(client.accountNo, text));
    if (meant.length === 1) {
      const only = found.filter((row) => row.kind === 'client' && row.client.clientId === meant[0]?.client.clientId);
      if (only.length === 1) return ok({ found: [...only, ...groupsWithNumber(read, text).map(groupRow)], more: false });
    }
    for (const group of read.findGroups(text, GROUPS_MOST)) found.push(groupRow(group));
    for (const receipt of read.findReceipts(text, RECEIPTS_MOST)) found.push({ kind: 'receipt', line: receiptLine(read, receipt) });
    return ok({ found: found.slice(0, input.most + GROUPS_MOST + RECEIPTS_MOST), more: clients.length > input.most });
  });
}

function groupsWithNumber(read: ReadStore, text: string): readonly GroupRecord[] {
  const ids = new Set(read.numbered(text).flatMap((each) => ('groupId' in each && each.groupId !== null ? [each.groupId] : [])));
  return [...ids].flatMap((groupId) => read.group(groupId) ?? []).slice(0, GROUPS_MOST);
}

/** '121' and '000000121' are one number. */
function isSameNumber(accountNo: string, text: string): boolean {
  const bare = (number: string): string => number.replace(/^0+/u, '');
  return /^\d+$/u.test(text) && bare(text) !== '' && bare(accountNo) === bare(text);
}
