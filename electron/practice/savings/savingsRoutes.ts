// The paths below /savingsaccounts, by id and by external id. Transactions have no external-id path, as in the real one.
import { type Call, requireRead, reply } from '../call.ts';
import { type CommandResult, runCommand } from '../commandLayer.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { containerRefusal, unsupportedCommand, unsupportedValue } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { readPage, scopePattern } from '../lists.ts';
import { type PathParts, type Route, route } from '../router.ts';
import { findSavings, savingsIdByExternalId, type SavingsTransactionRow } from './savingsAccount.ts';
import {
  addSavingsCharge,
  deleteSavingsCharge,
  paySavingsCharge,
  savingsChargeReply,
  savingsChargesOf,
  waiveSavingsCharge,
} from './savingsCharges.ts';
import { blockSavings, holdAmount, isBlockCommand, releaseAmount } from './savingsHolds.ts';
import { postEarnedInterest, reckonInterest } from './savingsInterest.ts';
import { correctSavings, moveSavings, undoSavings } from './savingsMoney.ts';
import { resultOf } from './savingsPosting.ts';
import {
  guarantorHoldReplies,
  SAVINGS_COLUMNS,
  SAVINGS_FROM,
  savingsDetailReply,
  type SavingsLine,
  savingsListReply,
  savingsTransactionReply,
} from './savingsReplies.ts';
import { queryTransactions, searchTransactions } from './savingsSearch.ts';
import { changeSavingsState, closeSavings, deleteSavings, submitSavings } from './savingsStates.ts';
import { savingsTemplate, savingsTransactionTemplate } from './savingsTemplates.ts';

type AccountOf = (call: Call, parts: PathParts) => number;
const byId: AccountOf = (_call, parts) => parts.number(0);
const byExternalId: AccountOf = (call, parts) => savingsIdByExternalId(call, parts.text(0));

/** Whoever may read accounts may read each one, wherever it is: head office asks for no office here. */
function savingsLine(call: Call, id: number): SavingsLine {
  findSavings(call, id);
  return call.office.book.get(`SELECT ${SAVINGS_COLUMNS} ${SAVINGS_FROM} WHERE a.id = ?`, id) as SavingsLine;
}

function savingsCommand(
  call: Call,
  accountId: number,
  action: string,
  perform: () => CommandResult,
  entity = 'SAVINGSACCOUNT',
): HeadOfficeReply {
  const account = call.office.book.get('SELECT office_id, client_id, group_id FROM savings_account WHERE id = ?', accountId) as
    { office_id: number; client_id: number | null; group_id: number | null } | undefined;
  return runCommand(call, {
    action,
    entity,
    officeId: account?.office_id,
    clientId: account?.client_id,
    groupId: account?.group_id,
    savingsId: accountId,
    resourceId: accountId,
    perform,
  });
}

const STATE_COMMANDS = [
  'reject',
  'withdrawnByApplicant',
  'approve',
  'undoapproval',
  'activate',
  'calculateInterest',
  'postInterest',
  'close',
  'assignSavingsOfficer',
  'unassignSavingsOfficer',
  'blockDebit',
  'unblockDebit',
  'blockCredit',
  'unblockCredit',
  'block',
  'unblock',
];

function assignOfficer(call: Call, accountId: number, isLeaving: boolean): CommandResult {
  const body = readBody(
    parseObject(call.body),
    'savingsaccount',
    isLeaving ? ['unassignedDate'] : ['fromSavingsOfficerId', 'toSavingsOfficerId', 'assignmentDate'],
  );
  const officer = isLeaving ? null : given(body.identifier('toSavingsOfficerId'));
  body.check();
  const account = findSavings(call, accountId);
  call.office.book.run('UPDATE savings_account SET officer_id = ? WHERE id = ?', officer, account.id);
  return resultOf(account, { resourceId: account.id });
}

function stateCommand(call: Call, accountId: number): HeadOfficeReply {
  const command = call.query.get('command');
  if (command !== null && isBlockCommand(command))
    return savingsCommand(call, accountId, command.toUpperCase(), () => blockSavings(call, accountId, command));
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
    case 'calculateInterest':
    case 'postInterest':
      return savingsCommand(call, accountId, command.toUpperCase(), () => {
        const account = findSavings(call, accountId);
        if (command === 'postInterest') postEarnedInterest(call, account);
        else reckonInterest(call, account);
        return resultOf(account, { resourceId: account.id });
      });
    case 'assignSavingsOfficer':
      return savingsCommand(call, accountId, 'UPDATESAVINGSOFFICER', () => assignOfficer(call, accountId, false));
    case 'unassignSavingsOfficer':
      return savingsCommand(call, accountId, 'REMOVESAVINGSOFFICER', () => assignOfficer(call, accountId, true));
    default:
      throw unsupportedCommand(command, STATE_COMMANDS);
  }
}

function postInterestAsOn(call: Call, accountId: number): CommandResult {
  const body = readBody(parseObject(call.body), 'savingsaccount.transaction', ['transactionDate', 'isPostInterestAsOn']);
  const on = body.date('transactionDate');
  body.check();
  const account = findSavings(call, accountId);
  postEarnedInterest(call, account, given(on));
  return resultOf(account, { resourceId: account.id });
}

function moneyCommand(call: Call, accountId: number): HeadOfficeReply {
  const command = call.query.get('command');
  switch (command) {
    case 'deposit':
    case 'withdrawal':
      return savingsCommand(call, accountId, command.toUpperCase(), () => moveSavings(call, accountId, command));
    case 'holdAmount':
      return savingsCommand(call, accountId, 'HOLDAMOUNT', () => holdAmount(call, accountId));
    case 'postInterestAsOn':
      return savingsCommand(call, accountId, 'POSTINTEREST', () => postInterestAsOn(call, accountId));
    default:
      throw unsupportedCommand(command, ['deposit', 'withdrawal', 'holdAmount']);
  }
}

function transactionCommand(call: Call, accountId: number, transactionId: number): HeadOfficeReply {
  const command = call.query.get('command');
  switch (command) {
    case 'undo':
      return savingsCommand(call, accountId, 'UNDOTRANSACTION', () => undoSavings(call, accountId, transactionId));
    case 'reverse':
      return savingsCommand(call, accountId, 'REVERSETRANSACTION', () => undoSavings(call, accountId, transactionId, true));
    case 'modify':
      return savingsCommand(call, accountId, 'ADJUSTTRANSACTION', () => correctSavings(call, accountId, transactionId));
    case 'releaseAmount':
      return savingsCommand(call, accountId, 'RELEASEAMOUNT', () => releaseAmount(call, accountId, transactionId));
    default:
      throw unsupportedCommand(command, ['undo', 'modify', 'releaseAmount', 'reverse']);
  }
}

function chargeCommand(call: Call, accountId: number, chargeId: number): HeadOfficeReply {
  const command = call.query.get('command');
  switch (command) {
    case 'paycharge':
      return savingsCommand(call, accountId, 'PAY', () => paySavingsCharge(call, accountId, chargeId), 'SAVINGSACCOUNTCHARGE');
    case 'waive':
      return savingsCommand(call, accountId, 'WAIVE', () => waiveSavingsCharge(call, accountId, chargeId), 'SAVINGSACCOUNTCHARGE');
    default:
      throw unsupportedCommand(command, ['waive', 'paycharge', 'inactivate']);
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
  return reply({
    totalFilteredRecords: page.totalFilteredRecords,
    pageItems: (page.rows as SavingsLine[]).map((row) => savingsListReply(call, row)),
  });
}

function readTransaction(call: Call, accountId: number, transactionId: number): HeadOfficeReply {
  requireRead(call, 'SAVINGSACCOUNT');
  const account = findSavings(call, accountId);
  const row = call.office.book.get('SELECT * FROM savings_transaction WHERE account_id = ? AND id = ?', accountId, transactionId) as
    SavingsTransactionRow | undefined;
  if (row === undefined) throw containerRefusal(500, 'Internal Server Error', call.path, call.office.now());
  return reply(savingsTransactionReply(call, account.account_no, row));
}

const CHARGE_STATES = ['all', 'active', 'inactive'];

function requireChargeState(call: Call): void {
  const asked = call.query.get('chargeStatus');
  if (asked !== null && !CHARGE_STATES.includes(asked)) throw unsupportedValue('status', asked, CHARGE_STATES);
}

function perAccount(prefix: string, find: AccountOf): Route[] {
  return [
    route('GET', `savingsaccounts/${prefix}`, (call, parts) => {
      requireRead(call, 'SAVINGSACCOUNT');
      requireChargeState(call);
      return reply(savingsDetailReply(call, savingsLine(call, find(call, parts))));
    }),
    route('POST', `savingsaccounts/${prefix}`, (call, parts) => stateCommand(call, find(call, parts))),
    route('DELETE', `savingsaccounts/${prefix}`, (call, parts) => {
      const id = find(call, parts);
      return savingsCommand(call, id, 'DELETE', () => deleteSavings(call, id));
    }),
  ];
}

export const savingsRoutes: readonly Route[] = [
  route('GET', 'savingsaccounts', listSavings),
  route('POST', 'savingsaccounts', (call) =>
    runCommand(call, { action: 'CREATE', entity: 'SAVINGSACCOUNT', perform: () => submitSavings(call) }),
  ),
  route('GET', 'savingsaccounts/template', savingsTemplate),
  ...perAccount(':n', byId),
  ...perAccount('external-id/:x', byExternalId),
  route('POST', 'savingsaccounts/:n/transactions', (call, parts) => moneyCommand(call, parts.number(0))),
  route('GET', 'savingsaccounts/:n/transactions/template', (call, parts) => savingsTransactionTemplate(call, parts.number(0))),
  route('POST', 'savingsaccounts/:n/transactions/query', (call, parts) => queryTransactions(call, parts.number(0))),
  route('GET', 'savingsaccounts/:n/transactions/search', (call, parts) => searchTransactions(call, parts.number(0))),
  route('GET', 'savingsaccounts/:n/transactions/:n', (call, parts) => readTransaction(call, parts.number(0), parts.number(1))),
  route('POST', 'savingsaccounts/:n/transactions/:n', (call, parts) => transactionCommand(call, parts.number(0), parts.number(1))),
  route('GET', 'savingsaccounts/:n/charges', (call, parts) => {
    requireRead(call, 'SAVINGSACCOUNTCHARGE');
    requireChargeState(call);
    return reply(savingsChargesOf(call, findSavings(call, parts.number(0)).id).map(savingsChargeReply));
  }),
  route('POST', 'savingsaccounts/:n/charges', (call, parts) =>
    savingsCommand(call, parts.number(0), 'CREATE', () => addSavingsCharge(call, parts.number(0)), 'SAVINGSACCOUNTCHARGE'),
  ),
  route('POST', 'savingsaccounts/:n/charges/:n', (call, parts) => chargeCommand(call, parts.number(0), parts.number(1))),
  route('DELETE', 'savingsaccounts/:n/charges/:n', (call, parts) =>
    savingsCommand(
      call,
      parts.number(0),
      'DELETE',
      () => deleteSavingsCharge(call, parts.number(0), parts.number(1)),
      'SAVINGSACCOUNTCHARGE',
    ),
  ),
  route('GET', 'savingsaccounts/:n/onholdtransactions', (call, parts) => {
    requireRead(call, 'SAVINGSACCOUNT');
    const account = findSavings(call, parts.number(0));
    const holds = guarantorHoldReplies(call, account.id);
    return reply({ totalFilteredRecords: holds.length, pageItems: holds });
  }),
];
