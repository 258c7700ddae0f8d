// The reference shelves (contract 6.2), each row flat: the members that the branch reads and no others. Currencies have no number at head
// office, so theirs is spelt from the letters of the code, the same everywhere and always.

import type { Answer, Credential, ReferenceRow, ReferenceShelf } from '../../ports/headOffice.ts';
import { assert } from '../../../shared/kernel/assert.ts';
import { decoding } from '../line.ts';
import type { Json, Line } from '../line.ts';
import type { ProductCharge } from '../../../shared/domain/loans/product.ts';
import type { SavingsCharge } from '../../../shared/domain/savings/product.ts';
import { Members, needed } from '../members.ts';

interface Shelf {
  readonly url: string;
  /** Each office has a list of its own. */
  readonly ofOffice?: true;
  /** Where the list is, when the answer is an object. */
  readonly listMember?: string;
  /** The answer is the one row that there is. */
  readonly single?: true;
  /** The only rows that are kept, by name. */
  readonly only?: readonly string[];
  /** Several lists in one answer, each by the word under which its rows are kept. */
  readonly lists?: Readonly<Record<string, string>>;
  readonly name: readonly string[];
  readonly members: readonly string[];
  /** Whoever may not read it works without it. */
  readonly mayBeRefused?: true;
}

const SHELVES: Readonly<Record<ReferenceShelf, Shelf>> = {
  offices: { url: '/offices?orderBy=id', name: ['name'], members: ['externalId', 'hierarchy', 'parentId', 'parentName', 'openingDate'] },
  staff: {
    url: '/staff?status=all',
    name: ['displayName'],
    members: ['externalId', 'officeId', 'officeName', 'isLoanOfficer', 'isActive'],
  },
  paymentTypes: {
    url: '/paymenttypes',
    name: ['name'],
    members: ['description', 'isCashPayment', 'position', 'codeName', 'isSystemDefined'],
  },
  currencies: {
    url: '/currencies?fields=selectedCurrencyOptions',
    listMember: 'selectedCurrencyOptions',
    name: ['name', 'code'],
    members: ['code', 'decimalPlaces', 'inMultiplesOf', 'displaySymbol'],
  },
  loanProducts: {
    url: '/loanproducts',
    name: ['name'],
    members: [
      'shortName',
      'externalId',
      'transactionProcessingStrategyCode',
      'isInterestRecalculationEnabled',
      'multiDisburseLoan',
      'numberOfRepayments',
      'minNumberOfRepayments',
      'maxNumberOfRepayments',
      'repaymentEvery',
      'interestRatePerPeriod',
      'minInterestRatePerPeriod',
      'maxInterestRatePerPeriod',
      'allowPartialPeriodInterestCalculation',
      'allowPartialPeriodInterestCalcualtion',
      'isEqualAmortization',
      'graceOnPrincipalPayment',
      'graceOnInterestPayment',
      'graceOnInterestCharged',
      'recurringMoratoriumOnPrincipalPeriods',
      'fixedPrincipalPercentagePerInstallment',
      'installmentAmountInMultiplesOf',
      'principalThresholdForLastInstallment',
      'minimumDaysBetweenDisbursalAndFirstRepayment',
      'enableDownPayment',
      'disbursedAmountPercentageForDownPayment',
      'isLinkedToFloatingInterestRates',
      'allowVariableInstallments',
      'startDate',
      'closeDate',
    ],
  },
  savingsProducts: {
    url: '/savingsproducts',
    name: ['name'],
    members: [
      'shortName',
      'nominalAnnualInterestRate',
      'allowOverdraft',
      'enforceMinRequiredBalance',
      'lienAllowed',
      'lockinPeriodFrequency',
    ],
  },
  charges: { url: '/charges', name: ['name'], members: ['active', 'penalty', 'freeWithdrawal', 'isPaymentType'] },
  financialActivities: { url: '/financialactivityaccounts', name: ['name'], members: [] },
  // Every person of the branch may read the form's own options; the lists of codes themselves need a right of their own.
  clientOptions: {
    url: '/clients/template',
    lists: { gender: 'genderOptions', clientType: 'clientTypeOptions', classification: 'clientClassificationOptions' },
    name: ['name'],
    members: [],
  },
  holidays: {
    url: '/holidays',
    ofOffice: true,
    name: ['name'],
    members: ['fromDate', 'toDate', 'repaymentsRescheduledTo', 'reschedulingType'],
  },
  workingDays: { url: '/workingdays', single: true, name: ['recurrence'], members: ['extendTermForDailyRepayments'] },
  configuration: {
    url: '/configurations',
    listMember: 'globalConfiguration',
    only: [
      'allow-transactions-on-holiday',
      'allow-transactions-on-non-workingday',
      'reschedule-repayments-on-holidays',
      'interest-charged-from-date-same-as-disbursal-date',
      'skip-repayment-on-first-day-of-month',
    ],
    name: ['name'],
    members: ['enabled', 'value'],
  },
  glAccounts: { url: '/glaccounts', name: ['name'], members: ['glCode', 'disabled', 'manualEntriesAllowed', 'description'] },
  // The first code of every head office is its list of identity papers.
  identifierTypes: { url: '/codes/1/codevalues', name: ['name'], members: ['position', 'active'], mayBeRefused: true },
  // The reasons for each turn stand in the form for that turn.
  clientReasons: { url: '/clients/template', name: ['name'], members: [], mayBeRefused: true },
  groupReasons: {
    url: '/groups/template?command=close',
    listMember: 'closureReasons',
    name: ['name'],
    members: ['position'],
    mayBeRefused: true,
  },
  // Head office gives any of its words as a role; these are the ones that it means.
  groupRoles: { url: '/groups/template', listMember: 'availableRoles', name: ['name'], members: ['position'], mayBeRefused: true },
  // The list of products does not say them: each product is read by itself.
  loanProductCharges: { url: '/loanproducts', name: ['name'], members: [], mayBeRefused: true },
  savingsProductCharges: { url: '/savingsproducts', name: ['name'], members: [], mayBeRefused: true },
  // The third one is its list of what loans are for.
  loanPurposes: { url: '/codes/3/codevalues', name: ['name'], members: ['position', 'active'], mayBeRefused: true },
  funds: { url: '/funds', name: ['name'], members: [], mayBeRefused: true },
  // Their groups name them; the list does not name the groups.
  centers: { url: '/centers', ofOffice: true, name: ['name'], members: ['accountNo', 'externalId', 'staffName'] },
};

/** Of a loan product: what head office tells as a number with words beside it, and its sums. */
const PRODUCT_NUMBERS = [
  'repaymentFrequencyType',
  'interestRateFrequencyType',
  'amortizationType',
  'interestType',
  'interestCalculationPeriodType',
  'daysInMonthType',
  'daysInYearType',
  'repaymentStartDateType',
] as const;
const PRODUCT_SUMS = { principal: 'principalMinor', minPrincipal: 'minPrincipalMinor', maxPrincipal: 'maxPrincipalMinor' } as const;

/** Of a savings product likewise. */
const SAVINGS_NUMBERS = [
  'interestCompoundingPeriodType',
  'interestPostingPeriodType',
  'interestCalculationType',
  'interestCalculationDaysInYearType',
  'lockinPeriodFrequencyType',
] as const;
const SAVINGS_SUMS = {
  minRequiredBalance: 'minRequiredBalanceMinor',
  minRequiredOpeningBalance: 'minRequiredOpeningBalanceMinor',
} as const;

/** The financial activity "liability transfer": without an account for it head office moves nothing between accounts. */
export const TRANSFERS_ACTIVITY = 200;

/** GL account types by head office's numbers. */
const GL_TYPE: Readonly<Record<number, string>> = { 1: 'asset', 2: 'liability', 3: 'equity', 4: 'income', 5: 'expense' };

export async function pullReference(
  line: Line,
  shelf: ReferenceShelf,
  credential: Credential,
  officeServerId?: number,
): Promise<Answer<readonly ReferenceRow[]>> {
  const { url, ofOffice, listMember, lists, single, only, mayBeRefused } = SHELVES[shelf];
  assert(ofOffice !== true || officeServerId !== undefined, `${shelf}: an office has them`);
  if (shelf === 'clientReasons') return readReasons(line, credential);
  const address = ofOffice === true ? `${url}?officeId=${officeServerId}` : url;
  const answer = await line.ask({ method: 'GET', url: address }, credential);
  if (!answer.ok && mayBeRefused === true && answer.trouble.kind === 'refused') return { ok: true, value: [] };
  if (!answer.ok) return answer;
  const { value } = answer;
  if (shelf === 'loanProductCharges') return readProductCharges(line, url, value, chargesOfLoans, credential);
  if (shelf === 'savingsProductCharges') return readProductCharges(line, url, value, chargesOfSavings, credential);
  return decoding(() => {
    if (lists !== undefined) return rowsOfLists(shelf, new Members(value, shelf), lists);
    if (single === true) return [decodeRow(shelf, new Members(value, shelf))];
    const list = Array.isArray(value) ? (value as readonly unknown[]) : listOf(new Members(value, shelf), listMember);
    const rows = list.map((each) => decodeRow(shelf, new Members(each, shelf)));
    if (only === undefined) return rows;
    return rows.map((row) => ({ ...row, name: withHyphens(row.name) })).filter(({ name }) => only.includes(name));
  });
}

/** Each turn has its own. */
async function readReasons(line: Line, credential: Credential): Promise<Answer<readonly ReferenceRow[]>> {
  const rows: ReferenceRow[] = [];
  for (const list of ['close', 'reject', 'withdraw'] as const) {
    const answer = await line.ask({ method: 'GET', url: `/clients/template?commandParam=${list}` }, credential);
    if (!answer.ok && answer.trouble.kind === 'refused') continue;
    if (!answer.ok) return answer;
    const read = decoding(() => rowsOfLists('clientReasons', new Members(answer.value, 'clientReasons'), { [list]: 'narrations' }));
    if (!read.ok) return read;
    rows.push(...read.value);
  }
  return { ok: true, value: rows };
}

/** The list of products does not say what each costs: every one is read by itself. */
async function readProductCharges(
  line: Line,
  url: string,
  list: Json,
  chargesOf: (product: Members) => readonly (ProductCharge | SavingsCharge)[],
  credential: Credential,
): Promise<Answer<readonly ReferenceRow[]>> {
  const products = decoding(() =>
    (Array.isArray(list) ? (list as readonly unknown[]) : listOf(new Members(list, url), undefined)).map((each) => {
      const row = new Members(each, url);
      return needed(row.id('id'), row, 'id');
    }),
  );
  if (!products.ok) return products;
  const rows: ReferenceRow[] = [];
  for (const serverId of products.value) {
    const answer = await line.ask({ method: 'GET', url: `${url}/${serverId}` }, credential);
    if (!answer.ok) return answer;
    const row = decoding(() => {
      const product = new Members(answer.value, `${url}/${serverId}`);
      return { serverId, name: product.text('name') ?? '', body: { charges: JSON.stringify(chargesOf(product)) } };
    });
    if (!row.ok) return row;
    rows.push(row.value);
  }
  return { ok: true, value: rows };
}

const CHARGE_DUE: Readonly<Record<number, ProductCharge['charge']['due']>> = {
  1: 'disbursement',
  2: 'date',
  8: 'installment',
  9: 'overdue',
  12: 'tranche',
};
const RECKONED_AS = ['flat', 'percentOfAmount', 'percentOfAmountAndInterest', 'percentOfInterest', 'percentOfDisbursement'] as const;

function chargesOfLoans(product: Members): readonly ProductCharge[] {
  const decimals = product.child('currency')?.integer('decimalPlaces') ?? 0;
  return product.children('charges').map((each) => {
    // What comes in a way that is not known here has a day that nobody here can say.
    const due = CHARGE_DUE[each.enumeration('chargeTimeType') ?? 0] ?? 'date';
    return {
      chargeId: needed(each.id('id'), each, 'id'),
      name: each.text('name') ?? '',
      charge: {
        due,
        on: null,
        reckonedAs: RECKONED_AS[(each.enumeration('chargeCalculationType') ?? 1) - 1] ?? 'flat',
        amount: String(each.scalar('amount') ?? '0'),
        penalty: each.flag('penalty'),
        cap: { leastMinor: each.optionalAmount('minCap', decimals), mostMinor: each.optionalAmount('maxCap', decimals) },
      },
    };
  });
}

const AT_WITHDRAWAL = 5;

function chargesOfSavings(product: Members): readonly SavingsCharge[] {
  return product.children('charges').map((each) => ({
    chargeId: needed(each.id('id'), each, 'id'),
    name: each.text('name') ?? '',
    amount: String(each.scalar('amount') ?? '0'),
    due: each.enumeration('chargeTimeType') === AT_WITHDRAWAL ? 'withdrawal' : 'otherwise',
  }));
}

/** A list that head office leaves out has nothing in it. */
function rowsOfLists(shelf: ReferenceShelf, answer: Members, lists: Readonly<Record<string, string>>): readonly ReferenceRow[] {
  return Object.entries(lists).flatMap(([list, member]) => {
    const rows = Array.isArray(answer.raw[member]) ? answer.list(member) : [];
    return rows.map((each) => {
      const row = decodeRow(shelf, new Members(each, shelf));
      return { ...row, body: { ...row.body, list } };
    });
  });
}

function listOf(answer: Members, listMember: string | undefined): readonly unknown[] {
  const name = listMember ?? 'pageItems';
  return needed(Array.isArray(answer.raw[name]) ? answer.list(name) : null, answer, name);
}

function decodeRow(shelf: ReferenceShelf, row: Members): ReferenceRow {
  const serverId = needed(shelf === 'currencies' ? currencyNumber(row.text('code')) : row.id('id'), row, 'id');
  const named = row.named(`${shelf} ${serverId}`);
  const { name, members } = SHELVES[shelf];
  const body: Record<string, string | number | boolean | null> = {};
  for (const member of members) body[member] = named.scalar(member);
  if (shelf === 'financialActivities') {
    const activity = needed(named.child('financialActivityData'), named, 'financialActivityData');
    const account = named.child('glAccountData');
    body['carriesTransfers'] = activity.integer('id') === TRANSFERS_ACTIVITY;
    body['glAccountId'] = account?.id('id') ?? null;
    return { serverId, name: account?.text('name') ?? '', body };
  }
  if (shelf === 'glAccounts') {
    body['type'] = GL_TYPE[named.enumeration('type') ?? 0] ?? 'other';
    // 1 takes postings, 2 is a heading over others.
    body['takesPostings'] = (named.enumeration('usage') ?? 1) === 1;
  }
  if (shelf === 'centers') body['state'] = named.enumeration('status');
  if (shelf === 'holidays') body['status'] = named.enumeration('status');
  if (shelf === 'workingDays') body['repaymentRescheduleType'] = named.enumeration('repaymentRescheduleType');
  // The one way of paying with which it is taken, where it is limited to one; head office names it in the plural.
  if (shelf === 'charges') body['paymentTypeId'] = named.child('paymentTypeOptions')?.id('id') ?? null;
  if (shelf === 'loanProducts' || shelf === 'savingsProducts') {
    const currency = named.child('currency');
    body['currencyCode'] = currency?.text('code') ?? null;
    body['currencyDecimals'] = currency?.integer('decimalPlaces') ?? null;
    body['currencyMultipleOf'] = currency?.scalar('inMultiplesOf') ?? null;
  }
  if (shelf === 'loanProducts') {
    for (const member of PRODUCT_NUMBERS) body[member] = named.enumeration(member);
    body['loanScheduleType'] = named.child('loanScheduleType')?.text('code') ?? null;
    const decimals = named.child('currency')?.integer('decimalPlaces') ?? 0;
    for (const [member, kept] of Object.entries(PRODUCT_SUMS)) body[kept] = named.optionalAmount(member, decimals);
  }
  if (shelf === 'savingsProducts') {
    for (const member of SAVINGS_NUMBERS) body[member] = named.enumeration(member);
    const decimals = named.child('currency')?.integer('decimalPlaces') ?? 0;
    for (const [member, kept] of Object.entries(SAVINGS_SUMS)) body[kept] = named.optionalAmount(member, decimals);
  }
  return { serverId, name: needed(name.map((each) => named.text(each)).find((each) => each !== null) ?? null, named, 'name'), body };
}

/** Settings are spelt with hyphens by one version and with underscores by another. */
export function withHyphens(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

function currencyNumber(code: string | null): number | null {
  if (code === null || !/^[A-Z]{3}$/.test(code)) return null;
  return Array.from(code).reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}
