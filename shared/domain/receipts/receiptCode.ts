// What the code on a receipt says. One that is signed says the receipt's essentials and nothing about the client, in the letters that a code packs
// closest, and after them the device's signature of exactly those letters (ADR 0032). What an earlier program issued says its number and the
// beginning of its hash, for ever.

import { isBusinessDate, type BusinessDate } from '../../kernel/businessDate.ts';
import type { Currency } from '../../kernel/money.ts';
import type { Receipt, ReceiptKind } from '../records.ts';
import { readReceiptNumber } from './receiptNumber.ts';

/** Frozen: papers carry it. */
const KIND_LETTERS: Readonly<Record<ReceiptKind, string>> = {
  loanRepayment: 'LR',
  savingsDeposit: 'SD',
  savingsWithdrawal: 'SW',
  loanDisbursal: 'LD',
  withdrawalReturned: 'WR',
  moneyReturned: 'MR',
  moneyTakenAgain: 'MA',
  withdrawalPaidAgain: 'PA',
  disbursalReturned: 'DR',
  disbursalPaidAgain: 'DA',
  disbursalUndo: 'DU',
  basket: 'BI',
  basketPaid: 'BO',
};
const KIND_BY_LETTERS = new Map(Object.entries(KIND_LETTERS).map(([kind, letters]) => [letters, kind as ReceiptKind]));

const VERSION = '1';
const MARK_LENGTH = 16;
/** Nobody's paper carries more, and nothing longer is looked at. */
export const CODE_LENGTH_MOST = 400;
const NUMBER = '[A-Z0-9]{2,5}-\\d{2}-\\d{6}-\\d{4,9}-[0-9A-Z]';
const WORDS = new RegExp(`^TAWI:${VERSION}:(${NUMBER}):([A-Z0-9]{3})(\\d):(\\d{1,16}):([A-Z]{2}):([0-9A-F]{${MARK_LENGTH}})$`);
const SIGNED = /^(.+):([A-Z2-7]{103})$/;
const OF_BEFORE = new RegExp(`^TAWI:(${NUMBER}):([0-9A-F]{${MARK_LENGTH}})$`);

export function receiptCode({ number, hash, proof }: Pick<Receipt, 'number' | 'hash' | 'proof'>): string {
  return proof ?? `TAWI:${number}:${hash.slice(0, MARK_LENGTH)}`;
}

/** What the device signs; null where a member does not fit into a code, which keeps no receipt from being given. */
export function wordsToSign(receipt: Pick<Receipt, 'number' | 'currency' | 'amountMinor' | 'kind' | 'hash'>): string | null {
  const { number, currency, amountMinor, kind, hash } = receipt;
  const mark = hash.slice(0, MARK_LENGTH).toUpperCase();
  const words = `TAWI:${VERSION}:${number}:${currency.code}${currency.decimals}:${amountMinor}:${KIND_LETTERS[kind]}:${mark}`;
  return WORDS.test(words) ? words : null;
}

/** What a receipt's code says of it. */
export interface ToldByCode {
  readonly number: string;
  readonly officeCode: string;
  readonly deviceCode: string;
  readonly businessDate: BusinessDate;
  readonly currency: Currency;
  readonly amountMinor: number;
  readonly kind: ReceiptKind;
  /** The beginning of the receipt's hash, in capital letters. */
  readonly mark: string;
}

/** The public half of a device's key, as the books and the page for phones keep it. */
export interface DeviceKey {
  readonly officeCode: string;
  readonly deviceCode: string;
  readonly publicKey: string;
}

/** What a code is worth by itself, without any books. */
export type Judged =
  | { readonly verdict: 'real' | 'changed' | 'unknownDevice'; readonly told: ToldByCode }
  /** Of an earlier program, or a number that was typed: nothing in it can be proved. */
  | { readonly verdict: 'unsigned'; readonly number: string; readonly mark: string | null }
  /** Begins like one of ours and is not whole. */
  | { readonly verdict: 'broken' }
  | { readonly verdict: 'newer' }
  | { readonly verdict: 'notOurs' };

export type Fits = (text: string, signature: string, publicKey: string) => boolean;

export function judgeCode(text: string, keys: readonly DeviceKey[], fits: Fits): Judged {
  if (text.length > CODE_LENGTH_MOST) return { verdict: 'notOurs' };
  const code = text.trim().toUpperCase();
  const before = OF_BEFORE.exec(code);
  const [, numberBefore, mark = null] = before ?? [];
  const unsigned = numberBefore ?? code;
  if (readReceiptNumber(unsigned) !== null && !unsigned.includes('/')) return { verdict: 'unsigned', number: unsigned, mark };
  if (!code.startsWith('TAWI:')) return { verdict: 'notOurs' };
  const version = /^TAWI:(\d{1,3}):/.exec(code)?.[1];
  if (version !== undefined && version !== VERSION) return { verdict: 'newer' };
  const [, words = '', signature = ''] = SIGNED.exec(code) ?? [];
  // A page is saved on a phone for years, and the program learns new papers: what one of them is for, the page cannot say.
  const letters = WORDS.exec(words)?.[5];
  if (letters !== undefined && !KIND_BY_LETTERS.has(letters)) return { verdict: 'newer' };
  const told = toldBy(words);
  if (told === null) return { verdict: 'broken' };
  const known = keys.filter(({ officeCode, deviceCode }) => officeCode === told.officeCode && deviceCode === told.deviceCode);
  if (known.length === 0) return { verdict: 'unknownDevice', told };
  return { verdict: known.some(({ publicKey }) => fits(words, signature, publicKey)) ? 'real' : 'changed', told };
}

function toldBy(words: string): ToldByCode | null {
  const [, number = '', code = '', decimals = '', amount = '', letters = '', mark = ''] = WORDS.exec(words) ?? [];
  const read = readReceiptNumber(number);
  const kind = KIND_BY_LETTERS.get(letters);
  const amountMinor = Number(amount);
  // Written in one way only: a sum with zeros before it is none of ours.
  if (read === null || kind === undefined || !Number.isSafeInteger(amountMinor) || String(amountMinor) !== amount) return null;
  const { officeCode, deviceCode, businessDate } = read;
  // Whoever shows it could not: no receipt was ever given on it.
  if (!isBusinessDate(businessDate)) return null;
  return { number, officeCode, deviceCode, businessDate, currency: { code, decimals: Number(decimals) }, amountMinor, kind, mark };
}
