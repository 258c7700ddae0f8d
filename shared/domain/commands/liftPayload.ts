// A payload is read by a later program than the one that wrote it: a command may wait over an update. Read, it is lifted step by step to
// the shape of today; what is stored never changes (I3), and head office must be told the same as before the update (I11).
// A version that this program does not know is never guessed at. A new version comes with a migration, so that older programs refuse the file.

import type { Json } from '../../kernel/canonicalJson.ts';
import { PAYLOAD_VERSION, type CommandPayload } from './command.ts';

export type StoredPayload = Readonly<Record<string, Json | undefined>>;

/** From one version to the next. Once released it is never changed, and never removed while a journal may hold such a payload. */
export interface PayloadLift {
  readonly from: number;
  readonly lift: (stored: StoredPayload) => StoredPayload;
}

/** Empty while version 1 is the first. */
export const PAYLOAD_LIFTS: readonly PayloadLift[] = [];

/** Null when no chain of lifts leads from that version to today's. */
export function liftPayload(stored: StoredPayload, version: number, lifts: readonly PayloadLift[] = PAYLOAD_LIFTS): CommandPayload | null {
  let payload = stored;
  for (let at = version; at !== PAYLOAD_VERSION; at += 1) {
    const step = lifts.find((each) => each.from === at);
    if (step === undefined) return null;
    payload = step.lift(payload);
  }
  // The one place where text from the disk is taken for a payload: its version says that it is one.
  return payload as unknown as CommandPayload;
}
