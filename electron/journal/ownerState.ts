// In which state whoever an account belongs to is, with what the branch changed: head office takes and gives no money for somebody who is not active.

import type { LocalId } from '../../shared/kernel/ids.ts';
import type { ClientRecord, ReadStore } from '../ports/store.ts';
import { changedHere } from './changedHere.ts';
import { groupHere } from './membersHere.ts';

interface Owned {
  readonly clientId: LocalId | null;
  /** Of an account that has a client too, the group through which it is held: no owner. */
  readonly groupId: LocalId | null;
}

/** Of an owner as a form names it. */
export function ownerIds({ kind, localId }: { readonly kind: 'client' | 'group'; readonly localId: LocalId }): Owned {
  return kind === 'client' ? { clientId: localId, groupId: null } : { clientId: null, groupId: localId };
}

/** Null where head office names nobody, or nobody of that name is here. */
export function ownerState(read: ReadStore, { clientId, groupId }: Owned): ClientRecord['status'] | null {
  if (clientId !== null) {
    const client = read.client(clientId);
    return client === null ? null : changedHere(read, client).status;
  }
  const group = groupId === null ? null : read.group(groupId);
  return group === null ? null : groupHere(read, group).status;
}

/** Of whom nothing is known, nothing is held against the account. */
export function isOwnerEnded(read: ReadStore, owned: Owned): boolean {
  const state = ownerState(read, owned);
  return state !== null && state !== 'active';
}
