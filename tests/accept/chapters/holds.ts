// Money held on a savings account and let go: told once, whatever becomes of the request or its answer, nothing paid out beyond what is free, a hold found
// again though head office emptied its reason, and one that it refuses a case.

import type { LineFault } from '../headOffice/line.ts';
import { membersOf, numberOf, rowsOf, textOf, WRITTEN } from '../headOffice/api.ts';
import type { Stage } from '../stage.ts';
import { newForm, wrongUnless } from '../stage.ts';

const FAULTS: readonly (LineFault | null)[] = [null, 'requestLost', 'replyLost', 'gatewayAfter', 'doubled'];
const SUM = 1_500;
/** Head office's numbers of both kinds of transaction. */
const HOLD = 20;
const RELEASE = 21;

export async function holds(stage: Stage): Promise<void> {
  const { pc, institution } = stage;
  const { cashier, manager, elsewhere } = institution.people;
  const account = await stage.takeSavings('plain');
  const savingsId = account.localId;

  const transactions = async () =>
    rowsOf(membersOf(await stage.api.get(`/savingsaccounts/${String(account.serverId)}?associations=all`))['transactions']).map((row) => ({
      id: numberOf(row['id']),
      kind: numberOf(membersOf(row['transactionType'])['id']),
      reason: textOf(row['reasonForBlock']),
      releasedBy: numberOf(row['releaseTransactionId']),
    }));
  const heldThere = async (): Promise<number> =>
    numberOf(membersOf(await stage.api.get(`/savingsaccounts/${String(account.serverId)}?associations=all`))['savingsAmountOnHold']);
  const page = () => pc.get(manager, 'savings.show', { savingsId });
  const hold = (amountMinor = SUM) =>
    pc.get(cashier, 'savings.hold', { formId: newForm(), savingsId, amountMinor, reason: 'surety in the acceptance run' });
  const release = async () => {
    const { holds: all } = await page();
    const [first] = all;
    if (first === undefined) throw new Error('the branch knows no hold on the account');
    return pc.get(manager, 'savings.release', { formId: newForm(), savingsId, hold: first.hold, reason: 'ended in the acceptance run' });
  };
  const told = (commandId: string) =>
    pc.until(manager, async () => (await pc.get(manager, 'sync.showItem', { commandId })).item.standing === 'confirmed');
  const asThere = async (): Promise<readonly string[]> => {
    const there = Math.round((await heldThere()) * 100);
    await pc.until(cashier, async () => (await stage.savingsView(pc, account)).onHoldMinor === there);
    const { onHoldMinor } = await stage.savingsView(pc, account);
    return wrongUnless(onHoldMinor === there, `${String(onHoldMinor)} is held here, ${String(there)} there`);
  };

  for (const fault of FAULTS) {
    const name = fault ?? 'a good line';
    const before = (await transactions()).filter(({ kind }) => kind === HOLD).length;
    if (fault !== null) pc.line.arm(fault);
    const held = await hold();
    await told(held.commandId);
    const struck = pc.line.armed() === 0;
    pc.line.disarm();
    const made = (await transactions()).filter(({ kind }) => kind === HOLD);
    stage.check(`${name}: the hold stands once, with our mark`, [
      ...wrongUnless(made.length === before + 1, `${String(made.length - before)} holds came`),
      ...wrongUnless(made.filter(({ reason }) => reason.includes(held.commandId)).length === 1, 'not under its mark'),
      ...(await asThere()),
      ...wrongUnless(struck, 'the fault did not strike'),
    ]);
    if (fault === null) {
      const { availableMinor, ledgerMinor } = await stage.savingsView(pc, account);
      const asked = await pc.get(cashier, 'savings.previewWithdrawal', { savingsId, amountMinor: availableMinor + 1 });
      stage.check('what is held is not paid out', [
        ...wrongUnless(asked.verdict === 'refused', `a withdrawal beyond is ${asked.verdict}`),
        ...wrongUnless(ledgerMinor - availableMinor >= SUM, 'nothing less is available'),
      ]);
    }
    if (fault !== null) pc.line.arm(fault);
    const ended = await release();
    await told(ended.commandId);
    const struckAgain = pc.line.armed() === 0;
    pc.line.disarm();
    await pc.until(manager, async () => (await page()).holds.length === 0);
    const all = await transactions();
    const letGo = all.find(({ id }) => made.some((one) => one.id === id && one.reason.includes(held.commandId)));
    stage.check(`${name}: it is let go once, and nothing is held`, [
      ...wrongUnless((letGo?.releasedBy ?? 0) > 0, 'it is held still'),
      ...wrongUnless(all.filter(({ kind }) => kind === RELEASE).length === before + 1, 'let go another number of times'),
      ...(await asThere()),
      ...wrongUnless((await page()).holds.length === 0, 'the page shows a hold'),
      ...wrongUnless(struckAgain, 'the fault did not strike'),
    ]);
  }

  // Somebody at head office holds money, and the branch lets it go by its number.
  const answer = await stage.apiOf(elsewhere).post(`/savingsaccounts/${String(account.serverId)}/transactions?command=holdAmount`, {
    transactionDate: stage.today,
    transactionAmount: 7,
    reasonForBlock: 'held elsewhere',
    ...WRITTEN,
  });
  const number = numberOf(membersOf(answer)['resourceId']);
  await pc.until(manager, async () => (await page()).holds.length === 1);
  const shown = (await page()).holds[0];
  const ended = await release();
  await told(ended.commandId);
  const row = (await transactions()).find(({ id }) => id === number);
  stage.check('a hold of head office’s own is shown with its reason and let go by its number', [
    ...wrongUnless(shown?.reason === 'held elsewhere', `it says ${String(shown?.reason)}`),
    ...wrongUnless((row?.releasedBy ?? 0) > 0, 'it is held still'),
    ...(await asThere()),
  ]);

  // Head office lets ours go before the branch has asked for it.
  const twice = await hold();
  await told(twice.commandId);
  const [own] = (await transactions()).filter(({ reason }) => reason.includes(twice.commandId));
  pc.line.setCut(true);
  const late = await release();
  await stage
    .apiOf(elsewhere)
    .post(`/savingsaccounts/${String(account.serverId)}/transactions/${String(own?.id)}?command=releaseAmount`, {});
  pc.line.setCut(false);
  await told(late.commandId);
  stage.check('let go there meanwhile: told all the same, without a case', await asThere());

  // Paid out elsewhere while the branch has no line: what it held is not there to be held.
  pc.line.setCut(true);
  const refused = await hold();
  const { balanceMinor } = await stage.there(account);
  await stage.apiOf(elsewhere).post(`/savingsaccounts/${String(account.serverId)}/transactions?command=withdrawal`, {
    transactionDate: stage.today,
    transactionAmount: balanceMinor / 100,
    paymentTypeId: institution.paymentTypes.cash,
    ...WRITTEN,
  });
  pc.line.setCut(false);
  const caseId = async (): Promise<string | undefined> =>
    (await pc.get(manager, 'exceptions.list', { show: 'open' })).find((each) => each.item.commandId === refused.commandId)?.exceptionId;
  await pc.until(manager, async () => (await caseId()) !== undefined);
  const exceptionId = await caseId();
  const stateOf = (await page()).holds[0]?.state;
  if (exceptionId !== undefined)
    await pc.get(manager, 'exceptions.resolve', { exceptionId, resolution: 'withdraw', reason: 'decided in the acceptance run' });
  stage.check('refused for want of money: a case, and nothing is held here or there', [
    ...wrongUnless(exceptionId !== undefined, 'no case'),
    ...wrongUnless(stateOf === 'refused', `the page says ${String(stateOf)}`),
    ...wrongUnless(!(await transactions()).some(({ reason }) => reason.includes(refused.commandId)), 'it stands there'),
    ...(await asThere()),
  ]);
}
