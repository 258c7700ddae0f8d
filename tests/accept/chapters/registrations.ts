// Clients registered at the branch over a bad line are at head office once, under the number on their slip or the institution's own, with what
// was typed; what was noted of them meanwhile follows. A phone that somebody else has is a case, and the two are made one.

import type { OutputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { membersOf, rowsOf, textOf, type Members } from '../headOffice/api.ts';
import type { LineFault } from '../headOffice/line.ts';
import type { Stage } from '../stage.ts';
import { newForm, wrongUnless } from '../stage.ts';

type Registered = OutputOf<BranchContract['clients']['register']>;

const FAULTS: readonly (LineFault | null)[] = [null, 'requestLost', 'replyLost', 'gatewayAfter'];

export async function registrations(stage: Stage): Promise<void> {
  for (const [place, fault] of FAULTS.entries()) await overLine(stage, fault, place);
  await underOwnId(stage);
  await manyAtOnce(stage);
  await madeOne(stage);
}

/** Head office refuses a person whose name and phone are known; these are nobody else's. */
function person(stage: Stage, lastname: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    formId: newForm(),
    legalForm: 'person' as const,
    firstname: 'Zawadi',
    middlename: 'Achola',
    lastname,
    submittedOn: stage.today,
    activationDate: stage.today,
    ...more,
  };
}

function register(stage: Stage, lastname: string, more: Readonly<Record<string, unknown>> = {}): Promise<Registered> {
  return stage.pc.get(stage.institution.people.cashier, 'clients.register', person(stage, lastname, more));
}

async function there(stage: Stage, lastname: string): Promise<readonly Members[]> {
  const list = membersOf(await stage.api.get(`/clients?displayName=${encodeURIComponent(`Zawadi Achola ${lastname}`)}&limit=50`));
  return rowsOf(list['pageItems']);
}

async function confirmed(stage: Stage, clientId: string): Promise<boolean> {
  const { cashier } = stage.institution.people;
  await stage.pc.until(cashier, async () => (await stage.pc.get(cashier, 'clients.show', { clientId })).client.registration === null);
  return (await stage.pc.get(cashier, 'clients.show', { clientId })).client.registration === null;
}

async function overLine(stage: Stage, fault: LineFault | null, place: number): Promise<void> {
  const { pc, institution } = stage;
  const name = `Onlyhere${String.fromCharCode(97 + place)}`;
  const bornOn = '1991-02-28';
  if (fault !== null) pc.line.arm(fault);
  const { clientId, localNumber } = await register(stage, name, { dateOfBirth: bornOn, mobileNo: `07004400${String(10 + place)}` });
  const note = 'Came with her sister';
  await pc.get(institution.people.cashier, 'clients.addNote', { formId: newForm(), clientId, text: note });
  const isShown = await confirmed(stage, clientId);
  const struck = pc.line.armed() === 0;
  pc.line.disarm();
  await pc.until(institution.people.cashier, async () =>
    (await pc.get(institution.people.cashier, 'clients.show', { clientId })).notes.every(({ standing }) => standing === 'confirmed'),
  );
  const found = await there(stage, name);
  const [client = {}] = found;
  const notes = typeof client['id'] === 'number' ? rowsOf(await stage.api.get(`/clients/${String(client['id'])}/notes`)) : [];
  const shown = await pc.get(institution.people.cashier, 'clients.show', { clientId });
  const searched = await pc.get(institution.people.cashier, 'clients.find', { text: localNumber });
  stage.check(`${fault ?? 'a good line'}: the client is there once, with what was typed, and the note follows`, [
    ...wrongUnless(isShown, 'head office’s row is not here'),
    ...wrongUnless(found.length === 1, `head office has ${String(found.length)} of them`),
    ...wrongUnless(textOf(client['externalId']) === localNumber, `it stands there under ${textOf(client['externalId'])}`),
    ...wrongUnless(JSON.stringify(client['dateOfBirth']) === '[1991,2,28]', 'another birth date'),
    ...wrongUnless(shown.numbers.headOffice === textOf(client['accountNo']) && shown.numbers.local === localNumber, 'not both numbers'),
    ...wrongUnless(
      searched.found.some((each) => each.kind === 'client' && each.client.clientId === clientId),
      'not found by its number',
    ),
    ...wrongUnless(notes.filter((each) => textOf(each['note']).startsWith(note)).length === 1, 'the note is not there once'),
    ...wrongUnless(struck, 'the fault did not strike'),
  ]);
}

async function underOwnId(stage: Stage): Promise<void> {
  stage.pc.line.arm('replyLost');
  const own = `AC/${stage.today} 7`;
  const { clientId } = await register(stage, 'Ownnumber', { externalId: own });
  await confirmed(stage, clientId);
  stage.pc.line.disarm();
  const found = await there(stage, 'Ownnumber');
  const shown = await stage.pc.get(stage.institution.people.cashier, 'clients.show', { clientId });
  stage.check('under the institution’s own number, over a lost answer', [
    ...wrongUnless(found.length === 1 && textOf(found[0]?.['externalId']) === own, `there: ${String(found.length)}`),
    ...wrongUnless(shown.externalId === own, `here: ${shown.externalId ?? 'none'}`),
  ]);
}

/** More than some lists take at once. */
async function manyAtOnce(stage: Stage): Promise<void> {
  stage.pc.line.setCut(true);
  const all: Registered[] = [];
  for (let place = 0; place < 18; place += 1) all.push(await register(stage, `Manyname${String.fromCharCode(97 + place)}`));
  stage.pc.line.setCut(false);
  let isAll = true;
  for (const { clientId } of all) isAll = (await confirmed(stage, clientId)) && isAll;
  stage.check('eighteen registered without a line all get through', wrongUnless(isAll, 'some wait still'));
}

async function madeOne(stage: Stage): Promise<void> {
  const { pc, institution, api } = stage;
  const { cashier, manager } = institution.people;
  const savings = await stage.takeSavings('plain');
  const mobileNo = '0700440099';
  pc.line.setCut(true);
  const { clientId } = await register(stage, 'Marriedname', { mobileNo });
  await pc.get(cashier, 'clients.addNote', { formId: newForm(), clientId, text: 'Brings her old passbook' });
  await api.put(`/clients/${String(savings.clientServerId)}`, { mobileNo });
  pc.line.setCut(false);
  const open = async () => (await pc.get(manager, 'exceptions.list', {})).find(({ item }) => item.clientId === clientId);
  // What was changed there comes in with the next look at the audit trail, some time after the refusal.
  await pc.until(manager, async () => ((await open())?.existing.length ?? 0) > 0);
  const found = await open();
  const into = found?.existing[0]?.localId;
  if (found === undefined || into === undefined) {
    stage.check('a phone that somebody else has becomes a case', ['there is no case, or nobody to make one with']);
    return;
  }
  const code = 'error.msg.client.duplicate.mobileNo';
  stage.check('a phone that somebody else has becomes a case', wrongUnless(found.serverCode === code, found.serverCode));
  await pc.get(manager, 'exceptions.resolve', {
    exceptionId: found.exceptionId,
    resolution: 'merge',
    reason: 'the same woman under her old name',
    mergeInto: into,
  });
  await pc.until(cashier, async () =>
    (await pc.get(cashier, 'clients.show', { clientId: into })).notes.some(({ standing }) => standing === 'confirmed'),
  );
  const notes = rowsOf(await api.get(`/clients/${String(savings.clientServerId)}/notes`));
  stage.check('made one with that client, the note stands there, and nobody new', [
    ...wrongUnless((await there(stage, 'Marriedname')).length === 0, 'the refused one is there'),
    ...wrongUnless(notes.filter((each) => textOf(each['note']).startsWith('Brings her old passbook')).length === 1, 'no note'),
  ]);
}
