// What bears a number as it is printed on a card, a passbook or a contract.

import type { LocalId } from '../../../shared/kernel/ids.ts';

/** An account's owner: its client, or the group whose own it is. */
interface Owner {
  readonly clientId: LocalId | null;
  readonly groupId: LocalId | null;
  readonly ownerName: string;
}

export type Numbered =
  | { readonly kind: 'client'; readonly clientId: LocalId; readonly name: string; readonly number: string }
  | { readonly kind: 'group'; readonly groupId: LocalId; readonly name: string; readonly number: string }
  | ({ readonly kind: 'loan'; readonly loanId: LocalId; readonly number: string } & Owner)
  | ({ readonly kind: 'savings'; readonly savingsId: LocalId; readonly number: string } & Owner);

export interface NumberedReads {
  /** Everything in the replica with this very number or external id, whatever its leading zeros and its case: clients first. */
  numbered(code: string): readonly Numbered[];
}
