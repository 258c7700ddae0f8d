// Money of the practice head office: whole minor units of one currency inside, decimal numbers in JSON.
// A float never takes part in a sum; the decimal text of a number is read instead.

export const CURRENCY = { code: 'KES', name: 'Kenyan Shilling', decimalPlaces: 2, displaySymbol: 'KSh' } as const;
const MINOR_PER_MAJOR = 10 ** CURRENCY.decimalPlaces;

/** The number that stands in JSON for an amount in minor units: 255000 gives 2550. */
export function jsonAmount(minor: number): number {
  return minor / MINOR_PER_MAJOR;
}

/** Decimal text to minor units, half-even beyond the currency's places; null when it is no decimal. */
export function minorOfText(text: string): number | null {
  const expanded = /[eE]/.test(text) ? Number(text).toFixed(12) : text;
  const found = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(expanded.trim());
  if (found === null || ((found[2] ?? '') === '' && (found[3] ?? '') === '')) return null;
  const places = CURRENCY.decimalPlaces;
  const fraction = found[3] ?? '';
  let minor = BigInt((found[2] ?? '') + fraction.slice(0, places).padEnd(places, '0'));
  const rest = fraction.slice(places);
  if (rest !== '') {
    const half = '5'.padEnd(rest.length, '0');
    if (rest > half || (rest === half && minor % 2n === 1n)) minor += 1n;
  }
  const value = Number(found[1] === '-' ? -minor : minor);
  return Number.isSafeInteger(value) ? value : null;
}

export const currencyReply = {
  code: CURRENCY.code,
  name: CURRENCY.name,
  decimalPlaces: CURRENCY.decimalPlaces,
  inMultiplesOf: 0,
  displaySymbol: CURRENCY.displaySymbol,
  nameCode: `currency.${CURRENCY.code}`,
  displayLabel: `${CURRENCY.name} (${CURRENCY.displaySymbol})`,
};

/** Outside of accounts and products a currency comes without its multiple. */
export const currencyAlone = {
  code: CURRENCY.code,
  name: CURRENCY.name,
  decimalPlaces: CURRENCY.decimalPlaces,
  displaySymbol: CURRENCY.displaySymbol,
  nameCode: `currency.${CURRENCY.code}`,
  displayLabel: `${CURRENCY.name} (${CURRENCY.displaySymbol})`,
};

/** What an institution may choose from; accounts are kept in the first alone. */
export const CURRENCIES: readonly Record<keyof typeof currencyAlone, string | number>[] = [
  currencyAlone,
  { ...currencyAlone, code: 'USD', name: 'US Dollar', displaySymbol: '$', nameCode: 'currency.USD', displayLabel: 'US Dollar ($)' },
];
