// Centers come in as head office lists them: made there with a group, changed, left by the group and closed, each is seen here after its trail was read.

import { membersOf, textOf } from '../headOffice/api.ts';
import type { Stage } from '../stage.ts';
import { wrongUnless } from '../stage.ts';

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
}
