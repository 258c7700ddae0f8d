// The progressive generator of 1.10: equal parts of the principal and no interest at all (fineract-observed 6, point 1). Tranches of later days
// and the rest of it are head office's.

import { chargedAtDisbursement, chargedIn, waitsForAllInterest } from './charges.ts';
import { CannotReckon } from './cannotReckon.ts';
import { downPaymentOf, downPaymentRow, summed, withLateCharges } from './rows.ts';
import { dueDaysOf } from './dates.ts';
import { roundingOf } from '../decimals.ts';
import type { Installment, LoanTerms, Schedule } from './terms.ts';

export function reckonProgressive(asked: LoanTerms): Schedule {
  if (asked.tranches.length > 0) throw new CannotReckon('progressiveTerms');
  const rounding = roundingOf(asked.currency, asked.installmentMultiple);
  const terms = { ...asked, principalMinor: rounding.again(asked.principalMinor) };
  const days = dueDaysOf(terms);
  const downMinor = downPaymentOf(terms, terms.principalMinor, rounding);
  const lentMinor = terms.principalMinor - downMinor;
  const chargedAtStart = chargedAtDisbursement(terms, rounding);
  const ordinary = terms.charges.filter((charge) => !waitsForAllInterest(charge));
  const installments: Installment[] = [];
  if (downMinor > 0) installments.push(downPaymentRow(terms.disbursedOn, downMinor, lentMinor));
  const each =
    terms.fixedInstallmentMinor !== null && downMinor === 0
      ? terms.fixedInstallmentMinor
      : rounding.toMultiple(rounding.divided(lentMinor, terms.installments));
  let owedMinor = lentMinor;
  let from = terms.startsAt === 'disbursement' ? terms.disbursedOn : terms.submittedOn;
  let steppedTo = from;
  for (let number = 1; owedMinor !== 0; number += 1) {
    const { dueOn, goesOnFrom } = days.shifted(days.next(steppedTo, number === 1));
    steppedTo = goesOnFrom;
    const principalMinor = number === terms.installments ? owedMinor : Math.min(each, owedMinor);
    if (principalMinor <= 0) throw new CannotReckon('neverEnds');
    owedMinor = rounding.again(owedMinor - principalMinor);
    const period = { from, dueOn, principalMinor, interestMinor: 0, isFirst: number === 1 };
    const loan = { principalMinor: lentMinor, allInterestMinor: 0 };
    installments.push({
      number: installments.length + 1,
      from,
      dueOn,
      principalMinor,
      interestMinor: 0,
      ...chargedIn(ordinary, period, loan, rounding),
      balanceMinor: owedMinor,
      downPayment: false,
    });
    from = dueOn;
  }
  // A schedule that starts before its payout shows none.
  const payout = { on: terms.disbursedOn, amountMinor: terms.principalMinor, feesMinor: chargedAtStart.shownMinor };
  const payouts = terms.startsAt === 'submission' && terms.submittedOn !== terms.disbursedOn ? [] : [payout];
  return summed(payouts, withLateCharges(terms, rounding, installments, lentMinor, 0), chargedAtStart);
}
