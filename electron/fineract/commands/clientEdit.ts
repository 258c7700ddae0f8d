// A change to what head office knows of a client. It keeps no version and lets the last writer win (contract 6.3), so each field is read first: as
// it was seen here, it is told; as it is wanted, it was told already; a third thing is somebody else's word, and a person decides.

import { sayChangedThere, type ChangedThere } from '../../../shared/domain/clients/changedThere.ts';
import { firstMark } from '../../../shared/domain/commands/anew.ts';
import type { Outcome } from '../../../shared/domain/commands/command.ts';
import { EDITED_FIELDS, type EditedField } from '../../../shared/domain/clients/editedFields.ts';
import type { ClientEditPayload } from '../../../shared/domain/commands/kinds/clientEdit.ts';
import type { Answer, CommandToSend, Credential } from '../../ports/headOffice.ts';
import { classifyOutcome } from '../classifyOutcome.ts';
import { DATE_FORMAT } from '../dates.ts';
import { decoding } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, Unreadable } from '../members.ts';
import { readChanges } from './changesThere.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import { ABSENT, lookUpFailed, notTold, unreadInDoubt } from './lookUp.ts';
import type { Found } from './lookUp.ts';

/** Somebody changed it at head office since it was seen here. */
const CHANGED_THERE = 'client.changedThere';

type There = Readonly<Record<EditedField, string | null>>;

export const clientEditThere: KindThere<ClientEditPayload> = {
  send: (line, command, payload, credential) =>
    withNumberOf<Outcome>(command, payload.clientId, (client) => send(line, command, payload, client, credential)),
  lookUp: (line, command, payload, credential) =>
    withNumberOf<Found>(command, payload.clientId, async (client) => {
      const read = await readFields(line, client, credential);
      if (!read.ok) return unreadInDoubt(command, read.trouble);
      return command.lastOutcome?.kind === 'accepted'
        ? wasTold(line, read.value, payload, client, credential)
        : judge(line, read.value, command, payload, client, credential);
    }),
  pending: ({ postSingly }, { fields }) => {
    // It carries no mark; another edit that says the same is as good as ours.
    const said = EDITED_FIELDS.map((name) => fields[name]?.after ?? null).find((after) => after !== null);
    // As it stands inside a body.
    const marker = JSON.stringify(said ?? '').slice(1, -1);
    return marker === '' ? null : { entity: 'CLIENT', action: 'UPDATE', marker, expected: postSingly };
  },
};

async function send(
  line: Line,
  command: CommandToSend,
  payload: ClientEditPayload,
  client: number,
  credential: Credential,
): Promise<Outcome> {
  const url = `/clients/${String(client)}`;
  const read = await readFields(line, client, credential);
  if (!read.ok) return notTold(read.trouble);
  const judged = await judge(line, read.value, command, payload, client, credential);
  if (judged.kind !== 'absent') return judged;
  const reply = await line.send(
    { method: 'PUT', url, body: bodyOf(payload, read.value), idempotencyKey: command.idempotencyKey },
    credential,
  );
  return classifyOutcome(reply, { how: 'lone', ours: { clientId: client } });
}

async function judge(
  line: Line,
  there: There,
  command: CommandToSend,
  { fields }: ClientEditPayload,
  client: number,
  credential: Credential,
): Promise<Found> {
  const asked = EDITED_FIELDS.flatMap((name) => {
    const field = fields[name];
    return field === undefined ? [] : [{ name, ...field, now: there[name] }];
  });
  if (asked.every(({ now, after }) => now === after)) return { kind: 'accepted', serverTransactionId: client, how: 'found' };
  const others = asked.filter(({ now, before, after }) => now !== before && now !== after);
  if (others.length === 0 || wasSeen(command)) return ABSENT;
  const names = others.map(({ name }) => name);
  const message = sayChangedThere({
    fields: Object.fromEntries(others.map(({ name, now }) => [name, now])),
    ...(await whoChanged(line, client, names, credential)),
  });
  return { kind: 'rejected', code: CHANGED_THERE, message, status: 409 };
}

/** What was told once stands there, or was written over since; lost is what head office knows no change of. */
async function wasTold(line: Line, there: There, { fields }: ClientEditPayload, client: number, credential: Credential): Promise<Found> {
  const told: Found = { kind: 'accepted', serverTransactionId: client, how: 'found' };
  const gone = EDITED_FIELDS.flatMap((name) =>
    fields[name] === undefined || fields[name].after === there[name] ? [] : [fields[name].after],
  );
  if (gone.length === 0) return told;
  const changes = await readChanges(line, { entity: 'CLIENT', action: 'UPDATE', serverId: client }, credential);
  if (!changes.ok) return lookUpFailed(changes.trouble);
  const { rows, isAll } = changes.value;
  const isKnown = rows.some((row) => gone.every((after) => row.text('commandAsJson')?.includes(JSON.stringify(after ?? '')) === true));
  return isKnown || !isAll ? told : ABSENT;
}

/** Beside the answer, and never in its way: whoever may not read the audit trail is told without. */
async function whoChanged(
  line: Line,
  client: number,
  names: readonly EditedField[],
  credential: Credential,
): Promise<Pick<ChangedThere, 'at' | 'by'>> {
  const changes = await readChanges(line, { entity: 'CLIENT', action: 'UPDATE', serverId: client }, credential);
  const row = changes.ok
    ? changes.value.rows.find((each) => names.some((name) => each.text('commandAsJson')?.includes(`"${name}"`) === true))
    : undefined;
  return { at: row?.id('madeOnDate') ?? null, by: row?.text('maker') ?? null };
}

/** Both truths were before a person, who let it go once more. */
function wasSeen({ commandId }: CommandToSend): boolean {
  return firstMark(commandId) !== commandId;
}

/** Both parts of a person's name go together (observed 6.3). */
function bodyOf({ fields }: ClientEditPayload, there: There) {
  const isNamed = fields.firstname !== undefined || fields.lastname !== undefined;
  const name = isNamed
    ? { firstname: fields.firstname?.after ?? there.firstname ?? '', lastname: fields.lastname?.after ?? there.lastname ?? '' }
    : {};
  return {
    ...name,
    ...(fields.fullname === undefined ? {} : { fullname: fields.fullname.after ?? '' }),
    ...(fields.mobileNo === undefined ? {} : { mobileNo: fields.mobileNo.after ?? '' }),
    ...(fields.dateOfBirth === undefined ? {} : { dateOfBirth: fields.dateOfBirth.after ?? '' }),
    ...DATE_FORMAT,
  };
}

async function readFields(line: Line, client: number, credential: Credential): Promise<Answer<There>> {
  const answer = await line.ask({ method: 'GET', url: `/clients/${String(client)}` }, credential);
  if (!answer.ok) return answer;
  return decoding(() => {
    const row = new Members(answer.value, `client ${String(client)}`);
    if (row.id('id') !== client) throw new Unreadable(`client ${String(client)}: id`);
    const said = (name: string): string | null => {
      const text = row.text(name)?.trim() ?? '';
      return text === '' ? null : text;
    };
    return {
      firstname: said('firstname'),
      lastname: said('lastname'),
      fullname: said('fullname'),
      mobileNo: said('mobileNo'),
      dateOfBirth: row.date('dateOfBirth'),
    };
  });
}
