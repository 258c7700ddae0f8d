// Every method of the contract through every transport, with input that is wrong in every way we could think of, asked by people without the
// right, with other people's ids, twice, or not signed in at all. Each ends in an answer of the contract's shape or a refusal with one of its
// codes; a fault is a bug of ours. Afterwards the branch serves as before and its books are whole.

import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tawi } from '../../electron/composition/openTawi.ts';
import { builtPage } from '../../electron/host/builtPage.ts';
import type { Doorway, Reply } from '../../electron/host/doorway.ts';
import { openLanHost } from '../../electron/host/lanHost.ts';
import { checkIntegrity, isWhole } from '../../electron/store/integrity.ts';
import { branchContract, type BranchEvent } from '../../shared/contract/branchContract.ts';
import { COMMON_REFUSALS, type Method } from '../../shared/contract/define.ts';
import { isPermitted, PERMISSIONS, type Permission } from '../../shared/domain/access/permissions.ts';
import type { ReceiptLine } from '../../shared/contract/shapes.ts';
import { Browser, quiet, wires, type Visitor } from '../contract/transports/wires.ts';
import { createJournalChecker } from '../simulation/checkers/journalChecker.ts';
import { countCases, runs, sample, within } from './caseCount.ts';
import { HONEST_INPUTS, type Known } from './honestInputs.ts';
import { eachMemberReplaced, hostileText, HOSTILE_TEXTS, spoilt } from './hostileValues.ts';
import { eventually, good, newFolder, openedOffice, PASSWORD, readBooks, removeFolder } from './openedOffice.ts';

/** Random cases of each method; the transports that carry them slower get fewer. */
const EACH = { 'in process': 60, IPC: 30, LAN: 14 } as const;

interface Asked {
  readonly name: string;
  readonly method: Method;
  readonly honest: (known: Known) => unknown;
}

const METHODS: readonly Asked[] = Object.entries(branchContract).flatMap(([noun, verbs]) =>
  Object.entries(verbs as Readonly<Record<string, Method>>).map(([verb, method]) => ({
    name: `${noun}.${verb}`,
    method,
    honest:
      (HONEST_INPUTS as unknown as Readonly<Record<string, Readonly<Record<string, (known: Known) => unknown>>>>)[noun]?.[verb] ??
      (() => ({})),
  })),
);

const COMMON: ReadonlySet<string> = new Set(COMMON_REFUSALS);
/** Bad input is no reason for any of these. */
const OURS: ReadonlySet<string> = new Set([
  'fault',
  'store.full',
  'store.busy',
  'store.corrupt',
  'branch.notOwner',
  'branch.notReady',
  'transport.unreachable',
]);

/** What is wrong with a reply, or null. Names the method and the code, never the input. */
function wrongWith(reply: unknown, { name, method }: Asked): string | null {
  if (typeof reply !== 'object' || reply === null || !('ok' in reply)) return `${name}: no reply`;
  const given = reply as Reply;
  if (given.ok) {
    const parsed = method.output.safeParse(given.value);
    return parsed.success ? null : `${name}: an answer outside the contract at ${parsed.error.issues[0]?.path.join('.') ?? ''}`;
  }
  const { code, facts, incidentId, ...rest } = given.refusal;
  if (OURS.has(code)) return `${name}: ${code} for bad input`;
  if (!COMMON.has(code) && !method.refusals.includes(code)) return `${name}: ${code} is no refusal of this method`;
  if (incidentId !== undefined || Object.keys(rest).length > 0) return `${name}: ${code} carries more than code and facts`;
  const flat = Object.values(facts ?? {}).every((fact) => fact === null || ['string', 'number', 'boolean'].includes(typeof fact));
  return flat ? null : `${name}: the facts of ${code} are not flat`;
}

let root: string;
let tawi: Tawi;
let known: Known;
let secondSavingsId: string;
const count = countCases();
const events: BranchEvent[] = [];
const checker = createJournalChecker('the branch');

const lan = {
  name: 'LAN',
  async open(doorway: Doorway) {
    // The allowance of calls is proved elsewhere; here its clock runs fast, so that every case reaches the branch.
    const host = await openLanHost({
      doorway,
      page: builtPage('no-such-folder'),
      diagnostics: quiet,
      monotonicMs: () => performance.now() * 10_000,
      port: 0,
    });
    return { visitor: async (): Promise<Visitor> => new Browser(host.address), close: () => host.close() };
  },
};
const transports = [...wires.filter((wire) => wire.name !== 'LAN'), lan];

async function checkBooks(): Promise<void> {
  await readBooks(root, (database) => {
    checker.check(database, true);
    expect(isWhole(checkIntegrity(database))).toBe(true);
  });
}

async function signIn(visitor: Visitor, username: string): Promise<void> {
  good(await visitor.call('session.signIn', { username, password: PASSWORD }));
}

const freshId = (): string => randomUUID();

beforeAll(async () => {
  root = newFolder();
  tawi = await openedOffice(root);
  tawi.doorway.listen((event) => events.push(event));
  const desk = await (await wires[0]!.open(tawi.doorway)).visitor();
  await signIn(desk, 'achieng');
  good(await desk.call('cash.openDrawer', { openingMinor: 50_000_00 }));
  const { rows } = good<{ rows: { loanId: string; clientId: string }[] }>(await desk.call('loans.list', { show: 'active' }));
  const groups = good<{ rows: { groupId: string }[] }>(await desk.call('groups.list', {}));
  const savings: { savingsId: string; availableMinor: number; clientId: string }[] = [];
  for (const { clientId } of good<{ rows: { clientId: string }[] }>(await desk.call('clients.list', {})).rows) {
    savings.push(
      ...good<{ savings: typeof savings }>(await desk.call('clients.show', { clientId })).savings.filter(
        (one) => one.availableMinor > 500_00,
      ),
    );
  }
  const [first, second] = savings;
  const [loan] = rows;
  const line = good<ReceiptLine>(
    await desk.call('savings.takeDeposit', {
      formId: freshId(),
      savingsId: first!.savingsId,
      amountMinor: 1_00,
      paidWith: { paymentTypeId: 1 },
    }),
  );
  // A case: the line is down, another branch empties the account, and the withdrawal paid here meanwhile is refused.
  await signIn(desk, 'grace');
  good(await desk.call('practice.setLine', { cut: true }));
  await signInLater(desk, 'achieng');
  known = {
    clientId: first!.clientId,
    groupId: groups.rows[0]!.groupId,
    loanId: loan!.loanId,
    savingsId: first!.savingsId,
    receiptId: line.receipt.receiptId,
    commandId: line.receipt.commandId!,
    exceptionId: await refusedCase(desk, second!.savingsId, second!.availableMinor),
    freshId,
  };
  secondSavingsId = second!.savingsId;
  await checkBooks();
}, within(60_000));

async function signInLater(desk: Visitor, username: string): Promise<void> {
  await eventually(
    async () => good<{ line: string }>(await desk.call('sync.showStatus', {})).line === 'down',
    'the cut line is noticed',
    40_000,
  ).catch(() => undefined);
  await signIn(desk, username);
}

async function refusedCase(desk: Visitor, savingsId: string, availableMinor: number): Promise<string> {
  good(await desk.call('practice.otherBranchPays', { savingsId, amountMinor: Math.floor(availableMinor / 100) * 100 }));
  good(
    await desk.call('savings.payWithdrawal', {
      formId: freshId(),
      savingsId,
      amountMinor: 5_00,
      paidWith: { paymentTypeId: 1 },
      approval: { username: 'grace', password: PASSWORD },
    }),
  );
  good(await desk.call('practice.setLine', { cut: false }));
  let exceptionId = '';
  await eventually(async () => {
    await desk.call('sync.wake', {});
    exceptionId = good<{ exceptionId: string }[]>(await desk.call('exceptions.list', { show: 'open' }))[0]?.exceptionId ?? '';
    return exceptionId !== '';
  }, 'head office refuses the withdrawal');
  return exceptionId;
}

afterAll(async () => {
  await tawi.close();
  removeFolder(root);
  count.print('calls');
});

describe.each(transports)('through $name', (transport) => {
  let opened: Awaited<ReturnType<typeof transport.open>>;
  let manager: Visitor;
  let administrator: Visitor;
  let stranger: Visitor;
  let cashier: Visitor;
  let closing: Visitor;

  beforeAll(async () => {
    opened = await transport.open(tawi.doorway);
    [manager, administrator, stranger, cashier, closing] = await Promise.all([
      opened.visitor(),
      opened.visitor(),
      opened.visitor(),
      opened.visitor(),
      opened.visitor(),
    ]);
    await signIn(administrator, 'admin');
    await signIn(manager, 'grace');
    await signIn(cashier, 'achieng');
    await signIn(closing, 'daniel');
  }, within(60_000));
  afterAll(() => opened.close());

  /** Who asks: sessions come and go on a channel of their own, and only one person closes drawers. */
  function asking(name: string): Visitor {
    if (name.startsWith('session.')) return stranger;
    if (name === 'cash.openDrawer' || name === 'cash.countDrawer' || name === 'cash.closeDrawer') return closing;
    if (/^cash\.(?:closeDay|closeDayInError|reopenDay)$/.test(name) || /^receipts\.(?:void|bringKeys)$/.test(name)) return manager;
    if (
      /^(?:loans|savings)\.(?:apply|applicationOptions|approve|activate|reject|withdrawApplication|undoApproval|close|release)$/.test(name)
    )
      return manager;
    if (/^clients\.(?:activate|close|reject|withdrawRegistration|reopen|assignStaff)$/.test(name)) return manager;
    if (/^(?:loans|savings|clients|drafts|receipts|cash)\./.test(name)) return cashier;
    return name.startsWith('headOffice.') ? administrator : manager;
  }

  async function ask(visitor: Visitor, asked: Asked, input: unknown): Promise<{ reply: unknown; wrong: string | null }> {
    try {
      const reply = await visitor.call(asked.name, input);
      return { reply, wrong: wrongWith(reply, asked) };
    } catch (error) {
      // The caller's own side could not put the input into a message at all.
      const unsayable =
        error instanceof TypeError || error instanceof RangeError || (error instanceof DOMException && error.name === 'DataCloneError');
      return { reply: null, wrong: unsayable ? null : `${asked.name}: ${String(error)}` };
    }
  }

  async function stillServes(): Promise<void> {
    expect(await cashier.call('clients.find', { text: 'a' })).toMatchObject({ ok: true });
    expect(await cashier.call('session.showMine', {})).toMatchObject({
      ok: true,
      value: { staff: { username: 'achieng' }, locked: false },
    });
  }

  /** What a spoilt input may have done by being right: the line cut, offline declared, people locked. */
  async function undoWhatWasHit(): Promise<void> {
    good(await administrator.call('practice.setLine', { cut: false }));
    await administrator.call('sync.endOffline', {});
    for (const username of ['achieng', 'daniel', 'peter', 'grace']) good(await administrator.call('session.unlockStaff', { username }));
  }

  test('honest inputs are answered', async () => {
    const wrong: string[] = [];
    for (const asked of METHODS) {
      const outcome = await ask(asking(asked.name), asked, asked.honest(known));
      count.add('honest');
      if (outcome.wrong !== null) wrong.push(outcome.wrong);
      const refusal = (outcome.reply as Reply).ok ? null : (outcome.reply as Extract<Reply, { ok: false }>).refusal.code;
      if (refusal === 'input.invalid' || refusal === 'session.notPermitted') wrong.push(`${asked.name}: ${refusal}`);
    }
    expect(wrong).toEqual([]);
  });

  test(
    'spoilt inputs are refused or answered, and never a fault',
    async () => {
      const wrong = new Set<string>();
      for (const asked of METHODS) {
        for (const input of sample(
          spoilt(asked.honest(known)),
          runs(EACH[transport.name as keyof typeof EACH]),
          `${transport.name} ${asked.name}`,
        )) {
          const outcome = await ask(asking(asked.name), asked, input);
          count.add('spoilt');
          if (outcome.wrong !== null) wrong.add(outcome.wrong);
        }
      }
      expect([...wrong]).toEqual([]);
      await undoWhatWasHit();
      await stillServes();
    },
    within(60_000),
  );

  test(
    'every number and every other member may be any number or kind',
    async () => {
      const wrong = new Set<string>();
      for (const asked of METHODS) {
        for (const [at, input] of eachMemberReplaced(asked.honest(known)).entries()) {
          // Over a socket each takes ten times as long, and every third says as much.
          if (transport.name === 'LAN' && at % 3 !== 0) continue;
          const outcome = await ask(asking(asked.name), asked, input);
          count.add('members');
          if (outcome.wrong !== null) wrong.add(outcome.wrong);
        }
      }
      expect([...wrong]).toEqual([]);
      await undoWhatWasHit();
      await stillServes();
    },
    within(60_000),
  );

  test(
    'sums at the edge of what a number holds are refused or reckoned, and never a fault',
    async () => {
      const wrong: string[] = [];
      const edge = [
        0,
        1,
        999_999_999_999,
        1_000_000_000_000,
        1_000_000_000_001,
        2 ** 52,
        Number.MAX_SAFE_INTEGER - 100,
        Number.MAX_SAFE_INTEGER,
      ];
      const steps = async (visitor: Visitor, calls: readonly (readonly [string, object])[]): Promise<void> => {
        for (const [name, input] of calls) {
          const outcome = await ask(
            visitor,
            METHODS.find((method) => method.name === name)!,
            input,
          );
          count.add('edges');
          if (outcome.wrong !== null) wrong.push(`${outcome.wrong} at ${JSON.stringify(input)}`);
        }
      };
      for (const openingMinor of edge) {
        await closing.call('cash.closeDrawer', {
          countedMinor: 0,
          reason: 'start afresh',
          approval: { username: 'grace', password: 'practice' },
        });
        const deposit = (amountMinor: number): [string, object] => [
          'savings.takeDeposit',
          { formId: freshId(), savingsId: known.savingsId, amountMinor, paidWith: { paymentTypeId: 1, givenMinor: 1_000_000_000_000 } },
        ];
        await steps(closing, [
          ['cash.openDrawer', { openingMinor }],
          deposit(1),
          deposit(1_000_000_000_000),
          ['savings.previewWithdrawal', { savingsId: known.savingsId, amountMinor: 1_000_000_000_000 }],
          ['loans.previewRepayment', { loanId: known.loanId, amountMinor: 1_000_000_000_000 }],
          [
            'loans.takeRepayment',
            {
              formId: freshId(),
              loanId: known.loanId,
              amountMinor: 1_000_000_000_000,
              additionalMinor: 1_000_000_000_000,
              feesMinor: 1_000_000_000_000,
              paidWith: { paymentTypeId: 1 },
              overpaymentSeen: true,
            },
          ],
          ['cash.showDrawer', {}],
          ['cash.showDay', {}],
          ['clients.show', { clientId: known.clientId }],
          ['cash.countDrawer', { countedMinor: Number.MAX_SAFE_INTEGER }],
          ['cash.closeDrawer', { countedMinor: Number.MAX_SAFE_INTEGER, reason: '' }],
          ['cash.closeDrawer', { countedMinor: Number.MAX_SAFE_INTEGER, reason: 'counted twice' }],
          ['cash.showDay', {}],
        ]);
      }
      expect(wrong).toEqual([]);
      await stillServes();
    },
    within(60_000),
  );

  test(
    'every text that is asked for may be hostile',
    async () => {
      const wrong = new Set<string>();
      const texts: readonly (readonly [name: string, inputOf: (text: string) => unknown])[] = [
        ['clients.find', (text) => ({ text })],
        ['drafts.keep', (text) => ({ draftKey: 'deposit', body: text })],
        ['drafts.keep', (text) => ({ draftKey: text, body: '' })],
        ['drafts.show', (text) => ({ draftKey: text })],
        ['session.signIn', (text) => ({ username: text, password: text })],
        ['session.unlockStaff', (text) => ({ username: text })],
        ['sync.releaseCommands', (text) => ({ username: text, reason: text })],
        ['receipts.list', (text) => ({ businessDate: text })],
        ['session.connectHeadOffice', (text) => ({ address: `https://${text}`, tenant: text, username: text, password: text, zone: text })],
        [
          'savings.takeDeposit',
          (text) => ({
            formId: freshId(),
            savingsId: known.savingsId,
            amountMinor: 100,
            paidWith: { paymentTypeId: 2, accountNumber: text, bankNumber: text },
            note: text,
          }),
        ],
      ];
      const hostile = [...HOSTILE_TEXTS, ...sample(hostileText, runs(20), transport.name)];
      for (const [name, inputOf] of texts) {
        const asked = METHODS.find((method) => method.name === name)!;
        // Wrong passwords are slow on purpose; a dozen say as much as sixty.
        for (const text of name === 'session.signIn' ? hostile.slice(0, 12) : hostile) {
          const outcome = await ask(asked.method.permission === 'staff.unlock' ? administrator : asking(name), asked, inputOf(text));
          count.add('texts');
          if (outcome.wrong !== null) wrong.add(`${outcome.wrong} for ${JSON.stringify(text.slice(0, 20))}`);
        }
      }
      expect([...wrong]).toEqual([]);
      await stillServes();
    },
    within(60_000),
  );

  test('names that are no methods are unknown', async () => {
    const names = [
      '',
      '.',
      'session',
      '__proto__.toString',
      'constructor.constructor',
      'session.__proto__',
      'hasOwnProperty',
      'session.signIn ',
      'SESSION.SIGNIN',
      'session.signIn.x',
      'toString',
      'valueOf.call',
      '\0',
      'x'.repeat(5_000),
    ];
    const made = sample(
      fc
        .tuple(fc.constantFrom('session', '__proto__', 'clients', 'x'), fc.string({ maxLength: 12 }))
        .map(([noun, verb]) => `${noun}.${verb}`),
      runs(30),
      transport.name,
    );
    for (const name of [...names, ...made]) {
      if (METHODS.some((method) => method.name === name)) continue;
      count.add('names');
      const reply = transport.name === 'LAN' ? await stranger.call(encodeURIComponent(name), {}) : await stranger.call(name, {});
      expect(reply, JSON.stringify(name)).toEqual({ ok: false, refusal: { code: 'method.unknown' } });
    }
    for (const name of transport.name === 'LAN' ? [] : [undefined, null, 7, {}, ['session.showStart'], { toString: 'x' }]) {
      count.add('names');
      expect(await stranger.call(name as unknown as string, {})).toEqual({ ok: false, refusal: { code: 'method.unknown' } });
    }
  });

  test('nobody does what they have no right to, signed out or locked nobody does anything', async () => {
    const wrong: string[] = [];
    const officer = await opened.visitor();
    await signIn(officer, 'peter');
    const locked = await opened.visitor();
    await signIn(locked, 'daniel');
    good(await locked.call('session.lock', {}));
    const nobody = await opened.visitor();
    const rightsOf = async (visitor: Visitor): Promise<readonly string[]> =>
      good<{ permissions: string[] }>(await visitor.call('session.showMine', {})).permissions;
    const people = [
      ['achieng', cashier, await rightsOf(cashier)],
      ['grace', manager, await rightsOf(manager)],
      ['peter', officer, await rightsOf(officer)],
    ] as const;
    expect(new Set(people.map(([, , rights]) => rights.join())).size).toBe(3);
    for (const asked of METHODS) {
      const { permission } = asked.method;
      if (permission === 'anyone') continue;
      for (const [state, visitor] of [
        ['signedOut', nobody],
        ['locked', locked],
      ] as const) {
        count.add('rights');
        const reply = (await visitor.call(asked.name, asked.honest(known))) as Reply;
        if (reply.ok || reply.refusal.code !== `session.${state}`) wrong.push(`${asked.name}: answered while ${state}`);
      }
      if (permission === 'signedIn') continue;
      for (const [username, visitor, rights] of people) {
        if (rights.includes(permission)) continue;
        count.add('rights');
        const reply = (await visitor.call(asked.name, asked.honest(known))) as Reply;
        if (reply.ok || reply.refusal.code !== 'session.notPermitted') wrong.push(`${asked.name}: answered to ${username}`);
      }
    }
    expect(wrong).toEqual([]);
    // The rights that a screen is told are the ones that are kept.
    const kept = await readBooks(
      root,
      (database) => database.prepare(`SELECT username, permissions FROM local_staff`).all() as { username: string; permissions: string }[],
    );
    for (const [username, , rights] of people) {
      const granted = new Set(JSON.parse(kept.find((row) => row.username === username)?.permissions ?? '[]') as string[]);
      expect([...rights].sort()).toEqual(PERMISSIONS.filter((permission: Permission) => isPermitted(permission, granted)).sort());
    }
  });

  test('an id of another kind, or of nothing, is unknown', async () => {
    const ids: readonly (readonly [name: string, member: string, own: keyof Known, code: string])[] = [
      ['clients.show', 'clientId', 'clientId', 'client.unknown'],
      ['clients.listHistory', 'clientId', 'clientId', 'client.unknown'],
      ['clients.refresh', 'clientId', 'clientId', 'client.unknown'],
      ['groups.show', 'groupId', 'groupId', 'group.unknown'],
      ['loans.show', 'loanId', 'loanId', 'loan.unknown'],
      ['loans.previewRepayment', 'loanId', 'loanId', 'loan.unknown'],
      ['loans.takeRepayment', 'loanId', 'loanId', 'loan.unknown'],
      ['savings.show', 'savingsId', 'savingsId', 'savings.unknown'],
      ['savings.previewWithdrawal', 'savingsId', 'savingsId', 'savings.unknown'],
      ['savings.takeDeposit', 'savingsId', 'savingsId', 'savings.unknown'],
      ['savings.payWithdrawal', 'savingsId', 'savingsId', 'savings.unknown'],
      ['receipts.show', 'receiptId', 'receiptId', 'receipt.unknown'],
      ['receipts.markPrinted', 'receiptId', 'receiptId', 'receipt.unknown'],
      ['sync.showItem', 'commandId', 'commandId', 'command.unknown'],
      ['exceptions.show', 'exceptionId', 'exceptionId', 'exception.unknown'],
      ['exceptions.resolve', 'exceptionId', 'exceptionId', 'exception.unknown'],
      ['exceptions.recover', 'exceptionId', 'exceptionId', 'exception.unknown'],
      ['practice.otherBranchPays', 'savingsId', 'savingsId', 'savings.unknown'],
    ];
    const kinds = ['clientId', 'groupId', 'loanId', 'savingsId', 'receiptId', 'commandId', 'exceptionId'] as const;
    for (const [name, member, own, code] of ids) {
      const asked = METHODS.find((method) => method.name === name)!;
      for (const other of [...kinds.filter((kind) => kind !== own).map((kind) => known[kind]), freshId()]) {
        count.add('ids');
        const honest = asked.honest(known) as object;
        const reply = await asking(name).call(name, {
          ...honest,
          ...('approval' in honest ? { approval: undefined } : {}),
          [member]: other,
        });
        expect(reply, `${name} with another ${member}`).toMatchObject({ ok: false, refusal: { code } });
      }
    }
  });

  test('a draft is seen and discarded by its writer only', async () => {
    const draftKey = `secret ${transport.name}`;
    good(await cashier.call('drafts.keep', { draftKey, body: 'mine' }));
    count.add('ids', 3);
    expect(await manager.call('drafts.show', { draftKey })).toEqual({ ok: true, value: null });
    expect(JSON.stringify(await manager.call('drafts.list', {}))).not.toContain(draftKey);
    good(await manager.call('drafts.discard', { draftKey }));
    expect(await cashier.call('drafts.show', { draftKey })).toMatchObject({ value: { body: 'mine' } });
  });

  test('a form that was posted makes no second promise, whatever it says the second time', async () => {
    const formId = freshId();
    const posted = { formId, savingsId: known.savingsId, amountMinor: 7_00, paidWith: { paymentTypeId: 1 }, note: 'once' };
    const counted = (): Promise<number> =>
      readBooks(root, (database) => Number(database.prepare('SELECT count(*) FROM journal_commands').pluck().get()));
    const first = good<ReceiptLine>(await cashier.call('savings.takeDeposit', posted));
    const before = await counted();
    const again = good<ReceiptLine>(await cashier.call('savings.takeDeposit', posted));
    expect(again.receipt).toEqual(first.receipt);
    const others: readonly (readonly [string, object])[] = [
      ['savings.takeDeposit', { ...posted, amountMinor: 7_01 }],
      ['savings.takeDeposit', { ...posted, savingsId: secondSavingsId }],
      ['savings.payWithdrawal', posted],
      ['loans.takeRepayment', { formId, loanId: known.loanId, amountMinor: 7_00, paidWith: { paymentTypeId: 1 } }],
    ];
    for (const [name, input] of others) {
      expect(await cashier.call(name, input)).toMatchObject({ ok: false, refusal: { code: 'form.alreadyUsed' } });
    }
    const twins = await Promise.all(Array.from({ length: 5 }, () => cashier.call('savings.takeDeposit', posted)));
    for (const twin of twins) expect(good<ReceiptLine>(twin).receipt).toEqual(first.receipt);
    count.add('replays', 6 + others.length);
    expect(await counted()).toBe(before);
  });

  test('afterwards the books are whole and what was told to screens says no more than it may', async () => {
    await stillServes();
    await checkBooks();
    for (const event of events) {
      expect(
        Object.keys(event).every((name) => name === 'what' || name === 'clientIds'),
        JSON.stringify(event),
      ).toBe(true);
    }
  });
});
