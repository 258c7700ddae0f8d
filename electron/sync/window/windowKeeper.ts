// Keeps the window honest: proves it before it is used, compares a little every night, and changes the reading user's password every month.

import { CLOCK_TOLERANCE_MS } from '../../../shared/domain/clock/clockDoubt.ts';
import { freshPassword } from '../../journal/freshPassword.ts';
import { readSetting, saveSetting, type KeptWindow } from '../../journal/settings.ts';
import type { Credential } from '../../ports/headOffice.ts';
import type { SyncParts } from '../parts.ts';
import type { Reader } from '../pull/pullParts.ts';
import { compareLittle, compareWhole, waysOf, type Compared, type Ways } from './compareWays.ts';
import { changeWindow, closeWindow, readingUserOf, tryNextPassword } from './keptWindow.ts';

const DAY_MS = 24 * 3_600_000;
const NIGHT_FROM_HOUR = 19;
const INSISTS_MS = 1.5 * DAY_MS;
const PASSWORD_MS = 30 * DAY_MS;
/** A comparison that got no answer is tried again in the next round; one that was just made, and wanted again, after so long. */
const AGAIN_MS = 60_000;

export interface WindowKeeper {
  /**
   * Where a proof is wanted and somebody's sign-in is there to read by the API. Once after each start, and every night, head office is asked
   * which version it is: what was proved of another one proves nothing.
   */
  prove(person: Credential | null): Promise<void>;
  nightly(reader: Reader): Promise<void>;
}

export function createWindowKeeper(parts: SyncParts): WindowKeeper {
  const { store, clock } = parts;
  let triedAt: number | null = null;
  let isVersionAsked = false;

  function waysWith(person: Credential, reader: Credential): Ways {
    const sameScope = store.read((read) => read.staff(person.username)?.officeServerId === readSetting(read, 'identity')?.officeServerId);
    return waysOf(parts.headOffice, person, reader, sameScope);
  }

  /** Keeps what a comparison found; no answer keeps nothing. */
  function note(compared: Compared, what: string): void {
    if (!compared.ok) {
      if (compared.trouble.kind === 'signInNeeded') tryNextPassword(parts);
      return;
    }
    const { difference, fields } = compared.value;
    if (difference !== null) {
      closeWindow(parts, difference);
      return;
    }
    const provedAt = clock.now();
    changeWindow(parts, (kept) => ({ ...kept, proof: 'equal', provedAt, difference: null, closedAt: null }));
    parts.diagnostics.record('info', what, { fields });
  }

  function isSince(at: number | null, ms: number): boolean {
    const now = clock.now();
    return at === null || at > now + CLOCK_TOLERANCE_MS || now - at > ms;
  }

  return {
    async prove(person) {
      if (person !== null && !isVersionAsked) await noticeAnotherVersion();
      const reader = store.read((read) => (readSetting(read, 'window')?.proof === 'wanted' ? readingUserOf(read, parts.seals) : null));
      if (reader === null || person === null || !isSince(triedAt, AGAIN_MS)) return;
      triedAt = clock.now();
      const before = store.read((read) => readSetting(read, 'window'));
      const version = await parts.headOffice.readVersion();
      const compared = await compareWhole(parts, waysWith(person, reader), reader);
      // Prepared anew meanwhile: that one is proved by itself.
      if (store.read((read) => readSetting(read, 'window'))?.changedAt !== before?.changedAt) return;
      note(compared, 'window.proved');
      // Without an answer the next round tries again.
      if (!compared.ok) triedAt = null;
      else if (version.ok) {
        isVersionAsked = true;
        changeWindow(parts, (kept) => ({ ...kept, version: version.value }));
      }
      parts.tell({ what: 'sync.changed' });
    },

    async nightly({ person, window: reader }) {
      const kept = store.read((read) => readSetting(read, 'window'));
      if (reader === null || kept === null) return;
      const isNight = Number(clock.localText(clock.now()).slice(11, 13)) >= NIGHT_FROM_HOUR;
      if (!(isNight && isSince(kept.provedAt, DAY_MS / 2)) && !isSince(kept.provedAt, INSISTS_MS)) return;
      await noticeAnotherVersion();
      if (store.read((read) => readSetting(read, 'window'))?.proof !== 'equal') return;
      if (person !== null) note(await compareLittle(parts, waysWith(person, reader), reader), 'window.compared');
      if (isSince(kept.changedAt, PASSWORD_MS)) await changePassword(kept, reader);
    },
  };

  async function noticeAnotherVersion(): Promise<void> {
    const kept = store.read((read) => readSetting(read, 'window'));
    if (kept?.proof !== 'equal') return;
    const answer = await parts.headOffice.readVersion();
    if (!answer.ok) return;
    isVersionAsked = true;
    if (kept.version === undefined || kept.version === answer.value) return;
    changeWindow(parts, (now) => ({ ...now, proof: 'wanted', cursors: null }));
    parts.diagnostics.record('info', 'window.anotherVersion', { was: kept.version ?? '', is: answer.value ?? '' });
  }

  /** Kept before it is sent: if the answer is lost, one of the two signs in. */
  async function changePassword(kept: KeptWindow, reader: Credential): Promise<void> {
    if (kept.userServerId === null) return;
    const next = freshPassword(parts);
    const sealedNext = parts.seals.seal(next);
    store.write((write) => saveSetting(write, 'window', { ...kept, sealedNext }));
    const answer = await parts.headOffice.window.changePassword(kept.userServerId, next, reader);
    if (!answer.ok) return;
    const changedAt = clock.now();
    changeWindow(parts, (now) =>
      now.sealedNext === sealedNext ? { ...now, sealedPassword: sealedNext, sealedNext: null, changedAt } : now,
    );
  }
}
