// Asks head office what paying off a loan takes today, and keeps the answer with its day. Nothing is recorded: it is a figure, not a fact.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import type { BranchParts } from '../parts.ts';
import { ownCredential } from '../session/ownCredential.ts';
import type { Session } from '../session/sessions.ts';

type Method = BranchContract['loans']['askPayOff'];

export async function askPayOff(parts: BranchParts, session: Session, input: ParsedInputOf<Method>): Promise<AnswerOf<Method>> {
  const { loan, onDate } = parts.store.read((read) => ({
    loan: read.loan(input.loanId),
    onDate: currentBusinessDate(read, parts.clock),
  }));
  if (loan === null) return refuse({ code: 'loan.unknown' });
  if (loan.status !== 'active') return refuse({ code: 'loan.notActive' });
  const credential = ownCredential(parts, session.username);
  if (credential === null) return refuse({ code: 'headOffice.signInNeeded' });
  const { serverId } = loan;
  if (serverId === null) return refuse({ code: 'loan.notActive' });
  const answer = await parts.headOffice.readPayOff(serverId, onDate, credential);
  if (!answer.ok) return refuse({ code: answer.trouble.kind === 'signInNeeded' ? 'headOffice.signInNeeded' : 'headOffice.unreachable' });
  const askedAt = parts.clock.now();
  const { payOffMinor } = answer.value;
  // Reckoned from the balance that head office has now: where ours is older, the quote does not count until the loan is read again.
  parts.store.write((write) => {
    write.savePayOff({ loanId: loan.loanId, onDate, payOffMinor, outstandingMinor: loan.outstandingMinor, askedAt });
  });
  parts.events.tell({ what: 'account.changed', clientIds: loan.clientId === null ? [] : [loan.clientId] });
  return ok({ payOffMinor, onDate, askedAt });
}
