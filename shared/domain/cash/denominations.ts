// Which notes and coins a cashier counts, highest first, in whole minor units: what the issuing bank of each currency of the countries we serve
// keeps in circulation, and nothing else. Beneath the smallest coin one line takes the loose minor units, so that every sum the books can hold
// can be counted though no such coin exists. A currency that is not listed gets the 1-2-5 series down to its smallest unit. Nothing is reckoned
// from this but the counted sum; a wrong row costs a keystroke, never money.

import type { Currency } from '../../kernel/money.ts';

export interface Denominations {
  readonly notes: readonly number[];
  readonly coins: readonly number[];
  /** Whether minor units are left that no coin pays: they are counted in one line of their own. */
  readonly belowSmallest: boolean;
}

interface Faces {
  /** Face values in major units; halves and less as fractions of one, which times the scale are whole. */
  readonly notes: readonly number[];
  readonly coins: readonly number[];
  /** Whose list of legal tender the row follows: where to look when a face comes or goes. */
  readonly issuer: string;
}

export const KNOWN_FACES: Readonly<Record<string, Faces>> = {
  // East and Horn of Africa
  KES: { notes: [1000, 500, 200, 100, 50], coins: [40, 20, 10, 5, 1, 0.5], issuer: 'Central Bank of Kenya' },
  UGX: { notes: [50_000, 20_000, 10_000, 5000, 2000, 1000], coins: [1000, 500, 200, 100, 50], issuer: 'Bank of Uganda' },
  TZS: { notes: [10_000, 5000, 2000, 1000, 500], coins: [500, 200, 100, 50], issuer: 'Bank of Tanzania' },
  RWF: { notes: [5000, 2000, 1000, 500], coins: [100, 50, 20, 10, 5], issuer: 'National Bank of Rwanda' },
  BIF: { notes: [10_000, 5000, 2000, 1000, 500, 100], coins: [50, 10, 5, 1], issuer: 'Banque de la République du Burundi' },
  ETB: { notes: [200, 100, 50, 10, 5], coins: [1, 0.5, 0.25, 0.1, 0.05], issuer: 'National Bank of Ethiopia' },
  // Southern Africa and the islands
  // Since 2025 the five and the two are coins; what is left of their notes still comes over the counter.
  ZMW: { notes: [500, 200, 100, 50, 20, 10, 5, 2], coins: [5, 2, 1, 0.5, 0.1, 0.05], issuer: 'Bank of Zambia' },
  MWK: { notes: [5000, 2000, 1000, 500, 200, 100, 50, 20], coins: [10, 5, 1], issuer: 'Reserve Bank of Malawi' },
  MZN: { notes: [1000, 500, 200, 100, 50, 20], coins: [10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.01], issuer: 'Banco de Moçambique' },
  ZAR: { notes: [200, 100, 50, 20, 10], coins: [5, 2, 1, 0.5, 0.2, 0.1], issuer: 'South African Reserve Bank' },
  MGA: {
    notes: [20_000, 10_000, 5000, 2000, 1000, 500, 200, 100],
    coins: [50, 20, 10, 5, 4, 2, 1],
    issuer: 'Banky Foiben’i Madagasikara',
  },
  // West and Central Africa
  GHS: { notes: [200, 100, 50, 20, 10, 5, 2, 1], coins: [2, 1, 0.5, 0.2, 0.1, 0.05], issuer: 'Bank of Ghana' },
  NGN: { notes: [1000, 500, 200, 100, 50, 20, 10, 5], coins: [2, 1, 0.5], issuer: 'Central Bank of Nigeria' },
  SLE: { notes: [20, 10, 5, 2, 1], coins: [0.5, 0.25, 0.1, 0.05, 0.01], issuer: 'Bank of Sierra Leone' },
  LRD: { notes: [1000, 500, 100, 50, 20], coins: [10, 5], issuer: 'Central Bank of Liberia' },
  GMD: { notes: [200, 100, 50, 20, 10, 5], coins: [1, 0.5, 0.25], issuer: 'Central Bank of The Gambia' },
  GNF: {
    notes: [20_000, 10_000, 5000, 2000, 1000, 500, 100],
    coins: [50, 25, 10, 5, 1],
    issuer: 'Banque Centrale de la République de Guinée',
  },
  XOF: {
    notes: [10_000, 5000, 2000, 1000, 500],
    coins: [500, 250, 200, 100, 50, 25, 10, 5, 1],
    issuer: 'Banque Centrale des États de l’Afrique de l’Ouest',
  },
  XAF: {
    notes: [10_000, 5000, 2000, 1000, 500],
    coins: [500, 200, 100, 50, 25, 10, 5, 2, 1],
    issuer: 'Banque des États de l’Afrique Centrale',
  },
  CDF: { notes: [20_000, 10_000, 5000, 1000, 500, 200, 100, 50], coins: [], issuer: 'Banque Centrale du Congo' },
  KMF: { notes: [10_000, 5000, 2000, 1000, 500], coins: [250, 100, 50, 25], issuer: 'Banque Centrale des Comores' },
  DJF: { notes: [10_000, 5000, 2000, 1000], coins: [500, 250, 100, 50, 20, 10, 5, 2, 1], issuer: 'Banque Centrale de Djibouti' },
  // North Africa
  MAD: { notes: [200, 100, 50, 20], coins: [10, 5, 2, 1, 0.5, 0.2, 0.1], issuer: 'Bank Al-Maghrib' },
  TND: { notes: [50, 20, 10, 5], coins: [5, 2, 1, 0.5, 0.2, 0.1, 0.05], issuer: 'Banque Centrale de Tunisie' },
  // Latin America and the Caribbean
  MXN: { notes: [1000, 500, 200, 100, 50, 20], coins: [20, 10, 5, 2, 1, 0.5, 0.2, 0.1], issuer: 'Banco de México' },
  GTQ: { notes: [200, 100, 50, 20, 10, 5, 1], coins: [1, 0.5, 0.25, 0.1, 0.05, 0.01], issuer: 'Banco de Guatemala' },
  HNL: { notes: [500, 200, 100, 50, 20, 10, 5, 2, 1], coins: [0.5, 0.2, 0.1, 0.05], issuer: 'Banco Central de Honduras' },
  NIO: { notes: [1000, 500, 200, 100, 50, 20, 10, 5], coins: [10, 5, 1, 0.5, 0.25, 0.1, 0.05], issuer: 'Banco Central de Nicaragua' },
  CRC: { notes: [20_000, 10_000, 5000, 2000, 1000], coins: [500, 100, 50, 25, 10], issuer: 'Banco Central de Costa Rica' },
  PAB: { notes: [], coins: [1, 0.5, 0.25, 0.1, 0.05, 0.01], issuer: 'Ministerio de Economía y Finanzas de Panamá' },
  DOP: { notes: [2000, 1000, 500, 200, 100, 50], coins: [25, 10, 5, 1], issuer: 'Banco Central de la República Dominicana' },
  HTG: { notes: [1000, 500, 250, 100, 50, 25, 20, 10], coins: [5, 1, 0.5], issuer: 'Banque de la République d’Haïti' },
  COP: { notes: [100_000, 50_000, 20_000, 10_000, 5000, 2000], coins: [1000, 500, 200, 100, 50], issuer: 'Banco de la República' },
  PEN: { notes: [200, 100, 50, 20, 10], coins: [5, 2, 1, 0.5, 0.2, 0.1], issuer: 'Banco Central de Reserva del Perú' },
  BOB: { notes: [200, 100, 50, 20, 10], coins: [5, 2, 1, 0.5, 0.2, 0.1], issuer: 'Banco Central de Bolivia' },
  PYG: { notes: [100_000, 50_000, 20_000, 10_000, 5000, 2000], coins: [1000, 500, 100, 50], issuer: 'Banco Central del Paraguay' },
  CLP: { notes: [20_000, 10_000, 5000, 2000, 1000], coins: [500, 100, 50, 10], issuer: 'Banco Central de Chile' },
  BRL: { notes: [200, 100, 50, 20, 10, 5, 2], coins: [1, 0.5, 0.25, 0.1, 0.05, 0.01], issuer: 'Banco Central do Brasil' },
  UYU: { notes: [2000, 1000, 500, 200, 100, 50, 20], coins: [50, 10, 5, 2, 1], issuer: 'Banco Central del Uruguay' },
  ARS: {
    notes: [20_000, 10_000, 2000, 1000, 500, 200, 100, 50, 20, 10],
    coins: [10, 5, 2, 1],
    issuer: 'Banco Central de la República Argentina',
  },
  // South Asia
  INR: { notes: [500, 200, 100, 50, 20, 10], coins: [20, 10, 5, 2, 1, 0.5], issuer: 'Reserve Bank of India' },
  BDT: { notes: [1000, 500, 200, 100, 50, 20, 10, 5, 2], coins: [5, 2, 1], issuer: 'Bangladesh Bank' },
  NPR: { notes: [1000, 500, 100, 50, 20, 10, 5], coins: [2, 1], issuer: 'Nepal Rastra Bank' },
  PKR: { notes: [5000, 1000, 500, 100, 50, 20, 10], coins: [10, 5, 2, 1], issuer: 'State Bank of Pakistan' },
  LKR: { notes: [5000, 2000, 1000, 500, 100, 50, 20], coins: [20, 10, 5, 2, 1], issuer: 'Central Bank of Sri Lanka' },
  // South-East Asia: where coins were struck and nobody takes them any more there are none to count.
  PHP: { notes: [1000, 500, 200, 100, 50, 20], coins: [20, 10, 5, 1, 0.25, 0.05, 0.01], issuer: 'Bangko Sentral ng Pilipinas' },
  IDR: { notes: [100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000], coins: [1000, 500, 200, 100, 50], issuer: 'Bank Indonesia' },
  KHR: {
    // The thirty and the fifteen thousand were issued for a day of honour, and are paid with like the others.
    notes: [200_000, 100_000, 50_000, 30_000, 20_000, 15_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50],
    coins: [],
    issuer: 'National Bank of Cambodia',
  },
  LAK: { notes: [100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000, 500], coins: [], issuer: 'Bank of the Lao PDR' },
  MMK: { notes: [20_000, 10_000, 5000, 1000, 500, 200, 100, 50], coins: [], issuer: 'Central Bank of Myanmar' },
  VND: {
    notes: [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200],
    coins: [],
    issuer: 'State Bank of Vietnam',
  },
  // What is counted beside them
  USD: { notes: [100, 50, 20, 10, 5, 2, 1], coins: [1, 0.5, 0.25, 0.1, 0.05, 0.01], issuer: 'Federal Reserve, United States Mint' },
  EUR: { notes: [200, 100, 50, 20, 10, 5], coins: [2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01], issuer: 'European Central Bank' },
};
const SERIES = { notes: [1000, 500, 200, 100, 50, 20, 10], coins: [5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001] };

export function denominationsOf(currency: Currency): Denominations {
  const scale = 10 ** currency.decimals;
  const faces = KNOWN_FACES[currency.code] ?? SERIES;
  // A face that is no whole number of minor units is not money of this currency as head office keeps it.
  const toMinor = (values: readonly number[]): number[] =>
    values.map((value) => Math.round(value * scale * 1000) / 1000).filter((minor) => minor >= 1 && Number.isInteger(minor));
  const notes = toMinor(faces.notes);
  const coins = toMinor(faces.coins);
  return { notes, coins, belowSmallest: Math.min(...notes, ...coins) !== 1 };
}
