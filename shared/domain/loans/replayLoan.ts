// A loan's payments, replayed one after the other over its schedule, as head office does whenever one comes, goes or is put in before another
// (contract 8.7; fineract-observed 6, point 12). Each strategy says what a payment serves that is late for an instalment, on its day or before it.

import { assert } from '../../kernel/assert.ts';
import type { BusinessDate } from '../../kernel/businessDate.ts';
import { ORDER_BY_STRATEGY, type LoanPart } from './allocateRepayment.ts';

export type Parts = Readonly<Record<LoanPart, number>>;

export interface ReplayedInstalment {
  readonly number: number;
  readonly dueOn: BusinessDate;
  readonly due: Parts;
}

export interface LoanEvent {
  readonly id: number;
  readonly kind: 'payment' | 'interestWaiver';
  readonly on: BusinessDate;
  readonly amountMinor: number;
}

/** A fee or penalty that has a day of its own; which of them have come due decides what is served before an instalment's day. */
export interface DueCharge {
  /** Null: a part of it with each instalment. */
  readonly on: BusinessDate | null;
  readonly penalty: boolean;
  readonly amountMinor: number;
}

export interface ReplayedEvent {
  readonly id: number;
  readonly parts: Parts;
  readonly overpaidMinor: number;
}

export interface Replayed {
  readonly events: readonly ReplayedEvent[];
  readonly instalments: readonly (ReplayedInstalment & { readonly paid: Parts; readonly waived: Parts })[];
  readonly overpaidMinor: number;
}

type Open = Record<LoanPart, number>;

interface Row {
  readonly number: number;
  readonly dueOn: BusinessDate;
  readonly due: Parts;
  readonly paid: Open;
  readonly waived: Open;
}

interface Paying {
  readonly rows: readonly Row[];
  readonly on: BusinessDate;
  /** Fees and penalties that are not paid yet, by the day the next of each falls due. */
  readonly pending: readonly PendingCharge[];
  left: number;
  readonly served: Open;
}

const NOTHING: Parts = { principal: 0, interest: 0, fee: 0, penalty: 0 };
const PARTS: readonly LoanPart[] = ['penalty', 'fee', 'interest', 'principal'];

function openOf(row: Row, part: LoanPart): number {
  return row.due[part] - row.paid[part] - row.waived[part];
}

function isOpen(row: Row): boolean {
  return PARTS.some((part) => openOf(row, part) !== 0);
}

/** Serves one part of one instalment, at most `mostMinor` of it. */
function serve(paying: Paying, row: Row, part: LoanPart, mostMinor = paying.left): void {
  const amount = Math.min(openOf(row, part), mostMinor, paying.left);
  row.paid[part] += amount;
  paying.served[part] += amount;
  paying.left -= amount;
}

interface PendingCharge {
  readonly charge: DueCharge;
  readonly dueOn: BusinessDate | null;
  openMinor: number;
}

type Way = (paying: Paying, row: Row) => void;

interface Strategy {
  /** Before an instalment's day begins only before the instalment that came last. */
  readonly earlyFromLastDay?: boolean;
  readonly late: Way;
  readonly onDay: Way;
  readonly before: Way;
}

function inOrder(...order: readonly LoanPart[]): Way {
  return (paying, row) => {
    for (const part of order) serve(paying, row, part);
  };
}

function alike(way: Way): Strategy {
  return { late: way, onDay: way, before: way };
}

const STANDARD = inOrder('penalty', 'fee', 'interest', 'principal');

/** Whoever pays an instalment's principal before its day is let off its interest. */
const principalBefore: Way = (paying, row) => {
  serve(paying, row, 'principal');
  if (openOf(row, 'principal') === 0) row.waived.interest += openOf(row, 'interest');
  for (const part of ['interest', 'fee', 'penalty'] as const) serve(paying, row, part);
};

/** First what everything overdue costs, then principal, oldest first and on into instalments to come. */
const costsFirst: Way = (paying) => {
  const { rows, on } = paying;
  const nearest = rows.findLast(({ dueOn }) => dueOn <= on) ?? rows[0];
  for (const row of rows) {
    if (row.dueOn >= on && row !== nearest) continue;
    for (const part of ['penalty', 'fee', 'interest'] as const) serve(paying, row, part);
  }
  for (const row of rows) serve(paying, row, 'principal');
};

/** Before an instalment's day: only what has come due of its costs, and what `early` says; what is left then goes without regard to days. */
function dueCostsThen(early: readonly LoanPart[], all: readonly LoanPart[]): Way {
  return (paying, row) => {
    const come = paying.pending.filter(({ dueOn, openMinor }) => openMinor > 0 && (dueOn === null || dueOn <= paying.on));
    // Head office counts all of a charge of which something is open.
    const sumOf = (penalty: boolean): number =>
      come.filter(({ charge }) => charge.penalty === penalty).reduce((sum, { charge }) => sum + charge.amountMinor, 0);
    for (const part of early) serve(paying, row, part, part === 'penalty' ? sumOf(true) : part === 'fee' ? sumOf(false) : paying.left);
    if (paying.left > 0) for (const part of all) serve(paying, row, part);
  };
}

const PENALTY_FIRST_FEE_LAST = inOrder('penalty', 'interest', 'principal', 'fee');

const STRATEGIES: Readonly<Record<string, Strategy>> = {
  ...Object.fromEntries(Object.entries(ORDER_BY_STRATEGY).map(([code, order]) => [code, alike(inOrder(...order))])),
  'heavensfamily-strategy': {
    earlyFromLastDay: true,
    late: inOrder('principal', 'interest', 'fee', 'penalty'),
    onDay: inOrder('principal', 'interest', 'fee', 'penalty'),
    before: principalBefore,
  },
  'early-repayment-strategy': {
    late: inOrder('interest', 'principal', 'penalty', 'fee'),
    onDay: inOrder('interest', 'principal', 'penalty', 'fee'),
    before: inOrder('principal'),
  },
  'rbi-india-strategy': { late: costsFirst, onDay: STANDARD, before: STANDARD },
  'due-penalty-fee-interest-principal-in-advance-principal-penalty-fee-interest-strategy': {
    late: STANDARD,
    onDay: STANDARD,
    before: dueCostsThen(['penalty', 'fee', 'principal'], ['penalty', 'fee', 'interest', 'principal']),
  },
  'due-penalty-interest-principal-fee-in-advance-penalty-interest-principal-fee-strategy': {
    late: PENALTY_FIRST_FEE_LAST,
    onDay: PENALTY_FIRST_FEE_LAST,
    before: dueCostsThen(['penalty', 'fee'], ['penalty', 'interest', 'principal', 'fee']),
  },
};

export function isReplayedHere(strategy: string): boolean {
  return Object.hasOwn(STRATEGIES, strategy);
}

function pay(strategy: Strategy, paying: Paying): void {
  for (const [index, row] of paying.rows.entries()) {
    if (paying.left <= 0) return;
    if (!isOpen(row)) continue;
    const dayOf = strategy.earlyFromLastDay === true ? (paying.rows[index - 1] ?? row) : row;
    const way = paying.on < dayOf.dueOn ? strategy.before : paying.on > row.dueOn ? strategy.late : strategy.onDay;
    way(paying, row);
  }
}

function waiveInterest(paying: Paying): void {
  for (const row of paying.rows) {
    const amount = Math.min(openOf(row, 'interest'), paying.left);
    row.waived.interest += amount;
    paying.served.interest += amount;
    paying.left -= amount;
  }
}

function pendingOf(charges: readonly DueCharge[], paidOf: ReadonlyMap<DueCharge, number>, rows: readonly Row[]): readonly PendingCharge[] {
  return charges.map((charge) => {
    const paidMinor = paidOf.get(charge) ?? 0;
    const part = charge.on === null ? charge.amountMinor / Math.max(1, rows.length) : charge.amountMinor;
    const next = charge.on ?? rows[Math.floor(paidMinor / Math.max(1, part))]?.dueOn ?? null;
    return { charge, dueOn: next, openMinor: charge.amountMinor - paidMinor };
  });
}

/** What a payment served of fees, or of penalties, pays charges: the one that fell due first, first. */
function settle(paying: Paying, penalty: boolean, paidOf: Map<DueCharge, number>): void {
  let left = paying.served[penalty ? 'penalty' : 'fee'];
  const inTime = paying.pending
    .filter(({ charge }) => charge.penalty === penalty)
    .sort((one, other) => ((one.dueOn ?? '') < (other.dueOn ?? '') ? -1 : 1));
  while (left > 0) {
    const next = inTime.find(({ openMinor }) => openMinor > 0);
    if (next === undefined) return;
    const amount = Math.min(left, next.openMinor);
    next.openMinor -= amount;
    paidOf.set(next.charge, (paidOf.get(next.charge) ?? 0) + amount);
    left -= amount;
  }
}

/** `instalments` by due day. Events are taken by their day, those of one day as they were recorded. Unknown strategies are head office's. */
export function replayLoan(
  instalments: readonly ReplayedInstalment[],
  events: readonly LoanEvent[],
  strategy: string,
  charges: readonly DueCharge[],
): Replayed | null {
  const ways = STRATEGIES[strategy];
  if (ways === undefined) return null;
  const rows: Row[] = instalments.map(({ number, dueOn, due }) => ({ number, dueOn, due, paid: { ...NOTHING }, waived: { ...NOTHING } }));
  const inTime = [...events].sort((one, other) => (one.on === other.on ? one.id - other.id : one.on < other.on ? -1 : 1));
  const paidOf = new Map<DueCharge, number>();
  let overpaidMinor = 0;
  const replayed = inTime.map(({ id, kind, on, amountMinor }): ReplayedEvent => {
    const paying: Paying = { rows, on, pending: pendingOf(charges, paidOf, rows), left: amountMinor, served: { ...NOTHING } };
    if (kind === 'payment') pay(ways, paying);
    else waiveInterest(paying);
    if (kind === 'payment') for (const penalty of [false, true]) settle(paying, penalty, paidOf);
    const sum = PARTS.reduce((total, part) => total + paying.served[part], 0);
    assert(sum + paying.left === amountMinor, 'a replayed payment conserves money');
    if (kind === 'payment') overpaidMinor += paying.left;
    return { id, parts: { ...paying.served }, overpaidMinor: kind === 'payment' ? paying.left : 0 };
  });
  return { events: replayed, instalments: rows.map((row) => ({ ...row })), overpaidMinor };
}
