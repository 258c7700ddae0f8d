// Who had agreed to what head office refused. Whoever agreed decides about their own word only where nobody else here may: a branch with one
// manager is not left with a case that nobody can close.

import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import type { ReadStore } from '../../ports/store.ts';
import { isSamePerson } from '../session/samePerson.ts';
import { whoMay } from '../session/whoMay.ts';

/** The username; null where nobody had to agree. At the counter the entry of the promise says it, of what was held its own event does. */
export function whoAgreed(read: ReadStore, command: CommandRecord): string | null {
  const approved = read.commandEvents(command.commandId).findLast(({ why }) => why === 'approved');
  if (approved !== undefined) return approved.by;
  const [entry] = command.entry == null ? [] : read.entries(command.entry, 1);
  if (entry === undefined || entry.entry !== command.entry) return null;
  const { facts } = entry.body as { readonly facts?: { readonly agreedBy?: unknown } };
  return typeof facts?.agreedBy === 'string' ? facts.agreedBy : null;
}

export function mustLeaveToAnother(read: ReadStore, command: CommandRecord, username: string): boolean {
  const agreed = whoAgreed(read, command);
  if (agreed === null || !isSamePerson(read, agreed, username)) return false;
  return mayDecide(read, command).some((staff) => !isSamePerson(read, staff, agreed));
}

/** Usernames on this PC that may close it: the right, and not the maker; whoever agreed only where nobody else may. */
export function mayDecide(read: ReadStore, command: CommandRecord): readonly string[] {
  const agreed = whoAgreed(read, command);
  const may = whoMay(read, 'exception.resolve', command.recordedBy).map(({ username }) => username);
  const others = agreed === null ? may : may.filter((username) => !isSamePerson(read, username, agreed));
  return others.length === 0 ? may : others;
}
