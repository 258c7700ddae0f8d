// The currencies in which this branch keeps accounts, the house's own first. A drawer may be opened in each of them and in no other.

import type { RefusalFacts } from '../../../shared/contract/define.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import type { Currency } from '../../../shared/kernel/money.ts';
import { currenciesKept } from '../../journal/ownCurrency.ts';
import { identityOf } from '../../journal/settings.ts';
import type { ReadStore } from '../../ports/store.ts';

export function currenciesOf(read: ReadStore): readonly Currency[] {
  const own = identityOf(read).currency;
  return [own, ...read.currenciesInUse().flatMap(({ code, decimals }) => (code === own.code ? [] : [{ code, decimals }]))];
}

/** The currency of that code as this branch keeps it, or head office: its last account may be gone. Null where nobody knows it. */
export function currencyWith(read: ReadStore, code: string): Currency | null {
  const own = identityOf(read).currency;
  // Nearly all money is the house's own, and the others are found by counting accounts.
  if (code === own.code) return own;
  const found = [...currenciesOf(read), ...currenciesKept(read)].find((each) => each.code === code);
  return found === undefined ? null : { code, decimals: found.decimals };
}

/** Of one that nobody knows any more, with the house's own places. */
export function currencyNamed(read: ReadStore, code: string): Currency {
  return currencyWith(read, code) ?? { code, decimals: identityOf(read).currency.decimals };
}

/** Whose money a command moves: its paper says so, or what is sent of it, or the account that it is felt on; else the house's own. */
export function currencyOfCommand(read: ReadStore, { commandId, receiptId, payload }: CommandRecord): Currency {
  const receipt = receiptId === null ? null : read.soundReceipt({ receiptId });
  if (receipt !== null) return receipt.currency;
  if ('currency' in payload && 'decimals' in payload) return { code: payload.currency, decimals: payload.decimals };
  const [effect] = read.effectsOfCommand(commandId);
  const account = effect === undefined ? null : (read.savings(effect.accountId) ?? read.loan(effect.accountId));
  return account?.currency ?? identityOf(read).currency;
}

/** Sums of a refusal say whose money they are; without it they would be read as the house's own. */
export function inMoneyOf<Value extends RefusalFacts[string]>(
  currency: Currency,
  facts: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value | string | number>> {
  const hasSum = Object.keys(facts).some((name) => name.endsWith('Minor'));
  return hasSum ? { ...facts, currency: currency.code, decimals: currency.decimals } : facts;
}
