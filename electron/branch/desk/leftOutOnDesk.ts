// What could not be read from head office, as the sync desk names it, with a line that can be sent to whoever looks after head office: ids,
// members and codes, never a name or an amount.

import type { OutputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { WHOLE_LIST } from '../../journal/keepReference.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LeftOutRecord, ReadStore } from '../../ports/store.ts';

type LeftOutView = OutputOf<BranchContract['sync']['showDesk']>['leftOut'][number];

export function leftOutOnDesk(read: ReadStore, clock: Clock): readonly LeftOutView[] {
  return read.leftOut().map((record) => {
    const { shelf, serverId, why, since, tries } = record;
    const place = serverId < 0 ? -serverId : null;
    const isList = serverId === WHOLE_LIST;
    const which = isList ? 'whole list' : place === null ? `id ${serverId}` : `row ${place} of the list`;
    return {
      shelf,
      serverId: place === null && !isList ? serverId : null,
      place,
      accountNo: place === null ? accountNoOf(read, record) : null,
      since,
      tries,
      report: [`Tawi: ${shelf} ${which}`, why, `since ${clock.localText(since)}`, `tries ${tries}`].join('; '),
    };
  });
}

/** Known where the record was read before. */
function accountNoOf(read: ReadStore, { shelf, serverId }: LeftOutRecord): string | null {
  switch (shelf) {
    case 'clients':
      return here(read.localIdOf('client', serverId), (id) => read.client(id));
    case 'groups':
      return here(read.localIdOf('group', serverId), (id) => read.group(id));
    case 'loans':
      return here(read.localIdOf('loan', serverId), (id) => read.loan(id));
    case 'savings':
      return here(read.localIdOf('savings', serverId), (id) => read.savings(id));
    default:
      return null;
  }
}

function here(localId: string | null, find: (localId: string) => { readonly accountNo: string } | null): string | null {
  return localId === null ? null : (find(localId)?.accountNo ?? null);
}
