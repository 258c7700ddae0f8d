// The schedule on this PC is head office's schedule: every recorded one that is reckoned is equal, row by row, and what is not reckoned is
// refused by name.

import { describe, expect, test } from 'vitest';
import { reckonSchedule } from '../../shared/domain/schedule/reckonSchedule.ts';
import type { LoanTerms } from '../../shared/domain/schedule/terms.ts';
import { compareSchedule } from '../reckon/compareSchedules.ts';
import { ownSchedules } from '../reckon/readCases.ts';
import { tallyOf } from '../reckon/tally.ts';
import { termsOfRecording } from '../reckon/termsOfRecording.ts';

const RECORDED = ownSchedules();
const ANSWERED = RECORDED.filter(({ response }) => response !== undefined);

function termsOf(name: string): LoanTerms {
  const found = RECORDED.find((each) => each.name === name);
  if (found === undefined) throw new Error(`${name} was not recorded`);
  return termsOfRecording(found);
}

function whyOf(terms: LoanTerms): string {
  const reckoned = reckonSchedule(terms);
  return reckoned.ok ? 'reckoned' : reckoned.refusal.facts.why;
}

describe('a schedule', () => {
  test('of every recorded kind is equal to head office, to the last minor unit', () => {
    const tally = tallyOf(ANSWERED as unknown as Parameters<typeof tallyOf>[0]);
    expect(tally.differences).toEqual([]);
    expect(tally.cases).toBe(801);
    expect(tally.reckoned).toBe(782);
    expect([...tally.left]).toEqual([['interestRecalculation', 19]]);
  });

  test('that differs in one minor unit is noticed', () => {
    const [one] = ANSWERED;
    if (one?.response === undefined) throw new Error('something was recorded');
    const periods = one.response.periods.map((period, index) => (index === 2 ? { ...period, interestDue: '303.63' } : period));
    expect(compareSchedule({ ...one, response: { ...one.response, periods } })).toMatchObject({ kind: 'differs' });
  });

  test('adds up: principal is what was lent, rows follow one another, nothing is owed at the end', () => {
    for (const recorded of ANSWERED) {
      const terms = termsOfRecording(recorded);
      const reckoned = reckonSchedule(terms);
      if (!reckoned.ok) continue;
      const { installments, payouts, principalMinor } = reckoned.value;
      expect(installments.at(-1)?.balanceMinor, recorded.name).toBe(0);
      if (terms.currency.multipleOf === 0 && payouts.length > 0)
        expect(principalMinor, recorded.name).toBe(payouts.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
      for (const [index, row] of installments.entries())
        expect(row.dueOn >= (installments[index - 1]?.dueOn ?? row.from), recorded.name).toBe(true);
    }
  });
});

describe('what only head office reckons is refused by name', () => {
  const plain = (): LoanTerms => termsOf('core/decl-ei-same-every1months-n6');

  test('and never guessed', () => {
    expect(whyOf({ ...plain(), interestRecalculated: true })).toBe('interestRecalculation');
    expect(whyOf({ ...plain(), interestMethod: 'flat', equalAmortization: true })).toBe('flatEqualAmortization');
    expect(whyOf({ ...plain(), calendar: { ...plain().calendar, workingDays: [1, 2, 3, 4, 5], offDays: 'sameDay' } })).toBe(
      'offDaysSameDay',
    );
    expect(whyOf({ ...plain(), fixedInstallmentMinor: 1 })).toBe('installmentBelowInterest');
    expect(whyOf({ ...plain(), calendar: { ...plain().calendar, workingDays: [], offDays: 'nextWorkingDay' } })).toBe('neverEnds');
  });

  test('nor are loans that head office itself refused', () => {
    const sundays = termsOf('core/decl-ei-same-every1weeks-n12');
    const never = { ...sundays.calendar, workingDays: [1, 2, 3, 4, 5, 6], offDays: 'nextRepaymentDay' as const };
    expect(whyOf({ ...sundays, firstRepaymentOn: '2024-03-10', calendar: never })).toBe('neverEnds');
    for (const name of ['equalAmortization/flat', 'fixedEmi/less-than-interest']) expect(whyOf(termsOf(name)), name).not.toBe('reckoned');
  });
});
