// What each kind of command is at head office: how it is posted, and how it is found again when nobody knows what became of it.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { CommandToSend, Credential } from '../../ports/headOffice.ts';
import type { Line } from '../line.ts';
import type { Found } from './lookUp.ts';
import type { PendingSearch } from './pendingEntry.ts';

export interface KindThere<Payload> {
  send(line: Line, command: CommandToSend, payload: Payload, credential: Credential): Promise<Outcome>;
  /**
   * By the mark that it carries; 'absent' only when head office certainly holds no such thing now. `reader`: of the window, for what carries none
   * and is known by its key alone.
   */
  lookUp(line: Line, command: CommandToSend, payload: Payload, credential: Credential, reader: Credential | null): Promise<Found>;
  /** How it is found while it waits for a checker; null where it cannot wait. Only what was sent alone can: a batch leaves nothing behind. */
  pending(command: CommandToSend, payload: Payload): PendingSearch | null;
}

const NUMBER_UNKNOWN: Outcome = { kind: 'incompatible', why: 'account.serverIdUnknown' };

/** Asks with the number that head office gave to a record; without one nothing can be asked. */
export function withNumberOf<T>(
  command: CommandToSend,
  localId: LocalId,
  ask: (serverId: number) => Promise<T | Outcome>,
): Promise<T | Outcome> {
  const serverId = command.serverIds[localId];
  return serverId === undefined ? Promise.resolve(NUMBER_UNKNOWN) : ask(serverId);
}

/** As with one number; in the order in which the records are named. */
export function withNumbersOf<T>(
  command: CommandToSend,
  localIds: readonly LocalId[],
  ask: (serverIds: readonly number[]) => Promise<T | Outcome>,
): Promise<T | Outcome> {
  const serverIds = localIds.flatMap((localId) => command.serverIds[localId] ?? []);
  return serverIds.length === localIds.length ? ask(serverIds) : Promise.resolve(NUMBER_UNKNOWN);
}
