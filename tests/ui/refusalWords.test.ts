// Head office's reason is said in the reader's words; its bare code only where nobody knows it.
import { expect, test } from 'vitest';
import RefusalNotice from '../../renderer/components/RefusalNotice.vue';
import { mountDesk } from './desksPage.ts';

const refused = (serverCode: string) => ({ refusal: { code: 'practice.refused', facts: { serverCode } } });

test('a code of head office that we know is a sentence in each language', async () => {
  for (const language of ['en', 'es', 'fr'] as const) {
    const code = 'error.msg.savingsaccount.transaction.insufficient.account.balance';
    const { page } = await mountDesk(RefusalNotice, refused(code), { language });
    expect(page.text()).not.toContain('error.msg');
    expect(page.findAll('p').length).toBe(2);
  }
});

test('a code that nobody knows is named, for whoever is asked about it', async () => {
  const { page } = await mountDesk(RefusalNotice, refused('error.msg.never.heard.of'));
  expect(page.text()).toContain('error.msg.never.heard.of');
});
