// A form without money that was recorded already says so in words, at the moment it happened, and what is pressed next goes as a deed of its own:
// a transfer, a decision, a note, a registration.
import type { Component } from 'vue';
import { beforeAll, expect, test, vi } from 'vitest';
import ClientNotes from '../../renderer/screens/clients/ClientNotes.vue';
import RegisterClient from '../../renderer/screens/clients/RegisterClient.vue';
import TransferDialog from '../../renderer/screens/clients/TransferDialog.vue';
import LoanDecision from '../../renderer/screens/loans/LoanDecision.vue';
import { mountDesk, settled } from './desksPage.ts';
import { at, fakeClientPage, fakeDesks, type FakeDesks } from './fakeDesks.ts';

const [savings] = fakeClientPage.savings;
const [loan] = fakeClientPage.loans;
const another = { ...savings, savingsId: 'another', accountNo: '000000099' };
const USED = { ok: false, refusal: { code: 'form.alreadyUsed', facts: { recordedAt: at(11, 47) } } } as const;

/** A dialog asks where it can be seen. */
beforeAll(() => {
  const seen = { width: 1366, height: 768, offsetTop: 0, offsetLeft: 0, scale: 1 };
  vi.stubGlobal('visualViewport', Object.assign(new EventTarget(), seen));
});

function field(testid: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-testid="${testid}"]`);
  if (found === null) throw new Error(`no ${testid}`);
  return found.matches('input, select, textarea') ? found : (found.querySelector<HTMLElement>('input, textarea') ?? found);
}

async function type(testid: string, words: string): Promise<void> {
  const into = field(testid) as HTMLInputElement;
  into.value = words;
  for (const event of ['input', 'change', 'blur']) into.dispatchEvent(new Event(event, { bubbles: true }));
  await settled();
}

interface Form {
  readonly component: Component;
  readonly props: Record<string, unknown>;
  /** Noun and verb of what it asks. */
  readonly asks: readonly [string, string];
  readonly fill: () => Promise<void>;
  readonly confirm: string;
  /** What is answered where it had been recorded. */
  readonly before: object;
  /** Where it tells of an answer that was given before: an event for the page that opened it, or words of its own. */
  readonly tells: 'done' | 'decided' | 'recorded-before' | null;
}

const FORMS: Readonly<Record<string, Form>> = {
  'a transfer': {
    component: TransferDialog,
    props: {
      clientName: 'Mary',
      savings: [
        { ...savings, mayWithdraw: true },
        { ...another, mayDeposit: true },
      ],
      fromSavingsId: savings?.savingsId,
    },
    asks: ['savings', 'transfer'],
    fill: async () => {
      await type('transfer-to', 'another');
      await type('transfer-amount', '300');
    },
    confirm: 'transfer-post',
    before: { recordedAt: at(11, 47), replayed: true },
    tells: 'done',
  },
  'a decision': {
    component: LoanDecision,
    props: { loan: { ...loan, confirmedStatus: 'submitted' }, clientName: 'Mary', deed: 'reject' },
    asks: ['loans', 'reject'],
    fill: () => type('decision-note', 'as the committee said'),
    confirm: 'decision-now',
    before: { at: at(11, 47), replayed: true },
    tells: 'decided',
  },
  'a note': {
    component: ClientNotes,
    props: { clientId: fakeClientPage.client.clientId, notes: [], mayResolve: true },
    asks: ['clients', 'addNote'],
    fill: () => type('note-text', 'moved to Lessos'),
    confirm: 'note-add',
    before: { recordedAt: at(11, 47), replayed: true },
    tells: 'recorded-before',
  },
  'a registration': {
    component: RegisterClient,
    props: {},
    asks: ['clients', 'register'],
    fill: async () => {
      await type('register-firstname', 'Merceline');
      await type('register-lastname', 'Kwamboka');
    },
    confirm: 'register-press',
    before: { clientId: 'c', replayed: true },
    tells: null,
  },
};

function answering(form: Form, asked: { readonly formId: string }[], answer: () => unknown): FakeDesks {
  const ok = (value: unknown) => Promise.resolve({ ok: true, value });
  const desks = fakeDesks() as unknown as Record<string, Record<string, unknown>>;
  const [noun, verb] = form.asks;
  const lists = { genders: [], clientTypes: [], classifications: [], staff: [] };
  const clients = {
    ...desks['clients'],
    registrationOptions: () =>
      ok({ ...lists, officeName: 'Kitale', nextNumber: 'P-1', today: '2026-11-20', openedOn: null, checkedAt: null }),
    findAlike: () => ok({ alike: [] }),
  };
  return {
    ...desks,
    clients,
    drafts: { show: () => ok(null), keep: () => ok({ keptAt: 1 }), discard: () => ok({}) },
    [noun]: {
      ...(noun === 'clients' ? clients : desks[noun]),
      [verb]: (input: { readonly formId: string }) => {
        asked.push(input);
        return Promise.resolve(answer());
      },
    },
  } as unknown as FakeDesks;
}

async function confirm(form: Form): Promise<void> {
  field(form.confirm).click();
  await settled();
}

test.each(Object.entries(FORMS))(
  '%s that is told as used says when it was recorded, and goes on a form of its own when it is pressed again',
  async (_name, form) => {
    const asked: { readonly formId: string }[] = [];
    const { page } = await mountDesk(form.component, form.props, { desks: answering(form, asked, () => USED) });
    await form.fill();
    await confirm(form);
    const told = document.querySelector('[data-refusal="form.alreadyUsed"]')?.textContent ?? '';
    expect(told).toContain('This form was recorded already. Nothing was recorded now.');
    expect(told).toContain('11:47');
    await confirm(form);
    expect(asked).toHaveLength(2);
    expect(asked[1]?.formId).not.toBe(asked[0]?.formId);
    page.unmount();
  },
);

test.each(Object.entries(FORMS).filter(([, { tells }]) => tells !== null))(
  '%s whose answer was given before is told as that, and never as new',
  async (_name, form) => {
    const { page } = await mountDesk(form.component, form.props, { desks: answering(form, [], () => ({ ok: true, value: form.before })) });
    await form.fill();
    await confirm(form);
    const said =
      form.tells === 'recorded-before' ? field('recorded-before').textContent : page.emitted<[string]>(form.tells ?? '')?.[0]?.[0];
    expect(said).toMatch(/^Recorded already, .*11:47.*\. Nothing was recorded now\.$/u);
    page.unmount();
  },
);
