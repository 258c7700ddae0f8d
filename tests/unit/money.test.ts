// Sums are whole minor units: laws for text and sums, for any currency's digits.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalToMinor, minorToDecimal, sumMinor } from '../../shared/kernel/money.ts';

const minor = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
const decimals = fc.integer({ min: 0, max: 4 });

describe('decimal text and minor units', () => {
  test('there and back is the same sum', () => {
    fc.assert(fc.property(minor, decimals, (amount, digits) => decimalToMinor(minorToDecimal(amount, digits), digits) === amount));
  });

  test.each([
    ['2550.5', 2, 255_050],
    ['2550.50', 2, 255_050],
    ['2550.500', 2, 255_050],
    ['0.1', 2, 10],
    ['-7', 0, -7],
    ['1.234', 3, 1_234],
  ])('%s with %i digits is %i', (text, digits, expected) => {
    expect(decimalToMinor(text, digits)).toBe(expected);
  });

  test.each([
    ['1.005', 2],
    ['1e3', 2],
    ['1,000', 2],
    ['', 2],
    ['.5', 2],
    ['1.5', 0],
    ['99999999999999999', 2],
    ['NaN', 2],
    ['0x10', 0],
  ])('%s with %i digits is refused', (text, digits) => {
    expect(decimalToMinor(text, digits)).toBeNull();
  });

  test('a sum that leaves the whole numbers is a fault', () => {
    expect(() => sumMinor([Number.MAX_SAFE_INTEGER, 1])).toThrow();
    expect(() => sumMinor([0.1])).toThrow();
  });
});
