// Terms of a loan as they are typed: what could be two numbers or none is refused under its field, and no digit of it is dropped.
import { afterEach, expect, test } from 'vitest';
import LoanCalculator from '../../renderer/screens/loans/LoanCalculator.vue';
import { mountDesk, settled } from './desksPage.ts';
import { fakeDesks, type FakeDesks } from './fakeDesks.ts';
import { product } from './loanTerms.ts';

afterEach(() => (document.body.innerHTML = ''));

async function calculator(language: 'en' | 'es' | 'fr') {
  const asked: { readonly installments: number; readonly ratePercent: string }[] = [];
  const desks = fakeDesks() as unknown as Record<string, Record<string, unknown>>;
  const ok = (value: unknown) => Promise.resolve({ ok: true, value });
  const loans = {
    ...desks['loans'],
    listProducts: () => ok({ businessDate: '2026-11-20', products: [product(3, 5_000_000)] }),
    calculate: (terms: (typeof asked)[number]) => {
      asked.push(terms);
      return ok({ out: [], schedule: null });
    },
  };
  const { page } = await mountDesk(LoanCalculator, {}, { desks: { ...desks, loans } as unknown as FakeDesks, language });
  const field = (name: string) =>
    page.get<HTMLInputElement>(`[data-testid="calculator-${name}"] input, input[data-testid="calculator-${name}"]`);
  return { page, asked, field };
}

test.each([
  ['en', 'installments', '1200', '600'],
  ['en', 'installments', '1e2', '1e2'],
  ['en', 'installments', '0x10', '0x10'],
  ['en', 'installments', '12.5', '12.5'],
  ['es', 'installments', '1,2', '1,2'],
  ['en', 'installments', '-12', '-12'],
  ['en', 'rate', '12,5', '12.5 or 125'],
  ['es', 'rate', '12.5', '12,5 o 125'],
  ['fr', 'rate', '1.2.5', '1.2.5'],
  ['en', 'rate', '-3', '-3'],
  ['en', 'rate', '12345', '9,999'],
  ['en', 'rate', '1.1234567', '1.1234567'],
] as const)('%s, %s: %s is refused under its field, and nothing is reckoned of it', async (language, name, text, words) => {
  const { page, asked, field } = await calculator(language);
  const before = asked.length;
  await field(name).setValue(text);
  await settled();
  expect(field(name).element.value).toBe(text);
  expect(page.get('.field-below [role="alert"]').text()).toContain(words);
  expect(asked).toHaveLength(before);
  expect(field(name).element.maxLength).toBe(-1);
  page.unmount();
});

test.each([
  ['en', '12.5', '12.5'],
  ['es', '12,5', '12.5'],
  ['fr', '12,50', '12.5'],
  ['en', '0', '0'],
  ['en', '100', '100'],
  ['fr', '9,125', '9.125'],
] as const)('%s: a rate of %s is asked for as %s', async (language, text, asks) => {
  const { page, asked, field } = await calculator(language);
  await field('installments').setValue('24');
  await field('rate').setValue(text);
  await settled();
  expect(page.find('.field-below [role="alert"]').exists()).toBe(false);
  expect(asked.at(-1)).toMatchObject({ installments: 24, ratePercent: asks });
  page.unmount();
});
