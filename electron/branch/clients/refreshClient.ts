// F5: asks head office for one client's accounts, or for one group, now, beside the loop.

import type { AnswerOf, ParsedInputOf, Refusal } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import type { ShelfTargets } from '../../ports/sync.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';
import { ownCredential } from '../session/ownCredential.ts';

type Client = BranchContract['clients']['refresh'];
type Group = BranchContract['groups']['refresh'];

export async function refreshClient(parts: BranchParts, session: Session, input: ParsedInputOf<Client>): Promise<AnswerOf<Client>> {
  const targets = parts.store.read((read) => {
    const client = read.client(input.clientId);
    if (client === null) return null;
    return {
      clients: client.serverId === null ? [] : [client.serverId],
      loans: read.loansOf(client.clientId).flatMap(({ serverId }) => (serverId === null ? [] : [serverId])),
      savings: read.savingsOf(client.clientId).flatMap(({ serverId }) => (serverId === null ? [] : [serverId])),
    };
  });
  return targets === null ? refuse({ code: 'client.unknown' }) : refreshed(parts, session, targets, input.clientId);
}

/** With its members and who of them has which role; its accounts are read with everything else. */
export async function refreshGroup(parts: BranchParts, session: Session, input: ParsedInputOf<Group>): Promise<AnswerOf<Group>> {
  const group = parts.store.read((read) => read.group(input.groupId));
  if (group === null) return refuse({ code: 'group.unknown' });
  return refreshed(parts, session, { groups: group.serverId === null ? [] : [group.serverId] }, input.groupId);
}

async function refreshed(
  parts: BranchParts,
  session: Session,
  targets: ShelfTargets,
  of: LocalId,
): Promise<Result<{ readonly confirmedAt: number }, Refusal<'headOffice.signInNeeded' | 'headOffice.unreachable'>>> {
  const credential = ownCredential(parts, session.username);
  if (credential === null) return refuse({ code: 'headOffice.signInNeeded' });
  const answer = await parts.sync.refresh(targets, credential);
  if (!answer.ok) return refuse({ code: answer.trouble.kind === 'signInNeeded' ? 'headOffice.signInNeeded' : 'headOffice.unreachable' });
  parts.events.tell({ what: 'account.changed', clientIds: [of] });
  return ok({ confirmedAt: answer.value.at });
}
