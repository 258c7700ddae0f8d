// Long forms on a slow PC: each is opened on a branch that has answered everything but what lies in its draft. No key is taken before that is
// known, so that nothing which somebody typed is replaced; and what lay there stands whole once it is.
import { afterEach, expect, test } from 'vitest';
import type { Component } from 'vue';
import RegisterClient from '../../renderer/screens/clients/RegisterClient.vue';
import RegisterCenter from '../../renderer/screens/groups/RegisterCenter.vue';
import RegisterGroup from '../../renderer/screens/groups/RegisterGroup.vue';
import ApplyForLoan from '../../renderer/screens/loans/ApplyForLoan.vue';
import OpenSavings from '../../renderer/screens/savings/OpenSavings.vue';
import { mountDesk, settled } from './desksPage.ts';
import { fakeClientPage, fakeDesks, type FakeDesks } from './fakeDesks.ts';
import { product } from './loanTerms.ts';

afterEach(() => (document.body.innerHTML = ''));

interface LongForm {
  readonly name: string;
  readonly component: Component;
  readonly props: Record<string, string>;
  readonly field: string;
  readonly kept: Readonly<Record<string, unknown>>;
  readonly stands: string;
}

const FORMS: readonly LongForm[] = [
  {
    name: 'a registration',
    component: RegisterClient,
    props: {},
    field: 'register-firstname',
    kept: { firstname: 'Merceline', lastname: 'Kwamboka' },
    stands: 'Merceline',
  },
  {
    name: 'the founding of a group',
    component: RegisterGroup,
    props: {},
    field: 'group-name',
    kept: { name: 'Tumaini' },
    stands: 'Tumaini',
  },
  {
    name: 'the founding of a center',
    component: RegisterCenter,
    props: {},
    field: 'center-name',
    kept: { name: 'Soko Kuu' },
    stands: 'Soko Kuu',
  },
  {
    name: 'an application',
    component: ApplyForLoan,
    props: { kind: 'client', ownerId: fakeClientPage.client.clientId },
    field: 'apply-principal',
    kept: { productId: '4', principalMinor: '1500000', installments: '7', rate: '9', submittedOn: '2026-11-20', expectedOn: '2026-11-20' },
    stands: '15,000',
  },
  {
    name: 'the opening of a savings account',
    component: OpenSavings,
    props: { kind: 'client', ownerId: fakeClientPage.client.clientId },
    field: 'open-submittedOn',
    kept: { productId: '', submittedOn: '2026-11-18' },
    stands: '2026-11-18',
  },
];

function slowDraft(body: object | null) {
  let answer = (): void => undefined;
  const whenAnswered = new Promise<void>((resolve) => (answer = resolve));
  const ok = (value: unknown) => Promise.resolve({ ok: true, value });
  const desks = fakeDesks() as unknown as Record<string, Record<string, unknown>>;
  const products = [product(3, 5_000_000), product(4, 2_000_000)];
  const options = { businessDate: '2026-11-20', products, officers: [], purposes: [], funds: [], nextNumber: 'L-KTL-02-0001-4' };
  const opening = { businessDate: '2026-11-20', products: [], officers: [], nextNumber: 'S-KTL-02-0001-4' };
  const registration = {
    today: '2026-11-20',
    officeName: 'Kitale branch',
    openedOn: null,
    checkedAt: null,
    nextNumber: 'P-KTL-02-0001-4',
    genders: [],
    clientTypes: [],
    classifications: [],
    staff: [],
  };
  return {
    answer: () => answer(),
    desks: {
      ...desks,
      clients: { ...desks['clients'], registrationOptions: () => ok(registration), findAlike: () => ok({ alike: [] }) },
      loans: { ...desks['loans'], applicationOptions: () => ok(options), calculate: () => ok({ out: [], schedule: null }) },
      savings: { ...desks['savings'], openingOptions: () => ok(opening) },
      drafts: {
        show: () => whenAnswered.then(() => ok(body === null ? null : { body: JSON.stringify({ formId: 'one', form: body }), keptAt: 1 })),
        keep: () => ok({ keptAt: 2 }),
        discard: () => ok({}),
      },
    } as unknown as FakeDesks,
  };
}

test.each(FORMS)('$name takes no key before its draft is known, and then shows it', async ({ component, props, field, kept, stands }) => {
  const { desks, answer } = slowDraft(kept);
  const { page } = await mountDesk(component, props, { desks });
  const at = `[data-testid="${field}"] input, input[data-testid="${field}"]`;
  expect(page.find(at).exists()).toBe(false);
  answer();
  await settled();
  expect(page.get<HTMLInputElement>(at).element.value).toBe(stands);
  page.unmount();
});

test.each(FORMS)('$name without a draft is open to every key as soon as that is known', async ({ component, props, field }) => {
  const { desks, answer } = slowDraft(null);
  const { page } = await mountDesk(component, props, { desks });
  answer();
  await settled();
  expect(page.find(`[data-testid="${field}"] input, input[data-testid="${field}"]`).exists()).toBe(true);
  page.unmount();
});
