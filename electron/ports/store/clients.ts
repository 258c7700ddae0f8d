// Clients of the replica, and finding one.

import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { PulledClient } from '../headOffice.ts';
import type { Parted } from './serverIds.ts';

/** What the branch knows of a client, whoever told it. */
export interface ClientRecord extends Omit<PulledClient, 'serverId'> {
  readonly clientId: LocalId;
  /** Null while head office does not have it: registered here, and not told yet. */
  readonly serverId: number | null;
  readonly gone: boolean;
  readonly pulledAt: number;
}

export interface FoundClient {
  readonly client: ClientRecord;
  readonly how: 'words' | 'number' | 'phone' | 'soundsAlike' | 'externalId' | 'account';
}

export interface ClientReads {
  /** Of a client that was merged into another, that one. */
  client(clientId: LocalId): ClientRecord | null;
  clients(filter: {
    readonly show: 'all' | 'active' | 'behind' | 'unfinished';
    /** Each of these narrows the list further. */
    readonly staffName?: string | undefined;
    readonly groupId?: LocalId | undefined;
    readonly status?: PulledClient['status'] | undefined;
    readonly businessDate: BusinessDate;
    readonly offset: number;
    readonly most: number;
  }): { readonly rows: readonly ClientRecord[]; readonly total: number };
  membersOf(groupId: LocalId): readonly ClientRecord[];
  /** Who of the staff has clients, and which status clients are in. */
  staffOfClients(): readonly string[];
  statusesOfClients(): readonly PulledClient['status'][];
}

export interface ClientSearch {
  /** Words in any order, prefixes, misspelt names, phone, account numbers, external ids; best first. */
  findClients(text: string, most: number): readonly FoundClient[];
  /** Which letters of a found name answer to the text, as [start, end) in its characters. */
  matchesIn(name: string, text: string): [number, number][];
  /** In plain letters: two spellings of a name that a keyboard makes one have one. Lists are ordered by it. */
  nameKey(name: string): string;
  /** The numbers of a field, in digits as they are called from abroad by the country's rules: two spellings of a number are one. */
  phonesIn(mobileNo: string | null): readonly string[];
}

export interface ClientWrites {
  /** Answers what lost its number to a record of these. `putBackAt`: when it was noticed last that head office was put back to an earlier day. */
  saveClients(rows: readonly PulledClient[], pulledAt: number, newId: () => LocalId, putBackAt?: number | null): readonly Parted[];
  /** Registered here, and to be found like every other client until head office's own row stands in its place. */
  saveOwnClient(client: Omit<ClientRecord, 'serverId' | 'gone'>): void;
  /** Given up, or merged: what head office never had is in no list any more. */
  forgetOwnClient(clientId: LocalId): void;
}
