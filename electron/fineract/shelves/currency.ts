// The currency of an account. Its places decide how every amount beside it is read, so an account without it cannot be read at all.

import type { Currency } from '../../../shared/kernel/money.ts';
import { needed } from '../members.ts';
import type { Members } from '../members.ts';

const DECIMALS_MAX = 6;

export function decodeCurrency(row: Members): Currency {
  const currency = needed(row.child('currency'), row, 'currency');
  const decimals = needed(currency.integer('decimalPlaces'), currency, 'decimalPlaces');
  return {
    code: needed(currency.text('code'), currency, 'code'),
    decimals: needed(decimals >= 0 && decimals <= DECIMALS_MAX ? decimals : null, currency, 'decimalPlaces'),
  };
}
