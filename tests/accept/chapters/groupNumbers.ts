// The institution's own number of a group, over a bad line: typed when it is founded, written over and taken away, each once there; one that head
// office wrote meanwhile is a case that shows both, and one that another office used first is a case with head office's own word.

import { membersOf, textOf } from '../headOffice/api.ts';
import type { LineFault } from '../headOffice/line.ts';
import type { Stage } from '../stage.ts';
import { newForm, wrongUnless } from '../stage.ts';

const FAULTS: readonly (LineFault | null)[] = [null, 'requestLost', 'replyLost', 'gatewayAfter'];
const WRITTEN = { locale: 'en', dateFormat: 'yyyy-MM-dd' } as const;

export async function groupNumbers(stage: Stage): Promise<void> {
  const { pc, institution, api } = stage;
  const { cashier, manager, checker } = institution.people;
  const own = String(Date.now() % 1_000_000);
  const name = `Numbering ${own}`;
  const { groupId, localNumber } = await pc.get(manager, 'groups.register', {
    formId: newForm(),
    name,
    externalId: `VSLA-${own}`,
    submittedOn: stage.today,
  });
  const page = () => pc.get(cashier, 'groups.show', { groupId });
  await pc.until(cashier, async () => (await page()).numbers.headOffice !== null);
  const listed = await api.get('/groups?paged=true&limit=200&offset=0&orderBy=id&sortOrder=DESC');
  const rows = (listed as { readonly pageItems?: readonly Readonly<Record<string, unknown>>[] }).pageItems ?? [];
  const row = rows.find((each) => each['name'] === name);
  stage.check('founded with a number of the institution, it stands there under it', [
    ...wrongUnless(row?.['externalId'] === `VSLA-${own}`, `it stands there under ${String(row?.['externalId'])}`),
    ...wrongUnless((await page()).externalId === `VSLA-${own}`, 'the page shows another'),
  ]);
  if (row === undefined) return;
  const url = `/groups/${String(row['id'])}`;
  const there = async () => textOf(membersOf(await api.get(url))['externalId'] ?? null);
  const standing = async (commandId: string) => (await page()).changes.find((each) => each.commandId === commandId)?.standing;
  const renumber = async (externalId: string): Promise<string> => {
    const { externalId: before } = await page();
    return (await pc.get(manager, 'groups.renumber', { formId: newForm(), groupId, externalId, before })).commandId;
  };
  const openOf = async (commandId: string) => {
    await pc.until(cashier, async () => (await standing(commandId)) === 'needsYou');
    return (await pc.get(checker, 'exceptions.list', { show: 'open' })).find(({ item }) => item.commandId === commandId);
  };

  for (const fault of FAULTS) {
    if (fault !== null) pc.line.arm(fault);
    const next = `VSLA-${own}-${fault ?? 'anew'}`;
    const commandId = await renumber(next);
    const isShown = (await page()).externalId === next;
    await pc.until(cashier, async () => (await standing(commandId)) === 'confirmed');
    const struck = pc.line.armed() === 0;
    pc.line.disarm();
    stage.check(`${fault ?? 'a good line'}: another number of the institution is shown at once, and so at head office`, [
      ...wrongUnless(isShown, 'it is not shown at once'),
      ...wrongUnless((await standing(commandId)) === 'confirmed', `it is ${String(await standing(commandId))}`),
      ...wrongUnless((await there()) === next, `it stands there under ${await there()}`),
      ...wrongUnless(struck, 'the fault did not strike'),
    ]);
  }
  const { found } = await pc.get(cashier, 'clients.find', { text: `VSLA-${own}` });
  stage.check(
    'it is found by that number',
    wrongUnless(
      found.some((each) => each.kind === 'group' && each.groupId === groupId),
      'it is not',
    ),
  );

  const takenAway = await renumber('');
  await pc.until(cashier, async () => (await standing(takenAway)) === 'confirmed');
  stage.check('taken away, the branch’s own number stands there', [
    ...wrongUnless((await there()) === localNumber, `it stands there under ${await there()}`),
    ...wrongUnless((await page()).externalId === null, 'the page shows one'),
  ]);

  pc.line.setCut(true);
  const ours = await renumber(`VSLA-${own}-ours`);
  await api.put(url, { name, externalId: `VSLA-${own}-theirs` });
  pc.line.setCut(false);
  const both = await openOf(ours);
  stage.check('head office numbers it meanwhile: nothing is overwritten, and a case shows both', [
    ...wrongUnless((await there()) === `VSLA-${own}-theirs`, 'theirs was overwritten'),
    ...wrongUnless(both?.serverCode === 'group.changedThere', `the case is ${both?.serverCode ?? 'none'}`),
  ]);
  if (both === undefined) return;
  await pc.get(checker, 'exceptions.resolve', { exceptionId: both.exceptionId, resolution: 'resubmit', reason: 'so it is on the paper' });
  await pc.until(cashier, async () => (await standing(ours)) === 'confirmed');
  stage.check(
    'sent once more it takes that place',
    wrongUnless((await there()) === `VSLA-${own}-ours`, `it stands there under ${await there()}`),
  );

  pc.line.setCut(true);
  const taken = await renumber(`VSLA-${own}-taken`);
  await api.post('/groups', {
    name: `${name} elsewhere`,
    externalId: `VSLA-${own}-taken`,
    officeId: institution.offices.elsewhere,
    active: false,
    submittedOnDate: stage.today,
    ...WRITTEN,
  });
  pc.line.setCut(false);
  const refused = await openOf(taken);
  stage.check(
    'a number that another office used first is a case with head office’s own word for it',
    wrongUnless(refused?.serverCode === 'error.msg.group.duplicate.externalId', `the case is ${refused?.serverCode ?? 'none'}`),
  );
  if (refused === undefined) return;
  await pc.get(checker, 'exceptions.resolve', {
    exceptionId: refused.exceptionId,
    resolution: 'correct',
    reason: 'another one',
    edits: { externalId: `VSLA-${own}-end` },
  });
  await pc.until(cashier, async () => (await there()) === `VSLA-${own}-end`);
  stage.check('the group goes under another', wrongUnless((await there()) === `VSLA-${own}-end`, `it stands there under ${await there()}`));
}
