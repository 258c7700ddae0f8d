// What happened to a command, in order (I3).

import type { CommandEventReads, CommandEventWrites } from '../../ports/store.ts';
import { journalCommandEvents } from '../schema/journal/commandEvents.ts';
import { insertInto, numberOf, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';

export function readCommandEvents(session: Session): CommandEventReads {
  const of = selectFrom(session, journalCommandEvents, 'WHERE command_id = ? ORDER BY position');
  return { commandEvents: (commandId) => of.all(commandId).map(({ position: _position, ...event }) => event) };
}

export function writeCommandEvents(session: Session): CommandEventWrites {
  const insert = insertInto(session, journalCommandEvents);
  const last = numberOf(session, 'SELECT max(position) FROM journal_command_events WHERE command_id = ?');
  return { insertCommandEvent: (event) => insert({ ...event, position: (last(event.commandId) ?? 0) + 1 }) };
}
