// The paths below /loans, by id and by external id.
import { businessDate, type Call, requireRead, reply } from '../call.ts';
import { type CommandResult, runCommand } from '../commandLayer.ts';
import { notFound, unsupportedCommand } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { readPage, scopePattern } from '../lists.ts';
import { type PathParts, type Route, route } from '../router.ts';
import { placeCharges } from './allocation.ts';
import { findVisibleLoan, loanIdByExternalId, type LoanTransactionRow, scheduleOf } from './loanAccount.ts';
import { readApplication, submitLoan, updateLoan } from './loanApplication.ts';
import { addLoanCharge, listLoanCharges, payLoanCharge, readLoanCharge, waiveLoanCharge } from './loanCharges.ts';
import { disburseLoan, disburseToSavings, undoDisbursal } from './loanDisbursal.ts';
import { foreclose, recover, undoWriteOff, waiveInterest, writeOffLoan } from './loanEndings.ts';
import { adjustRepayment, refundCreditBalance, repay } from './loanRepayments.ts';
import { LOAN_COLUMNS, LOAN_FROM, loanDetailReply, type LoanLine, loanListReply } from './loanReplies.ts';
import { overdueByLoan } from './loanStanding.ts';
import { approveLoan, assignLoanOfficer, deleteLoan, endApplication, undoApproval } from './loanStates.ts';
import { applicationTemplate, approvalTemplate, transactionTemplate } from './loanTemplates.ts';
import { loanTransactionReply } from './loanTransactionReply.ts';
import { previewReply } from './scheduleReply.ts';

type LoanOf = (call: Call, parts: PathParts) => number;
const byId: LoanOf = (_call, parts) => parts.number(0);
const byExternalId: LoanOf = (call, parts) => loanIdByExternalId(call, parts.text(0));

function loanLine(call: Call, id: number): LoanLine {
  findVisibleLoan(call, id);
  return call.office.book.get(`SELECT ${LOAN_COLUMNS} ${LOAN_FROM} WHERE l.id = ?`, id) as LoanLine;
}

function loanCommand(call: Call, loanId: number, action: string, perform: () => CommandResult, entity = 'LOAN'): HeadOfficeReply {
  // An unknown loan is refused inside the command, so that the key remembers it, as head office does.
  const loan = call.office.book.get('SELECT office_id, client_id, group_id FROM loan WHERE id = ?', loanId) as
    { office_id: number; client_id: number | null; group_id: number | null } | undefined;
  return runCommand(call, {
    action,
    entity,
    officeId: loan?.office_id,
    clientId: loan?.client_id,
    groupId: loan?.group_id,
    loanId,
    resourceId: loanId,
    perform,
  });
}

/** Head office's commands on a loan, with the action that each is in the audit trail. */
const STATE_COMMANDS: Readonly<Record<string, readonly [action: string, perform: (call: Call, loanId: number) => CommandResult]>> = {
  approve: ['APPROVE', approveLoan],
  reject: ['REJECT', (call, id) => endApplication(call, id, 'reject')],
  withdrawnByApplicant: ['WITHDRAW', (call, id) => endApplication(call, id, 'withdraw')],
  undoapproval: ['APPROVALUNDO', undoApproval],
  disburse: ['DISBURSE', disburseLoan],
  disburseToSavings: ['DISBURSETOSAVINGS', disburseToSavings],
  undodisbursal: ['DISBURSALUNDO', undoDisbursal],
  assignloanofficer: ['UPDATELOANOFFICER', (call, id) => assignLoanOfficer(call, id, false)],
  unassignloanofficer: ['REMOVELOANOFFICER', (call, id) => assignLoanOfficer(call, id, true)],
};

const TRANSACTION_COMMANDS: typeof STATE_COMMANDS = {
  repayment: ['REPAYMENT', repay],
  waiveinterest: ['WAIVEINTERESTPORTION', waiveInterest],
  writeoff: ['WRITEOFF', writeOffLoan],
  undowriteoff: ['UNDOWRITEOFF', undoWriteOff],
  recoverypayment: ['RECOVERYPAYMENT', recover],
  foreclosure: ['FORECLOSURE', foreclose],
  creditBalanceRefund: ['CREDITBALANCEREFUND', refundCreditBalance],
};

function namedCommand(call: Call, loanId: number, commands: typeof STATE_COMMANDS): HeadOfficeReply {
  const command = call.query.get('command');
  const found = command !== null && Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (found === undefined) throw unsupportedCommand(command);
  const [action, perform] = found;
  return loanCommand(call, loanId, action, () => perform(call, loanId));
}

function adjust(call: Call, loanId: number, transactionId: number): HeadOfficeReply {
  const command = call.query.get('command');
  if (command !== null && command !== 'undo' && command !== 'modify') throw unsupportedCommand(command);
  return loanCommand(call, loanId, 'ADJUST', () => adjustRepayment(call, loanId, transactionId));
}

function chargeCommand(call: Call, loanId: number, chargeId: number): HeadOfficeReply {
  const command = call.query.get('command');
  switch (command) {
    case 'pay':
      return loanCommand(call, loanId, 'PAY', () => payLoanCharge(call, loanId, chargeId), 'LOANCHARGE');
    case 'waive':
      return loanCommand(call, loanId, 'WAIVE', () => waiveLoanCharge(call, loanId, chargeId), 'LOANCHARGE');
    default:
      throw unsupportedCommand(command);
  }
}

function transactionOf(call: Call, loanId: number, id: number): LoanTransactionRow {
  const row = call.office.book.get('SELECT * FROM loan_transaction WHERE loan_id = ? AND id = ?', loanId, id) as
    LoanTransactionRow | undefined;
  if (row === undefined)
    throw notFound('error.msg.loan.transaction.id.invalid', `Transaction with identifier ${String(id)} does not exist`, [id]);
  return row;
}

function readTransaction(call: Call, loanId: number, id: number): HeadOfficeReply {
  requireRead(call, 'LOAN');
  const loan = loanLine(call, loanId);
  return reply(loanTransactionReply(call, transactionOf(call, loanId, id), loan));
}

/** By its own name the transaction is looked for before the loan. */
function readNamedTransaction(call: Call, loanId: number, externalId: string): HeadOfficeReply {
  requireRead(call, 'LOAN');
  const row = transactionOf(call, loanId, transactionIdByExternalId(call, externalId));
  return reply(loanTransactionReply(call, row, loanLine(call, loanId)));
}

function transactionIdByExternalId(call: Call, externalId: string): number {
  const row = call.office.book.get('SELECT id FROM loan_transaction WHERE external_id = ?', externalId) as { id: number } | undefined;
  if (row === undefined)
    throw notFound('error.msg.loan.transaction.external.id.invalid', `Transaction with external identifier ${externalId} does not exist`, [
      externalId,
    ]);
  return row.id;
}

function listLoans(call: Call): HeadOfficeReply {
  requireRead(call, 'LOAN');
  const conditions = ['o.hierarchy LIKE ?'];
  const values: (string | number)[] = [scopePattern(call.caller.scope)];
  for (const [name, column] of [
    ['externalId', 'l.external_id'],
    ['accountNo', 'l.account_no'],
    ['clientId', 'l.client_id'],
    ['status', 'l.status'],
  ] as const) {
    const asked = call.query.get(name);
    if (asked === null || asked === '') continue;
    conditions.push(`${column} = ?`);
    values.push(name === 'clientId' || name === 'status' ? Number(asked) : asked);
  }
  const page = readPage(call.office.book, call.query, {
    columns: LOAN_COLUMNS,
    from: `${LOAN_FROM} WHERE ${conditions.join(' AND ')}`,
    values,
    orders: { id: 'l.id', accountNo: 'l.account_no', 'l.id': 'l.id' },
    defaultOrder: 'l.id DESC',
  });
  const rows = page.rows as LoanLine[];
  const overdue = overdueByLoan(
    call,
    rows.map((row) => row.id),
  );
  // Some databases count the last query, which was one about a row of the page: only an empty page is then counted right.
  const isMiscounted = call.office.manners().loanTotals === 'zero' && rows.length > 0;
  return reply({
    totalFilteredRecords: isMiscounted ? 0 : page.totalFilteredRecords,
    pageItems: rows.map((row) => loanListReply(call, row, overdue.get(row.id))),
  });
}

/** Whoever may sign in may reckon; head office asks for no right here. */
function calculate(call: Call): HeadOfficeReply {
  const { loan, charges } = readApplication(call, true);
  const dues = scheduleOf(loan);
  const last = dues[dues.length - 1]?.dueDate ?? '';
  placeCharges(
    dues,
    charges
      .filter((charge) => charge.dueDate !== null && charge.dueDate <= last)
      .map((charge) => ({ amount: charge.amount, penalty: false, dueDate: charge.dueDate ?? '' })),
  );
  return reply(previewReply(loan, dues, businessDate(call.office)));
}

function submit(call: Call): HeadOfficeReply {
  const command = call.query.get('command');
  if (command === 'calculateLoanSchedule') return calculate(call);
  if (command !== null) throw unsupportedCommand(command);
  return runCommand(call, { action: 'CREATE', entity: 'LOAN', perform: () => submitLoan(call) });
}

function perLoan(prefix: string, find: LoanOf, shift: number): Route[] {
  return [
    route('GET', `loans/${prefix}`, (call, parts) => {
      requireRead(call, 'LOAN');
      return reply(loanDetailReply(call, loanLine(call, find(call, parts))));
    }),
    route('POST', `loans/${prefix}`, (call, parts) => namedCommand(call, find(call, parts), STATE_COMMANDS)),
    route('DELETE', `loans/${prefix}`, (call, parts) => {
      const id = find(call, parts);
      return loanCommand(call, id, 'DELETE', () => deleteLoan(call, id));
    }),
    route('POST', `loans/${prefix}/transactions`, (call, parts) => namedCommand(call, find(call, parts), TRANSACTION_COMMANDS)),
    route('PUT', `loans/${prefix}`, (call, parts) => {
      const id = find(call, parts);
      return loanCommand(call, id, 'UPDATE', () => updateLoan(call, id));
    }),
    route('GET', `loans/${prefix}/template`, (call, parts) => approvalTemplate(call, find(call, parts))),
    route('GET', `loans/${prefix}/transactions/template`, (call, parts) => transactionTemplate(call, find(call, parts))),
    route('GET', `loans/${prefix}/transactions/:n`, (call, parts) => readTransaction(call, find(call, parts), parts.number(shift))),
    route('POST', `loans/${prefix}/transactions/:n`, (call, parts) => adjust(call, find(call, parts), parts.number(shift))),
    route('GET', `loans/${prefix}/transactions/external-id/:x`, (call, parts) =>
      readNamedTransaction(call, find(call, parts), parts.text(shift)),
    ),
    route('POST', `loans/${prefix}/transactions/external-id/:x`, (call, parts) =>
      adjust(call, find(call, parts), transactionIdByExternalId(call, parts.text(shift))),
    ),
    route('GET', `loans/${prefix}/charges`, (call, parts) => {
      requireRead(call, 'LOAN');
      return reply(listLoanCharges(call, findVisibleLoan(call, find(call, parts))));
    }),
    route('GET', `loans/${prefix}/charges/:n`, (call, parts) =>
      readLoanCharge(call, findVisibleLoan(call, find(call, parts)), 'id', parts.number(shift)),
    ),
    route('GET', `loans/${prefix}/charges/external-id/:x`, (call, parts) =>
      readLoanCharge(call, findVisibleLoan(call, find(call, parts)), 'external_id', parts.text(shift)),
    ),
    route('POST', `loans/${prefix}/charges/:n`, (call, parts) => chargeCommand(call, find(call, parts), parts.number(shift))),
    // Practice keeps neither guarantors nor things pledged.
    route('GET', `loans/${prefix}/guarantors`, () => reply([])),
    route('GET', `loans/${prefix}/collaterals`, () => reply([])),
    route('POST', `loans/${prefix}/charges`, (call, parts) => {
      const loanId = find(call, parts);
      return loanCommand(call, loanId, 'CREATE', () => addLoanCharge(call, loanId), 'LOANCHARGE');
    }),
  ];
}

export const loanRoutes: readonly Route[] = [
  route('GET', 'loans', listLoans),
  route('POST', 'loans', submit),
  route('GET', 'loans/template', applicationTemplate),
  ...perLoan(':n', byId, 1),
  ...perLoan('external-id/:x', byExternalId, 1),
];
