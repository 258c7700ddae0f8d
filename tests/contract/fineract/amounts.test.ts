// Amounts and dates on their way in and out: digit by digit, never through a binary fraction.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addPeriod } from '../../../electron/fineract/dates.ts';
import { ExactNumber, plainDecimal } from '../../../electron/fineract/exactNumber.ts';
import { jsonText } from '../../../electron/fineract/jsonText.ts';
import { amountMinor, amountToHeadOffice, exactMinor } from '../../../electron/fineract/money.ts';
import { readBody } from '../../../electron/fineract/readBody.ts';

function read(number: string): unknown {
  const body = readBody(`{"amount": ${number}}`);
  return body.kind === 'object' ? body.value['amount'] : undefined;
}

describe('reading amounts', () => {
  it.each<[string, number, number | null]>([
    ['12000.000000', 2, 1_200_000],
    ['3151.49', 2, 315_149],
    ['0.1', 2, 10],
    ['1E+3', 2, 100_000],
    ['1.5E+1', 2, 1500],
    ['0E-7', 2, 0],
    ['2.55E-1', 3, 255],
    ['-20.50', 2, -2050],
    ['9007199254740993', 0, null],
    ['90071992547409.93', 2, null],
    ['70368744177.43', 2, 7_036_874_417_743],
    ['100', 0, 100],
    ['33.333333', 2, null],
    ['1e400', 2, null],
  ])('%s with %i places', (text, decimals, minor) => {
    expect(exactMinor(read(text), decimals)).toBe(minor);
  });

  it.each<[string, number]>([
    ['33.333333', 3333],
    ['33.335', 3334],
    ['33.345', 3334],
    ['33.3450001', 3335],
    ['-33.335', -3334],
    ['-33.345', -3334],
    ['0.004', 0],
    ['-0.004', 0],
    ['99.999', 10_000],
  ])('rounds %s half to even for showing only', (text, minor) => {
    expect(amountMinor(read(text), 2)).toBe(minor);
    expect(exactMinor(read(text), 2)).toBeNull();
  });

  it.each([['"abc"'], ['null'], ['true'], ['[1]'], ['{}'], ['"1,234.50"'], ['""']])('%s is no amount', (text) => {
    expect(amountMinor(read(text), 2)).toBeNull();
  });

  it('gives back every amount it writes, in any currency', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), fc.integer({ min: 0, max: 4 }), (minor, decimals) => {
        const text = jsonText({ amount: amountToHeadOffice(minor, decimals) });
        const body = readBody(text);
        expect(body.kind === 'object' && exactMinor(body.value['amount'], decimals)).toBe(minor);
      }),
    );
  });

  it('reads what is written, however many digits it has', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 }).map((each) => each.join(''));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), digits, (whole, fraction) => {
        const exact = BigInt(whole) * 10n ** BigInt(fraction.length) + BigInt(fraction);
        const expected = exact <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(exact) : null;
        expect(exactMinor(read(`${whole}.${fraction}`), fraction.length)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('moves only the point of what is written with an exponent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: -12, max: 12 }), (digits, exponent) => {
        expect(Number(plainDecimal(`${digits}E${exponent}`))).toBe(Number(`${digits}E${exponent}`));
      }),
    );
    expect(plainDecimal('1e999')).toBeNull();
    expect(plainDecimal('NaN')).toBeNull();
  });
});

describe('writing bodies', () => {
  it('writes an amount as the number it is', () => {
    expect(jsonText({ transactionAmount: amountToHeadOffice(255_050, 2), locale: 'en' })).toBe(
      '{"transactionAmount":2550.50,"locale":"en"}',
    );
  });

  it('leaves out what is not there, and is JSON', () => {
    const text = jsonText({ a: undefined, b: [1, 'x"\n', null, true], c: { d: new ExactNumber('0.30') } });
    expect(text).toBe('{"b":[1,"x\\"\\n",null,true],"c":{"d":0.30}}');
    expect(() => void JSON.parse(text)).not.toThrow();
  });

  it('refuses a number that is not one', () => {
    expect(() => jsonText({ a: 0.1 })).toThrow();
    expect(() => jsonText({ a: Number.NaN })).toThrow();
    expect(() => jsonText({ a: new ExactNumber('1,5') })).toThrow();
  });
});

describe('periods', () => {
  it.each<[string, number, number, string | null]>([
    ['2026-01-31', 1, 2, '2026-02-28'],
    ['2024-02-29', 1, 3, '2025-02-28'],
    ['2026-11-20', 3, 2, '2027-02-20'],
    ['2026-12-01', 1, 2, '2027-01-01'],
    ['2026-11-20', 2, 1, '2026-12-04'],
    ['2026-11-20', 15, 0, '2026-12-05'],
    ['2026-11-20', 1, 9, null],
  ])('%s and %i of type %i', (from, count, type, until) => {
    expect(addPeriod(from, count, type)).toBe(until);
  });
});
