// The zone of the office, which says when its day begins. A wrong one dates every morning a day early or late, so it is shown, and an
// administrator changes it: what is printed keeps its date, and what comes after goes by the new one.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { appendEntry } from '../../journal/appendEntry.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { identityOf, readSetting, saveSetting } from '../../journal/settings.ts';
import { headOfficeDateNow } from '../cash/dateDoubt.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';

type Method = BranchContract['headOffice']['changeZone'];

export function changeZone(parts: BranchParts, session: Session, { zone }: ParsedInputOf<Method>): AnswerOf<Method> {
  const { store, clock } = parts;
  const before = clock.zone();
  const headOfficeDate = store.read((read) => headOfficeDateNow(read, clock));
  if (!clock.changeZone(zone)) return refuse({ code: 'zone.unknown' });
  const at = clock.now();
  try {
    store.write((write) => {
      saveSetting(write, 'identity', { ...identityOf(write), zone });
      if (zone !== before) {
        const earlier = readSetting(write, 'zonesBefore')?.zones ?? [];
        saveSetting(write, 'zonesBefore', { zones: [...earlier, { zone: before, throughEntry: write.lastEntry()?.entry ?? 0 }] });
      }
      // Head office's day was compared with another calendar.
      saveSetting(
        write,
        'headOfficeDay',
        headOfficeDate === null ? null : { headOfficeDate, calendarDate: clock.localDate(at), readAt: at },
      );
      appendEntry(write, parts.digest, {
        what: 'office.zoneChanged',
        by: session.username,
        businessDate: currentBusinessDate(write, clock),
        at,
        body: { from: before, to: zone },
      });
    });
  } catch (error) {
    clock.changeZone(before);
    throw error;
  }
  parts.events.tell({ what: 'start.changed' });
  parts.sync.wake();
  return ok({ zone, calendarDate: clock.localDate(at) });
}
