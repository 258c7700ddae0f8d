// Whether what the branch itself did lies over a row of head office's that was read then, or stands in it by now.

import { isFinished, type CommandRecord } from '../../shared/domain/commands/command.ts';
import type { ReadStore } from '../ports/store.ts';

/** A refused one is a case and changes nothing; an accepted one stands in the row as soon as that was read again. */
export function countsStill(read: ReadStore, command: CommandRecord, pulledAt: number): boolean {
  if (command.state === 'accepted') return (read.commandEvents(command.commandId).at(-1)?.at ?? 0) > pulledAt;
  return !isFinished(command.state) && command.state !== 'rejected';
}
