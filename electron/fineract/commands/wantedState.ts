// What is wanted of a record as a state: sent alone, and without a mark. The record is read first, and what stands there as it is wanted was told.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { Answer, CommandToSend, Credential } from '../../ports/headOffice.ts';
import type { JsonValue } from '../jsonText.ts';
import type { Line } from '../line.ts';
import { commandByKey } from '../window/commands.ts';
import { readChanges } from './changesThere.ts';
import { ABSENT, lookUpFailed, notTold, unreadInDoubt } from './lookUp.ts';
import type { Found } from './lookUp.ts';
import type { PendingSearch } from './pendingEntry.ts';
import { readNotes } from './notesThere.ts';
import { postAlone } from './post.ts';

/** As head office's rows name it. */
interface DeedNamed {
  readonly entity: string;
  readonly action: string;
}

/**
 * Whether it stands there as it is wanted. Where it does not: what only reading tells of the address that changes it, or why it must not be told, in a
 * code of ours.
 */
export type Stands = boolean | { readonly at: string } | { readonly whyNot: string };

export interface Wanted {
  readonly serverId: number;
  readonly stands: (line: Line, credential: Credential) => Promise<Answer<Stands>>;
  readonly request: { readonly url: string; readonly body: JsonValue; readonly ours: Readonly<Record<string, number>> };
  readonly deed: DeedNamed;
  /** Whether head office's trail tells everybody at the branch who said what. */
  readonly isOnTrail: boolean;
  /** Where head office does many deeds of that name on one record: what the body of ours says and no other's does. */
  readonly marker?: string;
  /** Where head office keeps the words of it: they stay, whatever became of the record since, and however much of the trail was purged. */
  readonly notesUrl?: string;
}

export async function tellWanted(
  line: Line,
  command: CommandToSend,
  { serverId, stands, request }: Wanted,
  credential: Credential,
): Promise<Outcome> {
  const read = await stands(line, credential);
  if (!read.ok) return notTold(read.trouble);
  const there = read.value;
  if (there === true) return told(serverId);
  if (there !== false && 'whyNot' in there) return { kind: 'rejected', code: there.whyNot, message: null, status: 409 };
  const url = `${request.url}${there === false ? '' : there.at}`;
  const outcome = await postAlone(line, command, url, request.body, request.ours, credential);
  if (outcome.kind !== 'rejected') return outcome;
  // Somebody was quicker: what is refused for standing there already is what is wanted.
  const again = await stands(line, credential);
  return again.ok && again.value === true ? told(serverId) : outcome;
}

export async function lookUpWanted(
  line: Line,
  command: CommandToSend,
  { serverId, stands, deed, isOnTrail, marker, notesUrl }: Wanted,
  credential: Credential,
  reader: Credential | null,
): Promise<Found> {
  const read = await stands(line, credential);
  if (!read.ok) return unreadInDoubt(command, read.trouble);
  if (read.value === true) return told(serverId);
  if (notesUrl !== undefined) {
    const said = await readNotes(line, notesUrl, credential);
    // Whoever may not read them, and a note that somebody deleted, leave the question to the trail.
    if (!said.ok && said.trouble.kind !== 'refused') return unreadInDoubt(command, said.trouble);
    if (said.ok && said.value.some(({ text }) => text.includes(command.commandId))) return told(serverId);
  }
  // Something else since, or never told: its own key says which, also where head office was put back to an earlier day.
  const byKey = reader === null ? null : await commandByKey(line, { ...deed, key: command.idempotencyKey }, reader);
  if (byKey?.ok === true) return byKey.value?.fate === 'processed' ? told(serverId) : ABSENT;
  if (command.lastOutcome?.kind !== 'accepted') return ABSENT;
  // Told once, and something else since; where nobody at a branch is shown who said it, it is not called lost.
  if (!isOnTrail) return told(serverId);
  const changes = await readChanges(line, { ...deed, serverId }, credential);
  if (!changes.ok) return lookUpFailed(changes.trouble);
  const { rows, isAll } = changes.value;
  const isKnown = rows.some((row) => marker === undefined || row.text('commandAsJson')?.includes(marker) === true);
  return isKnown || !isAll ? told(serverId) : ABSENT;
}

/** While it waits for a checker, its row says what it is about. */
export function pendingOn({ serverIds, postSingly }: CommandToSend, localId: LocalId, deed: DeedNamed): PendingSearch | null {
  const resource = serverIds[localId];
  return resource === undefined ? null : { ...deed, marker: { resource }, expected: postSingly };
}

function told(serverId: number): { readonly kind: 'accepted'; readonly serverTransactionId: number; readonly how: 'found' } {
  return { kind: 'accepted', serverTransactionId: serverId, how: 'found' };
}
