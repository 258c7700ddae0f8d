// Dates, canonical text, ids, secrets, clocks and name matches: the small words that everything else is said in.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dateFromHeadOffice, daysBetween, isBusinessDate } from '../../shared/kernel/businessDate.ts';
import { canonicalJson, type Json } from '../../shared/kernel/canonicalJson.ts';
import { isLocalId } from '../../shared/kernel/ids.ts';
import { Redacted, reveal } from '../../shared/kernel/redacted.ts';
import { uuidV7 } from '../../shared/kernel/uuidV7.ts';
import { doubtClock } from '../../shared/domain/clock/clockDoubt.ts';
import { fold } from '../../electron/store/search/words.ts';
import { matchRanges } from '../../shared/domain/clients/matchRanges.ts';
import { backoffMs } from '../../shared/domain/commands/backoff.ts';
import { choicesOf } from '../../shared/domain/exceptions/resolution.ts';
import { isPermitted } from '../../shared/domain/access/permissions.ts';

describe('business dates', () => {
  test('days are calendar days', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(daysBetween('2026-10-22', '2026-11-20')).toBe(29);
  });

  test.each(['2026-02-30', '2026-13-01', '20261120', '2026-1-1', '', '2026-11-20T00:00'])('%s is no business date', (text) => {
    expect(isBusinessDate(text)).toBe(false);
  });

  test('head office writes dates as arrays, some resources as text', () => {
    expect(dateFromHeadOffice([2026, 11, 20])).toBe('2026-11-20');
    expect(dateFromHeadOffice('2026-11-20T10:00:00Z')).toBe('2026-11-20');
    for (const odd of [[2026, 2, 30], [2026, 11], ['2026', 11, 20], 20261120, null, {}]) expect(dateFromHeadOffice(odd)).toBeNull();
  });

  test('adding and counting agree', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 20_000 }), (days) => daysBetween('2026-11-20', addDays('2026-11-20', days)) === days),
    );
  });
});

test('canonical text does not depend on the order of members and parses back', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
        expect(canonicalJson(Object.fromEntries(Object.entries(value).reverse()) as Json)).toBe(text);
      }
    }),
  );
});

test('ids are UUIDv7 and sort by their instant', () => {
  const early = uuidV7(1_795_000_000_000, new Uint8Array(10).fill(255));
  const late = uuidV7(1_795_000_000_001, new Uint8Array(10));
  expect(isLocalId(early)).toBe(true);
  expect(early < late).toBe(true);
  expect(isLocalId(early.toUpperCase())).toBe(false);
});

test('a secret does not show in texts', () => {
  const secret = new Redacted('hunter2');
  expect(`${String(secret)} ${JSON.stringify({ secret })}`).not.toContain('hunter2');
  expect(Object.values(secret)).toEqual([]);
  expect(reveal(secret)).toBe('hunter2');
});

describe('clock doubt', () => {
  const at = (now: number, monotonicMs: number) => ({ now, monotonicMs });
  test('a clock that keeps pace is not doubted, however long the PC slept', () => {
    expect(doubtClock(at(10_000_000, 9_000_000), at(1_000_000, 0), 900_000)).toBeNull();
  });
  test('a jump against the monotonic counter of more than 15 minutes is noticed in both directions', () => {
    expect(doubtClock(at(2_000_000, 1_000), at(1_000_000, 0), null)).toMatchObject({ kind: 'jumpedAhead' });
    expect(doubtClock(at(1_000_000, 1_000), at(2_000_000, 0), null)).toMatchObject({ kind: 'wentBack' });
    expect(doubtClock(at(1_000_000 + 14 * 60_000, 0), at(1_000_000, 0), null)).toBeNull();
  });
  test('a clock behind the newest fact on disk went back while the PC was off', () => {
    expect(doubtClock(at(1_000_000, 0), null, 2_000_000)).toEqual({ kind: 'wentBack', byMs: 1_000_000, lastInstant: 2_000_000 });
  });
});

test('the matched letters of a name are found in any order, without case or marks', () => {
  expect(matchRanges('Mary Nekesa Wafula', 'waf mar', fold)).toEqual([
    [0, 3],
    [12, 15],
  ]);
  expect(matchRanges('José Peña', 'pen', fold)).toEqual([[5, 8]]);
  expect(matchRanges('Mary', 'ary', fold)).toEqual([]);
  // Letters that are written in two, and those of another script.
  expect(matchRanges('Hans Groß', 'gross', fold)).toEqual([[5, 9]]);
  expect(matchRanges('Ɓala Ɗan', 'dan ba', fold)).toEqual([
    [0, 2],
    [5, 8],
  ]);
  expect(matchRanges('Фатима', 'fat', fold)).toEqual([[0, 3]]);
});

test('pauses double to a ceiling and never stop', () => {
  expect(backoffMs(1, 0)).toBe(1_000);
  expect(backoffMs(1, 0.999)).toBeLessThanOrEqual(2_000);
  expect(backoffMs(1_000, 0.5)).toBeLessThanOrEqual(300_000);
  expect(backoffMs(0, 0)).toBeGreaterThan(0);
});

test('impossible resolutions stay, with the reason', () => {
  const choices = choicesOf({
    commandKind: 'savingsWithdrawal',
    exceptionKind: 'refused',
    earlier: null,
    childrenStay: false,
    orphan: false,
    existing: 0,
    candidates: 0,
    suspenseReady: false,
    drawerOpen: false,
    cash: true,
    dayOpen: true,
  });
  expect(choices.map((choice) => [choice.resolution, choice.whyNot])).toEqual([
    ['resubmit', null],
    ['reverse', 'resolution.drawerNotOpen'],
    ['suspend', 'resolution.noSuspenseAccount'],
    ['recognise', 'resolution.noCandidate'],
  ]);
});

test('rights come from head office, and ALL_FUNCTIONS grants everything', () => {
  expect(isPermitted('loan.repayment.take', new Set(['REPAYMENT_LOAN']))).toBe(true);
  expect(isPermitted('exception.resolve', new Set(['REPAYMENT_LOAN', 'CREATE_JOURNALENTRY']))).toBe(false);
  expect(isPermitted('headOffice.prepare', new Set(['ALL_FUNCTIONS']))).toBe(true);
});
