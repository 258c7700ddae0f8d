// A form that was recorded already, as pages meet it through each way into the branch: the page that waits is given the same answer, marked as
// one; a second window of the same person, and a page that names itself not at all, are told what was recorded, and nothing is recorded now.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { openTawi } from '../../../electron/composition/openTawi.ts';
import { keyFileWrap } from '../../../electron/host/ports/keyFileWrap.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { OutputOf } from '../../../shared/contract/define.ts';
import { uuidV7 } from '../../../shared/kernel/uuidV7.ts';
import { wires, type Visitor } from '../transports/wires.ts';

type Reply = { readonly ok: true; readonly value: never } | { readonly ok: false; readonly refusal: { readonly code: string } };
type Clients = BranchContract['clients'];

const AT = 1_795_000_000_000;
let born = 0;
const newId = (): string => uuidV7(AT + (born += 1), randomBytes(10));

async function value<T>(page: Visitor, method: string, input: object = {}): Promise<T> {
  const reply = (await page.call(method, input)) as Reply;
  if (!reply.ok) throw new Error(`${method} was refused: ${reply.refusal.code}`);
  return reply.value;
}

async function signedIn(page: Visitor, username: string): Promise<Visitor> {
  // Over the network a first word is exchanged before anybody signs in.
  await page.call('session.showStart', {});
  await value(page, 'session.signIn', { username, password: 'practice' });
  return page;
}

test.each(wires)('through $name a used form is answered to nobody but the page that waits', async (wire) => {
  const folder = await mkdtemp(join(tmpdir(), 'tawi-used-'));
  const tawi = await openTawi({
    dataFolder: folder,
    keyWraps: [keyFileWrap(folder)],
    practice: { clients: 30, seed: 7 },
    answers: 'strict',
  });
  const opened = await wire.open(tawi.doorway);
  try {
    const first = await opened.visitor();
    await value(first, 'session.openPractice');
    const [cashier, second] = [await signedIn(first, 'achieng'), await signedIn(await opened.visitor(), 'achieng')];
    const [manager, other] = [await signedIn(await opened.visitor(), 'grace'), await signedIn(await opened.visitor(), 'grace')];
    await expect
      .poll(async () => (await value<{ total: number }>(manager, 'loans.list', { show: 'submitted' })).total, { timeout: 60_000 })
      .toBeGreaterThan(0);
    await value(cashier, 'cash.openDrawer', { openingMinor: 5_000_000 });

    const { rows } = await value<OutputOf<Clients['list']>>(cashier, 'clients.list', { show: 'active', offset: 0, most: 60 });
    const readPages = () =>
      Promise.all(rows.map(({ clientId }) => value<OutputOf<Clients['show']>>(cashier, 'clients.show', { clientId })));
    const richOf = (pages: Awaited<ReturnType<typeof readPages>>) =>
      pages
        .flatMap((page) => page.savings.filter((one) => one.mayWithdraw && one.mayDeposit))
        .sort((one, another) => another.availableMinor - one.availableMinor);
    // Accounts come in after the clients whose they are.
    await expect.poll(async () => richOf(await readPages()).length, { timeout: 60_000 }).toBeGreaterThan(1);
    const pages = await readPages();
    const rich = richOf(pages);
    const [savings, another] = rich;
    const loan = pages.flatMap((page) => page.loans).find(({ mayRepay }) => mayRepay);
    const [asked] = (await value<{ rows: { loanId: string; principalMinor: number }[] }>(manager, 'loans.list', { show: 'submitted' }))
      .rows;
    const { today } = await value<{ today: string }>(cashier, 'clients.registrationOptions');
    const paidWith = { paymentTypeId: 1 };
    const amountMinor = 10_000;
    const forms: readonly (readonly [string, object, typeof cashier?, typeof cashier?])[] = [
      ['savings.takeDeposit', { savingsId: savings?.savingsId, amountMinor, paidWith }],
      ['savings.payWithdrawal', { savingsId: savings?.savingsId, amountMinor, paidWith }],
      ['loans.takeRepayment', { loanId: loan?.loanId, amountMinor, paidWith }],
      [
        'counter.takeBasket',
        { clientId: savings?.clientId, paidWith, lines: [{ kind: 'savingsDeposit', savingsId: savings?.savingsId, amountMinor }] },
      ],
      ['counter.payBasket', { clientId: savings?.clientId, paidWith, lines: [{ savingsId: savings?.savingsId, amountMinor }] }],
      ['savings.transfer', { fromSavingsId: savings?.savingsId, toSavingsId: another?.savingsId, amountMinor }],
      ['loans.approve', { loanId: asked?.loanId, approvedMinor: asked?.principalMinor }, manager, other],
      ['clients.register', { legalForm: 'person', firstname: 'Merceline', lastname: 'Kwamboka', submittedOn: today, activationDate: null }],
      ['clients.addNote', { clientId: savings?.clientId, text: 'moved to Lessos' }],
    ];
    for (const [method, input, by = cashier, window = second] of forms) {
      const form = { ...input, formId: newId() };
      const waiting = { ...form, pageId: newId() };
      expect(await by.call(method, waiting), method).toMatchObject({ ok: true, value: { replayed: false } });
      expect(await by.call(method, waiting), method).toMatchObject({ ok: true, value: { replayed: true } });
      for (const late of [{ ...form, pageId: newId() }, form])
        expect(await window.call(method, late), method).toMatchObject({ ok: false, refusal: { code: 'form.alreadyUsed' } });
    }
    const receipts = await value<{ lines: unknown[] }>(cashier, 'receipts.list', {});
    expect(receipts.lines).toHaveLength(5);
  } finally {
    await opened.close();
    await tawi.close();
    await rm(folder, { recursive: true, force: true });
  }
});
