// A client's picture, an identity paper with its two sides, and a document: told to head office once, or harmlessly again, whatever becomes of
// the request or its answer.

import type { Papers } from '../../../shared/contract/clients.ts';
import { base64Of, pngOf } from '../../world/pictures.ts';
import { rowsOf, textOf } from '../headOffice/api.ts';
import type { LineFault } from '../headOffice/line.ts';
import type { Stage } from '../stage.ts';
import { newForm, wrongUnless } from '../stage.ts';

const FAULTS: readonly (LineFault | null)[] = [null, 'requestLost', 'replyLost', 'gatewayAfter'];

export async function papers(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier } = institution.people;
  const account = await stage.takeSavings('plain');
  const { clientId } = await stage.savingsView(pc, account);
  if (clientId === null) throw new Error('the account has no client');
  const client = String(account.clientServerId);
  const listed = (): Promise<Papers> => pc.get(cashier, 'clients.listPapers', { clientId });
  const until = (done: (all: Papers) => boolean): Promise<boolean> => pc.until(cashier, async () => done(await listed()));

  for (const fault of FAULTS) {
    if (fault !== null) pc.line.arm(fault);
    const content = base64Of(pngOf(`taken over ${fault ?? 'a good line'}`));
    const { commandId } = await pc.get(cashier, 'clients.takePicture', { formId: newForm(), clientId, content });
    const shown = async () => (await pc.get(cashier, 'clients.showPicture', { clientId, size: 'whole' })).picture;
    await pc.until(cashier, async () => (await shown())?.standing === 'confirmed');
    const struck = pc.line.armed() === 0;
    pc.line.disarm();
    const there = (await stage.api.text(`/clients/${client}/images`)).replace(/^data:[^,]*,/, '').replace(/\s/g, '');
    stage.check(`${fault ?? 'a good line'}: the picture is there as it was taken`, [
      ...wrongUnless((await shown())?.standing === 'confirmed', `the picture ${commandId} is ${(await shown())?.standing ?? 'not shown'}`),
      ...wrongUnless(there === content, 'head office gives out other bytes'),
      ...wrongUnless((await shown())?.content === content, 'the branch shows other bytes'),
      ...wrongUnless(struck, 'the fault did not strike'),
    ]);
  }

  const [type, other] = (await listed()).types;
  stage.check('the types of identity papers came in', wrongUnless(type !== undefined && other !== undefined, 'there are none'));
  if (type === undefined || other === undefined) return;
  for (const [at, fault] of (['requestLost', 'replyLost'] as const).entries()) {
    const documentKey = `A ${String(Date.now() % 1_000_000)} ${String(at)}`;
    pc.line.arm(fault);
    const paper = { formId: newForm(), clientId, typeId: (at === 0 ? type : other).typeId, documentKey };
    const { identifierId, commandId } = await pc.get(cashier, 'clients.addIdentifier', paper);
    await until(({ identifiers }) => identifiers.some((each) => each.commandId === commandId && each.standing === 'confirmed'));
    pc.line.disarm();
    const identifiers = rowsOf(await stage.api.get(`/clients/${client}/identifiers`));
    const mine = identifiers.filter((row) => textOf(row['documentKey']) === documentKey);
    pc.line.arm(fault);
    const sides: { readonly commandId: string }[] = [];
    for (const name of ['Carné, anverso', 'Carné, reverso']) {
      const content = base64Of(pngOf(`${name} ${documentKey}`, { width: 600, height: 380 }));
      sides.push(await pc.get(cashier, 'clients.addDocument', { formId: newForm(), clientId, identifierId, name, content }));
    }
    await until(({ documents }) =>
      sides.every((side) => documents.some((each) => each.commandId === side.commandId && each.standing === 'confirmed')),
    );
    pc.line.disarm();
    const documents = mine.length === 1 ? rowsOf(await stage.api.get(`/client_identifiers/${String(mine[0]?.['id'])}/documents`)) : [];
    const named = sides.map((side) => documents.filter((row) => textOf(row['name']).includes(side.commandId)));
    stage.check(`${fault}: the identity paper stands there once, and each of its sides once`, [
      ...wrongUnless(mine.length === 1, `the paper stands ${String(mine.length)} times`),
      ...named.flatMap((found, side) => wrongUnless(found.length === 1, `side ${String(side + 1)} stands ${String(found.length)} times`)),
      ...wrongUnless(
        named.every(([row], side) => textOf(row?.['name']).startsWith(side === 0 ? 'Carné, anverso' : 'Carné, reverso')),
        `other names: ${documents.map((row) => textOf(row['name'])).join('; ')}`,
      ),
    ]);
  }

  const fourth = (await listed()).types[3];
  if (fourth === undefined) throw new Error('there is no fourth type');
  const theirs = `C ${String(Date.now() % 1_000_000)}`;
  await stage.api.post(`/clients/${client}/identifiers`, { documentTypeId: fourth.typeId, documentKey: theirs, status: 'Active' });
  await pc.get(cashier, 'clients.readPapers', { clientId });
  const known = await listed();
  const numbers = rowsOf(await stage.api.get(`/clients/${client}/identifiers`)).map((row) => textOf(row['documentKey']));
  const shownHere = [...known.identifiers, ...(known.there?.identifiers ?? [])].map(({ documentKey }) => documentKey);
  stage.check('papers that others wrote there are read, and none stands twice', [
    ...wrongUnless(
      known.there?.identifiers.some(({ documentKey, type: name }) => documentKey === theirs && name === fourth.name) === true,
      `read: ${JSON.stringify(known.there)}`,
    ),
    ...wrongUnless(
      shownHere.toSorted().join('; ') === numbers.toSorted().join('; '),
      `here ${shownHere.join('; ')}, there ${numbers.join('; ')}`,
    ),
  ]);

  const third = (await listed()).types[2];
  const somebody = (await stage.api.list('/clients')).find((row) => row['id'] !== account.clientServerId && row['active'] === true);
  if (third === undefined || somebody === undefined) throw new Error('there is no third type, or no other client');
  const documentKey = `B ${String(Date.now() % 1_000_000)}`;
  await stage.api.post(`/clients/${String(somebody['id'])}/identifiers`, { documentTypeId: third.typeId, documentKey, status: 'Active' });
  const double = { formId: newForm(), clientId, typeId: third.typeId, documentKey };
  const { commandId } = await pc.get(cashier, 'clients.addIdentifier', double);
  const standing = async (): Promise<string> =>
    (await listed()).identifiers.find((each) => each.commandId === commandId)?.standing ?? 'not shown';
  await pc.until(cashier, async () => (await standing()) === 'needsYou');
  stage.check(
    'a number that another client has becomes a case',
    wrongUnless((await standing()) === 'needsYou', `it is ${await standing()}`),
  );
  const { manager } = institution.people;
  const open = (await pc.get(manager, 'exceptions.list', { show: 'open' })).find(({ item }) => item.commandId === commandId);
  if (open === undefined) return;
  await pc.get(manager, 'exceptions.resolve', { exceptionId: open.exceptionId, resolution: 'withdraw', reason: 'it was read wrong' });
}
