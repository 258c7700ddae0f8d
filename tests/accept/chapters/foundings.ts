// Groups are founded at the branch over a bad line and stand at head office once, under the number on their card, with their members; one of a
// client who was registered without a line. A name that another group has there is a case: corrected, or made one with what stands there.

import { membersOf, numberOf, rowsOf, textOf, WRITTEN, type Members } from '../headOffice/api.ts';
import type { LineFault } from '../headOffice/line.ts';
import type { Stage } from '../stage.ts';
import { newForm, wrongUnless } from '../stage.ts';

const FAULTS: readonly (LineFault | null)[] = [null, 'requestLost', 'replyLost', 'gatewayAfter'];

interface Founded {
  readonly groupId: string;
  readonly localNumber: string;
}

export async function foundings(stage: Stage): Promise<void> {
  const account = await stage.takeSavings('plain');
  const { clientId } = await stage.savingsView(stage.pc, account);
  if (clientId === null) throw new Error('the account has no client');
  for (const fault of FAULTS) await overLine(stage, fault, clientId);
  await withoutLine(stage);
  await nameTaken(stage, 'correct');
  await nameTaken(stage, 'merge');
}

let told = 0;
/** Head office refuses a name that it has; these are nobody else's. */
function freshName(): string {
  told += 1;
  return `Founded ${String(Date.now() % 10_000_000)} ${String(told)}`;
}

function found(stage: Stage, name: string, members: readonly string[], activationDate: string | null = stage.today): Promise<Founded> {
  return stage.pc.get(stage.institution.people.manager, 'groups.register', {
    formId: newForm(),
    name,
    submittedOn: stage.today,
    activationDate,
    members: [...members],
  });
}

function shown(stage: Stage, { groupId }: Pick<Founded, 'groupId'>) {
  return stage.pc.get(stage.institution.people.cashier, 'groups.show', { groupId });
}

/** Once head office's own row stands in its place. */
function confirmed(stage: Stage, founded: Founded): Promise<boolean> {
  return stage.pc.until(stage.institution.people.cashier, async () => {
    const { registration, joining } = await shown(stage, founded);
    return registration === null && joining.length === 0;
  });
}

async function there(stage: Stage, name: string): Promise<readonly Members[]> {
  const list = membersOf(await stage.api.get(`/groups?paged=true&name=${encodeURIComponent(name)}&offset=0&limit=20`));
  const found = rowsOf(list['pageItems']).filter((row) => textOf(row['name']) === name);
  return Promise.all(
    found.map(async (row) => membersOf(await stage.api.get(`/groups/${String(numberOf(row['id']))}?associations=clientMembers`))),
  );
}

async function overLine(stage: Stage, fault: LineFault | null, clientId: string): Promise<void> {
  const { pc, institution } = stage;
  const name = freshName();
  if (fault !== null) pc.line.arm(fault);
  const founded = await found(stage, name, [clientId]);
  const atOnce = await shown(stage, founded);
  const isShown = await confirmed(stage, founded);
  const struck = pc.line.armed() === 0;
  pc.line.disarm();
  const groups = await there(stage, name);
  const [group = {}] = groups;
  const page = await shown(stage, founded);
  const searched = await pc.get(institution.people.cashier, 'clients.find', { text: founded.localNumber });
  stage.check(`founded over ${fault ?? 'a good line'}: it is known at once, and there once with its member`, [
    ...wrongUnless(
      atOnce.status === 'active' &&
        atOnce.members.some((member) => member.clientId === clientId) &&
        atOnce.accountNo === founded.localNumber,
      'it is not known at once',
    ),
    ...wrongUnless(isShown, 'head office’s row is not here'),
    ...wrongUnless(groups.length === 1, `head office has ${String(groups.length)} of them`),
    ...wrongUnless(textOf(group['externalId']) === founded.localNumber, `it stands there under ${textOf(group['externalId'])}`),
    ...wrongUnless(group['active'] === true && rowsOf(group['clientMembers']).length === 1, 'not active with one member there'),
    ...wrongUnless(
      page.numbers.headOffice === textOf(group['accountNo']) && page.numbers.local === founded.localNumber,
      'not both numbers',
    ),
    ...wrongUnless(
      searched.found.some((each) => each.kind === 'group' && each.groupId === founded.groupId),
      'not found by its number',
    ),
    ...wrongUnless(struck, 'the fault did not strike'),
  ]);
}

/** Registered, founded, and one more comes: all in one stretch without a line. */
async function withoutLine(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier, manager } = institution.people;
  const name = freshName();
  const register = (lastname: string) =>
    pc.get(cashier, 'clients.register', {
      formId: newForm(),
      legalForm: 'person',
      firstname: 'Imani',
      lastname: `${lastname} ${String(Date.now() % 1_000_000)}`,
      submittedOn: stage.today,
      activationDate: stage.today,
    });
  pc.line.setCut(true);
  const [first, second] = [await register('Founder'), await register('Joiner')];
  const founded = await found(stage, name, [first.clientId], null);
  await pc.get(manager, 'groups.addMember', { formId: newForm(), groupId: founded.groupId, clientId: second.clientId });
  await pc.get(manager, 'groups.activate', { formId: newForm(), groupId: founded.groupId });
  const meanwhile = await shown(stage, founded);
  pc.line.setCut(false);
  const isShown = await confirmed(stage, founded);
  const [group = {}] = await there(stage, name);
  const numbers = rowsOf(group['clientMembers']).map((row) => textOf(row['externalId']));
  stage.check('clients of a minute ago found a group without a line, one more comes, and it becomes active: all of it gets there', [
    ...wrongUnless(meanwhile.status === 'active' && meanwhile.members.length === 2, 'it is not shown at once'),
    ...wrongUnless(isShown, 'head office’s row is not here'),
    ...wrongUnless(group['active'] === true, 'it is not active there'),
    ...wrongUnless(
      [first, second].every(({ localNumber }) => numbers.includes(localNumber)) && numbers.length === 2,
      `members there: ${numbers.join(', ')}`,
    ),
  ]);
}

async function nameTaken(stage: Stage, way: 'correct' | 'merge'): Promise<void> {
  const { pc, institution, api } = stage;
  const { cashier, manager, checker } = institution.people;
  const name = freshName();
  pc.line.setCut(true);
  const founded = await found(stage, name, []);
  const made = await api.post('/groups', {
    name,
    officeId: institution.offices.ours,
    active: false,
    submittedOnDate: stage.today,
    ...WRITTEN,
  });
  pc.line.setCut(false);
  const open = async () => (await pc.get(checker, 'exceptions.list', {})).find(({ item }) => item.groupId === founded.groupId);
  // What was made there comes in with the next look at the audit trail, some time after the refusal.
  await pc.until(checker, async () => ((await open())?.existing.length ?? 0) > 0);
  const one = await open();
  const into = one?.existing[0]?.localId;
  if (one === undefined || into === undefined) {
    stage.check(`a name that another group has becomes a case (${way})`, ['there is no case, or nothing to make one with']);
    return;
  }
  await pc.get(checker, 'exceptions.resolve', {
    exceptionId: one.exceptionId,
    resolution: way,
    reason: 'the acceptance says so',
    ...(way === 'merge' ? { mergeInto: into } : { edits: { name: `${name} anew` } }),
  });
  await pc.until(manager, async () => (await shown(stage, founded)).numbers.headOffice !== null);
  const page = await pc.get(cashier, 'groups.show', { groupId: founded.groupId });
  const theirs = await there(stage, name);
  const ours = await there(stage, `${name} anew`);
  stage.check(
    `a name that another group has becomes a case, and ${way === 'merge' ? 'the two are made one' : 'it goes under another name'}`,
    [
      ...wrongUnless(one.serverCode === 'error.msg.group.duplicate.name', one.serverCode),
      ...wrongUnless(theirs.length === 1 && numberOf(theirs[0]?.['id']) === made['resourceId'], 'not one of that name there'),
      ...wrongUnless(ours.length === (way === 'merge' ? 0 : 1), `${String(ours.length)} under another name there`),
      ...wrongUnless(page.name === (way === 'merge' ? name : `${name} anew`), `shown as ${page.name}`),
    ],
  );
}
