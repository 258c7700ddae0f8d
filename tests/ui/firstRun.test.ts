// The first run: the office is for ever, so it is named and agreed to once, with one key.
import { afterEach, expect, test } from 'vitest';
import FirstRun from '../../renderer/screens/start/FirstRun.vue';
import { mountDesk, press, settled } from './desksPage.ts';
import { fakeBranch } from './fakeBranch.ts';
import type { FakeDesks } from './fakeDesks.ts';
import { fakeDesks } from './fakeDesks.ts';

let unmount: (() => void) | undefined;
afterEach(() => {
  unmount?.();
  unmount = undefined;
});

async function askedFor(username: string, language: 'en' | 'es' | 'fr' = 'en') {
  const { session } = fakeBranch({ state: 'firstRun' }).api;
  const { page } = await mountDesk(FirstRun, {}, { language, desks: { ...fakeDesks(), session } as FakeDesks });
  unmount = () => page.unmount();
  await page.get('[data-testid="connect-head-office"]').trigger('click');
  for (const [testid, text] of [
    ['head-office-address', 'https://head.example'],
    ['head-office-username', username],
    ['head-office-password', 'practice'],
  ])
    await page.get(`[data-testid="${testid}"] input`).setValue(text);
  await page.get('[data-testid="connect"]').trigger('click');
  await settled();
  return page;
}

test('the office of whoever signed in is named, and one key agrees', async () => {
  const page = await askedFor('grace');
  expect(page.get('[data-testid="office-question"]').text()).toContain('Does this PC serve KITALE BRANCH?');
  expect(page.find('[data-testid="office-is-head-office"]').exists()).toBe(false);
  // What receipts will be headed is fixed by the yes, so it is said before.
  expect(page.get('[data-testid="office-headline"]').text()).toContain('Head Office, KITALE BRANCH');
  expect(page.get('[data-testid="office-founding"]').text()).toContain('Nothing is written yet');
  const pressed = press('Enter', { ctrl: true });
  await page.vm.$nextTick();
  // While books are made nothing says that there are none, and no key leads back.
  expect(page.get('[data-testid="office-founding"]').text()).toContain('the books of this PC are made');
  expect(page.find('[data-testid="other-office"]').exists()).toBe(false);
  await pressed;
  expect(page.find('[data-testid="office-question"]').exists()).toBe(false);
  expect(page.find('[data-refusal]').exists()).toBe(false);
});

test.each([
  ['en', 'This is head office itself'],
  ['es', 'Esta es la oficina central misma'],
  ['fr', 'C’est le siège lui-même'],
] as const)('in %s somebody of head office is told that it is no branch, and goes back to the form', async (language, words) => {
  const page = await askedFor('mifos', language);
  expect(page.get('[data-testid="office-is-head-office"]').text()).toContain(words);
  await page.get('[data-testid="other-office"]').trigger('click');
  expect(page.find('[data-testid="office-question"]').exists()).toBe(false);
  expect(page.get('[data-testid="head-office-username"] input').element).toHaveProperty('value', 'mifos');
});

test('the zone of the office is asked for with this computer’s own as a guess and what its clocks show, and what was chosen is sent', async () => {
  const asked: (string | undefined)[] = [];
  const { session } = fakeBranch({ state: 'firstRun' }).api;
  const connectHeadOffice = (input: Parameters<typeof session.connectHeadOffice>[0]) => {
    asked.push(input.zone);
    return session.connectHeadOffice(input);
  };
  const { page } = await mountDesk(FirstRun, {}, { desks: { ...fakeDesks(), session: { ...session, connectHeadOffice } } as FakeDesks });
  unmount = () => page.unmount();
  await page.get('[data-testid="connect-head-office"]').trigger('click');
  const zone = page.get<HTMLSelectElement>('select[data-testid="office-zone"]');
  expect(zone.element.value).toBe(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  const hint = (): string => page.get(`#${zone.attributes('aria-describedby') ?? ''}`).text();
  await zone.setValue('Pacific/Auckland');
  const inAuckland = hint();
  await zone.setValue('America/Los_Angeles');
  expect(hint()).not.toBe(inAuckland);
  for (const [testid, text] of [
    ['head-office-address', 'https://head.example'],
    ['head-office-username', 'grace'],
    ['head-office-password', 'practice'],
  ])
    await page.get(`[data-testid="${testid}"] input`).setValue(text);
  await page.get('[data-testid="connect"]').trigger('click');
  await settled();
  expect(asked).toEqual(['America/Los_Angeles']);
});
