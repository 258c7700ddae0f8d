// What the branch itself changed of a client and head office's own row does not show yet: laid over that row, oldest first (I6).

import { foldFields } from '../../shared/domain/clients/foldFields.ts';
import { kindOf } from '../../shared/domain/commands/kinds/allKinds.ts';
import type { ClientRecord, ReadStore } from '../ports/store.ts';
import { countsStill } from './countsStill.ts';

/** More than anybody changes of one client between two pulls. */
const CHANGES_MOST = 100;

export function changedHere(read: ReadStore, client: ClientRecord): ClientRecord {
  const record = { kind: 'client', localId: client.clientId } as const;
  const counting = read
    .factsOf(record, CHANGES_MOST)
    .filter((command) => kindOf(command.kind).teaches(command.payload) === null && countsStill(read, command, client.pulledAt))
    .reverse();
  const changes = counting.flatMap(({ kind, payload }) => kindOf(kind).changes(payload));
  // A fact of somebody who was made one with this client names the other id.
  const { fields, state } = foldFields(
    changes.map((change) => ({ ...change, record })),
    record,
  );
  if (Object.keys(fields).length === 0 && state === null) return client;
  const said = (name: string, known: string | null): string | null => (name in fields ? (fields[name] ?? null) : known);
  const [firstname, lastname] = [said('firstname', client.firstname), said('lastname', client.lastname)];
  return {
    ...client,
    firstname,
    lastname,
    displayName: said('fullname', null) ?? renamed(client, firstname, lastname),
    mobileNo: said('mobileNo', client.mobileNo),
    dateOfBirth: said('dateOfBirth', client.dateOfBirth),
    staffName: said('staffName', client.staffName),
    status: STATES.find((each) => each === state) ?? client.status,
  };
}

const STATES = ['pending', 'active', 'closed', 'rejected', 'withdrawn'] as const;

/** What stands between first and last name stays. */
function renamed({ displayName, firstname, lastname }: ClientRecord, first: string | null, last: string | null): string {
  if (first === firstname && last === lastname) return displayName;
  const [before, after] = [firstname ?? '', lastname ?? ''];
  const middle =
    displayName.startsWith(before) && displayName.endsWith(after) && displayName.length >= before.length + after.length
      ? displayName.slice(before.length, displayName.length - after.length).trim()
      : '';
  return [first, middle, last].filter((part) => part !== null && part !== '').join(' ');
}
