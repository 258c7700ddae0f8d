// A repayment at head office: one item in an enclosing batch, marked by the command's id as external id, which head office keeps unique
// (contract 12, rule 3). Found again by that external id, which survives a replay of the loan where the server id does not (contract 4.3).

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { LoanRepaymentPayload } from '../../../shared/domain/commands/kinds/loanRepayment.ts';
import type { CommandToSend, Credential } from '../../ports/headOffice.ts';
import { DATE_FORMAT } from '../dates.ts';
import type { JsonValue } from '../jsonText.ts';
import { isGone } from '../line.ts';
import type { Json, Line } from '../line.ts';
import { Members } from '../members.ts';
import { amountToHeadOffice } from '../money.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import { judge, lookUpFailed, readTransactions } from './lookUp.ts';
import type { Found } from './lookUp.ts';
import { postAlone, postEnclosed } from './post.ts';
import { noteOf } from './wording.ts';

export const loanRepaymentThere: KindThere<LoanRepaymentPayload> = {
  send: (line, command, payload, credential) =>
    withNumberOf(command, payload.loanId, (loan) => send(line, command, payload, loan, credential)),
  lookUp: (line, command, payload, credential) =>
    withNumberOf(command, payload.loanId, (loan) => lookUp(line, command, payload, loan, credential)),
  pending: (command) => (command.postSingly ? { entity: 'LOAN', action: 'REPAYMENT', marker: command.commandId, expected: true } : null),
  rowsAreVisible: true,
};

function body(command: CommandToSend, payload: LoanRepaymentPayload): JsonValue {
  const { payment } = payload;
  return {
    transactionDate: payload.transactionDate,
    transactionAmount: amountToHeadOffice(payload.amountMinor, payload.decimals),
    paymentTypeId: payment.paymentTypeId,
    accountNumber: payment.accountNumber,
    checkNumber: payment.checkNumber,
    bankNumber: payment.bankNumber,
    receiptNumber: payload.receiptNumber,
    note: noteOf(command, payload.note, payload.receiptNumber),
    externalId: command.commandId,
    ...DATE_FORMAT,
  };
}

async function send(
  line: Line,
  command: CommandToSend,
  payload: LoanRepaymentPayload,
  loanServerId: number,
  credential: Credential,
): Promise<Outcome> {
  const path = `loans/${loanServerId}/transactions?command=repayment`;
  const ours = { loanId: loanServerId, resourceExternalId: command.commandId };
  const content = body(command, payload);
  return command.postSingly
    ? postAlone(line, command, `/${path}`, content, ours, credential)
    : postEnclosed(line, command, [{ relativeUrl: path, body: content }], ours, credential);
}

async function lookUp(
  line: Line,
  command: CommandToSend,
  payload: LoanRepaymentPayload,
  loanServerId: number,
  credential: Credential,
): Promise<Found> {
  const loan = `/loans/${loanServerId}`;
  const direct = await line.ask({ method: 'GET', url: `${loan}/transactions/external-id/${command.commandId}` }, credential);
  if (direct.ok) return judgeMarked(direct.value, command, payload);
  if (!isGone(direct.trouble)) return lookUpFailed(direct.trouble);

  // Head office says it knows no such external id; its list of the loan must agree before anything is sent again.
  const whole = await line.ask({ method: 'GET', url: `${loan}?associations=transactions` }, credential);
  if (!whole.ok) return lookUpFailed(whole.trouble);
  const account = readTransactions(whole.value, loanServerId);
  if (!account.ok) return lookUpFailed(account.trouble);
  return judge(
    account.value.filter((each) => each.text('externalId') === command.commandId),
    payload,
  );
}

function judgeMarked(value: Json, command: CommandToSend, payload: LoanRepaymentPayload): Found {
  if (Array.isArray(value)) return lookUpFailed(null);
  const transaction = new Members(value, 'loan transaction');
  const externalId = transaction.text('externalId');
  if (transaction.id('id') === null || (externalId !== null && externalId !== command.commandId)) return lookUpFailed(null);
  return judge([transaction], payload);
}
