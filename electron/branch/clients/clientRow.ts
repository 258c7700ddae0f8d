// One line about a client: what is due, what can be withdrawn, and how much of it is not confirmed yet.

import type { ClientRow } from '../../../shared/contract/clients.ts';
import type { LoanView, SavingsView } from '../../../shared/contract/shapes.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import { kindOf } from '../../../shared/domain/commands/kinds/allKinds.ts';
import type { RecordRef } from '../../../shared/domain/commands/kinds/kind.ts';
import { sumMinor, type Currency } from '../../../shared/kernel/money.ts';
import { changedHere } from '../../journal/changedHere.ts';
import { identityOf } from '../../journal/settings.ts';
import type { ClientRecord, ReadStore } from '../../ports/store.ts';
import { byCurrency } from '../cash/sumsByCurrency.ts';
import { standingOf } from '../counter/receiptLine.ts';
import { loanView } from '../loans/loanView.ts';
import type { PayoutMoment } from '../savings/payoutMoment.ts';
import { savingsView } from '../savings/savingsView.ts';
import { pictureMark } from './showPapers.ts';

/** Its registration is among the first facts of a client that head office does not have. */
const FACTS_LOOKED_AT = 1_000;

export function clientRow(store: ReadStore, row: ClientRecord, businessDate: BusinessDate, moment: PayoutMoment): ClientRow {
  const client = changedHere(store, row);
  const allLoans = store
    .loansOf(client.clientId)
    .filter((loan) => loan.status === 'active')
    .map((loan) => loanView(store, loan, businessDate));
  const allSavings = store.savingsOf(client.clientId).map((account) => savingsView(store, account, moment));
  const house = identityOf(store).currency;
  // The figures of a row are of one money: the house's own where anything is kept in it, else of the first account.
  const currency = [...allLoans, ...allSavings].some((each) => isSame(each.currency, house))
    ? house
    : (allLoans[0]?.currency ?? allSavings[0]?.currency ?? house);
  const loans = byCurrency(currency, allLoans);
  const savings = byCurrency(currency, allSavings);
  const sums = sumsOf(loans.own);
  const others = Map.groupBy([...loans.others, ...savings.others], (each) => `${each.currency.code} ${each.currency.decimals}`);
  const daysBehind = Math.max(0, ...allLoans.map((loan) => loan.daysBehind));
  const next = nextOf(loans.own) ?? null;
  const isDue = allLoans.some((loan) => loan.dueNowMinor > 0);
  return {
    clientId: client.clientId,
    displayName: client.displayName,
    accountNo: client.accountNo,
    mobileNo: client.mobileNo,
    status: client.status,
    groupName: store.groupsOf(client.clientId)[0]?.name ?? null,
    currency,
    ...sums,
    overdue: daysBehind > 0,
    dueDate: isDue ? businessDate : (next?.nextDueDate ?? nextOf(allLoans)?.nextDueDate ?? null),
    daysBehind,
    savingsAvailableMinor: sumMinor(savings.own.map((account) => Math.max(account.availableMinor, 0))),
    payable: payableOfAll(savings.own.map((account) => account.payable)),
    registration: client.serverId === null ? registrationStanding(store, { kind: 'client', localId: client.clientId }) : null,
    pictureMark: pictureMark(store, client.clientId),
    unfinishedCount: [...allLoans, ...allSavings].reduce((count, account) => count + account.unfinishedCount, 0),
    ...(others.size === 0
      ? {}
      : {
          others: [...others.values()].flatMap(([first, ...more]) => {
            if (first === undefined) return [];
            const of = [first, ...more].flatMap((each): readonly (LoanView | SavingsView)[] => each.of);
            const theirSavings = of.filter((each) => 'payable' in each);
            return [
              {
                currency: first.currency,
                ...sumsOf(of.filter((each) => 'dueNowMinor' in each)),
                payableMinor: payableOfAll(theirSavings.map(({ payable }) => payable)).minor,
              },
            ];
          }),
        }),
  };
}

function isSame(one: Currency, other: Currency): boolean {
  return one.code === other.code && one.decimals === other.decimals;
}

function nextOf(loans: readonly LoanView[]): LoanView | undefined {
  return loans
    .filter((loan) => loan.nextDueDate !== null)
    .sort((one, other) => ((one.nextDueDate ?? '') < (other.nextDueDate ?? '') ? -1 : 1))[0];
}

/** Of loans in one currency. */
function sumsOf(loans: readonly LoanView[]): Pick<ClientRow, 'dueMinor' | 'dueTodayMinor' | 'overdueMinor'> {
  const dueMinor = sumMinor(loans.map((loan) => loan.dueNowMinor));
  return {
    dueMinor: dueMinor > 0 ? dueMinor : (nextOf(loans)?.nextDueMinor ?? 0),
    dueTodayMinor: dueMinor,
    overdueMinor: sumMinor(loans.map((loan) => loan.overdueMinor)),
  };
}

/** All of a client's accounts together. Where nothing is payable, or less than is there, the first reason speaks. */
function payableOfAll(limits: readonly ClientRow['payable'][]): ClientRow['payable'] {
  const held = limits.find((limit) => limit.rule !== 'balance' && limit.rule !== 'notActive');
  return { minor: sumMinor(limits.map((limit) => limit.minor)), rule: held?.rule ?? 'balance' };
}

/** Of what made it known here; the last word of it, where it was said anew. */
export function registrationStanding(store: ReadStore, record: RecordRef): ClientRow['registration'] {
  const command = store
    .factsOf(record, FACTS_LOOKED_AT)
    .find(({ kind, payload, state }) => state !== 'withdrawn' && kindOf(kind).teaches(payload)?.localId === record.localId);
  return command === undefined ? null : standingOf(command.state);
}
