// A repayment at head office: one item in an enclosing batch, marked by the command's id as external id, which head office keeps unique
// (contract 12, rule 3).

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { LoanRepaymentPayload } from '../../../shared/domain/commands/kinds/loanRepayment.ts';
import type { CommandToSend, Credential } from '../../ports/headOffice.ts';
import { DATE_FORMAT } from '../dates.ts';
import type { JsonValue } from '../jsonText.ts';
import type { Line } from '../line.ts';
import { amountToHeadOffice } from '../money.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import { lookUpOnLoan } from './lookUpOnLoan.ts';
import { postAlone, postEnclosed } from './post.ts';
import { noteOf } from './wording.ts';

export const loanRepaymentThere: KindThere<LoanRepaymentPayload> = {
  send: (line, command, payload, credential) =>
    withNumberOf(command, payload.loanId, (loan) => send(line, command, payload, loan, credential)),
  lookUp: (line, command, payload, credential) =>
    withNumberOf(command, payload.loanId, (loan) => lookUpOnLoan(line, loan, command.commandId, payload, credential)),
  pending: (command) => (command.postSingly ? { entity: 'LOAN', action: 'REPAYMENT', marker: command.commandId, expected: true } : null),
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
