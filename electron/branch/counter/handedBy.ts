// Which member of a group stood at the counter. Told by whoever serves; fixed on the paper by name and in the fact by id.

import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import type { Refusal } from '../../../shared/contract/define.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { Payer } from '../../journal/payerOf.ts';
import type { ReadStore } from '../../ports/store.ts';

export interface HandedBy {
  readonly clientId: LocalId;
  readonly name: string;
}

/** Null where nobody was named. Only a group has members, and only its own may be named. */
export function readHandedBy(
  read: ReadStore,
  payer: Payer,
  clientId: LocalId | undefined,
): Result<HandedBy | null, Refusal<'group.notMember'>> {
  if (clientId === undefined) return ok(null);
  const member = payer.groupId === null ? undefined : read.membersOf(payer.groupId).find((each) => each.clientId === clientId);
  return member === undefined ? refuse({ code: 'group.notMember' }) : ok({ clientId, name: member.displayName });
}
