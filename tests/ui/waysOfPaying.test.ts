// The ways of paying that could not be read: said in the form, asked for again by themselves, and the key that waits for them is named.
import { afterEach, expect, test, vi } from 'vitest';
import WithdrawalForm from '../../renderer/screens/counter/WithdrawalForm.vue';
import { mountDesk, press, settled } from './desksPage.ts';
import { fakeDesks, fakeSavings, type FakeDesks } from './fakeDesks.ts';

afterEach(() => {
  vi.useRealTimers();
  document.body.innerHTML = '';
});

const ok = (value: unknown) => ({ ok: true, value });

function branchWithout(reads: { left: number }): FakeDesks {
  const desks = fakeDesks() as unknown as Record<string, Record<string, unknown>>;
  const savings = { ...fakeSavings, mayWithdraw: true, payable: { minor: 80_000, rule: 'balance' } };
  return {
    ...desks,
    savings: { ...desks['savings'], show: () => Promise.resolve(ok({ savings, history: [] })) },
    cash: {
      ...desks['cash'],
      listPaymentTypes: () => {
        reads.left -= 1;
        return Promise.resolve(
          reads.left >= 0
            ? { ok: false, refusal: { code: 'transport.unreachable' } }
            : ok([{ paymentTypeId: 1, name: 'Cash', cash: true }]),
        );
      },
    },
    drafts: {
      show: () => Promise.resolve(ok(null)),
      keep: () => Promise.resolve(ok({ keptAt: 1 })),
      discard: () => Promise.resolve(ok({})),
    },
  } as unknown as FakeDesks;
}

test('are said to be missing while somebody types, and come by themselves', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  const { page } = await mountDesk(WithdrawalForm, { savingsId: fakeSavings.savingsId }, { desks: branchWithout({ left: 2 }) });
  await page.get('[data-testid="amount"]').setValue('300');
  await settled();
  expect(page.get('[data-testid="no-ways"]').text()).toContain('could not be read');
  expect(page.find('[role="radiogroup"]').exists()).toBe(false);
  expect(page.get('[data-testid="review"]').text() + page.html()).toContain('Choose first how it is paid');
  await vi.advanceTimersByTimeAsync(5_000);
  await settled();
  expect(page.find('[data-testid="no-ways"]').exists()).toBe(false);
  expect(page.get('[data-testid="way-1"]').text()).toContain('Cash');
  page.unmount();
});

test('are read at once when that is asked for', async () => {
  const { page } = await mountDesk(WithdrawalForm, { savingsId: fakeSavings.savingsId }, { desks: branchWithout({ left: 1 }) });
  await page.get('[data-testid="read-ways"]').trigger('click');
  await settled();
  expect(page.find('[data-testid="way-1"]').exists()).toBe(true);
  await press('6', { alt: true });
  page.unmount();
});
