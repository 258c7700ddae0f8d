// Reference lists that a branch pulls at its first sync: offices, staff, codes, money, products, ledger accounts,
// configuration and the business date. Reading them changes nothing.
import { type Call, businessDate, isInScope, reply, requireRead } from '../call.ts';
import { currencyReply, jsonAmount } from '../amounts.ts';
import { addDays, dateArray } from '../dates.ts';
import {
  amortization,
  APPLIES_TO_SAVINGS,
  chargeTimeType,
  frequencyType,
  glAccountType,
  interestCalculation,
  interestRateFrequency,
  interestType,
} from '../enumerations.ts';
import { notFound } from '../errors.ts';
import type { LoanTerms } from '../loans/schedule.ts';
import { scopePattern } from '../lists.ts';
import { type Route, route } from '../router.ts';
import type { SavingsTerms } from '../savings/savingsAccount.ts';

interface OfficeRow {
  id: number;
  name: string;
  external_id: string | null;
  hierarchy: string;
  parent_id: number | null;
  parent_name: string | null;
  opened_on: string;
}

function officeReply(row: OfficeRow): object {
  return {
    id: row.id,
    name: row.name,
    nameDecorated: '....'.repeat(row.hierarchy.split('.').length - 2) + row.name,
    externalId: row.external_id ?? undefined,
    openingDate: dateArray(row.opened_on),
    hierarchy: row.hierarchy,
    parentId: row.parent_id ?? undefined,
    parentName: row.parent_name ?? undefined,
  };
}

const OFFICES = 'SELECT o.*, p.name AS parent_name FROM office o LEFT JOIN office p ON p.id = o.parent_id';

interface StaffRow {
  id: number;
  office_id: number;
  office_name: string;
  firstname: string;
  lastname: string;
  mobile_no: string | null;
  external_id: string | null;
  is_loan_officer: number;
  is_active: number;
  joined_on: string;
}

function staffReply(row: StaffRow): object {
  return {
    id: row.id,
    externalId: row.external_id ?? undefined,
    firstname: row.firstname,
    lastname: row.lastname,
    displayName: `${row.lastname}, ${row.firstname}`,
    mobileNo: row.mobile_no ?? undefined,
    officeId: row.office_id,
    officeName: row.office_name,
    isLoanOfficer: row.is_loan_officer === 1,
    isActive: row.is_active === 1,
    joiningDate: dateArray(row.joined_on),
  };
}

interface ProductRow {
  id: number;
  name: string;
  short_name: string;
  terms: string;
}

const FREQUENCY_ID = { days: 0, weeks: 1, months: 2 } as const;

function loanProductReply(row: ProductRow): object {
  const terms = JSON.parse(row.terms) as LoanTerms & { principalLeast: number; principalMost: number; principal: number };
  return {
    id: row.id,
    name: row.name,
    shortName: row.short_name,
    includeInBorrowerCycle: false,
    status: 'loanProduct.active',
    currency: currencyReply,
    principal: jsonAmount(terms.principal),
    minPrincipal: jsonAmount(terms.principalLeast),
    maxPrincipal: jsonAmount(terms.principalMost),
    numberOfRepayments: terms.numberOfRepayments,
    repaymentEvery: terms.repaymentEvery,
    repaymentFrequencyType: frequencyType(FREQUENCY_ID[terms.repaymentFrequency]),
    interestRatePerPeriod: Number(terms.ratePerPeriod),
    interestRateFrequencyType: interestRateFrequency(terms.interestRateFrequency),
    annualInterestRate: Number(terms.annualRate),
    amortizationType: amortization(terms.amortization === 'equalInstallments' ? 1 : 0),
    interestType: interestType(terms.interestType === 'flat' ? 1 : 0),
    interestCalculationPeriodType: interestCalculation(terms.interestCalculation === 'daily' ? 0 : 1),
    transactionProcessingStrategyCode: 'mifos-standard-strategy',
    transactionProcessingStrategyName: 'Penalties, Fees, Interest, Principal order',
    loanScheduleType: { id: 1, code: 'CUMULATIVE', value: 'Cumulative' },
    isInterestRecalculationEnabled: false,
    installmentAmountInMultiplesOf: terms.installmentMultiple === 0 ? undefined : jsonAmount(terms.installmentMultiple),
    accountingRule: { id: 2, code: 'accountingRuleType.cash', value: 'CASH BASED' },
  };
}

function savingsProductReply(row: ProductRow): object {
  const terms = JSON.parse(row.terms) as SavingsTerms;
  return {
    id: row.id,
    name: row.name,
    shortName: row.short_name,
    currency: currencyReply,
    nominalAnnualInterestRate: Number(terms.annualRate),
    interestCompoundingPeriodType: { id: 1, code: 'savings.interest.period.savingsCompoundingInterestPeriodType.daily', value: 'Daily' },
    interestPostingPeriodType: {
      id: 4,
      code: 'savings.interest.posting.period.savingsPostingInterestPeriodType.monthly',
      value: 'Monthly',
    },
    interestCalculationType: { id: 1, code: 'savingsInterestCalculationType.dailybalance', value: 'Daily Balance' },
    interestCalculationDaysInYearType: { id: 365, code: 'savingsInterestCalculationDaysInYearType.days365', value: '365 Days' },
    withdrawalFeeForTransfers: false,
    allowOverdraft: terms.allowOverdraft,
    overdraftLimit: jsonAmount(terms.overdraftLimit),
    minRequiredBalance: jsonAmount(terms.minRequiredBalance),
    enforceMinRequiredBalance: terms.enforceMinRequiredBalance,
    lienAllowed: terms.lienAllowed,
    maxAllowedLienLimit: jsonAmount(terms.maxAllowedLienLimit),
    accountingRule: { id: 2, code: 'accountingRuleType.cash', value: 'CASH BASED' },
  };
}

function configurations(call: Call): { id: number; name: string; enabled: boolean; value: number }[] {
  const rows = call.office.book.all('SELECT id, name, enabled, value FROM configuration ORDER BY id') as {
    id: number;
    name: string;
    enabled: number;
    value: number;
  }[];
  return rows.map((row) => ({ ...row, enabled: row.enabled === 1 }));
}

function businessDates(call: Call): { type: string; date: object | undefined; description: string }[] {
  const today = businessDate(call.office);
  return [
    { type: 'BUSINESS_DATE', date: dateArray(today), description: 'Business Date' },
    { type: 'COB_DATE', date: dateArray(addDays(today, -1)), description: 'Close of Business Date' },
  ];
}

function paymentTypes(call: Call): object[] {
  const rows = call.office.book.all('SELECT id, name, description, is_cash, position FROM payment_type ORDER BY position') as {
    id: number;
    name: string;
    description: string;
    is_cash: number;
    position: number;
  }[];
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    description: row.description,
    isCashPayment: row.is_cash === 1,
    position: row.position,
    isSystemDefined: false,
  }));
}

function productRows(call: Call, table: 'loan_product' | 'savings_product'): ProductRow[] {
  return call.office.book.all(`SELECT * FROM ${table} ORDER BY id`) as ProductRow[];
}

export const referenceRoutes: readonly Route[] = [
  route('GET', 'offices', (call) => {
    requireRead(call, 'OFFICE');
    const isAll = call.query.get('includeAllOffices') === 'true';
    const rows = call.office.book.all(
      `${OFFICES} WHERE o.hierarchy LIKE ? ORDER BY o.id`,
      scopePattern(isAll ? '.' : call.caller.scope),
    ) as OfficeRow[];
    return reply(rows.map(officeReply));
  }),
  route('GET', 'offices/:n', (call, parts) => {
    requireRead(call, 'OFFICE');
    const row = call.office.book.get(`${OFFICES} WHERE o.id = ?`, parts.number(0)) as OfficeRow | undefined;
    if (row === undefined || !isInScope(call, row.id))
      throw notFound('error.msg.office.id.invalid', 'Office does not exist', [parts.number(0)]);
    return reply(officeReply(row));
  }),
  route('GET', 'offices/external-id/:x', (call, parts) => {
    requireRead(call, 'OFFICE');
    const row = call.office.book.get(`${OFFICES} WHERE o.external_id = ?`, parts.text(0)) as OfficeRow | undefined;
    if (row === undefined || !isInScope(call, row.id))
      throw notFound('error.msg.office.id.invalid', 'Office does not exist', [parts.text(0)]);
    return reply(officeReply(row));
  }),
  route('GET', 'staff', (call) => {
    requireRead(call, 'STAFF');
    const conditions = ['o.hierarchy LIKE ?'];
    const values: (string | number)[] = [scopePattern(call.caller.scope)];
    const officeId = call.query.get('officeId');
    if (officeId !== null && officeId !== '') {
      if (call.query.get('staffInOfficeHierarchy') === 'true') {
        conditions.push('(s.office_id = ? OR o.hierarchy LIKE (SELECT x.hierarchy FROM office x WHERE x.id = ?) || ?)');
        values.push(Number(officeId), Number(officeId), '%');
      } else {
        conditions.push('s.office_id = ?');
        values.push(Number(officeId));
      }
    }
    if (call.query.get('loanOfficersOnly') === 'true') conditions.push('s.is_loan_officer = 1');
    const status = call.query.get('status') ?? 'active';
    if (status !== 'all') conditions.push(status === 'inactive' ? 's.is_active = 0' : 's.is_active = 1');
    const rows = call.office.book.all(
      `SELECT s.*, o.name AS office_name FROM staff s JOIN office o ON o.id = s.office_id WHERE ${conditions.join(' AND ')} ORDER BY s.id`,
      ...values,
    ) as StaffRow[];
    return reply(rows.map(staffReply));
  }),
  route('GET', 'currencies', (call) => {
    requireRead(call, 'CURRENCY');
    const all = { selectedCurrencyOptions: [currencyReply], currencyOptions: [currencyReply] };
    return reply(call.query.get('fields') === 'selectedCurrencyOptions' ? { selectedCurrencyOptions: all.selectedCurrencyOptions } : all);
  }),
  route('GET', 'paymenttypes', (call) => {
    requireRead(call, 'PAYMENTTYPE');
    return reply(paymentTypes(call));
  }),
  route('GET', 'codes', (call) => {
    requireRead(call, 'CODE');
    const rows = call.office.book.all('SELECT id, name, system_defined FROM code ORDER BY name COLLATE NOCASE') as {
      id: number;
      name: string;
      system_defined: number;
    }[];
    return reply(rows.map((row) => ({ id: row.id, name: row.name, systemDefined: row.system_defined === 1 })));
  }),
  route('GET', 'codes/:n/codevalues', (call, parts) => {
    requireRead(call, 'CODEVALUE');
    const rows = call.office.book.all(
      'SELECT id, name, position, description FROM code_value WHERE code_id = ? ORDER BY position, id',
      parts.number(0),
    ) as { id: number; name: string; position: number; description: string | null }[];
    return reply(rows.map((row) => ({ ...row, description: row.description ?? undefined, active: true, mandatory: false })));
  }),
  route('GET', 'funds', (call) => {
    requireRead(call, 'FUND');
    return reply([]);
  }),
  route('GET', 'holidays', (call) => {
    requireRead(call, 'HOLIDAY');
    return reply([]);
  }),
  route('GET', 'workingdays', (call) => {
    requireRead(call, 'WORKINGDAYS');
    return reply({
      id: 1,
      recurrence: 'FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR,SA,SU',
      repaymentRescheduleType: { id: 2, code: 'RepaymentRescheduleType.move.to.next.working.day', value: 'move to next working day' },
      extendTermForDailyRepayments: false,
    });
  }),
  route('GET', 'configurations', (call) => {
    requireRead(call, 'CONFIGURATION');
    return reply({ globalConfiguration: configurations(call) });
  }),
  route('GET', 'configurations/name/:x', (call, parts) => {
    requireRead(call, 'CONFIGURATION');
    const found = configurations(call).find((each) => each.name === parts.text(0));
    if (found === undefined)
      throw notFound('error.msg.configuration.property.invalid', 'Configuration property does not exist', [parts.text(0)]);
    return reply(found);
  }),
  route('GET', 'businessdate', (call) => {
    requireRead(call, 'BUSINESS_DATE');
    return reply(businessDates(call));
  }),
  route('GET', 'businessdate/:x', (call, parts) => {
    requireRead(call, 'BUSINESS_DATE');
    const found = businessDates(call).find((each) => each.type === parts.text(0));
    if (found === undefined) throw notFound('error.msg.businessdate.not.found', 'Business date does not exist', [parts.text(0)]);
    return reply(found);
  }),
  route('GET', 'charges', (call) => {
    requireRead(call, 'CHARGE');
    const rows = call.office.book.all('SELECT * FROM charge ORDER BY id') as {
      id: number;
      name: string;
      amount: number;
      penalty: number;
      applies_to: number;
      time_type: number;
    }[];
    return reply(
      rows.map((row) => ({
        id: row.id,
        name: row.name,
        active: true,
        penalty: row.penalty === 1,
        currency: currencyReply,
        amount: jsonAmount(row.amount),
        chargeTimeType: chargeTimeType(row.time_type),
        chargeAppliesTo:
          row.applies_to === APPLIES_TO_SAVINGS
            ? { id: APPLIES_TO_SAVINGS, code: 'chargeAppliesTo.savings', value: 'Savings' }
            : { id: 1, code: 'chargeAppliesTo.loan', value: 'Loan' },
        chargeCalculationType: { id: 1, code: 'chargeCalculationType.flat', value: 'Flat' },
        chargePaymentMode: { id: 0, code: 'chargepaymentmode.regular', value: 'Regular' },
      })),
    );
  }),
  route('GET', 'loanproducts', (call) => {
    requireRead(call, 'LOANPRODUCT');
    return reply(productRows(call, 'loan_product').map(loanProductReply));
  }),
  route('GET', 'loanproducts/:n', (call, parts) => {
    requireRead(call, 'LOANPRODUCT');
    const row = productRows(call, 'loan_product').find((each) => each.id === parts.number(0));
    if (row === undefined) throw notFound('error.msg.loanproduct.id.invalid', 'Loan product does not exist', [parts.number(0)]);
    return reply(loanProductReply(row));
  }),
  route('GET', 'savingsproducts', (call) => {
    requireRead(call, 'SAVINGSPRODUCT');
    return reply(productRows(call, 'savings_product').map(savingsProductReply));
  }),
  route('GET', 'savingsproducts/:n', (call, parts) => {
    requireRead(call, 'SAVINGSPRODUCT');
    const row = productRows(call, 'savings_product').find((each) => each.id === parts.number(0));
    if (row === undefined) throw notFound('error.msg.savingsproduct.id.invalid', 'Savings product does not exist', [parts.number(0)]);
    return reply(savingsProductReply(row));
  }),
  route('GET', 'glaccounts', (call) => {
    requireRead(call, 'GLACCOUNT');
    const rows = call.office.book.all('SELECT * FROM gl_account ORDER BY id') as {
      id: number;
      name: string;
      gl_code: string;
      type: number;
      manual_entries: number;
    }[];
    return reply(
      rows.map((row) => ({
        id: row.id,
        name: row.name,
        glCode: row.gl_code,
        disabled: false,
        manualEntriesAllowed: row.manual_entries === 1,
        type: glAccountType(row.type),
        usage: { id: 1, code: 'accountUsage.detail', value: 'DETAIL' },
        nameDecorated: row.name,
      })),
    );
  }),
  // Everybody may read the own notifications; the practice head office sends none.
  route('GET', 'notifications', () => reply({ totalFilteredRecords: 0, pageItems: [] })),
];
