// What becomes of a client: active, closed, rejected, withdrawn, taken back, given to an officer, moved to another office.
import { businessDate, type Call } from '../call.ts';
import type { CommandResult } from '../commandLayer.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { domainRule, notFound, unsupportedCommand, validationError } from '../errors.ts';
import { requireCodeValue } from '../options.ts';
import { SAVE_TRANSFER_APPROVED, SAVE_TRANSFER_STARTED, type SavingsRow } from '../savings/savingsAccount.ts';
import { insertSavingsTransaction } from '../savings/savingsPosting.ts';
import { findClient } from './clientBook.ts';
import type { ClientRow } from './clientReplies.ts';

const PENDING = 100;
const ACTIVE = 300;
const MOVING = 303;
const ON_HOLD = 304;
const CLOSED = 600;
const REJECTED = 700;
const WITHDRAWN = 800;

function notInFuture(call: Call, date: string, field: string, said: string): void {
  if (date > businessDate(call.office)) throw validationError(`error.msg.clients.${field}.in.the.future`, said, field, [date]);
}

function activate(call: Call, id: number): CommandResult {
  const body = readBody(parseObject(call.body), 'client', ['activationDate']);
  const on = body.date('activationDate');
  body.check();
  const client = findClient(call, id);
  const date = given(on);
  if (client.status === ACTIVE)
    throw validationError('error.msg.clients.already.active', 'Cannot activate client. Client is already active.', 'activationDate', [
      date,
    ]);
  notInFuture(call, date, 'activationDate', 'Activation date cannot be in the future.');
  if (date < client.submitted_on)
    throw validationError(
      'error.msg.clients.submittedOnDate.after.activation.date',
      'submitted date cannot be after the activation date',
      'submittedOnDate',
      [client.submitted_on],
    );
  call.office.book.run('UPDATE client SET status = ?, activated_on = ?, activated_by = ? WHERE id = ?', ACTIVE, date, call.caller.id, id);
  return { officeId: client.office_id, clientId: id, resourceId: id, resourceExternalId: client.external_id ?? undefined };
}

const OPEN_LOANS = 'SELECT id FROM loan WHERE client_id = ? AND status IN (100, 200, 300, 700)';
const OPEN_SAVINGS = 'SELECT id FROM savings_account WHERE client_id = ? AND status IN (100, 200, 300)';

function close(call: Call, id: number): CommandResult {
  const body = readBody(parseObject(call.body), 'client', ['closureDate', 'closureReasonId']);
  const on = body.date('closureDate');
  const reason = body.identifier('closureReasonId');
  body.check();
  const { book } = call.office;
  const client = findClient(call, id);
  requireCodeValue(call, 'ClientClosureReason', given(reason));
  if (client.status === CLOSED) throw domainRule('error.msg.client.close.is.already.closed', 'Client is already closed.');
  const date = given(on);
  notInFuture(call, date, 'closureDate', 'The closure date cannot be in the future.');
  if (client.activated_on !== null && date < client.activated_on)
    throw domainRule(
      'error.msg.client.close.date.cannot.before.client.actvation.date',
      'The client closure date cannot be before the activation date.',
      [client.activated_on],
    );
  if (book.get(OPEN_LOANS, id) !== undefined)
    throw domainRule('error.msg.client.close.loan.non-closed', 'Client cannot be closed because of non-closed loans.');
  if (book.get(OPEN_SAVINGS, id) !== undefined)
    throw domainRule('error.msg.client.close.non-closed.savings.account', 'Client cannot be closed because of non-closed savings account.');
  end(call, client, CLOSED, date);
  return { clientId: id, resourceId: id, resourceExternalId: client.external_id ?? undefined };
}

function end(call: Call, client: ClientRow, status: number, date: string | null): void {
  call.office.book.run(
    'UPDATE client SET status = ?, closed_on = ?, closed_by = ? WHERE id = ?',
    status,
    date,
    date === null ? null : call.caller.id,
    client.id,
  );
}

/** A pending client is refused or withdraws; either can be taken back, and a closed one comes back as pending. */
const TURNS: Readonly<Record<string, { date: string; reason?: readonly [string, string]; from: number; to: number; word: string }>> = {
  reject: { date: 'rejectionDate', reason: ['rejectionReasonId', 'ClientRejectReason'], from: PENDING, to: REJECTED, word: 'rejected' },
  withdraw: {
    date: 'withdrawalDate',
    reason: ['withdrawalReasonId', 'ClientWithdrawReason'],
    from: PENDING,
    to: WITHDRAWN,
    word: 'withdrawn',
  },
  undoRejection: { date: 'reopenedDate', from: REJECTED, to: PENDING, word: 'reopened' },
  undoWithdrawal: { date: 'reopenedDate', from: WITHDRAWN, to: PENDING, word: 'reopened' },
  reactivate: { date: 'reactivationDate', from: CLOSED, to: PENDING, word: 'reactivated' },
};

function turn(call: Call, id: number, command: string): CommandResult {
  const rule = TURNS[command];
  if (rule === undefined) throw unsupportedCommand(command);
  const body = readBody(parseObject(call.body), 'client', rule.reason === undefined ? [rule.date] : [rule.date, rule.reason[0]]);
  const on = body.date(rule.date);
  const reason = rule.reason === undefined ? undefined : body.identifier(rule.reason[0]);
  body.check();
  const client = findClient(call, id);
  if (rule.reason !== undefined) requireCodeValue(call, rule.reason[1], given(reason));
  if (client.status !== rule.from)
    throw domainRule(`error.msg.client.${command}.invalid.account.state`, `Only a client of another state can be ${rule.word}.`, [id]);
  notInFuture(call, given(on), rule.date, 'The date cannot be in the future.');
  end(call, client, rule.to, rule.to === PENDING ? null : given(on));
  if (command === 'reactivate') call.office.book.run('UPDATE client SET activated_on = NULL, activated_by = NULL WHERE id = ?', id);
  return { clientId: id, resourceId: id };
}

function assignStaff(call: Call, id: number, isLeaving: boolean): CommandResult {
  const body = readBody(parseObject(call.body), 'client', ['staffId']);
  const staffId = body.identifier('staffId');
  body.check();
  const client = findClient(call, id);
  const row = call.office.book.get('SELECT id FROM staff WHERE id = ? AND office_id = ?', given(staffId), client.office_id);
  if (row === undefined)
    throw notFound('error.msg.staff.id.invalid', `Staff with identifier ${String(staffId)} does not exist`, [given(staffId)]);
  call.office.book.run('UPDATE client SET staff_id = ? WHERE id = ?', isLeaving ? null : given(staffId), id);
  return {
    officeId: client.office_id,
    clientId: id,
    resourceId: id,
    changes: { staffId: given(staffId) },
    resourceExternalId: client.external_id ?? undefined,
  };
}

function savingsOf(call: Call, clientId: number): SavingsRow[] {
  return call.office.book.all('SELECT * FROM savings_account WHERE client_id = ? AND status IN (100, 200, 300)', clientId) as SavingsRow[];
}

/** Until the other office accepts nothing moves on the client's accounts. */
function propose(call: Call, id: number, isAtOnce: boolean): CommandResult {
  const fields = isAtOnce ? ['destinationOfficeId', 'note'] : ['destinationOfficeId', 'transferDate', 'note'];
  const body = readBody(parseObject(call.body), 'client', fields);
  const office = body.identifier('destinationOfficeId');
  const on = isAtOnce ? undefined : body.date('transferDate');
  body.check();
  const { book } = call.office;
  const client = findClient(call, id);
  if (book.get('SELECT id FROM office WHERE id = ?', given(office)) === undefined)
    throw notFound('error.msg.office.id.invalid', `Office with identifier ${String(office)} does not exist`, [given(office)]);
  if (client.status !== ACTIVE)
    throw domainRule('error.msg.client.not.active.exception', `The Client with id \`${String(id)}\` is not active`, [id]);
  const date = on ?? businessDate(call.office);
  book.run('UPDATE client SET status = ?, transfer_to = ?, transfer_on = ? WHERE id = ?', MOVING, given(office), date, id);
  for (const account of savingsOf(call, id)) insertSavingsTransaction(call, account, { type: SAVE_TRANSFER_STARTED, date, amount: 0 });
  return isAtOnce ? accept(call, id, true) : { clientId: id, resourceId: id };
}

function accept(call: Call, id: number, isAtOnce = false): CommandResult {
  if (!isAtOnce)
    readBody(parseObject(call.body), 'client', ['destinationGroupId', 'inheritDestinationGroupLoanOfficer', 'staffId', 'note']).check();
  const { book } = call.office;
  const client = findClient(call, id);
  if (client.status !== MOVING || client.transfer_to === null)
    throw domainRule('error.msg.client.not.awaiting.transfer.exception', `The Client with id \`${String(id)}\` is not awaiting transfer`, [
      id,
    ]);
  const date = client.transfer_on ?? businessDate(call.office);
  for (const account of savingsOf(call, id)) insertSavingsTransaction(call, account, { type: SAVE_TRANSFER_APPROVED, date, amount: 0 });
  book.run('UPDATE loan SET office_id = ? WHERE client_id = ? AND status IN (100, 200, 300, 700)', client.transfer_to, id);
  book.run('UPDATE savings_account SET office_id = ? WHERE client_id = ? AND status IN (100, 200, 300)', client.transfer_to, id);
  book.run('DELETE FROM group_member WHERE client_id = ?', id);
  book.run(
    'UPDATE client SET status = ?, office_id = ?, staff_id = NULL, transfer_to = NULL, transfer_on = NULL, office_joined_on = ? WHERE id = ?',
    ACTIVE,
    client.transfer_to,
    date,
    id,
  );
  return { clientId: id, resourceId: id };
}

/** The client stays: taken back by its own office, or refused by the other one until that is settled. */
function dropTransfer(call: Call, id: number, isRejected: boolean): CommandResult {
  readBody(parseObject(call.body), 'client', ['note']).check();
  const client = findClient(call, id);
  if (client.status !== MOVING && client.status !== ON_HOLD)
    throw domainRule('error.msg.client.not.awaiting.transfer.exception', `The Client with id \`${String(id)}\` is not awaiting transfer`, [
      id,
    ]);
  if (isRejected) call.office.book.run('UPDATE client SET status = ?, transfer_to = NULL WHERE id = ?', ON_HOLD, id);
  else call.office.book.run('UPDATE client SET status = ?, transfer_to = NULL, transfer_on = NULL WHERE id = ?', ACTIVE, id);
  return { clientId: id, resourceId: id };
}

type Deed = readonly [action: string, perform: (call: Call, id: number) => CommandResult];

const DEEDS: Readonly<Record<string, Deed>> = {
  activate: ['ACTIVATE', activate],
  close: ['CLOSE', close],
  reactivate: ['REACTIVATE', (call, id) => turn(call, id, 'reactivate')],
  reject: ['REJECT', (call, id) => turn(call, id, 'reject')],
  withdraw: ['WITHDRAW', (call, id) => turn(call, id, 'withdraw')],
  undoRejection: ['UNDOREJECT', (call, id) => turn(call, id, 'undoRejection')],
  undoWithdrawal: ['UNDOWITHDRAWAL', (call, id) => turn(call, id, 'undoWithdrawal')],
  assignStaff: ['ASSIGNSTAFF', (call, id) => assignStaff(call, id, false)],
  unassignStaff: ['UNASSIGNSTAFF', (call, id) => assignStaff(call, id, true)],
  proposeTransfer: ['PROPOSETRANSFER', (call, id) => propose(call, id, false)],
  proposeAndAcceptTransfer: ['PROPOSEANDACCEPTTRANSFER', (call, id) => propose(call, id, true)],
  acceptTransfer: ['ACCEPTTRANSFER', (call, id) => accept(call, id)],
  withdrawTransfer: ['WITHDRAWTRANSFER', (call, id) => dropTransfer(call, id, false)],
  rejectTransfer: ['REJECTTRANSFER', (call, id) => dropTransfer(call, id, true)],
};

/** As head office lists what it knows; it knows more. */
const LISTED = [
  'activate',
  'unassignStaff',
  'assignStaff',
  'close',
  'proposeTransfer',
  'withdrawTransfer',
  'acceptTransfer',
  'rejectTransfer',
  'updateSavingsAccount',
  'reject',
  'withdraw',
  'reactivate',
];

export function deedOf(command: string | null): Deed {
  const deed = command !== null && Object.hasOwn(DEEDS, command) ? DEEDS[command] : undefined;
  if (deed === undefined) throw unsupportedCommand(command, LISTED);
  return deed;
}

export function remove(call: Call, id: number): CommandResult {
  const client = findClient(call, id);
  if (client.status !== PENDING)
    throw domainRule(
      'error.msg.clients.cannot.be.deleted',
      `Client with identifier ${String(id)} cannot be deleted as it is not in Pending state.`,
      [id],
    );
  call.office.book.run('DELETE FROM group_member WHERE client_id = ?', id);
  call.office.book.run('DELETE FROM family_member WHERE client_id = ?', id);
  call.office.book.run('DELETE FROM client WHERE id = ?', id);
  return { officeId: client.office_id, clientId: id, resourceId: id };
}
