// Whose money it is: the client, or the group whose own the account is. Papers, lists and cases name the payer by this alone.

import type { LocalId } from '../../shared/kernel/ids.ts';
import type { Receipt } from '../../shared/domain/records.ts';
import type { ReadStore } from '../ports/store.ts';

/** One of the two ids is there, or none where head office names nobody. */
export interface Payer {
  readonly clientId: LocalId | null;
  readonly groupId: LocalId | null;
  readonly name: string;
  readonly accountNo: string;
}

/** A loan that a member holds through a group is the member's: only what has no client is the group's own. */
export function payerOf(read: ReadStore, owner: { readonly clientId: LocalId | null; readonly groupId: LocalId | null }): Payer {
  if (owner.clientId !== null) {
    const client = read.client(owner.clientId);
    return { clientId: owner.clientId, groupId: null, name: client?.displayName ?? '', accountNo: client?.accountNo ?? '' };
  }
  const group = owner.groupId === null ? null : read.group(owner.groupId);
  return { clientId: null, groupId: owner.groupId, name: group?.name ?? '', accountNo: group?.accountNo ?? '' };
}

/** The payer of a paper that was given; as the paper says it where the record is not read any more. */
export function payerOnPaper(read: ReadStore, receipt: Receipt): Payer {
  const payer = payerOf(read, { clientId: receipt.clientId, groupId: receipt.groupId ?? null });
  return payer.name === '' ? { ...payer, name: receipt.clientName, accountNo: receipt.clientAccountNo } : payer;
}
