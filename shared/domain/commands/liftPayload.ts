// A payload is read by a later program than the one that wrote it: a command may wait over an update. Read, it is lifted step by step to
// the shape that its kind has today; what is stored never changes (I3), and head office must be told the same as before the update (I11).
// A version or a kind that this program does not know is never guessed at.

import { isCommandKind, kindOf, type CommandPayload } from './kinds/allKinds.ts';
import type { PayloadLift, StoredPayload } from './kinds/kind.ts';

export type { PayloadLift, StoredPayload } from './kinds/kind.ts';

/** Null when no chain of lifts leads from that version to today's. `lifts`: those of its kind, unless others are given. */
export function liftPayload(stored: StoredPayload, version: number, lifts?: readonly PayloadLift[]): CommandPayload | null {
  const kind = stored['kind'];
  if (!isCommandKind(kind)) return null;
  const today = kindOf(kind);
  let payload = stored;
  for (let at = version; at !== today.version; at += 1) {
    const step = (lifts ?? today.lifts).find((each) => each.from === at);
    if (step === undefined) return null;
    payload = step.lift(payload);
  }
  // The one place where text from the disk is taken for a payload: its version says that it is one.
  return payload as unknown as CommandPayload;
}
