// A group that pays: its name is the payer's on every paper, list and case, a member is named who handed the money over, and head office has it.

import { expect, test } from 'vitest';
import type { LocalId } from '../../shared/kernel/ids.ts';
import { readerOf } from '../simulation/checkers/viewChecker.ts';
import { row } from '../simulation/checkers/rows.ts';
import { asPaper, atTheCounter } from '../world/people.ts';
import { play, type Scene } from './scene.ts';

async function groupOf(scene: Scene) {
  const { rows } = await scene.get(scene.achieng, 'groups.list', {});
  for (const { groupId } of rows) {
    const page = await scene.get(scene.achieng, 'groups.show', { groupId });
    const [loan] = page.loans;
    const [savings] = page.savings;
    const [member] = page.members;
    if (loan !== undefined && savings !== undefined && member !== undefined) return { ...page, loan, savings, member };
  }
  throw new Error('no group has accounts of its own');
}

async function pay(
  scene: Scene,
  of: { readonly savingsId: LocalId } | { readonly loanId: LocalId },
  amountMinor: number,
  handedBy?: LocalId,
) {
  const input = {
    formId: scene.newForm(),
    amountMinor,
    paidWith: { paymentTypeId: 1 },
    ...(handedBy === undefined ? {} : { handedBy }),
  };
  await atTheCounter(scene.world, scene.achieng);
  const line =
    'loanId' in of
      ? await scene.get(scene.achieng, 'loans.takeRepayment', { ...input, ...of })
      : await scene.get(scene.achieng, 'savings.takeDeposit', { ...input, ...of });
  scene.world.paper.push(asPaper(scene.pc, input, line));
  return line;
}

test('a repayment and a deposit of a group are in its name everywhere, with the member who brought them, and head office holds both (I1, I8)', () =>
  play({}, async (scene) => {
    const group = await groupOf(scene);
    const { name, accountNo, groupId, member } = group;
    await scene.cutLine();
    const repaid = await pay(scene, { loanId: group.loan.loanId }, 20_000, member.clientId);
    const saved = await pay(scene, { savingsId: group.savings.savingsId }, 15_000);
    const payer = { clientId: null, groupId, clientName: name, clientAccountNo: accountNo };
    expect(repaid.receipt).toMatchObject({ ...payer, handedBy: { clientId: member.clientId, name: member.displayName } });
    expect(saved.receipt).toMatchObject(payer);
    expect(saved.receipt).not.toHaveProperty('handedBy');
    expect(await scene.item(saved)).toMatchObject({ clientName: name, clientId: null, groupId });
    const { rows } = await scene.get(scene.achieng, 'loans.list', { show: 'all', most: 200 });
    expect(rows.find(({ loanId }) => loanId === group.loan.loanId)).toMatchObject({ clientId: null, clientName: name, groupId });
    const said = row<{ body: string }>(
      scene.pc.database(),
      `SELECT e.body FROM journal_entries e WHERE json_extract(e.body, '$.receipt') = ?`,
      repaid.receipt.number,
    );
    expect(JSON.parse(said?.body ?? '{}')).toMatchObject({ handedBy: member.clientId, receiptHash: repaid.receipt.hash });
    const { lines } = await scene.get(scene.achieng, 'groups.listHistory', { groupId });
    expect(lines.map(({ receiptNumber }) => receiptNumber)).toEqual(expect.arrayContaining([repaid.receipt.number, saved.receipt.number]));

    await scene.restoreLine();
    await scene.untilFinished();
    expect(scene.standingThere(repaid)).toHaveLength(1);
    expect(scene.standingThere(saved)).toHaveLength(1);
    const note = row<{ note: string }>(scene.books(), `SELECT note FROM note WHERE note LIKE '%handed over by%'`);
    expect(note?.note).toContain(member.displayName);
    scene.expectAccounted();
  }));

test('a paper that undoes a deposit of a group is in its name, and only its own members can be named (I8)', () =>
  play({}, async (scene) => {
    const group = await groupOf(scene);
    await scene.cutLine();
    const saved = await pay(scene, { savingsId: group.savings.savingsId }, 15_000, group.member.clientId);
    const paper = await scene.get(scene.grace, 'receipts.void', { receiptId: saved.receipt.receiptId, reason: 'meant for another group' });
    expect(paper.receipt).toMatchObject({ clientId: null, groupId: group.groupId, clientName: group.name });

    const members = new Set(group.members.map(({ clientId }) => clientId));
    const { rows } = await scene.get(scene.achieng, 'clients.list', { show: 'all', most: 200 });
    const stranger = rows.find(({ clientId }) => !members.has(clientId));
    const input = { amountMinor: 1_000, paidWith: { paymentTypeId: 1 } };
    expect(
      await scene.refusal(scene.achieng, 'savings.takeDeposit', {
        ...input,
        formId: scene.newForm(),
        savingsId: group.savings.savingsId,
        handedBy: stranger?.clientId ?? '',
      }),
    ).toBe('group.notMember');
    // A client's own account has no members.
    expect(
      await scene.refusal(scene.achieng, 'savings.takeDeposit', {
        ...input,
        formId: scene.newForm(),
        savingsId: scene.savings().localId,
        handedBy: group.member.clientId,
      }),
    ).toBe('group.notMember');
  }));

test('a group is found by the numbers of its own accounts, typed and scanned', () =>
  play({}, async (scene) => {
    const group = await groupOf(scene);
    for (const account of [group.loan, group.savings]) {
      const { found } = await scene.get(scene.achieng, 'clients.find', { text: account.accountNo, most: 9 });
      expect(found.some((each) => each.kind === 'group' && each.groupId === group.groupId)).toBe(true);
      const scanned = await scene.get(scene.achieng, 'clients.scan', { codes: [account.accountNo] });
      expect(scanned.found).toContainEqual(expect.objectContaining({ groupId: group.groupId, ownerName: group.name }));
    }
    expect(readerOf(scene.pc.database()).group(group.groupId)?.name).toBe(group.name);
  }));

test('a member joins without a line and is shown at once; who was registered a minute ago as well, and both are there in the end', () =>
  play({}, async (scene) => {
    const { groupId, members } = await groupOf(scene);
    const { rows } = await scene.get(scene.grace, 'clients.list', { show: 'all' });
    const stranger = rows.find(({ clientId }) => members.every((each) => each.clientId !== clientId));
    if (stranger === undefined) throw new Error('everybody is a member');
    await scene.cutLine();
    const { today } = await scene.get(scene.achieng, 'clients.registrationOptions', {});
    const fresh = await scene.get(scene.achieng, 'clients.register', {
      formId: scene.newForm(),
      legalForm: 'person',
      firstname: 'Merceline',
      lastname: 'Kwamboka',
      submittedOn: today,
      activationDate: null,
    });
    const change = (method: 'groups.addMember' | 'groups.removeMember', clientId: LocalId) =>
      scene.get(scene.grace, method, { formId: scene.newForm(), groupId, clientId });
    await change('groups.addMember', stranger.clientId);
    await change('groups.addMember', fresh.clientId);
    const leaving = members[0]?.clientId ?? '';
    await change('groups.removeMember', leaving);
    const again = { formId: scene.newForm(), groupId, clientId: stranger.clientId };
    expect(await scene.refusal(scene.grace, 'groups.addMember', again)).toBe('group.memberAlready');
    const shown = await scene.get(scene.achieng, 'groups.show', { groupId });
    const ids = shown.members.map(({ clientId }) => clientId);
    expect(ids).toEqual(expect.arrayContaining([stranger.clientId, fresh.clientId]));
    expect(ids).not.toContain(leaving);
    expect(shown.joining).toHaveLength(2);
    expect(shown.changes.map(({ what }) => what)).toEqual(['leave', 'join', 'join']);
    await scene.restoreLine();
    await scene.untilFinished();
    await scene.pass(10 * 60_000);
    const confirmed = await scene.get(scene.achieng, 'groups.show', { groupId });
    expect(confirmed.joining).toEqual([]);
    expect(confirmed.members.map(({ clientId }) => clientId).toSorted()).toEqual(ids.toSorted());
    expect(confirmed.changes.every(({ standing }) => standing === 'confirmed')).toBe(true);
  }));

test.each(['replyLost', 'requestLost', 'answers5xxAfter'] as const)('who joins over a line with %s is a member once', (fault) =>
  play({}, async (scene) => {
    const { groupId, members } = await groupOf(scene);
    const { rows } = await scene.get(scene.grace, 'clients.list', { show: 'all' });
    const stranger = rows.find(({ clientId }) => members.every((each) => each.clientId !== clientId))?.clientId ?? '';
    scene.pc.network.arm(fault, 1, 'money');
    await scene.get(scene.grace, 'groups.addMember', { formId: scene.newForm(), groupId, clientId: stranger });
    await scene.untilFinished();
    expect(await scene.openCases()).toEqual([]);
    const { clientMembers } = JSON.parse(
      scene.control().requestAs('admin', { method: 'GET', url: `/groups/${String(serverIdOf(scene, groupId))}?associations=all`, body: '' })
        .body,
    ) as { clientMembers: readonly { id: number }[] };
    expect(clientMembers).toHaveLength(members.length + 1);
  }),
);

function serverIdOf(scene: Scene, groupId: LocalId): number {
  return row<{ id: number }>(scene.pc.database(), `SELECT server_id AS id FROM replica_groups WHERE group_id = ?`, groupId)?.id ?? 0;
}
