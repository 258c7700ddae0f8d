// A maker whose sign-in is gone (a changed password, somebody who left) must not hold back money that changed hands: a manager lets their
// commands be sent under the manager's own sign-in. The maker stays the maker on every record (contract 12, rule 2).

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { appendEntry } from '../../journal/appendEntry.ts';
import { moveCommand } from '../../journal/moveCommand.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import type { BranchParts } from '../parts.ts';
import { isSamePerson } from '../session/samePerson.ts';
import type { Session } from '../session/sessions.ts';

type Method = BranchContract['sync']['releaseCommands'];
const COMMANDS_MOST = 100_000;

export function releaseCommands(parts: BranchParts, session: Session, input: ParsedInputOf<Method>): AnswerOf<Method> {
  const answer = parts.store.write((write): AnswerOf<Method> => {
    if (isSamePerson(write, input.username, session.username)) return refuse({ code: 'release.samePerson' });
    const waiting = write
      .unfinishedCommands(COMMANDS_MOST)
      .filter((command) => command.sentAs === input.username && (command.state === 'queued' || command.state === 'inDoubt'));
    if (waiting.length === 0 || write.staff(input.username)?.signIn === 'good') return refuse({ code: 'release.nothingWaits' });
    for (const command of waiting)
      moveCommand(write, parts, command.commandId, { kind: 'release', sentAs: session.username }, session.username);
    appendEntry(write, parts.digest, {
      what: 'commands.released',
      by: session.username,
      businessDate: currentBusinessDate(write, parts.clock),
      at: parts.clock.now(),
      body: { maker: input.username, count: waiting.length, reason: input.reason },
    });
    return ok({ released: waiting.length });
  });
  if (answer.ok) parts.sync.wake();
  return answer;
}
