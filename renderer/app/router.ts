// Where each screen lives. Hash addresses, because the page is opened from app://branch and from a branch server alike. What stands before
// the desk (first run, sign-in, lock) is not an address: App.vue decides it from what the branch says, so no link can step around it.
// Every screen is loaded with the page: an open page must go on working when the host beside it has been replaced by a newer one.

import type { RouteRecordRaw } from 'vue-router';
import { createRouter, createWebHashHistory } from 'vue-router';
import { SLIP_KINDS } from '../../shared/domain/cash/cashSlip.ts';
import ClientList from '../screens/clients/ClientList.vue';
import RegisterClient from '../screens/clients/RegisterClient.vue';
import StatementPage from '../screens/clients/StatementPage.vue';
import ClientPage from '../screens/clients/ClientPage.vue';
import BasketForm from '../screens/counter/BasketForm.vue';
import PayBasketForm from '../screens/counter/PayBasketForm.vue';
import CounterDesk from '../screens/counter/CounterDesk.vue';
import DepositForm from '../screens/counter/DepositForm.vue';
import IssuedReceipt from '../screens/counter/IssuedReceipt.vue';
import OpenDrawer from '../screens/counter/OpenDrawer.vue';
import RepaymentForm from '../screens/counter/RepaymentForm.vue';
import WithdrawalForm from '../screens/counter/WithdrawalForm.vue';
import CashSlipForm from '../screens/day/CashSlipForm.vue';
import CashSlipPage from '../screens/day/CashSlipPage.vue';
import CloseDrawer from '../screens/day/CloseDrawer.vue';
import DrawerNotes from '../screens/day/DrawerNotes.vue';
import DayPage from '../screens/day/DayPage.vue';
import OverShort from '../screens/day/OverShort.vue';
import ReportPage from '../screens/day/ReportPage.vue';
import VaultPage from '../screens/day/VaultPage.vue';
import DecideDesk from '../screens/decide/DecideDesk.vue';
import ExceptionDesk from '../screens/exceptions/ExceptionDesk.vue';
import CenterList from '../screens/groups/CenterList.vue';
import CenterPage from '../screens/groups/CenterPage.vue';
import RegisterCenter from '../screens/groups/RegisterCenter.vue';
import GroupList from '../screens/groups/GroupList.vue';
import GroupPage from '../screens/groups/GroupPage.vue';
import RegisterGroup from '../screens/groups/RegisterGroup.vue';
import ApplyForLoan from '../screens/loans/ApplyForLoan.vue';
import LoanCalculator from '../screens/loans/LoanCalculator.vue';
import LoanList from '../screens/loans/LoanList.vue';
import LoanPage from '../screens/loans/LoanPage.vue';
import LoanPaperPage from '../screens/loans/LoanPaperPage.vue';
import OpenSavings from '../screens/savings/OpenSavings.vue';
import SavingsPage from '../screens/savings/SavingsPage.vue';
import CheckPaper from '../screens/receipts/CheckPaper.vue';
import ReceiptList from '../screens/receipts/ReceiptList.vue';
import DrawerLimits from '../screens/settings/DrawerLimits.vue';
import PracticePanel from '../screens/settings/PracticePanel.vue';
import PrinterPage from '../screens/settings/PrinterPage.vue';
import PrepareHeadOffice from '../screens/settings/PrepareHeadOffice.vue';
import SyncDesk from '../screens/sync/SyncDesk.vue';

export type RailName = 'counter' | 'receipts' | 'clients' | 'groups' | 'loans' | 'decide' | 'sync' | 'exceptions' | 'day';

declare module 'vue-router' {
  interface RouteMeta {
    /** Which entry of the rail is lit. */
    rail?: RailName;
  }
}

const PLACES: readonly RouteRecordRaw[] = [
  { path: '/counter', name: 'counter', component: CounterDesk, meta: { rail: 'counter' } },
  { path: '/counter/drawer', name: 'openDrawer', component: OpenDrawer, meta: { rail: 'counter' } },
  { path: '/counter/repayment/:loanId', name: 'repayment', component: RepaymentForm, props: true, meta: { rail: 'counter' } },
  { path: '/counter/deposit/:savingsId', name: 'deposit', component: DepositForm, props: true, meta: { rail: 'counter' } },
  { path: '/counter/withdrawal/:savingsId', name: 'withdrawal', component: WithdrawalForm, props: true, meta: { rail: 'counter' } },
  { path: '/counter/basket/:clientId', name: 'basket', component: BasketForm, props: true, meta: { rail: 'counter' } },
  { path: '/counter/pay-basket/:clientId', name: 'basketPaid', component: PayBasketForm, props: true, meta: { rail: 'counter' } },
  { path: '/counter/issued/:receiptId', name: 'issued', component: IssuedReceipt, props: true, meta: { rail: 'counter' } },
  { path: '/receipts', name: 'receipts', component: ReceiptList, meta: { rail: 'receipts' } },
  { path: '/receipts/check', name: 'checkPaper', component: CheckPaper, meta: { rail: 'receipts' } },
  { path: '/clients', name: 'clients', component: ClientList, meta: { rail: 'clients' } },
  { path: '/clients/new', name: 'registerClient', component: RegisterClient, meta: { rail: 'clients' } },
  { path: '/clients/:clientId', name: 'client', component: ClientPage, props: true, meta: { rail: 'clients' } },
  {
    path: '/savings/open/:kind(client|group)/:ownerId',
    name: 'openSavings',
    component: OpenSavings,
    props: true,
    meta: { rail: 'clients' },
  },
  { path: '/savings/:savingsId', name: 'savings', component: SavingsPage, props: true, meta: { rail: 'clients' } },
  { path: '/savings/:savingsId/statement', name: 'savingsStatement', component: StatementPage, props: true, meta: { rail: 'clients' } },
  { path: '/groups', name: 'groups', component: GroupList, meta: { rail: 'groups' } },
  { path: '/groups/new', name: 'registerGroup', component: RegisterGroup, meta: { rail: 'groups' } },
  { path: '/groups/:groupId', name: 'group', component: GroupPage, props: true, meta: { rail: 'groups' } },
  { path: '/centers', name: 'centers', component: CenterList, meta: { rail: 'groups' } },
  { path: '/centers/new', name: 'registerCenter', component: RegisterCenter, meta: { rail: 'groups' } },
  { path: '/centers/:centerId', name: 'center', component: CenterPage, props: true, meta: { rail: 'groups' } },
  { path: '/loans', name: 'loans', component: LoanList, meta: { rail: 'loans' } },
  { path: '/loans/calculator', name: 'loanCalculator', component: LoanCalculator, meta: { rail: 'loans' } },
  {
    path: '/loans/apply/:kind(client|group)/:ownerId',
    name: 'applyForLoan',
    component: ApplyForLoan,
    props: true,
    meta: { rail: 'loans' },
  },
  { path: '/loans/:loanId', name: 'loan', component: LoanPage, props: true, meta: { rail: 'loans' } },
  { path: '/loans/:loanId/paper', name: 'loanPaper', component: LoanPaperPage, props: true, meta: { rail: 'loans' } },
  { path: '/loans/:loanId/statement', name: 'loanStatement', component: StatementPage, props: true, meta: { rail: 'loans' } },
  { path: '/decide', name: 'decide', component: DecideDesk, meta: { rail: 'decide' } },
  { path: '/sync', name: 'sync', component: SyncDesk, meta: { rail: 'sync' } },
  { path: '/exceptions', name: 'exceptions', component: ExceptionDesk, meta: { rail: 'exceptions' } },
  { path: '/exceptions/:exceptionId', name: 'exception', component: ExceptionDesk, props: true, meta: { rail: 'exceptions' } },
  { path: '/day', name: 'day', component: DayPage, meta: { rail: 'day' } },
  { path: '/day/close-drawer', name: 'closeDrawer', component: CloseDrawer, meta: { rail: 'day' } },
  { path: '/day/notes/:drawerId', name: 'drawerNotes', component: DrawerNotes, props: true, meta: { rail: 'day' } },
  { path: '/day/differences', name: 'overShort', component: OverShort, meta: { rail: 'day' } },
  { path: '/day/vault', name: 'vault', component: VaultPage, meta: { rail: 'day' } },
  {
    path: `/day/vault/new/:kind(${SLIP_KINDS.join('|')})`,
    name: 'makeCashSlip',
    component: CashSlipForm,
    props: true,
    meta: { rail: 'day' },
  },
  { path: '/day/vault/:number', name: 'cashSlip', component: CashSlipPage, props: true, meta: { rail: 'day' } },
  { path: '/day/x/:drawerId?', name: 'xReport', component: ReportPage, props: true, meta: { rail: 'day' } },
  { path: '/day/reports/:number', name: 'report', component: ReportPage, props: true, meta: { rail: 'day' } },
  { path: '/settings/head-office', name: 'prepare', component: PrepareHeadOffice },
  { path: '/settings/printers', name: 'printers', component: PrinterPage },
  { path: '/settings/drawers', name: 'drawerLimits', component: DrawerLimits },
  { path: '/settings/practice', name: 'practice', component: PracticePanel },
];

export function createPageRouter() {
  return createRouter({
    history: createWebHashHistory(),
    routes: [{ path: '/', redirect: '/counter' }, ...PLACES, { path: '/:anything(.*)*', redirect: '/counter' }],
  });
}
