// Payloads of older programs: read in today's shape, whatever version they were written in, and never guessed at.
import { expect, test } from 'vitest';
import { COMMAND_KINDS, kindOf } from '../../shared/domain/commands/kinds/allKinds.ts';
import { liftPayload, type PayloadLift } from '../../shared/domain/commands/liftPayload.ts';

const PAYLOAD_VERSION = kindOf('loanRepayment').version;
const TODAY = { kind: 'loanRepayment', amountMinor: 12_300 };
const FROM_TWO_BEFORE: readonly PayloadLift[] = [
  { from: PAYLOAD_VERSION - 1, lift: ({ cents, ...rest }) => ({ ...rest, amountMinor: cents }) },
  { from: PAYLOAD_VERSION - 2, lift: ({ sum, ...rest }) => ({ ...rest, cents: Number(sum) * 100 }) },
];

test("I11: today's payload is read as it stands", () => {
  expect(liftPayload(TODAY, PAYLOAD_VERSION)).toEqual(TODAY);
});

test('I11: an older one goes through every version in between, whatever order the steps are listed in', () => {
  expect(liftPayload({ kind: 'loanRepayment', cents: 12_300 }, PAYLOAD_VERSION - 1, FROM_TWO_BEFORE)).toEqual(TODAY);
  expect(liftPayload({ kind: 'loanRepayment', sum: 123 }, PAYLOAD_VERSION - 2, FROM_TWO_BEFORE)).toEqual(TODAY);
});

test('one that nothing leads from, and one of a newer program, is not guessed at', () => {
  expect(liftPayload(TODAY, PAYLOAD_VERSION - 3, FROM_TWO_BEFORE)).toBeNull();
  expect(liftPayload(TODAY, PAYLOAD_VERSION + 1, FROM_TWO_BEFORE)).toBeNull();
});

test.each(COMMAND_KINDS)('every version of %s that was released can be read today', (name) => {
  const { lifts, version } = kindOf(name);
  expect(lifts.map(({ from }) => from).sort((one, other) => one - other)).toEqual(
    Array.from({ length: version - 1 }, (_, index) => index + 1),
  );
});
