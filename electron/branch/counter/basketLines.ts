// What the lines of a basket have to be together, whichever way the money goes: of one client, each of another account, of one currency. A
// refusal that belongs to a line names it, and then nothing of the basket is recorded.

import type { Refusal } from '../../../shared/contract/define.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { AMOUNT_MINOR_MAX, sumMinor } from '../../../shared/kernel/money.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import type { Payer } from '../../journal/payerOf.ts';
import type { OperationLine } from './recordOperation.ts';

export interface WeighedLine {
  readonly line: OperationLine;
  readonly payer: Payer;
}

type BasketRefusal = 'basket.notTheirs' | 'basket.accountTwice' | 'basket.currencies';

export function basketLines<Code extends string>(
  clientId: LocalId,
  weighed: readonly Result<WeighedLine, Refusal<Code>>[],
): Result<readonly OperationLine[], Refusal<Code | BasketRefusal>> {
  const lines: OperationLine[] = [];
  for (const [index, each] of weighed.entries()) {
    if (!each.ok) return refuse(ofLine(each.refusal, index));
    const { line } = each.value;
    if (each.value.payer.clientId !== clientId) return refuse(ofLine({ code: 'basket.notTheirs' }, index));
    // Each line says what its account is worth after it: a second one on the same account would have to know of the first.
    if (lines.some(({ account }) => account.id === line.account.id)) return refuse(ofLine({ code: 'basket.accountTwice' }, index));
    if (lines.some(({ account }) => account.currency.code !== line.account.currency.code))
      return refuse(ofLine({ code: 'basket.currencies' }, index));
    lines.push(line);
  }
  return ok(lines);
}

/** Whole minor units; null where the sum leaves what a receipt can say. */
export function totalOf(lines: readonly { readonly amountMinor: number }[]): number | null {
  const totalMinor = sumMinor(lines.map(({ amountMinor }) => amountMinor));
  return totalMinor > AMOUNT_MINOR_MAX ? null : totalMinor;
}

function ofLine<Code extends string>(refusal: Refusal<Code>, index: number): Refusal<Code> {
  return { ...refusal, facts: { ...refusal.facts, line: index + 1 } };
}
