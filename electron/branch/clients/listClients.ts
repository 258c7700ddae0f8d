// Lists of clients and groups, a page at a time, straight from the replica.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { closedDayOf, loanView } from '../loans/loanView.ts';
import type { BranchParts } from '../parts.ts';
import { payoutMoment } from '../savings/payoutMoment.ts';
import { savingsView } from '../savings/savingsView.ts';
import { clientRow } from './clientRow.ts';

type Clients = BranchContract['clients'];
type Groups = BranchContract['groups'];

export function listClients(parts: BranchParts, input: ParsedInputOf<Clients['list']>): AnswerOf<Clients['list']> {
  return parts.store.read((read) => {
    const businessDate = currentBusinessDate(read, parts.clock);
    const moment = payoutMoment(read, parts);
    const { rows, total } = read.clients({ ...input, businessDate });
    return ok({ rows: rows.map((client) => clientRow(read, client, businessDate, moment)), total });
  });
}

/** More groups than that are looked for by name, not chosen from a list. */
const GROUPS_TO_CHOOSE = 500;

export function listNarrowings(parts: BranchParts): AnswerOf<Clients['listNarrowings']> {
  return parts.store.read((read) =>
    ok({
      staff: [...read.staffOfClients()],
      groups: read.groups(0, GROUPS_TO_CHOOSE).rows.map(({ groupId, name }) => ({ groupId, name })),
      statuses: [...read.statusesOfClients()],
    }),
  );
}

export function listGroups(parts: BranchParts, input: ParsedInputOf<Groups['list']>): AnswerOf<Groups['list']> {
  return parts.store.read((read) => {
    const businessDate = currentBusinessDate(read, parts.clock);
    const moment = payoutMoment(read, parts);
    const { rows, total } = read.groups(input.offset, input.most);
    return ok({
      rows: rows.map((group) => ({
        groupId: group.groupId,
        name: group.name,
        members: group.members,
        behind: read.membersOf(group.groupId).filter((member) => clientRow(read, member, businessDate, moment).overdue).length,
        staffName: group.staffName,
        active: group.active,
      })),
      total,
    });
  });
}

export function showGroup(parts: BranchParts, input: ParsedInputOf<Groups['show']>): AnswerOf<Groups['show']> {
  return parts.store.read((read) => {
    const group = read.group(input.groupId);
    if (group === null) return refuse({ code: 'group.unknown' });
    const businessDate = currentBusinessDate(read, parts.clock);
    const closedDay = closedDayOf(read, businessDate);
    const moment = payoutMoment(read, parts);
    return ok({
      groupId: group.groupId,
      name: group.name,
      accountNo: group.accountNo,
      staffName: group.staffName,
      active: group.active,
      members: read.membersOf(group.groupId).map((member) => clientRow(read, member, businessDate, moment)),
      loans: read.loansOfGroup(group.groupId).map((loan) => ({ ...loanView(read, loan, businessDate), ...closedDay })),
      savings: read.savingsOfGroup(group.groupId).map((account) => savingsView(read, account, moment)),
    });
  });
}
