// A command of these books held against its entry, its receipt, its cash and its effects (I13), wherever that is asked.

import type { CommandRecord } from '../../shared/domain/commands/command.ts';
import { misfitOf, type Misfit } from '../../shared/domain/journal/boundFacts.ts';
import type { Digest } from '../ports/clock.ts';
import type { ReadStore } from '../ports/store.ts';

/** Null where all of them say the same. */
export function misfitHere(read: ReadStore, digest: Digest, command: CommandRecord): Misfit | null {
  const pointed = command.entry ?? null;
  const [entry] = pointed === null ? [] : read.entries(pointed, 1);
  return misfitOf(
    {
      command,
      written: read.writtenPayload(command.commandId),
      entry: entry?.entry === pointed ? entry : null,
      receipt: command.receiptId === null ? null : read.soundReceipt({ receiptId: command.receiptId }),
      movement: read.movementOf(command.commandId),
      effects: read.effectsOfCommand(command.commandId),
    },
    (text) => digest.sha256(text),
  );
}
