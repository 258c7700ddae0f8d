// A PC that was founded before head office had the device table gave itself a code that nobody guards. At the next contact after the table
// stands it registers that code; where another PC holds it, this one takes a free code before its next number (field rules 1.6). What was
// printed keeps its number for ever.

import { appendEntry } from '../journal/appendEntry.ts';
import { currentBusinessDate } from '../journal/currentBusinessDate.ts';
import { readSetting, saveSetting } from '../journal/settings.ts';
import type { Answer, Credential } from '../ports/headOffice.ts';
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
      const { identity, checkedAt } = store.read((read) => ({
        identity: readSetting(read, 'identity'),
        checkedAt: readSetting(read, 'preparation')?.checkedAt ?? null,
      }));
      if (identity === null || identity.deviceRegistered) return;
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
            provisionalCode: identity.deviceCode,
            deviceName: identity.deviceName ?? `${identity.officeCode}-${identity.deviceCode}`,
            enrolledAtText: clock.localText(identity.foundedAt),
          },
          credential,
        );
      const own = await ask(identity.deviceCode);
      const answer = own.ok && 'taken' in own.value ? await ask(null) : own;
      if (isRegistered(answer)) register(answer.value.deviceCode, credential.username);
    },
  };

  function register(deviceCode: string, by: string): void {
    store.write((write) => {
      const identity = readSetting(write, 'identity');
      if (identity === null || identity.deviceRegistered) return;
      saveSetting(write, 'identity', { ...identity, deviceCode, deviceRegistered: true });
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

function isRegistered(
  answer: Answer<{ readonly deviceCode: string; readonly registered: boolean } | { readonly taken: true }>,
): answer is { readonly ok: true; readonly value: { readonly deviceCode: string; readonly registered: true } } {
  return answer.ok && 'registered' in answer.value && answer.value.registered;
}
