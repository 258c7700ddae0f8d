// Confirmed plus unfinished, each counted once.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reconcileLoan, reconcileSavings, type EffectOnAccount } from '../../shared/domain/accounts/reconcile.ts';
import { expectedMinorOf } from '../../shared/domain/cash/drawerIdentity.ts';

const confirmed = { ledgerMinor: 1_198_000, onHoldMinor: 0, guaranteeHeldMinor: 600_000, minimumMinor: 0, overdraftMinor: 0 };
const effect = (deltaMinor: number, change: Partial<EffectOnAccount> = {}): EffectOnAccount => ({
  deltaMinor,
  feeMinor: 0,
  standing: 'counts',
  included: false,
  ...change,
});
const anyEffect = fc.record({
  deltaMinor: fc.integer({ min: -1_000_000, max: 1_000_000 }),
  feeMinor: fc.integer({ min: 0, max: 1_000 }),
  standing: fc.constantFrom('counts', 'disputed', 'dropped', 'retired'),
  included: fc.boolean(),
});

describe('savings', () => {
  test('I6: an unfinished deposit stands on top of the confirmed balance', () => {
    expect(reconcileSavings(confirmed, [effect(50_000)])).toMatchObject({
      ledgerMinor: 1_248_000,
      heldMinor: 600_000,
      availableMinor: 648_000,
      confirmedAvailableMinor: 598_000,
      unfinishedMinor: 50_000,
      unfinishedCount: 1,
    });
  });

  test('I6: what the confirmed row contains already is not counted twice, and what was dropped or retired not at all', () => {
    expect(
      reconcileSavings(confirmed, [
        effect(50_000, { included: true }),
        effect(-9, { standing: 'dropped' }),
        effect(-9, { standing: 'retired' }),
      ]),
    ).toMatchObject({ ledgerMinor: 1_198_000, unfinishedCount: 0 });
  });

  test('the fee of a withdrawal leaves the account with it, disputed or not', () => {
    expect(reconcileSavings(confirmed, [effect(-50_000, { feeMinor: 2_000 })])).toMatchObject({
      ledgerMinor: 1_146_000,
      availableMinor: 546_000,
      unfinishedMinor: -52_000,
      unfinishedCount: 1,
    });
    expect(reconcileSavings(confirmed, [effect(-50_000, { feeMinor: 2_000, standing: 'disputed' })]).availableMinor).toBe(546_000);
    expect(reconcileSavings(confirmed, [effect(-50_000, { feeMinor: 2_000, included: true })]).ledgerMinor).toBe(1_198_000);
  });

  test('a disputed deposit is seen but is no money to pay out; a disputed withdrawal still binds', () => {
    const view = reconcileSavings(confirmed, [effect(50_000, { standing: 'disputed' }), effect(-30_000, { standing: 'disputed' })]);
    expect(view).toMatchObject({ ledgerMinor: 1_218_000, availableMinor: 568_000, disputed: true });
  });

  test('pulling an effect in never changes the provisional ledger', () => {
    fc.assert(
      fc.property(fc.array(anyEffect, { maxLength: 20 }), (effects) => {
        const before = reconcileSavings(confirmed, effects);
        const pulled = effects
          .filter((one) => !one.included && (one.standing === 'counts' || one.standing === 'disputed'))
          .reduce((sum, one) => sum + one.deltaMinor - one.feeMinor, 0);
        const after = reconcileSavings(
          { ...confirmed, ledgerMinor: confirmed.ledgerMinor + pulled },
          effects.map((one) => ({ ...one, included: true })),
        );
        expect(after.ledgerMinor).toBe(before.ledgerMinor);
        expect(after.unfinishedCount).toBe(0);
      }),
    );
  });
});

describe('loans', () => {
  test('repayments lower what is owed and then show as overpaid', () => {
    expect(reconcileLoan({ outstandingMinor: 100_000, overpaidMinor: 0 }, [effect(-60_000)])).toMatchObject({
      outstandingMinor: 40_000,
      overpaidMinor: 0,
      unfinishedMinor: 60_000,
    });
    expect(reconcileLoan({ outstandingMinor: 100_000, overpaidMinor: 0 }, [effect(-60_000), effect(-60_000)])).toMatchObject({
      outstandingMinor: 0,
      overpaidMinor: 20_000,
    });
  });
});

test('I7: the drawer is opening + allocated + taken - paid - settled', () => {
  expect(expectedMinorOf({ openingMinor: 5_000, allocatedMinor: 100, takenMinor: 700, paidMinor: 250, settledMinor: 50 })).toBe(5_500);
});
