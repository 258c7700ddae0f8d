// The branch's suspense account at head office: what goes into it when a manager decides so, and what leaves it when head office holds the
// transaction after all. Each is a command of its own, sent and found again like any other.

import { isClosedThere } from '../../../shared/domain/commands/anew.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import { accountOf, amountOf, isPaidOut } from '../../../shared/domain/commands/kinds/allKinds.ts';
import { isSuspensePosting, type SuspensePayload } from '../../../shared/domain/commands/kinds/suspensePosting.ts';
import { HEAD_OFFICE_ITSELF } from '../../../shared/domain/exceptions/headOfficeItself.ts';
import { assert } from '../../../shared/kernel/assert.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { recordCommand } from '../../journal/recordCommand.ts';
import { identityOf, readSetting, type SuspenseAccounts } from '../../journal/settings.ts';
import type { ExceptionRecord, ReadStore, WriteStore } from '../../ports/store.ts';
import { currencyOfCommand } from '../cash/currencies.ts';
import type { BranchParts } from '../parts.ts';

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
  const today = currentBusinessDate(write, parts.clock);
  if (isSuspensePosting(payload)) {
    const cause = causeOf(write, payload);
    // What leaves suspense leaves the account that it went into; what goes in goes into the account that is set now.
    const goesOut = cause.exception.kind === 'postedAfterAll' || cause.exception.kind === 'recovered';
    const named = goesOut ? payload : pairOf(accounts, isPaidOut(cause.command.kind));
    return recordPosting(write, parts, command, manager, {
      exceptionId: exception.exceptionId,
      transactionDate: today,
      debitGlAccountId: named.debitGlAccountId,
      creditGlAccountId: named.creditGlAccountId,
      note: payload.note,
      subject: command.subject,
    });
  }
  const refused = accountOf(payload)?.posting ?? null;
  assert(refused !== null, 'only what a client paid or was paid is carried in suspense');
  return recordPosting(write, parts, command, manager, {
    exceptionId: exception.exceptionId,
    // An entry under a day whose books are closed would be refused as well (contract 2.3).
    transactionDate: isClosedThere(exception.serverCode) ? today : refused.transactionDate,
    ...pairOf(accounts, isPaidOut(command.kind)),
    note: refused.receiptNumber,
  });
}

/**
 * Head office holds the transaction after all, or the client settled it: what was carried in suspense for it leaves suspense, after it went in.
 * `exception`: the case that says so; `earlier`: the one that had put it there.
 */
export function recordOutOfSuspense(
  write: WriteStore,
  parts: BranchParts,
  exception: ExceptionRecord,
  earlier: ExceptionRecord,
  manager: string,
): LocalId {
  const posting = postingOf(write, earlier);
  assert(posting !== null && isSuspensePosting(posting.payload), 'what was suspended has its posting');
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

/** The posting that carries the money of a case now: a refused one may have been followed by another. */
export function postingOf(read: ReadStore, exception: ExceptionRecord): CommandRecord | null {
  if (exception.suspenseCommandId === null) return null;
  const next = read.exceptionsOf(exception.suspenseCommandId).at(-1);
  return next?.resolution === 'suspend' ? postingOf(read, next) : read.command(exception.suspenseCommandId);
}

/** A posting to suspense that was itself refused has a row already, its cause's; and what was decided otherwise later is in suspense no more. */
export function standsInSuspense(read: ReadStore, exception: ExceptionRecord): boolean {
  const command = read.command(exception.commandId);
  if (exception.resolution !== 'suspend' || (command !== null && isSuspensePosting(command.payload))) return false;
  const decided = read.exceptionsOf(exception.commandId).filter(({ closedBy }) => closedBy !== null && closedBy !== HEAD_OFFICE_ITSELF);
  return decided.at(-1)?.exceptionId === exception.exceptionId;
}

/** It stands there, and head office has not posted it after all in the meantime: that waits in a case of its own. */
export function isRecoverable(read: ReadStore, exception: ExceptionRecord): boolean {
  return standsInSuspense(read, exception) && read.command(exception.commandId)?.state === 'resolved';
}

type Pair = Pick<SuspensePayload, 'debitGlAccountId' | 'creditGlAccountId'>;

function pairOf(accounts: SuspenseAccounts, paidOut: boolean): Pair {
  const { suspenseGlAccountId, cashGlAccountId } = accounts;
  return paidOut
    ? { debitGlAccountId: suspenseGlAccountId, creditGlAccountId: cashGlAccountId }
    : { debitGlAccountId: cashGlAccountId, creditGlAccountId: suspenseGlAccountId };
}

/** The receipt's own case behind a posting, however many refused postings lie between. */
function causeOf(read: ReadStore, payload: SuspensePayload): { readonly exception: ExceptionRecord; readonly command: CommandRecord } {
  const exception = read.exception(payload.exceptionId);
  const command = exception === null ? null : read.command(exception.commandId);
  assert(exception !== null && command !== null, 'a posting to suspense has its case');
  return isSuspensePosting(command.payload) ? causeOf(read, command.payload) : { exception, command };
}

function recordPosting(
  write: WriteStore,
  parts: BranchParts,
  of: CommandRecord,
  manager: string,
  posting: Pick<SuspensePayload, 'exceptionId' | 'transactionDate' | 'debitGlAccountId' | 'creditGlAccountId' | 'note'> & {
    /** Of the posting that it follows, about the same money. */
    readonly subject?: string;
  },
): LocalId {
  const identity = identityOf(write);
  const commandId = parts.ids.newId();
  const { subject, ...named } = posting;
  const money = amountOf(of.payload);
  // Head office's account takes entries of every currency, each in its own.
  const currency = currencyOfCommand(write, of).code;
  assert(money !== null, 'what is carried in suspense is money');
  recordCommand(
    write,
    parts,
    {
      commandId,
      payload: {
        kind: 'suspensePosting',
        ...named,
        ...money,
        currency,
        officeServerId: identity.officeServerId,
        referenceNumber: commandId,
      },
      ...(subject === undefined ? {} : { subject }),
      recordedBy: manager,
      businessDate: currentBusinessDate(write, parts.clock),
      recordedAt: parts.clock.now(),
      clockDoubt: of.clockDoubt,
      receiptId: null,
      formId: null,
    },
    { body: { exception: named.exceptionId, amountMinor: money.amountMinor, currency } },
  );
  return commandId;
}
