// Two kinds of money in one branch: they never add up. A drawer holds the money that it was opened with, and every sum of the day, every
// count and every limit is of one currency.

import { expect, test } from 'vitest';
import type { HttpTransport } from '../../electron/fineract/http.ts';
import { policyOf } from '../../electron/journal/settings.ts';
import { rows } from '../simulation/checkers/rows.ts';
import { readerOf } from '../simulation/checkers/viewChecker.ts';
import { signIn } from '../world/people.ts';
import { MINUTE_MS, play, type Scene } from './scene.ts';

/** One savings account is kept in dollars, as head office has it. */
async function withDollars(scene: Scene) {
  const account = scene.savings(1);
  scene.pc
    .database()
    .exec(`UPDATE replica_savings SET currency_code = 'USD', currency_decimals = 2 WHERE savings_id = '${account.localId}'`);
  return account;
}

test('cash goes into the drawer of its own currency, and into none where none was opened for it', () =>
  play({}, async (scene) => {
    const dollars = await withDollars(scene);
    const input = { savingsId: dollars.localId, amountMinor: 4_000, paidWith: { paymentTypeId: 1 } };
    await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 100_000 });
    for (const method of ['savings.takeDeposit', 'savings.payWithdrawal'] as const)
      expect(await scene.answer(scene.achieng, method, { ...input, formId: scene.newForm() })).toMatchObject({
        kind: 'refused',
        code: 'drawer.otherCurrency',
        facts: { currency: 'USD' },
      });
    expect(await scene.get(scene.achieng, 'cash.listCurrencies', {})).toEqual([
      { currency: { code: 'KES', decimals: 2 }, isOwn: true, hasDrawer: true },
      { currency: { code: 'USD', decimals: 2 }, isOwn: false, hasDrawer: false },
    ]);
    expect(await scene.refusal(scene.achieng, 'cash.openDrawer', { openingMinor: 0, currency: 'CHF' })).toBe('drawer.noSuchCurrency');
    await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 5_000, currency: 'USD' });
    expect(await scene.refusal(scene.achieng, 'cash.openDrawer', { openingMinor: 0, currency: 'USD' })).toBe('drawer.alreadyOpen');
    const paper = await scene.get(scene.achieng, 'savings.takeDeposit', { ...input, formId: scene.newForm() });
    scene.world.paper.push({ pc: scene.pc, formId: 'usd', page: '', isNew: true, line: paper });
    await scene.deposit(scene.achieng, scene.savings(0), 70_000);
    expect(rows(scene.pc.database(), 'SELECT currency, amount_minor AS minor FROM journal_movements ORDER BY position')).toEqual([
      { currency: 'USD', minor: 4_000 },
      { currency: 'KES', minor: 70_000 },
    ]);

    const day = await scene.get(scene.grace, 'cash.showDay', {});
    expect(day.byKind).toEqual(
      [
        { kind: 'savingsDeposit', currency: { code: 'USD', decimals: 2 }, count: 1, amountMinor: 4_000 },
        { kind: 'savingsDeposit', count: 1, amountMinor: 70_000 },
      ].sort((one) => ('currency' in one ? 1 : -1)),
    );
    expect(await scene.get(scene.achieng, 'cash.countDrawer', { countedMinor: 9_000, currency: 'USD' })).toMatchObject({
      currency: { code: 'USD' },
      expectedMinor: 9_000,
    });
    expect(await scene.get(scene.achieng, 'cash.countDrawer', { countedMinor: 170_000, currency: 'KES' })).toMatchObject({
      currency: { code: 'KES' },
      expectedMinor: 170_000,
    });
  }));

test('another currency than the drawer’s cannot be written into it, whoever writes', () =>
  play({}, async (scene) => {
    await scene.deposit(scene.achieng, scene.savings(0), 10_000);
    expect(() =>
      scene.pc
        .database()
        .exec(
          `INSERT INTO journal_movements (movement_id, drawer_id, kind, amount_minor, currency, at) SELECT 'x', drawer_id, 'taken', 5, 'USD', at FROM journal_movements LIMIT 1`,
        ),
    ).toThrow('I7');
  }));

test('what was paid out of dollars unsent does not use up the limit of shillings', () =>
  play({}, async (scene) => {
    const dollars = await withDollars(scene);
    await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 1_000_000 });
    await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 1_000_000, currency: 'USD' });
    await scene.cutLine();
    const before = await scene.get(scene.achieng, 'savings.previewWithdrawal', {
      savingsId: scene.savings(0).localId,
      amountMinor: 10_000,
    });
    // A branch that lends nothing in dollars knows no typical sum of them: nothing of it is paid out without head office.
    expect(
      await scene.refusal(scene.achieng, 'savings.payWithdrawal', {
        formId: scene.newForm(),
        savingsId: dollars.localId,
        amountMinor: 1_000,
        paidWith: { paymentTypeId: 1 },
      }),
    ).toMatch(/^withdrawal\./);
    expect(before.verdict).not.toBe('refused');
  }));

test('the house’s own money is that of its accounts and products, wherever it stands in head office’s list, and an entry says so', () => {
  // Head office lists another money first.
  const transport =
    (inner: HttpTransport): HttpTransport =>
    async (request) => {
      const reply = await inner(request);
      if (reply.kind !== 'answered' || reply.status !== 200 || !request.url.startsWith('/currencies')) return reply;
      const { selectedCurrencyOptions, ...rest } = JSON.parse(reply.body) as { selectedCurrencyOptions: { code: string }[] };
      const others = selectedCurrencyOptions.filter(({ code }) => code !== 'KES');
      const own = selectedCurrencyOptions.filter(({ code }) => code === 'KES');
      return { ...reply, body: JSON.stringify({ ...rest, selectedCurrencyOptions: [...others, ...own] }) };
    };
  return play({ currencies: true, transport }, async (scene) => {
    expect((await scene.get(scene.achieng, 'session.showStart', {})).branch?.currency).toEqual({ code: 'KES', decimals: 2 });
    const found = rows<{ by: string; body: string }>(
      scene.pc.database(),
      `SELECT by, body FROM journal_entries WHERE what = 'currency.found'`,
    );
    expect(found.map(({ by, body }) => [by, JSON.parse(body) as object])).toMatchObject([['branch', { now: 'KES', decimals: 2 }]]);
  });
});

test('an administrator says which money is the house’s own: with an entry, and limits stay what they were', () =>
  play({}, async (scene) => {
    await withDollars(scene);
    await signIn(scene.world, scene.amina);
    const policyNow = () => policyOf(readerOf(scene.pc.database()));
    const before = policyNow();
    expect(await scene.refusal(scene.achieng, 'headOffice.changeCurrency', { code: 'USD' })).toBe('session.notPermitted');
    expect(await scene.refusal(scene.amina, 'headOffice.changeCurrency', { code: 'XTS' })).toBe('currency.unknown');
    expect(await scene.get(scene.amina, 'headOffice.showInstitution', {})).toMatchObject({
      own: { code: 'KES', decimals: 2 },
      country: 'KE',
      countrySaid: false,
    });
    expect(await scene.get(scene.amina, 'headOffice.changeCurrency', { code: 'USD' })).toEqual({ currency: { code: 'USD', decimals: 2 } });
    expect((await scene.get(scene.amina, 'session.showStart', {})).branch?.currency).toEqual({ code: 'USD', decimals: 2 });
    expect((await scene.get(scene.achieng, 'cash.listCurrencies', {})).map(({ currency, isOwn }) => [currency.code, isOwn])).toEqual([
      ['USD', true],
      ['KES', false],
    ]);
    const entry = rows<{ by: string; body: string }>(
      scene.pc.database(),
      `SELECT by, body FROM journal_entries WHERE what = 'currency.changed'`,
    );
    expect(entry.map(({ by, body }) => [by, JSON.parse(body) as object])).toEqual([['admin', { before: 'KES', now: 'USD', decimals: 2 }]]);
    // Nothing is lent in dollars: calling them the house's own lets nothing of them out that was not let out before.
    expect(policyNow().typicalInstalmentMinor).toBe(0);
    expect(policyNow().otherInstalments).toMatchObject({ KES: before.typicalInstalmentMinor });
    await scene.get(scene.amina, 'headOffice.changeCurrency', { code: 'KES' });
    expect(policyNow().typicalInstalmentMinor).toBe(before.typicalInstalmentMinor);
  }));

test('an administrator says the country: numbers and telephones go by it, and an entry says who', () =>
  play({}, async (scene) => {
    await signIn(scene.world, scene.amina);
    expect(await scene.refusal(scene.grace, 'headOffice.changeCountry', { code: 'UG' })).toBe('session.notPermitted');
    expect(await scene.refusal(scene.amina, 'headOffice.changeCountry', { code: 'XX' })).toBe('country.unknown');
    await scene.get(scene.amina, 'headOffice.changeCountry', { code: 'UG' });
    expect((await scene.get(scene.amina, 'session.showStart', {})).branch?.country).toBe('UG');
    const entry = rows<{ by: string; body: string }>(
      scene.pc.database(),
      `SELECT by, body FROM journal_entries WHERE what = 'country.changed'`,
    );
    expect(entry.map(({ by, body }) => [by, JSON.parse(body) as object])).toEqual([['admin', { from: 'KE', to: 'UG' }]]);
  }));

test('what a client has in two kinds of money is never one sum, on the row, in the list of loans and in the group', () =>
  play({}, async (scene) => {
    const database = scene.pc.database();
    const loan = rows<{ client: string; loan: string }>(
      database,
      `SELECT client_id AS client, loan_id AS loan FROM replica_loans WHERE status = 'active' AND client_id IN (SELECT client_id FROM replica_savings) LIMIT 1`,
    )[0];
    if (loan === undefined) throw new Error('somebody has a loan and savings');
    const rowOf = async () => (await scene.get(scene.achieng, 'clients.show', { clientId: loan.client })).client;
    const listed = () => scene.get(scene.achieng, 'loans.list', {});
    const [before, all] = [await rowOf(), await listed()];
    database.exec(`UPDATE replica_loans SET currency_code = 'TND', currency_decimals = 3 WHERE loan_id = '${loan.loan}'`);
    const [after, now] = [await rowOf(), await listed()];
    const [other] = after.others ?? [];
    expect(other?.currency).toEqual({ code: 'TND', decimals: 3 });
    expect(after.currency).toEqual({ code: 'KES', decimals: 2 });
    expect(after.dueTodayMinor + (other?.dueTodayMinor ?? 0)).toBe(before.dueTodayMinor);
    expect(after.payable.minor).toBe(before.payable.minor);
    expect(now.others?.map(({ currency }) => currency.code)).toEqual(['TND']);
    expect(now.outstandingMinor + (now.others?.[0]?.outstandingMinor ?? 0)).toBe(all.outstandingMinor);
  }));

test('an account that is kept with other places than the rest of its money is not served: a hundredfold error waits there', () =>
  play({}, async (scene) => {
    const account = scene.savings(1);
    scene.pc.database().exec(`UPDATE replica_savings SET currency_decimals = 0 WHERE savings_id = '${account.localId}'`);
    await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 1_000_000 });
    expect(
      await scene.refusal(scene.achieng, 'savings.takeDeposit', {
        formId: scene.newForm(),
        savingsId: account.localId,
        amountMinor: 500,
        paidWith: { paymentTypeId: 1 },
      }),
    ).toBe('currency.otherPlaces');
  }));

test('refused dollars are carried in suspense as dollars', () =>
  play({}, async (scene) => {
    const dollars = await withDollars(scene);
    await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 1_000_000, currency: 'USD' });
    await scene.cutLine();
    const input = { savingsId: dollars.localId, amountMinor: 4_000, paidWith: { paymentTypeId: 1 } };
    const paper = await scene.get(scene.achieng, 'savings.takeDeposit', { ...input, formId: scene.newForm() });
    scene.control().closePeriod(2, paper.receipt.businessDate);
    await scene.restoreLine();
    await scene.pass(5 * MINUTE_MS);
    const open = await scene.openCase();
    await scene.resolve(scene.grace, open, 'suspend');
    expect(
      rows(
        scene.pc.database(),
        `SELECT json_extract(payload, '$.currency') AS currency, amount_minor AS minor FROM journal_commands
         WHERE command_id IN (SELECT suspense_command_id FROM journal_exceptions)`,
      ),
    ).toEqual([{ currency: 'USD', minor: 4_000 }]);
  }));

interface Kept {
  readonly id: string;
  readonly clientId: string;
  readonly serverId: number;
}

/** Head office keeps it so. */
function accountIn(scene: Scene, code: string): Kept {
  const [found] = rows<Kept>(
    scene.pc.database(),
    'SELECT savings_id AS id, client_id AS clientId, server_id AS serverId FROM replica_savings WHERE currency_code = ? ORDER BY server_id LIMIT 1',
    code,
  );
  if (found === undefined) throw new Error(`nothing is kept in ${code}`);
  return found;
}

const MONEYS = [
  { code: 'UGX', decimals: 0, amountMinor: 12_345, there: '12345' },
  { code: 'USD', decimals: 2, amountMinor: 12_345, there: '123.45' },
  { code: 'TND', decimals: 3, amountMinor: 12_345, there: '12.345' },
] as const;

for (const { code, decimals, amountMinor, there } of MONEYS)
  test(`with ${String(decimals)} decimals a sum is the same on paper, in the drawer and at head office: ${code}`, () =>
    play({ currencies: true }, async (scene) => {
      const account = accountIn(scene, code);
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 1_000, currency: code });
      const line = await scene.get(scene.achieng, 'savings.takeDeposit', {
        formId: scene.newForm(),
        savingsId: account.id,
        amountMinor,
        paidWith: { paymentTypeId: 1 },
      });
      scene.world.paper.push({ pc: scene.pc, formId: code, page: '', isNew: true, line });
      expect(line.receipt).toMatchObject({ currency: { code, decimals }, amountMinor });
      await scene.untilFinished();
      const answer = JSON.parse(
        scene
          .control()
          .requestAs('admin', { method: 'GET', url: `/savingsaccounts/${String(account.serverId)}?associations=transactions`, body: null })
          .body,
      ) as { readonly transactions: readonly { readonly amount: number; readonly currency: { readonly decimalPlaces: number } }[] };
      expect(answer.transactions[0]).toMatchObject({ amount: Number(there), currency: { decimalPlaces: decimals } });
      await scene.get(scene.achieng, 'cash.countDrawer', { countedMinor: amountMinor + 1_000, currency: code });
      const closed = await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: amountMinor + 1_000, currency: code });
      expect(closed).toMatchObject({ currency: { code, decimals }, differenceMinor: 0 });
      const shillings = await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: 0, currency: 'KES' });
      expect(shillings).toMatchObject({ expectedMinor: 0, differenceMinor: 0 });
    }));

test('refused dollars go into suspense as dollars, here, at head office and in the list', () =>
  play({ currencies: true }, async (scene) => {
    const account = accountIn(scene, 'USD');
    await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0, currency: 'USD' });
    await scene.cutLine();
    const line = await scene.get(scene.achieng, 'savings.takeDeposit', {
      formId: scene.newForm(),
      savingsId: account.id,
      amountMinor: 5_075,
      paidWith: { paymentTypeId: 1 },
    });
    scene.world.paper.push({ pc: scene.pc, formId: 'usd', page: '', isNew: true, line });
    scene.control().actAs({ username: 'bungoma', kind: 'close', accountId: account.serverId });
    await scene.restoreLine();
    await scene.pass(3 * MINUTE_MS);
    const [open] = await scene.get(scene.grace, 'exceptions.list', { show: 'open' });
    expect(open?.item.currency).toEqual({ code: 'USD', decimals: 2 });
    await scene.get(scene.grace, 'exceptions.resolve', {
      exceptionId: open?.exceptionId ?? '',
      resolution: 'suspend',
      reason: 'the account was closed',
    });
    const list = await scene.get(scene.grace, 'exceptions.listSuspense', {});
    expect(list.rows[0]).toMatchObject({ currency: { code: 'USD', decimals: 2 }, amountMinor: -5_075 });
    expect(list).toMatchObject({ totalMinor: 0, others: [{ currency: { code: 'USD' }, minor: -5_075 }] });
    await scene.untilFinished();
    const posted = rows<{ currency: string; amount: number }>(
      scene.books(),
      'SELECT currency, amount FROM journal_line WHERE reference_number IS NOT NULL',
    );
    expect(posted).toEqual([
      { currency: 'USD', amount: 5_075 },
      { currency: 'USD', amount: 5_075 },
    ]);
  }));

test('a transfer of dinars counts against the limit of dinars alone', () =>
  play({ currencies: true }, async (scene) => {
    const [from, to] = rows<Kept>(
      scene.pc.database(),
      `SELECT savings_id AS id, client_id AS clientId, server_id AS serverId FROM replica_savings WHERE currency_code = 'TND' ORDER BY server_id`,
    );
    await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 0 });
    await scene.get(scene.achieng, 'savings.transfer', {
      formId: scene.newForm(),
      fromSavingsId: from?.id ?? '',
      toSavingsId: to?.id ?? '',
      amountMinor: 4_250,
      note: '',
    });
    expect(readerOf(scene.pc.database()).unfinishedPayouts()).toMatchObject([{ amountMinor: 4_250, currency: 'TND' }]);
    expect((await scene.get(scene.grace, 'sync.showDesk', {})).unfinished[0]?.currency).toEqual({ code: 'TND', decimals: 3 });
    await scene.untilFinished();
    const moved = rows<{ amount: number }>(scene.books(), 'SELECT amount FROM account_transfer');
    expect(moved).toEqual([{ amount: 4_250 }]);
  }));

/** What a cashier has in three drawers at once, each sum in the smallest unit of its money. */
const THREE = [
  { code: 'UGX', opening: 50_000, deposit: 12_345, withdraw: 2_345 },
  { code: 'USD', opening: 10_000, deposit: 12_345, withdraw: 2_345 },
  { code: 'TND', opening: 70_000, deposit: 12_345, withdraw: 2_345 },
] as const;

test('no, two and three decimals go through drawers, counts, X and Z beside each other, and nothing is added across', () =>
  play({ currencies: true }, async (scene) => {
    await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 30_000 });
    for (const { code, opening, deposit, withdraw } of THREE) {
      await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: opening, currency: code });
      const savingsId = accountIn(scene, code).id;
      const paidWith = { paymentTypeId: 1 };
      for (const [method, amountMinor] of [
        ['savings.takeDeposit', deposit],
        ['savings.payWithdrawal', withdraw],
      ] as const) {
        const formId = scene.newForm();
        const line = await scene.get(scene.achieng, method, { formId, savingsId, amountMinor, paidWith });
        scene.world.paper.push({ pc: scene.pc, formId, page: '', isNew: true, line });
      }
      await scene.untilFinished();
    }
    const x = await scene.get(scene.grace, 'cash.showX', {});
    const kinds = (report: typeof x): unknown =>
      Object.fromEntries(report.byKind.map(({ kind, currency, amountMinor }) => [`${currency.code} ${kind}`, amountMinor]));
    const sums = Object.fromEntries(
      THREE.flatMap(({ code, deposit, withdraw }) => [
        [`${code} savingsDeposit`, deposit],
        [`${code} savingsWithdrawal`, -withdraw],
      ]),
    );
    expect(kinds(x)).toEqual(sums);
    const expected = new Map<string, number>(THREE.map(({ code, opening, deposit, withdraw }) => [code, opening + deposit - withdraw]));
    expected.set('KES', 30_000);
    expect(new Map(x.drawers.map(({ currency, expectedMinor }) => [currency.code, expectedMinor]))).toEqual(expected);

    // One is short by the smallest coin that there is; it is short in that money alone.
    for (const [currency, minor] of expected) {
      const countedMinor = currency === 'TND' ? minor - 1 : minor;
      const closed = await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor, currency, reason: 'a millime' });
      expect(closed.differenceMinor).toBe(currency === 'TND' ? -1 : 0);
    }
    const { report } = await scene.get(scene.grace, 'cash.closeDay', {});
    const z = await scene.get(scene.grace, 'cash.showReport', { number: report });
    expect(kinds(z)).toEqual(sums);
    expect(new Map(z.drawers.map(({ currency, differenceMinor }) => [currency.code, differenceMinor]))).toEqual(
      new Map([...expected.keys()].map((code) => [code, code === 'TND' ? -1 : 0])),
    );
    expect(new Map(z.drawers.map(({ currency }) => [currency.code, currency.decimals]))).toEqual(
      new Map([
        ['KES', 2],
        ['UGX', 0],
        ['USD', 2],
        ['TND', 3],
      ]),
    );
    const overShort = await scene.get(scene.grace, 'cash.showOverShort', {});
    expect(overShort.people.map(({ currency, netMinor }) => [currency.code, netMinor]).sort()).toEqual([
      ['KES', 0],
      ['TND', -1],
      ['UGX', 0],
      ['USD', 0],
    ]);
  }));

test('what is paid out of one money without a line uses up the limit of that money alone', () =>
  play({ currencies: true }, async (scene) => {
    await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 9_000_000 });
    for (const { code } of THREE) await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 9_000_000, currency: code });
    await scene.cutLine();
    const accounts = new Map<string, string>([
      ...THREE.map(({ code }) => [code, accountIn(scene, code).id] as const),
      ['KES', scene.savings(0).localId],
    ]);
    const alone = async (): Promise<Map<string, unknown>> => {
      const told = new Map<string, unknown>();
      for (const [code, savingsId] of accounts)
        told.set(code, (await scene.get(scene.achieng, 'savings.previewWithdrawal', { savingsId, amountMinor: 100 })).alone);
      return told;
    };
    const before = await alone();
    await scene.withdraw(scene.achieng, scene.savings(1), 50_000);
    const after = await alone();
    for (const { code } of THREE) expect(after.get(code), code).toEqual(before.get(code));
    expect(readerOf(scene.pc.database()).unfinishedPayouts()).toMatchObject([{ amountMinor: 50_000, currency: 'KES' }]);
  }));
