// A change to what head office knows of a client. It keeps no version and lets the last writer win (contract 6.3), so each field is read first: as
// it was seen here, it is told; as it is wanted, it was told already; a third thing is somebody else's word, and a person decides.

import { firstMark } from '../../../shared/domain/commands/anew.ts';
import type { Outcome } from '../../../shared/domain/commands/command.ts';
import { EDITED_FIELDS, type ClientEditPayload, type EditedField } from '../../../shared/domain/commands/kinds/clientEdit.ts';
import type { Answer, CommandToSend, Credential } from '../../ports/headOffice.ts';
import { classifyOutcome } from '../classifyOutcome.ts';
import { DATE_FORMAT } from '../dates.ts';
import { decoding } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, Unreadable } from '../members.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import { ABSENT, lookUpFailed } from './lookUp.ts';
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
      return read.ok ? judge(read.value, command, payload, client) : lookUpFailed(read.trouble);
    }),
  pending: ({ postSingly }, { fields }) => {
    // It carries no mark; another edit that says the same is as good as ours.
    const said = EDITED_FIELDS.map((name) => fields[name]?.after ?? null).find((after) => after !== null);
    return said === undefined || said === null ? null : { entity: 'CLIENT', action: 'UPDATE', marker: said, expected: postSingly };
  },
  rowsAreVisible: true,
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
  if (!read.ok) {
    const failed = lookUpFailed(read.trouble);
    // Nothing was told yet.
    return failed.kind === 'signInNeeded' ? failed : { kind: 'retryLater', why: 'neverSent', keyBurnt: false };
  }
  const judged = judge(read.value, command, payload, client);
  if (judged.kind !== 'absent') return judged;
  const reply = await line.send(
    { method: 'PUT', url, body: bodyOf(payload, read.value), idempotencyKey: command.idempotencyKey },
    credential,
  );
  return classifyOutcome(reply, { how: 'lone', ours: { clientId: client } });
}

function judge(there: There, command: CommandToSend, { fields }: ClientEditPayload, client: number): Found {
  const asked = EDITED_FIELDS.flatMap((name) => {
    const field = fields[name];
    return field === undefined ? [] : [{ name, ...field, now: there[name] }];
  });
  if (asked.every(({ now, after }) => now === after)) return { kind: 'accepted', serverTransactionId: client, how: 'found' };
  const others = asked.filter(({ now, before, after }) => now !== before && now !== after);
  if (others.length === 0 || wasSeen(command)) return ABSENT;
  const words = others.map(({ name, now }) => `${name}: ${now ?? '-'}`).join('; ');
  return { kind: 'rejected', code: CHANGED_THERE, message: words, status: 409 };
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
