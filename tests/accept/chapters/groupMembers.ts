// Who comes to a group and who goes, over a bad line: there once, however often it is told. A client who was registered without a line joins it
// before head office has the client, and a group becomes active.

import { membersOf, rowsOf } from '../headOffice/api.ts';
import type { LineFault } from '../headOffice/line.ts';
import type { Stage } from '../stage.ts';
import { newForm, wrongUnless } from '../stage.ts';

const FAULTS: readonly (LineFault | null)[] = [null, 'requestLost', 'replyLost', 'gatewayAfter'];
const WORDS = { locale: 'en', dateFormat: 'yyyy-MM-dd' } as const;

export async function groupMembers(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier, manager } = institution.people;
  const name = `Changing ${String(Date.now() % 1_000_000)}`;
  const made = await stage.api.post('/groups', {
    name,
    officeId: institution.offices.ours,
    active: false,
    submittedOnDate: stage.today,
    ...WORDS,
  });
  const url = `/groups/${String(made['resourceId'])}`;
  const rowOf = async () => (await pc.get(cashier, 'groups.list', {})).rows.find((each) => each.name === name);
  await pc.until(cashier, async () => (await rowOf()) !== undefined);
  const groupId = (await rowOf())?.groupId;
  stage.check('a group that head office made comes in', wrongUnless(groupId !== undefined, 'it is not here'));
  if (groupId === undefined) return;
  const page = () => pc.get(cashier, 'groups.show', { groupId });
  const there = async () => membersOf(await stage.api.get(`${url}?associations=all`));
  const membersThere = async () => rowsOf((await there())['clientMembers']).map((row) => row['id']);
  const standing = async (commandId: string): Promise<string> =>
    (await page()).changes.find((each) => each.commandId === commandId)?.standing ?? 'not shown';
  const settled = async (commandId: string): Promise<string> => {
    await pc.until(cashier, async () => (await standing(commandId)) === 'confirmed');
    return standing(commandId);
  };

  const account = await stage.takeSavings('plain');
  const { clientId } = await stage.savingsView(pc, account);
  if (clientId === null) throw new Error('the account has no client');
  for (const [at, fault] of FAULTS.entries()) {
    const isComing = at % 2 === 0;
    if (fault !== null) pc.line.arm(fault);
    const { commandId } = await pc.get(manager, isComing ? 'groups.addMember' : 'groups.removeMember', {
      formId: newForm(),
      groupId,
      clientId,
    });
    const isShown = (await page()).members.some((each) => each.clientId === clientId) === isComing;
    const word = await settled(commandId);
    const struck = pc.line.armed() === 0;
    pc.line.disarm();
    const isThere = (await membersThere()).includes(account.clientServerId ?? 0);
    stage.check(`${fault ?? 'a good line'}: who ${isComing ? 'comes' : 'goes'} is shown at once, and so at head office`, [
      ...wrongUnless(isShown, 'it is not shown at once'),
      ...wrongUnless(word === 'confirmed', `it is ${word}`),
      ...wrongUnless(isThere === isComing, isThere ? 'still a member there' : 'no member there'),
      ...wrongUnless(struck, 'the fault did not strike'),
    ]);
  }

  pc.line.setCut(true);
  const fresh = await pc.get(cashier, 'clients.register', {
    formId: newForm(),
    legalForm: 'person',
    firstname: 'Makena',
    lastname: `Groupcomer ${String(Date.now() % 1_000_000)}`,
    submittedOn: stage.today,
    activationDate: stage.today,
  });
  const joined = await pc.get(manager, 'groups.addMember', { formId: newForm(), groupId, clientId: fresh.clientId });
  const activated = await pc.get(manager, 'groups.activate', { formId: newForm(), groupId });
  const meanwhile = await page();
  pc.line.setCut(false);
  const words = [await settled(joined.commandId), await settled(activated.commandId)];
  const members = rowsOf((await there())['clientMembers']);
  await pc.until(cashier, async () => (await page()).joining.length === 0);
  stage.check('a client of a minute ago joins without a line, and is a member of the active group there', [
    ...wrongUnless(meanwhile.active && meanwhile.joining.includes(fresh.clientId), 'it is not shown at once'),
    ...wrongUnless(
      words.every((word) => word === 'confirmed'),
      `they are ${words.join(' and ')}`,
    ),
    ...wrongUnless(
      members.filter((row) => row['externalId'] === fresh.localNumber).length === 1,
      `${String(members.length)} members there, and not the new one once`,
    ),
    ...wrongUnless((await there())['active'] === true, 'it is not active there'),
    ...wrongUnless((await page()).joining.length === 0, 'head office’s own row does not show it'),
  ]);
}
