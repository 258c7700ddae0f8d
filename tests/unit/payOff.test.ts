// What paying off takes, and who says so. The figures are those of a real loan whose interest is reckoned anew (fineract-observed 5).

import { describe, expect, test } from 'vitest';
import { payOffOf } from '../../shared/domain/loans/payOff.ts';

const facts = {
  needsServerReckoning: true,
  confirmedOutstandingMinor: 3_324_308,
  outstandingMinor: 3_324_308,
  unfinishedCount: 0,
  quote: { onDate: '2026-11-28', payOffMinor: 3_165_699, outstandingMinor: 3_324_308, askedAt: 7 },
  businessDate: '2026-11-28',
};

describe('paying off', () => {
  test('takes the balance where it is reckoned here', () => {
    expect(payOffOf({ ...facts, needsServerReckoning: false })).toEqual({ minor: 3_324_308, known: 'here', askedAt: null });
  });

  test('takes what head office says, for the day it was asked for and while nothing happened since', () => {
    expect(payOffOf(facts)).toEqual({ minor: 3_165_699, known: 'headOffice', askedAt: 7 });
    const bound = { minor: 3_324_308, known: 'upperBound', askedAt: null };
    expect(payOffOf({ ...facts, quote: null })).toEqual(bound);
    expect(payOffOf({ ...facts, businessDate: '2026-11-29' })).toEqual(bound);
    expect(payOffOf({ ...facts, confirmedOutstandingMinor: 3_324_307 })).toEqual(bound);
    expect(payOffOf({ ...facts, outstandingMinor: 3_300_000, unfinishedCount: 1 })).toMatchObject({
      minor: 3_300_000,
      known: 'upperBound',
    });
  });
});
