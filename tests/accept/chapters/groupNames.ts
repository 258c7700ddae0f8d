// A group is called something else, over a bad line: so called there, whatever became of the answer. A name that head office gave it meanwhile is a
// case that shows both; one that another office gave first is a case, and the group goes under another.

import { membersOf, textOf } from '../headOffice/api.ts';
import type { LineFault } from '../headOffice/line.ts';
import type { Stage } from '../stage.ts';
import { newForm, wrongUnless } from '../stage.ts';

const FAULTS: readonly (LineFault | null)[] = [null, 'requestLost', 'replyLost', 'gatewayAfter'];
const WRITTEN = { locale: 'en', dateFormat: 'yyyy-MM-dd' } as const;

export async function groupNames(stage: Stage): Promise<void> {
  const { pc, institution, api } = stage;
  const { cashier, manager, checker } = institution.people;
  const first = `Naming ${String(Date.now() % 1_000_000)}`;
  const made = await api.post('/groups', {
    name: first,
    officeId: institution.offices.ours,
    active: false,
    submittedOnDate: stage.today,
    ...WRITTEN,
  });
  const url = `/groups/${String(made['resourceId'])}`;
  const rowOf = async () => (await pc.get(cashier, 'groups.list', {})).rows.find((each) => each.name === first);
  await pc.until(cashier, async () => (await rowOf()) !== undefined);
  const groupId = (await rowOf())?.groupId;
  if (groupId === undefined) {
    stage.check('a group that head office made comes in', ['it is not here']);
    return;
  }
  const page = () => pc.get(cashier, 'groups.show', { groupId });
  const there = async () => textOf(membersOf(await api.get(url))['name']);
  const standing = async (commandId: string) => (await page()).changes.find((each) => each.commandId === commandId)?.standing;
  const rename = async (name: string): Promise<string> => {
    const { name: before } = await page();
    return (await pc.get(manager, 'groups.rename', { formId: newForm(), groupId, name, before })).commandId;
  };
  const openOf = async (commandId: string) => {
    await pc.until(cashier, async () => (await standing(commandId)) === 'needsYou');
    return (await pc.get(checker, 'exceptions.list', { show: 'open' })).find(({ item }) => item.commandId === commandId);
  };

  for (const fault of FAULTS) {
    if (fault !== null) pc.line.arm(fault);
    const next = `${first} ${fault ?? 'anew'}`;
    const commandId = await rename(next);
    const isShown = (await page()).name === next;
    await pc.until(cashier, async () => (await standing(commandId)) === 'confirmed');
    const struck = pc.line.armed() === 0;
    pc.line.disarm();
    stage.check(`${fault ?? 'a good line'}: another name of a group is shown at once, and so at head office`, [
      ...wrongUnless(isShown, 'it is not shown at once'),
      ...wrongUnless((await standing(commandId)) === 'confirmed', `it is ${String(await standing(commandId))}`),
      ...wrongUnless((await there()) === next, `it is called ${await there()}`),
      ...wrongUnless(struck, 'the fault did not strike'),
    ]);
  }

  pc.line.setCut(true);
  const ours = await rename(`${first} ours`);
  await api.put(url, { name: `${first} theirs` });
  pc.line.setCut(false);
  const both = await openOf(ours);
  stage.check('head office names it meanwhile: nothing is overwritten, and a case shows both', [
    ...wrongUnless((await there()) === `${first} theirs`, 'theirs was overwritten'),
    ...wrongUnless(both?.serverCode === 'group.changedThere', `the case is ${both?.serverCode ?? 'none'}`),
    ...wrongUnless(both?.fields[0]?.there === `${first} theirs` && both.fields[0].after === `${first} ours`, 'other values'),
  ]);
  if (both === undefined) return;
  await pc.get(checker, 'exceptions.resolve', { exceptionId: both.exceptionId, resolution: 'resubmit', reason: 'the meeting decided so' });
  await pc.until(cashier, async () => (await standing(ours)) === 'confirmed');
  stage.check('sent once more it takes that place', wrongUnless((await there()) === `${first} ours`, `it is called ${await there()}`));

  pc.line.setCut(true);
  const taken = await rename(`${first} taken`);
  await api.post('/groups', {
    name: `${first} taken`,
    officeId: institution.offices.elsewhere,
    active: false,
    submittedOnDate: stage.today,
    ...WRITTEN,
  });
  pc.line.setCut(false);
  const refused = await openOf(taken);
  stage.check(
    'a name that another office gave first is a case with head office’s own word for it',
    wrongUnless(refused?.serverCode === 'error.msg.group.duplicate.name', `the case is ${refused?.serverCode ?? 'none'}`),
  );
  if (refused === undefined) return;
  await pc.get(checker, 'exceptions.resolve', {
    exceptionId: refused.exceptionId,
    resolution: 'correct',
    reason: 'another one',
    edits: { name: `${first} in the end` },
  });
  await pc.until(cashier, async () => (await there()) === `${first} in the end`);
  stage.check('the group goes under another', wrongUnless((await there()) === `${first} in the end`, `it is called ${await there()}`));
}
