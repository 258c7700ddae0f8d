// How a command ended that head office holds nothing of.
import { expect, test } from 'vitest';
import { closedAs } from '../../shared/domain/commands/closedAs.ts';

test.each([
  ['resolved', 'reversed', 'reversed'],
  ['resolved', 'suspended', 'suspended'],
  ['resolved', 'recognised', null],
  ['withdrawn', 'declined', 'withdrawn'],
  ['withdrawn', 'voided', 'reversed'],
  ['accepted', 'posted', null],
  ['rejected', 'rejected', null],
] as const)('%s, %s', (state, why, expected) => {
  expect(closedAs(state, why)).toBe(expected);
});
