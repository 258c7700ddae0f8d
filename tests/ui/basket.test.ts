// The form for several accounts: sums beside their accounts, one total, and only what was typed goes out.
import { expect, test } from 'vitest';
import BasketForm from '../../renderer/screens/counter/BasketForm.vue';
import PayBasketForm from '../../renderer/screens/counter/PayBasketForm.vue';
import { mountDesk, settled } from './desksPage.ts';
import { fakeClientPage, fakeDesks, type FakeDesks } from './fakeDesks.ts';

function standing(asked: object[]): FakeDesks {
  const ok = (value: unknown) => Promise.resolve({ ok: true, value });
  return {
    ...fakeDesks(),
    clients: { show: () => ok(fakeClientPage) },
    cash: { listPaymentTypes: () => ok([{ paymentTypeId: 1, name: 'Cash', cash: true }]) },
    drafts: { show: () => ok(null), keep: () => ok({ keptAt: 1 }), discard: () => ok({}) },
    counter: {
      takeBasket: (input: object) => {
        asked.push(input);
        return ok(fakeClientPage.receipts[0]);
      },
    },
  } as unknown as FakeDesks;
}

test('what is typed beside two accounts goes out as two lines of one basket', async () => {
  const asked: object[] = [];
  const { page } = await mountDesk(BasketForm, { clientId: fakeClientPage.client.clientId }, { desks: standing(asked) });
  for (const [at, sum] of ['300', '200'].entries()) {
    const field = page.get(`[data-testid="line-${at + 1}"]`);
    const input = field.element instanceof HTMLInputElement ? field : field.get('input');
    await input.setValue(sum);
    await input.trigger('blur');
  }
  await settled();
  expect(page.get('[data-testid="basket-total"]').text()).toContain('500.00');
  expect(page.findAll('[data-testid="slip-line"]')).toHaveLength(2);
  await page.get('[data-testid="review"]').trigger('click');
  await settled();
  await page.get('[data-testid="post"]').trigger('click');
  await settled();
  expect(asked).toMatchObject([
    {
      clientId: fakeClientPage.client.clientId,
      lines: [
        { kind: 'loanRepayment', loanId: fakeClientPage.loans[0]?.loanId, amountMinor: 30_000 },
        { kind: 'savingsDeposit', savingsId: fakeClientPage.savings[0]?.savingsId, amountMinor: 20_000 },
      ],
      paidWith: { paymentTypeId: 1, givenMinor: 50_000 },
    },
  ]);
  page.unmount();
});

const [one] = fakeClientPage.savings;

function paying(asked: object[], verdict: object): FakeDesks {
  const ok = (value: unknown) => Promise.resolve({ ok: true, value });
  const two = [
    { ...one, mayWithdraw: true, payable: { minor: 80_000, rule: 'balance' } },
    { ...one, savingsId: 'another', accountNo: '000000099', mayWithdraw: true, payable: { minor: 70_000, rule: 'balance' } },
  ];
  return {
    ...standing([]),
    clients: { show: () => ok({ ...fakeClientPage, savings: two }) },
    counter: {
      previewPayBasket: () =>
        ok({
          verdict: 'may',
          code: null,
          line: null,
          approvers: [],
          lines: [{ fee: null, ledgerAfterMinor: 1 }, {}],
          ...verdict,
        }),
      payBasket: (input: object) => {
        asked.push(input);
        return ok(fakeClientPage.receipts[0]);
      },
    },
  } as unknown as FakeDesks;
}

async function typeBoth(page: Awaited<ReturnType<typeof mountDesk>>['page']): Promise<void> {
  for (const [at, sum] of ['300', '200'].entries()) {
    const field = page.get(`[data-testid="line-${at + 1}"]`);
    const input = field.element instanceof HTMLInputElement ? field : field.get('input');
    await input.setValue(sum);
    await input.trigger('blur');
  }
  await settled();
}

test('what is typed beside two accounts that pay goes out as two lines of one payment', async () => {
  const asked: object[] = [];
  const { page } = await mountDesk(PayBasketForm, { clientId: fakeClientPage.client.clientId }, { desks: paying(asked, {}) });
  await typeBoth(page);
  expect(page.get('[data-testid="basket-total"]').text()).toContain('500.00');
  await page.get('[data-testid="review"]').trigger('click');
  await settled();
  await page.get('[data-testid="post"]').trigger('click');
  await settled();
  expect(asked).toMatchObject([
    {
      clientId: fakeClientPage.client.clientId,
      lines: [
        { savingsId: one?.savingsId, amountMinor: 30_000 },
        { savingsId: 'another', amountMinor: 20_000 },
      ],
      paidWith: { paymentTypeId: 1 },
    },
  ]);
  expect(asked[0]).not.toHaveProperty('paidWith.givenMinor');
  page.unmount();
});

test('why a manager has to agree is said with its limits: of the whole once, of one account by its number', async () => {
  const account = { minor: 90_000, rule: 'account' };
  const needsManager = {
    verdict: 'needsManager',
    lines: [
      { alone: { minor: 0, wholeMinor: 25_000, rule: 'once' }, agreed: account },
      { alone: { minor: 0, rule: 'second' }, agreed: { ...account, minor: 80_000 } },
    ],
  };
  const { page } = await mountDesk(PayBasketForm, { clientId: fakeClientPage.client.clientId }, { desks: paying([], needsManager) });
  await typeBoth(page);
  const said = page.findAll('[data-testid="limit"]').map((each) => each.text());
  expect(said).toHaveLength(4);
  expect(said[0]).toMatch(/up to .*250\.00 in all/u);
  expect(said[1]).toMatch(/900\.00/u);
  expect(said[2]).toMatch(/^000000099: No sum without asking\. Another withdrawal/u);
  expect(said[3]).toMatch(/^000000099: .*800\.00/u);
  page.unmount();
});

test('an account that may not give its sum says so beside it, and nothing is reviewed', async () => {
  const refused = { verdict: 'refused', code: 'withdrawal.exceedsAvailable', line: 2, lines: [] };
  const { page } = await mountDesk(PayBasketForm, { clientId: fakeClientPage.client.clientId }, { desks: paying([], refused) });
  await typeBoth(page);
  expect(page.find('[data-testid="basket-total"]').exists()).toBe(false);
  await page.get('[data-testid="review"]').trigger('click');
  await settled();
  expect(page.get('[data-testid="form-basketPaid"]').attributes('data-step')).toBe('entry');
  page.unmount();
});
