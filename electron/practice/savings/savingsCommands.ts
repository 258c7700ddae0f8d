// Writes on savings: deposit, withdrawal, holds, blocks, undo, application and closing, and the interest job. Each
// refusal carries head office's own code; no transaction here ever has an external id, as in the real one.
import { businessDate, type Call } from '../call.ts';
import type { CommandResult } from '../commandLayer.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { daysBetween } from '../dates.ts';
import { domainRule, integrityIssue, notFound, validationError } from '../errors.ts';
import { ENTITY_SAVINGS, fundAccount, GL, postMovement, requireOpenPeriod, reverseMovement } from '../accounting/ledger.ts';
import { keepPaymentDetail, PAYMENT_FIELDS, readPaymentDetail } from '../paymentDetail.ts';
import {
  findSavings,
  insufficientBalance,
  replaySavings,
  SAVE_DEPOSIT,
  SAVE_FEE,
  SAVE_HOLD,
  SAVE_INTEREST,
  SAVE_RELEASE,
  SAVE_WITHDRAWAL,
  SAVINGS_ACTIVE,
  SAVINGS_APPROVED,
  SAVINGS_CLOSED,
  SAVINGS_SUBMITTED,
  type SavingsRow,
  type SavingsTerms,
  savingsTermsOf,
  type SavingsTransactionRow,
  SUB_BLOCKED,
  SUB_CREDITS_BLOCKED,
  SUB_DEBITS_BLOCKED,
  SUB_DORMANT,
  SUB_INACTIVE,
  SUB_NONE,
} from './savingsAccount.ts';

function resultOf(account: SavingsRow, rest: CommandResult): CommandResult {
  return {
    officeId: account.office_id,
    clientId: account.client_id ?? undefined,
    groupId: account.group_id ?? undefined,
    savingsId: account.id,
    ...rest,
  };
}

interface NewTransaction {
  type: number;
  date: string;
  amount: number;
  paymentDetailId?: number | null;
  note?: string | undefined;
  reason?: string | undefined;
  lien?: boolean;
  feeOf?: number;
}

export function insertSavingsTransaction(call: Call, account: SavingsRow, row: NewTransaction): number {
  return call.office.book.run(
    `INSERT INTO savings_transaction (account_id, office_id, type, date, amount, running_balance, submitted_on, payment_detail_id, note, reason_for_block, lien, fee_of, created_by, created_at)
     VALUES (?,?,?,?,?,0,?,?,?,?,?,?,?,?)`,
    account.id,
    account.office_id,
    row.type,
    row.date,
    row.amount,
    businessDate(call.office),
    row.paymentDetailId ?? null,
    row.note ?? null,
    row.reason ?? null,
    row.lien === true ? 1 : 0,
    row.feeOf ?? null,
    call.caller.id,
    call.office.now(),
  );
}

function postSavings(call: Call, account: SavingsRow, id: number, date: string, lines: readonly (readonly [number, number])[]): void {
  postMovement(call.office.book, {
    ref: `S${String(id)}`,
    officeId: account.office_id,
    date,
    submittedOn: businessDate(call.office),
    entityType: ENTITY_SAVINGS,
    entityId: account.id,
    createdBy: call.caller.id,
    lines,
  });
}

function requireUsable(call: Call, account: SavingsRow, date: string): void {
  if (account.status !== SAVINGS_ACTIVE) {
    throw validationError(
      'error.msg.savingsaccount.transaction.account.is.not.active',
      'Transaction is not allowed. Account is not active.',
    );
  }
  if (date > businessDate(call.office)) {
    throw validationError(
      'error.msg.savingsaccount.transaction.in.the.future',
      'Transaction date cannot be in the future.',
      'transactionDate',
      [date],
    );
  }
  if (account.activated_on !== null && date < account.activated_on) {
    throw validationError(
      'error.msg.savingsaccount.transaction.before.activation.date',
      'Transaction date is before the activation date.',
      'transactionDate',
      [date],
    );
  }
  if (account.client_id !== null) {
    const client = call.office.book.get('SELECT status FROM client WHERE id = ?', account.client_id) as { status: number } | undefined;
    if (client?.status !== 300) throw domainRule('error.msg.client.not.active.exception', 'The client is not active.', [account.client_id]);
  }
  requireOpenPeriod(call.office, account.office_id, date);
}

function awaken(call: Call, account: SavingsRow): void {
  if (account.sub_status === SUB_INACTIVE || account.sub_status === SUB_DORMANT) {
    call.office.book.run('UPDATE savings_account SET sub_status = ? WHERE id = ?', SUB_NONE, account.id);
  }
}

export function moveSavings(call: Call, accountId: number, kind: 'deposit' | 'withdrawal'): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, 'savingsaccount.transaction', ['transactionDate', 'transactionAmount', ...PAYMENT_FIELDS, 'note']);
  const on = body.date('transactionDate');
  const amount = body.amount('transactionAmount');
  const payment = readPaymentDetail(body, true);
  const note = body.optionalText('note', 1000);
  body.check();
  const { book } = call.office;
  const account = findSavings(call, accountId);
  const terms = savingsTermsOf(account);
  const date = given(on);
  const minor = given(amount);
  if (account.sub_status === SUB_BLOCKED) {
    throw domainRule('error.msg.saving.account.blocked.transaction.not.allowed', 'Any transaction is not allowed on a blocked account.', [
      account.id,
    ]);
  }
  if (kind === 'deposit' && account.sub_status === SUB_CREDITS_BLOCKED) {
    throw domainRule('error.msg.savings.account.credit.transaction.not.allowed', 'Credits are blocked.', [account.id]);
  }
  if (kind === 'withdrawal' && account.sub_status === SUB_DEBITS_BLOCKED) {
    throw domainRule('error.msg.savings.account.debit.transaction.not.allowed', 'Debits are blocked.', [account.id]);
  }
  requireUsable(call, account, date);
  if (kind === 'withdrawal' && terms.lockedUntil !== null && date < terms.lockedUntil) {
    throw validationError(
      'error.msg.savingsaccount.transaction.withdrawals.blocked.during.lockin.period',
      'Withdrawals are blocked during the lock-in period.',
    );
  }
  const fund = fundAccount(call.office, payment?.paymentTypeId);
  const id = insertSavingsTransaction(call, account, {
    type: kind === 'deposit' ? SAVE_DEPOSIT : SAVE_WITHDRAWAL,
    date,
    amount: minor,
    paymentDetailId: keepPaymentDetail(call.office, payment),
    note,
  });
  const toAccount = kind === 'deposit' ? minor : -minor;
  postSavings(call, account, id, date, [
    [fund, toAccount],
    [GL.savingsControl, -toAccount],
  ]);
  const fee = kind === 'withdrawal' ? terms.withdrawalFee : 0;
  if (fee > 0) {
    const feeId = insertSavingsTransaction(call, account, { type: SAVE_FEE, date, amount: fee, feeOf: id });
    postSavings(call, account, feeId, date, [
      [GL.savingsControl, fee],
      [GL.feeIncome, -fee],
    ]);
  }
  const outcome = replaySavings(book, account);
  if (kind === 'withdrawal' && outcome.brokenOn !== null) throw insufficientBalance(account.balance, fee, minor);
  awaken(call, account);
  return resultOf(account, {
    resourceId: id,
    changes: {
      accountNumber: asked['accountNumber'],
      checkNumber: asked['checkNumber'],
      routingCode: asked['routingCode'],
      receiptNumber: asked['receiptNumber'],
      bankNumber: asked['bankNumber'],
      paymentTypeId: payment?.paymentTypeId,
    },
  });
}

export function holdAmount(call: Call, accountId: number): CommandResult {
  const body = readBody(parseObject(call.body), 'savingsaccount', [
    'transactionDate',
    'transactionAmount',
    'reasonForBlock',
    'lienAllowed',
  ]);
  const on = body.date('transactionDate');
  const amount = body.amount('transactionAmount');
  const reason = body.text('reasonForBlock', 100);
  const lien = body.flag('lienAllowed') ?? false;
  body.check();
  const account = findSavings(call, accountId);
  const terms = savingsTermsOf(account);
  const date = given(on);
  requireUsable(call, account, date);
  if (account.last_transaction_on !== null && date < account.last_transaction_on) {
    throw validationError(
      'validation.msg.savingsaccount.transactionDate.is.less.than.date',
      'A hold cannot be dated before the last transaction.',
      'transactionDate',
      [account.last_transaction_on],
    );
  }
  const minimum = terms.enforceMinRequiredBalance ? terms.minRequiredBalance : 0;
  const left = account.balance - minimum - account.guarantor_hold - account.amount_on_hold - given(amount);
  if (lien && !terms.lienAllowed)
    throw validationError(
      'validation.msg.savingsaccount.lien.is.not.allowed.in.product.level',
      'The product allows no lien.',
      'lienAllowed',
    );
  if (lien && left < -terms.maxAllowedLienLimit)
    throw validationError('validation.msg.savingsaccount.lien.limit.exceeded', 'The lien limit is exceeded.', 'transactionAmount');
  if (!lien && left < 0)
    throw validationError('validation.msg.savingsaccount.insufficient.balance', 'Insufficient balance.', 'transactionAmount');
  const id = insertSavingsTransaction(call, account, { type: SAVE_HOLD, date, amount: given(amount), reason, lien });
  replaySavings(call.office.book, account);
  return resultOf(account, { resourceId: id, changes: { savingsAmountOnHold: (account.amount_on_hold + given(amount)) / 100 } });
}

function findTransaction(call: Call, accountId: number, transactionId: number): SavingsTransactionRow {
  const row = call.office.book.get('SELECT * FROM savings_transaction WHERE id = ? AND account_id = ?', transactionId, accountId) as
    SavingsTransactionRow | undefined;
  if (row === undefined)
    throw notFound(
      'error.msg.saving.account.trasaction.id.invalid',
      `Savings account transaction with identifier ${String(transactionId)} does not exist`,
      [transactionId],
    );
  return row;
}

export function releaseAmount(call: Call, accountId: number, transactionId: number): CommandResult {
  readBody(parseObject(call.body), 'savingsaccount', []).check();
  const { book } = call.office;
  const account = findSavings(call, accountId);
  const row = findTransaction(call, account.id, transactionId);
  if (row.type !== SAVE_HOLD || row.release_id !== null || row.reversed === 1) {
    throw validationError(
      'validation.msg.savingsaccount.validation.msg.amount.is.not.on.hold',
      'The amount is not on hold.',
      'transactionId',
      [transactionId],
    );
  }
  const id = insertSavingsTransaction(call, account, { type: SAVE_RELEASE, date: businessDate(call.office), amount: row.amount });
  book.run('UPDATE savings_transaction SET release_id = ? WHERE id = ?', id, row.id);
  replaySavings(book, account);
  return resultOf(account, { resourceId: id, changes: { savingsAmountOnHold: (account.amount_on_hold - row.amount) / 100 } });
}

/** The answer's resourceId is the account, as head office has it. */
export function undoSavings(call: Call, accountId: number, transactionId: number): CommandResult {
  readBody(parseObject(call.body), 'savingsaccount', ['transactionDate', 'transactionAmount', 'note', 'isBulk']).check();
  const { book } = call.office;
  const account = findSavings(call, accountId);
  if (account.status !== SAVINGS_ACTIVE)
    throw validationError('error.msg.savingsaccount.transaction.account.is.not.active', 'Account is not active.');
  const row = findTransaction(call, account.id, transactionId);
  if (row.reversed === 1)
    throw validationError(
      'validation.msg.savingsaccount.undotransaction.transaction.invalid',
      'The transaction is undone already.',
      'transactionId',
      [transactionId],
    );
  if (row.type === SAVE_HOLD || row.type === SAVE_RELEASE)
    throw validationError(
      'validation.msg.savingsaccount.undotransaction.not.supported',
      'A hold is released, not undone.',
      'transactionId',
    );
  requireOpenPeriod(call.office, account.office_id, row.date);
  const undone = [
    row,
    ...(book.all('SELECT * FROM savings_transaction WHERE fee_of = ? AND reversed = 0', row.id) as SavingsTransactionRow[]),
  ];
  for (const each of undone) {
    book.run('UPDATE savings_transaction SET reversed = 1 WHERE id = ?', each.id);
    reverseMovement(call, `S${String(each.id)}`);
  }
  const outcome = replaySavings(book, account);
  if (outcome.brokenOn !== null && (row.type === SAVE_DEPOSIT || row.type === SAVE_INTEREST)) {
    throw validationError(
      'validation.msg.savingsaccount.undotransaction.results.in.balance.going.negative',
      'A later balance would go negative.',
      'transactionId',
      [outcome.brokenOn],
    );
  }
  return resultOf(account, { resourceId: account.id });
}

const BLOCKS = {
  block: SUB_BLOCKED,
  blockDebit: SUB_DEBITS_BLOCKED,
  blockCredit: SUB_CREDITS_BLOCKED,
  unblock: SUB_BLOCKED,
  unblockDebit: SUB_DEBITS_BLOCKED,
  unblockCredit: SUB_CREDITS_BLOCKED,
} as const;

export type BlockCommand = keyof typeof BLOCKS;

export function isBlockCommand(command: string): command is BlockCommand {
  return Object.hasOwn(BLOCKS, command);
}

export function blockSavings(call: Call, accountId: number, command: BlockCommand): CommandResult {
  const asked = parseObject(call.body);
  const { book } = call.office;
  const account = findSavings(call, accountId);
  if (account.status !== SAVINGS_ACTIVE)
    throw validationError('error.msg.savingsaccount.transaction.account.is.not.active', 'Account is not active.');
  const isLifted = command.startsWith('unblock');
  const reason = typeof asked['reasonForBlock'] === 'string' ? asked['reasonForBlock'] : '';
  // Head office swaps code and message here, and clients meet it so.
  if (!isLifted && reason === '') throw domainRule('Reason For Block is Mandatory', 'error.msg.reason.for.block.mandatory', [account.id]);
  if (isLifted && account.sub_status !== BLOCKS[command]) {
    throw validationError(`validation.msg.savingsaccount.${command}.not.in.blocked.state`, 'The account is not blocked so.');
  }
  if (!isLifted && account.sub_status === BLOCKS[command]) {
    throw validationError(`validation.msg.savingsaccount.${command}.already.in.blocked.state`, 'The account is blocked so already.');
  }
  book.run(
    'UPDATE savings_account SET sub_status = ?, reason_for_block = ? WHERE id = ?',
    isLifted ? SUB_NONE : BLOCKS[command],
    isLifted ? null : reason,
    account.id,
  );
  return resultOf(account, { resourceId: account.id, changes: { subStatus: { id: isLifted ? SUB_NONE : BLOCKS[command] } } });
}

export function submitSavings(call: Call): CommandResult {
  const body = readBody(parseObject(call.body), 'savingsaccount', [
    'clientId',
    'groupId',
    'productId',
    'submittedOnDate',
    'externalId',
    'accountNo',
    'fieldOfficerId',
    'nominalAnnualInterestRate',
    'minRequiredOpeningBalance',
    'allowOverdraft',
    'overdraftLimit',
    'minRequiredBalance',
    'enforceMinRequiredBalance',
    'datatables',
    'charges',
  ]);
  const clientId = body.optionalInteger('clientId');
  const groupId = body.optionalInteger('groupId');
  const productId = body.integer('productId');
  const on = body.date('submittedOnDate');
  const externalId = body.optionalText('externalId', 100);
  const officerId = body.optionalInteger('fieldOfficerId');
  if (clientId === undefined && groupId === undefined) body.reject('clientId', 'cannot.be.blank', 'The parameter `clientId` is mandatory.');
  body.check();
  const { book } = call.office;
  const product = book.get('SELECT terms FROM savings_product WHERE id = ?', given(productId)) as { terms: string } | undefined;
  if (product === undefined) throw notFound('error.msg.savingsproduct.id.invalid', 'Savings product does not exist', [given(productId)]);
  const owner = (
    clientId === undefined
      ? book.get('SELECT status, office_id FROM client_group WHERE id = ?', groupId ?? 0)
      : book.get('SELECT status, office_id FROM client WHERE id = ?', clientId)
  ) as { status: number; office_id: number } | undefined;
  if (owner === undefined) throw notFound('error.msg.client.id.invalid', 'The owner does not exist', [clientId ?? groupId ?? 0]);
  if (owner.status !== 300)
    throw domainRule('error.msg.client.not.active.exception', 'The client is not active.', [clientId ?? groupId ?? 0]);
  if (given(on) > businessDate(call.office))
    throw validationError(
      'error.msg.savingsaccount.submittedOnDate.cannot.be.a.future.date',
      'The date is in the future.',
      'submittedOnDate',
    );
  if (externalId !== undefined && book.get('SELECT id FROM savings_account WHERE external_id = ?', externalId) !== undefined) {
    throw integrityIssue(
      'error.msg.savingsaccount.unknown.data.integrity.issue',
      'Unknown data integrity issue with savings account.',
      'externalId',
      [externalId],
    );
  }
  const id = book.run(
    `INSERT INTO savings_account (account_no, external_id, client_id, group_id, office_id, officer_id, product_id, status, terms, submitted_on) VALUES ('',?,?,?,?,?,?,?,?,?)`,
    externalId ?? null,
    clientId ?? null,
    clientId === undefined ? (groupId ?? null) : null,
    owner.office_id,
    officerId ?? null,
    given(productId),
    SAVINGS_SUBMITTED,
    product.terms,
    given(on),
  );
  book.run('UPDATE savings_account SET account_no = ? WHERE id = ?', String(id).padStart(9, '0'), id);
  return { officeId: owner.office_id, clientId, groupId, savingsId: id, resourceId: id, resourceExternalId: externalId };
}

export function changeSavingsState(
  call: Call,
  accountId: number,
  command: 'approve' | 'activate' | 'reject' | 'withdrawnByApplicant' | 'undoapproval',
): CommandResult {
  const field = {
    approve: 'approvedOnDate',
    activate: 'activatedOnDate',
    reject: 'rejectedOnDate',
    withdrawnByApplicant: 'withdrawnOnDate',
    undoapproval: null,
  }[command];
  const body = readBody(parseObject(call.body), 'savingsaccount', field === null ? ['note'] : [field, 'note']);
  const on = field === null ? undefined : body.date(field);
  body.check();
  const { book } = call.office;
  const account = findSavings(call, accountId);
  const expected = command === 'activate' || command === 'undoapproval' ? SAVINGS_APPROVED : SAVINGS_SUBMITTED;
  if (account.status !== expected) {
    throw validationError(
      `validation.msg.savingsaccount.${command}.not.in.${expected === SAVINGS_APPROVED ? 'approved' : 'submittedandpendingapproval'}.state`,
      'Wrong state.',
    );
  }
  if (on !== undefined && on > businessDate(call.office))
    throw validationError(`validation.msg.savingsaccount.${command}.cannot.be.a.future.date`, 'The date is in the future.');
  if (on !== undefined && on < account.submitted_on)
    throw validationError(`validation.msg.savingsaccount.${command}.cannot.be.before.submittal.date`, 'The date is before submittal.');
  const status = {
    approve: SAVINGS_APPROVED,
    activate: SAVINGS_ACTIVE,
    reject: 500,
    withdrawnByApplicant: 400,
    undoapproval: SAVINGS_SUBMITTED,
  }[command];
  book.run(
    'UPDATE savings_account SET status = ?, approved_on = ?, activated_on = ?, closed_on = ? WHERE id = ?',
    status,
    command === 'approve' ? (on ?? null) : command === 'undoapproval' ? null : account.approved_on,
    command === 'activate' ? (on ?? null) : account.activated_on,
    status === 500 || status === 400 ? (on ?? null) : null,
    account.id,
  );
  return resultOf(account, {
    resourceId: account.id,
    resourceExternalId: account.external_id ?? undefined,
    changes: { status: { id: status } },
  });
}

export function closeSavings(call: Call, accountId: number): CommandResult {
  const body = readBody(parseObject(call.body), 'savingsaccount', [
    'closedOnDate',
    'withdrawBalance',
    'postInterestValidationOnClosure',
    'note',
    ...PAYMENT_FIELDS,
  ]);
  const on = body.date('closedOnDate');
  const withdraw = body.flag('withdrawBalance') ?? false;
  const payment = readPaymentDetail(body, false);
  body.check();
  const { book } = call.office;
  const account = findSavings(call, accountId);
  const date = given(on);
  if (account.status !== SAVINGS_ACTIVE)
    throw validationError('validation.msg.savingsaccount.close.not.in.active.state', 'Account is not active.');
  if (account.sub_status >= SUB_BLOCKED)
    throw validationError('validation.msg.savingsaccount.close.account.is.in.blocked.state', 'Account is blocked.');
  if (account.amount_on_hold + account.guarantor_hold > 0) {
    throw validationError('validation.msg.savingsaccount.close.amount.is.on.hold.release.the.amount.to.continue', 'An amount is on hold.');
  }
  if (date > businessDate(call.office))
    throw validationError('validation.msg.savingsaccount.close.cannot.be.a.future.date', 'The date is in the future.');
  if (account.last_transaction_on !== null && date < account.last_transaction_on)
    throw validationError('validation.msg.savingsaccount.close.must.be.after.last.transaction.date', 'After the last transaction.');
  if (withdraw && account.balance > 0) {
    const id = insertSavingsTransaction(call, account, {
      type: SAVE_WITHDRAWAL,
      date,
      amount: account.balance,
      paymentDetailId: keepPaymentDetail(call.office, payment),
    });
    postSavings(call, account, id, date, [
      [fundAccount(call.office, payment?.paymentTypeId), -account.balance],
      [GL.savingsControl, account.balance],
    ]);
    replaySavings(book, account);
  } else if (account.balance !== 0) {
    throw validationError('validation.msg.savingsaccount.close.results.in.balance.not.zero', 'The balance is not zero.');
  }
  book.run('UPDATE savings_account SET status = ?, closed_on = ? WHERE id = ?', SAVINGS_CLOSED, date, account.id);
  return resultOf(account, { resourceId: account.id, changes: { status: { id: SAVINGS_CLOSED } } });
}

/**
 * The interest job of the practice head office: simple daily interest on each day's balance since the last posting (or
 * activation), posted on the business date. It is deliberately plainer than the real job; figures are only approximate.
 */
export function postInterestOn(call: Call, account: SavingsRow): number {
  const { book } = call.office;
  const terms: SavingsTerms = savingsTermsOf(account);
  const today = businessDate(call.office);
  const rows = book.all(
    'SELECT * FROM savings_transaction WHERE account_id = ? AND reversed = 0 AND type < 20 ORDER BY date, id',
    account.id,
  ) as SavingsTransactionRow[];
  const lastPosting = [...rows].reverse().find((row) => row.type === SAVE_INTEREST);
  const start = lastPosting?.date ?? account.activated_on ?? today;
  let weighted = 0n;
  for (const [index, row] of rows.entries()) {
    const next = rows[index + 1]?.date ?? today;
    const from = row.date > start ? row.date : start;
    const days = daysBetween(from, next);
    if (days > 0 && row.running_balance > 0) weighted += BigInt(row.running_balance) * BigInt(days);
  }
  const [whole = '0', fraction = ''] = terms.annualRate.split('.');
  const divisor = 36500n * 10n ** BigInt(fraction.length);
  const product = weighted * BigInt(whole + fraction);
  const interest = Number((product * 2n + divisor) / (divisor * 2n));
  if (interest <= 0) return 0;
  const id = insertSavingsTransaction(call, account, { type: SAVE_INTEREST, date: today, amount: interest });
  postSavings(call, account, id, today, [
    [GL.savingsInterest, interest],
    [GL.savingsControl, -interest],
  ]);
  replaySavings(book, account);
  return interest;
}
