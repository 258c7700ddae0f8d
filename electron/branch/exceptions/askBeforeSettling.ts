// Before money is given back or carried in suspense, head office is asked once more, where it can be: a late copy of the refused request may
// have gone through since. What the account shows then closes the case by itself. Without a line the manager decides with what is known;
// should head office post it later, the case opens again.

import type { ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { readSetting } from '../../journal/settings.ts';
import type { AccountTargets } from '../../ports/sync.ts';
import type { BranchParts } from '../parts.ts';
import { ownCredential } from '../session/ownCredential.ts';
import type { Session } from '../session/sessions.ts';

export async function askBeforeSettling(
  parts: BranchParts,
  session: Session,
  input: ParsedInputOf<BranchContract['exceptions']['resolve']>,
): Promise<void> {
  if (input.resolution !== 'reverse' && input.resolution !== 'suspend') return;
  const targets = parts.store.read((read): AccountTargets | null => {
    if (parts.sync.state().line !== 'up' || readSetting(read, 'offlineDeclared') !== null) return null;
    const exception = read.exception(input.exceptionId);
    const payload = exception?.closedAt === null ? read.command(exception.commandId)?.payload : undefined;
    if (payload === undefined || payload.kind === 'suspensePosting') return null;
    const kind = payload.kind === 'loanRepayment' ? 'loan' : 'savings';
    const serverId = read.serverIdOf(kind, payload.kind === 'loanRepayment' ? payload.loanId : payload.savingsId);
    const ids = serverId === null ? [] : [serverId];
    return { clients: [], loans: kind === 'loan' ? ids : [], savings: kind === 'savings' ? ids : [] };
  });
  const credential = targets === null ? null : ownCredential(parts, session.username);
  if (targets !== null && credential !== null) await parts.sync.refresh(targets, credential);
}
