// Walk 2, its end: a manager closes a case. Each of its ways is itself a recorded fact; none of them rewrites the receipt or moves cash
// that did not move. A case is closed only by somebody other than the maker (I9).

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { Transition } from '../../../shared/domain/commands/applyOutcome.ts';
import { counterPaperOf, kindOf } from '../../../shared/domain/commands/kinds/allKinds.ts';
import { HEAD_OFFICE_ITSELF } from '../../../shared/domain/exceptions/headOfficeItself.ts';
import { postingOfCommand } from '../../../shared/domain/receipts/lines.ts';
import type { CounterPaper } from '../../../shared/domain/receipts/undoes.ts';
import type { Receipt } from '../../../shared/domain/records.ts';
import { choicesOf } from '../../../shared/domain/exceptions/resolution.ts';
import { assert, assertInvariant } from '../../../shared/kernel/assert.ts';
import { exhaustive } from '../../../shared/kernel/exhaustive.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { closeException } from '../../journal/closeException.ts';
import { childrenOf, isOrphan, mayGoAlong, replace, withdraw } from '../../journal/giveUpCommand.ts';
import { moveCommand } from '../../journal/moveCommand.ts';
import { readSetting } from '../../journal/settings.ts';
import { openDayThere } from '../../journal/currentBusinessDate.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import { isSamePerson } from '../session/samePerson.ts';
import type { Session } from '../session/sessions.ts';
import { mustLeaveToAnother } from './agreement.ts';
import { anewOf, mayGoOnOpenDay } from './anewOf.ts';
import { candidatesOf, onItsDay } from './candidates.ts';
import { casesOfReceipt, type CaseOfReceipt } from './casesOfReceipt.ts';
import { factsOfClosing, tellThatClosed } from './closing.ts';
import { moveMoneyAgain } from './counterPaper.ts';
import { existingFor } from './existingFor.ts';
import { drawerForCase } from './drawerForCase.ts';
import { settledBefore } from './settledBefore.ts';
import { recordIntoSuspense, recordOutOfSuspense } from './suspense.ts';

type Method = BranchContract['exceptions']['resolve'];

export function resolveException(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: ParsedInputOf<Method>,
): AnswerOf<Method> {
  const answer = parts.store.write((write): AnswerOf<Method> => {
    const exception = write.exception(input.exceptionId);
    if (exception === null) return refuse({ code: 'exception.unknown' });
    if (exception.closedBy === HEAD_OFFICE_ITSELF) return refuse({ code: 'exception.headOfficeDecided' });
    // Perhaps by the very press whose answer was lost: what was decided is told, and no money moves for it now.
    if (exception.closedAt !== null) return refuse({ code: 'exception.alreadyClosed', facts: factsOfClosing(write, exception) });
    if (clockWatch.unanswered(write) !== null) return refuse({ code: 'clock.answerFirst' });
    const command = write.command(exception.commandId);
    assert(command !== null, 'a case has its command');
    if (isSamePerson(write, command.recordedBy, session.username)) return refuse({ code: 'exception.makerCannotClose' });
    if (mustLeaveToAnother(write, command, session.username)) return refuse({ code: 'exception.agreerCannotClose' });
    const thisCase = { exception, command };
    const receipt = command.receiptId === null ? null : write.receipt(command.receiptId);
    const drawer = drawerForCase(write, command, session.username);
    const candidates = candidatesOf(write, command);
    const earlier = settledBefore(write, exception);
    const children = childrenOf(write, command.commandId);
    const choice = choicesOf({
      commandKind: command.kind,
      exceptionKind: exception.kind,
      candidates: candidates.length,
      earlier: earlier?.resolution ?? null,
      suspenseReady: readSetting(write, 'suspenseAccounts') !== null,
      drawerOpen: drawer !== null,
      cash: receipt?.cash ?? false,
      existing: existingFor(write, command).length,
      childrenStay: !mayGoAlong(children),
      orphan: isOrphan(write, command),
      dayOpen: write.openDay() !== null,
    }).find((one) => one.resolution === input.resolution);
    if (choice?.possible !== true) return refuse({ code: 'exception.choiceImpossible', facts: { why: choice?.whyNot ?? null } });

    switch (input.resolution) {
      case 'resubmit': {
        if (input.onOpenDay && !mayGoOnOpenDay(command, exception))
          return refuse({ code: 'exception.choiceImpossible', facts: { why: null } });
        const postedOn = input.onOpenDay ? openDayThere(write, parts.clock) : null;
        return close({ kind: 'resubmit', anew: anewOf(command, exception, postedOn) }, null, null);
      }
      case 'recognise': {
        const chosen =
          input.serverTransactionId === undefined && candidates.length === 1
            ? candidates[0]
            : candidates.find(({ serverTransactionId }) => serverTransactionId === input.serverTransactionId);
        if (chosen === undefined) return refuse({ code: 'exception.candidateNeeded' });
        const recognised = { kind: 'recognise', serverTransactionId: chosen.serverTransactionId, ...onItsDay(command, chosen) } as const;
        if (earlier?.resolution === 'suspend')
          return close(recognised, null, recordOutOfSuspense(write, parts, exception, earlier, session.username));
        if (earlier?.resolution !== 'reverse') return close(recognised, null, null);
        return moveMoney(recognised, counterPaperOf(command.kind, 'again'), own());
      }
      case 'suspend':
        return close({ kind: 'suspend' }, null, recordIntoSuspense(write, parts, exception, command, session.username));
      case 'reverse':
        return moveMoney(
          { kind: 'reverse' },
          counterPaperOf(command.kind, 'back'),
          input.whole && receipt !== null ? casesOfReceipt(write, receipt) : own(),
        );
      case 'correct': {
        const chapter = kindOf(command.kind);
        const payload = chapter.edit(chapter.seen?.(command.payload, exception.serverMessage) ?? command.payload, input.edits ?? {});
        if (payload === null) return refuse({ code: 'command.badWords' });
        replace(write, parts, command, payload, 'corrected', session.username);
        return close(null, null, null);
      }
      case 'merge': {
        const record = kindOf(command.kind).teaches(command.payload);
        // Made one for ever: only with what the case itself offers.
        const offered = existingFor(write, command).find(({ localId }) => localId === input.mergeInto);
        const serverResourceId = record === null || offered === undefined ? null : write.serverIdOf(record.kind, offered.localId);
        if (serverResourceId === null) return refuse({ code: 'exception.mergeUnknown' });
        return close({ kind: 'merge', serverResourceId }, null, null);
      }
      case 'withdraw':
        if (children.length > 0 && !input.withChildren) return refuse({ code: 'command.childrenWait', facts: { count: children.length } });
        withdraw(write, parts, command, session.username, input.reason);
        return close(null, null, null);
      default:
        return exhaustive(input.resolution);
    }

    function own(): readonly CaseOfReceipt[] {
      const placed = receipt === null ? null : postingOfCommand(receipt, thisCase.command.commandId);
      assert(placed !== null, 'only what stands on a receipt is reversed');
      return [{ ...thisCase, placed }];
    }

    /** Money changes hands once more, with a paper of its own for all that goes together. */
    function moveMoney(transition: Transition, kind: CounterPaper, cases: readonly CaseOfReceipt[]): AnswerOf<Method> {
      assert(receipt !== null, 'only a receipt is reversed');
      const placed = cases.map((each) => each.placed);
      const paper = moveMoneyAgain(write, parts, kind, receipt, placed, drawer, session, clockWatch.doubtful(write));
      return paper.ok ? close(transition, paper.value, null, cases) : paper;
    }

    /** `transition`: null where the command has moved already. */
    function close(
      transition: Transition | null,
      reversal: Receipt | null,
      suspenseCommandId: LocalId | null,
      cases: readonly Omit<CaseOfReceipt, 'placed'>[] = [thisCase],
    ): AnswerOf<Method> {
      const closedAt = parts.clock.now();
      for (const each of cases) {
        assertInvariant(
          !isSamePerson(write, each.command.recordedBy, session.username),
          'I9',
          'a case is closed by somebody other than the maker',
        );
        if (transition !== null) moveCommand(write, parts, each.command.commandId, transition, session.username);
        closeException(write, parts, each.exception, {
          closedAt,
          closedBy: session.username,
          resolution: input.resolution,
          reason: input.reason,
          resolutionReceiptId: reversal?.receiptId ?? null,
          suspenseCommandId,
        });
      }
      return ok({ receiptId: reversal?.receiptId ?? null });
    }
  });
  if (answer.ok) tellThatClosed(parts);
  return answer;
}
