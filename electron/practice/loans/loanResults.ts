// What the commands of a loan share: their answers, the questions they ask of the owner, notes and external ids.
import { businessDate, type Call, isConfigured } from '../call.ts';
import type { CommandResult } from '../commandLayer.ts';
import type { JsonObject } from '../commandBody.ts';
import { domainRule, integrityIssue, validationError } from '../errors.ts';
import { ENTITY_LOAN, postMovement } from '../accounting/ledger.ts';
import { paymentChanges } from '../paymentDetail.ts';
import { isHoliday, isWorkingDay } from '../reference/calendar.ts';
import type { LoanRow } from './loanAccount.ts';

export function resultOf(loan: LoanRow, rest: CommandResult): CommandResult {
  return { officeId: loan.office_id, clientId: loan.client_id ?? undefined, groupId: loan.group_id ?? undefined, loanId: loan.id, ...rest };
}

/** What a transaction command says back: the request's own values, the amount as text. */
export function transactionChanges(asked: JsonObject, more: object = {}): Record<string, unknown> {
  const amount = asked['transactionAmount'];
  const { paymentTypeId, ...payment } = paymentChanges(asked);
  return {
    transactionDate: asked['transactionDate'],
    transactionAmount: typeof amount === 'number' || typeof amount === 'string' ? String(amount) : undefined,
    locale: asked['locale'],
    dateFormat: asked['dateFormat'],
    ...more,
    paymentTypeId,
    note: asked['note'],
    externalId: asked['externalId'] === '' ? undefined : asked['externalId'],
    ...payment,
  };
}

const EXTERNAL_ID_MOST = 100;

export function requireFreshExternalId(call: Call, externalId: string | undefined, kind: string): void {
  if (externalId === undefined) return;
  // Too long for its column is told as if it were there already.
  const isTooLong = externalId.length > EXTERNAL_ID_MOST;
  if (isTooLong || call.office.book.get('SELECT id FROM loan_transaction WHERE external_id = ?', externalId) !== undefined) {
    throw integrityIssue(
      `error.msg.loan.${kind}.duplicate.externalId`,
      `Transaction with external_id ${externalId} already exists.`,
      'externalId',
      [externalId],
    );
  }
}

export function requirePast(call: Call, date: string): void {
  if (date > businessDate(call.office))
    throw domainRule('error.msg.loan.transaction.cannot.be.a.future.date', 'The transaction date cannot be in the future.', [date]);
}

const DAY_TEXT = { repayment: 'Repayment', disbursement: 'Expected disbursement' } as const;

/**
 * Repayments are not taken on an office's holiday nor on a day off, unless head office is set so, and no loan is paid out then; savings know no
 * such days. `said`: the date that a refusal names, which of a disbursement is the expected one.
 */
export function requireOpenDay(
  call: Call,
  loan: Pick<LoanRow, 'office_id'>,
  date: string,
  what: keyof typeof DAY_TEXT = 'repayment',
  said: string = date,
): void {
  if (!isConfigured(call.office, 'allow-transactions-on-holiday') && isHoliday(call.office, loan.office_id, date))
    throw domainRule(`error.msg.loan.application.${what}.date.on.holiday`, `${DAY_TEXT[what]} date cannot be on a holiday`, [said]);
  if (!isConfigured(call.office, 'allow-transactions-on-non_workingday') && !isWorkingDay(call.office, date))
    throw domainRule(
      `error.msg.loan.application.${what}.date.on.non.working.day`,
      `${DAY_TEXT[what]} date cannot be on a non working day`,
      [said],
    );
}

/** A refusal of the account's state, which head office gives no parameter of its own. */
export function wrongState(code: string, message: string): Error {
  return validationError(code, message);
}

export function postLoan(call: Call, loan: LoanRow, id: number, date: string, lines: readonly (readonly [number, number])[]): void {
  postMovement(call.office.book, {
    ref: `L${String(id)}`,
    officeId: loan.office_id,
    date,
    submittedOn: businessDate(call.office),
    entityType: ENTITY_LOAN,
    entityId: loan.id,
    createdBy: call.caller.id,
    lines,
  });
}
