// Centers and what is known of their groups: who is behind, and what is due together, reckoned from the members as on a group's own page.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { centerHere, centersHere } from '../../journal/centersHere.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { groupHere } from '../../journal/membersHere.ts';
import type { BranchParts } from '../parts.ts';
import { payoutMoment } from '../savings/payoutMoment.ts';
import { clientRow, registrationStanding } from './clientRow.ts';

type Centers = BranchContract['centers'];

export function listCenters(parts: BranchParts, { offset, most }: ParsedInputOf<Centers['list']>): AnswerOf<Centers['list']> {
  return parts.store.read((read) => {
    const businessDate = currentBusinessDate(read, parts.clock);
    const moment = payoutMoment(read, parts);
    const all = centersHere(read);
    return ok({
      rows: all.slice(offset, offset + most).map(({ centerId, serverId, name, staffName, status, groups }) => {
        const members = groups.flatMap((group) => groupHere(read, group).members);
        return {
          centerId,
          name,
          staffName,
          status,
          registration: serverId === null ? registrationStanding(read, { kind: 'center', localId: centerId }) : null,
          groups: groups.length,
          members: members.length,
          behind: members.filter((member) => clientRow(read, member, businessDate, moment).overdue).length,
        };
      }),
      total: all.length,
    });
  });
}

export function showCenter(parts: BranchParts, { centerId }: ParsedInputOf<Centers['show']>): AnswerOf<Centers['show']> {
  return parts.store.read((read) => {
    const center = centerHere(read, centerId);
    if (center === null) return refuse({ code: 'center.unknown' });
    const businessDate = currentBusinessDate(read, parts.clock);
    const moment = payoutMoment(read, parts);
    const { serverId, ...shown } = center;
    return ok({
      ...shown,
      numbers: { local: read.localNumberOf('center', center.centerId), headOffice: serverId === null ? null : center.accountNo },
      registration: serverId === null ? registrationStanding(read, { kind: 'center', localId: center.centerId }) : null,
      groups: center.groups.map((group) => {
        const { name, status, members } = groupHere(read, group);
        return {
          groupId: group.groupId,
          name,
          accountNo: group.accountNo,
          status,
          members: members.map((member) => clientRow(read, member, businessDate, moment)),
        };
      }),
    });
  });
}
