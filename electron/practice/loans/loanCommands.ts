// Writes on loans: application, approval, disbursal, repayment, undo, write-off, refund of an overpaid balance and
// charges. Each refusal carries head office's own code; each movement leaves balanced journal lines.
import { businessDate, type Call } from '../call.ts';
import type { CommandResult } from '../commandLayer.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { domainRule, integrityIssue, notFound, validationError } from '../errors.ts';
import { ENTITY_LOAN, fundAccount, GL, postMovement, requireOpenPeriod, reverseMovement } from '../accounting/ledger.ts';
import { keepPaymentDetail, PAYMENT_FIELDS, readPaymentDetail } from '../paymentDetail.ts';
import { annualRateOf } from './schedule.ts';
import {
  duesOf,
  findLoan,
  insertLoanTransaction,
  LOAN_ACTIVE,
  LOAN_APPROVED,
  LOAN_CLOSED,
  LOAN_OVERPAID,
  LOAN_SUBMITTED,
  LOAN_WRITTEN_OFF,
  type LoanRow,
  type LoanTermsKept,
  type LoanTransactionRow,
  reprocess,
  scheduleOf,
  TX_CREDIT_BALANCE_REFUND,
  TX_DISBURSEMENT,
  TX_REPAYMENT,
  TX_WRITE_OFF,
  writeDues,
  writeTotals,
} from './loanAccount.ts';
import { unpaid } from './allocation.ts';

const TRANSACTION_FIELDS = ['transactionDate', 'transactionAmount', ...PAYMENT_FIELDS, 'note', 'externalId'];

function keepNote(call: Call, entity: string, entityId: number, note: string | undefined): void {
  if (note === undefined) return;
  call.office.book.run(
    'INSERT INTO note (entity, entity_id, note, created_by, created_at) VALUES (?,?,?,?,?)',
    entity,
    entityId,
    note,
    call.caller.id,
    call.office.now(),
  );
}

function resultOf(loan: LoanRow, rest: CommandResult): CommandResult {
  return { officeId: loan.office_id, clientId: loan.client_id ?? undefined, groupId: loan.group_id ?? undefined, loanId: loan.id, ...rest };
}

function requireActiveOwner(call: Call, loan: LoanRow): void {
  const { book } = call.office;
  if (loan.client_id !== null) {
    const client = book.get('SELECT status FROM client WHERE id = ?', loan.client_id) as { status: number } | undefined;
    if (client?.status !== 300) throw domainRule('error.msg.client.not.active.exception', 'The client is not active.', [loan.client_id]);
  } else if (loan.group_id !== null) {
    const group = book.get('SELECT status FROM client_group WHERE id = ?', loan.group_id) as { status: number } | undefined;
    if (group?.status !== 300) throw domainRule('error.msg.group.not.active.exception', 'The group is not active.', [loan.group_id]);
  }
}

function requireFreshExternalId(call: Call, externalId: string | undefined, kind: string): void {
  if (externalId === undefined) return;
  if (call.office.book.get('SELECT id FROM loan_transaction WHERE external_id = ?', externalId) !== undefined) {
    throw integrityIssue(
      `error.msg.loan.${kind}.duplicate.externalId`,
      `Transaction with external_id ${externalId} already exists.`,
      'externalId',
      [externalId],
    );
  }
}

export function repay(call: Call, loanId: number): CommandResult {
  const body = readBody(parseObject(call.body), 'loan.transaction', TRANSACTION_FIELDS);
  const date = body.date('transactionDate');
  const amount = body.amount('transactionAmount');
  const payment = readPaymentDetail(body, false);
  const note = body.optionalText('note', 1000);
  const externalId = body.optionalText('externalId', 100);
  body.check();
  const loan = findLoan(call, loanId);
  requireActiveOwner(call, loan);
  if (loan.status !== LOAN_ACTIVE && loan.status !== LOAN_CLOSED && loan.status !== LOAN_OVERPAID) {
    throw validationError('error.msg.loan.must.be.active.fully.paid.or.overpaid', 'Loan must be active, fully paid or overpaid.');
  }
  const on = given(date);
  if (on > businessDate(call.office)) {
    throw domainRule('error.msg.loan.transaction.cannot.be.a.future.date', 'The transaction date cannot be in the future.', [on]);
  }
  if (loan.disbursed_on !== null && on < loan.disbursed_on) {
    throw domainRule(
      'error.msg.loan.transaction.cannot.be.before.disbursement.date',
      'The transaction date cannot be before the loan disbursement date.',
      [on],
    );
  }
  requireOpenPeriod(call.office, loan.office_id, on);
  requireFreshExternalId(call, externalId, 'repayment');
  const id = insertLoanTransaction(call.office.book, {
    loan_id: loan.id,
    office_id: loan.office_id,
    external_id: externalId ?? null,
    type: TX_REPAYMENT,
    date: on,
    amount: given(amount),
    principal: 0,
    interest: 0,
    fee: 0,
    penalty: 0,
    overpayment: 0,
    balance: 0,
    submitted_on: businessDate(call.office),
    payment_detail_id: keepPaymentDetail(call.office, payment),
    created_by: call.caller.id,
    replaces: null,
  });
  reprocess(call, loan, id);
  keepNote(call, 'loanTransactions', id, note);
  const asked = parseObject(call.body);
  return resultOf(loan, {
    resourceId: id,
    resourceExternalId: externalId,
    changes: {
      transactionDate: asked['transactionDate'],
      transactionAmount: asked['transactionAmount'],
      locale: asked['locale'],
      dateFormat: asked['dateFormat'],
      paymentTypeId: asked['paymentTypeId'],
      receiptNumber: asked['receiptNumber'],
      note,
      externalId,
    },
  });
}

/** Amount 0 undoes; another amount reverses and posts anew. */
export function adjustRepayment(call: Call, loanId: number, transactionId: number): CommandResult {
  const body = readBody(parseObject(call.body), 'loan.transaction', [...TRANSACTION_FIELDS, 'reversalExternalId']);
  const date = body.date('transactionDate');
  const amount = body.amountOrZero('transactionAmount');
  const payment = readPaymentDetail(body, false);
  const note = body.optionalText('note', 1000);
  const reversalExternalId = body.optionalText('reversalExternalId', 100);
  const externalId = body.optionalText('externalId', 100);
  body.check();
  const { book } = call.office;
  const loan = findLoan(call, loanId);
  const row = book.get('SELECT * FROM loan_transaction WHERE id = ? AND loan_id = ?', transactionId, loan.id) as
    LoanTransactionRow | undefined;
  if (row === undefined)
    throw notFound('error.msg.loan.transaction.id.invalid', `Transaction with identifier ${String(transactionId)} does not exist.`, [
      transactionId,
    ]);
  if (row.type !== TX_REPAYMENT || row.reversed === 1) {
    throw domainRule('error.msg.loan.transaction.update.not.allowed', 'Loan transaction update not allowed.', [transactionId]);
  }
  if (
    reversalExternalId !== undefined &&
    book.get('SELECT id FROM loan_transaction WHERE reversal_external_id = ?', reversalExternalId) !== undefined
  ) {
    throw integrityIssue('error.msg.data.integrity.issue', 'Reversal external id already exists.', 'reversalExternalId', [
      reversalExternalId,
    ]);
  }
  const today = businessDate(call.office);
  const on = given(date);
  if (on > today)
    throw domainRule('error.msg.loan.transaction.cannot.be.a.future.date', 'The transaction date cannot be in the future.', [on]);
  requireOpenPeriod(call.office, loan.office_id, row.date);
  book.run(
    'UPDATE loan_transaction SET reversed = 1, manually_reversed = 1, reversed_on = ?, reversal_external_id = ? WHERE id = ?',
    today,
    reversalExternalId ?? null,
    row.id,
  );
  reverseMovement(call, `L${String(row.id)}`);
  let newId: number | undefined;
  if (given(amount) > 0) {
    requireFreshExternalId(call, externalId, 'repayment');
    newId = insertLoanTransaction(book, {
      ...row,
      external_id: externalId ?? null,
      date: on,
      amount: given(amount),
      principal: 0,
      interest: 0,
      fee: 0,
      penalty: 0,
      overpayment: 0,
      balance: 0,
      submitted_on: today,
      payment_detail_id: payment === null ? row.payment_detail_id : keepPaymentDetail(call.office, payment),
      created_by: call.caller.id,
      replaces: null,
    });
  }
  reprocess(call, loan, newId);
  keepNote(call, 'loanTransactions', newId ?? row.id, note);
  return resultOf(loan, {
    resourceId: newId ?? row.id,
    resourceExternalId: row.external_id ?? undefined,
    changes: { transactionAmount: parseObject(call.body)['transactionAmount'] },
  });
}

export function writeOffLoan(call: Call, loanId: number): CommandResult {
  const body = readBody(parseObject(call.body), 'loan.transaction', ['transactionDate', 'note', 'writeoffReasonId', 'externalId']);
  const on = body.date('transactionDate');
  const note = body.optionalText('note', 1000);
  const externalId = body.optionalText('externalId', 100);
  body.check();
  const { book } = call.office;
  const loan = findLoan(call, loanId);
  if (loan.status !== LOAN_ACTIVE)
    throw validationError('error.msg.loan.writtenoff.account.is.not.active', 'Only an active loan can be written off.');
  const date = given(on);
  if (date > businessDate(call.office))
    throw domainRule('error.msg.loan.transaction.cannot.be.a.future.date', 'The transaction date cannot be in the future.', [date]);
  requireOpenPeriod(call.office, loan.office_id, date);
  requireFreshExternalId(call, externalId, 'writeoff');
  const dues = duesOf(book, loan.id);
  const left = dues.reduce((sum, row) => sum + unpaid(row), 0);
  const principal = loan.principal - loan.principal_paid;
  const id = insertLoanTransaction(book, {
    loan_id: loan.id,
    office_id: loan.office_id,
    external_id: externalId ?? null,
    type: TX_WRITE_OFF,
    date,
    amount: left,
    principal,
    interest: loan.interest_charged - loan.interest_paid,
    fee: loan.fee_charged - loan.fee_paid,
    penalty: loan.penalty_charged - loan.penalty_paid,
    overpayment: 0,
    balance: 0,
    submitted_on: businessDate(call.office),
    payment_detail_id: null,
    created_by: call.caller.id,
    replaces: null,
  });
  postMovement(book, {
    ref: `L${String(id)}`,
    officeId: loan.office_id,
    date,
    submittedOn: businessDate(call.office),
    entityType: ENTITY_LOAN,
    entityId: loan.id,
    createdBy: call.caller.id,
    lines: [
      [GL.writeOffs, principal],
      [GL.loanPortfolio, -principal],
    ],
  });
  book.run(
    `UPDATE loan SET status = ?, written_off_on = ?, closed_on = ?, principal_written_off = ?, interest_written_off = interest_charged - interest_paid,
     fee_written_off = fee_charged - fee_paid, penalty_written_off = penalty_charged - penalty_paid WHERE id = ?`,
    LOAN_WRITTEN_OFF,
    date,
    date,
    principal,
    loan.id,
  );
  keepNote(call, 'loanTransactions', id, note);
  return resultOf(loan, { resourceId: id, resourceExternalId: externalId });
}

export function refundCreditBalance(call: Call, loanId: number): CommandResult {
  const body = readBody(parseObject(call.body), 'loan.transaction', TRANSACTION_FIELDS);
  const on = body.date('transactionDate');
  const amount = body.amount('transactionAmount');
  const payment = readPaymentDetail(body, false);
  const note = body.optionalText('note', 1000);
  const externalId = body.optionalText('externalId', 100);
  body.check();
  const { book } = call.office;
  const loan = findLoan(call, loanId);
  if (loan.status !== LOAN_OVERPAID)
    throw validationError('error.msg.loan.credit.balance.refund.account.is.not.overpaid', 'Loan is not overpaid.');
  const date = given(on);
  if (date > businessDate(call.office))
    throw domainRule('error.msg.loan.transaction.cannot.be.a.future.date', 'The transaction date cannot be in the future.', [date]);
  if (given(amount) > loan.overpaid)
    throw domainRule('error.msg.transactionAmount.invalid.must.be.less.than.or.equal.to.overpaid', 'More than was overpaid.', [
      loan.overpaid,
    ]);
  requireOpenPeriod(call.office, loan.office_id, date);
  requireFreshExternalId(call, externalId, 'creditBalanceRefund');
  const id = insertLoanTransaction(book, {
    loan_id: loan.id,
    office_id: loan.office_id,
    external_id: externalId ?? null,
    type: TX_CREDIT_BALANCE_REFUND,
    date,
    amount: given(amount),
    principal: 0,
    interest: 0,
    fee: 0,
    penalty: 0,
    overpayment: given(amount),
    balance: 0,
    submitted_on: businessDate(call.office),
    payment_detail_id: keepPaymentDetail(call.office, payment),
    created_by: call.caller.id,
    replaces: null,
  });
  postMovement(book, {
    ref: `L${String(id)}`,
    officeId: loan.office_id,
    date,
    submittedOn: businessDate(call.office),
    entityType: ENTITY_LOAN,
    entityId: loan.id,
    createdBy: call.caller.id,
    lines: [
      [GL.overpayments, given(amount)],
      [fundAccount(call.office, payment?.paymentTypeId), -given(amount)],
    ],
  });
  reprocess(call, loan);
  keepNote(call, 'loanTransactions', id, note);
  return resultOf(loan, { resourceId: id, resourceExternalId: externalId });
}

export function approveLoan(call: Call, loanId: number): CommandResult {
  const body = readBody(parseObject(call.body), 'loanapplication', [
    'approvedOnDate',
    'approvedLoanAmount',
    'expectedDisbursementDate',
    'netDisbursalAmount',
    'disbursementData',
    'note',
  ]);
  const on = body.date('approvedOnDate');
  const amount = body.optionalAmount('approvedLoanAmount');
  const expected = body.optionalDate('expectedDisbursementDate');
  const note = body.optionalText('note', 1000);
  body.check();
  const loan = findLoan(call, loanId);
  if (loan.status !== LOAN_SUBMITTED)
    throw validationError('error.msg.loan.approve.account.is.not.submitted.and.pending.state', 'Loan is not submitted and pending.');
  const date = given(on);
  if (date > businessDate(call.office))
    throw domainRule('error.msg.loan.approval.cannot.be.a.future.date', 'The approval date cannot be in the future.', [date]);
  if (date < loan.submitted_on)
    throw domainRule('error.msg.loan.approval.cannot.be.before.submittal.date', 'The approval date cannot be before submittal.', [date]);
  if (amount !== undefined && amount > loan.principal) {
    throw domainRule('error.msg.loan.approval.amount.can.not.be.greater.than.loan.amount.demanded', 'More than was asked for.', [amount]);
  }
  call.office.book.run(
    'UPDATE loan SET status = ?, approved_on = ?, principal = ?, expected_disbursement = ? WHERE id = ?',
    LOAN_APPROVED,
    date,
    amount ?? loan.principal,
    expected ?? loan.expected_disbursement,
    loan.id,
  );
  keepNote(call, 'loans', loan.id, note);
  return resultOf(loan, {
    resourceId: loan.id,
    resourceExternalId: loan.external_id ?? undefined,
    changes: { status: { id: 200, code: 'loanStatusType.approved', value: 'Approved' } },
  });
}

export function endApplication(call: Call, loanId: number, kind: 'reject' | 'withdraw' | 'undoapproval'): CommandResult {
  const dateField = kind === 'reject' ? 'rejectedOnDate' : 'withdrawnOnDate';
  const body = readBody(parseObject(call.body), 'loanapplication', kind === 'undoapproval' ? ['note'] : [dateField, 'note']);
  const on = kind === 'undoapproval' ? undefined : body.date(dateField);
  const note = body.optionalText('note', 1000);
  body.check();
  const loan = findLoan(call, loanId);
  if (kind === 'undoapproval') {
    if (loan.status !== LOAN_APPROVED)
      throw validationError('error.msg.loan.undo.approval.account.is.not.approved', 'Loan is not approved.');
    call.office.book.run('UPDATE loan SET status = ?, approved_on = NULL WHERE id = ?', LOAN_SUBMITTED, loan.id);
  } else {
    if (loan.status !== LOAN_SUBMITTED)
      throw validationError(`error.msg.loan.${kind}.account.is.not.submitted.and.pending.state`, 'Loan is not submitted and pending.');
    call.office.book.run('UPDATE loan SET status = ?, closed_on = ? WHERE id = ?', kind === 'reject' ? 500 : 400, given(on), loan.id);
  }
  keepNote(call, 'loans', loan.id, note);
  return resultOf(loan, { resourceId: loan.id });
}

export function disburseLoan(call: Call, loanId: number): CommandResult {
  const body = readBody(parseObject(call.body), 'loan.disbursement', [
    'actualDisbursementDate',
    'transactionAmount',
    'externalId',
    'note',
    'netDisbursalAmount',
    'adjustRepaymentDate',
    ...PAYMENT_FIELDS,
  ]);
  const on = body.date('actualDisbursementDate');
  const amount = body.optionalAmount('transactionAmount');
  const payment = readPaymentDetail(body, false);
  const externalId = body.optionalText('externalId', 100);
  const note = body.optionalText('note', 1000);
  body.check();
  const { book } = call.office;
  const loan = findLoan(call, loanId);
  requireActiveOwner(call, loan);
  if (loan.status !== LOAN_APPROVED)
    throw validationError('error.msg.loan.disbursal.account.is.not.approve.not.disbursed.state', 'Loan is not approved.');
  const date = given(on);
  if (date > businessDate(call.office))
    throw domainRule('error.msg.loan.disbursal.cannot.be.a.future.date', 'The disbursal date cannot be in the future.', [date]);
  if (loan.approved_on !== null && date < loan.approved_on)
    throw domainRule('error.msg.loan.disbursal.cannot.be.before.approval.date', 'Before approval.', [date]);
  if (amount !== undefined && amount > loan.principal)
    throw domainRule('error.msg.loan.disbursal.amount.can.not.be.greater.than.loan.amount.approved', 'More than was approved.', [amount]);
  requireOpenPeriod(call.office, loan.office_id, date);
  requireFreshExternalId(call, externalId, 'disbursement');
  const disbursed: LoanRow = { ...loan, principal: amount ?? loan.principal, disbursed_on: date, status: LOAN_ACTIVE };
  book.run('UPDATE loan SET principal = ?, disbursed_on = ? WHERE id = ?', disbursed.principal, date, loan.id);
  const id = insertLoanTransaction(book, {
    loan_id: loan.id,
    office_id: loan.office_id,
    external_id: externalId ?? null,
    type: TX_DISBURSEMENT,
    date,
    amount: disbursed.principal,
    principal: 0,
    interest: 0,
    fee: 0,
    penalty: 0,
    overpayment: 0,
    balance: disbursed.principal,
    submitted_on: businessDate(call.office),
    payment_detail_id: keepPaymentDetail(call.office, payment),
    created_by: call.caller.id,
    replaces: null,
  });
  postMovement(book, {
    ref: `L${String(id)}`,
    officeId: loan.office_id,
    date,
    submittedOn: businessDate(call.office),
    entityType: ENTITY_LOAN,
    entityId: loan.id,
    createdBy: call.caller.id,
    lines: [
      [GL.loanPortfolio, disbursed.principal],
      [fundAccount(call.office, payment?.paymentTypeId), -disbursed.principal],
    ],
  });
  const dues = scheduleOf(disbursed);
  writeDues(book, loan.id, dues);
  writeTotals(book, loan.id, dues, { status: LOAN_ACTIVE, overpaid: 0, closedOn: null });
  keepNote(call, 'loans', loan.id, note);
  return resultOf(loan, {
    resourceId: loan.id,
    subResourceId: id,
    resourceExternalId: loan.external_id ?? undefined,
    changes: {
      status: { id: 300, code: 'loanStatusType.active', value: 'Active' },
      actualDisbursementDate: parseObject(call.body)['actualDisbursementDate'],
    },
  });
}

const APPLICATION_FIELDS = [
  'loanType',
  'clientId',
  'groupId',
  'productId',
  'externalId',
  'accountNo',
  'principal',
  'loanTermFrequency',
  'loanTermFrequencyType',
  'numberOfRepayments',
  'repaymentEvery',
  'repaymentFrequencyType',
  'interestRatePerPeriod',
  'amortizationType',
  'interestType',
  'interestCalculationPeriodType',
  'transactionProcessingStrategyCode',
  'submittedOnDate',
  'expectedDisbursementDate',
  'fundId',
  'loanOfficerId',
  'loanPurposeId',
  'repaymentsStartingFromDate',
  'graceOnPrincipalPayment',
  'graceOnInterestPayment',
  'graceOnInterestCharged',
  'charges',
  'collateral',
  'linkAccountId',
  'datatables',
];

interface Application {
  loan: LoanRow;
  externalId: string | undefined;
}

interface ProductTerms extends LoanTermsKept {
  principalLeast: number;
  principalMost: number;
}

export function readApplication(call: Call): Application {
  const body = readBody(parseObject(call.body), 'loan', APPLICATION_FIELDS);
  const kind = body.text('loanType', 20);
  const clientId = body.optionalInteger('clientId');
  const groupId = body.optionalInteger('groupId');
  const productId = body.integer('productId');
  const principal = body.amount('principal');
  const term = body.integer('loanTermFrequency');
  const termType = body.integer('loanTermFrequencyType');
  const number = body.integer('numberOfRepayments');
  const every = body.integer('repaymentEvery');
  const frequency = body.integer('repaymentFrequencyType');
  const rate = body.decimalText('interestRatePerPeriod');
  const amortizationType = body.integer('amortizationType');
  const interest = body.integer('interestType');
  const calculation = body.integer('interestCalculationPeriodType');
  const strategy = body.text('transactionProcessingStrategyCode', 100);
  const submittedOn = body.date('submittedOnDate');
  const expectedOn = body.date('expectedDisbursementDate');
  const firstOn = body.optionalDate('repaymentsStartingFromDate');
  const externalId = body.optionalText('externalId', 100);
  const officerId = body.optionalInteger('loanOfficerId');
  const gracePrincipal = body.optionalInteger('graceOnPrincipalPayment') ?? 0;
  const graceInterest = body.optionalInteger('graceOnInterestPayment') ?? 0;
  const freePeriods = body.optionalInteger('graceOnInterestCharged') ?? 0;
  if (rate === undefined) body.reject('interestRatePerPeriod', 'cannot.be.blank', 'The parameter `interestRatePerPeriod` is mandatory.');
  const typeId = { individual: 1, group: 2, jlg: 3 }[kind ?? ''];
  if (kind !== undefined && typeId === undefined) body.reject('loanType', 'is.not.one.of.expected.enumerations', 'Unknown loan type.');
  if (kind !== 'group' && clientId === undefined) body.reject('clientId', 'cannot.be.blank', 'The parameter `clientId` is mandatory.');
  if ((kind === 'group' || kind === 'jlg') && groupId === undefined)
    body.reject('groupId', 'cannot.be.blank', 'The parameter `groupId` is mandatory.');
  if (number !== undefined && number < 1) body.reject('numberOfRepayments', 'not.greater.than.zero', 'At least one repayment.');
  if (every !== undefined && every < 1) body.reject('repaymentEvery', 'not.greater.than.zero', 'At least one.');
  const unit = (['days', 'weeks', 'months'] as const)[frequency ?? 2];
  if (unit === undefined) body.reject('repaymentFrequencyType', 'is.not.one.of.expected.enumerations', 'Unknown repayment frequency.');
  if (strategy !== undefined && strategy !== 'mifos-standard-strategy') {
    body.reject(
      'transactionProcessingStrategyCode',
      'is.not.one.of.expected.enumerations',
      'The practice head office knows the standard strategy only.',
    );
  }
  if (term !== undefined && number !== undefined && every !== undefined && (termType !== frequency || term !== number * every)) {
    body.reject('loanTermFrequency', 'is.less.than.min', 'The loan term must be the number of repayments times their spacing.');
  }
  body.check();
  const { book } = call.office;
  const product = book.get('SELECT terms FROM loan_product WHERE id = ?', given(productId)) as { terms: string } | undefined;
  if (product === undefined)
    throw notFound('error.msg.loanproduct.id.invalid', `Loan product with identifier ${String(productId)} does not exist`, [
      given(productId),
    ]);
  const productTerms = JSON.parse(product.terms) as ProductTerms;
  if (given(principal) < productTerms.principalLeast || given(principal) > productTerms.principalMost) {
    throw validationError(
      'validation.msg.loan.principal.is.not.within.expected.range',
      'The principal is outside the range of the product.',
      'principal',
    );
  }
  const owner = ownerOf(call, kind === 'group' ? undefined : clientId, groupId);
  const on = given(submittedOn);
  if (on > businessDate(call.office))
    throw domainRule('error.msg.loan.submittal.cannot.be.a.future.date', 'The submittal date cannot be in the future.', [on]);
  if (owner.activatedOn !== null && on < owner.activatedOn) {
    throw domainRule('error.msg.loan.submittal.cannot.be.before.client.activation.date', 'Before the client was activated.', [on]);
  }
  if (externalId !== undefined && book.get('SELECT id FROM loan WHERE external_id = ?', externalId) !== undefined) {
    throw domainRule('error.msg.loan.with.externalId.already.used', `Loan with externalId ${externalId} is already registered.`, [
      externalId,
    ]);
  }
  const terms: LoanTermsKept = {
    annualRate: annualRateOf(given(rate), productTerms.interestRateFrequency),
    ratePerPeriod: given(rate),
    interestRateFrequency: productTerms.interestRateFrequency,
    interestType: given(interest) === 1 ? 'flat' : 'declining',
    interestCalculation: given(calculation) === 0 ? 'daily' : 'sameAsRepayment',
    amortization: given(amortizationType) === 0 ? 'equalPrincipal' : 'equalInstallments',
    numberOfRepayments: given(number),
    repaymentEvery: given(every),
    repaymentFrequency: given(unit),
    graceOnPrincipal: gracePrincipal,
    graceOnInterestPayment: graceInterest,
    interestFreePeriods: freePeriods,
    installmentMultiple: productTerms.installmentMultiple,
    fixedPrincipalPercentage: null,
    ...(firstOn === undefined ? {} : { firstRepaymentOn: firstOn }),
  };
  return {
    externalId,
    loan: {
      id: 0,
      account_no: '',
      external_id: externalId ?? null,
      client_id: kind === 'group' ? null : (clientId ?? null),
      group_id: groupId ?? null,
      office_id: owner.officeId,
      officer_id: officerId ?? null,
      product_id: given(productId),
      loan_type: typeId ?? 1,
      status: LOAN_SUBMITTED,
      principal: given(principal),
      terms: JSON.stringify(terms),
      submitted_on: on,
      approved_on: null,
      expected_disbursement: given(expectedOn),
      disbursed_on: null,
      closed_on: null,
      written_off_on: null,
      overpaid: 0,
      principal_paid: 0,
      interest_charged: 0,
      interest_paid: 0,
      fee_charged: 0,
      fee_paid: 0,
      penalty_charged: 0,
      penalty_paid: 0,
      principal_written_off: 0,
      interest_written_off: 0,
      fee_written_off: 0,
      penalty_written_off: 0,
    },
  };
}

function ownerOf(call: Call, clientId: number | undefined, groupId: number | undefined): { officeId: number; activatedOn: string | null } {
  const { book } = call.office;
  if (clientId !== undefined) {
    const client = book.get('SELECT status, office_id, activated_on FROM client WHERE id = ?', clientId) as
      { status: number; office_id: number; activated_on: string | null } | undefined;
    if (client === undefined)
      throw notFound('error.msg.client.id.invalid', `Client with identifier ${String(clientId)} does not exist`, [clientId]);
    if (client.status !== 300) throw domainRule('error.msg.client.not.active.exception', 'The client is not active.', [clientId]);
    return { officeId: client.office_id, activatedOn: client.activated_on };
  }
  const id = groupId ?? 0;
  const group = book.get('SELECT status, office_id, activated_on FROM client_group WHERE id = ?', id) as
    { status: number; office_id: number; activated_on: string | null } | undefined;
  if (group === undefined) throw notFound('error.msg.group.id.invalid', `Group with identifier ${String(id)} does not exist`, [id]);
  if (group.status !== 300) throw domainRule('error.msg.group.not.active.exception', 'The group is not active.', [id]);
  return { officeId: group.office_id, activatedOn: group.activated_on };
}

export function submitLoan(call: Call): CommandResult {
  const { loan, externalId } = readApplication(call);
  const { book } = call.office;
  const id = book.run(
    `INSERT INTO loan (account_no, external_id, client_id, group_id, office_id, officer_id, product_id, loan_type, status, principal, terms, submitted_on, expected_disbursement)
     VALUES ('', ?,?,?,?,?,?,?,?,?,?,?,?)`,
    loan.external_id,
    loan.client_id,
    loan.group_id,
    loan.office_id,
    loan.officer_id,
    loan.product_id,
    loan.loan_type,
    loan.status,
    loan.principal,
    loan.terms,
    loan.submitted_on,
    loan.expected_disbursement,
  );
  book.run('UPDATE loan SET account_no = ? WHERE id = ?', String(id).padStart(9, '0'), id);
  return resultOf({ ...loan, id }, { resourceId: id, resourceExternalId: externalId });
}

export function addLoanCharge(call: Call, loanId: number): CommandResult {
  const body = readBody(parseObject(call.body), 'loanCharge', ['chargeId', 'amount', 'dueDate', 'externalId']);
  const chargeId = body.integer('chargeId');
  const amount = body.amount('amount');
  const due = body.optionalDate('dueDate');
  const externalId = body.optionalText('externalId', 100);
  body.check();
  const { book } = call.office;
  const loan = findLoan(call, loanId);
  if (loan.status !== LOAN_ACTIVE) throw validationError('error.msg.loan.charge.payment.account.is.not.active', 'Loan is not active.');
  const charge = book.get('SELECT id, name, penalty FROM charge WHERE id = ?', given(chargeId)) as
    { id: number; name: string; penalty: number } | undefined;
  if (charge === undefined) throw notFound('error.msg.charge.id.invalid', 'Charge does not exist', [given(chargeId)]);
  if (externalId !== undefined && book.get('SELECT id FROM loan_charge WHERE external_id = ?', externalId) !== undefined) {
    throw integrityIssue('error.msg.loan.charge.duplicate.externalId', 'Loan charge with this external id exists.', 'externalId', [
      externalId,
    ]);
  }
  const id = book.run(
    'INSERT INTO loan_charge (loan_id, charge_id, name, amount, penalty, due_date, external_id, submitted_on) VALUES (?,?,?,?,?,?,?,?)',
    loan.id,
    charge.id,
    charge.name,
    given(amount),
    charge.penalty,
    due ?? businessDate(call.office),
    externalId ?? null,
    businessDate(call.office),
  );
  reprocess(call, loan);
  return resultOf(loan, { resourceId: id, resourceExternalId: externalId });
}
