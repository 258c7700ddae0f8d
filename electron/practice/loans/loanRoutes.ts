// The paths below /loans, by id and by external id.
import { type Call, requireRead, reply } from '../call.ts';
import { type CommandResult, runCommand } from '../commandLayer.ts';
import { domainRule, notFound, unsupportedCommand } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { readPage, scopePattern } from '../lists.ts';
import { type PathParts, type Route, route } from '../router.ts';
import { findLoan, findVisibleLoan, LOAN_SUBMITTED, loanIdByExternalId, type LoanTransactionRow, scheduleOf } from './loanAccount.ts';
import {
  addLoanCharge,
  adjustRepayment,
  approveLoan,
  disburseLoan,
  endApplication,
  readApplication,
  refundCreditBalance,
  repay,
  submitLoan,
  writeOffLoan,
} from './loanCommands.ts';
import {
  LOAN_COLUMNS,
  LOAN_FROM,
  loanDetailReply,
  type LoanLine,
  loanListReply,
  loanTransactionReply,
  overdueByLoan,
  scheduleReply,
} from './loanReplies.ts';

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

function stateCommand(call: Call, loanId: number): HeadOfficeReply {
  const command = call.query.get('command') ?? '';
  switch (command) {
    case 'approve':
      return loanCommand(call, loanId, 'APPROVE', () => approveLoan(call, loanId));
    case 'reject':
      return loanCommand(call, loanId, 'REJECT', () => endApplication(call, loanId, 'reject'));
    case 'withdrawnByApplicant':
      return loanCommand(call, loanId, 'WITHDRAW', () => endApplication(call, loanId, 'withdraw'));
    case 'undoapproval':
      return loanCommand(call, loanId, 'APPROVALUNDO', () => endApplication(call, loanId, 'undoapproval'));
    case 'disburse':
      return loanCommand(call, loanId, 'DISBURSE', () => disburseLoan(call, loanId));
    default:
      throw unsupportedCommand(command);
  }
}

function transactionCommand(call: Call, loanId: number): HeadOfficeReply {
  const command = call.query.get('command') ?? '';
  switch (command) {
    case 'repayment':
      return loanCommand(call, loanId, 'REPAYMENT', () => repay(call, loanId));
    case 'writeoff':
      return loanCommand(call, loanId, 'WRITEOFF', () => writeOffLoan(call, loanId));
    case 'creditBalanceRefund':
      return loanCommand(call, loanId, 'CREDITBALANCEREFUND', () => refundCreditBalance(call, loanId));
    default:
      throw unsupportedCommand(command);
  }
}

function adjust(call: Call, loanId: number, transactionId: number): HeadOfficeReply {
  const command = call.query.get('command');
  if (command !== null && command !== 'undo' && command !== 'modify') throw unsupportedCommand(command);
  return loanCommand(call, loanId, 'ADJUST', () => adjustRepayment(call, loanId, transactionId));
}

function readTransaction(call: Call, loanId: number, column: 'id' | 'external_id', value: number | string): HeadOfficeReply {
  requireRead(call, 'LOAN');
  const loan = loanLine(call, loanId);
  const row = call.office.book.get(
    column === 'id'
      ? 'SELECT * FROM loan_transaction WHERE loan_id = ? AND id = ?'
      : 'SELECT * FROM loan_transaction WHERE loan_id = ? AND external_id = ?',
    loanId,
    value,
  ) as LoanTransactionRow | undefined;
  if (row === undefined) {
    throw notFound(`error.msg.loan.transaction.${column === 'id' ? 'id' : 'external.id'}.invalid`, 'The loan transaction does not exist', [
      value,
    ]);
  }
  return reply(loanTransactionReply(call, row, loan.office_name));
}

function transactionIdByExternalId(call: Call, externalId: string): number {
  const row = call.office.book.get('SELECT id FROM loan_transaction WHERE external_id = ?', externalId) as { id: number } | undefined;
  if (row === undefined)
    throw notFound('error.msg.loan.transaction.external.id.invalid', 'The loan transaction does not exist', [externalId]);
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
    defaultOrder: 'l.id ASC',
  });
  const rows = page.rows as LoanLine[];
  const overdue = overdueByLoan(
    call,
    rows.map((row) => row.id),
  );
  return reply({ totalFilteredRecords: page.totalFilteredRecords, pageItems: rows.map((row) => loanListReply(row, overdue.get(row.id))) });
}

function calculate(call: Call): HeadOfficeReply {
  requireRead(call, 'LOAN');
  const { loan } = readApplication(call);
  return reply(scheduleReply(loan, scheduleOf(loan)));
}

function submit(call: Call): HeadOfficeReply {
  const command = call.query.get('command');
  if (command === 'calculateLoanSchedule') return calculate(call);
  if (command !== null) throw unsupportedCommand(command);
  return runCommand(call, { action: 'CREATE', entity: 'LOAN', perform: () => submitLoan(call) });
}

function deleteLoan(call: Call, loanId: number): HeadOfficeReply {
  return loanCommand(call, loanId, 'DELETE', () => {
    const { book } = call.office;
    const loan = findLoan(call, loanId);
    if (loan.status !== LOAN_SUBMITTED)
      throw domainRule('error.msg.loan.cannot.delete.loan.in.its.present.state', 'Only a submitted loan can be deleted.', [loanId]);
    book.run('DELETE FROM loan_installment WHERE loan_id = ?', loanId);
    book.run('DELETE FROM loan_charge WHERE loan_id = ?', loanId);
    book.run('DELETE FROM loan WHERE id = ?', loanId);
    return {
      officeId: loan.office_id,
      clientId: loan.client_id ?? undefined,
      groupId: loan.group_id ?? undefined,
      loanId,
      resourceId: loanId,
    };
  });
}

function perLoan(prefix: string, find: LoanOf, shift: number): Route[] {
  return [
    route('GET', `loans/${prefix}`, (call, parts) => {
      requireRead(call, 'LOAN');
      return reply(loanDetailReply(call, loanLine(call, find(call, parts))));
    }),
    route('POST', `loans/${prefix}`, (call, parts) => stateCommand(call, find(call, parts))),
    route('DELETE', `loans/${prefix}`, (call, parts) => deleteLoan(call, find(call, parts))),
    route('POST', `loans/${prefix}/transactions`, (call, parts) => transactionCommand(call, find(call, parts))),
    route('GET', `loans/${prefix}/transactions`, (call, parts) => {
      requireRead(call, 'LOAN');
      const loan = loanLine(call, find(call, parts));
      const rows = call.office.book.all('SELECT * FROM loan_transaction WHERE loan_id = ? ORDER BY id', loan.id) as LoanTransactionRow[];
      return reply({ totalElements: rows.length, content: rows.map((row) => loanTransactionReply(call, row, loan.office_name)) });
    }),
    route('GET', `loans/${prefix}/transactions/:n`, (call, parts) => readTransaction(call, find(call, parts), 'id', parts.number(shift))),
    route('POST', `loans/${prefix}/transactions/:n`, (call, parts) => adjust(call, find(call, parts), parts.number(shift))),
    route('GET', `loans/${prefix}/transactions/external-id/:x`, (call, parts) =>
      readTransaction(call, find(call, parts), 'external_id', parts.text(shift)),
    ),
    route('POST', `loans/${prefix}/transactions/external-id/:x`, (call, parts) =>
      adjust(call, find(call, parts), transactionIdByExternalId(call, parts.text(shift))),
    ),
    route('POST', `loans/${prefix}/charges`, (call, parts) => {
      const loanId = find(call, parts);
      return loanCommand(call, loanId, 'CREATE', () => addLoanCharge(call, loanId), 'LOANCHARGE');
    }),
  ];
}

export const loanRoutes: readonly Route[] = [
  route('GET', 'loans', listLoans),
  route('POST', 'loans', submit),
  ...perLoan(':n', byId, 1),
  ...perLoan('external-id/:x', byExternalId, 1),
];
