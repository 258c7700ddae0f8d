// The desks on a branch that stands still: what a manager may press, what a maker may not, and what is said before it is done.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { nextTick } from 'vue';
import CountGrid from '../../renderer/components/CountGrid.vue';
import InstalmentStrip from '../../renderer/components/InstalmentStrip.vue';
import PersonMenu from '../../renderer/components/PersonMenu.vue';
import SyncMark from '../../renderer/components/SyncMark.vue';
import ClientNotes from '../../renderer/screens/clients/ClientNotes.vue';
import TransferDialog from '../../renderer/screens/clients/TransferDialog.vue';
import IssuedReceipt from '../../renderer/screens/counter/IssuedReceipt.vue';
import CloseDrawer from '../../renderer/screens/day/CloseDrawer.vue';
import DayPage from '../../renderer/screens/day/DayPage.vue';
import ExceptionCase from '../../renderer/screens/exceptions/ExceptionCase.vue';
import SyncDesk from '../../renderer/screens/sync/SyncDesk.vue';
import { mountDesk, press, settled } from './desksPage.ts';
import { fakeClientPage, fakeDesks, fakeLoan, type FakeDesks } from './fakeDesks.ts';
import type { ReceiptLine } from '../../shared/contract/shapes.ts';
import { ok } from '../../shared/kernel/result.ts';

const KES = { code: 'KES', decimals: 2 };
const CASE = '01930000-0000-7000-8000-000000000600';
const OWN_CASE = '01930000-0000-7000-8000-000000000601';

const POSTED_CASE = '01930000-0000-7000-8000-000000000603';

let unmount: (() => void) | undefined;
afterEach(() => {
  unmount?.();
  unmount = undefined;
});
async function open(...args: Parameters<typeof mountDesk>) {
  const mounted = await mountDesk(...args);
  unmount = () => mounted.page.unmount();
  return mounted;
}

describe('the four words', () => {
  test('a count is said in words, and singular and plural differ', async () => {
    const { page } = await open(SyncMark, { standing: 'needsYou', count: 1 });
    expect(page.text()).toBe('1 needs you');
    await page.setProps({ count: 3 });
    expect(page.text()).toBe('3 need you');
  });

  test('somebody without the right is told who is needed', async () => {
    const { page } = await open(SyncMark, { standing: 'needsYou', mayResolve: false }, { language: 'fr' });
    expect(page.text()).toBe('Au responsable');
  });

  test('without its word the shape has it as accessible name', async () => {
    const { page } = await open(SyncMark, { standing: 'savedHere', word: false }, { language: 'es' });
    expect(page.get('svg').attributes('aria-label')).toBe('Guardado aquí');
  });
});

describe('what the hand does after a withdrawal', () => {
  const [taken] = fakeClientPage.receipts;
  const paidOut = (standing: ReceiptLine['standing']): ReceiptLine => ({
    ...taken!,
    standing,
    receipt: { ...taken!.receipt, kind: 'savingsWithdrawal' },
  });

  test.each([
    ['savedHere', 'Count out to Mary Nekesa Wafula'],
    ['confirmed', 'Count out to Mary Nekesa Wafula'],
    ['needsYou', 'Refused by head office: Mary Nekesa Wafula'],
  ] as const)('%s: %s', async (standing, words) => {
    const fake = fakeDesks();
    Object.assign(fake, { receipts: { show: () => Promise.resolve(ok(paidOut(standing))) } });
    const { page } = await open(IssuedReceipt, { receiptId: taken!.receipt.receiptId }, { desks: fake, as: 'cashier' });
    await settled();
    expect(page.get('h1').text()).toBe(words);
    const work = page.get('.issued-work').text();
    expect(work.includes('Keep it and call the manager')).toBe(standing === 'needsYou');
    expect(work.includes('and hand over the receipt')).toBe(standing !== 'needsYou');
  });
});

describe('notes on a client', () => {
  const note = fakeClientPage.notes[0]!;

  test('stand with their word, and a new one is sent with what was typed, once', async () => {
    const fake = fakeDesks();
    const { page } = await open(
      ClientNotes,
      { clientId: fakeClientPage.client.clientId, notes: [note], mayResolve: true },
      { desks: fake },
    );
    expect(page.get('[data-testid="note"]').text()).toContain('Moved to Lessos');
    expect(page.get('[data-testid="note"]').attributes('data-standing')).toBe('savedHere');
    await page.get('[data-testid="note-text"] textarea').setValue('  Has a new phone ');
    await page.get('[data-testid="note-add"]').trigger('click');
    await settled();
    expect(fake.asked.filter(({ method }) => method === 'clients.addNote')).toMatchObject([
      { input: { text: 'Has a new phone', askFirst: false } },
    ]);
    expect(page.emitted('noted')).toHaveLength(1);
  });

  test.each([
    ['en', 'Given up'],
    ['es', 'Retirada'],
    ['fr', 'Retirée'],
  ] as const)('one that was given up is struck out and has none of the four words (%s)', async (language, word) => {
    const props = { clientId: fakeClientPage.client.clientId, notes: [{ ...note, withdrawn: true }], mayResolve: true };
    const { page } = await open(ClientNotes, props, { language });
    expect(page.get('.is-withdrawn').text()).toContain('Moved to Lessos');
    expect(page.get('[data-testid="note"]').text()).toContain(word);
  });
});

describe('a transfer between accounts', () => {
  // A dialog asks how much of the window is seen, which this window does not know.
  vi.stubGlobal('visualViewport', new EventTarget());
  const [own] = fakeClientPage.savings;
  const other = { ...own!, savingsId: '01930000-0000-7000-8000-000000000777', accountNo: '000000777' };
  const props = { clientName: 'Mary Wanjiku', savings: [own!, other], fromSavingsId: own!.savingsId };

  test('is said in a sentence before it is made, and made once between the two that were chosen', async () => {
    const fake = fakeDesks();
    const { page } = await open(TransferDialog, props, { desks: fake });
    const inDialog = (name: string): Element => document.querySelector(`[data-testid="${name}"]`)!;
    const to = inDialog('transfer-to') as HTMLSelectElement;
    to.value = other.savingsId;
    to.dispatchEvent(new Event('change'));
    const amount = inDialog('transfer-amount') as HTMLInputElement;
    amount.value = '150';
    amount.dispatchEvent(new Event('input'));
    await settled();
    expect(inDialog('transfer-review').textContent).toContain('000000777');
    (inDialog('transfer-post') as HTMLButtonElement).click();
    (inDialog('transfer-post') as HTMLButtonElement).click();
    await settled();
    expect(fake.asked.filter(({ method }) => method === 'savings.transfer')).toMatchObject([
      { input: { fromSavingsId: own!.savingsId, toSavingsId: other.savingsId, amountMinor: 15_000 } },
    ]);
    expect(page.emitted('done')?.[0]?.[0]).toContain('000000777');
  });

  test('from an account in another money asks for its sum anew: a sum of one money is none of another', async () => {
    const francs = { ...other, currency: { code: 'XAF', decimals: 0 } };
    const fake = fakeDesks();
    await open(TransferDialog, { ...props, savings: [own!, francs] }, { desks: fake });
    const inDialog = (name: string): HTMLInputElement => document.querySelector<HTMLInputElement>(`[data-testid="${name}"]`)!;
    inDialog('transfer-amount').value = '1500';
    inDialog('transfer-amount').dispatchEvent(new Event('input'));
    await settled();
    inDialog('transfer-from').value = francs.savingsId;
    inDialog('transfer-from').dispatchEvent(new Event('change'));
    await settled();
    expect(inDialog('transfer-amount').value).toBe('');
    inDialog('transfer-to').value = own!.savingsId;
    inDialog('transfer-to').dispatchEvent(new Event('change'));
    inDialog('transfer-post').click();
    await settled();
    expect(fake.asked.filter(({ method }) => method === 'savings.transfer')).toEqual([]);
  });

  test('of more than may leave the account says so and cannot be made', async () => {
    const fake = fakeDesks();
    await open(TransferDialog, props, { desks: fake, language: 'fr' });
    const to = document.querySelector<HTMLSelectElement>('[data-testid="transfer-to"]')!;
    to.value = other.savingsId;
    to.dispatchEvent(new Event('change'));
    const amount = document.querySelector<HTMLInputElement>('[data-testid="transfer-amount"]')!;
    amount.value = '99999999';
    amount.dispatchEvent(new Event('input'));
    await settled();
    document.querySelector<HTMLButtonElement>('[data-testid="transfer-post"]')!.click();
    await settled();
    expect(fake.asked.filter(({ method }) => method === 'savings.transfer')).toEqual([]);
    expect(document.querySelector('[data-testid="transfer"] [role="alert"]')?.textContent).not.toBe('');
  });

  test('for which a manager has to agree says by which limits, before the press and where it is asked', async () => {
    const fake = fakeDesks();
    const weighed = await fake.savings.previewWithdrawal({ savingsId: own!.savingsId, amountMinor: 40_000 });
    if (!weighed.ok) throw new Error('it was not weighed');
    const limits = { alone: { minor: 30_000, rule: 'once' as const }, agreed: { minor: 60_000, rule: 'account' as const } };
    const previewWithdrawal = () =>
      Promise.resolve(ok({ ...weighed.value, ...limits, verdict: 'needsManager' as const, code: 'withdrawal.needsManager' }));
    await open(TransferDialog, props, { desks: { ...fake, savings: { ...fake.savings, previewWithdrawal } } });
    const inDialog = (name: string): HTMLInputElement => document.querySelector<HTMLInputElement>(`[data-testid="${name}"]`)!;
    inDialog('transfer-to').value = other.savingsId;
    inDialog('transfer-to').dispatchEvent(new Event('change'));
    inDialog('transfer-amount').value = '400';
    inDialog('transfer-amount').dispatchEvent(new Event('input'));
    await settled();
    expect([...document.querySelectorAll('[data-testid="limit"]')].map((each) => each.textContent)).toEqual([
      'Without asking, up to 300.00. That is the limit of one payment while head office cannot be asked.',
      'With a manager’s agreement, up to 600.00. While head office cannot be asked, no more is paid out of one account.',
    ]);
    inDialog('transfer-post').click();
    await settled();
    expect(inDialog('agreement-facts').textContent).toContain('Without asking, up to 300.00.');
    expect(fake.asked).toEqual([]);
  });

  test('that is pressed before the branch has weighed its sum waits for that, and moves nothing that may not leave', async () => {
    const fake = fakeDesks();
    await open(TransferDialog, props, { desks: fake });
    const to = document.querySelector<HTMLSelectElement>('[data-testid="transfer-to"]')!;
    to.value = other.savingsId;
    to.dispatchEvent(new Event('change'));
    const amount = document.querySelector<HTMLInputElement>('[data-testid="transfer-amount"]')!;
    for (const [sum, moves] of [
      ['99999999', 0],
      ['150', 1],
    ] as const) {
      amount.value = sum;
      amount.dispatchEvent(new Event('input'));
      await nextTick();
      document.querySelector<HTMLButtonElement>('[data-testid="transfer-post"]')!.click();
      expect(fake.asked.filter(({ method }) => method === 'savings.transfer')).toEqual([]);
      await settled();
      expect(fake.asked.filter(({ method }) => method === 'savings.transfer')).toHaveLength(moves);
    }
  });
});

describe('the instalment strip', () => {
  test('cuts a part-paid instalment at its share and says the sums', async () => {
    const { page } = await open(InstalmentStrip, { instalments: fakeLoan.instalments, currency: KES });
    const cells = page.findAll('li');
    expect(cells).toHaveLength(12);
    expect(cells[4]?.get('.paid').attributes('style')).toContain('58%');
    expect(cells[4]?.text()).toContain('3,500.00 of 6,050.00 paid, 2,550.00 is overdue');
  });

  test('a long loan is shown around its first unpaid instalment', async () => {
    const paid = fakeLoan.instalments[0];
    const later = fakeLoan.instalments[11];
    if (paid === undefined || later === undefined) throw new Error('the loan has twelve instalments');
    const weekly = Array.from({ length: 40 }, (_, index) => ({ ...(index < 20 ? paid : later), period: index + 1 }));
    const { page } = await open(InstalmentStrip, { instalments: weekly, currency: KES });
    expect(page.get('ol').attributes('aria-label')).toBe('Instalments 17 to 28 of 40');
  });
});

describe('counting', () => {
  test('takes digits only, adds bundles of a hundred, and Enter goes down', async () => {
    const { page } = await open(CountGrid, { modelValue: 0, currency: KES });
    const thousands = page.get<HTMLInputElement>('[data-testid="count-notes-100000"]');
    await thousands.setValue('a');
    expect(thousands.element.value).toBe('');
    // A letter among digits may have been meant for one: nothing is dropped, and the count is not finished.
    await thousands.setValue('3o1');
    expect(thousands.element.value).toBe('3o1');
    expect(page.get('[data-testid="count-unfit"]').text()).toContain('3o1');
    await thousands.setValue('31');
    await page.get('[data-testid="count-bundles-5000"]').setValue('2');
    expect(page.emitted('update:modelValue')?.at(-1)).toEqual([31 * 100_000 + 200 * 5_000]);
    thousands.element.focus();
    await thousands.trigger('keydown', { key: 'Enter' });
    expect((document.activeElement as HTMLElement).dataset['testid']).toBe('count-notes-50000');
  });

  test('the expected sum is nowhere while the cashier counts, and a difference needs its reason (I7)', async () => {
    const { page, desks } = await open(CloseDrawer);
    expect(page.text()).not.toContain('47,750');
    await page.get('[data-testid="count-notes-100000"]').setValue('47');
    await press('Enter', { ctrl: true });
    // It differs: by how much is nowhere, and the recount is as blind.
    expect(page.find('[data-testid="count-differs"]').exists()).toBe(true);
    expect(page.text()).not.toContain('47,750');
    expect(page.text()).not.toContain('750.00');
    await page.get('[data-testid="count-holds"]').trigger('click');
    await settled();
    expect(page.get('[data-testid="expected"]').text()).toBe('47,750.00');
    expect(page.get('[data-testid="difference"]').attributes('data-minor')).toBe('-75000');
    await press('Enter', { ctrl: true });
    // The notes go along with their sum.
    const pieces = expect.arrayContaining([expect.objectContaining({ as: 'note' })]) as unknown;
    const counted = { method: 'cash.countDrawer', input: { countedMinor: 4_700_000, pieces } };
    const held = { method: 'cash.countDrawer', input: { countedMinor: 4_700_000, pieces, holds: true } };
    expect(desks.asked).toEqual([counted, held]);
    await page.get('[data-testid="drawer-reason"] input').setValue('A 500 and a 200 note and a 50 coin are missing');
    await press('Enter', { ctrl: true });
    expect(desks.asked).toEqual([
      counted,
      held,
      { method: 'cash.closeDrawer', input: { countedMinor: 4_700_000, reason: 'A 500 and a 200 note and a 50 coin are missing' } },
    ]);
  });
});

describe('a case about a person', () => {
  function noteCase(): ReturnType<typeof fakeDesks> {
    const desks = fakeDesks();
    const way = (resolution: 'resubmit' | 'correct' | 'withdraw' | 'recognise', possible = true) => ({
      resolution,
      possible,
      whyNot: possible ? null : ('resolution.notForThisKind' as const),
    });
    const show: typeof desks.exceptions.show = async (input) => {
      const answer = await desks.exceptions.show(input);
      if (!answer.ok) return answer;
      const { value } = answer;
      const truth = { ...value.believed, ledgerMinor: null, heldMinor: null, availableMinor: null, effectMinor: 0, wouldLeaveMinor: null };
      return {
        ok: true,
        value: {
          ...value,
          item: { ...value.item, kind: 'clientNote', amountMinor: 0, receiptNumber: null, editable: { text: 'Moved to Lessos' } },
          believed: { ...truth, facts: { clientStatus: 'active' } },
          answered: { ...truth, facts: { clientStatus: 'gone' } },
          choices: [way('resubmit'), way('correct'), way('withdraw'), way('recognise', false)],
          candidates: [],
        },
      };
    };
    return { ...desks, exceptions: { ...desks.exceptions, show } };
  }

  test('shows facts instead of sums, and is put right in new words', async () => {
    const { page, desks } = await open(ExceptionCase, { exceptionId: CASE, openIds: [CASE] }, { desks: noteCase() });
    expect(page.get('[data-testid="truth-clientStatus"]').text()).toBe('ClientActiveno longer there');
    expect(page.get('[data-testid="truths"]').text()).not.toContain('0.00');
    await page.get('[data-testid="resolve-correct"]').setValue(true);
    await settled();
    const words = page.get<HTMLTextAreaElement>('[data-testid="correct-text"] textarea');
    expect(words.element.value).toBe('Moved to Lessos');
    await words.setValue('Moved to Eldoret');
    await page.get('[data-testid="resolution-reason"] input').setValue('said wrongly');
    await press('Enter', { ctrl: true });
    expect(desks.asked).toMatchObject([
      { method: 'exceptions.resolve', input: { resolution: 'correct', reason: 'said wrongly', edits: { text: 'Moved to Eldoret' } } },
    ]);
  });
});

describe('a case', () => {
  test('is closed by key, with its effects said first and only with a reason', async () => {
    const { page, desks } = await open(ExceptionCase, { exceptionId: CASE, openIds: [CASE] });
    expect(page.find('[data-testid="effects"]').exists()).toBe(false);
    // The next key is the number of a way out, and no letter of the reason.
    expect(document.activeElement?.getAttribute('type')).toBe('radio');
    await press('3');
    expect(page.get('[data-testid="effects"]').text()).toContain('is sent next; 200.00 would remain');
    await press('Enter', { ctrl: true });
    expect(desks.asked).toEqual([]);
    await page.get('[data-testid="resolution-reason"] input').setValue('Joseph repays on Friday');
    await press('Enter', { ctrl: true });
    expect(desks.asked).toEqual([
      { method: 'exceptions.resolve', input: { exceptionId: CASE, resolution: 'suspend', reason: 'Joseph repays on Friday' } },
    ]);
  });

  test('an impossible way stays, says why, and cannot be chosen', async () => {
    const { page } = await open(ExceptionCase, { exceptionId: CASE, openIds: [CASE] });
    expect(page.text()).toContain('head office holds no such transaction');
    await press('4', { alt: true });
    expect(page.get<HTMLInputElement>('[data-testid="resolve-recognise"]').element.checked).toBe(false);
  });

  test('is never closed by the one who recorded it (I9)', async () => {
    const { page, desks } = await open(ExceptionCase, { exceptionId: OWN_CASE, openIds: [OWN_CASE] });
    // Nothing is hers to choose: the next key goes back to the list.
    expect(document.activeElement?.getAttribute('data-testid')).toBe('later');
    await press('2', { alt: true });
    await press('Enter', { ctrl: true });
    expect(desks.asked).toEqual([]);
    expect(page.get('[data-testid="resolve"]').attributes('aria-disabled')).toBe('true');
    expect(page.get('[data-testid="who-may"]').text()).toContain('Another manager must close it');
  });

  test('that she herself had agreed to says so, names who is asked instead, and takes no key of hers', async () => {
    const desks = fakeDesks();
    const shown = await desks.exceptions.show({ exceptionId: CASE });
    if (!shown.ok) throw new Error('there is no case');
    const agreed = { name: 'Grace Wanjiru', isMe: true, leaveToAnother: true };
    const exceptions = {
      ...desks.exceptions,
      show: () => Promise.resolve(ok({ ...shown.value, agreed, mayClose: ['Amina Hassan'] })),
    };
    const props = { exceptionId: CASE, openIds: [CASE] };
    const { page } = await open(ExceptionCase, props, { desks: { ...desks, exceptions } });
    expect(page.get('[data-testid="case-agreed"]').text()).toBe('You had agreed to it.');
    expect(page.get('[data-testid="who-may"]').text()).toContain('Amina Hassan');
    await press('3', { alt: true });
    expect(page.get<HTMLInputElement>('[data-testid="resolve-suspend"]').element).toMatchObject({ disabled: true, checked: false });
    await press('Enter', { ctrl: true });
    expect(desks.asked).toEqual([]);
    expect(page.get('[data-testid="resolve"]').text()).toContain('you agreed to it yourself');
  });
});

describe('the menu of a person', () => {
  test.each([
    ['asks whether the page prints by itself where no printer is set', null, 1],
    ['leaves that to the printer of this PC where one is', { main: null }, 0],
  ] as const)('%s', async (_title, printers, asked) => {
    const show = () => Promise.resolve(ok({ printers, jobs: [], jobsInAll: 0 }));
    const { page } = await open(PersonMenu, {}, { desks: { ...fakeDesks(), printers: { show } } as unknown as FakeDesks });
    await page.get('[data-testid="person-menu"]').trigger('click');
    await settled();
    expect(document.querySelectorAll('[data-testid="open-printers"]')).toHaveLength(1);
    expect(document.querySelectorAll('[data-testid="prints-no"]')).toHaveLength(asked);
  });
});

describe('the day', () => {
  /** The standing day, with two payments that went back on papers of their own. */
  async function dayWithRefunds() {
    const desks = fakeDesks();
    const day = await desks.cash.showDay({});
    if (!day.ok) throw new Error('there is no day');
    const { drawers, byKind, byStanding } = day.value;
    const value = {
      ...day.value,
      drawers: drawers.map((drawer) => ({ ...drawer, closedAt: drawer.closedAt ?? drawer.openedAt })),
      byKind: [...byKind, { kind: 'moneyReturned' as const, undoes: true, count: 2, amountMinor: -90_000 }],
      byStanding: [...byStanding, { standing: 'reversed' as const, count: 2, amountMinor: 0 }],
    };
    const closeDay = () => {
      desks.asked.push({ method: 'cash.closeDay', input: {} });
      return Promise.resolve(ok({ report: 'Z-KTL-02-261120' }));
    };
    const cash = { ...desks.cash, closeDay, showDay: () => Promise.resolve(ok(value)), listReports: () => Promise.resolve(ok([])) };
    const vault = { show: () => Promise.resolve(ok({ vaults: [] })) };
    return open(DayPage, {}, { desks: { ...desks, cash, vault } as unknown as FakeDesks });
  }

  test('says what was reversed in that word, and counts a refund neither as income nor as a payment', async () => {
    const { page } = await dayWithRefunds();
    expect(page.get('[data-testid="day-stands-reversed"]').text()).toContain('2 reversed');
    expect(page.get('[data-testid="day-in"]').text()).toContain('210,050.00');
    expect(page.get('[data-testid="day-out"]').text()).toContain('64,500.00');
    expect(page.get('[data-testid="day-refunds"]').text()).toContain('900.00');
  });

  test('lists what becomes final before it is closed by a second press', async () => {
    const { page, desks } = await dayWithRefunds();
    await page.get('[data-testid="close-day"]').trigger('click');
    await settled();
    const final = page.get('[data-testid="becomes-final"]').text();
    expect(final).toContain('84 receipts are final, from KTL-02-261120-0001-Q to KTL-02-261120-0093-T');
    expect(final).toContain('2 drawers are declared');
    expect(final).toContain('12 receipts are not confirmed yet');
    expect(final).toContain('3 cases stay open');
    expect(desks.asked).toEqual([]);
    await page.get('[data-testid="close-day"]').trigger('click');
    await settled();
    expect(desks.asked).toMatchObject([{ method: 'cash.closeDay' }]);
  });
});

describe('the sync desk', () => {
  test('keeps the order of sending and says why each item waits', async () => {
    const { page } = await open(SyncDesk);
    const reasons = page.findAll('[data-testid^="waiting-row-"]').map((row) => row.get('.why').text());
    expect(reasons[0]).toBe('Refused: not enough in the account');
    expect(reasons[4]).toBe('Waits: same account as 0046, which needs a decision');
  });

  test('"sync now" only wakes the scheduler, and asks for what head office offers', async () => {
    const { desks } = await open(SyncDesk);
    await press('s', { alt: true });
    expect(desks.asked).toEqual([{ method: 'sync.wake', input: { lists: true } }]);
  });

  test('offline is declared by a manager with the reason, and not offered to a cashier', async () => {
    const { page, desks } = await open(SyncDesk);
    await press('o', { alt: true });
    await page.get('#offline-reason').setValue('Power cut in the town');
    await press('Enter', { ctrl: true });
    expect(desks.asked).toEqual([{ method: 'sync.declareOffline', input: { reason: 'Power cut in the town' } }]);
    await settled();
    expect(page.get('[data-testid="offline-declared"]').text()).toContain('Grace Wanjiru');
    unmount?.();
    const cashier = await open(SyncDesk, {}, { as: 'cashier' });
    expect(cashier.page.find('[data-testid="declare-offline"]').exists()).toBe(false);
  });

  test('names what could not be read, with a line for whoever looks after head office', async () => {
    const { page } = await open(SyncDesk, {}, { desks: fakeDesks('signIn') });
    expect(page.get('[data-testid="left-out-item"]').text()).toContain('000000057');
    const report = page.get('[data-testid="left-out-report"]').element as HTMLTextAreaElement;
    expect(report.value).toContain('savings account 57: transactions');
    expect(report.value).not.toContain('000000057');
    unmount?.();
    const clean = await open(SyncDesk, {}, { desks: fakeDesks('clean') });
    expect(clean.page.find('[data-testid="left-out"]').exists()).toBe(false);
  });

  test('says that nothing is left when nothing is', async () => {
    const { page } = await open(SyncDesk, {}, { desks: fakeDesks('clean') });
    expect(page.get('h1').text()).toBe('Nothing is left to send');
  });

  test('items of somebody signed out are released by username, not by the name shown', async () => {
    const { page, desks } = await open(SyncDesk, {}, { desks: fakeDesks('signIn') });
    await page.get('[data-testid="release"] input').setValue('Achieng is on leave');
    await page.get('[data-testid="release-send"]').trigger('click');
    await settled();
    expect(desks.asked).toEqual([{ method: 'sync.releaseCommands', input: { username: 'achieng', reason: 'Achieng is on leave' } }]);
  });

  test('that head office posted after all says how it had been settled, and recognising takes that back', async () => {
    const { page, desks } = await open(ExceptionCase, { exceptionId: POSTED_CASE, openIds: [POSTED_CASE] }, { language: 'fr' });
    expect(page.get('[data-testid="settled-before"]').text()).toContain('Grace Wanjiru');
    expect(page.get('[data-testid="settled-before"]').text()).toContain('Joseph brought it back');
    for (const way of ['resubmit', 'reverse', 'suspend'])
      expect(page.get<HTMLInputElement>(`[data-testid="resolve-${way}"]`).element.disabled).toBe(true);
    await press('4', { alt: true });
    expect(page.get('[data-testid="effects"]').text()).toContain('paie à nouveau');
    // Nothing is chosen beforehand, not even the only one: who entered it, how and when stands beside it.
    const candidate = page.get<HTMLInputElement>('[data-testid="candidates"] input');
    expect(candidate.element.checked).toBe(false);
    expect(page.get('[data-testid="candidates"]').text()).toContain('par bungoma');
    await candidate.setValue(true);
    await page.get('[data-testid="resolution-reason"] input').setValue('Joseph est revenu');
    await press('Enter', { ctrl: true });
    expect(desks.asked).toEqual([
      {
        method: 'exceptions.resolve',
        input: { exceptionId: POSTED_CASE, resolution: 'recognise', reason: 'Joseph est revenu', serverTransactionId: 4711 },
      },
    ]);
  });
});
