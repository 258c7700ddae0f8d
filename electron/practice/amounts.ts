// Money of the practice head office: whole minor units inside, decimal numbers in JSON. Most of it is of one currency; some savings accounts
// are kept in others, with other places. A float never takes part in a sum; the decimal text of a number is read instead.

interface PracticeCurrency {
  readonly code: string;
  readonly name: string;
  readonly decimalPlaces: number;
  readonly displaySymbol: string;
}

export const CURRENCY = { code: 'KES', name: 'Kenyan Shilling', decimalPlaces: 2, displaySymbol: 'KSh' } as const;

/** Every one that there is; an institution chooses from them. */
const KNOWN: readonly PracticeCurrency[] = [
  CURRENCY,
  { code: 'USD', name: 'US Dollar', decimalPlaces: 2, displaySymbol: '$' },
  { code: 'UGX', name: 'Uganda Shilling', decimalPlaces: 0, displaySymbol: 'USh' },
  { code: 'TND', name: 'Tunisian Dinar', decimalPlaces: 3, displaySymbol: 'DT' },
];

/** Of the account whose request is served. Requests are served one after the other, whole. */
let spoken: PracticeCurrency = CURRENCY;

export function currencyNow(): string {
  return spoken.code;
}

export function isKnownCurrency(code: string | null | undefined): boolean {
  return KNOWN.some((each) => each.code === code);
}

/** Within `work` amounts are read and told in that currency; in the institution's first where none is named. */
export function inCurrency<T>(code: string | null | undefined, work: () => T): T {
  const before = spoken;
  spoken = KNOWN.find((each) => each.code === code) ?? CURRENCY;
  try {
    return work();
  } finally {
    spoken = before;
  }
}

/** The number that stands in JSON for an amount in minor units: 255000 gives 2550. */
export function jsonAmount(minor: number): number {
  return minor / 10 ** spoken.decimalPlaces;
}

/** Decimal text to minor units, half-even beyond the currency's places; null when it is no decimal. */
export function minorOfText(text: string): number | null {
  const expanded = /[eE]/.test(text) ? Number(text).toFixed(12) : text;
  const found = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(expanded.trim());
  if (found === null || ((found[2] ?? '') === '' && (found[3] ?? '') === '')) return null;
  const places = spoken.decimalPlaces;
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

/** Outside of accounts and products a currency comes without its multiple. */
function alone({ code, name, decimalPlaces, displaySymbol }: PracticeCurrency) {
  return { code, name, decimalPlaces, displaySymbol, nameCode: `currency.${code}`, displayLabel: `${name} (${displaySymbol})` };
}

function whole({ code, name, decimalPlaces, displaySymbol }: PracticeCurrency) {
  return {
    code,
    name,
    decimalPlaces,
    inMultiplesOf: 0,
    displaySymbol,
    nameCode: `currency.${code}`,
    displayLabel: `${name} (${displaySymbol})`,
  };
}

export const currencyReply = whole(CURRENCY);
export const currencyAlone = alone(CURRENCY);

/** As an account tells the currency that it is kept in. */
export function currencyReplyNow() {
  return whole(spoken);
}

export function currencyAloneNow() {
  return alone(spoken);
}

/** What an institution may choose from. */
export const CURRENCIES: readonly ReturnType<typeof alone>[] = KNOWN.map(alone);
