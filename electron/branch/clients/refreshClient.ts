// F5: asks head office for one client's accounts now, beside the loop.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';
import { ownCredential } from '../session/ownCredential.ts';

type Method = BranchContract['clients']['refresh'];

export async function refreshClient(parts: BranchParts, session: Session, input: ParsedInputOf<Method>): Promise<AnswerOf<Method>> {
  const targets = parts.store.read((read) => {
    const client = read.client(input.clientId);
    if (client === null) return null;
    return {
      clients: client.serverId === null ? [] : [client.serverId],
      loans: read.loansOf(client.clientId).flatMap(({ serverId }) => (serverId === null ? [] : [serverId])),
      savings: read.savingsOf(client.clientId).flatMap(({ serverId }) => (serverId === null ? [] : [serverId])),
    };
  });
  if (targets === null) return refuse({ code: 'client.unknown' });
  const credential = ownCredential(parts, session.username);
  if (credential === null) return refuse({ code: 'headOffice.signInNeeded' });
  const answer = await parts.sync.refresh(targets, credential);
  if (!answer.ok) return refuse({ code: answer.trouble.kind === 'signInNeeded' ? 'headOffice.signInNeeded' : 'headOffice.unreachable' });
  parts.events.tell({ what: 'account.changed', clientIds: [input.clientId] });
  return ok({ confirmedAt: answer.value.at });
}
