// A PC that was founded before head office had the device table gave itself a code that nobody guards. At the next contact after the table
// stands it registers that code; where another PC holds it, this one takes a free code before its next number (field rules 1.6). What was
// printed keeps its number for ever.

import { appendEntry } from '../journal/appendEntry.ts';
import { currentBusinessDate } from '../journal/currentBusinessDate.ts';
import { readSetting, saveSetting, type Identity } from '../journal/settings.ts';
import { deviceRowName, provisionalCode } from '../../shared/domain/receipts/deviceCode.ts';
import type { Credential } from '../ports/headOffice.ts';
import type { SyncParts } from './parts.ts';

/** An institution that declines to keep the table is asked no oftener. */
const AGAIN_MS = 10 * 60_000;

export interface Enrolment {
  /** Does nothing where the code is guarded already, or was asked about a moment ago and nobody prepared head office since. */
  settle(credential: Credential): Promise<void>;
}

export function createEnrolment(parts: SyncParts): Enrolment {
  const { store, clock, headOffice } = parts;
  let askedAtMonotonic: number | null = null;
  let askedAfterCheck: number | null = null;

  return {
    async settle(credential) {
      const { identity, checkedAt, mark } = store.read((read) => ({
        mark: readSetting(read, 'machine')?.mark ?? null,
        identity: readSetting(read, 'identity'),
        checkedAt: readSetting(read, 'preparation')?.checkedAt ?? null,
      }));
      if (identity === null || identity.deviceRegistered) return;
      const moved = identity.newCodeSince;
      const isEarly = askedAtMonotonic !== null && clock.monotonicMs() - askedAtMonotonic < AGAIN_MS;
      if (isEarly && askedAfterCheck === checkedAt) return;
      askedAtMonotonic = clock.monotonicMs();
      askedAfterCheck = checkedAt;

      const ask = (wantedCode: string | null): ReturnType<typeof headOffice.enrolDevice> =>
        headOffice.enrolDevice(
          {
            officeServerId: identity.officeServerId,
            officeCode: identity.officeCode,
            wantedCode,
            provisionalCode: moved === undefined ? identity.deviceCode : anotherCode(identity, mark),
            deviceName: deviceRowName(identity.deviceName ?? `${identity.officeCode}-${identity.deviceCode}`, mark),
            enrolledAtText: clock.localText(moved ?? identity.foundedAt),
          },
          credential,
        );
      // A copy never asks for the code that it was copied with: the first may still give numbers under it.
      const own = moved === undefined ? await ask(identity.deviceCode) : null;
      const answer = own === null || (own.ok && 'taken' in own.value) ? await ask(null) : own;
      if (!answer.ok || 'taken' in answer.value) return;
      if (answer.value.registered || moved !== undefined) register(answer.value.deviceCode, answer.value.registered, credential.username);
    },
  };

  function register(deviceCode: string, deviceRegistered: boolean, by: string): void {
    store.write((write) => {
      const identity = readSetting(write, 'identity');
      if (identity === null || identity.deviceRegistered) return;
      const { newCodeSince: _had, ...bound } = identity;
      saveSetting(write, 'identity', { ...bound, deviceCode, deviceRegistered });
      appendEntry(write, parts.digest, {
        what: deviceCode === identity.deviceCode ? 'device.registered' : 'device.codeChanged',
        by,
        businessDate: currentBusinessDate(write, clock),
        at: clock.now(),
        body: { officeCode: identity.officeCode, from: identity.deviceCode, to: deviceCode },
      });
    });
    parts.tell({ what: 'sync.changed' });
  }
}

/** Never the one that the books had: where head office keeps no codes apart, chance and the machine do. */
function anotherCode({ deviceCode }: Identity, mark: string | null): string {
  const spread = Number.parseInt((mark ?? '0').slice(0, 8), 16);
  const code = provisionalCode(spread);
  return code === deviceCode ? provisionalCode(spread + 1) : code;
}
