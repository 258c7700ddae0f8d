// Answers of head office that are wrong in every way we could think of, while the branch pulls for the first time, walks the audit trail,
// sends money and looks for it. Nothing may crash, hang or be believed: what was recorded stays, what was done at head office is done once,
// and when true answers come again the branch is as if nothing had happened.

import { afterAll, describe, expect, test } from 'vitest';
import { foundBranch } from '../../electron/branch/foundBranch.ts';
import { createFineractGateway } from '../../electron/fineract/fineractGateway.ts';
import type { HttpTransport } from '../../electron/fineract/http.ts';
import { nodeDigest } from '../../electron/host/ports/nodeChance.ts';
import type { HeadOffice, ShelfName } from '../../electron/ports/headOffice.ts';
import type { ReadStore } from '../../electron/ports/store.ts';
import { openStoreOn } from '../../electron/store/openStore.ts';
import type { CommandKindName } from '../../shared/domain/commands/kinds/allKinds.ts';
import { Redacted } from '../../shared/kernel/redacted.ts';
import { uuidV7 } from '../../shared/kernel/uuidV7.ts';
import { person, practiceWorld, repayment, savingsOf } from '../contract/fineract/practiceWorld.ts';
import { createJournalChecker } from '../simulation/checkers/journalChecker.ts';
import { rows } from '../simulation/checkers/rows.ts';
import { branchClock, dateAt } from '../world/branchClock.ts';
import type { BranchPc } from '../world/branchPc.ts';
import { KINDS_IN_THE_WORLD } from '../world/kindsInTheWorld.ts';
import { openWorld, type BranchWorld } from '../world/branchWorld.ts';
import { emptyBooks } from '../world/emptyBooks.ts';
import { answerClock, ask, atTheCounter, sayDate, signIn, type Person } from '../world/people.ts';
import { seeded } from '../world/seed.ts';
import { createVirtualTime } from '../world/virtualTime.ts';
import { countCases, runs, SEED, within } from './caseCount.ts';
import { createWrongAnswers, WRONG_ANSWERS, type WrongAnswer, type WrongAnswers } from './wrongAnswers.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** More than this in a quarter of an hour and something goes round in circles. */
const REQUESTS_MOST = 2_500;

const count = countCases();
afterAll(() => count.print('answers of head office'));

interface Stage {
  readonly world: BranchWorld;
  readonly pc: BranchPc;
  readonly cashier: Person;
  readonly manager: Person;
  readonly wrong: WrongAnswers;
  readonly truth: HeadOffice;
  readonly incidents: string[];
  /** The journal keeps every row that was ever there, and nothing of it is half written. */
  checkJournal(): void;
  close(): void;
}

async function openStage(label: string, clients: number, markers: 'strong' | 'weak'): Promise<Stage> {
  const wrong = createWrongAnswers(seeded(`${String(SEED)} ${label}`));
  const incidents: string[] = [];
  const world = await openWorld(
    { seed: `bad input ${label}`, branches: 1, clients, markers, mutation: { name: 'wrong answers', transport: wrong.transport } },
    {
      hit: () => undefined,
      note: () => undefined,
      leaves: () => undefined,
      returns: () => undefined,
      committed: () => undefined,
      replied: () => undefined,
      incident: (_pc, error, where) =>
        void incidents.push(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
    },
  );
  const pc = world.pcs[0]!;
  const transport: HttpTransport = async (request) => {
    const delivery = world.headOffice.deliver(request);
    return delivery === null ? { kind: 'neverSent', detail: 'down' } : { kind: 'answered', ...delivery };
  };
  const checker = createJournalChecker(label, undefined, true);
  return {
    world,
    pc,
    cashier: { pc, username: 'achieng' },
    manager: { pc, username: 'grace' },
    wrong,
    truth: createFineractGateway({ transport, tenant: 'default', monotonicMs: () => 0 }),
    incidents,
    checkJournal: () => checker.check(pc.database(), true),
    close() {
      for (const [kind, many] of wrong.spoilt) count.add(kind, many);
      world.close();
    },
  };
}

async function passBounded({ world, wrong }: Stage, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 15 * MINUTE_MS) {
    const before = wrong.requests();
    await world.time.pass(Math.min(left, 15 * MINUTE_MS));
    expect(wrong.requests() - before, 'requests in a quarter of an hour').toBeLessThan(REQUESTS_MOST);
  }
}

interface CommandRow {
  readonly sequence: number;
  readonly command_id: string;
  readonly kind: CommandKindName;
  readonly state: string;
  readonly amount_minor: number;
  readonly number: string;
}

function commandsOf(pc: BranchPc): readonly CommandRow[] {
  return rows<CommandRow>(
    pc.database(),
    'SELECT c.sequence, c.command_id, c.kind, c.state, c.amount_minor, r.number FROM journal_commands c JOIN journal_receipts r ON r.receipt_id = c.receipt_id ORDER BY c.sequence',
  );
}

/** How often head office's own books hold the transaction of a command. */
function timesAtHeadOffice({ world }: Stage, command: CommandRow): number {
  const { table } = KINDS_IN_THE_WORLD[command.kind];
  if (table === null) return 0;
  return rows<{ id: number }>(
    world.headOffice.database(),
    `SELECT t.id FROM ${table} t JOIN payment_detail p ON p.id = t.payment_detail_id WHERE p.receipt_number = ? AND t.reversed = 0`,
    command.number,
  ).length;
}

/** Whatever answers say: accepted is what head office holds, nothing is there twice, and honest money is never refused. */
function checkCommands(stage: Stage): void {
  const wronged = commandsOf(stage.pc).flatMap((command) => {
    const times = timesAtHeadOffice(stage, command);
    if (times > 1) return [`command ${String(command.sequence)} stands ${String(times)} times at head office`];
    if (command.state === 'accepted' && times === 0) return [`command ${String(command.sequence)} is accepted and head office has nothing`];
    if (command.state === 'rejected') return [`command ${String(command.sequence)} (${command.kind}) is rejected`];
    return [];
  });
  expect(wronged).toEqual([]);
}

/** The replica by server ids, as head office would have it. */
function replicaOf(read: ReadStore): Readonly<Record<string, unknown>> {
  const serverIdOf = (kind: 'client' | 'group', localId: string | null): number | null =>
    localId === null ? null : read.serverIdOf(kind, localId);
  const replica: Record<string, unknown> = {};
  for (const id of read.accountServerIds('client')) {
    const { clientId: _client, gone: _gone, pulledAt: _at, ...client } = read.client(read.localIdOf('client', id)!)!;
    replica[`client ${String(id)}`] = client;
  }
  for (const id of read.accountServerIds('loan')) {
    const { loanId, clientId, groupId, gone: _gone, pulledAt: _at, ...loan } = read.loan(read.localIdOf('loan', id)!)!;
    replica[`loan ${String(id)}`] = {
      ...loan,
      clientServerId: serverIdOf('client', clientId),
      groupServerId: serverIdOf('group', groupId),
      transactions: read.loanTransactions(loanId),
    };
  }
  for (const id of read.accountServerIds('savings')) {
    const { savingsId, clientId, groupId, gone: _gone, pulledAt: _at, ...savings } = read.savings(read.localIdOf('savings', id)!)!;
    replica[`savings ${String(id)}`] = {
      ...savings,
      clientServerId: serverIdOf('client', clientId),
      groupServerId: serverIdOf('group', groupId),
      transactions: read.savingsTransactions(savingsId),
    };
  }
  for (const group of read.groups(0, 1_000).rows) {
    const { groupId, gone: _gone, pulledAt: _at, members, ...kept } = group;
    replica[`group ${String(group.serverId)}`] = {
      ...kept,
      memberServerIds: read
        .membersOf(groupId)
        .flatMap((member) => member.serverId ?? [])
        .sort((one, other) => one - other),
      roles: read
        .rolesIn(groupId)
        .map(({ clientId, role }) => ({ clientServerId: serverIdOf('client', clientId), role }))
        .sort((one, other) => Number(one.clientServerId) - Number(other.clientServerId)),
      members,
    };
  }
  for (const shelf of ['offices', 'staff', 'paymentTypes', 'currencies', 'loanProducts', 'savingsProducts', 'charges'] as const)
    replica[shelf] = read.reference(shelf);
  return replica;
}

async function truthOf({ truth, world }: Stage): Promise<Readonly<Record<string, unknown>>> {
  const credential = { username: 'grace', password: new Redacted(world.headOffice.passwordOf('grace')) };
  const valueOf = <T>(answer: { ok: true; value: T } | { ok: false; trouble: unknown }): T => {
    if (!answer.ok) throw new Error(JSON.stringify(answer.trouble));
    return answer.value;
  };
  const all = { offset: 0, after: 0, most: 100_000 };
  const idsOf = async (shelf: ShelfName): Promise<number[]> =>
    valueOf(await truth.listShelf(shelf, all, credential)).listed.map((each) => each.serverId);
  const found: Record<string, unknown> = {};
  for (const { serverId, row } of valueOf(await truth.listShelf('clients', all, credential)).listed)
    found[`client ${String(serverId)}`] = row;
  const loans = await idsOf('loans');
  for (const loan of valueOf(await truth.readShelf('loans', loans, credential)).rows) found[`loan ${String(loan.serverId)}`] = loan;
  const groups = valueOf(await truth.readShelf('groups', await idsOf('groups'), credential)).rows;
  // A group's own accounts are in no list: it names them itself.
  const savings = [...(await idsOf('savings')), ...groups.flatMap((group) => group.savingsServerIds)];
  for (const account of valueOf(await truth.readShelf('savings', savings, credential)).rows)
    found[`savings ${String(account.serverId)}`] = account;
  for (const { officeServerId: _office, ...group } of groups) {
    found[`group ${String(group.serverId)}`] = {
      ...group,
      memberServerIds: [...group.memberServerIds].sort((one, other) => one - other),
      members: group.memberServerIds.length,
    };
  }
  for (const shelf of ['offices', 'staff', 'paymentTypes', 'currencies', 'loanProducts', 'savingsProducts', 'charges'] as const)
    found[shelf] = valueOf(await truth.pullReference(shelf, credential));
  return found;
}

/** Screens keep working on whatever is in the replica by now. */
async function checkScreens({ world, manager, pc }: Stage): Promise<void> {
  const clientId = rows<{ client_id: string }>(pc.database(), 'SELECT client_id FROM replica_clients')[0]?.client_id;
  const asked: readonly (readonly [string, object])[] = [
    ['session.showStart', {}],
    ['clients.list', { most: 200 }],
    ['clients.list', { show: 'behind', most: 200 }],
    ['clients.list', { show: 'unfinished', most: 200 }],
    ['clients.find', { text: 'ma' }],
    ['groups.list', { most: 200 }],
    ['loans.list', { show: 'all', most: 200 }],
    ['loans.list', { show: 'behind', most: 200 }],
    ['cash.listPaymentTypes', {}],
    ['cash.showDay', {}],
    ['receipts.list', { most: 200 }],
    ['sync.showDesk', {}],
    ['exceptions.list', {}],
    ...(clientId === undefined
      ? []
      : ([
          ['clients.show', { clientId }],
          ['clients.listHistory', { clientId }],
        ] as const)),
  ];
  for (const [method, input] of asked) {
    const answer = await ask(world, manager, method, input);
    const faulted = answer.kind === 'refused' && (answer.code === 'fault' || answer.code.startsWith('store.'));
    expect(faulted ? `${method}: ${answer.code}` : 'served').toBe('served');
  }
}

async function postMoney(stage: Stage, label: string): Promise<void> {
  const { world, pc, cashier } = stage;
  const store = pc.store();
  if (store === null) throw new Error('the PC is on');
  const savings = store
    .read((read) => read.accountServerIds('savings').map((id) => read.savings(read.localIdOf('savings', id)!)!))
    .filter((one) => one.status === 'active' && one.lockedInUntil === null);
  const loans = store
    .read((read) => read.accountServerIds('loan').map((id) => read.loan(read.localIdOf('loan', id)!)!))
    .filter((one) => one.status === 'active' && one.outstandingMinor > 1_000_00);
  const forms: (readonly [string, object])[] = [];
  for (let round = 0; round < 3; round += 1) {
    const account = savings[round % savings.length];
    const loan = loans[round % loans.length];
    const formId = (): string => uuidV7(world.time.now(), world.chance.bytes(10));
    if (account !== undefined)
      forms.push([
        'savings.takeDeposit',
        { formId: formId(), savingsId: account.savingsId, amountMinor: 10_00 + round, paidWith: { paymentTypeId: 1 }, note: label },
      ]);
    if (loan !== undefined)
      forms.push([
        'loans.takeRepayment',
        { formId: formId(), loanId: loan.loanId, amountMinor: 20_00 + round, paidWith: { paymentTypeId: 1 } },
      ]);
    if (account !== undefined)
      forms.push([
        'savings.payWithdrawal',
        { formId: formId(), savingsId: account.savingsId, amountMinor: 1_00 + round, paidWith: { paymentTypeId: 1 } },
      ]);
  }
  for (const [method, input] of forms) {
    let answer = await ask(world, cashier, method, input);
    // Head office may have lied about its day to the last.
    if (await sayDate(world, cashier, answer)) answer = await ask(world, cashier, method, input);
    expect(answer.kind === 'ok' ? 'ok' : JSON.stringify(answer), method).toBe('ok');
  }
}

/** People sign in again where an answer said that their password is wrong; that is theirs to do. */
async function everybodySignsIn({ world, cashier, manager, pc }: Stage): Promise<void> {
  for (const person of [cashier, manager]) {
    const again = await signIn(world, person);
    expect(again.kind === 'ok' ? 'ok' : JSON.stringify(again), person.username).toBe('ok');
  }
  pc.wakeSync();
}

async function runStage(stage: Stage, share: number, kinds: readonly WrongAnswer[]): Promise<void> {
  const { world, pc, wrong, cashier, manager } = stage;
  pc.start();
  wrong.spoil(share, kinds);
  await passBounded(stage, 20 * MINUTE_MS);
  await checkScreens(stage);
  wrong.stop();
  await everybodySignsIn(stage);
  await passBounded(stage, 10 * MINUTE_MS);
  const start = await ask(world, manager, 'session.showStart', {});
  expect(start).toMatchObject({ kind: 'ok', value: { state: 'ready' } });
  expect(stage.incidents).toEqual([]);
  // What a wrong answer left in the replica is found by the proof; so that honest money meets true balances, it runs before.
  await afterTheProof(stage);
  await everybodySignsIn(stage);
  expect(await atTheCounter(world, cashier)).toBe(true);

  wrong.spoil(share, kinds);
  for (let round = 0; round < 3; round += 1) {
    wrong.stop();
    await everybodySignsIn(stage);
    await postMoney(stage, `round ${String(round)}`);
    wrong.spoil(share, kinds);
    const [account] = rows<{ id: number }>(world.headOffice.database(), 'SELECT id FROM savings_account WHERE status = 300 LIMIT 1');
    if (account !== undefined)
      world.headOffice.practice().control.actAs({ username: 'bungoma', kind: 'deposit', accountId: account.id, amountMinor: 500 });
    pc.wakeSync();
    await passBounded(stage, 25 * MINUTE_MS);
    checkCommands(stage);
    stage.checkJournal();
    await checkScreens(stage);
    expect(stage.incidents).toEqual([]);
  }
  wrong.stop();
  await everybodySignsIn(stage);
  await passBounded(stage, 90 * MINUTE_MS);
  checkCommands(stage);
  expect(
    commandsOf(pc)
      .filter((command) => command.state !== 'accepted')
      .map((command) => `${String(command.sequence)} ${command.state}`),
  ).toEqual([]);
  await afterTheProof(stage);
  checkCommands(stage);
  stage.checkJournal();
  expect(pc.store()!.read(replicaOf)).toEqual(await truthOf(stage));
  expect(stage.incidents).toEqual([]);
}

/** Eight days later: the weekly proof reads everything again. */
async function afterTheProof(stage: Stage): Promise<void> {
  await stage.pc.stop();
  stage.world.time.leapTo(stage.world.time.now() + 8 * DAY_MS);
  stage.world.headOffice.practice().control.setBusinessDate(dateAt(stage.world.time.now()));
  stage.pc.start();
  for (const person of [stage.manager, stage.cashier]) {
    await answerClock(stage.world, person, 'clockIsRight');
    await signIn(stage.world, person);
  }
  stage.pc.wakeSync();
  await passBounded(stage, 10 * MINUTE_MS);
}

/** These fit few answers, so nearly every one that they fit is spoilt. */
const RARE: ReadonlySet<WrongAnswer> = new Set(['dateOutOfRange', 'amountOutOfRange', 'totalLies']);

const LIES: readonly WrongAnswer[] = ['totalLies', 'offsetIgnored', 'endlessPages', 'rowsTwice', 'rowsMissing', 'rowsReversed'];

describe('while answers are wrong', () => {
  test.each(WRONG_ANSWERS)(
    '%s: nothing is lost, doubled or wrongly believed',
    async (kind) => {
      const stage = await openStage(kind, 12, 'strong');
      try {
        await runStage(stage, RARE.has(kind) ? 0.9 : 0.4, [kind]);
        expect(stage.wrong.spoilt.get(kind) ?? 0, 'answers that were spoilt').toBeGreaterThan(0);
      } finally {
        stage.close();
      }
    },
    within(60_000),
  );

  test.each(Array.from({ length: runs(4) }, (_, at) => at))(
    'all at once, run %i',
    async (run) => {
      const stage = await openStage(`all ${String(run)}`, 12, run % 2 === 0 ? 'strong' : 'weak');
      try {
        await runStage(stage, 0.15 + 0.15 * (run % 4), WRONG_ANSWERS);
      } finally {
        stage.close();
      }
    },
    within(60_000),
  );

  test(
    'lists of several pages that lie about themselves',
    async () => {
      const stage = await openStage('pages', 230, 'strong');
      try {
        await runStage(stage, 0.3, LIES);
      } finally {
        stage.close();
      }
    },
    within(60_000),
  );
});

describe('lists without an end', () => {
  test.each(['offsetIgnored', 'endlessPages'] as const)(
    '%s in every answer: the branch asks a bounded number of times, and goes on when answers are true',
    async (kind) => {
      const stage = await openStage(`only ${kind}`, 230, 'strong');
      const { wrong, pc, world, manager } = stage;
      try {
        pc.start();
        wrong.spoil(1, [kind]);
        const before = wrong.requests();
        await world.time.pass(15 * MINUTE_MS);
        expect(wrong.requests() - before).toBeLessThan(600);
        wrong.stop();
        pc.wakeSync();
        await world.time.pass(15 * MINUTE_MS);
        expect(await ask(world, manager, 'session.showStart', {})).toMatchObject({ kind: 'ok', value: { state: 'ready' } });
        wrong.spoil(1, [kind]);
        for (let act = 0; act < 120; act += 1)
          world.headOffice.practice().control.actAs({ username: 'bungoma', kind: 'deposit', accountId: 1, amountMinor: 100 });
        pc.wakeSync();
        const atWalk = wrong.requests();
        await world.time.pass(15 * MINUTE_MS);
        expect(wrong.requests() - atWalk).toBeLessThan(600);
        wrong.stop();
        pc.wakeSync();
        await world.time.pass(15 * MINUTE_MS);
        await everybodySignsIn(stage);
        await afterTheProof(stage);
        expect(pc.store()!.read(replicaOf)).toEqual(await truthOf(stage));
        expect(stage.incidents).toEqual([]);
      } finally {
        stage.close();
      }
    },
    within(60_000),
  );
});

describe('while what was sent is looked for', () => {
  test.each(WRONG_ANSWERS)(
    '%s: an answer that cannot be read leaves it in doubt',
    async (kind) => {
      const wrong = createWrongAnswers(seeded(`${String(SEED)} look-up ${kind}`));
      const world = await practiceWorld({ prepared: true, clients: 12 });
      const cashier = person('achieng');
      const gateway = createFineractGateway({
        transport: wrong.transport(async (request) => {
          const reply = world.practice.handle({ ...request, headers: { ...request.headers } });
          return reply.status === 0
            ? { kind: 'noReply', detail: 'timeout' }
            : { kind: 'answered', status: reply.status, headers: reply.headers, body: reply.body };
        }),
        tenant: 'default',
        monotonicMs: () => 0,
      });
      const loan = world.command(repayment(50_00), await world.loanId());
      const deposit = world.command(
        savingsOf('savingsDeposit', 30_00, { receiptNumber: 'KTL-02-261120-0007-1' }),
        (await world.savings()).serverId,
      );
      for (const command of [loan, deposit]) expect((await world.headOffice.send(command, cashier)).kind).toBe('accepted');
      /** Another text where the marker stood, or no list where it lay: it is as if head office had nothing, and the same key goes again. */
      const mayBeAbsent = new Set<WrongAnswer>(['memberMissing', 'memberNull', 'memberOfAnotherKind', 'hostileText', 'rowsMissing']);
      wrong.spoil(1, [kind]);
      for (let attempt = 0; attempt < runs(40); attempt += 1) {
        for (const command of [loan, deposit]) {
          const found = await gateway.lookUp(command, cashier);
          if (found.kind === 'absent') expect(mayBeAbsent.has(kind), `${kind}: absent`).toBe(true);
          else expect(['accepted', 'inDoubt', 'signInNeeded'], `${command.payload.kind}: ${JSON.stringify(found)}`).toContain(found.kind);
          const again = await gateway.send(command, cashier);
          expect(again.kind, `${command.payload.kind}: ${JSON.stringify(again)}`).not.toBe('rejected');
        }
      }
      for (const [spoiltKind, many] of wrong.spoilt) count.add(spoiltKind, many);
    },
    within(60_000),
  );
});

/** Grace founds a branch in an empty store, with whatever head office answers. */
function founding(
  store: ReturnType<typeof openStoreOn>,
  headOffice: HeadOffice,
  clock: ReturnType<typeof branchClock>,
  ids: ReturnType<typeof seeded>,
): ReturnType<typeof foundBranch> {
  return foundBranch(
    {
      store,
      headOffice,
      clock,
      chance: { fraction: () => 0.5 },
      ids: { newId: () => uuidV7(clock.now(), ids.bytes(10)) },
      digest: nodeDigest,
      signer: null,
      passwords: { hash: async () => 'hash', verify: async () => true },
      seals: { seal: () => 'sealed', open: () => null },
      machineMark: null,
    },
    {
      address: { kind: 'fineract', address: 'https://head.office', tenant: 'default' },
      username: 'grace',
      password: new Redacted('practice'),
      zone: 'Africa/Nairobi',
      deviceCode: null,
      deviceName: 'pc',
      office: 'any',
      prepareAs: null,
    },
  );
}

describe('member by member', () => {
  const WRONG_VALUES: readonly unknown[] = [undefined, null, '', 'x', 'null', 0, -1, 1.5, 1e300, true, [], {}, [1], ['x'], { id: 1 }];

  /** True answers to this request, with one member changed. */
  async function withMember(url: RegExp, change: (body: Record<string, unknown>) => void): Promise<HeadOffice> {
    const world = await practiceWorld({ prepared: false, clients: 5 });
    return createFineractGateway({
      transport: async (request) => {
        const reply = world.practice.handle({ ...request, headers: { ...request.headers } });
        if (!url.test(request.url)) return { kind: 'answered', ...reply };
        const body = JSON.parse(reply.body) as Record<string, unknown>;
        change(body);
        return { kind: 'answered', status: reply.status, headers: reply.headers, body: JSON.stringify(body) };
      },
      tenant: 'default',
      monotonicMs: () => 0,
    });
  }

  test(
    'a sign-in is the true one, or was not understood; never somebody else, never without rights, never a wrong password',
    async () => {
      const truth = await (await practiceWorld({ prepared: false, clients: 5 })).headOffice.signIn(person('achieng'));
      if (!truth.ok) throw new Error('achieng signs in');
      const wronged: string[] = [];
      for (const name of [
        'username',
        'userId',
        'authenticated',
        'officeId',
        'officeName',
        'roles',
        'permissions',
        'staffId',
        'staffDisplayName',
      ]) {
        for (const value of [...WRONG_VALUES, 'grace']) {
          // A clear no is believed, and so is another office: nobody can see that it is not so.
          if ((name === 'officeId' && value === 1) || (name === 'officeName' && typeof value === 'string')) continue;
          count.add('sign-in members');
          const gateway = await withMember(/^\/authentication/, (body) => {
            body[name] = value;
          });
          const answer = await gateway.signIn(person('achieng'));
          const what = `${name} ${JSON.stringify(value)}`;
          if (!answer.ok) {
            if (answer.trouble.kind !== 'nonsense') wronged.push(`${what}: ${answer.trouble.kind}`);
            continue;
          }
          const { username, userId, officeServerId, permissions } = answer.value;
          if (
            username !== 'achieng' ||
            (name !== 'userId' && userId !== truth.value.userId) ||
            officeServerId !== truth.value.officeServerId
          )
            wronged.push(`${what}: somebody else`);
          if (name !== 'permissions' && permissions.length !== truth.value.permissions.length) wronged.push(`${what}: other rights`);
          if (name === 'permissions' && !Array.isArray(value)) wronged.push(`${what}: without rights`);
        }
      }
      expect(wronged).toEqual([]);
    },
    within(60_000),
  );

  test(
    'a branch is not founded with a currency that was not understood',
    async () => {
      const clock = branchClock(createVirtualTime(Date.UTC(2026, 10, 20, 8)), () => 0, 0);
      for (const value of [...WRONG_VALUES, '2', 7]) {
        count.add('founding members');
        const gateway = await withMember(/^\/currencies/, (body) => {
          const [currency] = body['selectedCurrencyOptions'] as Record<string, unknown>[];
          if (currency !== undefined) currency['decimalPlaces'] = value;
        });
        const store = openStoreOn(emptyBooks(), { now: clock.now, ownerName: 'founding' });
        const ids = seeded('members');
        const founded = await founding(store, gateway, clock, ids);
        // No places at all is a currency too; every other one of these would be a guess for ever.
        expect(founded.ok, `decimalPlaces ${JSON.stringify(value)}`).toBe(value === 0);
        if (founded.ok) expect(founded.value.currency.decimals).toBe(0);
        else expect(store.read((read) => [read.setting('identity'), read.allStaff().length])).toEqual([null, 0]);
        store.close();
      }
    },
    within(60_000),
  );
});

describe('while a branch is founded', () => {
  test.each(WRONG_ANSWERS)(
    '%s: a branch is founded whole or not at all',
    async (kind) => {
      const stage = await openStage(`founding ${kind}`, 12, 'strong');
      const { world, wrong } = stage;
      const { time } = world;
      const clock = branchClock(time, () => 0, time.now());
      const ids = seeded('founding');
      try {
        for (let attempt = 0; attempt < runs(25); attempt += 1) {
          const transport = wrong.transport(async (request) => {
            const delivery = world.headOffice.deliver(request);
            return delivery === null ? { kind: 'neverSent', detail: 'down' } : { kind: 'answered', ...delivery };
          });
          const store = openStoreOn(emptyBooks(), { now: clock.now, ownerName: 'founding' });
          wrong.spoil(0.5, [kind]);
          const founded = await founding(store, createFineractGateway({ transport, tenant: 'default', monotonicMs: () => 0 }), clock, ids);
          wrong.stop();
          const kept = store.read((read) => ({ identity: read.setting('identity'), staff: read.allStaff(), entries: read.countEntries() }));
          store.close();
          if (!founded.ok) {
            expect(kept, founded.refusal.code).toEqual({ identity: null, staff: [], entries: 0 });
            continue;
          }
          expect(kept.staff.map((staff) => [staff.username, staff.officeServerId])).toEqual([['grace', 2]]);
          expect(kept.staff[0]?.permissions.length).toBeGreaterThan(10);
          expect(kept.identity).toMatchObject({ officeServerId: 2, currency: { code: 'KES', decimals: 2 } });
        }
      } finally {
        stage.close();
      }
    },
    within(60_000),
  );
});
