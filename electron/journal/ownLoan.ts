// A loan that was applied for here, as its row says it until head office's own stands in its place: with the schedule that this PC reckons by
// head office's rules, and with none where only head office can.

import { scheduleCalendar } from '../../shared/domain/calendar/workCalendar.ts';
import type { LoanApplicationPayload } from '../../shared/domain/commands/kinds/loanApplication.ts';
import { termsOf, type LoanProduct } from '../../shared/domain/loans/product.ts';
import { reckonSchedule } from '../../shared/domain/schedule/reckonSchedule.ts';
import type { Schedule } from '../../shared/domain/schedule/terms.ts';
import { sumMinor } from '../../shared/kernel/money.ts';
import type { LoanPeriod } from '../ports/headOffice.ts';
import type { LoanRecord, ReadStore } from '../ports/store.ts';
import { loanProductsOf } from './loanProducts.ts';
import type { JournalParts } from './parts.ts';
import { workCalendarOf } from './workCalendar.ts';

export function ownLoan(read: ReadStore, parts: JournalParts, asked: LoanApplicationPayload): Omit<LoanRecord, 'serverId' | 'gone'> {
  const product = loanProductsOf(read).find(({ productId }) => productId === asked.product.serverId);
  const schedule = product === undefined ? null : scheduleOf(read, product, asked);
  return {
    loanId: asked.loanId,
    clientId: asked.owner.kind === 'client' ? asked.owner.localId : null,
    groupId: asked.owner.kind === 'group' ? asked.owner.localId : null,
    externalId: asked.localNumber,
    // Until head office gives one, its own stands everywhere in that place.
    accountNo: asked.localNumber,
    productName: asked.product.name,
    currency: { code: asked.currencyCode, decimals: asked.decimals },
    status: 'submitted',
    principalMinor: asked.principalMinor,
    outstandingMinor: 0,
    overpaidMinor: 0,
    strategy: asked.strategy,
    needsServerReckoning: schedule === null || product?.fixed.interestRecalculated !== false,
    periods: (schedule?.installments ?? []).map(periodOf),
    beforePayout: {
      approvedOn: null,
      expectedOn: asked.expectedOn,
      chargesMinor: sumMinor((schedule?.payouts ?? []).map(({ feesMinor }) => feesMinor)),
      onlyThere: null,
    },
    pulledAt: parts.clock.now(),
  };
}

function scheduleOf(read: ReadStore, product: LoanProduct, asked: LoanApplicationPayload): Schedule | null {
  if (product.onlyThere !== null) return null;
  const { principalMinor, installments, ratePercent, submittedOn, firstRepaymentOn } = asked;
  const terms = { principalMinor, installments, ratePercent, submittedOn, disbursedOn: asked.expectedOn, firstRepaymentOn };
  const reckoned = reckonSchedule(termsOf(product, terms, scheduleCalendar(workCalendarOf(read))));
  return reckoned.ok ? reckoned.value : null;
}

function periodOf(row: Schedule['installments'][number]): LoanPeriod {
  return {
    period: row.number,
    dueDate: row.dueOn,
    principalDueMinor: row.principalMinor,
    principalOutstandingMinor: row.principalMinor,
    interestDueMinor: row.interestMinor,
    interestOutstandingMinor: row.interestMinor,
    feeDueMinor: row.feesMinor,
    feeOutstandingMinor: row.feesMinor,
    penaltyDueMinor: row.penaltiesMinor,
    penaltyOutstandingMinor: row.penaltiesMinor,
    paidMinor: 0,
  };
}
