// The currencies that the institution chose: its first alone, until somebody chose more.
import { CURRENCY } from '../amounts.ts';
import type { HeadOffice } from '../call.ts';

export function chosenCurrencies(office: HeadOffice): readonly string[] {
  const chosen = office.book.get(`SELECT value FROM setting WHERE name = 'currencies'`) as { value: string } | undefined;
  return chosen === undefined ? [CURRENCY.code] : (JSON.parse(chosen.value) as string[]);
}
