// The products of Mavuno Microfinance. Amounts in minor units, rates as decimal text in percent.
import { annualRateOf, type LoanTerms } from '../loans/schedule.ts';
import type { SavingsTerms } from '../savings/savingsAccount.ts';

export interface LoanProduct {
  id: number;
  name: string;
  shortName: string;
  terms: LoanTerms & { principal: number; principalLeast: number; principalMost: number };
}

function loanTerms(
  terms: Partial<LoanTerms> & Pick<LoanTerms, 'ratePerPeriod' | 'interestType' | 'numberOfRepayments' | 'repaymentFrequency'>,
): LoanTerms {
  return {
    annualRate: annualRateOf(terms.ratePerPeriod, 2),
    interestRateFrequency: 2,
    interestCalculation: 'sameAsRepayment',
    amortization: 'equalInstallments',
    repaymentEvery: 1,
    graceOnPrincipal: 0,
    graceOnInterestPayment: 0,
    interestFreePeriods: 0,
    installmentMultiple: 0,
    fixedPrincipalPercentage: null,
    ...terms,
  };
}

export const LOAN_PRODUCTS: readonly LoanProduct[] = [
  {
    id: 1,
    name: 'Market Trader loan',
    shortName: 'MTL',
    terms: {
      ...loanTerms({ ratePerPeriod: '1.5', interestType: 'flat', numberOfRepayments: 12, repaymentFrequency: 'months' }),
      principal: 6_000_000,
      principalLeast: 500_000,
      principalMost: 15_000_000,
    },
  },
  {
    id: 2,
    name: 'School fees loan',
    shortName: 'SFL',
    terms: {
      ...loanTerms({ ratePerPeriod: '2', interestType: 'declining', numberOfRepayments: 6, repaymentFrequency: 'months' }),
      principal: 3_000_000,
      principalLeast: 200_000,
      principalMost: 10_000_000,
    },
  },
  {
    id: 3,
    name: 'Boda Boda loan',
    shortName: 'BBL',
    terms: {
      ...loanTerms({
        ratePerPeriod: '1.8',
        interestType: 'declining',
        interestCalculation: 'daily',
        numberOfRepayments: 18,
        repaymentFrequency: 'months',
        installmentMultiple: 1_000,
      }),
      principal: 12_000_000,
      principalLeast: 2_000_000,
      principalMost: 20_000_000,
    },
  },
  {
    id: 4,
    name: 'Group weekly loan',
    shortName: 'GWL',
    terms: {
      ...loanTerms({ ratePerPeriod: '1.6', interestType: 'flat', numberOfRepayments: 16, repaymentFrequency: 'weeks' }),
      principal: 1_600_000,
      principalLeast: 100_000,
      principalMost: 5_000_000,
    },
  },
];

const ORDINARY: SavingsTerms = {
  annualRate: '3.5',
  minRequiredBalance: 0,
  enforceMinRequiredBalance: false,
  allowOverdraft: false,
  overdraftLimit: 0,
  lienAllowed: false,
  maxAllowedLienLimit: 0,
  lockedUntil: null,
  withdrawalFee: 0,
};

/** The charges of seeded accounts at a withdrawal: flat, a share of it, and for money that goes out by phone alone. */
export const FLAT_CHARGE = 3;
export const SHARE_CHARGE = 4;
export const MOBILE_CHARGE = 5;

interface SavingsProduct {
  id: number;
  name: string;
  shortName: string;
  terms: SavingsTerms;
  /** What a seeded account of it pays; `of` answers the fee of a withdrawal in cash. Minor units, or hundredths of a percent. */
  charge?: { id: number; amount: number; of: (withdrawn: number) => number };
}

export const SAVINGS_PRODUCTS: readonly SavingsProduct[] = [
  { id: 1, name: 'Ordinary savings', shortName: 'OSV', terms: ORDINARY },
  {
    id: 2,
    name: 'Harvest savings',
    shortName: 'HSV',
    terms: { ...ORDINARY, annualRate: '5', minRequiredBalance: 50_000, enforceMinRequiredBalance: true },
  },
  {
    id: 3,
    name: 'Trader current account',
    shortName: 'TCA',
    terms: { ...ORDINARY, annualRate: '0', withdrawalFee: 2_000, lienAllowed: true, maxAllowedLienLimit: 100_000 },
    charge: { id: FLAT_CHARGE, amount: 2_000, of: () => 2_000 },
  },
  {
    id: 4,
    name: 'Shop account',
    shortName: 'SHA',
    terms: { ...ORDINARY, annualRate: '0' },
    // Seeded withdrawals are whole hundreds, of which the share is whole too.
    charge: { id: SHARE_CHARGE, amount: 150, of: (withdrawn) => (withdrawn * 150) / 10_000 },
  },
  {
    id: 5,
    name: 'Phone savings',
    shortName: 'PHS',
    terms: ORDINARY,
    charge: { id: MOBILE_CHARGE, amount: 3_500, of: () => 0 },
  },
];
