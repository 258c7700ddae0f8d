// What becomes of a group itself is decided at the branch, line or no line. Head office closes a group over open accounts and takes no money on them
// from then on: so the branch closes none before, and takes none for a group that was closed there.

import { expect, test } from 'vitest';
import type { LocalId } from '../../shared/kernel/ids.ts';
import { atTheCounter, signIn } from '../world/people.ts';
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
    expect(whyNot).toEqual({ rename: null, renumber: null, activate: 'group.alreadyActive', serve: null, close: null });
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
      rename: 'group.closedAlready',
      renumber: 'group.closedAlready',
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

test(
  'a group with members or an open account is not closed here; closed there all the same, it takes and gives no money (I1)',
  () =>
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
      expect(await scene.refusal(scene.achieng, 'loans.takeRepayment', { ...form(), loanId: page.loans[0]!.loanId })).toBe(
        'loan.notActive',
      );
      expect(await scene.refusal(scene.achieng, 'savings.takeDeposit', { ...form(), savingsId: page.savings[0]!.savingsId })).toBe(
        'savings.notActive',
      );
      expect(await scene.refusal(scene.achieng, 'savings.payWithdrawal', { ...form(), savingsId: page.savings[0]!.savingsId })).toBe(
        'savings.notActive',
      );
    }),
  300_000,
);

function closureReason(scene: Scene): number {
  const answer = scene.control().requestAs('admin', { method: 'GET', url: '/groups/template?command=close', body: '' });
  return (JSON.parse(answer.body) as { readonly closureReasons: readonly { readonly id: number }[] }).closureReasons[0]!.id;
}

const NEW_NAME = 'Nyota ya Jioni';

/** Founded, known to head office, and called something else from now on. */
async function renaming(scene: Scene, name = NEW_NAME) {
  await scene.pass(10 * MINUTE_MS);
  const groupId = await founded(scene);
  await scene.untilFinished();
  const asked = { formId: scene.newForm(), groupId, before: 'Nyota ya Asubuhi', name };
  return { groupId, asked };
}

function renameThere(scene: Scene, id: number, name: string): void {
  const body = JSON.stringify({ name });
  expect(scene.control().requestAs('admin', { method: 'PUT', url: `/groups/${String(id)}`, body })).toMatchObject({ status: 200 });
}

test('founded and called something else in one stretch without a line: shown at once, told in order, found under its new name', () =>
  play({}, async (scene) => {
    await scene.pass(10 * MINUTE_MS);
    await scene.cutLine();
    const groupId = await founded(scene);
    const asked = { formId: scene.newForm(), groupId, before: 'Nyota ya Asubuhi', name: `  Nyota  ya Jioni ` };
    expect(await scene.refusal(scene.achieng, 'groups.rename', asked)).toBe('session.notPermitted');
    const renamed = await scene.get(scene.grace, 'groups.rename', asked);
    expect(await scene.get(scene.grace, 'groups.rename', asked)).toEqual({ ...renamed, replayed: true });
    const page = await scene.get(scene.achieng, 'groups.show', { groupId });
    expect(page).toMatchObject({
      name: NEW_NAME,
      changes: [{ what: 'rename', name: NEW_NAME, standing: 'savedHere' }, { what: 'register' }],
    });
    expect((await scene.get(scene.achieng, 'groups.list', {})).rows.find((each) => each.groupId === groupId)?.name).toBe(NEW_NAME);
    await scene.restoreLine();
    await scene.untilFinished();
    await scene.pass(10 * MINUTE_MS);
    expect(await scene.openCases()).toEqual([]);
    expect(there(scene, NEW_NAME)).toMatchObject({ status: 300 });
    expect(await scene.get(scene.achieng, 'groups.show', { groupId })).toMatchObject({ name: NEW_NAME, registration: null });
  }));

test.each([
  ['Nyota ya Asubuhi', {}, 'client.nothingChanged'],
  [' ', {}, 'group.nameNeeded'],
  ['Something else', { before: 'Seen before somebody changed it' }, 'group.changedMeanwhile'],
] as const)('the name %j is refused and told nobody', (name, seen, code) =>
  play({}, async (scene) => {
    const { asked } = await renaming(scene, name);
    expect(await scene.refusal(scene.grace, 'groups.rename', { ...asked, ...seen })).toBe(code);
  }),
);

test('a name that another group has is refused with that group; a closed one keeps its name', () =>
  play({}, async (scene) => {
    const { groupId, asked } = await renaming(scene);
    const [other] = (await scene.get(scene.grace, 'groups.list', {})).rows.filter((each) => each.groupId !== groupId);
    expect(await scene.refusal(scene.grace, 'groups.rename', { ...asked, name: other!.name.toUpperCase() })).toBe('group.nameTaken');
    const { reasons } = await turnsOf(scene, groupId);
    await scene.get(scene.grace, 'groups.close', { formId: scene.newForm(), groupId, reasonId: reasons[0]!.serverId });
    expect((await turnsOf(scene, groupId)).whyNot).toMatchObject({ rename: 'group.closedAlready' });
    expect(await scene.refusal(scene.grace, 'groups.rename', asked)).toBe('group.closedAlready');
  }));

test.each(['replyLost', 'requestLost', 'answers5xxAfter', 'duplicated'] as const)(
  'renamed over a line with %s: called so there, once',
  (fault) =>
    play({}, async (scene) => {
      const { asked } = await renaming(scene);
      scene.pc.network.arm(fault, 1, 'money');
      await scene.get(scene.grace, 'groups.rename', asked);
      await scene.untilFinished();
      expect(there(scene, NEW_NAME).status).toBe(300);
      expect(await scene.openCases()).toEqual([]);
    }),
);

test('a group that head office named meanwhile is a case with both names; let go once more, ours takes that place', () =>
  play({ incidentsExpected: true }, async (scene) => {
    const { groupId, asked } = await renaming(scene);
    await scene.cutLine();
    await scene.get(scene.grace, 'groups.rename', asked);
    renameThere(scene, there(scene, 'Nyota ya Asubuhi').id, 'Nyota ya Usiku');
    await scene.restoreLine();
    await scene.pass(20 * MINUTE_MS);
    const open = await scene.openCase(scene.grace);
    expect(await scene.get(scene.grace, 'exceptions.show', { exceptionId: open.exceptionId })).toMatchObject({
      serverCode: 'group.changedThere',
      fields: [{ name: 'name', before: 'Nyota ya Asubuhi', after: NEW_NAME, there: 'Nyota ya Usiku', isKnownThere: true }],
      changedThere: { by: 'admin' },
      item: { kind: 'groupEdit', editable: { name: NEW_NAME } },
    });
    await scene.pass(10 * MINUTE_MS);
    expect((await scene.get(scene.achieng, 'groups.show', { groupId })).name).toBe('Nyota ya Usiku');
    await signIn(scene.world, scene.amina);
    await scene.resolve(scene.amina, open, 'resubmit');
    await scene.untilFinished();
    expect(there(scene, NEW_NAME).status).toBe(300);
  }));

test('a name that another office gave first is a case; said otherwise, it goes', () =>
  play({ incidentsExpected: true }, async (scene) => {
    const { asked } = await renaming(scene);
    await scene.cutLine();
    await scene.get(scene.grace, 'groups.rename', asked);
    const body = JSON.stringify({ name: NEW_NAME, officeId: 1, active: false, submittedOnDate: '2026-11-20', ...WRITES });
    expect(scene.control().requestAs('admin', { method: 'POST', url: '/groups', body })).toMatchObject({ status: 200 });
    await scene.restoreLine();
    await scene.pass(20 * MINUTE_MS);
    const { exceptionId, serverCode } = await scene.openCase(scene.grace);
    expect(serverCode).toBe('error.msg.group.duplicate.name');
    await signIn(scene.world, scene.amina);
    await scene.get(scene.amina, 'exceptions.resolve', {
      exceptionId,
      resolution: 'correct',
      reason: 'taken elsewhere',
      edits: { name: 'Nyota ya Jioni Kijiji' },
    });
    await scene.untilFinished();
    expect(there(scene, 'Nyota ya Jioni Kijiji').status).toBe(300);
  }));
