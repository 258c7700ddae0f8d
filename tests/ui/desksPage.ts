// Mounts one screen or component as the page does, in one language, on a branch that stands still, with a manager or a cashier at the desk.

import { mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import type { Component } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { createPageI18n } from '../../renderer/app/i18n.ts';
import { createPageVuetify } from '../../renderer/app/theme.ts';
import { branchKey } from '../../renderer/branch/useBranch.ts';
import { useSessionStore } from '../../renderer/stores/session.ts';
import type { BranchApi } from '../../shared/contract/branchContract.ts';
import type { StartView } from '../../shared/contract/session.ts';
import type { Permission } from '../../shared/domain/access/permissions.ts';
import { PERMISSIONS } from '../../shared/domain/access/permissions.ts';
import type { FakeDesks } from './fakeDesks.ts';
import { at, fakeDesks } from './fakeDesks.ts';

const CASHIER_LACKS: readonly Permission[] = [
  'exception.resolve',
  'offline.declare',
  'offline.end',
  'command.release',
  'command.decide',
  'day.close',
  'headOffice.prepare',
];

const start: StartView = {
  state: 'ready',
  blockedBy: null,
  branch: {
    institution: 'Kitale Savings',
    officeName: 'Kitale branch',
    officeCode: 'KTL',
    deviceCode: '02',
    practice: false,
    currency: { code: 'KES', decimals: 2 },
    zone: 'Africa/Nairobi',
    country: 'KE',
  },
  people: [],
  start: null,
  businessDate: '2026-11-20',
  now: at(12, 52),
  lineUp: true,
  pull: null,
  trouble: null,
  clockDoubt: null,
  dateDoubt: null,
  newCodeNeeded: false,
  anyNumberTwice: false,
  numbersTwice: [],
  keyGuard: 'operatingSystem',
  contractVersion: 1,
  practicePassword: null,
};

interface Wanted {
  readonly as?: 'manager' | 'cashier' | 'nobody';
  readonly keyGuard?: StartView['keyGuard'];
  readonly practice?: boolean;
  readonly language?: 'en' | 'es' | 'fr';
  readonly desks?: FakeDesks;
  /** What the start page has to say. */
  readonly start?: StartView['start'];
}

const NAMES = [
  'counter',
  'client',
  'group',
  'loan',
  'exception',
  'exceptions',
  'issued',
  'sync',
  'day',
  'openDrawer',
  'closeDrawer',
  'xReport',
  'report',
  'vault',
  'overShort',
] as const;

export async function mountDesk(component: Component, props: Record<string, unknown> = {}, wanted: Wanted = {}) {
  const desks = wanted.desks ?? fakeDesks();
  const branch = {
    ...desks,
    cash: { ...desks.cash, showDrawer: () => Promise.resolve({ ok: true, value: desks.drawer }) },
  } as unknown as BranchApi;
  const i18n = createPageI18n();
  i18n.global.locale.value = wanted.language ?? 'en';
  const pinia = createPinia();
  const blank = { template: '<div />' };
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: blank },
      ...NAMES.map((name) => ({
        path: `/${name}/:clientId?/:groupId?/:loanId?/:exceptionId?/:receiptId?/:drawerId?/:number?`,
        name,
        component: blank,
      })),
    ],
  });
  await router.push('/');
  const page = mount(component, {
    props,
    attachTo: document.body,
    global: {
      plugins: [pinia, i18n, createPageVuetify(i18n), router],
      provide: { [branchKey as symbol]: { api: branch, subscribe: () => () => undefined } },
    },
  });
  const session = useSessionStore(pinia);
  const opened = start.branch === null ? null : { ...start.branch, practice: wanted.practice ?? false };
  session.start = { ...start, branch: opened, start: wanted.start ?? null, keyGuard: wanted.keyGuard ?? start.keyGuard };
  session.mine =
    wanted.as === 'nobody'
      ? null
      : {
          staff: { username: 'grace', displayName: 'Grace Wanjiru', role: 'Branch manager' },
          permissions: PERMISSIONS.filter((permission) => wanted.as !== 'cashier' || !CASHIER_LACKS.includes(permission)),
          checkedOnline: true,
          moneyInOnly: false,
          locked: false,
          signedInAt: at(8, 0),
        };
  await settled();
  return { page, desks, router };
}

/** Lets answered questions reach the page. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
}

export async function press(key: string, held: { readonly alt?: boolean; readonly ctrl?: boolean } = {}): Promise<void> {
  const code = /^\d$/.test(key) ? `Digit${key}` : key;
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent('keydown', { key, code, altKey: held.alt ?? false, ctrlKey: held.ctrl ?? false, bubbles: true, cancelable: true }),
  );
  await settled();
}
