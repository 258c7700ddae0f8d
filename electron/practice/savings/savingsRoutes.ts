// The paths below /savingsaccounts, by id and by external id. Transactions have no external-id path, as in the real one.
import { type Call, requireRead, reply } from '../call.ts';
import { type CommandResult, runCommand } from '../commandLayer.ts';
import { minorOfText } from '../amounts.ts';
import { parseDate } from '../dates.ts';
import { notFound, unsupportedCommand, validationError } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { readPage, scopePattern } from '../lists.ts';
import { type PathParts, type Route, route } from '../router.ts';
import { findSavings, findVisibleSavings, SAVINGS_SUBMITTED, savingsIdByExternalId, type SavingsTransactionRow } from './savingsAccount.ts';
import {
  blockSavings,
  changeSavingsState,
  closeSavings,
  holdAmount,
  isBlockCommand,
  moveSavings,
  releaseAmount,
  submitSavings,
  undoSavings,
} from './savingsCommands.ts';
import {
  guarantorHoldReplies,
  SAVINGS_COLUMNS,
  SAVINGS_FROM,
  savingsDetailReply,
  type SavingsLine,
  savingsListReply,
  savingsTransactionReply,
} from './savingsReplies.ts';

type AccountOf = (call: Call, parts: PathParts) => number;
const byId: AccountOf = (_call, parts) => parts.number(0);
const byExternalId: AccountOf = (call, parts) => savingsIdByExternalId(call, parts.text(0));

function savingsLine(call: Call, id: number): SavingsLine {
  findVisibleSavings(call, id);
  return call.office.book.get(`SELECT ${SAVINGS_COLUMNS} ${SAVINGS_FROM} WHERE a.id = ?`, id) as SavingsLine;
}

function savingsCommand(call: Call, accountId: number, action: string, perform: () => CommandResult): HeadOfficeReply {
  const account = call.office.book.get('SELECT office_id, client_id, group_id FROM savings_account WHERE id = ?', accountId) as
    { office_id: number; client_id: number | null; group_id: number | null } | undefined;
  return runCommand(call, {
    action,
    entity: 'SAVINGSACCOUNT',
    officeId: account?.office_id,
    clientId: account?.client_id,
    groupId: account?.group_id,
    savingsId: accountId,
    resourceId: accountId,
    perform,
  });
}

function stateCommand(call: Call, accountId: number): HeadOfficeReply {
  const command = call.query.get('command') ?? '';
  if (isBlockCommand(command)) return savingsCommand(call, accountId, command.toUpperCase(), () => blockSavings(call, accountId, command));
  switch (command) {
    case 'approve':
    case 'activate':
    case 'reject':
      return savingsCommand(call, accountId, command.toUpperCase(), () => changeSavingsState(call, accountId, command));
    case 'withdrawnByApplicant':
      return savingsCommand(call, accountId, 'WITHDRAW', () => changeSavingsState(call, accountId, command));
    case 'undoapproval':
      return savingsCommand(call, accountId, 'APPROVALUNDO', () => changeSavingsState(call, accountId, command));
    case 'close':
      return savingsCommand(call, accountId, 'CLOSE', () => closeSavings(call, accountId));
    default:
      throw unsupportedCommand(command);
  }
}

function moneyCommand(call: Call, accountId: number): HeadOfficeReply {
  const command = call.query.get('command') ?? '';
  switch (command) {
    case 'deposit':
    case 'withdrawal':
      return savingsCommand(call, accountId, command.toUpperCase(), () => moveSavings(call, accountId, command));
    case 'holdAmount':
      return savingsCommand(call, accountId, 'HOLDAMOUNT', () => holdAmount(call, accountId));
    default:
      throw unsupportedCommand(command);
  }
}

function transactionCommand(call: Call, accountId: number, transactionId: number): HeadOfficeReply {
  const command = call.query.get('command') ?? '';
  switch (command) {
    case 'undo':
      return savingsCommand(call, accountId, 'UNDOTRANSACTION', () => undoSavings(call, accountId, transactionId));
    case 'releaseAmount':
      return savingsCommand(call, accountId, 'RELEASEAMOUNT', () => releaseAmount(call, accountId, transactionId));
    default:
      throw unsupportedCommand(command);
  }
}

function listSavings(call: Call): HeadOfficeReply {
  requireRead(call, 'SAVINGSACCOUNT');
  const conditions = ['o.hierarchy LIKE ?', 'a.client_id IS NOT NULL'];
  const values: string[] = [scopePattern(call.caller.scope)];
  const externalId = call.query.get('externalId');
  if (externalId !== null && externalId !== '') {
    conditions.push('a.external_id = ?');
    values.push(externalId);
  }
  const page = readPage(call.office.book, call.query, {
    columns: SAVINGS_COLUMNS,
    from: `${SAVINGS_FROM} WHERE ${conditions.join(' AND ')}`,
    values,
    orders: { id: 'a.id', accountNo: 'a.account_no' },
    defaultOrder: 'a.id ASC',
  });
  return reply({ totalFilteredRecords: page.totalFilteredRecords, pageItems: (page.rows as SavingsLine[]).map(savingsListReply) });
}

function searchTransactions(call: Call, accountId: number): HeadOfficeReply {
  requireRead(call, 'SAVINGSACCOUNT');
  const account = savingsLine(call, accountId);
  const conditions = ['account_id = ?'];
  const values: (string | number)[] = [accountId];
  const format = call.query.get('dateFormat') ?? 'yyyy-MM-dd';
  for (const [name, condition] of [
    ['fromDate', 'date >= ?'],
    ['toDate', 'date <= ?'],
    ['fromSubmittedDate', 'submitted_on >= ?'],
    ['toSubmittedDate', 'submitted_on <= ?'],
  ] as const) {
    const asked = call.query.get(name);
    if (asked === null || asked === '') continue;
    const date = parseDate(asked, format);
    if (date === null) throw validationError('validation.msg.invalid.dateFormat.format', `The parameter ${name} is invalid.`, name);
    conditions.push(condition);
    values.push(date);
  }
  for (const [name, condition] of [
    ['fromAmount', 'amount >= ?'],
    ['toAmount', 'amount <= ?'],
  ] as const) {
    const asked = call.query.get(name);
    if (asked === null || asked === '') continue;
    const minor = minorOfText(asked);
    if (minor === null) throw validationError('validation.msg.invalid.decimal.format', `The parameter ${name} is invalid.`, name);
    conditions.push(condition);
    values.push(minor);
  }
  const types = (call.query.get('types') ?? '')
    .split(',')
    .map(Number)
    .filter((type) => Number.isInteger(type) && type > 0);
  if (types.length > 0) conditions.push(`type IN (${types.join(',')})`);
  const page = readPage(call.office.book, call.query, {
    columns: '*',
    from: `FROM savings_transaction WHERE ${conditions.join(' AND ')}`,
    values,
    orders: { id: 'id', createdDate: 'created_at, id', transactionDate: 'date, id' },
    defaultOrder: 'date DESC, id DESC',
  });
  const rows = page.rows as SavingsTransactionRow[];
  return reply({
    total: page.totalFilteredRecords,
    totalElements: page.totalFilteredRecords,
    content: rows.map((row) => savingsTransactionReply(call, account.account_no, row)),
  });
}

function readTransaction(call: Call, accountId: number, transactionId: number): HeadOfficeReply {
  requireRead(call, 'SAVINGSACCOUNT');
  const account = savingsLine(call, accountId);
  const row = call.office.book.get('SELECT * FROM savings_transaction WHERE account_id = ? AND id = ?', accountId, transactionId) as
    SavingsTransactionRow | undefined;
  if (row === undefined)
    throw notFound('error.msg.saving.account.trasaction.id.invalid', 'The savings transaction does not exist', [transactionId]);
  return reply(savingsTransactionReply(call, account.account_no, row));
}

function deleteSavings(call: Call, accountId: number): HeadOfficeReply {
  return savingsCommand(call, accountId, 'DELETE', () => {
    const account = findSavings(call, accountId);
    if (account.status !== SAVINGS_SUBMITTED)
      throw validationError(
        'validation.msg.savingsaccount.delete.not.in.submittedandpendingapproval.state',
        'Only a submitted account can be deleted.',
      );
    call.office.book.run('DELETE FROM guarantor_hold WHERE account_id = ?', accountId);
    call.office.book.run('DELETE FROM savings_account WHERE id = ?', accountId);
    return { officeId: account.office_id, clientId: account.client_id ?? undefined, savingsId: accountId, resourceId: accountId };
  });
}

function perAccount(prefix: string, find: AccountOf): Route[] {
  return [
    route('GET', `savingsaccounts/${prefix}`, (call, parts) => {
      requireRead(call, 'SAVINGSACCOUNT');
      return reply(savingsDetailReply(call, savingsLine(call, find(call, parts))));
    }),
    route('POST', `savingsaccounts/${prefix}`, (call, parts) => stateCommand(call, find(call, parts))),
    route('DELETE', `savingsaccounts/${prefix}`, (call, parts) => deleteSavings(call, find(call, parts))),
  ];
}

export const savingsRoutes: readonly Route[] = [
  route('GET', 'savingsaccounts', listSavings),
  route('POST', 'savingsaccounts', (call) =>
    runCommand(call, { action: 'CREATE', entity: 'SAVINGSACCOUNT', perform: () => submitSavings(call) }),
  ),
  ...perAccount(':n', byId),
  ...perAccount('external-id/:x', byExternalId),
  route('POST', 'savingsaccounts/:n/transactions', (call, parts) => moneyCommand(call, parts.number(0))),
  route('GET', 'savingsaccounts/:n/transactions/search', (call, parts) => searchTransactions(call, parts.number(0))),
  route('GET', 'savingsaccounts/:n/transactions/:n', (call, parts) => readTransaction(call, parts.number(0), parts.number(1))),
  route('POST', 'savingsaccounts/:n/transactions/:n', (call, parts) => transactionCommand(call, parts.number(0), parts.number(1))),
  route('GET', 'savingsaccounts/:n/onholdtransactions', (call, parts) => {
    requireRead(call, 'SAVINGSACCOUNT');
    const account = findVisibleSavings(call, parts.number(0));
    const holds = guarantorHoldReplies(call, account.id);
    return reply({ totalFilteredRecords: holds.length, pageItems: holds });
  }),
];
