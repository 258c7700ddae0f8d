// A quick hand on a slow PC: every money form is opened on a branch that has not answered yet, is given its keys, and takes them in their order
// once the answers are there. What confirms ends what is played: nothing is posted that nobody has seen.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Component } from 'vue';
import BasketForm from '../../renderer/screens/counter/BasketForm.vue';
import DepositForm from '../../renderer/screens/counter/DepositForm.vue';
import PayBasketForm from '../../renderer/screens/counter/PayBasketForm.vue';
import RepaymentForm from '../../renderer/screens/counter/RepaymentForm.vue';
import WithdrawalForm from '../../renderer/screens/counter/WithdrawalForm.vue';
import { mountDesk, press, settled } from './desksPage.ts';
import { fakeClientPage, fakeDesks, fakeLoan, fakeSavings, type FakeDesks } from './fakeDesks.ts';

let answer: () => void = () => undefined;
let posted: string[] = [];
let draft: object | null = null;

beforeEach(() => {
  posted = [];
  draft = null;
});
afterEach(() => (document.body.innerHTML = ''));

const ok = (value: unknown) => ({ ok: true, value });
const two = [
  { ...fakeSavings, mayDeposit: true, mayWithdraw: true, payable: { minor: 80_000, rule: 'balance' } },
  {
    ...fakeSavings,
    savingsId: 'another',
    accountNo: '000000099',
    mayDeposit: true,
    mayWithdraw: true,
    payable: { minor: 70_000, rule: 'balance' },
  },
];
const loan = { ...fakeLoan, dueNowMinor: 255_000, nextDueMinor: 590_000, mayRepay: true };
const clientPage = { ...fakeClientPage, loans: [loan], savings: two };

/** Everything that a form reads is answered at once, when `answer` is called. */
function slowBranch(): FakeDesks {
  const whenAnswered = new Promise<void>((resolve) => (answer = resolve));
  const slow = (value: () => unknown) => async () => {
    await whenAnswered;
    return ok(value());
  };
  const post = (name: string) => () => {
    posted.push(name);
    return Promise.resolve(ok(fakeClientPage.receipts[0]));
  };
  const verdict = (amountMinor: number) => ({
    amountMinor,
    verdict: 'may',
    code: null,
    line: null,
    limitMinor: null,
    approvers: [],
    fee: null,
    availableBeforeMinor: 80_000,
    availableAfterMinor: 80_000 - amountMinor,
    ledgerAfterMinor: 80_000 - amountMinor,
    alone: { minor: 80_000, rule: 'balance' },
    agreed: { minor: 80_000, rule: 'balance' },
    unsent: { count: 0, minor: 0 },
    balanceAgeMs: 0,
    confirmedAt: 0,
  });
  const desks = fakeDesks() as unknown as Record<string, Record<string, unknown>>;
  return {
    ...desks,
    clients: { ...desks['clients'], show: slow(() => clientPage) },
    loans: {
      ...desks['loans'],
      show: slow(() => ({ loan, history: [], installments: [] })),
      previewRepayment: ({ amountMinor }: { amountMinor: number }) =>
        Promise.resolve(
          ok({
            amountMinor,
            outstandingBeforeMinor: 4_385_000,
            outstandingAfterMinor: 4_385_000 - amountMinor,
            overpaidMinor: 0,
            overdueAfterMinor: 0,
            allocation: null,
            lines: [],
            nextDueDate: null,
            nextDueMinor: null,
            reckoned: false,
          }),
        ),
      askPayOff: () => Promise.resolve(ok({})),
      takeRepayment: post('repayment'),
    },
    savings: {
      ...desks['savings'],
      show: slow(() => ({ savings: two[0], history: [] })),
      previewWithdrawal: ({ amountMinor }: { amountMinor: number }) => Promise.resolve(ok(verdict(amountMinor))),
      takeDeposit: post('deposit'),
      payWithdrawal: post('withdrawal'),
    },
    counter: {
      previewPayBasket: () => Promise.resolve(ok({ ...verdict(30_000), lines: [{ fee: null, ledgerAfterMinor: 1 }] })),
      takeBasket: post('basket'),
      payBasket: post('basketPaid'),
    },
    cash: { ...desks['cash'], listPaymentTypes: slow(() => [{ paymentTypeId: 1, name: 'Cash', cash: true }]) },
    drafts: {
      show: slow(() => draft),
      keep: () => Promise.resolve(ok({ keptAt: 1 })),
      discard: () => Promise.resolve(ok({})),
    },
  } as unknown as FakeDesks;
}

interface Form {
  readonly component: Component;
  readonly props: Record<string, string>;
  readonly kind: string;
  readonly keys: readonly string[];
  /** What the review reads aloud. */
  readonly sum: string;
}

const DIGITS = ['3', '0', '0'];
const FORMS: readonly Form[] = [
  { component: RepaymentForm, props: { loanId: loan.loanId }, kind: 'repayment', keys: ['Alt+2'], sum: '8,450.00' },
  { component: RepaymentForm, props: { loanId: loan.loanId }, kind: 'repayment', keys: DIGITS, sum: '300.00' },
  { component: DepositForm, props: { savingsId: fakeSavings.savingsId }, kind: 'deposit', keys: DIGITS, sum: '300.00' },
  { component: WithdrawalForm, props: { savingsId: fakeSavings.savingsId }, kind: 'withdrawal', keys: DIGITS, sum: '300.00' },
  { component: WithdrawalForm, props: { savingsId: fakeSavings.savingsId }, kind: 'withdrawal', keys: ['Alt+1'], sum: '800.00' },
  {
    component: BasketForm,
    props: { clientId: fakeClientPage.client.clientId },
    kind: 'basket',
    keys: [...DIGITS, 'Enter', '2', '0', '0', '1', 'Backspace'],
    sum: '500.00',
  },
  { component: PayBasketForm, props: { clientId: fakeClientPage.client.clientId }, kind: 'basketPaid', keys: DIGITS, sum: '300.00' },
];

async function pressed(keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const [held, plain] = key.includes('+') ? key.split('+') : ['', key];
    await press(plain ?? '', { alt: held === 'Alt', ctrl: held === 'Ctrl' });
  }
}

test.each(FORMS)(
  '$kind, $keys: what was pressed before the branch answered is played in its order',
  async ({ component, props, kind, keys, sum }) => {
    const { page } = await mountDesk(component, props, { desks: slowBranch() });
    await pressed([...keys, 'Ctrl+Enter', 'Ctrl+Enter']);
    answer();
    await settled();
    await settled();
    expect(page.get(`[data-testid="form-${kind}"]`).attributes('data-step')).toBe('review');
    expect(page.get('[data-testid="review-sentence"]').text()).toContain(sum);
    expect(posted).toEqual([]);
    // From here on the keys are heard as they are pressed.
    await pressed(['Ctrl+Enter']);
    expect(posted).toEqual([kind]);
    page.unmount();
  },
);

test('a repayment is reviewed when its own shares are there, not those of a sum that stood there before', async () => {
  const branch = slowBranch() as unknown as {
    readonly loans: Record<string, (input: { readonly amountMinor: number }) => Promise<unknown>>;
  };
  answer();
  const told = branch.loans['previewRepayment']!;
  const { page } = await mountDesk(RepaymentForm, { loanId: loan.loanId }, { desks: branch as unknown as FakeDesks });
  await settled();
  const typed = page.get<HTMLInputElement>('[data-testid="amount"]');
  await typed.setValue('300');
  await settled();
  let tell = (): void => undefined;
  const whenTold = new Promise<void>((resolve) => (tell = resolve));
  branch.loans['previewRepayment'] = (input) => whenTold.then(() => told(input));
  await typed.setValue('3000');
  await pressed(['Ctrl+Enter']);
  await settled();
  expect(page.get('[data-testid="form-repayment"]').attributes('data-step')).toBe('entry');
  expect(page.get('.after').classes()).toContain('is-old');
  tell();
  await settled();
  expect(page.get('[data-testid="form-repayment"]').attributes('data-step')).toBe('review');
  expect(page.get('[data-testid="review-sentence"]').text()).toContain('3,000.00');
  page.unmount();
});

test('a draft does not take the place of what waits to be played: it is offered', async () => {
  draft = { draftKey: 'any', body: JSON.stringify({ formId: 'one', amountMinor: 150_000 }), keptAt: 1 };
  const { page } = await mountDesk(DepositForm, { savingsId: fakeSavings.savingsId }, { desks: slowBranch() });
  await pressed(['2', '7']);
  answer();
  await settled();
  expect(page.get<HTMLInputElement>('[data-testid="amount"]').element.value).toBe('27');
  expect(page.find('[data-testid="draft-offered"]').exists()).toBe(true);
  page.unmount();
});

test('a form that is left before its client was read keeps the name that it was kept under', async () => {
  const kept: string[] = [];
  const drafts = {
    show: () => Promise.resolve(ok({ body: JSON.stringify({ amountMinor: 150_000, clientName: 'Mary Wanjiku' }), keptAt: 1 })),
    keep: ({ body }: { readonly body: string }) => {
      kept.push((JSON.parse(body) as { readonly clientName: string }).clientName);
      return Promise.resolve(ok({ keptAt: 2 }));
    },
  };
  const desks = { ...slowBranch(), drafts } as unknown as FakeDesks;
  const { page } = await mountDesk(DepositForm, { savingsId: fakeSavings.savingsId }, { desks });
  await settled();
  page.unmount();
  expect(kept).toEqual(['Mary Wanjiku']);
});

test('whoever leaves before the form is whole leaves what was pressed as well', async () => {
  const { page } = await mountDesk(DepositForm, { savingsId: fakeSavings.savingsId }, { desks: slowBranch() });
  await pressed(['5', 'Escape', '7']);
  answer();
  await settled();
  expect(page.get<HTMLInputElement>('[data-testid="amount"]').element.value).toBe('7');
  page.unmount();
});
