// What may be held of a savings account, and which hold may be let go.

import { describe, expect, it } from 'vitest';
import { isSavingsHold } from '../../shared/domain/commands/kinds/savingsHold.ts';
import { kindOf } from '../../shared/domain/commands/kinds/allKinds.ts';
import { HOLD_REASON_MAX, mayHold, mayRelease, type HoldFacts } from '../../shared/domain/savings/hold.ts';
import { markedHold, readHeldFor } from '../../electron/fineract/commands/wording.ts';
import type { CommandToSend } from '../../electron/ports/headOffice.ts';

const facts: HoldFacts = {
  status: 'active',
  ownerActive: true,
  amountMinor: 10_000,
  availableMinor: 50_000,
  overdraftMinor: 0,
  disputed: false,
  reason: 'surety',
};

const codeOf = (answer: ReturnType<typeof mayHold> | ReturnType<typeof mayRelease>): string => (answer.ok ? 'may' : answer.refusal.code);

describe('holding money', () => {
  it.each([
    ['as much as is available', { amountMinor: 50_000 }, 'may'],
    ['a unit more', { amountMinor: 50_001 }, 'hold.exceedsAvailable'],
    ['nothing out of an overdraft', { amountMinor: 30_001, overdraftMinor: 20_000 }, 'hold.exceedsAvailable'],
    ['on a blocked account, as head office does', { status: 'blocked' }, 'may'],
    ['not on one that waits', { status: 'approved' }, 'savings.notActive'],
    ['not on one that is closed', { status: 'closed' }, 'savings.notActive'],
    ['not for somebody who left', { ownerActive: false }, 'savings.notActive'],
    ['not on what is disputed', { disputed: true }, 'savings.disputed'],
    ['not without words', { reason: '  a ' }, 'savings.reasonNeeded'],
  ] as const)('%s', (_, change, code) => {
    expect(codeOf(mayHold({ ...facts, ...change }))).toBe(code);
  });

  it('says how much may be', () => {
    expect(mayHold({ ...facts, amountMinor: 60_000, overdraftMinor: 20_000 })).toMatchObject({
      refusal: { facts: { availableMinor: 30_000 } },
    });
    expect(mayHold({ ...facts, availableMinor: -5 })).toMatchObject({ refusal: { facts: { availableMinor: 0 } } });
  });
});

describe('letting go', () => {
  it.each([
    ['held', 'the paper came', 'may'],
    ['held', '', 'savings.reasonNeeded'],
    ['lettingGo', 'the paper came', 'hold.lettingGo'],
    ['refused', 'the paper came', 'hold.refusedThere'],
    [null, 'the paper came', 'hold.unknown'],
  ] as const)('of what is %s with "%s": %s', (state, reason, code) => {
    expect(codeOf(mayRelease(state, reason))).toBe(code);
  });
});

describe('the reason of a hold at head office', () => {
  const commandId = '01a1f755-3b72-7a0f-9f6c-b42fa5a70b62';
  const command = (id: string) => ({ commandId: id }) as CommandToSend;

  it('carries the words and the mark in its hundred characters, whatever stands in the words', () => {
    for (const id of [commandId, `${commandId}~12`])
      for (const words of ['surety', 'x'.repeat(HOLD_REASON_MAX), 'see [Tawi, the paper]']) {
        const text = markedHold(command(id), words);
        expect(text.length).toBeLessThanOrEqual(100);
        expect(readHeldFor(text)).toEqual({ mark: id, words });
      }
  });

  it('of somebody else is words alone, and empty is none', () => {
    expect(readHeldFor('Held by another office')).toEqual({ mark: null, words: 'Held by another office' });
    expect(readHeldFor(' ')).toEqual({ mark: null, words: null });
    expect(readHeldFor(null)).toEqual({ mark: null, words: null });
  });
});

it('said anew, a hold keeps its sum and has other words, none of them too long; another day is a new submission’s', () => {
  const chapter = kindOf('savingsHold');
  const payload = {
    kind: 'savingsHold',
    holdId: '01a1f755-3b72-7a0f-9f6c-b42fa5a70b62',
    savingsId: '01a1f755-3b72-7a0f-9f6c-b42fa5a70b63',
    heldOn: '2026-11-20',
    amountMinor: 10_000,
    currency: 'KES',
    decimals: 2,
    reason: 'surety',
  } as const;
  expect(chapter.edit(payload, { reason: 'x'.repeat(HOLD_REASON_MAX + 1) })).toBeNull();
  expect(chapter.edit(payload, { reason: ' a' })).toBeNull();
  expect(chapter.edit(payload, { reason: 'a dispute' })).toEqual({ ...payload, reason: 'a dispute' });
  const later = chapter.submittedAs?.(payload, { marks: 0, postedOn: '2026-11-21' });
  expect(later !== undefined && isSavingsHold(later) ? later.heldOn : null).toBe('2026-11-21');
});
