// Who entered head office's own transactions of a case, how and when: no pull brings it, and whoever decides has to know. Nothing is recorded.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { accountOf } from '../../../shared/domain/commands/kinds/allKinds.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import type { TransactionThere } from '../../ports/headOffice.ts';
import type { BranchParts } from '../parts.ts';
import { ownCredential } from '../session/ownCredential.ts';
import type { Session } from '../session/sessions.ts';
import { exceptionView } from './exceptionView.ts';

type Method = BranchContract['exceptions']['askTransactions'];
const MOST = 8;

export async function askTransactions(parts: BranchParts, session: Session, input: ParsedInputOf<Method>): Promise<AnswerOf<Method>> {
  const asked = parts.store.read((read) => {
    const exception = read.exception(input.exceptionId);
    const command = exception === null ? null : read.command(exception.commandId);
    if (exception === null || command === null) return null;
    const account = accountOf(command.payload);
    const { candidates, unseenThere } = exceptionView(read, parts, exception, session.username);
    const ids = [...candidates, ...unseenThere].map(({ serverTransactionId }) => serverTransactionId);
    return {
      kind: account?.accountKind ?? null,
      serverId: account === null ? null : read.serverIdOf(account.accountKind, account.accountId),
      ids: [...new Set(ids)].slice(0, MOST),
    };
  });
  if (asked === null) return refuse({ code: 'exception.unknown' });
  const { kind, serverId, ids } = asked;
  if (kind === null || serverId === null || ids.length === 0) return ok([]);
  const credential = ownCredential(parts, session.username);
  if (credential === null) return refuse({ code: 'headOffice.signInNeeded' });
  const found: TransactionThere[] = [];
  for (const id of ids) {
    const answer = await parts.headOffice.readTransaction(kind, serverId, id, credential);
    if (answer.ok) found.push(answer.value);
    // What it does not tell of one it may tell of another; without a line there is nothing to wait for.
    else if (answer.trouble.kind === 'signInNeeded') return refuse({ code: 'headOffice.signInNeeded' });
    else if (answer.trouble.kind === 'unreachable') break;
  }
  return found.length === 0 ? refuse({ code: 'headOffice.unreachable' }) : ok(named(parts, found));
}

/** Somebody of this branch by their name, anybody else as head office calls them. */
function named(parts: BranchParts, found: readonly TransactionThere[]): TransactionThere[] {
  return parts.store.read((read) =>
    found.map((each) => ({ ...each, by: each.by === null ? null : (read.staff(each.by)?.displayName ?? each.by) })),
  );
}
