// An application for a loan: known here at once under the number on its paper, told to head office when there is a line. Head office keeps that
// number as the loan's external id and keeps it unique: by it the loan is found again after a lost reply. Head office takes none of its product's
// terms by itself: everything that was agreed goes along, so what stands on the paper is what it is asked for.

import { isBusinessDate, type BusinessDate } from '../../../kernel/businessDate.ts';
import type { LocalId } from '../../../kernel/ids.ts';
import { AMOUNT_MINOR_MAX, decimalToMinor, minorToDecimal } from '../../../kernel/money.ts';
import type { LoanTerms } from '../../schedule/terms.ts';
import type { ChosenOption } from './clientRegistration.ts';
import { creationOf, type Kind, type RecordRef } from './kind.ts';

export interface LoanApplicationPayload {
  readonly kind: 'loanApplication';
  readonly loanId: LocalId;
  readonly localNumber: string;
  readonly owner: { readonly kind: 'client' | 'group'; readonly localId: LocalId };
  readonly product: ChosenOption;
  readonly currencyCode: string;
  readonly decimals: number;
  /** Whole minor units. */
  readonly principalMinor: number;
  readonly installments: number;
  readonly every: number;
  readonly unit: LoanTerms['unit'];
  /** Percent, per the unit that the product names. */
  readonly ratePercent: string;
  readonly interestMethod: LoanTerms['interestMethod'];
  readonly amortization: LoanTerms['amortization'];
  readonly interestPeriod: LoanTerms['interestPeriod'];
  readonly equalAmortization: boolean;
  readonly grace: { readonly principal: number; readonly interestPayment: number; readonly interestCharged: number };
  readonly strategy: string;
  /** A sum in whole units of the currency or a percentage, as head office keeps it. */
  readonly charges: readonly { readonly chargeId: number; readonly name: string; readonly amount: string }[];
  readonly officer: ChosenOption | null;
  readonly purpose: ChosenOption | null;
  readonly fund: ChosenOption | null;
  readonly submittedOn: BusinessDate;
  /** The day on which it is to be paid out, from which its schedule is reckoned. */
  readonly expectedOn: BusinessDate;
  readonly firstRepaymentOn: BusinessDate | null;
}

/** More than any product has. */
export const INSTALLMENTS_MOST = 600;
export const RATE_TEXT = /^\d{1,4}(\.\d{1,6})?$/;

const loanRef = (localId: LocalId): RecordRef => ({ kind: 'loan', localId });

export const loanApplication: Kind<LoanApplicationPayload> = {
  version: 1,
  lifts: [],
  subjects: ({ loanId }) => [creationOf(loanRef(loanId))],
  refersTo: ({ owner }) => [owner],
  teaches: ({ loanId }) => loanRef(loanId),
  numbered: ({ localNumber }) => localNumber,
  concerns: ({ loanId }) => loanRef(loanId),
  money: null,
  // Its row says all of it; a state would be one more decision on it.
  changes: () => [],
  editable: (payload) => ({
    principal: minorToDecimal(payload.principalMinor, payload.decimals),
    installments: String(payload.installments),
    ratePercent: payload.ratePercent,
    expectedOn: payload.expectedOn,
    firstRepaymentOn: payload.firstRepaymentOn ?? '',
  }),
  edit,
  ridesInBatch: () => false,
  // Its external id is unique there.
  looksUpBeforeItGoesAgain: false,
  ways: ['correct', 'resubmit', 'withdraw'],
  never: [],
};

/** What the product allows is head office's word: a refused one may be refused because that has changed. */
function edit(payload: LoanApplicationPayload, fields: Readonly<Record<string, string>>): LoanApplicationPayload | null {
  const said = (name: string, known: string): string => (fields[name] ?? known).trim();
  const known = loanApplication.editable(payload);
  const principalMinor = decimalToMinor(said('principal', known['principal'] ?? ''), payload.decimals);
  const installments = Number(said('installments', String(payload.installments)));
  const ratePercent = said('ratePercent', payload.ratePercent);
  const expectedOn = said('expectedOn', payload.expectedOn);
  const firstRepaymentOn = said('firstRepaymentOn', payload.firstRepaymentOn ?? '');
  const fits =
    principalMinor !== null &&
    principalMinor > 0 &&
    principalMinor <= AMOUNT_MINOR_MAX &&
    Number.isInteger(installments) &&
    installments >= 1 &&
    installments <= INSTALLMENTS_MOST &&
    RATE_TEXT.test(ratePercent) &&
    isBusinessDate(expectedOn) &&
    expectedOn >= payload.submittedOn &&
    (firstRepaymentOn === '' || (isBusinessDate(firstRepaymentOn) && firstRepaymentOn > expectedOn));
  if (!fits) return null;
  return {
    ...payload,
    principalMinor,
    installments,
    ratePercent,
    expectedOn,
    firstRepaymentOn: firstRepaymentOn === '' ? null : firstRepaymentOn,
  };
}

export function isLoanApplication(payload: { readonly kind: string }): payload is LoanApplicationPayload {
  return payload.kind === 'loanApplication';
}
