// Runs one write the way head office does: permission, idempotency key, then three transactions (row, business,
// mark), or none of its own inside an enclosing batch. A failed command is remembered as failed; a command whose
// mark was lost answers 425 for ever. It must never post twice for one key.
import { type Call, has, isConfigured, reply } from './call.ts';
import { parseCommand } from './commandBody.ts';
import { conflict, containerRefusal, integrityIssue, loanLocked, notAuthorized, plannedRefusal, Refusal } from './errors.ts';
import type { HeadOfficeReply } from './headOfficeHttp.ts';
import { assertBalanced } from './accounting/ledger.ts';

export interface CommandResult {
  officeId?: number | undefined;
  clientId?: number | undefined;
  groupId?: number | undefined;
  loanId?: number | undefined;
  savingsId?: number | undefined;
  resourceId?: number | undefined;
  subResourceId?: number | undefined;
  resourceIdentifier?: string | undefined;
  resourceExternalId?: string | undefined;
  transactionId?: string | undefined;
  subResourceExternalId?: string | undefined;
  gsimId?: number | undefined;
  rollbackTransaction?: boolean | undefined;
  changes?: object | undefined;
}

export interface Command {
  action: string;
  entity: string;
  officeId?: number | null | undefined;
  clientId?: number | null | undefined;
  groupId?: number | null | undefined;
  loanId?: number | undefined;
  savingsId?: number | undefined;
  /** The entity that the URL addresses; a maker-checked answer gives it back. */
  resourceId?: number | undefined;
  /** Instead of ACTION_ENTITY; null when a login is enough. */
  permission?: string | null;
  perform: () => CommandResult;
}

interface StoredRow {
  id: number;
  action: string;
  entity: string;
  key: string;
  status: number;
  result_status: number | null;
  result_body: string | null;
}

export const COMMAND_PROCESSED = 1;
export const COMMAND_AWAITING = 2;
export const COMMAND_REJECTED = 3;
export const COMMAND_UNDER_PROCESSING = 4;
export const COMMAND_ERROR = 5;
const KEY_LENGTH_MOST = 50;

/** Status 0: no reply reached the caller. */
export const NO_REPLY: HeadOfficeReply = { status: 0, headers: {}, body: '' };

/** Thrown through an enclosing batch too, which tells of it only when all its items are through. */
export class AwaitsApproval extends Error {}

function stored(call: Call, row: StoredRow): HeadOfficeReply {
  if (row.status === COMMAND_PROCESSED || row.status === COMMAND_ERROR) {
    return {
      status: row.result_status ?? 200,
      headers: { 'content-type': 'application/json', 'x-served-from-cache': 'true' },
      body: row.result_body ?? '{}',
    };
  }
  // The database holds the key: what waits, or was rejected, is answered by its index and never by its own answer.
  if (row.status === COMMAND_AWAITING || row.status === COMMAND_REJECTED) throw duplicateKey(row);
  return { status: 425, headers: { 'content-type': 'application/json', 'x-served-from-cache': 'true' }, body: call.body ?? '' };
}

function databaseRefusal(message: string): Refusal {
  return integrityIssue('error.msg.data.integrity.issue', message, null);
}

function duplicateKey(row: StoredRow): Refusal {
  return databaseRefusal(`Duplicate entry '${row.action}-${row.entity}-${row.key}' for key 'UNIQUE_PORTFOLIO_COMMAND_SOURCE'`);
}

function insertRow(call: Call, command: Command, key: string, status: number): number {
  // What is not done yet, or failed, belongs to no office in a bare trail; only what the path names is known of it.
  const isWhole = call.office.manners().audits === 'whole';
  return call.office.book.run(
    `INSERT INTO command_row (action, entity, key, status, method, url, json, made_by, made_at, office_id, group_id, client_id, loan_id, savings_id, resource_id)
     VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
    command.action,
    command.entity,
    key,
    status,
    call.method,
    urlOf(call),
    // A password is never kept in clear in the audit trail.
    command.entity === 'USER' ? '***' : (call.body ?? ''),
    call.caller.id,
    call.office.now(),
    isWhole ? (command.officeId ?? null) : null,
    isWhole ? (command.groupId ?? null) : namedIn(call.path, 'groups'),
    isWhole ? (command.clientId ?? null) : namedIn(call.path, 'clients'),
    isWhole ? (command.loanId ?? null) : namedIn(call.path, 'loans'),
    isWhole ? (command.savingsId ?? null) : namedIn(call.path, 'savingsaccounts'),
    isWhole ? (command.resourceId ?? null) : addressedBy(call.path),
  );
}

function namedIn(path: string, noun: string): number | null {
  const found = new RegExp(`^${noun}/(\\d+)`).exec(path);
  return found === null ? null : Number(found[1]);
}

/** The thing itself that a path addresses; a command below it, such as a transaction, addresses none. */
function addressedBy(path: string): number | null {
  const found = /^[^/]+\/(\d+)$/.exec(path);
  return found === null ? null : Number(found[1]);
}

function urlOf(call: Call): string {
  const query = call.query.toString();
  return `/${call.path}${query === '' ? '' : `?${query}`}`;
}

function markProcessed(call: Call, command: Command, rowId: number, result: CommandResult, answer: HeadOfficeReply): void {
  call.office.book.run(
    `UPDATE command_row SET status = ?, office_id = ?, group_id = ?, client_id = ?, loan_id = ?, savings_id = ?, resource_id = ?, sub_resource_id = ?,
     resource_external_id = ?, transaction_id = ?, result_status = ?, result_body = ?, checked_by = ?, checked_at = ? WHERE id = ?`,
    COMMAND_PROCESSED,
    result.officeId ?? (call.office.manners().audits === 'whole' ? (command.officeId ?? null) : null),
    result.groupId ?? command.groupId ?? null,
    result.clientId ?? command.clientId ?? null,
    result.loanId ?? command.loanId ?? null,
    result.savingsId ?? command.savingsId ?? null,
    result.resourceId ?? command.resourceId ?? null,
    result.subResourceId ?? null,
    result.resourceExternalId ?? null,
    result.transactionId ?? null,
    answer.status,
    answer.body,
    call.approving === null ? null : call.caller.id,
    call.approving === null ? null : call.office.now(),
    rowId,
  );
}

function refusalOf(call: Call, error: unknown): Refusal {
  return error instanceof Refusal ? error : containerRefusal(500, 'Internal Server Error', call.path, call.office.now());
}

function checkRights(call: Call, command: Command): void {
  const permission = command.permission === undefined ? `${command.action}_${command.entity}` : command.permission;
  if (permission !== null && call.approving === null && !has(call.caller, permission)) throw notAuthorized(permission);
  // No office is looked at: whoever may write may write to any office's accounts. The branch must watch its own scope.
  if (
    command.loanId !== undefined &&
    call.office.faults.lockedLoans.has(command.loanId) &&
    !has(call.caller, 'BYPASS_LOAN_WRITE_PROTECTION')
  ) {
    throw loanLocked(command.loanId);
  }
}

function needsChecker(call: Call, command: Command): boolean {
  if (call.approving !== null || has(call.caller, 'CHECKER_SUPER_USER')) return false;
  if (!isConfigured(call.office, 'maker-checker')) return false;
  const row = call.office.book.get('SELECT maker_checker FROM permission WHERE code = ?', `${command.action}_${command.entity}`) as
    { maker_checker: number } | undefined;
  return row?.maker_checker === 1;
}

function takePlannedRefusal(call: Call): Refusal | null {
  const planned = call.office.faults.refusal;
  if (planned === null) return null;
  planned.remaining -= 1;
  if (planned.remaining <= 0) call.office.faults.refusal = null;
  return plannedRefusal(planned.status, planned.code);
}

export function runCommand(call: Call, command: Command): HeadOfficeReply {
  const { book, faults } = call.office;
  checkRights(call, command);
  if (call.approving === null) parseCommand(call);
  if (call.key !== null && call.key.length > KEY_LENGTH_MOST) throw databaseRefusal("Data too long for column 'idempotency_key' at row 1");
  if (call.key !== null) {
    // The column compares without case and without the spaces at the end.
    const row = book.get(
      'SELECT id, action, entity, key, status, result_status, result_body FROM command_row WHERE action = ? AND entity = ? AND key = ?',
      command.action,
      command.entity,
      call.key.trimEnd(),
    ) as StoredRow | undefined;
    if (row !== undefined) return stored(call, row);
    const planned = faults.answerByKey.get(call.key);
    if (planned === 425) return { status: 425, headers: { 'content-type': 'application/json' }, body: call.body ?? '' };
    if (planned === 409 && call.enclosing) throw conflict('lock');
  }
  return call.enclosing ? runEnclosed(call, command) : runAlone(call, command);
}

/** One transaction with its batch; a failure leaves no row, so the same key may be used again. */
function runEnclosed(call: Call, command: Command): HeadOfficeReply {
  const refused = takePlannedRefusal(call);
  if (refused !== null) throw refused;
  const result = command.perform();
  assertBalanced(call.office);
  if (needsChecker(call, command)) throw new AwaitsApproval();
  const answer = reply(result);
  const rowId = insertRow(call, command, call.key ?? automaticKey(call), COMMAND_PROCESSED);
  markProcessed(call, command, rowId, result, answer);
  return answer;
}

/** Without a key the server makes one, so that a repeat is a new command. */
function automaticKey(call: Call): string {
  const row = call.office.book.get(`SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'command_row'), 0) AS last`) as {
    last: number;
  };
  return `unkeyed-${String(row.last + 1)}`;
}

function runAlone(call: Call, command: Command): HeadOfficeReply {
  const { book, faults } = call.office;
  const crash = faults.crash;
  faults.crash = null;
  const rowId =
    call.approving?.id ?? book.transaction(() => insertRow(call, command, call.key ?? automaticKey(call), COMMAND_UNDER_PROCESSING));
  if (crash === 'beforeBusiness') return NO_REPLY;

  let result: CommandResult;
  try {
    const refused = takePlannedRefusal(call);
    if (refused !== null) throw refused;
    // Alone, a conflict is the command's answer and stays with its key.
    if (call.key !== null && faults.answerByKey.get(call.key) === 409) throw conflict('query');
    result = book.transaction(() => {
      const done = command.perform();
      assertBalanced(call.office);
      if (needsChecker(call, command)) throw new AwaitsApproval();
      return done;
    });
  } catch (error) {
    if (error instanceof AwaitsApproval) {
      book.transaction(() => book.run('UPDATE command_row SET status = ? WHERE id = ?', COMMAND_AWAITING, rowId));
      const addressed = addressedBy(call.path);
      return reply({
        commandId: rowId,
        ...(addressed === null ? {} : { resourceId: addressed }),
        rollbackTransaction: true,
        resourceExternalId: {},
        subResourceExternalId: {},
      });
    }
    const refusal = refusalOf(call, error);
    if (call.approving === null) {
      book.transaction(() =>
        book.run(
          'UPDATE command_row SET status = ?, result_status = ?, result_body = ? WHERE id = ?',
          COMMAND_ERROR,
          refusal.status,
          refusal.body,
          rowId,
        ),
      );
    }
    throw refusal;
  }
  if (crash === 'afterBusiness') return NO_REPLY;
  const answer = reply(result);
  book.transaction(() => {
    markProcessed(call, command, rowId, result, answer);
  });
  return answer;
}
