// Money moved between two accounts is one deed at head office and two transactions: told once, whatever becomes of the request or its answer,
// found again on the account that pays, and taken back here on both accounts where head office refuses it.

import type { LineFault } from '../headOffice/line.ts';
import { membersOf, rowsOf, textOf, WRITTEN } from '../headOffice/api.ts';
import type { Account, Stage } from '../stage.ts';
import { newForm, wrongUnless } from '../stage.ts';

const FAULTS: readonly (LineFault | null)[] = [null, 'requestLost', 'replyLost', 'gatewayAfter'];
const SUM = 1_500;

export async function transfers(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier, manager, elsewhere } = institution.people;
  const from = await stage.takeSavings('plain');
  const to = await stage.takeSavings('plain');

  const send = async (amountMinor: number): Promise<string> => {
    const preview = await pc.get(cashier, 'savings.previewWithdrawal', { savingsId: from.localId, amountMinor });
    const approval = preview.verdict === 'needsManager' ? { username: manager.username, password: manager.password } : undefined;
    const made = await pc.get(cashier, 'savings.transfer', {
      formId: newForm(),
      fromSavingsId: from.localId,
      toSavingsId: to.localId,
      amountMinor,
      note: 'as asked',
      ...(approval === undefined ? {} : { approval }),
    });
    return made.commandId;
  };
  const marked = async (account: Account, commandId: string): Promise<number> => {
    const body = membersOf(await stage.api.get(`/savingsaccounts/${String(account.serverId)}?associations=all`));
    return rowsOf(body['transactions']).filter((row) => textOf(membersOf(row['transfer'])['transferDescription']).includes(commandId))
      .length;
  };
  const settled = async (): Promise<boolean> => {
    const views = [await stage.savingsView(pc, from), await stage.savingsView(pc, to)];
    return views.every((view) => view.unfinishedCount === 0 && !view.disputed);
  };
  const asThere = async (): Promise<readonly string[]> => {
    const wrong: string[] = [];
    for (const account of [from, to]) {
      const [view, there] = [await stage.savingsView(pc, account), await stage.there(account)];
      if (view.ledgerMinor !== there.balanceMinor)
        wrong.push(`${account.accountNo}: ${String(view.ledgerMinor)} here, ${String(there.balanceMinor)} there`);
    }
    return wrong;
  };

  for (const fault of FAULTS) {
    if (fault !== null) pc.line.arm(fault);
    const commandId = await send(SUM);
    await pc.until(cashier, settled);
    const struck = pc.line.armed() === 0;
    pc.line.disarm();
    stage.check(`${fault ?? 'a good line'}: the transfer stands once on each account, and both are the same here and there`, [
      ...wrongUnless((await marked(from, commandId)) === 1, `on the account that pays ${String(await marked(from, commandId))} times`),
      ...wrongUnless((await marked(to, commandId)) === 1, `on the account that receives ${String(await marked(to, commandId))} times`),
      ...(await asThere()),
      ...wrongUnless(struck, 'the fault did not strike'),
    ]);
  }

  // Head office pays the account out while the branch has no line: what was moved here cannot be moved there.
  pc.line.setCut(true);
  const refused = await send(SUM);
  const { balanceMinor } = await stage.there(from);
  await stage.apiOf(elsewhere).post(`/savingsaccounts/${String(from.serverId)}/transactions?command=withdrawal`, {
    transactionDate: stage.today,
    transactionAmount: balanceMinor / 100,
    paymentTypeId: institution.paymentTypes.cash,
    ...WRITTEN,
  });
  pc.line.setCut(false);
  const caseId = async (): Promise<string | undefined> =>
    (await pc.get(manager, 'exceptions.list', { show: 'open' })).find((each) => each.item.commandId === refused)?.exceptionId;
  await pc.until(manager, async () => (await caseId()) !== undefined);
  const exceptionId = await caseId();
  const disputed = [await stage.savingsView(pc, from), await stage.savingsView(pc, to)].every((view) => view.disputed);
  if (exceptionId !== undefined)
    await pc.get(manager, 'exceptions.resolve', { exceptionId, resolution: 'withdraw', reason: 'decided in the acceptance run' });
  await pc.until(cashier, async () => (await settled()) && (await asThere()).length === 0);
  stage.check('refused for want of money: a case, disputed on both accounts; given up, both are the same here and there', [
    ...wrongUnless(exceptionId !== undefined, 'no case'),
    ...wrongUnless(disputed, 'not disputed on both'),
    ...wrongUnless((await marked(to, refused)) === 0, 'it stands there'),
    ...(await asThere()),
  ]);
}
