// A cashier pays a loan out: approved here or at head office, line or no line. The sum is not typed: it is what was approved, less what head
// office takes off at once. `approver` is a second person whose password was checked before. What the schedule will be is said where head office
// reckoned it for this very day and sum, and left to head office otherwise.

import type { AnswerOf, ParsedInputOf, RefusalOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { closedOn, type ClosedDay } from '../../../shared/domain/calendar/workCalendar.ts';
import { openEffects } from '../../../shared/domain/accounts/reconcile.ts';
import { decideDisbursal, type DisbursalFacts, type DisbursalRefused } from '../../../shared/domain/loans/disbursal.ts';
import { CLOCK_TOLERANCE_MS } from '../../../shared/domain/clock/clockDoubt.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import { sumMinor } from '../../../shared/kernel/money.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { ownerState } from '../../journal/ownerState.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { applicationOf, approvedMinorOf, expectedOnOf, provisionalStatus } from '../../journal/decidedOn.ts';
import { payerOf } from '../../journal/payerOf.ts';
import { confirmedAtOf } from '../../journal/settings.ts';
import { workCalendarOf } from '../../journal/workCalendar.ts';
import type { LoanPeriod } from '../../ports/headOffice.ts';
import type { LoanRecord, ReadStore } from '../../ports/store.ts';
import { inMoneyOf } from '../cash/currencies.ts';
import { counterOperation } from '../counter/counterOperation.ts';
import { readHandedBy } from '../counter/handedBy.ts';
import { readPaidOut, whyNotEnough } from '../counter/paidWith.ts';
import type { BranchParts } from '../parts.ts';
import { nameOf } from '../savings/payWithdrawal.ts';
import { payoutMoment, type PayoutMoment } from '../savings/payoutMoment.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { whoMay } from '../session/whoMay.ts';

type Loans = BranchContract['loans'];

interface Weighed {
  readonly principalMinor: number;
  readonly chargesMinor: number;
  readonly amountMinor: number;
  /** As head office reckoned them; null where it reckoned them for another day or sum. */
  readonly periods: readonly LoanPeriod[] | null;
  readonly closed: ClosedDay | null;
  readonly decision: Result<{ readonly aloneMinor: number }, DisbursalRefused>;
}

export function previewDisbursal(
  parts: BranchParts,
  session: Session,
  input: ParsedInputOf<Loans['previewDisbursal']>,
): AnswerOf<Loans['previewDisbursal']> {
  return parts.store.read((read) => {
    const loan = read.loan(input.loanId);
    if (loan === null || loan.gone) return refuse({ code: 'loan.unknown' });
    const businessDate = currentBusinessDate(read, parts.clock);
    const expectedOn = expectedOnOf(read, loan);
    const { principalMinor, chargesMinor, amountMinor, periods, closed, decision } = weigh(
      read,
      loan,
      businessDate,
      payoutMoment(read, parts),
      false,
    );
    const first = periods?.[0];
    return ok({
      principalMinor,
      chargesMinor,
      amountMinor,
      verdict: decision.ok ? 'may' : decision.refusal.code === 'disbursal.needsManager' ? 'needsManager' : 'refused',
      code: decision.ok ? null : decision.refusal.code,
      facts: decision.ok ? {} : { ...factsOf(decision.refusal, loan) },
      approvers: whoMay(read, 'withdrawal.approve', session.username).map(({ username, displayName, role }) => ({
        username,
        displayName,
        role,
      })),
      owedMinor: periods === null ? null : owedBy(periods),
      instalments: periods === null ? null : periods.length,
      firstDueDate: first?.dueDate ?? null,
      firstDueMinor: first === undefined ? null : totalOf(first),
      expectedOn: expectedOn === businessDate ? null : expectedOn,
      closedDay: closed,
      confirmedAt: confirmedAtOf(read, 'loans', loan),
    });
  });
}

export function disburseLoan(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: ParsedInputOf<Loans['disburse']>,
  approver: string | null,
): AnswerOf<Loans['disburse']> {
  const wanted = [{ kind: 'loanDisbursal', accountId: input.loanId, amountMinor: input.amountMinor }];
  return counterOperation<RefusalOf<Loans['disburse']>>(parts, clockWatch, session, input, wanted, (write, { businessDate }) => {
    const loan = write.loan(input.loanId);
    if (loan === null || loan.gone) return refuse({ code: 'loan.unknown' });
    const { principalMinor, chargesMinor, amountMinor, periods, decision } = weigh(
      write,
      loan,
      businessDate,
      payoutMoment(write, parts),
      approver !== null,
    );
    if (!decision.ok) return refuse({ ...decision.refusal, facts: factsOf(decision.refusal, loan) });
    // Approved for another sum since the page was drawn.
    if (amountMinor !== input.amountMinor)
      return refuse({ code: 'disbursal.sumChanged', facts: inMoneyOf(loan.currency, { amountMinor }) });
    const paid = readPaidOut(write, input.paidWith, amountMinor);
    if (!paid.ok) return paid;
    const payer = payerOf(write, loan);
    const handedBy = readHandedBy(write, payer, input.handedBy);
    if (!handedBy.ok) return handedBy;
    const first = periods?.[0];
    return ok({
      payer,
      handedBy: handedBy.value,
      paid: paid.value,
      agreedBy: nameOf(write, approver),
      lines: [
        {
          kind: 'loanDisbursal',
          account: { kind: 'loan', id: loan.loanId, accountNo: loan.accountNo, productName: loan.productName, currency: loan.currency },
          amountMinor,
          allocation: null,
          parts: null,
          fee: null,
          balanceAfterMinor: periods === null ? null : owedBy(periods),
          ...(chargesMinor > 0 ? { chargesTakenMinor: chargesMinor } : {}),
          nextDueDate: first?.dueDate ?? null,
          nextDueMinor: first === undefined ? null : totalOf(first),
          balancesAsOf: confirmedAtOf(write, 'loans', loan),
          payloadOf: (money) => ({ kind: 'loanDisbursal', loanId: loan.loanId, principalMinor, ...money }),
          facts: { principalMinor, chargesMinor, identitySeen: input.identitySeen, agreedBy: approver },
        },
      ],
      whyNotFrom: whyNotEnough(write, paid.value, amountMinor),
    });
  });
}

function weigh(read: ReadStore, loan: LoanRecord, businessDate: BusinessDate, moment: PayoutMoment, agreed: boolean): Weighed {
  const principalMinor = approvedMinorOf(read, loan);
  const sumDiffers = principalMinor !== loan.principalMinor;
  const before = loan.beforePayout;
  const chargesMinor = before?.chargesMinor ?? 0;
  const amountMinor = principalMinor - chargesMinor;
  // What was only ever said here tells nothing of how old head office's word is.
  const confirmed = [...(loan.serverId === null ? [] : [loan.pulledAt]), moment.auditedAt].filter(
    (at) => at <= moment.now + CLOCK_TOLERANCE_MS,
  );
  const unsent = moment.unsent.filter(({ currency }) => currency === undefined || currency === loan.currency.code);
  const closed = closedOn(workCalendarOf(read), businessDate);
  const facts: DisbursalFacts = {
    status: provisionalStatus(read, loan),
    before,
    sumDiffers,
    isClientActive: ownerState(read, loan) === 'active',
    applicationRefused: loan.serverId === null && applicationOf(read, { kind: 'loan', localId: loan.loanId })?.state === 'rejected',
    disputed: openEffects(read.effectsOf('loan', loan.loanId)).some(({ standing }) => standing === 'disputed'),
    amountMinor,
    businessDate,
    closed,
    lineUp: moment.lineUp,
    dataAgeMs: Math.max(moment.now - Math.max(0, ...confirmed), 0),
    branchUnsentMinor: sumMinor(unsent.map((payout) => payout.amountMinor)),
    agreed,
  };
  const isForThisDay = before?.expectedOn === businessDate && !sumDiffers && !loan.needsServerReckoning;
  const periods = loan.periods.filter(({ period }) => period > 0);
  return {
    principalMinor,
    chargesMinor,
    amountMinor,
    periods: isForThisDay && periods.length > 0 ? periods : null,
    closed,
    decision: decideDisbursal(facts, moment.policyIn(loan.currency.code)),
  };
}

/** Of a group the branch keeps no state. */
function totalOf({ principalDueMinor, interestDueMinor, feeDueMinor, penaltyDueMinor }: LoanPeriod): number {
  return principalDueMinor + interestDueMinor + feeDueMinor + penaltyDueMinor;
}

function owedBy(periods: readonly LoanPeriod[]): number {
  return sumMinor(periods.map(totalOf));
}

function factsOf(refused: DisbursalRefused, { currency }: LoanRecord): Readonly<Record<string, string | number>> {
  return 'facts' in refused ? inMoneyOf<string | number>(currency, refused.facts) : {};
}
