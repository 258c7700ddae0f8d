// Walk 2, its end: a manager closes a case. Each of the four ways is itself a recorded fact; none of them rewrites the receipt or moves cash
// that did not move. A case is closed only by somebody other than the maker (I9).

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import type { Transition } from '../../../shared/domain/commands/applyOutcome.ts';
import type { Receipt } from '../../../shared/domain/records.ts';
import { choicesOf } from '../../../shared/domain/exceptions/resolution.ts';
import { assert, assertInvariant } from '../../../shared/kernel/assert.ts';
import { exhaustive } from '../../../shared/kernel/exhaustive.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { appendEntry } from '../../journal/appendEntry.ts';
import { moveCommand } from '../../journal/moveCommand.ts';
import { recordCommand } from '../../journal/recordCommand.ts';
import { identityOf, readSetting } from '../../journal/settings.ts';
import type { DrawerRecord, ExceptionRecord, WriteStore } from '../../ports/store.ts';
import { currentBusinessDate } from '../cash/currentBusinessDate.ts';
import { expectedInDrawer } from '../counter/operationDay.ts';
import { issueReceipt } from '../counter/recordOperation.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import { isSamePerson } from '../session/samePerson.ts';
import type { Session } from '../session/sessions.ts';
import { candidatesOf } from './candidates.ts';
import { drawerForCase } from './drawerForCase.ts';

type Method = BranchContract['exceptions']['resolve'];

/** The books of that day are closed: an entry under it would be refused as well, so suspense carries the day of the decision (contract 2.3). */
const BOOKS_CLOSED = 'error.msg.glJournalEntry.invalid.accounting.closed';

export function resolveException(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: ParsedInputOf<Method>,
): AnswerOf<Method> {
  const answer = parts.store.write((write): AnswerOf<Method> => {
    const exception = write.exception(input.exceptionId);
    if (exception === null) return refuse({ code: 'exception.unknown' });
    if (exception.closedAt !== null) return refuse({ code: 'exception.alreadyClosed' });
    if (clockWatch.unanswered(write) !== null) return refuse({ code: 'clock.answerFirst' });
    const command = write.command(exception.commandId);
    assert(command !== null, 'a case has its command');
    if (isSamePerson(write, command.recordedBy, session.username)) return refuse({ code: 'exception.makerCannotClose' });
    const receipt = command.receiptId === null ? null : write.receipt(command.receiptId);
    const drawer = drawerForCase(write, command, session.username);
    const candidates = candidatesOf(write, command);
    const choice = choicesOf({
      commandKind: command.kind,
      exceptionKind: exception.kind,
      candidates: candidates.length,
      suspenseReady: readSetting(write, 'suspenseAccounts') !== null,
      drawerOpen: drawer !== null,
      cash: receipt?.cash ?? false,
      dayOpen: write.openDay() !== null,
    }).find((one) => one.resolution === input.resolution);
    if (choice?.possible !== true) return refuse({ code: 'exception.choiceImpossible', facts: { why: choice?.whyNot ?? null } });

    switch (input.resolution) {
      case 'resubmit':
        return close({ kind: 'resubmit' }, null, null);
      case 'recognise': {
        const chosen = input.serverTransactionId ?? (candidates.length === 1 ? candidates[0]?.serverTransactionId : undefined);
        if (chosen === undefined || !candidates.some((candidate) => candidate.serverTransactionId === chosen))
          return refuse({ code: 'exception.candidateNeeded' });
        return close({ kind: 'recognise', serverTransactionId: chosen }, null, null);
      }
      case 'suspend':
        return close({ kind: 'suspend' }, null, recordSuspense(write, parts, exception, command, session.username));
      case 'reverse': {
        assert(receipt !== null, 'only a receipt is reversed');
        if (
          receipt.cash &&
          command.kind !== 'savingsWithdrawal' &&
          drawer !== null &&
          expectedInDrawer(drawer, write.drawerTotals(drawer.drawerId)) < receipt.amountMinor
        ) {
          return refuse({ code: 'drawer.notEnoughCash' });
        }
        return close(
          { kind: 'reverse' },
          recordReversal(write, parts, command, receipt, drawer, session, clockWatch.doubtful(write)),
          null,
        );
      }
      default:
        return exhaustive(input.resolution);
    }

    function close(transition: Transition, reversal: Receipt | null, suspenseCommandId: LocalId | null): AnswerOf<Method> {
      assert(exception !== null && command !== null, 'a case that closes is open');
      assertInvariant(
        !isSamePerson(write, command.recordedBy, session.username),
        'I9',
        'a case is closed by somebody other than the maker',
      );
      const closedAt = parts.clock.now();
      moveCommand(write, parts, command.commandId, transition, session.username);
      write.closeException(exception.exceptionId, {
        closedAt,
        closedBy: session.username,
        resolution: input.resolution,
        reason: input.reason,
        resolutionReceiptId: reversal?.receiptId ?? null,
        suspenseCommandId,
      });
      appendEntry(write, parts.digest, {
        what: 'exception.closed',
        by: session.username,
        businessDate: currentBusinessDate(write, parts.clock),
        at: closedAt,
        body: {
          exception: exception.exceptionId,
          command: command.commandId,
          resolution: input.resolution,
          reason: input.reason,
          receipt: reversal?.number ?? null,
          suspenseCommand: suspenseCommandId,
        },
      });
      return ok({ receiptId: reversal?.receiptId ?? null });
    }
  });
  if (answer.ok) {
    parts.events.tell({ what: 'exceptions.changed' });
    parts.events.tell({ what: 'account.changed', clientIds: [] });
    parts.events.tell({ what: 'drawer.changed' });
    parts.sync.wake();
  }
  return answer;
}

/** The client returned the money, or gets it back: a counter-movement and a receipt of its own. Head office never held the transaction. */
function recordReversal(
  write: WriteStore,
  parts: BranchParts,
  command: CommandRecord,
  receipt: Receipt,
  drawer: DrawerRecord | null,
  session: Session,
  clockDoubt: boolean,
): Receipt {
  const returned = command.kind === 'savingsWithdrawal';
  const now = parts.clock.now();
  const paper = issueReceipt(write, parts, {
    kind: returned ? 'withdrawalReturned' : 'moneyReturned',
    commandId: null,
    username: drawer?.username ?? session.username,
    servedBy: session.displayName,
    businessDate: currentBusinessDate(write, parts.clock),
    recordedAt: now,
    account: {
      kind: receipt.accountKind,
      id: receipt.accountId,
      accountNo: receipt.accountNo,
      productName: receipt.productName,
      currency: receipt.currency,
    },
    client: receipt.clientId === null ? null : write.client(receipt.clientId),
    amountMinor: receipt.amountMinor,
    paymentTypeName: receipt.paymentTypeName,
    cash: receipt.cash,
    givenMinor: null,
    clockDoubt,
    allocation: null,
    parts: null,
    fee: null,
    agreedBy: null,
    balanceAfterMinor: null,
    nextDueDate: null,
    nextDueMinor: null,
    balancesAsOf: null,
    note: receipt.number,
  });
  if (receipt.cash && drawer !== null) {
    write.insertMovement({
      movementId: parts.ids.newId(),
      drawerId: drawer.drawerId,
      kind: returned ? 'taken' : 'paid',
      amountMinor: receipt.amountMinor,
      commandId: null,
      receiptId: paper.receiptId,
      at: now,
    });
  }
  return paper;
}

/** The refused money is carried in the branch's suspense account, in a command of its own, until it is recovered. */
function recordSuspense(
  write: WriteStore,
  parts: BranchParts,
  exception: ExceptionRecord,
  command: CommandRecord,
  manager: string,
): LocalId {
  const accounts = readSetting(write, 'suspenseAccounts');
  assert(accounts !== null, 'suspense is possible only with its accounts');
  const identity = identityOf(write);
  const paidOut = command.kind === 'savingsWithdrawal';
  const payload = command.payload;
  const commandId = parts.ids.newId();
  const receiptNumber = payload.kind === 'suspensePosting' ? payload.referenceNumber : payload.receiptNumber;
  recordCommand(write, parts, {
    commandId,
    payload: {
      kind: 'suspensePosting',
      exceptionId: exception.exceptionId,
      transactionDate: exception.serverCode === BOOKS_CLOSED ? currentBusinessDate(write, parts.clock) : payload.transactionDate,
      amountMinor: payload.amountMinor,
      decimals: payload.decimals,
      currency: identity.currency.code,
      officeServerId: identity.officeServerId,
      debitGlAccountId: paidOut ? accounts.suspenseGlAccountId : accounts.cashGlAccountId,
      creditGlAccountId: paidOut ? accounts.cashGlAccountId : accounts.suspenseGlAccountId,
      referenceNumber: commandId,
      note: receiptNumber,
    },
    subject: `suspense:${exception.exceptionId}`,
    dependsOn: null,
    recordedBy: manager,
    businessDate: currentBusinessDate(write, parts.clock),
    recordedAt: parts.clock.now(),
    clockDoubt: command.clockDoubt,
    receiptId: null,
    formId: null,
  });
  return commandId;
}
