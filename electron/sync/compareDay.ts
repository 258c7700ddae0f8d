// At each contact head office is asked for its day, and what this PC's calendar says beside it is kept: whether they are the same is judged
// where a receipt is dated. A day that was read at an earlier contact goes on as the calendar goes.

import type { BusinessDate } from '../../shared/kernel/businessDate.ts';
import { readSetting, saveSetting } from '../journal/settings.ts';
import type { Answer, Credential } from '../ports/headOffice.ts';
import type { SyncParts } from './parts.ts';

/** Kept anew at least so often, so that a reading does not look older than it is. */
const KEEP_EVERY_MS = 10 * 60_000;

/**
 * The day that head office told, beside this PC's. Nothing happens where it told none: why is the next request's to find out. It is told with
 * the question whether the line carries, which costs a round no request of its own.
 */
export async function compareDay(parts: SyncParts, credential: Credential, answer: Answer<BusinessDate | null>): Promise<void> {
  const { store, clock } = parts;
  if (!answer.ok || answer.value === null) return;
  const headOfficeDate = answer.value;
  // One answer that lies makes nobody stand still: another day than ours is believed when it is told twice.
  if (headOfficeDate !== clock.localDate(clock.now())) {
    const again = await parts.headOffice.readToday(credential);
    if (!again.ok || again.value !== headOfficeDate) return;
  }
  const readAt = clock.now();
  const calendarDate = clock.localDate(readAt);
  const kept = store.read((read) => readSetting(read, 'headOfficeDay'));
  const isSame = kept?.headOfficeDate === headOfficeDate && kept.calendarDate === calendarDate;
  if (isSame && Math.abs(readAt - kept.readAt) < KEEP_EVERY_MS) return;
  store.write((write) => {
    saveSetting(write, 'headOfficeDay', { headOfficeDate, calendarDate, readAt });
  });
  if (!isSame) parts.tell({ what: 'start.changed' });
}
