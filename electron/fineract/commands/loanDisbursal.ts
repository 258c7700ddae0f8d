// Paying a loan out at head office: sent alone, marked by the command's id as external id of the transaction and by the receipt's number beside
// it, for not every head office keeps the first of a disbursal. That the loan is active proves nothing: somebody else may have paid it out.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { LoanDisbursalPayload } from '../../../shared/domain/commands/kinds/loanDisbursal.ts';
import type { CommandToSend, Credential } from '../../ports/headOffice.ts';
import { classifyOutcome } from '../classifyOutcome.ts';
import { DATE_FORMAT } from '../dates.ts';
import type { JsonValue } from '../jsonText.ts';
import type { Line } from '../line.ts';
import { amountToHeadOffice } from '../money.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import { lookUpOnLoan } from './lookUpOnLoan.ts';
import { noteOf } from './wording.ts';

const DISBURSEMENT = 1;

export const loanDisbursalThere: KindThere<LoanDisbursalPayload> = {
  send: (line, command, payload, credential) =>
    withNumberOf(command, payload.loanId, (loan) => send(line, command, payload, loan, credential)),
  lookUp: (line, command, payload, credential) =>
    withNumberOf(command, payload.loanId, (loan) =>
      lookUpOnLoan(line, loan, command.commandId, expectedOf(payload), credential, (row) => {
        const isOurs = row.child('paymentDetailData')?.text('receiptNumber') === payload.receiptNumber;
        return isOurs && row.text('externalId') === null && row.enumeration('type') === DISBURSEMENT;
      }),
    ),
  pending: ({ commandId, postSingly }) => ({ entity: 'LOAN', action: 'DISBURSE', marker: commandId, expected: postSingly }),
};

function expectedOf({ principalMinor, decimals, transactionDate }: LoanDisbursalPayload) {
  return { amountMinor: principalMinor, decimals, transactionDate };
}

async function send(
  line: Line,
  command: CommandToSend,
  payload: LoanDisbursalPayload,
  loan: number,
  credential: Credential,
): Promise<Outcome> {
  const reply = await line.send(
    { method: 'POST', url: `/loans/${loan}?command=disburse`, body: body(command, payload), idempotencyKey: command.idempotencyKey },
    credential,
  );
  // The resource is the loan; its transaction stands beside it.
  return classifyOutcome(reply, { how: 'lone', idIn: 'subResourceId', ours: { loanId: loan, subResourceExternalId: command.commandId } });
}

function body(command: CommandToSend, payload: LoanDisbursalPayload): JsonValue {
  const { payment } = payload;
  return {
    actualDisbursementDate: payload.transactionDate,
    transactionAmount: amountToHeadOffice(payload.principalMinor, payload.decimals),
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
