// The public halves of the keys that this branch's receipts are signed with. Each is put into the books before the first receipt that it signs, by an
// entry of the chain, and stays for ever: papers are checked with it long after the PC is gone.

import type { DeviceKey } from '../../shared/domain/receipts/receiptCode.ts';
import type { ReadStore, WriteStore } from '../ports/store.ts';
import { appendEntry } from './appendEntry.ts';
import { currentBusinessDate } from './currentBusinessDate.ts';
import type { JournalParts } from './parts.ts';
import { identityOf, readSetting, saveSetting, type KeptDeviceKey } from './settings.ts';

export function deviceKeysOf(read: ReadStore): readonly KeptDeviceKey[] {
  return readSetting(read, 'deviceKeys')?.keys ?? [];
}

/** Does nothing where this PC's key is known under its code already, or where nothing signs. */
export function keepDeviceKey(write: WriteStore, parts: JournalParts): void {
  if (parts.signer === null) return;
  const { officeCode, deviceCode, newCodeSince } = identityOf(write);
  // Moved books sign nothing before they have a code of their own.
  if (newCodeSince !== undefined) return;
  addDeviceKey(write, parts, { officeCode, deviceCode, publicKey: parts.signer.publicKey }, null);
}

/** False where it is known already. */
export function addDeviceKey(write: WriteStore, parts: JournalParts, key: DeviceKey, broughtBy: string | null): boolean {
  const { officeCode, deviceCode, publicKey } = key;
  const known = deviceKeysOf(write);
  if (known.some((each) => each.publicKey === publicKey && each.officeCode === officeCode && each.deviceCode === deviceCode)) return false;
  const at = parts.clock.now();
  const kept = { officeCode, deviceCode, publicKey, since: at, ...(broughtBy === null ? {} : { broughtBy }) };
  saveSetting(write, 'deviceKeys', { keys: [...known, kept] });
  appendEntry(write, parts.digest, {
    what: 'signature.key',
    by: broughtBy ?? 'tawi',
    businessDate: currentBusinessDate(write, parts.clock),
    at,
    body: { officeCode, deviceCode, publicKey },
  });
  return true;
}
