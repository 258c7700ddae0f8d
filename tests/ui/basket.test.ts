// The form for several accounts: sums beside their accounts, one total, and only what was typed goes out.
import { expect, test } from 'vitest';
import BasketForm from '../../renderer/screens/counter/BasketForm.vue';
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
