// A decision on a loan at head office: sent alone, for a batch is for money, and found again by the mark in the note that head office keeps with
// it (recordings 10-loans). The loan's own status proves nothing: somebody else may have decided the same, or otherwise since.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { LoanDecisionPayload } from '../../../shared/domain/commands/kinds/loanDecision.ts';
import type { LoanDeed } from '../../../shared/domain/loans/decision.ts';
import type { CommandToSend } from '../../ports/headOffice.ts';
import { DATE_FORMAT } from '../dates.ts';
import type { JsonValue } from '../jsonText.ts';
import { amountToHeadOffice } from '../money.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import type { Found } from './lookUp.ts';
import { lookUpInLoanNotes } from './notesThere.ts';
import { postAlone } from './post.ts';
import { markedNote } from './wording.ts';

const THERE: Readonly<Record<LoanDeed, { readonly command: string; readonly action: string }>> = {
  approve: { command: 'approve', action: 'APPROVE' },
  reject: { command: 'reject', action: 'REJECT' },
  withdraw: { command: 'withdrawnByApplicant', action: 'WITHDRAW' },
  undoApproval: { command: 'undoapproval', action: 'APPROVALUNDO' },
};

export const loanDecisionThere: KindThere<LoanDecisionPayload> = {
  send: (line, command, payload, credential) =>
    withNumberOf<Outcome>(command, payload.loanId, (loan) =>
      postAlone(
        line,
        command,
        `/loans/${loan}?command=${THERE[payload.deed].command}`,
        body(command, payload),
        { loanId: loan },
        credential,
      ),
    ),
  lookUp: (line, command, payload, credential) =>
    withNumberOf<Found>(command, payload.loanId, (loan) => lookUpInLoanNotes(line, command, loan, credential)),
  pending: ({ commandId, postSingly }, { deed }) => ({
    entity: 'LOAN',
    action: THERE[deed].action,
    marker: commandId,
    expected: postSingly,
  }),
};

function body(command: CommandToSend, { deed, onDate, approvedMinor, decimals, expectedOn, note }: LoanDecisionPayload): JsonValue {
  const said = { note: markedNote(command, note) };
  switch (deed) {
    case 'approve':
      return {
        approvedOnDate: onDate,
        ...(approvedMinor === null ? {} : { approvedLoanAmount: amountToHeadOffice(approvedMinor, decimals) }),
        ...(expectedOn === undefined ? {} : { expectedDisbursementDate: expectedOn }),
        ...said,
        ...DATE_FORMAT,
      };
    case 'reject':
      return { rejectedOnDate: onDate, ...said, ...DATE_FORMAT };
    case 'withdraw':
      return { withdrawnOnDate: onDate, ...said, ...DATE_FORMAT };
    // It takes no date, and refuses one.
    case 'undoApproval':
      return said;
  }
}
