// A change to fields of a record. Head office keeps no version and lets the last writer win (contract 6.3), so each field is read first: as it was
// seen here, it is told; as it is wanted, it was told already; a third thing is somebody else's word, and a person decides.

import { sayChangedThere, type ChangedThere } from '../../../shared/domain/clients/changedThere.ts';
import { firstMark } from '../../../shared/domain/commands/anew.ts';
import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { FieldEdits } from '../../../shared/domain/commands/kinds/fieldEdit.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { Answer, CommandToSend, Credential } from '../../ports/headOffice.ts';
import { classifyOutcome } from '../classifyOutcome.ts';
import type { JsonValue } from '../jsonText.ts';
import type { Line } from '../line.ts';
import { readChanges } from './changesThere.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import { ABSENT, lookUpFailed, notTold, unreadInDoubt } from './lookUp.ts';
import type { Found } from './lookUp.ts';
import { judgeTaken } from './ownNumber.ts';

export type FieldsThere<Name extends string> = Readonly<Record<Name, string | null>>;

/** What is edited, as head office takes and shows it. */
export interface EditedThere<Name extends string> {
  readonly names: readonly Name[];
  /** As its trail names it. */
  readonly entity: string;
  readonly urlOf: (serverId: number) => string;
  readonly read: (line: Line, serverId: number, credential: Credential) => Promise<Answer<FieldsThere<Name>>>;
  readonly bodyOf: (fields: FieldEdits<Name>, there: FieldsThere<Name>, words: Words<Name> | undefined) => JsonValue;
  readonly oursOf: (serverId: number) => Readonly<Record<string, number>>;
  /** Somebody changed the same there since it was seen here. */
  readonly changedThere: string;
}

/** What is written there for a field that is taken away, where that is a word of its own. */
type Words<Name extends string> = Readonly<Partial<Record<Name, string>>>;

interface Edit<Name extends string> {
  readonly record: LocalId;
  readonly fields: FieldEdits<Name>;
  readonly words?: Words<Name>;
}

export function fieldEditThere<Name extends string, Payload>(
  edited: EditedThere<Name>,
  editOf: (payload: Payload) => Edit<Name>,
): KindThere<Payload> {
  return {
    send: (line, command, payload, credential) => {
      const { record, fields, words } = editOf(payload);
      return withNumberOf<Outcome>(command, record, (serverId) => send({ edited, line, credential, serverId, fields, words }, command));
    },
    lookUp: (line, command, payload, credential) => {
      const { record, fields, words } = editOf(payload);
      return withNumberOf<Found>(command, record, async (serverId) => {
        const read = await edited.read(line, serverId, credential);
        if (!read.ok) return unreadInDoubt(command, read.trouble);
        const asked = { edited, line, credential, serverId, fields, words };
        return command.lastOutcome?.kind === 'accepted' ? wasTold(asked, read.value) : judge(asked, read.value, command);
      });
    },
    pending: ({ postSingly }, payload) => {
      // It carries no mark; another edit that says the same is as good as ours.
      const { fields, words } = editOf(payload);
      const said = edited.names
        .map((name) => (fields[name] === undefined ? null : (fields[name].after ?? words?.[name] ?? null)))
        .find((after) => after !== null);
      // As it stands inside a body.
      const marker = JSON.stringify(said ?? '').slice(1, -1);
      return marker === '' ? null : { entity: edited.entity, action: 'UPDATE', marker, expected: postSingly };
    },
  };
}

interface Asked<Name extends string> {
  readonly edited: EditedThere<Name>;
  readonly line: Line;
  readonly credential: Credential;
  readonly serverId: number;
  readonly fields: FieldEdits<Name>;
  readonly words: Words<Name> | undefined;
}

async function send<Name extends string>(asked: Asked<Name>, command: CommandToSend): Promise<Outcome> {
  const { edited, line, credential, serverId, fields, words } = asked;
  const read = await edited.read(line, serverId, credential);
  if (!read.ok) return notTold(read.trouble);
  const judged = await judge(asked, read.value, command);
  if (judged.kind !== 'absent') return judged;
  const reply = await line.send(
    { method: 'PUT', url: edited.urlOf(serverId), body: edited.bodyOf(fields, read.value, words), idempotencyKey: command.idempotencyKey },
    credential,
  );
  return judgeTaken(classifyOutcome(reply, { how: 'lone', ours: edited.oursOf(serverId) }), reply, async () => {
    const again = await edited.read(line, serverId, credential);
    return again.ok ? judge(asked, again.value, command) : unreadInDoubt(command, again.trouble);
  });
}

async function judge<Name extends string>(asked: Asked<Name>, there: FieldsThere<Name>, command: CommandToSend): Promise<Found> {
  const { edited, serverId, fields } = asked;
  const each = edited.names.flatMap((name) => {
    const field = fields[name];
    return field === undefined ? [] : [{ name, ...field, now: there[name] }];
  });
  if (each.every(({ now, after }) => now === after)) return { kind: 'accepted', serverTransactionId: serverId, how: 'found' };
  const others = each.filter(({ now, before, after }) => now !== before && now !== after);
  if (others.length === 0 || wasSeen(command)) return ABSENT;
  const names = others.map(({ name }) => name);
  const message = sayChangedThere({
    fields: Object.fromEntries(others.map(({ name, now }) => [name, now])),
    ...(await whoChanged(asked, names)),
  });
  return { kind: 'rejected', code: edited.changedThere, message, status: 409 };
}

/** What was told once stands there, or was written over since; lost is what head office knows no change of. */
async function wasTold<Name extends string>(asked: Asked<Name>, there: FieldsThere<Name>): Promise<Found> {
  const { edited, line, credential, serverId, fields, words } = asked;
  const told: Found = { kind: 'accepted', serverTransactionId: serverId, how: 'found' };
  const gone = edited.names.flatMap((name) => {
    const field = fields[name];
    return field === undefined || field.after === there[name] ? [] : [field.after ?? words?.[name] ?? ''];
  });
  if (gone.length === 0) return told;
  const changes = await readChanges(line, { entity: edited.entity, action: 'UPDATE', serverId }, credential);
  if (!changes.ok) return lookUpFailed(changes.trouble);
  const { rows, isAll } = changes.value;
  const isKnown = rows.some((row) => gone.every((after) => row.text('commandAsJson')?.includes(JSON.stringify(after)) === true));
  return isKnown || !isAll ? told : ABSENT;
}

/** Beside the answer, and never in its way: whoever may not read the audit trail is told without. */
async function whoChanged<Name extends string>(
  { edited, line, serverId, credential }: Asked<Name>,
  names: readonly Name[],
): Promise<Pick<ChangedThere, 'at' | 'by'>> {
  const changes = await readChanges(line, { entity: edited.entity, action: 'UPDATE', serverId }, credential);
  const row = changes.ok
    ? changes.value.rows.find((each) => names.some((name) => each.text('commandAsJson')?.includes(`"${name}"`) === true))
    : undefined;
  return { at: row?.id('madeOnDate') ?? null, by: row?.text('maker') ?? null };
}

/** Both truths were before a person, who let it go once more. */
function wasSeen({ commandId }: CommandToSend): boolean {
  return firstMark(commandId) !== commandId;
}
