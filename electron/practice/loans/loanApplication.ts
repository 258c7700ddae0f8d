// An application for a loan: read and checked, reckoned as a schedule only, submitted, or changed while it waits.
import { businessDate, type Call } from '../call.ts';
import { jsonAmount, minorOfText } from '../amounts.ts';
import type { CommandResult } from '../commandLayer.ts';
import { given, type JsonObject, parseObject, readBody } from '../commandBody.ts';
import { domainRule, integrityIssue, notFound, validationError } from '../errors.ts';
import { annualRateOf } from './schedule.ts';
import { findLoan, LOAN_SUBMITTED, type LoanRow, type LoanTermsKept } from './loanAccount.ts';
import { addChargeRow } from './loanCharges.ts';
import { requireOpenDay, resultOf } from './loanResults.ts';
import { wholeResult } from './loanStates.ts';

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
  'calendarId',
  'syncDisbursementWithMeeting',
  'interestChargedFromDate',
  'maxOutstandingLoanBalance',
  'isEqualAmortization',
  'disbursementData',
  'fixedEmiAmount',
  'rates',
  'parentAccount',
  'lastApplication',
];

const STRATEGIES = [
  'mifos-standard-strategy',
  'creocore-strategy',
  'early-repayment-strategy',
  'heavensfamily-strategy',
  'interest-principal-penalties-fees-order-strategy',
  'principal-interest-penalties-fees-order-strategy',
  'rbi-india-strategy',
];

interface ProductTerms extends LoanTermsKept {
  principalLeast: number;
  principalMost: number;
  asked?: JsonObject;
}

export interface Application {
  loan: LoanRow;
  externalId: string | undefined;
  charges: { chargeId: number; amount: number; dueDate: string | null }[];
}

interface Owner {
  officeId: number;
  activatedOn: string | null;
}

function ownerOf(call: Call, clientId: number | undefined, groupId: number | undefined): Owner {
  const { book } = call.office;
  const kind = clientId === undefined ? 'Group' : 'Client';
  const id = clientId ?? groupId ?? 0;
  const row = book.get(`SELECT status, office_id, activated_on FROM ${kind === 'Group' ? 'client_group' : 'client'} WHERE id = ?`, id) as
    { status: number; office_id: number; activated_on: string | null } | undefined;
  const word = kind.toLowerCase();
  if (row === undefined) throw notFound(`error.msg.${word}.id.invalid`, `${kind} with identifier ${String(id)} does not exist`, [id]);
  if (row.status !== 300)
    throw domainRule(`error.msg.${word}.not.active.exception`, `The ${kind} with id \`${String(id)}\` is not active`, [id]);
  return { officeId: row.office_id, activatedOn: row.activated_on };
}

function chargesAsked(raw: unknown): Application['charges'] {
  if (!Array.isArray(raw)) return [];
  return (raw as JsonObject[]).map((each) => ({
    chargeId: Number(each['chargeId']),
    amount: minorOfText(String(each['amount'] as string | number)) ?? 0,
    dueDate: typeof each['dueDate'] === 'string' ? each['dueDate'] : null,
  }));
}

/** Head office checks dates of a preview only against each other. */
export function readApplication(call: Call, isPreview = false): Application {
  const body = readBody(parseObject(call.body), 'loan', APPLICATION_FIELDS);
  const kind = body.text('loanType', 20);
  const typeId = { individual: 1, group: 2, jlg: 3, glim: 4 }[kind ?? ''];
  if (kind !== undefined && typeId === undefined)
    body.reject('loanType', 'is.not.within.expected.range', 'The parameter `loanType` must be between 1 and 4.', [0, 1, 4]);
  const clientId = body.optionalIdentifier('clientId');
  const groupId = body.optionalIdentifier('groupId');
  if (kind !== 'group' && kind !== undefined && typeId !== undefined && clientId === undefined) {
    body.reject('clientId', 'cannot.be.blank', 'The parameter `clientId` is mandatory.');
    if (kind === 'individual' && groupId === undefined)
      body.reject(
        'groupId',
        'cannot.also.be.provided.when.clientId.is.populated',
        'The parameter `groupId` cannot also be provided when `clientId` is populated.',
        [null, 'clientId', null],
      );
  }
  if ((kind === 'group' || kind === 'jlg') && groupId === undefined)
    body.reject('groupId', 'cannot.be.blank', 'The parameter `groupId` is mandatory.');
  const productId = body.identifier('productId');
  const principal = body.amount('principal');
  const term = body.integer('loanTermFrequency');
  const termType = body.integer('loanTermFrequencyType');
  const number = body.integer('numberOfRepayments');
  const every = body.integer('repaymentEvery');
  const frequency = body.integer('repaymentFrequencyType');
  const rate = body.decimalText('interestRatePerPeriod');
  if (rate === undefined) body.reject('interestRatePerPeriod', 'cannot.be.blank', 'The parameter `interestRatePerPeriod` is mandatory.');
  const amortizationType = body.integer('amortizationType');
  const interest = body.integer('interestType');
  const calculation = body.integer('interestCalculationPeriodType');
  const strategy = body.optionalText('transactionProcessingStrategyCode', 100);
  const submittedOn = body.date('submittedOnDate');
  const expectedOn = body.date('expectedDisbursementDate');
  const firstOn = body.optionalDate('repaymentsStartingFromDate');
  const externalId = body.optionalText('externalId', 100);
  const officerId = body.optionalIdentifier('loanOfficerId');
  const linkAccountId = body.optionalIdentifier('linkAccountId');
  const gracePrincipal = body.optionalInteger('graceOnPrincipalPayment') ?? 0;
  const graceInterest = body.optionalInteger('graceOnInterestPayment') ?? 0;
  const freePeriods = body.optionalInteger('graceOnInterestCharged') ?? 0;
  if (number !== undefined && number < 1)
    body.reject('numberOfRepayments', 'not.greater.than.zero', 'The parameter `numberOfRepayments` must be greater than 0.', [number, 0]);
  if (every !== undefined && every < 1)
    body.reject('repaymentEvery', 'not.greater.than.zero', 'The parameter `repaymentEvery` must be greater than 0.', [every, 0]);
  const unit = (['days', 'weeks', 'months'] as const)[frequency ?? 2];
  if (unit === undefined) body.reject('repaymentFrequencyType', 'is.not.one.of.expected.enumerations', 'Unknown repayment frequency.');
  if (number !== undefined && number >= 1 && term !== undefined && every !== undefined) {
    if (termType !== frequency)
      body.reject(
        'loanTermFrequencyType',
        'not.the.same.as.repaymentFrequencyType',
        'The parameters loanTermFrequencyType and repaymentFrequencyType must be the same.',
        [termType, frequency],
      );
    else if (term < number * every)
      body.reject(
        'loanTermFrequency',
        'less.than.repayment.structure.suggests',
        'The parameter loanTermFrequency is less than the suggest loan term as indicated by numberOfRepayments and repaymentEvery.',
        [term, number, every],
      );
    else if (term > number * every)
      body.reject('loanTermFrequency', 'greater.than.repayment.structure.suggests', 'The parameter loanTermFrequency is too great.', [
        term,
        number,
        every,
      ]);
  }
  body.check();
  const { book } = call.office;
  const product = book.get('SELECT terms FROM loan_product WHERE id = ?', given(productId)) as { terms: string } | undefined;
  if (product === undefined)
    throw notFound('error.msg.loanproduct.id.invalid', `Loan product with identifier ${String(productId)} does not exist`, [
      given(productId),
    ]);
  const productTerms = JSON.parse(product.terms) as ProductTerms;
  const closedOn = productTerms.asked?.['closeDate'];
  if (typeof closedOn === 'string' && given(submittedOn) > closedOn)
    throw domainRule(
      'error.msg.loan.application.submitted.on.date.cannot.be.after.the.loan.product.close.date',
      'submittedOnDate cannot be after the loan product closeDate.',
      [given(submittedOn), closedOn],
    );
  const least = productTerms.principalLeast;
  const most = productTerms.principalMost;
  if (given(principal) < least || given(principal) > most) {
    const asked = jsonAmount(given(principal));
    throw validationError(
      'validation.msg.loan.principal.amount.is.not.within.min.max.range',
      `The parameter \`principal\` amount ${asked.toFixed(1)} must be between ${(least / 100).toFixed(2)} and ${(most / 100).toFixed(2)} .`,
      'principal',
      [asked, jsonAmount(least), jsonAmount(most)],
    );
  }
  const owner = ownerOf(call, kind === 'group' ? undefined : clientId, groupId);
  if (!STRATEGIES.includes(strategy ?? ''))
    throw notFound(
      'error.msg.transactions.processing.strategy.code.invalid',
      `Loan transaction processing strategy with code ${strategy ?? 'null'} does not exist`,
      [strategy ?? null],
    );
  const on = given(submittedOn);
  const expected = given(expectedOn);
  if (on > expected)
    throw domainRule(
      'error.msg.loan.submittal.cannot.be.after.expected.disbursement.date',
      `The date on which a loan is submitted cannot be after its expected disbursement date: ${expected}`,
      [on, expected],
    );
  const today = businessDate(call.office);
  if (!isPreview && on > today)
    throw domainRule('error.msg.loan.submittal.cannot.be.a.future.date', 'The date on which a loan is submitted cannot be in the future.', [
      on,
      today,
    ]);
  if (!isPreview) requireOpenDay(call, { office_id: owner.officeId }, expected, 'disbursement');
  if (!isPreview && owner.activatedOn !== null && on < owner.activatedOn) {
    throw domainRule(
      `error.msg.loan.submittal.cannot.be.before.${kind === 'group' ? 'group' : 'client'}.activation.date`,
      `The date on which a loan is submitted cannot be earlier than ${kind === 'group' ? 'group' : 'client'}'s activation date.`,
      [on, owner.activatedOn],
    );
  }
  if (!isPreview && externalId !== undefined && book.get('SELECT id FROM loan WHERE external_id = ?', externalId) !== undefined) {
    throw domainRule('error.msg.loan.with.externalId.already.used', `Loan with externalId is already registered.`, []);
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
    ...(productTerms.asked?.['isInterestRecalculationEnabled'] === true ? { recalculates: true } : {}),
  };
  return {
    externalId,
    charges: chargesAsked(body.raw('charges')),
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
      expected_disbursement: expected,
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
      interest_waived: 0,
      fee_waived: 0,
      penalty_waived: 0,
      recovered: 0,
      proposed_principal: given(principal),
      submitted_by: call.caller.id,
      approved_by: null,
      disbursed_by: null,
      closed_by: null,
      foreclosed_on: null,
      link_account_id: linkAccountId ?? null,
    },
  };
}

export function submitLoan(call: Call): CommandResult {
  const { loan, externalId, charges } = readApplication(call);
  const { book } = call.office;
  const number = parseObject(call.body)['accountNo'];
  if (typeof number === 'string' && book.get('SELECT id FROM loan WHERE account_no = ?', number) !== undefined)
    throw integrityIssue('error.msg.unknown.data.integrity.issue', 'Unknown data integrity issue with resource.', null);
  const id = book.run(
    `INSERT INTO loan (account_no, external_id, client_id, group_id, office_id, officer_id, product_id, loan_type, status, principal, proposed_principal, terms, submitted_on,
     submitted_by, expected_disbursement, link_account_id) VALUES ('', ?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
    loan.external_id,
    loan.client_id,
    loan.group_id,
    loan.office_id,
    loan.officer_id,
    loan.product_id,
    loan.loan_type,
    loan.status,
    loan.principal,
    loan.proposed_principal,
    loan.terms,
    loan.submitted_on,
    loan.submitted_by,
    loan.expected_disbursement,
    loan.link_account_id,
  );
  book.run('UPDATE loan SET account_no = ? WHERE id = ?', String(id).padStart(9, '0'), id);
  for (const charge of charges)
    addChargeRow(call, id, charge.chargeId, charge.amount, charge.dueDate ?? loan.expected_disbursement, undefined);
  return resultOf({ ...loan, id }, { resourceId: id, resourceExternalId: externalId });
}

/** Only an application that still waits may be changed; what is said back is what differs. */
export function updateLoan(call: Call, loanId: number): CommandResult {
  const old = findLoan(call, loanId);
  if (old.status !== LOAN_SUBMITTED)
    throw domainRule(
      'error.msg.loan.cannot.modify.loan.in.its.present.state',
      `Loan application with identifier ${String(loanId)} cannot be modified in its current state.`,
      [loanId],
    );
  const asked = parseObject(call.body);
  const { loan } = readApplication(call);
  call.office.book.run(
    'UPDATE loan SET principal = ?, proposed_principal = ?, terms = ?, submitted_on = ?, expected_disbursement = ?, product_id = ? WHERE id = ?',
    loan.principal,
    loan.principal,
    loan.terms,
    loan.submitted_on,
    loan.expected_disbursement,
    loan.product_id,
    loanId,
  );
  const changes: Record<string, unknown> = {};
  if (old.principal !== loan.principal) changes['principal'] = asked['principal'];
  if (old.product_id !== loan.product_id) changes['productId'] = loan.product_id;
  if (old.submitted_on !== loan.submitted_on) changes['submittedOnDate'] = asked['submittedOnDate'];
  if (old.expected_disbursement !== loan.expected_disbursement) changes['expectedDisbursementDate'] = asked['expectedDisbursementDate'];
  return wholeResult(old, { ...changes, locale: asked['locale'], charges: [] });
}
