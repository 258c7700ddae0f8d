// Control limits of a person's drawers, by hand: mean, and 2.66 mean moving ranges to either side.

import { expect, test } from 'vitest';
import { controlLimits, isOutside } from '../../shared/domain/cash/overShort.ts';

test('there are none before eight drawers', () => {
  expect(controlLimits([])).toBeNull();
  expect(controlLimits([0, -100, 0, 0, 50, 0, 0])).toBeNull();
});

test('they are the mean and 2.66 mean moving ranges', () => {
  // Moving ranges 100, 100, 0, 200, 200, 0, 0: 600 / 7; 2.66 times that is 228. The mean is 100 / 8.
  expect(controlLimits([0, -100, 0, 0, 200, 0, 0, 0])).toEqual({ middleMinor: 13, lowMinor: -215, highMinor: 241 });
});

test('a habit moves the middle and is no event; what leaves the limits is one; a right drawer never is', () => {
  const habit = controlLimits([-500, -510, -490, -500, -505, -495, -500, -500]);
  expect(isOutside(-505, habit)).toBe(false);
  expect(isOutside(-5_000, habit)).toBe(true);
  expect(isOutside(0, habit)).toBe(false);
  expect(isOutside(-5_000, null)).toBe(false);
});
