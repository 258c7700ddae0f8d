// Clients as the branch keeps them (contract 6.3). A row without id, account number, name or status is no client.

import type { PulledClient } from '../../ports/headOffice.ts';
import { needed } from '../members.ts';
import type { Members } from '../members.ts';
import { carrying, listPage } from './page.ts';
import { readEach } from './replies.ts';
import type { ShelfSource } from './shelf.ts';

const STATUS: Readonly<Record<number, PulledClient['status']>> = {
  100: 'pending',
  300: 'active',
  303: 'transfer',
  304: 'transfer',
  600: 'closed',
  700: 'rejected',
  800: 'withdrawn',
};

export const clients: ShelfSource<PulledClient> = {
  list: (line, page, credential) => listPage(line, '/clients', {}, page, carrying(decodeClient), credential),
  read: (line, serverIds, _way, credential, breathing) =>
    readEach(line, 'client', serverIds, (serverId) => `/clients/${serverId}`, decodeClient, credential, breathing),
};

export function decodeClient(row: Members): PulledClient {
  const serverId = needed(row.id('id'), row, 'id');
  const client = row.named(`client ${serverId}`);
  const firstname = client.text('firstname');
  const lastname = client.text('lastname');
  const joined = [firstname, client.text('middlename'), lastname].filter((name) => name !== null).join(' ');
  const gender = client.child('gender');
  return {
    serverId,
    externalId: client.text('externalId'),
    accountNo: needed(client.text('accountNo'), client, 'accountNo'),
    displayName: needed(client.text('displayName') ?? client.text('fullname') ?? (joined === '' ? null : joined), client, 'displayName'),
    firstname,
    lastname,
    mobileNo: client.text('mobileNo'),
    status: STATUS[needed(client.enumeration('status'), client, 'status')] ?? 'other',
    dateOfBirth: client.date('dateOfBirth'),
    gender: gender?.text('name') ?? gender?.text('value') ?? null,
    activationDate: client.date('activationDate'),
    staffName: client.text('staffName'),
    officeServerId: client.id('officeId'),
  };
}
