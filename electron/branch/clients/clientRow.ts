// One line about a client: what is due, what can be withdrawn, and how much of it is not confirmed yet.

import type { ClientRow } from '../../../shared/contract/clients.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import { sumMinor } from '../../../shared/kernel/money.ts';
import { identityOf } from '../../journal/settings.ts';
import type { ClientRecord, ReadStore } from '../../ports/store.ts';
import { loanView } from '../loans/loanView.ts';
import type { PayoutMoment } from '../savings/payoutMoment.ts';
import { savingsView } from '../savings/savingsView.ts';

export function clientRow(store: ReadStore, client: ClientRecord, businessDate: BusinessDate, moment: PayoutMoment): ClientRow {
  const loans = store
    .loansOf(client.clientId)
    .filter((loan) => loan.status === 'active')
    .map((loan) => loanView(store, loan, businessDate));
  const savings = store.savingsOf(client.clientId).map((account) => savingsView(store, account, moment));
  const dueMinor = sumMinor(loans.map((loan) => loan.dueNowMinor));
  const next = loans
    .filter((loan) => loan.nextDueDate !== null)
    .sort((one, other) => ((one.nextDueDate ?? '') < (other.nextDueDate ?? '') ? -1 : 1))[0];
  const daysBehind = Math.max(0, ...loans.map((loan) => loan.daysBehind));
  return {
    clientId: client.clientId,
    displayName: client.displayName,
    accountNo: client.accountNo,
    mobileNo: client.mobileNo,
    status: client.status,
    groupName: store.groupsOf(client.clientId)[0]?.name ?? null,
    currency: loans[0]?.currency ?? savings[0]?.currency ?? identityOf(store).currency,
    dueMinor: dueMinor > 0 ? dueMinor : (next?.nextDueMinor ?? 0),
    dueTodayMinor: dueMinor,
    overdueMinor: sumMinor(loans.map((loan) => loan.overdueMinor)),
    overdue: daysBehind > 0,
    dueDate: dueMinor > 0 ? businessDate : (next?.nextDueDate ?? null),
    daysBehind,
    savingsAvailableMinor: sumMinor(savings.map((account) => Math.max(account.availableMinor, 0))),
    payable: payableOfAll(savings.map((account) => account.payable)),
    unfinishedCount: [...loans, ...savings].reduce((count, account) => count + account.unfinishedCount, 0),
  };
}

/** All of a client's accounts together. Where nothing is payable, or less than is there, the first reason speaks. */
function payableOfAll(limits: readonly ClientRow['payable'][]): ClientRow['payable'] {
  const held = limits.find((limit) => limit.rule !== 'balance' && limit.rule !== 'notActive');
  return { minor: sumMinor(limits.map((limit) => limit.minor)), rule: held?.rule ?? 'balance' };
}
