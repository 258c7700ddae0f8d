// What becomes of a group itself is decided at the branch, line or no line. Head office closes a group over open accounts and takes no money on them
// from then on: so the branch closes none before, and takes none for a group that was closed there.

import { expect, test } from 'vitest';
import type { LocalId } from '../../shared/kernel/ids.ts';
import { atTheCounter } from '../world/people.ts';
import { play, type Scene } from './scene.ts';

const MINUTE_MS = 60_000;
const WRITES = { locale: 'en', dateFormat: 'yyyy-MM-dd' };

async function founded(scene: Scene): Promise<LocalId> {
  const { today } = await scene.get(scene.grace, 'groups.registrationOptions', {});
  const { groupId } = await scene.get(scene.grace, 'groups.register', {
    formId: scene.newForm(),
    name: 'Nyota ya Asubuhi',
    submittedOn: today,
    activationDate: today,
  });
  return groupId;
}

async function turnsOf(scene: Scene, groupId: LocalId) {
  const options = await scene.get(scene.grace, 'groups.turnOptions', { groupId });
  return { ...options, whyNot: Object.fromEntries(options.turns.map(({ what, whyNot }) => [what, whyNot])) };
}

function there(scene: Scene, groupName: string): { readonly id: number; readonly status: number; readonly staff: string | undefined } {
  const rows = JSON.parse(scene.control().requestAs('admin', { method: 'GET', url: '/groups', body: '' }).body) as readonly {
    readonly id: number;
    readonly name: string;
    readonly status: { readonly id: number };
    readonly staffName?: string;
  }[];
  const row = rows.find(({ name }) => name === groupName)!;
  return { id: row.id, status: row.status.id, staff: row.staffName };
}

test('founded, given to somebody, closed and made active again in one stretch without a line: shown at once, and told in order', () =>
  play({}, async (scene) => {
    await scene.pass(10 * MINUTE_MS);
    await scene.cutLine();
    const groupId = await founded(scene);
    const { staff, reasons, staffName, whyNot } = await turnsOf(scene, groupId);
    expect(whyNot).toEqual({ activate: 'group.alreadyActive', serve: null, close: null });
    const form = () => ({ formId: scene.newForm(), groupId });
    const serving = { ...form(), staffId: staff[0]!.serverId, before: staffName };
    const served = await scene.get(scene.grace, 'groups.assignStaff', serving);
    expect(await scene.get(scene.grace, 'groups.assignStaff', serving)).toEqual({ ...served, replayed: true });
    expect(await scene.refusal(scene.grace, 'groups.assignStaff', { ...serving, ...form() })).toBe('group.changedMeanwhile');
    expect(await scene.refusal(scene.grace, 'groups.close', { ...form(), reasonId: 999 })).toBe('client.optionUnknown');
    const closing = await scene.get(scene.grace, 'groups.close', { ...form(), reasonId: reasons[0]!.serverId });
    const closed = await scene.get(scene.achieng, 'groups.show', { groupId });
    expect(closed).toMatchObject({ status: 'closed', staffName: staff[0]!.name });
    expect(closed.changes[0]).toMatchObject({ commandId: closing.commandId, what: 'close', standing: 'savedHere' });
    expect(closed.changes[1]).toMatchObject({ what: 'serve', name: staff[0]!.name });
    expect(await scene.refusal(scene.grace, 'groups.close', { ...form(), reasonId: reasons[0]!.serverId })).toBe('group.closedAlready');
    expect((await turnsOf(scene, groupId)).whyNot).toEqual({
      activate: null,
      serve: 'group.closedAlready',
      close: 'group.closedAlready',
    });
    const { today } = await scene.get(scene.grace, 'groups.registrationOptions', {});
    const opening = { ...form(), owner: { kind: 'group' as const, localId: groupId }, productId: 1, submittedOn: today };
    expect(await scene.refusal(scene.grace, 'savings.apply', opening)).toBe('savings.ownerNotActive');
    await scene.get(scene.grace, 'groups.activate', form());
    await scene.restoreLine();
    await scene.untilFinished();
    await scene.pass(10 * MINUTE_MS);
    expect(await scene.openCases()).toEqual([]);
    expect(there(scene, 'Nyota ya Asubuhi')).toMatchObject({ status: 300, staff: staff[0]!.name });
    expect(await scene.get(scene.achieng, 'groups.show', { groupId })).toMatchObject({ status: 'active', staffName: staff[0]!.name });
  }));

test.each(['replyLost', 'requestLost', 'answers5xxAfter', 'duplicated'] as const)('closed over a line with %s: once there', (fault) =>
  play({}, async (scene) => {
    await scene.pass(10 * MINUTE_MS);
    const groupId = await founded(scene);
    await scene.untilFinished();
    const { reasons } = await turnsOf(scene, groupId);
    scene.pc.network.arm(fault, 1, 'money');
    await scene.get(scene.grace, 'groups.close', { formId: scene.newForm(), groupId, reasonId: reasons[0]!.serverId });
    await scene.untilFinished();
    await scene.pass(10 * MINUTE_MS);
    expect(await scene.openCases()).toEqual([]);
    expect(there(scene, 'Nyota ya Asubuhi').status).toBe(600);
    expect((await scene.get(scene.achieng, 'groups.show', { groupId })).status).toBe('closed');
  }),
);

test('a group with members or an open account is not closed here; closed there all the same, it takes and gives no money (I1)', () =>
  play({}, async (scene) => {
    await scene.pass(10 * MINUTE_MS);
    const { rows } = await scene.get(scene.achieng, 'groups.list', {});
    const pages = await Promise.all(rows.map(({ groupId }) => scene.get(scene.achieng, 'groups.show', { groupId })));
    const group = pages.find(({ loans, savings, members }) => loans.length > 0 && savings.length > 0 && members.length > 0)!;
    const { groupId } = group;
    expect((await turnsOf(scene, groupId)).whyNot['close']).toBe('group.membersLeft');
    for (const { clientId } of group.members)
      await scene.get(scene.grace, 'groups.removeMember', { formId: scene.newForm(), groupId, clientId });
    expect((await turnsOf(scene, groupId)).whyNot['close']).toBe('group.accountsOpen');
    await scene.untilFinished();
    const closed = scene.control().requestAs('admin', {
      method: 'POST',
      url: `/groups/${String(there(scene, group.name).id)}?command=close`,
      body: JSON.stringify({ closureDate: '2026-11-20', closureReasonId: closureReason(scene), ...WRITES }),
    });
    expect(closed.status).toBe(200);
    // Its row in head office's trail names no office: nobody at a branch is told before every record is read again.
    await scene.pass(8 * 24 * 60 * MINUTE_MS);
    const page = await scene.get(scene.achieng, 'groups.show', { groupId });
    expect(page).toMatchObject({ status: 'closed', loans: [{ mayRepay: false }], savings: [{ mayDeposit: false, mayWithdraw: false }] });
    await atTheCounter(scene.world, scene.achieng);
    const form = () => ({ formId: scene.newForm(), amountMinor: 10_000, paidWith: { paymentTypeId: 1 } });
    expect(await scene.refusal(scene.achieng, 'loans.takeRepayment', { ...form(), loanId: page.loans[0]!.loanId })).toBe('loan.notActive');
    expect(await scene.refusal(scene.achieng, 'savings.takeDeposit', { ...form(), savingsId: page.savings[0]!.savingsId })).toBe(
      'savings.notActive',
    );
    expect(await scene.refusal(scene.achieng, 'savings.payWithdrawal', { ...form(), savingsId: page.savings[0]!.savingsId })).toBe(
      'savings.notActive',
    );
  }));

function closureReason(scene: Scene): number {
  const answer = scene.control().requestAs('admin', { method: 'GET', url: '/groups/template?command=close', body: '' });
  return (JSON.parse(answer.body) as { readonly closureReasons: readonly { readonly id: number }[] }).closureReasons[0]!.id;
}
