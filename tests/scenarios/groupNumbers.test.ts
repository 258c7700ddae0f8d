// The institution's own number of a group: typed when it is founded and changed later, line or no line, kept unique against what the branch sees, found
// by search and by scanner. Where the institution has none, the branch's own number stands at head office.

import { expect, test } from 'vitest';
import type { LocalId } from '../../shared/kernel/ids.ts';
import { signIn } from '../world/people.ts';
import { play, type Scene } from './scene.ts';

const MINUTE_MS = 60_000;
const NAME = 'Nyota ya Asubuhi';

async function founded(scene: Scene, externalId = ''): Promise<{ readonly groupId: LocalId; readonly localNumber: string }> {
  await scene.pass(10 * MINUTE_MS);
  const { today } = await scene.get(scene.grace, 'groups.registrationOptions', {});
  const form = { formId: scene.newForm(), name: NAME, externalId, submittedOn: today, activationDate: today };
  return scene.get(scene.grace, 'groups.register', form);
}

function there(scene: Scene, name = NAME): { readonly id: number; readonly externalId?: string } {
  const { body } = scene.control().requestAs('admin', { method: 'GET', url: '/groups', body: '' });
  return (JSON.parse(body) as readonly { readonly id: number; readonly name: string; readonly externalId?: string }[]).find(
    (each) => each.name === name,
  )!;
}

function foundThere(scene: Scene, name: string, externalId: string): void {
  const said = { name, externalId, officeId: 1, active: false, submittedOnDate: '2026-11-20', locale: 'en', dateFormat: 'yyyy-MM-dd' };
  const reply = scene.control().requestAs('admin', { method: 'POST', url: '/groups', body: JSON.stringify(said) });
  expect(reply).toMatchObject({ status: 200 });
}

const found = async (scene: Scene, text: string): Promise<readonly string[]> =>
  (await scene.get(scene.achieng, 'clients.find', { text })).found.flatMap((each) => (each.kind === 'group' ? [each.name] : []));

test('founded with one, given another and none again in one stretch without a line: shown at once, told in order, found by it', () =>
  play({}, async (scene) => {
    await scene.cutLine();
    const { groupId, localNumber } = await founded(scene, 'VSLA-77');
    expect(await scene.get(scene.achieng, 'groups.show', { groupId })).toMatchObject({ externalId: 'VSLA-77', accountNo: localNumber });
    expect(await found(scene, 'vsla-7')).toEqual([NAME]);
    expect((await scene.get(scene.achieng, 'clients.scan', { codes: ['vsla-77'] })).found).toMatchObject([{ kind: 'group', groupId }]);
    const asked = { formId: scene.newForm(), groupId, before: 'VSLA-77', externalId: ' VSLA-78 ' };
    expect(await scene.refusal(scene.achieng, 'groups.renumber', asked)).toBe('session.notPermitted');
    const changed = await scene.get(scene.grace, 'groups.renumber', asked);
    expect(await scene.get(scene.grace, 'groups.renumber', asked)).toEqual({ ...changed, replayed: true });
    expect(await scene.get(scene.achieng, 'groups.show', { groupId })).toMatchObject({
      externalId: 'VSLA-78',
      changes: [{ what: 'renumber', name: 'VSLA-78', standing: 'savedHere' }, { what: 'register' }],
    });
    await scene.restoreLine();
    await scene.untilFinished();
    await scene.pass(10 * MINUTE_MS);
    expect(there(scene).externalId).toBe('VSLA-78');
    expect(await found(scene, 'VSLA-78')).toEqual([NAME]);
    expect(await found(scene, 'VSLA-77')).toEqual([]);
    await scene.get(scene.grace, 'groups.renumber', { formId: scene.newForm(), groupId, before: 'VSLA-78', externalId: '' });
    expect((await scene.get(scene.achieng, 'groups.show', { groupId })).externalId).toBe(null);
    await scene.untilFinished();
    await scene.pass(10 * MINUTE_MS);
    expect(there(scene).externalId).toBe(localNumber);
    expect(await scene.get(scene.achieng, 'groups.show', { groupId })).toMatchObject({ externalId: null, registration: null });
    expect(await scene.openCases()).toEqual([]);
  }));

test.each([
  ['VSLA-77', {}, 'client.nothingChanged'],
  ['VSLA-79', { before: 'Seen before somebody changed it' }, 'group.changedMeanwhile'],
  ['vsla-1', {}, 'group.externalIdTaken'],
] as const)('the number %j is refused and told nobody', (externalId, seen, code) =>
  play({}, async (scene) => {
    const { groupId } = await founded(scene, 'VSLA-77');
    const { today } = await scene.get(scene.grace, 'groups.registrationOptions', {});
    const other = { formId: scene.newForm(), name: 'Umoja wa Soko', externalId: 'VSLA-1', submittedOn: today };
    await scene.get(scene.grace, 'groups.register', other);
    const asked = { formId: scene.newForm(), groupId, before: 'VSLA-77', externalId, ...seen };
    expect(await scene.refusal(scene.grace, 'groups.renumber', asked)).toBe(code);
  }),
);

test('no group is founded with the number of another, and none goes under the number of a branch', () =>
  play({}, async (scene) => {
    const { groupId, localNumber } = await founded(scene, 'VSLA-77');
    const { today } = await scene.get(scene.grace, 'groups.registrationOptions', {});
    const form = { formId: scene.newForm(), name: 'Umoja wa Soko', submittedOn: today };
    expect(await scene.refusal(scene.grace, 'groups.register', { ...form, externalId: 'vsla-77' })).toBe('group.externalIdTaken');
    expect(await scene.refusal(scene.grace, 'groups.register', { ...form, externalId: localNumber })).toBe('group.externalIdTaken');
    const own = { formId: scene.newForm(), groupId, before: 'VSLA-77', externalId: localNumber };
    expect(await scene.refusal(scene.grace, 'groups.renumber', own)).toBe('group.externalIdTaken');
  }));

test.each(['replyLost', 'requestLost', 'answers5xxAfter', 'duplicated'] as const)('changed over a line with %s: so there, once', (fault) =>
  play({}, async (scene) => {
    const { groupId } = await founded(scene);
    await scene.untilFinished();
    scene.pc.network.arm(fault, 1, 'money');
    await scene.get(scene.grace, 'groups.renumber', { formId: scene.newForm(), groupId, before: null, externalId: 'VSLA-78' });
    await scene.untilFinished();
    expect(there(scene).externalId).toBe('VSLA-78');
    expect(await scene.openCases()).toEqual([]);
  }),
);

test('called something else and renumbered before anybody looks: it is the same group still, and its founding is not sent again', () =>
  play({}, async (scene) => {
    const { groupId } = await founded(scene);
    await scene.untilFinished();
    await scene.pass(10 * MINUTE_MS);
    await scene.cutLine();
    const form = () => ({ formId: scene.newForm(), groupId });
    await scene.get(scene.grace, 'groups.rename', { ...form(), before: NAME, name: 'Wema wa Kijiji' });
    await scene.get(scene.grace, 'groups.renumber', { ...form(), before: null, externalId: 'VSLA-78' });
    await scene.restoreLine();
    await scene.untilFinished();
    await scene.pass(40 * MINUTE_MS);
    expect(await scene.get(scene.achieng, 'groups.show', { groupId })).toMatchObject({ name: 'Wema wa Kijiji', externalId: 'VSLA-78' });
    const { rows } = await scene.get(scene.achieng, 'groups.list', {});
    expect(rows.filter(({ name }) => name === 'Wema wa Kijiji' || name === NAME)).toHaveLength(1);
    expect(await scene.openCases()).toEqual([]);
  }));

test('a number that another office used first is a case with head office’s own word; said otherwise, it goes', () =>
  play({ incidentsExpected: true }, async (scene) => {
    const { groupId } = await founded(scene);
    await scene.untilFinished();
    await scene.cutLine();
    await scene.get(scene.grace, 'groups.renumber', { formId: scene.newForm(), groupId, before: null, externalId: 'VSLA-78' });
    foundThere(scene, 'Umoja wa Soko', 'VSLA-78');
    await scene.restoreLine();
    await scene.pass(20 * MINUTE_MS);
    const { exceptionId, serverCode } = await scene.openCase(scene.grace);
    expect(serverCode).toBe('error.msg.group.duplicate.externalId');
    await signIn(scene.world, scene.amina);
    await scene.get(scene.amina, 'exceptions.resolve', {
      exceptionId,
      resolution: 'correct',
      reason: 'taken elsewhere',
      edits: { externalId: 'VSLA-80' },
    });
    await scene.untilFinished();
    expect(there(scene).externalId).toBe('VSLA-80');
  }));
