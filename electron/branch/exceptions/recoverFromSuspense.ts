// Money that a manager had put into suspense is recovered: the client brings it back or is given it, or head office has posted it by now. The
// case is taken up and settled in one moment, with a case of its own, so that nothing waits behind it; what was carried leaves suspense by a
// posting of its own, after it went in (I4). Decided by somebody other than the maker, as every case is (I9).

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { Transition } from '../../../shared/domain/commands/applyOutcome.ts';
import { counterPaperOf } from '../../../shared/domain/commands/kinds/allKinds.ts';
import { recoveriesOf } from '../../../shared/domain/exceptions/resolution.ts';
import { postingOfCommand } from '../../../shared/domain/receipts/lines.ts';
import type { Receipt } from '../../../shared/domain/records.ts';
import { assert, assertInvariant } from '../../../shared/kernel/assert.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { closeException } from '../../journal/closeException.ts';
import { moveCommand } from '../../journal/moveCommand.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import { isSamePerson } from '../session/samePerson.ts';
import type { Session } from '../session/sessions.ts';
import { mustLeaveToAnother } from './agreement.ts';
import { candidatesOf, onItsDay } from './candidates.ts';
import { factsOfClosing, tellThatClosed } from './closing.ts';
import { moveMoneyAgain } from './counterPaper.ts';
import { drawerForCase } from './drawerForCase.ts';
import { isRecoverable, recordOutOfSuspense } from './suspense.ts';

type Method = BranchContract['exceptions']['recover'];

export function recoverFromSuspense(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: ParsedInputOf<Method>,
): AnswerOf<Method> {
  const answer = parts.store.write((write): AnswerOf<Method> => {
    const suspended = write.exception(input.exceptionId);
    if (suspended === null) return refuse({ code: 'exception.unknown' });
    if (!isRecoverable(write, suspended)) {
      const last = write.exceptionsOf(suspended.commandId).findLast(({ kind }) => kind === 'recovered');
      return last === undefined
        ? refuse({ code: 'exception.notInSuspense' })
        : refuse({ code: 'exception.alreadyClosed', facts: factsOfClosing(write, last) });
    }
    if (clockWatch.unanswered(write) !== null) return refuse({ code: 'clock.answerFirst' });
    const command = write.command(suspended.commandId);
    assert(command !== null, 'a case has its command');
    if (isSamePerson(write, command.recordedBy, session.username)) return refuse({ code: 'exception.makerCannotClose' });
    if (mustLeaveToAnother(write, command, session.username)) return refuse({ code: 'exception.agreerCannotClose' });
    const receipt = command.receiptId === null ? null : write.receipt(command.receiptId);
    const placed = receipt === null ? null : postingOfCommand(receipt, command.commandId);
    assert(receipt !== null && placed !== null, 'what stands in suspense stands on a receipt');
    const drawer = drawerForCase(write, command, session.username);
    const candidates = candidatesOf(write, command, true);
    const choice = recoveriesOf({
      candidates: candidates.length,
      drawerOpen: drawer !== null,
      cash: receipt.cash,
      dayOpen: write.openDay() !== null,
    }).find((one) => one.resolution === input.resolution);
    if (choice?.possible !== true) return refuse({ code: 'exception.choiceImpossible', facts: { why: choice?.whyNot ?? null } });

    if (input.resolution === 'recognise') {
      const chosen = candidates.find(({ serverTransactionId }) => serverTransactionId === input.serverTransactionId);
      if (chosen === undefined) return refuse({ code: 'exception.candidateNeeded' });
      const { serverTransactionId } = chosen;
      return settle({ kind: 'recognise', serverTransactionId, ...onItsDay(command, chosen) }, null);
    }
    const kind = counterPaperOf(command.kind, 'back');
    const paper = moveMoneyAgain(write, parts, kind, receipt, [placed], drawer, session, clockWatch.doubtful(write));
    return paper.ok ? settle({ kind: 'reverse' }, paper.value) : paper;

    function settle(transition: Transition, paper: Receipt | null): AnswerOf<Method> {
      assert(suspended !== null && command !== null, 'it was found above');
      assertInvariant(
        !isSamePerson(write, command.recordedBy, session.username),
        'I9',
        'a case is closed by somebody other than the maker',
      );
      const { commandId } = command;
      moveCommand(
        write,
        parts,
        commandId,
        { kind: 'takeUp', code: suspended.serverCode, message: suspended.serverMessage },
        session.username,
      );
      const opened = write.openExceptionOf(commandId);
      assert(opened !== null, 'what is taken up is a case');
      moveCommand(write, parts, commandId, transition, session.username);
      const suspenseCommandId = recordOutOfSuspense(write, parts, opened, suspended, session.username);
      closeException(write, parts, opened, {
        closedAt: parts.clock.now(),
        closedBy: session.username,
        resolution: input.resolution,
        reason: input.reason,
        resolutionReceiptId: paper?.receiptId ?? null,
        suspenseCommandId,
      });
      return ok({ receiptId: paper?.receiptId ?? null });
    }
  });
  if (answer.ok) tellThatClosed(parts);
  return answer;
}
