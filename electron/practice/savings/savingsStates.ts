// The life of a savings account outside its movements: application, approval, activation, rejection, closing.
import { businessDate, type Call } from '../call.ts';
import { addMonths, addDays } from '../dates.ts';
import type { CommandResult } from '../commandLayer.ts';
import { type CommandBody, given, type JsonObject, parseObject, readBody } from '../commandBody.ts';
import { savingsStatus } from '../enumerations.ts';
import { domainRule, integrityIssue, notFound, type ParameterError, validationError, validationErrors } from '../errors.ts';
import { fundAccount, GL } from '../accounting/ledger.ts';
import { keepSaid } from '../notes.ts';
import { keepPaymentDetail, PAYMENT_FIELDS, paymentChanges, readPaymentDetail } from '../paymentDetail.ts';
import {
  askedNumber,
  findSavings,
  replaySavings,
  SAVE_DEPOSIT,
  SAVE_WITHDRAWAL,
  SAVINGS_ACTIVE,
  SAVINGS_APPROVED,
  SAVINGS_CLOSED,
  SAVINGS_SUBMITTED,
  type SavingsRow,
  type SavingsTerms,
  savingsTermsOf,
  SUB_BLOCKED,
} from './savingsAccount.ts';
import { keepChargesOfApplication } from './savingsCharges.ts';
import { reckonInterest } from './savingsInterest.ts';
import { insertSavingsTransaction, postSavings, resultOf } from './savingsPosting.ts';

const APPLICATION_FIELDS = [
  'clientId',
  'groupId',
  'productId',
  'submittedOnDate',
  'externalId',
  'accountNo',
  'fieldOfficerId',
  'nominalAnnualInterestRate',
  'interestCompoundingPeriodType',
  'interestPostingPeriodType',
  'interestCalculationType',
  'interestCalculationDaysInYearType',
  'minRequiredOpeningBalance',
  'lockinPeriodFrequency',
  'lockinPeriodFrequencyType',
  'withdrawalFeeForTransfers',
  'allowOverdraft',
  'overdraftLimit',
  'minRequiredBalance',
  'enforceMinRequiredBalance',
  'datatables',
  'charges',
];

/** A fault of the account's own rules, with the empty list that head office adds. */
function failed(
  suffix: string,
  parameter: string | null,
  value: unknown = null,
  said = suffix.replace(/^[a-zA-Z]+\./, ''),
): ParameterError {
  return {
    code: `validation.msg.savingsaccount.${suffix}`,
    message: `Failed data validation due to: ${said}.`,
    parameter,
    args: [value, []],
  };
}

interface Owner {
  status: number;
  office_id: number;
  activated_on: string | null;
}

function ownerOf(call: Call, clientId: number | undefined, groupId: number | undefined): Owner {
  const { book } = call.office;
  const kind = clientId === undefined ? 'group' : 'client';
  const id = clientId ?? groupId ?? 0;
  const owner = book.get(`SELECT status, office_id, activated_on FROM ${kind === 'group' ? 'client_group' : 'client'} WHERE id = ?`, id) as
    Owner | undefined;
  const name = kind === 'group' ? 'Group' : 'Client';
  if (owner === undefined) throw notFound(`error.msg.${kind}.id.invalid`, `${name} with identifier ${String(id)} does not exist`, [id]);
  if (owner.status !== 300)
    throw domainRule(`error.msg.${kind}.not.active.exception`, `The ${name} with id \`${String(id)}\` is not active`, [id]);
  return owner;
}

/** Of those that the product was made with, what an account may have otherwise. */
const OF_ITS_OWN = ['minRequiredOpeningBalance', 'lockinPeriodFrequency', 'lockinPeriodFrequencyType'] as const;

/** The terms of an account: the product's, where the application says nothing of its own. */
function termsFor(product: string, asked: JsonObject, body: CommandBody): SavingsTerms {
  const terms = JSON.parse(product) as SavingsTerms;
  const own = Object.fromEntries(OF_ITS_OWN.flatMap((name) => (asked[name] === undefined ? [] : [[name, asked[name]]])));
  return {
    ...terms,
    annualRate: body.decimalText('nominalAnnualInterestRate') ?? terms.annualRate,
    allowOverdraft: body.flag('allowOverdraft') ?? terms.allowOverdraft,
    overdraftLimit: body.optionalAmount('overdraftLimit') ?? terms.overdraftLimit,
    minRequiredBalance: body.optionalAmount('minRequiredBalance') ?? terms.minRequiredBalance,
    enforceMinRequiredBalance: body.flag('enforceMinRequiredBalance') ?? terms.enforceMinRequiredBalance,
    ...(terms.asked === undefined ? {} : { asked: { ...terms.asked, ...own } }),
  };
}

export function submitSavings(call: Call): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, 'savingsaccount', APPLICATION_FIELDS);
  const clientId = body.optionalIdentifier('clientId');
  const groupId = body.optionalIdentifier('groupId');
  if (clientId === undefined && groupId === undefined) body.reject('clientId', 'cannot.be.blank', 'The parameter `clientId` is mandatory.');
  const productId = body.identifier('productId');
  const on = body.date('submittedOnDate');
  const externalId = body.optionalText('externalId', 100);
  const officerId = body.optionalIdentifier('fieldOfficerId');
  body.check();
  const { book } = call.office;
  const product = book.get('SELECT terms FROM savings_product WHERE id = ?', given(productId)) as { terms: string } | undefined;
  if (product === undefined)
    throw notFound('error.msg.savingproduct.id.invalid', `Saving product with identifier ${String(productId)} does not exist`, [
      given(productId),
    ]);
  const owner = ownerOf(call, clientId, groupId);
  const date = given(on);
  // Head office writes the word so.
  if (date > businessDate(call.office)) throw validationErrors([failed('summital.cannot.be.a.future.date', 'submittedOnDate', date)]);
  if (owner.activated_on !== null && date < owner.activated_on)
    throw validationErrors([
      failed(
        `summital.cannot.be.before.${clientId === undefined ? 'group' : 'client'}.activation.date`,
        'submittedOnDate',
        owner.activated_on,
      ),
    ]);
  if (externalId !== undefined && book.get('SELECT id FROM savings_account WHERE external_id = ?', externalId) !== undefined) {
    throw integrityIssue(
      'error.msg.savingsaccount.unknown.data.integrity.issue',
      'Unknown data integrity issue with savings account.',
      null,
    );
  }
  const terms = termsFor(product.terms, asked, body);
  body.check();
  const id = book.run(
    `INSERT INTO savings_account (account_no, external_id, client_id, group_id, office_id, officer_id, product_id, status, terms, submitted_on, submitted_by)
     VALUES ('',?,?,?,?,?,?,?,?,?,?)`,
    externalId ?? null,
    clientId ?? null,
    groupId ?? null,
    owner.office_id,
    officerId ?? null,
    given(productId),
    SAVINGS_SUBMITTED,
    JSON.stringify(terms),
    date,
    call.caller.id,
  );
  book.run('UPDATE savings_account SET account_no = ? WHERE id = ?', String(id).padStart(9, '0'), id);
  keepChargesOfApplication(call, findSavings(call, id), asked['charges']);
  return { officeId: owner.office_id, clientId, groupId, savingsId: id, resourceId: id, gsimId: 0 };
}

/** An account that a client brings along from its registration: submitted, and active with the client. */
export function openWithClient(call: Call, clientId: number, officeId: number, productId: number, on: string, isActive: boolean): number {
  const { book } = call.office;
  const product = book.get('SELECT terms FROM savings_product WHERE id = ?', productId) as { terms: string } | undefined;
  if (product === undefined)
    throw notFound('error.msg.savingproduct.id.invalid', `Saving product with identifier ${String(productId)} does not exist`, [productId]);
  const by = isActive ? call.caller.id : null;
  const id = book.run(
    `INSERT INTO savings_account (account_no, client_id, office_id, product_id, status, terms, submitted_on, submitted_by, approved_on, approved_by, activated_on, activated_by)
     VALUES ('',?,?,?,?,?,?,?,?,?,?,?)`,
    clientId,
    officeId,
    productId,
    isActive ? SAVINGS_ACTIVE : SAVINGS_SUBMITTED,
    product.terms,
    on,
    call.caller.id,
    isActive ? on : null,
    by,
    isActive ? on : null,
    by,
  );
  book.run('UPDATE savings_account SET account_no = ? WHERE id = ?', String(id).padStart(9, '0'), id);
  return id;
}

export type StateCommand = 'approve' | 'activate' | 'reject' | 'withdrawnByApplicant' | 'undoapproval';

const STATES: Readonly<
  Record<
    StateCommand,
    { field: string | null; resource: string; from: number; to: number; word: string; column: 'approved' | 'activated' | 'closed' }
  >
> = {
  approve: {
    field: 'approvedOnDate',
    resource: 'savingsaccountapplication',
    from: SAVINGS_SUBMITTED,
    to: SAVINGS_APPROVED,
    word: 'approval',
    column: 'approved',
  },
  activate: {
    field: 'activatedOnDate',
    resource: 'savingsaccount',
    from: SAVINGS_APPROVED,
    to: SAVINGS_ACTIVE,
    word: 'activate',
    column: 'activated',
  },
  reject: {
    field: 'rejectedOnDate',
    resource: 'savingsaccountapplication',
    from: SAVINGS_SUBMITTED,
    to: 500,
    word: 'reject',
    column: 'closed',
  },
  withdrawnByApplicant: {
    field: 'withdrawnOnDate',
    resource: 'savingsaccountapplication',
    from: SAVINGS_SUBMITTED,
    to: 400,
    word: 'withdraw',
    column: 'closed',
  },
  undoapproval: {
    field: null,
    resource: 'savingsaccountapplication',
    from: SAVINGS_APPROVED,
    to: SAVINGS_SUBMITTED,
    word: 'undoApproval',
    column: 'approved',
  },
};

export function changeSavingsState(call: Call, accountId: number, command: StateCommand): CommandResult {
  const asked = parseObject(call.body);
  const { field, resource, from, to, word, column } = STATES[command];
  const body = readBody(asked, resource, field === null ? ['note'] : [field, 'note']);
  const on = field === null ? undefined : body.date(field);
  const note = body.optionalText('note', 1000);
  body.check();
  const { book } = call.office;
  const account = findSavings(call, accountId);
  const parameter = field ?? 'approvedOnDate';
  if (account.status !== from) {
    const state = from === SAVINGS_APPROVED ? 'approved' : 'submittedandpendingapproval';
    throw validationErrors([failed(`${word}.not.in.${state}.state`, parameter)]);
  }
  const earliest = command === 'activate' ? account.approved_on : account.submitted_on;
  if (on !== undefined && earliest !== null && on < earliest)
    throw validationErrors([
      failed(`${word}.cannot.be.before.${command === 'activate' ? 'approval' : 'submittal'}.date`, parameter, earliest),
    ]);
  if (on !== undefined && on > businessDate(call.office))
    throw validationErrors([failed(`${word}.cannot.be.a.future.date`, parameter, command === 'activate' ? on : null)]);
  book.run(
    `UPDATE savings_account SET status = ?, ${column}_on = ?, ${column}_by = ? WHERE id = ?`,
    to,
    on ?? null,
    on === undefined ? null : call.caller.id,
    account.id,
  );
  if (command === 'activate') open(call, account.id, given(on));
  keepSaid(call, 'savings', account.id, note);
  const closing = to === 500 || to === 400 ? { closedOnDate: asked[parameter] } : {};
  return resultOf(account, {
    resourceId: account.id,
    changes: {
      status: savingsStatus(to),
      locale: asked['locale'],
      dateFormat: asked['dateFormat'],
      [parameter]: field === null ? '' : asked[parameter],
      ...closing,
      note: asked['note'],
    },
  });
}

/** Lock-in counts from activation; an opening balance is paid in with it. */
function open(call: Call, accountId: number, on: string): void {
  const { book } = call.office;
  const account = findSavings(call, accountId);
  const terms = savingsTermsOf(account);
  const length = askedNumber(terms, 'lockinPeriodFrequency');
  if (length !== null) {
    const unit = askedNumber(terms, 'lockinPeriodFrequencyType') ?? 2;
    const lockedUntil = unit < 2 ? addDays(on, length * (unit === 1 ? 7 : 1)) : addMonths(on, length * (unit === 3 ? 12 : 1));
    book.run('UPDATE savings_account SET terms = ? WHERE id = ?', JSON.stringify({ ...terms, lockedUntil }), accountId);
  }
  const opening = Math.round((askedNumber(terms, 'minRequiredOpeningBalance') ?? 0) * 100);
  if (opening === 0) return;
  const id = insertSavingsTransaction(call, account, { type: SAVE_DEPOSIT, date: on, amount: opening });
  postSavings(call, account, id, on, [
    [fundAccount(call.office, undefined), opening],
    [GL.savingsControl, -opening],
  ]);
  replaySavings(book, account);
  reckonInterest(call, findSavings(call, accountId));
}

function requireFree(account: SavingsRow): void {
  const faults: ParameterError[] = [];
  if (account.amount_on_hold + account.guarantor_hold !== 0)
    faults.push({
      code: 'validation.msg.savingsaccount.amount.is.on.hold.release.the.amount.to.continue',
      message: 'Failed data validation due to: amount.is.on.hold.release.the.amount.to.continue.',
      parameter: null,
      args: [null, [account.id]],
    });
  if (account.sub_status >= SUB_BLOCKED)
    faults.push(failed('account.is.in.blocked.state', 'subStatus', null, 'account.is.in.blocked.state'));
  if (faults.length > 0) throw validationErrors(faults);
}

export function closeSavings(call: Call, accountId: number): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, 'savingsaccount', [
    'closedOnDate',
    'withdrawBalance',
    'postInterestValidationOnClosure',
    'note',
    ...PAYMENT_FIELDS,
  ]);
  const on = body.date('closedOnDate');
  const withdraw = body.flag('withdrawBalance') ?? false;
  const payment = readPaymentDetail(body, false);
  const note = body.optionalText('note', 1000);
  body.check();
  const { book } = call.office;
  const account = findSavings(call, accountId);
  const date = given(on);
  requireFree(account);
  if (account.status !== SAVINGS_ACTIVE) throw validationErrors([failed('close.not.in.active.state', null)]);
  if (account.last_transaction_on !== null && date < account.last_transaction_on)
    throw validationErrors([
      failed('close.closedOnDate.must.be.after.last.transaction.date', 'closedOnDate', date, 'must.be.after.last.transaction.date'),
    ]);
  if (date > businessDate(call.office)) {
    if (withdraw)
      throw validationError(
        'error.msg.savingsaccount.transaction.in.the.future',
        'Transaction date cannot be in the future.',
        'transactionDate',
        [date],
      );
    throw validationErrors([failed('close.cannot.be.a.future.date', 'closedOnDate', date)]);
  }
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
    reckonInterest(call, account);
  } else if (account.balance !== 0) {
    throw validationErrors([failed('close.results.in.balance.not.zero', null)]);
  }
  book.run(
    'UPDATE savings_account SET status = ?, closed_on = ?, closed_by = ? WHERE id = ?',
    SAVINGS_CLOSED,
    date,
    call.caller.id,
    account.id,
  );
  keepSaid(call, 'savings', account.id, note);
  return resultOf(account, {
    resourceId: account.id,
    changes: {
      ...paymentChanges(asked),
      status: savingsStatus(SAVINGS_CLOSED),
      locale: asked['locale'],
      dateFormat: asked['dateFormat'],
      closedOnDate: asked['closedOnDate'],
      note: asked['note'],
    },
  });
}

export function deleteSavings(call: Call, accountId: number): CommandResult {
  const { book } = call.office;
  const account = findSavings(call, accountId);
  if (account.status !== SAVINGS_SUBMITTED)
    throw validationErrors([failed('delete.not.in.submittedandpendingapproval.state', 'activatedOnDate')]);
  book.run('DELETE FROM guarantor_hold WHERE account_id = ?', accountId);
  book.run('DELETE FROM savings_charge WHERE account_id = ?', accountId);
  book.run('DELETE FROM savings_account WHERE id = ?', accountId);
  return resultOf(account, { resourceId: accountId });
}
