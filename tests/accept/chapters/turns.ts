// What becomes of a client, over a bad line: there once, however often it is told. Activated, rejected, withdrawn and taken back, given to somebody
// of the staff, closed for a reason of head office's own; one with an open account is not closed, here or there.

import { membersOf, numberOf, rowsOf, textOf } from '../headOffice/api.ts';
import type { LineFault } from '../headOffice/line.ts';
import type { Stage } from '../stage.ts';
import { newForm, wrongUnless } from '../stage.ts';

/** Their words are spelt by no rule there. */
const STATUS_THERE: Readonly<Record<string, number>> = { pending: 100, active: 300, closed: 600, rejected: 700, withdrawn: 800 };

export async function turns(stage: Stage): Promise<void> {
  const { pc, api, institution } = stage;
  const { cashier, manager } = institution.people;
  const registered = (lastname: string) =>
    pc.get(cashier, 'clients.register', {
      formId: newForm(),
      legalForm: 'person',
      firstname: 'Subira',
      lastname: `${lastname} ${String(Date.now() % 1_000_000)}`,
      submittedOn: stage.today,
      activationDate: null,
    });
  const options = (clientId: string) => pc.get(manager, 'clients.turnOptions', { clientId });
  const first = await registered('Turned');
  const { clientId } = first;
  const hasReasons = await pc.until(manager, async () => {
    const { reasons } = await options(clientId);
    return reasons.close.length > 0 && reasons.reject.length > 0 && reasons.withdraw.length > 0;
  });
  stage.check('head office’s reasons are here to choose from', wrongUnless(hasReasons, 'they are not here'));
  if (!hasReasons) return;
  const { reasons, staff } = await options(clientId);
  const reasonOf = (list: 'close' | 'reject' | 'withdraw') => reasons[list][0]?.serverId ?? 0;
  const [closing, rejecting, leaving] = [reasonOf('close'), reasonOf('reject'), reasonOf('withdraw')];
  const there = async (number: string) => {
    const list = membersOf(await api.get(`/clients?externalId=${encodeURIComponent(number)}&limit=20`));
    const [row] = rowsOf(list['pageItems']).filter((each) => textOf(each['externalId']) === number);
    return row === undefined ? {} : membersOf(await api.get(`/clients/${String(numberOf(row['id']))}`));
  };
  const settled = async (id: string, commandId: string): Promise<string> => {
    const standing = async () =>
      (await pc.get(cashier, 'clients.show', { clientId: id })).changes.find((each) => each.commandId === commandId)?.standing ?? 'gone';
    await pc.until(cashier, async () => (await standing()) === 'confirmed');
    return standing();
  };
  const form = () => ({ formId: newForm(), clientId });
  const member = staff[0]?.serverId ?? 0;
  const steps: readonly (readonly [string, LineFault | null, string, () => Promise<{ commandId: string }>])[] = [
    ['rejected', null, 'rejected', () => pc.get(manager, 'clients.reject', { ...form(), reasonId: rejecting })],
    ['taken back', 'replyLost', 'pending', () => pc.get(manager, 'clients.reopen', { ...form(), from: 'rejected' })],
    ['withdrawn', 'requestLost', 'withdrawn', () => pc.get(manager, 'clients.withdrawRegistration', { ...form(), reasonId: leaving })],
    ['taken back again', 'gatewayAfter', 'pending', () => pc.get(manager, 'clients.reopen', { ...form(), from: 'withdrawn' })],
    ['activated', 'replyLost', 'active', () => pc.get(manager, 'clients.activate', form())],
    [
      'given to somebody',
      'gatewayAfter',
      'active',
      () => pc.get(manager, 'clients.assignStaff', { ...form(), staffId: member, before: null }),
    ],
    ['closed', 'requestLost', 'closed', () => pc.get(manager, 'clients.close', { ...form(), reasonId: closing })],
    ['taken back once more', null, 'pending', () => pc.get(manager, 'clients.reopen', { ...form(), from: 'closed' })],
  ];
  await pc.until(cashier, async () => (await pc.get(cashier, 'clients.show', { clientId })).client.registration === null);
  for (const [what, fault, status, deed] of steps) {
    if (fault !== null) pc.line.arm(fault);
    const { commandId } = await deed();
    const atOnce = (await options(clientId)).status;
    const word = await settled(clientId, commandId);
    const struck = pc.line.armed() === 0;
    pc.line.disarm();
    const client = await there(first.localNumber);
    stage.check(`${what} over ${fault ?? 'a good line'}: shown at once, and so at head office`, [
      ...wrongUnless(atOnce === status, `shown as ${atOnce}`),
      ...wrongUnless(word === 'confirmed', `it is ${word}`),
      ...wrongUnless(
        numberOf(membersOf(client['status'])['id']) === STATUS_THERE[status],
        `there it is ${textOf(membersOf(client['status'])['code'])}`,
      ),
      ...wrongUnless(what !== 'given to somebody' || numberOf(client['staffId']) === member, 'nobody serves the client there'),
      ...wrongUnless(struck, 'the fault did not strike'),
    ]);
  }

  // Registered, activated and served, all in one stretch without a line.
  pc.line.setCut(true);
  const second = await registered('Stretch');
  const activated = await pc.get(manager, 'clients.activate', { formId: newForm(), clientId: second.clientId });
  const meanwhile = (await options(second.clientId)).status;
  pc.line.setCut(false);
  const word = await settled(second.clientId, activated.commandId);
  stage.check('a client of a minute ago is activated without a line, and is active there', [
    ...wrongUnless(meanwhile === 'active', `shown as ${meanwhile}`),
    ...wrongUnless(word === 'confirmed', `it is ${word}`),
    ...wrongUnless((await there(second.localNumber))['active'] === true, 'it is not active there'),
  ]);

  const account = await stage.takeSavings('plain');
  const holder = (await stage.savingsView(pc, account)).clientId ?? '';
  const { turns: offered } = await options(holder);
  const whyNot = offered.find(({ what }) => what === 'close')?.whyNot;
  const refusedThere = await api
    .post(`/clients/${String(account.clientServerId)}?command=close`, {
      closureDate: stage.today,
      closureReasonId: closing,
      locale: 'en',
      dateFormat: 'yyyy-MM-dd',
    })
    .then(
      () => 'closed',
      () => 'refused',
    );
  stage.check('a client with an open account is not closed, here or there', [
    ...wrongUnless(whyNot === 'client.accountsOpen', `here: ${String(whyNot)}`),
    ...wrongUnless(refusedThere === 'refused', `there: ${refusedThere}`),
  ]);
}
