// The people of the branch: cashiers at their screens, the manager at hers. They work through whatever life the branch has, sign in again after
// each crash, and send every form that got no answer once more, as it was. They know nothing but what the contract tells them.

import { uuidV7 } from '../../shared/kernel/uuidV7.ts';
import type { ExceptionView } from '../../shared/contract/sync.ts';
import type { Resolution } from '../../shared/domain/records.ts';
import { KINDS_IN_THE_WORLD } from '../world/kindsInTheWorld.ts';
import type { Seeded } from '../world/seed.ts';
import type { Life } from './branchProcess.ts';
import type { HeadOfficeSide } from './headOfficeSide.ts';
import { PASSWORD } from './headOfficeSide.ts';
import type { LanSession } from './lanSession.ts';
import type { Form, MoneyVerb, ToldBook } from './toldBook.ts';

export const CASHIERS = ['achieng', 'daniel'] as const;
export const MANAGER = 'grace';
/** Resolves what the manager recorded, and prepares head office. */
export const ADMINISTRATOR = 'admin';

const OPENING_MINOR = 50_000_000;
const WAYS: readonly Resolution[] = ['resubmit', 'reverse', 'suspend', 'recognise'];
/** How often somebody asks head office for the twin of a refused transaction before taking another way out. */
const VISITS_MOST = 4;

export interface KnownAccount {
  readonly kind: 'loan' | 'savings';
  readonly accountId: string;
  readonly accountNo: string;
  readonly clientId: string;
}

export interface PeopleParts {
  readonly told: ToldBook;
  readonly chance: Seeded;
  readonly headOffice: HeadOfficeSide;
  /** Head office's id of an account, by its number: for what somebody elsewhere does to the same account. */
  readonly serverIdOf: (kind: 'loan' | 'savings', accountNo: string) => number;
}

export interface CounterPeople {
  /** Everybody signs in for the first time, which needs the line; head office is prepared, the drawers are opened. What went wrong. */
  arrive(life: Life): Promise<string[]>;
  /**
   * Everybody works until the process is gone or `until` says so. `wanted`: the write point that the process is to die at, so that a deed
   * which is rare on an ordinary day is done at once.
   */
  work(life: Life, until: () => boolean, wanted?: string): Promise<void>;
  /** So many forms, one after the other, without weather or hurry; `served` is called after each answer. */
  serve(life: Life, count: number, served: () => void): Promise<void>;
  /** Only what is open: forms without an answer, and cases. Answers how much is left. */
  tidyUp(life: Life): Promise<number>;
  closeDrawers(life: Life): Promise<boolean>;
  accounts(): readonly KnownAccount[];
  /** How often each way out of a case was taken. */
  waysTaken(): Readonly<Record<string, number>>;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** How likely a deed is now; nearly certain when the wanted write point is one of its own. */
function howOften(deed: string, usually: number, wanted: string): number {
  return wanted.startsWith(deed) ? 0.9 : usually;
}

export function createCounterPeople({ told, chance, headOffice, serverIdOf }: PeopleParts): CounterPeople {
  let accounts: KnownAccount[] = [];
  let cashPaymentTypeId: number | null = null;
  const planByCase = new Map<string, { way: Resolution; visits: number }>();
  const ways: Record<string, number> = {};

  const screensOf = new WeakMap<Life, Map<string, LanSession>>();

  /** The person's screen of this life; they sign in once and stay. Null when the life is over. */
  async function signedIn(life: Life, username: string): Promise<LanSession | null> {
    const screens = screensOf.get(life) ?? new Map<string, LanSession>();
    screensOf.set(life, screens);
    const known = screens.get(username);
    if (known !== undefined) return known;
    const screen = life.screen();
    while (!life.isOver()) {
      const answer = await screen.call('session', 'signIn', { username, password: PASSWORD });
      if (answer?.ok === true) {
        screens.set(username, screen);
        return screen;
      }
      await pause(300);
    }
    return null;
  }

  async function learnAccounts(screen: LanSession): Promise<void> {
    if (accounts.length > 0) return;
    const types = await screen.call('cash', 'listPaymentTypes', {});
    const list = await screen.call('clients', 'list', { most: 200 });
    if (types?.ok !== true || list?.ok !== true) return;
    const found: KnownAccount[] = [];
    for (const { clientId } of list.value.rows) {
      const page = await screen.call('clients', 'show', { clientId });
      if (page?.ok !== true) return;
      for (const loan of page.value.loans)
        if (loan.mayRepay) found.push({ kind: 'loan', accountId: loan.loanId, accountNo: loan.accountNo, clientId });
      for (const savings of page.value.savings)
        if (savings.mayDeposit && savings.mayWithdraw)
          found.push({ kind: 'savings', accountId: savings.savingsId, accountNo: savings.accountNo, clientId });
    }
    cashPaymentTypeId = types.value.find((type) => type.cash)?.paymentTypeId ?? null;
    accounts = found;
  }

  function newForm(username: string, luck: Seeded): Form | null {
    const wanted = luck.pick(['loan', 'savings', 'savings']);
    const fitting = accounts.filter((account) => account.kind === wanted);
    const account = fitting[luck.below(fitting.length)];
    if (account === undefined) return null;
    const second =
      account.kind === 'loan' && luck.chance(0.4)
        ? accounts.find((other) => other.kind === 'savings' && other.clientId === account.clientId)
        : undefined;
    const verb: MoneyVerb =
      second !== undefined ? 'takeBasket' : account.kind === 'loan' ? 'takeRepayment' : luck.chance(0.5) ? 'takeDeposit' : 'payWithdrawal';
    const amountMinor = (verb === 'payWithdrawal' ? 20 + luck.below(80) : 50 + luck.below(400)) * 100;
    const form: Form = {
      formId: uuidV7(Date.now(), luck.bytes(10)),
      username,
      verb,
      accountKind: account.kind,
      accountId: account.accountId,
      secondAccountId: second?.accountId ?? null,
      amountMinor,
      receipts: [],
      refusedWith: null,
      unanswered: 0,
    };
    told.forms.push(form);
    return form;
  }

  /** Sends a form and writes down what was said. False: nobody answered. */
  async function send(screen: LanSession, form: Form): Promise<boolean> {
    const { formId, amountMinor, accountId } = form;
    const paidWith = { paymentTypeId: cashPaymentTypeId ?? 1 };
    const half = amountMinor / 2;
    const answer =
      form.verb === 'takeBasket'
        ? await screen.call('counter', 'takeBasket', {
            formId,
            clientId: accounts.find((each) => each.accountId === accountId)?.clientId ?? '',
            lines: [
              { kind: 'loanRepayment', loanId: accountId, amountMinor: half, overpaymentSeen: true },
              { kind: 'savingsDeposit', savingsId: form.secondAccountId ?? '', amountMinor: half },
            ],
            paidWith,
          })
        : form.verb === 'takeRepayment'
          ? await screen.call('loans', 'takeRepayment', { formId, loanId: accountId, amountMinor, paidWith })
          : form.verb === 'takeDeposit'
            ? await screen.call('savings', 'takeDeposit', { formId, savingsId: accountId, amountMinor, paidWith })
            : await screen.call('savings', 'payWithdrawal', {
                formId,
                savingsId: accountId,
                amountMinor,
                paidWith,
                approval: { username: MANAGER, password: PASSWORD },
              });
    if (answer === null) {
      form.unanswered += 1;
      return false;
    }
    if (answer.ok) {
      form.receipts.push(answer.value.receipt);
      form.refusedWith = null;
      const printed = await screen.call('receipts', 'markPrinted', { receiptId: answer.value.receipt.receiptId });
      if (printed?.ok === true) told.prints.push(answer.value.receipt.receiptId);
    } else {
      form.refusedWith = answer.refusal.code;
    }
    return true;
  }

  /** A fault or a locked door is no answer to the form: it is sent again as well. */
  function isOpen(form: Form): boolean {
    if (form.receipts.length > 0) return false;
    return (
      form.refusedWith === null ||
      form.refusedWith === 'fault' ||
      form.refusedWith.startsWith('session.') ||
      form.refusedWith.startsWith('store.')
    );
  }

  async function drawerReady(life: Life, screen: LanSession): Promise<boolean> {
    const drawer = await screen.call('cash', 'showDrawer', {});
    if (drawer?.ok !== true) return false;
    // A drawer that was counted when the power went serves nobody: it is closed and opened anew.
    if (drawer.value !== null && drawer.value.counts.length === 0) return true;
    if (drawer.value !== null && !(await closeDrawer(life, screen))) return false;
    const opened = await screen.call('cash', 'openDrawer', { openingMinor: OPENING_MINOR });
    return opened?.ok === true || (opened?.ok === false && opened.refusal.code === 'drawer.alreadyOpen');
  }

  async function closeDrawer(life: Life, screen: LanSession): Promise<boolean> {
    const drawer = await screen.call('cash', 'showDrawer', {});
    if (drawer?.ok !== true) return false;
    if (drawer.value === null) return true;
    // Counted blind, and well: only the manager is told what must be there. A first count is wrong; the branch may die after it.
    const manager = await signedIn(life, MANAGER);
    const day = manager === null ? null : await manager.call('cash', 'showDay', {});
    if (day?.ok !== true) return false;
    const { drawerId } = drawer.value;
    const holdsMinor = day.value.drawers.find((each) => each.drawerId === drawerId)?.expectedMinor ?? null;
    if (holdsMinor === null) return false;
    if (drawer.value.counts.length === 0) {
      const counted = await screen.call('cash', 'countDrawer', { countedMinor: holdsMinor + 1 });
      if (counted?.ok !== true) return false;
    }
    const closed = await screen.call('cash', 'closeDrawer', { countedMinor: holdsMinor });
    if (closed?.ok === true) told.drawersClosed.push(closed.value);
    return closed?.ok === true;
  }

  async function beCashier(life: Life, username: string, until: () => boolean, wanted: string): Promise<void> {
    const luck = chance.fork(`${username} ${String(told.forms.length)}`);
    const isOver = (): boolean => life.isOver() || until();
    const screen = await signedIn(life, username);
    if (screen === null) return;
    if (!(await drawerReady(life, screen))) return;
    for (const form of told.forms.filter((each) => each.username === username && isOpen(each))) {
      if (isOver() || !(await send(screen, form))) return;
    }
    while (!isOver()) {
      const form = newForm(username, luck);
      if (form !== null && !(await send(screen, form))) return;
      if (luck.chance(howOften('drafts', 0.06, wanted)))
        await screen.call('drafts', 'keep', { draftKey: 'note', body: String(luck.below(1000)) });
      if (luck.chance(howOften('drafts', 0.06, wanted))) await screen.call('drafts', 'discard', { draftKey: 'note' });
      if (luck.chance(howOften('puller', 0.04, wanted)) && form !== null)
        await screen.call('clients', 'refresh', { clientId: accounts.find((each) => each.accountId === form.accountId)?.clientId ?? '' });
      if (luck.chance(howOften('drawers', 0.05, wanted))) {
        await closeDrawer(life, screen);
        if (!(await drawerReady(life, screen))) return;
      }
      await pause(15 + luck.below(60));
    }
  }

  /** Takes one case as far as it goes now. True when it is closed. */
  async function workOnCase(screen: LanSession, open: ExceptionView): Promise<boolean> {
    const plan = planByCase.get(open.exceptionId) ?? { way: WAYS[planByCase.size % WAYS.length] ?? 'resubmit', visits: 0 };
    planByCase.set(open.exceptionId, plan);
    plan.visits += 1;
    const isPossible = (way: Resolution): boolean => open.choices.find((choice) => choice.resolution === way)?.possible === true;
    if (plan.way === 'recognise' && !isPossible('recognise') && plan.visits <= VISITS_MOST) {
      // Somebody at head office books it by hand, so that there is something to recognise.
      const { kind, accountNo, amountMinor } = open.item;
      const { accountKind, byHand } = KINDS_IN_THE_WORLD[kind];
      if (plan.visits === 1 && accountKind !== null && byHand !== null)
        await headOffice.act(byHand, serverIdOf(accountKind, accountNo), amountMinor);
      if (open.clientId !== null) await screen.call('clients', 'refresh', { clientId: open.clientId });
      return false;
    }
    const resolution = isPossible(plan.way) ? plan.way : 'resubmit';
    const answer = await screen.call('exceptions', 'resolve', { exceptionId: open.exceptionId, resolution, reason: 'crash test' });
    if (answer?.ok === true) {
      told.resolutions.push({ exceptionId: open.exceptionId, resolution, receiptId: answer.value.receiptId });
      ways[resolution] = (ways[resolution] ?? 0) + 1;
    } else if (answer !== null && answer.refusal.code !== 'exception.alreadyClosed') {
      plan.way = 'resubmit';
    }
    return answer !== null;
  }

  async function workOnCases(screen: LanSession, username: string): Promise<number> {
    const list = await screen.call('exceptions', 'list', { show: 'open' });
    if (list?.ok !== true) return 1;
    for (const open of list.value) if (!open.makerIsMe || username === ADMINISTRATOR) await workOnCase(screen, open);
    return list.value.length;
  }

  async function beManager(life: Life, until: () => boolean, wanted: string): Promise<void> {
    const luck = chance.fork(`manager ${String(told.forms.length)}`);
    const screen = await signedIn(life, MANAGER);
    if (screen === null) return;
    await screen.call('sync', 'endOffline', {});
    while (!life.isOver() && !until()) {
      await screen.call('sync', 'wake', {});
      if (luck.chance(howOften('resolveException', 0.5, wanted))) await workOnCases(screen, MANAGER);
      if (luck.chance(howOften('offlineMode', 0.05, wanted))) {
        await screen.call('sync', 'declareOffline', { reason: 'crash test' });
        await pause(100);
        await screen.call('sync', 'endOffline', {});
      }
      if (luck.chance(howOften('createBranch.unlockStaff', 0.05, wanted)))
        await screen.call('session', 'unlockStaff', { username: 'daniel' });
      await pause(150 + luck.below(200));
    }
  }

  return {
    async arrive(life) {
      // Nobody signs in to a branch that was not founded, however often they try.
      const start = await life.screen().call('session', 'showStart', {});
      if (start?.ok !== true || start.value.state !== 'ready') return ['the branch is not open'];
      const wrong: string[] = [];
      const administrator = await signedIn(life, ADMINISTRATOR);
      const prepared = await administrator?.call('headOffice', 'prepare', {});
      if (prepared?.ok !== true || prepared.value.mode !== 'strong') wrong.push('head office was not prepared');
      await signedIn(life, MANAGER);
      for (const username of CASHIERS) {
        const screen = await signedIn(life, username);
        if (screen === null) return [...wrong, `${username} did not sign in`];
        await learnAccounts(screen);
        if (!(await drawerReady(life, screen))) wrong.push(`${username} has no drawer`);
      }
      if (accounts.length === 0) wrong.push('no accounts');
      return wrong;
    },
    async work(life, until, wanted = '') {
      await Promise.all([...CASHIERS.map((username) => beCashier(life, username, until, wanted)), beManager(life, until, wanted)]);
    },
    async serve(life, count, served) {
      for (let number = 0; number < count && !life.isOver(); number += 1) {
        const username = CASHIERS[number % CASHIERS.length] ?? 'achieng';
        const screen = await signedIn(life, username);
        const form = newForm(username, chance);
        if (screen === null || form === null || !(await send(screen, form))) return;
        served();
      }
    },
    async tidyUp(life) {
      for (const username of CASHIERS) {
        const screen = await signedIn(life, username);
        if (screen === null) return 1;
        if (!(await drawerReady(life, screen))) return 1;
        for (const form of told.forms.filter((each) => each.username === username && isOpen(each))) await send(screen, form);
      }
      const open = told.forms.filter(isOpen).length;
      const manager = await signedIn(life, MANAGER);
      const administrator = await signedIn(life, ADMINISTRATOR);
      if (manager === null || administrator === null) return 1;
      await manager.call('sync', 'endOffline', {});
      await workOnCases(manager, MANAGER);
      await workOnCases(administrator, ADMINISTRATOR);
      await manager.call('sync', 'wake', {});
      const desk = await manager.call('sync', 'showDesk', { most: 1 });
      return open + (desk?.ok === true ? desk.value.unfinishedTotal : 1);
    },
    async closeDrawers(life) {
      for (const username of CASHIERS) {
        const screen = await signedIn(life, username);
        if (screen === null || !(await closeDrawer(life, screen))) return false;
      }
      return true;
    },
    accounts: () => accounts,
    waysTaken: () => ways,
  };
}
