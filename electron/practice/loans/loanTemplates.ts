// What a form of head office's own screens would be filled with: for an application, and for each kind of transaction.
import { businessDate, type Call, reply, requireRead } from '../call.ts';
import { currencyReply, jsonAmount } from '../amounts.ts';
import { dateArray, parseDate } from '../dates.ts';
import { amortization, interestCalculation, interestRateFrequency, interestType, loanTransactionType } from '../enumerations.ts';
import { notFound, unsupportedCommand } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { loanOfficersOf, paymentTypeReplies } from '../options.ts';
import { chargeReply, findCharge } from '../reference/chargeReplies.ts';
import { feeLeft, interestLeft, penaltyLeft, unpaid } from './allocation.ts';
import { duesOf, findLoan, type LoanRow, scheduleOf, TX_DISBURSEMENT, TX_REPAYMENT, TX_WAIVER, TX_WRITE_OFF } from './loanAccount.ts';
import { foreclosureOf } from './loanEndings.ts';
import { frequency } from './loanReplies.ts';
import { loanProductOption, PRODUCT_CHOICES } from './productOptions.ts';
import type { LoanTerms } from './schedule.ts';

const NO_DELINQUENCY = {
  availableDisbursementAmount: 0,
  pastDueDays: 0,
  delinquentDays: 0,
  delinquentAmount: 0,
  lastPaymentAmount: 0,
  lastRepaymentAmount: 0,
};

interface ClientRow {
  id: number;
  account_no: string;
  display_name: string;
  external_id: string | null;
  office_id: number;
}

interface ProductRow {
  id: number;
  name: string;
  short_name: string;
  terms: string;
}

const FREQUENCY_ID = { days: 0, weeks: 1, months: 2 } as const;

function productTerms(terms: LoanTerms): Record<string, unknown> {
  const every = frequency('repaymentFrequency', FREQUENCY_ID[terms.repaymentFrequency]);
  return {
    numberOfRepayments: terms.numberOfRepayments,
    repaymentEvery: terms.repaymentEvery,
    repaymentFrequencyType: every,
    interestRatePerPeriod: Number(terms.ratePerPeriod),
    interestRateFrequencyType: interestRateFrequency(terms.interestRateFrequency),
    annualInterestRate: Number(terms.annualRate),
    amortizationType: amortization(terms.amortization === 'equalInstallments' ? 1 : 0),
    interestType: interestType(terms.interestType === 'flat' ? 1 : 0),
    interestCalculationPeriodType: interestCalculation(terms.interestCalculation === 'daily' ? 0 : 1),
    allowPartialPeriodInterestCalculation: false,
    transactionProcessingStrategyCode: 'mifos-standard-strategy',
  };
}

const DAYS = {
  daysInMonthType: { id: 1, code: 'DaysInMonthType.actual', value: 'Actual' },
  daysInYearType: { id: 365, code: 'DaysInYearType.days365', value: '365 Days' },
};

const SCHEDULE = {
  loanScheduleType: { id: 0, code: 'CUMULATIVE', value: 'Cumulative' },
  loanScheduleProcessingType: { id: 0, code: 'HORIZONTAL', value: 'Horizontal' },
};

function wholeProduct(
  product: ProductRow,
  terms: LoanTerms & { principal: number; principalLeast: number; principalMost: number },
): object {
  return {
    ...loanProductOption(product),
    shortName: product.short_name,
    status: 'loanProduct.active',
    currency: currencyReply,
    principal: jsonAmount(terms.principal),
    minPrincipal: jsonAmount(terms.principalLeast),
    maxPrincipal: jsonAmount(terms.principalMost),
    ...productTerms(terms),
    minimumGap: 0,
    maximumGap: 0,
    transactionProcessingStrategyName: 'Penalties, Fees, Interest, Principal order',
    paymentAllocation: [],
    creditAllocation: [],
    ...DAYS,
    repaymentStartDateType: { id: 1, code: 'repaymentStartDateType.disbursementDate', value: 'Disbursement Date' },
    charges: [],
    accountingRule: { id: 2, code: 'accountingRuleType.cash', value: 'CASH BASED' },
    rates: [],
    maxTrancheCount: 0,
    overAppliedNumber: 0,
    principalThresholdForLastInstallment: 0,
    allowAttributeOverrides: {
      amortizationType: true,
      interestType: true,
      transactionProcessingStrategyCode: true,
      interestCalculationPeriodType: true,
      inArrearsTolerance: true,
      repaymentEvery: true,
      graceOnPrincipalAndInterestPayment: true,
      graceOnArrearsAgeing: true,
      isNew: true,
    },
    delinquencyBucketOptions: [],
    delinquencyBucket: { ranges: [] },
    ...SCHEDULE,
  };
}

/** For an individual client: which products there are, and with a product all its terms and choices. */
export function applicationTemplate(call: Call): HeadOfficeReply {
  requireRead(call, 'LOAN');
  const { book } = call.office;
  const clientId = Number(call.query.get('clientId') ?? '0');
  const client = book.get('SELECT id, account_no, display_name, external_id, office_id FROM client WHERE id = ?', clientId) as
    ClientRow | undefined;
  if (client === undefined)
    throw notFound('error.msg.client.id.invalid', `Client with identifier ${String(clientId)} does not exist`, [clientId]);
  const products = book.all('SELECT * FROM loan_product ORDER BY id') as ProductRow[];
  const productId = Number(call.query.get('productId') ?? '0');
  const product = products.find((each) => each.id === productId);
  const owner = {
    clientId: client.id,
    clientAccountNo: client.account_no,
    clientName: client.display_name,
    clientExternalId: product === undefined ? (client.external_id ?? undefined) : undefined,
    clientOfficeId: client.office_id,
  };
  const common = {
    isLoanProductLinkedToFloatingRate: false,
    isFloatingInterestRate: false,
    timeline: { expectedDisbursementDate: dateArray(businessDate(call.office)) },
    productOptions: products.map(loanProductOption),
    loanOfficerOptions: loanOfficersOf(call, client.office_id),
    accountLinkingOptions: [],
    isTopup: false,
    fraud: false,
    isInterestRecalculationEnabled: false,
    isVariableInstallmentsAllowed: false,
    isRatesEnabled: false,
    delinquent: NO_DELINQUENCY,
  };
  if (product === undefined) return reply({ ...owner, ...common });
  const terms = JSON.parse(product.terms) as LoanTerms & { principal: number; principalLeast: number; principalMost: number };
  const principal = jsonAmount(terms.principal);
  return reply({
    ...owner,
    ...common,
    loanProductName: product.name,
    currency: currencyReply,
    principal,
    approvedPrincipal: principal,
    proposedPrincipal: principal,
    netDisbursalAmount: principal,
    termFrequency: terms.numberOfRepayments * terms.repaymentEvery,
    termPeriodFrequencyType: frequency('repaymentFrequency', FREQUENCY_ID[terms.repaymentFrequency]),
    ...productTerms(terms),
    disallowExpectedDisbursements: false,
    charges: [],
    loanPurposeOptions: [],
    fundOptions: [],
    ...PRODUCT_CHOICES,
    chargeOptions: (book.all('SELECT id FROM charge WHERE applies_to = 1 AND penalty = 0 ORDER BY name') as { id: number }[]).map((row) =>
      chargeReply(findCharge(book, row.id)),
    ),
    loanCollateralOptions: [],
    loanScheduleTypeOptions: [
      { id: 1, code: 'CUMULATIVE', value: 'Cumulative' },
      { id: 2, code: 'PROGRESSIVE', value: 'Progressive' },
    ],
    loanScheduleProcessingTypeOptions: [
      { id: 1, code: 'HORIZONTAL', value: 'Horizontal' },
      { id: 2, code: 'VERTICAL', value: 'Vertical' },
    ],
    multiDisburseLoan: false,
    canDefineInstallmentAmount: false,
    product: wholeProduct(product, terms),
    overdueCharges: [],
    ...DAYS,
    interestRecalculationData: {},
    minimumGap: 0,
    maximumGap: 0,
    isEqualAmortization: false,
    ...SCHEDULE,
  });
}

export function approvalTemplate(call: Call, loanId: number): HeadOfficeReply {
  requireRead(call, 'LOAN');
  const loan = findLoan(call, loanId);
  const amount = jsonAmount(loan.principal);
  return reply({ approvalDate: dateArray(businessDate(call.office)), approvalAmount: amount, netDisbursalAmount: amount });
}

interface Shares {
  principal: number;
  interest: number;
  fee: number;
  penalty: number;
}

function portions(shares: Shares): Record<string, unknown> {
  return {
    amount: jsonAmount(shares.principal + shares.interest + shares.fee + shares.penalty),
    principalPortion: jsonAmount(shares.principal),
    interestPortion: jsonAmount(shares.interest),
    feeChargesPortion: jsonAmount(shares.fee),
    penaltyChargesPortion: jsonAmount(shares.penalty),
  };
}

function transactionTemplateOf(call: Call, loan: LoanRow, command: string | null): Record<string, unknown> {
  const { book } = call.office;
  const dues = duesOf(book, loan.id);
  const oldest = dues.find((row) => unpaid(row) > 0);
  const tail = { netDisbursalAmount: jsonAmount(loan.principal), manuallyReversed: false, numberOfRepayments: 0 };
  const named = { loanId: loan.id, externalLoanId: loan.external_id ?? undefined };
  const today = businessDate(call.office);
  const askedDate = parseDate(call.query.get('transactionDate') ?? '', call.query.get('dateFormat') ?? 'yyyy-MM-dd') ?? today;
  const paymentTypeOptions = paymentTypeReplies(call);
  switch (command) {
    case 'disburse':
      return {
        type: loanTransactionType(TX_DISBURSEMENT),
        date: dateArray(loan.expected_disbursement),
        amount: jsonAmount(loan.principal),
        ...tail,
        possibleNextRepaymentDate: dateArray(today),
        paymentTypeOptions,
        numberOfRepayments: scheduleOf(loan).length,
        loanRepaymentScheduleInstallments: scheduleOf(loan).map((row) => ({
          id: row.number,
          installmentId: row.number,
          date: dateArray(row.dueDate),
          amount: jsonAmount(row.principal + row.interest),
        })),
      };
    case 'repayment':
      return {
        type: loanTransactionType(TX_REPAYMENT),
        date: dateArray(oldest?.dueDate ?? today),
        currency: currencyReply,
        ...portions({
          principal: oldest === undefined ? 0 : oldest.principal - oldest.principalPaid,
          interest: oldest === undefined ? 0 : interestLeft(oldest),
          fee: oldest === undefined ? 0 : feeLeft(oldest),
          penalty: oldest === undefined ? 0 : penaltyLeft(oldest),
        }),
        ...tail,
        paymentTypeOptions,
      };
    case 'prepayLoan':
    case 'foreclosure': {
      const shares =
        command === 'foreclosure'
          ? foreclosureOf(call, loan.id, askedDate)
          : {
              principal: dues.reduce((sum, row) => sum + row.principal - row.principalPaid, 0),
              interest: dues.reduce((sum, row) => sum + interestLeft(row), 0),
              fee: dues.reduce((sum, row) => sum + feeLeft(row), 0),
              penalty: dues.reduce((sum, row) => sum + penaltyLeft(row), 0),
            };
      return {
        ...named,
        type: loanTransactionType(TX_REPAYMENT),
        date: dateArray(askedDate),
        currency: currencyReply,
        ...portions(shares),
        ...tail,
        outstandingLoanBalance: jsonAmount(shares.principal),
        paymentTypeOptions,
      };
    }
    case 'waiveinterest':
      return {
        ...named,
        type: loanTransactionType(TX_WAIVER),
        date: dateArray(oldest?.dueDate ?? today),
        currency: currencyReply,
        amount: jsonAmount(oldest === undefined ? 0 : interestLeft(oldest)),
        ...tail,
      };
    case 'writeoff':
      return {
        ...named,
        type: loanTransactionType(TX_WRITE_OFF),
        date: dateArray(today),
        currency: currencyReply,
        amount: jsonAmount(dues.reduce((sum, row) => sum + unpaid(row), 0)),
        ...tail,
      };
    default:
      throw unsupportedCommand(command);
  }
}

export function transactionTemplate(call: Call, loanId: number): HeadOfficeReply {
  requireRead(call, 'LOAN');
  return reply(transactionTemplateOf(call, findLoan(call, loanId), call.query.get('command')));
}
