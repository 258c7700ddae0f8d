// Asks head office which identity papers of a client it has, and keeps the answer: they are shown from then on without a line. Nothing is recorded.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import type { BranchParts } from '../parts.ts';
import { ownCredential } from '../session/ownCredential.ts';
import type { Session } from '../session/sessions.ts';

type Method = BranchContract['clients']['readPapers'];

export async function readPapers(parts: BranchParts, session: Session, input: ParsedInputOf<Method>): Promise<AnswerOf<Method>> {
  const client = parts.store.read((read) => read.client(input.clientId));
  if (client === null) return refuse({ code: 'client.unknown' });
  const { clientId } = client;
  const serverId = parts.store.read((read) => read.serverIdOf('client', clientId));
  if (serverId === null) return refuse({ code: 'client.notThereYet' });
  const credential = ownCredential(parts, session.username);
  if (credential === null) return refuse({ code: 'headOffice.signInNeeded' });
  const answer = await parts.headOffice.readIdentifiers(serverId, credential);
  if (!answer.ok) return refuse({ code: answer.trouble.kind === 'signInNeeded' ? 'headOffice.signInNeeded' : 'headOffice.unreachable' });
  const askedAt = parts.clock.now();
  parts.store.write((write) => {
    write.savePulledIdentifiers({ clientId, askedAt, identifiers: answer.value });
  });
  parts.events.tell({ what: 'account.changed', clientIds: [clientId] });
  return ok({ askedAt });
}
