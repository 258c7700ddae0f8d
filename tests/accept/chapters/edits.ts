// What is known of a client is changed field by field over a bad line: told once, beside what somebody else changes there; and where both changed
// the same, nothing is overwritten before a manager has seen both.

import { membersOf, textOf } from '../headOffice/api.ts';
import type { LineFault } from '../headOffice/line.ts';
import type { Stage } from '../stage.ts';
import { newForm, wrongUnless } from '../stage.ts';

const FAULTS: readonly (LineFault | null)[] = [null, 'requestLost', 'replyLost', 'gatewayAfter'];
const WORDS = { locale: 'en', dateFormat: 'yyyy-MM-dd' } as const;

export async function edits(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier, manager } = institution.people;
  const account = await stage.takeSavings('plain');
  const { clientId } = await stage.savingsView(pc, account);
  if (clientId === null) throw new Error('the account has no client');
  const url = `/clients/${String(account.clientServerId)}`;
  const page = () => pc.get(cashier, 'clients.show', { clientId });
  const there = async () => membersOf(await stage.api.get(url));
  const own = String(Date.now() % 1_000_000).padStart(6, '0');
  const edit = async (after: { readonly mobileNo?: string; readonly lastname?: string }): Promise<string> => {
    const shown = await page();
    const fields = {
      ...(after.mobileNo === undefined ? {} : { mobileNo: { before: shown.client.mobileNo, after: after.mobileNo } }),
      ...(after.lastname === undefined ? {} : { lastname: { before: shown.lastname, after: after.lastname } }),
    };
    return (await pc.get(cashier, 'clients.edit', { formId: newForm(), clientId, fields })).commandId;
  };
  const standing = async (commandId: string): Promise<string> =>
    (await page()).changes.find((each) => each.commandId === commandId)?.standing ?? 'not shown';

  for (const [at, fault] of FAULTS.entries()) {
    if (fault !== null) pc.line.arm(fault);
    const said = { mobileNo: `07${String(at)} ${own}`, lastname: `Changed ${String(at)}` };
    const commandId = await edit(said);
    const isShown = (await page()).client.mobileNo === said.mobileNo;
    await pc.until(cashier, async () => (await standing(commandId)) === 'confirmed');
    const struck = pc.line.armed() === 0;
    pc.line.disarm();
    const now = await there();
    stage.check(`${fault ?? 'a good line'}: the change is shown at once, and stands there`, [
      ...wrongUnless(isShown, 'it is not shown at once'),
      ...wrongUnless((await standing(commandId)) === 'confirmed', `it is ${await standing(commandId)}`),
      ...wrongUnless(textOf(now['mobileNo']) === said.mobileNo, 'another phone'),
      ...wrongUnless(textOf(now['lastname']) === said.lastname, 'another name'),
      ...wrongUnless(struck, 'the fault did not strike'),
    ]);
  }

  pc.line.setCut(true);
  const beside = await edit({ mobileNo: `08 ${own}` });
  const { firstname } = await page();
  await stage.api.put(url, { firstname, lastname: 'Of head office', ...WORDS });
  pc.line.setCut(false);
  await pc.until(cashier, async () => (await standing(beside)) === 'confirmed');
  const both = await there();
  stage.check('two people change different fields: both survive', [
    ...wrongUnless(textOf(both['mobileNo']) === `08 ${own}`, 'ours is not there'),
    ...wrongUnless(textOf(both['lastname']) === 'Of head office', 'theirs was overwritten'),
  ]);

  pc.line.setCut(true);
  const against = await edit({ mobileNo: `09 ${own}` });
  await stage.api.put(url, { mobileNo: `10 ${own}`, ...WORDS });
  pc.line.setCut(false);
  await pc.until(cashier, async () => (await standing(against)) === 'needsYou');
  const open = (await pc.get(manager, 'exceptions.list', { show: 'open' })).find(({ item }) => item.commandId === against);
  stage.check('two people change the same: nothing is overwritten, and a case shows both with their times', [
    ...wrongUnless(textOf((await there())['mobileNo']) === `10 ${own}`, 'theirs was overwritten'),
    ...wrongUnless(open?.serverCode === 'client.changedThere', `the case is ${open?.serverCode ?? 'none'}`),
    ...wrongUnless(open?.fields[0]?.there === `10 ${own}` && open.fields[0].after === `09 ${own}`, 'other values'),
    ...wrongUnless(open?.changedThere?.at != null && open.changedThere.by !== null, 'nobody is told since when, and by whom'),
  ]);
  if (open === undefined) return;
  await pc.get(manager, 'exceptions.resolve', { exceptionId: open.exceptionId, resolution: 'resubmit', reason: 'the client stands here' });
  await pc.until(cashier, async () => (await standing(against)) === 'confirmed');
  stage.check(
    'sent once more it takes that place',
    wrongUnless(textOf((await there())['mobileNo']) === `09 ${own}`, 'it does not stand there'),
  );
}
