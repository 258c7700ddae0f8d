// What a form of head office's own screens would be filled with: for a new account, and for a new transaction.
import { businessDate, type Call, reply, requireRead } from '../call.ts';
import { currencyReply, jsonAmount } from '../amounts.ts';
import { dateArray } from '../dates.ts';
import { APPLIES_TO_SAVINGS } from '../enumerations.ts';
import { loanOfficersOf, paymentTypeReplies } from '../options.ts';
import { chargeReply, findCharge } from '../reference/chargeReplies.ts';
import { notFound } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { findSavings, type SavingsTerms } from './savingsAccount.ts';
import { interestTerms } from './savingsReplies.ts';

interface ProductRow {
  id: number;
  name: string;
  terms: string;
}

/** A product in a list of choices: its name, and members that head office fills with nothing. */
export function savingsProductOptions(call: Call): object[] {
  const rows = call.office.book.all('SELECT id, name FROM savings_product ORDER BY id') as { id: number; name: string }[];
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    withdrawalFeeForTransfers: false,
    allowOverdraft: false,
    enforceMinRequiredBalance: false,
    lienAllowed: false,
    withHoldTax: false,
  }));
}

function options(code: string, values: readonly (readonly [number, string, string])[]): object[] {
  return values.map(([id, word, value]) => ({ id, code: `${code}.${word}`, value }));
}

const CHOICES = {
  interestCompoundingPeriodTypeOptions: options('savings.interest.period.savingsCompoundingInterestPeriodType', [
    [1, 'daily', 'Daily'],
    [4, 'monthly', 'Monthly'],
    [5, 'quarterly', 'Quarterly'],
    [6, 'biannual', 'Semi-Annual'],
    [7, 'annual', 'Annually'],
  ]),
  interestPostingPeriodTypeOptions: options('savings.interest.posting.period.savingsPostingInterestPeriodType', [
    [1, 'daily', 'Daily'],
    [4, 'monthly', 'Monthly'],
    [5, 'quarterly', 'Quarterly'],
    [6, 'biannual', 'BiAnnual'],
    [7, 'annual', 'Annually'],
  ]),
  interestCalculationTypeOptions: options('savingsInterestCalculationType', [
    [1, 'dailybalance', 'Daily Balance'],
    [2, 'averagedailybalance', 'Average Daily Balance'],
  ]),
  interestCalculationDaysInYearTypeOptions: options('savingsInterestCalculationDaysInYearType', [
    [360, 'days360', '360 Days'],
    [365, 'days365', '365 Days'],
  ]),
  lockinPeriodFrequencyTypeOptions: options('savings.lockin.savingsPeriodFrequencyType', [
    [0, 'days', 'Days'],
    [1, 'weeks', 'Weeks'],
    [2, 'months', 'Months'],
    [3, 'years', 'Years'],
  ]),
  withdrawalFeeTypeOptions: options('savingsWithdrawalFeesType', [
    [1, 'flat', 'Flat'],
    [2, 'percent.of.amount', '% of Amount'],
  ]),
};

export function savingsTemplate(call: Call): HeadOfficeReply {
  requireRead(call, 'SAVINGSACCOUNT');
  const { book } = call.office;
  const clientId = Number(call.query.get('clientId') ?? '0');
  const client = book.get('SELECT id, display_name, office_id FROM client WHERE id = ?', clientId) as
    { id: number; display_name: string; office_id: number } | undefined;
  if (client === undefined)
    throw notFound('error.msg.client.id.invalid', `Client with identifier ${String(clientId)} does not exist`, [clientId]);
  const owner = { clientId: client.id, clientName: client.display_name };
  const productId = Number(call.query.get('productId') ?? '0');
  const product = book.get('SELECT id, name, terms FROM savings_product WHERE id = ?', productId) as ProductRow | undefined;
  if (product === undefined) return reply({ ...owner, timeline: {}, productOptions: savingsProductOptions(call) });
  const terms = JSON.parse(product.terms) as SavingsTerms;
  return reply({
    ...owner,
    savingsProductId: product.id,
    savingsProductName: product.name,
    timeline: {},
    currency: currencyReply,
    ...interestTerms(terms),
    withdrawalFeeForTransfers: false,
    allowOverdraft: terms.allowOverdraft,
    minRequiredBalance: terms.minRequiredBalance === 0 ? undefined : jsonAmount(terms.minRequiredBalance),
    enforceMinRequiredBalance: terms.enforceMinRequiredBalance,
    lienAllowed: terms.lienAllowed,
    withHoldTax: false,
    isDormancyTrackingActive: terms.asked?.['isDormancyTrackingActive'] === true,
    charges: [],
    productOptions: savingsProductOptions(call),
    fieldOfficerOptions: loanOfficersOf(call, client.office_id),
    ...CHOICES,
    chargeOptions: (book.all('SELECT id FROM charge WHERE applies_to = ? ORDER BY name', APPLIES_TO_SAVINGS) as { id: number }[]).map(
      (row) => chargeReply(findCharge(book, row.id)),
    ),
  });
}

export function savingsTransactionTemplate(call: Call, accountId: number): HeadOfficeReply {
  requireRead(call, 'SAVINGSACCOUNT');
  const account = findSavings(call, accountId);
  const today = businessDate(call.office);
  return reply({
    accountId: account.id,
    accountNo: account.account_no,
    date: dateArray(today),
    currency: currencyReply,
    reversed: false,
    submittedOnDate: dateArray(today),
    interestedPostedAsOn: false,
    isManualTransaction: false,
    lienTransaction: false,
    chargesPaidByData: [],
    paymentTypeOptions: paymentTypeReplies(call),
  });
}
