// Centers come in as head office lists them: made there with a group, changed and left by the group, each is seen here after its trail was read. Founded
// here over lost requests and lost answers, with a group that was founded a minute ago, each stands there once.

import { membersOf, textOf } from '../headOffice/api.ts';
import type { LineFault } from '../headOffice/line.ts';
import type { Stage } from '../stage.ts';
import { newForm, wrongUnless } from '../stage.ts';

const FAULTS: readonly (LineFault | null)[] = [null, 'requestLost', 'replyLost', 'gatewayAfter'];
const WRITTEN = { locale: 'en', dateFormat: 'yyyy-MM-dd' } as const;

export async function centers(stage: Stage): Promise<void> {
  const { pc, institution, api } = stage;
  const { cashier } = institution.people;
  const own = String(Date.now() % 1_000_000);
  const founding = {
    officeId: institution.offices.ours,
    active: true,
    activationDate: stage.today,
    submittedOnDate: stage.today,
    ...WRITTEN,
  };
  const group = await api.post('/groups', { ...founding, name: `Meeting ${own}` });
  const groupNumber = Number(group['resourceId']);
  const made = await api.post('/centers', { ...founding, name: `Market ${own}`, groupMembers: [groupNumber] });
  await api.post('/centers', {
    name: `Market ${own} elsewhere`,
    officeId: institution.offices.elsewhere,
    active: false,
    submittedOnDate: stage.today,
    ...WRITTEN,
  });
  const url = `/centers/${String(made['resourceId'])}`;
  const rowOf = async (name: string) => (await pc.get(cashier, 'centers.list', {})).rows.find((each) => each.name === name);

  await pc.until(cashier, async () => (await rowOf(`Market ${own}`))?.groups === 1);
  const row = await rowOf(`Market ${own}`);
  stage.check('a center that head office made comes in, with its group', [
    ...wrongUnless(row !== undefined, 'it is not here'),
    ...wrongUnless(row?.groups === 1, `it has ${String(row?.groups)} groups`),
    ...wrongUnless(row?.status === 'active', `it is ${String(row?.status)}`),
  ]);
  stage.check(
    'one of another office is none of this branch',
    wrongUnless((await rowOf(`Market ${own} elsewhere`)) === undefined, 'it is here'),
  );
  if (row === undefined) return;
  const page = () => pc.get(cashier, 'centers.show', { centerId: row.centerId });
  stage.check('its page names the group', wrongUnless((await page()).groups[0]?.name === `Meeting ${own}`, 'it does not'));

  await api.put(url, { name: `Market ${own} anew`, externalId: `KITUO-${own}` });
  await pc.until(cashier, async () => (await page()).name === `Market ${own} anew`);
  const there = membersOf(await api.get(url));
  const changed = await page();
  stage.check('changed there, it says here what it says there', [
    ...wrongUnless(changed.name === textOf(there['name']), `it is called ${changed.name}`),
    ...wrongUnless(changed.externalId === textOf(there['externalId']), `its number is ${String(changed.externalId)}`),
    ...wrongUnless(changed.accountNo === textOf(there['accountNo']), `its account number is ${changed.accountNo}`),
  ]);

  await api.post(`${url}?command=disassociateGroups`, { groupMembers: [groupNumber] });
  await pc.until(cashier, async () => (await page()).groups.length === 0);
  stage.check('a group that left it there has left it here', wrongUnless((await page()).groups.length === 0, 'it is in it still'));

  await centersFounded(stage, own);
}

async function centersFounded(stage: Stage, own: string): Promise<void> {
  const { pc, institution, api } = stage;
  const { cashier, manager } = institution.people;
  for (const fault of FAULTS) {
    const name = `Square ${own} ${fault ?? 'calm'}`;
    pc.line.setCut(true);
    const day = { submittedOn: stage.today, activationDate: stage.today };
    const { groupId } = await pc.get(manager, 'groups.register', { ...day, formId: newForm(), name: `${name} group` });
    const { centerId, localNumber } = await pc.get(manager, 'centers.register', { ...day, formId: newForm(), name, groups: [groupId] });
    const page = () => pc.get(cashier, 'centers.show', { centerId });
    const atOnce = await page();
    pc.line.setCut(false);
    await pc.until(cashier, async () => (await pc.get(cashier, 'groups.show', { groupId })).registration === null);
    if (fault !== null) pc.line.arm(fault);
    await pc.until(cashier, async () => (await page()).registration === null && (await page()).groups.length === 1);
    pc.line.disarm();
    const after = await page();
    const listed = await api.get(`/centers?paged=true&externalId=${localNumber}&offset=0&limit=20&orderBy=id&sortOrder=ASC`);
    const there = (listed as { readonly pageItems?: readonly Readonly<Record<string, unknown>>[] }).pageItems ?? [];
    stage.check(`${fault ?? 'a good line'}: a center founded here stands there once, with its group`, [
      ...wrongUnless(atOnce.name === name && atOnce.groups.length === 1, 'it is not shown whole at once'),
      ...wrongUnless(there.length === 1 && there[0]?.['name'] === name, `head office has ${String(there.length)} of it`),
      ...wrongUnless(
        after.numbers.headOffice !== null && after.numbers.local === localNumber,
        'its numbers do not stand beside each other',
      ),
      ...wrongUnless(after.groups[0]?.groupId === groupId, 'its group is not in it'),
      ...wrongUnless(after.status === 'active', `it is ${after.status}`),
    ]);
  }
}
