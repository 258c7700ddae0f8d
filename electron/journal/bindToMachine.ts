// The right to give receipt numbers belongs to these books on this machine. Books that wake up on another one, or in another folder, are a
// copy, a move or a backup that was put back: the first may go on giving the same numbers, so these give none before they have a device code
// of their own. What was printed keeps its number for ever.

import { appendEntry } from './appendEntry.ts';
import { doubtPrintJobs } from './doubtPrintJobs.ts';
import { currentBusinessDate } from './currentBusinessDate.ts';
import type { JournalParts } from './parts.ts';
import { identityOf, readSetting, saveSetting } from './settings.ts';
import type { WriteStore } from '../ports/store.ts';

interface Machine {
  readonly mark: string;
  /** What head office's row is to call it from now on: a PC that took the books over does not register under the first one's name. */
  readonly name: string | undefined;
}

/** At each start. Books that are older than this are bound to the machine that they are found on. */
export function bindToMachine(write: WriteStore, parts: JournalParts, { mark, name }: Machine): void {
  const identity = readSetting(write, 'identity');
  const kept = readSetting(write, 'machine');
  if (identity === null || kept?.mark === mark) return;
  saveSetting(write, 'machine', { mark });
  if (kept === null) return;
  if (name !== undefined) saveSetting(write, 'identity', { ...identity, deviceName: name });
  bindAnew(write, parts, 'device.moved', {});
}

/** Somebody else may give numbers under the code that these books have: they give none before they have another one. */
export function bindAnew(
  write: WriteStore,
  parts: JournalParts,
  what: 'device.moved' | 'device.numbersElsewhere',
  why: Readonly<Record<string, string>>,
): void {
  const identity = identityOf(write);
  const at = parts.clock.now();
  saveSetting(write, 'identity', { ...identity, deviceRegistered: false, newCodeSince: at });
  doubtPrintJobs(write, at, 'moved');
  appendEntry(write, parts.digest, {
    what,
    by: 'tawi',
    businessDate: currentBusinessDate(write, parts.clock),
    at,
    body: { deviceCode: identity.deviceCode, officeCode: identity.officeCode, ...why },
  });
}
