// Undoing the payout of a loan at head office: sent alone, and found again by the mark in the note that head office keeps with the loan. Head
// office takes along whatever was posted on the loan since, and says nothing of it: so the loan is read first, and what is undone is a payout
// on which nothing was posted.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { DisbursalUndoPayload } from '../../../shared/domain/commands/kinds/disbursalUndo.ts';
import { isBesidePayout } from '../../../shared/domain/loans/undoDisbursal.ts';
import type { CommandToSend, Credential } from '../../ports/headOffice.ts';
import { decoding } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, transactionsOf, Unreadable } from '../members.ts';
import { loanTransactionWhat } from '../shelves/transactions.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import { isReversed, notTold } from './lookUp.ts';
import type { Found } from './lookUp.ts';
import { lookUpInLoanNotes } from './notesThere.ts';
import { postAlone } from './post.ts';
import { markedNote } from './wording.ts';

/** Something was posted on it since, or it was paid out by somebody else: undone, that would be gone too. */
const PAID_SINCE = 'loan.postedSince';

export const disbursalUndoThere: KindThere<DisbursalUndoPayload> = {
  send: (line, command, payload, credential) =>
    withNumberOf<Outcome>(command, payload.loanId, (loan) => send(line, command, payload, loan, credential)),
  lookUp: (line, command, payload, credential) =>
    withNumberOf<Found>(command, payload.loanId, (loan) => lookUpInLoanNotes(line, command, loan, credential)),
  pending: ({ commandId, postSingly }) => ({ entity: 'LOAN', action: 'DISBURSALUNDO', marker: commandId, expected: postSingly }),
};

async function send(
  line: Line,
  command: CommandToSend,
  { disbursalId, undoesReceipt, note }: DisbursalUndoPayload,
  loan: number,
  credential: Credential,
): Promise<Outcome> {
  const answer = await line.ask({ method: 'GET', url: `/loans/${loan}?associations=transactions` }, credential);
  if (!answer.ok) return notTold(answer.trouble);
  const others = decoding(() => {
    const whole = new Members(answer.value, `loan ${loan}`);
    if (whole.id('id') !== loan) throw new Unreadable(`loan ${loan}: id`);
    const payout = { externalId: disbursalId, receiptNumber: undoesReceipt };
    return transactionsOf(whole).some((row) => isBesidePayout(shownAs(row), payout));
  });
  if (!others.ok) return notTold(others.trouble);
  if (others.value) return { kind: 'rejected', code: PAID_SINCE, message: null, status: 0 };
  const body = { note: markedNote(command, note) };
  return postAlone(line, command, `/loans/${loan}?command=undodisbursal`, body, { loanId: loan }, credential);
}

function shownAs(row: Members) {
  return {
    what: loanTransactionWhat(row),
    reversed: isReversed(row),
    externalId: row.text('externalId'),
    receiptNumber: row.child('paymentDetailData')?.text('receiptNumber') ?? null,
  };
}
