// A form whose answer was lost, and what becomes of it: the same payment is never made twice, and another payment is never swallowed. What
// lies in the drawer at the end is what clients handed over.

import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { branchContract } from '../../shared/contract/branchContract.ts';
import { count, row } from '../simulation/checkers/rows.ts';
import { atTheCounter, atTheDesk, type Person } from '../world/people.ts';
import { base64Of, jpegOf } from '../world/pictures.ts';
import { MINUTE_MS, play, type MethodName, type Scene } from './scene.ts';

interface Form {
  readonly method: MethodName;
  readonly input: { readonly formId: string; readonly pageId: string } & Readonly<Record<string, unknown>>;
  readonly by: Person;
  /** How the same deed is answered on a fresh form the next day: as a new one, or refused for what stands in the books by then. */
  readonly nextDay: (typeof FORMS)[FormName];
}

/** Every form that becomes a fact: one for each method whose input has a form. */
const FORMS = {
  'savings.takeDeposit': 'new',
  'a deposit of a group, with the member who brought it': 'new',
  'savings.payWithdrawal': 'new',
  'loans.takeRepayment': 'new',
  'loans.disburse': 'loan.notInThatState',
  'loans.undoDisbursal': 'loan.notInThatState',
  'counter.takeBasket': 'new',
  'counter.payBasket': 'new',
  'savings.transfer': 'new',
  'loans.approve': 'loan.notInThatState',
  'loans.reject': 'loan.notInThatState',
  'loans.withdrawApplication': 'loan.notInThatState',
  'loans.undoApproval': 'loan.notInThatState',
  'loans.apply': 'new',
  'savings.apply': 'new',
  'savings.approve': 'savings.notInThatState',
  'savings.activate': 'savings.notInThatState',
  'savings.reject': 'savings.notInThatState',
  'savings.withdrawApplication': 'savings.notInThatState',
  'savings.undoApproval': 'savings.notInThatState',
  'savings.close': 'savings.notInThatState',
  'savings.hold': 'new',
  'savings.release': 'hold.unknown',
  'clients.register': 'client.mobileTaken',
  'clients.addNote': 'new',
  'clients.edit': 'client.changedMeanwhile',
  'groups.addMember': 'group.memberAlready',
  'groups.removeMember': 'group.notMember',
  'groups.giveRole': 'group.roleHeld',
  'groups.takeRole': 'group.roleNotHeld',
  'groups.activate': 'group.alreadyActive',
  'groups.close': 'group.closedAlready',
  'groups.assignStaff': 'group.changedMeanwhile',
  'groups.rename': 'group.changedMeanwhile',
  'groups.renumber': 'group.changedMeanwhile',
  'clients.activate': 'client.notInThatState',
  'clients.reject': 'client.notInThatState',
  'clients.withdrawRegistration': 'client.notInThatState',
  'clients.close': 'client.notInThatState',
  'clients.reopen': 'client.changedMeanwhile',
  'clients.assignStaff': 'client.changedMeanwhile',
  'groups.register': 'group.nameTaken',
  'centers.register': 'center.nameTaken',
  'clients.takePicture': 'new',
  'clients.addIdentifier': 'identifier.typeTaken',
  'clients.addDocument': 'new',
} as const;
type FormName = keyof typeof FORMS;
const NAMES = Object.keys(FORMS) as FormName[];

async function formOf(scene: Scene, name: FormName): Promise<Form> {
  const own = { formId: scene.newForm(), pageId: scene.newForm() };
  const paid = { ...own, paidWith: { paymentTypeId: 1 } };
  const [savings, loan] = [scene.savings(), scene.loan()];
  const form = (input: Readonly<Record<string, unknown>>, by = scene.achieng, method: MethodName = name as MethodName): Form => ({
    method,
    input: { ...own, ...input },
    by,
    nextDay: FORMS[name],
  });
  const submitted = async (show: 'submitted' | 'approved') => {
    const [first] = (await scene.get(scene.grace, 'loans.list', { show })).rows;
    return {
      loanId: first?.loanId,
      note: 'as the committee said',
      ...(name === 'loans.approve' ? { approvedMinor: first?.principalMinor } : {}),
    };
  };
  switch (name) {
    case 'loans.takeRepayment':
      return form({ ...paid, loanId: loan.localId, amountMinor: 30_000 });
    case 'loans.disburse': {
      const { loanId } = await submitted('approved');
      const { amountMinor } = await scene.get(scene.achieng, 'loans.previewDisbursal', { loanId: loanId ?? '' });
      const approval = { username: 'grace', password: scene.world.headOffice.passwordOf('grace') };
      return form({ ...own, paidWith: { paymentTypeId: 2 }, loanId, amountMinor, identitySeen: 'national card 2210', approval });
    }
    case 'loans.undoDisbursal': {
      // Enough has to lie in the drawer to pay it out in cash first.
      await scene.deposit(scene.achieng, savings, 20_000_000);
      const { loanId } = await submitted('approved');
      const { amountMinor } = await scene.get(scene.achieng, 'loans.previewDisbursal', { loanId: loanId ?? '' });
      const approval = { username: 'grace', password: scene.world.headOffice.passwordOf('grace') };
      const payout = { ...paid, formId: scene.newForm(), loanId: loanId ?? '', amountMinor, identitySeen: 'national card 2210', approval };
      await scene.get(scene.achieng, 'loans.disburse', payout);
      await scene.untilFinished();
      await scene.pass(MINUTE_MS);
      return form({ ...own, loanId, amountMinor, reason: 'counted out for her neighbour', approval });
    }
    case 'counter.takeBasket':
      return form({
        ...paid,
        clientId: savings.clientId,
        lines: [{ kind: 'savingsDeposit', savingsId: savings.localId, amountMinor: 30_000 }],
      });
    case 'counter.payBasket':
      return form({ ...paid, clientId: savings.clientId, lines: [{ savingsId: savings.localId, amountMinor: 30_000 }] });
    case 'savings.transfer':
      return form({ fromSavingsId: savings.localId, toSavingsId: scene.savings(1).localId, amountMinor: 30_000 });
    case 'loans.approve':
    case 'loans.reject':
    case 'loans.withdrawApplication':
      return form(await submitted('submitted'), scene.grace);
    case 'loans.undoApproval':
      return form(await submitted('approved'), scene.grace);
    case 'clients.register': {
      const { today } = await scene.get(scene.achieng, 'clients.registrationOptions', {});
      const who = { legalForm: 'person', firstname: 'Merceline', lastname: 'Kwamboka', mobileNo: '0700 513 902' };
      return form({ ...who, submittedOn: today, activationDate: null });
    }
    case 'loans.apply': {
      const { businessDate, products } = await scene.get(scene.grace, 'loans.applicationOptions', {});
      const [product] = products;
      return form(
        {
          owner: { kind: 'client', localId: savings.clientId },
          productId: product?.productId,
          principalMinor: product?.principal.usual,
          installments: product?.installments.usual,
          ratePercent: product?.rate.usual,
          submittedOn: businessDate,
          expectedOn: businessDate,
        },
        scene.grace,
      );
    }
    case 'savings.apply': {
      const { businessDate, products } = await scene.get(scene.grace, 'savings.openingOptions', {});
      const owner = { kind: 'client', localId: savings.clientId };
      return form({ owner, productId: products.find(({ whyNot }) => whyNot === null)?.productId, submittedOn: businessDate }, scene.grace);
    }
    case 'savings.approve':
    case 'savings.reject':
    case 'savings.withdrawApplication':
      return form({ savingsId: await accountThere(scene, []), note: 'as the committee said' }, scene.grace);
    case 'savings.activate':
    case 'savings.undoApproval':
      return form({ savingsId: await accountThere(scene, ['approve']), note: 'as the committee said' }, scene.grace);
    case 'savings.close':
      return form({ savingsId: await accountThere(scene, ['approve', 'activate']), note: 'moves to another town' }, scene.grace);
    case 'savings.hold':
      return form({ savingsId: savings.localId, amountMinor: 10_000, reason: 'surety for a neighbour' }, scene.grace);
    case 'savings.release': {
      const asked = { formId: scene.newForm(), savingsId: savings.localId, amountMinor: 10_000, reason: 'surety for a neighbour' };
      await scene.get(scene.grace, 'savings.hold', asked);
      const { holds } = await scene.get(scene.grace, 'savings.show', { savingsId: savings.localId });
      return form({ savingsId: savings.localId, hold: holds[0]?.hold, reason: 'the neighbour has paid' }, scene.grace);
    }
    case 'clients.addNote':
      return form({ clientId: savings.clientId, text: 'moved to Lessos' });
    case 'clients.edit': {
      const { client } = await scene.get(scene.achieng, 'clients.show', { clientId: savings.clientId });
      return form({ clientId: savings.clientId, fields: { mobileNo: { before: client.mobileNo, after: '0799 000 001' } } });
    }
    case 'groups.addMember':
    case 'groups.removeMember': {
      const { groupId, members } = await groupOf(scene);
      const { rows } = await scene.get(scene.grace, 'clients.list', { show: 'all' });
      const stranger = rows.find(({ clientId }) => members.every((each) => each.clientId !== clientId));
      return form({ groupId, clientId: name === 'groups.addMember' ? stranger?.clientId : members[0]?.clientId }, scene.grace);
    }
    case 'groups.giveRole':
    case 'groups.takeRole': {
      const { groupId, members, roleOptions } = await groupOf(scene);
      const [role] = roleOptions;
      const clientId = members[0]?.clientId ?? '';
      if (name === 'groups.giveRole') return form({ groupId, clientId, roleId: role?.serverId }, scene.grace);
      const there = row<{ grp: number; client: number }>(
        scene.pc.database(),
        'SELECT g.server_id AS grp, c.server_id AS client FROM replica_groups g JOIN replica_clients c ON c.client_id = ? WHERE g.group_id = ?',
        clientId,
        groupId,
      );
      scene.control().requestAs('admin', {
        method: 'POST',
        url: `/groups/${String(there?.grp)}?command=assignRole`,
        body: JSON.stringify({ clientId: there?.client, role: role?.serverId }),
      });
      await scene.get(scene.grace, 'groups.refresh', { groupId });
      return form({ groupId, clientId, role: role?.name }, scene.grace);
    }
    case 'groups.activate': {
      const { groupId } = await groupOf(scene);
      const { id } = row<{ id: number }>(scene.pc.database(), 'SELECT server_id AS id FROM replica_groups WHERE group_id = ?', groupId) ?? {
        id: 0,
      };
      scene.world.headOffice.database().prepare('UPDATE client_group SET status = 100, activated_on = NULL WHERE id = ?').run(id);
      scene.pc.database().prepare("UPDATE replica_groups SET status = 'pending' WHERE group_id = ?").run(groupId);
      return form({ groupId }, scene.grace);
    }
    case 'groups.close': {
      const name = 'Tumaini Jipya';
      const founding = { name, officeId: 2, active: true, activationDate: '2026-11-02', locale: 'en', dateFormat: 'yyyy-MM-dd' };
      scene.control().requestAs('admin', { method: 'POST', url: '/groups', body: JSON.stringify(founding) });
      await scene.pass(30 * 60_000);
      const { rows } = await scene.get(scene.grace, 'groups.list', {});
      const groupId = rows.find((each) => each.name === name)?.groupId ?? '';
      const { reasons } = await scene.get(scene.grace, 'groups.turnOptions', { groupId });
      return form({ groupId, reasonId: reasons[0]?.serverId }, scene.grace);
    }
    case 'groups.assignStaff': {
      const { groupId } = await groupOf(scene);
      const { staff, staffName } = await scene.get(scene.grace, 'groups.turnOptions', { groupId });
      const other = staff.find((each) => each.name !== staffName);
      return form({ groupId, staffId: other?.serverId, before: staffName }, scene.grace);
    }
    case 'groups.rename': {
      const { groupId, name: before } = await groupOf(scene);
      return form({ groupId, name: `${before} anew`, before }, scene.grace);
    }
    case 'groups.renumber': {
      const { groupId, externalId: before } = await groupOf(scene);
      return form({ groupId, externalId: 'UMOJA 77', before }, scene.grace);
    }
    case 'groups.register': {
      const { today } = await scene.get(scene.grace, 'groups.registrationOptions', {});
      return form({ name: 'Tumaini Mpya', submittedOn: today, members: [savings.clientId] }, scene.grace);
    }
    case 'centers.register': {
      const { today } = await scene.get(scene.grace, 'centers.registrationOptions', {});
      return form({ name: 'Soko Kuu', submittedOn: today }, scene.grace);
    }
    case 'clients.activate':
    case 'clients.reject':
    case 'clients.withdrawRegistration':
    case 'clients.close':
    case 'clients.reopen':
    case 'clients.assignStaff': {
      const { clientId, reasons, staff } = await clientThere(scene, name === 'clients.close', name === 'clients.reopen');
      const reason = { 'clients.reject': reasons.reject, 'clients.withdrawRegistration': reasons.withdraw, 'clients.close': reasons.close };
      return form(
        {
          clientId,
          ...(name in reason ? { reasonId: reason[name as keyof typeof reason][0]?.serverId } : {}),
          ...(name === 'clients.assignStaff' ? { staffId: staff[0]?.serverId } : {}),
          ...(name === 'clients.reopen' ? { from: 'rejected' } : {}),
        },
        scene.grace,
      );
    }
    case 'clients.takePicture':
      return form({ clientId: savings.clientId, content: base64Of(jpegOf('at the counter')) });
    case 'clients.addIdentifier':
      return form({ clientId: savings.clientId, typeId: 1, documentKey: '23456789' });
    case 'clients.addDocument':
      return form({ clientId: savings.clientId, name: 'Letter of the chief', content: base64Of(jpegOf('letter')) });
    case 'a deposit of a group, with the member who brought it': {
      const { groupId, savings: its, members } = await groupOf(scene);
      expect(groupId).toBeDefined();
      return form(
        { ...paid, savingsId: its[0]?.savingsId, amountMinor: 30_000, handedBy: members[0]?.clientId },
        scene.achieng,
        'savings.takeDeposit',
      );
    }
    default:
      return form({ ...paid, savingsId: savings.localId, amountMinor: 30_000 });
  }
}

/** Somebody whom head office itself registered, and who has no account. */
async function clientThere(scene: Scene, active: boolean, rejected: boolean) {
  const dated = { locale: 'en', dateFormat: 'yyyy-MM-dd' };
  const on = scene.control().businessDate();
  const post = (url: string, said: object): number => {
    const reply = scene.control().requestAs('admin', { method: 'POST', url, body: JSON.stringify({ ...dated, ...said }) });
    expect(reply.status, reply.body).toBe(200);
    return (JSON.parse(reply.body) as { clientId: number }).clientId;
  };
  const who = { officeId: 2, legalFormId: 1, firstname: 'Rehema', lastname: 'Chebet', submittedOnDate: on };
  const serverId = post('/clients', { ...who, active, ...(active ? { activationDate: on } : {}) });
  await scene.pass(10 * MINUTE_MS);
  const { found } = await scene.get(scene.grace, 'clients.find', { text: 'Rehema Chebet' });
  const clientId = found.flatMap((each) => (each.kind === 'client' ? [each.client.clientId] : []))[0] ?? '';
  const options = await scene.get(scene.grace, 'clients.turnOptions', { clientId });
  if (rejected) {
    post(`/clients/${String(serverId)}?command=reject`, { rejectionDate: on, rejectionReasonId: options.reasons.reject[0]?.serverId });
    await scene.get(scene.grace, 'clients.refresh', { clientId });
  }
  return { clientId, ...options };
}

/** An account that head office itself took the application for, of a client of the branch. */
async function accountThere(scene: Scene, steps: readonly ('approve' | 'activate')[]): Promise<string> {
  const on = scene.control().businessDate();
  const post = (url: string, said: object): number => {
    const body = JSON.stringify({ ...said, locale: 'en', dateFormat: 'yyyy-MM-dd' });
    const reply = scene.control().requestAs('admin', { method: 'POST', url, body });
    expect(reply.status, reply.body).toBe(200);
    return (JSON.parse(reply.body) as { savingsId: number }).savingsId;
  };
  const { clientId } = scene.savings();
  const owner = row<{ id: number }>(scene.pc.database(), 'SELECT server_id AS id FROM replica_clients WHERE client_id = ?', clientId);
  const account = post('/savingsaccounts', { clientId: owner?.id, productId: 1, submittedOnDate: on });
  for (const step of steps)
    post(`/savingsaccounts/${String(account)}?command=${step}`, { [step === 'approve' ? 'approvedOnDate' : 'activatedOnDate']: on });
  await scene.pass(10 * MINUTE_MS);
  const kept = row<{ id: string }>(scene.pc.database(), 'SELECT savings_id AS id FROM replica_savings WHERE server_id = ?', account);
  return kept?.id ?? '';
}

async function groupOf(scene: Scene) {
  for (const { groupId } of (await scene.get(scene.achieng, 'groups.list', {})).rows) {
    const page = await scene.get(scene.achieng, 'groups.show', { groupId });
    if (page.savings.length > 0 && page.members.length > 0) return page;
  }
  throw new Error('no group has savings of its own');
}

/** Another page that shows the same form: a draft that was found again, or a second window. */
function elsewhere(scene: Scene, form: Form): Form {
  return { ...form, input: { ...form.input, pageId: scene.newForm() } };
}

function send(scene: Scene, { by, method, input }: Form) {
  return scene.answer(by, method, input as never);
}

const draftOf = (form: Form): { draftKey: string; body: string } => ({
  draftKey: 'form:any:account',
  body: JSON.stringify({ formId: form.input.formId, amountMinor: 30_000 }),
});

/** A receipt of several lines is one form as well. */
const recorded = (scene: Scene): number => count(scene.pc.database(), 'SELECT count(*) FROM journal_commands WHERE form_id IS NOT NULL');
const receipts = (scene: Scene): number => count(scene.pc.database(), 'SELECT count(*) FROM journal_receipts');

/** Everybody at their desk, with the counter open: a transfer needs a business day as well. */
async function atWork(scene: Scene): Promise<void> {
  expect(await atTheCounter(scene.world, scene.achieng)).toBe(true);
  expect(await atTheDesk(scene.world, scene.grace)).toBe(true);
}

/** What a form needs to stand in the books before it: so many papers come before its own. */
const PAPERS_BEFORE: Readonly<Partial<Record<string, number>>> = { 'loans.undoDisbursal': 2, 'savings.release': 1 };
const papersBefore = (method: string): number => PAPERS_BEFORE[method] ?? 0;

async function loseTheAnswer(scene: Scene, name: FormName): Promise<Form> {
  // What a savings product costs is read on the second day.
  if (name === 'savings.apply') await scene.nextMorning();
  await atWork(scene);
  const form = await formOf(scene, name);
  await scene.get(form.by, 'drafts.keep', draftOf(form));
  scene.pc.armDeath({ at: 'afterCommit', skip: 0 });
  expect((await send(scene, form)).kind).toBe('noAnswer');
  scene.pc.start();
  await atWork(scene);
  expect(recorded(scene)).toBe(1 + papersBefore(name));
  return form;
}

/** What is told of a form that has been used: when it was recorded, and its receipt where it had one. */
function told(scene: Scene, { input, method }: Form): object {
  const hasReceipt = receipts(scene) > 0;
  return {
    kind: 'refused',
    code: 'form.alreadyUsed',
    facts: {
      recordedAt: expect.any(Number) as number,
      ...(hasReceipt
        ? {
            receiptNumber: expect.stringContaining(`-000${String(1 + papersBefore(method))}-`) as string,
            amountMinor: input['amountMinor'] ?? 30_000,
          }
        : {}),
    },
  };
}

/** A slip's form is kept by nobody: it dies with its dialog, and what a used one says stands in vault.test.ts. */
const WITHOUT_DRAFT = ['vault.makeSlip'];

test('every method that records a form is in this table', () => {
  const methods = Object.entries(branchContract).flatMap(([noun, verbs]) =>
    Object.entries(verbs as Readonly<Record<string, { readonly input: unknown }>>).flatMap(([verb, { input }]) =>
      input instanceof z.ZodObject && 'formId' in input.shape ? [`${noun}.${verb}`] : [],
    ),
  );
  expect([...NAMES, ...WITHOUT_DRAFT]).toEqual(expect.arrayContaining(methods));
});

describe.each(NAMES)('a lost answer to %s', (name) => {
  test('leaves no draft behind, and a page that kept one is told what was recorded', () =>
    play({}, async (scene) => {
      const form = await loseTheAnswer(scene, name);
      expect(await scene.get(form.by, 'drafts.show', { draftKey: 'form:any:account' })).toBeNull();
      expect(await scene.get(form.by, 'drafts.list', {})).toEqual([]);
      expect(await scene.answer(form.by, 'drafts.keep', draftOf(form))).toMatchObject(told(scene, form));
    }));

  test('is given once more to the page that waits, marked as one, and to no other', () =>
    play({}, async (scene) => {
      const form = await loseTheAnswer(scene, name);
      expect(await send(scene, form)).toMatchObject({ kind: 'ok', value: { replayed: true } });
      expect(await send(scene, elsewhere(scene, form))).toMatchObject(told(scene, form));
      const { pageId: _none, ...without } = form.input;
      expect(await scene.answer(form.by, form.method, without as never)).toMatchObject(told(scene, form));
      expect(recorded(scene)).toBe(1 + papersBefore(name));
    }));

  test('is not the answer to the same deed a day later: that is refused as used, and weighed anew on a fresh form', () =>
    play({}, async (scene) => {
      const form = await loseTheAnswer(scene, name);
      await scene.get(scene.achieng, 'cash.closeDrawer', {
        countedMinor: 1,
        reason: 'counted by another',
        approval: { username: 'grace', password: 'practice' },
      });
      await scene.get(scene.grace, 'cash.closeDay', {});
      await scene.nextMorning();
      await atWork(scene);
      for (const late of [form, elsewhere(scene, form)]) expect(await send(scene, late)).toMatchObject(told(scene, form));
      expect(recorded(scene)).toBe(1 + papersBefore(name));
      const fresh = { ...form, input: { ...form.input, formId: scene.newForm(), pageId: scene.newForm() } };
      const answer = await send(scene, fresh);
      expect(answer).toMatchObject(
        form.nextDay === 'new' ? { kind: 'ok', value: { replayed: false } } : { kind: 'refused', code: form.nextDay },
      );
      expect(recorded(scene)).toBe((form.nextDay === 'new' ? 2 : 1) + papersBefore(name));
    }));
});

test('a form of one person is not answered to another one who sits down at the same page', () =>
  play({}, async (scene) => {
    const form = await loseTheAnswer(scene, 'savings.takeDeposit');
    expect(await atTheCounter(scene.world, scene.daniel)).toBe(true);
    expect(await scene.answer(scene.daniel, form.method, form.input as never)).toMatchObject({ code: 'form.alreadyUsed' });
  }));
