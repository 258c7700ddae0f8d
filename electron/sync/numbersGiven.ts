// A disk that was cloned whole, or laid back, looks like the same machine (ADR 0017). So the last number that was given is kept at head office's
// row of this PC and compared with it at each contact: where that row names a number that these books do not know, somebody else gives numbers
// under this code, and these books take another one before their next number.

import { readReceiptNumber } from '../../shared/domain/receipts/receiptNumber.ts';
import type { Receipt } from '../../shared/domain/records.ts';
import { bindAnew } from '../journal/bindToMachine.ts';
import { readSetting } from '../journal/settings.ts';
import type { Credential } from '../ports/headOffice.ts';
import type { ReadStore } from '../ports/store.ts';
import type { SyncParts } from './parts.ts';

/** While the line stands and numbers are given one after the other, the row follows so often. */
const RENEWED_AFTER_MS = 3 * 60_000;
/** And is looked at though this PC gives none. */
const LOOKED_AFTER_MS = 30 * 60_000;
const HASH_CHARACTERS = 12;

export interface NumbersGiven {
  /** Does nothing where head office guards no code of this PC, or its row was told a moment ago. */
  settle(credential: Credential): Promise<void>;
  /** The line was away: what stands there may be another one's. */
  contact(): void;
}

export function createNumbersGiven(parts: SyncParts): NumbersGiven {
  const { store, clock, headOffice } = parts;
  let told: { readonly words: string | null; readonly at: number } | null = null;

  async function settle(credential: Credential): Promise<void> {
    const { identity, words } = store.read((read) => ({ identity: readSetting(read, 'identity'), words: lastGiven(read) }));
    if (identity?.deviceRegistered !== true) return;
    const now = clock.monotonicMs();
    if (told !== null && now - told.at < (told.words === words ? LOOKED_AFTER_MS : RENEWED_AFTER_MS)) return;
    const found = await headOffice.readDeviceRow(identity, credential);
    if (!found.ok) return;
    told = { words, at: now };
    if (found.value === null) return;
    const { rowId, numbersGiven } = found.value;
    if (numbersGiven !== null && !store.read((read) => isOurs(read, numbersGiven))) {
      told = null;
      store.write((write) => bindAnew(write, parts, 'device.numbersElsewhere', { numbersGiven }));
      parts.tell({ what: 'start.changed' });
      return;
    }
    if (words === null || words === numbersGiven) return;
    const answer = await headOffice.tellNumbersGiven({ officeServerId: identity.officeServerId, rowId, numbersGiven: words }, credential);
    // A lost answer changes nothing: whichever of our numbers stands there is ours.
    if (!answer.ok) told = null;
  }

  return {
    settle,
    contact: () => {
      told = null;
    },
  };
}

/** Null where none was given under the code that this PC has now. */
function lastGiven(read: ReadStore): string | null {
  const [newest] = read.receiptHeads({ offset: 0, most: 1 });
  const last = newest === undefined ? null : read.soundReceipt(newest);
  const code = readSetting(read, 'identity')?.deviceCode;
  return last === null || readReceiptNumber(last.number)?.deviceCode !== code ? null : wordsOf(last);
}

function wordsOf({ number, hash }: Receipt): string {
  return `${number} ${hash.slice(0, HASH_CHARACTERS)}`;
}

/** Also an older one: head office may have been put back to an earlier day. */
function isOurs(read: ReadStore, words: string): boolean {
  const receipt = read.soundReceipt({ number: words.split(' ')[0] ?? '' });
  return receipt !== null && wordsOf(receipt) === words;
}
