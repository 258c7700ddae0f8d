// The sign-in page after the books lost something: it says what is missing, what not to do and what to do, and calls nothing safe meanwhile.
import { afterEach, expect, test } from 'vitest';
import SignIn from '../../renderer/screens/signIn/SignIn.vue';
import type { StartView } from '../../shared/contract/session.ts';
import { at } from './fakeDesks.ts';
import { mountDesk } from './desksPage.ts';

type Start = NonNullable<StartView['start']>;

let unmount: (() => void) | undefined;
afterEach(() => {
  unmount?.();
  unmount = undefined;
});

const BEHIND: NonNullable<Start['behind']> = {
  noticedAt: at(8, 0),
  noticedBy: 'thisPc',
  entries: 9,
  receipts: 3,
  firstReceipt: 'KTL-02-261120-0037-F',
  lastReceipt: 'KTL-02-261120-0039-B',
  nextReceipt: 'KTL-02-261120-0140-C',
  copy: 'branch.sqlite.behind-412-421',
};

async function open(behind: Start['behind'], language: 'en' | 'es' | 'fr' = 'en') {
  const start: Start = { unclean: true, receiptsToday: 36, lastReceipt: null, chainWhole: true, unprinted: 0, drafts: 0, behind };
  const { page } = await mountDesk(SignIn, {}, { language, start });
  unmount = () => page.unmount();
  return page;
}

test('books that lost receipts are said to be incomplete, and today is not called safe', async () => {
  const page = await open(BEHIND);
  const said = page.get('[data-testid="books-behind"]').text();
  for (const words of [
    'KTL-02-261120-0037-F',
    'KTL-02-261120-0039-B',
    'KTL-02-261120-0140-C',
    'branch.sqlite.behind-412-421',
    '3 receipts',
  ])
    expect(said).toContain(words);
  expect(said).toContain('Do not enter anything again yet');
  expect(page.find('[data-testid="start-report"]').exists()).toBe(false);
  expect(page.text()).not.toContain('safe');
});

test.each(['es', 'fr'] as const)('in %s as well, with nothing left in English', async (language) => {
  const page = await open({ ...BEHIND, receipts: 1, lastReceipt: BEHIND.firstReceipt }, language);
  const said = page.get('[data-testid="books-behind"]').text();
  expect(said).toContain(language === 'es' ? 'Falta un recibo que se entregó aquí' : 'Un reçu donné ici manque');
  expect(said).not.toMatch(/receipt|books/i);
});

test('where no receipt is missing the records are counted, and head office is named where it told', async () => {
  expect((await open({ ...BEHIND, receipts: 0, firstReceipt: null, lastReceipt: null })).text()).toContain('9 records that were made here');
  unmount?.();
  expect((await open({ ...BEHIND, noticedBy: 'headOffice', copy: null })).text()).toContain('Head office holds receipts of this PC');
});

test('whole books after a crash are called safe', async () => {
  const page = await open(null);
  expect(page.get('[data-testid="start-report"]').text()).toContain('36');
  expect(page.find('[data-testid="books-behind"]').exists()).toBe(false);
});

test('whoever has not signed in is told that all is well, or that something is missing, and no figure', async () => {
  const stranger = { receiptsToday: null, lastReceipt: null, unprinted: null, drafts: null } as const;
  const none = { entries: null, receipts: null, firstReceipt: null, lastReceipt: null, nextReceipt: null, copy: null } as const;
  const { page } = await mountDesk(SignIn, {}, { start: { unclean: true, chainWhole: true, behind: null, ...stranger } });
  unmount = () => page.unmount();
  expect(page.get('[data-testid="start-report"]').text()).toContain('Every receipt that was given is safe');
  page.unmount();
  const missing = await mountDesk(SignIn, {}, { start: { unclean: true, chainWhole: true, ...stranger, behind: { ...BEHIND, ...none } } });
  unmount = () => missing.page.unmount();
  const said = missing.page.get('[data-testid="books-behind"]').text();
  expect(said).toContain('Whoever signs in sees which receipts are missing');
  expect(said).not.toMatch(/\d/);
});

const KEY_BESIDE = '[data-testid="key-beside"]';

test.each([
  ['en', 'The key of these books lies beside them, in a file', 'ask your technician'],
  ['es', 'La llave de estos libros', 'técnico'],
  ['fr', 'La clé de ces livres', 'technicien'],
] as const)('a key that lies beside the books is said before anybody signs in, in %s', async (language, title, todo) => {
  const { page } = await mountDesk(SignIn, {}, { as: 'nobody', language, keyGuard: 'keyFile' });
  unmount = () => page.unmount();
  const said = page.get(KEY_BESIDE).text();
  expect(said).toContain(title);
  expect(said).toContain(todo);
});

test('that the key file went is seen by the sentence that went with it; practice has nothing to guard', async () => {
  for (const wanted of [{ keyGuard: 'operatingSystem' }, { keyGuard: 'keyFile', practice: true }] as const) {
    const { page } = await mountDesk(SignIn, {}, { as: 'nobody', ...wanted });
    expect(page.find(KEY_BESIDE).exists()).toBe(false);
    page.unmount();
  }
});

test.each(['missing', 'notOurs'] as const)('a memory of the books that is %s stays on the page until the day is closed', async (memory) => {
  const start = {
    unclean: false,
    receiptsToday: null,
    lastReceipt: null,
    chainWhole: true,
    unprinted: null,
    drafts: null,
    behind: null,
    memory,
  };
  const { page } = await mountDesk(SignIn, {}, { as: 'nobody', start: start as unknown as NonNullable<StartView['start']> });
  unmount = () => page.unmount();
  expect(page.get('[data-testid="books-memory"]').text()).toContain('This notice stays until the day is closed');
});
