// Head office's books say otherwise than a case was closed here: a late copy of a refused request went through, or what a manager had
// recognised or suspended was lost in a restore. Nothing of it stays hidden, and every sum is accounted for once in the end.

import { describe, expect, test } from 'vitest';
import { count, row, rows } from '../simulation/checkers/rows.ts';
import { signIn } from '../world/people.ts';
import { DEPOSIT_MINOR, inDrawer, refusedDeposit, refusedWithdrawal, suspenseRows } from './lateCopy.ts';
import { HOUR_MS, MINUTE_MS, play, type Scene } from './scene.ts';

describe('a late copy of a refused request', () => {
  test('that goes through while the case is open closes it: the receipt is confirmed, nobody decides (I9)', () =>
    play({}, async (scene) => {
      const { savings, line, lateCopy } = await refusedDeposit(scene);
      lateCopy();
      await scene.until(line, 'confirmed');
      expect((await scene.story(line)).at(-1)).toBe('foundAfterAll');
      const [closed] = await scene.get(scene.grace, 'exceptions.list', { show: 'closed' });
      expect(closed?.closed).toMatchObject({ resolution: 'recognise', by: null, reason: 'headOffice.postedAfterAll' });
      expect(await scene.openCases()).toEqual([]);
      expect(await scene.view(savings)).toMatchObject({ disputed: false, ledgerMinor: scene.balanceThere(savings), unfinishedCount: 0 });
      scene.expectAccounted();
    }));

  test('is noticed at the moment when a manager would give the money back, and no money is given back', () =>
    play({}, async (scene) => {
      const { line, lateCopy } = await refusedDeposit(scene);
      const open = await scene.openCase();
      const before = await inDrawer(scene);
      lateCopy();
      expect(
        await scene.refusal(scene.grace, 'exceptions.resolve', {
          exceptionId: open.exceptionId,
          resolution: 'reverse',
          reason: 'gives back',
        }),
      ).toBe('exception.headOfficeDecided');
      expect(await inDrawer(scene)).toBe(before);
      expect((await scene.receipt(line)).standing).toBe('confirmed');
      scene.expectAccounted();
    }));

  test('after the money was given back opens the case again; recognised, the client brings it once more, with a receipt (I7)', () =>
    play({}, async (scene) => {
      const { savings, line, lateCopy } = await refusedDeposit(scene);
      await scene.resolve(scene.grace, await scene.openCase(), 'reverse');
      const before = await inDrawer(scene);
      lateCopy();
      await scene.until(line, 'needsYou');
      const open = await scene.openCase();
      expect(open).toMatchObject({
        kind: 'postedAfterAll',
        earlier: { resolution: 'reverse', by: 'Grace Wanjiru' },
        item: { reason: 'postedAfterAll' },
      });
      expect(open.choices.map((choice) => [choice.resolution, choice.possible, choice.whyNot])).toEqual([
        ['resubmit', false, 'resolution.alreadyPosted'],
        ['reverse', false, 'resolution.alreadyPosted'],
        ['suspend', false, 'resolution.alreadyPosted'],
        ['recognise', true, null],
      ]);
      // The deposit stands at head office and its cash is with the client: nobody draws on it before that is settled.
      expect(await scene.view(savings)).toMatchObject({ disputed: true, ledgerMinor: scene.balanceThere(savings) });
      expect(await scene.withdrawalRefused(scene.daniel, savings, 1_000)).toBe('savings.disputed');
      const { receiptId } = await scene.resolve(scene.grace, open, 'recognise');
      const paper = await scene.get(scene.grace, 'receipts.show', { receiptId: receiptId ?? '' });
      expect(paper.receipt).toMatchObject({ kind: 'moneyTakenAgain', amountMinor: DEPOSIT_MINOR, note: line.receipt.number });
      expect(await inDrawer(scene)).toBe(before + DEPOSIT_MINOR);
      expect(await scene.view(savings)).toMatchObject({ disputed: false, ledgerMinor: scene.balanceThere(savings), unfinishedCount: 0 });
      await scene.pass(3 * MINUTE_MS);
      expect(await scene.openCases()).toEqual([]);
      scene.expectAccounted();
    }));

  test('of a withdrawal that the client brought back: recognised, it is paid out once more, if the drawer holds as much', () =>
    play({}, async (scene) => {
      const { line, lateCopy } = await refusedWithdrawal(scene);
      await scene.resolve(scene.grace, await scene.openCase(), 'reverse');
      const before = await inDrawer(scene);
      lateCopy();
      await scene.until(line, 'needsYou');
      const { receiptId } = await scene.resolve(scene.grace, await scene.openCase(), 'recognise');
      const paper = await scene.get(scene.grace, 'receipts.show', { receiptId: receiptId ?? '' });
      expect(paper.receipt).toMatchObject({ kind: 'withdrawalPaidAgain', amountMinor: 400_000 });
      expect(await inDrawer(scene)).toBe(before - 400_000);
      scene.expectAccounted();
    }));

  test('after the sum went into suspense: recognised, it leaves suspense again, after it went in (I4)', () =>
    play({}, async (scene) => {
      const { line, lateCopy } = await refusedDeposit(scene);
      await scene.resolve(scene.grace, await scene.openCase(), 'suspend');
      await scene.untilFinished();
      expect(await suspenseRows(scene)).toBe(1);
      lateCopy();
      await scene.until(line, 'needsYou');
      expect(await suspenseRows(scene)).toBe(1);
      await scene.resolve(scene.grace, await scene.openCase(), 'recognise');
      await scene.untilFinished();
      expect(await suspenseRows(scene)).toBe(0);
      expect(count(scene.books(), 'SELECT count(DISTINCT transaction_ref) FROM journal_line WHERE reference_number IS NOT NULL')).toBe(2);
      scene.expectAccounted();
    }));

  test('that head office undoes closes the case again by itself, and what was decided first stands', () =>
    play({}, async (scene) => {
      const { savings, line, lateCopy } = await refusedDeposit(scene);
      await scene.resolve(scene.grace, await scene.openCase(), 'reverse');
      lateCopy();
      await scene.until(line, 'needsYou');
      const [posted] = scene.standingThere(line);
      const undone = scene.control().requestAs('admin', {
        method: 'POST',
        url: `/savingsaccounts/${String(savings.serverId)}/transactions/${String(posted?.id ?? 0)}?command=undo`,
        body: JSON.stringify({ transactionDate: line.receipt.businessDate, transactionAmount: 0, dateFormat: 'yyyy-MM-dd', locale: 'en' }),
      });
      expect(undone.status).toBe(200);
      await scene.untilFinished();
      expect((await scene.story(line)).at(-1)).toBe('reversalStands');
      expect(await scene.receipt(line)).toMatchObject({ closedAs: 'reversed' });
      expect(await scene.openCases()).toEqual([]);
      const closed = await scene.get(scene.grace, 'exceptions.list', { show: 'closed' });
      expect(closed.map((each) => each.closed)).toMatchObject([
        { resolution: 'reverse', by: null, reason: 'headOffice.undoneThere' },
        { resolution: 'reverse', by: 'Grace Wanjiru' },
      ]);
      expect(await scene.view(savings)).toMatchObject({ disputed: false, ledgerMinor: scene.balanceThere(savings) });
      scene.expectAccounted();
    }));
});

describe('a head office put back to an earlier day', () => {
  test('that lost what a manager had recognised: a case opens again (I3)', () =>
    play({}, async (scene) => {
      const { savings, line } = await refusedWithdrawal(scene);
      const backup = scene.world.headOffice.backUp();
      scene.control().actAs({ username: 'bungoma', kind: 'withdrawal', accountId: savings.serverId, amountMinor: 400_000 });
      await scene.get(scene.grace, 'clients.refresh', { clientId: savings.clientId });
      await scene.resolve(scene.grace, await scene.openCase(), 'recognise');
      await scene.pass(3 * MINUTE_MS);
      scene.world.headOffice.restore(backup);
      scene.pc.network.dropInFlight();
      await scene.until(line, 'needsYou');
      const open = await scene.openCase();
      expect(open.kind).toBe('vanished');
      await scene.resolve(scene.grace, open, 'resubmit');
      await scene.untilFinished();
      expect(scene.standingThere(line)).toHaveLength(1);
      scene.expectAccounted();
    }));

  test('that lost what it had posted on an account that went to another office meanwhile, and is read here no more: a case opens (I3)', () =>
    play({ markers: 'weak' }, async (scene) => {
      const savings = scene.savings();
      await scene.cutLine();
      const line = await scene.deposit(scene.achieng, savings, DEPOSIT_MINOR);
      const owner = `(SELECT client_id FROM savings_account WHERE id = ${String(savings.serverId)})`;
      for (const table of ['savings_account', 'loan']) scene.books().exec(`UPDATE ${table} SET office_id = 3 WHERE client_id = ${owner}`);
      scene.books().exec(`UPDATE client SET office_id = 3 WHERE id = ${owner}`);
      const backup = scene.world.headOffice.backUp();
      await scene.restoreLine();
      await scene.untilFinished();
      await scene.get(scene.grace, 'sync.compare', {});
      await scene.pass(20 * MINUTE_MS);
      expect(count(scene.pc.database(), 'SELECT count(*) FROM replica_savings WHERE server_id = ? AND gone = 1', savings.serverId)).toBe(1);
      expect((await scene.receipt(line)).standing).toBe('confirmed');
      // Nobody here is shown what is done to another office's accounts; of this one the trail tells that it broke off.
      const other = await scene.deposit(scene.achieng, scene.savings(1), DEPOSIT_MINOR);
      await scene.untilFinished();
      scene.world.headOffice.restore(backup);
      scene.pc.network.dropInFlight();
      for (const each of [other, line]) await scene.until(each, 'needsYou');
      expect((await scene.openCases()).map(({ kind }) => kind)).toEqual(['vanished', 'vanished']);
    }));

  test('that lost a posting to suspense: a case opens, and the posting goes once more (I3)', () =>
    play({}, async (scene) => {
      await refusedDeposit(scene);
      const backup = scene.world.headOffice.backUp();
      await scene.resolve(scene.grace, await scene.openCase(), 'suspend');
      await scene.untilFinished();
      scene.world.headOffice.restore(backup);
      scene.pc.network.dropInFlight();
      await scene.pass(5 * MINUTE_MS);
      const open = await scene.openCase(scene.amina);
      expect(open).toMatchObject({ kind: 'vanished', item: { kind: 'suspensePosting' } });
      await scene.resolve(scene.amina, open, 'resubmit');
      await scene.untilFinished();
      expect(await suspenseRows(scene)).toBe(1);
      scene.expectAccounted();
    }));

  test('that has no account any more in which something was recognised: a case opens, and no question stays without an answer (I3)', () =>
    play({}, async (scene) => {
      const { savings, line } = await refusedWithdrawal(scene);
      scene.control().actAs({ username: 'bungoma', kind: 'withdrawal', accountId: savings.serverId, amountMinor: 400_000 });
      await scene.get(scene.grace, 'clients.refresh', { clientId: savings.clientId });
      await scene.resolve(scene.grace, await scene.openCase(), 'recognise');
      await scene.pass(3 * MINUTE_MS);
      expect(scene.control().deleteAccount('savings', savings.serverId).status).toBe(200);
      await scene.get(scene.grace, 'sync.compare', {});
      await scene.until(line, 'needsYou');
      expect(await scene.openCase()).toMatchObject({ kind: 'vanished', serverCode: 'headOffice.accountGone' });
    }));

  test('further back than the branch compares at every pull: the old transactions are missed all the same (I3)', () =>
    play({}, async (scene) => {
      const backup = scene.world.headOffice.backUp();
      const line = await scene.deposit(scene.achieng, scene.savings(), 10_000);
      await scene.untilFinished();
      for (let day = 0; day < 16; day += 1) await scene.nextMorning();
      await scene.get(scene.grace, 'clients.refresh', { clientId: scene.savings().clientId });
      expect(count(scene.pc.database(), `SELECT count(*) FROM journal_effects WHERE standing = 'retired'`)).toBe(1);
      scene.world.headOffice.restore(backup);
      scene.pc.network.dropInFlight();
      await scene.until(line, 'needsYou');
      expect((await scene.openCase()).kind).toBe('vanished');
    }));
});

/** Grace carries it in suspense; before the posting arrives head office refuses it, or has closed the books of that day. */
async function postingThatIs(what: 'refused' | 'late', scene: Scene): Promise<void> {
  await refusedDeposit(scene);
  const open = await scene.openCase();
  await scene.cutLine();
  await scene.resolve(scene.grace, open, 'suspend');
  const closedTo = (await scene.get(scene.grace, 'session.showStart', {})).businessDate ?? '';
  await scene.get(scene.achieng, 'cash.closeDrawer', { countedMinor: await inDrawer(scene) });
  await scene.get(scene.grace, 'cash.closeDay', {});
  await scene.nextMorning();
  if (what === 'late') expect(scene.control().closePeriod(2, closedTo).status).toBe(200);
  else scene.control().refuseNextWrites(1, 403, 'error.msg.glJournalEntry.some.rule');
  await scene.restoreLine();
  await scene.pass(3 * MINUTE_MS);
}

describe('a posting to suspense', () => {
  test('that comes too late for the books of its day goes on the newest open day by itself, and is no case of a case', () =>
    play({}, async (scene) => {
      await postingThatIs('late', scene);
      expect(await scene.openCases(scene.amina)).toEqual([]);
      await scene.untilFinished();
      const [entry] = rows<{ date: string }>(
        scene.books(),
        'SELECT entry_date AS date FROM journal_line WHERE reference_number IS NOT NULL',
      );
      expect(entry?.date).toBe(scene.control().businessDate());
      expect(await suspenseRows(scene)).toBe(1);
      expect(count(scene.books(), 'SELECT count(DISTINCT transaction_ref) FROM journal_line WHERE reference_number IS NOT NULL')).toBe(1);
      scene.expectAccounted();
    }));

  test('that head office refuses goes once more after a second decision, and stands there once', () =>
    play({}, async (scene) => {
      await postingThatIs('refused', scene);
      const refused = await scene.openCase(scene.amina);
      expect(refused).toMatchObject({ item: { kind: 'suspensePosting' }, serverCode: 'error.msg.glJournalEntry.some.rule' });
      await scene.resolve(scene.amina, refused, 'suspend');
      await scene.untilFinished();
      expect(await suspenseRows(scene)).toBe(1);
      expect(count(scene.books(), 'SELECT count(DISTINCT transaction_ref) FROM journal_line WHERE reference_number IS NOT NULL')).toBe(1);
      scene.expectAccounted();
    }));
  test('that nobody here is shown approved is said to wait unseen, and is found by its own name within the hour (I4)', () =>
    play({}, async (scene) => {
      scene.control().setMakerChecker('CREATE_JOURNALENTRY', true);
      await refusedDeposit(scene);
      await scene.resolve(scene.grace, await scene.openCase(), 'suspend');
      await scene.pass(30 * MINUTE_MS);
      const state = () =>
        row<{ state: string }>(scene.pc.database(), 'SELECT state FROM journal_commands ORDER BY sequence DESC LIMIT 1')?.state;
      expect(state()).toBe('inDoubt');
      expect(JSON.stringify(await scene.get(scene.grace, 'sync.showDesk', {}))).toContain('"reasonDetail":"unseen"');
      const [waiting] = rows<{ id: number }>(scene.books(), 'SELECT id FROM command_row WHERE status = 2');
      scene.control().requestAs('admin', { method: 'POST', url: `/makercheckers/${String(waiting?.id)}?command=approve`, body: '{}' });
      await scene.pass(HOUR_MS);
      expect(state()).toBe('accepted');
      expect(await scene.openCases()).toEqual([]);
      scene.expectAccounted();
    }));

  test('that its own maker may not close is closed by another manager, who is named, or by an entry of head office (I9)', () =>
    play({}, async (scene) => {
      await postingThatIs('refused', scene);
      const open = await scene.openCase();
      const { reference } = open;
      expect(open).toMatchObject({ makerIsMe: true, mayClose: [], item: { kind: 'suspensePosting' } });
      expect(
        await scene.refusal(scene.grace, 'exceptions.resolve', { exceptionId: open.exceptionId, resolution: 'resubmit', reason: 'my own' }),
      ).toBe('exception.makerCannotClose');
      await signIn(scene.world, scene.amina);
      expect((await scene.openCase()).mayClose).toEqual(['Amina Hassan']);
      const payload = row<{ debit: number; credit: number; amount: number; date: string }>(
        scene.pc.database(),
        `SELECT json_extract(payload, '$.debitGlAccountId') AS debit, json_extract(payload, '$.creditGlAccountId') AS credit,
           amount_minor AS amount, business_date AS date FROM journal_commands WHERE command_id = ?`,
        open.item.commandId,
      );
      if (payload === null || reference === null) throw new Error('a posting has its accounts and its name');
      const booked = scene.control().bookEntry({
        officeId: 2,
        date: scene.control().businessDate(),
        debitGlAccountId: payload.debit,
        creditGlAccountId: payload.credit,
        amountMinor: payload.amount,
        referenceNumber: reference,
      });
      expect(booked.status).toBe(200);
      await scene.nextMorning();
      await scene.pass(12 * HOUR_MS);
      expect(await scene.openCases()).toEqual([]);
      const [closed] = await scene.get(scene.grace, 'exceptions.list', { show: 'closed' });
      expect(closed?.closed).toMatchObject({ resolution: 'recognise', by: null });
      scene.expectAccounted();
    }));
});
