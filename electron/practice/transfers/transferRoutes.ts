// Transfers between two accounts: out of a savings account, into another or onto a loan. Both legs are ordinary
// transactions that name the transfer, and what is between them passes the suspense account.
import { type Call, isInScope, reply, requireRead } from '../call.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { type CommandResult, runCommand } from '../commandLayer.ts';
import { notFound } from '../errors.ts';
import { transferAccount } from '../accounting/ledger.ts';
import { findLoan } from '../loans/loanAccount.ts';
import { postRepaymentOf } from '../loans/loanRepayments.ts';
import { readPage } from '../lists.ts';
import { type Route, route } from '../router.ts';
import { findSavings, type SavingsRow } from '../savings/savingsAccount.ts';
import { postMove } from '../savings/savingsMoney.ts';
import { KIND_LOAN, KIND_SAVINGS, keepTransfer, type TransferRow } from './transferBook.ts';
import { transferReply } from './transferReplies.ts';
import { transferTemplate } from './transferTemplate.ts';

const FIELDS = [
  'fromOfficeId',
  'fromClientId',
  'fromAccountType',
  'fromAccountId',
  'toOfficeId',
  'toClientId',
  'toAccountType',
  'toAccountId',
  'transferDate',
  'transferAmount',
  'transferDescription',
];

function make(call: Call): CommandResult {
  const body = readBody(parseObject(call.body), 'accounttransfer', FIELDS);
  body.identifier('fromOfficeId');
  body.optionalIdentifier('fromClientId');
  const fromKind = body.identifier('fromAccountType');
  const fromId = body.identifier('fromAccountId');
  body.identifier('toOfficeId');
  body.optionalIdentifier('toClientId');
  const toKind = body.identifier('toAccountType');
  const toId = body.identifier('toAccountId');
  const on = body.date('transferDate');
  const amount = body.amount('transferAmount');
  const description = body.text('transferDescription', 200);
  body.check();
  if (given(fromKind) !== KIND_SAVINGS) throw new Error('a transfer out of a loan is a refund, which practice does not give');
  const from = findSavings(call, given(fromId));
  const isToLoan = given(toKind) === KIND_LOAN;
  const to = isToLoan ? findLoan(call, given(toId)) : findSavings(call, given(toId));
  const [minor, date] = [given(amount), given(on)];
  const transferId = keepTransfer(call, {
    from: { kind: KIND_SAVINGS, id: from.id },
    to: { kind: isToLoan ? KIND_LOAN : KIND_SAVINGS, id: to.id },
    minor,
    date,
    description: given(description),
  });
  const counterAccount = transferAccount(call.office);
  postMove(call, from, 'withdrawal', { date, minor, payment: null, transferId, counterAccount });
  if (isToLoan) postRepaymentOf(call, findLoan(call, to.id), { date, minor, payment: null, transferId });
  else {
    const account: SavingsRow = findSavings(call, to.id);
    postMove(call, account, 'deposit', { date, minor, payment: null, transferId, counterAccount });
  }
  return { savingsId: from.id, resourceId: transferId };
}

/** A transfer shows where its first leg does. */
const OFFICE_OF = `COALESCE((SELECT s.office_id FROM savings_account s WHERE t.from_kind = ${String(KIND_SAVINGS)} AND s.id = t.from_id),
  (SELECT l.office_id FROM loan l WHERE t.from_kind = ${String(KIND_LOAN)} AND l.id = t.from_id))`;

export const transferRoutes: readonly Route[] = [
  route('GET', 'accounttransfers', (call) => {
    requireRead(call, 'ACCOUNTTRANSFER');
    const page = readPage(call.office.book, call.query, {
      columns: 't.*',
      from: `FROM account_transfer t JOIN office o ON o.id = ${OFFICE_OF} WHERE o.hierarchy LIKE ?`,
      values: [`${call.caller.scope}%`],
      orders: { id: 't.id', transferDate: 't.date', transferAmount: 't.amount' },
      defaultOrder: 't.id',
    });
    return reply({
      totalFilteredRecords: page.totalFilteredRecords,
      pageItems: (page.rows as TransferRow[]).map((row) => transferReply(call, row)),
    });
  }),
  route('GET', 'accounttransfers/template', (call) => {
    requireRead(call, 'ACCOUNTTRANSFER');
    return reply(transferTemplate(call));
  }),
  route('GET', 'accounttransfers/:n', (call, parts) => {
    requireRead(call, 'ACCOUNTTRANSFER');
    const id = parts.number(0);
    const row = call.office.book.get(`SELECT t.*, ${OFFICE_OF} AS office_id FROM account_transfer t WHERE t.id = ?`, id) as
      (TransferRow & { office_id: number }) | undefined;
    if (row === undefined || !isInScope(call, row.office_id))
      throw notFound('error.msg.accounttransfer.id.invalid', `Account transfer with identifier ${String(id)} does not exist`, [id]);
    return reply(transferReply(call, row));
  }),
  route('POST', 'accounttransfers', (call) => runCommand(call, { action: 'CREATE', entity: 'ACCOUNTTRANSFER', perform: () => make(call) })),
];
