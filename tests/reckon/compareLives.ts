// One recorded life of a loan beside the one Tawi replays: schedule, every payment's parts, every instalment after every step.

import {
  isReplayedHere,
  replayLoan,
  type DueCharge,
  type LoanEvent,
  type ReplayedInstalment,
} from '../../shared/domain/loans/replayLoan.ts';
import { chargedAfter } from '../../shared/domain/schedule/charges.ts';
import { reckonSchedule } from '../../shared/domain/schedule/reckonSchedule.ts';
import type { LoanCharge, LoanTerms, Schedule } from '../../shared/domain/schedule/terms.ts';
import type { Compared } from './compareSchedules.ts';
import { chargeOf, termsOfRecording, toMinor, type RecordedSchedule } from './termsOfRecording.ts';

type Fields = Readonly<Record<string, unknown>>;
type Part = 'principal' | 'interest' | 'fee' | 'penalty';

const PARTS: readonly Part[] = ['principal', 'interest', 'fee', 'penalty'];

interface State {
  readonly summary?: Fields;
  readonly totalOverpaid?: string;
  readonly periods: readonly (Fields & { readonly period?: number; readonly dueDate: string } & Partial<Record<Part, Fields>>)[];
  readonly transactions: readonly (Fields & {
    readonly n: number;
    readonly typeId: number;
    readonly date: string;
    readonly amount: string;
    readonly reversed?: boolean;
    readonly overpayment?: string;
  })[];
}

interface Step {
  readonly action: string;
  readonly date?: string;
  readonly amount?: number;
  readonly transaction?: number;
  readonly charge?: Fields;
  readonly refused?: unknown;
  readonly state?: State;
}

export interface RecordedLife extends Omit<RecordedSchedule, 'charges'> {
  readonly chargeDefinitions?: readonly Fields[];
  readonly steps: readonly Step[];
}

/** Head office's numbers of what a payment is. */
const PAYMENT_TYPES = new Set([2, 21, 22, 23]);
const INTEREST_WAIVER = 4;
const KNOWN = new Set([
  'disburse',
  'template',
  'repayment',
  'undo',
  'adjust',
  'goodwillCredit',
  'merchantIssuedRefund',
  'payoutRefund',
  'waiveinterest',
  'prepay',
  'addCharge',
]);

export function compareLife(life: RecordedLife): Compared {
  const refused = (why: string): Compared => ({ kind: 'refused', why });
  if (life.recalculation) return refused('interestRecalculation');
  const strategy = String(life.request['transactionProcessingStrategyCode'] ?? life.product['transactionProcessingStrategyCode']);
  if (!isReplayedHere(strategy)) return refused('strategy');
  const unknown = life.steps.find(({ action, refused: no }) => no === undefined && !KNOWN.has(action));
  if (unknown !== undefined) return refused(`step ${unknown.action}`);
  const terms = termsOfRecording({ ...life, ...(life.chargeDefinitions === undefined ? {} : { charges: life.chargeDefinitions }) });
  const disbursal = life.steps.find(({ action }) => action === 'disburse');
  const added: LoanCharge[] = [];
  for (const [index, step] of life.steps.entries()) {
    if (step.action === 'addCharge' && step.charge !== undefined && step.refused === undefined)
      added.push(
        chargeOf(step.charge, step.date ?? null, step.charge['amount'], (value) => toMinor(String(value), life.currency.decimals)),
      );
    if (step.state === undefined) continue;
    if (added.length > 0 && isOverpaid(step.state)) return refused('charge on an overpaid loan');
    const now = { ...terms, disbursedOn: disbursal?.date ?? terms.disbursedOn, charges: [...terms.charges, ...added] };
    const reckoned = reckonSchedule(now);
    if (!reckoned.ok) return refused(reckoned.refusal.facts.why);
    const where = comparedState(step.state, rowsOf(now, reckoned.value), strategy, chargesOf(now), life.currency.decimals);
    if (where !== null) return { kind: 'differs', where: `step ${String(index + 1)} ${step.action}: ${where}` };
  }
  return { kind: 'equal' };
}

function isOverpaid(state: State): boolean {
  return state.transactions.some(({ reversed, overpayment }) => reversed !== true && overpayment !== undefined);
}

/** The schedule's rows, and one more where a charge falls due after the last. */
function rowsOf(terms: LoanTerms, schedule: Schedule): readonly ReplayedInstalment[] {
  const rows = schedule.installments.map((row): ReplayedInstalment => ({
    number: row.number,
    dueOn: row.dueOn,
    due: { principal: row.principalMinor, interest: row.interestMinor, fee: row.feesMinor, penalty: row.penaltiesMinor },
  }));
  const after = chargedAfter(terms, schedule);
  return after === null
    ? rows
    : [
        ...rows,
        {
          number: rows.length + 1,
          dueOn: after.dueOn,
          due: { principal: 0, interest: 0, fee: after.feesMinor, penalty: after.penaltiesMinor },
        },
      ];
}

function chargesOf(terms: LoanTerms): readonly DueCharge[] {
  return terms.charges
    .filter(({ due }) => due === 'date' || due === 'installment')
    .map(({ due, on, penalty, amount }) => {
      const amountMinor = toMinor(amount, terms.currency.decimals);
      return due === 'date' ? { on, penalty, amountMinor } : { on: null, penalty, amountMinor: amountMinor * terms.installments };
    });
}

function said(amount: unknown): string {
  return typeof amount === 'string' ? amount : '0';
}

/** Where it differs, or null. Events are those that stand; their parts are ours. */
function comparedState(
  state: State,
  rows: readonly ReplayedInstalment[],
  strategy: string,
  charges: readonly DueCharge[],
  decimals: number,
): string | null {
  const minor = (value: unknown): number => toMinor(typeof value === 'string' ? value : '0', decimals);
  const standing = state.transactions.filter(
    ({ typeId, reversed }) => reversed !== true && (PAYMENT_TYPES.has(typeId) || typeId === INTEREST_WAIVER),
  );
  const events = standing.map(({ n, typeId, date, amount }): LoanEvent => ({
    id: n,
    kind: typeId === INTEREST_WAIVER ? 'interestWaiver' : 'payment',
    on: date,
    amountMinor: minor(amount),
  }));
  const replayed = replayLoan(rows, events, strategy, charges);
  if (replayed === null) return 'strategy';
  // Head office writes a waiver's interest down twice under these strategies; what is waived is right.
  const toldTwice = strategy === 'heavensfamily-strategy' || strategy === 'creocore-strategy';
  for (const { id, parts, overpaidMinor } of replayed.events) {
    const theirs = standing.find(({ n }) => n === id);
    for (const part of PARTS)
      if (minor(theirs?.[part]) !== parts[part] * (toldTwice && theirs?.typeId === INTEREST_WAIVER ? 2 : 1))
        return `payment ${String(id)} ${part}: head office ${said(theirs?.[part])}, Tawi ${String(parts[part])}`;
    if (minor(theirs?.['overpayment']) !== overpaidMinor)
      return `payment ${String(id)} overpaid: head office ${said(theirs?.['overpayment'])}, Tawi ${String(overpaidMinor)}`;
  }
  for (const period of state.periods) {
    if (period.period === undefined) continue;
    const row = replayed.instalments.find(({ number }) => number === period.period);
    for (const part of PARTS) {
      const theirs = period[part];
      const ours = row === undefined ? 0 : row.due[part] - row.paid[part] - row.waived[part];
      if (minor(theirs?.['outstanding']) !== ours)
        return `row ${String(period.period)} ${part} open: head office ${said(theirs?.['outstanding'])}, Tawi ${String(ours)}`;
      if (minor(theirs?.['paid']) !== (row?.paid[part] ?? 0))
        return `row ${String(period.period)} ${part} paid: head office ${said(theirs?.['paid'])}, Tawi ${String(row?.paid[part] ?? 0)}`;
    }
  }
  return null;
}
