// What is kept of the window, and who reads through it. It serves only after it was compared with the API, and the first difference closes it
// aloud: from then on the API's way reads, until somebody prepares head office anew.

import { readSetting, saveSetting, type KeptWindow } from '../../journal/settings.ts';
import type { Credential } from '../../ports/headOffice.ts';
import type { Seals } from '../../ports/secrets.ts';
import type { ReadStore } from '../../ports/store.ts';
import type { SyncParts } from '../parts.ts';

/** This PC's reading user, whatever was proved; null where there is none that can be unsealed. */
export function readingUserOf(store: ReadStore, seals: Seals): Credential | null {
  const kept = readSetting(store, 'window');
  const password = kept?.sealedPassword == null ? null : seals.open(kept.sealedPassword);
  return kept === null || password === null ? null : { username: kept.username, password };
}

/** The reading user where the window is proved. */
export function windowReaderOf(store: ReadStore, seals: Seals): Credential | null {
  return readSetting(store, 'window')?.proof === 'equal' ? readingUserOf(store, seals) : null;
}

export function changeWindow(parts: Pick<SyncParts, 'store'>, change: (kept: KeptWindow) => KeptWindow): void {
  parts.store.write((write) => {
    const kept = readSetting(write, 'window');
    if (kept !== null) saveSetting(write, 'window', change(kept));
  });
}

/** `difference` names what did not agree and goes into the diagnostics. What may pass by itself is proved anew, the rest needs a person. */
export function closeWindow(parts: Pick<SyncParts, 'store' | 'clock' | 'diagnostics' | 'tell'>, difference: string, mayPass = false): void {
  const closedAt = parts.clock.now();
  changeWindow(parts, (kept) => ({ ...kept, proof: mayPass ? 'wanted' : 'different', difference, closedAt, cursors: null }));
  parts.diagnostics.record('warning', 'window.closed', { difference });
  parts.tell({ what: 'sync.changed' });
}

/** A password was on its way when the answer was lost: it may be the right one now. False where there is none to try. */
export function tryNextPassword(parts: Pick<SyncParts, 'store'>): boolean {
  return parts.store.write((write) => {
    const kept = readSetting(write, 'window');
    if (kept?.sealedNext == null) return false;
    saveSetting(write, 'window', { ...kept, sealedPassword: kept.sealedNext, sealedNext: null });
    return true;
  });
}
