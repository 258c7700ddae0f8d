// The cumulative generator: instalment after instalment until nothing is owed (contract 8.3, 8.4; fineract-observed 6, points 2 to 11). The
// instalment is reckoned once for all that is lent; tranches raise the balance on their day.

import { type BusinessDate } from '../../kernel/businessDate.ts';
import { CannotReckon } from './cannotReckon.ts';
import { chargedAtDisbursement, chargedIn, waitsForAllInterest } from './charges.ts';
import { dueDaysOf, type DueDays } from './dates.ts';
import { decimal, roundingOf, type Rounding } from '../decimals.ts';
import {
  annuity,
  decliningInterest,
  flatInterestOf,
  inPrincipalGrace,
  principalPeriodsAfter,
  type BalanceChange,
  type Carried,
  type FlatInterest,
} from './interest.ts';
import { ratesOf, type Rates } from './rates.ts';
import { downPaymentOf, downPaymentRow, summed, withLateCharges } from './rows.ts';
import type { Installment, LoanTerms, Schedule } from './terms.ts';

const ROWS_MOST = 2_000;

interface Reckoning {
  readonly terms: LoanTerms;
  readonly rounding: Rounding;
  readonly days: DueDays;
  readonly rates: Rates;
}

/** Interest and principal of the rows, by one way of charging. */
interface Way {
  readonly interest: (row: RowFacts) => Carried & { readonly forPrincipalMinor: number };
  readonly lastInterestMinor: ((paidBefore: number, now: number, isLast: boolean) => number) | null;
  readonly byInstalment: boolean;
}

interface RowFacts {
  readonly number: number;
  readonly interestFrom: BusinessDate;
  readonly dueOn: BusinessDate;
  readonly balanceMinor: number;
  readonly carriedMinor: number;
  readonly tranches: readonly BalanceChange[];
}

export function reckonCumulative(asked: LoanTerms): Schedule {
  const rounding = roundingOf(asked.currency, asked.installmentMultiple);
  const terms = {
    ...asked,
    principalMinor: rounding.again(asked.principalMinor),
    fixedInstallmentMinor: asked.fixedInstallmentMinor === null ? null : rounding.again(asked.fixedInstallmentMinor),
  };
  const days = dueDaysOf(terms);
  const reckoning: Reckoning = { terms, rounding, days, rates: ratesOf(terms, days.seed) };
  if (!terms.equalAmortization) {
    const way = terms.interestMethod === 'flat' ? flatWay(reckoning, flatTotal(reckoning)) : decliningWay(reckoning);
    return reckonRows(reckoning, way);
  }
  if (terms.interestMethod === 'flat') throw new CannotReckon('flatEqualAmortization');
  // All the interest of a declining loan, in equal parts.
  const totalMinor = reckonRows(reckoning, decliningWay(reckoning)).interestMinor;
  const each = rounding.divided(totalMinor, terms.installments);
  const interest: FlatInterest = { totalMinor, of: (_, carriedMinor) => ({ interestMinor: each, carriedMinor }) };
  return reckonRows(reckoning, { ...flatWay(reckoning, interest), byInstalment: true });
}

function decliningWay({ terms, rounding, rates }: Reckoning): Way {
  return {
    interest: ({ number, interestFrom, dueOn, balanceMinor, carriedMinor, tranches }) => {
      const { interestChargedFrom } = terms;
      const beforeCharging =
        interestChargedFrom !== null &&
        (dueOn <= interestChargedFrom || (interestChargedFrom > interestFrom && interestChargedFrom <= dueOn));
      const period = { number, interestFrom, dueOn, beforeCharging };
      return decliningInterest(terms, rates, rounding, period, balanceMinor, tranches, carriedMinor);
    },
    lastInterestMinor: null,
    byInstalment: true,
  };
}

function flatTotal({ terms, rounding, days, rates }: Reckoning): FlatInterest {
  const { interestChargedFrom, disbursedOn } = terms;
  const begins =
    terms.interestPeriod === 'daily'
      ? interestChargedFrom !== null && interestChargedFrom > disbursedOn
        ? interestChargedFrom
        : disbursedOn
      : (interestChargedFrom ?? disbursedOn);
  return flatInterestOf(terms, rounding, rounding.part(terms.principalMinor, rates.ofTerm(begins, days.end)));
}

function flatWay(reckoning: Reckoning, flat: FlatInterest): Way {
  return {
    interest: ({ number, carriedMinor }) => {
      const part = flat.of(number, carriedMinor);
      return { ...part, forPrincipalMinor: part.interestMinor };
    },
    lastInterestMinor: (paidBefore, now, isLast) => {
      const left = flat.totalMinor - paidBefore - now;
      const adjusted = left < 0 || isLast ? now + left : now;
      return adjusted < 0 ? adjusted * 2 : adjusted;
    },
    byInstalment: reckoning.terms.equalAmortization,
  };
}

/** What instalments are made of: the whole one, or its principal. */
function instalmentOf({ terms, rounding, rates }: Reckoning, lentMinor: number, byInstalment: boolean): number {
  if (terms.fixedInstallmentMinor !== null) return terms.fixedInstallmentMinor;
  const payments = principalPeriodsAfter(terms, terms.grace.principal);
  if (terms.amortization === 'equalInstallments' && byInstalment) {
    return rounding.instalment(annuity(rounding.exact(lentMinor).toNumber(), rates.nominal().toNumber(), payments));
  }
  return rounding.divided(lentMinor, principalPeriodsAfter(terms, 0));
}

function reckonRows(reckoning: Reckoning, way: Way): Schedule {
  const { terms, rounding, days } = reckoning;
  const start = terms.startsAt === 'disbursement' ? terms.disbursedOn : terms.submittedOn;
  const downMinor = downPaymentOf(terms, terms.principalMinor, rounding);
  const [first, later] = tranchesOf(terms);
  const waiting = [...later];
  const atOnceMinor = first - (terms.tranches.length === 0 ? downMinor : downPaymentOf(terms, first, rounding));
  const instalmentMinor = instalmentOf(reckoning, terms.principalMinor - downMinor, way.byInstalment);
  const chargedAtStart = chargedAtDisbursement(terms, rounding);
  const ordinary = terms.charges.filter((charge) => !waitsForAllInterest(charge));
  const installments: Installment[] = [];
  const payouts = [{ on: terms.disbursedOn, amountMinor: first, feesMinor: chargedAtStart.shownMinor }];
  if (downMinor > 0 && terms.tranches.length === 0)
    installments.push(downPaymentRow(terms.disbursedOn, downMinor, terms.principalMinor - downMinor));

  let lentMinor = terms.tranches.length === 0 ? terms.principalMinor : atOnceMinor;
  let scheduledMinor = atOnceMinor;
  let owedMinor = atOnceMinor;
  // What interest is reckoned on: tranches of a period join it in that period's own reckoning.
  let interestOnMinor = atOnceMinor;
  let [from, steppedTo, carriedMinor, paidMinor, interestSum, number] = [start, start, 0, 0, 0, 1];
  while (owedMinor !== 0 || waiting.length > 0) {
    if (installments.length > ROWS_MOST) throw new CannotReckon('neverEnds');
    const stepped = days.next(steppedTo, number === 1);
    const { dueOn, goesOnFrom } = days.shifted(stepped);
    steppedTo = terms.calendar.extendDailyTerm && terms.unit === 'days' && terms.every === 1 ? dueOn : goesOnFrom;
    if (from > dueOn) throw new CannotReckon('dueBeforeStart');
    const now = waiting.filter(({ on }) => on > from && on <= dueOn);
    for (const tranche of now) {
      payouts.push({ on: tranche.on, amountMinor: tranche.amountMinor, feesMinor: chargedAtStart.shownMinor });
      owedMinor += tranche.amountMinor;
      lentMinor += tranche.amountMinor;
      scheduledMinor += tranche.amountMinor;
    }
    const interestFrom = interestStart(terms, days, from);
    const interest = way.interest({ number, interestFrom, dueOn, balanceMinor: interestOnMinor, carriedMinor, tranches: waiting });
    if (terms.fixedInstallmentMinor !== null || way.byInstalment) refuseBelowInterest(terms, instalmentMinor, interest.interestMinor);
    const isLast = number === terms.installments;
    let principalMinor = principalOf(reckoning, number, instalmentMinor, interest.forPrincipalMinor, lentMinor);
    const leftMinor = lentMinor - paidMinor - principalMinor;
    if (leftMinor < 0) principalMinor += leftMinor;
    else if (terms.fixedInstallmentMinor !== null) {
      if (leftMinor < thresholdOf(terms, rounding, principalMinor)) principalMinor += leftMinor;
    } else if (isLast) principalMinor += leftMinor;
    let interestMinor = way.lastInterestMinor?.(interestSum, interest.interestMinor, isLast) ?? interest.interestMinor;
    carriedMinor = interest.carriedMinor;
    owedMinor = rounding.again(owedMinor - principalMinor);
    if (owedMinor < 0) {
      principalMinor += owedMinor;
      owedMinor = 0;
    }
    interestOnMinor += now.reduce((sum, { amountMinor }) => sum + amountMinor, 0) - principalMinor;
    for (const tranche of now) waiting.splice(waiting.indexOf(tranche), 1);
    if (owedMinor === 0 && waiting.length === 0 && carriedMinor > 0 && way.lastInterestMinor === null) {
      interestMinor += carriedMinor;
      carriedMinor = 0;
    }
    const period = { from, dueOn, principalMinor, interestMinor, isFirst: number === 1 };
    const loan = { principalMinor: scheduledMinor, allInterestMinor: interestSum };
    installments.push({
      number: installments.length + 1,
      from,
      dueOn,
      principalMinor,
      interestMinor,
      ...chargedIn(ordinary, period, loan, rounding),
      balanceMinor: owedMinor,
      downPayment: false,
    });
    paidMinor += principalMinor;
    interestSum += interestMinor;
    from = dueOn;
    number += 1;
  }
  return summed(payouts, withLateCharges(terms, rounding, installments, scheduledMinor, interestSum), chargedAtStart);
}

function tranchesOf(terms: LoanTerms): readonly [number, readonly BalanceChange[]] {
  if (terms.tranches.length === 0) return [terms.principalMinor, []];
  let first = 0;
  const later = new Map<BusinessDate, number>();
  for (const { on, amountMinor } of terms.tranches) {
    if (on === terms.disbursedOn) first += amountMinor;
    else later.set(on, (later.get(on) ?? 0) + amountMinor);
  }
  return [first, [...later].map(([on, amountMinor]) => ({ on, amountMinor })).sort((one, other) => (one.on < other.on ? -1 : 1))];
}

/** The day interest of a period begins: a broken first period costs what a whole one does, unless somebody said otherwise. */
function interestStart(terms: LoanTerms, days: DueDays, from: BusinessDate): BusinessDate {
  if (from >= days.idealStart && from >= days.first) return from;
  const { interestChargedFrom, disbursedOn, calendar } = terms;
  if (interestChargedFrom !== null) return from === disbursedOn || from < interestChargedFrom ? interestChargedFrom : from;
  if (calendar.interestFromDisbursal) return disbursedOn;
  return from === disbursedOn ? days.idealStart : from;
}

function principalOf(reckoning: Reckoning, number: number, instalmentMinor: number, interestMinor: number, lentMinor: number): number {
  const { terms, rounding } = reckoning;
  const inGrace = inPrincipalGrace(terms, number);
  const percent = terms.fixedPrincipalPercent;
  const share = (): number =>
    rounding.money(
      rounding
        .exact(lentMinor)
        .times(decimal(percent ?? 0))
        .div(100)
        .round(terms.currency.decimals + 2, 2),
    );
  if (terms.interestMethod === 'declining') {
    if (inGrace) return 0;
    if (terms.amortization === 'equalInstallments') return instalmentMinor - interestMinor;
    return percent === null ? instalmentMinor : share();
  }
  if (terms.fixedInstallmentMinor !== null) return instalmentMinor - interestMinor;
  const plain = inGrace ? 0 : percent === null ? rounding.divided(lentMinor, principalPeriodsAfter(terms, 0)) : share();
  if (terms.installmentMultiple === 0) return plain;
  // The sum of both is a multiple, not each of them.
  return rounding.toMultiple(plain) + rounding.toMultiple(interestMinor) - interestMinor;
}

function thresholdOf(terms: LoanTerms, rounding: Rounding, principalMinor: number): number {
  return rounding.money(rounding.exact(principalMinor).times(decimal(terms.lastThresholdPercent)).div(100));
}

function refuseBelowInterest(terms: LoanTerms, instalmentMinor: number, interestMinor: number): void {
  if (terms.amortization === 'equalInstallments' && instalmentMinor < interestMinor) throw new CannotReckon('installmentBelowInterest');
}
