// The code on a receipt, read as whoever holds the paper reads it: what is worth something, what is not, and what is none of ours.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deviceSigner } from '../../electron/host/ports/deviceSigner.ts';
import { receiptHash } from '../../shared/domain/journal/entryWords.ts';
import { CODE_LENGTH_MOST, judgeCode, receiptCode, wordsToSign, type DeviceKey } from '../../shared/domain/receipts/receiptCode.ts';
import { receiptNumberOf } from '../../shared/domain/receipts/receiptNumber.ts';
import { fromBase32, toBase32 } from '../../shared/kernel/base32.ts';
import { Redacted } from '../../shared/kernel/redacted.ts';
import { aReceipt } from '../store/storeWorld.ts';
import { readProof } from '../world/readProof.ts';

const signerOf = (byte: number) => deviceSigner(new Redacted(new Uint8Array(32).fill(byte)));
const SIGNER = signerOf(1);
const OTHER = signerOf(2);
const NUMBER = receiptNumberOf('KIS', '01', '2026-11-18', 1);
const HASH = '0123456789abcdef'.repeat(4);
const RECEIPT = aReceipt(1, { number: NUMBER, amountMinor: 8_450_00, hash: HASH });
const KEYS: readonly DeviceKey[] = [{ officeCode: 'KIS', deviceCode: '01', publicKey: SIGNER.publicKey }];
const WORDS = wordsToSign(RECEIPT) ?? '';
const CODE = `${WORDS}:${SIGNER.sign(WORDS)}`;
const judged = (code: string, keys = KEYS) => judgeCode(code, keys, SIGNER.fits.bind(SIGNER));

describe('base 32', () => {
  test('says the same bytes in one way only', () => {
    expect(toBase32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 80 }), (bytes) => {
        expect(fromBase32(toBase32(bytes), bytes.length)).toEqual(new Uint8Array(bytes));
      }),
    );
    // One byte is eight of ten bits: the last two have to be naught.
    expect(fromBase32('AA', 1)).toEqual(new Uint8Array(1));
    expect(fromBase32('AB', 1)).toBeNull();
    for (const text of ['A', 'AAA', 'a0', 'A=', 'A1']) expect(fromBase32(text, 1)).toBeNull();
  });
});

describe('what a receipt’s code says', () => {
  test('is its essentials and the signature of exactly those letters', () => {
    expect(WORDS).toBe(`TAWI:1:${NUMBER}:KES2:845000:LR:0123456789ABCDEF`);
    expect(readProof(CODE).isBy(SIGNER.publicKey)).toBe(true);
    expect(readProof(CODE).isBy(OTHER.publicKey)).toBe(false);
    expect(judged(CODE)).toEqual({
      verdict: 'real',
      told: {
        number: NUMBER,
        officeCode: 'KIS',
        deviceCode: '01',
        businessDate: '2026-11-18',
        currency: { code: 'KES', decimals: 2 },
        amountMinor: 8_450_00,
        kind: 'loanRepayment',
        mark: '0123456789ABCDEF',
      },
    });
    // A scanner may press small letters.
    expect(judged(` ${CODE.toLowerCase()}\r\n`).verdict).toBe('real');
  });

  test('of what an earlier program issued is what it was, and its hash as well', () => {
    expect(receiptCode({ number: NUMBER, hash: HASH })).toBe(`TAWI:${NUMBER}:0123456789abcdef`);
    expect(judged(`TAWI:${NUMBER}:0123456789abcdef`)).toEqual({
      verdict: 'unsigned',
      number: NUMBER,
      mark: '0123456789ABCDEF',
    });
    expect(judged(NUMBER)).toEqual({ verdict: 'unsigned', number: NUMBER, mark: null });
    const sha256 = (text: string): string => text;
    expect(receiptHash({ ...RECEIPT, proof: CODE }, sha256)).toBe(receiptHash(RECEIPT, sha256));
    expect(receiptHash({ ...RECEIPT, journalHead: HASH }, sha256)).not.toBe(receiptHash(RECEIPT, sha256));
  });

  test('is left out, and the receipt given, where a member does not fit', () => {
    expect(wordsToSign({ ...RECEIPT, currency: { code: 'kes', decimals: 2 } })).toBeNull();
    expect(wordsToSign({ ...RECEIPT, hash: '' })).toBeNull();
  });
});

describe('a code that somebody made', () => {
  test('any other letter anywhere is never real', () => {
    for (let at = 0; at < CODE.length; at += 1) {
      const letter = CODE.charAt(at) === 'A' ? 'B' : 'A';
      const { verdict } = judged(CODE.slice(0, at) + letter + CODE.slice(at + 1));
      expect(verdict, `${at}`).not.toBe('real');
    }
    const more = wordsToSign({ ...RECEIPT, amountMinor: 98_450_00 }) ?? '';
    expect(judged(`${more}:${CODE.slice(WORDS.length + 1)}`).verdict).toBe('changed');
  });

  test('cut anywhere is never real', () => {
    for (let length = 0; length < CODE.length; length += 1) expect(judged(CODE.slice(0, length)).verdict).not.toBe('real');
    expect(judged(CODE.slice(0, -1)).verdict).toBe('broken');
    expect(judged(`${CODE}A`).verdict).toBe('broken');
  });

  test('with the signature of another receipt, of another device, or of nobody known', () => {
    const second = wordsToSign({ ...RECEIPT, number: receiptNumberOf('KIS', '01', '2026-11-18', 2) }) ?? '';
    const others = wordsToSign({ ...RECEIPT, hash: 'f'.repeat(64) }) ?? '';
    expect(judged(`${others}:${CODE.slice(WORDS.length + 1)}`).verdict).toBe('changed');
    expect(judged(`${second}:${CODE.slice(WORDS.length + 1)}`).verdict).toBe('changed');
    expect(judged(`${WORDS}:${OTHER.sign(WORDS)}`).verdict).toBe('changed');
    expect(judged(CODE, []).verdict).toBe('unknownDevice');
    expect(judged(CODE, [{ officeCode: 'KIS', deviceCode: '02', publicKey: SIGNER.publicKey }]).verdict).toBe('unknownDevice');
    // A key that is none, beside one that is.
    expect(judged(CODE, [{ officeCode: 'KIS', deviceCode: '01', publicKey: 'A'.repeat(52) }]).verdict).toBe('changed');
    expect(judged(CODE, [{ officeCode: 'KIS', deviceCode: '01', publicKey: '' }, ...KEYS]).verdict).toBe('real');
  });

  test('is newer, broken or none of ours', () => {
    expect(judged(CODE.replace('TAWI:1:', 'TAWI:2:')).verdict).toBe('newer');
    // What a later program gives papers for: a page that was saved before calls none of them broken.
    expect(judged(CODE.replace(':LR:', ':ZZ:')).verdict).toBe('newer');
    expect(judged(CODE.replace(':LR:', ':ZZ:').slice(0, -1)).verdict).toBe('broken');
    expect(judged(WORDS.replace(':845000:', ':0845000:') + CODE.slice(WORDS.length)).verdict).toBe('broken');
    for (const text of ['', ' ', 'https://example.org', '5901234123457', 'ñ'.repeat(50), `${CODE}${' '.repeat(CODE_LENGTH_MOST)}`])
      expect(judged(text).verdict).toBe('notOurs');
    expect(judged('TAWI:').verdict).toBe('broken');
    // Its check character is right, and there is no such day to show.
    const noDay = wordsToSign({ ...RECEIPT, number: receiptNumberOf('KIS', '01', '2026-13-41', 1) }) ?? '';
    expect(judged(`${noDay}:${SIGNER.sign(noDay)}`).verdict).toBe('broken');
    fc.assert(fc.property(fc.string({ maxLength: 500 }), (text) => judged(`TAWI:1:${text}`).verdict !== 'real'));
  });
});

test('a key of RFC 8032 signs as it says there', () => {
  const words = '';
  const known = toBase32(Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex'));
  const signature = toBase32(
    Buffer.from(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
      'hex',
    ),
  );
  expect(SIGNER.fits(words, signature, known)).toBe(true);
  expect(SIGNER.fits(`${words}x`, signature, known)).toBe(false);
});
