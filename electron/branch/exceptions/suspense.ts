// The branch's suspense account at head office: what goes into it when a manager decides so, and what leaves it when head office holds the
// transaction after all. Each is a command of its own, sent and found again like any other.

import type { CommandRecord, SuspensePayload } from '../../../shared/domain/commands/command.ts';
import { assert } from '../../../shared/kernel/assert.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { recordCommand } from '../../journal/recordCommand.ts';
import { identityOf, readSetting } from '../../journal/settings.ts';
import type { ExceptionRecord, ReadStore, WriteStore } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';

/** The books of that day are closed: an entry under it would be refused as well, so suspense carries the day of the decision (contract 2.3). */
const BOOKS_CLOSED = 'error.msg.glJournalEntry.invalid.accounting.closed';

/** The refused money is carried in the branch's suspense account, in a command of its own, until it is recovered. */
export function recordIntoSuspense(
  write: WriteStore,
  parts: BranchParts,
  exception: ExceptionRecord,
  command: CommandRecord,
  manager: string,
): LocalId {
  const accounts = readSetting(write, 'suspenseAccounts');
  assert(accounts !== null, 'suspense is possible only with its accounts');
  const { payload } = command;
  // A posting that was itself refused goes once more, the same way round, into the accounts that are set now.
  const paidOut = command.kind === 'savingsWithdrawal' || (payload.kind === 'suspensePosting' && isOfWithdrawal(write, payload));
  const today = currentBusinessDate(write, parts.clock);
  return recordPosting(write, parts, command, manager, {
    exceptionId: exception.exceptionId,
    transactionDate: payload.kind === 'suspensePosting' || exception.serverCode === BOOKS_CLOSED ? today : payload.transactionDate,
    debitGlAccountId: paidOut ? accounts.suspenseGlAccountId : accounts.cashGlAccountId,
    creditGlAccountId: paidOut ? accounts.cashGlAccountId : accounts.suspenseGlAccountId,
    note: payload.kind === 'suspensePosting' ? payload.note : payload.receiptNumber,
    subject: `suspense:${exception.exceptionId}`,
  });
}

/** Head office holds the transaction after all: what was carried in suspense for it leaves suspense, after it went in. */
export function recordOutOfSuspense(
  write: WriteStore,
  parts: BranchParts,
  exception: ExceptionRecord,
  earlier: ExceptionRecord,
  manager: string,
): LocalId {
  const posting = earlier.suspenseCommandId === null ? null : write.command(earlier.suspenseCommandId);
  assert(posting?.payload.kind === 'suspensePosting', 'what was suspended has its posting');
  const { payload } = posting;
  return recordPosting(write, parts, posting, manager, {
    exceptionId: exception.exceptionId,
    transactionDate: currentBusinessDate(write, parts.clock),
    debitGlAccountId: payload.creditGlAccountId,
    creditGlAccountId: payload.debitGlAccountId,
    note: payload.note,
    subject: posting.subject,
  });
}

function isOfWithdrawal(read: ReadStore, payload: SuspensePayload): boolean {
  const cause = read.exception(payload.exceptionId);
  const command = cause === null ? null : read.command(cause.commandId);
  assert(command !== null, 'a posting to suspense has its case');
  return command.payload.kind === 'suspensePosting' ? isOfWithdrawal(read, command.payload) : command.kind === 'savingsWithdrawal';
}

function recordPosting(
  write: WriteStore,
  parts: BranchParts,
  of: CommandRecord,
  manager: string,
  posting: Pick<SuspensePayload, 'exceptionId' | 'transactionDate' | 'debitGlAccountId' | 'creditGlAccountId' | 'note'> & {
    readonly subject: string;
  },
): LocalId {
  const identity = identityOf(write);
  const commandId = parts.ids.newId();
  const { subject, ...named } = posting;
  recordCommand(write, parts, {
    commandId,
    payload: {
      kind: 'suspensePosting',
      ...named,
      amountMinor: of.payload.amountMinor,
      decimals: of.payload.decimals,
      currency: identity.currency.code,
      officeServerId: identity.officeServerId,
      referenceNumber: commandId,
    },
    subject,
    dependsOn: null,
    recordedBy: manager,
    businessDate: currentBusinessDate(write, parts.clock),
    recordedAt: parts.clock.now(),
    clockDoubt: of.clockDoubt,
    receiptId: null,
    formId: null,
  });
  return commandId;
}
