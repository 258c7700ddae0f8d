// The number that people read aloud: its check character finds every single error and every swap of neighbours.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCharacterOf, isReceiptNumber, receiptNumberOf } from '../../shared/domain/receipts/receiptNumber.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const FROZEN = ['Y', 'U', 'C'];
const number = fc
  .tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 28 }))
  .map(([device, sequence, day]) =>
    receiptNumberOf('KTL', String(device).padStart(2, '0'), `2026-11-${String(day).padStart(2, '0')}`, sequence),
  );

describe('receipt numbers', () => {
  test('I8: they read OFFICE-DD-YYMMDD-NNNN-C and sort by sequence', () => {
    expect(receiptNumberOf('KTL', '02', '2026-11-20', 37)).toMatch(/^KTL-02-261120-0037-[0-9A-Z]$/);
    expect(receiptNumberOf('KTL', '02', '2026-11-20', 10_000)).toMatch(/^KTL-02-261120-10000-[0-9A-Z]$/);
  });

  test('a number written by hand on paper keeps its check character for ever', () => {
    // Frozen: these were printed, and a change of the rule would make true receipts look false.
    expect(
      ['KTL-02-261120-0037', 'KTL-02-261120-0038', 'BGM-11-270101-0001'].map((text) => checkCharacterOf(text.replaceAll('-', ''))),
    ).toEqual(FROZEN);
  });

  test('any single wrong character is noticed', () => {
    fc.assert(
      fc.property(number, fc.nat(), fc.nat(35), (text, where, letter) => {
        const places = Array.from(text, (character, at) => ({ character, at })).filter(({ character }) => character !== '-');
        const place = places[where % places.length];
        if (place === undefined) return;
        const wrong = ALPHABET.charAt(letter);
        fc.pre(wrong !== place.character);
        expect(isReceiptNumber(text.slice(0, place.at) + wrong + text.slice(place.at + 1))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  test('any swap of neighbours is noticed', () => {
    fc.assert(
      fc.property(number, fc.nat(), (text, where) => {
        const plain = text.replaceAll('-', '');
        const at = where % (plain.length - 1);
        fc.pre(plain[at] !== plain[at + 1]);
        const swapped = plain.slice(0, at) + plain.charAt(at + 1) + plain.charAt(at) + plain.slice(at + 2);
        const written = `${swapped.slice(0, 3)}-${swapped.slice(3, 5)}-${swapped.slice(5, 11)}-${swapped.slice(11, -1)}-${swapped.slice(-1)}`;
        expect(isReceiptNumber(written)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  test('codes that do not fit are a fault', () => {
    expect(() => receiptNumberOf('kitale', '02', '2026-11-20', 1)).toThrow();
    expect(() => receiptNumberOf('KTL', '2', '2026-11-20', 1)).toThrow();
    expect(() => receiptNumberOf('KTL', '02', '2026-11-20', 0)).toThrow();
  });
});
