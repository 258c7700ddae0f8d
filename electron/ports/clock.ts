// Time, chance, identity and digests, as the rest of the branch may see them. Rooms that decide things cannot reach the platform's own
// (they do not compile there), so a simulated branch runs in virtual time from one seed.

import type { BusinessDate } from '../../shared/kernel/businessDate.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';

export interface Clock {
  /** Epoch milliseconds by this PC's clock, which may be wrong. */
  now(): number;
  /** Milliseconds since this process started; never goes back. */
  monotonicMs(): number;
  /** IANA name of the branch's zone, such as Africa/Nairobi. */
  zone(): string;
  /** From now on the clock is read in that zone; false, and nothing changes, where nobody knows it. */
  changeZone(zone: string): boolean;
  /** The calendar day at that instant in the branch's zone. */
  localDate(at: number): BusinessDate;
  /** '2026-11-20T11:58:03+03:00': the true time that a note at head office carries (contract 2.4), in the branch's zone or in another known one. */
  localText(at: number, zone?: string): string;
}

export interface Timers {
  /** Resolves after `ms`, or at once when `wake` of the returned handle is called. */
  sleep(ms: number): { readonly done: Promise<void>; wake(): void };
  /** Lets whatever waits for this thread run first. Where no thread waits, as in virtual time, it goes on at once. */
  breathe(): Promise<void>;
}

export interface Chance {
  /** In [0, 1): jitter and random checks only, never identity. */
  fraction(): number;
}

export interface Ids {
  /** UUIDv7. */
  newId(): LocalId;
}

export interface Digest {
  /** Lower-case hexadecimal SHA-256 of the text in UTF-8. */
  sha256(text: string): string;
}

export interface Diagnostics {
  /** Never receives a secret or personal data: codes, counts, ids and durations only. */
  record(level: 'info' | 'warning' | 'fault', what: string, facts?: Readonly<Record<string, string | number | boolean | null>>): void;
  /** Records a fault and returns its incident number, which a person can read to support. */
  incident(error: unknown, where: string): string;
}
