// Savings accounts, whole (contract 6.9), with everything that stands between the ledger and what may be paid out.

import type { Listed, PulledSavings } from '../../ports/headOffice.ts';
import type { SavingsStatus } from '../../../shared/domain/records.ts';
import type { WithdrawalCharge } from '../../../shared/domain/savings/withdrawalFee.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import { addPeriod } from '../dates.ts';
import { needed, transactionsOf, Unreadable } from '../members.ts';
import type { Members } from '../members.ts';
import { readAccounts } from './accounts.ts';
import type { AccountSource } from './accounts.ts';
import { decodeCurrency } from './currency.ts';
import { readInPieces } from './inPieces.ts';
import { listPage } from './page.ts';
import type { ShelfSource } from './shelf.ts';
import { decodeSavingsTransaction, inOrder, withoutHolds } from './transactions.ts';

const STATUS: Readonly<Record<number, SavingsStatus>> = {
  100: 'submitted',
  200: 'approved',
  300: 'active',
  400: 'withdrawn',
  500: 'rejected',
  600: 'closed',
  700: 'closed',
  800: 'closed',
};
const SUB_STATUS: Readonly<Record<number, SavingsStatus>> = {
  100: 'inactive',
  200: 'dormant',
  400: 'blocked',
  500: 'creditBlocked',
  600: 'debitBlocked',
};
const ACTIVE = 300;
/** Charge time and calculation types (contract 6.2). */
const ON_WITHDRAWAL = 5;
const FLAT = 1;
const SHARE_OF_AMOUNT = 2;
/** Digits of a percentage. */
const PERCENT_DIGITS = 6;
const OPEN: ReadonlySet<number> = new Set([100, 200, 300, 303, 304]);

export const savings: ShelfSource<PulledSavings> = {
  list: (line, page, credential) => listPage(line, '/savingsaccounts', {}, page, decodeListing, credential),
  read: (line, serverIds, way, credential, breathing) => readAccounts(line, source, serverIds, way, credential, breathing),
};

const source: AccountSource<PulledSavings> = {
  path: 'savingsaccounts',
  // Without a word on charges such an item is refused.
  inBatch: 'associations=all&chargeStatus=all',
  decode: decodeSavings,
  mayBeCutShort: true,
  inPieces: readInPieces,
};

function decodeListing(row: Members): Listed<PulledSavings> {
  const serverId = needed(row.id('id'), row, 'id');
  return { serverId, row: null, open: OPEN.has(needed(row.enumeration('status'), row.named(`savings account ${serverId}`), 'status')) };
}

export function decodeSavings(row: Members, expectedId: number): PulledSavings {
  const account = row.named(`savings account ${expectedId}`);
  const serverId = needed(account.id('id'), account, 'id');
  if (serverId !== expectedId) throw new Unreadable(`savings account ${expectedId}: id`);
  const currency = decodeCurrency(account);
  const { decimals } = currency;
  const summary = account.child('summary');
  // Without its sums an account in use would look empty.
  if (summary === null && account.enumeration('status') === ACTIVE) throw new Unreadable(`${account.where}: summary`);
  return {
    serverId,
    externalId: account.text('externalId'),
    accountNo: needed(account.text('accountNo'), account, 'accountNo'),
    clientServerId: account.id('clientId'),
    groupServerId: account.id('groupId'),
    productName: account.text('savingsProductName') ?? '',
    currency,
    status: statusOf(account),
    ledgerMinor: summary?.amount('accountBalance', decimals) ?? 0,
    onHoldMinor: account.amount('savingsAmountOnHold', decimals),
    guaranteeHeldMinor: account.amount('onHoldFunds', decimals),
    minimumMinor: account.flag('enforceMinRequiredBalance') ? account.amount('minRequiredBalance', decimals) : 0,
    overdraftMinor: account.flag('allowOverdraft') ? account.amount('overdraftLimit', decimals) : 0,
    lockedInUntil: lockedInUntil(account),
    withdrawalCharges: account.children('charges').flatMap((charge) => withdrawalCharge(charge, decimals)),
    transactions: withoutHolds(inOrder(transactionsOf(account).map((each) => decodeSavingsTransaction(each, decimals)))),
  };
}

function statusOf(account: Members): SavingsStatus {
  const status = needed(account.enumeration('status'), account, 'status');
  const sub = account.enumeration('subStatus') ?? 0;
  return (status === ACTIVE ? SUB_STATUS[sub] : undefined) ?? STATUS[status] ?? 'other';
}

/** Head office takes nothing at a withdrawal for a charge of another calculation. */
function withdrawalCharge(charge: Members, decimals: number): readonly WithdrawalCharge[] {
  if (charge.enumeration('chargeTimeType') !== ON_WITHDRAWAL || charge.raw['isActive'] === false) return [];
  const definition = charge.id('chargeId');
  const of = { sometimes: charge.flag('isFreeWithdrawal'), ...(definition === null ? {} : { definition }) };
  const calculation = charge.enumeration('chargeCalculationType');
  if (calculation === FLAT) return [{ kind: 'flat', amountMinor: charge.amount('amount', decimals), ...of }];
  if (calculation !== SHARE_OF_AMOUNT) return [];
  return [{ kind: 'share', percentMillionths: charge.amount('percentage', PERCENT_DIGITS), ...of }];
}

/** Where head office does not name the day, it follows from the activation and the agreed period. */
function lockedInUntil(account: Members): BusinessDate | null {
  const named = account.date('lockedInUntilDate');
  if (named !== null) return named;
  const activated = account.child('timeline')?.date('activatedOnDate') ?? null;
  const count = account.integer('lockinPeriodFrequency');
  const type = account.enumeration('lockinPeriodFrequencyType');
  return activated === null || count === null || type === null || count === 0 ? null : addPeriod(activated, count, type);
}
