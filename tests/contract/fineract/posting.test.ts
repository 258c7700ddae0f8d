// Money on its way into the practice head office: it arrives once, whatever the line loses, and reading back tells the truth (I2).

import { describe, expect, it } from 'vitest';
import type { CommandToSend } from '../../../electron/ports/headOffice.ts';
import type { Outcome } from '../../../shared/domain/commands/command.ts';
import { admin, cashier, manager, practiceWorld, repayment, savingsOf } from './practiceWorld.ts';
import type { PracticeWorld } from './practiceWorld.ts';

async function loanOutstanding(world: PracticeWorld, id: number): Promise<number> {
  const answer = await world.headOffice.readShelf('loans', [id], cashier);
  if (!answer.ok) throw new Error(JSON.stringify(answer.trouble));
  return answer.value.rows[0]!.outstandingMinor;
}

async function ledger(world: PracticeWorld, id: number): Promise<number> {
  const answer = await world.headOffice.readShelf('savings', [id], cashier);
  if (!answer.ok) throw new Error(JSON.stringify(answer.trouble));
  return answer.value.rows[0]!.ledgerMinor;
}

function idOf(outcome: Outcome | { readonly kind: 'absent' }): number {
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome.serverTransactionId;
}

describe('I2: a loan repayment', () => {
  it('is posted once, with its receipt, and found by its own id', async () => {
    const world = await practiceWorld({ prepared: true });
    const loan = await world.loanId();
    const before = await loanOutstanding(world, loan);
    const command = world.command(repayment(12_345), loan);

    const first = await world.headOffice.send(command, cashier);
    expect(first).toEqual({ kind: 'accepted', serverTransactionId: idOf(first), how: 'posted' });
    const second = await world.headOffice.send(command, cashier);
    expect(second).toEqual({ kind: 'accepted', serverTransactionId: idOf(first), how: 'replayed' });
    expect(await world.headOffice.lookUp(command, cashier)).toEqual({ kind: 'accepted', serverTransactionId: idOf(first), how: 'found' });
    expect(await loanOutstanding(world, loan)).toBe(before - 12_345);

    const pulled = await world.headOffice.readShelf('loans', [loan], cashier);
    expect(pulled.ok && pulled.value.rows[0]!.transactions).toContainEqual(
      expect.objectContaining({
        externalId: command.commandId,
        amountMinor: 12_345,
        what: 'repayment',
        businessDate: '2026-11-20',
        receiptNumber: 'KTL-02-261120-0001-7',
      }),
    );
  });

  it('does not leave any more where the books say otherwise by the time it would, and leaves where they do not', async () => {
    const world = await practiceWorld({ prepared: true });
    const loan = await world.loanId();
    const command = world.command(repayment(12_345), loan);
    expect(await world.headOffice.send({ ...command, mayLeave: () => false }, cashier)).toMatchObject({
      kind: 'retryLater',
      why: 'neverSent',
    });
    expect(await world.headOffice.lookUp(command, cashier)).toEqual({ kind: 'absent' });
    expect(await world.headOffice.send({ ...command, mayLeave: () => true }, cashier)).toMatchObject({ kind: 'accepted', how: 'posted' });
  });

  it('whose answer was lost is found, and never posted twice even under another key', async () => {
    const world = await practiceWorld({ prepared: true });
    const loan = await world.loanId();
    const before = await loanOutstanding(world, loan);
    const command = world.command(repayment(12_345), loan);
    world.next('replyLost');
    expect(await world.headOffice.send(command, cashier)).toEqual({ kind: 'inDoubt', why: 'noReply' });
    expect(await world.headOffice.lookUp(command, cashier)).toMatchObject({ kind: 'accepted', how: 'found' });
    const again = await world.headOffice.send({ ...command, idempotencyKey: '01936f0c-9999-7aaa-8bbb-aaaaaaaaaaaa' }, cashier);
    expect(again).toEqual({ kind: 'inDoubt', why: 'duplicateMarker' });
    expect(await loanOutstanding(world, loan)).toBe(before - 12_345);
  });

  it('that never arrived is absent, and may go again with the same key', async () => {
    const world = await practiceWorld({ prepared: true });
    const loan = await world.loanId();
    const command = world.command(repayment(12_345), loan);
    world.next('requestLost');
    expect(await world.headOffice.send(command, cashier)).toEqual({ kind: 'inDoubt', why: 'noReply' });
    expect(await world.headOffice.lookUp(command, cashier)).toEqual({ kind: 'absent' });
    expect(await world.headOffice.send(command, cashier)).toMatchObject({ kind: 'accepted', how: 'posted' });
  });

  it('that found no line certainly did not happen', async () => {
    const world = await practiceWorld({ prepared: true });
    const command = world.command(repayment(12_345), await world.loanId());
    world.next('unplugged');
    expect(await world.headOffice.send(command, cashier)).toEqual({ kind: 'retryLater', why: 'neverSent', keyBurnt: false });
  });

  it('waits for a locked loan and for head office’s day', async () => {
    const world = await practiceWorld({ prepared: true });
    const loan = await world.loanId();
    const command = world.command(repayment(12_345), loan);
    world.practice.control.lockLoan(loan);
    expect(await world.headOffice.send(command, cashier)).toEqual({ kind: 'retryLater', why: 'loanLocked', keyBurnt: false });
    world.practice.control.lockLoan(loan, false);
    world.practice.control.setBusinessDate('2026-11-19');
    expect(await world.headOffice.send(command, cashier)).toEqual({ kind: 'retryLater', why: 'headOfficeDayBehind', keyBurnt: false });
    world.practice.control.setBusinessDate('2026-11-20');
    expect(await world.headOffice.send(command, cashier)).toMatchObject({ kind: 'accepted' });
  });

  it('is refused with head office’s own code', async () => {
    const world = await practiceWorld({ prepared: true });
    const loan = await world.loanId();
    const tooEarly = await world.headOffice.send(world.command(repayment(12_345, { transactionDate: '2001-01-01' }), loan), cashier);
    expect(tooEarly).toMatchObject({ kind: 'rejected', code: expect.stringContaining('error.msg.loan') as unknown });
    expect(await world.headOffice.send(world.command(repayment(12_345), 999_999), cashier)).toMatchObject({
      kind: 'rejected',
      status: 404,
    });
    world.practice.control.takePermission('achieng', 'REPAYMENT_LOAN');
    expect(await world.headOffice.send(world.command(repayment(12_345), loan), cashier)).toMatchObject({
      kind: 'rejected',
      code: 'error.msg.not.authorized',
    });
  });

  it('found with another amount or undone is a matter for a person', async () => {
    const world = await practiceWorld({ prepared: true });
    const loan = await world.loanId();
    const command = world.command(repayment(12_345), loan);
    const id = idOf(await world.headOffice.send(command, cashier));
    const other = { ...command, payload: repayment(12_346) };
    expect(await world.headOffice.lookUp(other, cashier)).toMatchObject({ kind: 'rejected', code: 'marker.foreign' });
    expect(
      await world.headOffice.lookUp({ ...command, payload: repayment(12_345, { transactionDate: '2026-11-19' }) }, cashier),
    ).toMatchObject({ kind: 'rejected', code: 'marker.foreign' });
    const undo = { transactionDate: '2026-11-20', transactionAmount: 0, locale: 'en', dateFormat: 'yyyy-MM-dd' };
    const undone = world.practice.control.requestAs('admin', {
      method: 'POST',
      url: `/loans/${loan}/transactions/${id}?command=undo`,
      body: JSON.stringify(undo),
    });
    expect(undone.status).toBe(200);
    expect(await world.headOffice.lookUp(command, cashier)).toMatchObject({ kind: 'rejected', code: 'marker.reversed' });
  });

  it('stops for a sign-in that head office no longer takes', async () => {
    const world = await practiceWorld({ prepared: true });
    const command = world.command(repayment(12_345), await world.loanId());
    world.practice.control.outdatePassword('achieng');
    expect(await world.headOffice.send(command, cashier)).toEqual({ kind: 'signInNeeded', why: 'passwordExpired' });
    expect(await world.headOffice.lookUp(command, cashier)).toEqual({ kind: 'signInNeeded', why: 'passwordExpired' });
    world.practice.control.setUserDisabled('achieng', true);
    expect(await world.headOffice.send(command, cashier)).toEqual({ kind: 'signInNeeded', why: 'refused' });
    expect(await world.headOffice.lookUp(command, cashier)).toEqual({ kind: 'signInNeeded', why: 'refused' });
  });
});

describe.each(['strong', 'weak'] as const)('I2: savings with %s markers', (markers) => {
  it('are posted once and found', async () => {
    const world = await practiceWorld({ prepared: markers === 'strong' });
    const { serverId: account } = await world.savings();
    const before = await ledger(world, account);
    const deposit = world.command(savingsOf('savingsDeposit', 70_001, { markers, receiptNumber: 'KTL-02-261120-0010-1' }), account);
    const withdrawal = world.command(savingsOf('savingsWithdrawal', 50_000, { markers, receiptNumber: 'KTL-02-261120-0011-9' }), account);
    for (const command of [deposit, withdrawal]) {
      expect(await world.headOffice.lookUp(command, cashier)).toEqual({ kind: 'absent' });
      const first = await world.headOffice.send(command, cashier);
      expect(first).toMatchObject({ kind: 'accepted', how: 'posted' });
      expect(await world.headOffice.send(command, cashier)).toEqual({
        kind: 'accepted',
        serverTransactionId: idOf(first),
        how: 'replayed',
      });
      expect(await world.headOffice.lookUp(command, cashier)).toEqual({ kind: 'accepted', serverTransactionId: idOf(first), how: 'found' });
    }
    expect(await ledger(world, account)).toBe(before + 20_001);
    const pulled = await world.headOffice.readShelf('savings', [account], cashier);
    expect(pulled.ok && pulled.value.rows[0]!.transactions.at(-1)).toMatchObject({
      what: 'withdrawal',
      amountMinor: -50_000,
      receiptNumber: 'KTL-02-261120-0011-9',
    });
  });

  it('whose answer was lost are found', async () => {
    const world = await practiceWorld({ prepared: markers === 'strong' });
    const { serverId: account } = await world.savings();
    const before = await ledger(world, account);
    const command = world.command(savingsOf('savingsWithdrawal', 50_000, { markers }), account);
    world.next('replyLost');
    expect(await world.headOffice.send(command, cashier)).toEqual({ kind: 'inDoubt', why: 'noReply' });
    expect(await world.headOffice.lookUp(command, cashier)).toMatchObject({ kind: 'accepted', how: 'found' });
    expect(await ledger(world, account)).toBe(before - 50_000);
  });

  it('are refused for want of money, and nothing is left behind', async () => {
    const world = await practiceWorld({ prepared: markers === 'strong' });
    const { serverId: account } = await world.savings();
    const command = world.command(savingsOf('savingsWithdrawal', 900_000_000, { markers }), account);
    expect(await world.headOffice.send(command, cashier)).toMatchObject({
      kind: 'rejected',
      status: 403,
      code: expect.stringMatching(/insufficient\.account\.balance/) as unknown,
    });
    expect(await world.headOffice.lookUp(command, cashier)).toEqual({ kind: 'absent' });
  });

  it('under somebody else’s receipt number are a matter for a person', async () => {
    const world = await practiceWorld({ prepared: markers === 'strong' });
    const { serverId: account } = await world.savings();
    const command = world.command(savingsOf('savingsDeposit', 70_000, { markers }), account);
    await world.headOffice.send(command, cashier);
    const twin = world.command(savingsOf('savingsDeposit', 80_000, { markers }), account);
    expect(await world.headOffice.lookUp(twin, cashier)).toMatchObject({ kind: 'rejected', code: 'marker.foreign' });
  });
});

describe('I2: the crash window of a lone posting (contract 3.3)', () => {
  it.each(['beforeBusiness', 'afterBusiness'] as const)('%s: the key is stuck, reading tells', async (when) => {
    const world = await practiceWorld({ prepared: false });
    const { serverId: account } = await world.savings();
    const before = await ledger(world, account);
    const command = world.command(savingsOf('savingsWithdrawal', 50_000, { markers: 'weak' }), account);
    world.practice.control.crashNextCommand(when);
    expect(await world.headOffice.send(command, cashier)).toEqual({ kind: 'inDoubt', why: 'noReply' });
    expect(await world.headOffice.send(command, cashier)).toEqual({ kind: 'inDoubt', why: 'stillProcessing' });
    const found = await world.headOffice.lookUp(command, cashier);
    expect(found).toMatchObject({ kind: when === 'afterBusiness' ? 'accepted' : 'absent' });
    expect(await ledger(world, account)).toBe(when === 'afterBusiness' ? before - 50_000 : before);
  });
});

describe('the strong marker', () => {
  it('refuses a second posting under another key, which the weak way cannot', async () => {
    const world = await practiceWorld({ prepared: true });
    const { serverId: account } = await world.savings();
    const before = await ledger(world, account);
    const command = world.command(savingsOf('savingsWithdrawal', 50_000), account);
    await world.headOffice.send(command, cashier);
    const again = await world.headOffice.send({ ...command, idempotencyKey: '01936f0c-9999-7aaa-8bbb-bbbbbbbbbbbb' }, cashier);
    expect(again).toEqual({ kind: 'inDoubt', why: 'duplicateMarker' });
    expect(await ledger(world, account)).toBe(before - 50_000);
  });

  it('keeps the true time, the device and the maker beside the money', async () => {
    const world = await practiceWorld({ prepared: true });
    const { serverId: account } = await world.savings();
    const id = idOf(
      await world.headOffice.send(world.command(savingsOf('savingsDeposit', 70_000), account, { recordedBy: 'odd$.name' }), cashier),
    );
    const row = world.practice.control.requestAs('admin', { method: 'GET', url: `/datatables/tawi_marker/${id}`, body: null });
    expect(row.body).toContain('2026-11-20T11:58:03+03:00');
    expect(row.body).toContain('"device":"KTL-02"');
    expect(row.body).toContain('odd$ .name');
  });
});

describe('maker-checker (contract 1.7)', () => {
  async function waiting(): Promise<{
    readonly world: PracticeWorld;
    readonly command: CommandToSend;
    readonly id: number;
    readonly account: number;
  }> {
    const world = await practiceWorld({ prepared: true });
    const { serverId: account } = await world.savings();
    world.practice.control.setMakerChecker('WITHDRAWAL_SAVINGSACCOUNT', true);
    const command = world.command(savingsOf('savingsWithdrawal', 50_000), account);
    // The marker has no transaction to hang on, which says at once that the command must stand alone.
    const alone = await world.headOffice.send(command, cashier);
    expect(alone).toEqual({ kind: 'retryLater', why: 'mustPostSingly', keyBurnt: false });
    const single = { ...command, postSingly: true };
    const outcome = await world.headOffice.send(single, cashier);
    if (outcome.kind !== 'waitingForChecker' || outcome.serverCommandId === null) throw new Error(JSON.stringify(outcome));
    return { world, command: { ...single, lastOutcome: outcome }, id: outcome.serverCommandId, account };
  }

  it('waits until somebody approves', async () => {
    const { world, command, id, account } = await waiting();
    const before = await ledger(world, account);
    expect(await world.headOffice.lookUp(command, manager)).toEqual({ kind: 'waitingForChecker', serverCommandId: id });
    const approved = world.practice.control.requestAs('admin', { method: 'POST', url: `/makercheckers/${id}?command=approve`, body: '{}' });
    expect(approved.status).toBe(200);
    expect(await world.headOffice.lookUp(command, manager)).toMatchObject({ kind: 'accepted', how: 'found' });
    expect(await ledger(world, account)).toBe(before - 50_000);
  });

  it.each([
    ['rejects it', { method: 'POST', suffix: '?command=reject' } as const, { kind: 'rejected', code: 'checker.rejected' }],
    // A row that is not shown may wait under no office: without the reports nobody can tell.
    ['removes it, where a missing row tells', { method: 'DELETE', suffix: '' } as const, { kind: 'waitingForChecker', unseen: true }],
  ])('learns that the checker %s', async (_what, { method, suffix }, told) => {
    const { world, command, id } = await waiting();
    expect(world.practice.control.requestAs('admin', { method, url: `/makercheckers/${id}${suffix}`, body: '{}' }).status).toBe(200);
    expect(await world.headOffice.lookUp(command, admin)).toMatchObject(told);
  });

  it('whose answer was lost is found waiting, so that it is not sent a second time', async () => {
    const { world, command, id } = await waiting();
    const unaware = { ...command, lastOutcome: { kind: 'inDoubt', why: 'noReply' } as const };
    expect(await world.headOffice.lookUp(unaware, admin)).toEqual({ kind: 'waitingForChecker', serverCommandId: id });
    world.practice.control.takePermission('achieng', 'READ_AUDIT');
    expect(await world.headOffice.lookUp(unaware, cashier)).toEqual({ kind: 'inDoubt', why: 'lookUpFailed' });
  });
});

describe('a suspense posting', () => {
  it('is a journal entry, once, and found by its reference', async () => {
    const world = await practiceWorld({ prepared: true });
    const accounts = await world.headOffice.pullReference('glAccounts', admin);
    if (!accounts.ok) throw new Error(JSON.stringify(accounts.trouble));
    const id = (name: string): number => accounts.value.find((row) => row.name === name)!.serverId;
    const command = world.command(
      {
        kind: 'suspensePosting',
        exceptionId: '01936f0c-4444-7aaa-8bbb-0123456789ab',
        transactionDate: '2026-11-20',
        amountMinor: 50_000,
        decimals: 2,
        currency: 'KES',
        officeServerId: 2,
        debitGlAccountId: id('Branch suspense'),
        creditGlAccountId: id('Cash in hand'),
        referenceNumber: 'tawi-01936f0c-4444',
        note: 'refused withdrawal',
      },
      null,
    );
    expect(await world.headOffice.lookUp(command, admin)).toEqual({ kind: 'absent' });
    const first = await world.headOffice.send(command, admin);
    expect(first).toMatchObject({ kind: 'accepted', how: 'posted' });
    expect(await world.headOffice.send(command, admin)).toMatchObject({ kind: 'accepted', how: 'replayed' });
    expect(await world.headOffice.lookUp(command, admin)).toMatchObject({ kind: 'accepted', how: 'found' });
    const other = { ...command, payload: { ...command.payload, amountMinor: 50_001 } } as CommandToSend;
    expect(await world.headOffice.lookUp(other, admin)).toMatchObject({ kind: 'rejected', code: 'marker.foreign' });
    expect(world.practice.ledger()).toMatchObject({});
  });
});

describe('a command for an account whose server id is unknown', () => {
  it('is not sent at all', async () => {
    const world = await practiceWorld({ prepared: true });
    const command = world.command(repayment(1), null);
    expect(await world.headOffice.send(command, cashier)).toMatchObject({ kind: 'incompatible' });
    expect(await world.headOffice.lookUp(command, cashier)).toMatchObject({ kind: 'incompatible' });
    expect(world.asked).toEqual([]);
  });
});
