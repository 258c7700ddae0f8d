// Who comes to a group and who goes, over a bad line: there once, however often it is told. A client who was registered without a line joins it
// before head office has the client, and a group becomes active, is given to somebody of the staff, closed, and made active again.

import { membersOf, rowsOf } from '../headOffice/api.ts';
import type { LineFault } from '../headOffice/line.ts';
import type { Stage } from '../stage.ts';
import { newForm, wrongUnless } from '../stage.ts';

const FAULTS: readonly (LineFault | null)[] = [null, 'requestLost', 'replyLost', 'gatewayAfter'];
const SAID = { serve: 'who serves a group', close: 'its close', activate: 'that it begins again' } as const;
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
    ...wrongUnless(meanwhile.status === 'active' && meanwhile.joining.includes(fresh.clientId), 'it is not shown at once'),
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

  const options = () => pc.get(manager, 'groups.turnOptions', { groupId });
  const { staff, reasons, staffName, turns } = await options();
  stage.check('with members a group is not closed here', [
    ...wrongUnless(turns.find(({ what }) => what === 'close')?.whyNot === 'group.membersLeft', 'it may be closed'),
    ...wrongUnless(staff.length > 0 && reasons.length > 0, 'head office’s staff and reasons are not here'),
  ]);
  const [serving] = staff;
  const [reason] = reasons;
  if (serving === undefined || reason === undefined) return;
  for (const { clientId: member } of (await page()).members)
    await pc.get(manager, 'groups.removeMember', { formId: newForm(), groupId, clientId: member });
  for (const [fault, deed] of [
    ['replyLost', 'serve'],
    ['gatewayAfter', 'close'],
    ['requestLost', 'activate'],
    ['replyLost', 'close'],
  ] as const) {
    await pc.until(cashier, async () => (await page()).changes.every((each) => each.standing === 'confirmed'));
    pc.line.arm(fault);
    const form = { formId: newForm(), groupId };
    const { commandId } =
      deed === 'serve'
        ? await pc.get(manager, 'groups.assignStaff', { ...form, staffId: serving.serverId, before: staffName })
        : deed === 'close'
          ? await pc.get(manager, 'groups.close', { ...form, reasonId: reason.serverId })
          : await pc.get(manager, 'groups.activate', form);
    const shown = await page();
    const word = await settled(commandId);
    const struck = pc.line.armed() === 0;
    pc.line.disarm();
    const row = await there();
    const wanted =
      deed === 'serve'
        ? row['staffId'] === serving.serverId && shown.staffName === serving.name
        : membersOf(row['status'])['id'] === (deed === 'close' ? 600 : 300) && shown.status === (deed === 'close' ? 'closed' : 'active');
    stage.check(`${fault}: ${SAID[deed]} is shown at once, and so at head office`, [
      ...wrongUnless(word === 'confirmed', `it is ${word}`),
      ...wrongUnless(wanted, 'it does not stand as it is wanted, here or there'),
      ...wrongUnless(struck, 'the fault did not strike'),
    ]);
  }
  const joins = await pc.refusal(manager, 'savings.apply', {
    formId: newForm(),
    owner: { kind: 'group', localId: groupId },
    productId: stage.institution.savingsProducts.get('plain') ?? 0,
    submittedOn: stage.today,
  });
  stage.check('no account is opened for a group that is closed', wrongUnless(joins === 'savings.ownerNotActive', `it is ${joins}`));
}
