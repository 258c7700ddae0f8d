// Who of a group has which role in it, over a bad line: there once, however often it is told, and taken again. Whoever goes gives it back first, for
// head office would leave it with somebody who is no member; and what head office gave itself is seen as soon as the group is asked for.

import { membersOf, numberOf, rowsOf } from '../headOffice/api.ts';
import type { LineFault } from '../headOffice/line.ts';
import type { Stage } from '../stage.ts';
import { newForm, wrongUnless } from '../stage.ts';

const FAULTS: readonly (LineFault | null)[] = [null, 'requestLost', 'replyLost', 'gatewayAfter', 'doubled'];

export async function groupRoles(stage: Stage): Promise<void> {
  const { pc, institution, api } = stage;
  const { cashier, manager, checker } = institution.people;
  const name = `Roles ${String(Date.now() % 1_000_000)}`;
  const account = await stage.takeSavings('plain');
  const { clientId } = await stage.savingsView(pc, account);
  if (clientId === null) throw new Error('the account has no client');
  const client = account.clientServerId ?? 0;
  const made = await api.post('/groups', {
    name,
    officeId: institution.offices.ours,
    active: false,
    submittedOnDate: stage.today,
    locale: 'en',
    dateFormat: 'yyyy-MM-dd',
    clientMembers: [client],
  });
  const url = `/groups/${String(made['resourceId'])}`;
  const rowOf = async () => (await pc.get(cashier, 'groups.list', {})).rows.find((each) => each.name === name);
  await pc.until(cashier, async () => (await rowOf())?.members === 1);
  const groupId = (await rowOf())?.groupId;
  if (groupId === undefined) {
    stage.check('a group that head office made comes in', ['it is not here']);
    return;
  }
  const page = () => pc.get(cashier, 'groups.show', { groupId });
  const there = async () => membersOf(await api.get(`${url}?associations=all`));
  const rolesThere = async () => rowsOf((await there())['groupRoles']).filter((row) => row['clientId'] === client);
  const standing = async (commandId: string): Promise<string> =>
    (await page()).changes.find((each) => each.commandId === commandId)?.standing ?? 'not shown';
  const settled = async (commandId: string): Promise<string> => {
    await pc.until(cashier, async () => (await standing(commandId)) === 'confirmed');
    return standing(commandId);
  };
  await pc.until(cashier, async () => (await page()).roleOptions.length > 0);
  const [role] = (await page()).roleOptions;
  stage.check('the roles that head office names are here', wrongUnless(role !== undefined, 'there is none'));
  if (role === undefined) return;
  const member = { groupId, clientId };
  const isHeld = async () => (await page()).roles.some((each) => each.clientId === clientId && each.role === role.name);
  const give = async () => (await pc.get(manager, 'groups.giveRole', { formId: newForm(), ...member, roleId: role.serverId })).commandId;
  const take = async () => (await pc.get(manager, 'groups.takeRole', { formId: newForm(), ...member, role: role.name })).commandId;

  for (const fault of FAULTS)
    for (const isGiven of [true, false]) {
      if (fault !== null) pc.line.arm(fault);
      const commandId = isGiven ? await give() : await take();
      const isShown = (await isHeld()) === isGiven;
      const word = await settled(commandId);
      const struck = pc.line.armed() === 0;
      pc.line.disarm();
      const times = (await rolesThere()).length;
      await pc.until(cashier, async () => (await page()).roles.every((each) => each.standing === null));
      stage.check(`${fault ?? 'a good line'}: a role that is ${isGiven ? 'given' : 'taken'} is shown at once, and so at head office`, [
        ...wrongUnless(isShown && (await isHeld()) === isGiven, 'it is not shown, at once or in the end'),
        ...wrongUnless(word === 'confirmed', `it is ${word}`),
        ...wrongUnless(times === (isGiven ? 1 : 0), `it stands there ${String(times)} times`),
        ...wrongUnless(struck, 'the fault did not strike'),
      ]);
    }

  await api.post(`${url}?command=assignRole`, { clientId: client, role: role.serverId });
  await pc.get(cashier, 'groups.refresh', { groupId });
  stage.check('what head office gave is here when the group is asked for', wrongUnless(await isHeld(), 'it is not here'));

  await pc.get(manager, 'groups.removeMember', { formId: newForm(), ...member });
  const [leaving, taking] = (await page()).changes;
  const words = [await settled(taking?.commandId ?? ''), await settled(leaving?.commandId ?? '')];
  stage.check('whoever goes gives the role back first', [
    ...wrongUnless(leaving?.what === 'leave' && taking?.what === 'takeRole', 'it is not taken along'),
    ...wrongUnless(
      words.every((word) => word === 'confirmed'),
      `they are ${words.join(' and ')}`,
    ),
    ...wrongUnless((await rolesThere()).length === 0, 'the role stands there'),
    ...wrongUnless(!rowsOf((await there())['clientMembers']).some((row) => numberOf(row['id']) === client), 'still a member there'),
  ]);

  await settled((await pc.get(manager, 'groups.addMember', { formId: newForm(), ...member })).commandId);
  const openOf = async (commandId: string) => {
    await pc.until(cashier, async () => (await standing(commandId)) === 'needsYou');
    return (await pc.get(checker, 'exceptions.list', { show: 'open' })).find(({ item }) => item.commandId === commandId);
  };
  pc.line.setCut(true);
  const gone = await pc.get(manager, 'groups.removeMember', { formId: newForm(), ...member });
  await api.post(`${url}?command=assignRole`, { clientId: client, role: role.serverId });
  pc.line.setCut(false);
  const kept = await openOf(gone.commandId);
  stage.check('whoever was given a role there meanwhile is not let go with it', [
    ...wrongUnless(kept?.serverCode === 'group.roleHeldThere', `the case is ${kept?.serverCode ?? 'none'}`),
    ...wrongUnless(
      rowsOf((await there())['clientMembers']).some((row) => numberOf(row['id']) === client),
      'no member there any more',
    ),
  ]);
  if (kept === undefined) return;
  await pc.get(checker, 'exceptions.resolve', { exceptionId: kept.exceptionId, resolution: 'withdraw', reason: 'let go anew' });
  await pc.until(cashier, isHeld);

  pc.line.setCut(true);
  const taken = await take();
  const row = (await rolesThere())[0]?.['id'];
  await api.post(`${url}?command=unassignRole&roleId=${String(numberOf(row))}`, {});
  pc.line.setCut(false);
  stage.check('what head office took meanwhile was told: no case', wrongUnless((await settled(taken)) === 'confirmed', 'it is a case'));

  pc.line.setCut(true);
  const refused = await give();
  await api.post(`${url}?command=disassociateClients`, { clientMembers: [client] });
  pc.line.setCut(false);
  const stranger = await openOf(refused);
  stage.check(
    'whom head office let go meanwhile is given none: a case with its own word for it',
    wrongUnless(stranger?.serverCode === 'error.msg.group.client.not.in.group', `the case is ${stranger?.serverCode ?? 'none'}`),
  );
  if (stranger !== undefined)
    await pc.get(checker, 'exceptions.resolve', { exceptionId: stranger.exceptionId, resolution: 'withdraw', reason: 'no member' });
}
