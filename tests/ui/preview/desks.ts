// The desks on a branch that stands still, for looking at them: ?weather=offline|clean|signIn, ?as=cashier. Never part of the program.

import '@fontsource-variable/inter/index.css';
import 'vuetify/styles';
import '../../../renderer/styles/tawi.css';
import { createPage } from '../../../renderer/app/createPage.ts';
import type { BranchApi } from '../../../shared/contract/branchContract.ts';
import type { SessionView, StartView } from '../../../shared/contract/session.ts';
import { PERMISSIONS } from '../../../shared/domain/access/permissions.ts';
import { ok } from '../../../shared/kernel/result.ts';
import type { DeskWeather } from '../fakeDesks.ts';
import { at, fakeDesks } from '../fakeDesks.ts';

const wanted = new URLSearchParams(location.search);
const weathers: readonly DeskWeather[] = ['sending', 'offline', 'clean', 'signIn'];
const isCashier = wanted.get('as') === 'cashier';
const desks = fakeDesks(weathers.find((each) => each === wanted.get('weather')) ?? 'sending');

const start: StartView = {
  state: 'ready',
  blockedBy: null,
  branch: {
    institution: 'Kitale Savings and Credit',
    officeName: 'Kitale branch',
    officeCode: 'KTL',
    deviceCode: '02',
    practice: wanted.has('practice'),
    currency: { code: 'KES', decimals: 2 },
    zone: 'Africa/Nairobi',
  },
  people: [],
  start: null,
  businessDate: '2026-11-20',
  now: at(12, 52),
  lineUp: true,
  pull: null,
  clockDoubt: null,
  contractVersion: 1,
  practicePassword: null,
};
const managerOnly = new Set([
  'day.close',
  'offline.declare',
  'exception.resolve',
  'command.release',
  'headOffice.prepare',
  'staff.unlock',
  'withdrawal.approve',
]);
const mine: SessionView = {
  staff: isCashier
    ? { username: 'achieng', displayName: 'Achieng Odhiambo', role: 'Cashier' }
    : { username: 'grace', displayName: 'Grace Wanjiru', role: 'Branch manager' },
  permissions: PERMISSIONS.filter((permission) => !isCashier || !managerOnly.has(permission)),
  checkedOnline: true,
  locked: false,
  signedInAt: at(8, 0),
};

const branch = {
  ...desks,
  session: { showStart: () => Promise.resolve(ok(start)), showMine: () => Promise.resolve(ok(mine)), lock: () => Promise.resolve(ok({})) },
  cash: { ...desks.cash, showDrawer: () => Promise.resolve(ok(isCashier || wanted.has('drawer') ? desks.drawer : null)) },
  drafts: { list: () => Promise.resolve(ok([])), show: () => Promise.resolve(ok(null)) },
  receipts: { list: () => Promise.resolve(ok({ lines: [], total: 0 })) },
} as unknown as BranchApi;

createPage({ api: branch, subscribe: () => () => undefined }).mount('#app');
