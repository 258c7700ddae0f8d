// Fills an empty tenant the way an institution does, through the API alone: money, books, products, people, and accounts in every state.
// Everything later is named by what it is for, so that a chapter takes an account of a kind and nobody else takes the same one.

import { randomBytes } from 'node:crypto';
import type { Api, ApiPerson, Json, Members } from './api.ts';
import { membersOf, numberOf, rowsOf, textOf, WRITTEN } from './api.ts';
import type { RoleName } from './rights.ts';
import { ROLE_RIGHTS } from './rights.ts';

export const CURRENCY = 'KES';
export const OFFICE_CODE = 'ACC';
const HEAD_OFFICE = 1;

export type PersonName = 'cashier' | 'second' | 'manager' | 'checker' | 'elsewhere';

export interface Person extends ApiPerson {
  readonly name: PersonName;
}

/** Of one client, or of a group. */
export interface SeededAccount {
  readonly serverId: number;
  readonly accountNo: string;
  /** Null for an account of a group. */
  readonly clientServerId: number | null;
  /** The client's or the group's. */
  readonly ownerName: string;
}

export type SavingsKind = 'plain' | 'flatFee' | 'percentFee' | 'minimum' | 'overdraft' | 'lockedIn' | 'firstDeposit';
export type LoanKind = 'flat' | 'declining' | 'daily' | 'weekly' | 'recalculated';

export interface Institution {
  readonly offices: { readonly ours: number; readonly elsewhere: number };
  readonly people: Readonly<Record<PersonName, Person>>;
  readonly paymentTypes: { readonly cash: number; readonly mobile: number; readonly cheque: number };
  readonly accounts: Readonly<Record<string, number>>;
  readonly savings: ReadonlyMap<SavingsKind, readonly SeededAccount[]>;
  readonly loans: ReadonlyMap<LoanKind, readonly SeededAccount[]>;
  readonly loanProducts: ReadonlyMap<LoanKind, number>;
  readonly savingsProducts: ReadonlyMap<SavingsKind, number>;
  readonly groupSavings: SeededAccount;
  readonly groupLoan: SeededAccount;
  /** One client's: a loan and two savings accounts, for receipts of several lines. */
  readonly basket: { readonly loan: SeededAccount; readonly savings: readonly SeededAccount[] };
  /** Accounts in the states that a branch meets and must not serve, by the state's name. */
  readonly inState: Readonly<Record<string, SeededAccount>>;
  /** Approved and not paid out, each of a client of its own. */
  readonly toPayOut: readonly SeededAccount[];
  readonly counts: { readonly clients: number; readonly groups: number; readonly loans: number; readonly savings: number };
}

const TO_PAY_OUT = 7;

const GL_ACCOUNTS = [
  ['cash', 'Cash in hand', '10100', 1],
  ['mobile', 'Mobile money float', '10200', 1],
  ['bank', 'Bank current account', '10300', 1],
  ['loans', 'Loan portfolio', '11000', 1],
  ['suspense', 'Branch suspense', '10900', 1],
  ['savings', 'Savings control', '20100', 2],
  ['overpayments', 'Loan overpayments', '20200', 2],
  ['capital', 'Capital', '30100', 3],
  ['interest', 'Interest on loans', '40100', 4],
  ['fees', 'Fees', '40200', 4],
  ['penalties', 'Penalties', '40300', 4],
  ['savingsInterest', 'Interest on savings', '50100', 5],
  ['writeOffs', 'Loans written off', '50200', 5],
  ['differences', 'Cash shortages and surpluses', '50300', 5],
  ['transit', 'Money on its way', '20950', 2],
  ['transitAsset', 'Money on its way (asset)', '10951', 1],
  ['overdrafts', 'Overdraft portfolio', '11100', 1],
  ['recovered', 'Recovered loans', '40400', 4],
] as const;

const STATES = {
  savings: ['submitted', 'approved', 'closed', 'blocked', 'debitBlocked', 'held'],
  loans: ['submitted', 'approved', 'closed', 'overpaid', 'writtenOff'],
} as const;

/** How many of each kind there are to take from. */
const STOCK: { readonly savings: Readonly<Record<SavingsKind, number>>; readonly loans: Readonly<Record<LoanKind, number>> } = {
  savings: { plain: 37, flatFee: 3, percentFee: 2, minimum: 2, overdraft: 1, lockedIn: 1, firstDeposit: 0 },
  loans: { flat: 8, declining: 8, daily: 4, weekly: 4, recalculated: 2 },
};

const AT_ONCE = 3;
const GROUP_NAME = 'Umoja acceptance group';

/** Twelve signs of every sort, none twice in a row: what the strictest usual policy asks. */
function newPassword(): string {
  const drawn = randomBytes(24)
    .toString('base64url')
    .replaceAll(/(.)\1+/g, '$1')
    .replaceAll(/[-_]/g, '');
  return `Aq7!${drawn.slice(0, 14)}z#4K`;
}

export function daysBefore(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - days);
  return at.toISOString().slice(0, 10);
}

export async function isEmpty(api: Api): Promise<boolean> {
  const clients = await api.get('/clients?offset=0&limit=1');
  const products = await api.get('/loanproducts');
  return rowsOf(clients).length === 0 && rowsOf(products).length === 0;
}

async function inTurns<T>(list: readonly T[], work: (each: T) => Promise<void>): Promise<void> {
  const waiting = [...list];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let each = waiting.shift(); each !== undefined; each = waiting.shift()) await work(each);
    }),
  );
}

export async function seedInstitution(api: Api, today: string, say: (line: string) => void): Promise<Institution> {
  const since = daysBefore(today, 300);
  const idOf = (answer: Members, name = 'resourceId'): number => numberOf(answer[name]);

  await api.put('/currencies', { currencies: [CURRENCY] });
  const ours = idOf(
    await api.post('/offices', {
      name: 'Acceptance branch',
      parentId: HEAD_OFFICE,
      openingDate: '2015-01-05',
      externalId: OFFICE_CODE,
      ...WRITTEN,
    }),
  );
  const elsewhere = idOf(
    await api.post('/offices', {
      name: 'Elsewhere branch',
      parentId: HEAD_OFFICE,
      openingDate: '2015-01-05',
      externalId: 'ELS',
      ...WRITTEN,
    }),
  );

  const accounts: Record<string, number> = {};
  for (const [key, name, glCode, type] of GL_ACCOUNTS)
    accounts[key] = idOf(await api.post('/glaccounts', { name, glCode, type, usage: 1, manualEntriesAllowed: true }));
  const gl = (key: (typeof GL_ACCOUNTS)[number][0]): number => accounts[key] ?? 0;

  // Where money lies while it goes from one account to another (liability transfer).
  await makeReasons(api);
  await api.post('/financialactivityaccounts', { financialActivityId: 200, glAccountId: gl('transit') });

  const paymentType = async (name: string, isCashPayment: boolean, position: number): Promise<number> =>
    idOf(await api.post('/paymenttypes', { name, description: name, isCashPayment, position }));
  const paymentTypes = {
    cash: await paymentType('Cash', true, 1),
    mobile: await paymentType('Mobile money', false, 2),
    cheque: await paymentType('Cheque', false, 3),
  };

  const charge = async (name: string, amount: number, chargeCalculationType: 1 | 2): Promise<number> =>
    idOf(
      await api.post('/charges', {
        currencyCode: CURRENCY,
        active: true,
        name,
        amount,
        penalty: false,
        chargeAppliesTo: 2,
        chargeTimeType: 5,
        chargeCalculationType,
        locale: 'en',
      }),
    );
  const charges = { flat: await charge('Withdrawal fee', 20, 1), percent: await charge('Withdrawal fee, a share', 1.5, 2) };

  const channels = [
    { paymentTypeId: paymentTypes.mobile, fundSourceAccountId: gl('mobile') },
    { paymentTypeId: paymentTypes.cheque, fundSourceAccountId: gl('bank') },
  ];
  const loanProducts = await seedLoanProducts(api, gl, channels);
  const savingsProducts = await seedSavingsProducts(api, gl, channels, charges);

  const people = await seedPeople(api, ours);
  say(
    `institution: 2 offices, ${String(GL_ACCOUNTS.length)} ledger accounts, ${String(loanProducts.size)} loan and ${String(savingsProducts.size)} savings products, ${String(Object.keys(people).length)} users`,
  );

  let clients = 0;
  interface Owner {
    readonly id: { readonly clientId: number } | { readonly groupId: number };
    readonly name: string;
  }

  async function client(officeId: number): Promise<Owner> {
    clients += 1;
    const lastname = `Accept${String(clients).padStart(3, '0')}`;
    const clientId = idOf(
      await api.post('/clients', {
        officeId,
        legalFormId: 1,
        firstname: 'Amani',
        lastname,
        active: true,
        activationDate: since,
        submittedOnDate: since,
        ...WRITTEN,
      }),
    );
    return { id: { clientId }, name: `Amani ${lastname}` };
  }
  async function accountNoOf(kind: 'loans' | 'savingsaccounts', serverId: number): Promise<string> {
    return String(membersOf(await api.get(`/${kind}/${String(serverId)}`))['accountNo']);
  }

  async function openSavings(
    kind: SavingsKind,
    owner: Owner,
    until: 'submitted' | 'approved' | 'active',
    depositMajor: number,
  ): Promise<SeededAccount> {
    const product = savingsProducts.get(kind) ?? 0;
    const asked =
      kind === 'flatFee'
        ? [{ chargeId: charges.flat, amount: 20 }]
        : kind === 'percentFee'
          ? [{ chargeId: charges.percent, amount: 1.5 }]
          : null;
    const serverId = idOf(
      await api.post('/savingsaccounts', {
        ...owner.id,
        productId: product,
        submittedOnDate: since,
        ...(asked === null ? {} : { charges: asked }),
        ...WRITTEN,
      }),
      'savingsId',
    );
    if (until !== 'submitted')
      await api.post(`/savingsaccounts/${String(serverId)}?command=approve`, { approvedOnDate: since, ...WRITTEN });
    if (until === 'active') {
      await api.post(`/savingsaccounts/${String(serverId)}?command=activate`, { activatedOnDate: since, ...WRITTEN });
      if (depositMajor > 0)
        await api.post(`/savingsaccounts/${String(serverId)}/transactions?command=deposit`, {
          transactionDate: daysBefore(today, 40),
          transactionAmount: depositMajor,
          paymentTypeId: paymentTypes.cash,
          ...WRITTEN,
        });
    }
    return {
      serverId,
      accountNo: await accountNoOf('savingsaccounts', serverId),
      clientServerId: 'clientId' in owner.id ? owner.id.clientId : null,
      ownerName: owner.name,
    };
  }

  async function openLoan(
    kind: LoanKind,
    owner: Owner,
    until: 'submitted' | 'approved' | 'active',
    agoDays: number,
  ): Promise<SeededAccount> {
    const terms = LOAN_TERMS[kind];
    const on = daysBefore(today, agoDays);
    const principal = 12_000;
    const serverId = idOf(
      await api.post('/loans', {
        loanType: 'clientId' in owner.id ? 'individual' : 'group',
        ...owner.id,
        productId: loanProducts.get(kind) ?? 0,
        principal,
        loanTermFrequency: terms.numberOfRepayments,
        loanTermFrequencyType: terms.repaymentFrequencyType,
        numberOfRepayments: terms.numberOfRepayments,
        repaymentEvery: 1,
        repaymentFrequencyType: terms.repaymentFrequencyType,
        interestRatePerPeriod: terms.interestRatePerPeriod,
        amortizationType: 1,
        interestType: terms.interestType,
        interestCalculationPeriodType: terms.interestCalculationPeriodType,
        transactionProcessingStrategyCode: 'mifos-standard-strategy',
        submittedOnDate: on,
        expectedDisbursementDate: on,
        ...WRITTEN,
      }),
      'loanId',
    );
    if (until !== 'submitted')
      await api.post(`/loans/${String(serverId)}?command=approve`, {
        approvedOnDate: on,
        approvedLoanAmount: principal,
        expectedDisbursementDate: on,
        ...WRITTEN,
      });
    if (until === 'active')
      await api.post(`/loans/${String(serverId)}?command=disburse`, {
        actualDisbursementDate: on,
        transactionAmount: principal,
        paymentTypeId: paymentTypes.cash,
        ...WRITTEN,
      });
    return {
      serverId,
      accountNo: await accountNoOf('loans', serverId),
      clientServerId: 'clientId' in owner.id ? owner.id.clientId : null,
      ownerName: owner.name,
    };
  }

  const savings = new Map<SavingsKind, SeededAccount[]>();
  const loans = new Map<LoanKind, SeededAccount[]>();
  const wantedSavings = (Object.keys(STOCK.savings) as SavingsKind[]).flatMap((kind) =>
    Array.from({ length: STOCK.savings[kind] }, () => kind),
  );
  await inTurns(wantedSavings, async (kind) => {
    const owner = await client(ours);
    const account = await openSavings(kind, owner, 'active', 10_000);
    savings.set(kind, [...(savings.get(kind) ?? []), account]);
  });
  say(`institution: ${String(wantedSavings.length)} savings accounts`);
  const wantedLoans = (Object.keys(STOCK.loans) as LoanKind[]).flatMap((kind) =>
    Array.from({ length: STOCK.loans[kind] }, (_, at) => ({ kind, at })),
  );
  await inTurns(wantedLoans, async ({ kind, at }) => {
    const owner = await client(ours);
    const account = await openLoan(kind, owner, 'active', 20 + (at % 4) * 23);
    loans.set(kind, [...(loans.get(kind) ?? []), account]);
  });
  say(`institution: ${String(wantedLoans.length)} loans`);

  const members: number[] = [];
  for (const member of [await client(ours), await client(ours)]) if ('clientId' in member.id) members.push(member.id.clientId);
  const groupId = idOf(
    await api.post('/groups', {
      name: GROUP_NAME,
      officeId: ours,
      active: true,
      activationDate: since,
      submittedOnDate: since,
      clientMembers: members,
      ...WRITTEN,
    }),
  );
  const group: Owner = { id: { groupId }, name: GROUP_NAME };
  const groupSavings = await openSavings('plain', group, 'active', 3_000);
  const groupLoan = await openLoan('declining', group, 'active', 45);

  const inState: Record<string, SeededAccount> = {};
  for (const state of STATES.savings) {
    const until = state === 'submitted' || state === 'approved' ? state : 'active';
    const account = await openSavings('plain', await client(ours), until, state === 'closed' ? 0 : 2_000);
    const at = `/savingsaccounts/${String(account.serverId)}`;
    if (state === 'closed')
      await api.post(`${at}?command=close`, { closedOnDate: today, withdrawBalance: true, paymentTypeId: paymentTypes.cash, ...WRITTEN });
    if (state === 'blocked') await api.post(`${at}?command=block`, { reasonForBlock: 'Acceptance' });
    if (state === 'debitBlocked') await api.post(`${at}?command=blockDebit`, { reasonForBlock: 'Acceptance' });
    if (state === 'held')
      await api.post(`${at}/transactions?command=holdAmount`, {
        transactionDate: daysBefore(today, 1),
        transactionAmount: 500,
        reasonForBlock: 'Acceptance',
        lienAllowed: false,
        ...WRITTEN,
      });
    inState[`savings.${state}`] = account;
  }
  for (const state of STATES.loans) {
    const until = state === 'submitted' || state === 'approved' ? state : 'active';
    const account = await openLoan('flat', await client(ours), until, 30);
    const pay = (transactionAmount: number): Promise<Members> =>
      api.post(`/loans/${String(account.serverId)}/transactions?command=repayment`, {
        transactionDate: today,
        transactionAmount,
        paymentTypeId: paymentTypes.cash,
        ...WRITTEN,
      });
    if (state === 'closed' || state === 'overpaid') {
      const owed = numberOf(
        membersOf(membersOf(await api.get(`/loans/${String(account.serverId)}?associations=all`))['summary'])['totalOutstanding'],
      );
      await pay(state === 'closed' ? owed : owed + 100);
    }
    if (state === 'writtenOff')
      await api.post(`/loans/${String(account.serverId)}/transactions?command=writeoff`, { transactionDate: today, ...WRITTEN });
    inState[`loan.${state}`] = account;
  }
  const toPayOut: SeededAccount[] = [];
  for (let at = 0; at < TO_PAY_OUT; at += 1) toPayOut.push(await openLoan('declining', await client(ours), 'approved', 20));
  const householder = await client(ours);
  const basket = {
    loan: await openLoan('flat', householder, 'active', 40),
    savings: [await openSavings('plain', householder, 'active', 4_000), await openSavings('plain', householder, 'active', 5_000)],
  };
  // Of another office: a branch never sees it.
  await openSavings('plain', await client(elsewhere), 'active', 1_000);
  return {
    offices: { ours, elsewhere },
    people,
    paymentTypes,
    accounts,
    savings,
    loans,
    loanProducts,
    savingsProducts,
    groupSavings,
    groupLoan,
    basket,
    inState,
    toPayOut,
    counts: {
      clients: clients - 1,
      groups: 1,
      loans: wantedLoans.length + STATES.loans.length + TO_PAY_OUT + 2,
      savings: wantedSavings.length + STATES.savings.length + 3,
    },
  };
}

interface LoanTerms {
  readonly name: string;
  readonly shortName: string;
  readonly numberOfRepayments: number;
  readonly repaymentFrequencyType: 1 | 2;
  readonly interestRatePerPeriod: number;
  readonly interestType: 0 | 1;
  readonly interestCalculationPeriodType: 0 | 1;
  readonly more: Readonly<Record<string, Json>>;
}

const WHOLE_PERIODS = { allowPartialPeriodInterestCalcualtion: false };

const LOAN_TERMS: Readonly<Record<LoanKind, LoanTerms>> = {
  flat: {
    name: 'Market Trader loan',
    shortName: 'MTL',
    numberOfRepayments: 12,
    repaymentFrequencyType: 2,
    interestRatePerPeriod: 1.5,
    interestType: 1,
    interestCalculationPeriodType: 1,
    more: WHOLE_PERIODS,
  },
  declining: {
    name: 'School fees loan',
    shortName: 'SFL',
    numberOfRepayments: 6,
    repaymentFrequencyType: 2,
    interestRatePerPeriod: 2,
    interestType: 0,
    interestCalculationPeriodType: 1,
    more: {},
  },
  daily: {
    name: 'Boda Boda loan',
    shortName: 'BBL',
    numberOfRepayments: 18,
    repaymentFrequencyType: 2,
    interestRatePerPeriod: 1.8,
    interestType: 0,
    interestCalculationPeriodType: 0,
    more: { installmentAmountInMultiplesOf: 10 },
  },
  weekly: {
    name: 'Group weekly loan',
    shortName: 'GWL',
    numberOfRepayments: 16,
    repaymentFrequencyType: 1,
    interestRatePerPeriod: 1.6,
    interestType: 1,
    interestCalculationPeriodType: 1,
    more: WHOLE_PERIODS,
  },
  recalculated: {
    name: 'Recalculated loan',
    shortName: 'RCL',
    numberOfRepayments: 6,
    repaymentFrequencyType: 2,
    interestRatePerPeriod: 2,
    interestType: 0,
    interestCalculationPeriodType: 0,
    more: {
      isInterestRecalculationEnabled: true,
      interestRecalculationCompoundingMethod: 0,
      rescheduleStrategyMethod: 1,
      recalculationRestFrequencyType: 2,
      recalculationRestFrequencyInterval: 1,
      preClosureInterestCalculationStrategy: 1,
      isArrearsBasedOnOriginalSchedule: false,
    },
  },
};

type GlOf = (key: (typeof GL_ACCOUNTS)[number][0]) => number;

async function seedLoanProducts(api: Api, gl: GlOf, channels: readonly Json[]): Promise<Map<LoanKind, number>> {
  const products = new Map<LoanKind, number>();
  for (const kind of Object.keys(LOAN_TERMS) as LoanKind[]) {
    const { more, ...terms } = LOAN_TERMS[kind];
    const answer = await api.post('/loanproducts', {
      currencyCode: CURRENCY,
      digitsAfterDecimal: 2,
      inMultiplesOf: 0,
      repaymentEvery: 1,
      interestRateFrequencyType: 2,
      amortizationType: 1,
      transactionProcessingStrategyCode: 'mifos-standard-strategy',
      daysInYearType: 365,
      daysInMonthType: 1,
      isInterestRecalculationEnabled: false,
      accountingRule: 2,
      fundSourceAccountId: gl('cash'),
      loanPortfolioAccountId: gl('loans'),
      interestOnLoanAccountId: gl('interest'),
      incomeFromFeeAccountId: gl('fees'),
      incomeFromPenaltyAccountId: gl('penalties'),
      writeOffAccountId: gl('writeOffs'),
      transfersInSuspenseAccountId: gl('transitAsset'),
      overpaymentLiabilityAccountId: gl('overpayments'),
      incomeFromRecoveryAccountId: gl('recovered'),
      paymentChannelToFundSourceMappings: channels,
      principal: 12_000,
      minPrincipal: 1_000,
      maxPrincipal: 200_000,
      ...terms,
      ...more,
      ...WRITTEN,
    });
    products.set(kind, numberOf(answer['resourceId']));
  }
  return products;
}

async function seedSavingsProducts(
  api: Api,
  gl: GlOf,
  channels: readonly Json[],
  charges: { readonly flat: number; readonly percent: number },
): Promise<Map<SavingsKind, number>> {
  const kinds: Readonly<Record<SavingsKind, Readonly<Record<string, Json>>>> = {
    plain: { name: 'Ordinary savings', shortName: 'OSV', nominalAnnualInterestRate: 3.5 },
    flatFee: { name: 'Trader current account', shortName: 'TCA', nominalAnnualInterestRate: 0, charges: [{ id: charges.flat }] },
    percentFee: { name: 'Percent fee account', shortName: 'PFA', nominalAnnualInterestRate: 0, charges: [{ id: charges.percent }] },
    minimum: {
      name: 'Harvest savings',
      shortName: 'HSV',
      nominalAnnualInterestRate: 5,
      minRequiredBalance: 500,
      enforceMinRequiredBalance: true,
    },
    overdraft: { name: 'Overdraft account', shortName: 'ODA', nominalAnnualInterestRate: 0, allowOverdraft: true, overdraftLimit: 1_000 },
    lockedIn: {
      name: 'Locked savings',
      shortName: 'LKS',
      nominalAnnualInterestRate: 2,
      lockinPeriodFrequency: 24,
      lockinPeriodFrequencyType: 2,
    },
    // Head office pays that in by itself at activation, unless the application says otherwise.
    firstDeposit: { name: 'Season savings', shortName: 'SSV', nominalAnnualInterestRate: 4, minRequiredOpeningBalance: 500 },
  };
  const products = new Map<SavingsKind, number>();
  for (const kind of Object.keys(kinds) as SavingsKind[]) {
    const answer = await api.post('/savingsproducts', {
      currencyCode: CURRENCY,
      digitsAfterDecimal: 2,
      inMultiplesOf: 0,
      interestCompoundingPeriodType: 1,
      interestPostingPeriodType: 4,
      interestCalculationType: 1,
      interestCalculationDaysInYearType: 365,
      accountingRule: 2,
      savingsReferenceAccountId: gl('cash'),
      savingsControlAccountId: gl('savings'),
      interestOnSavingsAccountId: gl('savingsInterest'),
      incomeFromFeeAccountId: gl('fees'),
      incomeFromPenaltyAccountId: gl('penalties'),
      transfersInSuspenseAccountId: gl('transit'),
      overdraftPortfolioControlId: gl('overdrafts'),
      incomeFromInterestId: gl('interest'),
      writeOffAccountId: gl('writeOffs'),
      paymentChannelToFundSourceMappings: channels,
      ...kinds[kind],
      locale: 'en',
    });
    products.set(kind, numberOf(answer['resourceId']));
  }
  return products;
}

async function seedPeople(api: Api, ours: number): Promise<Institution['people']> {
  const roles = new Map<RoleName, number>();
  for (const name of Object.keys(ROLE_RIGHTS) as RoleName[]) {
    const roleId = numberOf((await api.post('/roles', { name: `Accept ${name}`, description: 'Acceptance run' }))['resourceId']);
    await api.put(`/roles/${String(roleId)}/permissions`, {
      permissions: Object.fromEntries(ROLE_RIGHTS[name].map((code) => [code, true])),
    });
    roles.set(name, roleId);
  }
  async function person(name: PersonName, role: RoleName, officeId: number, firstname: string): Promise<Person> {
    const staffId = numberOf(
      (
        await api.post('/staff', {
          officeId,
          firstname,
          lastname: 'Accept',
          isLoanOfficer: false,
          externalId: `accept-${name}`,
          joiningDate: '2015-01-05',
          isActive: true,
          ...WRITTEN,
        })
      )['resourceId'],
    );
    const password = newPassword();
    const username = `accept.${name}`;
    await api.post('/users', {
      username,
      firstname,
      lastname: 'Accept',
      email: `${username}@example.org`,
      officeId,
      staffId,
      roles: [roles.get(role) ?? 0],
      sendPasswordToEmail: false,
      password,
      repeatPassword: password,
    });
    return { name, username, password };
  }
  return {
    cashier: await person('cashier', 'cashier', ours, 'Achieng'),
    second: await person('second', 'cashier', ours, 'Daniel'),
    manager: await person('manager', 'manager', ours, 'Grace'),
    checker: await person('checker', 'checker', ours, 'Peter'),
    // At head office itself: whatever a version thinks of offices, this person may post anywhere.
    elsewhere: await person('elsewhere', 'checker', HEAD_OFFICE, 'Lydia'),
  };
}

const REASONS = [
  ['ClientClosureReason', 'Accepted elsewhere'],
  ['ClientRejectReason', 'Papers of another'],
  ['ClientWithdrawReason', 'Went to a friend'],
  ['GroupClosureReason', 'Broken up'],
] as const;

/** Head office wants one for each end of a client or a group, and brings none along. */
async function makeReasons(api: Api): Promise<void> {
  const codes = rowsOf(await api.get('/codes'));
  for (const [code, name] of REASONS) {
    const id = numberOf(codes.find((row) => textOf(row['name']) === code)?.['id']);
    await api.post(`/codes/${String(id)}/codevalues`, { name, isActive: true });
  }
}
