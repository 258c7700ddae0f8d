// A day that was left open past midnight is no wrong clock: it is said as what it is, with the way to its close.
import { afterEach, expect, test } from 'vitest';
import DateDoubt from '../../renderer/components/DateDoubt.vue';
import { useSessionStore } from '../../renderer/stores/session.ts';
import { mountDesk, settled } from './desksPage.ts';

afterEach(() => (document.body.innerHTML = ''));

async function open(leftOpen: boolean, language: 'en' | 'es' | 'fr' = 'en') {
  const mounted = await mountDesk(DateDoubt, {}, { language });
  const session = useSessionStore();
  if (session.start === null) throw new Error('no start');
  session.start = {
    ...session.start,
    dateDoubt: { businessDate: '2026-11-29', headOfficeDate: '2026-11-30', leftOpen },
  };
  await settled();
  return mounted;
}

test('the day that is still open is named, and its close is one press away', async () => {
  const { page, router } = await open(true);
  expect(page.text()).toContain('is still open');
  expect(page.text()).not.toMatch(/clock|zone/);
  expect(page.get('[data-testid="say-date"]').text()).toContain('Go on with');
  await page.get('[data-testid="to-day"]').trigger('click');
  await settled();
  expect(router.currentRoute.value.name).toBe('day');
  expect(page.find('[data-testid="to-day"]').exists()).toBe(false);
});

test.each(['es', 'fr'] as const)('in %s as well', async (language) => {
  const { page } = await open(true, language);
  expect(page.text()).toContain(language === 'es' ? 'sigue abierta' : 'encore ouverte');
});

test('a calendar that differs is still asked about as a clock or a zone', async () => {
  const { page } = await open(false);
  expect(page.text()).toContain('clock');
  expect(page.find('[data-testid="to-day"]').exists()).toBe(false);
});
