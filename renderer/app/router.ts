// Where each screen lives. Hash addresses, because the page is opened from app://branch and from a branch server alike. What stands before
// the desk (first run, sign-in, lock) is not an address: App.vue decides it from what the branch says, so no link can step around it.

import type { Component } from 'vue';
import type { RouteRecordRaw } from 'vue-router';
import { createRouter, createWebHashHistory } from 'vue-router';

const screens = import.meta.glob<Component>('../screens/*/*.vue', { import: 'default' });

interface Place {
  readonly path: string;
  readonly name: string;
  readonly screen: string;
  /** Which entry of the rail is lit. */
  readonly rail: RailName;
}

export type RailName = 'counter' | 'clients' | 'groups' | 'loans' | 'sync' | 'exceptions' | 'day';

const PLACES: readonly Place[] = [
  { path: '/counter', name: 'counter', screen: 'counter/CounterDesk', rail: 'counter' },
  { path: '/counter/drawer', name: 'openDrawer', screen: 'counter/OpenDrawer', rail: 'counter' },
  { path: '/counter/repayment/:loanId', name: 'repayment', screen: 'counter/RepaymentForm', rail: 'counter' },
  { path: '/counter/deposit/:savingsId', name: 'deposit', screen: 'counter/DepositForm', rail: 'counter' },
  { path: '/counter/withdrawal/:savingsId', name: 'withdrawal', screen: 'counter/WithdrawalForm', rail: 'counter' },
  { path: '/counter/issued/:receiptId', name: 'issued', screen: 'counter/IssuedReceipt', rail: 'counter' },
  { path: '/receipts', name: 'receipts', screen: 'receipts/ReceiptList', rail: 'counter' },
  { path: '/clients', name: 'clients', screen: 'clients/ClientList', rail: 'clients' },
  { path: '/clients/:clientId', name: 'client', screen: 'clients/ClientPage', rail: 'clients' },
  { path: '/groups', name: 'groups', screen: 'groups/GroupList', rail: 'groups' },
  { path: '/groups/:groupId', name: 'group', screen: 'groups/GroupPage', rail: 'groups' },
  { path: '/loans', name: 'loans', screen: 'loans/LoanList', rail: 'loans' },
  { path: '/loans/:loanId', name: 'loan', screen: 'loans/LoanPage', rail: 'loans' },
  { path: '/sync', name: 'sync', screen: 'sync/SyncDesk', rail: 'sync' },
  { path: '/exceptions', name: 'exceptions', screen: 'exceptions/ExceptionDesk', rail: 'exceptions' },
  { path: '/exceptions/:exceptionId', name: 'exception', screen: 'exceptions/ExceptionDesk', rail: 'exceptions' },
  { path: '/day', name: 'day', screen: 'day/DayPage', rail: 'day' },
  { path: '/day/close-drawer', name: 'closeDrawer', screen: 'day/CloseDrawer', rail: 'day' },
  { path: '/settings/head-office', name: 'prepare', screen: 'settings/PrepareHeadOffice', rail: 'day' },
  { path: '/settings/practice', name: 'practice', screen: 'settings/PracticePanel', rail: 'day' },
];

declare module 'vue-router' {
  interface RouteMeta {
    rail?: RailName;
  }
}

export function createPageRouter() {
  const routes: RouteRecordRaw[] = [{ path: '/', redirect: '/counter' }];
  for (const place of PLACES) {
    const screen = screens[`../screens/${place.screen}.vue`];
    if (screen !== undefined) routes.push({ path: place.path, name: place.name, component: screen, props: true, meta: { rail: place.rail } });
  }
  routes.push({ path: '/:anything(.*)*', redirect: '/counter' });
  return createRouter({ history: createWebHashHistory(), routes });
}
