// The program of last year, as far as it differs: it wrote payloads in another shape, called version 0 here. No such program was released;
// it stands for every one that will have been, so that an update in mid-run finds commands waiting that today's program did not write.
// Its payloads are read as production reads old ones: lifted, never rewritten.

import type { CommandPayload } from '../../shared/domain/commands/command.ts';
import type { CounterMoney } from '../../shared/domain/commands/kinds/counterMoney.ts';
import type { PayloadLift, StoredPayload } from '../../shared/domain/commands/liftPayload.ts';

export const LAST_YEARS_VERSION = 0;

interface LastYearsPayload {
  readonly amount: string;
  readonly day: number;
  readonly paidBy?: number;
  readonly paper?: StoredPayload;
  readonly marked?: true;
}

/** A fact without money was written as it is today. Amounts were decimal text, days were one number, the way of paying lay flat, and a missing marker was the absence of a word. */
function lowered(payload: CommandPayload): StoredPayload {
  if (!('amountMinor' in payload) || !('transactionDate' in payload)) return { ...payload } as unknown as StoredPayload;
  const digits = String(payload.amountMinor).padStart(payload.decimals + 1, '0');
  const cut = digits.length - payload.decimals;
  const last: LastYearsPayload = {
    amount: payload.decimals === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`,
    day: Number(payload.transactionDate.replaceAll('-', '')),
    ...('payment' in payload ? paidLastYear(payload) : {}),
  };
  const {
    amountMinor: _amount,
    transactionDate: _date,
    payment: _payment,
    markers: _markers,
    ...same
  } = { ...payload } as unknown as StoredPayload;
  return { ...same, ...last };
}

function paidLastYear({ payment: { paymentTypeId, ...paper }, markers }: CounterMoney) {
  return { paidBy: paymentTypeId, paper, ...(markers === 'strong' ? { marked: true as const } : {}) };
}

function lift(stored: StoredPayload): StoredPayload {
  if (stored['amount'] === undefined) return stored;
  const { amount, day, paidBy, paper, marked } = stored as unknown as LastYearsPayload;
  const date = String(day);
  const { amount: _amount, day: _day, paidBy: _paidBy, paper: _paper, marked: _marked, ...same } = stored;
  return {
    ...same,
    amountMinor: Number(amount.replace('.', '')),
    transactionDate: `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`,
    ...(paidBy === undefined ? {} : { payment: { ...paper, paymentTypeId: paidBy }, markers: marked === true ? 'strong' : 'weak' }),
  };
}

export const LIFTS_SINCE_LAST_YEAR: readonly PayloadLift[] = [{ from: LAST_YEARS_VERSION, lift }];

/** What last year's program bound to the statement that records a command. */
export function asWrittenLastYear(sql: string, values: readonly unknown[]): readonly unknown[] {
  const columns = /^INSERT INTO journal_commands \(([^)]*)\)/i
    .exec(sql)?.[1]
    ?.split(',')
    .map((column) => column.trim().replaceAll('"', ''));
  if (columns === undefined) return values;
  return values.map((value, at) => {
    if (columns[at] === 'payload') return JSON.stringify(lowered(JSON.parse(String(value)) as CommandPayload));
    return columns[at] === 'payload_version' ? LAST_YEARS_VERSION : value;
  });
}
