// What head office takes on top of a withdrawal, and what is left to hand over when it does.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chargesWith, mostToPayOut, withdrawalFee, type WithdrawalCharge } from '../../shared/domain/savings/withdrawalFee.ts';

const flat = (amountMinor: number, sometimes = false): WithdrawalCharge => ({ kind: 'flat', amountMinor, sometimes });
const share = (percentMillionths: number, sometimes = false): WithdrawalCharge => ({ kind: 'share', percentMillionths, sometimes });

describe('the fee', () => {
  test.each<[string, readonly WithdrawalCharge[], number, number, boolean]>([
    ['no charge', [], 50_000, 0, true],
    ['a flat one', [flat(2_000)], 50_000, 2_000, true],
    ['one and a half percent, even', [share(1_500_000)], 50_000, 750, true],
    ['a third of a cent too much is the next cent, and said so', [share(1_000_000)], 33_333, 334, false],
    ['six digits of a percentage are all kept', [share(1)], 100_000_000, 1, true],
    ['both at once', [flat(2_000), share(1_000_000)], 50_000, 2_500, true],
    ['free now and then: counted, not certain', [flat(2_000, true)], 50_000, 2_000, false],
    ['a charge of nothing that is free now and then is certain', [flat(0, true)], 50_000, 0, true],
    ['large sums stay exact', [share(333_333)], 9_007_199_254_740_991, 30_023_967_491_806, false],
  ])('%s', (_, charges, amountMinor, minor, sure) => {
    expect(withdrawalFee(charges, amountMinor)).toEqual({ minor, sure });
  });
});

describe('a fee that is limited to one way of paying', () => {
  const ofAnyWay: WithdrawalCharge = { ...flat(2_000), definition: 3 };
  const byPhone: WithdrawalCharge = { ...flat(3_500), definition: 5 };
  const fromBefore = flat(100);

  test.each<[string, (definition: number) => boolean | null, number, boolean]>([
    ['counts with that way', () => true, 5_600, true],
    ['and with no other', (definition) => definition !== 5, 2_100, true],
    ['is counted, and not certain, where its definition is not known', (definition) => (definition === 5 ? null : true), 5_600, false],
  ])('%s', (_, isTaken, minor, sure) => {
    expect(withdrawalFee(chargesWith([ofAnyWay, byPhone, fromBefore], isTaken), 50_000)).toEqual({ minor, sure });
  });
});

describe('what may be handed over', () => {
  test.each<[string, readonly WithdrawalCharge[], number, number]>([
    ['all of it without a charge', [], 200_000, 200_000],
    ['all but the flat fee', [flat(2_000)], 200_000, 198_000],
    ['nothing where the fee takes it all', [flat(2_000)], 1_500, 0],
    ['what is lacking stays lacking', [flat(2_000)], -1_500, -1_500],
    ['a share of what is handed over, not of what is there', [share(1_000_000)], 101_000, 100_000],
  ])('%s', (_, charges, withdrawable, most) => {
    expect(mostToPayOut(charges, withdrawable)).toBe(most);
  });

  test('it and its fee fit into what is there, and one minor unit more would not', () => {
    const anyCharge = fc.oneof(
      fc.record({ kind: fc.constant('flat' as const), amountMinor: fc.integer({ min: 0, max: 5_000 }), sometimes: fc.boolean() }),
      fc.record({
        kind: fc.constant('share' as const),
        percentMillionths: fc.integer({ min: 0, max: 20_000_000 }),
        sometimes: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(fc.array(anyCharge, { maxLength: 3 }), fc.integer({ min: 1, max: 10_000_000 }), (charges, withdrawable) => {
        const most = mostToPayOut(charges, withdrawable);
        const withFee = (amountMinor: number): number => amountMinor + withdrawalFee(charges, amountMinor).minor;
        expect(most === 0 || withFee(most) <= withdrawable).toBe(true);
        expect(withFee(most + 1)).toBeGreaterThan(withdrawable);
      }),
    );
  });
});
